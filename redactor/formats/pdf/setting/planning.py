"""Work out where the text of a line goes once something was removed from it.

Nothing that is worked out here depends on the exact width of what was removed: only, for boxes, on
its nearest step, and for lines set anew, on nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from redactor.formats.pdf.setting.anchor import Anchor, Anchored, anchored
from redactor.formats.pdf.setting.grid import widths
from redactor.formats.pdf.setting.line import SAME, Item, NotMovableError, SetLine
from redactor.formats.pdf.setting.room import Room

#: Less than this between two things (em) is kerning, and more is a word space.
_KERNING = 0.12
#: A word space where the font says nothing of one (em).
_USUAL_SPACE = 0.25
#: Distances inside moved text are kept in steps of this (em): finer is a program's own rounding.
_STEP = 0.04
#: Spacing of letters and words up to this (em) is a rest of rounding, too.
_ROUNDED_CHAR, _ROUNDED_WORD = 0.02, 0.06
#: A piece that begins this far (em) before the end of another is painted over it.
_PAINTED_OVER = 0.3


@dataclass(slots=True)
class Plan:
    """Where things go.

    Attributes:
        starts: for shows that change, where each of their strings starts, along the line.
        natural: the shows that are set without any spacing of their own.
        boxes: the start and end of the box of each stretch, along its line.
        runs: the start and end of what changed around each stretch, along its line.
    """

    starts: dict[int, list[float]] = field(default_factory=dict, repr=False)
    natural: set[int] = field(default_factory=set)
    boxes: dict[int, tuple[float, float]] = field(default_factory=dict)
    runs: dict[int, tuple[float, float]] = field(default_factory=dict)


@dataclass(slots=True)
class _Laid:
    """A run as laid out with certain widths of its gaps."""

    places: list[tuple[float, float]]

    @property
    def start(self) -> float:
        return self.places[0][0]

    @property
    def end(self) -> float:
        return max(end for _, end in self.places)

    def moved(self, by: float) -> _Laid:
        return _Laid([(start + by, end + by) for start, end in self.places])


@dataclass(frozen=True, slots=True)
class Page:
    """What the plan for a run needs to know besides its line.

    Attributes:
        room: what else is on the page.
        labels: the label of each stretch of the page.
        style: ``line`` to set lines anew; else text is moved, and no more than has to be.
    """

    room: Room
    labels: Sequence[str]
    style: str


def plan_run(plan: Plan, line: SetLine, run: Sequence[Item], page: Page) -> None:
    """Add to a plan where the items of one run go.

    Raises:
        NotMovableError: there is no room, or the text is painted in a way that is not understood.
    """
    if page.room.is_drawn_along(line, run):
        raise NotMovableError("a line or shading is drawn along with the text")
    least, most = page.room.limits(line, run)
    if page.style == "line":
        start = page.room.start_for(line, run, least)
        _plan_anew(plan, line, run, page, (start, most))
        return
    kept = anchored(line, run, page.room)
    if kept.anchor is Anchor.BOTH:
        with suppress(NotMovableError):  # then it is moved like any other
            _plan_anew(plan, line, run, page, (run[0].start, most))
            return
    choices = _choices(line, run, page.labels, anew=False)
    laid = _fitted(choices, (least, most), lambda gaps: _moved(line, run, gaps, kept))
    _take_up(plan, run, laid, _is_natural)


def _plan_anew(
    plan: Plan, line: SetLine, run: Sequence[Item], page: Page, reach: tuple[float, float]
) -> None:
    _refuse_shared(run)
    choices = _choices(line, run, page.labels, anew=True)
    laid = _fitted(choices, reach, lambda gaps: _set_anew(line, run, reach[0], gaps))
    _take_up(plan, run, laid, lambda _: True)


def _refuse_shared(run: Sequence[Item]) -> None:
    """Refuse to set anew what one operation shows with other text, where its spacing applies."""
    pieces = Counter(id(item.show) for item in run)
    for item in run:
        if item.show is None or len(item.show.pieces) == pieces[id(item.show)]:
            continue
        state = item.show.state
        if state.char or state.word or state.scale != 1:
            raise NotMovableError("one instruction shows the line and another column")


def _choices(
    line: SetLine, run: Sequence[Item], labels: Sequence[str], *, anew: bool
) -> list[list[float]]:
    """Give the widths that each gap may take, in points; nothing for text.

    Behind the last gap of a line nothing stands that would have to be moved: there, and where the
    line is set anew, the width is always the same.
    """
    last_ink = max((i for i, item in enumerate(run) if item.show and item.has_ink), default=-1)
    choices: list[list[float]] = []
    for index, item in enumerate(run):
        if item.show is not None:
            choices.append([])
            continue
        looked_at = not anew and index < last_ink
        width = (item.end - item.start) / line.em if looked_at else 0.0
        label = labels[item.stretch]
        choices.append([one * line.em for one in widths(width, label, line.em)])
    return choices


def _fitted(
    choices: list[list[float]],
    reach: tuple[float, float],
    lay: Callable[[list[float]], _Laid],
) -> _Laid:
    """Lay a run out, with narrower gaps as long as there is no room."""
    at = [0] * len(choices)
    while True:
        gaps = [one[i] if one else 0.0 for one, i in zip(choices, at, strict=True)]
        laid = lay(gaps)
        if laid.start >= reach[0] - SAME and laid.end <= reach[1] + SAME:
            return laid
        narrower = [
            (gap, index) for index, gap in enumerate(gaps) if at[index] + 1 < len(choices[index])
        ]
        if not narrower:
            raise NotMovableError("there is no room on the line")
        at[max(narrower)[1]] += 1


def _moved(line: SetLine, run: Sequence[Item], gaps: Sequence[float], kept: Anchored) -> _Laid:
    """Move what follows each gap, all of it by the same amount; or what is before it, too."""
    places: list[tuple[float, float]] = []
    pen = run[0].start
    has_moved = False
    for index, item in enumerate(run):
        before = run[index - 1] if index else None
        has_moved = has_moved or item.show is None or _is_natural(item)
        if before is not None and (item.show is None or before.show is None):
            pen += _between(item.start - before.end, line.em)
        elif before is not None and has_moved:
            pen += _without_rounding(line, before, item)
        else:
            pen = item.start
        width = gaps[index] if item.show is None else _width(item)
        places.append((pen, pen + width))
        pen += width
    laid = _Laid(places)
    if kept.anchor is Anchor.END:
        return laid.moved(kept.at - laid.end)
    if kept.anchor is Anchor.MIDDLE:
        return laid.moved(kept.at - (laid.start + laid.end) / 2)
    return laid


def _is_natural(item: Item) -> bool:
    """Say whether an item is text whose spacing is no more than a rest of rounding."""
    if item.show is None:
        return False
    state, size = item.show.state, abs(item.show.state.size)
    spacing = abs(state.char), abs(state.word)
    return (
        any(spacing)
        and state.scale == 1
        and spacing[0] <= _ROUNDED_CHAR * size
        and spacing[1] <= _ROUNDED_WORD * size
    )


def _width(item: Item) -> float:
    return natural_width(item) if _is_natural(item) else item.end - item.start


def _without_rounding(line: SetLine, before: Item, item: Item) -> float:
    """Give the distance between two pieces of text, in coarse steps.

    Programs place words on a grid of their own, and what they are off by depends on the width of
    everything before them on the line (Bland, Iyer, Levchenko: dependent shifts).
    """
    distance = item.start - before.end
    show = item.show
    if show is not None and show.state.font is not None and before.has_ink and item.has_ink:
        space = show.state.font.space / 1000 * line.em
        if abs(distance - space) <= _STEP * line.em:
            return space
    step = _STEP * line.em
    return round(distance / step) * step


def _between(distance: float, em: float) -> float:
    """Give what is kept of the distance between a gap and the text beside it.

    It is nothing or one word space: what is exact of it may be kerning that was made for a letter.
    """
    return 0.0 if distance < _KERNING * em else _USUAL_SPACE * em


def _set_anew(line: SetLine, run: Sequence[Item], start: float, gaps: Sequence[float]) -> _Laid:
    """Set every glyph of a run by the widths of its font alone."""
    places: list[tuple[float, float]] = []
    pen = start
    for index, item in enumerate(run):
        before = run[index - 1] if index else None
        if before is not None:
            distance = item.start - before.end
            if distance < -_PAINTED_OVER * line.em:
                raise NotMovableError("text on the line is painted over other text")
            pen += _space(line, before, item, distance)
        width = gaps[index] if item.show is None else natural_width(item)
        places.append((pen, pen + width))
        pen += width
    return _Laid(places)


def _space(line: SetLine, before: Item, item: Item, distance: float) -> float:
    """Give the word space between two items of a line that is set anew."""
    if not (before.has_ink and item.has_ink) or distance < _KERNING * line.em:
        return 0.0
    show = item.show or before.show
    if show is None or show.state.font is None:
        return _USUAL_SPACE * line.em
    return show.state.font.space / 1000 * line.em


def natural_width(item: Item) -> float:
    """Give how wide a piece of text is without any spacing, in points."""
    show = item.show
    if show is None:
        return 0.0
    return show.natural_width(show.pieces[item.piece]) * show.per_unit


def _take_up(plan: Plan, run: Sequence[Item], laid: _Laid, natural: Callable[[Item], bool]) -> None:
    whole = (min(run[0].start, laid.places[0][0]), max(laid.end, *(item.end for item in run)))
    for item, place in zip(run, laid.places, strict=True):
        if item.show is None:
            plan.boxes[item.stretch] = place
            plan.runs[item.stretch] = whole
            continue
        starts = plan.starts.get(id(item.show))
        if starts is None:
            starts = plan.starts[id(item.show)] = [start for start, _ in item.show.places()]
        starts[item.piece] = place[0]
        if natural(item):
            plan.natural.add(id(item.show))

"""Work out where the text of a line goes once something was removed from it.

Nothing that is worked out here depends on the exact width of what was removed: only, for boxes, on
its nearest step, and for lines set anew, on nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from redactor.formats.pdf.setting.grid import widths
from redactor.formats.pdf.setting.line import SAME, Item, NotMovableError, SetLine
from redactor.formats.pdf.setting.room import Room

#: Less than this between two things (em) is kerning, and more is a word space.
_KERNING = 0.12
#: A word space where the font says nothing of one (em).
_USUAL_SPACE = 0.25
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
    def end(self) -> float:
        return max(end for _, end in self.places)


def plan_run(plan: Plan, line: SetLine, run: Sequence[Item], room: Room, style: str,
             labels: Sequence[str]) -> None:  # fmt: skip
    """Add to a plan where the items of one run go.

    Args:
        plan: what is added to.
        line: the line.
        run: its items in order.
        room: what else is on the page.
        style: ``line`` to set it anew; else its text is moved and nothing more.
        labels: the label of each stretch of the page.

    Raises:
        NotMovableError: there is no room, or the text is painted in a way that is not understood.
    """
    least, most = room.limits(line, run)
    choices = [_choices(line, run, at, labels, style) for at in range(len(run))]
    if style == "line":
        _refuse_shared(run)
        start = room.start_for(line, run, least)
        if start is None:
            raise NotMovableError("there is no room where the line would start")
        laid = _fitted(choices, most, lambda gaps: _set_anew(line, run, start, gaps))
    else:
        laid = _fitted(choices, most, lambda gaps: _moved(line, run, gaps))
    _take_up(plan, run, laid, natural=style == "line")


def _refuse_shared(run: Sequence[Item]) -> None:
    """Refuse to set anew what one operation shows with other text, where its spacing applies."""
    pieces = Counter(id(item.show) for item in run)
    for item in run:
        if item.show is None or len(item.show.pieces) == pieces[id(item.show)]:
            continue
        state = item.show.state
        if state.char or state.word or state.scale != 1:
            raise NotMovableError("one instruction shows the line and another column")


def _choices(line: SetLine, run: Sequence[Item], at: int, labels: Sequence[str],
             style: str) -> list[float]:  # fmt: skip
    """Give the widths that a gap may take, in points; nothing for text."""
    item = run[at]
    if item.show is not None:
        return []
    # Behind the last gap of a line nothing stands that would have to be moved: there, and where the
    # line is set anew, the width is always the same.
    looked_at = style != "line" and any(
        other.show is not None and other.has_ink for other in run[at + 1 :]
    )
    width = (item.end - item.start) / line.em if looked_at else 0.0
    return [one * line.em for one in widths(width, labels[item.stretch], line.em)]


def _fitted(choices: list[list[float]], most: float,
            lay: Callable[[list[float]], _Laid]) -> _Laid:  # fmt: skip
    """Lay a run out, with narrower gaps as long as there is no room."""
    at = [0] * len(choices)
    while True:
        gaps = [one[i] if one else 0.0 for one, i in zip(choices, at, strict=True)]
        laid = lay(gaps)
        if laid.end <= most + SAME:
            return laid
        narrower = [
            (gap, index) for index, gap in enumerate(gaps) if at[index] + 1 < len(choices[index])
        ]
        if not narrower:
            raise NotMovableError("there is no room on the line")
        at[max(narrower)[1]] += 1


def _moved(line: SetLine, run: Sequence[Item], gaps: Sequence[float]) -> _Laid:
    """Move what follows each gap, all of it by the same amount."""
    places: list[tuple[float, float]] = []
    shift, before_end = 0.0, 0.0
    pen = run[0].start
    for index, item in enumerate(run):
        before = run[index - 1] if index else None
        if before is not None and (item.show is None or before.show is None):
            pen += _between(item.start - before_end, line.em)
            shift = pen - item.start
        if item.show is None:
            places.append((item.start + shift, item.start + shift + gaps[index]))
        else:
            places.append((item.start + shift, item.end + shift))
        before_end = item.end
        pen = places[-1][1]
    return _Laid(places)


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


def _take_up(plan: Plan, run: Sequence[Item], laid: _Laid, *, natural: bool) -> None:
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
        if natural:
            plan.natural.add(id(item.show))

"""Move or set anew the text of lines from which something was removed.

It is done on the page after the removal, whose gaps are as wide as what was there. What cannot be
followed with certainty stays where it is, and says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from redactor.formats.pdf.geometry import to_page
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.redaction import PageOrder
from redactor.formats.pdf.setting.checking import is_as_planned
from redactor.formats.pdf.setting.exact import exact_place, place_over_pixels
from redactor.formats.pdf.setting.following import page_stream
from redactor.formats.pdf.setting.fonts import Fonts, fonts_of
from redactor.formats.pdf.setting.grid import ABOVE, BELOW, LEAST_ABOVE
from redactor.formats.pdf.setting.line import (
    ALONG_THE_PAGE,
    Direction,
    Lines,
    NotMovableError,
    SetLine,
    along,
    direction_of,
    fill_runs,
    lines_of,
)
from redactor.formats.pdf.setting.place import SetPlace
from redactor.formats.pdf.setting.planning import Page, Plan, plan_run
from redactor.formats.pdf.setting.putting import keep_used, put_in, taken_back
from redactor.formats.pdf.setting.room import Room
from redactor.formats.pdf.setting.shown import Stream
from redactor.formats.pdf.setting.standing import NOTHING, Standing
from redactor.formats.pdf.setting.taking_out import can_be_taken_apart, take_out
from redactor.formats.pdf.stext import Box, overlap
from redactor.formats.pdf.words import Stretch, Word

#: What changed of a line reaches this far above and below its baseline (em).
_CHANGED_ABOVE, _CHANGED_BELOW = 1.3, 0.5

ANGLE = "the text is at an angle"
PIXELS = "the text is in a picture"
PAINTED = "a picture lies under the text"
NOT_FOLLOWED = "the drawing instructions of the page are not understood"
NOT_PROVED = "the text that was moved could not be proved to be whole"


def set_lines(
    document: Any,
    number: int,
    text: PageText,
    order: PageOrder,
    style: str,
    fonts: Fonts | None = None,
) -> list[SetPlace]:
    """Keep the width of what was removed from being told by the text around it.

    Args:
        document: a prepared document; the page is changed in it, after ``redact_page``.
        number: the page, from 0.
        text: the page's text as it was before the removal.
        order: what was removed.
        style: ``line`` to set every affected line anew; otherwise the text that follows a removal
            moves along its line to the nearest step of a coarse grid.
        fonts: of the document, where they are loaded for more pages than this.

    Returns:
        A place for each labelled stretch of the order.
    """
    if fonts is None:
        with fonts_of(document) as own:
            return set_lines(document, number, text, order, style, own)
    page = document.load_page(number)
    now = Standing.of(order.left or PageText(page)) if order.stretches else NOTHING
    work = Setting(text, order, tuple(page.rect), style, now, fonts)
    if order.stretches:
        work.set_on(page)
        if work.lines and not work.is_as_planned(PageText(page)):
            work.take_back(page)
    return work.places()


@dataclass(slots=True)
class Setting:
    """The work on one page.

    Attributes:
        text: the page's text as it was before the removal.
        order: what was removed.
        page_box: the page.
        style: as for ``set_lines``.
        now: what stands on the page after the removal, or will.
        fonts: of the document.
        plan: where things go.
    """

    text: PageText
    order: PageOrder
    page_box: Box
    style: str
    now: Standing
    fonts: Fonts = field(repr=False)
    plan: Plan = field(default_factory=Plan)
    #: The lines with something that moves.
    lines: list[SetLine] = field(default_factory=list)
    line_of: dict[int, SetLine] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    #: Why nothing of the page moves, if nothing does.
    _whole: str = ""
    #: The contents of the page before its text moved.
    _before: Any = None

    def set_on(self, page: Any) -> None:
        """Plan all lines, and put the page's instructions anew where anything moves."""
        self._set_apart_what_stays()
        stream = page_stream(page, to_page(page), self.fonts)
        if stream is None or any(not show.is_placed for _, show in stream.all_shows()):
            self._whole = NOT_FOLLOWED
            return
        self._plan_all(stream)
        if self.lines:
            self._before = put_in(page.parent, page, stream, self.plan)

    def take_out_and_set(self, page: Any) -> bool:
        """Take what is ordered out of a page as it was, and set its lines, in one go.

        Args:
            page: before the removal.

        Returns:
            Whether that could be done; nothing was changed where not.
        """
        self._set_apart_what_stays()
        stream = page_stream(page, to_page(page), self.fonts)
        if stream is None or not can_be_taken_apart(stream):
            return False
        if not take_out(stream, self.stretches):
            return False
        self._plan_all(stream)
        self._before = put_in(page.parent, page, stream, self.plan)
        keep_used(page, stream)
        return True

    def is_as_planned(self, after: PageText) -> bool:
        """Say whether nothing was lost or doubled, and nothing moved that should not have."""
        return is_as_planned(after.words, self.now.words, self.lines, self.plan)

    def take_back(self, page: Any) -> None:
        """Leave everything where it was."""
        taken_back(page, self._before)
        self.plan, self.lines = Plan(), []
        self._whole = NOT_PROVED

    @property
    def stretches(self) -> list[Stretch]:
        """Give what was removed, line by line."""
        return [stretch for stretch, _ in self.order.stretches]

    def _set_apart_what_stays(self) -> None:
        """Find what is at an angle, or over a picture."""
        for number, stretch in enumerate(self.stretches):
            if direction_of(stretch) is None:
                self.reasons[number] = ANGLE
            elif any(overlap(stretch.box, picture.box) for picture in self.text.pictures):
                self.reasons[number] = PAINTED

    def _plan_all(self, stream: Stream) -> None:
        """Plan every line that can be moved, from what is left on the page now."""
        stretches = self.stretches
        lines = Lines(show for _, show in stream.all_shows())
        movable = [number for number in range(len(stretches)) if number not in self.reasons]
        rooms: dict[Direction, Room] = {}
        words: dict[Direction, _Words] = {}
        for line in lines_of({number: stretches[number] for number in movable}, lines):
            way = line.direction
            if way not in rooms:
                rooms[way] = Room.of(self.text, self.now, self.page_box, way)
                words[way] = _Words(self.now.words, way)
            try:
                line.words = words[way].on(line)
                fill_runs(line, stretches)
            except NotMovableError as why:
                self.reasons.update((one, str(why)) for one in line.stretches)
                continue
            self._plan_line(line, rooms[way])

    def _plan_line(self, line: SetLine, room: Room) -> None:
        labels = [label for _, label in self.order.stretches]
        page = Page(room, labels, self.style)
        self.lines.append(line)
        for run in line.runs:
            gaps = [item.stretch for item in run if item.show is None]
            try:
                plan_run(self.plan, line, run, page)
            except NotMovableError as why:
                self.reasons.update((one, str(why)) for one in gaps)
            else:
                self.line_of.update((one, line) for one in gaps)

    def places(self) -> list[SetPlace]:
        """Give the places of all boxes."""
        places = [
            self._place(number, stretch, label)
            for number, (stretch, label) in enumerate(self.order.stretches)
        ]
        read = [place_over_pixels(stretch, label, PIXELS) for stretch, label in self.order.read]
        return places + read

    def _place(self, number: int, stretch: Stretch, label: str) -> SetPlace:
        if self._whole or number not in self.plan.boxes:
            reason = self.reasons.get(number) or self._whole or NOT_FOLLOWED
            return exact_place(self.text, stretch, label, self.page_box, reason)
        line = self.line_of[number]
        start, end = self.plan.boxes[number]
        changed = line.box(*self.plan.runs[number], _CHANGED_ABOVE, _CHANGED_BELOW)
        above = min(ABOVE, max(LEAST_ABOVE, line.leading - BELOW))
        box = line.box(start, end, above, BELOW)
        direction = (float(line.direction[0]), float(line.direction[1]))
        return SetPlace(box, label, direction, changed)


class _Words:
    """The words of a page, to be found by their line."""

    def __init__(self, words: Sequence[Word], direction: Direction) -> None:
        """Sort the words by their lower side."""
        boxes: list[Box] = [word[:4] for word in words]
        if direction != ALONG_THE_PAGE:
            boxes = [along(box, direction) for box in boxes]
        self._boxes = sorted(boxes, key=_lower)
        self._lower = [box[3] for box in self._boxes]

    def on(self, line: SetLine) -> list[Box]:
        """Give the words that what is shown on a line belongs to."""
        found: dict[Box, None] = {}
        for baseline in {show.across for show in line.shows}:
            at = bisect_left(self._lower, baseline)
            while at < len(self._boxes) and self._lower[at] <= baseline + 1.5 * line.em:
                box = self._boxes[at]
                if box[1] + (box[3] - box[1]) * 0.45 <= baseline:
                    found[box] = None
                at += 1
        return list(found)


def _lower(box: Box) -> float:
    return box[3]

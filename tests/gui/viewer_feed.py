"""A feed for viewers that answers later, as the real one does, from values made by numbers.

It stands where worker processes stand in the program; what the viewers do with its answers is
the real thing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter

from redactor.jobs import PagePicture
from redactor.layout import Layout
from redactor.model import (
    Area,
    CellPlace,
    HiddenKind,
    LinePlace,
    PartPlace,
    Segment,
    Span,
)
from ui.viewers.base import Box, MarkState, MarkView

PAGE = (595.0, 842.0)
LINE = 22.0
TEXT = (
    "Allegation 4417 was made on 3 May 2021 by a member of the public about PC Rowan Ashdown of "
    "Northfield station and was referred to the department for professional standards. The "
    "outcome was management advice. Any reply should go to rowan.ashdown@example.org or 07700 "
    "900123 before the end of the month, quoting the reference at the head of this letter. "
)


@dataclass
class FakeFeed:
    """Answers after ``delay`` milliseconds, unless it was told to forget.

    ``answering`` may be switched off to see what a viewer shows while it waits.
    """

    pages: int = 0
    segments_: Sequence[Segment] = ()
    sheets: Sequence[tuple[str, int]] = ()
    cells: Callable[[str, int, int], list[Segment]] | None = None
    layout_: Layout | None = None
    delay: int = 1
    answering: bool = True
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    turn: int = 0
    forgotten: int = 0

    def _later(self, then: Callable[[Any], None], give: Callable[[], Any]) -> None:
        turn = self.turn

        def answer() -> None:
            if turn == self.turn and self.answering:
                then(give())

        QTimer.singleShot(self.delay, answer)

    def page_sizes(self, then: Callable[[Sequence[tuple[float, float]]], None]) -> None:
        self.asked.append(("page_sizes",))
        self._later(then, lambda: [PAGE] * self.pages)

    def render(self, page: int, dpi: int, then: Callable[[PagePicture], None]) -> None:
        self.asked.append(("render", page, dpi))
        self._later(then, lambda: picture(page, dpi))

    def boxes(
        self,
        page: int,
        spans: Sequence[tuple[int, int]],
        then: Callable[[Sequence[Sequence[Box]]], None],
    ) -> None:
        self.asked.append(("boxes", page, tuple(spans)))
        self._later(then, lambda: [exact_boxes(start, end) for start, end in spans])

    def containers(self, then: Callable[[Sequence[tuple[str, int]]], None]) -> None:
        self.asked.append(("containers",))
        self._later(then, lambda: self.sheets)

    def rows(
        self, container: str, first: int, last: int, then: Callable[[Sequence[Segment]], None]
    ) -> None:
        self.asked.append(("rows", container, first, last))
        make = self.cells or (lambda *_: [])
        self._later(then, lambda: make(container, first, last))

    def segments(self, then: Callable[[Sequence[Segment]], None]) -> None:
        self.asked.append(("segments",))
        self._later(then, lambda: self.segments_)

    def layout(self, then: Callable[[Layout | None], None]) -> None:
        self.asked.append(("layout",))
        self._later(then, lambda: self.layout_)

    def forget(self) -> None:
        self.turn += 1
        self.forgotten += 1


# --- pages ---------------------------------------------------------------------------------------


def _font() -> QFont:
    font = QFont("DejaVu Serif")
    font.setPixelSize(12)
    return font


def _lay_out() -> list[tuple[int, int, float, float, float, float]]:
    """Set the text on a page of A4, line by line: each word's range and box in points."""
    metrics = QFontMetricsF(_font())
    words, x, y, at = [], 60.0, 80.0, 0
    for word in (TEXT * 8).split(" "):
        wide = metrics.horizontalAdvance(word)
        if x + wide > PAGE[0] - 60:
            x, y = 60.0, y + LINE
        if y > PAGE[1] - 80:
            break
        if word:
            words.append((at, at + len(word), x, y, x + wide, y + metrics.height()))
        x += wide + metrics.horizontalAdvance(" ")
        at += len(word) + 1
    return words


_words: list[tuple[int, int, float, float, float, float]] = []
_pictures: dict[int, tuple[int, int, bytes]] = {}


def words_of_page() -> list[tuple[int, int, float, float, float, float]]:
    """Give the words of every page (all pages hold the same text)."""
    if not _words:
        _words.extend(_lay_out())
    return _words


def span_of_word(text: str, times: int = 1) -> tuple[int, int]:
    """Give the range of the n-th place where a text stands on a page."""
    whole, at = TEXT * 8, -1
    for _ in range(times):
        at = whole.index(text, at + 1)
    return at, at + len(text)


def picture(page: int, dpi: int) -> PagePicture:
    """Draw a page: real pixels at a real size."""
    if dpi not in _pictures:
        scale = dpi / 72
        wide, high = round(PAGE[0] * scale), round(PAGE[1] * scale)
        image = QImage(wide, high, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.scale(scale, scale)
        painter.setFont(_font())
        ascent = QFontMetricsF(_font()).ascent()
        for start, end, x0, y0, *_ in words_of_page():
            painter.drawText(int(x0), int(y0 + ascent), (TEXT * 8)[start:end])
        painter.end()
        raw = image.convertToFormat(QImage.Format.Format_RGB888)
        line = raw.bytesPerLine()
        rows = bytes(raw.constBits())
        _pictures[dpi] = (
            wide,
            high,
            b"".join(rows[row * line : row * line + wide * 3] for row in range(high)),
        )
    wide, high, rgb = _pictures[dpi]
    return PagePicture(page, dpi, wide, high, rgb, tuple(words_of_page()))


def exact_boxes(start: int, end: int) -> list[Box]:
    """Measure a stretch within words, as the renderer does, on a line each word."""
    metrics = QFontMetricsF(_font())
    whole, found = TEXT * 8, []
    for begins, ends, x0, y0, _, y1 in words_of_page():
        low, high = max(start, begins), min(end, ends)
        if low < high:
            left = x0 + metrics.horizontalAdvance(whole[begins:low])
            right = x0 + metrics.horizontalAdvance(whole[begins:high])
            found.append((left, y0, right, y1))
    return found


def page_mark(
    number: int, text: str, state: MarkState, page: int = 0, times: int = 1, hidden: bool = False
) -> MarkView:
    """Mark the n-th place of a text on a page."""
    start, end = span_of_word(text, times)
    return MarkView(number, Span(f"page:{page + 1}", start, end), state, "person", hidden)


def area_mark(number: int, state: MarkState, page: int = 0) -> MarkView:
    """Mark a drawn box."""
    return MarkView(number, Area(page, 100, 400, 300, 460), state, "manual")


# --- sheets --------------------------------------------------------------------------------------

_HEAD = ("Ref", "Officer", "Allegation", "Received", "Outcome", "Station", "Telephone", "Count")


def cell(sheet: str, row: int, column: int, hidden: HiddenKind | None = None) -> Segment:
    """Make the cell at a place of a sheet of allegations."""
    if row == 0:
        text = _HEAD[column] if column < len(_HEAD) else f"Field {column + 1}"
    else:
        text = (
            f"CM/{row:05}",
            "PC Rowan Ashdown" if row % 3 else "Sgt Maya Thorne 😀 (retired)",
            "Allegation that the officer was abusive towards PC Rowan Ashdown's neighbour",
            f"{row % 28 + 1:02}/05/2021",
            "Management advice",
            "Northfield",
            "07700 900123",
            f"{row * 7:,}",
        )[column % 8]
    return Segment(CellPlace(sheet, row, column), text, hidden, sheet if hidden else "")


def make_cells(columns: int = 8) -> Callable[[str, int, int], list[Segment]]:
    """Give cells for any rows of any sheet; a sheet called Archive is hidden."""

    def cells(container: str, first: int, last: int) -> list[Segment]:
        if not container:
            return [
                Segment(PartPlace("xl/comments1.xml", 0), "Ask Maya", HiddenKind.COMMENT, "Cases"),
                Segment(PartPlace("docProps/core.xml", 0), "M. Thorne", HiddenKind.METADATA, ""),
            ]
        sheet = container.removeprefix("sheet:")
        hidden = HiddenKind.HIDDEN_SHEET if sheet == "Archive" else None
        return [
            cell(sheet, row, column, hidden)
            for row in range(first, last + 1)
            for column in range(columns)
            if (row + column) % 11 != 10
        ]

    return cells


# --- running text --------------------------------------------------------------------------------


def paragraphs() -> list[Segment]:
    """Make a letter: header, body, footer, and a tracked deletion that no reader sees."""
    return [
        Segment(PartPlace("word/header1.xml", 0), "Northfield Constabulary – Information Rights"),
        Segment(PartPlace("word/document.xml", 0), "Dear 😀 Ms Thorne,"),
        Segment(PartPlace("word/document.xml", 1), TEXT.strip()),
        Segment(PartPlace("word/document.xml", 2), "Yours sincerely,\nRowan Ashdown"),
        Segment(PartPlace("word/footer1.xml", 0), "Page 1"),
        Segment(
            PartPlace("word/document.xml", 3),
            "The complainant was Ada Fenwick.",
            HiddenKind.TRACKED_DELETION,
            "word/document.xml",
        ),
    ]


def lines(count: int) -> list[Segment]:
    """Make the lines of a log; every tenth is empty, and so is no segment."""
    return [
        Segment(LinePlace(number), f"{number:06} 09:14 call from 07700 900123, PC Rowan Ashdown")
        for number in range(count)
        if number % 10 != 9
    ]

"""The text of a page, and where on the page each code point of it stands.

One pass of the library's text device over the page's own content (never its annotations) gives
everything: text on and off the page, clipped or not, in hidden layers that were switched on, and
the boxes of pictures and paths. Reading, showing and rebuilding all ask here, so an offset means
the same in each.

Coordinates are points of the page as displayed, origin top left, y down.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from redactor.formats.pdf.drawn import slanted_paths
from redactor.formats.pdf.normal_form import offsets_of_normal_form
from redactor.formats.pdf.stext import (
    IMAGE_BLOCK,
    TEXT_BLOCK,
    Box,
    ReadLine,
    clean,
    overlap,
    read_lines,
    text_page,
)
from redactor.formats.pdf.veiled import veiled_pictures
from redactor.formats.pdf.words import Stretch, Word, Words, all_straight, line_places

Hides: TypeAlias = Callable[[dict[str, Any]], bool]
"""Says of a glyph (a dictionary with its ``bbox``) that it is on the page and cannot be seen."""

#: Text of this extent (points) cannot be seen or told apart.
_NO_SIZE = 0.5


@dataclass(frozen=True)
class Line:
    """A line as the library gives it, with what of it lies on the page.

    Attributes:
        start: the offset of its first code point in the raw text of the page.
        direction: the writing direction, a unit vector.
        box: the box of the whole line.
        text: its characters, one for each glyph.
    """

    start: int
    direction: tuple[float, float]
    box: Box
    text: str = field(repr=False)
    _glyphs: list[dict[str, Any]] = field(repr=False)

    @property
    def end(self) -> int:
        """Give the offset behind its last glyph (and before its line break)."""
        return self.start + len(self.text)

    @cached_property
    def boxes(self) -> list[Box]:
        """Give the box of each glyph."""
        return [glyph["bbox"] for glyph in self._glyphs]

    @property
    def origins(self) -> list[tuple[float, float]]:
        """Give where each glyph is set; text that was read from pixels has no such places."""
        return [glyph["origin"] for glyph in self._glyphs]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as painted on the page: its box, and its size in pixels."""

    box: Box
    width: int
    height: int


class PageText:
    """The text of one page and its geometry. Keep it only while the page is open.

    What a reader sees of the text in the drawing instructions comes first, then what was read from
    pixels. What is not seen is apart (``unseen``), because it is never released.
    """

    def __init__(
        self,
        page: Any,
        *,
        accurate: bool = False,
        added: Sequence[ReadLine] = (),
        hides: Hides | None = None,
        content: tuple[Any, int] | None = None,
    ) -> None:
        """Read a page of a prepared document.

        Args:
            page: a page of a prepared document.
            accurate: as for ``text_page``.
            added: lines that were read from the pixels of the page.
            hides: says of a glyph that it cannot be seen; None where every glyph is taken as seen.
            content: what ``text_page`` gave for the page, where that is at hand.
        """
        self.page_box: Box = tuple(page.rect)
        self._added = added
        self._hides = hides
        #: What the text device saw.
        self.content, faults = content or text_page(page, accurate=accurate)
        #: Whether part of the content could not be understood, so that text may be missing.
        self.is_faulty = faults > 0
        self.pictures: list[Picture] = []
        self._page = page
        self._upright_paths: list[Box] = []
        #: Whether there is text too small to have a place; of doubled letters only one is read.
        self.has_text_without_size = False
        self._all_on_page = True
        self._painted_off_page = False
        self._sort_blocks()

    def _sort_blocks(self) -> None:
        x0, y0, x1, y1 = self.page_box
        for block in self.content.this:
            inner = block.m_internal
            edge = inner.bbox
            box = (edge.x0, edge.y0, edge.x1, edge.y1)
            if inner.type == TEXT_BLOCK:
                inside = box[0] >= x0 and box[1] >= y0 and box[2] <= x1 and box[3] <= y1
                self._all_on_page = self._all_on_page and inside
                if max(box[2] - box[0], box[3] - box[1]) < _NO_SIZE:
                    self.has_text_without_size = True
            elif inner.type == IMAGE_BLOCK:
                image = block.i_image()
                self._add_picture(box, image.w(), image.h())
            else:
                self._upright_paths.append(box)
        for picture in veiled_pictures(self._page):
            self._add_picture(*picture)

    def _add_picture(self, box: Box, width: int, height: int) -> None:
        if overlap(box, self.page_box):
            self.pictures.append(Picture(box, width, height))
        else:
            self._painted_off_page = True

    @cached_property
    def paths(self) -> list[Box]:
        """Give the boxes of the paths that are painted; PyMuPDF 1.27 reads only upright ones."""
        return self._upright_paths + slanted_paths(self._page)

    @property
    def is_nothing_but_text_on_page(self) -> bool:
        """Say whether nothing but text is painted, all of it on the page and of a size."""
        return (
            self._all_on_page
            and not self.has_text_without_size
            and not self._painted_off_page
            and not self.pictures
            and not self.paths
        )

    @cached_property
    def _everything(self) -> str:
        return clean(self.content.extractText())

    @cached_property
    def raw(self) -> str:
        """Give the page's text before normalisation, each line closed by a line break."""
        return self.native + "".join(line.text + "\n" for line in self._added)

    @cached_property
    def native(self) -> str:
        """Give the first part of ``raw``: what the drawing instructions hold and a reader sees."""
        if self._all_are_seen:
            return self._everything
        return "".join(line.text + "\n" for line in self.native_lines)

    @property
    def _all_are_seen(self) -> bool:
        return self._all_on_page and self._hides is None

    @cached_property
    def lines(self) -> list[Line]:
        """Give the lines that are seen on the page, without their glyphs that are not."""
        lines = list(self.native_lines)
        start = len(self.native)
        for line in self._added:
            lines.append(Line(start, line.direction, line.box, line.text, line.glyphs))
            start += len(line.text) + 1
        return lines

    @cached_property
    def native_lines(self) -> list[Line]:
        """Give the lines of ``native``."""
        lines = []
        start = 0
        for line in self._read:
            text, glyphs = line.text, line.glyphs
            if not self._all_are_seen:
                inside = [i for i, one in enumerate(glyphs) if self._is_seen(one)]
                text = "".join(text[i] for i in inside).replace("\n", " ")
                glyphs = [glyphs[i] for i in inside]
            if text:
                lines.append(Line(start, line.direction, line.box, text, glyphs))
                start += len(text) + (0 if text.endswith("\n") else 1)
        return lines

    @cached_property
    def unseen(self) -> list[Line]:
        """Give what lies on the page and is not seen, line by line; offsets are of no meaning."""
        if self._hides is None:
            return []
        lines = []
        for line in self._read:
            there = [
                i
                for i, one in enumerate(line.glyphs)
                if self._on_page(one) and not self._is_seen(one)
            ]
            text = "".join(line.text[i] for i in there).replace("\n", " ")
            if text.strip():
                glyphs = [line.glyphs[i] for i in there]
                lines.append(Line(0, line.direction, line.box, text, glyphs))
        return lines

    def _is_seen(self, glyph: dict[str, Any]) -> bool:
        return self._on_page(glyph) and not (self._hides is not None and self._hides(glyph))

    @cached_property
    def _read(self) -> list[ReadLine]:
        return read_lines(self.content, self._everything)

    def _on_page(self, glyph: dict[str, Any]) -> bool:
        return overlap(glyph["bbox"], self.page_box)

    @cached_property
    def text(self) -> str:
        """Give the page's text: lines in the order in which they are painted, NFC."""
        return unicodedata.normalize("NFC", self.raw).removesuffix("\n")

    @cached_property
    def off_page_text(self) -> str:
        """Give the text that lies wholly outside the page."""
        if self._all_on_page:
            return ""
        parts = []
        for line in self._read:
            pairs = zip(line.text, line.glyphs, strict=True)
            parts.append("".join(char for char, glyph in pairs if not self._on_page(glyph)))
        return unicodedata.normalize("NFC", "\n".join(part for part in parts if part.strip()))

    @property
    def reaches_outside(self) -> bool:
        """Say whether anything painted lies outside the page, wholly or in part."""
        x0, y0, x1, y1 = self.page_box
        painted = [picture.box for picture in self.pictures] + self.paths
        return (
            self._painted_off_page
            or not self._all_on_page
            or any(
                box[0] < x0 - 1 or box[1] < y0 - 1 or box[2] > x1 + 1 or box[3] > y1 + 1
                for box in painted
            )
        )

    @cached_property
    def words(self) -> list[Word]:
        """Give the words with their boxes, in the library's own reading."""
        words: list[Word] = self.content.extractWORDS()
        return words

    @cached_property
    def line_boxes(self) -> list[Box]:
        """Give the box of every line, those off the page too."""
        return [box for _, _, _, box in self._line_places]

    @cached_property
    def _line_places(self) -> list[tuple[int, int, tuple[float, float], Box]]:
        return line_places(self.content)

    # --- from offsets to places ---------------------------------------------------------------

    @cached_property
    def _raw_offsets(self) -> list[int] | None:
        """Give for each NFC code point, and the end, its raw offset; None where they are equal."""
        return offsets_of_normal_form(self.raw)

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """Give the code points of ``raw`` that a non-empty range of ``text`` came from."""
        offsets = self._raw_offsets
        if offsets is None:
            return start, end
        last = offsets[end - 1]
        following = next((one for one in offsets[end:] if one > last), len(self.raw))
        return offsets[start], following

    def raw_ranges(self) -> list[tuple[int, int]]:
        """Give for each code point of ``text`` the range of ``raw`` it came from."""
        if self._raw_offsets is None:
            return [(at, at + 1) for at in range(len(self.text))]
        return [self.raw_range(at, at + 1) for at in range(len(self.text))]

    def stretches(self, start: int, end: int) -> list[Stretch]:
        """Give what the code points from start to end cover, line by line.

        White space at the ends of a line is left out; a range of nothing else gives nothing.
        """
        raw_start, raw_end = self.raw_range(start, end)
        found = []
        first = max(0, bisect_right(self._line_starts, raw_start) - 1)
        for line in self.lines[first:]:
            if line.start >= raw_end:
                break
            stretch = self._stretch(line, raw_start, raw_end)
            if stretch is not None:
                found.append(stretch)
        return found

    @cached_property
    def native_length(self) -> int:
        """Give how many code points of ``text`` come from the drawing instructions."""
        if not self._added:
            return len(self.text)
        return len(unicodedata.normalize("NFC", self.native))

    def read_stretches(self, raw_start: int, raw_end: int) -> list[Stretch]:
        """Give what a range of ``raw`` covers of what was read from pixels, by whole words."""
        first = len(self.native)
        found = []
        for line in self.lines if self._added and raw_end > first else ():
            if first <= line.start < raw_end and line.end > raw_start:
                start, end = _whole_words(line, raw_start - line.start, raw_end - line.start)
                stretch = self._stretch(line, line.start + start, line.start + end)
                found.extend([] if stretch is None else [stretch])
        return found

    def quick_stretches(self, start: int, end: int) -> list[Stretch]:
        """Give what a non-empty range covers, by whole words where that is certain."""
        words = self._certain_words
        found = None if words is None else words.stretches(*self.raw_range(start, end))
        return self.stretches(start, end) if found is None else found

    def words_left(self, mask: bytearray) -> list[Word] | None:
        """Give the words that a mask of ``raw`` leaves; None where that is not certain."""
        words = self._certain_words
        return None if words is None else words.left(mask)

    @cached_property
    def _certain_words(self) -> Words | None:
        if not self._all_are_seen or self._added or not all_straight(self._line_places):
            return None
        words = Words(self.content, self.words, self.raw)
        return words if words.are_certain else None

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def _stretch(self, line: Line, raw_start: int, raw_end: int) -> Stretch | None:
        first = max(raw_start, line.start) - line.start
        last = min(raw_end, line.end) - line.start
        text = line.text
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first >= last:
            return None
        before = next((i for i in range(first - 1, -1, -1) if not text[i].isspace()), None)
        after = next((i for i in range(last, len(text)) if not text[i].isspace()), None)
        return Stretch(
            line.direction,
            tuple(line.boxes[first:last]),
            None if before is None else line.boxes[before],
            None if after is None else line.boxes[after],
        )

    def boxes_by_offset(self) -> list[Box | None]:
        """Give for each code point of ``text`` its glyph's box; None for line breaks."""
        raw: list[Box | None] = [None] * (len(self.raw) + 1)
        for line in self.lines:
            raw[line.start : line.end] = line.boxes
        offsets = self._raw_offsets
        if offsets is None:
            return raw[: len(self.text)]
        return [raw[offset] for offset in offsets[: len(self.text)]]


def _whole_words(line: Line, start: int, end: int) -> tuple[int, int]:
    """Widen a range of a line to whole words."""
    start, end = max(start, 0), min(end, len(line.text))
    while start > 0 and not line.text[start - 1].isspace():
        start -= 1
    while end < len(line.text) and not line.text[end].isspace():
        end += 1
    return start, end

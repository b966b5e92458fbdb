"""Read from its pixels what a page does not say in letters, and say how well that went.

The page is painted as a reader sees it, without annotations, and the engine reads the picture:
of a page whose letters cannot be relied on all of it, of any other the parts that are pictures.
What merely repeats letters of the page that are seen is dropped.
"""

from __future__ import annotations

import hashlib
import math
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pymupdf

from redactor import ocr
from redactor.errors import OcrFailed, OcrMissing
from redactor.formats.pdf.art import Unreached, unreached_on
from redactor.formats.pdf.leftover import leftover_ink
from redactor.formats.pdf.lettering import lettering_on
from redactor.formats.pdf.page_reading import (
    Cause,
    Doubt,
    Doubtful,
    PageReading,
    PageWord,
    unsure_words,
)
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.stext import Box, overlap, union
from redactor.formats.pdf.trust import UNMAPPED, cause_of, large, pieces

#: Dots to the inch at which pages are painted to be read. A single picture of between so many is
#: painted as it is: that is read better, and faster, than the same enlarged (docs/benchmarks.md).
DPI, _LEAST_OWN_DPI = 300, 150
#: A picture that covers this much of what is read is all of it.
_ALL = 0.9
#: Larger pages are painted more coarsely, so that no picture takes more memory than this (bytes).
_MAX_PIXELS = 40_000_000
#: With more of the page than this in pictures, or with more pictures, the whole page is read.
_MOST_COVERED, _MOST_REGIONS = 0.5, 8
#: Regions nearer to each other than this are read as one (points).
_NEAR = 6.0
#: Of a word that repeats what the page says in letters, this much lies on such letters.
_REPEATED = 0.5
#: Room that letters need around the box of a word: this part of its height, and so many points.
_ROOM, _LEAST_ROOM = 0.2, 2.0
#: Causes for which all of a page is read.
_WHOLE = frozenset(Cause) - {Cause.PICTURE}
#: Pictures whose reading is kept at hand: a letterhead stands on every page.
_KEPT = 32


def recognise(page: Any, text: PageText) -> PageReading | None:
    """Read from its pixels what a page does not say in letters.

    Args:
        page: a page of a prepared document.
        text: its text, without what is not seen.

    Returns:
        What was read; None where nothing has to be read from pixels. Where the engine failed or is
        missing, the reading says so.
    """
    cause = cause_of(text)
    in_tiles = unreached_on(page) is Unreached.TILES
    drawn = [] if cause in _WHOLE else lettering_on(text)
    if cause is None and not in_tiles and not drawn:
        return None
    cause = cause or Cause.PICTURE
    try:
        engine = ocr.engine_name()
    except OcrMissing as error:
        return PageReading(cause, failure=f"the engine cannot be used ({error.why})")
    trusted = _trusted(text)
    words: list[PageWord] = []
    doubt: list[Doubtful] = []
    try:
        for region in _regions(page, text, cause, drawn, in_tiles=in_tiles):
            read, unread = _read_region(page, region, _dpi(text, region), trusted)
            following = words[-1].line + 1 if words else 0
            words += [replace(word, line=word.line + following) for word in read]
            doubt += unread
    except OcrFailed as error:
        return PageReading(cause, engine=engine, failure=error.why)
    return PageReading(cause, tuple(words), tuple(doubt), engine)


# --- which parts are read ------------------------------------------------------------------------


def _regions(
    page: Any, text: PageText, cause: Cause, drawn: Sequence[Box], *, in_tiles: bool
) -> list[Box]:
    whole: Box = tuple(page.rect)
    if cause in _WHOLE or in_tiles:  # where the tiles of a pattern are painted is not told
        return [whole]
    boxes = [*(one.box for one in large(text.pictures)), *(_roomy(box) for box in drawn)]
    boxes += [union(group) for group in pieces(text.pictures)]
    regions = _merged([_cut(box, whole) for box in boxes])
    covered = sum(_area(one) for one in regions)
    if len(regions) > _MOST_REGIONS or covered > _MOST_COVERED * _area(whole):
        return [whole]
    return [one for one in regions if _area(one) > 0]


def _roomy(box: Box) -> Box:
    """Give a row of letters with room around it: an engine reads nothing at the very edge."""
    return box[0] - _NEAR, box[1] - _NEAR, box[2] + _NEAR, box[3] + _NEAR


def _dpi(text: PageText, region: Box) -> float:
    """Give the dots to the inch of the one picture that a region is, if they are fit to be read."""
    pictures = [one for one in large(text.pictures) if overlap(one.box, region)]
    if len(pictures) == 1 and _area(_cut(pictures[0].box, region)) >= _ALL * _area(region):
        (one,) = pictures
        own = 72 * math.sqrt(one.width * one.height / max(_area(one.box), 1.0))
        if _LEAST_OWN_DPI <= own <= DPI:
            return own
    return DPI


def _merged(boxes: Sequence[Box]) -> list[Box]:
    merged: list[Box] = []
    for box in boxes:
        grown = box
        near = [one for one in merged if _is_near(one, grown)]
        while near:
            grown = union([grown, *near])
            merged = [one for one in merged if one not in near]
            near = [one for one in merged if _is_near(one, grown)]
        merged.append(grown)
    return sorted(merged, key=lambda one: (one[1], one[0]))


def _is_near(one: Box, other: Box) -> bool:
    return (
        one[0] - _NEAR <= other[2]
        and other[0] - _NEAR <= one[2]
        and one[1] - _NEAR <= other[3]
        and other[1] - _NEAR <= one[3]
    )


def _trusted(text: PageText) -> list[Box]:
    """Give the boxes of the glyphs that say what they are."""
    return [
        box
        for line in text.lines
        if not UNMAPPED.search(line.text)
        for character, box in zip(line.text, line.boxes, strict=True)
        if not character.isspace()
    ]


# --- one part ------------------------------------------------------------------------------------


def _read_region(
    page: Any, region: Box, dpi: float, trusted: Sequence[Box]
) -> tuple[list[PageWord], list[Doubtful]]:
    zoom = min(dpi / 72, (_MAX_PIXELS / max(_area(region), 1.0)) ** 0.5)
    picture = page.get_pixmap(
        matrix=pymupdf.Matrix(zoom, zoom),
        colorspace=pymupdf.csGRAY,
        clip=pymupdf.Rect(region),
        alpha=False,
        annots=False,
    )
    grey, width, height = bytes(picture.samples), picture.width, picture.height
    left, top = picture.x, picture.y
    found = _read(grey, width, height, zoom * 72)

    def on_page(box: Box) -> Box:
        x0, y0, x1, y1 = box
        across, down = (x0 + left, x1 + left), (y0 + top, y1 + top)
        x0, x1 = (round(one / zoom, 1) for one in across)
        y0, y1 = (round(one / zoom, 1) for one in down)
        return x0, y0, x1, y1

    words = [
        PageWord(
            one.text,
            on_page((one.x0, one.y0, one.x1, one.y1)),
            one.confidence,
            one.line,
            found.turns,
        )
        for one in found.words
    ]
    letters = _Letters(trusted)
    new = [word for word in words if not letters.cover(word.box)]
    unsure = unsure_words(new)
    explained = [_with_room(word.box) for word in words if word not in unsure]
    explained += [_with_room(box) for box in trusted]

    def in_picture(box: Box) -> Box:
        x0, y0, x1, y1 = (value * zoom for value in box)
        return x0 - left, y0 - top, x1 - left, y1 - top

    patches = leftover_ink(grey, width, height, zoom * 72, [in_picture(one) for one in explained])
    return new, [_doubtful(on_page(patch.box), unsure) for patch in patches]


def _doubtful(box: Box, unsure: Sequence[PageWord]) -> Doubtful:
    is_unsure = any(overlap(box, word.box) for word in unsure)
    return Doubtful(box, Doubt.UNSURE if is_unsure else Doubt.INK)


_read_before: OrderedDict[bytes, ocr.Reading] = OrderedDict()


def _read(grey: bytes, width: int, height: int, dpi: float) -> ocr.Reading:
    """Read a picture, or give what was read of the very same pixels before."""
    digest = hashlib.sha256(b"%d %d %f " % (width, height, dpi))
    digest.update(grey)
    key = digest.digest()
    found = _read_before.pop(key, None) or ocr.read_turned(grey, width, height, dpi)
    _read_before[key] = found
    while len(_read_before) > _KEPT:
        _read_before.popitem(last=False)
    return found


class _Letters:
    """Letters of a page, to ask whether a word stands on them."""

    #: Side of the squares by which letters are found (points).
    _SQUARE = 36.0

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._by_square: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            for square in self._squares(box):
                self._by_square.setdefault(square, []).append(box)

    def cover(self, box: Box) -> bool:
        """Say whether letters cover enough of a word for it to be their repetition."""
        near = {one for square in self._squares(box) for one in self._by_square.get(square, ())}
        covered = sum(_area(_cut(one, box)) for one in near)
        return covered >= _REPEATED * max(_area(box), 0.01)

    def _squares(self, box: Box) -> Iterator[tuple[int, int]]:
        for row in range(int(box[1] // self._SQUARE), int(box[3] // self._SQUARE) + 1):
            for column in range(int(box[0] // self._SQUARE), int(box[2] // self._SQUARE) + 1):
                yield row, column


def _with_room(box: Box) -> Box:
    room = max(_LEAST_ROOM, _ROOM * min(box[2] - box[0], box[3] - box[1]))
    return box[0] - room, box[1] - room, box[2] + room, box[3] + room


def _cut(box: Box, frame: Box) -> Box:
    x0, y0 = max(box[0], frame[0]), max(box[1], frame[1])
    return x0, y0, max(x0, min(box[2], frame[2])), max(y0, min(box[3], frame[3]))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])

"""Read the pixels of a PDF where something was redacted, and search what is read.

Places of one colour hold no text and are not read, so that pages of text cost nothing here. In
anyone's file, of which nothing is known, every picture that could hold words is read, and every
page whose letters mean nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from redactor.errors import OcrFailed
from redactor.release.verify.ledger import Ledger
from redactor.release.verify.model import Against
from redactor.release.verify.pdf_boxes import Labels
from redactor.release.verify.pdf_drawing import Box, Sheet, opened
from redactor.release.verify.pdf_images import Image, drawn_image, has_images, images_of
from redactor.release.verify.pdf_looks import is_uniform
from redactor.release.verify.pdf_objects import user_units
from redactor.release.verify.pdf_pages import Compared, by_page, listed
from redactor.release.verify.pdf_text import engine_name

if TYPE_CHECKING:
    from redactor.ocr import ReadWord
    from redactor.release.verify.pdf_drawing import Grey

#: Of anyone's file at most so many pictures and pages are read; more is not searched, and said so.
MOST_READ = 400
#: A place is read with this much around it (share of its height), so that letters are whole.
_AROUND = 0.4
#: How sharply a page is drawn to be read, and how coarse a picture is still made sharper.
_DPI = 200
_LEAST_DPI = 100
#: White between two places on the sheet that is read (pixels).
_GAP = 24
#: A sheet of more pixels takes the engine too long.
_SHEET_PIXELS = 8_000_000
#: Places that make up so much of a picture are not cut out one by one.
_MUCH = 0.35
#: Places that meet are read together where they have so much of the lower one's height in common.
_LINE = 0.5
#: A word in a box counts as read if the engine is as sure as this, and it has so many letters.
_SURE, _LEAST_LETTERS = 75.0, 3
#: What is read in a box is its label if it is as much like it.
_LIKE = 0.5


@dataclass(frozen=True, slots=True)
class _Crop:
    """A part of a picture that is read.

    Attributes:
        grey: its pixels.
        places: the redacted places in it, in these pixels; each with whether a box lies over it,
            so that nothing but a label may be read there.
    """

    grey: Grey = field(repr=False)
    dpi: float
    places: tuple[tuple[Box, bool], ...]


@dataclass(slots=True)
class _Tallied:
    uniform: int = 0
    read: int = 0
    unread: list[int] = field(default_factory=list)
    written: list[int] = field(default_factory=list)


def read_redacted_places(
    ledger: Ledger, against: Against, untrusted: bytes, compared: Compared
) -> None:
    """Read a release at every place where something was removed, where pixels could tell it.

    Pages that are pictures and that the second engine does not draw alike are read whole.
    """
    changes = against.changes
    units = user_units(untrusted)
    regions, boxes = by_page(changes.regions, units), by_page(changes.boxes, units)
    whole = {*compared.unlike, *compared.undrawn}.intersection(changes.pictures)
    labels = Labels(against.labels).texts
    told = _Tallied()
    with ledger.engine(engine_name()), opened(untrusted) as document:
        for number in sorted(({*regions} - compared.without_images | whole) - {*changes.blanks}):
            ledger.alive()
            sheet = Sheet(document, number)
            places = [(one, one in boxes.get(number, ())) for one in regions.get(number, ())]
            crops = list(_crops(sheet, places, is_picture=number in changes.pictures))
            telling = [one for one in crops if not is_uniform(one.grey)]
            told.uniform += sum(len(one.places) for one in crops if is_uniform(one.grey))
            told.read += sum(len(one.places) for one in telling)
            _read_places(ledger, telling, number, labels, told)
            if number in whole and not _read_whole(ledger, *sheet.drawn(_DPI), number):
                told.unread.append(number)
            sheet.close()
        _write_down(ledger, told)


def _write_down(ledger: Ledger, told: _Tallied) -> None:
    engine = _reader_name() if told.read or told.unread else engine_name()
    ledger.check(
        "pixels at redacted places",
        not told.unread,
        engine,
        f"Read: {told.read} places; {told.uniform} more are of one colour and hold no text."
        if not told.unread
        else f"The pixels of page {listed(told.unread)} could not be read, so nothing is proved.",
        tuple(told.unread),
    )
    ledger.check(
        "no text in the pixels of boxes",
        not told.written,
        engine,
        "Under the boxes no words were read."
        if not told.written
        else f"Words can be read in a picture under a box on page {listed(told.written)}.",
        tuple(told.written),
    )


def _crops(
    sheet: Sheet, places: Sequence[tuple[Box, bool]], *, is_picture: bool
) -> Iterator[_Crop]:
    """Cut out the places on a page that has pictures: of these, and of the page as it is drawn."""
    if not places or not has_images(sheet):
        return
    images = list(images_of(sheet))
    for image in images:
        yield from _crops_of(image, [one for one in places if _meet(one[0], image.box)])
    if is_picture:
        return  # what is drawn is the picture
    on_images = [
        (place, False) for place, _ in places if any(_meet(place, one.box) for one in images)
    ]
    yield from _crops_of(drawn_image(sheet, _DPI), on_images)


def _crops_of(image: Image, places: Sequence[tuple[Box, bool]]) -> Iterator[_Crop]:
    """Cut places out of a picture; where they are much of it, it is read whole and once."""
    outer = _joined([_with_room(place, image.box) for place, _ in places])
    if sum(map(_area, outer)) > _MUCH * _area(image.box):
        outer = [image.box]
    for part in outer:
        within = [one for one in places if _meet(one[0], part)]
        yield _Crop(
            image.cut(part),
            image.dpi,
            tuple((_scaled(place, part, image), is_box) for place, is_box in within),
        )


def _with_room(place: Box, around: Box) -> Box:
    room = max((place[3] - place[1]) * _AROUND, 2.0)
    return (
        max(place[0] - room, around[0]), max(place[1] - room, around[1]),
        min(place[2] + room, around[2]), min(place[3] + room, around[3]),
    )  # fmt: skip


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Join boxes that share most of a line: every letter of a word is a place of its own."""
    joined: list[Box] = []
    for box in sorted(boxes, key=_area, reverse=True):  # words first, which hold their letters
        near = next((at for at, one in enumerate(joined) if _share_a_line(one, box)), None)
        if near is None:
            joined.append(box)
        else:
            joined[near] = _around(joined[near], box)
    return joined if len(joined) == len(boxes) else _joined(joined)


def _share_a_line(one: Box, other: Box) -> bool:
    common = min(one[3], other[3]) - max(one[1], other[1])
    lower = min(one[3] - one[1], other[3] - other[1])
    return _meet(one, other) and common >= _LINE * lower


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]), min(one[1], other[1]),
        max(one[2], other[2]), max(one[3], other[3]),
    )  # fmt: skip


def _area(box: Box) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def _scaled(place: Box, part: Box, image: Image) -> Box:
    """Give a place in the pixels of the part of a picture that was cut out."""
    across = image.width / max(image.box[2] - image.box[0], 0.1)
    down = image.height / max(image.box[3] - image.box[1], 0.1)
    return (
        (place[0] - part[0]) * across, (place[1] - part[1]) * down,
        (place[2] - part[0]) * across, (place[3] - part[1]) * down,
    )  # fmt: skip


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


# --- reading -------------------------------------------------------------------------------------


def _read_places(
    ledger: Ledger, crops: Sequence[_Crop], number: int, labels: Sequence[str], told: _Tallied
) -> None:
    for sheet, laid in _sheets(crops):
        words = _words(sheet, max(_median(one.dpi for one, _ in laid), _LEAST_DPI))
        if words is None:
            told.unread.append(number)
            return
        middles = _Middles(words)
        for crop, top in laid:
            for inside in middles.within([place for place, _ in crop.places], top):
                _search(ledger, [words[at] for at in inside], number)
            boxes = [place for place, is_box in crop.places if is_box]
            inside_boxes = {at for inside in middles.within(boxes, top) for at in inside}
            if any(_tells(words[at], labels) for at in inside_boxes):
                told.written.append(number)
                return


class _Middles:
    """Where the middles of the words stand that were read on a sheet."""

    def __init__(self, words: Sequence[ReadWord]) -> None:
        import numpy as np  # noqa: PLC0415 - loads native code, in workers only

        self._np = np
        self._x = np.array([(one.x0 + one.x1) / 2 for one in words]) - _GAP
        self._y = np.array([(one.y0 + one.y1) / 2 for one in words])

    def within(self, places: Sequence[Box], top: int) -> Iterator[tuple[int, ...]]:
        """Give which words stand in each place of what was laid at a height; equal ones once."""
        np, x, y = self._np, self._x, self._y - top
        x0, y0, x1, y1 = np.array(places, float).reshape(-1, 4).T[:, :, None]
        inside = (x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1)
        for row in {row.tobytes(): row for row in inside[inside.any(axis=1)]}.values():
            yield tuple(np.flatnonzero(row).tolist())


def _sheets(crops: Sequence[_Crop]) -> Iterator[tuple[Grey, list[tuple[_Crop, int]]]]:
    """Lay places under one another on white sheets, each to be read at once."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    waiting = list(crops)
    while waiting:
        width = max(one.grey.shape[1] for one in waiting) + 2 * _GAP
        laid: list[tuple[_Crop, int]] = []
        top = _GAP
        while waiting and (not laid or (top + waiting[0].grey.shape[0]) * width < _SHEET_PIXELS):
            laid.append((waiting.pop(0), top))
            top += laid[-1][0].grey.shape[0] + _GAP
        sheet = np.full((top, width), 255, np.uint8)
        for crop, at in laid:
            rows, columns = crop.grey.shape
            sheet[at : at + rows, _GAP : _GAP + columns] = crop.grey
        yield sheet, laid


def _words(grey: Grey, dpi: float, *, sparse: bool = True) -> tuple[ReadWord, ...] | None:
    """Read a picture; None where the engine cannot."""
    from redactor import ocr  # noqa: PLC0415 - only where something is to be read

    height, width = grey.shape
    try:
        return ocr.read(grey.tobytes(), width, height, dpi, sparse=sparse)
    except OcrFailed:
        return None


def _tells(word: ReadWord, labels: Sequence[str]) -> bool:
    """Say whether a word says something, and is not the label of its box."""
    letters = sum(one.isalnum() for one in word.text)
    if letters < _LEAST_LETTERS or word.confidence < _SURE:
        return False
    return all(
        SequenceMatcher(None, word.text, one).ratio() < _LIKE and word.text not in one
        for one in labels
    )


def _search(ledger: Ledger, words: Iterable[ReadWord], number: int) -> None:
    """Look for what is withheld in the words that were read, line by line and over line ends."""
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    if lines:
        text = "\n".join(" ".join(one) for one in lines.values())
        where = ledger.place(f"page {number + 1}, pixels of a picture")
        engine = f"{_reader_name()}, pixels"
        ledger.text(engine).text(text, where)
        ledger.misread(engine).text(text, where)


def _read_whole(ledger: Ledger, grey: Grey, scale: float, number: int) -> bool:
    words = _words(grey, scale * 72, sparse=False)
    if words is None:
        return False
    _search(ledger, words, number)
    return True


def _median(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def _reader_name() -> str:
    from redactor import ocr  # noqa: PLC0415 - only where something is to be read

    try:
        return ocr.engine_name()
    except OcrFailed:
        return "no engine that reads pictures"


# --- anyone's file -------------------------------------------------------------------------------


def read_pictures(ledger: Ledger, untrusted: bytes, unreadable: Sequence[int]) -> None:
    """Read every picture of anyone's file, each once, and every page whose text has no meaning.

    Args:
        unreadable: those pages, from 0.
    """
    with ledger.engine(engine_name()), opened(untrusted) as document:
        met: set[bytes] = set()
        read = 0
        for number in range(len(document)):
            sheet = Sheet(document, number)
            for grey, dpi in _unseen(sheet, met, is_unreadable=number in unreadable):
                ledger.alive()
                read += 1
                if read > MOST_READ:
                    break
                words = _words(grey, dpi, sparse=False)
                if words is None:
                    where = f"page {number + 1}, a picture"
                    ledger.unsearchable(where, "it could not be read", _reader_name())
                else:
                    _search(ledger, words, number)
            sheet.close()
            if read > MOST_READ:
                ledger.unsearchable(
                    f"pictures from page {number + 1} on",
                    f"only {MOST_READ} pictures of a file are read",
                    _reader_name(),
                )
                return


def _unseen(sheet: Sheet, met: set[bytes], *, is_unreadable: bool) -> Iterator[tuple[Grey, float]]:
    """Give the pictures of a page that were not met before, and the page if it has to be read."""
    for image in images_of(sheet) if has_images(sheet) else ():
        grey = image.grey
        key = hashlib.sha256(grey.tobytes()).digest()
        if key not in met and not is_uniform(grey):
            yield grey, image.dpi
        met.add(key)
    if is_unreadable:
        grey, scale = sheet.drawn(_DPI)
        yield grey, scale * 72

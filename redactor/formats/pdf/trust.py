"""Say what of a page the program could not read, so that a person has to rule on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from redactor.formats.pdf.page_reading import Cause, PageReading
from redactor.formats.pdf.page_text import PageText, Picture
from redactor.formats.pdf.stext import Box, union
from redactor.model import Ruling, Unread

#: Smaller than this, a picture cannot hold a legible word: its longer side and its shorter side, in
#: points and in pixels. An address of a line's height is often put in as a picture.
_LEAST_LONG, _LEAST_SHORT = 12.0, 4.0
_PIXELS_LONG, _PIXELS_SHORT = 24, 7
#: Of a picture with more dots to the inch than this a reader sees too little: words that are too
#: small to be read on the page can be read in the file.
_MOST_DPI = 1000.0
#: Small pictures nearer to each other than this are pieces of one (points): a scan cut into strips,
#: or letters painted one by one.
_NEAR = 6.0
#: With more small pictures than this on a page, they are taken as one, wherever they stand.
_MAX_PIECES = 400
#: Two glyphs without a known character in a row; one alone is a bullet or a tick.
UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff\x01-\x08\x0e-\x1f]{2}")
_SEEN = (Ruling.LEAVE_OUT, Ruling.RELEASE_AS_SEEN)
_LOOK = "Look at it, and say whether it may be released as it is seen."


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture large enough to hold a word, where it stands on one page.

    Attributes:
        xref: the object it is stored in; 0 where that is not certain.
        boxes: where it is painted on the page, in points.
    """

    xref: int
    boxes: tuple[Box, ...]


@dataclass(slots=True)
class UnreadPicture:
    """A picture of the document with every place where it is painted.

    Attributes:
        fault: why it counts as unread; empty where it was read well wherever it is painted.
    """

    place: str
    xref: int
    boxes: dict[int, tuple[Box, ...]]
    fault: str = ""

    def as_unread(self) -> Unread:
        """Give the entry for the list of unread parts."""
        where = f" It stands on {len(self.boxes)} pages." if len(self.boxes) > 1 else ""
        return Unread(self.place, f"{self.fault}{where} {_LOOK}", _SEEN)


def page_place(page: int) -> str:
    """Give the name under which a page as a whole is ruled on."""
    return f"page:{page + 1}"


def cause_of(text: PageText) -> Cause | None:
    """Say why a page has to be read from its pixels; None where its letters say all."""
    if text.has_text_without_size:
        return Cause.NO_SIZE
    if text.is_faulty:
        return Cause.DAMAGED
    if UNMAPPED.search(text.native.replace(" ", "")):
        return Cause.UNMAPPED
    has_pictures = bool(large(text.pictures) or pieces(text.pictures))
    if not any(map(str.isalnum, text.native)):
        if has_pictures:
            return Cause.SCAN
        return Cause.DRAWN if text.paths else None
    return Cause.PICTURE if has_pictures else None


def unread_page(page: int, text: PageText, reading: PageReading | None = None) -> Unread | None:
    """Give the entry for a page that nobody has read with certainty, or None.

    Args:
        page: from 0.
        reading: what was read from its pixels; None where nothing had to be.
    """
    why = _distrust(text)
    if not why and reading is not None and reading.is_whole:
        why = reading.fault()
    return Unread(page_place(page), f"{why} {_LOOK}", _SEEN) if why else None


def _distrust(text: PageText) -> str:
    """Say what is wrong with a page however well its pixels were read: more may lie in it."""
    if text.has_text_without_size:
        return "The page holds text without any size, which cannot be read with certainty."
    if text.is_faulty:
        return "The content of this page is damaged, so that part of it may not have been read."
    return ""


def large(pictures: list[Picture]) -> list[Picture]:
    """Give the pictures that are large enough, each for itself, to hold a word."""
    return [one for one in pictures if _is_large(one)]


def _is_large(picture: Picture) -> bool:
    return is_legible(picture.box) and enough_pixels(picture.width, picture.height)


def enough_pixels(width: int, height: int) -> bool:
    """Say whether a picture of so many pixels can hold a word."""
    return min(width, height) >= _PIXELS_SHORT and max(width, height) >= _PIXELS_LONG


def is_legible(box: Box) -> bool:
    """Say whether a place (in points) is large enough for a word that can be read."""
    across, down = box[2] - box[0], box[3] - box[1]
    return min(across, down) >= _LEAST_SHORT and max(across, down) >= _LEAST_LONG


def shrunk(pictures: list[Picture]) -> list[Picture]:
    """Give the pictures that hold far more than can be seen of them at their size on the page."""
    return [
        one
        for one in pictures
        if enough_pixels(one.width, one.height)
        and max(one.width, one.height) * 72
        > _MOST_DPI * max(one.box[2] - one.box[0], one.box[3] - one.box[1], 0.01)
    ]


def pieces(pictures: list[Picture]) -> list[tuple[Box, ...]]:
    """Give the groups of small pictures that together are large enough to hold a word."""
    small = [one.box for one in pictures if not _is_large(one)]
    if len(small) > _MAX_PIECES:
        return [tuple(small)]
    groups: list[list[Box]] = []
    for box in small:
        near = [group for group in groups if any(_close(box, other) for other in group)]
        joined = [box, *(other for group in near for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append(joined)
    return [tuple(group) for group in groups if len(group) > 1 and is_legible(union(group))]


def _close(one: Box, other: Box) -> bool:
    return (
        one[0] - _NEAR <= other[2]
        and other[0] - _NEAR <= one[2]
        and one[1] - _NEAR <= other[3]
        and other[1] - _NEAR <= one[3]
    )


def pictures_of(document: Any, number: int, text: PageText) -> list[PagePicture]:
    """Give the pictures of a page that can be ruled on by themselves, in the order of painting.

    A page that is ruled on as a whole has none.
    """
    if not text.pictures or cause_of(text) is not Cause.PICTURE:
        return []
    stored: dict[tuple[int, int], set[int]] = {}
    for image in document.get_page_images(number, full=True):
        stored.setdefault((image[2], image[3]), set()).add(image[0])
    by_xref: dict[int, list[Box]] = {}
    found: list[PagePicture] = []
    for one in large(text.pictures):
        candidates = stored.get((one.width, one.height), set())
        if len(candidates) == 1:
            by_xref.setdefault(next(iter(candidates)), []).append(one.box)
        else:
            found.append(PagePicture(0, (one.box,)))
    found[:0] = [PagePicture(xref, tuple(boxes)) for xref, boxes in by_xref.items()]
    return found + [PagePicture(0, group) for group in pieces(text.pictures)]


class PictureList:
    """Collects the pictures of a document; one that stands on many pages is one entry."""

    def __init__(self) -> None:
        """Start with none."""
        self.entries: list[UnreadPicture] = []
        self._by_xref: dict[int, UnreadPicture] = {}

    def add_page(
        self, page: int, pictures: list[PagePicture], reading: PageReading | None = None
    ) -> None:
        """Add the pictures of the next page, with what was read of them."""
        for number, picture in enumerate(pictures, 1):
            fault = reading.fault(picture.boxes) if reading is not None else ""
            known = self._by_xref.get(picture.xref)
            if known is not None:
                known.boxes[page] = picture.boxes
                known.fault = known.fault or fault
                continue
            entry = UnreadPicture(
                f"{page_place(page)}/image:{number}", picture.xref, {page: picture.boxes}, fault
            )
            self.entries.append(entry)
            if picture.xref:
                self._by_xref[picture.xref] = entry

    def unread(self) -> list[Unread]:
        """Give the entries of those that were not read well."""
        return [entry.as_unread() for entry in self.entries if entry.fault]

"""The pictures of a Word document: which a person may release as seen, and drawing those anew.

What is released of a picture are the pixels that the page shows, drawn again at the size it has on
the page: what was cropped away, finer detail than a page shows and everything that was written into
the file beside its pixels stay behind.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from redactor.formats.docx.blocks import Crop, ReadPicture
from redactor.formats.hidden import Gathered
from redactor.formats.package import Package
from redactor.model import Ruling

#: Pixels to the inch in a release: sharp in print, and no finer than a page is read.
MOST_DPI = 200
_MOST_PIXELS = 120_000_000
_MOST_POINTS = 2_000.0
_SIGNATURES = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*",
)  # fmt: skip
_PNG = _SIGNATURES[0]
_KEPT_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_ANOTHER_VIEW = "A picture that is shown twice, and here in another way. Its pixels cannot be read."
_OUTSIDE = "A picture that is kept outside the file."


class Pictures:
    """The pictures of one document, and how its pages show them."""

    def __init__(self, package: Package, gathered: Gathered) -> None:
        self._package = package
        self._gathered = gathered
        self._views: dict[str, list[_View]] = {}

    def linked(self, part: str, arrow: str, width: float, height: float) -> ReadPicture:
        """Take note of a picture that is not in the file."""
        place = f"{part}/linked:{arrow}"
        self._gathered.block(place, _OUTSIDE)
        return ReadPicture(place, "", Crop(), width, height)

    def see(
        self, media: str, crop: Crop, width: float, height: float, *, is_altered: bool
    ) -> ReadPicture:
        """Take note of a picture that a page shows; the same view of the same file is one."""
        views = self._views.setdefault(media, [])
        can_be_drawn = is_drawable(self._package.read(media)) and not is_altered
        view = _View(crop, can_be_drawn)
        if view not in views:
            views.append(view)
        number = views.index(view) + 1
        place = media if number == 1 else f"{media}/view:{number}"
        if number > 1:
            self._gathered.block(place, _ANOTHER_VIEW, view.rulings)
        return ReadPicture(place, media if can_be_drawn else "", crop, width, height)

    def standing(self, media: str) -> tuple[tuple[Ruling, ...], bool]:
        """Say what a person may rule on a picture, and whether it is shown cropped."""
        views = self._views.get(media)
        if not views:
            return (Ruling.LEAVE_OUT,), False
        return views[0].rulings, any(one.crop != Crop() for one in views)


@dataclass(frozen=True, slots=True)
class _View:
    """One way in which a picture is shown."""

    crop: Crop
    can_be_drawn: bool

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        return (Ruling.LEAVE_OUT, Ruling.RELEASE_AS_SEEN)[: 2 if self.can_be_drawn else 1]


def is_drawable(untrusted: bytes) -> bool:
    """Say whether a picture is of a kind that can be drawn: pixels, not commands."""
    return untrusted.startswith(_SIGNATURES)


def draw(untrusted: bytes, picture: ReadPicture, most_pixels_wide: int = 0) -> bytes | None:
    """Draw what is shown of a picture.

    Args:
        untrusted: the picture's file.
        most_pixels_wide: draw it no wider than this; 0 for as wide as a release has it.

    Returns:
        A PNG in RGB with nothing but its pixels; None where it cannot be drawn.
    """
    import pymupdf  # noqa: PLC0415 - loads native code
    from pymupdf import mupdf  # noqa: PLC0415

    crop = picture.crop
    across, down = 1 - crop.left - crop.right, 1 - crop.top - crop.bottom
    width, height = min(picture.width, _MOST_POINTS), min(picture.height, _MOST_POINTS)
    if min(width, height) < 1 or min(across, down) <= 0:
        return None
    whole = pymupdf.Rect(0, 0, width / across, height / down)
    whole += (-crop.left * whole.width, -crop.top * whole.height) * 2
    try:
        found = mupdf.fz_new_image_from_buffer(mupdf.fz_new_buffer_from_copied_data(untrusted))
        if found.w() * found.h() > _MOST_PIXELS:
            return None
        scale = min(MOST_DPI / 72, max(found.w() * across / width, 0.2))
        if most_pixels_wide:
            scale = min(scale, most_pixels_wide / width)
        with pymupdf.open() as sheet:
            page = sheet.new_page(width=width, height=height)
            page.insert_image(whole, stream=untrusted, keep_proportion=False)
            drawn = page.get_pixmap(
                matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False
            )
            return _only_pixels(drawn.tobytes("png"))
    except (mupdf.FzErrorBase, RuntimeError, ValueError):
        return None


def _only_pixels(png: bytes) -> bytes:
    """Leave out what a PNG file says beside its pixels."""
    return _PNG + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in _chunks(png)
        if kind in _KEPT_CHUNKS
    )


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 8 <= len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += size + 12

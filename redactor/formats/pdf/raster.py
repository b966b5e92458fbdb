"""Turn a page into a picture of itself."""

from __future__ import annotations

import zlib
from typing import Any

import pymupdf

#: Sharp enough to read and to print; small print of 6 points is 17 pixels high.
DPI = 200
#: A page of this many pixels takes 150 MB; larger pages are drawn more coarsely.
_MAX_PIXELS = 50_000_000
#: A page with photographs is stored as JPEG where that is so many times smaller; lettering packs
#: as well without loss.
_TIMES_SMALLER = 2
_JPEG_QUALITY = 85
#: What a page says of its shape and content; a picture of it starts from nothing.
_OWN_KEYS = ("CropBox", "UserUnit", "Group", "Contents", "Annots")


def picture_of(page: Any, dpi: int = DPI) -> Any:
    """Render a page's content, without annotations, on white; in grey where it has no colour."""
    width, height = page.rect.width * dpi / 72, page.rect.height * dpi / 72
    scale = min(1.0, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    zoom = dpi / 72 * scale
    picture = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), annots=False, alpha=False)
    if picture.n == 3 and _is_grey(picture):
        return pymupdf.Pixmap(pymupdf.csGRAY, picture)
    return picture


def _is_grey(picture: Any) -> bool:
    samples = picture.samples
    return bool(samples[0::3] == samples[1::3] == samples[2::3])


def replace_by_picture(document: Any, number: int, picture: Any, size: tuple[float, float]) -> None:
    """Put a picture in the place of everything on a page.

    Args:
        document: that the page belongs to.
        number: the page, from 0.
        picture: a pixmap.
        size: the page's width and height as displayed, in points.
    """
    page = _emptied(document, number, size)
    photograph = _as_photograph(picture)
    if photograph is None:
        page.insert_image(page.rect, pixmap=picture)
    else:
        page.insert_image(page.rect, stream=photograph)


def _as_photograph(picture: Any) -> bytes | None:
    """Give a picture as JPEG, where it is one that packs badly without loss."""
    packed = len(zlib.compress(picture.samples, 1))
    photograph: bytes = picture.tobytes("jpeg", jpg_quality=_JPEG_QUALITY)
    return photograph if len(photograph) * _TIMES_SMALLER < packed else None


def replace_by_note(document: Any, number: int, note: str, size: tuple[float, float]) -> None:
    """Put a note in the place of everything on a page."""
    page = _emptied(document, number, size)
    width, height = size
    font_size = max(4.0, min(12.0, width / max(pymupdf.get_text_length(note, "helv", 1), 1) * 0.9))
    page.insert_text((width * 0.05, height / 2), note, fontsize=font_size, fontname="helv")


def _emptied(document: Any, number: int, size: tuple[float, float]) -> Any:
    """Empty a page where it stands: taking it out would search all others for links to it."""
    xref = document.load_page(number).xref
    for key in _OWN_KEYS:
        document.xref_set_key(xref, key, "null")
    box = f"[0 0 {size[0]:g} {size[1]:g}]"
    for key, value in (("MediaBox", box), ("CropBox", box), ("Rotate", "0"), ("Resources", "<<>>")):
        document.xref_set_key(xref, key, value)
    return document.load_page(number)

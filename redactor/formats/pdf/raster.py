"""Turn a page into a picture of itself."""

from __future__ import annotations

from typing import Any

import pymupdf

#: Sharp enough to read and to print; small print of 6 points is 17 pixels high.
DPI = 200
#: A page of this many pixels takes 150 MB; larger pages are drawn more coarsely.
_MAX_PIXELS = 50_000_000


def picture_of(page: Any, dpi: int = DPI) -> Any:
    """Render a page's content, without annotations, on white."""
    width, height = page.rect.width * dpi / 72, page.rect.height * dpi / 72
    scale = min(1.0, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    zoom = dpi / 72 * scale
    return page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), annots=False, alpha=False)


def replace_by_picture(target: Any, number: int, picture: Any, size: tuple[float, float]) -> None:
    """Put a picture in the place of a page.

    Args:
        target: the document being built.
        number: the page, from 0.
        picture: a pixmap.
        size: the page's width and height as displayed, in points.
    """
    page = _fresh_page(target, number, size)
    page.insert_image(page.rect, pixmap=picture)


def replace_by_note(target: Any, number: int, note: str, size: tuple[float, float]) -> None:
    """Put an empty page with a note in the place of a page."""
    page = _fresh_page(target, number, size)
    width, height = size
    font_size = max(4.0, min(12.0, width / max(pymupdf.get_text_length(note, "helv", 1), 1) * 0.9))
    page.insert_text((width * 0.05, height / 2), note, fontsize=font_size, fontname="helv")


def _fresh_page(target: Any, number: int, size: tuple[float, float]) -> Any:
    target.delete_page(number)
    return target.new_page(pno=number, width=size[0], height=size[1])

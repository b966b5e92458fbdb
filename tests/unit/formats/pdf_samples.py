"""PDF files made for the tests; every person and place in them is invented."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pymupdf

from redactor.formats.base import RebuildPlan, Rebuilt, Spot
from redactor.formats.pdf import Pdf
from redactor.model import Area, Document, PagePlace, Ruling, key_of

NAME = "Tamsin Oakden"
LABEL = "s40(2)"


def made(*draw: Callable[[Any], None], width: float = 595, height: float = 842) -> bytes:
    """Give a PDF with one page for each function, which draws on it."""
    document = pymupdf.open()
    for one in draw:
        one(document.new_page(width=width, height=height))
    data: bytes = document.tobytes(garbage=1, no_new_id=True)
    return data


def lines(*texts: str, leading: float = 16, size: float = 11, font: str = "helv") -> Any:
    """Give a function that writes lines of text from the top of a page."""

    def draw(page: Any) -> None:
        for number, text in enumerate(texts):
            page.insert_text((60, 80 + number * leading), text, fontsize=size, fontname=font)

    return draw


def with_content(content: bytes, *, extra: str = "", width: int = 400, height: int = 300) -> bytes:
    """Give a one-page PDF with this content stream, /F1 being Helvetica."""
    document = pymupdf.open()
    page = document.new_page(width=width, height=height)
    font = document.get_new_xref()
    document.update_object(
        font, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    )
    document.xref_set_key(page.xref, "Resources", f"<</Font<</F1 {font} 0 R>>{extra}>>")
    stream = document.get_new_xref()
    document.update_object(stream, "<<>>")
    document.update_stream(stream, content)
    document.xref_set_key(page.xref, "Contents", f"{stream} 0 R")
    data: bytes = document.tobytes(no_new_id=True)
    return data


def read(data: bytes) -> Document:
    return Pdf().read(data)


def page_text(data: bytes, page: int = 0) -> str:
    """Give the text of a page as read."""
    return {one.id: one.text for one in read(data).segments}[PagePlace(page).id]


def spots_of(data: bytes, pattern: str, label: str = LABEL) -> dict[Any, tuple[Spot, ...]]:
    """Give the spots of every match on every page."""
    spots = {}
    for segment in read(data).segments:
        if isinstance(segment.place, PagePlace):
            found = [
                Spot(match.start(), match.end(), label)
                for match in re.finditer(pattern, segment.text)
            ]
            if found:
                spots[key_of(segment.place)] = tuple(found)
    return spots


def rebuilt(
    data: bytes,
    pattern: str = "",
    *,
    areas: tuple[Area, ...] = (),
    rulings: dict[str, Ruling] | None = None,
    style: str = "box",
    target: str = "pdf",
) -> Rebuilt:
    """Rebuild with every match removed."""
    by_page: dict[int, tuple[tuple[Area, str], ...]] = {}
    for area in areas:
        by_page[area.page] = (*by_page.get(area.page, ()), (area, LABEL))
    plan = RebuildPlan(
        spots_of(data, pattern) if pattern else {}, by_page, rulings or {}, pdf_style=style
    )
    return Pdf().rebuild(data, plan, target)


def other_text(data: bytes) -> list[str]:
    """Give each page's text as another engine reads it (pdfium)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    texts = []
    for page in document:
        content = page.get_textpage()
        texts.append(content.get_text_range())
        content.close()
        page.close()
    document.close()
    return texts


def everything_in(data: bytes) -> bytes:
    """Give every object and every unpacked stream of a PDF, as another library reads them."""
    import io

    import pikepdf

    parts = [data]
    with pikepdf.open(io.BytesIO(data)) as document:
        for found in document.objects:
            parts.append(_strings(found))
            if isinstance(found, pikepdf.Stream):
                try:
                    parts.append(found.read_bytes())
                except pikepdf.PdfError:
                    parts.append(found.read_raw_bytes())
        parts.append(_strings(document.trailer))
    return b"\n".join(parts)


def _strings(found: Any, depth: int = 0) -> bytes:
    import pikepdf

    if depth > 20 or (depth and getattr(found, "is_indirect", False)):
        return b""
    if isinstance(found, pikepdf.String):
        return bytes(found) + b"\n" + str(found).encode("utf-8", "replace")
    if isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
        keys = found.keys()
        return b"\n".join(
            key.encode("utf-8", "replace") + b" " + _strings(found[key], depth + 1) for key in keys
        )
    if isinstance(found, pikepdf.Array):
        return b"\n".join(_strings(one, depth + 1) for one in found)
    if isinstance(found, pikepdf.Name):
        return str(found).encode()
    return b""

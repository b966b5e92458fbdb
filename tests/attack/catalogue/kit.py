"""What the planted files are made with, and the list that they enter themselves in."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
import pymupdf

#: An invented surname that stands in no word list and that any engine can read from pixels.
MARK = "QUILLMARROW"
KEPT = "Ordinary"


@dataclass(frozen=True)
class Vector:
    """One planted file.

    Attributes:
        row: of the catalogue of places.
        make: gives the bytes.
        seen: a reader of the page sees the marker, so that only a term removes it.
        pixels: the marker is in pixels only, and has to be read from them.
    """

    row: str
    name: str
    make: Callable[[], bytes]
    seen: bool
    pixels: bool


VECTORS: list[Vector] = []


def vector(row: str, *, seen: bool = False, pixels: bool = False) -> Callable[[Any], Any]:
    """Enter a function that gives the bytes of a planted file."""

    def enter(make: Callable[[], bytes]) -> Callable[[], bytes]:
        VECTORS.append(Vector(row, make.__name__, make, seen, pixels))
        return make

    return enter


def plant(row: str, *, seen: bool = False) -> Callable[[Any], Any]:
    """Enter a function that plants something in an opened letter."""

    def enter(change: Callable[[pikepdf.Pdf], None]) -> Callable[[pikepdf.Pdf], None]:
        VECTORS.append(Vector(row, change.__name__, lambda: planted(change), seen, pixels=False))
        return change

    return enter


def letter(pages: int = 2) -> bytes:
    """Give an ordinary letter."""
    document = pymupdf.open()
    for number in range(pages):
        page = document.new_page()
        page.insert_text((60, 80), f"{KEPT} words of page {number + 1}", fontsize=12)
        page.insert_text((60, 110), "A second line that stays where it is", fontsize=12)
    data: bytes = document.tobytes(garbage=1, no_new_id=True)
    return data


def planted(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Give a letter that was changed with pikepdf."""
    document = pikepdf.open(io.BytesIO(letter()))
    change(document)
    return saved(document)


def saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out, compress_streams=False)
    return out.getvalue()


def string(text: str = f"about {MARK} here") -> pikepdf.String:
    return pikepdf.String(text)


def stream(document: pikepdf.Pdf, data: str | bytes, **entries: Any) -> Any:
    raw = data.encode("latin-1") if isinstance(data, str) else data
    return document.make_indirect(pikepdf.Stream(document, raw, **entries))


def dictionary(**entries: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(**entries)


def helvetica(document: pikepdf.Pdf) -> Any:
    return document.make_indirect(
        dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )


def draw(document: pikepdf.Pdf, content: str, page: int = 0, **resources: Any) -> None:
    """Add drawing instructions to a page; its font ``/F1`` is Helvetica."""
    target = document.pages[page]
    own = target.obj.get("/Resources") or dictionary()
    fonts = own.get("/Font") or dictionary()
    fonts.F1 = helvetica(document)
    own.Font = fonts
    for name, entries in resources.items():
        known = own.get(f"/{name}") or dictionary()
        for key, value in entries.items():
            known[f"/{key}"] = value
        own[f"/{name}"] = known
    target.obj.Resources = own
    target.contents_add(b"q", prepend=True)
    target.contents_add(f"Q {content}".encode("latin-1"))


def annotation(document: pikepdf.Pdf, subtype: str, **entries: Any) -> Any:
    note = document.make_indirect(
        dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(f"/{subtype}"),
            Rect=[60, 600, 260, 640],
            **entries,
        )
    )
    page = document.pages[0].obj
    page.Annots = pikepdf.Array([*page.get("/Annots", []), note])
    return note


def appearance(document: pikepdf.Pdf, text: str = MARK) -> Any:
    return stream(
        document,
        f"BT /F1 10 Tf 2 12 Td ({text}) Tj ET",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 200, 40],
        Resources=dictionary(Font=dictionary(F1=helvetica(document))),
    )


def pixels_with(text: str = MARK, *, width: int = 600, height: int = 90, mode: str = "gray") -> Any:
    """Give a picture in which a word is drawn, 300 dots to the inch."""
    document = pymupdf.open()
    page = document.new_page(width=width * 0.24, height=height * 0.24)
    page.insert_text((6, height * 0.24 * 0.7), text, fontsize=15)
    space = {"gray": pymupdf.csGRAY, "rgb": pymupdf.csRGB, "cmyk": pymupdf.csCMYK}[mode]
    return page.get_pixmap(matrix=pymupdf.Matrix(1 / 0.24, 1 / 0.24), colorspace=space, alpha=False)


def image(document: pikepdf.Pdf, pixels: Any, space: Any = None, **entries: Any) -> Any:
    spaces = {1: pikepdf.Name.DeviceGray, 3: pikepdf.Name.DeviceRGB, 4: pikepdf.Name.DeviceCMYK}
    return stream(
        document,
        bytes(pixels.samples),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=pixels.width,
        Height=pixels.height,
        ColorSpace=space if space is not None else spaces[pixels.n],
        BitsPerComponent=8,
        **entries,
    )

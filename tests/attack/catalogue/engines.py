"""Search a PDF with engines that did not write it: qpdf, PDFium, and Tesseract over its pixels."""

from __future__ import annotations

import functools
import io
import re
import zlib
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium_c

from redactor import ocr

_FAR = 10_000
_INVERTED = bytes(255 - one for one in range(256))


def places_of(data: bytes, word: str, *, pixels: bool = False) -> list[str]:
    """Say where a word stands in a PDF, by any engine.

    Args:
        data: the bytes of the file.
        word: to look for; letters only, whatever their case.
        pixels: read every picture and every rendered page, too.
    """
    found = [*_in_bytes(data, word), *_in_objects(data, word), *_in_pages(data, word)]
    if pixels:
        found += [*_in_rendered(data, word), *_in_pictures(data, word)]
    return found


def _holds(data: bytes, word: str) -> bool:
    lower = data.lower()
    forms = (word.lower().encode(), word.lower().encode("utf-16-be"), word.lower().encode("utf-16"))
    shown = word.encode().hex().encode(), word.lower().encode().hex().encode()
    spaced = re.sub(rb"\)\s*-?[\d.]+\s*\(|\)\s*\(", b"", lower)
    return (
        any(one in lower for one in (*forms, *shown))
        or word.lower().encode() in spaced
        or word.lower() in re.sub(r"\W", "", lower.decode("latin-1"))
    )


def _in_bytes(data: bytes, word: str) -> list[str]:
    found = ["the bytes"] if _holds(data, word) else []
    for match in re.finditer(rb"stream\r?\n", data):
        unpacker = zlib.decompressobj()
        try:
            unpacked = unpacker.decompress(data[match.end() :], 20_000_000)
        except zlib.error:
            continue
        if _holds(unpacked, word):
            found.append(f"a stream at {match.start()}")
    return found


def _in_objects(data: bytes, word: str) -> list[str]:
    found = []
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
        for one in (*document.objects, document.trailer):
            if not isinstance(one, pikepdf.Object):
                continue
            if isinstance(one, pikepdf.Stream):
                try:
                    unpacked = one.read_bytes()
                except pikepdf.PikepdfError:
                    unpacked = one.read_raw_bytes()
                if _holds(unpacked, word):
                    found.append(f"stream of object {one.objgen[0]}")
                texts = _strings(one.stream_dict)
            else:
                texts = _strings(one)
            if _holds("\n".join(texts).encode("utf-8", "replace"), word):
                found.append(f"object {one.objgen[0] if one.is_indirect else 'trailer'}")
    return found


def _strings(one: Any, depth: int = 0) -> list[str]:
    if depth > 15:
        return []
    if isinstance(one, (pikepdf.String, pikepdf.Name)):
        return [str(one)]
    if isinstance(one, pikepdf.Array):
        return [text for inner in one if not _apart(inner) for text in _strings(inner, depth + 1)]
    if isinstance(one, pikepdf.Dictionary):
        texts = [str(key) for key in one]
        for inner in one.values():
            if not _apart(inner):
                texts += _strings(inner, depth + 1)
        return texts
    return []


def _apart(one: Any) -> bool:
    return isinstance(one, pikepdf.Object) and one.is_indirect


def _in_pages(data: bytes, word: str) -> list[str]:
    """Read every page with PDFium, as it is and with everything around it."""
    found = []
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
        if "/OCProperties" in document.Root:
            del document.Root.OCProperties
        for page in document.pages:
            page.obj.MediaBox = pikepdf.Array([-_FAR, -_FAR, _FAR, _FAR])
            if "/CropBox" in page.obj:
                del page.obj.CropBox
        enlarged = io.BytesIO()
        document.save(enlarged)
    for what, bytes_of in (("as it is", data), ("enlarged", enlarged.getvalue())):
        document = pypdfium2.PdfDocument(bytes_of)
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            text = text_page.get_text_range()
            text_page.close()
            page.close()
            if word.lower() in re.sub(r"\W", "", text).lower():
                found.append(f"page {number + 1}, {what}")
        document.close()
    return found


def _in_rendered(data: bytes, word: str) -> list[str]:
    found = []
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        page = document[number]
        bitmap = page.render(scale=300 / 72, grayscale=True, draw_annots=False)
        if _read(bytes(bitmap.buffer), bitmap.width, bitmap.height, word, bitmap.stride):
            found.append(f"pixels of page {number + 1}")
        page.close()
    document.close()
    return found


def _in_pictures(data: bytes, word: str) -> list[str]:
    """Read every picture of every page, alone and not as it is shown."""
    found = []
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        page = document[number]
        for one in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=10):
            pixels = one.get_bitmap(render=False).to_numpy()
            grey = pixels if pixels.ndim == 2 else pixels[..., :3].mean(axis=2).astype("uint8")
            height, width = grey.shape[:2]
            if min(width, height) > 8 and _read(grey.tobytes(), width, height, word, width):
                found.append(f"a picture of page {number + 1}")
        page.close()
    document.close()
    return found


def _read(grey: bytes, width: int, height: int, word: str, stride: int) -> bool:
    rows = b"".join(grey[at * stride : at * stride + width] for at in range(height))
    if len(set(rows)) == 1:
        return False  # one shade says nothing
    return any(
        word.lower()[:7] in _said(turned, width, height)
        for turned in (rows, rows.translate(_INVERTED))
    )


@functools.lru_cache(maxsize=64)
def _said(rows: bytes, width: int, height: int) -> str:
    """Give what is read of a picture, once however many tests ask for it."""
    words = ocr.read(rows, width, height, 300, sparse=True)
    return re.sub(r"\W", "", "".join(one.text for one in words)).lower()

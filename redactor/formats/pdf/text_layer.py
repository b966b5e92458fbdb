"""Write approved words over a picture as text that is not painted, so that it can be searched.

Text rendering mode 3 paints nothing (ISO 32000-1, table 106). Each word is stretched to the place
where its picture stands; words follow one another line by line, which is how they are read aloud.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

import pymupdf

from redactor.formats.pdf.approved import ApprovedWord
from redactor.formats.pdf.geometry import to_pdf_space
from redactor.formats.pdf.label_fonts import add_font, helvetica

LAYER_FONT = "Ly0"
#: How much of a word's box its letters take up, and how far above the foot of it they stand: with
#: these, Helvetica's own box falls on the word's.
_SIZE, _RISE = 0.8, 0.2
_LEAST = 1.0


class TextLayer:
    """Writes layers of text on pages of one document, in one font for all."""

    def __init__(self, document: Any) -> None:
        """Prepare nothing; the font is made with the first word."""
        self._document = document
        self._font = 0

    def write(self, number: int, words: Sequence[ApprovedWord]) -> None:
        """Write words on a page whose content leaves the state of painting as it found it."""
        if not words:
            return
        document = self._document
        self._font = self._font or helvetica(document)
        page = document.load_page(number)
        page.wrap_contents()
        lines = [_line(list(line)) for _, line in groupby(words, key=lambda one: one.line)]
        body = "\n".join(line for line in lines if line)
        layer = f"q {to_pdf_space(page).operands} cm BT 3 Tr\n{body}\nET Q"
        stream = document.get_new_xref()
        document.update_object(stream, "<<>>")
        document.update_stream(stream, layer.encode("cp1252"))
        listed = " ".join(f"{one} 0 R" for one in (*page.get_contents(), stream))
        document.xref_set_key(page.xref, "Contents", f"[{listed}]")
        add_font(document, document.load_page(number), LAYER_FONT, self._font)


def _line(words: Sequence[ApprovedWord]) -> str:
    return "\n".join(filter(None, map(_placed, words)))


def _placed(word: ApprovedWord) -> str:
    text = _writable(word.text)
    if not text:
        return ""
    dx, dy = word.direction
    x0, y0, x1, y1 = word.box
    across, down = x1 - x0, y1 - y0
    length, height = (across, down) if abs(dx) >= abs(dy) else (down, across)
    size = max(height * _SIZE, _LEAST)
    natural = max(sum(map(_width, text)) * size, 0.01)
    # The foot of the box's first edge in the direction of writing, and up from it.
    x = (x0 if dx > 0 or dy > 0.5 else x1) if abs(dx) >= abs(dy) else (x0 if dy > 0 else x1)
    y = (y1 if dx > 0 else y0) if abs(dx) >= abs(dy) else (y0 if dy > 0 else y1)
    rise = height * _RISE
    x, y = x + dy * rise, y - dx * rise
    written = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return (
        f"/{LAYER_FONT} {size:.2f} Tf {length / natural * 100:.1f} Tz"
        f" {dx:.4g} {dy:.4g} {dy:.4g} {-dx:.4g} {x:.2f} {y:.2f} Tm ({written} ) Tj"
    )


@cache
def _width(character: str) -> float:
    """Give the width of a letter in Helvetica of one point."""
    return float(pymupdf.get_text_length(character, "helv", 1))


def _writable(text: str) -> str:
    """Give what of a word the font can write, letters without their marks where it must be."""
    if text.isascii() and text.isprintable():
        return text
    written = []
    for character in text:
        for one in (character, *unicodedata.normalize("NFKD", character)):
            try:
                one.encode("cp1252")
            except UnicodeEncodeError:
                continue
            if one.isprintable():
                written.append(one)
            break
    return "".join(written)

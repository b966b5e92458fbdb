"""How wide the codes of a font are, as the library itself counts them (MuPDF, pdf-font.c)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.setting.resources import named, resource

#: Character maps whose codes are two bytes each (ISO 32000-1, table 118; Adobe's naming of them).
_TWO_BYTES = re.compile(r"Identity-H|.*-(?:UCS2|UTF16)-H")
_CODESPACE = re.compile(rb"begincodespacerange(.*?)endcodespacerange", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-Fa-f\s]*)>")
SPACE = 32
#: The width of a space in a font that has none, in thousandths of its size.
_USUAL_SPACE = 250.0


class _Widths(dict[int, float]):
    """The widths of codes in thousandths of the font's size, each asked for once."""

    def __init__(self, description: Any) -> None:
        super().__init__()
        self._description = description

    def __missing__(self, code: int) -> float:
        glyph = mupdf.ll_pdf_lookup_cmap(self._description.encoding, code)
        width = float(mupdf.ll_pdf_lookup_hmtx(self._description, max(glyph, 0)).w)
        self[code] = width
        return width


@dataclass(frozen=True, slots=True)
class Font:
    """A font whose codes can be told apart and measured.

    Attributes:
        code_length: the bytes of a code, 1 or 2.
        widths: the width of each code, in thousandths of the font's size.
    """

    code_length: int
    widths: dict[int, float] = field(repr=False)

    def codes(self, data: bytes) -> Sequence[int]:
        """Give the codes of a string."""
        if self.code_length == 1:
            return data
        return struct.unpack(f">{len(data) // 2}H", data[: len(data) // 2 * 2])

    def width(self, data: bytes) -> float:
        """Give a string's width without any spacing, in thousandths of the font's size."""
        return sum(map(self.widths.__getitem__, self.codes(data)))

    def word_spaces(self, data: bytes) -> int:
        """Give how many codes word spacing applies to: single bytes of 32."""
        return data.count(SPACE) if self.code_length == 1 else 0

    @property
    def space(self) -> float:
        """Give the width of one word space, in thousandths of the font's size."""
        own = self.widths[SPACE] if self.code_length == 1 else 0.0
        return own or _USUAL_SPACE


class Fonts:
    """The fonts of one document, each loaded once; such as stand in a page itself, for that page.

    No page that is rewritten changes a font of its document.
    """

    def __init__(self, document: Any) -> None:
        """Load nothing yet."""
        self._pdf = mupdf.pdf_document_from_fz_document(document.this)
        self._by_number: dict[int, Font | None] = {}
        self._loaded: list[Any] = []
        self._of_page: list[Any] = []

    def let_go_of_page(self) -> None:
        """Let go of the fonts that no object of their own holds."""
        _drop(self._of_page)

    def let_go(self) -> None:
        """Let go of all of them."""
        _drop(self._of_page)
        _drop(self._loaded)
        self._by_number.clear()

    def get(self, resources: Any, name: bytes) -> Font | None:
        """Give a font by its name among the resources; None where it is not understood."""
        entry = resource(resources, "Font", name)
        if entry is None:
            return None
        number = mupdf.pdf_to_num(entry)
        if number not in self._by_number or not number:
            kept = self._loaded if number else self._of_page
            self._by_number[number] = self._load(entry, kept)
        return self._by_number[number]

    def _load(self, entry: Any, kept: list[Any]) -> Font | None:
        length = _code_length(entry)
        if not length:
            return None
        try:
            description = mupdf.ll_pdf_load_font(self._pdf.m_internal, None, entry.m_internal)
        except mupdf.FzErrorBase:
            return None  # the text in it cannot be measured, and stays where it is
        kept.append(description)
        return None if description.wmode else Font(length, _Widths(description))


@contextmanager
def fonts_of(document: Any) -> Iterator[Fonts]:
    """Give the fonts of a document, and let go of them in the end."""
    fonts = Fonts(document)
    try:
        yield fonts
    finally:
        fonts.let_go()


def _drop(loaded: list[Any]) -> None:
    for description in loaded:
        mupdf.ll_pdf_drop_font(description)
    loaded.clear()


def _code_length(entry: Any) -> int:
    """Give the bytes that each code of a font takes; 0 where it is not the same for all."""
    if mupdf.pdf_to_name(named(entry, "Subtype")) != "Type0":
        return 1
    encoding = named(entry, "Encoding")
    if mupdf.pdf_is_name(encoding):
        return 2 if _TWO_BYTES.fullmatch(mupdf.pdf_to_name(encoding)) else 0
    if not mupdf.pdf_is_stream(encoding):
        return 0
    return _length_of_codes(mupdf.pdf_load_stream(encoding).fz_buffer_extract_copy())


def _length_of_codes(character_map: bytes) -> int:
    """Give the length of the codes that an embedded character map names."""
    lengths = {
        len(b"".join(code.split())) // 2
        for part in _CODESPACE.findall(character_map)
        for code in _CODE.findall(part)
    }
    return lengths.pop() if lengths in ({1}, {2}) else 0

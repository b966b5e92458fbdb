"""The fonts of a written PDF, and how wide each letter is in them.

Helvetica's free likeness covers the Latin and Cyrillic letters; the fallback covers Greek, Chinese,
Japanese, Korean and signs. Both are built into the PDF library, so that nothing depends on the
computer. Right-to-left and Indic scripts have no font here; they are counted and reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pymupdf

REGULAR, BOLD, ITALIC, BOLD_ITALIC, FALLBACK = range(5)
_BUILT_IN = ("helv", "hebo", "heit", "hebi", "cjk")
_LIKE = {"\u2011": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u00ad": "", "\u200b": "",
         "\ufeff": "", "\t": "    ", "\u2028": " ", "\u2029": " "}  # fmt: skip
_CACHE_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A stretch of text in one font, ready to be painted: glyph numbers in hexadecimal."""

    font: int
    codes: str
    width: float  # in points at a size of 1 point


class FontSet:
    """The fonts of one document. Only those that are used are put into it."""

    def __init__(self) -> None:
        self._fonts: dict[int, Any] = {}
        self._glyphs: dict[tuple[int, str], tuple[int, str, float] | None] = {}
        #: By style: the characters that its own font has, with their code and width.
        self._plain: dict[int, dict[str, tuple[str, float]]] = {n: {} for n in range(5)}
        self._set: dict[tuple[int, str], tuple[Glyphs, ...]] = {}
        self.used: set[int] = set()

    def font(self, number: int) -> Any:
        """Give a font of the PDF library."""
        if number not in self._fonts:
            self._fonts[number] = pymupdf.Font(_BUILT_IN[number])
        return self._fonts[number]

    def can_show(self, character: str) -> bool:
        """Say whether some font has this character."""
        return all(self._glyph(REGULAR, one) for one in _LIKE.get(character, character))

    def width(self, text: str, style: int) -> float:
        """Give the width of a text in points at a size of 1 point."""
        return sum(one.width for one in self.set(text, style))

    def set(self, text: str, style: int) -> tuple[Glyphs, ...]:
        """Turn a text into glyphs; what no font has becomes a question mark."""
        key = (style, text)
        found = self._set.get(key)
        if found is None:
            found = tuple(self._stretches(text, style))
            if len(self._set) < _CACHE_LIMIT:
                self._set[key] = found
        return found

    def _stretches(self, text: str, style: int) -> list[Glyphs]:
        known = self._plain[style]
        try:
            glyphs = [known[character] for character in text]
        except KeyError:
            return self._mixed_stretches(text, style)
        if not glyphs:
            return []
        self.used.add(style)
        codes = "".join([code for code, _ in glyphs])
        return [Glyphs(style, codes, sum([width for _, width in glyphs]))]

    def _mixed_stretches(self, text: str, style: int) -> list[Glyphs]:
        stretches: list[Glyphs] = []
        font, codes, width = style, [], 0.0  # type: int, list[str], float
        for raw in text:
            for character in _LIKE.get(raw, raw) if raw >= " " or raw == "\t" else "":
                glyph = self._glyph(style, character) or self._glyph(style, "?")
                if glyph is None:
                    continue
                if glyph[0] != font and codes:
                    stretches.append(Glyphs(font, "".join(codes), width))
                    codes, width = [], 0.0
                font = glyph[0]
                if font == style and raw == character:
                    self._plain[style][raw] = glyph[1], glyph[2]
                codes.append(glyph[1])
                width += glyph[2]
        if codes:
            stretches.append(Glyphs(font, "".join(codes), width))
        self.used.update(one.font for one in stretches)
        return stretches

    def _glyph(self, style: int, character: str) -> tuple[int, str, float] | None:
        key = (style, character)
        if key not in self._glyphs:
            self._glyphs[key] = self._find(style, character)
        return self._glyphs[key]

    def _find(self, style: int, character: str) -> tuple[int, str, float] | None:
        for number in (style, FALLBACK):
            font = self.font(number)
            glyph = font.has_glyph(ord(character))
            if glyph:
                return number, f"{glyph:04x}", float(font.glyph_advance(ord(character)))
        return None

"""Read content streams with pikepdf's parser: the strings a page shows, joined as it shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import pikepdf

from redactor.release.verify.pdf_fonts import FontReader, read_font
from redactor.release.verify.pdf_syntax import WORD_GAP, text_string

#: Stands between two strings on one line until it is known whether they are glyphs or words.
_OPEN = "\u2060"
_LATIN = FontReader()

Instructions: TypeAlias = Iterable[
    pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
]
#: A sequence of objects; pikepdf makes each when it is asked for.
_Operands: TypeAlias = Any

_SHOWING = frozenset(["Tj", "TJ", "'", '"'])
_MOVING = frozenset(["Td", "TD", "Tm", "T*", "BT"])
_MARKING = frozenset(["BDC", "DP", "BMC", "MP"])


class FontShelf:
    """Remembers how the fonts of a file are read."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], FontReader] = {}

    def reader(self, font: pikepdf.Object) -> FontReader:
        """Give the reader of a font."""
        key = font.objgen
        if key == (0, 0):
            return read_font(font)
        if key not in self._known:
            self._known[key] = read_font(font)
        return self._known[key]


class ContentReader:
    """Reads one content stream.

    Attributes:
        spare: texts that are not shown: property lists, replacement and alternative text.
        inline_pictures: how many pictures lie in the stream itself.
        has_unreadable_text: text was shown in a font of which nothing says what its codes mean.
    """

    def __init__(self, resources: pikepdf.Object | None, shelf: FontShelf) -> None:
        fonts = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
        self._fonts = fonts if isinstance(fonts, pikepdf.Dictionary) else None
        self._shelf = shelf
        self._font = _LATIN
        self._met: dict[str, FontReader] = {}
        self._pieces: list[str] = []
        self._line: float | None = None
        self.spare: list[str] = []
        self.inline_pictures = 0
        self.has_unreadable_text = False

    def read(self, instructions: Instructions) -> str:
        """Give the text that the instructions show, in their order."""
        for one in instructions:
            if isinstance(one, pikepdf.ContentStreamInlineImage):
                self.inline_pictures += 1
                continue
            operator = str(one.operator)
            if operator in _SHOWING:
                self._show(operator, one.operands)
            elif operator == "Tf":
                self._choose_font(one.operands)
            elif operator in _MOVING:
                self._move(operator, one.operands)
            elif operator in _MARKING:
                for operand in one.operands:
                    self._keep_strings(operand)
        return "".join(self._pieces)

    def _show(self, operator: str, operands: _Operands) -> None:
        if operator in {"'", '"'}:
            self._pieces.append(" ")
        shown = operands[len(operands) - 1] if len(operands) else None
        for item in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if isinstance(item, pikepdf.String):
                self._add(self._font.text(bytes(item)))
            elif item is not None and float(item) < -WORD_GAP:
                self._pieces.append(" ")

    def _add(self, text: str) -> None:
        if text and not self._font.is_readable:
            self.has_unreadable_text = True
        # Glyphs set one by one are one word; strings set one by one are words.
        if self._pieces and self._pieces[-1] == _OPEN:
            self._pieces[-1] = " " if len(text) > 1 else ""
        self._pieces.append(text)

    def _move(self, operator: str, operands: _Operands) -> None:
        rise = None
        if operator in {"Td", "TD"} and len(operands) == 2:
            rise = float(operands[1])
        elif operator == "Tm" and len(operands) == 6:
            height = float(operands[5])
            rise = None if self._line is None else height - self._line
            self._line = height
        stays = rise is not None and abs(rise) < 0.01
        is_glyph = bool(self._pieces) and len(self._pieces[-1]) == 1
        self._pieces.append(_OPEN if stays and is_glyph else " ")

    def _choose_font(self, operands: _Operands) -> None:
        name = str(operands[0]) if self._fonts is not None and len(operands) else ""
        if name not in self._met:
            font = self._fonts.get(name) if self._fonts is not None and name else None
            is_font = isinstance(font, pikepdf.Dictionary)
            self._met[name] = self._shelf.reader(font) if is_font and font is not None else _LATIN
        self._font = self._met[name]

    def _keep_strings(self, operand: pikepdf.Object) -> None:
        if isinstance(operand, pikepdf.String):
            self.spare.extend(text_string(bytes(operand)))
        elif isinstance(operand, pikepdf.Dictionary):
            for key in operand.keys():  # noqa: SIM118 - not a dict
                self._keep_strings(operand[key])
        elif isinstance(operand, pikepdf.Array):
            for item in operand:
                self._keep_strings(item)

"""Write the formulas of a binary workbook out as text ([MS-XLSB] 2.2.2 and 2.5.97)."""

from __future__ import annotations

from redactor.formats.binary_text import readable_strings
from redactor.formats.xls.formulas import FormulaWriter, Names
from redactor.formats.xls.records import Texts
from redactor.formats.xlsb.records import whole
from redactor.model import column_letters

#: Text is wide in every binary workbook, so that nothing depends on a code page.
_WIDE = Texts(wide=True)
_LONGEST = 16_384
_ROWS, _COLUMNS = 1_048_576, 16_384
#: The token that says that a formula stands with another cell (2.5.97.23).
SHARED = 0x01


def names_of(defined: tuple[str, ...], externals: tuple[str, ...]) -> Names:
    """Give what formulas of one workbook point at by number."""
    return Names(_WIDE, defined, externals)


def split_formula(data: bytes, at: int) -> tuple[bytes, bytes]:
    """Give the tokens of a parsed formula, and what follows them (2.5.97.1).

    Raises:
        UnreadableDocument: it is longer than its record.
    """
    length = whole(data, at)
    end = at + 4 + length
    extra = data[end + 4 :] if end + 4 <= len(data) else b""
    return data[at + 4 : end], extra


def binary_formula(tokens: bytes, names: Names, row: int, column: int) -> str:
    """Write a formula as text.

    Args:
        row, column: the cell it stands in, from 0; relative references start from it.
    """
    if len(tokens) > _LONGEST:
        return ", ".join(readable_strings(tokens))
    return _BinaryWriter(tokens, names, row, column).write()


class _BinaryWriter(FormulaWriter):
    """The tokens of a binary workbook: rows of four bytes, columns of fourteen bits."""

    def __init__(self, tokens: bytes, names: Names, row: int, column: int) -> None:
        super().__init__(tokens, names, row, column)
        self._readers.update(
            {
                0x20: lambda: self._skip_pushing(14, "{…}"),
                0x2A: lambda: self._skip_pushing(6, "#REF!"),
                0x2B: lambda: self._skip_pushing(12, "#REF!"),
                0x3C: lambda: self._stack.append(self._lost(6)),
                0x3D: lambda: self._stack.append(self._lost(12)),
            }
        )

    def _text(self) -> None:
        length = int(self._number("<H"))
        words = self._tokens[self._at : self._at + 2 * length].decode("utf-16-le", "replace")
        self._at += 2 * length
        self._stack.append('"' + words.replace('"', '""') + '"')

    def _name(self) -> None:
        number = int(self._number("<I"))
        names = self._names.defined
        self._stack.append(names[number - 1] if 0 < number <= len(names) else f"NAME{number}")

    def _outside_name(self) -> None:
        sheet, number = self._sheet(), int(self._number("<I"))
        self._stack.append(f"{sheet}NAME{number}")

    def _reference(self, *, relative: bool = False) -> str:
        row, column = int(self._number("<I")), int(self._number("<H"))
        return self._cell(row, column & 0x3FFF, column, relative=relative)

    def _area(self, *, relative: bool = False) -> str:
        top, bottom = int(self._number("<I")), int(self._number("<I"))
        left, right = int(self._number("<H")), int(self._number("<H"))
        first = self._cell(top, left & 0x3FFF, left, relative=relative)
        return f"{first}:{self._cell(bottom, right & 0x3FFF, right, relative=relative)}"

    def _cell(self, row: int, column: int, flags: int, *, relative: bool) -> str:
        free_row, free_column = bool(flags & 0x8000), bool(flags & 0x4000)
        if relative and free_row:
            row = (self._row + row) % _ROWS
        if relative and free_column:
            column = (self._column + column) % _COLUMNS
        return (
            ("" if free_column else "$") + column_letters(column)
            + ("" if free_row else "$") + str(row % _ROWS + 1)
        )  # fmt: skip

"""Write a parsed formula out as text, as far as a person needs it to see what it draws on.

Source: [MS-XLS] 2.2.2 (formulas), 2.5.198 (tokens). Functions are named where they are common;
the others by their number. A token that is not known ends the writing, and the texts in what
follows it are given as they are.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from redactor.formats.xls.records import Texts, rich_text, strings_in
from redactor.model import column_letters

_OPERATORS = {
    0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/", 0x07: "^", 0x08: "&", 0x09: "<", 0x0A: "<=",
    0x0B: "=", 0x0C: ">=", 0x0D: ">", 0x0E: "<>", 0x0F: " ", 0x10: ",", 0x11: ":",
}  # fmt: skip
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
#: Name and number of arguments of common functions (2.5.198.17, Ftab); None where it varies.
_FUNCTIONS: dict[int, tuple[str, int | None]] = {
    0: ("COUNT", None), 1: ("IF", None), 2: ("ISNA", 1), 3: ("ISERROR", 1), 4: ("SUM", None),
    5: ("AVERAGE", None), 6: ("MIN", None), 7: ("MAX", None), 8: ("ROW", None),
    9: ("COLUMN", None), 10: ("NA", 0), 11: ("NPV", None), 12: ("STDEV", None),
    13: ("DOLLAR", None), 14: ("FIXED", None), 15: ("SIN", 1), 16: ("COS", 1), 17: ("TAN", 1),
    18: ("ATAN", 1), 19: ("PI", 0), 20: ("SQRT", 1), 21: ("EXP", 1), 22: ("LN", 1),
    23: ("LOG10", 1), 24: ("ABS", 1), 25: ("INT", 1), 26: ("SIGN", 1), 27: ("ROUND", 2),
    28: ("LOOKUP", None), 29: ("INDEX", None), 30: ("REPT", 2), 31: ("MID", 3), 32: ("LEN", 1),
    33: ("VALUE", 1), 34: ("TRUE", 0), 35: ("FALSE", 0), 36: ("AND", None), 37: ("OR", None),
    38: ("NOT", 1), 39: ("MOD", 2), 40: ("DCOUNT", 3), 41: ("DSUM", 3), 42: ("DAVERAGE", 3),
    46: ("VAR", None), 48: ("TEXT", 2), 56: ("PV", None), 57: ("FV", None), 58: ("NPER", None),
    59: ("PMT", None), 60: ("RATE", None), 63: ("RAND", 0), 64: ("MATCH", None),
    65: ("DATE", 3), 66: ("TIME", 3), 67: ("DAY", 1), 68: ("MONTH", 1), 69: ("YEAR", 1),
    70: ("WEEKDAY", None), 71: ("HOUR", 1), 72: ("MINUTE", 1), 73: ("SECOND", 1), 74: ("NOW", 0),
    75: ("AREAS", 1), 76: ("ROWS", 1), 77: ("COLUMNS", 1), 78: ("OFFSET", None),
    82: ("SEARCH", None), 83: ("TRANSPOSE", 1), 86: ("TYPE", 1), 100: ("CHOOSE", None),
    101: ("HLOOKUP", None), 102: ("VLOOKUP", None), 105: ("ISREF", 1), 109: ("LOG", None),
    111: ("CHAR", 1), 112: ("LOWER", 1), 113: ("UPPER", 1), 114: ("PROPER", 1),
    115: ("LEFT", None), 116: ("RIGHT", None), 117: ("EXACT", 2), 118: ("TRIM", 1),
    119: ("REPLACE", 4), 120: ("SUBSTITUTE", None), 121: ("CODE", 1), 124: ("FIND", None),
    125: ("CELL", None), 126: ("ISERR", 1), 127: ("ISTEXT", 1), 128: ("ISNUMBER", 1),
    129: ("ISBLANK", 1), 130: ("T", 1), 131: ("N", 1), 140: ("DATEVALUE", 1),
    141: ("TIMEVALUE", 1), 148: ("INDIRECT", None), 162: ("CLEAN", 1), 169: ("COUNTA", None),
    183: ("PRODUCT", None), 184: ("FACT", 1), 190: ("ISNONTEXT", 1), 193: ("STDEVP", None),
    194: ("VARP", None), 197: ("TRUNC", None), 198: ("ISLOGICAL", 1), 199: ("DCOUNTA", 3),
    212: ("ROUNDUP", 2), 213: ("ROUNDDOWN", 2), 216: ("RANK", None), 219: ("ADDRESS", None),
    220: ("DAYS360", None), 221: ("TODAY", 0), 227: ("MEDIAN", None), 228: ("SUMPRODUCT", None),
    247: ("DB", None), 252: ("FREQUENCY", 2), 255: ("", None), 269: ("AVEDEV", None),
    325: ("LARGE", 2), 326: ("SMALL", 2), 330: ("MODE", None), 336: ("CONCATENATE", None),
    337: ("POWER", 2), 344: ("SUBTOTAL", None), 345: ("SUMIF", None), 346: ("COUNTIF", 2),
    347: ("COUNTBLANK", 1), 354: ("ROMAN", None), 359: ("HYPERLINK", None),
    358: ("GETPIVOTDATA", None), 361: ("AVERAGEA", None), 362: ("MAXA", None),
    363: ("MINA", None),
}  # fmt: skip
#: Excel's own are no longer than 1,800 bytes (2.5.198.3); a longer one is not worked off.
_LONGEST = 4_096


@dataclass(frozen=True, slots=True)
class Names:
    """What formulas of one workbook point at by number.

    Attributes:
        defined: the defined names.
        externals: what a reference to sheets means, by its number (``Sheet1!``, ``[1]Sheet1!``).
        outside: names of other workbooks and add-ins, by (reference, number).
    """

    texts: Texts
    defined: tuple[str, ...] = field(default=(), repr=False)
    externals: tuple[str, ...] = field(default=(), repr=False)
    outside: dict[tuple[int, int], str] = field(default_factory=dict, repr=False)


def formula_text(
    tokens: bytes, names: Names, row: int = 0, column: int = 0, extra: bytes = b""
) -> str:
    """Write a formula as text.

    Args:
        tokens: the tokens.
        names: of the workbook.
        row, column: the cell it stands in, from 0; relative references start from it.
        extra: what follows the tokens (constant arrays).
    """
    if len(tokens) > _LONGEST:
        return ", ".join(strings_in(tokens))
    text = FormulaWriter(tokens, names, row, column).write()
    arrays = strings_in(extra) if extra else []
    return text + (" {" + ", ".join(arrays) + "}" if arrays else "")


class FormulaWriter:
    """Works the tokens off a stack.

    Binary workbooks of today have the same tokens with wider numbers (``xlsb.formulas``).
    """

    def __init__(self, tokens: bytes, names: Names, row: int, column: int) -> None:
        self._tokens = tokens
        self._names = names
        self._row = row
        self._column = column
        self._wide = names.texts.wide
        self._at = 0
        self._stack: list[str] = []
        self._readers: dict[int, Callable[[], None]] = {
            0x01: lambda: self._skip_pushing(4, "…"),
            0x02: lambda: self._skip_pushing(4, "…"),
            0x12: lambda: self._around("+{}"),
            0x13: lambda: self._around("-{}"),
            0x14: lambda: self._around("{}%"),
            0x15: lambda: self._around("({})"),
            0x16: lambda: self._stack.append(""),
            0x17: self._text,
            0x19: self._attribute,
            0x1C: lambda: self._stack.append(ERRORS.get(int(self._number("<B")), "#ERR!")),
            0x1D: lambda: self._stack.append("TRUE" if self._number("<B") else "FALSE"),
            0x1E: lambda: self._stack.append(str(self._number("<H"))),
            0x1F: lambda: self._stack.append(f"{self._number('<d'):.15g}"),
            0x20: lambda: self._skip_pushing(7, "{…}"),
            0x21: self._fixed_function,
            0x22: self._varying_function,
            0x23: self._name,
            0x24: lambda: self._stack.append(self._reference()),
            0x25: lambda: self._stack.append(self._area()),
            0x26: lambda: self._skip(6),
            0x27: lambda: self._skip(6),
            0x28: lambda: self._skip(6),
            0x29: lambda: self._skip(2),
            0x2A: lambda: self._skip_pushing(4 if self._wide else 3, "#REF!"),
            0x2B: lambda: self._skip_pushing(8 if self._wide else 6, "#REF!"),
            0x2C: lambda: self._stack.append(self._reference(relative=True)),
            0x2D: lambda: self._stack.append(self._area(relative=True)),
            0x39: self._outside_name,
            0x3A: lambda: self._stack.append(self._sheet() + self._reference()),
            0x3B: lambda: self._stack.append(self._sheet() + self._area()),
            0x3C: lambda: self._stack.append(self._lost(4 if self._wide else 3)),
            0x3D: lambda: self._stack.append(self._lost(8 if self._wide else 6)),
        }

    def write(self) -> str:
        """Give the formula; what cannot be worked off stands as its texts."""
        try:
            while self._at < len(self._tokens):
                if not self._take():
                    break
        except (struct.error, IndexError, OverflowError):
            self._at = 0
            self._stack = []
        rest = strings_in(self._tokens[self._at :]) if self._at < len(self._tokens) else []
        return " ".join([*self._stack, *rest])

    def _take(self) -> bool:
        token = self._tokens[self._at]
        if token in _OPERATORS:
            self._at += 1
            right, left = self._stack.pop(), self._stack.pop()
            self._stack.append(f"{left}{_OPERATORS[token]}{right}")
            return True
        kind = token if token < 0x20 else 0x20 | token & 0x1F  # the class does not matter
        reader = self._readers.get(kind)
        if reader is None:
            return False
        self._at += 1
        reader()
        return True

    def _number(self, layout: str) -> float:
        (found,) = struct.unpack_from(layout, self._tokens, self._at)
        self._at += struct.calcsize(layout)
        return float(found) if layout == "<d" else int(found)

    def _skip(self, count: int) -> None:
        self._at += count

    def _skip_pushing(self, count: int, text: str) -> None:
        self._at += count
        self._stack.append(text)

    def _around(self, pattern: str) -> None:
        self._stack.append(pattern.replace("{}", self._stack.pop()))

    def _text(self) -> None:
        length = self._tokens[self._at]
        if self._wide:
            text, self._at = rich_text(self._tokens, self._at + 1, length)
        else:
            text, self._at = self._names.texts.short(self._tokens, self._at)
        self._stack.append('"' + text.replace('"', '""') + '"')

    def _attribute(self) -> None:
        flags = self._tokens[self._at]
        (data,) = struct.unpack_from("<H", self._tokens, self._at + 1)
        self._at += 3
        if flags & 0x04:  # a list of jumps of CHOOSE
            self._at += 2 * (data + 1)
        elif flags & 0x10:
            self._around("SUM({})")

    def _fixed_function(self) -> None:
        number = int(self._number("<H"))
        name, count = _FUNCTIONS.get(number, (f"FUNCTION{number}", None))
        self._call(name, count if count is not None else 1)

    def _varying_function(self) -> None:
        count = int(self._number("<B")) & 0x7F
        number = int(self._number("<H")) & 0x7FFF
        name, _ = _FUNCTIONS.get(number, (f"FUNCTION{number}", None))
        self._call(name, count)

    def _call(self, name: str, count: int) -> None:
        start = max(len(self._stack) - count, 0)
        arguments = self._stack[start:]
        del self._stack[start:]
        if not name and arguments:  # a function of the user's or an add-in, named first
            name = arguments.pop(0)
        self._stack.append(f"{name}({','.join(arguments)})")

    def _name(self) -> None:
        number = int(self._number("<H"))
        self._at += 2 if self._wide else 12
        names = self._names.defined
        self._stack.append(names[number - 1] if 0 < number <= len(names) else f"NAME{number}")

    def _outside_name(self) -> None:
        if not self._wide:
            self._skip_pushing(24, "…")
            return
        sheet, number = int(self._number("<H")), int(self._number("<H"))
        self._at += 2
        self._stack.append(self._names.outside.get((sheet, number), f"NAME{number}"))

    def _sheet(self) -> str:
        if not self._wide:
            self._at += 16
            return "…!"
        number = int(self._number("<H"))
        names = self._names.externals
        return names[number] if number < len(names) else "…!"

    def _lost(self, count: int) -> str:
        sheet = self._sheet()
        self._at += count
        return f"{sheet}#REF!"

    def _reference(self, *, relative: bool = False) -> str:
        if self._wide:
            row, column = int(self._number("<H")), int(self._number("<H"))
            return self._cell(row, column & 0xFF, column, relative=relative)
        row, column = int(self._number("<H")), int(self._number("<B"))
        return self._cell(row & 0x3FFF, column, row, relative=relative)

    def _area(self, *, relative: bool = False) -> str:
        if self._wide:
            top, bottom, left, right = (int(self._number("<H")) for _ in range(4))
            return (
                f"{self._cell(top, left & 0xFF, left, relative=relative)}:"
                f"{self._cell(bottom, right & 0xFF, right, relative=relative)}"
            )
        top, bottom = int(self._number("<H")), int(self._number("<H"))
        left, right = int(self._number("<B")), int(self._number("<B"))
        return (
            f"{self._cell(top & 0x3FFF, left, top, relative=relative)}:"
            f"{self._cell(bottom & 0x3FFF, right, bottom, relative=relative)}"
        )

    def _cell(self, row: int, column: int, flags: int, *, relative: bool) -> str:
        free_row, free_column = bool(flags & 0x8000), bool(flags & 0x4000)
        if relative and free_row:
            row = (self._row + row) & (0xFFFF if self._wide else 0x3FFF)
        if relative and free_column:
            column = (self._column + column) & 0xFF
        return (
            ("" if free_column else "$") + column_letters(column)
            + ("" if free_row else "$") + str(row + 1)
        )  # fmt: skip

"""The looks of a written workbook: fonts, grounds and lines from a short list, nothing by name.

Source of the markup: ECMA-376 part 1, 18.8.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from redactor.content import FILLS, PLAIN_LOOK, CellLook, SheetCell
from redactor.formats.number_codes import GENERAL
from redactor.formats.writers.archive import XML_START, escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FIRST_OWN_FORMAT = 164
_REDACTED_GROUND = "D9D9D9"
#: The first two grounds are what every workbook has (18.8.21); the third marks what was removed.
_GROUNDS = {name: number for number, name in enumerate(FILLS, 3)}
_ALIGN = {"left": "left", "center": "center", "right": "right", "justify": "justify"}

_Style = tuple[str, CellLook, bool]


@dataclass(slots=True)
class Styles:
    """The styles of a workbook, numbered as they come up."""

    _numbers: dict[_Style, int] = field(default_factory=lambda: {(GENERAL, PLAIN_LOOK, False): 0})
    #: The same by identity of the look, which needs no comparing: there are millions of cells. The
    #: content keeps every look alive for as long as it is written.
    _quick: dict[tuple[str, int, bool], int] = field(default_factory=dict)

    def number(self, cell: SheetCell) -> int:
        """Give the number of a cell's style."""
        key = (cell.number_format, id(cell.look), cell.redaction)
        found = self._quick.get(key)
        if found is None:
            style = (cell.number_format, cell.look, cell.redaction)
            found = self._quick[key] = self._numbers.setdefault(style, len(self._numbers))
        return found

    def xml(self) -> bytes:
        """Write the part that says what the numbers mean."""
        codes = sorted({code for code, _, _ in self._numbers if code != GENERAL})
        numbers = {code: _FIRST_OWN_FORMAT + index for index, code in enumerate(codes)}
        formats = "".join(
            f'<numFmt numFmtId="{number}" formatCode="{escape(code)}"/>'
            for code, number in numbers.items()
        )
        listed = f'<numFmts count="{len(codes)}">{formats}</numFmts>' if codes else ""
        cells = "".join(
            _cell_format(numbers.get(code, 0), look, removed=removed)
            for code, look, removed in self._numbers
        )
        return (
            f'{XML_START}<styleSheet xmlns="{_MAIN}">{listed}{_fonts()}{_grounds()}{_lines()}'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
            f'</cellStyleXfs><cellXfs count="{len(self._numbers)}">{cells}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        ).encode()


def _cell_format(number_format: int, look: CellLook, *, removed: bool) -> str:
    ground = 2 if removed else _GROUNDS.get(look.fill, 0)
    start = (
        f'<xf numFmtId="{number_format}" fontId="{look.bold + 2 * look.italic}" '
        f'fillId="{ground}" borderId="{int(look.ruled)}" xfId="0" applyNumberFormat="1" '
        'applyFont="1" applyFill="1" applyBorder="1"'
    )
    placed = f' horizontal="{_ALIGN[look.align]}"' if look.align else ""
    placed += ' vertical="top" wrapText="1"' if look.wrap else ""
    return f'{start} applyAlignment="1"><alignment{placed}/></xf>' if placed else f"{start}/>"


def _fonts() -> str:
    name = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    fonts = "".join(f"<font>{look}{name}</font>" for look in ("", "<b/>", "<i/>", "<b/><i/>"))
    return f'<fonts count="4">{fonts}</fonts>'


def _grounds() -> str:
    colours = (_REDACTED_GROUND, *FILLS.values())
    solid = "".join(
        '<fill><patternFill patternType="solid">'
        f'<fgColor rgb="FF{colour}"/><bgColor indexed="64"/></patternFill></fill>'
        for colour in colours
    )
    return (
        f'<fills count="{len(colours) + 2}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{solid}</fills>'
    )


def _lines() -> str:
    sides = ("left", "right", "top", "bottom")
    none = "".join(f"<{side}/>" for side in sides)
    thin = "".join(f'<{side} style="thin"><color rgb="FF808080"/></{side}>' for side in sides)
    return (
        f'<borders count="2"><border>{none}<diagonal/></border>'
        f"<border>{thin}<diagonal/></border></borders>"
    )

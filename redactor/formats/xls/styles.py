"""Read how cells of an old workbook look: number formats, letters, grounds.

Source: [MS-XLS] 2.4.353 (XF), 2.4.122 (Font), 2.4.126 (Format), 2.4.188 (Palette), 2.5.161 (Icv);
for BIFF5, OpenOffice.org's "Microsoft Excel File Format" 5.49, 5.115.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import NamedTuple

from redactor.content import PLAIN_LOOK, Align, CellLook
from redactor.formats.number_codes import BUILT_IN, GENERAL
from redactor.formats.number_format import NumberFormat
from redactor.formats.workbook.looks import nearest_fill
from redactor.formats.xls.records import Record, Texts

_ALIGN: dict[int, Align] = {1: "left", 2: "center", 3: "right", 5: "justify", 6: "center"}
_WHITE = 0xFFFFFF
_NO_GROUND, _PATTERN = 65, -1
_TINY = 60  # a letter of three points, in twentieths
_RGB = bytes.fromhex(
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080"
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF"
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF"
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99"
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696"
    "003366 339966 003300 333300 993300 993366 333399 333333"
)
#: The colours 8 to 63 where a workbook brings none of its own (2.5.161, Icv).
_PALETTE = tuple(int.from_bytes(_RGB[at : at + 3]) for at in range(0, len(_RGB), 3))


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of a cell's style.

    Attributes:
        look: as far as a release keeps it.
        invisible: the letters have the colour of the ground.
        tiny: the letters are too small to be read.
    """

    number_format: NumberFormat
    look: CellLook = PLAIN_LOOK
    invisible: bool = False
    tiny: bool = False

    @property
    def is_plain(self) -> bool:
        """Say whether a cell in it shows its value as it is."""
        return self.number_format.is_general and not self.invisible and not self.tiny


class _Font(NamedTuple):
    bold: bool = False
    italic: bool = False
    ink: int = 0x7FFF
    tiny: bool = False


def read_styles(found: tuple[Record, ...], texts: Texts, *, epoch_1904: bool) -> tuple[Style, ...]:
    """Read the styles of cells, by their numbers; at least one."""
    codes = dict(BUILT_IN)
    fonts: list[_Font] = []
    palette = list(_PALETTE)
    for record in found:
        if record.kind == 0x041E and len(record.body) > 3:
            (number,) = struct.unpack_from("<H", record.body)
            codes[number] = _code(record.body, texts) or codes.get(number, GENERAL)
        elif record.kind == 0x0031 and len(record.body) >= 8:
            height, flags, ink, weight = struct.unpack_from("<HHHH", record.body)
            fonts.append(_Font(weight >= 600, bool(flags & 2), ink, height <= _TINY))
        elif record.kind == 0x0092:
            palette = _own_palette(record.body, palette)
    formats: dict[str, NumberFormat] = {}
    styles: list[Style] = []
    for record in found:
        if record.kind != 0x00E0 or len(record.body) < 12:
            continue
        font, number = struct.unpack_from("<HH", record.body)
        code = codes.get(number, GENERAL)
        if code not in formats:
            formats[code] = NumberFormat(code, epoch_1904=epoch_1904)
        index = font - 1 if font > 4 else font  # there is no font 4 (2.5.129, FontIndex)
        letters = fonts[index] if index < len(fonts) else _Font()
        ground = _ground(record.body, texts)
        fill = _colour(ground, palette, _WHITE)
        invisible = _colour(letters.ink, palette, 0) == fill
        look = _look(record.body, texts, letters, fill)
        styles.append(Style(formats[code], look, invisible, letters.tiny))
    return tuple(styles) or (Style(NumberFormat(GENERAL, epoch_1904=epoch_1904)),)


def _code(body: bytes, texts: Texts) -> str:
    """Give a format code; empty where there is none, as some programs write for a built-in one.

    Some declare a character more than they wrote; what is there counts.
    """
    if not texts.wide:
        return texts.bare(body, 3, body[2])[0]
    (length,) = struct.unpack_from("<H", body, 2)
    most = (len(body) - 5) // (2 if body[4] & 1 else 1)
    return texts.bare(body, 4, min(length, most))[0] if length else ""


def _own_palette(body: bytes, palette: list[int]) -> list[int]:
    (count,) = struct.unpack_from("<H", body)
    own = list(palette)
    for index in range(min(count, len(own), (len(body) - 2) // 4)):
        red, green, blue = body[2 + 4 * index : 5 + 4 * index]
        own[index] = red << 16 | green << 8 | blue
    return own


def _ground(body: bytes, texts: Texts) -> int:
    """Give the colour that a cell is filled with; -1 for a pattern of two colours."""
    if texts.wide:
        pattern = struct.unpack_from("<I", body, 14)[0] >> 26 & 0x3F
        fore = struct.unpack_from("<H", body, 18)[0] & 0x7F
    else:
        (area,) = struct.unpack_from("<I", body, 8)
        pattern, fore = area >> 16 & 0x3F, area & 0x7F
    if pattern == 0:
        return _NO_GROUND
    return int(fore) if pattern == 1 else _PATTERN


def _colour(index: int, palette: list[int], automatic: int) -> int:
    """Give a colour as a number; the eight first ones are fixed (2.5.161)."""
    if index < 0:
        return -1
    if index < 8:
        return _PALETTE[index]
    if index < 64 and index - 8 < len(palette):
        return palette[index - 8]
    return _WHITE if index in {65, 78} else automatic


def _look(body: bytes, texts: Texts, letters: _Font, fill: int) -> CellLook:
    align = body[6]
    borders = struct.unpack_from("<H", body, 10)[0] if texts.wide else 0
    ruled = all(borders >> side & 0xF for side in (0, 4, 8, 12))
    return CellLook(
        bold=letters.bold,
        italic=letters.italic,
        wrap=bool(align & 0x08),
        align=_ALIGN.get(align & 7, ""),
        fill=nearest_fill(f"{fill:06X}") if fill >= 0 else "grey",
        ruled=ruled,
    )

"""What stands around the cells of a sheet or concerns the workbook: much that nobody sees.

Source: [MS-XLS] 2.3.1 (all kinds of records) and 2.4. A kind that is listed there and holds only
numbers says nothing; one that may hold words is gathered; one that is not listed at all is
searched for words, and blocks where it lies on a sheet.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Callable

from redactor.errors import UnreadableDocument
from redactor.formats.hidden import Gathered
from redactor.formats.xls.drawings import link_words
from redactor.formats.xls.formulas import Names, formula_text
from redactor.formats.xls.records import Record, strings_in
from redactor.model import HiddenKind

#: Records that a reader of this package takes elsewhere, or that hold numbers only.
# fmt: off
_DULL = frozenset({
    0x0006, 0x000A, 0x000C, 0x000D, 0x000E, 0x000F, 0x0010, 0x0011, 0x0012, 0x0013, 0x0017, 0x0018,
    0x0019, 0x001A, 0x001B, 0x001C, 0x001D, 0x0022, 0x0023, 0x0026, 0x0027, 0x0028, 0x0029, 0x002A,
    0x002B, 0x002F, 0x0031, 0x0033, 0x003C, 0x003D, 0x0040, 0x0041, 0x0042, 0x0055, 0x0056, 0x0059,
    0x005A, 0x005D, 0x005E, 0x005F, 0x0060, 0x0061, 0x0063, 0x007D, 0x0080, 0x0081, 0x0082, 0x0083,
    0x0084, 0x0085, 0x0086, 0x008C, 0x008D, 0x0092, 0x0097, 0x0098, 0x0099, 0x009B, 0x009C, 0x009D,
    0x00A0, 0x00A1, 0x00A9, 0x00AB, 0x00BD, 0x00BE, 0x00BF, 0x00C0, 0x00C1, 0x00D3, 0x00D6, 0x00D7,
    0x00DA, 0x00DD, 0x00DE, 0x00DF, 0x00E0, 0x00E1, 0x00E2, 0x00E5, 0x00EB, 0x00EC, 0x00ED, 0x00EF,
    0x00FC, 0x00FD, 0x00FF, 0x013D, 0x015F, 0x0160, 0x0161, 0x0195, 0x01A9, 0x01AB, 0x01AE, 0x01AF,
    0x01B0, 0x01B2, 0x01B6, 0x01B7, 0x01BC, 0x01BD, 0x01C0, 0x01C1, 0x01C2, 0x0200, 0x0201, 0x0203,
    0x0204, 0x0205, 0x0206, 0x0207, 0x0208, 0x020B, 0x0221, 0x0225, 0x0236, 0x023E, 0x027E, 0x0406,
    0x0418, 0x04BC, 0x0809, 0x0862, 0x0863, 0x0867, 0x087C, 0x087D, 0x088B, 0x088C, 0x08A3,
    0x089A, 0x089B, 0x0896, 0x0852, 0x0853, 0x0854, 0x0855, 0x005C, 0x01B5, 0x0090, 0x00E3,
    # views of pivot tables: numbers and places; their words are taken below
    0x00B4, 0x00B5, 0x00B6, 0x00D0, 0x00D2, 0x00D5, 0x00D8, 0x00D9, 0x00F0, 0x00F2, 0x00F4, 0x00F5,
    0x00F7, 0x00F8, 0x00F9, 0x00FB, 0x0103, 0x0122, 0x01BB, 0x0858, 0x0859, 0x0810,
    0x08C1, 0x08C8,  # how Excel for Macintosh shows the window and compresses pictures
})
# fmt: on
#: What may hold words, by the number of the record.
_KINDS: dict[int, HiddenKind] = {
    0x0014: HiddenKind.HEADER_FOOTER,
    0x0015: HiddenKind.HEADER_FOOTER,
    0x089C: HiddenKind.HEADER_FOOTER,
    0x0866: HiddenKind.HEADER_FOOTER,
    0x004D: HiddenKind.SETTINGS,  # the printer's settings
    0x0050: HiddenKind.CONNECTION,
    0x0051: HiddenKind.CONNECTION,
    0x0052: HiddenKind.CONNECTION,
    0x005B: HiddenKind.METADATA,
    0x01BA: HiddenKind.SETTINGS,
    0x009E: HiddenKind.FILTER,
    0x087E: HiddenKind.FILTER,
    0x0895: HiddenKind.FILTER,
    0x00AE: HiddenKind.SCENARIO,
    0x00AF: HiddenKind.SCENARIO,
    0x00B0: HiddenKind.PIVOT_CACHE,
    0x00B1: HiddenKind.PIVOT_CACHE,
    0x00B2: HiddenKind.PIVOT_CACHE,
    0x00C5: HiddenKind.PIVOT_CACHE,
    0x00C6: HiddenKind.PIVOT_CACHE,
    0x00C7: HiddenKind.PIVOT_CACHE,
    0x00CD: HiddenKind.PIVOT_CACHE,
    0x00DC: HiddenKind.CONNECTION,
    0x00F1: HiddenKind.PIVOT_CACHE,
    0x00F6: HiddenKind.PIVOT_CACHE,
    0x0100: HiddenKind.PIVOT_CACHE,
    0x080C: HiddenKind.PIVOT_CACHE,
    0x080D: HiddenKind.PIVOT_CACHE,
    0x080E: HiddenKind.PIVOT_CACHE,
    0x080F: HiddenKind.PIVOT_CACHE,
    0x0864: HiddenKind.PIVOT_CACHE,
    0x01AD: HiddenKind.CONNECTION,
    0x0800: HiddenKind.LINK,
    0x01B8: HiddenKind.LINK,
    0x0802: HiddenKind.CONNECTION,
    0x0803: HiddenKind.CONNECTION,
    0x0804: HiddenKind.CONNECTION,
    0x0805: HiddenKind.CONNECTION,
    0x0806: HiddenKind.CONNECTION,
    0x0807: HiddenKind.CONNECTION,
    0x080A: HiddenKind.CONNECTION,
    0x0876: HiddenKind.CONNECTION,
    0x0813: HiddenKind.CONNECTION,
    0x0801: HiddenKind.SETTINGS,
    0x080B: HiddenKind.SETTINGS,
    0x0094: HiddenKind.SETTINGS,
    0x00B8: HiddenKind.METADATA,  # whom a document was routed to
    0x00B9: HiddenKind.METADATA,
    0x01AA: HiddenKind.SETTINGS,
    0x0293: HiddenKind.SETTINGS,
    0x041E: HiddenKind.SETTINGS,
    0x0892: HiddenKind.SETTINGS,
    0x088E: HiddenKind.SETTINGS,
    0x088F: HiddenKind.SETTINGS,
    0x0868: HiddenKind.CUSTOM_XML,  # smart tags, protected ranges
    0x0872: HiddenKind.STRUCTURE,
    0x0877: HiddenKind.STRUCTURE,
    0x0878: HiddenKind.STRUCTURE,
    0x0894: HiddenKind.DEFINED_NAME,
    0x0893: HiddenKind.DEFINED_NAME,
    0x01B1: HiddenKind.CONDITIONAL_FORMAT,
    0x087A: HiddenKind.CONDITIONAL_FORMAT,
    0x087B: HiddenKind.CONDITIONAL_FORMAT,
    0x01BE: HiddenKind.DATA_VALIDATION,
    0x01B9: HiddenKind.SETTINGS,
    0x009A: HiddenKind.MACRO,
    0x0898: HiddenKind.MACRO,
}
#: Kinds of [MS-XLS] that concern nothing seen on the grid: words in them are hidden content.
_LISTED = (range(0x0137, 0x0199), range(0x0850, 0x08B0), range(0x1001, 0x1070))
#: Kinds of which each record holds a word or two: they are gathered together.
_LISTS = frozenset({HiddenKind.SETTINGS, HiddenKind.PIVOT_CACHE})
_UNITS = {
    0x0014: "headers",
    0x0015: "footers",
    0x009E: "filters",
    0x00AF: "scenarios",
    0x00B0: "pivot tables",
    0x01B1: "conditional formats",
    0x01BE: "validation rules",
    0x01B8: "links",
}
_CODES = re.compile(r"&(?:[LCRPNDTGFAZBIUSXYEOH]|\d+|K[0-9A-F]{6}|\"[^\"]*\")")
_WORDY = re.compile(r"[^\W\d_]{2}")
_OWN_STYLES = re.compile(r"(Table|Pivot)Style(Light|Medium|Dark)\d+")
_NAMED_STYLES = re.compile(
    r"(Normal|Comma|Currency|Percent|Hyperlink|Followed Hyperlink|Heading \d|RowLevel_|ColLevel_).*"
    r"|(\d\d% - )?Accent\d|Bad|Good|Neutral|Calculation|Check Cell|Explanatory Text|Input|Output"
    r"|Linked Cell|Note|Title|Total|Warning Text"
)


class Around:
    """Gathers the records of one part of the workbook that are not cells.

    Args:
        place: the part, as places are named.
        container: what its hidden content is listed under (the sheet's name).
        names: for writing formulas out.
        on_sheet: it is a sheet, so that what is not known may have been seen.
    """

    def __init__(
        self, place: str, container: str, names: Names, gathered: Gathered, *, on_sheet: bool
    ) -> None:
        self.has_conditional_formats = False
        self._place = place
        self._container = container
        self._names = names
        self._gathered = gathered
        self._on_sheet = on_sheet
        self._counts: Counter[int] = Counter()
        self._lists: dict[HiddenKind, list[str]] = {}
        self._readers: dict[int, Callable[[Record], list[str]]] = {
            0x0014: self._header,
            0x0015: self._header,
            0x01BE: self._validation,
            0x01B1: self._condition,
            0x0293: self._style_name,
            0x041E: self._format_words,
            0x0892: self._style_extension,
            0x088E: self._table_styles,
            0x01B8: self._link,
        }

    def take(self, record: Record) -> None:
        """Gather the words of one record, if it may hold any."""
        kind = record.kind
        if kind in _DULL:
            return
        if kind in _KINDS:
            self._gather(record, _KINDS[kind])
            return
        words = strings_in(record.body)
        self._add(HiddenKind.OTHER, words)
        if self._on_sheet and not any(kind in listed for listed in _LISTED):
            why = "A record of a kind that is not known. It may be something seen on the sheet."
            self._gathered.block(f"{self._place}/record:{kind:#06x}", why)

    def _gather(self, record: Record, kind: HiddenKind) -> None:
        self.has_conditional_formats |= kind is HiddenKind.CONDITIONAL_FORMAT
        reader = self._readers.get(record.kind)
        try:
            words = strings_in(record.body) if reader is None else reader(record)
        except (struct.error, IndexError, UnreadableDocument):
            words = strings_in(record.body)
        if words or record.kind not in {0x0014, 0x0015}:
            self._counts[record.kind] += 1
        self._add(kind, words)

    def _add(self, kind: HiddenKind, words: list[str]) -> None:
        if kind in _LISTS:
            self._lists.setdefault(kind, []).extend(words)
            return
        part = f"{self._place}/{kind.value}"
        self._gathered.add_all(kind, part, words, self._container)

    def finish(self) -> None:
        """Gather the lists of words, and count what was gathered."""
        for kind, words in self._lists.items():
            part = f"{self._place}/{kind.value}"
            self._gathered.add_all(kind, part, words, self._container)
        for number, unit in _UNITS.items():
            self._gathered.count(_KINDS[number], self._container, self._counts[number], unit)

    # --- records whose layout matters ------------------------------------------------------------

    def _header(self, record: Record) -> list[str]:
        """Read a header or footer; its codes for fonts and fields are no words."""
        texts = self._names.texts
        if not record.body:
            return []
        text, _ = texts.long(record.body, 0) if texts.wide else texts.short(record.body, 0)
        return [text] if _CODES.sub("", text).strip() else []

    def _validation(self, record: Record) -> list[str]:
        """Read the messages and the formulas or list of a validation rule (2.4.94)."""
        body, words, at = record.body, [], 4
        for _ in range(4):
            text, at = self._names.texts.long(body, at, record.breaks)
            words.append(text.strip("\x00"))
        for _ in range(2):
            (length,) = struct.unpack_from("<H", body, at)
            formula = formula_text(body[at + 4 : at + 4 + length], self._names)
            words.append(formula.replace("\x00", ", "))
            at += 4 + length
        return words

    def _condition(self, record: Record) -> list[str]:
        """Read the formulas of a conditional format (2.4.42): they stand at its end."""
        body = record.body
        first, second = struct.unpack_from("<HH", body, 2)
        end = len(body)
        tokens = [body[end - first - second : end - second], body[end - second : end]]
        return [formula_text(one, self._names) for one in tokens if one]

    def _style_name(self, record: Record) -> list[str]:
        """Read the name of a cell style that somebody made (2.4.269)."""
        texts = self._names.texts
        if record.body[1] & 0x80:
            return []
        text, _ = texts.long(record.body, 2) if texts.wide else texts.short(record.body, 2)
        return [] if _NAMED_STYLES.fullmatch(text) else [text]

    def _format_words(self, record: Record) -> list[str]:
        """Read the words in a number format (2.4.126): no cell may show them."""
        texts = self._names.texts
        text, _ = texts.long(record.body, 2) if texts.wide else texts.short(record.body, 2)
        return [one for one in text.split('"')[1::2] if _WORDY.search(one)]

    def _style_extension(self, record: Record) -> list[str]:
        """Read what newer versions add to a cell style that is not their own (2.4.270)."""
        return [] if record.body[12] & 1 else strings_in(record.body[12:])

    def _table_styles(self, record: Record) -> list[str]:
        """Read which styles new tables take (2.4.322), where they are not Excel's own."""
        return [one for one in strings_in(record.body) if not _OWN_STYLES.search(one)]

    def _link(self, record: Record) -> list[str]:
        """Read what a link shows and where it leads (2.4.140)."""
        return link_words(record.body[8:])

"""Read the charts of a workbook: their titles, and the values they keep of what they show.

A chart keeps copies of names and numbers from cells that may be hidden, deleted or in another
workbook. It is hidden content as a whole: nothing of it is released.

Source: [MS-XLS] 2.1.7.20.2 (charts), 2.4.254 (SeriesText), 2.4.51 (BRAI), 2.4.256 (SIIndex).
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from html import unescape

from redactor.formats.hidden import Gathered
from redactor.formats.xls.drawings import Drawings
from redactor.formats.xls.formulas import Names, formula_text
from redactor.formats.xls.records import Record, strings_in
from redactor.model import HiddenKind

_TITLE, _LINK, _NUMBER, _LABEL, _HEADER, _FOOTER = 0x100D, 0x1051, 0x0203, 0x0204, 0x0014, 0x0015
_RICH = frozenset({0x08A4, 0x08A5, 0x08A6, 0x089E, 0x089F})
_RUN = re.compile(rb"<a:t>([^<]*)</a:t>")
_DULL = frozenset({0x0031, 0x041E, 0x00E0, 0x0092, 0x0809, 0x000A, 0x1065, 0x1060, 0x1026, 0x00A1})


@dataclass(slots=True)
class Chart:
    """Gathers one chart.

    Attributes:
        place: the chart, as places are named.
        container: the sheet's name.
    """

    place: str
    container: str
    names: Names
    gathered: Gathered
    drawings: Drawings
    words: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)

    def take(self, record: Record) -> None:
        """Take one of its records."""
        body, texts = record.body, self.names.texts
        if record.kind == _TITLE:
            self.words.append(texts.short(body, 2)[0])
        elif record.kind in {_HEADER, _FOOTER}:
            if body:
                self.words.append((texts.long if texts.wide else texts.short)(body, 0)[0])
        elif record.kind == _LINK:
            (length,) = struct.unpack_from("<H", body, 6)
            self.words.append(formula_text(body[8 : 8 + length], self.names))
        elif record.kind == _NUMBER:
            self.values.append(f"{struct.unpack_from('<d', body, 6)[0]:.15g}")
        elif record.kind == _LABEL:
            self.values.append(texts.long(body, 6, record.breaks)[0])
        elif record.kind in _RICH:
            self.words += [unescape(one.decode("utf-8", "replace")) for one in _RUN.findall(body)]
        elif not self.drawings.take(record) and record.kind not in _DULL:
            self.words += strings_in(body, 4)

    def finish(self) -> None:
        """Gather what was taken."""
        self.drawings.finish()
        add = self.gathered.add_all
        self.gathered.add(HiddenKind.CHART, self.place, "", self.container, even_empty=True)
        add(HiddenKind.CHART, self.place, self.words, self.container)
        add(HiddenKind.CHART_CACHE, f"{self.place}/values", self.values, self.container)
        self.gathered.count(HiddenKind.CHART, self.container, 1, "charts")
        self.gathered.count(
            HiddenKind.CHART_CACHE, self.container, len(self.values), "values kept by a chart"
        )

"""What one cell shows, by the kind of its value.

Source of the markup: ECMA-376 part 1, 18.3.1.4 (cells) and 18.18.11 (kinds of cell).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeAlias

from redactor.content import CellValue
from redactor.formats.number_codes import GENERAL
from redactor.formats.number_format import NumberFormat, plain_number
from redactor.formats.package import damaged
from redactor.formats.workbook.grid import column_number
from redactor.formats.xlsx.escapes import tidy
from redactor.formats.xlsx.styles import Style

TRUE = frozenset({"1", "true", "on"})
PLAIN_WHOLE = re.compile(r"-?[1-9]\d{0,14}|0")

#: What a cell shows: text, value to release, number format, and whether the format shows nothing.
ShownCell: TypeAlias = tuple[str, CellValue, str, bool]


class ValueReader:
    """Turns raw values into what their cells show, for all sheets of one workbook.

    Args:
        texts: the shared texts.
        epoch_1904: the workbook counts days from 1 January 1904.
    """

    def __init__(self, texts: list[str], *, epoch_1904: bool) -> None:
        self._texts = texts
        self._used = bytearray(len(texts))
        start = dt.date(1904, 1, 1) if epoch_1904 else dt.date(1899, 12, 30)
        self._start = dt.datetime.combine(start, dt.time())  # sheets know no time zones
        self.columns: dict[str, int] = {}
        self._show: dict[str, Callable[[str, Style], ShownCell]] = {
            "n": self._show_number,
            "s": self._show_shared,
            "str": show_own_text,
            "b": _show_truth,
            "e": show_own_text,
            "d": self._show_iso_date,
        }

    def show(self, kind: str, raw: str, style: Style) -> ShownCell:
        """Say what a cell shows.

        Raises:
            UnreadableDocument: the value is of no known kind, or none of its kind.
        """
        show = self._show.get(kind)
        if show is None:
            raise damaged("a cell is of a kind that is not known")
        return show(raw, style)

    def unused_texts(self) -> list[str]:
        """Give the shared texts that no cell has shown."""
        return [text for text, used in zip(self._texts, self._used, strict=True) if not used]

    def column(self, letters: str) -> int:
        """Give the number of a column, from 0, from its letters.

        Raises:
            UnreadableDocument: there is no such column.
        """
        found = self.columns.get(letters)
        if found is None:
            found = self.columns[letters] = column_number(letters)
        return found

    def shared(self, index: str) -> str:
        """Give a shared text and remember that it is used.

        Raises:
            UnreadableDocument: there is no such text.
        """
        number = int(index)
        if not 0 <= number < len(self._texts):
            raise damaged("a cell points at a text that is not there")
        self._used[number] = 1
        return self._texts[number]

    def _show_number(self, raw: str, style: Style) -> ShownCell:
        if style.number_format.is_general and PLAIN_WHOLE.fullmatch(raw):
            return raw, int(raw), GENERAL, False
        number = float(raw)
        if number - number != 0:
            raise damaged("a cell holds a number that is none")
        shown = style.number_format.show(number)
        return shown.text, shown.value, shown.number_format, shown.hidden

    def _show_shared(self, raw: str, style: Style) -> ShownCell:
        return show_text(self.shared(raw), style.number_format)

    def _show_iso_date(self, raw: str, style: Style) -> ShownCell:
        try:
            moment = dt.datetime.fromisoformat(raw.strip().removesuffix("Z"))
        except ValueError:
            return show_own_text(raw, style)
        serial = (moment.replace(tzinfo=None) - self._start) / dt.timedelta(days=1)
        shown = style.number_format.show(serial)
        if shown.text == plain_number(serial):
            return show_own_text(raw, style)
        return shown.text, shown.value, shown.number_format, shown.hidden


def show_text(text: str, number_format: NumberFormat) -> ShownCell:
    """Say what a cell with a text shows."""
    if number_format.hides_text:
        return text, text, GENERAL, True
    if number_format.changes_text:
        text = number_format.show_text(text)
    return text, text, GENERAL, False


def show_own_text(raw: str, style: Style) -> ShownCell:
    """Say what a cell shows whose text stands in it."""
    return show_text(tidy(raw), style.number_format)


def _show_truth(raw: str, style: Style) -> ShownCell:
    true = raw.strip().lower() in TRUE
    return ("TRUE" if true else "FALSE"), true, GENERAL, style.number_format.hides_text

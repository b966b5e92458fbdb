"""How wide the columns of a sheet are and how high its rows, which may hide them.

Source of the markup: ECMA-376 part 1, 18.3.1.13 (columns), 18.3.1.66 (panes), 18.3.1.81 (defaults).
"""

from __future__ import annotations

import re

from lxml import etree

from redactor.formats.package import is_element, local_name
from redactor.formats.workbook.grid import LOWEST_ROW, MAX_COLUMN
from redactor.formats.xlsx.values import TRUE

#: The elements that say so, before the rows.
MEASURES = ("{*}cols", "{*}sheetFormatPr", "{*}sheetViews")


class Measures:
    """The measures of one sheet, as far as they have been read."""

    def __init__(self) -> None:
        self.frozen_rows = 0
        self._hidden_columns: list[tuple[int, int]] = []
        self._wide_columns: list[tuple[int, int]] = []
        self._widths: list[tuple[int, int, float]] = []
        self._rows_start_hidden = False
        self._narrow_by_default = False

    def read(self, element: etree._Element) -> None:
        """Read one of the elements that say how large things are; others say nothing here."""
        name = local_name(element)
        if name == "sheetFormatPr":
            self._rows_start_hidden = (element.get("zeroHeight") or "") in TRUE
            self._narrow_by_default = _is_zero(element.get("defaultColWidth"))
        elif name == "sheetViews":
            self.frozen_rows = _frozen_rows(element)
        elif name == "cols":
            for one in element:
                if is_element(one):
                    self._read_columns(one)

    def _read_columns(self, element: etree._Element) -> None:
        span = int(element.get("min") or 1) - 1, int(element.get("max") or MAX_COLUMN) - 1
        width = element.get("width")
        if (element.get("hidden") or "") in TRUE or _is_zero(width):
            self._hidden_columns.append(span)
            return
        self._wide_columns.append(span)
        if width is not None:
            self._widths.append((*span, float(width)))

    @property
    def hides_columns(self) -> bool:
        """Say whether any column may be hidden."""
        return bool(self._hidden_columns) or self._narrow_by_default

    def hides_column(self, column: int) -> bool:
        """Say whether a column is hidden."""
        if any(first <= column <= last for first, last in self._hidden_columns):
            return True
        return self._narrow_by_default and not any(
            first <= column <= last for first, last in self._wide_columns
        )

    def hides_row(self, hidden: str | None, height: str | None) -> bool:
        """Say whether a row with these attributes is hidden."""
        gone = hidden is not None and hidden in TRUE
        folded = self._rows_start_hidden and hidden is None and height is None
        return gone or folded or (height is not None and float(height) < LOWEST_ROW)

    def widths(self, last_column: int) -> dict[int, float]:
        """Give the widths that the file says, of columns up to the last that is filled."""
        return {
            column: width
            for first, last, width in self._widths
            for column in range(first, min(last, last_column) + 1)
        }


def _frozen_rows(views: etree._Element) -> int:
    """Give how many first rows stay in view."""
    for pane in views.iter("{*}pane"):
        rows = str(pane.get("ySplit") or "")
        if str(pane.get("state") or "").startswith("frozen") and re.fullmatch(r"\d{1,3}", rows):
            return int(rows)
    return 0


def _is_zero(text: str | None) -> bool:
    return text is not None and float(text) == 0

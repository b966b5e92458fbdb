"""What stands around the rows of a worksheet: merged cells, and much that nobody sees.

Source of the markup: ECMA-376 part 1, 18.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from redactor.formats.hidden import Gathered, gather_element
from redactor.formats.package import damaged, is_element, local_name
from redactor.formats.workbook.grid import MAX_ROW, Cell, SheetEntry, column_number
from redactor.model import HiddenKind

_DULL = frozenset(
    {"dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "mergeCells",
     "phoneticPr", "printOptions", "pageMargins", "pageSetup", "rowBreaks", "colBreaks",
     "ignoredErrors", "drawing", "legacyDrawing", "legacyDrawingHF", "tableParts", "picture",
     "sheetProtection"}
)  # fmt: skip
_KINDS = {
    "sheetPr": HiddenKind.SETTINGS,
    "protectedRanges": HiddenKind.SETTINGS,
    "customSheetViews": HiddenKind.SETTINGS,
    "customProperties": HiddenKind.SETTINGS,
    "headerFooter": HiddenKind.SETTINGS,
    "webPublishItems": HiddenKind.SETTINGS,
    "scenarios": HiddenKind.SCENARIO,
    "autoFilter": HiddenKind.FILTER,
    "sortState": HiddenKind.FILTER,
    "dataConsolidate": HiddenKind.CONNECTION,
    "conditionalFormatting": HiddenKind.CONDITIONAL_FORMAT,
    "dataValidations": HiddenKind.DATA_VALIDATION,
    "hyperlinks": HiddenKind.LINK,
    "smartTags": HiddenKind.CUSTOM_XML,
    "oleObjects": HiddenKind.EMBEDDED_FILE,
    "controls": HiddenKind.FORM_FIELD,
}
_EXTENSIONS = {
    "conditionalFormattings": HiddenKind.CONDITIONAL_FORMAT,
    "dataValidations": HiddenKind.DATA_VALIDATION,
    "slicerList": HiddenKind.FILTER,
    "timelineRefs": HiddenKind.FILTER,
    "protectedRanges": HiddenKind.SETTINGS,
}


def gather_around(element: etree._Element, entry: SheetEntry, gathered: Gathered) -> None:
    """Gather the words of one element beside the rows, by what it is for."""
    name = local_name(element)
    if name in _DULL:
        return
    kind = _KINDS.get(name, HiddenKind.OTHER)
    inner = {local_name(one) for one in element.iter() if is_element(one)}
    if name == "extLst":
        kind = next((_EXTENSIONS[one] for one in _EXTENSIONS if one in inner), kind)
    if "sparkline" in inner:
        gathered.block(
            f"{entry.part}/sparklines", "Small charts in cells. The rebuilt file has none."
        )
    gather_element(element, kind, f"{entry.part}/{kind.value}", gathered, entry.name)


def covered_cells(
    cells: list[Cell], merged: tuple[tuple[int, int, int, int], ...]
) -> Iterator[int]:
    """Give the index of each cell under a merged area: only the first is shown (18.3.1.55)."""
    by_row: dict[int, list[tuple[int, int, int, int]]] = {}
    for area in merged:
        for row in range(area[0], area[2] + 1):
            by_row.setdefault(row, []).append(area)
    for index, cell in enumerate(cells if merged else ()):
        for top, left, _, right in by_row.get(cell.row, ()):
            inside = left <= cell.column <= right
            if inside and (cell.row, cell.column) != (top, left):
                yield index


def merged_ranges(root: etree._Element) -> tuple[tuple[int, int, int, int], ...]:
    """Give merged areas as (first row, first column, last row, last column), all from 0.

    Raises:
        UnreadableDocument: they span more rows than a sheet has.
    """
    areas: list[tuple[int, int, int, int]] = []
    rows = 0
    for group in root:
        if not is_element(group) or local_name(group) != "mergeCells":
            continue
        for one in group:
            found = re.fullmatch(
                r"\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)", str(one.get("ref") or "")
            )
            if found is None:
                continue
            area = (
                int(found[2]) - 1,
                column_number(found[1]),
                int(found[4]) - 1,
                column_number(found[3]),
            )
            rows += area[2] - area[0] + 1
            if rows > 4 * MAX_ROW or area[2] >= MAX_ROW:
                raise damaged("its merged cells span more rows than there are")
            areas.append(area)
    return tuple(areas)

"""What stands around the rows of a worksheet: merged cells, and much that nobody sees.

Source of the markup: ECMA-376 part 1, 18.3.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from redactor.formats.hidden import Gathered, attributes_of, gather_element, whole_text
from redactor.formats.package import damaged, is_element, local_name
from redactor.formats.workbook.grid import MAX_ROW, Cell, Range, SheetEntry, column_number
from redactor.model import HiddenKind

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6}):\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_DULL = frozenset(
    {"dimension", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "mergeCells",
     "phoneticPr", "printOptions", "pageMargins", "pageSetup", "rowBreaks", "colBreaks",
     "ignoredErrors", "drawing", "legacyDrawing", "legacyDrawingHF", "tableParts", "picture"}
)  # fmt: skip
_KINDS = {
    "sheetPr": HiddenKind.SETTINGS,
    "sheetViews": HiddenKind.SETTINGS,
    "sheetProtection": HiddenKind.SETTINGS,
    "protectedRanges": HiddenKind.SETTINGS,
    "customSheetViews": HiddenKind.SETTINGS,
    "customProperties": HiddenKind.SETTINGS,
    "headerFooter": HiddenKind.HEADER_FOOTER,
    "webPublishItems": HiddenKind.SETTINGS,
    "scenarios": HiddenKind.SCENARIO,
    "autoFilter": HiddenKind.FILTER,
    "sortState": HiddenKind.FILTER,
    "dataConsolidate": HiddenKind.CONNECTION,
    "conditionalFormatting": HiddenKind.CONDITIONAL_FORMAT,
    "conditionalFormattings": HiddenKind.CONDITIONAL_FORMAT,
    "dataValidations": HiddenKind.DATA_VALIDATION,
    "hyperlinks": HiddenKind.LINK,
    "smartTags": HiddenKind.CUSTOM_XML,
    "oleObjects": HiddenKind.EMBEDDED_FILE,
    "controls": HiddenKind.FORM_FIELD,
    "slicerList": HiddenKind.FILTER,
    "timelineRefs": HiddenKind.FILTER,
    "sparklineGroups": HiddenKind.CHART,
}
#: What is counted of a kind, by the elements that are each one of it.
_COUNTED: dict[str, tuple[HiddenKind, str]] = {
    "dataValidation": (HiddenKind.DATA_VALIDATION, "values"),
    "cfRule": (HiddenKind.CONDITIONAL_FORMAT, "formats"),
    "scenario": (HiddenKind.SCENARIO, "scenarios"),
    "hyperlink": (HiddenKind.LINK, "links"),
    "autoFilter": (HiddenKind.FILTER, "filters"),
    "control": (HiddenKind.FORM_FIELD, "fields"),
    "sparkline": (HiddenKind.CHART, "small charts in cells"),
}
#: Groups whose members each have a cell of their own.
_BY_CELL = frozenset({"dataValidations", "hyperlinks", "conditionalFormattings"})
_PROTECTION = ("hashValue", "saltValue", "password", "algorithmName", "securityDescriptor")


def gather_around(element: etree._Element, entry: SheetEntry, gathered: Gathered) -> None:
    """Gather the words of one element beside the rows, by what it is for."""
    name = local_name(element)
    if name in _DULL:
        return
    if name == "extLst":
        for extension in element:
            if is_element(extension):
                _gather_extension(extension, entry, gathered)
        return
    if _is_unknown(element):
        gathered.block(f"{entry.part}/unknown", "Text in an element that is not known.")
    _count(element, entry, gathered)
    if name in _BY_CELL:
        for one in element:
            _gather_one(one, _KINDS[name], entry, gathered)
        return
    _gather_one(element, _KINDS.get(name, HiddenKind.OTHER), entry, gathered)


def block_concealing(
    element: etree._Element, looks: frozenset[str], entry: SheetEntry, gathered: Gathered
) -> None:
    """Name the cells that a conditional format may leave unseen, for a person to rule on.

    Whether its condition holds is not worked out, so nobody can say here what a reader sees.

    Args:
        looks: the numbers of the looks that leave nothing to be seen (``styles.concealing``).
    """
    if local_name(element) != "conditionalFormatting" or not looks:
        return
    if any(str(one.get("dxfId")) in looks for one in element.iter("{*}cfRule")):
        cells = " ".join(str(element.get("sqref") or "").split()[:3])
        gathered.block(
            f"sheet:{entry.name}!{cells}/conditional format",
            "A conditional format may hide what these cells show. What they hold is released "
            "unless it is redacted: look at them.",
        )


def _is_unknown(element: etree._Element) -> bool:
    """Say whether an element with text is none that a worksheet has; extensions may be new ones."""
    parent = element.getparent()
    if not is_element(element) or (parent is not None and local_name(parent) == "ext"):
        return False
    name = local_name(element)
    return name not in {*_KINDS, "AlternateContent"} and bool(whole_text(element).strip())


def _gather_extension(extension: etree._Element, entry: SheetEntry, gathered: Gathered) -> None:
    for one in extension:
        if is_element(one):
            gather_around(one, entry, gathered)
    if (extension.text or "").strip():
        gathered.add(HiddenKind.OTHER, f"{entry.part}/other", extension.text or "", entry.name)


def _gather_one(
    element: etree._Element, kind: HiddenKind, entry: SheetEntry, gathered: Gathered
) -> None:
    """Gather an element under its cell, where it has one."""
    reference = ""
    if is_element(element):
        inner = next(element.iter("{*}sqref"), None)
        reference = str(element.get("ref") or element.get("sqref") or "")
        reference = reference or (inner.text or "" if inner is not None else "")
    first = next(iter(reference.split()), "")
    place = f"{entry.name}!{first}/{kind.value}" if first else f"{entry.part}/{kind.value}"
    if is_element(element):
        gather_element(element, kind, place, gathered, entry.name)
        gathered.add_all(kind, f"{place}/protection", _locks(element), entry.name)
    else:
        gathered.add(kind, place, element.text or "", entry.name)


def _locks(element: etree._Element) -> list[str]:
    """Give what a protection keeps of its password: it may be guessed, and tells files apart."""
    said = set(attributes_of(element))
    values = (str(one.get(key) or "") for one in element.iter() for key in _PROTECTION
              if is_element(one))  # fmt: skip
    return [one for one in values if one and one not in said]


def _count(element: etree._Element, entry: SheetEntry, gathered: Gathered) -> None:
    counts = Counter(local_name(one) for one in element.iter() if is_element(one))
    for name, (kind, unit) in _COUNTED.items():
        gathered.count(kind, entry.name, counts[name], unit)


def filtered_rows(root: etree._Element, cells: list[Cell]) -> int:
    """Count the rows that hold something and that a filter hides."""
    areas = [
        found
        for one in root
        if is_element(one) and local_name(one) == "autoFilter" and len(one)
        for found in [range_of(str(one.get("ref") or ""))]
        if found is not None
    ]
    hidden = {one.row for one in cells if one.hidden is HiddenKind.HIDDEN_ROW} if areas else set()
    return sum(any(area[0] <= row <= area[2] for area in areas) for row in hidden)


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
            area = range_of(str(one.get("ref") or ""))
            if area is None:
                continue
            rows += area[2] - area[0] + 1
            if rows > 4 * MAX_ROW or area[2] >= MAX_ROW:
                raise damaged("its merged cells span more rows than there are")
            areas.append(area)
    return tuple(areas)


def range_of(reference: str) -> Range | None:
    """Give the area that ``A1:B2`` names; None where it names none."""
    found = _RANGE.fullmatch(reference)
    if found is None:
        return None
    return (
        int(found[2]) - 1,
        column_number(found[1]),
        int(found[4]) - 1,
        column_number(found[3]),
    )

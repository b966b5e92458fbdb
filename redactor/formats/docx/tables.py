"""What a Word table says of itself: its columns, its lines, which rows head it.

Source of the markup: ECMA-376 part 1, 17.4.
"""

from __future__ import annotations

from lxml import etree

from redactor.formats.docx.blocks import ReadCell
from redactor.formats.docx.styles import Styles, W, attribute_of, toggle, value, whole_number

#: Widths are told in twentieths of the table: enough to look alike, too coarse to measure words by.
_STEPS = 20
_MOST_COLUMNS = 64
_NO_LINE = frozenset({"nil", "none"})


def column_shares(table: etree._Element) -> tuple[float, ...]:
    """Give the share of each column of the grid, coarsely; empty where none are told."""
    widths = [
        max(whole_number(value(one, "w")) or 0, 0)
        for one in table.iterfind(f"{W}tblGrid/{W}gridCol")
    ]
    total = sum(widths)
    if not total or len(widths) > _STEPS or min(widths) == 0:
        return ()
    steps = [max(round(one / total * _STEPS), 1) for one in widths]
    return tuple(one / sum(steps) for one in steps)


def heads_the_table(row: etree._Element) -> bool:
    """Say whether a row is repeated at the top of every page."""
    properties = row.find(f"{W}trPr")
    return properties is not None and bool(toggle(properties, "tblHeader"))


def is_plain(table: etree._Element, styles: Styles) -> bool:
    """Say whether no lines are drawn round the cells."""
    properties = table.find(f"{W}tblPr")
    style = "" if properties is None else attribute_of(properties, "tblStyle")
    edges = None if properties is None else properties.find(f"{W}tblBorders")
    if edges is not None:
        drawn = any(value(one) not in _NO_LINE for one in edges)
    else:
        drawn = style not in styles.plain_tables
    if drawn:
        return False
    cells = table.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders")
    return not any(value(one) not in _NO_LINE for cell in cells for one in cell)


def empty_places(row: etree._Element, name: str) -> tuple[ReadCell, ...]:
    """Give the columns that a row leaves free before (or after) its cells."""
    properties = row.find(f"{W}trPr")
    count = 0 if properties is None else whole_number(attribute_of(properties, name)) or 0
    return (ReadCell(columns=min(count, _MOST_COLUMNS)),) if count > 0 else ()

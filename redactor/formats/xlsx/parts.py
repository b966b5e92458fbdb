"""Read the parts of a workbook that are no sheets: each by what it is, all of them hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from redactor.errors import UnreadableDocument
from redactor.formats.hidden import Gathered, gather_element, gather_part, kind_of_part
from redactor.formats.package import Package, is_element, local_name
from redactor.formats.pictures import gather_picture
from redactor.formats.workbook.grid import SheetEntry
from redactor.formats.xlsx.drawings import (
    cropped_pictures,
    gather_chart,
    gather_diagram,
    gather_drawing,
    gather_vml,
)
from redactor.formats.xlsx.mashup import gather_mashup
from redactor.formats.xlsx.notes import gather_comments, gather_threads
from redactor.formats.xlsx.pivots import gather_cache, gather_stray_rows, gather_table
from redactor.model import HiddenKind

#: Takes the package, the part, the sheet it belongs to (or its own name), and what takes the rest.
_Gather: TypeAlias = Callable[[Package, str, str, Gathered], None]
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def gather_parts(
    package: Package, sheets: tuple[SheetEntry, ...], known: set[str], gathered: Gathered
) -> frozenset[str]:
    """Gather every part of a known kind that has not been read.

    Returns:
        The names of all parts that are read now. What is left is of no kind known here.

    Raises:
        UnreadableDocument: a part is a bomb.
    """
    owners = _owners(package, sheets)
    read = set(known)
    cropped = _cropped(package, gathered)
    for name in sorted(package.names, key=lambda one: not _is_cache(package, one)):
        if name in read:
            continue
        gather = _reader(package, name)
        try:
            if _is_cache(package, name):
                read |= gather_cache(package, name, gathered)
            elif gather is not None:
                gather(package, name, owners.get(name, name), gathered)
                read.add(name)
            elif name in cropped:
                gather_picture(package.read(name), name, gathered, cropped=True)
                read.add(name)
        except UnreadableDocument as problem:
            if problem.reason == "bomb":
                raise
            gathered.add(kind_of_part(package, name), name, "", even_empty=True)
            gathered.block(name, "A part that is damaged and could not be read.")
            read.add(name)
    return frozenset(read)


def _is_cache(package: Package, name: str) -> bool:
    """Say whether a part is a pivot cache; its rows are read through it."""
    return "pivotcachedefinition+xml" in package.content_type(name)


def _owners(package: Package, sheets: tuple[SheetEntry, ...]) -> dict[str, str]:
    """Give the sheet that each part belongs to, over as many arrows as it takes."""
    owners: dict[str, str] = {}
    own_parts = {one.part for one in sheets}
    for entry in sheets:
        waiting = [entry.part]
        while waiting:
            part = waiting.pop()
            for arrow in package.relationships(part):
                target = package.resolve(arrow.target)
                if arrow.external or target in owners or target in own_parts:
                    continue
                if package.has(target) and arrow.kind not in _SHARED:
                    owners[target] = entry.name
                    waiting.append(target)
    return owners


#: Arrows to what belongs to the whole workbook.
_SHARED = frozenset({"pivotCacheDefinition", "pivotCacheRecords", "slicerCache", "officeDocument"})


def _cropped(package: Package, gathered: Gathered) -> frozenset[str]:
    found: set[str] = set()
    for name in package.names:
        content_type = package.content_type(name)
        if "drawing+xml" in content_type or "chart+xml" in content_type:
            try:
                found |= cropped_pictures(package, name)
            except UnreadableDocument as problem:
                if problem.reason == "bomb":
                    raise
                gathered.block(name, "A part that is damaged and could not be read.")
    return frozenset(found)


def _reader(package: Package, name: str) -> _Gather | None:
    """Give what reads a part, by its content type."""
    content_type = package.content_type(name)
    found = next((read for word, read in _READERS if word in content_type), None)
    kind = kind_of_part(package, name)
    if found is None and name.lower().endswith(".xml"):
        if kind is HiddenKind.CUSTOM_XML:
            return _gather_custom_xml
        if kind is HiddenKind.PIVOT_CACHE and "records" in name.lower():
            return gather_stray_rows
    return found


def _gather_external(package: Package, name: str, sheet: str, gathered: Gathered) -> None:
    del sheet
    root = package.tree(name)
    gather_element(root, HiddenKind.EXTERNAL_LINK, name, gathered)
    cells = sum(is_element(one) and local_name(one) == "cell" for one in root.iter())
    gathered.count(HiddenKind.EXTERNAL_LINK, name, cells, "cells")


def _gather_table(package: Package, name: str, sheet: str, gathered: Gathered) -> None:
    root = package.tree(name)
    gathered.count(HiddenKind.STRUCTURE, sheet, 1, "tables")
    for one in [*root.iter("{*}autoFilter"), *root.iter("{*}sortState")]:
        if any(is_element(child) for child in one):
            gather_element(one, HiddenKind.FILTER, f"{name}/filter", gathered, sheet)
            gathered.count(HiddenKind.FILTER, sheet, 1, "filters")
        parent = one.getparent()
        if parent is not None:
            parent.remove(one)
    gather_element(root, HiddenKind.STRUCTURE, name, gathered, sheet)


def _gather_connections(package: Package, name: str, sheet: str, gathered: Gathered) -> None:
    del sheet
    root = package.tree(name)
    gather_element(root, HiddenKind.CONNECTION, name, gathered)
    gathered.count(HiddenKind.CONNECTION, name, len(root), "connections")


def _gather_people(package: Package, name: str, sheet: str, gathered: Gathered) -> None:
    del sheet
    root = package.tree(name)
    gather_element(root, HiddenKind.PERSON_LIST, name, gathered)
    gathered.count(HiddenKind.PERSON_LIST, name, len(root), "people")


def _gather_custom_xml(package: Package, name: str, sheet: str, gathered: Gathered) -> None:
    del sheet
    root = package.tree(name)
    if local_name(root) == "DataMashup":
        gather_mashup(root, name, gathered)
    else:
        gather_element(root, HiddenKind.CUSTOM_XML, name, gathered)


def _gather_odd_sheet(package: Package, name: str, sheet: str, gathered: Gathered) -> None:
    """Gather the frame of a sheet that is one chart or a dialogue; its drawing is a part apart."""
    root = package.tree(name)
    kind = HiddenKind.CHART if local_name(root) == "chartsheet" else HiddenKind.FORM_FIELD
    for one in list(root.iter("{*}headerFooter")):
        gather_element(one, HiddenKind.HEADER_FOOTER, f"{name}/header", gathered, sheet)
        root.remove(one)
    gathered.add(kind, name, "", sheet, even_empty=True)
    gather_element(root, kind, name, gathered, sheet)


def _gather_chart(package: Package, name: str, sheet: str, gathered: Gathered) -> None:
    del sheet
    gather_chart(package, name, gathered)


def _gather_settings(package: Package, name: str, sheet: str, gathered: Gathered) -> None:
    del sheet
    gather_element(package.tree(name), HiddenKind.SETTINGS, name, gathered)


def _gather_pivot_table(package: Package, name: str, sheet: str, gathered: Gathered) -> None:
    del sheet
    gather_table(package, name, gathered)


def _gather_as_part(package: Package, name: str, sheet: str, gathered: Gathered) -> None:
    del sheet
    gather_part(package, name, gathered)


#: What reads a part, by a word of its content type; the first match counts.
_READERS: tuple[tuple[str, _Gather], ...] = (
    ("threadedcomments+xml", gather_threads),
    ("comments+xml", gather_comments),
    (".person+xml", _gather_people),
    ("usernames+xml", _gather_people),
    ("pivottable+xml", _gather_pivot_table),
    ("externallink+xml", _gather_external),
    ("connections+xml", _gather_connections),
    (_SHEETS + "table+xml", _gather_table),
    ("chartstyle+xml", _gather_settings),
    ("chartcolorstyle+xml", _gather_settings),
    ("chartsheet+xml", _gather_odd_sheet),
    ("dialogsheet+xml", _gather_odd_sheet),
    ("drawingml.chart+xml", _gather_chart),
    ("chartex+xml", _gather_chart),
    ("chartshapes+xml", gather_drawing),
    ("officedocument.drawing+xml", gather_drawing),
    ("diagramdata+xml", gather_diagram),
    ("diagramdrawing+xml", gather_diagram),
    ("diagramlayout+xml", _gather_settings),
    ("diagramstyle+xml", _gather_settings),
    ("diagramcolors+xml", _gather_settings),
    ("vmldrawing", gather_vml),
    ("inkml+xml", _gather_as_part),
)

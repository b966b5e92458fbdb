"""Walk an OpenDocument spreadsheet: every table, and everything beside the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from redactor.formats.hidden import Gathered, gather_element, texts_of
from redactor.formats.ods.asides import gather_beside, gather_parts
from redactor.formats.ods.cells import CellValues
from redactor.formats.ods.package import CONTENT, META, STYLES, OpenPackage, named
from redactor.formats.ods.sheets import TableReader
from redactor.formats.ods.styles import OpenStyle, read_styles
from redactor.formats.package import damaged, is_element, local_name, start_stream
from redactor.formats.workbook.grid import SheetContent, SheetEntry
from redactor.model import HiddenKind, Progress, Report

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TABLE, _ROW, _COLUMN = (TABLE + one for one in ("table", "table-row", "table-column"))
_AUTOMATIC = OFFICE + "automatic-styles"
_STEP = 5_000
#: Elements of a table that hold its rows and columns, or were read with it.
_READ = frozenset(
    {"table-row", "table-column", "table-columns", "table-header-columns", "table-rows",
     "table-header-rows", "table-row-group", "table-column-group"}
)  # fmt: skip


@dataclass(slots=True)
class _Walk:
    """The walk over one file."""

    package: OpenPackage
    gathered: Gathered
    report: Report
    styles: dict[str, OpenStyle]
    values: CellValues = field(default_factory=CellValues)
    count: int = 0
    rows: int = 0


def walk_open_book(
    untrusted: bytes, gathered: Gathered, take: Callable[[SheetContent], None], report: Report
) -> None:
    """Read every sheet, one after another, and gather the rest. See ``grid.Walk``.

    Raises:
        UnreadableDocument: damaged, encrypted, too large or a bomb.
    """
    report(Progress(0, 0, "opening"))
    package = OpenPackage(untrusted)
    walk = _Walk(package, gathered, report, _named_styles(package))
    for content in _sheets(walk):
        take(content)
    if not walk.count:
        raise damaged("it holds no sheet")
    _gather_styles(package, gathered)
    _gather_properties(package, gathered)
    gather_parts(package, frozenset({CONTENT, STYLES, META}), gathered)


def _named_styles(package: OpenPackage) -> dict[str, OpenStyle]:
    if not package.has(STYLES):
        return {}
    groups = [one for one in package.tree(STYLES) if is_element(one)]
    return read_styles([one for one in groups if local_name(one).endswith("styles")])


def _sheets(walk: _Walk) -> Iterator[SheetContent]:
    """Give every table that is a sheet, as the content streams by."""
    names: set[str] = set()
    reader: TableReader | None = None
    depth = 0
    root: etree._Element | None = None
    source = start_stream(
        walk.package.xml(CONTENT), (_TABLE, _ROW, _COLUMN, _AUTOMATIC), ("start", "end")
    )
    try:
        for event, element in source:
            if element.tag == _TABLE:
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    reader = _begin(walk, element, names)
                elif event == "end" and depth == 0 and reader is not None:
                    _gather_table(element, walk)
                    yield reader.finish()
                    reader = None
                    element.clear()
            elif event == "end" and element.tag == _AUTOMATIC:
                parent = element.getparent()
                styled = [element] if parent is None else [one for one in parent if one is element]
                walk.styles.update(read_styles(styled) if styled else {})
            elif event == "end" and depth == 1 and reader is not None:
                _read(reader, element, walk)
        root = source.root
    except etree.XMLSyntaxError:
        raise damaged(f"part {CONTENT} is not well-formed XML") from None
    if root is None or local_name(root) != "document-content":
        raise damaged(f"part {CONTENT} is not the content of a document")
    _gather_around(root, walk)


def _begin(walk: _Walk, element: etree._Element, names: set[str]) -> TableReader:
    name = named(element, "name") or f"Sheet {walk.count + 1}"
    if name.lower() in names:
        raise damaged("two of its sheets have the same name")
    names.add(name.lower())
    style = walk.styles.get(named(element, "style-name"))
    state = "hidden" if style is not None and style.hidden else ""
    if named(element, "display") == "false":
        state = "hidden"
    entry = SheetEntry(walk.count, name, state, f"{CONTENT}/table:{walk.count + 1}", "worksheet")
    walk.count += 1
    return TableReader(entry, walk.styles, walk.values, walk.gathered)


def _read(reader: TableReader, element: etree._Element, walk: _Walk) -> None:
    if element.tag == _COLUMN:
        reader.read_column(element)
        return
    if element.tag != _ROW:
        return
    if walk.rows % _STEP == 0:
        walk.report(Progress(walk.rows, 0, f"reading sheet {walk.count}"))
    walk.rows += 1
    reader.read_row(element)
    element.clear()
    parent, before = element.getparent(), element.getprevious()
    while parent is not None and before is not None and before.tag == _ROW:
        parent.remove(before)
        before = element.getprevious()


def _gather_table(table: etree._Element, walk: _Walk) -> None:
    """Gather what stands in a table beside its rows."""
    name = named(table, "name")
    place = f"{CONTENT}/table:{walk.count}"
    for element in table:
        if not is_element(element):
            walk.gathered.add(HiddenKind.OTHER, place, element.text or "", name)
        elif local_name(element) not in _READ:
            gather_beside(element, place, name, walk.gathered)
    words = [named(table, key) for key in ("protection-key", "print-ranges")]
    if named(table, "protected") == "true":
        words.append("protected")
    walk.gathered.add_all(HiddenKind.SETTINGS, f"{place}/settings", words, name)


def _gather_around(root: etree._Element, walk: _Walk) -> None:
    """Gather what stands beside the tables, and the names that people gave styles."""
    for part in root:
        if not is_element(part):
            walk.gathered.add(HiddenKind.OTHER, CONTENT, part.text or "")
        elif local_name(part) == "body":
            for book in part:
                for element in book if is_element(book) else ():
                    if is_element(element) and local_name(element) != "table":
                        gather_beside(element, CONTENT, CONTENT, walk.gathered)
        elif local_name(part) == "automatic-styles":
            kind = HiddenKind.SETTINGS
            walk.gathered.add_all(kind, f"{CONTENT}/formats", texts_of(part), CONTENT)
        elif local_name(part) != "font-face-decls":
            gather_beside(part, CONTENT, CONTENT, walk.gathered)


def _gather_styles(package: OpenPackage, gathered: Gathered) -> None:
    """Gather headers and footers, and the names and words of styles."""
    if not package.has(STYLES):
        return
    for group in package.tree(STYLES):
        if not is_element(group):
            continue
        if local_name(group) != "master-styles":
            named_by_people = (
                named(one, "display-name") for one in group.iter() if is_element(one)
            )
            words = [*texts_of(group), *named_by_people]
            gathered.add_all(HiddenKind.SETTINGS, f"{STYLES}/styles", words, STYLES)
            continue
        for part in group.iter():
            if is_element(part) and local_name(part).startswith(("header", "footer")):
                kind = HiddenKind.HEADER_FOOTER
                gathered.add_all(kind, f"{STYLES}/{kind.value}", texts_of(part), STYLES)


def _gather_properties(package: OpenPackage, gathered: Gathered) -> None:
    if not package.has(META):
        return
    root = package.tree(META)
    lines: list[str] = []
    for one in root.iter():
        if not is_element(one):
            continue
        name = named(one, "name") or local_name(one)
        text = (one.text or "").strip()
        if text:
            lines.append(f"{name}: {text}")
        lines += [
            str(value)
            for key, value in one.items()
            if str(key).endswith(("}title", "}href")) and value
        ]
    gathered.add_all(HiddenKind.METADATA, META, lines)
    gathered.count(HiddenKind.METADATA, META, len(lines), "properties")
    if not lines:
        gather_element(root, HiddenKind.METADATA, META, gathered)

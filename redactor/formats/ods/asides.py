"""What stands in and beside the cells of an OpenDocument spreadsheet, and its other parts.

Source of the markup: OpenDocument 1.3, part 2 (packages) and part 3 (schema).
"""

from __future__ import annotations

from lxml import etree

from redactor.errors import UnreadableDocument
from redactor.formats.binary_text import readable_strings
from redactor.formats.embedded import gather_embedded
from redactor.formats.hidden import Gathered, gather_around_parts, gather_element, whole_text
from redactor.formats.macros import gather_macros
from redactor.formats.ods.package import CONTENT, DULL, OpenPackage, named
from redactor.formats.package import is_element, local_name
from redactor.formats.pictures import gather_picture, is_picture, read_beside
from redactor.formats.signatures import is_compound_file
from redactor.model import HiddenKind

#: What an element beside the rows of a table, or beside the tables, is about.
_KINDS = {
    "tracked-changes": HiddenKind.TRACKED_DELETION,
    "content-validations": HiddenKind.DATA_VALIDATION,
    "conditional-formats": HiddenKind.CONDITIONAL_FORMAT,
    "named-expressions": HiddenKind.DEFINED_NAME,
    "label-ranges": HiddenKind.DEFINED_NAME,
    "database-ranges": HiddenKind.FILTER,
    "data-pilot-tables": HiddenKind.PIVOT_CACHE,
    "consolidation": HiddenKind.CONNECTION,
    "dde-links": HiddenKind.EXTERNAL_LINK,
    "dde-source": HiddenKind.EXTERNAL_LINK,
    "table-source": HiddenKind.EXTERNAL_LINK,
    "scenario": HiddenKind.SCENARIO,
    "forms": HiddenKind.FORM_FIELD,
    "shapes": HiddenKind.TEXT_BOX,
    "scripts": HiddenKind.MACRO,
    "event-listeners": HiddenKind.MACRO,
    "title": HiddenKind.ALT_TEXT,
    "desc": HiddenKind.ALT_TEXT,
    "sparkline-groups": HiddenKind.CHART,
    "font-face-decls": HiddenKind.SETTINGS,
    "calculation-settings": HiddenKind.SETTINGS,
    "protection": HiddenKind.SETTINGS,
    "table-protection": HiddenKind.SETTINGS,
}
_SHAPES = frozenset(
    {"frame", "custom-shape", "shape", "rect", "ellipse", "line", "polyline", "polygon", "path",
     "g", "control", "caption", "measure", "connector", "circle",
     "regular-polygon", "page-thumbnail"}
)  # fmt: skip
#: Pictures of the objects in a file, for programs that cannot show those.
_REPLACEMENTS = "ObjectReplacements/"
#: Parts by the beginning of their names.
_PARTS = (
    ("Thumbnails/", HiddenKind.THUMBNAIL),
    ("Configurations", HiddenKind.SETTINGS),
    ("Basic/", HiddenKind.MACRO),
    ("Scripts/", HiddenKind.MACRO),
    ("Dialogs/", HiddenKind.MACRO),
    ("Versions/", HiddenKind.OLD_REVISION),
    ("VersionList.xml", HiddenKind.OLD_REVISION),
    ("META-INF/", HiddenKind.SIGNATURE),
    ("manifest.rdf", HiddenKind.METADATA),
    ("layout-cache", HiddenKind.SETTINGS),
    ("settings.xml", HiddenKind.SETTINGS),
    ("meta.xml", HiddenKind.METADATA),
    ("styles.xml", HiddenKind.SETTINGS),
)


def gather_inside(cell: etree._Element, sheet: str, address: str, gathered: Gathered) -> None:
    """Gather what lies in a cell and is not its text: notes, links, shapes."""
    for one in cell.iter():
        if one is cell or not is_element(one):
            continue
        name = local_name(one)
        place = f"sheet:{sheet}!{address}"
        if name == "annotation":
            gathered.add(HiddenKind.COMMENT, f"{place}/comment", _note(one), sheet)
            gathered.count(HiddenKind.COMMENT, sheet, 1, "comments")
        elif name == "a":
            words = [named(one, "href"), named(one, "title"), named(one, "name")]
            gathered.add_all(HiddenKind.LINK, f"{place}/link", words, sheet)
        elif name in _SHAPES and not _is_inside_shape(one, cell):
            gather_shape(one, place, sheet, gathered)
        elif name in {"detective", "table"}:
            gather_element(one, HiddenKind.OTHER, f"{place}/other", gathered, sheet)


def _is_inside_shape(element: etree._Element, cell: etree._Element) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not cell:
        if local_name(parent) in _SHAPES or local_name(parent) == "annotation":
            return True
        parent = parent.getparent()
    return False


def _note(annotation: etree._Element) -> str:
    about = [
        whole_text(one)
        for one in annotation
        if is_element(one) and local_name(one) in {"creator", "date", "creator-initials"}
    ]
    lines = [
        whole_text(one)
        for one in annotation
        if is_element(one) and local_name(one) in {"p", "list", "h"}
    ]
    return "\n".join([" ".join(about), *lines]).strip()


def gather_shape(shape: etree._Element, place: str, sheet: str, gathered: Gathered) -> None:
    """Gather the words of a shape; a picture or a chart in it is a part of its own."""
    gather_element(shape, HiddenKind.TEXT_BOX, f"{place}/shape", gathered, sheet)
    gathered.count(HiddenKind.TEXT_BOX, sheet, 1, "text boxes or drawn shapes")
    for one in shape.iter():
        if not is_element(one) or local_name(one) not in {"image", "object", "object-ole"}:
            continue
        address = named(one, "href")
        if address and "://" in address:
            gathered.block(f"{place}/linked", "A picture or object that is kept outside the file.")


def gather_beside(element: etree._Element, place: str, container: str, gathered: Gathered) -> None:
    """Gather an element beside the rows of a table, or beside the tables."""
    name = local_name(element)
    kind = _KINDS.get(name, HiddenKind.OTHER)
    if name == "shapes":
        for shape in element:
            if is_element(shape):
                gather_shape(shape, place, container, gathered)
        return
    if name == "named-expressions":
        for one in element:
            if is_element(one):
                words = [named(one, key) for key in ("name", "expression", "cell-range-address")]
                gathered.add(kind, f"{place}/defined-name", " = ".join(w for w in words if w))
        gathered.count(kind, place, sum(is_element(one) for one in element), "defined names")
        return
    if name == "data-pilot-tables":
        gathered.count(kind, place, sum(is_element(one) for one in element), "pivot tables")
    gather_element(element, kind, f"{place}/{kind.value}", gathered, container)
    if kind is HiddenKind.OTHER and whole_text(element).strip():
        gathered.block(f"{place}/{name}", "Text in an element that is not known.")


def gather_parts(package: OpenPackage, known: frozenset[str], gathered: Gathered) -> None:
    """Gather every part that has not been read.

    Raises:
        UnreadableDocument: a part is a bomb.
    """
    gather_around_parts(package, gathered)
    for name in package.names:
        if name not in known and name not in DULL:
            _gather_part(package, name, gathered)


def _gather_part(package: OpenPackage, name: str, gathered: Gathered) -> None:
    kind = next((kind for start, kind in _PARTS if name.startswith(start)), None)
    try:
        data = package.read(name)
    except UnreadableDocument as problem:
        gathered.add(kind or HiddenKind.OTHER, name, "", even_empty=True)
        gathered.block(name, f"A part that could not be read. {problem.why}")
        return
    if kind is HiddenKind.THUMBNAIL:
        gathered.add(kind, name, "", even_empty=True)
        gathered.add_all(kind, name, read_beside(data).words)
    elif name.endswith((".xml", ".rdf", ".xlb", ".xlc", ".xba", ".xdl")):
        _gather_xml(package, name, kind, gathered)
    elif kind is HiddenKind.MACRO and is_compound_file(data):
        gather_macros(data, name, gathered)
    elif name.startswith(_REPLACEMENTS) and _object_of(name, package):
        gathered.add(HiddenKind.CHART, name, "", even_empty=True)
        gathered.add_all(HiddenKind.CHART, name, readable_strings(data))
    elif is_picture(data):
        gather_picture(data, name, gathered)
    elif kind in {HiddenKind.SETTINGS, HiddenKind.MACRO, HiddenKind.METADATA}:
        gathered.add(kind or HiddenKind.OTHER, name, "", even_empty=True)
        gathered.add_all(kind or HiddenKind.OTHER, name, readable_strings(data))
    elif data and kind is HiddenKind.OLD_REVISION:
        gathered.add(kind, name, "", even_empty=True)
        gather_embedded(data, name, name, gathered)
    elif data:
        gather_embedded(data, name, name, gathered)


def _object_of(name: str, package: OpenPackage) -> bool:
    """Say whether a picture stands for an object whose own parts are read."""
    folder = name.removeprefix(_REPLACEMENTS)
    return package.has(f"{folder}/{CONTENT}")


def _gather_xml(
    package: OpenPackage, name: str, kind: HiddenKind | None, gathered: Gathered
) -> None:
    try:
        root = package.tree(name)
    except UnreadableDocument as problem:
        if problem.reason == "bomb" and b"<!DOCTYPE" not in package.read(name)[:65_536]:
            raise
        # Macro libraries begin with a document type; it is not followed, and the text is kept.
        gathered.add_all(kind or HiddenKind.OTHER, name, readable_strings(package.read(name)))
        if kind is not HiddenKind.MACRO:
            gathered.block(name, "A part that is damaged and could not be read.")
        return
    if kind is None:
        kind = _kind_of_object(root)
        gathered.count(kind, name.partition("/")[0], 1, "charts")
    gather_element(root, kind, name, gathered)


def _kind_of_object(root: etree._Element) -> HiddenKind:
    """Say what an object within the file is: its parts lie in a folder of their own."""
    names = {local_name(one) for one in root.iter() if is_element(one)}
    if "chart" in names or "plot-area" in names:
        return HiddenKind.CHART_CACHE
    return HiddenKind.EMBEDDED_FILE

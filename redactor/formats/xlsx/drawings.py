"""Read what lies over the cells of a workbook: shapes, text boxes, diagrams, charts, controls.

A release of a workbook carries none of it, so all its words are hidden content: searched, shown in
review, and left out. Source of the markup: ECMA-376 part 1, 20.5 (drawings), 21.2 (charts), 21.4
(diagrams); part 4, 19 (VML).
"""

from __future__ import annotations

import re

from lxml import etree

from redactor.errors import UnreadableDocument
from redactor.formats.hidden import Gathered, attributes_of, gather_element, texts_of
from redactor.formats.package import REL, Package, is_element, local_name, parse_xml
from redactor.model import HiddenKind

_SHAPES = frozenset({"sp", "cxnSp", "contentPart"})
_NAMED = frozenset({"cNvPr", "docPr"})
_CACHES = frozenset({"strCache", "numCache", "multiLvlStrCache", "strLit", "numLit", "strDim",
                     "numDim"})  # fmt: skip
_VALUES = frozenset({"v", "pt"})
_FORMULAS = frozenset({"f"})
_ALT_ATTRIBUTES = ("alt", "title", "{urn:schemas-microsoft-com:office:office}title")


def gather_drawing(package: Package, part: str, sheet: str, gathered: Gathered) -> None:
    """Gather the shapes, text boxes and names of a drawing."""
    root = package.tree(part)
    words = {
        str(element.get(key))
        for element in root.iter()
        if is_element(element) and local_name(element) in _NAMED
        for key in ("name", "descr", "title")
        if element.get(key)
    }
    gathered.add_all(HiddenKind.ALT_TEXT, f"{part}/names", sorted(words), sheet)
    for text in texts_of(root):
        gathered.add(HiddenKind.TEXT_BOX, part, text, sheet)
    others = [one for one in attributes_of(root) if one not in words]
    gathered.add_all(HiddenKind.TEXT_BOX, part, others, sheet)
    shapes = sum(is_element(one) and local_name(one) in _SHAPES for one in root.iter())
    gathered.count(HiddenKind.TEXT_BOX, sheet, shapes, "shapes")


def cropped_pictures(package: Package, part: str) -> set[str]:
    """Give the parts of the pictures that a drawing shows cropped (20.1.8.55)."""
    targets = {one.id: package.resolve(one.target) for one in package.relationships(part)}
    cropped: set[str] = set()
    for fill in package.tree(part).iter("{*}blipFill"):
        cut = [one for one in fill if is_element(one) and local_name(one) == "srcRect"]
        if not any(value not in {"0", "0%"} for one in cut for value in one.attrib.values()):
            continue
        for blip in fill.iter("{*}blip", "{*}svgBlip"):
            cropped.add(targets.get(str(blip.get(f"{{{REL}}}embed")), ""))
    return cropped


def gather_vml(package: Package, part: str, sheet: str, gathered: Gathered) -> None:
    """Gather the boxes of comments, form controls and pictures of headers.

    Raises:
        UnreadableDocument: it is damaged beyond the loose line breaks that Excel writes.
    """
    try:
        root = package.tree(part)
    except UnreadableDocument as problem:
        if problem.reason == "bomb":
            raise
        root = parse_xml(re.sub(rb"<br\s*>", b"<br/>", package.xml(part)), part)
    for shape in root:
        if is_element(shape):
            _gather_vml_shape(shape, part, sheet, gathered)


def _gather_vml_shape(shape: etree._Element, part: str, sheet: str, gathered: Gathered) -> None:
    client = next((one for one in shape.iter("{*}ClientData")), None)
    of = str(client.get("ObjectType")) if client is not None else ""
    kind = {"Note": HiddenKind.COMMENT, "": HiddenKind.TEXT_BOX}.get(of, HiddenKind.FORM_FIELD)
    alternative = [str(one.get(key)) for one in shape.iter() for key in _ALT_ATTRIBUTES
                   if is_element(one) and one.get(key)]  # fmt: skip
    gathered.add_all(HiddenKind.ALT_TEXT, f"{part}/names", alternative, sheet)
    texts = [one for one in texts_of(shape) if not re.fullmatch(r"[\d\s,.\-]*|True|False", one)]
    if of != "Note":
        texts += attributes_of(shape)
        gathered.count(kind, sheet, 1, "fields" if of else "shapes")
    words = [one for one in texts if one not in alternative and one not in _VML_WORDS]
    gathered.add_all(kind, part, words, sheet)


_VML_WORDS = frozenset({"Pict", "t", "f", "Note", "none", "User", "Visible", "MoveWithCells"})


def gather_diagram(package: Package, part: str, sheet: str, gathered: Gathered) -> None:
    """Gather the words of a diagram (SmartArt), or of the picture of it that is kept beside."""
    root = package.tree(part)
    for text in texts_of(root):
        gathered.add(HiddenKind.TEXT_BOX, part, text, sheet)
    gathered.add_all(HiddenKind.TEXT_BOX, part, attributes_of(root), sheet)


def gather_chart(package: Package, part: str, gathered: Gathered) -> None:
    """Gather the words of a chart, and apart from them the copies of cells that it keeps."""
    root = package.tree(part)
    values = 0
    for cache in [one for one in root.iter() if is_element(one) and local_name(one) in _CACHES]:
        values += sum(is_element(one) and local_name(one) in _VALUES for one in cache.iter())
        texts = list(texts_of(cache))
        gathered.add_all(HiddenKind.CHART_CACHE, f"{part}/cache", texts, part)
        parent = cache.getparent()
        if parent is not None:
            parent.remove(cache)
    gathered.count(HiddenKind.CHART, part, 1, "charts")
    gathered.count(HiddenKind.CHART_CACHE, part, values, "values")
    gathered.add(HiddenKind.CHART, part, "", even_empty=True)
    gather_element(root, HiddenKind.CHART, part, gathered, part)

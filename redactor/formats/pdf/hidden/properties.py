"""Properties of the document and its parts, layers, and what stands under keys of known meaning."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from redactor.errors import UnreadableDocument
from redactor.formats.package import is_element, local_name, parse_xml
from redactor.formats.pdf.hidden.model import Hidden
from redactor.formats.pdf.hidden.shape import Entry, Listing, Shape
from redactor.formats.pdf.hidden.syntax import stream_text, without_markup
from redactor.formats.words import is_wordy
from redactor.model import HiddenKind

PROPERTIES = Listing(HiddenKind.METADATA, "properties")
XMP = Listing(HiddenKind.METADATA, "properties (XMP)")
PRIVATE = Listing(HiddenKind.METADATA, "private data of programs")
LAYERS = Listing(HiddenKind.HIDDEN_LAYER, "layers")
#: What everything under a key is listed as, in whichever dictionary it stands.
BY_KEY: dict[str, Listing] = {
    "Info": PROPERTIES,
    "PieceInfo": PRIVATE,
    "SpiderInfo": Listing(HiddenKind.METADATA, "web capture"),
    "IDS": Listing(HiddenKind.METADATA, "web capture"),
    "URLS": Listing(HiddenKind.METADATA, "web capture"),
    "DPartRoot": Listing(HiddenKind.METADATA, "document parts"),
    "OutputIntents": Listing(HiddenKind.METADATA, "output intents"),
    "Threads": Listing(HiddenKind.METADATA, "article threads"),
    "VP": Listing(HiddenKind.METADATA, "viewports"),
    "Legal": Listing(HiddenKind.METADATA, "legal attestation"),
    "Requirements": Listing(HiddenKind.OTHER, "requirements"),
    "Extensions": Listing(HiddenKind.OTHER, "extensions"),
    "OPI": Listing(HiddenKind.METADATA, "pictures kept elsewhere (OPI)"),
    "PageLabels": Listing(HiddenKind.STRUCTURE, "page labels"),
    "OCProperties": LAYERS,
    "Collection": Listing(HiddenKind.EMBEDDED_FILE, "portfolio"),
    "DSS": Listing(HiddenKind.SIGNATURE, "signatures"),
    "Measure": Listing(HiddenKind.METADATA, "viewports"),
    "Trans": Listing(HiddenKind.OTHER, "transitions"),
}
#: Names trees by the key they stand under (ISO 32000-1, table 31).
NAME_TREES: dict[str, Listing] = {
    "Dests": Listing(HiddenKind.BOOKMARK, "named destinations"),
    "JavaScript": Listing(HiddenKind.JAVASCRIPT, "scripts"),
    "EmbeddedFiles": Listing(HiddenKind.EMBEDDED_FILE, "attachments"),
    "IDS": BY_KEY["IDS"],
    "URLS": BY_KEY["URLS"],
    "AP": Listing(HiddenKind.ANNOTATION, "named appearances"),
    "Pages": Listing(HiddenKind.OTHER, "named pages"),
    "Templates": Listing(HiddenKind.OTHER, "named pages"),
    "Renditions": Listing(HiddenKind.OTHER, "renditions"),
    "AlternatePresentations": Listing(HiddenKind.OTHER, "alternate presentations"),
}
_LAYER_TYPES = frozenset({"OCG", "OCMD"})


def layer(entry: Entry) -> Shape | None:
    """Recognise a layer with its name and what it is for."""
    if entry.type not in _LAYER_TYPES:
        return None
    name = entry.text("Name")
    unit = "layers" if entry.type == "OCG" else ""
    said = Hidden(LAYERS.kind, LAYERS.part, f"Layer: {name}" if name else "", unit)
    return Shape(LAYERS, (said,), frozenset({"Name"}))


def thread_information(entry: Entry) -> Shape | None:
    """Recognise an article thread, whose properties stand beside it."""
    if entry.type in {"Thread", "Bead"}:
        return Shape(BY_KEY["Threads"])
    return None


def page_label(entry: Entry) -> Shape | None:
    """Recognise how a range of pages is labelled."""
    if entry.type == "PageLabel" or entry.key == "Nums":
        prefix = entry.text("P")
        part = BY_KEY["PageLabels"]
        said = (Hidden(part.kind, part.part, f"Page label: {prefix}"),) if prefix else ()
        return Shape(part, said, frozenset({"P"}))
    return None


def xmp_texts(data: bytes) -> list[str]:
    """Give the properties of an XMP packet as ``name: value``; all its text where it is damaged."""
    try:
        root = parse_xml(data.strip(b"\x00 \r\n\t"), "XMP")
    except UnreadableDocument:
        return [without_markup(stream_text(data))]
    return list(dict.fromkeys(_properties(root)))


def _properties(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if not is_element(element):
            remark = str(element.text or "").strip()
            if remark:
                yield f"remark: {remark}"
            continue
        for name, value in element.items():
            bare = str(name).rpartition("}")[2]
            if is_wordy(str(value)) and bare not in {"parseType", "xmptk", "lang"}:
                yield f"{bare}: {value!s}"
        text = (element.text or "").strip()
        if text:
            yield f"{_own_name(element)}: {text}"
        tail = (element.tail or "").strip()
        if tail:
            yield tail


def _own_name(element: etree._Element) -> str:
    """Give the name of a property; an item of a list has that of the list's owner."""
    while local_name(element) in {"li", "Alt", "Seq", "Bag", "value"}:
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return local_name(element)

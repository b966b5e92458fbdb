"""Properties of the document and its parts, layers, and what stands under keys of known meaning."""

from __future__ import annotations

from redactor.formats.pdf.hidden.model import Hidden
from redactor.formats.pdf.hidden.shape import Entry, Listing, Shape
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

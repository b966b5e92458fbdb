"""What the structure of a released PDF of ours may hold: one revision, nothing active or hidden."""

from __future__ import annotations

import re
from collections import Counter

import pikepdf

from redactor.release.verify.ledger import Ledger
from redactor.release.verify.pdf_keys import strange_keys
from redactor.release.verify.pdf_links import LinksSeen
from redactor.release.verify.pdf_syntax import parse

_REFERENCE = re.compile(rb"(?<![\d.])(\d{1,10}) (\d{1,5}) R(?![A-Za-z])")
_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)
_KEY = re.compile(rb"/([A-Za-z0-9]+)")

#: Check names, and the keys or names that break them (ISO 32000-2:2020, 12.3 to 12.8, 14.3).
_RULES: tuple[tuple[str, frozenset[bytes]], ...] = (
    ("no active content", frozenset({
        b"JavaScript", b"JS", b"OpenAction", b"AA", b"Launch", b"SubmitForm", b"ImportData",
        b"RichMedia", b"Rendition", b"GoToR", b"GoToE",
    })),
    ("no attachments", frozenset({b"EmbeddedFiles", b"EmbeddedFile", b"Filespec", b"Collection"})),
    ("no form", frozenset({b"AcroForm", b"XFA", b"Sig", b"ByteRange", b"Perms"})),
    ("no metadata", frozenset({b"Metadata", b"PieceInfo", b"Thumb", b"LastModified"})),
)  # fmt: skip
_MOST_NAMED = 8
_ANNOTATION = frozenset({b"Widget", b"Popup", b"QuadPoints"})


class ObjectFacts:
    """Gathers, object by object, what the rules of structure ask about.

    Attributes:
        faults: how many faults of structure were met on opening.
        keys: how often each name stands in the objects.
        points_to: the objects that each object points to.
    """

    def __init__(self, faults: int) -> None:
        self.faults = faults
        self.keys: Counter[bytes] = Counter()
        self.points_to: dict[tuple[int, int], set[tuple[int, int]]] = {}

    def look(self, one: pikepdf.Object, source: bytes) -> None:
        """Note the keys of an object and the objects it points to."""
        bare = _STRING.sub(b"()", source)
        self.keys.update(_KEY.findall(bare))
        self.points_to[one.objgen] = references(bare)

    def orphans(self, trailer: bytes) -> int:
        """Count objects that nothing points to."""
        waiting = list(references(_STRING.sub(b"()", trailer)))
        reached: set[tuple[int, int]] = set()
        while waiting:
            key = waiting.pop()
            if key not in reached:
                reached.add(key)
                waiting.extend(self.points_to.get(key, ()))
        return len(self.points_to.keys() - reached)


def references(source: bytes) -> set[tuple[int, int]]:
    """Give the objects that a piece of PDF without strings points to."""
    return {(int(number), int(one)) for number, one in _REFERENCE.findall(source)}


def check_objects(
    ledger: Ledger, pdf: pikepdf.Pdf, facts: ObjectFacts, links: LinksSeen, engine: str
) -> None:
    """Write down every rule that objects must keep."""
    ledger.rule(
        "not encrypted", engine, int(pdf.is_encrypted), "It is not encrypted.", "It is encrypted."
    )
    ledger.rule(
        "opens without repair",
        engine,
        facts.faults,
        "It opened without a remark.",
        "Faults that had to be repaired on opening: {}.",
    )
    for name, keys in _RULES:
        found = sum(facts.keys[key] for key in keys)
        ledger.rule(name, engine, found, "There is none.", "Traces of it: {}.")
    _check_annotations(ledger, facts, links, engine)
    strange = strange_keys(pdf)
    ledger.rule(
        "known keys only",
        engine,
        len(strange),
        "Every object holds what painting a page needs, and no other key.",
        f"Keys that no release holds: {{}} ({', '.join(dict.fromkeys(strange[:_MOST_NAMED]))}).",
    )
    hidden = _hidden_layers(pdf)
    ledger.rule("no hidden layers", engine, hidden, "There are none.", "Layers not shown: {}.")
    orphans = facts.orphans(pdf.trailer.unparse(resolved=True))
    ledger.rule(
        "no orphaned objects",
        engine,
        orphans,
        f"All {len(facts.points_to)} objects are in use.",
        "Objects that nothing uses: {}.",
    )
    info = pdf.trailer.get("/Info")
    told = parse(info.unparse(resolved=True)).strings if info is not None else []
    ledger.rule(
        "no document information",
        engine,
        sum(bool(one.strip()) for one in told),
        "There is none.",
        "Entries: {}.",
    )


def _check_annotations(ledger: Ledger, facts: ObjectFacts, links: LinksSeen, engine: str) -> None:
    """Write down whether there is any annotation or address but those of plain links."""
    keys = facts.keys
    others = links.others + abs(keys[b"Annot"] - links.count)
    others += sum(keys[key] for key in _ANNOTATION)
    others += max(keys[b"URI"] - 2 * len(links.addresses), 0)  # the kind of the action, and its key
    ledger.rule(
        "no annotations",
        engine,
        others,
        f"Plain links: {links.count}, and no other." if links.count else "There are none.",
        "Traces of some that are no plain links: {}.",
    )


def _length(array: pikepdf.Object | None) -> int:
    return len(array) if isinstance(array, pikepdf.Array) else 0


def _hidden_layers(pdf: pikepdf.Pdf) -> int:
    layers = pdf.Root.get("/OCProperties")
    if not isinstance(layers, pikepdf.Dictionary):
        return 0
    default = layers.get("/D")
    if not isinstance(default, pikepdf.Dictionary):
        return _length(layers.get("/OCGs"))
    if default.get("/BaseState") == "/OFF":
        return _length(layers.get("/OCGs"))
    return _length(default.get("/OFF")) + _length(layers.get("/Configs"))

"""Form fields with all they say, and XFA forms (ISO 32000-1, 12.7)."""

from __future__ import annotations

from collections.abc import Iterator

from redactor.formats.pdf.hidden.annotations import appearances
from redactor.formats.pdf.hidden.file import PdfFile, page_words
from redactor.formats.pdf.hidden.model import Hidden
from redactor.formats.pdf.hidden.shape import Entry, Listing, Shape, headed, lines
from redactor.formats.pdf.hidden.syntax import Dict, Ref, Value, without_markup
from redactor.model import HiddenKind

_KIND = HiddenKind.FORM_FIELD
_KEYS = frozenset({"T", "TU", "TM", "V", "DV", "RV", "Opt"})
_CAPTIONS = frozenset({"CA", "RC", "AC"})
_SHOWN_STATES = frozenset({"Off", "Yes", "On"})


def form_field(entry: Entry) -> Shape | None:
    """Recognise a form field, or one of the boxes that show it."""
    is_field = (
        entry.subtype == "Widget"
        or entry.has("FT", "TU", "TM", "DV", "RV", "Opt")
        or (entry.has("T") and entry.has("Kids", "Parent") and not entry.has("S", "Dest", "A"))
    )
    if not is_field or (entry.key and entry.key not in {"Annots", "Fields", "Kids"}):
        return None
    listing = Listing(_KIND, f"form fields{page_words(entry.page)}")
    text = _sentence(entry)
    is_named = entry.has("T", "FT")
    said = Hidden(_KIND, listing.part, text, "form fields" if is_named else "")
    return Shape(listing, (said,), _KEYS)


def _sentence(entry: Entry) -> str:
    file, owner = entry.file, entry.owner
    heading = f"Form field {_full_name(entry)}".strip()
    value = owner.get("V")
    text = lines(
        headed(heading, file.said(value) if not file.dictionary(value) else ""),
        [
            ("Default", file.said(owner.get("DV"))),
            ("Formatted text", without_markup(entry.text("RV"))),
            ("Choices", "; ".join(_choices(file, owner.get("Opt")))),
            ("Shown as", entry.text("TU")),
            ("Exported as", entry.text("TM")),
            ("Caption", "; ".join(_captions(file, owner))),
            ("State", "; ".join(dict.fromkeys(_states(file, owner)))),
            *(("Shown", entry.draws(number)) for number in appearances(owner, entry)),
        ],
    )
    return "" if text == heading and not entry.has("T") else text


def _full_name(entry: Entry) -> str:
    names = [entry.file.text(one.get("T")) for one in entry.file.parents(entry.owner)]
    return ".".join(filter(None, [*reversed(names), entry.text("T")]))


def _choices(file: PdfFile, options: Value) -> Iterator[str]:
    for one in file.items(options):
        text = file.text(one)
        if text:
            yield text


def _captions(file: PdfFile, owner: Dict) -> Iterator[str]:
    looks = file.dictionary(owner.get("MK"))
    for key in sorted(_CAPTIONS):
        text = file.text(looks.get(key))
        if any(one.isalnum() for one in text) and len(text) > 1:
            yield text


def _states(file: PdfFile, owner: Dict) -> Iterator[str]:
    """Give what a box is exported as when it is ticked: the names of its drawings."""
    drawings = file.dictionary(owner.get("AP"))
    for value in drawings.values():
        if not (isinstance(value, Ref) and file.is_stream(value.number)):
            yield from (one for one in file.dictionary(value) if one not in _SHOWN_STATES)


def caption(entry: Entry) -> Shape | None:
    """Recognise the looks of a field, whose captions the field has said."""
    return Shape(entry.under, (), _CAPTIONS) if entry.key == "MK" else None


def xfa(entry: Entry) -> Shape | None:
    """Recognise a form that holds a second form, in XML (XFA)."""
    if "XFA" not in entry.owner:
        return None
    listing = Listing(_KIND, "form in XML (XFA)")
    packets = entry.owner["XFA"]
    inside = entry.file.items(packets) or [packets]
    said = [
        Hidden(_KIND, listing.part, piece)
        for packet in inside
        if isinstance(packet, Ref) and entry.file.is_stream(packet.number)
        for piece in _pieces(without_markup(entry.file.text(packet)))
    ]
    return Shape(Listing(_KIND, "form"), (*said, Hidden(_KIND, listing.part, "", "XFA forms")))


def _pieces(text: str, most: int = 20_000) -> Iterator[str]:
    """Cut a long text between its lines."""
    while len(text) > most:
        end = text.rfind("\n", 1, most)
        end = most if end < 0 else end
        yield text[:end]
        text = text[end:].lstrip("\n")
    yield text

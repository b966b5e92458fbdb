"""Annotations: what each is, who made it and what it says (ISO 32000-1, 12.5).

Names of people stand in the text only. What a thing is listed under is shown in places where no
name may stand, so it says what kind of mark it is and on which page.
"""

from __future__ import annotations

from collections.abc import Iterator

from redactor.formats.pdf.hidden.file import page_words
from redactor.formats.pdf.hidden.model import Hidden
from redactor.formats.pdf.hidden.shape import Entry, Listing, Shape, headed, lines
from redactor.formats.pdf.hidden.syntax import Dict, Ref, without_markup
from redactor.model import HiddenKind

#: What each kind of annotation is called, one and many.
_NOUNS: dict[str, tuple[str, str]] = {
    "Text": ("Comment", "comments"),
    "FreeText": ("Free text", "free texts"),
    "Highlight": ("Highlight", "highlights"),
    "Underline": ("Underline", "underlines"),
    "Squiggly": ("Wavy underline", "wavy underlines"),
    "StrikeOut": ("Strike-out", "strike-outs"),
    "Caret": ("Insertion mark", "insertion marks"),
    "Stamp": ("Stamp", "stamps"),
    "Ink": ("Ink drawing", "ink drawings"),
    "Line": ("Line", "lines"),
    "Square": ("Rectangle", "rectangles"),
    "Circle": ("Oval", "ovals"),
    "Polygon": ("Polygon", "polygons"),
    "PolyLine": ("Connected lines", "connected lines"),
    "FileAttachment": ("File attachment", "file attachments"),
    "Sound": ("Sound", "sounds"),
    "Movie": ("Film", "films"),
    "RichMedia": ("Media", "media"),
    "Screen": ("Screen", "screens"),
    "3D": ("3D view", "3D views"),
    "Watermark": ("Watermark", "watermarks"),
    "PrinterMark": ("Printer's mark", "printer's marks"),
    "TrapNet": ("Trap network", "trap networks"),
    "Projection": ("Projection", "projections"),
    "Redact": ("Redaction mark", "redaction marks"),
    "Popup": ("Pop-up window", "pop-up windows"),
}
_OTHER = ("Annotation", "other annotations")
_REPLY = ("Reply", "replies")
NEVER_APPLIED = "A redaction mark that was never applied: the text under it is still there."
_KEYS = frozenset({"Contents", "T", "RC", "Subj", "State", "StateModel", "OverlayText"})


def annotation(entry: Entry) -> Shape | None:
    """Recognise an annotation that is neither a link nor a form field."""
    is_one = (
        entry.type == "Annot"
        or entry.number in entry.file.annotations
        or entry.key == "Annots"
        or (entry.subtype in _NOUNS and entry.has("Rect"))
    )
    if entry.subtype in {"Link", "Widget"} or not is_one:
        return None
    if entry.key and not (entry.key == "Annots" or entry.has("Rect")):
        return None  # a dictionary within an annotation
    one, many = _nouns(entry)
    listing = Listing(HiddenKind.ANNOTATION, f"{many}{page_words(entry.page)}")
    text = _sentence(entry, one)
    unit = many if entry.subtype != "Popup" else ""
    said = Hidden(HiddenKind.ANNOTATION, listing.part, text, unit)
    return Shape(listing, (said,), _KEYS)


def _nouns(entry: Entry) -> tuple[str, str]:
    answers = entry.has("IRT") and entry.file.name(entry.owner.get("RT")) != "Group"
    return _REPLY if answers else _NOUNS.get(entry.subtype, _OTHER)


def _sentence(entry: Entry, noun: str) -> str:
    author = entry.text("T")
    heading = f"{noun} by {author}" if author else noun
    if entry.subtype == "Redact":
        heading = f"{NEVER_APPLIED}\n{heading}" if author else NEVER_APPLIED
    contents = entry.text("Contents")
    text = lines(
        headed(heading, contents),
        [
            ("Subject", entry.text("Subj")),
            ("Formatted text", without_markup(entry.text("RC"))),
            ("State", entry.text("State")),
            ("Text printed over it", entry.text("OverlayText")),
            *(("Shown", one) for one in _shown(entry)),
        ],
    )
    return "" if text == noun else text


def _shown(entry: Entry) -> Iterator[str]:
    """Give the words that an annotation's own drawings show."""
    for number in appearances(entry.owner, entry):
        yield entry.draws(number)
    overlay = entry.owner.get("RO")
    if isinstance(overlay, Ref):
        yield entry.draws(overlay.number)


def appearances(owner: Dict, entry: Entry) -> Iterator[int]:
    """Give the numbers of all drawings of an annotation, of every state of it."""
    for value in entry.file.dictionary(owner.get("AP")).values():
        if isinstance(value, Ref) and entry.file.is_stream(value.number):
            yield value.number
        else:
            for state in entry.file.dictionary(value).values():
                if isinstance(state, Ref):
                    yield state.number

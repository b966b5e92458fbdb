"""Bookmarks, destinations, links and what else leads from one place to another, and scripts.

ISO 32000-1, 12.3 (navigation) and 12.6 (actions).
"""

from __future__ import annotations

from collections.abc import Iterator

from redactor.formats.pdf.hidden.file import PdfFile
from redactor.formats.pdf.hidden.model import Hidden
from redactor.formats.pdf.hidden.shape import Entry, Listing, Shape, headed, lines
from redactor.formats.pdf.hidden.syntax import Dict, Name, Value
from redactor.model import HiddenKind

SCRIPTS = Listing(HiddenKind.JAVASCRIPT, "scripts")
LINKS = Listing(HiddenKind.LINK, "links")
BOOKMARKS = Listing(HiddenKind.BOOKMARK, "bookmarks")
DESTINATIONS = Listing(HiddenKind.BOOKMARK, "named destinations")
_NEARBY = frozenset({"GoTo", "GoToDp", "Thread", "Named", "Hide", "SetOCGState", "ResetForm"})
_FARAWAY = frozenset(
    {"URI", "Launch", "GoToR", "GoToE", "SubmitForm", "ImportData", "Sound", "Movie", "Rendition"}
    | {"RichMediaExecute", "GoTo3DView", "Trans"}
)
_LAUNCHED = ("F", "D", "O", "P")


def script(entry: Entry) -> Shape | None:
    """Recognise a script of a field, a page, the document or a list of scripts."""
    if "JS" not in entry.owner:
        return None
    text = entry.text("JS")
    return Shape(SCRIPTS, (Hidden(*_of(SCRIPTS), text, "scripts"),), frozenset({"JS"}))


def bookmark(entry: Entry) -> Shape | None:
    """Recognise an entry of the outline."""
    is_one = entry.has("Title") and entry.has("Parent", "Dest", "A", "First", "Next", "Prev")
    if not is_one or entry.type == "StructElem" or entry.under.part == "article threads":
        return None
    where = target(entry.file, entry.owner)
    text = " \u2192 ".join(filter(None, [entry.text("Title"), where]))
    said = Hidden(*_of(BOOKMARKS), text, "bookmarks")
    return Shape(BOOKMARKS, (said,), frozenset({"Title", "Dest"}))


def link(entry: Entry) -> Shape | None:
    """Recognise an area of a page that leads somewhere."""
    if entry.subtype != "Link":
        return None
    page = entry.page
    where = target(entry.file, entry.owner)
    where = "" if where.startswith("page ") else where
    heading = "Link" if page is None else f"Link on page {page + 1}"
    words = [("Text", entry.text("Contents")), ("By", entry.text("T"))]
    text = lines(headed(heading, where), words)
    said = Hidden(*_of(LINKS), "" if text == heading else text, "links")
    return Shape(LINKS, (said,), frozenset({"Contents", "T", "Dest"}))


def action(entry: Entry) -> Shape | None:
    """Recognise an action that leads out of the document or to a place in it."""
    kind = entry.file.name(entry.owner.get("S"))
    is_one = entry.type == "Action" or entry.key in {"A", "OpenAction", "Next", "PA"}
    if kind in _FARAWAY and (is_one or entry.has("URI", "F", "Win", "D")):
        text = headed(kind, "; ".join(_addresses(entry.file, entry.owner)))
        said = () if entry.key == "A" and entry.under in {LINKS, BOOKMARKS} else (text,)
        keys = frozenset({"URI", "F"})
        return Shape(LINKS, tuple(Hidden(*_of(LINKS), one) for one in said), keys)
    if kind in _NEARBY and (is_one or entry.has("D")):
        place = entry.owner.get("D")
        text = entry.file.said(place) if not entry.file.items(place) else ""
        said = (f"{kind}: {text}",) if text and entry.under not in {LINKS, BOOKMARKS} else ()
        return Shape(DESTINATIONS, tuple(Hidden(*_of(DESTINATIONS), one) for one in said))
    return None


def target(file: PdfFile, owner: Dict) -> str:
    """Say where a bookmark or link leads: a page, a named place, an address, a file."""
    jump = file.dictionary(owner.get("A"))
    place = owner.get("Dest", jump.get("D"))
    page = file.target_page(place)
    if page is not None:
        return f"page {page + 1}"
    words = list(_addresses(file, jump))
    if not file.items(place):
        words.insert(0, file.said(place))
    return ", ".join(dict.fromkeys(filter(None, words)))


def _addresses(file: PdfFile, jump: Dict) -> Iterator[str]:
    """Give what an action leads to: addresses, files, and what a program is started with."""
    yield file.text(jump.get("URI"))
    yield from file_names(file, jump.get("F"))
    for system in ("Win", "Mac", "Unix"):
        launched = file.dictionary(jump.get(system))
        for key in _LAUNCHED:
            yield from file_names(file, launched.get(key))


def file_names(file: PdfFile, value: Value) -> list[str]:
    """Give the names of a file: a string, or the several names of a specification."""
    found = file.resolve(value)
    if isinstance(found, bytes):
        text = file.text(found)
        return [text] if text else []
    entry = file.dictionary(found)
    names = [file.text(entry.get(key)) for key in ("UF", "F", "DOS", "Mac", "Unix", "Desc")]
    return list(dict.fromkeys(filter(None, names)))


def named_places(file: PdfFile) -> Iterator[Hidden]:
    """Give the names of places, of the old kind: the keys of one dictionary."""
    for name, value in file.dictionary(file.catalog.get("Dests")).items():
        page = file.target_page(value)
        text = name if page is None else f"{name} \u2192 page {page + 1}"
        yield Hidden(*_of(DESTINATIONS), text, "named destinations")


def jump_to_name(entry: Entry) -> Shape | None:
    """Recognise a destination that is given by a name, where nothing else said it."""
    place = entry.owner.get("Dest")
    if not isinstance(place, Name):
        return None
    return Shape(entry.under, (Hidden(*_of(DESTINATIONS), str(place)),))


def _of(listing: Listing) -> tuple[HiddenKind, str]:
    return listing.kind, listing.part

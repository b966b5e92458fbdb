"""Files in the file: attachments, portfolios, assets of media (ISO 32000-1, 7.11 and 12.3.5).

Each is a document of its own, and is read as one.
"""

from __future__ import annotations

from collections.abc import Iterator

from redactor.formats.pdf.hidden.file import PdfFile
from redactor.formats.pdf.hidden.model import Found, Hidden
from redactor.formats.pdf.hidden.navigation import LINKS, file_names
from redactor.formats.pdf.hidden.shape import Entry, Listing, Shape
from redactor.formats.pdf.hidden.syntax import Dict, Ref
from redactor.model import HiddenKind, Unread

ATTACHMENTS = Listing(HiddenKind.EMBEDDED_FILE, "attachments")
MOST_FILES = 1_000
_NAMES = frozenset({"UF", "F", "DOS", "Mac", "Unix", "Desc"})


def attachment_part(number: int) -> str:
    """Give what an attachment is listed under, by its number from 1."""
    return f"attachment {number}"


def streams_of(file: PdfFile, owner: Dict) -> Iterator[int]:
    """Give the streams that a file specification keeps its file in."""
    for value in file.dictionary(owner.get("EF")).values():
        if isinstance(value, Ref):
            yield value.number
    for related in file.dictionary(owner.get("RF")).values():
        for one in file.items(related):
            if isinstance(one, Ref) and file.is_stream(one.number):
                yield one.number


def file_specification(entry: Entry) -> Shape | None:
    """Recognise what names a file, in this one or elsewhere."""
    is_one = entry.type in {"Filespec", "F", "FileSpec"} or entry.has("EF", "UF")
    if not is_one or entry.key in {"EF", "RF"}:
        return None
    words = ", ".join(file_names(entry.file, entry.owner))
    numbers = [
        entry.files[one] for one in streams_of(entry.file, entry.owner) if one in entry.files
    ]
    if not numbers:
        listing = LINKS if not entry.has("EF") else ATTACHMENTS
        return Shape(listing, (Hidden(listing.kind, listing.part, f"File: {words}"),), _NAMES)
    listing = Listing(HiddenKind.EMBEDDED_FILE, attachment_part(min(numbers)))
    said = Hidden(listing.kind, listing.part, f"Attachment: {words}" if words else "")
    return Shape(listing, (said,), _NAMES)


def portfolio(entry: Entry) -> Shape | None:
    """Recognise the columns of a portfolio and what stands in them."""
    if entry.type in {"Collection", "CollectionSchema", "CollectionField", "CollectionItem"}:
        is_item = entry.type == "CollectionItem"
        return Shape(entry.under if is_item else Listing(HiddenKind.EMBEDDED_FILE, "portfolio"))
    return None


def read_files(file: PdfFile, names: dict[int, str], numbers: dict[int, int]) -> Found:
    """Read every file in the file, as deep as files are read in others.

    Args:
        file: the file around them.
        names: what each is called, by the number of its stream.
        numbers: the number of each attachment, by the number of its stream.
    """
    if not names:
        return Found([])
    from redactor.formats.embedded import gather_embedded  # noqa: PLC0415 - loads lxml
    from redactor.formats.hidden import Gathered  # noqa: PLC0415 - the same

    gathered = Gathered()
    for stream, number in numbers.items():
        place = attachment_part(number)
        data = file.stream(stream)
        if data is None:
            gathered.add(HiddenKind.EMBEDDED_FILE, place, "", even_empty=True)
            gathered.block(place, "An attachment that is damaged and could not be unpacked.")
        else:
            gather_embedded(data, names.get(stream, ""), place, gathered)
    hidden = [
        Hidden(one.hidden, one.container, one.text)
        for one in gathered.segments
        if one.hidden is not None
    ]
    unread = list(gathered.unread)
    if len(names) > MOST_FILES:
        left = len(names) - MOST_FILES
        why = f"{left:,} more attachments than are read of one file. Add them on their own."
        unread.append(Unread("attachments", why))
    places = {attachment_part(number) for number in numbers.values()}
    counted = [one for one in gathered.tallies if one.unit != "files" or one.place not in places]
    return Found(hidden, unread, counted)


def list_files(file: PdfFile, candidates: list[int]) -> dict[int, str]:
    """Give what each file in the file is called, by the number of its stream, in their order.

    Args:
        file: the file around them.
        candidates: the numbers of objects that may name or be one.
    """
    names: dict[int, str] = {}
    for number in candidates:
        for owner in _dictionaries(file, number):
            for stream in streams_of(file, owner):
                if file.is_stream(stream):
                    words = file_names(file, owner)
                    names[stream] = names.get(stream) or (words[0] if words else "")
        if file.name(_entry(file, number).get("Type")) == "EmbeddedFile" and file.is_stream(number):
            names.setdefault(number, "")
    return names


def _entry(file: PdfFile, number: int) -> Dict:
    found = file.value(number)
    return found if isinstance(found, dict) else {}


def _dictionaries(file: PdfFile, number: int) -> Iterator[Dict]:
    """Give every dictionary in an object, without following references."""
    waiting = [file.value(number)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)

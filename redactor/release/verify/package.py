"""Verify zip packages: every member's bytes and tags, whatever the package is for.

The first engine is the standard library's zip reader and regular expressions over the markup; the
second reads cells or paragraphs with python-calamine or python-docx (``office.py``).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress

from redactor.release.verify.allowed import without_printing
from redactor.release.verify.decode import (
    inflate,
    is_file,
    is_textual,
    printable_runs,
    readings,
    search_bytes,
    search_text,
)
from redactor.release.verify.ledger import PYTHON, Ledger, TooMuch, is_small_number
from redactor.release.verify.markup import text_between, text_inside
from redactor.release.verify.office import (
    search_document,
    search_released_workbook,
    search_workbook,
)
from redactor.release.verify.parts import MarkupRules, check_parts
from redactor.release.verify.plain import picture_texts
from redactor.release.verify.search import Tally

ZIP = f"{PYTHON} zipfile"
WORDS = f"{ZIP}, text between tags"

_SAFE_TOKENS = frozenset(
    """
    xl word ppt docProps rels worksheets sheet sharedStrings styles theme workbook app core custom
    comment commentsDrawing comments threadedComments threadedComment persons person drawings
    drawing vmlDrawing media image
    charts chart tables table pivotTables pivotTable pivotCache pivotCacheDefinition
    pivotCacheRecords externalLinks externalLink printerSettings calcChain metadata connections
    customXml item itemProps embeddings oleObject document header footer footnotes endnotes settings
    webSettings fontTable numbering people commentsExtended commentsIds commentsExtensible glossary
    stylesWithEffects thumbnail vbaProject activeX ctrlProps queryTables queryTable model richData
    content meta manifest mimetype Thumbnails META INF Object slides slide notesSlides notesSlide
    presentation Content Types xml bin vml png jpeg jpg gif emf wmf rdf txt docx xlsx pptx
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_TOKEN = re.compile(r"[A-Za-z]+")
_ARCHIVE_PART = re.compile(r"[\w\[\]/.-]+", re.ASCII)
#: Parts whose text people wrote. In others (cells, caches) small numbers are mostly structure.
_PROSE = re.compile(
    r"word/(?:document|header|footer|footnotes|endnotes|comments|glossary)|xl/(?:sharedStrings"
    r"|comments|threadedComments|drawings)|content\.xml"
)
#: The tag of a cell with its reference, style and type, none of which is text.
_CELL_TAG = re.compile(r'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d+")?(?: t="[a-zA-Z]{1,9}")?(?:/>|>)')
#: How an OpenDocument spreadsheet begins (OpenDocument 1.3 part 2, 3.3).
_OPEN_SHEET = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
#: A longer part is looked at in pieces, cut where a row or paragraph ends.
_PIECE_CHARACTERS = 8_000_000
_PIECE_ENDS = ("</row>", "</w:p>", "</si>", "</table:table-row>", "</text:p>", ">")
_LOCAL_HEADER = b"PK\x03\x04"
_APPLICATION = re.compile(
    r"<Application>Microsoft (?:Excel|Office Word|Macintosh \w+)</Application>"
)


def search_package(ledger: Ledger, untrusted: bytes) -> None:
    """Look at a zip file whole: every member, their names, comments and what lies between them."""
    names: list[str] = []
    with ledger.engine(ZIP):
        try:
            archive = zipfile.ZipFile(io.BytesIO(untrusted))
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            _search_broken(ledger, untrusted)
            return
        markup = MarkupRules(strict=ledger.strict)
        with archive:
            members = archive.infolist()
            _search_members(ledger, archive, members, markup)
            _search_around(ledger, untrusted, archive, members)
        names = [member.filename for member in members]
        check_parts(ledger, names)
        markup.check(ledger)
    if "xl/workbook.xml" in names or _OPEN_SHEET in untrusted[:200]:
        cells = search_workbook(ledger, untrusted)
        if ledger.strict:
            search_released_workbook(ledger, untrusted, cells)
    if "word/document.xml" in names:
        search_document(ledger, untrusted)


def _search_broken(ledger: Ledger, untrusted: bytes) -> None:
    ledger.unsearchable("the archive", "it is damaged and its list of members cannot be read", ZIP)
    tally = ledger.raw(ZIP)
    tally.views([printable_runs(untrusted)], ledger.place("the bytes of the archive"))
    _search_lost_members(ledger, untrusted, "the archive")


def _search_members(
    ledger: Ledger,
    archive: zipfile.ZipFile,
    members: list[zipfile.ZipInfo],
    markup: MarkupRules,
) -> None:
    tally = ledger.raw(ZIP)
    for number, member in enumerate(members, 1):
        where = _shown(member.filename, number)
        own_name = () if where == member.filename else (member.filename,)
        spoken = (*own_name, *printable_runs(member.extra), *readings(member.comment))
        tally.views([spoken], ledger.place(f"name of {where}"))
        data = _read(ledger, archive, member, where)
        if data is not None:
            markup.look(member.filename, data)
            if ledger.strict and member.filename == "xl/workbook.xml":
                data = without_printing(data)
            _search_member(ledger, tally, member.filename, data, where)


def _shown(name: str, number: int) -> str:
    """Give a member's name where it is one of the format's own, otherwise its number."""
    tokens = _TOKEN.findall(name)
    is_usual = _ARCHIVE_PART.fullmatch(name) and all(token in _SAFE_TOKENS for token in tokens)
    return name if is_usual and len(name) < 80 else f"member {number}"


def _read(
    ledger: Ledger, archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str
) -> bytes | None:
    if member.flag_bits & 1:
        ledger.unsearchable(where, "it is encrypted", ZIP)
        return None
    try:
        with archive.open(member) as stream:
            data = stream.read(ledger.room + 1)
        ledger.unpacked(len(data))
    except TooMuch:
        ledger.unsearchable(where, "more is packed in it than will be unpacked", ZIP)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        ledger.unsearchable(where, "it cannot be unpacked", ZIP)
    else:
        return data
    return None


def _search_member(ledger: Ledger, tally: Tally, name: str, data: bytes, where: str) -> None:
    if is_file(data):
        ledger.nested(data, where)
    elif data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00\t\r\n ")[:1] == b"<":
        known = name.startswith(("xl/", "word/", "docProps/", "ppt/", "_rels/", "[Content_Types]"))
        words = ledger.text(WORDS)
        cells = name.startswith("xl/worksheets/")
        ignored = None if _PROSE.match(name) else is_small_number
        for text in _markup_readings(data):
            for whole in _pieces(text):
                piece = _CELL_TAG.sub("<c>", whole) if cells else whole
                words.views([text_between(piece)], ledger.place(where), ignored)
                tally.views([text_inside(piece, names=not known)], ledger.place(where))
    elif is_textual(data):
        search_bytes(ledger, tally, data, where)
    else:
        for runs in picture_texts(data, ledger.room):
            tally.views([runs], ledger.place(where))


def _markup_readings(data: bytes) -> list[str]:
    """Decode XML; where it names an encoding of its own, in that one too."""
    texts = readings(data)
    declared = re.match(rb"<\?xml[^>]*encoding=[\"']([\w.:-]{1,40})", data)
    if declared and declared[1].lower() not in {b"utf-8", b"utf-16"}:
        with suppress(LookupError):  # no such encoding; the plausible ones are looked at
            texts.append(data.decode(declared[1].decode("ascii"), "replace"))
    return [_APPLICATION.sub("", text) for text in dict.fromkeys(texts)]


def _pieces(text: str) -> Iterator[str]:
    at = 0
    while len(text) - at > _PIECE_CHARACTERS:
        end = at + _PIECE_CHARACTERS
        cuts = ((text.rfind(mark, at, end), len(mark)) for mark in _PIECE_ENDS)
        cut = next((place + length for place, length in cuts if place > at), end)
        yield text[at:cut]
        at = cut
    yield text[at:]


# --- what no member holds -----------------------------------------------------------------------


def _search_around(
    ledger: Ledger, untrusted: bytes, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]
) -> None:
    """Look at the archive's comment and at bytes that belong to no member."""
    tally = ledger.raw(ZIP)
    for text in readings(archive.comment) if archive.comment else ():
        search_text(ledger, tally, text, "comment of the archive")
    gaps = list(_gaps(untrusted, archive, members))
    for number, gap in enumerate(gaps, 1):
        where = f"bytes between the members {number}"
        search_bytes(ledger, tally, gap, where)
        _search_lost_members(ledger, gap, where)
    ledger.rule(
        "nothing outside the members",
        ZIP,
        len(gaps) + bool(archive.comment),
        "No bytes lie outside the members.",
        "Bytes outside the members, or a comment of the archive: {}.",
    )


def _gaps(
    untrusted: bytes, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]
) -> Iterator[bytes]:
    """Give the stretches of an archive that its list of members does not account for."""
    at = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        start = member.header_offset
        if start > at:
            yield from _if_filled(untrusted[at:start])
        header = untrusted[start : start + 30]
        lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        at = max(at, start + 30 + lengths + member.compress_size)
        if member.flag_bits & 8:  # a data descriptor follows, with or without its signature
            at += (4 if untrusted[at : at + 4] == b"PK\x07\x08" else 0) + 12
    directory = archive.start_dir
    if directory > at:
        yield from _if_filled(untrusted[at:directory])
    end = untrusted.rfind(b"PK\x05\x06")
    tail = untrusted[end + 22 + len(archive.comment) :] if end >= 0 else b""
    yield from _if_filled(tail)


def _if_filled(gap: bytes) -> Iterator[bytes]:
    if gap.strip(b"\x00"):
        yield gap


def _search_lost_members(ledger: Ledger, data: bytes, where: str) -> None:
    """Inflate what follows each local header that the list of members does not know."""
    at = data.find(_LOCAL_HEADER)
    while at >= 0:
        lengths = sum(
            int.from_bytes(data[at + 26 + two : at + 28 + two], "little") for two in (0, 2)
        )
        lost = inflate(data[at + 30 + lengths :], ledger.room, -zlib.MAX_WBITS)
        if lost:
            ledger.unpacked(len(lost))
            _search_member(ledger, ledger.raw(ZIP), "", lost, f"{where}, a removed member")
        at = data.find(_LOCAL_HEADER, at + 4)

"""The first engine for PDF: pikepdf opens every object, reachable or not, and every stream."""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from redactor.release.verify.decode import (
    ascii_runs,
    is_file,
    is_textual,
    printable_runs,
    search_bytes,
)
from redactor.release.verify.ledger import Ledger, TooMuch
from redactor.release.verify.page_numbers import without_page_number
from redactor.release.verify.pdf_content import ContentReader, FontShelf
from redactor.release.verify.pdf_links import LinksSeen, links_of
from redactor.release.verify.pdf_rules import ObjectFacts, check_objects
from redactor.release.verify.pdf_syntax import parse
from redactor.release.verify.pixels import check_pictures
from redactor.release.verify.search import Reading

ENGINE = f"pikepdf {pikepdf.__version__} (qpdf {pikepdf.__libqpdf_version__})"
STRINGS = f"{ENGINE}, strings"
CONTENT = f"{ENGINE}, page content"
STREAMS = f"{ENGINE}, streams"

_PICTURE_FILTERS = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"})
#: Strings that say nothing of a case: dates, languages, collections of characters.
_TECHNICAL = re.compile(
    r"D:\d{4,14}(?:[-+Z].*)?|[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*|Adobe|Identity|UCS|Japan1|GB1|CNS1"
    r"|Korea1|(?:/[A-Za-z0-9.]+)+"
)
_CONTENT_OPERATORS = re.compile(rb"(?:^|\s)(?:Tj|TJ|Tf|Td|TD|Tm|BT|ET|re|cm|Do|BDC)(?=\s|$)")
_CHARACTER_MAP = b"begincmap"
#: The most that a stream may unpack to; a Flate stream can grow a thousandfold.
_MAX_STREAM_BYTES = 400_000_000
_PROBE = 65_536
_UNPARSED = (pikepdf.PikepdfError, ValueError, TypeError, RuntimeError)
_NOT_SEARCHED = {"/XRef", "/ObjStm"}


@dataclass(slots=True)
class ObjectsSeen:
    """What pikepdf saw, for the engines that come after it.

    Attributes:
        streams: SHA-256 of the raw bytes of every stream that was searched.
        is_encrypted: the strings in the bytes are not to be read without it.
        unreadable_pages: pages, from 0, with text in a font without any meaning.
        disordered_pages: how many pages have drawing instructions that cannot be parsed.
        inline_pictures: how many pictures lie in the pages' own instructions.
        links: the links on its pages.
    """

    streams: set[bytes] = field(default_factory=set)
    is_encrypted: bool = False
    unreadable_pages: list[int] = field(default_factory=list)
    disordered_pages: int = 0
    inline_pictures: int = 0
    links: LinksSeen = field(default_factory=LinksSeen)


def user_units(untrusted: bytes) -> dict[int, float]:
    """Give the unit of the pages that have one of their own (ISO 32000-2, 14.11.2)."""
    if b"/UserUnit" not in untrusted and b"/ObjStm" not in untrusted:
        return {}
    with pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True) as pdf:
        units = ((number, page.obj.get("/UserUnit")) for number, page in enumerate(pdf.pages))
        return {number: float(unit) or 1.0 for number, unit in units if unit is not None}


def search_objects(ledger: Ledger, untrusted: bytes) -> ObjectsSeen:
    """Look at every page's content and at every string, name and stream of the file."""
    seen = ObjectsSeen()
    with ledger.engine(ENGINE):
        try:
            pdf = pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True)
        except pikepdf.PasswordError:
            seen.is_encrypted = True
            ledger.unsearchable("the file", "it opens only with a password", ENGINE)
            return seen
        with pdf:
            seen.is_encrypted = pdf.is_encrypted
            faults = len(pdf.get_warnings())
            shelf = FontShelf()
            parsed = _search_pages(ledger, pdf, shelf, seen)
            facts = ObjectFacts(faults)
            for one in pdf.objects:
                if isinstance(one, pikepdf.Object):
                    _search_object(ledger, one, shelf, parsed, facts, seen)
            seen.links = links_of(pdf)
            check_objects(ledger, pdf, facts, seen.links, ENGINE)
            if ledger.pictures is not None:
                count = facts.keys[b"Image"] + seen.inline_pictures
                check_pictures(ledger, ENGINE, count, ledger.pictures)
    return seen


# --- pages -------------------------------------------------------------------------------------


def _search_pages(
    ledger: Ledger, pdf: pikepdf.Pdf, shelf: FontShelf, seen: ObjectsSeen
) -> set[tuple[int, int]]:
    """Look at what each page shows; give the content streams that were read so."""
    parsed: set[tuple[int, int]] = set()
    texts = _page_texts(ledger, pdf, shelf, parsed, seen)
    ledger.raw(CONTENT).run_on(texts, lambda number: ledger.place(f"page {number + 1}"))
    ledger.rule(
        "page content in order",
        ENGINE,
        seen.disordered_pages,
        "What every page draws can be parsed.",
        "Pages whose drawing instructions are faulty: {}.",
    )
    return parsed


def _page_texts(
    ledger: Ledger,
    pdf: pikepdf.Pdf,
    shelf: FontShelf,
    parsed: set[tuple[int, int]],
    seen: ObjectsSeen,
) -> Iterator[str]:
    """Give what each page shows, one after the other, and look at what it says besides."""
    tally = ledger.raw(CONTENT)
    count = len(pdf.pages)
    for number, page in enumerate(pdf.pages):
        reader = ContentReader(page.obj.get("/Resources") or _inherited(page), shelf)
        try:
            text = reader.read(pikepdf.parse_content_stream(page))
        except _UNPARSED:
            seen.disordered_pages += 1
            yield ""  # its streams are looked at with the lenient reader, as objects
            continue
        seen.inline_pictures += reader.inline_pictures
        tally.views([tuple(reader.spare)], ledger.place(f"page {number + 1}"))
        if reader.has_unreadable_text:
            seen.unreadable_pages.append(number)
        parsed.update(_content_keys(page))
        yield without_page_number(text, number, count) if ledger.strict else text


def _inherited(page: pikepdf.Page) -> pikepdf.Object | None:
    node: pikepdf.Object | None = page.obj
    for _ in range(50):
        if node is None or "/Resources" in node:
            break
        node = node.get("/Parent")
    return node.get("/Resources") if node is not None else None


def _content_keys(page: pikepdf.Page) -> Iterator[tuple[int, int]]:
    contents = page.obj.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        yield contents.objgen
    elif isinstance(contents, pikepdf.Array):
        for one in contents:
            yield one.objgen


# --- objects -----------------------------------------------------------------------------------


def _search_object(
    ledger: Ledger,
    one: pikepdf.Object,
    shelf: FontShelf,
    parsed: set[tuple[int, int]],
    facts: ObjectFacts,
    seen: ObjectsSeen,
) -> None:
    where = f"object {one.objgen[0]} {one.objgen[1]}"
    dictionary = one.stream_dict if isinstance(one, pikepdf.Stream) else one
    if isinstance(dictionary, pikepdf.Dictionary) and dictionary.get("/Type") in _NOT_SEARCHED:
        return
    source = dictionary.unparse(resolved=True)
    syntax = parse(source)
    facts.look(one, source)
    told = tuple(text for text in syntax.strings if not _TECHNICAL.fullmatch(text))
    ledger.strings(STRINGS, told, where)
    ledger.raw(STREAMS).views([syntax.technical], ledger.place(where))
    if isinstance(one, pikepdf.Stream):
        _search_stream(ledger, one, f"{where} stream", shelf, parsed, seen)


def _search_stream(
    ledger: Ledger,
    stream: pikepdf.Stream,
    where: str,
    shelf: FontShelf,
    parsed: set[tuple[int, int]],
    seen: ObjectsSeen,
) -> None:
    tally = ledger.raw(STREAMS)
    raw = stream.read_raw_bytes()
    seen.streams.add(hashlib.sha256(raw).digest())
    if _filters(stream) & _PICTURE_FILTERS:
        from redactor.release.verify.plain import picture_texts  # noqa: PLC0415 - for this alone

        for runs in picture_texts(raw, ledger.room):
            tally.views([runs], ledger.place(where))
        return
    data = _decoded(ledger, stream, raw, where)
    if data is None:
        tally.views([printable_runs(raw)], ledger.place(where))
    elif stream.get("/Subtype") == "/Image":
        tally.views([ascii_runs(data)], ledger.place(where))
    elif stream.get("/Type") == "/EmbeddedFile" or is_file(data):
        ledger.nested(data, where)
    elif stream.get("/Subtype") == "/Form" or stream.get("/PatternType") == 1:
        _search_form(ledger, stream, where, shelf)
        tally.views([parse(data).technical], ledger.place(where))
    elif stream.objgen in parsed:
        tally.views([_technical(data)], ledger.place(where))
    else:
        search_stream_data(ledger, STREAMS, data, where)


def _filters(stream: pikepdf.Stream) -> set[str]:
    filters = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array):
        return {str(one) for one in filters}
    return {str(filters)} if filters is not None else set()


def _decoded(ledger: Ledger, stream: pikepdf.Stream, raw: bytes, where: str) -> bytes | None:
    limit = min(_MAX_STREAM_BYTES, ledger.room)
    try:
        if _grows_beyond(stream, raw, limit):
            ledger.unsearchable(where, "more is packed in it than will be unpacked", ENGINE)
            return None
        data = stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)
        ledger.unpacked(len(data))
    except (pikepdf.PikepdfError, NotImplementedError, TooMuch, RuntimeError):
        ledger.unsearchable(where, "it cannot be unpacked", ENGINE)
        return None
    return data


def _grows_beyond(stream: pikepdf.Stream, raw: bytes, limit: int) -> bool:
    """Unpack piece by piece without keeping anything, where so much could be packed."""
    filters = _filters(stream)
    if not filters or len(raw) * 1032 <= limit:
        return len(raw) > limit
    listed = stream.get("/Filter")
    if isinstance(listed, pikepdf.Array) and len(listed) > 1:
        return True  # packed twice: each layer may grow a thousandfold
    unpacker = zlib.decompressobj()
    total, rest = 0, raw
    while rest and not unpacker.eof:
        try:
            total += len(unpacker.decompress(rest, _PROBE))
        except zlib.error:
            return False  # not Flate, or damaged: the decoder says so
        rest = unpacker.unconsumed_tail
        if total > limit:
            return True
    return False


def _search_form(ledger: Ledger, form: pikepdf.Stream, where: str, shelf: FontShelf) -> None:
    reader = ContentReader(form.get("/Resources"), shelf)
    try:
        text = reader.read(pikepdf.parse_content_stream(form))
    except _UNPARSED:
        search_stream_data(ledger, STREAMS, form.read_bytes(), where)
        return
    tally = ledger.raw(CONTENT)
    tally.text(text, ledger.place(where))
    tally.views([tuple(reader.spare)], ledger.place(where))


def _technical(data: bytes) -> tuple[str, ...]:
    """Give names and comments of content whose strings were looked at already."""
    names = Counter(re.findall(rb"/([^\s()<>\[\]{}/%]{5,})", data))
    comments = re.findall(rb"%([^\r\n]*)", data) if b"%" in data else []
    return tuple(one.decode("utf-8", "replace") for one in (*names, *comments))


def search_stream_data(ledger: Ledger, engine: str, data: bytes, where: str) -> None:
    """Look at a stream of no known purpose: as content, as text, or as binary."""
    tally = ledger.raw(engine)
    start = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not is_textual(data):
        syntax = parse(data) if _CONTENT_OPERATORS.search(data[:20_000]) else None
        shown: list[Reading] = [syntax.running, tuple(syntax.strings)] if syntax else []
        tally.views([printable_runs(data), *shown], ledger.place(where))
    elif start[:1] != b"<" and (_CHARACTER_MAP in data or _CONTENT_OPERATORS.search(data)):
        syntax = parse(data)
        is_map = _CHARACTER_MAP in data
        running = "" if is_map else syntax.running
        tally.views([running, syntax.technical, tuple(syntax.strings)], ledger.place(where))
    else:
        search_bytes(ledger, tally, data, where)

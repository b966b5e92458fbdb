"""What a workbook's container holds beside the workbook: macros, caches, other files, traces.

Source: [MS-XLS] 2.1.7 (streams and storages), [MS-OFFSTRUCT]. What no stream holds any more is
searched for words: bytes that were deleted are still sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from redactor.errors import UnreadableDocument
from redactor.formats.embedded import gather_as_embedded, gather_storage
from redactor.formats.hidden import Gathered
from redactor.formats.macros import gather_project
from redactor.formats.package import parse_xml
from redactor.formats.words import attributes_of, texts_of
from redactor.formats.xls.compound import Compound
from redactor.formats.xls.pivots import gather_cache
from redactor.formats.xls.properties import gather_properties
from redactor.formats.xls.records import Texts, strings_in
from redactor.model import Document, HiddenKind

#: Reads a workbook within this one.
Inner: TypeAlias = Callable[[Compound], Document]

#: Streams that say what program a file belongs to, and what they say.
_PROGRAM = re.compile(r"\x01CompObj|\x01Ole|\x03ObjInfo|\x03LinkInfo")
_PROGRAM_WORDS = re.compile(r".*(Microsoft|Excel|Biff\d|Office).*")
#: What streams hold, by the beginning of their path; the first that fits counts.
_KINDS: tuple[tuple[str, HiddenKind], ...] = (
    ("Revision Log", HiddenKind.OLD_REVISION),
    ("User Names", HiddenKind.PERSON_LIST),
    ("Ctls", HiddenKind.FORM_FIELD),
    ("XML", HiddenKind.CUSTOM_XML),
    ("List Data", HiddenKind.STRUCTURE),
    ("MsoDataStore", HiddenKind.CUSTOM_XML),
    ("_xmlsignatures", HiddenKind.SIGNATURE),
    ("_signatures", HiddenKind.SIGNATURE),
    ("\x05DigitalSignature", HiddenKind.SIGNATURE),
    ("\x06DataSpaces", HiddenKind.SETTINGS),
    ("\x09DRMContent", HiddenKind.SETTINGS),
    ("XCB", HiddenKind.SETTINGS),  # toolbars
)
_UNITS = {HiddenKind.OLD_REVISION: "revision logs", HiddenKind.PERSON_LIST: "lists of users"}
_INNER_FILE = re.compile(r"(MBD|LNK)[0-9A-Fa-f]{8}")
_PIVOTS, _MACROS = "_SX_DB_CUR", "_VBA_PROJECT_CUR"
_LEAST_LEFT = 5
_OWN_NAMES = frozenset(
    {"Root Entry", "Workbook", "SummaryInformation", "DocumentSummaryInformation"}
)


def gather_beside(
    compound: Compound, known: str, texts: Texts, gathered: Gathered, inner: Inner
) -> None:
    """Gather everything a container holds beside its workbook.

    Args:
        compound: the container, opened.
        known: the stream that the workbook was read from.
        texts: how texts of this workbook are written.
        gathered: takes what is found.
        inner: reads a workbook within this one.

    Raises:
        UnreadableDocument: a part of it is a bomb.
    """
    inner_files: dict[str, dict[str, bytes]] = {}
    macros: dict[str, bytes] = {}
    for path, data in compound.streams.items():
        first, _, rest = path.partition("/")
        if path == known:
            continue
        if rest and _INNER_FILE.fullmatch(first):
            inner_files.setdefault(first, {})[rest] = data
        elif first == _MACROS:
            macros[rest] = data
        elif path.lower() == "book":  # the same once more, for Excel 5 and 95
            _gather_workbook(Compound({path: data}, {}), path, gathered, inner)
        else:
            _gather_stream(path, data, texts, gathered)
    if macros:
        gather_project(macros, _MACROS, gathered)
    for storage, streams in inner_files.items():
        _gather_inner(Compound(streams, {}), storage, gathered, inner)
    _gather_leftovers(compound, gathered)


def _gather_stream(path: str, data: bytes, texts: Texts, gathered: Gathered) -> None:
    if path.startswith(f"{_PIVOTS}/"):
        _gather_pivots(path, data, texts, gathered)
        return
    if path.startswith("\x05") and path.endswith("SummaryInformation"):
        gather_properties(data, path[1:], gathered)
        return
    if _PROGRAM.fullmatch(path):
        words = [one for one in strings_in(data, _LEAST_LEFT) if not _PROGRAM_WORDS.fullmatch(one)]
        gathered.add_all(HiddenKind.METADATA, path[1:], words)
        return
    place = path.replace("\x05", "").replace("\x06", "").replace("\x09", "").replace("\x01", "")
    kind = next((one for start, one in _KINDS if path.startswith(start)), HiddenKind.OTHER)
    gathered.add_all(kind, place, _words_of(data, place))
    if kind in _UNITS:
        gathered.add(kind, place, "", even_empty=True)
        gathered.count(kind, place, 1, _UNITS[kind])
    elif kind is HiddenKind.OTHER and data.strip(b"\x00"):
        gathered.add(kind, place, "", even_empty=True)
        gathered.block(place, "A part of unknown kind. Its content cannot be read.")


def _gather_pivots(path: str, data: bytes, texts: Texts, gathered: Gathered) -> None:
    try:
        gather_cache(data, path, texts, gathered)
    except UnreadableDocument:
        gathered.add_all(HiddenKind.PIVOT_CACHE, path, strings_in(data))
        gathered.count(HiddenKind.PIVOT_CACHE, path, 1, "pivot caches")
        gathered.block(path, "A pivot cache that is damaged and could not be read whole.")


def _words_of(data: bytes, place: str) -> list[str]:
    """Give the words of a stream: its texts where it is XML, else its strings."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        try:
            root = parse_xml(data.rstrip(b"\x00"), place)
        except UnreadableDocument as problem:
            if problem.reason == "bomb":
                raise
        else:
            return [*texts_of(root), *attributes_of(root)]
    return strings_in(data)


# --- files within the file -------------------------------------------------------------------


def _gather_inner(inside: Compound, storage: str, gathered: Gathered, inner: Inner) -> None:
    if any(path.lower() in {"workbook", "book"} for path in inside.streams):
        _gather_workbook(inside, storage, gathered, inner)
        gathered.count(HiddenKind.EMBEDDED_FILE, storage, 1, "files")
    else:
        gathered.count(HiddenKind.EMBEDDED_FILE, storage, 1, "files")
        gather_storage(inside.streams, storage, gathered)


def _gather_workbook(inside: Compound, place: str, gathered: Gathered, inner: Inner) -> None:
    try:
        document = inner(inside)
    except UnreadableDocument as problem:
        if problem.reason == "bomb":
            raise
        for data in inside.streams.values():
            gathered.add_all(HiddenKind.EMBEDDED_FILE, place, strings_in(data))
        gathered.add(HiddenKind.EMBEDDED_FILE, place, "", even_empty=True)
        gathered.block(place, f"An embedded workbook that could not be read. {problem.why}")
        return
    gather_as_embedded(document, place, gathered)


# --- what is left over -----------------------------------------------------------------------


def _gather_leftovers(compound: Compound, gathered: Gathered) -> None:
    for where, data in compound.leftovers.items():
        gather_leftover(where, data, gathered)


def gather_leftover(where: str, data: bytes, gathered: Gathered) -> None:
    """Gather the words in bytes that belong to nothing any more."""
    words = [one for one in strings_in(data, _LEAST_LEFT) if one not in _OWN_NAMES]
    place = f"leftover bytes/{where}"
    gathered.add_all(HiddenKind.OTHER, place, words)
    gathered.count(HiddenKind.OTHER, place, len(words), "texts that were deleted")

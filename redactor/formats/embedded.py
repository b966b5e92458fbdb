"""Read a file that is embedded in another: each is a document of its own, and may be the larger.

What it holds is hidden content of the file around it: searched, shown in review, never released.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import PurePath, PureWindowsPath

from redactor.errors import UnreadableDocument
from redactor.formats.base import Format
from redactor.formats.binary_text import decoded, readable_strings
from redactor.formats.hidden import Gathered, gather_rest
from redactor.formats.package import Package
from redactor.formats.pictures import gather_picture, is_picture
from redactor.formats.signatures import is_compound_file, is_encrypted_package, looks_like_text
from redactor.model import CellPlace, Document, FieldPlace, HiddenKind, Report, Segment, quiet

#: A file in a file in a file is read; what is in that is not.
MAX_DEPTH = 3
MAX_BYTES = 64 * 2**20
MAX_TOTAL_BYTES = 256 * 2**20
MAX_MEMBERS = 500
#: Its texts are joined into segments of about this many characters.
_CHUNK = 2_000
_KIND = HiddenKind.EMBEDDED_FILE
_NATIVE = "\x01Ole10Native"
#: Streams of a compound file that hold a whole file as it is ([MS-OLEDS] 2.3).
_WHOLE_FILES = ("Package", "CONTENTS")
#: How deep the file that is being read lies in others.
_depth: ContextVar[int] = ContextVar("depth of embedded files", default=0)
#: Takes the files that are met, while somebody wants them.
_taking: ContextVar[list[Embedded] | None] = ContextVar("embedded files wanted", default=None)


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file that lies in another, and could be a document of its own.

    Attributes:
        place: the part it is.
        name: what it may be called: of a known kind, without a folder.
    """

    place: str
    name: str = field(repr=False)
    data: bytes = field(repr=False)


def embedded_in(found: Format, untrusted: bytes, report: Report = quiet) -> tuple[Embedded, ...]:
    """Give the files embedded in a file that the program can read, but not those within them.

    Raises:
        UnreadableDocument: the file around them cannot be read.
        Cancelled: the person asked to stop.
    """
    taken: list[Embedded] = []
    token = _taking.set(taken)
    try:
        found.read(untrusted, report)
    finally:
        _taking.reset(token)
    return tuple(taken)


def gather_embedded(data: bytes, name: str, place: str, gathered: Gathered) -> None:
    """Gather everything an embedded file holds, and name what could not be read of it.

    Args:
        data: its bytes.
        name: what it is called, as far as known; only its suffix is looked at.
        place: the part it is, or another name for it that stays the same.
        gathered: of the file around it.
    """
    gathered.count(_KIND, place, 1, "files")
    gathered.embedded_bytes += len(data)
    if not data:
        gathered.add(_KIND, place, "", even_empty=True)
        return
    too_deep = _depth.get() >= MAX_DEPTH
    if too_deep or len(data) > MAX_BYTES or gathered.embedded_bytes > MAX_TOTAL_BYTES:
        gathered.add(_KIND, place, "", even_empty=True)
        what = "lies too deep in other files" if too_deep else "is too large"
        gathered.block(place, f"An embedded file that {what} to be read. Add it on its own.")
        return
    token = _depth.set(_depth.get() + 1)
    try:
        _gather(data, name, place, gathered)
    finally:
        _depth.reset(token)


def is_file(data: bytes) -> bool:
    """Say whether bytes are a whole file of a known kind, and not a piece of something else."""
    return is_compound_file(data) or data.startswith((b"PK\x03\x04", b"%PDF-")) or is_picture(data)


def _gather(data: bytes, name: str, place: str, gathered: Gathered) -> None:
    if is_picture(data):
        gathered.add(_KIND, place, "", even_empty=True)
        gather_picture(data, place, gathered)
        return
    fitting = _format_of(data, name)
    if fitting is not None:
        taken = _taking.get()
        if taken is not None:
            taken.append(Embedded(place, _own_name(name, fitting), data))
        token = _taking.set(None)
        try:
            _gather_document(fitting, data, place, gathered)
        finally:
            _taking.reset(token)
    elif is_compound_file(data):
        _gather_compound(data, place, gathered)
    elif data.startswith(b"PK\x03\x04"):
        _gather_zip(data, place, gathered)
    else:
        _gather_unknown(data, place, gathered)


def _own_name(name: str, fitting: Format) -> str:
    """Give the name to keep a file under, with a suffix that its format goes by."""
    bare = PureWindowsPath(name).name
    suffix = PurePath(bare).suffix.lower()
    return bare if suffix in fitting.suffixes else f"{bare or 'embedded'}{fitting.suffixes[0]}"


def _format_of(data: bytes, name: str) -> Format | None:
    """Give the format that the bytes call for, text only where they look like nothing else."""
    from redactor.formats import FORMATS  # noqa: PLC0415 - formats read embedded files

    found = next((one for one in FORMATS if one.has_signature and one.sniff(data)), None)
    if found is not None and not _is_other_package(data):
        return found
    if looks_like_text(data):
        suffix = PurePath(name).suffix.lower()
        texts = [one for one in FORMATS if not one.has_signature]
        return next((one for one in texts if suffix in one.suffixes), texts[-1])
    return None


def _is_other_package(data: bytes) -> bool:
    """Say whether a zip is no package at all: formats accept one that is too damaged to tell."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return False
    return not names & {"[Content_Types].xml", "mimetype"}


def _gather_document(found: Format, data: bytes, place: str, gathered: Gathered) -> None:
    try:
        document = found.read(data)
    except UnreadableDocument as problem:
        gathered.add(_KIND, place, "", even_empty=True)
        gathered.block(place, f"An embedded file that could not be read. {problem.why}")
        return
    gather_as_embedded(document, place, gathered)


def gather_as_embedded(document: Document, place: str, gathered: Gathered) -> None:
    """Gather what an embedded file was read as: all of it is hidden in the file around it."""
    for text in _chunks(document.segments):
        gathered.add(_KIND, place, text)
    if not document.segments:
        gathered.add(_KIND, place, "", even_empty=True)
    rows = {_row_of(one) for one in document.segments} - {None}
    gathered.count(_KIND, place, len(rows), "rows")
    for one in document.tallies:
        if one.kind is not _KIND:
            gathered.count(one.kind, f"{place}/{one.place}", one.count, one.unit)
    for part in document.unread:
        gathered.block(f"{place}/{part.place}", f"In an embedded file: {part.why}")


def _chunks(segments: tuple[Segment, ...]) -> Iterator[str]:
    """Join texts into larger ones: the cells of a row by tabs, everything else line by line."""
    text = ""
    last: object = None
    for one in segments:
        row = _row_of(one)
        if not one.text.strip():
            continue
        if text and row is not None and row == last:
            text += f"\t{one.text}"
        else:
            if len(text) > _CHUNK:
                yield text
                text = ""
            text += f"\n{one.text}" if text else one.text
        last = row
    if text:
        yield text


def _row_of(segment: Segment) -> tuple[str, int] | None:
    place = segment.place
    if isinstance(place, CellPlace):
        return place.sheet, place.row
    return ("", place.row) if isinstance(place, FieldPlace) else None


# --- containers ------------------------------------------------------------------------------


def _gather_compound(data: bytes, place: str, gathered: Gathered) -> None:
    """Unwrap the file in a compound file; strings stand for one that is of no known kind."""
    from redactor.formats.xls.compound import open_compound  # noqa: PLC0415 - loads olefile

    if is_encrypted_package(data):
        gathered.add(_KIND, place, "", even_empty=True)
        gathered.block(place, "An embedded file that is encrypted with a password.")
        return
    try:
        streams = open_compound(data).streams
    except UnreadableDocument as problem:
        gathered.add_all(_KIND, place, readable_strings(data))
        gathered.block(place, f"An embedded file that could not be read. {problem.why}")
        return
    gather_storage(streams, place, gathered)


def gather_storage(streams: Mapping[str, bytes], place: str, gathered: Gathered) -> None:
    """Gather the file that the streams of one storage hold, and name what could not be read.

    Args:
        streams: by their names within the storage.
        place: the storage, or another name for it that stays the same.
        gathered: of the file around it.
    """
    inner = [(stream, streams[stream]) for stream in _WHOLE_FILES if streams.get(stream)]
    native = streams.get(_NATIVE)
    names, content = _native(native) if native else ([], b"")
    gathered.add_all(_KIND, place, names)
    if content:
        inner.append((names[0] if names else "", content))
    for number, (stream, raw) in enumerate(inner):
        gather_embedded(raw, stream, f"{place}/{number + 1}", gathered)
    known = {_NATIVE, *_WHOLE_FILES, "\x01CompObj", "\x03ObjInfo", "\x01Ole", "\x03LinkInfo"}
    for stream, raw in streams.items():
        if stream not in {_NATIVE, *_WHOLE_FILES}:
            gathered.add_all(_KIND, place, readable_strings(raw))
    if not inner or set(streams) - known - {"\x03EPRINT", "\x02OlePres000"}:
        gathered.add(_KIND, place, "", even_empty=True)
        gathered.block(place, "An embedded file of a kind that cannot be read yet.")


def _native(data: bytes) -> tuple[list[str], bytes]:
    """Give the names and paths beside a packaged file, and the file ([MS-OLEDS] 2.3.6).

    The packager writes: a size, a mark, a label, a path, two numbers, a temporary path with its
    length before it, the file with its length before it, and sometimes the names again, wide.
    """
    at = 6
    names: list[str] = []
    if data[4:6] != b"\x02\x00":
        return [], data[4:]
    for _ in range(2):
        end = data.find(b"\x00", at)
        if end < 0:
            return list(readable_strings(data)), b""
        names.append(decoded(data[at:end]))
        at = end + 1
    at += 4
    if at + 4 > len(data):
        return names, b""
    (length,) = struct.unpack_from("<I", data, at)
    names.append(decoded(data[at + 4 : at + 4 + length]))
    at += 4 + length
    if at + 4 > len(data):
        return names, b""
    (length,) = struct.unpack_from("<I", data, at)
    names += readable_strings(data[at + 4 + length :])
    return names, data[at + 4 : at + 4 + length]


def _gather_zip(data: bytes, place: str, gathered: Gathered) -> None:
    """Read an Office package of another kind by its parts, or each file of a plain archive."""
    gathered.add(_KIND, place, "", even_empty=True)
    try:
        package = Package(data)
    except UnreadableDocument:
        _gather_archive(data, place, gathered)
        return
    inside = Gathered()
    try:
        gather_rest(package, frozenset(), inside)
    except UnreadableDocument as problem:
        gathered.block(place, f"An embedded file that could not be read. {problem.why}")
    document = Document("", "", tuple(inside.segments), tuple(inside.unread))
    gather_as_embedded(document, place, gathered)
    gathered.block(place, "An embedded file of a kind whose pages cannot be shown yet.")


def _gather_archive(data: bytes, place: str, gathered: Gathered) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if len(members) > MAX_MEMBERS or sum(one.file_size for one in members) > MAX_BYTES:
                gathered.block(place, "An embedded archive that is too large to be read.")
                return
            gathered.add_all(_KIND, place, (one.filename for one in members))
            for one in members:
                inner = archive.read(one)
                gather_embedded(inner, one.filename, f"{place}/{one.filename}", gathered)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError,
            NotImplementedError):  # fmt: skip
        gathered.add_all(_KIND, place, readable_strings(data))
        gathered.block(place, "An embedded archive that is damaged or encrypted.")


def _gather_unknown(data: bytes, place: str, gathered: Gathered) -> None:
    gathered.add(_KIND, place, "", even_empty=True)
    gathered.add_all(_KIND, place, readable_strings(data))
    gathered.block(place, "An embedded file of a kind that cannot be read yet.")

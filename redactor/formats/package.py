"""Open an Office Open XML package safely: a zip of parts, none of them trusted.

Nothing is unpacked to disk. Sizes, counts, ratios and names are checked before a byte is
decompressed, XML is parsed without entities, document types or network, and the namespaces of
Strict files (ISO/IEC 29500-1) are turned into the transitional ones (ISO/IEC 29500-4), so that one
reader serves both and a Strict file never reads as empty.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from redactor.errors import UnreadableDocument
from redactor.formats.container import outside_parts
from redactor.formats.signatures import is_compound_file, is_encrypted_package

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 512 * 2**20
MAX_TOTAL_BYTES = 1024 * 2**20
#: Deflate cannot do better than 1,032 to 1. A worksheet of equal rows reaches about 60; above this,
#: and beyond the size below, nobody wrote it with a spreadsheet or a word processor.
MAX_RATIO = 250
RATIO_APPLIES_FROM = 20 * 2**20
#: Parts other than worksheets and shared strings are parsed as a whole tree.
MAX_TREE_BYTES = 128 * 2**20

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_ROOT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES: tuple[tuple[bytes, bytes], ...] = tuple(
    (_STRICT_ROOT + strict, b"http://schemas.openxmlformats.org/" + transitional)
    for strict, transitional in (
        (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"presentationml/main", b"presentationml/2006/main"),
        (b"drawingml/main", b"drawingml/2006/main"),
        (b"drawingml/chartDrawing", b"drawingml/2006/chartDrawing"),
        (b"drawingml/chart", b"drawingml/2006/chart"),
        (b"drawingml/diagram", b"drawingml/2006/diagram"),
        (b"drawingml/lockedCanvas", b"drawingml/2006/lockedCanvas"),
        (b"drawingml/picture", b"drawingml/2006/picture"),
        (b"drawingml/spreadsheetDrawing", b"drawingml/2006/spreadsheetDrawing"),
        (b"drawingml/wordprocessingDrawing", b"drawingml/2006/wordprocessingDrawing"),
        (b"officeDocument/relationships/extendedProperties",
         b"officeDocument/2006/relationships/extended-properties"),
        (b"officeDocument/relationships/customProperties",
         b"officeDocument/2006/relationships/custom-properties"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/extendedProperties", b"officeDocument/2006/extended-properties"),
        (b"officeDocument/customProperties", b"officeDocument/2006/custom-properties"),
        (b"officeDocument/docPropsVTypes", b"officeDocument/2006/docPropsVTypes"),
        (b"officeDocument/customXml", b"officeDocument/2006/customXml"),
        (b"officeDocument/bibliography", b"officeDocument/2006/bibliography"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
        (b"officeDocument/sharedTypes", b"officeDocument/2006/sharedTypes"),
        (b"schemaLibrary/main", b"schemaLibrary/2006/main"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow from a part: its type's last word, and the part or outside address it points at."""

    id: str
    kind: str
    target: str
    external: bool


def damaged(where: str) -> UnreadableDocument:
    """Say that a part of the file is damaged."""
    return UnreadableDocument(
        f"The file is damaged ({where}).",
        "Open it in its own program, save it again, and add that.",
        "damaged",
    )


def bomb(where: str) -> UnreadableDocument:
    """Say that the file would unfold into something far larger than it is."""
    return UnreadableDocument(
        f"The file is built to exhaust the computer ({where}).",
        "Do not open it; ask where it came from.",
        "bomb",
    )


class Package:
    """The parts of one file. Names have no leading slash and compare as written."""

    def __init__(self, untrusted: bytes) -> None:
        """Open a package.

        Raises:
            UnreadableDocument: it is no package, encrypted, truncated, damaged or a bomb.
        """
        _refuse_other_containers(untrusted)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(untrusted))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise _not_a_zip(untrusted) from None
        self._members = _check_members(self._zip)
        self.names: tuple[str, ...] = tuple(self._members)
        self.comment = self._zip.comment
        self._bytes = untrusted
        self._defaults, self._overrides = self._read_content_types()

    def has(self, name: str) -> bool:
        """Say whether there is such a part."""
        return name in self._members

    def size(self, name: str) -> int:
        """Give the uncompressed size of a part in bytes, as the zip declares it."""
        return self._members[name].file_size

    def content_type(self, name: str) -> str:
        """Give a part's declared content type, in lower case; empty where it has none."""
        extension = posixpath.splitext(name)[1].lstrip(".").lower()
        return self._overrides.get(name.lower()) or self._defaults.get(extension, "")

    def read(self, name: str) -> bytes:
        """Give the bytes of a part.

        Raises:
            UnreadableDocument: the part is missing or damaged.
        """
        if name not in self._members:
            raise damaged(f"part {name} is missing")
        try:
            return self._zip.read(self._members[name])
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
            raise damaged(f"part {name}") from None
        except (NotImplementedError, RuntimeError):
            raise UnreadableDocument(
                f"Part {name} of the file is compressed or encrypted in a way that is not known.",
                "Open it in its own program, save it again, and add that.",
                "unsupported",
            ) from None

    def xml(self, name: str) -> bytes:
        """Give an XML part with transitional namespaces, after refusing document types.

        Raises:
            UnreadableDocument: missing, damaged, or it declares a document type or entities.
        """
        data = self.read(name)
        if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in data[:4]:
            data = _as_utf8(data, name)
        if b"<!DOCTYPE" in data[:65_536] or b"<!ENTITY" in data[:65_536]:
            raise bomb(f"part {name} declares a document type")
        if _STRICT_ROOT in data:
            for strict, transitional in _STRICT_NAMES:
                data = data.replace(strict, transitional)
        return data

    def tree(self, name: str) -> etree._Element:
        """Parse an XML part.

        Raises:
            UnreadableDocument: as for ``xml``, or it is not well-formed.
        """
        if self.has(name) and self.size(name) > MAX_TREE_BYTES:
            raise UnreadableDocument(
                f"Part {name} of the file is too large to be read.",
                "Split the file into smaller ones and add those.",
                "too-large",
            )
        return parse_xml(self.xml(name), name)

    def rows(self, name: str, tag: str) -> Iterator[etree._Element]:
        """Stream the elements of one tag (``{*}row``), each emptied after use.

        Raises:
            UnreadableDocument: as for ``tree``.
        """
        yield from stream_xml(self.xml(name), name, tag)

    def around(self) -> dict[str, bytes]:
        """Give the bytes of the file that belong to no part, by where they lie.

        A program that only lists the parts never sees them: what stands before the first and
        behind the last, parts that were struck from the list and are still there, and remarks.
        """
        found = outside_parts(self._zip, self._bytes)
        return {place: data for place, data in found if data.strip(b"\x00\r\n ")}

    def relationships(self, name: str = "") -> tuple[Relationship, ...]:
        """Give the relationships of a part, or of the package itself.

        Raises:
            UnreadableDocument: the list is damaged.
        """
        folder, base = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        if path not in self._members:
            return ()
        return tuple(
            _relationship(element, folder)
            for element in self.tree(path)
            if is_element(element) and local_name(element) == "Relationship"
        )

    def related(self, name: str, kind: str) -> tuple[str, ...]:
        """Give the existing parts that a part points at with one kind of relationship."""
        return tuple(
            self.resolve(one.target)
            for one in self.relationships(name)
            if one.kind == kind and not one.external and self.has(self.resolve(one.target))
        )

    def resolve(self, target: str) -> str:
        """Give the part that a target means, whatever the case it is written in."""
        if target in self._members:
            return target
        lowered = target.lower()
        return next((one for one in self.names if one.lower() == lowered), target)

    def _read_content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        name = "[Content_Types].xml"
        if name not in self._members:
            raise damaged("it has no list of content types")
        defaults: dict[str, str] = {}
        overrides: dict[str, str] = {}
        for element in self.tree(name):
            kind = (element.get("ContentType") or "").lower()
            if element.get("Extension"):
                defaults[str(element.get("Extension")).lower()] = kind
            elif element.get("PartName"):
                overrides[str(element.get("PartName")).lstrip("/").lower()] = kind
        return defaults, overrides


def is_element(node: object) -> bool:
    """Say whether a node is an element, and not a comment or processing instruction."""
    return isinstance(getattr(node, "tag", None), str)


def local_name(element: etree._Element) -> str:
    """Give an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Parse XML without entities, document types or network.

    Raises:
        UnreadableDocument: not well-formed, or it declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise damaged(f"part {name} is not well-formed XML") from None
    if root is None:
        raise damaged(f"part {name} is empty")
    if root.getroottree().docinfo.internalDTD is not None:
        raise bomb(f"part {name} declares a document type")
    return root


def start_stream(
    data: bytes, tags: tuple[str, ...], events: tuple[str, ...] = ("end",)
) -> etree.iterparse[Any]:
    """Begin to parse XML piece by piece; gives the elements with these tags as they end.

    With ``events`` of ``start`` and ``end`` it gives them as they begin, too.

    Reading from it raises ``XMLSyntaxError`` where the XML is not well-formed.
    """
    return etree.iterparse(
        io.BytesIO(data),
        events=events,
        tag=tags,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
    )


def stream_xml(data: bytes, name: str, tag: str) -> Iterator[etree._Element]:
    """Give every element of one tag as it ends, then forget it.

    Raises:
        UnreadableDocument: as for ``parse_xml``.
    """
    try:
        for _, element in start_stream(data, (tag,)):
            yield element
            forget(element)
    except etree.XMLSyntaxError:
        raise damaged(f"part {name} is not well-formed XML") from None


def forget(element: etree._Element) -> None:
    """Free the memory of an element of a stream and of all before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _refuse_other_containers(untrusted: bytes) -> None:
    if not untrusted:
        raise UnreadableDocument(
            "The file is empty (0 bytes).", "Ask for it to be sent again.", "empty"
        )
    if not is_compound_file(untrusted):
        return
    if is_encrypted_package(untrusted):
        raise UnreadableDocument(
            "The file is encrypted with a password.",
            "Open it with its password, save it without one, and add that.",
            "encrypted",
        )
    raise UnreadableDocument(
        "The file is of the old binary kind (before Office 2007), whatever it is called.",
        "Open it in its own program, save it as .xlsx or .docx, and add that.",
        "wrong-type",
    )


def _not_a_zip(untrusted: bytes) -> UnreadableDocument:
    if not untrusted.startswith(b"PK"):
        return UnreadableDocument(
            "The file is not an Office document.",
            "Check that it is the right file.",
            "wrong-type",
        )
    if b"PK\x05\x06" not in untrusted:
        return UnreadableDocument(
            "The file is cut off: its end is missing.", "Ask for it to be sent again.", "truncated"
        )
    return damaged("its list of parts")


def _check_members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise bomb(f"{len(infos):,} parts")
    if sum(one.file_size for one in infos) > MAX_TOTAL_BYTES:
        raise bomb("it unpacks to more than a gigabyte")
    members: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for info in infos:
        _check_sizes(info)
        name = _checked_name(info.filename)
        if name.lower() in seen:
            raise damaged("two of its parts have the same name")
        seen.add(name.lower())
        if not name.endswith("/"):
            members[name] = info
    return members


def _check_sizes(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise UnreadableDocument(
            "The file is encrypted with a password.",
            "Open it with its password, save it without one, and add that.",
            "encrypted",
        )
    if info.file_size > MAX_MEMBER_BYTES:
        raise bomb("one part unpacks to more than 512 megabytes")
    too_dense = info.file_size > MAX_RATIO * max(info.compress_size, 1)
    if too_dense and info.file_size > RATIO_APPLIES_FROM:
        raise bomb("one part unpacks to more than 250 times its size")


def _checked_name(untrusted: str) -> str:
    name = untrusted.replace("\\", "/").lstrip("/")
    pieces = name.rstrip("/").split("/")
    odd = any(piece in {"", ".", ".."} for piece in pieces) or ":" in pieces[0]
    if odd or re.search(r"[\x00-\x1f]", name):
        raise damaged("one of its parts has a name that is not allowed")
    return name


def _relationship(element: etree._Element, folder: str) -> Relationship:
    kind = posixpath.basename(element.get("Type") or "")
    target = element.get("Target") or ""
    if (element.get("TargetMode") or "").lower() == "external":
        return Relationship(element.get("Id") or "", kind, target, external=True)
    path = unquote(target.split("#")[0])
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
    resolved = posixpath.normpath(joined) if joined else ""
    return Relationship(element.get("Id") or "", kind, resolved, external=False)


def _as_utf8(data: bytes, name: str) -> bytes:
    try:
        encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else (
            "utf-16-be" if data[:1] == b"\x00" else "utf-16-le"
        )  # fmt: skip
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise damaged(f"part {name} is not readable text") from None
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"), count=1).encode("utf-8")

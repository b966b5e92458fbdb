"""Read the queries of Power Query, which lie packed as text in a part of custom XML.

They name servers, files and people, and may hold whole tables. Source: [MS-QDEFF] 2.2.
"""

from __future__ import annotations

import base64
import binascii
import struct

from lxml import etree

from redactor.errors import UnreadableDocument
from redactor.formats.binary_text import decoded, readable_strings
from redactor.formats.hidden import Gathered, gather_element
from redactor.formats.package import Package, parse_xml
from redactor.model import HiddenKind

_KIND = HiddenKind.CONNECTION


def gather_mashup(root: etree._Element, part: str, gathered: Gathered) -> None:
    """Gather the queries in a part whose root is a ``DataMashup``."""
    try:
        data = base64.b64decode("".join(str(one) for one in root.itertext()))
    except (binascii.Error, ValueError):
        data = b""
    pieces = _pieces(data)
    if not pieces:
        gathered.add(_KIND, part, "", even_empty=True)
        gathered.add_all(_KIND, part, readable_strings(data))
        gathered.block(part, "Queries whose text could not be read.")
        return
    package, *others = pieces
    _gather_package(package, part, gathered)
    for number, one in enumerate(others):
        _gather_xml(one, f"{part}/{number + 1}", part, gathered)


def _pieces(data: bytes) -> list[bytes]:
    """Give the parts of the stream, each with its length before it; none where it is damaged."""
    pieces: list[bytes] = []
    at = 4
    while at + 4 <= len(data):
        (length,) = struct.unpack_from("<I", data, at)
        if at + 4 + length > len(data):
            return []
        pieces.append(data[at + 4 : at + 4 + length])
        at += 4 + length
    return pieces


def _gather_package(data: bytes, part: str, gathered: Gathered) -> None:
    try:
        package = Package(data)
        for name in package.names:
            if name == "[Content_Types].xml":
                continue
            text = package.read(name)
            if name.lower().endswith(".m"):
                gathered.add(_KIND, f"{part}/{name}", decoded(text), part)
            else:
                _gather_xml(text, f"{part}/{name}", part, gathered)
        gathered.count(_KIND, part, 1, "sets of queries")
    except UnreadableDocument:
        gathered.add_all(_KIND, part, readable_strings(data))
        gathered.block(part, "Queries whose text could not be read.")


def _gather_xml(data: bytes, part: str, container: str, gathered: Gathered) -> None:
    """Gather XML that may have a version and its length before it, and more behind it."""
    start = data.find(b"<")
    end = data.rfind(b">") + 1
    if start < 0 or not end:
        gathered.add_all(_KIND, part, readable_strings(data), container)
        return
    try:
        root = parse_xml(data[start:end], part)
    except UnreadableDocument:
        gathered.add_all(_KIND, part, readable_strings(data), container)
        return
    gather_element(root, _KIND, part, gathered, container)
    gathered.add_all(_KIND, part, readable_strings(data[end:]), container)

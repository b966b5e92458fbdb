"""Read the copies of drawings and fields that Word packs into attributes and texts as base 64.

Nothing of them is shown or released: they are searched, because they repeat what a drawing says.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from redactor.errors import UnreadableDocument
from redactor.formats.binary_text import readable_strings
from redactor.formats.package import parse_xml
from redactor.formats.words import attributes_of, packed_bytes, texts_of

_MOST_MEMBERS = 100
_MOST_BYTES = 8 * 2**20


def words_of_packed(text: str) -> list[str]:
    """Give the words in a text of base 64: of the parts of a package, or else of its bytes."""
    data = packed_bytes("".join(text.split()))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()[:_MOST_MEMBERS]
            small = [one for one in members if one.file_size <= _MOST_BYTES]
            return [word for one in small for word in _words_of_part(archive.read(one))]
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError):
        return list(readable_strings(data))


def _words_of_part(data: bytes) -> list[str]:
    try:
        root = parse_xml(data, "a packed drawing")
    except UnreadableDocument:
        return list(readable_strings(data))
    return [*texts_of(root), *attributes_of(root)]

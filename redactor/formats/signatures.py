"""Tell kinds of files apart by their first bytes, without loading any document library."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4
_WORKBOOK_STREAMS = tuple(  # [MS-XLS] 2.1.2; names of 64 bytes, [MS-CFB] 2.6.1
    one.encode("utf-16-le") + b"\x00\x00" for one in ("Workbook", "Book")
)
_BINARY_STARTS = (
    b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", _COMPOUND_FILE, b"\x89PNG", b"\xff\xd8\xff", b"GIF8",
    b"II*\x00", b"MM\x00*", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"MZ", b"{\\rtf",
)  # fmt: skip
_CONTROL = bytes(one for one in range(32) if one not in b"\t\n\r\f\x00\x1a\x1b\x0b\x1c\x1d\x1e\x1f")


def is_compound_file(untrusted: bytes) -> bool:
    """Say whether this is an OLE compound file: old Office, Outlook, or an encrypted package."""
    return untrusted.startswith(_COMPOUND_FILE)


def is_encrypted_package(untrusted: bytes) -> bool:
    """Say whether this is an Office document that was saved with a password."""
    return is_compound_file(untrusted) and _ENCRYPTED_PACKAGE in untrusted


def is_old_workbook(untrusted: bytes) -> bool:
    """Say whether this looks like a compound file with a workbook in it."""
    return (
        is_compound_file(untrusted)
        and not is_encrypted_package(untrusted)
        and any(one in untrusted for one in _WORKBOOK_STREAMS)
    )


def is_package_of(untrusted: bytes, folder: str, main_types: tuple[str, ...]) -> bool:
    """Say whether this looks like an Office package with one of these main content types.

    An encrypted package may be of any kind, and so may a zip that is too damaged to list its
    parts; both are accepted here so that ``read`` can say exactly what is wrong.

    Args:
        untrusted: the file.
        folder: the folder most files of this kind keep their main part in (``xl``, ``word``).
        main_types: content types of main parts, in lower case.
    """
    if is_encrypted_package(untrusted):
        return True
    if not untrusted.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(untrusted)) as archive:
            return _names_main_part(archive, folder, main_types)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        names = re.findall(rb"PK\x03\x04.{26}([\x20-\x7e]{3,80})", untrusted, re.DOTALL)
        known = [one for one in names if one.startswith((b"xl/", b"word/", b"ppt/", b"mimetype"))]
        return not known or any(one.startswith(folder.encode()) for one in known)


def is_package_with(untrusted: bytes, main_type: str, main_part: str) -> bool:
    """Say whether this is an Office package of one content type, or with its usual main part."""
    if not untrusted.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(untrusted)) as archive:
            names = {name.lower() for name in archive.namelist()}
            return main_type in _listed_types(archive) or main_part in names
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return main_part.encode() in untrusted


def _names_main_part(archive: zipfile.ZipFile, folder: str, main_types: tuple[str, ...]) -> bool:
    listed = _listed_types(archive)
    if any(one in listed for one in main_types):
        return True
    names = [name.lower() for name in archive.namelist()]
    if any(name.endswith(("/workbook.bin", "/presentation.xml")) for name in names):
        return False  # a binary workbook or slides
    return any(name.startswith(f"{folder}/") for name in names)


def _listed_types(archive: zipfile.ZipFile) -> str:
    """Give the list of content types in lower case; empty where it is missing or damaged."""
    try:
        with archive.open("[Content_Types].xml") as stream:
            return stream.read(4 * 2**20).replace(b"\x00", b"").decode("latin-1").lower()
    except (zipfile.BadZipFile, zlib.error, LookupError, EOFError, OSError, RuntimeError):
        return ""  # the names of the parts decide, and reading says what is wrong


def looks_like_text(untrusted: bytes) -> bool:
    """Say whether the bytes are text in some encoding, judged by their first 64 KiB."""
    head = untrusted[:65_536]
    if not head or head.startswith(_BINARY_STARTS):
        return False
    if head.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return True
    if wide_encoding(head):
        return True
    if head.count(0) * 20 > len(head):
        return False
    controls = len(head) - len(head.translate(None, _CONTROL))
    return controls * 100 <= len(head)


def wide_encoding(head: bytes) -> str:
    """Give ``utf-16-le`` or ``utf-16-be`` where the bytes look like it without a mark, else ``""``.

    Mostly Latin text in UTF-16 has a zero in every second byte and almost none in the others.
    """
    if len(head) < 4:
        return ""
    even, odd = head[0::2], head[1::2]
    even_zeros, odd_zeros = even.count(0) / len(even), odd.count(0) / len(odd)
    if odd_zeros > 0.7 and even_zeros < 0.05:
        return "utf-16-le"
    if even_zeros > 0.7 and odd_zeros < 0.05:
        return "utf-16-be"
    return ""

"""Signatures: who signed, why and where, and whom the certificates name.

ISO 32000-1, 12.8; the signature itself is a CMS message (RFC 5652), of which only strings are read.
"""

from __future__ import annotations

from collections.abc import Iterator

from redactor.formats.pdf.hidden.model import Hidden
from redactor.formats.pdf.hidden.shape import Entry, Listing, Shape, headed, lines
from redactor.formats.pdf.hidden.syntax import Value, tidy
from redactor.model import HiddenKind

SIGNATURES = Listing(HiddenKind.SIGNATURE, "signatures")
#: String types of ASN.1 (ITU-T X.680, 8.6) and the encoding of each.
_STRINGS = {
    0x0C: "utf-8", 0x12: "ascii", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1A: "ascii",
    0x1C: "utf-32-be", 0x1E: "utf-16-be", 0x81: "ascii", 0x82: "ascii",
    0x86: "ascii",
}  # fmt: skip
_MOST_STRINGS, _MOST_DEPTH = 2_000, 40
_KEYS = frozenset({"Name", "Reason", "Location", "ContactInfo", "Contents", "Cert"})


def signature(entry: Entry) -> Shape | None:
    """Recognise a signature or a time stamp of the document."""
    if entry.type not in {"Sig", "DocTimeStamp"} and not entry.has("ByteRange"):
        return None
    words = dict.fromkeys(
        one
        for key in ("Contents", "Cert")
        for one in _signed(entry.file.resolve(entry.owner.get(key)))
    )
    text = lines(
        headed("Signature", entry.text("Name")),
        [
            ("Reason", entry.text("Reason")),
            ("Place", entry.text("Location")),
            ("Contact", entry.text("ContactInfo")),
            ("Named in the certificates", "; ".join(words)),
        ],
    )
    said = Hidden(SIGNATURES.kind, SIGNATURES.part, text, "signatures")
    return Shape(SIGNATURES, (said,), _KEYS)


def _signed(value: Value) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, bytes):
            yield from strings_in(one)


def strings_in(data: bytes) -> Iterator[str]:
    """Give the strings of a certificate or a signed message (DER), without walking into damage."""
    count = 0
    waiting = [(data, 0)]
    while waiting and count < _MOST_STRINGS:
        piece, depth = waiting.pop(0)
        for tag, content in _elements(piece):
            is_wrapped = tag == 0x04 and content[:1] in {b"\x30", b"\x04"}  # as in an extension
            if (tag & 0x20 or is_wrapped) and depth < _MOST_DEPTH:
                waiting.append((content, depth + 1))
            elif tag in _STRINGS:
                text = tidy(content.decode(_STRINGS[tag], "replace"))
                if sum(map(str.isalpha, text)) > 1 and text.isprintable() and "\ufffd" not in text:
                    count += 1
                    yield text


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the tag and content of each element in a row; ends where the row is damaged."""
    at = 0
    while at + 2 <= len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length == 0x80:  # of unknown length: up to the end
            yield tag, data[at:]
            return
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[at : at + size], "big")
            at += size
        if tag == 0 or at + length > len(data):
            return
        yield tag, data[at : at + length]
        at += length

"""Turn the bytes of a text file into text and back, and say how that was done."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

from redactor.errors import UnreadableDocument, UsageError
from redactor.formats.signatures import looks_like_text, wide_encoding

MAX_TEXT_BYTES = 256 * 2**20
#: Byte-order marks; those of UTF-32 begin like those of UTF-16 (Unicode Standard, 23.8).
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK_OF = {encoding: mark for mark, encoding in _MARKS}
#: What people call an encoding; the most usual first, as they are offered to choose from.
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16, high bytes first",
    "iso8859-1": "ISO 8859-1 (Latin 1)",
    "iso8859-15": "ISO 8859-15 (Latin 9)",
    "cp850": "DOS code page 850",
    "cp437": "DOS code page 437",
    "mac-roman": "Mac Roman",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32, high bytes first",
}
#: Codecs of Python that are no encoding of a file, or another one on every computer.
_NO_ENCODING = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
)
#: What a release is written in. Whoever opens it, and whoever checks it, reads these by themselves.
_WRITTEN = frozenset({"utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and how its letters are encoded.

    Attributes:
        encoding: a Python codec that neither looks for a byte-order mark nor writes one.
        mark: the file begins with a byte-order mark, which is not in the text.
        remark: what the officer should know, where the encoding had to be guessed; else empty.
        chosen: a person said which encoding it is.
    """

    text: str = field(repr=False)
    encoding: str
    mark: bool = False
    remark: str = ""
    chosen: bool = False

    @property
    def named(self) -> str:
        """Give the encoding as people call it."""
        return encoding_name(self.encoding)


def decode(untrusted: bytes, chosen: str = "") -> Decoded:
    """Decode a text file.

    A byte-order mark decides, then strict UTF-8, then UTF-16 without a mark, then Windows-1252,
    which is what British office programs write otherwise; where even that has no such byte, the
    likeliest encoding by its letters.

    Args:
        chosen: the encoding that a person chose; empty to find it out.

    Raises:
        UnreadableDocument: empty, too large, not text, or not in the encoding that was chosen.
        UsageError: there is no such encoding.
    """
    _refuse_what_is_no_text(untrusted)
    if chosen:
        return _decode_as(untrusted, codec_named(chosen))
    for mark, encoding in _MARKS:
        if untrusted.startswith(mark):
            return Decoded(_strictly(untrusted[len(mark) :], encoding), encoding, mark=True)
    wide = wide_encoding(untrusted[:65_536])
    if wide:
        remark = f"Read as {encoding_name(wide)}, which the file does not say."
        return Decoded(_strictly(untrusted, wide), wide, remark=remark)
    try:
        return Decoded(untrusted.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _guess(untrusted)


def decode_text(untrusted: bytes) -> tuple[str, str]:
    """Give the text of a file, and a remark where its encoding had to be guessed (``decode``)."""
    found = decode(untrusted)
    return found.text, found.remark


def encode_text(text: str, encoding: str, mark: bool) -> tuple[bytes, bool]:
    """Encode the text of a release as the original was.

    Where nothing in the bytes would tell a reader which encoding that is, it is written in UTF-8
    with a byte-order mark instead, so that everybody reads what was approved.

    Returns:
        The bytes, and whether the encoding was kept.
    """
    if encoding in _WRITTEN:
        try:
            data = (_MARK_OF[encoding] if mark else b"") + text.encode(encoding)
        except UnicodeEncodeError:  # a label with a letter that it does not have
            data = b""
        if data and _tells(data, text):
            return data, True
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace"), False


def _tells(data: bytes, text: str) -> bool:
    try:
        return decode(data).text == text
    except UnreadableDocument:
        return False


def codec_named(name: str) -> str:
    """Give the Python codec of an encoding by any of its names.

    Raises:
        UsageError: there is none.
    """
    try:
        "a".encode(name)  # refuses codecs that do something else with bytes
        found = codecs.lookup(name).name.replace("_", "-")
    except (LookupError, ValueError):
        found = ""
    if not found or found in _NO_ENCODING:
        raise UsageError(
            "There is no encoding of that name. Nothing was done. "
            "Name one such as utf-8, cp1252, utf-16 or cp850."
        )
    return {"utf-8-sig": "utf-8"}.get(found, found)


def encoding_name(codec: str) -> str:
    """Give an encoding as people call it."""
    return ENCODING_NAMES.get(codec.replace("_", "-"), codec.upper())


def _decode_as(untrusted: bytes, codec: str) -> Decoded:
    """Decode in the encoding that a person chose; a byte-order mark of it is taken away."""
    if codec in {"utf-16", "utf-32"}:  # either way round; without a mark as on Windows
        big = untrusted.startswith(_MARK_OF[f"{codec}-be"])
        codec = f"{codec}-be" if big else f"{codec}-le"
    mark = _MARK_OF.get(codec, b"")
    marked = bool(mark) and untrusted.startswith(mark)
    try:
        text = untrusted[len(mark) if marked else 0 :].decode(codec)
    except ValueError:
        raise UnreadableDocument(
            f"The file cannot be read as {encoding_name(codec)}: it holds bytes that mean nothing "
            "there.",
            "Choose another encoding.",
            "wrong-encoding",
        ) from None
    return Decoded(text, codec, marked, chosen=True)


def _strictly(untrusted: bytes, encoding: str) -> str:
    try:
        return untrusted.decode(encoding)
    except UnicodeDecodeError:
        raise _not_readable() from None


def _guess(untrusted: bytes) -> Decoded:
    try:
        text, encoding = untrusted.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        encoding = _likeliest(untrusted)
        text = untrusted.decode(encoding, errors="replace")
    return Decoded(
        text,
        encoding,
        remark="The file does not say how its letters are encoded; it was read as "
        f"{encoding_name(encoding)}. Check that names with accents look right.",
    )


def _likeliest(untrusted: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - heavy, and rarely needed

    lines = [line for line in untrusted[:4_000_000].splitlines() if not line.isascii()]
    best = from_bytes(b"\n".join(lines)[:65_536]).best()
    return best.encoding if best is not None else "latin-1"


def _refuse_what_is_no_text(untrusted: bytes) -> None:
    if not untrusted:
        raise UnreadableDocument(
            "The file is empty (0 bytes).", "Ask for it to be sent again.", "empty"
        )
    if len(untrusted) > MAX_TEXT_BYTES:
        raise UnreadableDocument(
            "The file is larger than 256 megabytes.", "Split it and add the pieces.", "too-large"
        )
    if not looks_like_text(untrusted):
        raise UnreadableDocument(
            "The file is not text, whatever it is called.",
            "Check that it is the right file.",
            "wrong-type",
        )


def _not_readable() -> UnreadableDocument:
    return UnreadableDocument(
        "The file's letters cannot be read: it contradicts its own byte-order mark or is cut off.",
        "Open it in its own program, save it again as UTF-8, and add that.",
        "damaged",
    )

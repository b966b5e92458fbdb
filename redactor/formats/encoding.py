"""Turn the bytes of a text file into text, and say how that was done."""

from __future__ import annotations

from redactor.errors import UnreadableDocument
from redactor.formats.signatures import looks_like_text, wide_encoding

MAX_TEXT_BYTES = 256 * 2**20
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode_text(untrusted: bytes) -> tuple[str, str]:
    """Decode a text file.

    A byte-order mark decides, then strict UTF-8, then UTF-16 without a mark, then Windows-1252,
    which is what British office programs write otherwise; where even that has no such byte, the
    likeliest encoding by its letters.

    Returns:
        The text, and a remark for the officer where the encoding had to be guessed (else empty).

    Raises:
        UnreadableDocument: empty, too large, or not text.
    """
    _refuse_what_is_no_text(untrusted)
    for mark, encoding in _MARKS:
        if untrusted.startswith(mark):
            try:
                return untrusted.decode(encoding), ""
            except UnicodeDecodeError:
                raise _not_readable() from None
    wide = wide_encoding(untrusted[:65_536])
    if wide:
        try:
            return untrusted.decode(wide), f"Read as {wide.upper()}, which the file does not say."
        except UnicodeDecodeError:
            raise _not_readable() from None
    try:
        return untrusted.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _guess(untrusted)


def _guess(untrusted: bytes) -> tuple[str, str]:
    try:
        text = untrusted.decode("cp1252")
    except UnicodeDecodeError:
        encoding = _likeliest(untrusted)
        text = untrusted.decode(encoding, errors="replace")
    else:
        encoding = "Windows-1252"
    return text, (
        f"The file does not say how its letters are encoded; it was read as {encoding}. "
        "Check that names with accents look right."
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

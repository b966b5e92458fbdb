"""Read bytes as text in every way that is plausible, and undo what hides text in plain sight."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import quopri
import re
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from redactor.release.verify.ledger import Ledger
from redactor.release.verify.markup import looks_marked_up, text_between, text_inside
from redactor.release.verify.search import RAW_MINIMUM, Reading, Tally

_CONTROL = bytes((*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))
_HIGH = bytes(range(0x80, 0x100))
#: More bytes beyond ASCII than this, not in UTF-8, are no text in a Latin script.
_MOST_STRANGE = 0.3
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SINGLE_BYTE = ("cp1252", "mac_roman", "cp850")

_BYTE_RUN = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){%d,}" % RAW_MINIMUM)
_ASCII_RUN = re.compile(rb"[\x20-\x7e]{%d,}" % RAW_MINIMUM)
_WIDE_RUN = re.compile(rb"(?:[\x20-\xff][\x00-\x02]){%d,}" % RAW_MINIMUM)
_WIDE_RUN_BIG = re.compile(rb"(?:[\x00-\x02][\x20-\xff]){%d,}" % RAW_MINIMUM)

_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|'([0-9A-Fa-f]{2})"
    r"|u(-?\d{1,5}) ?\??)"
)
_QUOTED_PRINTABLE = re.compile(r"=(?:[0-9A-Fa-f]{2}|\r?\n)")
_RTF_WORD = re.compile(r"\\[a-z]{1,32}(?:-?\d{1,10})? ?|[{}\r\n]")
_RTF_CHARACTER = re.compile(r"\\u(-?\d{1,5}) ?\??|\\'([0-9A-Fa-f]{2})")
#: Base64 over several lines, in one piece, in the alphabet for addresses, and short with its end.
_BASE64_LINES = re.compile(r"(?:[A-Za-z0-9+/]{60,80}\r?\n)+[A-Za-z0-9+/]*={0,2}")
_BASE64 = re.compile(
    r"(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9_-]{16,}={0,2}"
    r"|[A-Za-z0-9+/]{6,15}={1,2})"
)
#: Hexadecimal digits of letters: in ASCII or Latin UTF-8, and in UTF-16 either way round.
_HEX = re.compile(
    r"(?<![0-9A-F])(?:FEFF|FFFE)?(?:(?:(?:[2-7][0-9A-F]|C[2-5][ :]?[89AB][0-9A-F])[ :]?){5,}"
    r"|(?:0[0-2][ :]?[0-9A-F]{2}[ :]?){5,}|(?:[0-9A-F]{2}[ :]?0[0-2][ :]?){5,})",
    re.IGNORECASE,
)
_MAX_LAYERS = 3
#: Data of fewer bytes are gone through one by one.
_SMALL = 20_000
#: Further from one another, what can begin a run in UTF-16 begins two (bytes).
_REACH = 2 * RAW_MINIMUM + 2
#: What is in no run of printable characters.
_SEPARATOR = 0
_PDF_START = re.compile(rb"%PDF-\d")


def is_file(data: bytes) -> bool:
    """Say whether bytes are a file that an engine can look into."""
    return (
        data[:4] in {b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"}
        or data[:3] in {b"\x1f\x8b\x08", b"BZh"}
        or data[:6] in {b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"}
        or _PDF_START.search(data[:1024]) is not None
    )


def is_textual(data: bytes) -> bool:
    """Say whether bytes are text in some encoding rather than binary."""
    if data.startswith(tuple(mark for mark, _ in _BYTE_ORDER_MARKS)) or _wide_encoding(data):
        return True
    sample = data[:200_000]
    if len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 100:
        return False
    strange = len(sample) - len(sample.translate(None, _HIGH))
    return strange <= len(sample) * _MOST_STRANGE or _is_utf8(sample)


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def readings(data: bytes) -> list[str]:
    """Read text in every plausible encoding, likeliest first."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return [data[len(mark) :].decode(encoding, "replace")]
    wide = _wide_encoding(data)
    if wide:
        return [data.decode(wide, "replace")]
    try:
        return [data.decode("utf-8")]
    except UnicodeDecodeError:
        pass
    texts = [data.decode(encoding, "replace") for encoding in _SINGLE_BYTE]
    return [*texts, data.decode("utf-8", "replace")]


def _wide_encoding(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark by the NUL in every other byte."""
    sample = data[:4000]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def printable_runs(data: bytes) -> tuple[str, ...]:
    """Give the runs of printable characters in binary data, in UTF-8 and in UTF-16."""
    found = list(_printable(data))
    parts = list(_wide_parts(data)) if b"\x00" in data else []
    for wide, encoding in ((_WIDE_RUN, "utf-16-le"), (_WIDE_RUN_BIG, "utf-16-be")):
        found += [run.decode(encoding, "replace") for one in parts for run in wide.findall(one)]
    return tuple(found)


def _printable(data: bytes) -> tuple[str, ...]:
    """Give the runs in UTF-8: what ``_BYTE_RUN`` finds, but not byte by byte in large data."""
    if len(data) < _SMALL:
        return tuple(run.decode("utf-8", "replace") for run in _BYTE_RUN.findall(data))
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    raw = np.frombuffer(data, np.uint8)
    follows = (raw & 0xC0) == 0x80
    leads = (raw >= 0xC2) & (raw <= 0xF4)
    leads[:-1] &= follows[1:]
    leads[-1] = False
    begins = ((raw >= 0x20) & (raw <= 0x7E)) | leads
    printable, after = begins.copy(), leads
    for _ in range(3):  # a letter has at most three more bytes
        after = np.concatenate(([False], after[:-1])) & follows
        printable |= after
    several = printable
    for _ in range(RAW_MINIMUM - 1):
        several = several[:-1] & printable[len(raw) - len(several) + 1 :]
    at = np.flatnonzero(several)
    if not len(at):
        return ()
    is_new = np.diff(at, prepend=-2) > 1
    starts, ends = at[is_new], at[np.append(is_new[1:], True)] + RAW_MINIMUM
    letters = np.cumsum(begins, dtype=np.int32)
    is_long = letters[ends - 1] - letters[starts] + 1 >= RAW_MINIMUM
    pieces = (
        data[at:to] for at, to in zip(starts[is_long].tolist(), ends[is_long].tolist(), strict=True)
    )
    text = bytes((_SEPARATOR,)).join(pieces).decode("utf-8", "replace")
    return tuple(text.split(chr(_SEPARATOR))) if is_long.any() else ()


def _wide_parts(data: bytes) -> Iterator[bytes]:
    """Give the parts of data that can hold a run in UTF-16: every other byte is next to nothing."""
    if len(data) < _SMALL:
        yield data
        return
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    low = np.frombuffer(data, np.uint8) <= 2
    several = low
    for _ in range(RAW_MINIMUM - 1):
        several = several[:-2] & low[len(low) - len(several) + 2 :]
    at = np.flatnonzero(several)
    is_new = np.diff(at, prepend=-2 * _REACH) > _REACH
    starts, ends = at[is_new], at[np.append(is_new[1:], True)[: len(at)]]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield data[max(start - 1, 0) : end + _REACH]


def ascii_runs(data: bytes) -> tuple[str, ...]:
    """Give the runs of ASCII letters and signs, in the pixels of a picture."""
    return tuple(run.decode("ascii") for run in _ASCII_RUN.findall(data))


def unwrapped(text: str) -> Iterator[Reading]:
    """Give a text with entities, percent signs, backslashes or quoted-printable undone."""
    if "&" in text and (undone := html.unescape(text)) != text:
        yield undone
    if "%" in text and _PERCENT.search(text):
        yield unquote(text, "utf-8", "replace")
        yield unquote(text, "cp1252", "replace")
    if "\\" in text and _ESCAPE.search(text):
        yield _ESCAPE.sub(_unescaped, text)
    if "{\\rtf" in text:
        yield _rtf_text(text)
    if "=" in text and _QUOTED_PRINTABLE.search(text):
        yield from readings(quopri.decodestring(text.encode("utf-8", "surrogatepass")))
    if "<" in text and looks_marked_up(text):
        yield text_between(text)
        yield text_inside(text, names=True)


def _unescaped(match: re.Match[str]) -> str:
    braced, four, short, rtf, decimal = match.groups()
    if rtf is not None:
        return bytes.fromhex(rtf).decode("cp1252", "replace")
    code = int(decimal) % 65536 if decimal is not None else int(braced or four or short, 16)
    return chr(code) if code < 0x110000 else ""


def _rtf_text(text: str) -> str:
    """Give RTF without its control words (Rich Text Format Specification 1.9.1)."""
    return _RTF_WORD.sub("", _RTF_CHARACTER.sub(_rtf_character, text))


def _rtf_character(match: re.Match[str]) -> str:
    number, code = match.groups()
    return chr(int(number) % 65536) if number else bytes.fromhex(code).decode("cp1252", "replace")


def packed(text: str) -> Iterator[tuple[str, bytes]]:
    """Give what runs of base64 and of hexadecimal digits stand for."""
    runs = dict.fromkeys(run for run in _BASE64.findall(text) if not run.isdecimal())
    if any(len(run) >= 60 for run in runs):
        runs.update(dict.fromkeys(_BASE64_LINES.findall(text)))
    pieces = (piece for run in runs for piece in re.split(r"[/+_-]", run) if len(piece) >= 12)
    for run in dict.fromkeys((*runs, *pieces)):
        if data := _from_base64(run):
            yield "base64", data
    for run in dict.fromkeys(_HEX.findall(text)):
        digits = re.sub(r"[ :]", "", run)
        yield "hexadecimal", bytes.fromhex(digits[: len(digits) // 2 * 2])


def _from_base64(run: str) -> bytes:
    compact = "".join(run.split()).rstrip("=").translate({ord("-"): "+", ord("_"): "/"})
    compact = compact[: len(compact) - (len(compact) % 4 == 1)]
    try:
        return base64.b64decode(compact + "=" * (-len(compact) % 4))
    except (binascii.Error, ValueError):
        return b""


def search_text(ledger: Ledger, tally: Tally, text: str, where: str, layer: int = 0) -> None:
    """Look at a text as it is, with its wrappings undone, and into what is packed in it."""
    tally.views([text, *unwrapped(text)], ledger.place(where))
    search_packed(ledger, tally, text, where, layer)


def search_packed(ledger: Ledger, tally: Tally, text: str, where: str, layer: int = 0) -> None:
    """Look into what is packed in a text as base64 or hexadecimal digits."""
    if layer >= _MAX_LAYERS:
        return
    unclear: list[str] = []
    for kind, data in packed(text):
        inside = f"{where}, {kind}"
        if is_file(data):
            ledger.nested(data, inside)
        elif is_textual(data):
            for reading in readings(data):
                search_text(ledger, tally, reading, inside, layer + 1)
        else:
            unclear.extend(printable_runs(data))
    if unclear:
        tally.views([tuple(unclear)], ledger.place(f"{where}, encoded"))


def search_bytes(ledger: Ledger, tally: Tally, data: bytes, where: str) -> None:
    """Look at bytes of no known kind: as a file, as text, or as binary with text in it."""
    if is_file(data):
        ledger.nested(data, where)
    elif is_textual(data):
        texts = readings(data)
        views: list[Reading] = [view for text in texts for view in (text, *unwrapped(text))]
        tally.views(views, ledger.place(where))
        search_packed(ledger, tally, texts[0], where)
    else:
        tally.views([printable_runs(data)], ledger.place(where))


def inflate(data: bytes, room: int, window: int = zlib.MAX_WBITS) -> bytes | None:
    """Decompress as far as the data goes, at most ``room`` bytes; None where nothing comes out."""
    stream = zlib.decompressobj(window)
    try:
        return stream.decompress(data, room) or None
    except zlib.error:
        return None

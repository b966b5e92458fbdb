"""The list of formats: one module each, one line each; all that names formats derives from it."""

from __future__ import annotations

from pathlib import PurePath

from redactor.errors import UnreadableDocument
from redactor.formats.base import Format
from redactor.formats.csv_file import Csv
from redactor.formats.docx import Docx
from redactor.formats.ods import Ods
from redactor.formats.pdf import Pdf
from redactor.formats.scan import Scan
from redactor.formats.text_file import Text
from redactor.formats.xls import Xls
from redactor.formats.xlsb import Xlsb
from redactor.formats.xlsx import Xlsx

FORMATS: tuple[Format, ...] = (Pdf(), Xlsx(), Xls(), Xlsb(), Ods(), Docx(), Scan(), Csv(), Text())

__all__ = ["FORMATS", "Format", "detect_format", "format_named", "known_suffixes"]


def known_suffixes() -> tuple[str, ...]:
    """Give every suffix that can be opened, with its dot."""
    return tuple(suffix for one in FORMATS for suffix in one.suffixes)


def format_named(name: str) -> Format:
    """Give the format with this name.

    Raises:
        KeyError: there is none.
    """
    return {one.name: one for one in FORMATS}[name]


def detect_format(name: str, untrusted: bytes) -> Format:
    """Choose the format by the bytes, and hold the file's name against it.

    Args:
        name: the file's name; only its suffix is looked at.
        untrusted: the whole file.

    Raises:
        UnreadableDocument: empty, of no known format, or of another format than its name says.
    """
    if not untrusted:
        raise UnreadableDocument(
            "The file is empty (0 bytes).", "Ask for it to be sent again.", "empty"
        )
    suffix = PurePath(name).suffix.lower()
    claimed = [one for one in FORMATS if suffix in one.suffixes]
    candidates = claimed or [one for one in FORMATS if one.has_signature]
    fitting = [one for one in candidates if one.sniff(untrusted)]
    if fitting:
        return fitting[0]
    if not claimed:
        raise UnreadableDocument(
            f"Files of this kind ({suffix or 'no suffix'}) cannot be read yet.",
            f"Save it as one of {', '.join(known_suffixes())} and add that.",
            "unsupported",
        )
    actual = next((one.title for one in FORMATS if one.sniff(untrusted)), None)
    raise UnreadableDocument(
        f"The file is named {suffix} but its content is "
        + (f"a {actual}." if actual else "something else, or is damaged."),
        "Check that it is the right file, open it in its own program, save it again, and add that.",
        "wrong-type",
    )

"""Write text as it was written before: encoding, line ends, delimiter and quotes of the original.

Only values are written, and how each stood: the bytes outside what was redacted come out equal
because they are made by the same rules, not because they were copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from redactor.content import Delimited, Lines, Record
from redactor.formats.base import RebuiltFile
from redactor.formats.encoding import encode_text, encoding_name
from redactor.formats.fields import BARE, needs_quotes, written_record
from redactor.formats.writers.walk import cell_text, runs_text

#: What makes a spreadsheet program run a field (OWASP, CSV Injection) ...
_SIGNS = ("=", "+", "-", "@", "\t", "\r")
#: ... and what does so always; after a plus or minus only what calls something can do harm. Dates,
#: telephone numbers and dashes begin so in every table.
_RUNS = ("=", "@", "\t", "\r")
_CALLS = re.compile(r"[^\W\d][\w.]*\s*\(|[|!]")


def write_exact(content: Delimited | Lines) -> tuple[RebuiltFile, tuple[str, ...]]:
    """Write delimited or plain text.

    Returns:
        The file, and what the officer should know of it.
    """
    is_table = isinstance(content, Delimited)
    text = _table_text(content) if isinstance(content, Delimited) else _lines_text(content)
    data, kept = encode_text(text, content.encoding, content.mark)
    notes = () if kept else (_other_encoding(content.encoding),)
    if isinstance(content, Delimited):
        notes = (*_said_of_signs(content), *notes)
    return RebuiltFile(data, ".csv" if is_table else ".txt"), notes


def could_run(text: str) -> bool:
    """Say whether a spreadsheet program could do something because of this field."""
    return text.startswith(_RUNS) or (text.startswith(_SIGNS) and _CALLS.search(text) is not None)


def _lines_text(content: Lines) -> str:
    return "".join(
        runs_text(line) + ("\r\n" if end is None else end)
        for line, end in zip_longest(content.lines, content.ends)
        if line is not None
    )


def _table_text(content: Delimited) -> str:
    lines = [content.instruction]
    for record in content.records:
        lines.append(_record_text(record, content.delimiter))
        lines.append(record.end)
    text = "".join(lines)
    return text.removesuffix('"') if content.left_open else text


def _record_text(record: Record, delimiter: str) -> str:
    values = [cell_text(cell) for cell in record.fields]
    quoted = list(record.quoted) or [BARE] * len(values)
    for at, (cell, value) in enumerate(zip(record.fields, values, strict=True)):
        if could_run(value):
            values[at] = f"'{value}"
            quoted[at] += quoted[at] != BARE
        if cell.redaction:
            quotes = quoted[at] != BARE or needs_quotes(values[at], delimiter)
            quoted[at] = len(values[at]) if quotes else BARE
    return written_record(values, quoted, delimiter)


# --- what is said of it -------------------------------------------------------------------------


def _said_of_signs(content: Delimited) -> Iterator[str]:
    shown = (cell_text(cell) for record in content.records for cell in record.fields)
    signed = [text for text in shown if text.startswith(_SIGNS)]
    safe = sum(map(could_run, signed))
    if safe:
        what = "1 field begins" if safe == 1 else f"{safe:,} fields begin"
        each = "it" if safe == 1 else "each"
        yield (
            f"{what} as a formula does; an apostrophe was put before {each} so that no "
            "spreadsheet program runs it."
        )
    if left := len(signed) - safe:
        what = "1 other field begins" if left == 1 else f"{left:,} other fields begin"
        as_is = "was left as it is" if left == 1 else "were left as they are"
        yield f"{what} with a plus or minus sign and {as_is}: nothing in it can be run."


def _other_encoding(encoding: str) -> str:
    return (
        f"The original is in {encoding_name(encoding)}, which no reader can tell from the bytes; "
        "the release is in UTF-8 with a byte-order mark."
    )

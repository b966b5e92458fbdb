"""Give the first rows of a text file as they would be read in some way, for a person to choose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from redactor.formats.encoding import decode
from redactor.formats.fields import find_instruction, records
from redactor.formats.refusal import refusing_damage
from redactor.formats.table_notes import read_words
from redactor.model import ReadAs

_BREAK = re.compile(r"\r\n|\r|\n")
#: So many rows, fields and characters are enough to see whether it was read rightly.
_ROWS, _FIELDS, _CHARACTERS = 30, 40, 200


@dataclass(frozen=True, slots=True)
class FirstRows:
    """The first rows of a file.

    Attributes:
        said: how they were read, in a sentence.
    """

    said: str
    rows: tuple[tuple[str, ...], ...] = field(repr=False)


def first_rows(untrusted: bytes, read_as: ReadAs, *, is_table: bool) -> FirstRows:
    """Read the first rows, or lines.

    Raises:
        UnreadableDocument: it cannot be read in that way.
        UsageError: there is no such way.
    """
    from redactor.formats.csv_file import delimiter_of  # noqa: PLC0415 - not for plain text

    with refusing_damage():
        decoded = decode(untrusted, read_as.encoding)
        text = decoded.text
        if not is_table:
            lines = _BREAK.split(text[: _ROWS * _CHARACTERS])[:_ROWS]
            return FirstRows(read_words(decoded), tuple((line[:_CHARACTERS],) for line in lines))
        delimiter = delimiter_of(text, read_as)
        start = len(find_instruction(text)[0])
        rows = tuple(
            tuple(value[:_CHARACTERS] for value in one.values[:_FIELDS])
            for one in islice(records(text, delimiter, start), _ROWS)
        )
        chosen = bool(read_as.delimiter)
        return FirstRows(read_words(decoded, delimiter, delimiter_is_chosen=chosen), rows)

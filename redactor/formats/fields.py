"""Take delimited text apart into records of fields, losing nothing of how it was written.

The rules are those of RFC 4180, and of Python's ``csv`` where files do not keep to it: a quote in
the middle of a field stands for itself, what follows a closing quote belongs to the field, and a
field that is never closed goes on to the end of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from redactor.errors import UsageError

#: What usually tells fields apart, and what people call it.
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", " ": "space"}
_WORDS = {"tab": "\t", "\\t": "\t", **{name: sign for sign, name in DELIMITER_NAMES.items()}}
_BREAK = re.compile(r"\r\n|\r|\n")
#: A first line by which Excel is told the delimiter, and which it hides.
_INSTRUCTION = re.compile(r"(?i)\s*\"?sep=([^\"\r\n])\"?[^\S\r\n]*(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Written:
    """One record as it stands in the file.

    Attributes:
        values: what its fields say, ragged or none at all.
        quoted: for each field how many of its first characters stand in quotes, or ``BARE`` where
            none do; empty where no field is quoted.
        end: how its line ends; empty for the last line of a file that does not end it.
        left_open: the quotes of its last field are never closed, so that the file ends in it.
    """

    values: list[str] = field(repr=False)
    quoted: tuple[int, ...]
    end: str
    left_open: bool = False


#: A field that is not in quotes.
BARE = -1


def delimiter_named(name: str) -> str:
    r"""Give the character that a person wants fields told apart by; empty for none.

    Args:
        name: the character itself, or what it is called (``tab``, ``\t``, ``comma``).

    Raises:
        UsageError: no such character can tell fields apart.
    """
    sign = _WORDS.get(name.lower(), name)
    if sign and (len(sign) != 1 or sign in '"\r\n\0' or sign.isalnum()):
        raise UsageError(
            "Fields cannot be told apart by that. Nothing was done. Name one character that is no "
            "letter, digit or quotation mark, such as a comma, or `tab`."
        )
    return sign


def delimiter_name(delimiter: str) -> str:
    """Give a delimiter as people call it."""
    return DELIMITER_NAMES.get(delimiter, f"the character {delimiter}")


def find_instruction(text: str) -> tuple[str, str]:
    """Find the first line that names the delimiter.

    Returns:
        The line with what ends it, and the delimiter; both empty where there is no such line.
    """
    found = _INSTRUCTION.match(text)
    return (found[0], found[1]) if found else ("", "")


def records(text: str, delimiter: str, start: int = 0) -> Iterator[Written]:
    """Take a text apart from an offset on."""
    at, size = start, len(text)
    pattern = _field_pattern(delimiter)
    while at < size:
        found = _BREAK.search(text, at)
        stop, after = found.span() if found else (size, size)
        line = text[at:stop]
        if '"' in line:
            record, at = _quoted_record(text, at, pattern)
            yield record
        else:
            yield Written(line.split(delimiter) if line else [], (), text[stop:after])
            at = after


def written_record(values: Sequence[str], quoted: Sequence[int], delimiter: str) -> str:
    """Write one record as it was, without what ends its line."""
    if not quoted:
        return delimiter.join(values)
    return delimiter.join(
        [
            value if inside == BARE else _in_quotes(value, inside)
            for value, inside in zip(values, quoted, strict=True)
        ]
    )


def needs_quotes(value: str, delimiter: str) -> bool:
    """Say whether a field would be read otherwise if it stood without quotes."""
    return value.startswith('"') or delimiter in value or "\n" in value or "\r" in value


def _in_quotes(value: str, inside: int) -> str:
    return '"' + value[:inside].replace('"', '""') + '"' + value[inside:]


def _field_pattern(delimiter: str) -> re.Pattern[str]:
    """Give what a field is: in quotes, with what follows them, or bare; and what comes after it."""
    sign = re.escape(delimiter)
    bare = rf"[^{sign}\r\n]*+"
    return re.compile(rf'(?:"((?:[^"]++|"")*+)("?)({bare})|({bare}))({sign}|\r\n|\r|\n|\Z)')


def _quoted_record(text: str, at: int, pattern: re.Pattern[str]) -> tuple[Written, int]:
    values: list[str] = []
    quoted: list[int] = []
    while True:
        found = pattern.match(text, at)
        if found is None:  # the pattern matches anywhere, even at the end
            raise ValueError(at)
        content, closing, tail, bare, after = found.groups()
        if content is None:
            values.append(bare)
            quoted.append(BARE)
        else:
            inside = content.replace('""', '"')
            values.append(inside + tail)
            quoted.append(len(inside))
        at = found.end()
        if after in {"", "\r\n", "\r", "\n"}:
            return Written(values, tuple(quoted), after, closing == ""), at

"""Say in plain English how delimited or plain text was read, and what is odd about it.

No text of the document is in what is said, only numbers of rows and characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from redactor.formats.encoding import Decoded
from redactor.formats.fields import BARE, Written, delimiter_name

_ENDS = {
    "\r\n": "as on Windows (CR LF)",
    "\n": "as on Linux and Mac (LF)",
    "\r": "as on old Macs (CR)",
}
#: What a remark begins with that says how letters and fields were read.
READ_AS = "Read as "
_AS_CHOSEN = " as you chose"
#: So many rows at the beginning are looked at for headings and what stands above them.
_FIRST_ROWS = 200
#: A field longer than a cell of Excel holds.
_LONG = 32_767


def said_of_table(
    decoded: Decoded, rows: Sequence[Written], delimiter: str, *, is_chosen: bool
) -> tuple[str, ...]:
    """Say how a table was read; what was settled first, then what somebody should look at."""
    return (
        read_words(decoded, delimiter, delimiter_is_chosen=is_chosen),
        *filter(None, (decoded.remark,)),
        *_said_of_ends(Counter(one.end for one in rows)),
        *_said_of_beginning(rows[:_FIRST_ROWS]),
        *_said_of_oddities(rows),
        *_said_of_nuls(decoded.text),
    )


def said_of_lines(decoded: Decoded, ends: Iterable[str]) -> tuple[str, ...]:
    """Say how plain text was read."""
    return (
        read_words(decoded),
        *filter(None, (decoded.remark,)),
        *_said_of_ends(Counter(ends)),
        *_said_of_nuls(decoded.text),
    )


def read_words(decoded: Decoded, delimiter: str = "", *, delimiter_is_chosen: bool = False) -> str:
    """Say in a sentence how a file was read: its letters, and its fields if it has any."""
    mark = " with a byte-order mark" if decoded.mark else ""
    letters = f"{READ_AS}{decoded.named}{mark}{_AS_CHOSEN * decoded.chosen}"
    if not delimiter:
        return f"{letters}."
    named = f"{delimiter_name(delimiter)}{_AS_CHOSEN * delimiter_is_chosen}"
    return f"{letters}, fields told apart by {named}."


def _said_of_ends(ends: Counter[str]) -> Iterator[str]:
    kinds = [end for end in _ENDS if ends[end]]
    if len(kinds) == 1:
        yield f"Its lines end {_ENDS[kinds[0]]}."
    elif kinds:
        each = ", ".join(f"{ends[end]:,} {_ENDS[end]}" for end in kinds)
        yield f"Its lines end in different ways, which are kept: {each}."
    if ends[""]:
        yield "Its last line has no end, and gets none."


def _said_of_beginning(rows: Sequence[Written]) -> Iterator[str]:
    """Say where the table seems to begin: the first row as wide as most, and what it is."""
    widths = Counter(len(one.values) for one in rows if len(one.values) > 1)
    if not widths:
        return
    usual = max(widths, key=lambda width: (widths[width], width))
    first = next(at for at, one in enumerate(rows) if len(one.values) == usual)
    if first:
        above = "The first row stands" if first == 1 else f"The first {first:,} rows stand"
        yield f"{above} above the table, it seems; nothing of it was left out."
    if len(rows) > first + 1 and _look_like_headings(rows[first].values):
        yield f"Row {first + 1:,} looks like the headings."


def _look_like_headings(values: Sequence[str]) -> bool:
    words = [one.strip() for one in values]
    return len(set(words)) == len(words) and all(
        word and not any(letter.isdecimal() for letter in word) and len(word) <= 60
        for word in words
    )


def _said_of_oddities(rows: Sequence[Written]) -> Iterator[str]:
    filled = [one for one in rows if one.values]
    if blank := len(rows) - len(filled):
        yield f"{_counted(blank, 'row is', 'rows are')} empty, and kept."
    if len({len(one.values) for one in filled}) > 1:
        yield "Its rows have different numbers of fields; they are kept as they stand."
    comments = sum(one.values[0].startswith("#") for one in filled)
    if comments:
        yield (
            f"{_counted(comments, 'row begins', 'rows begin')} with # as remarks do; "
            "they are read like any other."
        )
    quoted = [one for one in filled if one.quoted]
    if broken := sum("\n" in v or "\r" in v for one in quoted for v in one.values):
        yield f"{_counted(broken, 'field holds', 'fields hold')} line breaks."
    if stray := sum(_has_stray_quotes(one) for one in quoted):
        yield (
            f"{_counted(stray, 'row has', 'rows have')} quotation marks where none belong; "
            "check that its fields are told apart as they should be."
        )
    if long := sum(len(value) > _LONG for one in filled for value in one.values):
        what = _counted(long, "field is", "fields are")
        yield f"{what} longer than a cell of a spreadsheet holds."


def _has_stray_quotes(row: Written) -> bool:
    return row.left_open or any(
        '"' in value if inside == BARE else inside < len(value)
        for value, inside in zip(row.values, row.quoted, strict=True)
    )


def _said_of_nuls(text: str) -> Iterator[str]:
    if nuls := text.count("\0"):
        yield f"{_counted(nuls, 'character is', 'characters are')} NUL, and kept."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"

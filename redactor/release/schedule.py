"""The public schedule of redactions, as CSV and as PDF: what went from where, and under what.

It goes out with the release, so it holds no withheld text, no name of a sheet or file of the
original, and no key that would tie two places to one person. Documents, sheets and pages go by
number.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from redactor.model import Area, HiddenKind, Ruling, Span, Target

#: A cell that begins so is run as a formula by spreadsheet programs (OWASP, CSV Injection).
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n")
_CELL = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")
_PART = re.compile(r"(?P<part>.*)#(?P<number>\d+)")
_PARTS = {"document": "body", "header": "header", "footer": "footer", "footnotes": "footnotes",
          "endnotes": "endnotes", "comments": "comments"}  # fmt: skip

ROW_TITLES = ("No.", "Document", "Place", "Exemption", "What was removed", "Extent")
LEFT_OUT_TITLES = ("Document", "What was left out", "How many")
IN_FULL_TITLES = ("Document", "Exemption")
RULING_TITLES = ("Document", "Place", "What was decided")
TITLE = "Schedule of redactions"
LEFT_OUT_TITLE = "Content that was not visible in the original and is not in this release"
IN_FULL_TITLE = "Documents withheld in full"
RULINGS_TITLE = "Parts that could not be read by the program and that a person decided about"


#: A title, the titles of the columns, and the rows.
Table: TypeAlias = tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One redaction.

    Attributes:
        number: from 1, across the release.
        document: the document's number.
        place: in words (``page 3``, ``sheet 2, cell B7``).
        exemption: the citation with its limb.
        label_title: the kind of information (``Name of a person``).
        extent: ``words``, ``box``, ``part of a cell``, ``whole cell`` ...
    """

    number: int
    document: int
    place: str
    exemption: str
    label_title: str
    extent: str


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """How many things of a kind a document's release does not carry."""

    document: int
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class RulingRow:
    """What a person ruled on a part that the program could not read."""

    document: int
    place: str
    ruling: Ruling


def describe(
    target: Target, length: int | None = None, sheets: Mapping[str, int] | None = None
) -> tuple[str, str]:
    """Say in words where a redaction lies and how far it goes.

    Args:
        target: what was removed.
        length: how many code points the segment it lies in has, where known.
        sheets: the number of each sheet, from 1; names of sheets may hold names of people.

    Returns:
        The place and the extent.
    """
    if isinstance(target, Area):
        return f"page {target.page + 1}", "box"
    kind, _, rest = target.segment.partition(":")
    whole = length is not None and target.start <= 0 and target.end >= length
    if kind == "page":
        return f"page {rest}", "words"
    if kind == "sheet":
        return _cell_place(rest, sheets or {}), "whole cell" if whole else "part of a cell"
    if kind == "row":
        column = f", column {target.column + 1}" if target.column is not None else ""
        return f"row {rest}{column}", "whole field" if whole else "part of a field"
    if kind == "line":
        return f"line {rest}", "whole line" if whole else "words"
    return _part_place(target), "whole paragraph" if whole else "words"


def _cell_place(rest: str, sheets: Mapping[str, int]) -> str:
    name, _, cell = rest.rpartition("!")
    number = sheets.get(name)
    sheet = f"sheet {number}" if number is not None else "a sheet"
    return f"{sheet}, cell {cell}" if _CELL.fullmatch(cell) else sheet


def _part_place(target: Span) -> str:
    match = _PART.fullmatch(target.segment.partition(":")[2])
    if match is None:
        return "a part of the document"
    stem = re.sub(r"\d*\.xml$", "", match["part"].rpartition("/")[2])
    return f"{_PARTS.get(stem, 'another part')}, paragraph {match['number']}"


def kind_in_words(kind: str) -> str:
    """Give a kind of hidden content as people read it."""
    return kind.replace("-", " ") if kind in set(HiddenKind) else "other content"


def ruling_in_words(ruling: Ruling) -> str:
    """Give a ruling as people read it."""
    return "left out" if ruling is Ruling.LEAVE_OUT else "released as seen by a person"


def schedule_tables(
    rows: Sequence[ScheduleRow],
    left_out: Sequence[LeftOutRow] = (),
    rulings: Sequence[RulingRow] = (),
    in_full: Sequence[tuple[int, str]] = (),
) -> tuple[Table, ...]:
    """Give the schedule as tables: title, column titles, rows. Sections without rows are left out.

    The table of redactions is always there, so that an empty one says that nothing was removed.
    """
    removed = tuple(
        (str(one.number), str(one.document), one.place, one.exemption, one.label_title, one.extent)
        for one in rows
    )
    kinds = tuple((str(one.document), kind_in_words(one.kind), str(one.count)) for one in left_out)
    ruled = tuple(
        (str(one.document), place_in_words(one.place), ruling_in_words(one.ruling))
        for one in rulings
    )
    tables: list[Table] = [("Redactions", ROW_TITLES, removed)]
    if in_full:
        whole = tuple((str(number), exemption) for number, exemption in in_full)
        tables.append((IN_FULL_TITLE, IN_FULL_TITLES, whole))
    if kinds:
        tables.append((LEFT_OUT_TITLE, LEFT_OUT_TITLES, kinds))
    if ruled:
        tables.append((RULINGS_TITLE, RULING_TITLES, ruled))
    return tuple(tables)


def place_in_words(place: str) -> str:
    """Give the place of an unread part in words, without any name that it may hold."""
    page = re.match(r"page:(\d+)(?:/(image|picture|annotation|form|mark)[:#]?(\d*))?", place)
    if page is None:
        return "a part of the document"
    if page[2] is None:
        return f"page {page[1]}"
    return f"page {page[1]}, {page[2]} {page[3]}".rstrip()


def schedule_csv(
    rows: Sequence[ScheduleRow],
    ref: str,
    left_out: Sequence[LeftOutRow] = (),
    rulings: Sequence[RulingRow] = (),
    in_full: Sequence[tuple[int, str]] = (),
) -> bytes:
    """Write the schedule as CSV: UTF-8 with its mark, safe to open in a spreadsheet program.

    Args:
        rows: the redactions in order.
        ref: the reference of the case.
        left_out: what the release does not carry.
        rulings: what a person ruled on unread parts.
        in_full: number and limb of each document that is withheld as a whole.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(_safe((TITLE, ref)))
    for title, titles, listed in schedule_tables(rows, left_out, rulings, in_full):
        writer.writerow(())
        writer.writerow(_safe((title,)))
        writer.writerow(_safe(titles))
        writer.writerows(_safe(row) for row in listed)
    return written.getvalue().encode("utf-8-sig")


def _safe(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"'{cell}" if cell.startswith(_FORMULA_START) else cell for cell in cells)


def schedule_pdf(
    rows: Sequence[ScheduleRow],
    ref: str,
    left_out: Sequence[LeftOutRow] = (),
    rulings: Sequence[RulingRow] = (),
    in_full: Sequence[tuple[int, str]] = (),
) -> bytes:
    """Write the schedule as a PDF: A4 across, column titles on every page, pages numbered.

    Equal rows give equal bytes.
    """
    from redactor.release.schedule_page import SchedulePages  # noqa: PLC0415 - heavy

    pages = SchedulePages(f"{TITLE}, {ref}")
    for title, titles, listed in schedule_tables(rows, left_out, rulings, in_full):
        pages.table(title, titles, listed, empty="Nothing was removed.")
    return pages.finish()

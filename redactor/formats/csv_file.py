"""Delimited text: CSV and TSV."""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from redactor.content import Book, Sheet, SheetCell
from redactor.errors import UnreadableDocument
from redactor.formats.base import Format, RebuildPlan, Rebuilt, cut
from redactor.formats.refusal import refusing_damage
from redactor.formats.signatures import looks_like_text
from redactor.model import (
    AS_FOUND,
    Document,
    FieldPlace,
    HiddenKind,
    LeftOut,
    PartPlace,
    Progress,
    ReadAs,
    Report,
    Segment,
    key_of,
    quiet,
)

DELIMITERS = ",;\t|"
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_SAMPLE_CHARACTERS = 65_536
_STEP = 10_000
#: A field takes about 230 bytes of memory when read; a worker has 1.5 gigabytes.
_MAX_FIELDS = 5_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """The fields of a file, and how they were told apart.

    Attributes:
        rows: every record as it stands, ragged or empty.
        instruction: a first line ``sep=;`` that Excel obeys and hides; it is not among the rows.
        notes: what had to be guessed.
    """

    rows: list[list[str]]
    instruction: str
    notes: tuple[str, ...]


class Csv(Format):
    """CSV and TSV: one segment for each field that is not empty."""

    name: ClassVar[str] = "csv"
    title: ClassVar[str] = "CSV file"
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv")
    targets: ClassVar[tuple[str, ...]] = ("csv", "xlsx", "pdf", "txt")
    has_signature: ClassVar[bool] = False

    def sniff(self, untrusted: bytes) -> bool:
        """Say whether the bytes are text in some encoding."""
        return looks_like_text(untrusted)

    def read(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> Document:
        """Read every field. See ``Format.read``."""
        del read_as
        with refusing_damage(), _without_collection():
            table = _read_table(untrusted)
            segments = _hidden(table)
            total = len(table.rows)
            for row, fields in enumerate(table.rows):
                if row % _STEP == 0:
                    report(Progress(row, total, "reading"))
                segments.extend(
                    [
                        Segment(FieldPlace(row, column), value)
                        for column, value in enumerate(fields)
                        if value
                    ]
                )
            digest = hashlib.sha256(untrusted).hexdigest()
            return Document(digest, self.name, tuple(segments), notes=table.notes)

    def rebuild(
        self, untrusted: bytes, plan: RebuildPlan, target: str, report: Report = quiet
    ) -> Rebuilt:
        """Write the fields anew without what the plan removes. See ``Format.rebuild``."""
        from redactor.formats.writers import remarks, write  # noqa: PLC0415 - loads a PDF library

        with refusing_damage(), _without_collection():
            table = _read_table(untrusted)
            report(Progress(0, len(table.rows), "rebuilding"))
            rows = tuple(
                tuple(
                    [
                        _approved(plan, row, column, value) if value else None
                        for column, value in enumerate(fields)
                    ]
                )
                for row, fields in enumerate(table.rows)
            )
            book = Book((Sheet("Sheet 1", rows),))
            left_out = (LeftOut("preamble", "row:1"),) if table.instruction else ()
            return Rebuilt(write(book, target), left_out, remarks(book, target))


def _hidden(table: Table) -> list[Segment]:
    if not table.instruction:
        return []
    place = PartPlace("separator line", 0)
    return [Segment(place, table.instruction, HiddenKind.PREAMBLE, "separator line")]


def _approved(plan: RebuildPlan, row: int, column: int, value: str) -> SheetCell:
    spots = plan.spots.get(key_of(FieldPlace(row, column))) if plan.spots else None
    if not spots:
        return SheetCell(value)
    return SheetCell("".join(text for text, _ in cut(value, spots)), redaction=True)


def _read_table(untrusted: bytes) -> Table:
    from redactor.formats.encoding import decode_text  # noqa: PLC0415 - only where text is read

    text, remark = decode_text(untrusted)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    instruction = re.match(r"(?i)\s*\"?sep=(.)\"?[^\S\r\n]*(\r\n|\r|\n|$)", text)
    if instruction:
        delimiter, text = instruction[1], text[instruction.end() :]
    else:
        delimiter = find_delimiter(text)
    if text.count(delimiter) + text.count("\n") > _MAX_FIELDS:
        raise UnreadableDocument(
            "The file holds more than five million fields.",
            "Split it into smaller files and add those.",
            "too-large",
        )
    notes = [remark] if remark else []
    notes.append(f"Fields are told apart by {_NAMES.get(delimiter, 'the character it names')}.")
    with _fields_of_any_size():
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
        rows = list(reader)
    if len({len(row) for row in rows if row}) > 1:
        notes.append("Its rows have different numbers of fields; they are kept as they stand.")
    return Table(rows, instruction[0].strip() if instruction else "", tuple(notes))


def find_delimiter(text: str) -> str:
    """Find what separates the fields, by which candidate cuts the rows most evenly.

    A preamble or ragged rows do not matter: the most frequent number of fields counts, weighted by
    the share of rows that have it. A file that nothing cuts is one column, separated by commas.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    if len(text) > len(sample):
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    return max(DELIMITERS, key=lambda one: (_evenness(sample, one), -DELIMITERS.index(one)))


def _evenness(sample: str, delimiter: str) -> float:
    if delimiter not in sample:
        return 0.0
    with _fields_of_any_size():
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=False)
        widths = Counter(len(row) for row in reader if row)
    if not widths:
        return 0.0
    width, rows = max(
        ((width, count) for width, count in widths.items() if width > 1),
        key=lambda one: one[1] * (one[0] - 1) ** 0.5,
        default=(1, 0),
    )
    share = rows / widths.total()
    return share * share * (2 - 1 / width)


@contextmanager
def _fields_of_any_size() -> Iterator[None]:
    before = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(before)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Make millions of values without searching them for cycles, which they cannot have."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

"""Delimited text: CSV and TSV."""

from __future__ import annotations

import csv
import gc
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ClassVar

from redactor.errors import UnreadableDocument
from redactor.formats.base import Format, Grid, GridCell, RebuildPlan, Rebuilt, composed
from redactor.formats.fields import (
    Written,
    delimiter_named,
    find_instruction,
    records,
)
from redactor.formats.refusal import refusing_damage
from redactor.formats.signatures import looks_like_text
from redactor.model import (
    AS_FOUND,
    Document,
    FieldPlace,
    HiddenKind,
    PartPlace,
    Progress,
    ReadAs,
    Report,
    Segment,
    quiet,
)

DELIMITERS = ",;\t|"
_SAMPLE_CHARACTERS = 65_536
_STEP = 10_000
#: A field takes about 230 bytes of memory when read; a worker has 1.5 gigabytes.
_MAX_FIELDS = 5_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """The fields of a file, and how they were told apart.

    Attributes:
        records: every record as it was written, ragged or empty.
        instruction: a first line ``sep=;`` that Excel obeys and hides; it is not among the records.
        encoding, mark: as ``encoding.Decoded`` has them.
        notes: how it was read, and what had to be guessed.
    """

    records: list[Written] = field(repr=False)
    delimiter: str
    instruction: str
    encoding: str
    mark: bool
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
        with refusing_damage(), _without_collection():
            table = _read_table(untrusted, read_as)
            segments = _hidden(table)
            total = len(table.records)
            for row, record in enumerate(table.records):
                if row % _STEP == 0:
                    report(Progress(row, total, "reading"))
                segments.extend(
                    [
                        Segment(FieldPlace(row, column), composed(value))
                        for column, value in enumerate(record.values)
                        if value
                    ]
                )
            digest = hashlib.sha256(untrusted).hexdigest()
            return Document(digest, self.name, tuple(segments), notes=table.notes)

    def grids(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> tuple[Grid, ...]:
        """Give the fields as one sheet. See ``Format.grids``."""
        del report
        with refusing_damage(), _without_collection():
            table = _read_table(untrusted, read_as)
            cells = tuple(
                GridCell(row, column, composed(value))
                for row, record in enumerate(table.records)
                for column, value in enumerate(record.values)
                if value
            )
            return (Grid("Sheet 1", cells),)

    def rebuild(
        self, untrusted: bytes, plan: RebuildPlan, target: str, report: Report = quiet
    ) -> Rebuilt:
        """Write the fields anew without what the plan removes. See ``Format.rebuild``.

        As CSV it comes out as it was: what is not redacted keeps every byte of how it was written.
        """
        from redactor.formats.csv_rebuilding import rebuild_table  # noqa: PLC0415 - loads writers

        with refusing_damage(), _without_collection():
            table = _read_table(untrusted, plan.read_as)
            report(Progress(0, len(table.records), "rebuilding"))
            return rebuild_table(table, plan, target)


def _hidden(table: Table) -> list[Segment]:
    if not table.instruction:
        return []
    place = PartPlace("separator line", 0)
    text = table.instruction.strip()
    return [Segment(place, text, HiddenKind.PREAMBLE, "separator line")]


# --- reading ------------------------------------------------------------------------------------


def _read_table(untrusted: bytes, read_as: ReadAs) -> Table:
    from redactor.formats.encoding import decode  # noqa: PLC0415 - only where text is read
    from redactor.formats.table_notes import said_of_table  # noqa: PLC0415 - the same

    decoded = decode(untrusted, read_as.encoding)
    text = decoded.text
    instruction, _ = find_instruction(text)
    delimiter = delimiter_of(text, read_as)
    if text.count(delimiter) + text.count("\n") > _MAX_FIELDS:
        raise UnreadableDocument(
            "The file holds more than five million fields.",
            "Split it into smaller files and add those.",
            "too-large",
        )
    found = list(records(text, delimiter, len(instruction)))
    notes = said_of_table(decoded, found, delimiter, is_chosen=bool(read_as.delimiter))
    return Table(found, delimiter, instruction, decoded.encoding, decoded.mark, notes)


def delimiter_of(text: str, read_as: ReadAs) -> str:
    """Give what tells the fields apart: as was chosen, as the file says, or as cuts it evenly.

    Raises:
        UsageError: what was chosen tells no fields apart.
    """
    return delimiter_named(read_as.delimiter) or find_instruction(text)[1] or find_delimiter(text)


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

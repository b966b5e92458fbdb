"""Write a workbook as CSV: values only, safe to open in a spreadsheet program.

Delimited text that was CSV before is written as it was (``exact``).
"""

from __future__ import annotations

import csv
import io
import re
from typing import ClassVar

from redactor.content import Book, Content, Delimited, Sheet, SheetCell
from redactor.formats.base import RebuiltFile, Writer
from redactor.formats.writers.exact import write_exact
from redactor.formats.writers.walk import cell_text

#: Characters that make a spreadsheet program run a cell (OWASP, CSV Injection).
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_PLAIN_NUMBER = re.compile(r"[+-]?[£$€]?[\d,]*\.?\d+%?(E[+-]?\d+)?")


class CsvWriter(Writer):
    """One UTF-8 file with a byte-order mark for each sheet."""

    target: ClassVar[str] = "csv"

    def write(self, content: Content) -> tuple[RebuiltFile, ...]:
        """Write each sheet as one file; ``part`` is its name where there are several.

        Raises:
            TypeError: the content is no table.
        """
        if isinstance(content, Delimited):
            return (write_exact(content)[0],)
        if not isinstance(content, Book):
            raise TypeError("only a table can be written as CSV")
        several = len(content.sheets) > 1
        return tuple(
            RebuiltFile(_sheet_bytes(sheet), ".csv", sheet.name if several else "")
            for sheet in content.sheets
        )


def _sheet_bytes(sheet: Sheet) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in sheet.rows:
        writer.writerow([_safe(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig", "replace")


def _safe(cell: SheetCell | None) -> str:
    if cell is None:
        return ""
    text = cell_text(cell)
    return f"'{text}" if would_run(text) else text


def would_run(text: str) -> bool:
    """Say whether a spreadsheet program would take this text for more than text."""
    return text.startswith(_RUNS) and not _PLAIN_NUMBER.fullmatch(text)


def count_neutralised(content: Content) -> int:
    """Count the cells that get an apostrophe."""
    if not isinstance(content, Book):
        return 0
    return sum(
        1
        for sheet in content.sheets
        for row in sheet.rows
        for cell in row
        if cell is not None and isinstance(cell.value, str) and would_run(cell.value)
    )

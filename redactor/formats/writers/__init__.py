"""Approved content to bytes: one writer for each kind of file that a release can hold.

Writers see only content trees, never an original. Equal content gives equal bytes: no clocks, no
names of people or programs, no identifiers drawn by chance.
"""

from __future__ import annotations

from redactor.content import Content, Flow
from redactor.formats.base import RebuiltFile, Writer
from redactor.formats.writers.delimited import CsvWriter, count_neutralised
from redactor.formats.writers.docx import DocxWriter
from redactor.formats.writers.pdf import PdfWriter, count_unprintable
from redactor.formats.writers.txt import TextWriter
from redactor.formats.writers.word_pdf import write_flow
from redactor.formats.writers.xlsx import XlsxWriter, count_shortened
from redactor.model import Report

WRITERS: tuple[Writer, ...] = (PdfWriter(), XlsxWriter(), DocxWriter(), CsvWriter(), TextWriter())

__all__ = ["WRITERS", "remarks", "write", "write_release"]


def write(content: Content, target: str) -> tuple[RebuiltFile, ...]:
    """Write content as one of ``pdf``, ``xlsx``, ``docx``, ``csv``, ``txt``.

    Raises:
        KeyError: there is no such target.
        TypeError: this target cannot hold such content.
    """
    return {one.target: one for one in WRITERS}[target].write(content)


def write_release(
    content: Content, target: str, report: Report
) -> tuple[tuple[RebuiltFile, ...], tuple[str, ...]]:
    """Write what is to be released, and say what the officer should know about it.

    A Word document becomes a PDF through LibreOffice where it is installed, so that it looks as
    people know it.

    Raises:
        KeyError, TypeError: as for ``write``.
        Cancelled: the person asked to stop.
    """
    if target != "pdf" or not isinstance(content, Flow):
        return write(content, target), remarks(content, target)
    files, remark, is_ours = write_flow(content, report)
    return files, (remark, *(remarks(content, target) if is_ours else ()))


def remarks(content: Content, target: str) -> tuple[str, ...]:
    """Say what the officer should know about this content in this kind of file."""
    notes: list[str] = []
    if target == "csv":
        changed = count_neutralised(content)
        if changed:
            notes.append(
                f"{changed:,} cells begin like a formula; an apostrophe was put before each so "
                "that no spreadsheet program runs them."
            )
    if target == "xlsx":
        shortened = count_shortened(content)
        if shortened:
            notes.append(
                f"{shortened:,} cells hold more than Excel allows (32,767 characters) and are cut "
                "off there. Release as CSV or PDF to keep them whole."
            )
    if target == "pdf":
        missing = count_unprintable(content)
        if missing:
            notes.append(
                f"{missing:,} characters are in a script that the PDF's fonts do not have; they "
                "are printed as question marks. Release as a Word or Excel file to keep them."
            )
    return tuple(notes)

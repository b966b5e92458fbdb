"""Real files of many programs: every one is read or refused with a reason, none takes long."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from redactor.errors import UnreadableDocument
from redactor.formats import detect_format
from redactor.formats.pdf.content_stream import operations
from redactor.model import CellPlace
from tests.corpus import corpus_folder
from tests.unit.formats.test_pdf_content_stream import token_by_token


@pytest.mark.parametrize(
    ("folder", "at_least"),
    [("xlsx-poi", 92), ("xls-poi", 29), ("docx-poi", 58), ("csv-sheetjs", 40)],
)
def test_every_file_is_read_or_refused_with_a_reason(folder: str, at_least: int) -> None:
    outcomes: Counter[str] = Counter()
    for path in sorted(corpus_folder("files", folder).iterdir()):
        data = path.read_bytes()
        start = time.process_time()
        try:
            read = detect_format(path.name, data).read(data)
        except UnreadableDocument as refusal:
            outcomes[refusal.reason] += 1
        else:
            outcomes["read"] += 1
            assert len({one.key for one in read.segments}) == len(read.segments), path.name
        assert time.process_time() - start < 20, path.name
    assert outcomes["read"] >= at_least
    assert set(outcomes) <= {"read", "encrypted", "truncated", "damaged", "wrong-type", "empty"}


def test_no_cell_is_missed_that_another_engine_reads() -> None:
    import python_calamine

    compared = 0
    for path in sorted(corpus_folder("files", "xlsx-poi").iterdir()):
        data = path.read_bytes()
        try:
            read = detect_format(path.name, data).read(data)
            book = python_calamine.CalamineWorkbook.from_path(str(path))
        except (UnreadableDocument, python_calamine.CalamineError):
            continue
        places = {one.place for one in read.segments if isinstance(one.place, CellPlace)}
        for name in book.sheet_names:
            try:
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            except python_calamine.CalamineError:
                continue  # a chart sheet
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if value not in {"", None}:
                        compared += 1
                        assert CellPlace(name, row, column) in places, path.name
    assert compared > 20_000


def test_the_instructions_of_real_pages_come_apart_at_once_as_they_do_token_by_token() -> None:
    import pymupdf
    from pymupdf.mupdf import FzErrorBase

    taken = 0
    for folder in ("pdf-pdfjs", "pdf-pdfbox", "pdf-qpdf", "pins"):
        for path in sorted(corpus_folder("files", folder).glob("*.pdf")):
            try:
                with pymupdf.open(path) as document:
                    instructions = [page.read_contents() for page in document]
            except (RuntimeError, ValueError, FzErrorBase):  # damaged, or with a password
                continue
            for one in instructions:
                found = list(operations(one))
                assert found == token_by_token(one), path.name
                taken += len(found)
    assert taken > 100_000

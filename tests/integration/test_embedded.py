"""Files embedded in a document: hidden in it, and documents of their own once taken out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import docx
import pytest

from redactor.app.case import Case
from redactor.app.embedded import take_out_embedded
from redactor.app.reading import read_documents
from redactor.workers import Lane
from tests.case_kit import new_case
from tests.unit.formats.office import row_of, sheet, text_cell, workbook

NAME = "Ysolde Carnforth"
PART = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"


@pytest.fixture
def case(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    inner = workbook({"Staff": sheet(row_of(1, text_cell("A1", NAME)))})
    path = tmp_path / "letter.docx"
    path.write_bytes(letter_with_a_workbook(inner))
    with closing(new_case(tmp_path / "a.redactor")) as made:
        made.add_file(path)
        read_documents(made, lane)
        yield made


def letter_with_a_workbook(inner: bytes) -> bytes:
    """Give a Word document with a workbook in it."""
    document = docx.Document()
    document.add_paragraph("See the table.")
    data = io.BytesIO()
    document.save(data)
    return with_part(data.getvalue(), PART, inner)


def with_part(data: bytes, name: str, inner: bytes) -> bytes:
    """Put a part into a package and have its main part point at it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            content = old.read(one)
            if one.filename == "word/_rels/document.xml.rels":
                arrow = (
                    b'<Relationship Id="rIdEmbedded" Type="http://schemas.openxmlformats.org/'
                    b'officeDocument/2006/relationships/package" '
                    b'Target="embeddings/Microsoft_Excel_Sheet1.xlsx"/>'
                )
                content = content.replace(b"</Relationships>", arrow + b"</Relationships>")
            elif one.filename == "[Content_Types].xml":
                kind = (
                    b'<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-'
                    b'officedocument.spreadsheetml.sheet"/>'
                )
                content = content.replace(b"</Types>", kind + b"</Types>")
            new.writestr(one.filename, content)
        new.writestr(name, inner)
    return out.getvalue()


def test_what_is_embedded_is_hidden_in_the_document_around_it(case: Case) -> None:
    hidden = [one for one in case.segments(1) if one.hidden is not None and NAME in one.text]
    assert [str(one.hidden) for one in hidden] == ["embedded-file"]
    assert [part.place for one in case.documents() for part in one.unread] == []


def test_it_is_added_as_a_document_of_its_own_and_searched(case: Case, lane: Lane) -> None:
    (number,) = take_out_embedded(case, lane, 1)
    read_documents(case, lane)
    document = next(one for one in case.documents() if one.number == number)
    assert (document.name, document.format, document.status) == (
        "letter - Microsoft_Excel_Sheet1.xlsx",
        "xlsx",
        "read",
    )
    assert [one.text for one in case.segments(number) if one.hidden is None] == ["Staff", NAME]


def test_it_is_added_once_however_often_it_is_asked_for(case: Case, lane: Lane) -> None:
    assert len(take_out_embedded(case, lane, 1)) == 1
    assert take_out_embedded(case, lane, 1) == ()

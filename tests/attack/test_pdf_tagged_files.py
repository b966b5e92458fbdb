"""Tagged files of other programs: released tagged, each redaction said aloud where it stood.

Two of the corpus (Word, Acrobat) and one that LibreOffice makes here of an invented letter, each
redacted as ``redact --terms`` does it; pikepdf follows the tree to what is said on the pages.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest

from redactor.jobs import RebuildAnswer
from tests.attack.test_pdf_mended import ordered, released
from tests.corpus import corpus_folder
from tests.unit.formats.pdf_carrying import kids_of

_SAID = "redacted, section 40(2)"


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Give the elements of the tree in reading order."""
    waiting = list(reversed(kids_of(pdf.Root.StructTreeRoot)))
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            waiting += reversed(kids_of(one))


def kinds(pdf: pikepdf.Pdf) -> Counter[str]:
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", {})
    return Counter(str(roles.get(one.S, one.S)) for one in elements(pdf))


def replaced(page: pikepdf.Page) -> dict[int, str]:
    """Give by mark on a page what is said in place of what it shows."""
    said: dict[int, str] = {}
    for one in pikepdf.parse_content_stream(page):
        if str(one.operator) != "BDC":
            continue
        properties: Any = one.operands[1]
        if isinstance(properties, pikepdf.Dictionary) and "/ActualText" in properties:
            said[int(properties.get("/MCID", -1))] = str(properties.ActualText)
    return said


def said_in_order(pdf: pikepdf.Pdf) -> list[str]:
    """Give what is said in place of something, as a screen reader meets it in the tree."""
    pages = {page.obj.objgen: replaced(page) for page in pdf.pages}
    said = []
    for element in elements(pdf):
        for kid in kids_of(element):
            is_number = not isinstance(kid, pikepdf.Dictionary)
            if not is_number and "/MCID" not in kid:
                continue
            page = element.get("/Pg") if is_number else kid.get("/Pg", element.get("/Pg"))
            number = int(kid if is_number else kid.MCID)
            said += [text for mark, text in pages[page.objgen].items() if mark == number]
    return said


def opened(answer: RebuildAnswer) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(answer.files[0].data))


def letter_by_libreoffice(folder: Path) -> bytes:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    document = docx.Document()
    document.add_heading("Complaint about the flats", level=1)
    document.add_paragraph("Ms Quillfeather of Mill Lane wrote to us in March.")
    document.add_heading("What was found", level=2)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Who", "When"
    table.cell(1, 0).text, table.cell(1, 1).text = "Quillfeather", "3 March"
    document.save(folder / "letter.docx")
    tagged = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
    subprocess.run(
        [
            program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to", tagged, "--outdir", str(folder / "made"),
            str(folder / "letter.docx"),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (folder / "made" / "letter.pdf").read_bytes()


def tagged_file(name: str, folder: Path) -> bytes:
    if name == "LibreOffice":
        return letter_by_libreoffice(folder)
    return (corpus_folder("files") / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("pdf-pdfjs/annotation-line.pdf", "Line"),
        ("pdf-pdfbox/PDFBOX-5811-362972.pdf", "Cybernet"),
        ("LibreOffice", "Quillfeather"),
    ],
)
def test_a_tagged_file_of_another_program_stays_tagged_and_says_each_redaction(
    tmp_path: Path, name: str, term: str
) -> None:
    data = tagged_file(name, tmp_path)
    answer = released(ordered(tmp_path, data, term))
    assert answer.removed
    assert answer.changes is not None
    assert not answer.changes.pictures
    before, after = pikepdf.open(io.BytesIO(data)), opened(answer)
    assert after.Root.MarkInfo.Marked
    assert str(after.Root.get("/Lang", "")) == str(before.Root.get("/Lang", ""))
    assert said_in_order(after) == [_SAID] * answer.removed
    headings = {f"/H{level}" for level in ("", *range(1, 7))} | {"/Table", "/TH", "/TD", "/LI"}
    kept, was = kinds(after), kinds(before)
    assert {one: kept[one] for one in headings} == {one: was[one] for one in headings}

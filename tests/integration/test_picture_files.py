"""A photograph of a letter on its way: read once, kept with the case, proved, and shown upright."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from redactor import jobs, ocr
from redactor.app.case import Case
from redactor.app.reading import read_documents
from redactor.case.check import check_store
from redactor.formats.pdf import recognition_memory
from redactor.formats.scan import paper
from redactor.model import Area, Redaction, Span, quiet
from redactor.workers import Lane
from tests.case_kit import new_case
from tests.integration.case_office import call

LINES = ("Statement of Peter Ashworth", "He was born on 14 March 1990.")


@pytest.fixture(autouse=True)
def _nothing_learnt():
    recognition_memory.forget_all()
    paper._kept.clear()
    yield
    recognition_memory.forget_all()
    paper._kept.clear()


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """Lie on its side, as a telephone stores it, with a name in its properties."""
    page = pymupdf.open().new_page(width=420, height=120)
    for row, line in enumerate(LINES):
        page.insert_text((30, 45 + 40 * row), line, fontsize=15)
    picture = page.get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
    upright = Image.frombytes("L", (picture.width, picture.height), picture.samples)
    about = Image.Exif()
    about[0x0112], about[0x013B] = 6, "Beatrix Holloway"
    written = io.BytesIO()
    upright.transpose(Image.Transpose.ROTATE_90).save(written, "JPEG", quality=92, exif=about)
    path = tmp_path / "letter.jpg"
    path.write_bytes(written.getvalue())
    return path


def never(*_about, **_more):
    raise AssertionError("a page was read from its pixels again")


def test_what_was_read_of_a_photograph_is_kept_with_the_case(
    photograph: Path, tmp_path: Path, monkeypatch, lane: Lane
) -> None:
    case: Case = new_case(tmp_path / "pictures.redactor")
    case.add_file(photograph)
    read_documents(case, lane)
    (document,) = case.documents()
    assert (document.status, document.format, document.unread) == ("read", "scan", ())
    text = next(case.segments(1)).text
    assert check_store(case.store) == []
    recognition_memory.forget_all()
    monkeypatch.setattr(ocr, "read_turned", never)
    at = text.index("Ashworth")
    redaction = Redaction(Span("page:1", at, at + 8), "s40(2)")
    order = jobs.RebuildOrder(case.source(1), "pdf", (redaction,), ())
    answer = jobs.rebuild_document(order, report=quiet)
    assert (len(answer.files), answer.removed) == (1, 1)
    case.close(backup=False)


def test_a_photograph_is_shown_upright_with_its_words_in_place(photograph: Path) -> None:
    source = jobs.FileSource(photograph)
    ((width, height),) = jobs.page_sizes(source, report=quiet)
    assert width > 3 * height
    shown = jobs.render_page(source, 0, 72, report=quiet)
    text = jobs.read_whole(source)[1].segments[0].text
    words = {text[one[0] : one[1]]: one[2:] for one in shown.words}
    x0, y0, x1, y1 = words["Ashworth"]
    assert x0 > words["Peter"][0]
    assert words["born"][1] > y1
    area = Area(0, x0 + 1, y0 + 1, x1 - 1, y1 - 1)
    assert jobs.text_in_area(source, area, report=quiet) == "Ashworth"


def test_a_photograph_is_released_and_proved_by_one_command(
    photograph: Path, tmp_path: Path
) -> None:
    terms, out = tmp_path / "terms.txt", tmp_path / "out"
    terms.write_text("Peter Ashworth\n")
    told = call("redact", photograph, "--terms", terms, "--out", out, "--json")
    assert told.code == 0, told.err
    (released,) = out.glob("*.pdf")
    assert b"Holloway" not in released.read_bytes()
    assert call("verify", released, "--terms", terms).code == 0
    again = jobs.read_whole(jobs.FileSource(released))[1]
    said = " ".join(one.text for one in again.segments)
    assert "Ashworth" not in said
    assert "14 March 1990" in said
    assert json.loads(told.out)


def test_a_release_that_shows_the_name_still_is_refused(photograph: Path, tmp_path: Path) -> None:
    terms, leak = tmp_path / "terms.txt", tmp_path / "leak.pdf"
    terms.write_text("Peter Ashworth\n")
    leak.write_bytes(paper.as_pdf(photograph.read_bytes()))
    assert call("verify", leak, "--terms", terms).code != 0

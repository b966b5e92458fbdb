"""A scan on its way through a case: read from its pixels once, kept, and released on that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from redactor import jobs, ocr
from redactor.app.case import Case
from redactor.app.reading import read_documents
from redactor.case.check import check_store
from redactor.errors import CaseError
from redactor.formats.pdf import recognition_memory
from redactor.lists import NOTHING
from redactor.model import Progress, Redaction, Ruling, Span, quiet
from redactor.release.order import digest_of_text
from redactor.workers import Lane
from tests.case_kit import new_case
from tests.unit.formats.pdf_scans import print_letter, print_lines, scan, scrawl


@pytest.fixture(autouse=True)
def _nothing_learnt():
    recognition_memory.forget_all()
    yield
    recognition_memory.forget_all()


@pytest.fixture
def case(tmp_path: Path):
    made = new_case(tmp_path / "scans.redactor")
    (tmp_path / "letter.pdf").write_bytes(scan(print_letter, print_letter))
    made.add_file(tmp_path / "letter.pdf")
    yield made
    made.close(backup=False)


def never(*_about, **_more):
    raise AssertionError("a page was read from its pixels again")


def order_of(case: Case, **more) -> jobs.RebuildOrder:
    text = next(case.segments(1)).text
    at = text.index("Peter Ashworth")
    redaction = Redaction(Span("page:1", at, at + len("Peter Ashworth")), "s40(2)")
    return jobs.RebuildOrder(case.source(1), "same", (redaction,), (), **more)


def test_what_a_worker_read_from_pixels_is_kept_with_the_case_and_given_to_others(
    case: Case, monkeypatch, lane: Lane
):
    read_documents(case, lane)
    (document,) = case.documents()
    assert document.status == "read"
    assert document.unread == ()
    assert "pages 1–2" in " ".join(document.notes)
    assert "Ashworth" in next(case.segments(1)).text
    assert check_store(case.store) == []
    monkeypatch.setattr(ocr, "read_turned", never)
    answer = jobs.rebuild_document(order_of(case), report=quiet)
    assert answer.files
    assert answer.removed == 1


def test_a_worker_asks_for_what_was_read_from_pixels(case: Case, lane: Lane):
    read_documents(case, lane)
    source = case.source(1)
    asked = []

    def supply(key: str) -> bytes:
        asked.append(key)
        return source.supply(key)

    with Lane() as fresh:
        fresh.run(jobs.rebuild_document, order_of(case), supply=supply)
    assert asked == ["1", "1/readings"]


def test_a_scan_that_reads_otherwise_than_when_it_was_decided_on_is_not_released(
    case: Case, lane: Lane
):
    read_documents(case, lane)
    decided = digest_of_text(case.segments(1))
    assert jobs.rebuild_document(order_of(case, decided_on=decided), report=quiet).files
    other = digest_of_text([replace(one, text=one.text + "s") for one in case.segments(1)])
    with pytest.raises(CaseError, match="Nothing was released"):
        jobs.rebuild_document(order_of(case, decided_on=other), report=quiet)


def test_what_is_read_again_is_kept_once(case: Case, lane: Lane):
    read_documents(case, lane)
    first = case.source(1).readings()
    case.begin_reading(1)
    assert case.source(1).readings() == b""
    assert check_store(case.store) == []
    read_documents(case, lane)
    assert case.source(1).readings() == first != b""
    assert check_store(case.store) == []


def test_a_long_scan_is_searched_by_two_workers_and_read_by_one(tmp_path: Path, monkeypatch):
    path = tmp_path / "letter.pdf"
    path.write_bytes(scan(print_letter))
    source = jobs.FileSource(path)
    reading = jobs.read_document(source, report=quiet)
    recognition_memory.forget_all()
    monkeypatch.setattr(ocr, "read_turned", never)
    assert jobs.search_share(
        source, jobs.WITH_NAMES, NOTHING, 0, reading.read_from_pixels, report=quiet
    )


def test_reading_a_scan_reports_before_and_after_each_page(tmp_path: Path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(scan(*[print_letter] * 4))
    heard = []

    def report(what: object) -> None:
        if isinstance(what, Progress) and what.what == "reading":
            heard.append((what.done, what.total))

    jobs.read_whole(jobs.FileSource(path), report)
    assert heard == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_signed_scan_is_released_as_seen_with_its_name_blanked(tmp_path: Path):
    def draw(page):
        print_lines(page)
        scrawl(page, 80, 260)

    path = tmp_path / "signed.pdf"
    path.write_bytes(scan(draw))
    source = jobs.FileSource(path)
    _, document = jobs.read_whole(source)
    at = document.segments[0].text.index("Ashworth")
    order = jobs.RebuildOrder(
        source, "same", (Redaction(Span("page:1", at, at + 8), "s40(2)"),), ()
    )
    stopped = jobs.rebuild_document(order, report=quiet)
    assert [one.place for one in stopped.unruled] == ["page:1"]
    ruled = replace(order, rulings={"page:1": Ruling.RELEASE_AS_SEEN})
    (file,) = jobs.rebuild_document(ruled, report=quiet).files
    again = tmp_path / "released.pdf"
    again.write_bytes(file.data)
    recognition_memory.forget_all()
    said = jobs.read_whole(jobs.FileSource(again))[1].segments[0].text
    assert "Okonkwo" in said
    assert "Ashworth" not in said

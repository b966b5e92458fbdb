"""A file of a candidate, on its way to the screen: whose bytes it is, and what is asked of it."""

from __future__ import annotations

import hashlib
import pickle
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from redactor.app.case import Case
from redactor.app.signoff import submit
from redactor.app.submitted_files import candidate_files
from redactor.errors import BugError, CaseError, UnreadableDocument
from redactor.jobs import (
    OutputSource,
    SegmentBatch,
    output_containers,
    output_rows,
    output_segments,
    page_sizes,
    read_document,
)
from redactor.model import Action, FieldPlace, quiet
from redactor.release.kept import OpenOutput
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, new_case

_TABLE = b"Name,Place\r\nWren Holloway,Quay\r\nAgnes Pell,Harbour\r\n"
_NO_NAMES = False  # the language model is not needed here, and slow to load
_DIGEST = hashlib.sha256(_TABLE).hexdigest()


def _source(data: bytes = _TABLE) -> OutputSource:
    return OutputSource("table.csv", _DIGEST, lambda _: data)


def _keep(case: Case, number: int, what: object) -> None:
    if isinstance(what, SegmentBatch):
        case.keep(number, what)


def test_what_crosses_the_pipe_is_the_name_and_the_digest_and_nothing_else() -> None:
    sent = pickle.loads(pickle.dumps(_source()))
    assert sent == _source()
    assert sent.output_of is None


def test_bytes_that_are_not_those_submitted_are_not_shown() -> None:
    with pytest.raises(CaseError, match="bytes have changed"):
        _source(_TABLE + b" ").read()


def test_a_worker_gets_no_other_file() -> None:
    assert _source().supply(_DIGEST) == _TABLE
    with pytest.raises(BugError):
        _source().supply(hashlib.sha256(b"another").hexdigest())


def test_a_file_that_crossed_the_pipe_supplies_nobody() -> None:
    with pytest.raises(BugError):
        pickle.loads(pickle.dumps(_source())).supply(_DIGEST)


def test_a_table_gives_the_rows_that_are_asked_for() -> None:
    opened = OpenOutput("table.csv", _TABLE)
    assert opened.containers() == (("rows", 2),)
    asked = opened.rows("rows", 1, 1)
    assert [(one.text, one.place) for one in asked] == [
        ("Wren Holloway", FieldPlace(1, 0)),
        ("Quay", FieldPlace(1, 1)),
    ]
    assert opened.rows("rows", 7, 9) == ()
    assert opened.rows("sheet:Other", 0, 9) == ()


def test_the_names_of_sheets_are_no_hidden_content() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "Cases"
    workbook.active["A2"] = "kept"
    kept = BytesIO()
    workbook.save(kept)
    opened = OpenOutput("cases.xlsx", kept.getvalue())
    assert "sheet:Cases" in dict(opened.containers())
    hidden = [one for one in opened.segments if one.hidden is not None]
    assert ("" in dict(opened.containers())) is bool(hidden)


def test_the_manifest_is_read_as_text() -> None:
    opened = OpenOutput("manifest.json", b'{"case":"MC/1","files":[]}')
    assert [one.text for one in opened.segments] == ["{", '  "case": "MC/1",', '  "files": []', "}"]


def test_a_manifest_that_is_none_is_shown_as_it_is() -> None:
    opened = OpenOutput("manifest.json", b'{"case":')
    assert [one.text for one in opened.segments] == ['{"case":']


def test_a_file_of_no_known_kind_is_refused_in_words() -> None:
    with pytest.raises(UnreadableDocument):
        OpenOutput("thing.bin", b"\x00\x01")


def test_a_reviewer_sees_the_exact_bytes_that_were_submitted(tmp_path: Path, lane: Lane) -> None:
    original = tmp_path / "table.csv"
    original.write_bytes(_TABLE)
    case = new_case(tmp_path / "case.redactor")
    try:
        assert candidate_files(case) == ()
        number = case.add_file(original)
        assert number is not None
        source = case.source(number)
        case.begin_reading(number)
        read = lane.run(
            read_document,
            source,
            _NO_NAMES,
            on_report=lambda what: _keep(case, number, what),
            supply=source.supply,
        )
        case.finish_reading(number, read)
        case.decide_term("Wren Holloway", Action.REDACT, EXEMPTION, "It names a member.")
        submitted = submit(case, lane)

        files = candidate_files(case)
        assert [one.source.name for one in files] == [one.name for one in submitted.files]
        assert [one.source.sha256 for one in files] == [one.sha256 for one in submitted.files]
        table = next(one.source for one in files if one.document == number)
        supply = table.supply
        assert lane.run(output_containers, table, supply=supply) == (("rows", 2),)
        rows = lane.run(output_rows, table, "rows", 1, 1, supply=supply)
        assert [one.text for one in rows.segments] == ["[s40(2)]", "Quay"]
        schedule = next(one.source for one in files if one.source.name == "schedule.pdf")
        assert lane.run(page_sizes, schedule, supply=schedule.supply)
        manifest = next(one.source for one in files if one.source.name == "manifest.json")
        text = lane.run(output_segments, manifest, supply=manifest.supply)
        assert any(table.sha256 in one.text for one in text.segments)
        with pytest.raises(CaseError, match="no longer in the case"):
            case.store.files.output_of(case.documents()[0].sha256)
    finally:
        case.close(backup=False)


def test_a_file_is_read_once_for_many_questions() -> None:
    asked: list[str] = []

    def give(key: str) -> bytes:
        asked.append(key)
        return b"A,B\r\nonce,more\r\n"

    data = b"A,B\r\nonce,more\r\n"
    source = OutputSource("once.csv", hashlib.sha256(data).hexdigest(), give)
    output_containers(source, report=quiet)
    output_rows(source, "rows", 0, 1, report=quiet)
    assert len(asked) == 1

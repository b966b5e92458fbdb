"""An officer with an altered program hands in what ours would not; the others' programs see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor import review
from redactor.app import candidate
from redactor.app.case import Case
from redactor.app.checking import check_path, export_log
from redactor.app.outputs import Output, distinct, write_all
from redactor.app.reading import read_documents
from redactor.app.signoff import approve, submit
from redactor.errors import CheckFailed
from redactor.lifecycle import CaseState
from redactor.model import Action
from redactor.workers import Lane
from tests.attack.small_case import kinds
from tests.case_kit import EXEMPTION, PASSPHRASE, REVIEWER, new_case


@pytest.fixture
def case(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    draft = tmp_path / "note.txt"
    draft.write_text("Statement of Mr Zebedee Quillfeather.\nThe meeting began at ten.\n", "utf-8")
    made = new_case(tmp_path / "case.redactor")
    made.add_file(draft)
    read_documents(made, lane)
    ids = [mark.id for mark in made.marks() if mark.hidden is None]
    made.decide(ids, Action.REDACT, EXEMPTION, "it identifies a living person")
    yield made
    made.close(backup=False)


@pytest.mark.parametrize(
    "name",
    ["../outside.txt", "..\\outside.txt", "/tmp/outside.txt", "C:outside.txt", "note.txt:stream",
     "..", "", "NUL", "com1.txt", "Lpt9.a.txt", "CONIN$", "note.txt.", "note.txt ", "a\nb.txt",
     "manifest.json/x"],
)  # fmt: skip
def test_a_name_that_leads_out_of_the_folder_is_neither_approved_nor_written(
    case: Case, lane: Lane, monkeypatch: pytest.MonkeyPatch, name: str
):
    with monkeypatch.context() as altered:
        altered.setattr(candidate, "distinct", lambda names: [*distinct(names)[:-1], name])
        submit(case, lane)
    case.work_as(REVIEWER)
    with pytest.raises(CheckFailed, match="name"):
        approve(case, lane)
    assert case.life.state is CaseState.SUBMITTED


def test_nothing_is_written_out_of_the_folder_and_nothing_there_is_replaced(tmp_path: Path):
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"somebody's own")
    with pytest.raises(CheckFailed, match="name"):
        write_all(tmp_path / "release", [Output("a.txt", b"one"), Output("../outside.txt", b"")])
    assert outside.read_bytes() == b"somebody's own"
    assert not (tmp_path / "release").exists()


def test_two_files_that_windows_takes_for_one_are_not_written(tmp_path: Path):
    with pytest.raises(CheckFailed, match="name"):
        write_all(tmp_path / "release", [Output("a.txt", b"one"), Output("A.TXT", b"two")])
    assert not (tmp_path / "release").exists()


def test_a_submission_of_other_decisions_than_those_that_stand_is_not_approved(
    case: Case, lane: Lane, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    with monkeypatch.context() as altered:
        altered.setattr(review, "digest_of", lambda _: "0" * 64)
        submit(case, lane)
    case.work_as(REVIEWER)
    with pytest.raises(CheckFailed, match="decisions"):
        approve(case, lane)
    assert case.life.state is CaseState.SUBMITTED
    export_log(case, tmp_path / "log.jsonl")
    case.close(backup=False)
    for path in (case.path, tmp_path / "log.jsonl"):
        assert kinds(check_path(path, lambda: PASSPHRASE)) == ["wrong-decisions"]


def test_a_submission_with_something_undecided_is_not_approved(
    case: Case, lane: Lane, monkeypatch: pytest.MonkeyPatch
):
    case.undo()
    with monkeypatch.context() as altered:
        altered.setattr(candidate, "_require_no_blocks", lambda _: None)
        submit(case, lane)
    case.work_as(REVIEWER)
    with pytest.raises(CheckFailed, match="settled"):
        approve(case, lane)
    assert case.life.state is CaseState.SUBMITTED

"""The canary: what is withheld is in no log, no message, no schedule and no file left behind."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pymupdf
import pytest
from openpyxl.comments import Comment

from redactor.app.case import Case
from redactor.app.reading import read_documents
from redactor.app.signoff import submit
from redactor.errors import Blocked, CheckFailed
from redactor.events import EventKind
from redactor.model import Action
from redactor.workers import Lane
from tests.case_kit import new_case, release_case

_ROOT = Path(__file__).resolve().parents[2]
_NAME = "Zebedee Quillfeather"
_NUMBER = "QQ765432C"
_CANARIES = ("Quillfeather", "quillfeather", "QQ765432C")
_EXEMPTION = "s40(2) by s40(3A)(a)"


def _hold_canary(data: bytes) -> bool:
    return any(
        canary.encode(encoding) in data
        for canary in _CANARIES
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    )


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "note.txt").write_text(
        f"Statement of Mr {_NAME}, NINO {_NUMBER}.\nThe end.\n", "utf-8"
    )
    (folder / "rows.csv").write_text(f"Name,Count\n{_NAME},4\nTotal,4\n", "utf-8")
    book = openpyxl.Workbook()
    book.properties.creator = _NAME
    book.active.append(["Name", "Count"])
    book.active.append([_NAME, 4])
    book.active["B2"].comment = Comment(f"ask {_NAME}", _NAME)
    raw = book.create_sheet("Raw")
    raw.append([_NAME, _NUMBER])
    raw.sheet_state = "hidden"
    book.save(folder / "book.xlsx")
    document = pymupdf.open()
    document.new_page().insert_text((72, 72), f"Interview of Mr {_NAME} ({_NUMBER})")
    document.set_metadata({"author": _NAME})
    document.save(folder / "page.pdf")
    return folder


def _case(tmp_path: Path, drafts: Path, lane: Lane) -> Case:
    case = new_case(tmp_path / "case.redactor")
    for file in sorted(drafts.iterdir()):
        case.add_file(file)
    read_documents(case, lane)
    return case


def _decide_all(case: Case) -> None:
    ids = [mark.id for mark in case.marks() if mark.hidden is None]
    case.decide(ids, Action.REDACT, _EXEMPTION, "it identifies a living person")


def test_a_release_and_its_papers_hold_nothing_withheld(tmp_path: Path, drafts: Path, lane: Lane):
    case = _case(tmp_path, drafts, lane)
    _decide_all(case)
    submitted, released = release_case(case, lane, tmp_path / "release")
    assert submitted.report.ok
    assert len(released.files) == 4 + 3 + 2
    for file in (tmp_path / "release").iterdir():
        data = file.read_bytes()
        assert not _hold_canary(data), file.name
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as package:
                for member in package.namelist():
                    assert not _hold_canary(package.read(member)), member
    for event in case.events():
        assert not any(canary in repr(event.body) for canary in _CANARIES)
    assert case.events()[-1].kind is EventKind.RELEASED
    case.close()
    everything = {file for file in tmp_path.rglob("*") if file.is_file()}
    outside = {file for file in everything if file.parent not in {drafts, tmp_path / "release"}}
    assert {file.name for file in outside} == {"case.redactor", "case.redactor.backup"}
    for file in outside:
        assert not _hold_canary(file.read_bytes()), file.name


def test_originals_are_never_written_to(tmp_path: Path, drafts: Path, lane: Lane):
    before = {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in drafts.iterdir()}
    case = _case(tmp_path, drafts, lane)
    _decide_all(case)
    release_case(case, lane, tmp_path / "release")
    case.close()
    after = {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in drafts.iterdir()}
    assert after == before


def test_an_undecided_case_is_blocked_and_nothing_is_written(
    tmp_path: Path, drafts: Path, lane: Lane
):
    case = _case(tmp_path, drafts, lane)
    with pytest.raises(Blocked, match="not been decided"):
        submit(case, lane)
    case.close()
    assert not (tmp_path / "release").exists()


def test_a_name_kept_by_oversight_elsewhere_stops_the_release(tmp_path: Path, lane: Lane):
    draft = tmp_path / "note.txt"
    draft.write_text(f"Statement of Mr {_NAME}.\nSeen by zebedee  QUILLFEATHER too.\n", "utf-8")
    case = new_case(tmp_path / "case.redactor")
    case.add_file(draft)
    read_documents(case, lane)
    first = [m.id for m in case.marks() if m.target.segment == "line:1"]
    rest = [m.id for m in case.marks() if m.id not in first]
    case.decide(first, Action.REDACT, _EXEMPTION, "it identifies a living person")
    if rest:
        case.decide(rest, Action.KEEP, "", "kept on purpose")
        release_case(case, lane, tmp_path / "kept")
    else:
        with pytest.raises(Blocked, match="nobody has decided") as caught:
            submit(case, lane)
        assert not any(canary in caught.value.user_message for canary in _CANARIES)
        added = [m for m in case.marks() if m.id not in first]
        assert [m.target.segment for m in added] == ["line:2"]
    case.close()


def test_a_failed_check_writes_nothing_and_is_recorded(
    tmp_path: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch, lane: Lane
):
    """The rebuild is made to fail: the gate must see what a broken writer lets through."""
    case = _case(tmp_path, drafts, lane)
    _decide_all(case)
    monkeypatch.setattr("redactor.app.candidate.jobs.rebuild_document", _leaking_rebuild)
    with pytest.raises(CheckFailed) as caught:
        submit(case, lane)
    assert case.life.submission is None
    assert "failed-check" in {block.kind for block in case.blocks()}
    case.close()
    assert not (tmp_path / "release").exists()
    assert not any(canary in caught.value.user_message for canary in _CANARIES)
    named = [mark.id for mark in case.marks() if mark.text == _NAME]
    assert f"withheld by finding{'s' * (len(named) > 1)} {named[0]}" in caught.value.user_message
    failed = case.events()[-2:]
    assert EventKind.RELEASE_FAILED in {event.kind for event in failed}
    assert not any(canary in repr([e.body for e in case.events()]) for canary in _CANARIES)


def _leaking_rebuild(order, *, report):
    """Rebuild as usual, then let the original's text back in, as a faulty writer would."""
    from dataclasses import replace

    from redactor.release.build import build

    answer = build(order, report)
    files = [replace(one, data=one.data + f"\n{_NAME}\n".encode()) for one in answer.files]
    return replace(answer, files=tuple(files))


def test_nothing_withheld_is_logged_at_any_level(
    tmp_path: Path, drafts: Path, caplog: pytest.LogCaptureFixture, capfd
):
    with caplog.at_level(logging.DEBUG), Lane() as lane:
        case = _case(tmp_path, drafts, lane)
        _decide_all(case)
        release_case(case, lane, tmp_path / "release")
        case.close()
    printed = capfd.readouterr()
    assert not any(canary in caplog.text + printed.out + printed.err for canary in _CANARIES)


def test_broken_originals_are_refused_without_a_word_of_them(tmp_path: Path, drafts: Path):
    broken = tmp_path / "broken"
    broken.mkdir()
    for file in drafts.iterdir():
        data = file.read_bytes()
        (broken / file.name).write_bytes(data[: len(data) * 2 // 3])
        (broken / f"odd-{file.stem}.docx").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "redactor", "scan", str(broken)],
        check=False,
        cwd=_ROOT,
        capture_output=True,
        timeout=300,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 3
    assert not _hold_canary(done.stdout + done.stderr)
    assert b"Traceback" not in done.stderr

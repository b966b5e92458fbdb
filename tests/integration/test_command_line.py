"""The command line's contract, through the program where that matters, else its function."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pymupdf
import pytest

from redactor.app.demo import SAMPLE_PASSPHRASE
from tests.integration.case_office import call, write_scrawl

_ROOT = Path(__file__).resolve().parents[2]
_SAMPLE = _ROOT / "resources" / "sample_case" / "documents"


def _redactor(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    told = call(*arguments)
    return subprocess.CompletedProcess(arguments, told.code, told.out, told.err)


def _program(*arguments: str | Path, platform: str = "") -> subprocess.CompletedProcess[str]:
    """Call the program where there is no display; ``platform`` is what Qt would draw on."""
    environment = {key: value for key, value in os.environ.items() if "DISPLAY" not in key}
    environment["QT_QPA_PLATFORM"] = platform
    return subprocess.run(
        [sys.executable, "-m", "redactor", *map(str, arguments)],
        check=False,
        cwd=_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def _json(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    shape: dict[str, Any] = json.loads(done.stdout)
    return shape


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    folder = tmp_path / "drafts – Ω"
    folder.mkdir()
    (folder / "note.txt").write_text(
        "Statement of Sarah Okoro\nShe was born on 14 March 1990.\nCall 07700 900412.\n", "utf-8"
    )
    (folder / "rows.csv").write_text(
        "Surname,Forename,DOB\nOkoro,Sarah,14/03/1990\nNorreys,Ann,01/02/1985\n", "utf-8"
    )
    book = openpyxl.Workbook()
    book.active.append(["Name", "Count"])
    book.active.append(["Sarah Okoro", 4])
    hidden = book.create_sheet("Raw")
    hidden.append(["Sarah Okoro", "QQ123456C"])
    hidden.sheet_state = "hidden"
    book.save(folder / "book.xlsx")
    document = pymupdf.open()
    document.new_page().insert_text((72, 72), "Interview of Sarah Okoro, 07700 900412")
    document.save(folder / "page.pdf")
    return folder


def test_scan_gives_the_shape_of_the_contract(drafts: Path):
    done = _program("scan", drafts, "--json")
    assert done.returncode == 0
    shape = _json(done)
    assert set(shape) == {"documents", "errors"}
    assert shape["errors"] == []
    assert {one["format"] for one in shape["documents"]} == {"pdf", "xlsx", "csv", "txt"}
    for document in shape["documents"]:
        assert {
            "path",
            "sha256",
            "format",
            "segments",
            "findings",
            "hidden",
            "unread",
            "incomplete",
        } <= set(document)
        texts = {(s["id"], s.get("column")): s["text"] for s in document["segments"]}
        assert document["findings"]
        for finding in document["findings"]:
            text = texts[finding["segment"], finding.get("column")]
            assert text[finding["start"] : finding["end"]] == finding["text"]
            assert {"label", "score", "recogniser", "person"} <= set(finding)
            assert 0 <= finding["score"] <= 1


def test_findings_stand_in_the_order_of_the_document(tmp_path: Path):
    between = "The weather was fine and nothing else was said by any of them.\n" * 90
    text = f"Then okoro said no on 4 May 2024.\n{between}The witness is Sarah Okoro.\n"
    (tmp_path / "note.txt").write_text(text, "utf-8")
    document = _json(_redactor("scan", tmp_path / "note.txt", "--json"))["documents"][0]
    places = [(int(f["segment"].split(":")[1]), f["start"]) for f in document["findings"]]
    assert "okoro" in [f["text"] for f in document["findings"]]
    assert places == sorted(places)


def test_segments_are_named_as_in_the_contract(drafts: Path):
    shape = _json(_redactor("scan", drafts, "--json"))
    ids = {one["format"]: {s["id"] for s in one["segments"]} for one in shape["documents"]}
    assert "page:1" in ids["pdf"]
    assert "line:1" in ids["txt"]
    assert "row:2" in ids["csv"]
    assert "sheet:Sheet!A2" in ids["xlsx"]


def test_inspect_counts_what_is_hidden_and_shows_it_only_when_asked(drafts: Path):
    done = _redactor("inspect", drafts / "book.xlsx", "--json")
    assert done.returncode == 0
    (document,) = _json(done)["documents"]
    (sheet,) = [one for one in document["hidden"] if one["kind"] == "hidden-sheet"]
    assert sheet["count"] == 3  # two cells and the name of the sheet
    assert "Okoro" not in done.stdout
    shown = _redactor("inspect", drafts / "book.xlsx", "--json", "--show")
    assert "Sarah Okoro" in shown.stdout


def test_redact_writes_files_in_which_verify_finds_nothing(drafts: Path, tmp_path: Path):
    terms = tmp_path / "terms.txt"
    terms.write_text("Sarah Okoro\nOkoro\n07700 900412\n", "utf-8")
    out = tmp_path / "out"
    done = _program("redact", drafts, "--out", out, "--terms", terms, "--json")
    assert done.returncode == 0, done.stderr
    assert {file.name for file in out.iterdir()} == {
        "note.txt",
        "rows.csv",
        "book.xlsx",
        "page.pdf",
    }
    clean = _program("verify", out, "--terms", terms, "--json")
    assert clean.returncode == 0, clean.stdout
    assert _json(clean)["ok"] is True
    leaking = _program("verify", drafts, "--terms", terms, "--json")
    assert leaking.returncode == 1
    shape = _json(leaking)
    assert set(shape) == {"ok", "checks", "leaks"}
    assert {Path(one["path"]).name for one in shape["leaks"]} == {
        "note.txt",
        "rows.csv",
        "book.xlsx",
        "page.pdf",
    }
    assert all(set(one) == {"path", "term_index", "where", "engine"} for one in shape["leaks"])
    assert "koro" not in leaking.stdout
    assert "[s40(2)]" in (out / "note.txt").read_text("utf-8")
    assert "She was born" in (out / "note.txt").read_text("utf-8")


def test_accepting_a_label_redacts_its_findings(drafts: Path, tmp_path: Path):
    out = tmp_path / "out"
    done = _redactor("redact", drafts / "note.txt", "--out", out, "--accept", "PERSON,PHONE")
    assert done.returncode == 0, done.stderr
    text = (out / "note.txt").read_text("utf-8")
    assert "Okoro" not in text
    assert "900412" not in text
    assert "March 1990" in text


def test_a_file_that_cannot_be_read_never_stops_the_others(drafts: Path):
    (drafts / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (drafts / "empty.docx").write_bytes(b"")
    (drafts / "picture.tiff").write_bytes(b"II*\x00" + b"\x00" * 64)
    done = _redactor("scan", drafts, "--json")
    assert done.returncode == 3
    shape = _json(done)
    assert len(shape["documents"]) == 4
    assert {Path(one["path"]).name for one in shape["errors"]} == {
        "broken.pdf",
        "empty.docx",
        "picture.tiff",
    }
    for error in shape["errors"]:
        assert Path(error["path"]).name in error["message"]
        assert error["code"]


def test_unread_parts_block_until_they_are_dropped(tmp_path: Path):
    path = tmp_path / "scan.pdf"
    write_scrawl(path)
    out = tmp_path / "out"
    (tmp_path / "terms.txt").write_text("Okoro\n", "utf-8")
    arguments = ("redact", path, "--out", out, "--terms", tmp_path / "terms.txt", "--json")
    blocked = _redactor(*arguments)
    assert blocked.returncode == 4
    assert _json(blocked)["blocked"][0]["unread"]
    assert not out.exists()
    dropped = _redactor(*arguments, "--drop-unread")
    assert dropped.returncode == 0, dropped.stdout
    assert (out / "scan.pdf").exists()


def test_wrong_usage_is_said_and_nothing_is_written(drafts: Path, tmp_path: Path):
    out = tmp_path / "out"
    assert _redactor("redact", drafts, "--out", out).returncode == 2
    bare = _redactor("redact", drafts, "--out", out, "--accept-all", "--exemption", "s40(2)")
    assert bare.returncode == 2
    assert "s40(2) by s40(3A)(a)" in bare.stderr
    assert _redactor("redact", drafts, "--out", out, "--accept", "NONSENSE").returncode == 2
    assert _redactor("scan").returncode == 2
    assert not out.exists()


def test_without_a_display_the_window_is_refused_with_a_sentence():
    if sys.platform == "win32":
        pytest.skip("Windows always has a display")
    done = _program()
    assert done.returncode == 2
    assert "no display" in done.stderr


def test_a_redaction_into_the_folder_of_the_original_is_refused(drafts: Path, tmp_path: Path):
    terms = tmp_path / "terms.txt"
    terms.write_text("Okoro\n", "utf-8")
    before = (drafts / "note.txt").read_bytes()
    done = _redactor("redact", drafts / "note.txt", "--out", drafts, "--terms", terms)
    assert done.returncode == 2
    assert (drafts / "note.txt").read_bytes() == before


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the sample case, released where nobody would see a window."""
    folder = tmp_path_factory.mktemp("sample") / "demo"
    done = _program("demo", "--out", folder, platform="offscreen")
    assert done.returncode == 0, done.stderr
    assert str(folder / "release" / "manifest.json") in done.stdout
    return folder


def test_the_demo_releases_the_sample_and_opens_no_window_that_nobody_would_see(
    sample: Path, tmp_path: Path
):
    expected = json.loads((_SAMPLE.parent / "expected.json").read_text("utf-8"))
    release = sample / "release"
    names = {file.name for file in release.iterdir()}
    assert {"manifest.json", "schedule.csv", "schedule.pdf"} <= names
    terms = tmp_path / "gone.txt"
    for stem, strings in expected.items():
        files = [one for one in release.iterdir() if one.stem.partition(" - ")[0] == stem]
        assert files, stem
        terms.write_text("\n".join(strings["gone"]), "utf-8")
        for file in files:
            found = _redactor("verify", file, "--terms", terms, "--json")
            assert found.returncode == 0, (file.name, _json(found)["leaks"])


def test_the_sample_is_answered_by_a_letter_without_a_slip(sample: Path, tmp_path: Path):
    """The questions are those of the published response whose facts the sample follows."""
    words, letter, asked = (tmp_path / one for one in ("words.txt", "response.docx", "asked.json"))
    words.write_text(f"{SAMPLE_PASSPHRASE}\n", "utf-8")
    asked.write_text(json.dumps(_ASKED), "utf-8")
    case = sample / "sample.redactor"
    opened = (
        *("--case-passphrase-file", words, "--passphrase-file", words),
        *("--identity", sample / "sample-officer.identity", "--json"),
    )
    assert _redactor("case", "request", case, "--from", asked, *opened).returncode == 0
    assert _redactor("letter", case, "--out", letter, *opened).returncode == 0
    checked = _redactor("letter", "--check", letter, "--json")
    assert (checked.returncode, _json(checked)["issues"]) == (0, []), checked.stdout


def _question(asked: str, *documents: int, **told: str) -> dict[str, Any]:
    as_held = {"stance": "held", "answer": "", "justification": 0}
    return {**as_held, "asked": asked, "documents": list(documents), **told}


_ASKED = {
    "received": "2026-03-02",
    "stance": "held",
    "advice": "Figures for all the years together can be given for broader kinds of allegation.",
    "questions": [
        _question("How many complaints did women make against officers, by year?", 1, 2),
        _question("What was the nature of each, and its context?", 1, 3),
        _question("What was the outcome of each investigation?", 1),
        _question(
            "Which policies were updated after the review?",
            answer="Investigators attend a course of four days on law and procedure.",
        ),
        _question("How many officers were vetted again?", stance="not-held"),
    ],
}


def test_two_originals_that_would_get_one_name_are_both_released(drafts: Path, tmp_path: Path):
    (drafts / "book.csv").write_text("Name\nMary Tallow\nSarah Okoro\n", "utf-8")
    terms, out = tmp_path / "terms.txt", tmp_path / "out"
    terms.write_text("Sarah Okoro\n", "utf-8")
    done = _redactor(
        "redact", drafts / "book.csv", drafts / "book.xlsx", "--out", out, "--terms", terms,
        "--exemption", "s40(2) by s40(3A)(a)", "--as", "xlsx", "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    outputs = [output for one in _json(done)["released"] for output in one["outputs"]]
    assert [Path(one["path"]).name for one in outputs] == ["book.xlsx", "book (2).xlsx"]
    for one in outputs:
        assert hashlib.sha256(Path(one["path"]).read_bytes()).hexdigest() == one["sha256"]


def test_verify_does_not_call_a_file_sound_that_it_could_not_read(drafts: Path, tmp_path: Path):
    terms = tmp_path / "terms.txt"
    terms.write_text("Nobody At All\n", "utf-8")
    done = _redactor("verify", drafts / "note.txt", drafts / "gone.txt", "--terms", terms, "--json")
    assert done.returncode == 3
    shape = _json(done)
    assert not shape["ok"]
    assert ["gone.txt" in one["detail"] for one in shape["checks"] if not one["ok"]] == [True]


@pytest.mark.parametrize("threshold", ["7", "nan", "-0.1", "half"])
def test_a_threshold_that_would_hide_every_finding_is_wrong_usage(drafts: Path, threshold: str):
    done = _redactor("scan", drafts / "note.txt", f"--threshold={threshold}", "--json")
    assert done.returncode == 2

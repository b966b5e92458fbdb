"""Tests of the benchmark against another program, as far as they need no such program."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pymupdf
import pytest

from tests.benchmarks import peer_doc_redaction as peer
from tests.benchmarks.peer_doc_redaction import BARE, LEAN, OURS, PEER, Did, Job


def _pdf(*pages: str) -> bytes:
    document = pymupdf.open()
    for text in pages:
        document.new_page().insert_textbox((50, 50, 545, 800), text, fontsize=10)
    return bytes(document.tobytes())


def _round(ours: float, theirs: float, *, left: int | None = 0) -> dict[str, Did]:
    return {
        PEER: Did(theirs, left),
        OURS: Did(ours, 0),
        LEAN: Did(theirs / 2, 0),
        BARE: Did(ours * 2, 0),
    }


def test_without_the_environment_of_the_peer_it_says_what_to_do_and_ends_with_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("REDACTOR_PEER", raising=False)
    assert peer.main([]) == 3
    said = capsys.readouterr()
    assert "nothing was measured" in said.err
    assert "pip install doc_redaction" in said.err
    assert "REDACTOR_PEER=FOLDER" in said.err
    assert said.out == ""


def test_an_environment_without_the_peer_is_as_good_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REDACTOR_PEER", str(tmp_path))
    assert peer.main(["--json"]) == 3
    assert json.loads(capsys.readouterr().out) == {
        "benchmark": "peer",
        "rows": {},
        "absent": ["doc_redaction"],
    }


@pytest.mark.parametrize("place", ["bin/python", "Scripts/python.exe"])
def test_the_python_of_an_environment_is_found_on_linux_and_on_windows(
    tmp_path: Path, place: str
) -> None:
    python = tmp_path / place
    python.parent.mkdir()
    assert peer.peer_python(str(tmp_path)) is None
    python.touch()
    assert peer.peer_python(str(tmp_path)) == python
    assert peer.peer_python("") is None


def test_medians_and_ratios_are_given_with_and_without_the_start() -> None:
    whole = [_round(10, 50), _round(20, 80), _round(12, 60)]
    starts = [_round(2, 10), _round(2, 10), _round(2, 10)]
    row = peer.summary(whole, starts)[PEER]
    assert (row["cpu_s"], row["start_cpu_s"]) == (60, 10)
    assert row["times_ours"] == 5
    assert row["times_ours_rounds"] == (4, 5)
    assert row["times_ours_without_start"] == 5
    assert peer.summary(whole, starts)[OURS]["times_ours"] == 1


def test_where_ours_is_all_start_no_ratio_is_made_of_what_remains() -> None:
    row = peer.summary([_round(2, 10)], [_round(2, 10)])[PEER]
    assert row["times_ours_without_start"] is None
    assert "without starts" not in "".join(peer.lines({PEER: row}))


def test_a_run_that_wrote_nothing_is_no_figure_to_be_proud_of() -> None:
    rows = peer.summary([_round(10, 1, left=None), _round(10, 50)], [_round(2, 1)] * 2)
    assert rows[PEER]["left"] is None
    assert "a run wrote nothing" in peer.lines(rows)[0]


def test_terms_that_can_still_be_read_are_counted_over_the_end_of_a_line(tmp_path: Path) -> None:
    written = tmp_path / "written.pdf"
    assert peer.times_left(written, ["Carys Norreys"]) is None
    written.write_bytes(_pdf("Carys\nNorreys was there. Carys was not.", "Carys Norreys"))
    assert peer.times_left(written, ["Carys Norreys", "Isla Okonjo"]) == 2


def test_the_first_page_stands_for_the_start() -> None:
    with pymupdf.open(stream=peer.first_page(_pdf("one", "two")), filetype="pdf") as page:
        assert [leaf.get_text().strip() for leaf in page] == ["one"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell the CPU of children")
def test_ours_and_the_bare_library_are_run_for_real(tmp_path: Path) -> None:
    terms = tmp_path / "terms.txt"
    terms.write_text("Carys Norreys", "utf-8")
    pdf = tmp_path / "long.pdf"
    pdf.write_bytes(_pdf("Then Carys Norreys said that a complaint was made."))
    done = {
        name: one(Job(pdf, terms, tmp_path, tmp_path / "compiled"))
        for name, one in _without_the_peer().items()
    }
    assert set(done) == {OURS, BARE}
    assert all(one.left == 0 and one.cpu > 0 for one in done.values())


def _without_the_peer() -> dict[str, peer.Contender]:
    every = peer.contenders(Path("nowhere"))
    return {name: one for name, one in every.items() if name in {OURS, BARE}}


def test_a_file_without_its_terms_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        peer.main(["--pdf", "long.pdf"])
    assert ended.value.code == 2
    assert "go together" in capsys.readouterr().err

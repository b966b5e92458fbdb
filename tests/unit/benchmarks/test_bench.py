"""Tests of the list of benchmarks, of the command that runs them, and of what detection prints."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from redactor.cli.bench import _registry
from redactor.errors import UnreadableDocument
from tests.benchmarks import BENCHMARKS, benchmark_named, detection
from tests.benchmarks.detectors import detectors

_ROOT = Path(__file__).resolve().parents[3]
_NOTE = "Call [[PERSON#a|Sarah Okoro]] on [[PHONE|07700 900412]] before [[DATE|3 May 2021]].\n"


def _bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "redactor", "bench", *arguments],
        check=False,
        cwd=_ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.mark.parametrize("benchmark_", BENCHMARKS, ids=lambda one: one.name)
def test_every_benchmark_has_a_main_that_takes_arguments_and_gives_an_exit_code(
    benchmark_: Any,
) -> None:
    path = _ROOT.joinpath(*benchmark_.module.split(".")).with_suffix(".py")
    assert "def main(argv: Sequence[str]" in path.read_text("utf-8")
    assert benchmark_named(benchmark_.name) is benchmark_
    assert benchmark_.title
    assert "\n" not in benchmark_.title


def test_the_main_of_detection_is_called_as_the_others_are() -> None:
    main = import_module("tests.benchmarks.detection").main
    assert list(inspect.signature(main).parameters) == ["argv"]


def test_without_a_name_the_benchmarks_are_listed() -> None:
    done = _bench()
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        one.name for one in BENCHMARKS
    ]
    shape = json.loads(_bench("--json").stdout)
    assert [one["name"] for one in shape["benchmarks"]] == [one.name for one in BENCHMARKS]
    assert shape["benchmarks"][0]["baseline"] == "plain Presidio"


def test_an_unknown_name_is_wrong_usage_and_names_those_that_there_are() -> None:
    done = _bench("nonesuch", "--json")
    assert done.returncode == 2
    told = json.loads(done.stdout)["error"]
    assert told["code"] == "usage"
    assert "detection" in told["message"]
    assert "nonesuch" not in told["message"]


def test_an_installed_program_says_that_it_has_no_benchmarks(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="come with the source") as told:
        _registry(tmp_path)
    assert told.value.exit_code == 3


def test_arguments_after_the_name_are_handed_on_and_answered_in_json() -> None:
    done = _bench("window-case", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout) == {
        "benchmark": "window-case",
        "baseline": "",
        "lines": [],
        "ok": False,
    }


def test_detection_measures_a_folder_of_marked_documents_beside_presidio(tmp_path: Path) -> None:
    (tmp_path / "01-note.txt").write_text(_NOTE, "utf-8")
    done = _bench("detection", "--set", str(tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    part = json.loads(done.stdout)["parts"]["set"]
    assert (part["documents"], part["marks"]) == (1, 3)
    ours, plain = part["detectors"]["redactor"], part["detectors"]["presidio"]
    assert ours["groups"]["all"]["recall"]["typed"] == {
        "value": 1.0,
        "interval": [1.0, 1.0],
        "hits": 3,
        "total": 3,
    }
    assert plain["groups"]["PERSON"]["recall"]["any"]["hits"] == 0
    assert plain["labels"]["PHONE"]["recall"]["exact_typed"]["hits"] == 1


def test_detection_prints_a_table_of_the_same_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "01-note.txt").write_text(_NOTE, "utf-8")
    assert detection.main(["--set", str(tmp_path), "--without-presidio"]) == 0
    out = capsys.readouterr().out
    row = next(line for line in out.splitlines() if line.strip().startswith("PERSON"))
    assert row.split()[:3] == ["PERSON", "1", "1.000"]
    assert "Okoro" not in out


def test_what_was_missed_is_listed_only_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "01-note.txt").write_text("The [[ROLE|zzyzx]] was there.\n", "utf-8")
    detection.main(["--set", str(tmp_path), "--without-presidio"])
    assert "zzyzx" not in "".join(capsys.readouterr())
    detection.main(["--set", str(tmp_path), "--without-presidio", "--missed", "ROLE"])
    assert "«zzyzx»" in capsys.readouterr().err


def test_a_part_that_is_not_here_is_said_and_ends_with_3_where_it_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDACTOR_CORPUS", str(tmp_path))
    assert detection.main(["--only", "tab", "--json"]) == 3
    said = capsys.readouterr()
    assert json.loads(said.out) == {"benchmark": "detection", "parts": {}, "absent": ["tab"]}
    assert "REDACTOR_CORPUS" in said.err


def test_nothing_of_the_held_out_documents_is_listed_unless_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "01-note.txt").write_text("The [[ROLE|zzyzx]] was there.\n", "utf-8")
    kinds = detectors(plain=False)
    asked = detection._parser().parse_args(["--missed", "all", "--false", "all"])
    measured = detection._measure_held_out(tmp_path, kinds, asked)
    said = "".join(capsys.readouterr()) + json.dumps(measured)
    assert "zzyzx" not in said
    asked.show_held_out = True
    detection._measure_held_out(tmp_path, kinds, asked)
    assert "zzyzx" in capsys.readouterr().err

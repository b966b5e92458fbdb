"""``redactor models``: what detection uses, from a real command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.unit.detect.test_site_models import TEXT, save_pipeline, truncate


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "redactor", *arguments],
        env={**os.environ, "REDACTOR_MODELS": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def test_the_models_of_a_site_are_tried_out(tmp_path: Path) -> None:
    save_pipeline(tmp_path / "sound")
    done = run(tmp_path, "models", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["rules"] > 20
    assert [one["name"] for one in told["fields"]] == ["names", "domain"]
    assert told["models"] == [
        {
            "name": "en_site_words 1.2.0",
            "library": "spaCy",
            "folder": str(tmp_path / "sound"),
            "why": "",
            "usable": True,
        }
    ]
    assert told["folder"] == str(tmp_path)


def test_a_model_that_cannot_be_used_is_an_exit_code_and_blocks_a_scan(tmp_path: Path) -> None:
    truncate(save_pipeline(tmp_path / "models" / "broken"))
    done = run(tmp_path / "models", "models")
    assert done.returncode == 1
    assert "cannot be used: a file of it is missing or damaged" in done.stdout
    (tmp_path / "note.txt").write_text(TEXT, "utf-8")
    scanned = run(tmp_path / "models", "scan", str(tmp_path / "note.txt"), "--json")
    (document,) = json.loads(scanned.stdout)["documents"]
    assert "en_site_words 1.2.0" in document["incomplete"][0]["why"]
    assert "carefully" not in scanned.stderr

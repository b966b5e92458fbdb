from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from redactor import __version__
from redactor.model import Ruling
from redactor.release.manifest import (
    MANIFEST_NAME,
    LeftOutEntry,
    OutputEntry,
    RulingEntry,
    SourceEntry,
    build_manifest,
    check_manifest,
)
from redactor.release.verify.model import Check

WHEN = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
CHECKS = [
    Check("no withheld text", ok=True, engine="pikepdf 10", detail="3 terms in 2 pieces."),
    Check("no withheld text", ok=True, engine="pikepdf 10", detail="3 terms in 9 pieces."),
    Check("one revision", ok=True, engine="python 3.11", detail="It is."),
]


def entry(name: str, data: bytes) -> OutputEntry:
    return OutputEntry(name, hashlib.sha256(data).hexdigest(), len(data), 1)


def manifest(*outputs: OutputEntry) -> bytes:
    return build_manifest(
        "FOI 123/26",
        [SourceEntry(1, "pdf", "a" * 64, 12)],
        outputs,
        CHECKS,
        [LeftOutEntry(1, "hidden-sheet", 2)],
        [RulingEntry(1, Ruling.LEAVE_OUT, 1)],
        created=WHEN,
    )


@pytest.fixture
def release(tmp_path: Path) -> Path:
    (tmp_path / "a.pdf").write_bytes(b"one")
    (tmp_path / "b.csv").write_bytes(b"two")
    listed = manifest(entry("a.pdf", b"one"), entry("b.csv", b"two"))
    (tmp_path / MANIFEST_NAME).write_bytes(listed)
    return tmp_path


def test_the_manifest_says_what_went_in_what_came_out_and_what_was_checked() -> None:
    read = json.loads(manifest(entry("a.pdf", b"one")))
    assert read["product"] == {"name": "Redactor", "version": __version__}
    assert read["created"] == "2026-03-01T08:30:00Z"
    assert read["sources"] == [{"document": 1, "format": "pdf", "sha256": "a" * 64, "bytes": 12}]
    assert read["outputs"][0]["sha256"] == hashlib.sha256(b"one").hexdigest()
    assert {"name": "no withheld text", "engine": "pikepdf 10", "ok": True, "count": 2} in read[
        "checks"
    ]
    assert read["left_out"] == [{"document": 1, "kind": "hidden-sheet", "count": 2}]
    assert read["rulings"] == [{"document": 1, "ruling": "leave-out", "count": 1}]


def test_the_manifest_is_canonical() -> None:
    data = manifest(entry("ü.pdf", b"one"))
    assert "ü.pdf".encode() in data
    read = json.loads(data)
    again = json.dumps(read, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert data == again
    assert data == manifest(entry("ü.pdf", b"one"))


def test_a_time_without_a_zone_and_a_name_twice_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        build_manifest("x", [], [], [], created=dt.datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="same name"):
        manifest(entry("a", b""), entry("a", b""))


def test_an_untouched_release_agrees_with_its_manifest(release: Path) -> None:
    assert check_manifest(release) == []


def test_a_changed_a_missing_and_an_extra_file_are_told(release: Path) -> None:
    (release / "a.pdf").write_bytes(b"One")
    (release / "b.csv").unlink()
    (release / "inside").mkdir()
    (release / "inside" / "c.txt").write_bytes(b"")
    told = {(problem.kind, problem.file) for problem in check_manifest(release)}
    assert told == {
        ("changed-file", "a.pdf"), ("missing-file", "b.csv"), ("extra-file", "inside"),
    }  # fmt: skip


def test_a_file_of_the_same_length_is_told_apart_by_its_hash(release: Path) -> None:
    (release / "a.pdf").write_bytes(b"eno")
    assert [problem.kind for problem in check_manifest(release)] == ["changed-file"]


@pytest.mark.parametrize(
    "written",
    [
        b"", b"{", b"[]", b"{}", b"null", b"\xff\xfe", b'{"manifest":2,"outputs":[]}',
        b'{"manifest":1,"outputs":[{"name":"../a","sha256":"","bytes":0}]}',
        b'{"manifest":1,"outputs":[{"name":"a"}]}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_damaged_manifest_is_told(release: Path, written: bytes) -> None:
    (release / MANIFEST_NAME).write_bytes(written)
    assert [problem.kind for problem in check_manifest(release)] == ["damaged-manifest"]


def test_a_folder_without_a_manifest_is_told(tmp_path: Path) -> None:
    assert [problem.kind for problem in check_manifest(tmp_path)] == ["no-manifest"]

"""A long workbook is searched by two workers where there are two cores, with the same findings."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest

from redactor.app import sharing
from redactor.app.oneshot import Scanned, scan_files
from redactor.detect import shares
from redactor.workers import Lane

_NOTE = "Seen by Hannah Okoro on 12/03/2021; call 07700 900{three:03} about case {three}. " * 4
#: What makes the workbook long: it is the length that has it shared, and this is soon searched.
_PADDING = "- " * 500


def _book(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Surname", "Note", "Space"])
    for row in range(shares.LONG // 1250):
        surname = f"Quill{'abcdefghij'[row % 10]}"
        sheet.append([surname, _NOTE.format(three=row % 1000), _PADDING])
    path = folder / "people.xlsx"
    book.save(path)
    return path


def _scan(path: Path, lane: Lane) -> Scanned:
    (scanned,) = scan_files([path], lane, lambda _: None)
    assert isinstance(scanned, Scanned)
    return scanned


def test_one_worker_and_two_find_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lane: Lane
):
    path = _book(tmp_path)
    started: list[int] = []
    start = sharing._Second.start
    monkeypatch.setattr(
        sharing._Second, "start", lambda self, first: (started.append(first), start(self, first))
    )
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    alone = _scan(path, lane)
    assert started == []
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    together = _scan(path, lane)
    assert len(started) == 1, "the workbook was too short to be shared"
    assert len(alone.findings) > 2000
    assert together == alone

"""A case of 500 documents, 200,000 findings and 50,000 decisions: opening it, deciding, checking.

Run by hand: ``python -m tests.benchmarks.case_scale [FOLDER]``. Times are wall-clock seconds or
milliseconds. The yardstick for a decision is a bare SQLite file (the standard library's, not
encrypted, same journal and flushing) that takes one row in each transaction.
"""

from __future__ import annotations

import hashlib
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from redactor.app.case import Case
from redactor.case.check import check_store
from redactor.jobs import FindingBatch, Reading, SegmentBatch
from redactor.model import Action, Finding, LinePlace, Segment
from tests.case_kit import EXEMPTION, new_case, open_case

DOCUMENTS, FINDINGS, DECISIONS = 500, 200_000, 50_000
_EACH = FINDINGS // DOCUMENTS
_REASON = "It identifies a living person, and disclosure would not be fair to them."


def build(path: Path) -> Case:
    """Make the case through the same calls that the window uses, without detecting anything."""
    case = new_case(path)
    for number in range(1, DOCUMENTS + 1):
        data = f"document {number}".encode()
        _, event = case.store.add_document(f"{number}.txt", hashlib.sha256(data).hexdigest(), data)
        if event is not None:
            case.took(event)
        lines = tuple(
            Segment(LinePlace(line), f"Mr Zebedee Quillfeather {number}-{line} was seen there")
            for line in range(_EACH)
        )
        findings = tuple(
            Finding(one.place, 3, 23, "Zebedee Quillfeather", "PERSON", 0.9, "names 1", "a title")
            for one in lines
        )
        case.keep(number, SegmentBatch(lines))
        case.keep(number, FindingBatch(findings, (None,) * len(findings)))
        case.finish_reading(number, Reading(event.body["sha256"], "txt", (), (), ()))
    for mark in case.marks()[:DECISIONS]:
        case.decide([mark.id], Action.REDACT, EXEMPTION, _REASON)
    return case


def decide_more(case: Case, count: int = 300) -> list[float]:
    """Store some more decisions one by one; gives milliseconds for each."""
    taken = []
    for mark in case.marks()[DECISIONS : DECISIONS + count]:
        began = time.perf_counter()
        case.decide([mark.id], Action.REDACT, EXEMPTION, _REASON)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def bare_rows(folder: Path, count: int = 300) -> list[float]:
    """Store rows in a bare SQLite file; gives milliseconds for each."""
    (folder / "bare.db").unlink(missing_ok=True)
    link = sqlite3.connect(folder / "bare.db", isolation_level=None)
    link.execute("PRAGMA locking_mode = EXCLUSIVE")
    link.execute("PRAGMA synchronous = FULL")
    link.execute("CREATE TABLE t (seq INTEGER PRIMARY KEY, body TEXT)")
    taken = []
    for _ in range(count):
        began = time.perf_counter()
        link.execute("BEGIN IMMEDIATE")
        link.execute("INSERT INTO t (body) VALUES (?)", (_REASON * 5,))
        link.execute("COMMIT")
        taken.append((time.perf_counter() - began) * 1000)
    link.close()
    return taken


def main(argv: Sequence[str] = ()) -> int:
    """Measure, in the folder given or one that is thrown away; gives the exit code."""
    if argv:
        measure(Path(argv[0]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            measure(Path(temporary))
    return 0


def measure(folder: Path) -> None:
    """Measure, and print a table."""
    path = folder / "scale.redactor"
    if not path.exists():
        began = time.perf_counter()
        build(path).close(backup=False)
        print(f"built in {time.perf_counter() - began:.0f} s, {path.stat().st_size / 2**20:.0f} MB")
    began, spent = time.perf_counter(), time.process_time()
    case = open_case(path)
    opened = time.perf_counter() - began
    marks = case.marks()
    loaded, spent = time.perf_counter() - began, time.process_time() - spent
    print(f"opened {opened:.2f} s, every finding loaded after {loaded:.2f} s ({len(marks):,})")
    print(f"CPU seconds for both {spent:.2f}")
    taken, bare = decide_more(case), bare_rows(folder)
    median, yardstick = statistics.median(taken), statistics.median(bare)
    print(f"a decision: median {median:.1f} ms, slowest {max(taken):.1f} ms")
    print(f"a bare row: median {yardstick:.1f} ms; ratio {median / yardstick:.1f}")
    began = time.perf_counter()
    problems = check_store(case.store)
    print(f"checked in {time.perf_counter() - began:.1f} s: {len(problems)} problems")
    began = time.perf_counter()
    case.close()
    print(f"closed, with a backup, in {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Kill a program that works in a case at any moment, and see what of its work is there.

The test suite does this a few times, ``tests/benchmarks/kill_loop.py`` some hundred times.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from redactor.case.check import check_store
from redactor.events import Event, EventKind
from redactor.jobs import FindingBatch, Reading, SegmentBatch
from redactor.model import Action, Finding, LinePlace, Segment
from tests.attack.kill_work import original
from tests.case_kit import EXEMPTION, new_case, open_case

_KILLED = 1 if sys.platform == "win32" else -9
_ROOT = Path(__file__).resolve().parents[2]
#: What a rollback journal that is still needed begins with (sqlite.org/fileformat.html, 3).
_HOT = bytes.fromhex("d9d505f920a163d7")
#: The delays before a kill are drawn up to one of these, in seconds: a small commit takes some
#: milliseconds, one with a candidate some dozens.
_WITHIN = (0.001, 0.004, 0.015, 0.06)


@dataclass
class Found:
    """What the rounds found.

    Attributes:
        rounds: how many kills there were.
        acknowledged: events that the killed programs had told of.
        hot: kills in the middle of a write: a journal was left that had to be played back.
        under_way: changes that had not been acknowledged and were on the disk all the same.
        during: what was under way at the kill, and how often.
        faults: what did not hold.
    """

    rounds: int = 0
    acknowledged: int = 0
    hot: int = 0
    under_way: int = 0
    during: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def make_case(path: Path) -> Path:
    """Make a case with one document that was read, so that there is something to decide."""
    case = new_case(path)
    draft = path.with_name("draft.txt")
    draft.write_bytes(original(0))
    number = case.add_file(draft)
    assert number is not None
    lines = [line.decode() for line in original(0).splitlines()]
    segments = tuple(Segment(LinePlace(at), text) for at, text in enumerate(lines))
    findings = tuple(
        Finding(one.place, 0, 1, one.text[:1], "PERSON", 0.9, "names 1") for one in segments
    )
    case.keep(number, SegmentBatch(segments))
    case.keep(number, FindingBatch(findings, (None,) * len(findings)))
    case.finish_reading(number, Reading(case.source(number).sha256, "txt", (), (), ()))
    case.close()
    return path


def kill_again_and_again(path: Path, seed: int, rounds: int, found: Found) -> None:
    """Let a program work in a case and kill it, some times over, each time with what was left."""
    chance = random.Random(seed)
    for number in range(rounds):
        what = f"seed {seed}, round {number}"
        told = _work_and_kill(path, f"{seed}-{number}", chance)
        found.rounds += 1
        found.hot += _is_hot(path)
        found.during[_under_way(told)] += 1
        try:
            found.under_way += _look(path, told, found)
        except Exception as error:  # noqa: BLE001 - whatever it is, the rounds are to be told of
            found.faults.append(
                f"{what}, during {_under_way(told)}: {type(error).__name__} {error}"
            )
            return


def _work_and_kill(path: Path, seed: str, chance: random.Random) -> list[dict[str, object]]:
    """Start the work, kill it at some moment; gives what it told of until then."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.attack.kill_work", str(path), seed],
        stdout=subprocess.PIPE,
        cwd=_ROOT,
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(chance.randrange(1, 60))]
        wait(chance.uniform(0, chance.choice(_WITHIN)))
        process.kill()
        lines += process.stdout.readlines()
    assert process.returncode == _KILLED, "the program ended by itself"
    told = [json.loads(line) for line in lines if line.endswith(b"\n")]
    assert told, "the program did not begin to work"
    return told


def wait(seconds: float) -> None:
    """Wait without sleeping, which would be too coarse."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


def _is_hot(path: Path) -> bool:
    journal = path.with_name(f"{path.name}-journal")
    return journal.exists() and journal.read_bytes()[: len(_HOT)] == _HOT


def _under_way(told: list[dict[str, object]]) -> str:
    return str(told[-1].get("begins", "between two calls"))


def _look(path: Path, told: list[dict[str, object]], found: Found) -> int:
    """Open the case as the same person; gives how many changes are there that nobody told of."""
    acknowledged: list[list[object]] = [
        one
        for line in told
        for one in line.get("events", ())  # type: ignore[attr-defined]
    ]
    marks = max(int(str(line["marks"])) for line in told if "marks" in line)
    found.acknowledged += len(acknowledged)
    case = open_case(path, taking_over="The program was killed.")
    try:
        there = case.events()
        assert [[one.seq, one.digest] for one in there[: len(acknowledged)]] == acknowledged
        more = _changes(there[len(acknowledged) :])
        assert more <= 1, f"{more} changes that nobody told of"
        assert len(case.marks()) >= marks, "a mark is gone"
        assert not (problems := check_store(case.store)), problems
        chosen = case.marks()[len(there) % len(case.marks())].id
        case.decide([chosen], Action.REDACT, EXEMPTION, "It identifies a living person.")
        assert case.standing().decisions[chosen].seq == len(case.events())
    finally:
        case.close()
    return more


def _changes(events: tuple[Event, ...]) -> int:
    """Count changes: a person's first one also brings their key in, and a taken lock is none."""
    of_themselves = {EventKind.LOCK_TAKEN, EventKind.PERSON_JOINED}
    return sum(one.kind not in of_themselves for one in events)

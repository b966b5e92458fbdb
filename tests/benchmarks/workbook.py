"""A workbook of people, 35,000 rows by 10 columns: opened, scanned, released and verified.

Run by hand: ``redactor bench workbook``. What is measured against is the figure that NEC publishes
for DocDefender, 30 minutes for such a file (350,000 cells). The release accepts everything that is
proposed, once as CSV and once as a workbook. The people are invented; every surname with its number
is another, so that tens of thousands of different texts are withheld.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import openpyxl

from redactor.app.oneshot import RedactOrder, Released, redact_files
from redactor.workers import Lane

ROWS = 35_000
#: What NEC publishes for a workbook of 350,000 cells, in seconds.
DOCDEFENDER_SECONDS = 30 * 60

_HEADER = (
    "Surname",
    "Forename",
    "DOB",
    "NI number",
    "Postcode",
    "E-mail",
    "Rank",
    "Unit",
    "Note",
    "Date joined",
)
#: Surnames are put together of these, so that there are thousands.
_PIECES = (
    ("B", "Br", "Ch", "D", "F", "G", "H", "K", "L", "M", "N", "P", "Qu", "R", "St", "Tr", "V", "W"),
    ("a", "e", "i", "o", "u", "ai", "ea", "ey", "ou"),
    ("ll", "n", "nd", "rr", "st", "th", "x", "ck", "mm"),
    ("ington", "ley", "ford", "wood", "worth", "son", "well", "croft", "shaw", "ham", "dale"),
)
_FORENAMES = ("Ailsa", "Bogdan", "Carys", "Dunja", "Esme", "Folasade", "Gethin", "Harvey", "Isla")
_RANKS = ("PC", "DC", "PS", "DS", "Inspector", "Staff officer", "PCSO")
_UNITS = (
    "Response North",
    "Custody",
    "CID",
    "Neighbourhood East",
    "Roads Policing",
    "Control Room",
)
_NOTES = (
    "Returned to duty on {day} after six weeks with a back injury.",
    "Asked for flexible working; line manager {name} agreed on {day}.",
    "No issues recorded at the last review.",
    "Moved to a desk role following a referral to occupational health.",
    "Complaint by a colleague closed with no further action on {day}.",
    "Mobile 07700 900{three} kept for call-out.",
)


@dataclass(frozen=True, slots=True)
class Step:
    """What a step took.

    Attributes:
        name: as shown.
        wall: seconds.
        cpu: seconds of user and system time, of the workers too.
    """

    name: str
    wall: float
    cpu: float


def make_book(path: Path, rows: int) -> None:
    """Write the workbook; the same every time."""
    rng = random.Random(2023)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Establishment")
    sheet.append(_HEADER)
    for row in _people(rng, rows):
        sheet.append(row)
    book.save(path)


def _people(rng: random.Random, rows: int) -> Iterator[list[object]]:
    for number in range(rows):
        surname, forename = _surname(rng), rng.choice(_FORENAMES)
        born = date(1958, 1, 1) + timedelta(rng.randrange(16_000))
        joined = date(1995, 1, 1) + timedelta(rng.randrange(10_000))
        note = rng.choice(_NOTES).format(
            day=f"{joined + timedelta(rng.randrange(900)):%d/%m/%Y}",
            name=f"{rng.choice(_FORENAMES)} {_surname(rng)}",
            three=f"{rng.randrange(1000):03}",
        )
        yield [
            surname,
            forename,
            born,
            _drawn(rng, "AA999999C"),
            rng.choice(("BS", "GL", "TA", "EX")) + _drawn(rng, "9 9AA"),
            f"{forename}.{surname}{number % 100}@force.example".lower(),
            rng.choice(_RANKS),
            rng.choice(_UNITS),
            note,
            joined,
        ]


def _surname(rng: random.Random) -> str:
    return "".join(rng.choice(pieces) for pieces in _PIECES)


def _drawn(rng: random.Random, kinds: str) -> str:
    """Draw a letter for ``A`` and a figure for ``9``; anything else stays."""
    drawn = {"A": "ABCEHJKL", "9": "0123456789"}
    return "".join(rng.choice(drawn.get(one, one)) for one in kinds)


@dataclass(slots=True)
class Clock:
    """Cuts the time of a release into steps, by what the program says it is doing."""

    steps: list[Step] = field(default_factory=list)
    _name: str = ""
    _wall: float = 0.0
    _cpu: float = 0.0

    def say(self, what: str) -> None:
        """Begin the step that the program names."""
        now, cpu = time.perf_counter(), cpu_seconds()
        if self._name:
            self.steps.append(Step(self._name, now - self._wall, cpu - self._cpu))
        self._name, self._wall, self._cpu = what.rpartition(": ")[2], now, cpu


def cpu_seconds() -> float:
    """Give the CPU time of this process and of its workers that still run or have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    mine = resource.getrusage(resource.RUSAGE_SELF)
    running = sum(_running(pid) for pid in _children())
    return mine.ru_utime + mine.ru_stime + ended.ru_utime + ended.ru_stime + running


def _children() -> list[str]:
    return [
        pid
        for task in Path("/proc/self/task").iterdir()
        for pid in (task / "children").read_text(encoding="ascii").split()
    ]


def _running(pid: str) -> float:
    """Give the CPU seconds of a running process; fields 14 and 15 of proc(5), in ticks of 1/100."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:  # it has just ended, and is counted among those
        return 0.0
    return (int(fields[11]) + int(fields[12])) / 100


def release(book: Path, out: Path, target: str) -> list[Step]:
    """Open, scan, release and verify the workbook; gives what each step took.

    Raises:
        SystemExit: it was not released.
    """
    clock = Clock()
    order = RedactOrder(out, "s40(2) by s40(3A)(a)", labels=None, target=target)
    with Lane() as lane:
        for one in redact_files([book], order, lane, clock.say):
            clock.say("done")
            if not isinstance(one, Released):
                raise SystemExit(f"The workbook was not released: {one}")
            print(f"{one.redactions:,} places redacted as {target}")
    return clock.steps


def main(argv: Sequence[str] = ()) -> int:
    """Measure, and print a table; gives the exit code."""
    asked = argparse.ArgumentParser(prog="redactor bench workbook")
    asked.add_argument("--rows", type=int, default=ROWS)
    asked.add_argument("--target", action="append", choices=("csv", "xlsx", "pdf"))
    options = asked.parse_args(list(argv))
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "establishment.xlsx"
        make_book(book, options.rows)
        print(f"{options.rows * len(_HEADER):,} cells, {book.stat().st_size / 1e6:.1f} MB")
        for target in options.target or ("csv", "xlsx"):
            _print(release(book, Path(folder) / target, target))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"peak memory: {own} MB of the program, {workers} MB of the largest worker")
    return 0


def _print(steps: Sequence[Step]) -> None:
    wall, cpu = sum(one.wall for one in steps), sum(one.cpu for one in steps)
    for one in (*steps, Step("together", wall, cpu)):
        print(f"  {one.name:12} {one.wall:8.1f} s {one.cpu:8.1f} CPU-s")
    ratio = DOCDEFENDER_SECONDS / wall
    print(f"  the published {DOCDEFENDER_SECONDS} s of DocDefender are {ratio:.0f} times that")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""CPU seconds and peak memory for a workbook of 100,000 rows and 10 columns: read, scan, release.

Run by hand: ``python tests/benchmarks/xlsx_million_cells.py``. The baseline of the same run is
openpyxl loading the workbook and saving it again, which is what a naive tool does.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import openpyxl

ROWS = 100_000

_FIRST = ["Ailsa", "Bogdan", "Carys", "Dunja", "Esme", "Folasade", "Gethin", "Harvey", "Isla"]
_LAST = ["Quillfeather", "Venkataraman", "Rhydderch", "Okonjo", "Markovic", "Tresilian", "Norreys"]
_HEADER = ["Ref", "Surname", "Forename", "Rank", "Ward", "Date", "Kind", "Outcome", "Days", "Cost"]


def make_book(path: Path) -> None:
    rng = random.Random(7)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Cases")
    sheet.append(_HEADER)
    for row in range(ROWS):
        sheet.append(
            [
                f"MC{row:06}",
                rng.choice(_LAST),
                rng.choice(_FIRST),
                rng.choice(["PC", "PS", "DC"]),
                f"Ward {rng.randrange(20)}",
                f"{rng.randrange(1, 29):02}/0{rng.randrange(1, 10)}/2023",
                rng.choice(["Incivility", "Use of force", "Neglect of duty"]),
                rng.choice(["No case to answer", "Reflective practice", "Written warning"]),
                rng.randrange(400),
                round(rng.random() * 1000, 2),
            ]
        )
    book.save(path)


_MEASURED = """
import resource, runpy, sys
sys.argv = ["redactor", *sys.argv[1:]]
try:
    runpy.run_module("redactor", run_name="__main__", alter_sys=True)
finally:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"PEAK {own // 1024} {workers // 1024}", file=sys.stderr)
"""


def measure(*command: str) -> tuple[float, float, int, str]:
    """Run a command; gives CPU seconds, wall seconds, exit code, and its note of peak memory."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *command],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = [line for line in done.stderr.splitlines() if line.startswith("PEAK")]
    return cpu, time.perf_counter() - started, done.returncode, peak[-1] if peak else ""


_PLAIN = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
book.save(sys.argv[2])
"""


def main(argv: Sequence[str] = ()) -> int:
    """Measure, and print a table; gives the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        book, terms = Path(folder) / "cases.xlsx", Path(folder) / "terms.txt"
        make_book(book)
        terms.write_text("\n".join(_LAST), encoding="utf-8")
        out = str(Path(folder) / "out")
        rows = {
            "inspect (reads only)": measure("-c", _MEASURED, "inspect", str(book)),
            "scan": measure("-c", _MEASURED, "scan", str(book), "--json"),
            "redact (reads, rebuilds, verifies)": measure(
                "-c", _MEASURED, "redact", str(book), "--terms", str(terms), "--out", out
            ),
            "verify": measure(
                "-c", _MEASURED, "verify", f"{out}/cases.xlsx", "--terms", str(terms)
            ),
            "openpyxl load and save": measure(
                "-c", _PLAIN, str(book), str(Path(folder) / "plain.xlsx")
            ),
        }
        for name, (cpu, wall, code, peak) in rows.items():
            print(f"{name:36} {cpu:7.1f} CPU-s {wall:7.1f} s  exit {code}  {peak} MB (own, worker)")
        *ours, plain = rows.items()
        for name, (cpu, _, _, _) in ours:
            print(f"ratio to {plain[0]}, {name:36} {cpu / plain[1][0]:5.2f}")
    return int(any(code > 1 for _, _, code, _ in rows.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

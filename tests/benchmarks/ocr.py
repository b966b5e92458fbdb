"""Reading pictures: our engine beside others, and which size of picture it reads best.

Run by hand: ``redactor bench ocr``. RapidOCR is measured where ``REDACTOR_RAPIDOCR`` names the
Python of an environment that has it; where it does not, the table says so.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.annotated import read_annotated
from tests.benchmarks import ocr_engines
from tests.benchmarks.ocr_pages import CONDITIONS, Printed, prepared, printed_pages, scan_of
from tests.corpus import find_corpus

WAYS = ("as it is", "larger 1.5", "larger 2", "two tones")


@dataclass(frozen=True, slots=True)
class Read:
    """How one engine read some pages."""

    wrong_letters: float
    wrong_words: float
    named: float
    cpu_s: float

    @classmethod
    def against(cls, pages: Sequence[Printed], texts: Sequence[str], cpu: Sequence[float]) -> Read:
        """Hold what was read against what was printed."""
        pairs = list(zip(pages, texts, strict=True))
        letters = [(" ".join(p.text.split()), " ".join(t.split())) for p, t in pairs]
        words = [(p.text.split(), t.split()) for p, t in pairs]
        squeezed = ["".join(text.split()) for text in texts]
        found = [
            "".join(one.split()) in squeezed[n]
            for n, page in enumerate(pages)
            for one in page.named
        ]
        return cls(
            _share(letters), _share(words), sum(found) / max(len(found), 1), sum(cpu) / len(cpu)
        )


def _share(pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> float:
    wrong = total = 0
    for wanted, got in pairs:
        wrong += distance(wanted, got)
        total += len(wanted)
    return wrong / max(total, 1)


def distance(wanted: Sequence[str], got: Sequence[str]) -> int:
    """Give Levenshtein's distance: how many pieces must be changed, added or taken away."""
    codes: dict[str, int] = {}
    left = np.array([codes.setdefault(one, len(codes)) for one in wanted], np.int64)
    right = np.array([codes.setdefault(one, len(codes)) for one in got], np.int64)
    steps = np.arange(len(right) + 1)
    row = steps.copy()
    for number, code in enumerate(left, 1):
        best = np.empty_like(row)
        best[0] = number
        best[1:] = np.minimum(row[1:] + 1, row[:-1] + (right != code))
        row = np.minimum.accumulate(best - steps) + steps
    return int(row[-1])


def read_by(engine: str, python: str, folder: Path) -> tuple[list[str], list[float], float]:
    """Let an engine read the pages of a folder in a process of its own."""
    script = str(Path(ocr_engines.__file__))
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [python, script, engine, str(folder)],
        capture_output=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1", "PYTHONPATH": root, "PYTHONUTF8": "1"},
    )
    *pages, last = map(json.loads, done.stdout.decode("utf-8").splitlines())
    return [one["text"] for one in pages], [one["cpu"] for one in pages], last["peak_mb"]


def put(folder: Path, pictures: Iterable[tuple[Any, float]]) -> None:
    """Write pictures for an engine to read."""
    entries = []
    for number, (picture, dpi) in enumerate(pictures):
        (folder / f"{number}.grey").write_bytes(picture.tobytes())
        entries.append(
            {"file": f"{number}.grey", "width": picture.width, "height": picture.height, "dpi": dpi}
        )
    (folder / "pages.json").write_text(json.dumps(entries))


def compare(pages: Sequence[Printed], engines: dict[str, str]) -> None:
    """Print how each engine reads each kind of page."""
    print(f"{'':28}" + "".join(f"{one:>30}" for one in engines))
    print(f"{'':28}" + "".join(f"{'letters':>10}{'words':>7}{'names':>7}{'s':>6}" for _ in engines))
    peaks = dict.fromkeys(engines, 0.0)
    whole: dict[str, list[Read]] = {one: [] for one in engines}
    for title, (dpi, spoilt) in CONDITIONS.items():
        with tempfile.TemporaryDirectory() as folder:
            put(Path(folder), ((spoilt(scan_of(page, dpi)), dpi) for page in pages))
            print(f"{title:28}", end="", flush=True)
            for engine, python in engines.items():
                texts, cpu, peak = read_by(engine, python, Path(folder))
                peaks[engine] = max(peaks[engine], peak)
                found = Read.against(pages, texts, cpu)
                whole[engine].append(found)
                print(_shown(found), end="", flush=True)
            print()
    print(f"{'mean':28}" + "".join(_shown(_mean(reads)) for reads in whole.values()))
    print(f"{'peak memory, MB':28}" + "".join(f"{peak:30.0f}" for peak in peaks.values()))


def _mean(reads: Sequence[Read]) -> Read:
    count = len(reads)
    return Read(
        sum(one.wrong_letters for one in reads) / count,
        sum(one.wrong_words for one in reads) / count,
        sum(one.named for one in reads) / count,
        sum(one.cpu_s for one in reads) / count,
    )


def _shown(read: Read) -> str:
    return f"{read.wrong_letters:10.2%}{read.wrong_words:7.1%}{read.named:7.1%}{read.cpu_s:6.2f}"


def prepare_in_every_way(pages: Sequence[Printed]) -> None:
    """Print how our engine reads each kind of page after each preparation."""
    print(f"\n{'prepared':28}" + "".join(f"{way:>30}" for way in WAYS))
    whole: dict[str, list[Read]] = {way: [] for way in WAYS}
    for title, (dpi, spoilt) in CONDITIONS.items():
        print(f"{title:28}", end="", flush=True)
        for way in WAYS:
            factor = float(way.split()[1]) if way.startswith("larger") else 1.0
            with tempfile.TemporaryDirectory() as folder:
                pictures = (prepared(spoilt(scan_of(page, dpi)), way) for page in pages)
                put(Path(folder), ((one, dpi * factor) for one in pictures))
                texts, cpu, _ = read_by("redactor", sys.executable, Path(folder))
            found = Read.against(pages, texts, cpu)
            whole[way].append(found)
            print(_shown(found), end="", flush=True)
        print()
    print(f"{'mean':28}" + "".join(_shown(_mean(reads)) for reads in whole.values()))


def sizes(pages: Sequence[Printed]) -> None:
    """Print how our engine reads a page painted at each resolution."""
    print("\nclean pages painted at")
    for dpi in (100, 120, 150, 175, 200, 225, 250, 300, 350, 400):
        with tempfile.TemporaryDirectory() as folder:
            put(Path(folder), ((scan_of(page, dpi), dpi) for page in pages))
            texts, cpu, _ = read_by("redactor", sys.executable, Path(folder))
        print(f"{dpi:6} dpi {_shown(Read.against(pages, texts, cpu))}", flush=True)


def main(argv: Sequence[str] = ()) -> int:
    """Measure, and print tables; gives the exit code."""
    parser = argparse.ArgumentParser(prog="redactor bench ocr", description=__doc__)
    parser.add_argument("--pages", type=int, default=12, help="how many pages (default 12)")
    parser.add_argument(
        "--only", choices=("engines", "ways", "sizes"), action="append", help="only these parts"
    )
    parser.add_argument("--engine", action="append", choices=list(ocr_engines.ENGINES))
    given = parser.parse_args(argv)
    devset = find_corpus("devset", "devset.jsonl")
    if devset is None:
        print("The annotated texts are not here (REDACTOR_CORPUS). Nothing was measured.")
        return 2
    pages = list(printed_pages(read_annotated(devset), given.pages))
    parts = given.only or ["engines", "ways", "sizes"]
    started = time.perf_counter()
    if "engines" in parts:
        compare(pages, _engines(given.engine))
    if "ways" in parts:
        prepare_in_every_way(pages)
    if "sizes" in parts:
        sizes(pages)
    print(f"\n{len(pages)} pages of each kind, {time.perf_counter() - started:.0f} s")
    return 0


def _engines(wanted: Sequence[str] | None) -> dict[str, str]:
    """Give the Python that runs each engine; a peer that is not here is named and left out."""
    engines = {}
    for name in wanted or ocr_engines.ENGINES:
        python = sys.executable
        if name.startswith("rapidocr"):
            python = os.environ.get("REDACTOR_RAPIDOCR", "")
            if not Path(python).is_file():
                print(f"{name} is not here (REDACTOR_RAPIDOCR names no Python that has it).")
                continue
        engines[name] = python
    return engines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

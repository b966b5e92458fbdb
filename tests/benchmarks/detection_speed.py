"""What detection costs: CPU seconds as a ratio to plain Presidio, memory, cold start.

Each detector is measured in a process of its own, on the same texts, one document after the other.
``python -m tests.benchmarks.detection_speed WHICH FILE.json`` is that process; it prints one JSON
document when the first finding is there, and one at the end.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measuring import peak_memory_mb

_ROOT = Path(__file__).resolve().parents[2]
_PASSES = 2


@dataclass(frozen=True, slots=True)
class Cost:
    """What one detector cost.

    Attributes:
        cpu_s: for all documents, the better of two passes, after one document to warm up.
        characters: of all documents.
        memory_mb: the peak of the process.
        first_wall_s, first_cpu_s: from the start of the process to the first finding.
    """

    cpu_s: float
    characters: int
    memory_mb: float
    first_wall_s: float
    first_cpu_s: float

    @property
    def characters_per_s(self) -> float:
        """How many characters a CPU second."""
        return self.characters / self.cpu_s


def measure(which: str, texts: Sequence[str]) -> Cost:
    """Measure one detector, by its key, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(list(texts)), encoding="utf-8")
        begun = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.detection_speed", which, str(path)],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as child:
            assert child.stdout is not None
            first = child.stdout.readline()
            waited = time.perf_counter() - begun
            rest = child.stdout.readline()
    if child.returncode or not rest:
        raise RuntimeError(f"measuring {which} ended with {child.returncode}")
    return Cost(**json.loads(rest), first_wall_s=waited, first_cpu_s=json.loads(first)["cpu_s"])


def _measure_here(which: str, texts: Sequence[str]) -> None:
    from tests.benchmarks.detectors import detectors, presidio

    if which.startswith("presidio"):
        detector = presidio(model=which != "presidio")
    else:
        detector = next(one for one in detectors(plain=False) if one.key == which)
    for text in texts:
        if detector.find_in_text(text):
            break
    print(json.dumps({"cpu_s": time.process_time()}), flush=True)
    taken = []
    for _ in range(_PASSES):
        begun = time.process_time()
        for text in texts:
            detector.find_in_text(text)
        taken.append(time.process_time() - begun)
    cost = {
        "cpu_s": min(taken),
        "characters": sum(map(len, texts)),
        "memory_mb": peak_memory_mb(),
    }
    print(json.dumps(cost), flush=True)


if __name__ == "__main__":
    _measure_here(sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8")))

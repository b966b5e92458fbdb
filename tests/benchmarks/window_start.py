"""How soon the window is up, how soon the first page of a long PDF is seen, and the longest stall.

Run by hand: ``python tests/benchmarks/window_start.py``. Real workers, a real case, a PDF of 1,000
pages, drawn offscreen. Stalls are measured with a 5 ms timer on the window's own thread while the
document is read, searched and scrolled.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

_STARTED = time.perf_counter()


def make_pdf(path: Path) -> None:
    import pymupdf

    document = pymupdf.open()
    text = "PC 4417 Ashworth attended 14 Cordwainer Row on 6 May 2023 with DC Lowri Haddon. " * 20
    for number in range(1000):
        document.new_page().insert_textbox((50, 50, 545, 800), f"{number} {text}", fontsize=10)
    document.save(path)


def main(argv: Sequence[str] = ()) -> int:
    """Measure in a process of its own, which is given the folder; gives the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if argv:
        measure(Path(argv[0]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        make_pdf(Path(folder) / "long.pdf")
        done = subprocess.run(
            [sys.executable, __file__, folder], check=False, stdout=subprocess.PIPE, text=True
        )
    print(done.stdout, end="")
    return done.returncode


def measure(folder: Path) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks.turns import Turns, wait
    from tests.case_kit import OFFICER, PASSPHRASE
    from ui.tasks import Lanes
    from ui.window import MainWindow

    app = QApplication([])
    lanes = Lanes(readers=1)
    window = MainWindow(lanes)
    window.who.sign_in(OFFICER)
    window.resize(1400, 880)
    window.show()
    app.processEvents()
    print(f"window up            {time.perf_counter() - _STARTED:6.2f} s")
    lanes.warm_up()
    wait(app, 4.0)
    turns = Turns()
    opened = time.perf_counter()
    files = [folder / "long.pdf"]
    window.cases.create(folder / "case.redactor", "ref", PASSPHRASE, OFFICER, files=files)
    while not first_page_seen(window) and time.perf_counter() - opened < 30:
        wait(app, 0.01)
    print(f"first page seen      {time.perf_counter() - opened:6.2f} s after opening")
    viewer = window.review.viewing.viewer
    for step in range(200):
        bar = viewer.verticalScrollBar()
        bar.setValue(bar.maximum() * step // 200)
        wait(app, 0.03)
    print(f"while reading: {turns.told()}")
    window.close()
    lanes.close()


def first_page_seen(window: object) -> bool:
    viewer = window.review.viewing.viewer
    cache = getattr(viewer, "_cache", None)
    return cache is not None and 0 in cache


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

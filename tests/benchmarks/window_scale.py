"""A case of 500 documents, 200,000 findings and 50,000 decisions in the window, drawn offscreen.

Run by hand: ``python -m tests.benchmarks.window_scale FOLDER``, after ``case_scale FOLDER`` made
the case there. How soon it is open and every finding listed, and how long the window's thread is
busy while the findings load, the table scrolls, and findings are decided one by one by key.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from redactor.model import Action
from tests.benchmarks.case_scale import FINDINGS
from tests.benchmarks.turns import Turns, wait
from tests.case_kit import OFFICER, PASSPHRASE
from ui import theme
from ui.tasks import Lanes
from ui.window import MainWindow

_PATIENCE_SECONDS = 60.0


def main(argv: Sequence[str] = ()) -> int:
    """Measure the case in the folder given; gives the exit code."""
    if not argv:
        print("Name the FOLDER in which the benchmark of the case made it.", file=sys.stderr)
        return 2
    measure(Path(argv[0]) / "scale.redactor")
    return 0


def measure(path: Path) -> None:
    """Measure, and print a table."""
    app = QApplication([])
    theme.apply(app)
    lanes = Lanes(readers=1)
    window = MainWindow(lanes)
    window.resize(1400, 880)
    window.show()
    window.who.sign_in(OFFICER)
    lanes.warm_up()
    wait(app, 5.0)
    turns, began = Turns(), time.perf_counter()
    window.cases.open(path, PASSPHRASE, OFFICER)
    _until(app, lambda: window.session is not None)
    print(f"open                   {time.perf_counter() - began:6.2f} s")
    session = window.session
    _until(app, lambda: len(session.marks.ids) == FINDINGS)
    print(f"every finding listed   {time.perf_counter() - began:6.2f} s")
    wait(app, 1.0)
    print(f"while opening:   {turns.told()}")
    findings = window.review.findings
    findings.scope.setCurrentIndex(1)
    wait(app, 2.0)
    turns, bar = Turns(), findings.table.verticalScrollBar()
    for step in range(300):
        bar.setValue(bar.maximum() * step // 300)
        wait(app, 0.02)
    print(f"while scrolling: {turns.told()}")
    session.last_exemption = "s40(2) by s40(3A)(a)"
    session.last_reasons[Action.REDACT] = "It identifies a living person."
    bar.setValue(bar.maximum())
    findings.table.setFocus()
    turns, undecided = Turns(), len(session.marks.undecided)
    for _ in range(50):
        QTest.keyClick(findings.table, Qt.Key.Key_A)
        wait(app, 0.05)
    _until(app, lambda: not session._writing)
    print(f"while deciding:  {turns.told()} ({undecided - len(session.marks.undecided)} decided)")
    window.close()
    lanes.close()


def _until(app: QApplication, holds: object) -> None:
    began = time.perf_counter()
    while not holds():
        if time.perf_counter() - began > _PATIENCE_SECONDS:
            raise SystemExit("It did not come to that within a minute.")
        wait(app, 0.01)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

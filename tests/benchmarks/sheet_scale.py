"""Measure the grid over a real case of 200,000 rows and 50 columns. By hand:

    python -m tests.benchmarks.sheet_scale [share of cells that are filled, in percent: 10]

Prints for each thing that a person does the longest turn of the window's own thread, in wall-clock
and in CPU time, while the case's thread works beside it. ``viewer_smoothness`` scrolls through ten
million cells that are all filled, from a feed that is made beforehand.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from redactor.app.case import Case
from redactor.app.table_order import Arrangement, Filter, Test
from redactor.app.tables import decide_cells
from redactor.case.signing import new_signer
from redactor.errors import RedactorError
from redactor.model import Action, CellPlace, Role, Segment
from redactor.workers import Lane
from tests.benchmarks.turns import Turns, wait
from ui.feed import DocumentFeed
from ui.tasks import CaseLane, Courier
from ui.viewers.sheet import SheetViewer

ROWS, COLUMNS = 200_000, 50
_PORTION = 10_000
_WORDS = (
    "Ashdown",
    "Okoro",
    "Fenwick",
    "Thorne",
    "Northfield",
    "Southey",
    "advice",
    "07700 900123",
)


def _text(row: int, column: int) -> str:
    if row == 0:
        return ("Surname", "DOB", "Ward")[column] if column < 3 else f"Field {column + 1}"
    return f"{_WORDS[(row * 7 + column) % 8]} {row % 971}" if column % 3 else f"{row * 7 % 9973}"


def make_case(folder: Path, filled: int) -> Case:
    """Make a case whose one document is as large as that."""
    case = Case.create(
        folder / "one.redactor",
        "FOI 1",
        "four invented words here",
        new_signer("Morwenna Teague", Role.OFFICER),
    )
    (folder / "a.txt").write_text("x", encoding="utf-8")
    case.add_file(folder / "a.txt")
    for start in range(0, ROWS, _PORTION):
        case.store.add_segments(
            1,
            [
                Segment(CellPlace("Cases", row, column), _text(row, column))
                for row in range(start, start + _PORTION)
                for column in range(COLUMNS)
                if column == 0 or row == 0 or (row * 31 + column * 17) % 100 < filled
            ],
        )
    return case


class Bench:
    """A viewer over the case, and the clock."""

    def __init__(self, app: QApplication, folder: Path, filled: int) -> None:
        self.app = app
        self.courier = Courier()
        self.lane = CaseLane(self.courier, lambda _: None)
        self.lane.open(lambda: make_case(folder, filled), lambda: None, self.failed)
        begun = time.perf_counter()
        self.lane.submit(lambda case: case.containers(1)).result()
        print(f"made in {time.perf_counter() - begun:.0f} s")
        source = self.lane.submit(lambda case: case.source(1)).result()
        self.viewing = Lane(1)
        feed = DocumentFeed(source, self.viewing, self.lane, self.courier, self.failed)
        self.viewer = SheetViewer(feed)
        self.viewer.resize(1900, 1000)
        self.viewer.show()
        self.until(lambda: self.viewer.grid.model() is not None)
        wait(app, 1)

    def failed(self, error: RedactorError) -> None:
        raise error

    def until(self, there: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        while not there():
            wait(self.app, 0.01)

    def measure(self, title: str, do: Callable[[], None]) -> None:
        """Measure the turns while something is done."""
        turns = Turns()
        begun = time.perf_counter()
        do()
        took = time.perf_counter() - begun
        wait(self.app, 0.3)
        print(f"{title:46} {took:5.1f} s  {turns.told()}", flush=True)

    def scroll(self, by: int, times: int) -> None:
        """Scroll down a bit at each frame."""
        bar = self.viewer.grid.verticalScrollBar()
        for _ in range(times):
            bar.setValue(bar.value() + by)
            wait(self.app, 0.016)

    def arrange(self, wanted: Arrangement) -> None:
        """Filter or sort, and wait until it is shown."""
        before = self.viewer.arranged_bar.said.text()
        self.viewer.filters.apply(wanted)
        bar = self.viewer.arranged_bar.said
        self.until(lambda: bar.text() != before and bar.text().startswith("Showing"))

    def find(self, text: str) -> None:
        """Find a text, and wait for the count."""
        self.viewer.find_bar.show()
        self.viewer.find_bar.line.setText(text)
        self.until(lambda: "cell" in self.viewer.find_bar.count.text())

    def decide(self) -> None:
        """Redact a column, in the case's own thread, as the window has it done."""
        wanted = self.viewer.chosen()
        if wanted is None:
            return
        ground = Action.REDACT, "s40(2) by s40(3A)(a)", "Personal data."
        future = self.lane.submit(lambda case: decide_cells(case, 1, wanted.cells, *ground))
        self.until(future.done)
        print(f"{'':46} {future.result().cells:,} cells decided")

    def close(self) -> None:
        """Leave nothing behind."""
        self.viewer.close()
        self.lane.submit(lambda case: case.close(backup=False)).result()
        self.lane.wait()
        self.viewing.close()


def main(filled: int) -> int:
    """Measure everything; gives the exit code."""
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(app, Path(folder), filled)
        grid = bench.viewer.grid
        bench.measure("scrolling with the wheel", lambda: bench.scroll(66, 200))
        bench.measure("jumping", lambda: bench.scroll(60_000, 40))
        bench.measure("to the end", grid.scrollToBottom)
        column = grid.model().columnCount()
        print(f"{'':46} {column} columns")
        bench.measure("selecting a column", lambda: grid.selectColumn(1))
        bench.measure("redacting that column", bench.decide)
        wanted = Arrangement((Filter(1, Test.CONTAINS, "okoro"),))
        bench.measure("filtering", lambda: bench.arrange(wanted))
        bench.measure("scrolling what was filtered", lambda: bench.scroll(66, 100))
        bench.measure("jumping in it", lambda: bench.scroll(6000, 40))
        bench.measure(
            "sorting all rows", lambda: bench.arrange(Arrangement((), 0, descending=True))
        )
        bench.measure("scrolling what was sorted", lambda: bench.scroll(66, 100))
        bench.measure("showing all rows again", bench.viewer.filters.clear)
        bench.measure("finding", lambda: bench.find("fenwick 97"))
        bench.measure("the next place", lambda: bench.viewer.find_bar.step.emit(1))
        grid.setFocus(Qt.FocusReason.OtherFocusReason)
        bench.close()
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10))

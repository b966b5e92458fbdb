"""Measure how long the window is held up while documents scroll. By hand:

    python -m tests.benchmarks.viewer_smoothness

Prints, for each viewer, the longest and the 99th percentile of what the GUI thread computed between
two ticks of a timer, in milliseconds of its own CPU time: how long the window would not answer on a
machine that has nothing else to do. What the stand-in for the workers computes is made beforehand.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from redactor.model import LinePlace, Segment, Span
from tests.gui.viewer_feed import FakeFeed, lines, make_cells, page_mark, picture
from ui.viewers.base import MarkState, MarkView, Viewer
from ui.viewers.flow import FlowViewer
from ui.viewers.page import PageViewer
from ui.viewers.sheet import SheetViewer

_TICK = 2
_COLUMNS = 50


class Gaps:
    """What was computed between ticks, in milliseconds."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.thread_time()
        self._timer = QTimer(interval=_TICK)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.thread_time()
        self.gaps.append((now - self._last) * 1000)
        self._last = now

    def start(self) -> None:
        """Begin to measure."""
        self._last = time.thread_time()
        self.gaps.clear()

    def __str__(self) -> str:
        ordered = sorted(self.gaps)
        late = ordered[int(len(ordered) * 0.99)]
        return f"longest {ordered[-1]:6.1f} ms, 99 % under {late:6.1f} ms, {len(ordered)} ticks"


def wait(seconds: float) -> None:
    """Let the event loop run."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QApplication.processEvents()
        time.sleep(0.0005)


def measure(title: str, viewer: Viewer, steps: Iterator[int], bar: object = None) -> None:
    """Scroll through the steps, one a frame."""
    gaps = Gaps()
    gaps.start()
    scroll = bar or viewer.verticalScrollBar()
    for value in steps:
        scroll.setValue(value)  # type: ignore[attr-defined]
        wait(0.016)
    wait(0.3)
    print(f"{title:58} {gaps}")


def once(title: str, what: Callable[[], None]) -> None:
    """Measure one call."""
    begun = time.thread_time()
    what()
    print(f"{title:58} {(time.thread_time() - begun) * 1000:6.1f} ms")


Cells = Callable[[str, int, int], list[Segment]]


def kept(cells: Cells) -> Cells:
    """Make every block once, so that making them is not measured."""
    made: dict[tuple[str, int, int], list[Segment]] = {}

    def again(container: str, first: int, last: int) -> list[Segment]:
        key = container, first, last
        if key not in made:
            made[key] = cells(*key)
        return made[key]

    return again


def states(number: int) -> MarkState:
    return list(MarkState)[number % 3]


def pages() -> None:
    viewer = PageViewer(FakeFeed(pages=1000, delay=8))
    viewer.resize(1100, 1000)
    viewer.show()
    wait(1)
    picture(0, viewer._dpi)
    words = ("Rowan Ashdown", "07700 900123", "Northfield station", "3 May 2021", "advice")
    marks = [
        page_mark(page * 40 + number, words[number % 5], states(number), page, 1 + number // 8)
        for page in range(1000)
        for number in range(40)
    ]
    once("40,000 marks on 1,000 pages: set", lambda: viewer.set_marks(marks))
    once("                               change 200", lambda: viewer.update_marks(marks[:200]))
    end = viewer.verticalScrollBar().maximum()
    measure("1,000 pages: wheel", viewer, iter(range(0, 20_000, 150)))
    measure("1,000 pages: jumps", viewer, iter(range(0, end, end // 80)))
    once("1,000 pages: show a mark far away", lambda: viewer.show_mark(39_000))
    once("1,000 pages: one full painting", viewer.viewport().repaint)


def sheets() -> None:
    steps = [*range(0, 20_000, 66)], [*range(0, 4_300_000, 60_000)]
    feed = FakeFeed(sheets=[("sheet:Cases", 199_999)], cells=kept(make_cells(_COLUMNS)), delay=8)
    for value in (*steps[0], *steps[1]):
        first = value // 22 // 200 * 200
        for row in (first, first + 200):
            feed.cells("sheet:Cases", row, row + 199)
    viewer = SheetViewer(feed)
    viewer.resize(1900, 1000)
    viewer.show()
    wait(1)
    marks = [
        MarkView(row, Span(f"sheet:Cases!B{row + 1}", 3, 16), states(row), "person")
        for row in range(50_000)
    ]
    once("50,000 marks in cells: set", lambda: viewer.set_marks(marks))
    bar = viewer.grid.verticalScrollBar()
    measure("200,000 x 50 cells: wheel", viewer, iter(steps[0]), bar)
    measure("200,000 x 50 cells: jumps", viewer, iter(steps[1]), bar)
    across = viewer.grid.horizontalScrollBar()
    measure("200,000 x 50 cells: sideways", viewer, iter(range(0, across.maximum(), 60)), across)
    once("200,000 x 50 cells: one full painting", viewer.grid.viewport().repaint)
    viewer.grid.selectAll()
    once("200,000 x 50 cells: painting with all selected", viewer.grid.repaint)


def text() -> None:
    content = lines(50_000)
    viewer = FlowViewer(FakeFeed(segments_=content))
    viewer.resize(1100, 1000)
    viewer.show()
    gaps = Gaps()
    gaps.start()
    wait(0.1)
    while not viewer.text.complete:
        wait(0.02)
    wait(0.5)
    print(f"{'50,000 lines: filling':58} {gaps}")
    marks = [
        MarkView(number, Span(one.id, 24, 36), states(number), "contact")
        for number, one in enumerate(content)
        if isinstance(one.place, LinePlace)
    ]
    once("45,000 marks in lines: set", lambda: viewer.set_marks(marks))
    bar = viewer.text.verticalScrollBar()
    measure("50,000 lines: wheel", viewer, iter(range(0, 900, 3)), bar)
    measure("50,000 lines: jumps", viewer, iter(range(0, bar.maximum(), 600)), bar)
    once("50,000 lines: show a mark far away", lambda: viewer.show_mark(44_000))
    once("50,000 lines: one full painting", viewer.text.viewport().repaint)
    wide = [Segment(LinePlace(0), "one very long line without an end " * 30_000)]
    long = FlowViewer(FakeFeed(segments_=wide))
    long.resize(1100, 1000)
    long.show()
    gaps.start()
    wait(2)
    print(f"{'a line of a million letters: filling':58} {gaps}")


def main(argv: Sequence[str] = ()) -> int:
    """Measure the parts asked for, or all; gives the exit code."""
    qInstallMessageHandler(lambda *_: None)
    app = QApplication([])
    wanted = list(argv)
    for part in (pages, sheets, text):
        if not wanted or part.__name__ in wanted:
            part()
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""How a search in a worker says how far it is, and hears that the person asked to stop."""

from __future__ import annotations

import time

from redactor.errors import Cancelled
from redactor.model import Progress, Report
from redactor.numbers.answering import Watched

#: How often a search says that it lives, in seconds: the solver asks far more often.
_EVERY_S = 0.1


def watched(report: Report) -> Watched:
    """Let somebody watch through what a job reports with."""
    watch = _Watch(report)
    return Watched(watch.searching, watch.auditing, watch.stop)


class _Watch:
    """Reports from time to time; remembers that the person asked to stop.

    ``stop`` is asked from within the solver, through which no exception may pass.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._progress = Progress(0, 0, "reading the tables")
        self._said_at = 0.0
        self._stopped = False

    def searching(self, cost: float, bound: float) -> None:
        self._progress = Progress(
            round(bound), round(cost), "looking for the fewest figures to hide"
        )

    def auditing(self, done: int, total: int) -> None:
        self._progress = Progress(done, total, "working out what a reader can work out")

    def stop(self) -> bool:
        now = time.monotonic()
        if not self._stopped and now - self._said_at >= _EVERY_S:
            self._said_at = now
            try:
                self._report(self._progress)
            except Cancelled:
                self._stopped = True
        return self._stopped

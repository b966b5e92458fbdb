"""Something long that is done with the case: in its thread, with progress, and to be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from redactor.app.case import Case
from redactor.errors import Cancelled
from redactor.model import Progress, Report
from redactor.workers import Lane
from ui.tasks import CaseLane, Courier, in_our_words

_LOOK_SECONDS = 0.1


class StoppableLane(Lane):
    """A lane whose ``run`` ends soon after somebody asks it to, whatever its worker is doing."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(1)
        self._stopped = stop

    def run(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        on_report: Callable[[Any], None] | None = None,
        timeout_s: float | None = None,
        supply: Callable[[str], bytes] | None = None,
    ) -> Any:
        """Do a job and wait for it.

        Raises:
            Cancelled: it was asked to stop; a worker that does not answer was killed.
        """
        if self._stopped.is_set():
            raise Cancelled
        ticket = self.submit(
            function, *arguments, on_report=on_report, timeout_s=timeout_s, supply=supply
        )
        while True:
            if self._stopped.is_set():
                ticket.cancel()
            try:
                return ticket.result(_LOOK_SECONDS)
            except CancelledError:
                raise Cancelled from None
            except TimeoutError:
                continue


class CaseWork(QObject):
    """One thing that is done with the case once; decisions made meanwhile wait behind it.

    Signals:
        progressed: a ``Progress``.
        ended: what the function gave, or the error that stopped it (``Cancelled`` too).
    """

    progressed = Signal(object)
    ended = Signal(object)

    def __init__(self, lane: CaseLane, courier: Courier, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._case_lane = lane
        self._courier = courier
        self._stop = threading.Event()

    def start(self, function: Callable[[Case, Lane, Report], object]) -> None:
        """Begin. The signals follow, on the GUI thread.

        Args:
            function: given the case, a lane with one worker, and what to report progress to. Told
                to stop, the lane and the report raise ``Cancelled``.
        """
        stop = self._stop

        def report(what: object) -> None:
            if stop.is_set():
                raise Cancelled
            if isinstance(what, Progress):
                self._post(lambda: self.progressed.emit(what))

        def work(case: Case) -> object:
            report(None)
            with StoppableLane(stop) as lane:
                return function(case, lane, report)

        def settled(future: Future[object]) -> None:
            error = future.exception()
            outcome = future.result() if error is None else in_our_words(error)
            self._post(lambda: self.ended.emit(outcome))

        try:
            future = self._case_lane.submit(work)
        except Cancelled as closed:  # the case is being closed
            outcome = closed
            self._post(lambda: self.ended.emit(outcome))
        else:
            future.add_done_callback(settled)

    def cancel(self) -> None:
        """Stop it as soon as it can be stopped."""
        self._stop.set()

    def _post(self, call: Callable[[], None]) -> None:
        """Do something on the GUI thread, unless nobody is there any more to be told."""
        self._courier.post(lambda: call() if isValid(self) else None)

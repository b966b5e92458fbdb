"""A release under way: in the case's thread, with a worker of its own, and a cancel that works."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from redactor.app.case import Case
from redactor.errors import Cancelled
from redactor.model import Progress
from redactor.workers import Lane
from ui.tasks import CaseLane, Courier, in_our_words

if TYPE_CHECKING:
    from redactor.app.release import ReleaseResult

_LOOK_SECONDS = 0.1


class StoppableLane(Lane):
    """A lane whose ``run`` ends soon after somebody asks it to, whatever its worker is doing."""

    def __init__(self) -> None:
        super().__init__(1)
        self.stop = threading.Event()

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
        if self.stop.is_set():
            raise Cancelled
        ticket = self.submit(
            function, *arguments, on_report=on_report, timeout_s=timeout_s, supply=supply
        )
        while True:
            if self.stop.is_set():
                ticket.cancel()
            try:
                return ticket.result(_LOOK_SECONDS)
            except CancelledError:
                raise Cancelled from None
            except TimeoutError:
                continue


class Releasing(QObject):
    """One release.

    Signals:
        progressed: a ``Progress``.
        ended: a ``ReleaseResult``, or the error that stopped it (``Cancelled`` too).
    """

    progressed = Signal(object)
    ended = Signal(object)

    def __init__(self, lane: CaseLane, courier: Courier, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._case_lane = lane
        self._courier = courier
        self._stop = threading.Event()

    def start(self, folder: Path, targets: Mapping[int, str], pdf_style: str) -> None:
        """Begin; one of the signals follows, on the GUI thread."""

        def report(what: object) -> None:
            if self._stop.is_set():
                raise Cancelled
            if isinstance(what, Progress):
                self._courier.post(lambda: self.progressed.emit(what))

        def work(case: Case) -> ReleaseResult:
            from redactor.app.release import release_case  # noqa: PLC0415 - not before it is needed

            with StoppableLane() as lane:
                lane.stop = self._stop
                return release_case(
                    case, lane, folder, targets=targets, pdf_style=pdf_style, report=report
                )

        def settled(future: Future[ReleaseResult]) -> None:
            error = future.exception()
            outcome = future.result() if error is None else in_our_words(error)
            self._courier.post(lambda: self.ended.emit(outcome))

        self._case_lane.submit(work).add_done_callback(settled)

    def cancel(self) -> None:
        """Stop it; nothing will have been written."""
        self._stop.set()

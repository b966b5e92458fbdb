"""Where the work is done: one thread for the case, worker processes for documents.

The GUI thread only asks. Every answer comes back to it through a queued signal (``Courier``) or is
fetched by a timer (``Readings``), so that a thousand findings a second cost a few calls a second.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from redactor.app.case import Case, Change
from redactor.app.case_lists import lists_of
from redactor.app.person_decisions import follow
from redactor.case.store import StoredDocument
from redactor.config import READ_SECONDS, READ_SECONDS_PER_MB
from redactor.errors import BugError, Cancelled, RedactorError
from redactor.events import Mark
from redactor.jobs import (
    WITH_NAMES,
    CaseSource,
    FindingBatch,
    Reading,
    SegmentBatch,
    read_document,
)
from redactor.lifecycle import Life
from redactor.lists import Lists
from redactor.model import Progress
from redactor.workers import Lane, Ticket

log = logging.getLogger(__name__)

T = TypeVar("T")

#: How often progress and findings are brought to the window, and for how long, in milliseconds.
POLL_MS = 30
POLL_BUDGET_MS = 12
#: Findings handed to the window at a time, so that no single insertion is long.
BATCH = 500
#: The most reading workers; each holds the language model in memory.
_MOST_READERS = 4


def in_our_words(error: BaseException) -> RedactorError | Cancelled:
    """Give any failure as one that can be shown: a library's own text is never passed on."""
    if isinstance(error, (RedactorError, Cancelled)):
        return error
    if isinstance(error, CancelledError):
        return Cancelled()
    log.error("unexpected failure", exc_info=error)
    return BugError(
        f"A fault in the program ({type(error).__name__}). What was asked for was not done."
    )


class Courier(QObject):
    """Bring calls from any thread to the GUI thread, in order."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Have something done on the GUI thread, later."""
        if self._open:
            self._arrived.emit(call)

    def close(self) -> None:
        """Deliver nothing more."""
        self._open = False

    def _deliver(self, call: Callable[[], None]) -> None:
        if self._open:
            call()


class Lanes:
    """The worker processes: one that shows documents, and one to four that read them.

    Two more protect small numbers and say how; most cases never start them.

    They start when the first job comes, or on ``warm_up``, never before the window is up.
    """

    def __init__(self, readers: int | None = None) -> None:
        cores = os.cpu_count() or 1
        self.readers = readers or max(1, min(cores - 1, _MOST_READERS))
        self.viewing = Lane(1)
        self.reading = Lane(self.readers)
        self.counting = Lane(2)

    def warm_up(self) -> None:
        """Start the workers now."""
        self.viewing.warm_up()
        self.reading.warm_up()

    def close(self) -> None:
        """Stop all of them, at the same time; a worker that does not answer is killed."""
        closers = [
            threading.Thread(target=lane.close, name="closing")
            for lane in (self.viewing, self.reading, self.counting)
        ]
        for closer in closers:
            closer.start()
        for closer in closers:
            closer.join()


class CaseLane:
    """The one thread in which a case is opened, used and closed.

    Args:
        life_changed: told on the GUI thread where the case stands, after whatever changed it and
            before its answer comes.
    """

    def __init__(self, courier: Courier, life_changed: Callable[[Life], None]) -> None:
        self._courier = courier
        self._life_changed = life_changed
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="case")
        self._case: Case | None = None
        self._life: Life | None = None

    def open(
        self,
        maker: Callable[[], Case],
        then: Callable[[], None],
        failed: Callable[[RedactorError], None],
    ) -> None:
        """Open or make the case in its thread."""

        def work() -> None:
            self._case = maker()
            self._tell_life(self._case)

        self._answer(self._pool.submit(work), lambda _: then(), failed)

    def submit(self, function: Callable[[Case], T]) -> Future[T]:
        """Queue something to be done with the case; the future settles in the case's thread."""

        def work() -> T:
            if self._case is None:
                raise BugError("No case is open. Nothing was done.")
            try:
                return function(self._case)
            finally:
                self._tell_life(self._case)

        try:
            return self._pool.submit(work)
        except RuntimeError:  # the case is being closed
            raise Cancelled from None

    def ask(
        self,
        function: Callable[[Case], T],
        then: Callable[[T], None],
        failed: Callable[[RedactorError], None],
    ) -> None:
        """Queue something, and get its answer or its error on the GUI thread.

        A case that is being closed is asked nothing more, and answers nothing.
        """
        with contextlib.suppress(Cancelled):
            self._answer(self.submit(function), then, failed)

    def close(self) -> Future[None]:
        """Have the case closed after what is queued, so that no decision is lost.

        Returns:
            What settles when it is closed and its backup is kept; with the error where none was.
        """

        def work() -> None:
            if self._case is not None:
                self._case.close()
                self._case = None

        closing = self._pool.submit(work)
        self._pool.shutdown(wait=False)
        return closing

    def wait(self) -> None:
        """Wait until the thread of a closed case has ended."""
        self._pool.shutdown(wait=True)

    def _tell_life(self, case: Case) -> None:
        if case.life is not self._life:
            life = self._life = case.life
            self._courier.post(lambda: self._life_changed(life))

    def _answer(
        self,
        future: Future[T],
        then: Callable[[T], None],
        failed: Callable[[RedactorError], None],
    ) -> None:
        def settled(done: Future[T]) -> None:
            error = done.exception()
            if error is None:
                result = done.result()
                self._courier.post(lambda: then(result))
            elif isinstance(known := in_our_words(error), RedactorError):
                self._courier.post(lambda: failed(known))

        future.add_done_callback(settled)


@dataclass(frozen=True, slots=True)
class Found:
    """Marks that came in, in reading order."""

    document: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """A reading came to its end: the document as it is kept now, or why it stopped.

    Attributes:
        error: None where it was read; ``Cancelled`` where a person stopped it.
        hidden: how many pieces of hidden content there are, by kind and container.
        followed: what was decided because decisions for persons stand.
    """

    document: int
    stored: StoredDocument | None
    error: RedactorError | Cancelled | None
    hidden: Counter[tuple[str, str]]
    followed: tuple[Change, ...] = ()


class _ReadingOn:
    """One document being read: takes what its worker reports, on the lane's thread."""

    def __init__(self, number: int, readings: Readings) -> None:
        self.number = number
        self.ticket: Ticket | None = None
        self.stopped = False
        self.hidden: Counter[tuple[str, str]] = Counter()
        self._readings = readings
        self._trouble: RedactorError | None = None

    def take(self, what: object) -> None:
        """Keep a batch before the worker sends the next, so that no queue grows without end."""
        if isinstance(what, Progress):
            self._readings.progress[self.number] = what
            return
        if not isinstance(what, (SegmentBatch, FindingBatch)) or self._trouble is not None:
            return
        if isinstance(what, SegmentBatch):
            for segment in what.segments:
                if segment.hidden is not None:
                    self.hidden[str(segment.hidden), segment.container or segment.id] += 1
        batch = what
        try:
            marks = self._readings.lane.submit(lambda case: case.keep(self.number, batch)).result()
        except Exception as error:  # noqa: BLE001 - the edge of a thread: nothing may end it
            known = in_our_words(error)
            self._trouble = known if isinstance(known, RedactorError) else None
            if self.ticket is not None:
                self.ticket.cancel()
            return
        self._readings.deliver(self.number, marks)

    def settle(self, future: Future[Reading]) -> None:
        """Record how it ended. Runs once, on whichever thread ended it."""
        error: RedactorError | Cancelled | None = None
        try:
            reading: Reading | None = future.result()
        except (Exception, CancelledError) as raised:  # noqa: BLE001 - the edge of a thread
            reading, error = None, self._trouble or in_our_words(raised)
        self._readings.record(self, reading, error)


class Readings(QObject):
    """The documents being read. Signals come on the GUI thread.

    Signals:
        progressed: a dict of ``Progress`` by document, since the last time.
        found: a ``Found``.
        ended: an ``Ended``.
    """

    progressed = Signal(object)
    found = Signal(object)
    ended = Signal(object)

    def __init__(self, lanes: Lanes, lane: CaseLane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self.lane = lane
        self.progress: dict[int, Progress] = {}
        self.inbox: deque[Found | Ended] = deque()
        self._on: dict[int, _ReadingOn] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def numbers(self) -> frozenset[int]:
        """Give the documents that are queued or being read."""
        return frozenset(self._on)

    def read(self, number: int) -> None:
        """Read a document from its beginning, and search it."""
        if number in self._on:
            return
        one = _ReadingOn(number, self)
        self._on[number] = one
        self._timer.start()

        def prepared(what: tuple[CaseSource, float, Lists]) -> None:
            source, seconds, lists = what
            if one.stopped:
                self.record(one, None, Cancelled())
                return
            one.ticket = self._lanes.reading.submit(
                read_document,
                source,
                WITH_NAMES,
                lists,
                on_report=one.take,
                timeout_s=seconds,
                supply=source.supply,
            )
            one.ticket.future.add_done_callback(one.settle)

        self.lane.ask(
            lambda case: _prepare(case, number),
            prepared,
            lambda error: self.inbox.append(Ended(number, None, error, Counter())),
        )

    def cancel(self, number: int) -> None:
        """Stop reading a document; ``ended`` follows, and it can be read again."""
        one = self._on.get(number)
        if one is not None:
            one.stopped = True
            if one.ticket is not None:
                one.ticket.cancel()

    def cancel_all(self) -> None:
        """Stop all readings."""
        for number in self.numbers:
            self.cancel(number)

    def close(self) -> None:
        """Stop all readings and report nothing more."""
        self._timer.stop()
        self.cancel_all()

    def record(
        self, one: _ReadingOn, reading: Reading | None, error: RedactorError | Cancelled | None
    ) -> None:
        """Write down how a reading ended, and tell the window. Any thread may call it."""
        number = one.number

        def work(case: Case) -> tuple[StoredDocument, tuple[Change, ...]]:
            followed: tuple[Change, ...] = ()
            if reading is not None:
                case.finish_reading(number, reading)
                followed = follow(case, number)
            elif isinstance(error, RedactorError):
                case.refuse(number, error)
            stored = next(each for each in case.documents() if each.number == number)
            return stored, followed

        def written(future: Future[tuple[StoredDocument, tuple[Change, ...]]]) -> None:
            fault = future.exception()
            if fault is None:
                stored, followed = future.result()
                self.inbox.append(Ended(number, stored, error, one.hidden, followed))
            else:
                self.inbox.append(Ended(number, None, in_our_words(fault), one.hidden))

        try:
            self.lane.submit(work).add_done_callback(written)
        except Cancelled:  # the case is closed already; it will be read when it is next opened
            self.inbox.append(Ended(number, None, Cancelled(), one.hidden))

    def deliver(self, number: int, marks: Sequence[Mark]) -> None:
        """Queue marks for the window, in portions. Any thread may call it."""
        for start in range(0, len(marks), BATCH):
            self.inbox.append(Found(number, tuple(marks[start : start + BATCH])))

    def watch(self) -> None:
        """Begin to look for what was delivered; it stops by itself."""
        self._timer.start()

    def _poll(self) -> None:
        if self.progress:
            since, self.progress = self.progress, {}
            self.progressed.emit(since)
        began = time.perf_counter()
        while self.inbox and (time.perf_counter() - began) * 1000 < POLL_BUDGET_MS:
            what = self.inbox.popleft()
            if isinstance(what, Found):
                self.found.emit(what)
            else:
                self._on.pop(what.document, None)
                self.ended.emit(what)
        if not self._on and not self.inbox:
            self._timer.stop()


def _prepare(case: Case, number: int) -> tuple[CaseSource, float, Lists]:
    """Make ready for a reading; gives the original, how long it may take, and the lists."""
    case.begin_reading(number)
    size = case.size_of(number)
    seconds = READ_SECONDS + READ_SECONDS_PER_MB * size / 2**20
    return case.source(number), seconds, lists_of(case)

"""Reading tables and protecting them, beside the window: each can be stopped, and newest wins."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from redactor import jobs
from redactor.app.case import Case
from redactor.app.numbers_case import CaseTables, Draft, plan_of, question_of, read_tables
from redactor.app.numbers_protecting import AUDIT_S, BUDGET_S, SILENT_S
from redactor.errors import Cancelled, RedactorError
from redactor.model import Progress, Report
from redactor.numbers.answers import Answered, Question, Treatment
from redactor.numbers.model import CellName, Interval, Release, hidden_release
from redactor.numbers.plan import Plan
from redactor.numbers.presets import Preset, presets
from redactor.workers import Lane, Ticket
from ui.numbers_shown import ShownTables, shown_tables
from ui.session import Session
from ui.tasks import Courier, in_our_words
from ui.working import CaseWork

T = TypeVar("T")
Ranges = Mapping[CellName, Interval | None]


@dataclass(frozen=True, slots=True)
class Read:
    """The tables of a case, how they are protected now, and the rules that are offered."""

    shown: ShownTables
    plan: Plan | None
    presets: tuple[Preset, ...]


class NumbersWork(QObject):
    """What is worked out for the page of small numbers. Signals come on the GUI thread.

    Signals:
        reading: how far the reading of the tables is; a ``Progress``.
        read: a ``Read``, or the error that stopped it (``Cancelled`` too).
        asked: what is asked now; a ``Question``. The answers follow.
        working: a treatment and how far it is; a ``Progress``.
        answered: a treatment, and its ``Answered`` or the error that stopped it.
        looked: cells and what a reader has of them, before and after; two ``Ranges``.
    """

    reading = Signal(object)
    read = Signal(object)
    asked = Signal(object)
    working = Signal(object, object)
    answered = Signal(object, object)
    looked = Signal(object, object)

    def __init__(self, courier: Courier, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._courier, self._lane = courier, lane
        self._session: Session | None = None
        self._on: CaseWork | None = None
        self._run = self._look = 0
        self._waiting: deque[Treatment] = deque()
        self._ticket: Ticket | None = None
        self._looks: list[Ticket] = []

    def set_session(self, session: Session | None) -> None:
        """Work for another case, or for none; what is under way is stopped."""
        self.stop()
        if self._on is not None:
            self._on.cancel()
            self._on = None
        self._session = session

    # --- reading ------------------------------------------------------------------------------

    @property
    def is_reading(self) -> bool:
        """Say whether the tables are being read."""
        return self._on is not None

    def start_reading(self) -> None:
        """Read the tables of the case, unless that is under way."""
        session = self._session
        if session is None or self._on is not None:
            return

        def work(case: Case, lane: Lane, report: Report) -> Read:
            tables = read_tables(case, lane, report)
            return Read(shown_tables(tables), plan_of(case), presets())

        self._on = self._case_work(session, work, self.read.emit)

    def do(
        self, function: Callable[[Case, Lane, Report], object], ended: Callable[[object], None]
    ) -> None:
        """Do something long with the case; ``ended`` gets what it gave, or its error."""
        if self._session is not None and self._on is None:
            self._on = self._case_work(self._session, function, ended)

    def stop_reading(self) -> None:
        """Stop what is done with the case."""
        if self._on is not None:
            self._on.cancel()

    def _case_work(
        self,
        session: Session,
        function: Callable[[Case, Lane, Report], object],
        then: Callable[[object], None],
    ) -> CaseWork:
        on = CaseWork(session.lane, self._courier, self)

        def ended(outcome: object) -> None:
            if on is self._on:
                self._on = None
                then(outcome)

        on.progressed.connect(self.reading)
        on.ended.connect(ended)
        on.start(function)
        return on

    # --- answers ------------------------------------------------------------------------------

    def solve(self, tables: CaseTables, draft: Draft, treatments: Sequence[Treatment]) -> None:
        """Work out ways of answering, in their order, in place of what was asked before."""
        self.stop()
        session, run = self._session, self._run
        if session is None:
            return

        def known(question: Question) -> None:
            if run == self._run:
                self._waiting = deque(treatments)
                self.asked.emit(question)
                self._next(question, run)

        session.lane.ask(lambda _: question_of(tables, draft), known, session.failed.emit)

    def stop(self) -> None:
        """Stop working out answers, and what follows from them."""
        self._run += 1
        self._waiting.clear()
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        self.stop_looking()

    def _next(self, question: Question, run: int) -> None:
        if not self._waiting:
            self._ticket = None
            return
        treatment = self._waiting.popleft()

        def heard(what: object) -> None:
            if isinstance(what, Progress):
                self._post(run, lambda: self.working.emit(treatment, what))

        def settled(future: Future[Answered]) -> None:
            outcome = _outcome(future)
            if not isinstance(outcome, Cancelled):
                self._post(run, lambda: took(outcome))

        def took(outcome: object) -> None:
            self.answered.emit(treatment, outcome)
            if run == self._run:
                self._next(question, run)

        ticket = self._lane.submit(
            jobs.answer_numbers,
            question,
            treatment,
            timeout_s=BUDGET_S + SILENT_S,
            on_report=heard,
        )
        self._ticket = ticket
        ticket.future.add_done_callback(settled)

    # --- ranges -------------------------------------------------------------------------------

    def stop_looking(self) -> None:
        """Stop working out how far a reader gets."""
        self._look += 1
        for ticket in self._looks:
            ticket.cancel()
        self._looks = []

    def look(self, question: Question, answered: Answered, cells: Sequence[CellName]) -> None:
        """Work out how far a reader gets with some hidden cells, before and after.

        Before: with the small figures alone hidden.
        """
        look = self._look
        counts = answered.tables.counts
        before: dict[CellName, Interval | None] = {
            one: Interval(counts[one], counts[one]) for one in cells if one in counts
        }
        primary = frozenset(answered.primary)
        small = tuple(one for one in cells if one in primary)

        def after(found: Ranges) -> None:
            self.looked.emit(before, found)

        def first(found: Ranges) -> None:
            before.update(found)
            self._ranges(look, answered.release, tuple(cells), after)

        if small and not answered.treatment.rounds:
            alone = hidden_release(answered.tables, primary, question.policy.floor)
            alone = replace(alone, printed={**question.known, **alone.printed})
            self._ranges(look, alone, small, first)
        else:
            first({})

    def _ranges(
        self,
        look: int,
        release: Release,
        cells: tuple[CellName, ...],
        then: Callable[[Ranges], None],
    ) -> None:
        def settled(future: Future[Ranges]) -> None:
            outcome = _outcome(future)
            if isinstance(outcome, Cancelled):
                return
            unsettled: Ranges = dict.fromkeys(cells)
            found = unsettled if isinstance(outcome, RedactorError) else outcome
            self._courier.post(
                lambda: then(found) if isValid(self) and look == self._look else None
            )

        ticket = self._lane.submit(
            jobs.ranges_of, release, cells, AUDIT_S, timeout_s=AUDIT_S + SILENT_S
        )
        self._looks = [one for one in self._looks if not one.future.done()]
        self._looks.append(ticket)
        ticket.future.add_done_callback(settled)

    def _post(self, run: int, call: Callable[[], None]) -> None:
        """Do something on the GUI thread, unless something newer was asked for since."""
        self._courier.post(lambda: call() if isValid(self) and run == self._run else None)


def _outcome(future: Future[T]) -> T | RedactorError | Cancelled:
    """Give what a job gave, or its error as one that can be shown."""
    if future.cancelled():
        return Cancelled()
    error = future.exception()
    return future.result() if error is None else in_our_words(error)

"""Applying an answer to small numbers, giving it up again, and what is applied now."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from redactor.app.case import Case, Change
from redactor.app.numbers_case import (
    WITHHOLDING,
    CaseTables,
    Draft,
    Ground,
    give_up,
    plan_of,
    settle,
)
from redactor.app.numbers_making import settle_made
from redactor.errors import RedactorError
from redactor.events import EventKind
from redactor.model import Progress, Report
from redactor.numbers.answers import Answered
from redactor.numbers.plan import Plan
from redactor.workers import Lane
from ui.dialogs.base import Dialogs
from ui.dialogs.give_up import GiveUpDialog
from ui.numbers_work import NumbersWork
from ui.panels.numbers import NumbersPage
from ui.session import Session

_SETTLED = EventKind.NUMBERS_SETTLED
_APPLIED = "Applied. Undo with Ctrl+Z."
_NOTHING = "No small number is protected now."
_READ_FIRST = "Wait until all documents are read, then apply."
_WRITING = Progress(0, 0, "writing the tables as new documents")


class Settling(QObject):
    """Changes how the small numbers of the case are protected.

    Signals:
        changed: the plan is another one now, or there is none.
        told: a sentence for the status bar.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(
        self,
        page: NumbersPage,
        work: NumbersWork,
        dialogs: Dialogs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page, self._work, self._dialogs = page, work, dialogs
        self._session: Session | None = None
        self.plan: Plan | None = None
        page.give_up_wanted.connect(self.give_up)

    def set_session(self, session: Session | None) -> None:
        """Work with another case, or none."""
        self._session, self.plan = session, None
        if session is not None:
            session.numbers_changed.connect(self._load)

    @property
    def may(self) -> bool:
        """Say whether the person may protect small numbers now."""
        return self._session is not None and not self._session.objection(_SETTLED)

    def apply(self, tables: CaseTables, draft: Draft, answered: Answered, ground: Ground) -> None:
        """Withhold the figures of an answer, or write its tables as new documents."""
        session = self._session
        if session is None:
            return
        if answered.treatment in WITHHOLDING:
            session.record(_SETTLED, lambda case: settle(case, tables, draft, answered, ground))
        elif session.readings.numbers:
            self._page.applying.say(_READ_FIRST)
        else:

            def make(case: Case, lane: Lane, report: Report) -> Change:
                return settle_made(
                    case, lane, tables, draft, answered, reason=ground.reason, report=report
                )

            def begin() -> None:
                self._page.show_doing(_WRITING)
                self._work.do(make, self._made)

            session.changing(_SETTLED, begin)

    def give_up(self) -> None:
        """Ask why all figures are to be printed again, and print them."""
        session = self._session
        if session is None:
            return
        asking = GiveUpDialog(self._dialogs.parent)

        def agreed() -> None:
            session.record(_SETTLED, partial(give_up, reason=asking.reason.text()))

        self._dialogs.open(asking, agreed)

    def _made(self, outcome: object) -> None:
        """Show what was made, and what may have been made before it was stopped."""
        if self._session is None:
            return
        self._session.look_again()
        self._page.show_work()
        if isinstance(outcome, RedactorError):
            self._dialogs.show_error(outcome)

    def _load(self) -> None:
        session = self._session
        if session is None:
            return

        def take(plan: Plan | None) -> None:
            if session is self._session:
                self.plan = plan
                self.changed.emit()
                if self._page.isVisible():
                    self.told.emit(_NOTHING if plan is None else _APPLIED)

        session.lane.ask(plan_of, take, session.failed.emit)

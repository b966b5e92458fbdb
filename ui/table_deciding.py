"""Deciding on whole rows, columns and sheets: asked first where it is much, done in one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple

from PySide6.QtCore import QObject, Signal

from redactor.app.tables import TableDecision, count_cells, decide_cells
from redactor.errors import NotAllowed
from redactor.events import EventKind
from redactor.model import Action, Progress
from ui.dialogs.base import Dialogs
from ui.panels.decision import Ground
from ui.panels.review import ReviewPage
from ui.session import Session
from ui.tasks import Courier
from ui.viewers.chosen_cells import TableWanted

#: More cells than this are decided on only once their number was said.
MOST_UNASKED = 1000


class TableDeciding(QObject):
    """What the viewer of a sheet asks to be decided.

    Signals:
        told: a sentence for the status bar.
    """

    told = Signal(str)

    def __init__(
        self, review: ReviewPage, dialogs: Dialogs, courier: Courier, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._review = review
        self._dialogs = dialogs
        self._courier = courier
        self._session: Session | None = None
        review.viewing.table_wanted.connect(self.want)

    def set_session(self, session: Session | None) -> None:
        """Decide in another case, or in none."""
        self._session = session

    def want(self, wanted: TableWanted) -> None:
        """Have it decided: once it is known how much it is, and on what ground."""
        session, number = self._session, self._review.number
        if session is None or number is None:
            return
        self._review.hear()
        if why := session.objection(EventKind.DECIDED):
            self._dialogs.show_error(NotAllowed(f"{why} Nothing was changed."))
            return

        def ground_known(ground: Ground) -> None:
            self._do(session, number, wanted, ground)

        def go_on() -> None:
            self._review.with_ground(wanted.action, ground_known)

        if wanted.most <= MOST_UNASKED:
            go_on()
            return
        self.told.emit(f"Counting the cells of {wanted.what}…")
        session.lane.ask(
            lambda case: count_cells(case, number, wanted.cells, self._report()),
            lambda count: self._ask(wanted, count, go_on),
            session.failed.emit,
        )

    def _ask(self, wanted: TableWanted, count: int, go_on: Callable[[], None]) -> None:
        if self._session is None:
            return
        if count <= MOST_UNASKED:
            go_on()
            return
        redact = wanted.action is Action.REDACT
        verb = "Redact" if redact else "Keep what was found in"
        text = f"{count:,} cells hold something. Headings are left as they are."
        if wanted.every_value:
            text += " Their values are decided on wherever else they stand in the case, too."
        self._dialogs.ask(
            f"{verb} {wanted.what}: {count:,} cells?",
            f"{text} One undo takes all of it back.",
            f"{'Redact' if redact else 'Keep'} {count:,} cells",
            "Leave them as they are",
            go_on,
        )

    def _do(self, session: Session, number: int, wanted: TableWanted, ground: Ground) -> None:
        exemption, reason, public_interest = astuple(ground)

        def said(decision: TableDecision) -> None:
            if decision.told:
                self._courier.post(lambda: self._dialogs.tell("Not every value", decision.told))

        self.told.emit(f"Deciding on {wanted.what}…")
        session.decide_cells(
            (wanted.action, exemption, reason, public_interest),
            lambda case: decide_cells(
                case,
                number,
                wanted.cells,
                wanted.action,
                exemption,
                reason,
                public_interest=public_interest,
                every_value=wanted.every_value,
                report=self._report(),
            ),
            said,
        )

    def _report(self) -> Callable[[object], None]:
        """Give what brings progress to the status bar, from the thread of the case."""

        def report(what: object) -> None:
            if isinstance(what, Progress) and what.what:
                share = f" {what.done * 100 // what.total} %" if what.total > 1 else ""
                self._courier.post(lambda: self.told.emit(f"{what.what}…{share}"))

        return report

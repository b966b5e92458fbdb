"""Sorting out who is who, and deciding on every mention of a person at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from redactor.app.case import Case
from redactor.app.persons import PersonRow, merge, set_role, split, tell_apart
from redactor.events import Event, EventKind
from redactor.model import Action
from ui.dialogs.base import Dialogs
from ui.dialogs.person import ContradictionDialog, PersonDecisionDialog, RoleDialog
from ui.panels.decision import Ground
from ui.session import Session


class PersonDeciding(QObject):
    """What is done with the persons of a case: asked about where it must be, then recorded.

    Signals:
        told: a sentence for the status bar.
        sorted_out: who is who was changed.
    """

    told = Signal(str)
    sorted_out = Signal()

    def __init__(self, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dialogs = dialogs
        self._session: Session | None = None

    def set_session(self, session: Session | None) -> None:
        """Decide in another case, or in none."""
        self._session = session

    @property
    def may_decide(self) -> bool:
        """Say whether the person who works may decide in the case."""
        return self._session is not None and self._session.can_decide

    @property
    def may_sort_out(self) -> bool:
        """Say whether the person who works may say who is who."""
        session = self._session
        return session is not None and not session.objection(EventKind.PERSON_ROLE)

    def merge(self, rows: Sequence[PersonRow]) -> None:
        """Take some persons to be one; where they stand decided otherwise, ask what holds."""
        session = self._session
        if session is None:
            return
        if len(rows) < 2:
            self.told.emit("Select two or more persons first, with Shift or Ctrl.")
            return
        ids = [one.subject.id for one in rows]
        standing = [one for row in rows for one in row.standing]
        if all(one.agrees_with(standing[0]) for one in standing):
            self._merge(ids)
            return
        dialog = ContradictionDialog(standing, self._dialogs.parent)

        def agreed() -> None:
            held = dialog.decision
            for row in rows:
                if any(not one.agrees_with(held) for one in row.standing):
                    session.decide_person(row.subject.id, *held.ground)
            self._merge(ids)

        self._dialogs.open(dialog, agreed)

    def _merge(self, ids: Sequence[str]) -> None:
        self._sort_out(
            EventKind.PERSONS_MERGED,
            lambda case: merge(case, ids),
            "They are one person now. Select mentions and press S to split them again.",
        )

    def tell_apart(self, pair: tuple[str, str]) -> None:
        """Take a suggested pair to be two persons, and suggest it no more."""
        self._sort_out(
            EventKind.PERSONS_TOLD_APART,
            lambda case: tell_apart(case, pair),
            "They stay two persons, and it is suggested no more.",
        )

    def split(self, marks: Sequence[int]) -> None:
        """Take some mentions, given by the ids of their marks, to be of another person."""
        if not marks:
            self.told.emit("Select mentions of the person first.")
            return
        self._sort_out(
            EventKind.PERSON_SPLIT,
            lambda case: split(case, marks),
            "The selected mentions are of another person now.",
        )

    def name_role(self, row: PersonRow) -> None:
        """Ask what a person is in the matter."""
        person = row.subject
        dialog = RoleDialog(person.name, person.role, row.proposed, row.why, self._dialogs.parent)

        def chosen() -> None:
            role = str(dialog.role)
            self._sort_out(
                EventKind.PERSON_ROLE,
                lambda case: set_role(case, person.id, role),
                "The role is recorded.",
            )

        self._dialogs.open(dialog, chosen)

    def decide(self, row: PersonRow, action: Action) -> None:
        """Ask for the ground, and decide on every mention of a person."""
        session = self._session
        if session is None:
            return
        last = Ground(
            session.last_exemption, session.last_reasons[action], session.last_public_interest
        )
        person = row.subject
        dialog = PersonDecisionDialog(
            person.name,
            len(person.marks),
            action,
            last,
            self._dialogs.parent,
            regime=session.regime,
            used=session.marks.cited(),
        )

        def agreed() -> None:
            ground = dialog.ground
            session.decide_person(
                person.id,
                action,
                ground.exemption,
                ground.reason,
                ground.public_interest,
                later=dialog.later.isChecked(),
            )

        self._dialogs.open(dialog, agreed)

    def _sort_out(self, kind: EventKind, function: Callable[[Case], Event], said: str) -> None:
        session = self._session
        if session is None:
            return
        if why := session.objection(kind):
            self.told.emit(why)
            return

        def done(_: Event) -> None:
            self.told.emit(said)
            self.sorted_out.emit()

        session.lane.ask(function, done, session.failed.emit)

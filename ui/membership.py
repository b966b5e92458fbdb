"""Who works in the open case, where it stands in its life, and what they may do in it now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from redactor import lifecycle
from redactor.case.signing import Signer
from redactor.errors import NotAllowed, RedactorError
from redactor.events import EventKind
from redactor.law.regimes import Regime
from redactor.lifecycle import CaseState, Life, Member
from redactor.model import Role


class Membership(QObject):
    """The person and the life of a case, as the window knows them after every change.

    Signals:
        life_changed: the case stands otherwise, or another person works in it.
        failed: something asked for was not done; an error.
    """

    life_changed = Signal()
    failed = Signal(object)

    def __init__(self, signer: Signer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.signer = signer
        self.life = Life()
        #: Asks whether something is to be done that takes a submission or an approval away, and
        #: does it if so. Until somebody can be asked, it is not done.
        self.confirm: Callable[[Callable[[], None]], None] = self._refuse
        self._agreed: int | None = None

    @property
    def member(self) -> Member | None:
        """Give what the case knows of the person; None where they were not introduced to it."""
        return self.life.members.get(self.signer.fingerprint)

    @property
    def actor(self) -> str:
        """Give the person's name, as the case knows it."""
        return self.member.name if self.member is not None else self.signer.name

    @property
    def role(self) -> Role:
        """Give the person's role: the case's word counts, then their identity's."""
        return self.member.role if self.member is not None else self.signer.role

    def objection(self, kind: EventKind, body: Mapping[str, object] | None = None) -> str:
        """Say why the person may not do something now; empty where they may."""
        return lifecycle.objection(self.life, kind, self.signer.fingerprint, body or {})

    @property
    def regime(self) -> Regime:
        """Give the law that the case is answered under."""
        begun = self.life.case
        return Regime(str(begun.body["regime"])) if begun is not None else Regime.FOI

    @property
    def can_decide(self) -> bool:
        """Say whether the person may decide and rule."""
        return not self.objection(EventKind.DECIDED)

    @property
    def can_add(self) -> bool:
        """Say whether the person may add documents and have them read."""
        return not self.objection(EventKind.DOCUMENT_ADDED)

    @property
    def can_invite(self) -> bool:
        """Say whether the person may introduce others to the case."""
        nobody = {"fingerprint": "", "name": "", "role": ""}
        return not self.objection(EventKind.PERSON_INVITED, nobody)

    @property
    def would_lose_approval(self) -> bool:
        """Say whether the person could approve the case now, and could not after a change."""
        fresh = self.signer.fingerprint not in self.life.preparers
        return fresh and self.role is Role.REVIEWER

    def changing(self, kind: EventKind, do: Callable[[], None]) -> None:
        """Do what changes the case, if the person may, and wants to where it takes something away.

        Once they have agreed, the same submission is not asked about again.
        """
        if why := self.objection(kind):
            self.failed.emit(NotAllowed(f"{why} Nothing was recorded."))
            return
        submission = self.life.submission
        if submission is None or submission.seq == self._agreed:
            do()
            return

        def agreed() -> None:
            self._agreed = submission.seq
            do()

        self.confirm(agreed)

    def _take_life(self, life: Life) -> None:
        self.life = life
        self.life_changed.emit()

    def _refuse(self, _: Callable[[], None]) -> None:
        error: RedactorError = NotAllowed(
            f"The case is {self.life.state}. A change would take that away. Nothing was changed."
        )
        self.failed.emit(error)


def state_words(state: CaseState) -> str:
    """Give a state as it is shown: ``In review``."""
    return str(state).capitalize()

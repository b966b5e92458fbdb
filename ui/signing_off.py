"""The way of a case out: what has to be settled, and submit, return, approve, release, check."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog

from redactor.app.next_steps import NextSteps, next_steps
from redactor.app.signoff import send_back
from redactor.events import EventKind
from redactor.lifecycle import Life
from redactor.review import Block, Comment
from ui.dialogs.approve import ApproveDialog
from ui.dialogs.base import Dialogs
from ui.dialogs.check_case import CheckDialog
from ui.dialogs.checklist import ChecklistDialog, KnownChecklist, known_checklist
from ui.dialogs.failed_check import FailedCheckDialog
from ui.dialogs.release import ReleaseDialog
from ui.dialogs.review import RulingDialog
from ui.dialogs.send_back import SendBackDialog
from ui.dialogs.submit import SubmitDialog
from ui.dialogs.working import WorkDialog
from ui.life_words import comment_words
from ui.panels.details import place_words
from ui.panels.signoff import SignOffPage, rulings_on
from ui.session import Session
from ui.tasks import Courier

#: Changes that follow one another quickly are answered once, so long after the last.
_QUIET_MS = 250
#: What helps before a page or a picture on it is ruled on.
_LOOK_FIRST = (
    "Go to it in the review first. Draw a box (B) over whatever has to be withheld: what lies "
    "under a box is taken out, whether it could be read or not."
)


class SigningOff(QObject):
    """Keeps the page up to date while it is seen, and takes the steps that are asked for.

    Signals:
        page_wanted: the page has to be seen.
        go_wanted: the person wants to go to what a ``Block`` is about.
        mark_wanted: they want to go to a finding; its id.
        files_wanted: the case holds no document yet.
        sample_wanted: the reviewer wants to read the re-check sample.
        told: a sentence for the status bar.
    """

    page_wanted = Signal()
    go_wanted = Signal(object)
    mark_wanted = Signal(int)
    files_wanted = Signal()
    sample_wanted = Signal()
    told = Signal(str)

    def __init__(self, courier: Courier, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.page = SignOffPage()
        self.working: WorkDialog | None = None
        self._session: Session | None = None
        self._courier = courier
        self._dialogs = dialogs
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUIET_MS)
        self._timer.timeout.connect(self._show_if_seen)
        self.page.shown.connect(self._show_if_seen)
        self.page.block_activated.connect(self._activated)
        self.page.ruling_wanted.connect(self.rule)
        self.page.comment_activated.connect(self.mark_wanted)
        self.page.step_wanted.connect(self.take)
        self._looks = {"check": self.check, "checklist": self.checklist}
        self._steps: dict[str, Callable[[Session, NextSteps], None]] = {
            "submit": self._submit,
            "return": self._return,
            "approve": self._approve,
            "release": self._release,
        }

    def set_session(self, session: Session | None) -> None:
        """Speak of another case, or of none; what was under way in the one before is stopped."""
        if self._session is session:
            return
        if self.working is not None:
            self.working.abandon()
        self._session = session

    def refresh(self) -> None:
        """Ask anew how things stand, soon."""
        self._timer.start()

    # --- the steps ----------------------------------------------------------------------------

    def take(self, name: str) -> None:
        """Take a step, or say why it cannot be taken."""
        if name in self._looks:
            self._looks[name]()
            return
        session = self._session
        if session is None:
            return
        kind = _KINDS[name]

        def known(session: Session, steps: NextSteps) -> None:
            if why := steps.against[kind]:
                self.page_wanted.emit()
                self.told.emit(f"{_TITLES[name]}: {why}")
            else:
                self._steps[name](session, steps)

        self._ask(known)

    def take_next(self) -> None:
        """Take the step that comes next in the life of the case."""
        if self._session is not None:
            self.take(next_step(self._session.life))

    def check(self) -> None:
        """Check the case."""
        if self._session is not None:
            dialog = CheckDialog(self._session, self._courier, self._dialogs.parent)
            self._open(dialog)
            dialog.start()

    def checklist(self) -> None:
        """Show the Commissioner's checklists, and record what is answered."""
        session = self._session
        if session is None:
            return

        def ask(known: KnownChecklist) -> None:
            if session is self._session:
                dialog = ChecklistDialog(known, self._dialogs.parent)
                kind = EventKind.CHECKLIST_ANSWERED
                self._dialogs.open(dialog, lambda: session.record_all(kind, dialog.work))

        session.lane.ask(known_checklist, ask, session.failed.emit)

    def rule(self, block: Block) -> None:
        """Ask for a ruling on a part that could not be read."""
        session = self._session
        if session is None or block.document is None:
            return
        number = block.document
        name = session.documents[number].name
        what = f"{name}: {place_words(block.place)}" if block.place else name
        rulings = rulings_on(session, block)
        if not rulings:
            self.go_wanted.emit(block)
            return
        dialog = RulingDialog(
            what,
            block.message,
            rulings,
            session.actor,
            self._dialogs.parent,
            what_first=_LOOK_FIRST if _is_seen_on_page(block) else "",
        )

        def accepted() -> None:
            if dialog.ruling is not None:
                session.rule(number, block.place, dialog.ruling, dialog.reason.toPlainText())

        self._dialogs.open(dialog, accepted)

    # --- inside -------------------------------------------------------------------------------

    def _submit(self, session: Session, _: NextSteps) -> None:
        dialog = SubmitDialog(session, self._courier, self._dialogs.parent)
        dialog.marks_may_be_new.connect(session.reload_marks)
        self._open(dialog)

    def _return(self, session: Session, steps: NextSteps) -> None:
        comments = steps.offered.comments if steps.offered is not None else ()
        said = [_words_of(session, one) for one in comments]
        dialog = SendBackDialog(session.actor, said, self._dialogs.parent)

        def accepted() -> None:
            reason = dialog.why
            session.lane.ask(
                lambda case: send_back(case, reason),
                lambda _: self.told.emit("The case was returned to who prepared it."),
                session.failed.emit,
            )

        self._dialogs.open(dialog, accepted)

    def _approve(self, session: Session, steps: NextSteps) -> None:
        if steps.offered is not None:
            parent = self._dialogs.parent
            dialog = ApproveDialog(session, self._courier, steps.offered, parent)
            dialog.sample_wanted.connect(self.sample_wanted)
            self._open(dialog)

    def _release(self, session: Session, _: NextSteps) -> None:
        self._open(ReleaseDialog(session, self._courier, self._dialogs.parent))

    def _open(self, dialog: WorkDialog) -> None:
        self.working = dialog
        dialog.finished.connect(lambda _: self._closed(dialog))
        self._dialogs.open(dialog)

    def _closed(self, dialog: QDialog) -> None:
        if self.working is dialog:
            self.working = None
        self.refresh()

    def _ask(self, then: Callable[[Session, NextSteps], None]) -> None:
        session = self._session
        if session is None:
            return

        def known(steps: NextSteps) -> None:
            if session is self._session:
                then(session, steps)

        session.lane.ask(next_steps, known, session.failed.emit)

    def _show_if_seen(self) -> None:
        if self.page.isVisible():
            self._ask(lambda session, now: self.page.show_steps(session, now, next_step(now.life)))

    def _activated(self, block: Block) -> None:
        if block.kind == "empty":
            self.files_wanted.emit()
        elif block.kind == "failed-check":
            self._show_failed_check(block)
        else:
            self.go_wanted.emit(block)

    def _show_failed_check(self, block: Block) -> None:
        failed = self._session.life.failed if self._session is not None else None
        if failed is not None:
            self._dialogs.open(FailedCheckDialog(block.message, failed, self._dialogs.parent))


_KINDS = {
    "submit": EventKind.SUBMITTED,
    "return": EventKind.RETURNED,
    "approve": EventKind.APPROVED,
    "release": EventKind.RELEASED,
}
_TITLES = {
    "submit": "Submit",
    "return": "Return",
    "approve": "Approve",
    "release": "Release",
}


def _is_seen_on_page(block: Block) -> bool:
    """Say whether it is about a page or a picture, on which boxes can be drawn."""
    on_page = block.kind == "unread" and block.place.startswith("page:")
    return on_page and "/mark:" not in block.place


def next_step(life: Life) -> str:
    """Give the name of the step that comes next: ``submit``, ``approve`` or ``release``."""
    if life.submission is None:
        return "submit"
    return "approve" if life.approval is None else "release"


def _words_of(session: Session, comment: Comment) -> str:
    mark = session.marks.by_id.get(comment.mark)
    document = session.documents.get(mark.document) if mark is not None else None
    return comment_words(comment, mark, document)

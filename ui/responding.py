"""The ways from the request to what leaves the authority: the letter, its check, the pack."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.dialogs.base import Dialogs
from ui.dialogs.justify import JustifyDialog, Known, known_of
from ui.dialogs.letter import LetterCheckDialog, LetterDialog
from ui.dialogs.pack import PackDialog
from ui.dialogs.working import WorkDialog
from ui.panels.request import RequestPage
from ui.session import Session
from ui.tasks import Courier


class Responding(QObject):
    """Opens the dialogs that the page of the request asks for."""

    def __init__(
        self, page: RequestPage, courier: Courier, dialogs: Dialogs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.page = page
        self._courier, self._dialogs = courier, dialogs
        self._session: Session | None = None
        self._open: WorkDialog | None = None
        page.letter_wanted.connect(lambda: self.show(LetterDialog))
        page.check_wanted.connect(lambda: self.show(LetterCheckDialog))
        page.justification_wanted.connect(self.justify)
        page.pack_wanted.connect(lambda: self.show(PackDialog))

    def set_session(self, session: Session | None) -> None:
        """Work with another case, or none: what is open for the last one is closed."""
        if self._open is not None:
            self._open.abandon()
        self._session = session
        self.page.set_session(session)

    def show(self, kind: type[LetterDialog | LetterCheckDialog | PackDialog]) -> None:
        """Open a dialog over the window."""
        if self._session is None:
            return
        dialog = kind(self._session, self._courier, self._dialogs.parent)
        self._open = dialog
        dialog.destroyed.connect(self._gone)
        self._dialogs.open(dialog)

    def justify(self) -> None:
        """Ask for a justification, and record it."""
        session = self._session
        if session is None:
            return

        def ask(known: Known) -> None:
            if session is self._session:
                dialog = JustifyDialog(known, self._dialogs.parent)
                self._dialogs.open(dialog, lambda: session.record_request(dialog.work))

        session.lane.ask(known_of, ask, session.failed.emit)

    def _gone(self) -> None:
        self._open = None

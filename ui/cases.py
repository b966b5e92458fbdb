"""Opening, making, restoring and closing cases. At most one is open at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox

from redactor.app.output_lists import told_adopted
from redactor.app.site_lists import SiteLists
from redactor.case.backup import backup_time, restore_backup
from redactor.case.signing import Signer
from redactor.errors import Cancelled, DamagedCase, RedactorError, StaleLock, WrongPassphrase
from ui.clipboard import ClipboardGuard
from ui.dialogs.base import Dialogs, error_box
from ui.dialogs.cases import OpenCaseDialog, TakeOverDialog
from ui.errands import Errands
from ui.moments import spoken
from ui.session import Session
from ui.settings import Settings
from ui.tasks import Courier, Lanes, in_our_words

log = logging.getLogger(__name__)


class Cases(QObject):
    """The open case, and the way to another.

    Signals:
        began: a case is about to be opened or made; its ``Session``, to be connected.
        changed: another case is open now, or none; its ``Session`` or None.
        told: a sentence for the status bar.
        keeping: how many cases are being closed, and their backups kept.
    """

    began = Signal(object)
    changed = Signal(object)
    told = Signal(str)
    keeping = Signal(int)

    def __init__(
        self,
        lanes: Lanes,
        courier: Courier,
        errands: Errands,
        settings: Settings,
        dialogs: Dialogs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self._lanes = lanes
        self._courier = courier
        self._errands = errands
        self._settings = settings
        self._dialogs = dialogs
        self._clipboard = ClipboardGuard(self)
        self._opening: set[Session] = set()
        self._closing: dict[Session, Future[None]] = {}
        self._after_closing: list[Callable[[], None]] = []

    # --- making and opening -------------------------------------------------------------------

    def create(
        self,
        path: Path,
        ref: str,
        passphrase: str,
        signer: Signer,
        *,
        regime: str = "foi",
        received: str = "",
        in_full: bool = False,
        files: Sequence[Path] = (),
        site: SiteLists | None = None,
    ) -> None:
        """Make a case file, open it and add files.

        Args:
            site: lists of the authority that the case adopts before anything is searched.
        """
        paths = list(files)
        session = self._begin(path, signer)
        session.opened.connect(lambda: self._opened(session))
        session.open_failed.connect(lambda error: self._refused(session, error))
        if site is not None:
            session.opened.connect(lambda: self.told.emit(told_adopted(site)))
        if paths:
            session.opened.connect(lambda: session.add_paths(paths))
        session.create(
            ref, passphrase, regime=regime, received=received, site=site, in_full=in_full
        )

    def ask_to_open(self, path: Path, signer: Signer) -> None:
        """Ask for the passphrase of a case, until it is the right one, and open it."""
        if self.session is not None and self.session.path == path:
            self.told.emit("This case is open already.")
            return
        dialog = OpenCaseDialog(path, self._dialogs.parent)

        def failed(error: RedactorError, passphrase: str) -> None:
            if isinstance(error, WrongPassphrase):
                dialog.refuse(error.user_message)
            else:
                dialog.reject()
                self._explain(error, path, passphrase, signer)

        def tried(passphrase: str) -> None:
            self._attempt(
                path,
                passphrase,
                signer,
                opened=dialog.opened,
                failed=lambda error: failed(error, passphrase),
            )

        dialog.tried.connect(tried)
        dialog.rejected.connect(self._give_up)
        self._dialogs.open(dialog)

    def open(
        self, path: Path, passphrase: str, signer: Signer, *, taking_over: str = "", note: str = ""
    ) -> None:
        """Open a case whose passphrase is known.

        Args:
            taking_over: why it is taken over from somebody who did not close it.
            note: what is to be said over the case once it is open.
        """
        self._attempt(
            path,
            passphrase,
            signer,
            failed=lambda error: self._explain(error, path, passphrase, signer),
            taking_over=taking_over,
            note=note,
        )

    def _attempt(
        self,
        path: Path,
        passphrase: str,
        signer: Signer,
        *,
        failed: Callable[[RedactorError], None],
        opened: Callable[[], None] = lambda: None,
        taking_over: str = "",
        note: str = "",
    ) -> None:
        def go() -> None:
            session = self._begin(path, signer)
            session.note = note
            session.opened.connect(lambda: self._opened(session, opened))
            session.open_failed.connect(lambda error: self._refused(session, error, failed))
            session.open(passphrase, taking_over=taking_over)

        if any(one.path == path for one in self._closing):
            self._after_closing.append(go)
        else:
            go()

    def _begin(self, path: Path, signer: Signer) -> Session:
        session = Session(path, signer, self._lanes, self._courier, self)
        session.confirm = lambda do: self._confirm(session, do)
        self._opening.add(session)
        self.began.emit(session)
        return session

    def _opened(self, session: Session, opened: Callable[[], None] = lambda: None) -> None:
        if session not in self._opening:  # given up meanwhile
            return
        opened()
        self._opening.discard(session)
        before, self.session = self.session, session
        self._settings.opened(session.path)
        if before is not None:
            self._end(before)
        self._clipboard.watch(on=True)
        self.changed.emit(session)

    def _refused(
        self,
        session: Session,
        error: RedactorError,
        failed: Callable[[RedactorError], None] | None = None,
    ) -> None:
        if session in self._opening:
            self._opening.discard(session)
            self._close(session)
            (failed or self._dialogs.show_error)(error)

    def _give_up(self) -> None:
        """Open nothing that is on its way."""
        opening, self._opening = self._opening, set()
        for session in opening:
            self._close(session)

    # --- what can be done about a case that does not open --------------------------------------

    def _explain(self, error: RedactorError, path: Path, passphrase: str, signer: Signer) -> None:
        if isinstance(error, StaleLock):
            dialog = TakeOverDialog(error, self._dialogs.parent)
            self._dialogs.open(
                dialog, lambda: self.open(path, passphrase, signer, taking_over=dialog.reason)
            )
        elif isinstance(error, DamagedCase) or not path.exists():
            self._offer_backup(error, path, passphrase, signer)
        else:
            self._dialogs.show_error(error)

    def _offer_backup(
        self, error: RedactorError, path: Path, passphrase: str, signer: Signer
    ) -> None:
        def restored(aside: Path | None) -> None:
            self.open(path, passphrase, signer, note=_restored(aside))

        def show(moment: object) -> None:
            box = error_box(self._dialogs.parent, error)
            if moment is not None:
                text = f"Restore the backup of {moment}"
                button = box.addButton(text, QMessageBox.ButtonRole.ActionRole)
                box.addButton(QMessageBox.StandardButton.Close)
                button.clicked.connect(lambda: self._restore(path, restored))
            self._dialogs.open(box)

        self._errands.ask(lambda: _spoken_backup_time(path), show, lambda _: show(None), owner=self)

    def ask_to_restore(self, path: Path) -> None:
        """Put the backup of a case in its place, once the person has said so."""

        def show(moment: str | None) -> None:
            if moment is None:
                self._dialogs.tell(
                    f"There is no backup of {path.name}",
                    "One is kept beside a case whenever it is closed. Look for a copy elsewhere.",
                )
                return
            self._dialogs.ask(
                f"Restore the backup of {moment}?",
                f"It takes the place of {path.name}. What was done since then is not in it. "
                "The present file is kept beside it.",
                "Restore it",
                "Leave it",
                lambda: self._restore(path, lambda aside: self._tell_restored(path, aside)),
            )

        self._errands.ask(
            lambda: _spoken_backup_time(path), show, self._dialogs.show_error, owner=self
        )

    def _restore(self, path: Path, then: Callable[[Path | None], None]) -> None:
        self.told.emit("Restoring the backup…")
        self._errands.ask(lambda: restore_backup(path), then, self._dialogs.show_error, owner=self)

    def _tell_restored(self, path: Path, aside: Path | None) -> None:
        self._dialogs.tell(f"The backup of {path.name} is in its place", _restored(aside))

    # --- a change that takes something away ---------------------------------------------------

    def _confirm(self, session: Session, do: Callable[[], None]) -> None:
        life = session.life
        what = "approval" if life.approval is not None else "submission"
        text = f"A change takes the {what} away, and the case has to be submitted again."
        if life.released is not None:
            text += " What was released stays as it is."
        if session.would_lose_approval:
            text += " You could not approve it then: somebody else has to."
        self._dialogs.ask(f"This case is {life.state}", text, "Change it", "Leave it", do)

    # --- closing ------------------------------------------------------------------------------

    def close(self) -> None:
        """Close the case that is open; its backup is kept meanwhile."""
        session, self.session = self.session, None
        if session is not None:
            self._clipboard.watch(on=False)
            self.changed.emit(None)
            self._end(session)

    def finish(self) -> list[RedactorError]:
        """Close everything and wait until it is done; gives what went wrong."""
        self._give_up()
        self.close()
        errors = [_error_of(future) for future in self._closing.values()]
        for session in self._closing:
            session.lane.wait()
        return [one for one in errors if one is not None]

    def _end(self, session: Session) -> None:
        """Close a case that was worked in; nothing of it stays on the clipboard."""
        if self._settings.clears_clipboard:
            self._clipboard.clear()
        self._close(session)

    def _close(self, session: Session) -> None:
        def closed(future: Future[None]) -> None:
            self._courier.post(lambda: self._closed(session, future))

        future = session.close()
        self._closing[session] = future
        self.keeping.emit(len(self._closing))
        future.add_done_callback(closed)

    def _closed(self, session: Session, future: Future[None]) -> None:
        del self._closing[session]
        session.deleteLater()
        self.keeping.emit(len(self._closing))
        if (error := _error_of(future)) is not None:
            self._dialogs.show_error(error)
        waiting, self._after_closing = self._after_closing, []
        for go in waiting:
            go()


def _error_of(future: Future[None]) -> RedactorError | None:
    error = future.exception()
    known = in_our_words(error) if error is not None else None
    return None if isinstance(known, Cancelled) else known


def _spoken_backup_time(path: Path) -> str | None:
    moment = backup_time(path)
    return spoken(moment) if moment is not None else None


def _restored(aside: Path | None) -> str:
    kept = f" The file that was there is kept as {aside.name} beside it." if aside else ""
    return f"This is the restored backup.{kept} What was done after it is not in it."

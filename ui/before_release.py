"""What has to be settled before a release: the list, the rulings, and the way to the export."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from redactor.review import Block
from ui.dialogs.base import Dialogs
from ui.dialogs.review import RulingDialog
from ui.export import ExportDialog
from ui.panels.details import place_words
from ui.panels.release import ReleasePage, allowed_rulings
from ui.session import Session
from ui.tasks import Courier

_BLOCKS_MS = 250


class BeforeRelease(QObject):
    """Keeps the list up to date while it is seen, and does what is asked for on it.

    Signals:
        go_wanted: the person wants to go to what a ``Block`` is about.
        files_wanted: the case holds no document yet.
    """

    go_wanted = Signal(object)
    files_wanted = Signal()

    def __init__(self, courier: Courier, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.page = ReleasePage()
        self.export_dialog: ExportDialog | None = None
        self._session: Session | None = None
        self._courier = courier
        self._dialogs = dialogs
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_BLOCKS_MS)
        self._timer.timeout.connect(self._ask)
        self.page.shown.connect(self._ask)
        self.page.block_activated.connect(self._activated)
        self.page.ruling_wanted.connect(self.rule)
        self.page.export_wanted.connect(self.export)

    def set_session(self, session: Session | None) -> None:
        """Speak of another case, or of none."""
        self._session = session

    def refresh(self) -> None:
        """Ask anew what has to be settled, soon."""
        self._timer.start()

    def export(self) -> None:
        """Open the export dialog."""
        if self._session is not None:
            self.export_dialog = ExportDialog(self._session, self._courier, self._dialogs.parent)
            self.export_dialog.block_chosen.connect(self.go_wanted)
            self._dialogs.open(self.export_dialog)

    def rule(self, block: Block) -> None:
        """Ask for a ruling on a part that could not be read."""
        session = self._session
        if session is None or block.document is None:
            return
        number = block.document
        name = session.documents[number].name
        what = f"{name}: {place_words(block.place)}" if block.place else name
        rulings = allowed_rulings(session, block)
        if not rulings:
            self.go_wanted.emit(block)
            return
        dialog = RulingDialog(what, block.message, rulings, session.actor, self._dialogs.parent)

        def accepted() -> None:
            if dialog.ruling is not None:
                session.rule(number, block.place, dialog.ruling, dialog.reason.toPlainText())

        self._dialogs.open(dialog, accepted)

    def _ask(self) -> None:
        session = self._session
        if session is not None and self.page.isVisible():
            session.ask_blocks(lambda blocks: self._show(session, blocks))

    def _show(self, session: Session, blocks: tuple[Block, ...]) -> None:
        if session is self._session:
            self.page.show_blocks(session, blocks)

    def _activated(self, block: Block) -> None:
        if block.kind == "empty":
            self.files_wanted.emit()
        else:
            self.go_wanted.emit(block)

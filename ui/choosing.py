"""What is done with the document or the finding that is chosen: menus, reading, a preview."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from redactor.app.read_as import falling_words
from redactor.app.setting_aside import put_back
from redactor.errors import NotAllowed
from redactor.events import EventKind
from redactor.lists import LISTED, Which
from redactor.model import ReadAs
from ui.commands import Commands
from ui.dialogs.base import Dialogs
from ui.dialogs.embedded import EmbeddedDialog
from ui.dialogs.hidden_report import HiddenReportDialog
from ui.dialogs.list_text import ListTextDialog
from ui.dialogs.lists import ListsDialog
from ui.dialogs.read_as import ReadAsDialog
from ui.dialogs.review import PreviewDialog
from ui.dialogs.set_aside import Leavable, SetAsideDialog
from ui.listing import Listing
from ui.panels.review import ReviewPage
from ui.places import place_title
from ui.session import Session
from ui.tasks import Courier


class Choosing(QObject):
    """The commands that need something to be chosen.

    Signals:
        told: a sentence for the status bar.
    """

    told = Signal(str)

    def __init__(
        self,
        review: ReviewPage,
        commands: Commands,
        dialogs: Dialogs,
        courier: Courier,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._courier = courier
        self._review = review
        self._commands = commands
        self._dialogs = dialogs
        self._session: Session | None = None
        self._listing: Listing | None = None
        review.menu_wanted.connect(self._show_menu)
        review.document_menu_wanted.connect(self._show_document_menu)
        review.details.read_differently.connect(lambda _: self.read_differently())

    def set_session(self, session: Session | None) -> None:
        """Speak of another case, or of none."""
        self._session = session
        self._listing = None
        if session is not None:
            self._listing = Listing(session, session)
            self._listing.told.connect(self.told)
            self._listing.failed.connect(session.failed)

    def preview(self) -> None:
        """Show the passage around the finding as it would read once released."""
        mark = self._review.findings.current()
        parent = self._dialogs.parent
        if self._session is not None and mark is not None:
            where = place_title(mark.target) if mark.hidden is not None else ""
            self._session.preview(mark.id, lambda text: PreviewDialog(text, where, parent).open())

    def show_lists(self) -> None:
        """Show the lists of the case."""
        if self._listing is not None:
            self._dialogs.open(ListsDialog(self._listing, self._dialogs.parent))

    def list_text(self, which: Which) -> None:
        """Ask to put the text that is chosen on a list."""
        text, listing = self._review.chosen_text(), self._listing
        mark = self._review.findings.current()
        if listing is None or not text.strip():
            self.told.emit("Choose a finding, or select text in the document, first.")
            return
        same = mark is not None and mark.text == text and mark.label not in {"MANUAL", LISTED}
        label = mark.label if mark is not None and same else LISTED
        asking = ListTextDialog(which, text, label, self._dialogs.parent)
        self._dialogs.open(asking, lambda: listing.add(which, asking.entry()))

    def show_hidden(self, *, everything: bool = False) -> None:
        """Report on what is hidden in the document that is chosen, or in all."""
        number, session = self._review.documents.current, self._session
        if session is None or (number is None and not everything):
            self.told.emit("Choose a document first.")
            return
        numbers = () if everything or number is None else (number,)
        asking = HiddenReportDialog(session, self._courier, numbers, self._dialogs.parent)
        self._dialogs.open(asking)
        asking.start()

    def take_out_embedded(self) -> None:
        """Add the files embedded in the document that is chosen."""
        number, session = self._review.documents.current, self._session
        if session is None or number is None:
            self.told.emit("Choose a document first.")
            return
        taking = EmbeddedDialog(session, self._courier, number, self._dialogs.parent)
        taking.added.connect(session.intake.added)
        self._dialogs.open(taking)
        taking.start()

    def read_again(self) -> None:
        """Read the document once more, if it was stopped or refused."""
        number = self._review.documents.current
        if number is None or self._session is None:
            return
        if self._session.documents[number].status in {"refused", "stopped"}:
            self._session.read_again(number)
        else:
            self.told.emit("The document was read already, or is being read.")

    def read_differently(self) -> None:
        """Choose with which encoding and delimiter a text file is read."""
        number, session = self._review.documents.current, self._session
        if number is None or session is None:
            return
        document = session.documents[number]
        if not document.can_be_read_differently:
            self.told.emit("Only CSV and text files can be read differently, once they were read.")
        elif why := session.objection(EventKind.DOCUMENT_READ_AS):
            self._dialogs.show_error(NotAllowed(f"{why} Nothing was changed."))
        else:
            asking = ReadAsDialog(session, document, self._dialogs.parent)
            self._dialogs.open(asking, lambda: self._read_so(number, asking.chosen, asking.why))

    def _read_so(self, number: int, chosen: ReadAs, why: str) -> None:
        """Read a document in the way that was chosen, once it is agreed what falls."""
        session = self._session
        if session is None:
            return
        ruled = sum(document == number for document, _ in session.rulings)
        falls = session.marks.counts(number).decided + ruled
        if not falls:
            session.read_otherwise(number, chosen, why)
            return
        self._dialogs.ask(
            "Read the document differently?",
            falling_words(falls),
            "Read it so, and drop them",
            "Leave it as it is",
            lambda: session.read_otherwise(number, chosen, why),
        )

    def leave_out(self) -> None:
        """Ask why the document that is chosen stays out of the release."""
        number, session = self._review.documents.current, self._session
        if number is None or session is None:
            self.told.emit("Choose a document first.")
            return
        names = {one: document.name for one, document in session.documents.items()}
        known = Leavable(session.regime, session.justifications, names, session.last_exemption)
        asking = SetAsideDialog(number, known, self._dialogs.parent)
        kind = EventKind.DOCUMENT_SET_ASIDE
        self._dialogs.open(asking, lambda: session.record(kind, asking.work()))

    def take_back(self) -> None:
        """Let the document that is chosen go out again."""
        number, session = self._review.documents.current, self._session
        if number is None or session is None or number not in session.set_aside:
            self.told.emit("The document is not left out.")
            return
        session.record(EventKind.DOCUMENT_SET_ASIDE, lambda case: put_back(case, number))

    def stop_reading(self) -> None:
        """Stop reading the document."""
        number = self._review.documents.current
        if number is not None and self._session is not None:
            self._session.stop_reading(number)

    def _show_document_menu(self, at: QPoint) -> None:
        menu = QMenu(self._dialogs.parent)
        number, session = self._review.documents.current, self._session
        out = session is not None and number in session.set_aside
        for name in ("hidden", "embedded", "read-again", "stop-reading", "read-differently"):
            menu.addAction(self._commands[name])
        menu.addSeparator()
        menu.addAction(self._commands["take-back" if out else "leave-out"])
        menu.addSeparator()
        menu.addAction(self._commands["add"])
        _pop_up(menu, at)

    def _show_menu(self, at: QPoint) -> None:
        _pop_up(self._commands.context_menu(self._dialogs.parent), at)


def _pop_up(menu: QMenu, at: QPoint) -> None:
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)

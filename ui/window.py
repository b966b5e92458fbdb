"""The window: lays out the panes, joins the commands to them, and shows the open case."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from redactor import __version__
from redactor.case.signing import Signer
from redactor.errors import BugError
from redactor.events import EventKind
from redactor.lists import Which
from redactor.model import Action, Role
from redactor.review import Block
from redactor.second_look import Lead
from ui import icons
from ui.cases import Cases
from ui.choosing import Choosing
from ui.commands import Commands, keys_html
from ui.dialogs.base import Dialogs
from ui.dialogs.detection import DetectionDialog
from ui.dialogs.people import PeopleDialog
from ui.dialogs.review import NotAddedDialog
from ui.errands import Errands
from ui.moving import Moving
from ui.numbering import Numbering
from ui.panels.documents import dropped_paths
from ui.panels.log import LogPage
from ui.panels.numbers import NumbersPage
from ui.panels.persons import PersonsPage
from ui.panels.request import RequestPage
from ui.panels.review import ReviewPage
from ui.panels.second_line import SecondLinePage
from ui.panels.second_look import SecondLookPage
from ui.panels.standing import CaseBars, PersonButton, StatePill
from ui.panels.step_actions import STEPS
from ui.panels.viewer import preload
from ui.responding import Responding
from ui.session import Session
from ui.settings import Settings
from ui.signing_in import SigningIn
from ui.signing_off import SigningOff
from ui.starting import Starting
from ui.table_deciding import TableDeciding
from ui.tasks import Courier, Lanes

_STATUS_MS = 8000


class MainWindow(QMainWindow):
    """The one window of the program.

    Args:
        lanes: workers that somebody else stops; by default the window has its own.
    """

    def __init__(self, lanes: Lanes | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Redactor")
        self.setWindowIcon(icons.icon("redactor"))
        self.setAcceptDrops(True)
        self.setMinimumSize(980, 620)
        self.settings = Settings()
        self._owns_lanes = lanes is None
        self.lanes = lanes or Lanes()
        self.courier = Courier(self)
        self.errands = Errands(self.courier)
        self.dialogs = Dialogs(self)
        self.who = SigningIn(self.settings, self.errands, self.dialogs, self)
        self.cases = Cases(
            self.lanes, self.courier, self.errands, self.settings, self.dialogs, self
        )
        self.starting = Starting(
            self.cases, self.who, self.settings, self.errands, self.dialogs, self
        )
        self._closed = False
        self._shared = False
        self.bars = CaseBars()
        self.log = LogPage()
        self.review = ReviewPage(self.courier)
        self.second_line = SecondLinePage(self.courier)
        self.second_look = SecondLookPage(self.courier)
        self.request = RequestPage()
        self.numbers = NumbersPage()
        self.persons = PersonsPage(self.dialogs)
        self.tabs = QTabWidget()
        self.pages = QStackedWidget()
        self.commands = Commands(self)
        self.moving = Moving(
            self.review, self.second_line, self.persons, self.numbers, self.commands, self
        )
        self.choosing = Choosing(self.review, self.commands, self.dialogs, self.courier, self)
        self.table_deciding = TableDeciding(self.review, self.dialogs, self.courier, self)
        self.signing_off = SigningOff(self.courier, self.dialogs, self)
        self.responding = Responding(self.request, self.courier, self.dialogs, self)
        self.numbering = Numbering(
            self.numbers, self.courier, self.lanes.counting, self.dialogs, self
        )
        self.counts, self.place, self.saved, self.keeping = QLabel(), QLabel(), QLabel(), QLabel()
        self.pill, self.person = StatePill(), PersonButton()
        self._lay_out()
        self._connect()
        self._show_case(None)

    @property
    def session(self) -> Session | None:
        """Give the open case."""
        return self.cases.session

    @property
    def signer(self) -> Signer | None:
        """Give the unlocked identity of the person who works; None before they signed in."""
        return self.who.signer

    # --- opening ------------------------------------------------------------------------------

    def begin(self, path: Path | None) -> None:
        """After the window is up: start the workers, ask who is working, open a case."""
        QTimer.singleShot(0, self.lanes.warm_up)
        preload()
        if path is not None:
            self.starting.open_case(path)
        else:
            self.who.with_signer(lambda _: None)

    def begin_as(self, signer: Signer, path: Path, passphrase: str, note: str) -> None:
        """After the window is up: start the workers, and open a case of which all is known."""
        QTimer.singleShot(0, self.lanes.warm_up)
        preload()
        self.who.sign_in(signer)
        self.cases.open(path, passphrase, signer, note=note)

    def _began(self, session: Session) -> None:
        """Hear what a case says that is about to be opened, so that nothing is missed."""
        session.failed.connect(self.dialogs.show_error)
        session.not_added.connect(lambda files: self.dialogs.open(NotAddedDialog(files, self)))
        session.told.connect(self.tell)
        session.saving.connect(self._saving)
        for signal in (session.marks_added, session.marks_changed, session.document_changed):
            signal.connect(lambda *_: self._changed())
        session.rulings_changed.connect(self._changed)
        session.documents_changed.connect(self._changed)
        session.life_changed.connect(self._life_changed)

    def _show_case(self, session: Session | None) -> None:
        """Show another case, or the start page."""
        self.review.set_session(session)
        self.moving.set_session(session)
        self.choosing.set_session(session)
        self.table_deciding.set_session(session)
        self.signing_off.set_session(session)
        self.log.set_lane(session.lane if session is not None else None)
        self.second_line.set_session(session)
        self.second_look.set_session(session)
        self.responding.set_session(session)
        self.numbering.set_session(session)
        self.persons.set_session(session)
        if session is not None:
            self.setWindowTitle(f"{session.ref} – Redactor")
            self.pages.setCurrentWidget(self._case_page)
            QTimer.singleShot(0, self._share_width)
            self._show_first_page(session)
        else:
            self.setWindowTitle("Redactor")
            self.pages.setCurrentWidget(self.starting.page)
            self.starting.show()
        self._saving(0)
        self._life_changed()
        self._changed()

    def _show_first_page(self, session: Session) -> None:
        """Begin where the person's work is: a reviewer's is the second line."""
        if session.role is Role.REVIEWER:
            self._show_second_line()
        else:
            self.tabs.setCurrentWidget(self.review)
            self.review.documents.list.setFocus()

    def _show_second_line(self) -> None:
        self.tabs.setCurrentWidget(self.second_line)
        self.second_line.work.tree.setFocus()

    def _show_sample(self) -> None:
        self.tabs.setCurrentWidget(self.second_line)
        self.second_line.show_sample()

    def _share_width(self) -> None:
        """Share the width between the panes, once, when they are first seen."""
        if not self._shared and not self._closed:
            self._shared = True
            self.review.restore_panes(self.settings.load("panes"))
            self.second_line.restore_panes(self.settings.load("second-line-panes"))
            self.persons.restore_panes(self.settings.load("persons-panes"))

    # --- who works, and what they may do ------------------------------------------------------

    def _signed_in(self, signer: Signer) -> None:
        if self.session is not None:
            self.session.work_as(signer)
        self._show_person()

    def _life_changed(self) -> None:
        """Show where the case stands, and switch off what the person may not do in it."""
        session = self.session
        can_decide = session is not None and session.can_decide
        can_add = session is not None and session.can_add
        self.commands.enable(case=session is not None, decide=can_decide, add=can_add)
        self.commands["add"].setEnabled(session is None or can_add)
        self.pill.show_session(session)
        self.bars.show_session(session)
        self.log.set_own(self.signer.fingerprint if self.signer is not None else "")
        self.log.refresh_soon()
        self._show_person()
        self._show_undo()
        self.moving.refresh()
        self.signing_off.refresh()

    def _show_person(self) -> None:
        self.person.show_person(self.signer, self.session)

    def _show_who(self) -> None:
        self.who.show(self.session.role if self.session is not None else None)

    def _show_people(self) -> None:
        if self.session is not None:
            self.dialogs.open(PeopleDialog(self.session, self))

    # --- files --------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        event.acceptProposedAction()
        self.starting.add_paths(dropped_paths(event.mimeData().urls()))

    # --- the rest -----------------------------------------------------------------------------

    def go_to(self, block: Block) -> None:
        """Go to what a block is about; the case as a whole wants documents."""
        if block.kind == "second-look":
            self._show_second_look()
            return
        if block.kind in {"justification", "neither-confirm"}:
            self._show_request()
            return
        self.tabs.setCurrentIndex(0)
        self.review.go_to(block)

    def _go_to_mark(self, mark_id: int) -> None:
        self.tabs.setCurrentIndex(0)
        self.review.reveal(mark_id)
        self.review.findings.table.setFocus()

    def _show_sign_off(self) -> None:
        self.tabs.setCurrentWidget(self.signing_off.page)

    def _show_second_look(self) -> None:
        self.tabs.setCurrentWidget(self.second_look)
        self.second_look.tree.setFocus()

    def _go_to_lead(self, lead: Lead) -> None:
        self.tabs.setCurrentIndex(0)
        self.review.go_to(Block("place", lead.document, lead.place, ""))

    def _show_request(self) -> None:
        self.tabs.setCurrentWidget(self.request)
        self.request.days["received"].setFocus()

    def _show_numbers(self) -> None:
        self.tabs.setCurrentWidget(self.numbers)
        self.numbers.start()

    def _show_persons(self) -> None:
        self.tabs.setCurrentWidget(self.persons)
        self.persons.table.setFocus()

    def _show_log(self) -> None:
        self.tabs.setCurrentWidget(self.log)
        self.log.table.setFocus()

    def _changed(self) -> None:
        session = self.session
        if session is None:
            self.counts.clear()
            return
        self.signing_off.refresh()
        self.log.refresh_soon()
        counts = session.marks.counts()
        self.counts.setText(
            f"{counts.undecided:,} to decide  ·  {counts.redact:,} redact  ·  {counts.keep:,} keep"
        )
        self._show_undo()

    def _show_undo(self) -> None:
        session = self.session
        for name, kind in (("undo", EventKind.UNDONE), ("redo", EventKind.REDONE)):
            there = session is not None and (
                session.can_undo if name == "undo" else session.can_redo
            )
            may = session is not None and not session.objection(kind)
            self.commands[name].setEnabled(there and may)

    def report_fault(self, kind: str) -> None:
        """Show that something failed that should not have."""
        self.dialogs.show_error(
            BugError(f"A fault in the program ({kind}). It was written to the log.")
        )

    def tell(self, sentence: str) -> None:
        """Say something in the status bar."""
        self.statusBar().showMessage(sentence, _STATUS_MS)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop everything: the window goes at once, the workers within two seconds."""
        if not self._closed:
            self._closed = True
            self.settings.keep("geometry", self.saveGeometry())
            if self._shared:
                self.settings.keep("panes", self.review.splitter.saveState())
                self.settings.keep("second-line-panes", self.second_line.splitter.saveState())
                self.settings.keep("persons-panes", self.persons.splitter.saveState())
            self.hide()
            self.log.set_lane(None)
            self.review.set_session(None)
            self.second_line.set_session(None)
            self.second_look.set_session(None)
            self.responding.set_session(None)
            self.numbering.set_session(None)
            self.persons.set_session(None)
            if self.session is not None:
                self.session.readings.close()
            if self._owns_lanes:
                self.lanes.close()
            errors = self.cases.finish()
            self.errands.close()
            self.courier.close()
            for error in errors:  # the program ends once they are read
                self.dialogs.show_last(error)
        event.accept()

    def _keeping(self, cases: int) -> None:
        self.keeping.setText("Keeping a backup…" if cases else "")

    def _saving(self, writing: int) -> None:
        self.saved.setText("Saving…" if writing else "Saved" if self.session else "")

    def _undo(self) -> None:
        if self.session is not None:
            self.session.undo()

    def _redo(self) -> None:
        if self.session is not None:
            self.session.redo()

    def _filter(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.moving.filter()

    def _start_wanted(self, what: str) -> None:
        self.commands[{"files": "add"}.get(what, what)].trigger()

    def _keys(self) -> None:
        self._message("Keys", keys_html())

    def _show_detection(self) -> None:
        self.dialogs.open(DetectionDialog(self.lanes, self.courier, self))

    def _about(self) -> None:
        self._message(
            "About Redactor",
            f"<p><b>Redactor {__version__}</b></p><p>Redaction for disclosure under the Freedom of "
            "Information Act and for subject access requests. It works without a network and sends "
            "nothing anywhere.</p><p>AGPL-3.0-or-later</p>",
        )

    def _message(self, title: str, html: str) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setText(html)
        self.dialogs.open(box)

    def _connect(self) -> None:
        review = self.review
        decide, findings = review.decide, review.findings
        self.commands.connect_all(
            {
                "new": self.starting.new_case,
                "open": self.starting.choose_case,
                "sample": self.starting.new_sample,
                "add": self.starting.choose_files,
                "add-folder": self.starting.choose_folder,
                "close-case": self.cases.close,
                "quit": self.close,
                "undo": self._undo,
                "redo": self._redo,
                "filter": self._filter,
                "clear-filter": findings.clear_filter,
                "next-step": self.signing_off.take_next,
                **{one.name: partial(self.signing_off.take, one.name) for one in STEPS},
                "people": self._show_people,
                "lists": self.choosing.show_lists,
                "always": lambda: self.choosing.list_text(Which.ALWAYS),
                "never": lambda: self.choosing.list_text(Which.NEVER),
                "who": self._show_who,
                "work-as": self.who.ask,
                "clear-clipboard": self._clipboard_chosen,
                "accept": lambda: decide(Action.REDACT),
                "reject": lambda: decide(Action.KEEP),
                "accept-all": lambda: decide(Action.REDACT, everywhere=True),
                "reject-all": lambda: decide(Action.KEEP, everywhere=True),
                "next": lambda: findings.step(1),
                "previous": lambda: findings.step(-1),
                "next-open": review.next_open,
                "mark": review.mark_selection,
                "box": self.moving.draw,
                "preview": self.choosing.preview,
                "dependants": review.show_dependants,
                "hidden": self.choosing.show_hidden,
                "embedded": self.choosing.take_out_embedded,
                "hidden-all": lambda: self.choosing.show_hidden(everything=True),
                "read-again": self.choosing.read_again,
                "leave-out": self.choosing.leave_out,
                "take-back": self.choosing.take_back,
                "stop-reading": self.choosing.stop_reading,
                "read-differently": self.choosing.read_differently,
                "zoom-in": lambda: self.moving.zoom(1),
                "zoom-out": lambda: self.moving.zoom(-1),
                "zoom-fit": lambda: self.moving.zoom(0),
                "next-pane": lambda: self.moving.cycle(1),
                "previous-pane": lambda: self.moving.cycle(-1),
                "review": lambda: self.tabs.setCurrentIndex(0),
                "sign-off": self._show_sign_off,
                "log": self._show_log,
                "second-line": self._show_second_line,
                "persons": self._show_persons,
                "second-look": self._show_second_look,
                "request": self._show_request,
                "small-numbers": self._show_numbers,
                "keys": self._keys,
                "detection": self._show_detection,
                "about": self._about,
            }
        )
        self.commands.reach([findings.table])
        self.starting.page.wanted.connect(self._start_wanted)
        self.who.signed_in.connect(self._signed_in)
        self.cases.began.connect(self._began)
        self.cases.changed.connect(self._show_case)
        self.cases.told.connect(self.tell)
        self.cases.keeping.connect(self._keeping)
        self.person.clicked.connect(self._show_who)
        review.told.connect(self.tell)
        self.choosing.told.connect(self.tell)
        self.table_deciding.told.connect(self.tell)
        review.place_changed.connect(self.place.setText)
        self.log.told.connect(self.tell)
        self.log.failed.connect(self.dialogs.show_error)
        self.second_line.told.connect(self.tell)
        self.persons.told.connect(self.tell)
        self.request.told.connect(self.tell)
        self.numbering.told.connect(self.tell)
        self.second_look.told.connect(self.tell)
        self.second_look.place_wanted.connect(self._go_to_lead)
        self.persons.mark_wanted.connect(self._go_to_mark)
        self.second_line.place_changed.connect(self.place.setText)
        self.second_line.block_activated.connect(self.go_to)
        self.tabs.currentChanged.connect(lambda _: self.moving.refresh())
        signing_off = self.signing_off
        signing_off.page_wanted.connect(self._show_sign_off)
        signing_off.go_wanted.connect(self.go_to)
        signing_off.mark_wanted.connect(self._go_to_mark)
        signing_off.sample_wanted.connect(self._show_sample)
        signing_off.files_wanted.connect(self.starting.choose_files)
        signing_off.told.connect(self.tell)

    def _clipboard_chosen(self) -> None:
        self.settings.clears_clipboard = self.commands["clear-clipboard"].isChecked()

    def _lay_out(self) -> None:
        self.tabs.addTab(self.review, "Review")
        self.tabs.addTab(self.signing_off.page, "Sign-off")
        self.tabs.addTab(self.second_look, "Second look")
        self.tabs.addTab(self.second_line, "Second line")
        self.tabs.addTab(self.persons, "Persons")
        self.tabs.addTab(self.numbers, "Small numbers")
        self.tabs.addTab(self.request, "Request and letter")
        self.tabs.addTab(self.log, "Log")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(
            "Review, sign-off, second look, second line, persons, small numbers, request and "
            "letter, or log"
        )
        self._case_page = QWidget()
        column = QVBoxLayout(self._case_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bars)
        column.addWidget(self.tabs, 1)
        self.pages.addWidget(self.starting.page)
        self.pages.addWidget(self._case_page)
        self.setCentralWidget(self.pages)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        for label, name in (
            (self.place, "Where you are"),
            (self.counts, "Decisions"),
            (self.saved, "Whether everything is saved"),
            (self.keeping, "Whether a backup is being kept"),
        ):
            label.setAccessibleName(name)
            bar.addPermanentWidget(label)
        self.commands.add_at_end(self.pill, self.person)
        self.commands["clear-clipboard"].setChecked(self.settings.clears_clipboard)
        self.resize(1440, 900)
        geometry = self.settings.load("geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

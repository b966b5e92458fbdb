"""The window: joins the commands to the pages of a case, and shows the one that is open."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from redactor.case.signing import Signer
from redactor.errors import BugError
from redactor.lists import Which
from redactor.model import Action
from ui import icons
from ui.case_tabs import CaseTabs
from ui.cases import Cases
from ui.choosing import Choosing
from ui.commands import Commands
from ui.dialogs.about import about_box, keys_box
from ui.dialogs.base import Dialogs
from ui.dialogs.detection import DetectionDialog
from ui.dialogs.people import PeopleDialog
from ui.dialogs.review import NotAddedDialog
from ui.errands import Errands
from ui.moving import Moving
from ui.numbering import Numbering
from ui.pane_widths import PaneWidths
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
from ui.status_line import StatusLine
from ui.table_deciding import TableDeciding
from ui.tasks import Courier, Lanes
from ui.undoing import Undoing


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
        self.bars = CaseBars()
        self.log = LogPage()
        self.review = ReviewPage(self.courier)
        self.second_line = SecondLinePage(self.courier)
        self.second_look = SecondLookPage(self.courier)
        self.request = RequestPage()
        self.numbers = NumbersPage()
        self.persons = PersonsPage(self.dialogs)
        self._panes = PaneWidths(
            self.settings,
            {
                "panes": self.review,
                "second-line-panes": self.second_line,
                "persons-panes": self.persons,
            },
        )
        self.pages = QStackedWidget()
        self.commands = Commands(self)
        self.moving = Moving(
            self.review, self.second_line, self.persons, self.numbers, self.commands, self
        )
        self.undoing = Undoing(self.commands)
        self.choosing = Choosing(self.review, self.commands, self.dialogs, self.courier, self)
        self.table_deciding = TableDeciding(self.review, self.dialogs, self.courier, self)
        self.signing_off = SigningOff(self.courier, self.dialogs, self)
        self.responding = Responding(self.request, self.courier, self.dialogs, self)
        self.numbering = Numbering(
            self.numbers, self.courier, self.lanes.counting, self.dialogs, self
        )
        self.tabs = CaseTabs(
            review=self.review,
            signing_off=self.signing_off,
            second_look=self.second_look,
            second_line=self.second_line,
            persons=self.persons,
            numbers=self.numbers,
            request=self.request,
            log=self.log,
        )
        self.status = StatusLine(self.statusBar())
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
        session.told.connect(self.status.tell)
        session.saving.connect(self._saving)
        for signal in (session.marks_added, session.marks_changed, session.document_changed):
            signal.connect(lambda *_: self._changed())
        session.rulings_changed.connect(self._changed)
        session.documents_changed.connect(self._changed)
        session.life_changed.connect(self._life_changed)

    def _show_case(self, session: Session | None) -> None:
        """Show another case, or the start page."""
        for one in (self.undoing, self.choosing, self.table_deciding, self.signing_off):
            one.set_session(session)
        self._fill_pages(session)
        self.moving.set_session(session)
        if session is not None:
            self.setWindowTitle(f"{session.ref} – Redactor")
            self.pages.setCurrentWidget(self._case_page)
            QTimer.singleShot(0, self._share_width)
            self.tabs.show_first(session.role)
        else:
            self.setWindowTitle("Redactor")
            self.pages.setCurrentWidget(self.starting.page)
            self.starting.show()
        self._saving(0)
        self._life_changed()
        self._changed()

    def _fill_pages(self, session: Session | None) -> None:
        """Fill the pages with a case, or empty them."""
        self.log.set_lane(session.lane if session is not None else None)
        for one in (
            self.review,
            self.second_line,
            self.second_look,
            self.responding,
            self.numbering,
            self.persons,
        ):
            one.set_session(session)

    def _share_width(self) -> None:
        if not self._closed:
            self._panes.restore()

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
        self.undoing.refresh()
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

    def _changed(self) -> None:
        session = self.session
        self.status.show_counts(session)
        if session is None:
            return
        self.signing_off.refresh()
        self.log.refresh_soon()
        self.undoing.refresh()

    def report_fault(self, kind: str) -> None:
        """Show that something failed that should not have."""
        self.dialogs.show_error(
            BugError(f"A fault in the program ({kind}). It was written to the log.")
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop everything: the window goes at once, the workers within two seconds."""
        if not self._closed:
            self._closed = True
            self.settings.keep("geometry", self.saveGeometry())
            self._panes.keep()
            self.hide()
            self._fill_pages(None)
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

    def _saving(self, writing: int) -> None:
        self.status.show_saving(writing, self.session)

    def _filter(self) -> None:
        self.tabs.show_review()
        self.moving.filter()

    def _start_wanted(self, what: str) -> None:
        self.commands[{"files": "add"}.get(what, what)].trigger()

    def _show_detection(self) -> None:
        self.dialogs.open(DetectionDialog(self.lanes, self.courier, self))

    def _connect(self) -> None:
        review, tabs, tell = self.review, self.tabs, self.status.tell
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
                "undo": self.undoing.undo,
                "redo": self.undoing.redo,
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
                "review": tabs.show_review,
                "sign-off": tabs.show_sign_off,
                "log": tabs.show_log,
                "second-line": tabs.show_second_line,
                "persons": tabs.show_persons,
                "second-look": tabs.show_second_look,
                "request": tabs.show_request,
                "small-numbers": tabs.show_numbers,
                "keys": lambda: self.dialogs.open(keys_box(self)),
                "detection": self._show_detection,
                "about": lambda: self.dialogs.open(about_box(self)),
            }
        )
        self.commands.reach([findings.table])
        self.starting.page.wanted.connect(self._start_wanted)
        self.who.signed_in.connect(self._signed_in)
        self.cases.began.connect(self._began)
        self.cases.changed.connect(self._show_case)
        self.cases.keeping.connect(self.status.show_keeping)
        self.person.clicked.connect(self._show_who)
        self.log.failed.connect(self.dialogs.show_error)
        tabs.currentChanged.connect(lambda _: self.moving.refresh())
        self.signing_off.files_wanted.connect(self.starting.choose_files)
        for page in (review, self.second_line):
            page.place_changed.connect(self.status.place.setText)
        for told in (
            self.cases.told,
            review.told,
            self.choosing.told,
            self.table_deciding.told,
            self.log.told,
            self.second_line.told,
            self.persons.told,
            self.request.told,
            self.numbering.told,
            self.second_look.told,
            self.signing_off.told,
        ):
            told.connect(tell)

    def _clipboard_chosen(self) -> None:
        self.settings.clears_clipboard = self.commands["clear-clipboard"].isChecked()

    def _lay_out(self) -> None:
        self._case_page = QWidget()
        column = QVBoxLayout(self._case_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bars)
        column.addWidget(self.tabs, 1)
        self.pages.addWidget(self.starting.page)
        self.pages.addWidget(self._case_page)
        self.setCentralWidget(self.pages)
        self.commands.add_at_end(self.pill, self.person)
        self.commands["clear-clipboard"].setChecked(self.settings.clears_clipboard)
        self.resize(1440, 900)
        geometry = self.settings.load("geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

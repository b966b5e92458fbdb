"""The window: opens and closes cases, and joins the commands to the panes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMainWindow,
    QMenu,
    QMessageBox,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from redactor import __version__
from redactor.config import cases_folder, resource_path
from redactor.errors import BugError, RedactorError
from redactor.model import Action
from redactor.review import Block
from ui import icons
from ui.commands import Commands, keys_html
from ui.dialogs import (
    CASE_FILTER,
    NameDialog,
    NewCaseDialog,
    NotAddedDialog,
    PreviewDialog,
    RulingDialog,
    files_filter,
    free_name,
    show_error,
)
from ui.export import ExportDialog
from ui.intake import NotAdded
from ui.panels.details import place_words
from ui.panels.documents import dropped_paths
from ui.panels.release import ReleasePage, allowed_rulings
from ui.panels.review import ReviewPage
from ui.panels.start import StartPage
from ui.panels.viewer import preload
from ui.session import Session
from ui.settings import Settings
from ui.tasks import Courier, Lanes

_STATUS_MS = 8000
_BLOCKS_MS = 250


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
        self.session: Session | None = None
        self.export_dialog: ExportDialog | None = None
        self._closed = False
        self._shared = False
        self._dialog: QWidget | None = None
        self.start = StartPage()
        self.review = ReviewPage()
        self.before_release = ReleasePage()
        self.tabs = QTabWidget()
        self.pages = QStackedWidget()
        self.commands = Commands(self)
        self.counts, self.place, self.saved, self.person = QLabel(), QLabel(), QLabel(), QLabel()
        self._blocks_timer = QTimer(self)
        self._blocks_timer.setSingleShot(True)
        self._blocks_timer.setInterval(_BLOCKS_MS)
        self._blocks_timer.timeout.connect(self._ask_blocks)
        self._lay_out()
        self._connect()
        self._show_case(None)

    # --- opening ------------------------------------------------------------------------------

    def begin(self, path: Path | None) -> None:
        """After the window is up: start the workers, ask who is working, open a case."""
        QTimer.singleShot(0, self.lanes.warm_up)
        preload()
        if path is not None:
            self.with_name(lambda: self.open_case(path))
        else:
            self.with_name(lambda: None)

    def with_name(self, do: Callable[[], object]) -> None:
        """Do something once the person's name is known."""
        if self.settings.name:
            do()
        else:
            self.ask_name(do)

    def ask_name(self, then: Callable[[], object] = lambda: None) -> None:
        """Ask who is working. A case that is open goes on under the new name."""
        dialog = NameDialog(self.settings.name, self)

        def accepted() -> None:
            self.settings.name = dialog.name
            self.person.setText(dialog.name)
            if self.session is not None:
                self.session.set_actor(dialog.name)
            then()

        self._open_dialog(dialog, accepted)

    def new_case(self, files: Sequence[Path] = ()) -> None:
        """Ask for a reference and make a case, with these files in it."""
        stem = files[0].stem if len(files) == 1 else ""
        dialog = NewCaseDialog(stem, self)
        paths = list(files)
        self._open_dialog(dialog, lambda: self.create_case(dialog.path, dialog.ref, paths))

    def create_case(self, path: Path, ref: str, files: Sequence[Path] = ()) -> None:
        """Make a case file, open it and add files."""
        session = self._begin_session(path)
        paths = list(files)
        if paths:
            session.opened.connect(lambda: session.add_paths(paths))
        session.create(ref)

    def open_case(self, path: Path) -> None:
        """Open a case file."""
        self._begin_session(path).open()

    def open_sample(self) -> None:
        """Make a case of the bundled invented documents, or open the one made before."""
        documents = resource_path("sample_case", "documents")
        path = free_name(cases_folder(), "Sample case")
        self.create_case(path, "Sample case (invented)", sorted(documents.iterdir()))

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Add files and folders to the case; without one, make it first."""
        if not paths:
            return
        if self.session is None:
            self.with_name(lambda: self.new_case(paths))
        else:
            self.session.add_paths(paths)

    def _begin_session(self, path: Path) -> Session:
        self.close_case()
        session = Session(path, self.settings.name, self.lanes, self.courier, self)
        session.opened.connect(lambda: self._show_case(session))
        session.open_failed.connect(self._open_failed)
        session.failed.connect(lambda error: show_error(self, error))
        session.not_added.connect(self._not_added)
        session.told.connect(self.tell)
        session.saving.connect(self._saving)
        for signal in (session.marks_added, session.marks_changed, session.document_changed):
            signal.connect(lambda *_: self._changed())
        session.rulings_changed.connect(self._changed)
        session.documents_changed.connect(self._changed)
        self.session = session
        self.review.set_session(session)
        return session

    def close_case(self) -> None:
        """Close the case that is open; what was decided is in its file already."""
        if self.session is not None:
            session, self.session = self.session, None
            self.review.set_session(None)
            session.close()
            session.deleteLater()
            self._show_case(None)

    def _open_failed(self, error: RedactorError) -> None:
        self.close_case()
        show_error(self, error)

    def _show_case(self, session: Session | None) -> None:
        is_open = session is not None
        self.commands.enable_case(is_open)
        if session is not None:
            self.settings.opened(session.path)
            self.setWindowTitle(f"{session.ref} – Redactor")
            self.tabs.setCurrentIndex(0)
            self.pages.setCurrentWidget(self.tabs)
            QTimer.singleShot(0, self._share_width)
            self.review.documents.list.setFocus()
        else:
            self.setWindowTitle("Redactor")
            self.start.show_recent(self.settings.recent)
            self.pages.setCurrentWidget(self.start)
            self.start.buttons["new"].setFocus()
        self.person.setText(self.settings.name)
        self._saving(0)
        self._changed()
        self._viewer_changed()

    def _share_width(self) -> None:
        """Share the width between the panes, once, when they are first seen."""
        if not self._shared and not self._closed:
            self._shared = True
            self.review.restore_panes(self.settings.load("panes"))

    # --- files --------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for files to add."""
        names, _ = QFileDialog.getOpenFileNames(self, "Add documents", "", files_filter())
        self.add_paths([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder to add."""
        name = QFileDialog.getExistingDirectory(self, "Add all documents of a folder")
        if name:
            self.add_paths([Path(name)])

    def choose_case(self) -> None:
        """Ask for a case to open."""
        name, _ = QFileDialog.getOpenFileName(self, "Open a case", str(cases_folder()), CASE_FILTER)
        if name:
            self.with_name(lambda: self.open_case(Path(name)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        event.acceptProposedAction()
        self.add_paths(dropped_paths(event.mimeData().urls()))

    def _not_added(self, files: list[NotAdded]) -> None:
        self._open_dialog(NotAddedDialog(files, self))

    # --- release ------------------------------------------------------------------------------

    def export(self) -> None:
        """Open the export dialog."""
        if self.session is not None:
            self.export_dialog = ExportDialog(self.session, self.courier, self)
            self.export_dialog.block_chosen.connect(self.go_to)
            self._open_dialog(self.export_dialog)

    def go_to(self, block: Block) -> None:
        """Go to what a block is about; the case as a whole wants documents."""
        self.tabs.setCurrentIndex(0)
        self.review.go_to(block)

    def rule(self, block: Block) -> None:
        """Ask for a ruling on a part that could not be read."""
        session = self.session
        if session is None or block.document is None:
            return
        number = block.document
        name = session.documents[number].name
        what = f"{name}: {place_words(block.place)}" if block.place else name
        rulings = allowed_rulings(session, block)
        if not rulings:
            self.go_to(block)
            return
        dialog = RulingDialog(what, block.message, rulings, session.actor, self)

        def accepted() -> None:
            if dialog.ruling is not None:
                session.rule(number, block.place, dialog.ruling, dialog.reason.toPlainText())

        self._open_dialog(dialog, accepted)

    def _changed(self) -> None:
        session = self.session
        if session is None:
            self.counts.clear()
            return
        self._blocks_timer.start()
        counts = session.marks.counts()
        self.counts.setText(
            f"{counts.undecided:,} to decide  ·  {counts.redact:,} redact  ·  {counts.keep:,} keep"
        )
        self.commands["undo"].setEnabled(session.can_undo)
        self.commands["redo"].setEnabled(session.can_redo)

    def _ask_blocks(self) -> None:
        if self.session is not None and self.before_release.isVisible():
            session = self.session
            session.ask_blocks(lambda blocks: self.before_release.show_blocks(session, blocks))

    # --- the rest -----------------------------------------------------------------------------

    def report_fault(self, kind: str) -> None:
        """Show that something failed that should not have."""
        show_error(self, BugError(f"A fault in the program ({kind}). It was written to the log."))

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
            self.hide()
            self.courier.close()
            self.review.set_session(None)
            if self.session is not None:
                self.session.readings.close()
            if self._owns_lanes:
                self.lanes.close()
            if self.session is not None:
                self.session.close()
                self.session = None
        event.accept()

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
        self.review.findings.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.review.findings.search.selectAll()

    def _draw(self) -> None:
        viewer = self.review.viewing.viewer
        if viewer is not None:
            viewer.set_drawing(self.commands["box"].isChecked())
            viewer.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _drawing_ended(self) -> None:
        self.commands["box"].setChecked(False)
        if self.review.viewing.viewer is not None:
            self.review.viewing.viewer.set_drawing(False)

    def _viewer_changed(self) -> None:
        viewer = self.review.viewing.viewer
        self.commands["box"].setChecked(False)
        self.commands["box"].setEnabled(viewer is not None and viewer.can_draw)
        self.commands["mark"].setEnabled(viewer is not None)
        for name in ("zoom-in", "zoom-out", "zoom-fit"):
            self.commands[name].setEnabled(viewer is not None)
        if viewer is not None:
            self.commands.reach([viewer])

    def _zoom(self, steps: int) -> None:
        if self.review.viewing.viewer is not None:
            self.review.viewing.viewer.zoom(steps)

    def _cycle(self, by: int) -> None:
        if self.session is None or self.tabs.currentIndex() != 0:
            return
        panes = self.review.panes()
        focus = QApplication.focusWidget()
        at = (
            next(
                (n for n, pane in enumerate(panes) if focus is pane or pane.isAncestorOf(focus)),
                -by,
            )
            if focus is not None
            else -by
        )
        panes[(at + by) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _preview(self) -> None:
        mark = self.review.findings.current()
        if self.session is not None and mark is not None:
            self.session.preview(mark.id, lambda text: PreviewDialog(text, self).open())

    def _read_again(self) -> None:
        document = self._document()
        if document is not None and self.session is not None:
            if self.session.documents[document].status in {"refused", "stopped"}:
                self.session.read_again(document)
            else:
                self.tell("The document was read already, or is being read.")

    def _stop_reading(self) -> None:
        document = self._document()
        if document is not None and self.session is not None:
            self.session.stop_reading(document)

    def _document(self) -> int | None:
        return self.review.documents.current

    def _document_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for name in ("read-again", "stop-reading", "add"):
            menu.addAction(self.commands[name])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _menu(self, at: QPoint) -> None:
        menu = self.commands.context_menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _start_wanted(self, what: str) -> None:
        self.commands[{"files": "add"}.get(what, what)].trigger()

    def _keys(self) -> None:
        self._message("Keys", keys_html())

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
        self._open_dialog(box)

    def _open_dialog(self, dialog: QWidget, accepted: Callable[[], object] | None = None) -> None:
        """Show a dialog over the window, without a second event loop."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if accepted is not None:
            dialog.accepted.connect(accepted)  # type: ignore[attr-defined]
        self._dialog = dialog
        dialog.open()  # type: ignore[attr-defined]

    def _connect(self) -> None:
        review = self.review
        decide, findings = review.decide, review.findings
        self.commands.connect_all(
            {
                "new": lambda: self.with_name(self.new_case),
                "open": self.choose_case,
                "sample": lambda: self.with_name(self.open_sample),
                "add": self.choose_files,
                "add-folder": self.choose_folder,
                "export": self.export,
                "quit": self.close,
                "undo": self._undo,
                "redo": self._redo,
                "filter": self._filter,
                "clear-filter": findings.clear_filter,
                "name": self.ask_name,
                "accept": lambda: decide(Action.REDACT),
                "reject": lambda: decide(Action.KEEP),
                "accept-all": lambda: decide(Action.REDACT, everywhere=True),
                "reject-all": lambda: decide(Action.KEEP, everywhere=True),
                "next": lambda: findings.step(1),
                "previous": lambda: findings.step(-1),
                "next-open": review.next_open,
                "mark": review.mark_selection,
                "box": self._draw,
                "preview": self._preview,
                "read-again": self._read_again,
                "stop-reading": self._stop_reading,
                "zoom-in": lambda: self._zoom(1),
                "zoom-out": lambda: self._zoom(-1),
                "zoom-fit": lambda: self._zoom(0),
                "next-pane": lambda: self._cycle(1),
                "previous-pane": lambda: self._cycle(-1),
                "review": lambda: self.tabs.setCurrentIndex(0),
                "before-release": lambda: self.tabs.setCurrentIndex(1),
                "keys": self._keys,
                "about": self._about,
            }
        )
        self.commands.reach([findings.table])
        self.start.wanted.connect(self._start_wanted)
        self.start.recent_wanted.connect(lambda path: self.with_name(lambda: self.open_case(path)))
        review.told.connect(self.tell)
        review.menu_wanted.connect(self._menu)
        review.document_menu_wanted.connect(self._document_menu)
        review.place_changed.connect(self.place.setText)
        review.viewer_changed.connect(self._viewer_changed)
        review.drawing_ended.connect(self._drawing_ended)
        self.before_release.shown.connect(self._ask_blocks)
        self.before_release.block_activated.connect(self._block_activated)
        self.before_release.ruling_wanted.connect(self.rule)
        self.before_release.export_wanted.connect(self.export)

    def _block_activated(self, block: Block) -> None:
        if block.kind == "empty":
            self.choose_files()
        else:
            self.go_to(block)

    def _lay_out(self) -> None:
        self.tabs.addTab(self.review, "Review")
        self.tabs.addTab(self.before_release, "Before release")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName("Review or before release")
        self.pages.addWidget(self.start)
        self.pages.addWidget(self.tabs)
        self.setCentralWidget(self.pages)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        for label, name in (
            (self.place, "Where you are"),
            (self.counts, "Decisions"),
            (self.saved, "Whether everything is saved"),
            (self.person, "Who is working"),
        ):
            label.setAccessibleName(name)
            bar.addPermanentWidget(label)
        self.person.setToolTip("Decisions are recorded with this name")
        self.resize(1440, 900)
        geometry = self.settings.load("geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

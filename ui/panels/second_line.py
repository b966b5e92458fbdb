"""The second line: a reviewer's order of work, the findings of each item, source and release.

Nothing is decided here, so that looking at a case never costs anybody the right to approve it.
What a reviewer has to say goes into comments, which take no submission away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from redactor.app.second_line import Item, Section, second_line
from redactor.app.submitted_files import CandidateView, candidate_files
from redactor.errors import RedactorError
from redactor.events import EventKind, Mark
from ui.panels.recheck import RecheckPanel
from ui.panels.side_by_side import SideBySide
from ui.panels.work_list import WorkListPanel
from ui.panels.work_pane import WorkPane
from ui.session import Session
from ui.tasks import Courier

#: Changes that come at once are taken over together; a finding held by the arrow key waits so long
#: before its document is opened. In milliseconds.
_REFRESH_MS = 250
_SHOW_MS = 90
#: How the width is shared between the list, the findings and the documents.
_SHARES = (0.17, 0.25, 0.58)


class SecondLinePage(QWidget):
    """Joins the three panes.

    Signals:
        told: a sentence for the status bar.
        place_changed: what is being looked at.
        block_activated: a person goes to something that blocks and is no finding; a ``Block``.
    """

    told = Signal(str)
    place_changed = Signal(str)
    block_activated = Signal(object)

    def __init__(self, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._stale = True
        self._asked = False
        self._shape: QByteArray | None = None
        self.work = WorkListPanel()
        self.findings = WorkPane()
        self.documents = SideBySide()
        self.recheck = RecheckPanel(courier)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.modes = QTabBar()
        self.stack = QStackedWidget()
        self._refreshing = self._timer(_REFRESH_MS, self._ask)
        self._showing = self._timer(_SHOW_MS, self._show_mark)
        self._lay_out()
        self._connect()

    def _timer(self, interval: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self, interval=interval, singleShot=True)
        timer.timeout.connect(do)
        return timer

    # --- the case -----------------------------------------------------------------------------

    def set_session(self, session: Session | None) -> None:
        """Show another case, or none."""
        self._session = session
        self._stale, self._asked = True, False
        for timer in (self._refreshing, self._showing):
            timer.stop()
        self.work.model.forget()
        self.findings.set_session(session)
        self.documents.set_session(session)
        self.recheck.set_session(session)
        if session is not None:
            for signal in (
                session.documents_changed,
                session.document_changed,
                session.marks_added,
                session.marks_changed,
                session.rulings_changed,
                session.life_changed,
                session.remarks.changed,
            ):
                signal.connect(self._changed)
            self._changed()

    def show_sample(self) -> None:
        """Read the re-check sample."""
        self.modes.setCurrentIndex(1)
        if self.recheck.is_drawn:
            self.recheck.take()
        self.recheck.draw.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_released(self, document: int) -> None:
        """Show source and release of a document that a passage of the sample is of."""
        self.modes.setCurrentIndex(0)
        self.documents.show_document(document)

    def panes(self) -> tuple[QWidget, ...]:
        """Give what F6 goes round."""
        if self.modes.currentIndex():
            return (self.recheck.text,)
        viewers = (self.documents.source.viewer, self.documents.release.viewer)
        return (
            self.work.tree,
            self.findings.table,
            self.findings.card,
            *(one for one in viewers if one is not None),
        )

    def zoom(self, steps: int) -> None:
        """Show source and release larger or smaller; 0 fits the width."""
        for viewer in (self.documents.source.viewer, self.documents.release.viewer):
            if viewer is not None:
                viewer.zoom(steps)

    def restore_panes(self, shape: QByteArray) -> None:
        """Give the panes the widths that were kept, or good ones, once the page is seen."""
        self._shape = shape
        if self.isVisible():
            self._shape_panes()

    def _shape_panes(self) -> None:
        shape, self._shape = self._shape, None
        if shape is not None and (shape.isEmpty() or not self.splitter.restoreState(shape)):
            self.splitter.setSizes([round(self.width() * share) for share in _SHARES])

    def showEvent(self, event: QShowEvent) -> None:
        """Take over what has changed while the page was not seen."""
        super().showEvent(event)
        QTimer.singleShot(0, self._shape_panes)  # it has its width then
        if self._stale:
            self._refreshing.start(0)

    def _changed(self, *_: object) -> None:
        self._stale = True
        if self.isVisible() and not self._refreshing.isActive():
            self._refreshing.start(_REFRESH_MS)

    def _ask(self) -> None:
        """Ask for the list; one at a time, for it takes a while in a large case."""
        session = self._session
        if session is None or self._asked or not self.isVisible():
            return
        self._stale, self._asked = False, True

        def take(answer: tuple[tuple[Section, ...], tuple[CandidateView, ...]]) -> None:
            if session is self._session:
                self._asked = False
                self._take(session, *answer)

        def failed(error: RedactorError) -> None:
            if session is self._session:
                self._asked = False
                session.failed.emit(error)

        session.lane.ask(lambda case: (second_line(case), candidate_files(case)), take, failed)

    def _take(
        self, session: Session, sections: Sequence[Section], files: Sequence[CandidateView]
    ) -> None:
        names = {number: one.name for number, one in session.documents.items()}
        self.documents.show_files(files)
        self.work.show_work(sections, names)
        self.findings.refresh()
        if self._stale:
            self._changed()

    # --- what is chosen -----------------------------------------------------------------------

    def _item_chosen(self, item: Item | None) -> None:
        self.findings.show_item(item)
        if item is not None and not item.marks and item.document is not None:
            self.documents.show_document(item.document)

    def _item_entered(self, item: Item) -> None:
        if item.block is not None and not item.marks:
            self.block_activated.emit(item.block)
        elif item.marks:
            self.findings.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif (viewer := self.documents.source.viewer) is not None:
            viewer.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _mark_chosen(self, mark: Mark | None) -> None:
        if mark is not None:
            self._showing.start()

    def _show_mark(self) -> None:
        mark = self.findings.current
        if mark is not None:
            self.documents.show_mark(mark)

    def _mark_activated(self, mark_id: int) -> None:
        """Choose a finding that was clicked in the source; one of another item, in its document."""
        if self.findings.select(mark_id) or self._session is None:
            return
        mark = self._session.marks.by_id[mark_id]
        self.work.choose(f"document:{mark.document}")
        self.findings.select(mark_id)

    def _leave_table(self) -> None:
        self.work.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _comment(self) -> None:
        session = self._session
        if session is None:
            return
        if self.findings.current is None:
            self.told.emit("Choose a finding first.")
        elif why := session.objection(EventKind.COMMENTED):
            self.told.emit(why)
        else:
            self.findings.write_comment()

    def _connect(self) -> None:
        self.work.chosen.connect(self._item_chosen)
        self.work.entered.connect(self._item_entered)
        self.findings.chosen.connect(self._mark_chosen)
        self.findings.entered.connect(self._show_mark)
        self.findings.left.connect(self._leave_table)
        self.findings.comment_wanted.connect(self._comment)
        self.documents.mark_activated.connect(self._mark_activated)
        self.documents.place_changed.connect(self.place_changed)
        self.recheck.told.connect(self.told)
        self.recheck.document_wanted.connect(self._show_released)
        self.modes.currentChanged.connect(self.stack.setCurrentIndex)
        key = QShortcut(QKeySequence("C"), self.splitter)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._comment)

    def _lay_out(self) -> None:
        for pane, least in ((self.work, 170), (self.findings, 230), (self.documents, 450)):
            pane.setMinimumWidth(least)
            self.splitter.addWidget(pane)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(2, 1)
        for title in ("Order of &work", "Re-chec&k sample"):
            self.modes.addTab(title)
        self.modes.setAccessibleName("Order of work, or re-check sample")
        self.modes.setDrawBase(False)
        self.modes.setExpanding(False)
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.recheck)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 8)
        layout.setSpacing(4)
        layout.addWidget(self.modes)
        layout.addWidget(self.stack)

"""The review: documents at the left, the document in the middle, findings at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from redactor.events import Mark
from redactor.model import Action, Area, Span
from redactor.review import Block, Comment
from ui.marks import Counts, Marks
from ui.panels.decision import DecisionPanel, Ground
from ui.panels.dependants import DependantsPane
from ui.panels.details import DetailsPanel
from ui.panels.documents import DocumentsPanel
from ui.panels.findings import FindingsPanel
from ui.panels.viewer import ViewerPane
from ui.session import Session
from ui.tasks import Courier
from ui.viewers.base import Selection

_REFRESH_MS = 120
#: How the width is shared between documents, viewer and findings.
_SHARES = (0.16, 0.46, 0.38)


def _no_comments(_: int) -> tuple[Comment, ...]:
    return ()


class ReviewPage(QWidget):
    """Holds the panes together: what is chosen in one is shown in the others.

    Signals:
        told: a sentence for the status bar.
        menu_wanted: the context menu of the table is wanted; the point on the screen.
        document_menu_wanted: that of the list of documents.
        place_changed: what is being looked at.
        viewer_changed: another viewer is shown, or none.
        drawing_ended: a box was drawn; the drawing tool is put down.
    """

    told = Signal(str)
    menu_wanted = Signal(QPoint)
    document_menu_wanted = Signal(QPoint)
    place_changed = Signal(str)
    viewer_changed = Signal()
    drawing_ended = Signal()

    def __init__(self, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._number: int | None = None
        self._waiting: Callable[[Ground], None] | None = None
        self._back_to: QWidget | None = None
        self._nothing = Marks()
        self._heard = False
        #: What is selected, while it is asked for by something that marks nothing.
        self._listening: list[Selection] | None = None
        self.documents = DocumentsPanel()
        self.details = DetailsPanel()
        self.viewing = ViewerPane()
        self.dependants = DependantsPane(courier)
        self.dependants.hide()
        self.findings = FindingsPanel(self._nothing)
        self.decision = DecisionPanel()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.left = QSplitter(Qt.Orientation.Vertical)
        self._details_timer = QTimer(self)
        self._details_timer.setSingleShot(True)
        self._details_timer.setInterval(_REFRESH_MS)
        self._details_timer.timeout.connect(self._show_details)
        self._lay_out()
        self._connect()

    def restore_panes(self, shape: QByteArray) -> None:
        """Give the panes the widths that were kept, or good ones for this window."""
        if shape.isEmpty() or not self.splitter.restoreState(shape):
            self.splitter.setSizes([round(self.width() * share) for share in _SHARES])

    # --- the case -----------------------------------------------------------------------------

    def set_session(self, session: Session | None) -> None:
        """Show another case, or none."""
        self._session = session
        self._number = None
        self.viewing.close_viewer()
        self.dependants.set_session(session)
        self.documents.model.set_session(session)
        self.findings.set_marks(session.marks if session else self._nothing)
        self.findings.set_document(None)
        self.findings.model.set_comments(session.remarks.of if session else _no_comments)
        if session is not None:
            session.documents_changed.connect(self._documents_changed)
            session.document_changed.connect(self._document_changed)
            session.marks_added.connect(self._marks_added)
            session.marks_changed.connect(self._marks_changed)
            session.marks_forgotten.connect(self._marks_forgotten)
            session.life_changed.connect(self._life_changed)
            session.remarks.changed.connect(self._comments_changed)
            self._remember(session)
        self._life_changed()
        self._show_document()

    @property
    def number(self) -> int | None:
        """Give the document that is looked at."""
        return self._number

    def panes(self) -> tuple[QWidget, ...]:
        """Give what F6 goes round."""
        viewer = self.viewing.viewer
        middle = (viewer,) if viewer is not None else ()
        reason = self.decision.reasons[Action.REDACT]
        under = (self.dependants.list,) if self.dependants.isVisible() else ()
        return (
            self.documents.list,
            *middle,
            *under,
            self.findings.table,
            reason,
            self.details.text,
        )

    def _comments_changed(self, ids: frozenset[int]) -> None:
        self.findings.model.refresh(tuple(ids))
        self._show_comments()

    def _show_comments(self) -> None:
        mark = self.findings.current()
        said = self._session.remarks.of(mark.id) if mark and self._session else ()
        self.details.show_comments(said)

    def _remember(self, session: Session) -> None:
        self.decision.remember(
            session.last_exemption, session.last_reasons, session.last_public_interest
        )

    def _life_changed(self) -> None:
        """Let decide who may, and nobody else."""
        self.decision.allow(on=self._session is None or self._session.can_decide)
        if self._session is not None:
            self.decision.set_regime(self._session.regime)
            self.decision.exemption.offer_used(self._session.marks.cited)
        self._show_decision()

    def _documents_changed(self) -> None:
        self.documents.model.take_in_new()
        if self._session is not None:
            for number, document in self._session.documents.items():
                self.findings.model.set_name(number, document.name)
        if self.documents.current is None and self.documents.model.rowCount():
            self.documents.list.setCurrentIndex(self.documents.model.index(0))

    def _document_changed(self, number: int) -> None:
        self.documents.model.refresh(number)
        if number == self._number:
            self._details_timer.start()
            self._show_document()

    # --- documents ----------------------------------------------------------------------------

    def choose_document(self, number: int) -> None:
        """Look at a document."""
        self.documents.choose(number)

    def _chosen(self, number: int) -> None:
        if number == self._number:
            return
        self._number = number
        self.viewing.close_viewer()
        self.dependants.show_cell(number, "")
        self._show_document()
        self.findings.set_document(number)
        self._show_details()
        self._current_changed(self.findings.current())

    def _show_document(self) -> None:
        session = self._session
        document = session.documents.get(self._number or 0) if session else None
        self.viewing.show_document(session, document)

    def _show_details(self) -> None:
        session = self._session
        document = session.documents.get(self._number or 0) if session else None
        counts = session.marks.counts(self._number) if session and document else Counts()
        self.details.show_document(document, counts)

    # --- marks --------------------------------------------------------------------------------

    def _marks_added(self, marks: list[Mark]) -> None:
        self.findings.model.add(marks)
        self.viewing.add(marks)
        if self.findings.current() is None and self.findings.model.rowCount():
            self.findings.select_row(0)

    def _marks_forgotten(self, number: int) -> None:
        self.findings.model.forget()
        self.findings.show_count()
        if number == self._number:
            self.viewing.close_viewer()  # it shows the document as it was read before

    def _marks_changed(self, ids: tuple[int, ...], reveal: bool) -> None:
        self.findings.model.refresh(ids)
        self.findings.show_count()
        self.viewing.refresh(ids)
        if reveal and ids:
            self.reveal(ids[0])
        self._show_decision()

    def reveal(self, mark_id: int) -> None:
        """Go to a mark, in whatever document it is."""
        mark = self._session.marks.by_id.get(mark_id) if self._session else None
        if mark is None or self._session is None:
            return
        if mark.document != self._number:
            self.choose_document(mark.document)
        if not self._session.marks.is_gone(mark):
            self.findings.reveal(mark_id)

    def _current_changed(self, mark: Mark | None) -> None:
        if mark is not None and mark.document != self._number and self.findings.is_all_documents:
            self.choose_document(mark.document)
        self.viewing.show_mark(mark.id if mark is not None else None)
        if mark is not None and mark.hidden is not None and isinstance(mark.target, Span):
            self.viewing.show_page_beside(mark.target.segment)
        self._show_decision()

    def _show_decision(self) -> None:
        mark = self.findings.current()
        decision = self._session.marks.decisions.get(mark.id) if mark and self._session else None
        self.decision.show_mark(mark, decision, self.findings.selected_count())
        self._show_comments()

    # --- deciding -----------------------------------------------------------------------------

    def decide(self, action: Action, *, everywhere: bool = False) -> None:
        """Decide on what is selected, or on all of the current text, and go on."""
        mark = self.findings.current()
        session = self._session
        ids = self.findings.selected_ids() or ([mark.id] if mark else [])
        if session is None or mark is None or not ids:
            self.told.emit("Choose a finding first.")
            return

        def do(ground: Ground) -> None:
            if everywhere:
                session.decide_same_text(mark.id, action, *astuple(ground))
            else:
                session.decide(ids, action, *astuple(ground))
            self._go_on()

        self._with_ground(action, do)

    def next_open(self) -> None:
        """Go to the next finding to decide, in another document where this one has none."""
        session = self._session
        if session is None or self.findings.go_to_next_undecided(session.pending):
            return
        for number in self._documents_from_here():
            if session.marks.counts(number).undecided:
                self.choose_document(number)
                self.findings.clear_filter()
                self.findings.go_to_next_undecided(session.pending)
                return
        self.told.emit("Every finding of the case is decided.")

    def go_to(self, block: Block) -> None:
        """Go to what a block is about: the finding, what is wanting in its decision, the place."""
        if block.document is None or self._session is None:
            return
        self.choose_document(block.document)
        if block.mark is not None:
            self.findings.scope.setCurrentIndex(0)
            self._go_to_mark(block.kind, block.mark)
        elif self.viewing.show_place(block.place) and self.viewing.viewer is not None:
            self.viewing.viewer.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.details.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_mark(self, kind: str, mark_id: int) -> None:
        if kind == "undecided":
            self.findings.show_undecided()
            if not self.findings.select_mark(mark_id) and self._session is not None:
                self.findings.go_to_next_undecided(self._session.pending)
            self.findings.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.findings.reveal(mark_id)
        decision = self._session.marks.decisions.get(mark_id) if self._session else None
        if decision is not None:
            self.decision.mend(decision)

    def _go_on(self) -> None:
        session = self._session
        if session is not None and not self.findings.go_to_next_undecided(session.pending):
            here = "Every finding listed here is decided."
            left = session.marks.counts().undecided - len(session.pending)
            self.told.emit(f"{here} U goes to the next document." if left > 0 else here)

    def with_ground(self, action: Action, do: Callable[[Ground], None]) -> None:
        """Do something with exemption and reason, asked for where they are missing."""
        self._with_ground(action, do)

    def hear(self) -> None:
        """Know that what is selected is being decided on by somebody else."""
        self._heard = True

    def _with_ground(self, action: Action, do: Callable[[Ground], None]) -> None:
        """Do something with exemption and reason; ask for the reason first where it is missing."""
        focus = QApplication.focusWidget()
        ground = self.decision.ground(action)
        if ground is not None:
            do(ground)
            return
        self._waiting = do
        self._back_to = focus if focus is not None and self.isAncestorOf(focus) else None

    def _completed(self, action: Action) -> None:
        ground = self.decision.ground(action)
        if ground is None:  # the next thing is missing, and was asked for
            return
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting(ground)
        self._leave_reason()

    def _leave_reason(self) -> None:
        back, self._back_to = self._back_to, None
        inside = back is not None and (back is self.decision or self.decision.isAncestorOf(back))
        target = self.findings.table if back is None or inside else back
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_dependants(self) -> None:
        """Show what is computed from the cell that is chosen, or hide it again."""
        self.dependants.setVisible(not self.dependants.isVisible())

    def _go_to_cell(self, place: str) -> None:
        if self.viewing.show_place(place) and self.viewing.viewer is not None:
            self.viewing.viewer.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- marking by hand ----------------------------------------------------------------------

    def mark_selection(self) -> None:
        """Mark what is selected in the viewer."""
        if self.viewing.viewer is None:
            return
        self._heard = False
        self.viewing.viewer.mark_selection()
        if not self._heard:
            self.told.emit("Select text or cells in the document first.")

    def chosen_text(self) -> str:
        """Give the text that is selected in the viewer where it has the focus, else the finding."""
        viewer, mark = self.viewing.viewer, self.findings.current()
        if viewer is not None and viewer.hasFocus():
            self._listening = []
            viewer.mark_selection()
            selections, self._listening = self._listening, None
            if selections:
                return " ".join(one.text for one in selections)
        return mark.text if mark is not None else ""

    def _selected(self, selections: list[Selection]) -> None:
        self._heard = True
        if self._listening is not None:
            self._listening.extend(selections)
            return
        session, number = self._session, self._number
        if session is None or number is None or not selections:
            return
        self._with_ground(
            Action.REDACT,
            lambda ground: session.mark_spans(number, selections, *astuple(ground)),
        )

    def _drawn(self, area: Area) -> None:
        session, number = self._session, self._number
        if session is None or number is None:
            return
        self._with_ground(
            Action.REDACT,
            lambda ground: session.mark_area(number, area, *astuple(ground)),
        )
        self.drawing_ended.emit()

    # --- inside -------------------------------------------------------------------------------

    def _documents_from_here(self) -> Sequence[int]:
        numbers = sorted(self._session.documents) if self._session else []
        at = numbers.index(self._number) + 1 if self._number in numbers else 0
        return [*numbers[at:], *numbers[:at]]

    def _read_again(self, number: int) -> None:
        if self._session is not None:
            self._session.read_again(number)

    def _stop_reading(self, number: int) -> None:
        if self._session is not None:
            self._session.stop_reading(number)

    def _connect(self) -> None:
        self.documents.chosen.connect(self._chosen)
        self.documents.list.customContextMenuRequested.connect(
            lambda at: self.document_menu_wanted.emit(
                self.documents.list.viewport().mapToGlobal(at)
            )
        )
        self.findings.current_changed.connect(self._current_changed)
        self.findings.selection_changed.connect(self._show_decision)
        self.findings.menu_wanted.connect(self.menu_wanted)
        self.findings.table.activated.connect(
            lambda _: self._current_changed(self.findings.current())
        )
        self.decision.decided.connect(self.decide)
        self.decision.decided_everywhere.connect(lambda one: self.decide(one, everywhere=True))
        self.decision.completed.connect(self._completed)
        self.decision.left.connect(self._leave_reason)
        self.viewing.mark_activated.connect(self.findings.reveal)
        self.viewing.selected.connect(self._selected)
        self.viewing.area_drawn.connect(self._drawn)
        self.viewing.place_changed.connect(self.place_changed)
        self.viewing.viewer_changed.connect(self.viewer_changed)
        self.viewing.cell_chosen.connect(
            lambda place: self.dependants.show_cell(self._number or 0, place)
        )
        self.dependants.place_wanted.connect(self._go_to_cell)
        self.dependants.redaction_wanted.connect(self._selected)
        self.dependants.closed.connect(self.dependants.hide)
        self.details.read_again.connect(self._read_again)
        self.details.stop_reading.connect(self._stop_reading)

    def _lay_out(self) -> None:
        self.left.addWidget(self.documents)
        self.left.addWidget(self.details)
        self.left.setStretchFactor(0, 3)
        self.left.setStretchFactor(1, 2)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.findings, 1)
        column.addWidget(self.decision)
        self.splitter.addWidget(self.left)
        self.middle = QSplitter(Qt.Orientation.Vertical)
        self.middle.addWidget(self.viewing)
        self.middle.addWidget(self.dependants)
        self.middle.setStretchFactor(0, 3)
        self.middle.setStretchFactor(1, 1)
        self.middle.setChildrenCollapsible(False)
        self.splitter.addWidget(self.middle)
        self.splitter.addWidget(right)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(1, 1)
        self.viewing.setMinimumWidth(300)
        right.setMinimumWidth(360)
        self.left.setMinimumWidth(160)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addWidget(self.splitter)

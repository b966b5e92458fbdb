"""The middle of the second line: an item, its findings, all of one finding, and a comment on it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from redactor.app.second_line import Item
from redactor.events import EventKind, Mark
from ui import icons, theme
from ui.marks import Marks
from ui.panels.work_findings import WorkColumn, WorkFindingsModel, card_html, is_exemption
from ui.panels.work_list import HEAD_HEIGHT, counts_words, item_title
from ui.session import Session

_SAMPLES = {
    WorkColumn.STATE: "To decide",
    WorkColumn.TEXT: "Marlshire Constabulary",
    WorkColumn.PLACE: "Page 12, box",
    WorkColumn.LIMB: "s40(2) by s40(3A)(a)",
    WorkColumn.REASON: "Names a member of the public who",
    WorkColumn.WHO: "Morwenna Teague",
}
_AIR, _ICON = 18, 28


class _Table(QTableView):
    """Findings; Enter looks at one, Escape goes back to the order of work.

    Signals:
        left: Escape was pressed.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Escape, to a finding with Enter; leave letters to the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.activated.emit(self.currentIndex())
        elif event.text().isalpha():
            event.ignore()
            return
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class _Editor(QPlainTextEdit):
    """A comment being written: Ctrl+Enter records it, Escape drops it.

    Signals:
        done, dropped: one of these keys was pressed.
    """

    done = Signal()
    dropped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Record with Ctrl+Enter, drop with Escape."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        elif control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.done.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class WorkPane(QWidget):
    """An item of work and its findings.

    Signals:
        chosen: another finding is the current one; a ``Mark`` or None.
        entered: a person wants to see the current finding (Enter).
        left: a person goes back to the order of work (Escape).
        comment_wanted: the button for a comment was pressed.
    """

    chosen = Signal(object)
    entered = Signal()
    left = Signal()
    comment_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._item: Item | None = None
        self._about: Mark | None = None
        self.title, self.detail, self.notes = QLabel(), QLabel(), QLabel()
        self.model = WorkFindingsModel(self)
        self.table = _Table()
        self.card = QTextBrowser()
        self.comment = QPushButton(icons.icon("comment"), "&Comment…")
        self.editor = _Editor()
        self.record = QPushButton("&Record comment")
        self.drop = QPushButton("Cancel")
        self._writing = QFrame()
        self._build()
        self._lay_out()
        self._connect()
        self.show_item(None)

    # --- the case and the item ----------------------------------------------------------------

    def set_session(self, session: Session | None) -> None:
        """Show another case, or none."""
        self._session = session
        self._item = None
        self._stop_writing()
        self.show_item(None)
        if session is not None:
            session.remarks.changed.connect(self.refresh)
            session.marks_added.connect(self.refresh)
            session.life_changed.connect(self._allow)

    def show_item(self, item: Item | None) -> None:
        """Show an item; the finding that was chosen stays chosen where it is in it."""
        kept = self.current
        self._item = item
        session = self._session
        names = {n: one.name for n, one in session.documents.items()} if session else {}
        self.title.setText(item_title(item, names) if item is not None else "Nothing is chosen")
        said = [counts_words(item)] if item is not None else []
        if item is not None and item.block is None and not item.key.startswith("person:"):
            said = [part for part in (item.detail, *said) if part]
        self.detail.setText("\n".join(said))
        self.notes.setText("\n".join(note.text for note in item.notes) if item else "")
        self.notes.setVisible(bool(self.notes.text()))
        if session is None:
            self.model.show(None, Marks(), {}, lambda _: ())
        else:
            self.model.show(item, session.marks, names, session.remarks.of)
        # Under one exemption what matters is the reason; where each stands is told below.
        for column in (WorkColumn.PLACE, WorkColumn.LIMB):
            self.table.setColumnHidden(column, item is not None and is_exemption(item))
        row = self.model.row_of(kept.id) if kept is not None else None
        if self.model.rowCount():
            self._select_row(row or 0)
        else:
            self._chose()

    def refresh(self, *_: object) -> None:
        """Show anew how the findings stand, what was said about them, and those come in since."""
        if self._item is not None and self.model.rowCount() < len(self._item.marks):
            self.show_item(self._item)
        self.model.refresh()
        self._show_card()

    @property
    def current(self) -> Mark | None:
        """Give the finding that is chosen."""
        return self.model.mark_at(self.table.currentIndex().row())

    def select(self, mark_id: int) -> bool:
        """Choose a finding; False where the item does not hold it."""
        row = self.model.row_of(mark_id)
        if row is not None:
            self._select_row(row)
        return row is not None

    def _select_row(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(row, WorkColumn.TEXT)
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.table.scrollTo(self.model.index(row, WorkColumn.STATE))

    def _chose(self) -> None:
        self._show_card()
        self.chosen.emit(self.current)

    def _show_card(self) -> None:
        mark, session = self.current, self._session
        self._allow()
        if mark is None or session is None:
            self.card.setHtml("")
            return
        place = self.model.place(mark)
        self.card.setHtml(card_html(mark, session.marks, place, session.remarks.of(mark.id)))

    # --- comments -----------------------------------------------------------------------------

    def write_comment(self) -> None:
        """Let a comment be written on the finding that is chosen now."""
        mark = self.current
        if mark is None:
            return
        if not self._writing.isVisible() or self._about is None:
            self.editor.clear()
        self._about = mark
        self._writing.show()
        self.comment.hide()
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _record(self) -> None:
        text, session, mark = self.editor.toPlainText().strip(), self._session, self._about
        if text and session is not None and mark is not None:
            session.remarks.say(mark.id, text, lambda: None)
            self._stop_writing()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dropped(self) -> None:
        self._stop_writing()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop_writing(self) -> None:
        self._about = None
        self.editor.clear()
        self._writing.hide()
        self.comment.show()

    def _allow(self) -> None:
        session = self._session
        why = session.objection(EventKind.COMMENTED) if session is not None else ""
        can = session is not None and not why and self.current is not None
        self.comment.setEnabled(can)
        self.comment.setToolTip(why or "Say something about this finding (C). Nothing is undone.")

    # --- how it looks -------------------------------------------------------------------------

    def _build(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName("Findings of the item")
        table.setAccessibleDescription("Enter looks at one, C comments on it, Escape goes back.")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, header = table.verticalHeader(), table.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        metrics = QFontMetrics(table.font())
        rows.setDefaultSectionSize(metrics.height() + 10)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        # With the table's own selection, the header would walk all rows to see if all are selected.
        header.setSelectionModel(QItemSelectionModel(self.model, header))
        for column, sample in _SAMPLES.items():
            wide = metrics.horizontalAdvance(sample) + _AIR
            header.resizeSection(column, wide + (_ICON if column is WorkColumn.STATE else 0))
        self.card.setAccessibleName("The finding that is chosen")
        self.card.setOpenLinks(False)
        self.card.document().setDocumentMargin(8)
        self.editor.setAccessibleName("Comment")
        self.editor.setPlaceholderText("What should be looked at again, and why")
        self.editor.setTabChangesFocus(True)
        self.comment.setAccessibleName("Comment on the finding")
        self.record.setAccessibleName("Record the comment")
        self.record.setToolTip("Ctrl+Enter")
        self.drop.setAccessibleName("Drop the comment")
        theme.dress(self.record, "main")
        theme.dress(self.title, "heading")
        self.title.setMinimumHeight(HEAD_HEIGHT)
        theme.dress(self.detail, "quiet")
        theme.dress(self.notes, "notice")
        for label in (self.title, self.detail, self.notes):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.drop)
        buttons.addStretch(1)
        buttons.addWidget(self.record)
        writing = QVBoxLayout(self._writing)
        writing.setContentsMargins(0, 0, 0, 0)
        writing.setSpacing(6)
        writing.addWidget(self.editor)
        writing.addLayout(buttons)
        self.editor.setFixedHeight(QFontMetrics(self.editor.font()).height() * 4 + 20)
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.card, 1)
        column.addWidget(self.comment, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._writing)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(lower)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.title)
        layout.addWidget(self.detail)
        layout.addWidget(self.notes)
        layout.addWidget(self.splitter, 1)
        self._writing.hide()

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._chose())
        self.table.activated.connect(lambda _: self.entered.emit())
        self.table.left.connect(self.left)
        self.comment.clicked.connect(self.comment_wanted)
        self.record.clicked.connect(self._record)
        self.drop.clicked.connect(self._dropped)
        self.editor.done.connect(self._record)
        self.editor.dropped.connect(self._dropped)

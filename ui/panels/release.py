"""Before release: everything that must be settled first, and the rulings that were made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from redactor import review
from redactor.events import EventKind
from redactor.model import Ruling
from redactor.review import Block
from ui import icons, theme
from ui.panels.details import place_words
from ui.session import Session

_ICONS = {
    "undecided": "undecided",
    "unread": "attention",
    "incomplete": "attention",
    "unreadable": "refused",
    "no-ground": "attention",
    "reading": "reading",
    "empty": "add",
}
_RULED = {
    Ruling.LEAVE_OUT: "left out",
    Ruling.RELEASE_AS_SEEN: "looked at, released as it is",
}


def allowed_rulings(session: Session, block: Block) -> tuple[Ruling, ...]:
    """Give what a person may rule on a block; nothing where it has to be decided otherwise."""
    document = session.documents.get(block.document or 0)
    if document is None or session.objection(EventKind.RULED):
        return ()
    return review.allowed_rulings(block, document.unread)


class ReleasePage(QWidget):
    """The list of blocks.

    Signals:
        block_activated: a block was chosen with Enter or a double click.
        ruling_wanted: a ruling on a block is wanted.
        export_wanted: the export button was pressed.
        shown: the page came into view; it wants the blocks as they are now.
    """

    block_activated = Signal(object)
    ruling_wanted = Signal(object)
    export_wanted = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks: tuple[Block, ...] = ()
        self._session: Session | None = None
        self.summary = QLabel()
        theme.dress(self.summary, "notice")
        self.summary.setWordWrap(True)
        self.list = self._list("What has to be settled before a release")
        self.rulings = self._list("Rulings made")
        self.go = QPushButton("Go to it")
        self.rule = QPushButton("Rule…")
        self.export = QPushButton(icons.icon("export"), "Export…")
        self._lay_out()
        self.list.itemActivated.connect(lambda _: self._activate())
        self.list.currentRowChanged.connect(lambda _: self._enable())
        self.go.clicked.connect(self._activate)
        self.rule.clicked.connect(self._rule)
        self.export.clicked.connect(self.export_wanted)
        key = QShortcut(QKeySequence("R"), self.list)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._rule)

    def show_blocks(self, session: Session, blocks: Sequence[Block]) -> None:
        """List the blocks, and keep the one that was chosen."""
        self._session = session
        row = max(0, self.list.currentRow())
        self._blocks = tuple(blocks)
        self.list.clear()
        for block in self._blocks:
            name = session.documents[block.document].name if block.document else "The case"
            place = f", {place_words(block.place)}" if block.place else ""
            item = QListWidgetItem(icons.icon(_ICONS.get(block.kind, "attention")), "")
            item.setText(f"{name}{place}\n{block.message}")
            self.list.addItem(item)
        if self._blocks:
            self.list.setCurrentRow(min(row, len(self._blocks) - 1))
        self._show_rulings(session)
        self._show_summary(session)
        self._enable()

    @property
    def current(self) -> Block | None:
        """Give the block that is chosen."""
        row = self.list.currentRow()
        return self._blocks[row] if 0 <= row < len(self._blocks) else None

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the blocks when the page comes into view."""
        super().showEvent(event)
        self.shown.emit()

    def _show_rulings(self, session: Session) -> None:
        self.rulings.clear()
        for (number, place), standing in sorted(session.rulings.items()):
            if number not in session.documents:
                continue
            name = session.documents[number].name
            where = f", {place_words(place)}" if place else ""
            self.rulings.addItem(
                f"{name}{where}: {_RULED[standing.ruling]}\n"
                f"{standing.reason} ({standing.actor}, {standing.at[:10]})"
            )
        for widget in (self.rulings, self._rulings_title):
            widget.setVisible(self.rulings.count() > 0)

    def _show_summary(self, session: Session) -> None:
        total = len(self._blocks)
        counts = session.marks.counts()
        if total:
            things = "1 thing has" if total == 1 else f"{total} things have"
            self.summary.setText(
                f"{things} to be settled before anything can be released. "
                "There is no way past this list."
            )
        else:
            self.summary.setText(
                f"Nothing stands in the way. {counts.redact:,} redactions will be made in "
                f"{len(session.documents)} documents. Every file is rebuilt, then searched for "
                "everything withheld, before it is written."
            )

    def _enable(self) -> None:
        block = self.current
        self.go.setEnabled(block is not None)
        can_rule = bool(block and self._session and allowed_rulings(self._session, block))
        self.rule.setEnabled(can_rule)
        theme.dress(self.export, "main", on=not self._blocks)

    def _activate(self) -> None:
        if self.current is not None:
            self.block_activated.emit(self.current)

    def _rule(self) -> None:
        if self.current is not None and self.rule.isEnabled():
            self.ruling_wanted.emit(self.current)

    def _list(self, name: str) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(name)
        made.setWordWrap(True)
        made.setAlternatingRowColors(True)
        made.setSpacing(1)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        return made

    def _lay_out(self) -> None:
        title = QLabel("&To be settled")
        theme.dress(title, "heading")
        title.setBuddy(self.list)
        self._rulings_title = QLabel("R&ulings made")
        theme.dress(self._rulings_title, "heading")
        self._rulings_title.setBuddy(self.rulings)
        for button, name in (
            (self.go, "Go to what has to be settled"),
            (self.rule, "Rule on the part"),
            (self.export, "Export the release"),
        ):
            button.setAccessibleName(name)
        buttons = QHBoxLayout()
        buttons.addWidget(self.go)
        buttons.addWidget(self.rule)
        buttons.addStretch(1)
        buttons.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.summary)
        layout.addWidget(title)
        layout.addWidget(self.list, 3)
        layout.addLayout(buttons)
        layout.addWidget(self._rulings_title)
        layout.addWidget(self.rulings, 1)

"""Sign-off: where the case stands, what has to be settled, and the steps to a release."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from redactor import review
from redactor.app.next_steps import NextSteps
from redactor.model import Ruling
from redactor.review import Block, Comment
from ui import icons, theme
from ui.dialogs.base import words
from ui.life_words import block_words, comment_words, where_it_stands
from ui.moments import spoken_iso
from ui.panels.details import place_words
from ui.panels.life_line import LifeLine
from ui.panels.step_actions import StepActions
from ui.session import Session

_ICONS = {
    "undecided": "undecided",
    "unreadable": "refused",
    "failed-check": "refused",
    "reading": "reading",
    "empty": "add",
}
_RULED = {
    Ruling.LEAVE_OUT: "left out",
    Ruling.RELEASE_AS_SEEN: "looked at, released as it is",
}
#: How wide the steps stand beside the lists.
_STEPS_WIDTH = 330


def rulings_on(session: Session, block: Block) -> tuple[Ruling, ...]:
    """Give what a person may rule on a block; nothing where it has to be decided otherwise."""
    document = session.documents.get(block.document or 0)
    return review.allowed_rulings(block, document.unread) if document is not None else ()


class SignOffPage(QWidget):
    """The page.

    Signals:
        block_activated: a block was chosen with Enter or a double click.
        ruling_wanted: a ruling on a block is wanted.
        comment_activated: a comment was chosen; the id of its finding.
        step_wanted: a step is wanted; its name.
        shown: the page came into view; it wants to know how things stand now.
    """

    block_activated = Signal(object)
    ruling_wanted = Signal(object)
    comment_activated = Signal(int)
    step_wanted = Signal(str)
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks: tuple[Block, ...] = ()
        self._comments: tuple[Comment, ...] = ()
        self._session: Session | None = None
        self.standing = words("", "heading")
        self.more = words("", "quiet")
        self.life_line = LifeLine()
        self.summary = words("")
        self.list = _list("To be settled")
        self.rulings = _list("Rulings made")
        self.comments = _list("Comments on findings")
        self.go = QPushButton("Go to it")
        self.rule = QPushButton("Rule…")
        self.steps = StepActions()
        self._lay_out()
        self.list.activated.connect(lambda _: self._activate())
        self.list.currentRowChanged.connect(lambda _: self._enable())
        self.comments.activated.connect(self._comment_activated)
        self.go.clicked.connect(self._activate)
        self.rule.clicked.connect(self._rule)
        self.steps.wanted.connect(self.step_wanted)
        key = QShortcut(QKeySequence("R"), self.list)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._rule)

    def show_steps(self, session: Session, steps: NextSteps, next_step: str) -> None:
        """Show how things stand, and keep the block that was chosen."""
        self._session = session
        said = where_it_stands(steps.life)
        self.standing.setText(said[0])
        self.more.setText("\n".join(said[1:]))
        self.more.setVisible(len(said) > 1)
        self.life_line.show_state(steps.life.state)
        self._show_blocks(session, steps.blocks)
        self._show_comments(session, steps.comments)
        self._show_rulings(session)
        self.summary.setText(_summary(session, steps))
        self.steps.show_steps(steps, next_step)
        self._enable()

    @property
    def current(self) -> Block | None:
        """Give the block that is chosen."""
        row = self.list.currentRow()
        return self._blocks[row] if 0 <= row < len(self._blocks) else None

    def showEvent(self, event: QShowEvent) -> None:
        """Ask how things stand when the page comes into view."""
        super().showEvent(event)
        self.shown.emit()

    # --- inside -------------------------------------------------------------------------------

    def _show_blocks(self, session: Session, blocks: Sequence[Block]) -> None:
        row = max(0, self.list.currentRow())
        self._blocks = tuple(blocks)
        self.list.clear()
        for block in self._blocks:
            picture = icons.icon(_ICONS.get(block.kind, "attention"))
            text = block_words(block, session.documents.get(block.document or 0))
            self.list.addItem(QListWidgetItem(picture, text))
        if self._blocks:
            self.list.setCurrentRow(min(row, len(self._blocks) - 1))
        for widget in (self.list, self.go, self.rule):
            widget.setVisible(bool(self._blocks))

    def _show_comments(self, session: Session, comments: Sequence[Comment]) -> None:
        self._comments = tuple(comments)
        self.comments.clear()
        for one in self._comments:
            mark = session.marks.by_id.get(one.mark)
            document = session.documents.get(mark.document) if mark is not None else None
            self.comments.addItem(comment_words(one, mark, document))
        for widget in (self.comments, self._comments_title):
            widget.setVisible(bool(self._comments))

    def _show_rulings(self, session: Session) -> None:
        self.rulings.clear()
        for (number, place), one in sorted(session.rulings.items()):
            if number not in session.documents:
                continue
            name = session.documents[number].name
            where = f", {place_words(place)}" if place else ""
            self.rulings.addItem(
                f"{name}{where}: {_RULED[one.ruling]}\n"
                f"{one.reason} ({one.actor}, {spoken_iso(one.at)})"
            )
        for widget in (self.rulings, self._rulings_title):
            widget.setVisible(self.rulings.count() > 0)

    def _enable(self) -> None:
        block, session = self.current, self._session
        self.go.setEnabled(block is not None)
        may = session is not None and session.can_decide
        can_rule = session is not None and block is not None and bool(rulings_on(session, block))
        self.rule.setEnabled(may and can_rule)

    def _activate(self) -> None:
        if self.current is not None:
            self.block_activated.emit(self.current)

    def _comment_activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._comments):
            self.comment_activated.emit(self._comments[index.row()].mark)

    def _rule(self) -> None:
        if self.current is not None and self.rule.isEnabled():
            self.ruling_wanted.emit(self.current)

    # --- how it looks -------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.go.setAccessibleName("Go to what has to be settled")
        self.rule.setAccessibleName("Rule on the part")
        self.standing.setAccessibleName("Where the case stands")
        self.more.setAccessibleName("More of where the case stands")
        top = QFrame()
        theme.dress(top, "card")
        card = QVBoxLayout(top)
        card.setContentsMargins(16, 12, 16, 14)
        card.setSpacing(6)
        for widget in (self.standing, self.more):
            widget.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.addWidget(widget)
        card.addSpacing(6)
        card.addWidget(self.life_line)
        self._lists = self._lists_column()
        body = QHBoxLayout()
        body.setSpacing(14)
        body.addLayout(self._lists, 1)
        body.addWidget(self._steps_column())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(12)
        layout.addWidget(top)
        layout.addLayout(body, 1)

    def _lists_column(self) -> QVBoxLayout:
        self._comments_title = _title("Co&mments on findings", self.comments)
        self._rulings_title = _title("R&ulings made", self.rulings)
        buttons = QHBoxLayout()
        buttons.addWidget(self.go)
        buttons.addWidget(self.rule)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(_title("&To be settled", self.list))
        column.addWidget(self.summary)
        column.addWidget(self.list, 3)
        column.addLayout(buttons)
        column.addWidget(self._comments_title)
        column.addWidget(self.comments, 2)
        column.addWidget(self._rulings_title)
        column.addWidget(self.rulings, 2)
        column.addStretch(0)
        return column

    def _steps_column(self) -> QWidget:
        box = QWidget()
        box.setFixedWidth(_STEPS_WIDTH)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(_title("Next &steps", self.steps))
        column.addWidget(self.steps, 1)
        return box


def _summary(session: Session, steps: NextSteps) -> str:
    """Say in a sentence what is to be settled, or what was."""
    total, counts = len(steps.blocks), session.marks.counts()
    if total:
        things = "1 thing has" if total == 1 else f"{total} things have"
        return (
            f"{things} to be settled before the case can be submitted. "
            "There is no way past this list."
        )
    files = sum(one.status == "read" for one in session.documents.values())
    redactions = "1 redaction" if counts.redact == 1 else f"{counts.redact:,} redactions"
    documents = "1 document" if files == 1 else f"{files:,} documents"
    if steps.life.is_settled:
        return (
            f"Nothing is left to settle: {redactions} in {documents}. Every file was rebuilt and "
            "searched for everything withheld."
        )
    return (
        f"Nothing stands in the way: {redactions} in {documents}. Every file will be rebuilt, and "
        "searched for everything withheld, before a reviewer gets it."
    )


def _title(text: str, of: QWidget) -> QLabel:
    made = QLabel(text)
    theme.dress(made, "heading")
    made.setBuddy(of)
    return made


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.setWordWrap(True)
    made.setAlternatingRowColors(True)
    made.setSpacing(1)
    made.setResizeMode(QListView.ResizeMode.Adjust)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    return made

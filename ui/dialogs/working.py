"""A dialog that asks, does something long with the case, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from redactor.app.case import Case
from redactor.errors import Blocked, Cancelled, NotAllowed, RedactorError
from redactor.model import Progress, Report
from redactor.workers import Lane
from ui import icons, theme
from ui.dialogs.base import words
from ui.dialogs.files_table import FilesTable, ListedFile
from ui.messages import message_for
from ui.session import Session
from ui.tasks import Courier
from ui.working import CaseWork

T = TypeVar("T")

_WIDE = 680
#: With a list to show, and without.
_TALL, _LOW = 540, 250


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        lines: what is listed under the text, a sentence each.
        next_step: what happens next, or what anyone can do now.
    """

    title: str
    text: str
    good: bool
    files: Sequence[ListedFile] = ()
    lines: Sequence[str] = ()
    next_step: str = ""


class WorkDialog(QDialog):
    """Three pages: what is asked, how far it is, what came of it.

    Closing it while it works stops the work, and leaves the dialog to say so.

    Signals:
        marks_may_be_new: places may have been added to the findings.

    Attributes:
        stopped: what is said of a work that was stopped.
    """

    marks_may_be_new = Signal()

    def __init__(
        self, session: Session, courier: Courier, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(_WIDE, _TALL)
        self.session = session
        self.stopped = "You stopped it. Nothing was changed."
        self._courier = courier
        self._work: CaseWork | None = None
        self._conclude: Callable[[Any], Outcome] | None = None
        self.pages = QStackedWidget()
        self.asking, self.asked = self._add_page()
        self.running, running = self._add_page()
        self.outcome, outcome = self._add_page()
        self._fill_running(running)
        self._fill_outcome(outcome)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.addWidget(self.pages)

    # --- what happens -------------------------------------------------------------------------

    def work(
        self,
        saying: str,
        function: Callable[[Case, Lane, Report], T],
        conclude: Callable[[T], Outcome],
    ) -> None:
        """Begin.

        Args:
            saying: what is said while it goes on.
            function: done in the case's thread; may be stopped through its lane and its report.
            conclude: makes of its answer what is shown.
        """
        self.running_text.setText(saying)
        self.bar.setRange(0, 0)
        self.step.setText("Starting")
        self.stop.setEnabled(True)
        self.pages.setCurrentWidget(self.running)
        self.be_tall(on=False)
        self._conclude = conclude
        self._work = CaseWork(self.session.lane, self._courier, self)
        self._work.progressed.connect(self._progressed)
        self._work.ended.connect(self._ended)
        self._work.start(function)

    @property
    def is_running(self) -> bool:
        """Say whether it works."""
        return self._work is not None

    def cancel(self) -> None:
        """Stop what is under way."""
        if self._work is not None:
            self.step.setText("Stopping")
            self.stop.setEnabled(False)
            self._work.cancel()

    def reject(self) -> None:
        """Close, or stop what is under way first."""
        if self.is_running:
            self.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Do not close while something is under way; stop it instead."""
        if self.is_running:
            self.cancel()
            event.ignore()
        else:
            super().closeEvent(event)

    def abandon(self) -> None:
        """Stop what is under way and close at once: the case is being closed."""
        if self._work is not None:
            self._work.cancel()
            self._work = None
        super().reject()

    def _progressed(self, progress: Progress) -> None:
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.done)
        if self.stop.isEnabled():
            self.step.setText(progress.what[:1].upper() + progress.what[1:])

    def _ended(self, what: object) -> None:
        self._work = None
        if isinstance(what, RedactorError):
            self.show_outcome(self._failure(what))
        elif isinstance(what, Cancelled):
            self.show_outcome(Outcome("Stopped", self.stopped, good=False))
        elif self._conclude is not None:
            self.show_outcome(self._conclude(what))

    def _failure(self, error: RedactorError) -> Outcome:
        if isinstance(error, Blocked) and not isinstance(error, NotAllowed):
            self.marks_may_be_new.emit()
        message = message_for(error)
        return Outcome(message.title, message.happened, good=False, next_step=message.next_step)

    def show_outcome(self, outcome: Outcome) -> None:
        """Say what came of it."""
        self.result_title.setText(outcome.title)
        picture = icons.icon("done" if outcome.good else "refused")
        self.result_icon.setPixmap(picture.pixmap(28, 28))
        self.result_text.setText(outcome.text)
        self.files.show_files(outcome.files)
        self.files.setVisible(bool(outcome.files))
        self.lines.clear()
        self.lines.addItems(list(outcome.lines))
        self.lines.setVisible(bool(outcome.lines))
        self.next_step.setText(outcome.next_step)
        self.next_step.setVisible(bool(outcome.next_step))
        self.filler.setVisible(not outcome.files and not outcome.lines)
        self.pages.setCurrentWidget(self.outcome)
        self.be_tall(on=bool(outcome.files or outcome.lines))
        self.close_button.setFocus()

    def be_tall(self, *, on: bool) -> None:
        """Take the room that a list needs, or no more than a few sentences do."""
        self.resize(self.width(), _TALL if on else _LOW)

    # --- how it looks -------------------------------------------------------------------------

    def heading(self, title: str) -> QLabel:
        """Make a heading."""
        made = words(title)
        theme.dress(made, "heading")
        return made

    def finish_asking(self, go: QPushButton, *others: QPushButton) -> None:
        """End the page that asks with its buttons; ``go`` is the one of Enter."""
        go.setDefault(True)
        cancel = QPushButton("Cancel")
        cancel.setAccessibleName("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.asked.addLayout(button_row(*others, go, cancel))

    def _add_page(self) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        self.pages.addWidget(page)
        return page, layout

    def _fill_running(self, layout: QVBoxLayout) -> None:
        self.running_text = words("")
        self.step = words("")
        theme.dress(self.step, "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far it is")
        self.stop = QPushButton("Stop")
        self.stop.setAccessibleName("Stop")
        self.stop.setAutoDefault(False)  # whoever presses Enter twice does not stop it
        self.stop.clicked.connect(self.cancel)
        layout.addWidget(self.heading(self.windowTitle()))
        layout.addWidget(self.running_text)
        layout.addSpacing(4)
        layout.addWidget(self.bar)
        layout.addWidget(self.step)
        layout.addStretch(1)
        layout.addLayout(button_row(self.stop))

    def _fill_outcome(self, layout: QVBoxLayout) -> None:
        self.result_icon = QLabel()
        self.result_title = self.heading("")
        self.result_text = words("")
        self.result_text.setAccessibleName("What came of it")
        self.result_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.files = FilesTable()
        self.lines = QListWidget()
        self.lines.setAccessibleName("What is to be known of it")
        self.lines.setWordWrap(True)
        self.lines.setAlternatingRowColors(True)
        self.next_step = words("")
        theme.dress(self.next_step, "notice")
        self.next_step.setAccessibleName("What happens next")
        self.next_step.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.filler = QWidget()
        self.close_button = QPushButton("Close")
        self.close_button.setAccessibleName("Close")
        self.close_button.clicked.connect(self.accept)
        self.extra_button = QPushButton("Open")
        self.extra_button.setAccessibleName("Open")
        self.extra_button.hide()
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.result_icon)
        top.addWidget(self.result_title, 1)
        layout.addLayout(top)
        layout.addWidget(self.result_text)
        layout.addWidget(self.files, 3)
        layout.addWidget(self.lines, 2)
        layout.addWidget(self.next_step)
        layout.addWidget(self.filler, 1)
        layout.addLayout(button_row(self.extra_button, self.close_button))


def button_row(*buttons: QPushButton) -> QHBoxLayout:
    """Put buttons side by side at the right."""
    row = QHBoxLayout()
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row

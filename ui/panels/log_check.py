"""Whether the log holds: what is known of its chain, a check of it, and its export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from redactor.case.check import write_export
from redactor.errors import RedactorError
from ui import icons, theme
from ui.log_reading import Checked, Checking
from ui.tasks import POLL_MS, CaseLane

#: How many of the things that are wrong are seen at once.
_PROBLEMS_SEEN = 4


class LogCheck(QWidget):
    """The strip above the log.

    Signals:
        told: a sentence for the status bar.
        failed: something asked for was not done; an error.
        event_wanted: the person wants to see an event; its number.
    """

    told = Signal(str)
    failed = Signal(object)
    event_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lane: CaseLane | None = None
        self._checking: Checking | None = None
        self._dialog: QFileDialog | None = None
        self.banner = QLabel()
        self.check = QPushButton(icons.icon("done"), "Check the lo&g")
        self.export = QPushButton(icons.icon("export"), "Export the l&og…")
        self.bar, self.step, self.stop = QProgressBar(), QLabel(), QPushButton("Stop")
        self.running = QWidget()
        self.problems = QListWidget()
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._name_all()
        self._lay_out()
        self._connect()

    def set_lane(self, lane: CaseLane | None) -> None:
        """Look at another case, or at none."""
        self.cancel()
        self._lane = lane
        self.problems.clear()
        self.problems.hide()
        self._say("")
        self.check.setEnabled(lane is not None)
        self.export.setEnabled(lane is not None)

    def know(self, broken_at: int | None) -> None:
        """Say whether the chain held when the case was opened, unless more was said since."""
        if self.banner.text():
            return
        if broken_at is None:
            self._say("The chain of the log held when the case was opened.")
        else:
            self._say(
                f"The chain of this log does not hold from event {broken_at:,} on: it was changed "
                "outside Redactor. Check the log to see what is wrong.",
                good=False,
            )

    # --- the check ----------------------------------------------------------------------------

    @property
    def is_checking(self) -> bool:
        """Say whether a check is under way."""
        return self._checking is not None

    def start(self) -> None:
        """Check every event and every signature, in the case's thread."""
        lane = self._lane
        if lane is None or self.is_checking:
            return
        checking = self._checking = Checking()

        def done(checked: Checked) -> None:
            if self._checking is checking:
                self._end_check()
                self._show_checked(checked)

        def failed(error: RedactorError) -> None:
            if self._checking is checking:
                self._end_check()
                self.failed.emit(error)

        self.check.setEnabled(False)
        self._show_progress()
        self.running.show()
        self._poll.start()
        lane.ask(checking.run, done, failed)

    def cancel(self) -> None:
        """Stop a check that is under way."""
        if self._checking is not None:
            self._checking.cancel()
            self._end_check()
            self._say("The check was stopped before its end, so it says nothing of the log.")
            self.check.setFocus()

    def _end_check(self) -> None:
        self._checking = None
        self._poll.stop()
        self.running.hide()
        self.check.setEnabled(self._lane is not None)

    def _show_progress(self) -> None:
        if self._checking is not None:
            progress = self._checking.progress
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)
            self.step.setText(progress.what.capitalize() or "Checking")

    def _show_checked(self, checked: Checked) -> None:
        self.problems.clear()
        for problem in checked.problems:
            item = QListWidgetItem(icons.icon("attention"), problem.message)
            item.setData(Qt.ItemDataRole.UserRole, problem.seq)
            self.problems.addItem(item)
        rows = range(min(self.problems.count(), _PROBLEMS_SEEN))
        high = sum(self.problems.sizeHintForRow(row) for row in rows)
        self.problems.setFixedHeight(high + 2 * self.problems.frameWidth() + 2)
        self.problems.setVisible(bool(checked.problems))
        if not checked.problems:
            events = "The 1 event and its signature" if checked.events == 1 else ""
            events = events or f"All {checked.events:,} events and their signatures"
            self._say(f"{events} hold.", good=True)
            return
        count = len(checked.problems)
        things = "1 thing is" if count == 1 else f"{count:,} things are"
        self._say(
            f"{things} wrong with this log. Nothing was changed. Keep a copy of the file as it "
            "is, and ask who else has worked on it.",
            good=False,
        )
        self.problems.setFocus()

    # --- the export ---------------------------------------------------------------------------

    def choose_export(self) -> None:
        """Ask where the log is to go."""
        dialog = QFileDialog(self, "Export the log")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.setNameFilter("Log, one event a line (*.jsonl)")
        dialog.setDefaultSuffix("jsonl")
        dialog.selectFile("log.jsonl")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        self._dialog = dialog
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Write the log into a file."""
        lane = self._lane
        if lane is None:
            return

        def written(count: int) -> None:
            events = "1 event" if count == 1 else f"{count:,} events"
            self.told.emit(f"The log was exported to {path.name}: {events}.")
            if lane is self._lane:
                self._say(
                    f"The log was exported to {path}: {events}. It can be shared: it holds no text "
                    "of the documents, only names of people, reasons, comments and digests."
                )

        lane.ask(lambda case: write_export(path, case.store), written, self.failed.emit)

    # --- inside -------------------------------------------------------------------------------

    def _say(self, sentence: str, *, good: bool | None = None) -> None:
        """Put a sentence into the banner, as good news, as bad, or as neither."""
        theme.dress(self.banner, "notice", on=good is False)
        theme.dress(self.banner, "trouble", on=good is False)
        theme.dress(self.banner, "good", on=good is True)
        self.banner.setText(sentence)
        self.banner.setVisible(bool(sentence))

    def _go_to(self, item: QListWidgetItem) -> None:
        seq = item.data(Qt.ItemDataRole.UserRole)
        if seq is not None:
            self.event_wanted.emit(seq)

    def _name_all(self) -> None:
        for widget, name in (
            (self.banner, "Whether the log holds"),
            (self.check, "Check the log"),
            (self.export, "Export the log"),
            (self.bar, "How far the check is"),
            (self.step, "What is being checked"),
            (self.stop, "Stop the check"),
            (self.problems, "What is wrong with the log"),
        ):
            widget.setAccessibleName(name)
        self.check.setToolTip("Check every event and every signature")
        self.export.setToolTip("Write the log into a file that can be shared and checked")
        self.banner.setWordWrap(True)
        self.banner.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problems.setWordWrap(True)
        self.problems.setToolTip("Enter shows the event")
        self.bar.setTextVisible(False)
        theme.dress(self.step, "quiet")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.banner, 1)
        top.addWidget(self.check)
        top.addWidget(self.export)
        run = QHBoxLayout(self.running)
        run.setContentsMargins(0, 0, 0, 0)
        run.addWidget(self.step)
        run.addWidget(self.bar, 1)
        run.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.running)
        layout.addWidget(self.problems)
        self.running.hide()

    def _connect(self) -> None:
        self.check.clicked.connect(self.start)
        self.stop.clicked.connect(self.cancel)
        self.export.clicked.connect(self.choose_export)
        self.problems.itemActivated.connect(self._go_to)
        self._poll.timeout.connect(self._show_progress)

"""The export dialog: what blocks, how to release, how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from redactor.errors import Blocked, Cancelled, RedactorError
from redactor.formats import FORMATS, format_named
from redactor.model import Progress
from redactor.review import Block
from ui import icons, theme
from ui.messages import message_for
from ui.panels.details import place_words
from ui.releasing import Releasing
from ui.session import Session
from ui.tasks import Courier

if TYPE_CHECKING:
    from redactor.app.release import ReleaseResult

PDF_STYLES = (
    ("box", "Box with the section over what was removed"),
    ("raster", "Pages as pictures, without text"),
)
#: Files of a release that are listed; the rest are counted.
_LISTED = 500


class ExportDialog(QDialog):
    """Release the case. There is no way past a block or a failed check.

    Signals:
        block_chosen: the person wants to go to a block.
    """

    block_chosen = Signal(object)

    def __init__(self, session: Session, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export the release")
        self.resize(680, 520)
        self._session = session
        self._courier = courier
        self._releasing: Releasing | None = None
        self._blocks: tuple[Block, ...] = ()
        self._folder: Path | None = None
        self.targets: dict[int, QComboBox] = {}
        self.pages = QStackedWidget()
        self.waiting = self._page("Looking at what has to be settled…", "")
        self.blocked = self._blocked_page()
        self.choose = self._choose_page()
        self.running = self._running_page()
        self.outcome = self._outcome_page()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.addWidget(self.pages)
        self.pages.setCurrentWidget(self.waiting)
        session.ask_blocks(self._know_blocks)

    # --- what happens -------------------------------------------------------------------------

    def start(self) -> None:
        """Begin the release with what was chosen."""
        self._folder = Path(self.folder.text().strip())
        targets = {number: str(box.currentData()) for number, box in self.targets.items()}
        self._releasing = Releasing(self._session.lane, self._courier, self)
        self._releasing.progressed.connect(self._progressed)
        self._releasing.ended.connect(self._ended)
        self.bar.setRange(0, 0)
        self.step.setText("Starting")
        self.stop.setEnabled(True)
        self.pages.setCurrentWidget(self.running)
        self._releasing.start(self._folder, targets, str(self.style_box.currentData()))

    @property
    def is_running(self) -> bool:
        """Say whether a release is under way."""
        return self._releasing is not None

    def cancel(self) -> None:
        """Stop a release that is under way."""
        if self._releasing is not None:
            self.step.setText("Stopping – nothing will be written")
            self.stop.setEnabled(False)
            self._releasing.cancel()

    def reject(self) -> None:
        """Close, or stop a release first."""
        if self.is_running:
            self.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Do not close while a release is under way; stop it instead."""
        if self.is_running:
            self.cancel()
            event.ignore()
        else:
            event.accept()

    def _know_blocks(self, blocks: Sequence[Block]) -> None:
        self._blocks = tuple(blocks)
        if not blocks:
            self.pages.setCurrentWidget(self.choose)
            self.folder.setFocus()
            self._check()
            return
        self.block_list.clear()
        for block in blocks:
            name = self._session.documents[block.document].name if block.document else "The case"
            place = f", {place_words(block.place)}" if block.place else ""
            self.block_list.addItem(QListWidgetItem(f"{name}{place}\n{block.message}"))
        self.block_list.setCurrentRow(0)
        self.pages.setCurrentWidget(self.blocked)
        self.block_list.setFocus()

    def _progressed(self, progress: Progress) -> None:
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.done)
        if self.stop.isEnabled():
            self.step.setText(progress.what[:1].upper() + progress.what[1:])

    def _ended(self, outcome: object) -> None:
        self._releasing = None
        if isinstance(outcome, RedactorError):
            self._show_failure(outcome)
        elif isinstance(outcome, Cancelled):
            self._show_outcome(
                "Stopped", "You stopped the release. Nothing was written.", (), good=False
            )
        else:
            self._show_success(outcome)  # type: ignore[arg-type]  # the one other thing it can be
        self.pages.setCurrentWidget(self.outcome)
        self.close_button.setFocus()

    def _show_success(self, result: ReleaseResult) -> None:
        files = [f"{one.name}    {one.bytes:,} bytes    {one.sha256[:12]}…" for one in result.files]
        checks = len(result.report.checks)
        self._show_outcome(
            "Released",
            f"{len(result.files)} files were written to {result.folder}. {result.redactions:,} "
            f"places were redacted. All {checks} checks were passed: nothing withheld was found "
            "in any file.",
            [*files, *(f"Note: {note}" for note in result.notes)],
            good=True,
        )

    def _show_failure(self, error: RedactorError) -> None:
        message = message_for(error)
        self._show_outcome(
            message.title,
            "\n\n".join(filter(None, (message.happened, message.next_step))),
            (),
            good=False,
        )
        if isinstance(error, Blocked):
            self._session.reload_marks()

    def _show_outcome(self, title: str, text: str, lines: Sequence[str], *, good: bool) -> None:
        self.result_title.setText(title)
        self.result_icon.setPixmap(icons.icon("done" if good else "refused").pixmap(28, 28))
        self.result_text.setText(text)
        self.files.clear()
        self.files.addItems(list(lines[:_LISTED]))
        self.files.setVisible(bool(lines))
        self.open_folder.setVisible(good)

    def _go(self) -> None:
        row = self.block_list.currentRow()
        if 0 <= row < len(self._blocks):
            self.accept()  # first, for it gives the focus back to where it was
            self.block_chosen.emit(self._blocks[row])

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Release into an empty folder")
        if folder:
            self.folder.setText(folder)

    def _check(self) -> None:
        text = self.folder.text().strip()
        path = Path(text) if text else None
        trouble = ""
        if path is not None and path.is_file():
            trouble = "That is a file, not a folder."
        elif path is not None and path.is_dir() and any(path.iterdir()):
            trouble = "That folder is not empty. A release needs a folder of its own."
        elif path is not None and not path.exists() and not path.parent.is_dir():
            trouble = "There is no such folder."
        self.folder_trouble.setText(trouble)
        self.folder_trouble.setVisible(bool(trouble))
        self.release.setEnabled(path is not None and path.is_absolute() and not trouble)

    # --- how it looks -------------------------------------------------------------------------

    def _page(self, title: str, text: str) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        heading = QLabel(title)
        theme.dress(heading, "heading")
        layout.addWidget(heading)
        if text:
            words = QLabel(text)
            words.setWordWrap(True)
            layout.addWidget(words)
        self.pages.addWidget(page)
        return page

    def _blocked_page(self) -> QWidget:
        page = self._page(
            "Not yet",
            "These things have to be settled before anything can be released. "
            "There is no way past them.",
        )
        self.block_list = QListWidget()
        self.block_list.setAccessibleName("What has to be settled")
        self.block_list.setWordWrap(True)
        self.block_list.setAlternatingRowColors(True)
        self.block_list.itemActivated.connect(lambda _: self._go())
        go = QPushButton("Go to it")
        go.setAccessibleName("Go to what has to be settled")
        go.setDefault(True)
        go.clicked.connect(self._go)
        close = QPushButton("Close")
        close.setAccessibleName("Close")
        close.clicked.connect(self.reject)
        layout = page.layout()
        layout.addWidget(self.block_list)  # type: ignore[union-attr]  # made just above
        layout.addLayout(_buttons(go, close))  # type: ignore[union-attr]
        return page

    def _choose_page(self) -> QWidget:
        page = self._page(
            "How to release",
            "Each file is rebuilt from what was approved, then searched for everything withheld "
            "before it is written. The originals are not changed.",
        )
        self.folder = QLineEdit()
        self.folder.setAccessibleName("Folder of the release")
        self.folder.setPlaceholderText("An empty folder, or one that does not exist yet")
        self.folder.textChanged.connect(self._check)
        browse = QPushButton("Choose…")
        browse.setAccessibleName("Choose the folder of the release")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(browse)
        self.folder_trouble = QLabel()
        theme.dress(self.folder_trouble, "trouble")
        self.style_box = QComboBox()
        self.style_box.setAccessibleName("How redactions look in PDF files")
        for name, title in PDF_STYLES:
            self.style_box.addItem(title, name)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow("&Folder", row)
        form.labelForField(row).setBuddy(self.folder)  # type: ignore[attr-defined]
        form.addRow("", self.folder_trouble)
        form.addRow("&PDF files", self.style_box)
        heading = QLabel("Write each document as")
        theme.dress(heading, "heading")
        self.release = QPushButton("Release")
        self.release.setAccessibleName("Release")
        self.release.setDefault(True)
        self.release.clicked.connect(self.start)
        close = QPushButton("Cancel")
        close.setAccessibleName("Cancel")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        layout = page.layout()
        layout.addLayout(form)  # type: ignore[union-attr]
        layout.addWidget(heading)  # type: ignore[union-attr]
        layout.addWidget(self._targets())  # type: ignore[union-attr]
        layout.addLayout(_buttons(self.release, close))  # type: ignore[union-attr]
        return page

    def _targets(self) -> QWidget:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setColumnStretch(0, 1)
        titles = {one.name: one.title for one in FORMATS}
        read = [one for one in self._session.documents.values() if one.status == "read"]
        for row, document in enumerate(read):
            box = QComboBox()
            box.setAccessibleName(f"Write {document.name} as")
            for position, target in enumerate(format_named(document.format).targets):
                title = titles.get(target, target.upper())
                title = title[:1].upper() + title[1:]
                box.addItem(title if position else f"Same kind: {title}", target)
            label = QLabel(document.name)
            label.setBuddy(box)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
            self.targets[document.number] = box
        grid.setRowStretch(len(read), 1)
        area = QScrollArea()
        area.setAccessibleName("Documents of the release")
        area.setWidgetResizable(True)
        area.setWidget(inner)
        return area

    def _running_page(self) -> QWidget:
        page = self._page("Releasing", "Nothing is written before every check has been passed.")
        self.step = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of the release")
        self.stop = QPushButton("Stop")
        self.stop.setAccessibleName("Stop the release")
        self.stop.clicked.connect(self.cancel)
        layout = page.layout()
        layout.addWidget(self.bar)  # type: ignore[union-attr]
        layout.addWidget(self.step)  # type: ignore[union-attr]
        layout.addStretch(1)  # type: ignore[union-attr]
        layout.addLayout(_buttons(self.stop))  # type: ignore[union-attr]
        return page

    def _outcome_page(self) -> QWidget:
        page = QWidget()
        self.pages.addWidget(page)
        self.result_icon = QLabel()
        self.result_title = QLabel()
        theme.dress(self.result_title, "heading")
        self.result_text = QLabel()
        self.result_text.setTextFormat(Qt.TextFormat.PlainText)
        self.result_text.setWordWrap(True)
        self.result_text.setAccessibleName("What came of the release")
        self.result_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.files = QListWidget()
        self.files.setAccessibleName("Files of the release")
        self.files.setAlternatingRowColors(True)
        self.open_folder = QPushButton(icons.icon("folder"), "Open the folder")
        self.open_folder.setAccessibleName("Open the folder of the release")
        self.open_folder.clicked.connect(self._open_folder)
        self.close_button = QPushButton("Close")
        self.close_button.setAccessibleName("Close")
        self.close_button.clicked.connect(self.accept)
        top = QHBoxLayout()
        top.addWidget(self.result_icon)
        top.addWidget(self.result_title, 1)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self.result_text)
        layout.addWidget(self.files, 1)
        layout.addStretch(0)
        layout.addLayout(_buttons(self.open_folder, self.close_button))
        return page

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _buttons(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row

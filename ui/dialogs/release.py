"""Releasing: an empty folder, and what was copied into it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from redactor.app.signoff import Released, release
from ui import icons, theme
from ui.dialogs.base import words
from ui.dialogs.working import Outcome, WorkDialog
from ui.session import Session
from ui.tasks import Courier


class ReleaseDialog(WorkDialog):
    """Copy out exactly what was approved, and nothing else."""

    def __init__(self, session: Session, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(session, courier, "Release the case", parent)
        self.stopped = "You stopped it. Nothing was written."
        self.folder = QLineEdit()
        self.browse = QPushButton("Choose…")
        self.folder_trouble = words("", "trouble")
        self.release = QPushButton("Release")
        self._lay_out_asking()
        self.be_tall(on=False)
        self._check()
        self.folder.setFocus()

    def start(self) -> None:
        """Copy the files out."""
        folder = Path(self.folder.text().strip())
        self.work(
            "The case file is held against its log, then the approved files are copied out and "
            "read back.",
            lambda case, _, report: release(case, folder, report),
            self._conclude_release,
        )

    def _conclude_release(self, released: Released) -> Outcome:
        folder = released.folder
        self.extra_button.setText("Open the folder")
        self.extra_button.setIcon(icons.icon("folder"))
        self.extra_button.setAccessibleName("Open the folder of the release")
        self.extra_button.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        )
        self.extra_button.show()
        files = len(released.files)
        return Outcome(
            "Released",
            f"{'1 file was' if files == 1 else f'{files:,} files were'} written to {folder}. They "
            "are exactly what was approved, with the certificate of it.",
            good=True,
            files=released.files,
            next_step="Anyone can check them, without the case and its passphrase: "
            f'redactor case check "{folder}"',
        )

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Release into an empty folder")
        if folder:
            self.folder.setText(folder)

    def _check(self) -> None:
        text = self.folder.text().strip()
        path = Path(text) if text else None
        trouble = _trouble_with(path) if path is not None else ""
        self.folder_trouble.setText(trouble)
        self.folder_trouble.setVisible(bool(trouble))
        self.release.setEnabled(path is not None and not trouble)

    def _lay_out_asking(self) -> None:
        self.asked.addWidget(self.heading("Where to release"))
        self.asked.addWidget(
            words(
                "Exactly the files that were approved are copied out, with their certificate. "
                "They need a folder of their own, so that nothing else is sent with them."
            )
        )
        label = QLabel("&Folder")
        label.setBuddy(self.folder)
        self.folder.setAccessibleName("Folder of the release")
        self.folder.setPlaceholderText("An empty folder, or one that does not exist yet")
        self.folder.textChanged.connect(self._check)
        self.browse.setAccessibleName("Choose the folder of the release")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse)
        self.asked.addLayout(row)
        self.asked.addWidget(self.folder_trouble)
        self.asked.addStretch(1)
        self.release.setAccessibleName("Release")
        self.release.clicked.connect(self.start)
        theme.dress(self.release, "main")
        self.finish_asking(self.release)


def _trouble_with(path: Path) -> str:
    """Say why a folder cannot take a release; empty where it can."""
    if not path.is_absolute():
        return "Give the whole path of the folder."
    if path.is_file():
        return "That is a file, not a folder."
    if path.is_dir() and any(path.iterdir()):
        return "That folder is not empty. A release needs a folder of its own."
    if not path.exists() and not path.parent.is_dir():
        return "There is no such folder."
    return ""

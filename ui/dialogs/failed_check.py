"""What the last candidate failed: its checks, and the places where something withheld stood."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from redactor.events import Event
from ui import theme
from ui.dialogs.base import words
from ui.moments import spoken_iso


class FailedCheckDialog(QDialog):
    """Lists what the log holds of a failed check."""

    def __init__(self, message: str, failed: Event, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("What failed")
        self.resize(560, 380)
        self.list = QListWidget()
        self.list.setAccessibleName("Checks that failed")
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(True)
        body = failed.body
        self.list.addItems([f"Check: {one}" for one in body.get("checks", ())])
        self.list.addItems(
            [
                f"Withheld text was found at {one['where']} (by {one['engine']})"
                for one in body.get("leaks", ())
            ]
        )
        tried = words(f"Tried by {failed.actor} on {spoken_iso(failed.at)}")
        theme.dress(tried, "quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(words(message))
        layout.addWidget(self.list, 1)
        layout.addWidget(tried)
        layout.addWidget(buttons)

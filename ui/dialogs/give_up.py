"""Giving up the protection of small numbers, with a reason."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ui.dialogs.base import Asking

_LONGEST = 2000


class GiveUpDialog(Asking):
    """Ask why all figures are printed again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Give up the protection", "Print all figures")
        self.say("All figures that were withheld as small, or to protect them, are printed again.")
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.reason.setAccessibleName("Why")
        label = QLabel("&Why")
        label.setBuddy(self.reason)
        self.layout_.addWidget(label)
        self.layout_.addWidget(self.reason)
        self.say("It can be undone with Ctrl+Z.", "quiet")
        self.layout_.addWidget(self.buttons)
        self.ok.setEnabled(False)
        self.reason.textChanged.connect(lambda text: self.ok.setEnabled(bool(text.strip())))
        self.make_room()

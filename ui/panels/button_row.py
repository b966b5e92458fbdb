"""Buttons side by side, from the left and no wider than they ask to be."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton

_GAP = 6


class ButtonRow(QHBoxLayout):
    """Holds some buttons and, at their right, air."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self.setSpacing(_GAP)
        for button in buttons:
            self.addWidget(button)
        self.addStretch(1)

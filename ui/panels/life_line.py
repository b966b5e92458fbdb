"""The five steps of a case in one line, the present one marked in words and in colour."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from redactor.lifecycle import CaseState
from ui import icons, theme
from ui.life_words import STEPS, step_of, step_title


class LifeLine(QWidget):
    """Open, in review, submitted, approved, released."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = [_Step(step_title(one)) for one in STEPS]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for number, step in enumerate(self.steps):
            if number:
                line = QFrame()
                theme.dress(line, "rule")
                line.setFixedHeight(1)
                line.setMinimumWidth(8)
                layout.addWidget(line, 1)
            layout.addWidget(step)

    def show_state(self, state: CaseState) -> None:
        """Mark the step at which a case stands."""
        now = step_of(state)
        for number, step in enumerate(self.steps):
            when = "done" if number < now else "now" if number == now else "to come"
            step.show_when(when, returned=number == now and state is CaseState.RETURNED)
        title = step_title(STEPS[now])
        self.setAccessibleName(f"Step {now + 1} of {len(STEPS)}: {title}")


class _Step(QFrame):
    """One step: its name, and whether it is done, now or to come."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._picture = QLabel()
        self._name = QLabel(title)
        self._when = QLabel()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._when)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 5, 12, 5)
        layout.setSpacing(8)
        layout.addWidget(self._picture)
        layout.addLayout(words)

    def show_when(self, when: str, *, returned: bool = False) -> None:
        """Say whether it is ``done``, ``now`` or ``to come``."""
        self._when.setText("now, returned" if returned else when)
        theme.dress(self, "present", on=when == "now")
        theme.dress(self._name, "heading", on=when == "now")
        theme.dress(self._name, "quiet", on=when == "to come")
        theme.dress(self._when, "quiet", on=when != "now")
        self._picture.setVisible(when == "done")
        if when == "done":
            self._picture.setPixmap(icons.icon("done").pixmap(16, 16))
        self.setAccessibleName(f"{self._title}: {self._when.text()}")

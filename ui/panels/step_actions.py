"""What can be done next with a case: each step a button, and under it what it does or why not."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from redactor.app.next_steps import NextSteps
from redactor.events import EventKind
from ui import theme
from ui.dialogs.base import words


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        name: the command that takes it.
        kind: the event that it writes; None where it writes none.
        does: what it does, as a sentence.
    """

    name: str
    kind: EventKind | None
    text: str
    does: str


STEPS = (
    Step(
        "checklist",
        None,
        "Checklist…",
        "Every line of the Commissioner’s checklists is answered.",
    ),
    Step(
        "submit",
        EventKind.SUBMITTED,
        "Submit…",
        "Builds and checks every file, and hands the case to a reviewer.",
    ),
    Step(
        "return",
        EventKind.RETURNED,
        "Return…",
        "Gives the case back to who prepared it, with a reason and your comments.",
    ),
    Step(
        "approve",
        EventKind.APPROVED,
        "Approve…",
        "Signs exactly the files that were submitted with your key.",
    ),
    Step(
        "release",
        EventKind.RELEASED,
        "Release…",
        "Copies the approved files, and nothing else, into a folder of their own.",
    ),
    Step(
        "check",
        None,
        "Check the case",
        "Holds everything in the case against its log and the signatures in it.",
    ),
)


class StepActions(QScrollArea):
    """The buttons.

    Signals:
        wanted: a button was pressed; the name of its step.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self.reasons = {one.name: words("", "quiet") for one in STEPS}
        inner = QFrame()
        theme.dress(inner, "card")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(4)
        for number, step in enumerate(STEPS):
            if number:
                column.addSpacing(12)
            self._add(column, step)
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Next steps")

    def show_steps(self, steps: NextSteps, next_step: str) -> None:
        """Switch what may be done, and say why the rest may not.

        Args:
            next_step: the name of the step that comes next in the life of the case.
        """
        for step in STEPS:
            against = steps.against[step.kind] if step.kind is not None else ""
            button, reason = self.buttons[step.name], self.reasons[step.name]
            button.setEnabled(not against)
            said = against or (steps.unanswered if step.name == "checklist" else "") or step.does
            button.setAccessibleDescription(said)
            theme.dress(button, "main", on=step.name == next_step and not against)
            reason.setText(said)

    def _add(self, column: QVBoxLayout, step: Step) -> None:
        button = QPushButton(step.text)
        button.setAccessibleName(step.text)
        button.setMinimumHeight(32)
        button.setEnabled(step.kind is None)
        button.clicked.connect(lambda: self.wanted.emit(step.name))
        self.buttons[step.name] = button
        reason = self.reasons[step.name]
        reason.setText(step.does)
        reason.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        column.addWidget(button)
        column.addWidget(reason)

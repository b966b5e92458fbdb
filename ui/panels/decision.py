"""Where a decision is made: the exemption, the reason, and the buttons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from redactor.events import Mark
from redactor.law.exemptions import exemptions
from redactor.law.reasons import reasons_for
from redactor.model import Action, Decision
from ui import icons, theme
from ui.marks import group_of, title_of
from ui.panels.one_line import OneLine

_MISSING = "Write the reason first, then press Enter. It is recorded with the decision."

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision is recorded with."""

    exemption: str
    reason: str


class DecisionPanel(QFrame):
    """Exemption, reasons and buttons.

    Signals:
        decided: Accept or Reject was pressed; the ``Action``.
        decided_everywhere: the same for all of this text.
        completed: Enter was pressed in a reason that had been asked for; its ``Action``.
        left: Enter was pressed in a reason that nothing waited for.
    """

    decided = Signal(Action)
    decided_everywhere = Signal(Action)
    completed = Signal(Action)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, "card")
        self._group = ""
        self._asked: Action | None = None
        self.about = OneLine()
        self.standing = OneLine()
        theme.dress(self.standing, "quiet")
        self.trouble = OneLine()
        theme.dress(self.trouble, "trouble")
        self.trouble.hide()
        self.exemption = QComboBox()
        self.reasons = {Action.REDACT: QComboBox(), Action.KEEP: QComboBox()}
        self._lines: dict[Action, QLineEdit] = {}
        self.accept = QPushButton("Accept: redact (A)")
        self.accept_all = QPushButton("All of this text (Shift+A)")
        self.reject = QPushButton("Reject: keep (R)")
        self.reject_all = QPushButton("All of this text (Shift+R)")
        self._build()
        self._lay_out()
        self.show_mark(None, None, 0)

    # --- what the window asks and says --------------------------------------------------------

    def ground(self, action: Action) -> Ground | None:
        """Give what is to be recorded, or None after asking for the reason that is missing."""
        reason = self.reasons[action].currentText().strip()
        if not reason:
            self._ask_for(action)
            return None
        self._asked = None
        self._mark_missing(None)
        return Ground(str(self.exemption.currentData()) if action is Action.REDACT else "", reason)

    def remember(self, exemption: str, reasons: dict[Action, str]) -> None:
        """Begin with what was last decided."""
        at = self.exemption.findData(exemption)
        self.exemption.setCurrentIndex(max(0, at))
        for action, reason in reasons.items():
            self._write(action, reason)

    def show_mark(self, mark: Mark | None, decision: Decision | None, selected: int) -> None:
        """Show what would be decided on, and what was."""
        for button in (self.accept, self.accept_all, self.reject, self.reject_all):
            button.setEnabled(mark is not None)
        for button in (self.accept_all, self.reject_all):
            button.setEnabled(mark is not None and selected <= 1 and bool(mark.text.strip()))
        if mark is None:
            self.about.setText("No finding is chosen")
            self.standing.setText("")
            return
        if selected > 1:
            self.about.setText(f"{selected:,} findings are chosen")
            self.standing.setText("A decision is recorded for each of them.")
        else:
            text = " ".join(mark.text.split()) or "(drawn box)"
            self.about.setText(f"{title_of(mark)}: {text}")
            self.standing.setText(_standing(mark, decision))
        if group_of(mark) != self._group:
            self._group = group_of(mark)
            self._fill_reasons()

    # --- inside -------------------------------------------------------------------------------

    def _build(self) -> None:
        for one in exemptions():
            self.exemption.addItem(f"{one.citation} – {one.title}", one.citation)
            tip = f"{one.citation}: {one.title}"
            self.exemption.setItemData(self.exemption.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.exemption.setAccessibleName("Exemption for a redaction")
        self.reasons[Action.REDACT].setAccessibleName("Reason to redact")
        self.reasons[Action.KEEP].setAccessibleName("Reason to keep")
        boxes = (self.exemption, *self.reasons.values())
        for box in boxes:
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(18)
            box.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        for action, box in self.reasons.items():
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            line = QLineEdit()
            box.setLineEdit(line)
            box.setCompleter(None)  # type: ignore[arg-type]  # none: it finished what nobody wrote
            self._lines[action] = line
            line.setPlaceholderText("Write a reason, or choose one")
            line.setAccessibleName(box.accessibleName())
            line.setMaxLength(_LONGEST)
            box.activated.connect(lambda row, action=action: self._chosen(action, row))
            line.returnPressed.connect(lambda action=action: self._entered(action))
            line.textChanged.connect(lambda _: self._mark_missing(None))
        self._fill_reasons()
        for button, picture, name, tip in (
            (self.accept, "redact", "Accept: redact", "Redact what is selected"),
            (
                self.accept_all,
                "redact",
                "Accept all of this text",
                "Redact this text wherever it stands in the case",
            ),
            (self.reject, "keep", "Reject: keep", "Keep what is selected"),
            (
                self.reject_all,
                "keep",
                "Reject all of this text",
                "Keep this text at every finding of it",
            ),
        ):
            button.setIcon(icons.icon(picture))
            button.setToolTip(tip)
            button.setAccessibleName(name)
            button.setAccessibleDescription(tip)
        self.accept.clicked.connect(lambda: self.decided.emit(Action.REDACT))
        self.accept_all.clicked.connect(lambda: self.decided_everywhere.emit(Action.REDACT))
        self.reject.clicked.connect(lambda: self.decided.emit(Action.KEEP))
        self.reject_all.clicked.connect(lambda: self.decided_everywhere.emit(Action.KEEP))

    def _lay_out(self) -> None:
        theme.dress(self.about, "heading")
        exemption, redact, keep = (
            QLabel("Redact &under"),
            QLabel("&because"),
            QLabel("&Keep because"),
        )
        for label, box in (
            (exemption, self.exemption),
            (redact, self.reasons[Action.REDACT]),
            (keep, self.reasons[Action.KEEP]),
        ):
            label.setBuddy(box)
            theme.dress(label, "quiet")
        rule = QFrame()
        theme.dress(rule, "rule")
        rule.setFixedHeight(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.addWidget(exemption, 0, 0)
        grid.addWidget(self.exemption, 0, 1, 1, 2)
        grid.addWidget(redact, 1, 0)
        grid.addWidget(self.reasons[Action.REDACT], 1, 1, 1, 2)
        grid.addWidget(self.accept, 2, 1)
        grid.addWidget(self.accept_all, 2, 2)
        grid.addWidget(rule, 3, 0, 1, 3)
        grid.addWidget(keep, 4, 0)
        grid.addWidget(self.reasons[Action.KEEP], 4, 1, 1, 2)
        grid.addWidget(self.reject, 5, 1)
        grid.addWidget(self.reject_all, 5, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(6)
        layout.addWidget(self.about)
        layout.addWidget(self.standing)
        layout.addWidget(self.trouble)
        layout.addLayout(grid)

    def _fill_reasons(self) -> None:
        """Offer the reasons that fit the kind of finding; what was written stays."""
        for action, box in self.reasons.items():
            text = box.currentText()
            box.clear()
            for row, one in enumerate(reasons_for(self._group, action)):
                box.addItem(one.title, one.text)
                box.setItemData(row, one.text, Qt.ItemDataRole.ToolTipRole)
            box.setCurrentIndex(-1)
            self._write(action, text)

    def _write(self, action: Action, text: str) -> None:
        box = self.reasons[action]
        box.setEditText(text)
        self._lines[action].setCursorPosition(0)
        box.setToolTip(text)

    def _chosen(self, action: Action, row: int) -> None:
        self._write(action, str(self.reasons[action].itemData(row)))

    def _ask_for(self, action: Action) -> None:
        self._asked = action
        self._mark_missing(action)
        self.reasons[action].setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark_missing(self, action: Action | None) -> None:
        self.trouble.setText(_MISSING if action else "")
        self.trouble.setVisible(action is not None)
        self.standing.setVisible(action is None)
        for each, box in self.reasons.items():
            theme.dress(box, "missing", on=each is action)

    def _entered(self, action: Action) -> None:
        asked, self._asked = self._asked, None
        if asked is action and self.reasons[action].currentText().strip():
            self.completed.emit(action)
        else:
            self.left.emit()


def _standing(mark: Mark, decision: Decision | None) -> str:
    if decision is not None:
        what = "Redact" if decision.action is Action.REDACT else "Keep"
        under = f" under {decision.exemption}" if decision.exemption else ""
        return f"{what}{under}, decided by {decision.actor}: {decision.reason}"
    if mark.hidden is not None:
        return "Hidden content is never released. It needs no decision."
    return "To be decided"

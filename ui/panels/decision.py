"""Where a decision is made: the exemption, the reason, and the buttons."""

from __future__ import annotations

from collections.abc import Mapping
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
from redactor.labels import IN_FILE
from redactor.law.exemptions import exemption_named
from redactor.law.reasons import reasons_for
from redactor.law.regimes import Regime
from redactor.model import Action, Decision, HiddenKind
from ui import icons, theme
from ui.limb_box import LimbBox
from ui.marks import group_of, title_of
from ui.panels.one_line import OneLine
from ui.places import place_title

_MISSING = "Write the reason first, then press Enter. It is recorded with the decision."
_NOT_WEIGHED = (
    "This limb is qualified. Write how the public interest was weighed, then press Enter."
)

_LONGEST = 2000
_NEVER_RELEASED = "Hidden content is never released, and needs no decision."
#: Of what looks as if it were redacted, it is to be known that it is not.
_HIDDEN: Mapping[str, str] = {
    HiddenKind.COVERED_TEXT: (
        "It can still be read in the file that came; it is not released, and needs no decision."
    )
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision is recorded with."""

    exemption: str
    reason: str
    public_interest: str


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
        self._regime = Regime.FOI
        self._asked: Action | None = None
        self.about = OneLine()
        self.standing = OneLine()
        theme.dress(self.standing, "quiet")
        self.trouble = OneLine()
        theme.dress(self.trouble, "trouble")
        self.trouble.hide()
        self.exemption = LimbBox("Exemption for a redaction")
        self.reasons = {Action.REDACT: QComboBox(), Action.KEEP: QComboBox()}
        self._lines: dict[Action, QLineEdit] = {}
        self.public_interest = QLineEdit()
        self._allowed = True
        self.accept = QPushButton("Accept: redact (A)")
        self.accept_all = QPushButton("All of this text (Shift+A)")
        self.reject = QPushButton("Reject: keep (R)")
        self.reject_all = QPushButton("All of this text (Shift+R)")
        self._interest_title = QLabel("&Public interest")
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
        weighs = action is Action.REDACT and self._is_qualified()
        public_interest = self.public_interest.text().strip() if weighs else ""
        if weighs and not public_interest:
            self._ask_for_public_interest()
            return None
        self._asked = None
        self._mark_missing(None)
        exemption = self.exemption.citation if action is Action.REDACT else ""
        return Ground(exemption, reason, public_interest)

    def allow(self, *, on: bool) -> None:
        """Say whether the person may decide at all."""
        self._allowed = on
        for field in (self.exemption, self.public_interest, *self.reasons.values()):
            field.setEnabled(on)

    def remember(self, exemption: str, reasons: dict[Action, str], public_interest: str) -> None:
        """Begin with what was last decided."""
        self.exemption.choose(exemption)
        self.public_interest.setText(public_interest)
        self.public_interest.setCursorPosition(0)
        for action, reason in reasons.items():
            self._write(action, reason)

    def mend(self, decision: Decision) -> None:
        """Begin with a decision that wants something, at what is wanting."""
        is_known = self.exemption.choose(decision.exemption)
        self._write(decision.action, decision.reason)
        field: QWidget = self.reasons[decision.action]
        if decision.reason.strip():
            field = self.public_interest if is_known else self.exemption
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_mark(self, mark: Mark | None, decision: Decision | None, selected: int) -> None:
        """Show what would be decided on, and what was."""
        for button in (self.accept, self.accept_all, self.reject, self.reject_all):
            button.setEnabled(mark is not None and self._allowed)
        for button in (self.accept_all, self.reject_all):
            one = mark is not None and selected <= 1 and bool(mark.text.strip())
            button.setEnabled(one and self._allowed)
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

    def set_regime(self, regime: Regime) -> None:
        """Offer the limbs of the law that the case is answered under."""
        if regime is not self._regime:
            self._regime = regime
            self.exemption.offer(regime)

    # --- inside -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.exemption.offer(self._regime)
        self.exemption.line.returnPressed.connect(lambda: self._entered(Action.REDACT))
        self.reasons[Action.REDACT].setAccessibleName("Reason to redact")
        self.reasons[Action.KEEP].setAccessibleName("Reason to keep")
        for box in self.reasons.values():
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
        self.public_interest.setAccessibleName("How the public interest was weighed")
        self.public_interest.setPlaceholderText("For and against disclosure, and which weighs more")
        self.public_interest.setMaxLength(_LONGEST)
        self.public_interest.returnPressed.connect(lambda: self._entered(Action.REDACT))
        self.public_interest.textChanged.connect(lambda _: self._mark_missing(None))
        self.exemption.currentIndexChanged.connect(lambda _: self._show_public_interest())
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
        self._interest_title.setBuddy(self.public_interest)
        theme.dress(self._interest_title, "quiet")
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
        grid.addWidget(self._interest_title, 2, 0)
        grid.addWidget(self.public_interest, 2, 1, 1, 2)
        grid.addWidget(self.accept, 3, 1)
        grid.addWidget(self.accept_all, 3, 2)
        grid.addWidget(rule, 4, 0, 1, 3)
        grid.addWidget(keep, 5, 0)
        grid.addWidget(self.reasons[Action.KEEP], 5, 1, 1, 2)
        grid.addWidget(self.reject, 6, 1)
        grid.addWidget(self.reject_all, 6, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(6)
        layout.addWidget(self.about)
        layout.addWidget(self.standing)
        layout.addWidget(self.trouble)
        layout.addLayout(grid)
        self._show_public_interest()

    def _is_qualified(self) -> bool:
        cited = str(self.exemption.currentData() or "")
        return bool(cited) and exemption_named(cited, self._regime).needs_public_interest_test

    def _show_public_interest(self) -> None:
        """Ask for the weighing where the limb is qualified, and for nothing where it is not."""
        qualified = self._is_qualified()
        self._interest_title.setVisible(qualified)
        self.public_interest.setVisible(qualified)
        self._mark_missing(None)

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

    def _ask_for_public_interest(self) -> None:
        self._mark_missing(None)
        self._asked = Action.REDACT
        self.trouble.setText(_NOT_WEIGHED)
        self.trouble.show()
        self.standing.hide()
        theme.dress(self.public_interest, "missing")
        self.public_interest.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark_missing(self, action: Action | None) -> None:
        self.trouble.setText(_MISSING if action else "")
        self.trouble.setVisible(action is not None)
        self.standing.setVisible(action is None)
        for each, box in self.reasons.items():
            theme.dress(box, "missing", on=each is action)
        theme.dress(self.public_interest, "missing", on=False)

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
        return f"{place_title(mark.target)}. {_HIDDEN.get(mark.hidden, _NEVER_RELEASED)}"
    return f"To be decided. {mark.why}" if mark.recogniser == IN_FILE else "To be decided"

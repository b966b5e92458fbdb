"""The dialogs about a person: a decision for all mentions, a role, and which decision holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from redactor.app.person_decisions import PersonDecision
from redactor.law.exemptions import exemption_named
from redactor.law.reasons import reasons_for
from redactor.law.regimes import Regime
from redactor.model import Action
from redactor.person_roles import SubjectRole
from ui import theme
from ui.dialogs.base import Asking
from ui.limb_box import LimbBox
from ui.panels.decision import Ground
from ui.persons_model import role_words, standing_words
from ui.ticks import tick_clearly

_LONGEST = 2000


class PersonDecisionDialog(Asking):
    """Ask for the ground of a decision on every mention of a person."""

    def __init__(
        self,
        name: str,
        mentions: int,
        action: Action,
        last: Ground,
        parent: QWidget | None = None,
        *,
        regime: Regime = Regime.FOI,
        used: Sequence[str] = (),
    ) -> None:
        redact = action is Action.REDACT
        verb = "Redact" if redact else "Keep"
        count = "1 mention" if mentions == 1 else f"all {mentions:,} mentions"
        super().__init__(parent, f"{verb} a person", f"{verb} {count}")
        self._action, self._regime = action, regime
        theme.dress(self.say(f"{verb} {count} of {name}"), "heading")
        self.exemption = LimbBox("Exemption for a redaction")
        self.reason = QComboBox()
        self.public_interest = QLineEdit(last.public_interest)
        self._interest_title = QLabel("How the &public interest was weighed")
        if redact:
            self._add_exemption(last.exemption, used)
        self._add_reason(last.reason)
        self.later = tick_clearly(QCheckBox("Mentions in documents that are added &later, too"))
        self.later.setChecked(True)
        self.layout_.addWidget(self.later)
        theme.dress(self.say("One step, which Ctrl+Z takes back."), "quiet")
        self.layout_.addWidget(self.buttons)
        self._check()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def ground(self) -> Ground:
        """Give what the decision is to be recorded with."""
        redact = self._action is Action.REDACT
        exemption = self.exemption.citation if redact else ""
        weighed = self.public_interest.text().strip() if self._is_qualified() else ""
        return Ground(exemption, self.reason.currentText().strip(), weighed)

    def _add_exemption(self, last: str, used: Sequence[str]) -> None:
        self.exemption.offer_used(lambda: used)
        self.exemption.offer(self._regime)
        self.exemption.choose(last)
        self.exemption.setMinimumContentsLength(30)
        self._under("Redact &under", self.exemption)
        self._interest_title.setBuddy(self.public_interest)
        self.public_interest.setAccessibleName("How the public interest was weighed")
        self.public_interest.setMaxLength(_LONGEST)
        self.layout_.addWidget(self._interest_title)
        self.layout_.addWidget(self.public_interest)
        self.exemption.currentIndexChanged.connect(lambda _: self._check())
        self.public_interest.textChanged.connect(lambda _: self._check())

    def _add_reason(self, last: str) -> None:
        self.reason.setEditable(True)
        self.reason.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.reason.setCompleter(None)  # type: ignore[arg-type]  # it finished what nobody wrote
        self.reason.setAccessibleName("Reason")
        self.reason.setMinimumContentsLength(30)
        self.reason.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for one in reasons_for("person", self._action):
            self.reason.addItem(one.title, one.text)
        self.reason.setCurrentIndex(-1)
        self.reason.setEditText(last)
        self.reason.activated.connect(
            lambda row: self.reason.setEditText(str(self.reason.itemData(row)))
        )
        self.reason.editTextChanged.connect(lambda _: self._check())
        self._under("&Because", self.reason)

    def _under(self, title: str, field: QWidget) -> None:
        label = QLabel(title)
        label.setBuddy(field)
        self.layout_.addWidget(label)
        self.layout_.addWidget(field)

    def _is_qualified(self) -> bool:
        if self._action is not Action.REDACT:
            return False
        cited = str(self.exemption.currentData())
        return exemption_named(cited, self._regime).needs_public_interest_test

    def _check(self) -> None:
        weighs = self._is_qualified()
        self._interest_title.setVisible(weighs)
        self.public_interest.setVisible(weighs)
        ground = self.ground
        self.ok.setEnabled(bool(ground.reason) and (not weighs or bool(ground.public_interest)))


class _Choosing(Asking):
    """Ask for one of a list."""

    def __init__(self, parent: QWidget | None, title: str, accept: str, said: str) -> None:
        super().__init__(parent, title, accept)
        theme.dress(self.say(said), "heading")
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.itemActivated.connect(lambda _: self.accept())

    def _offer(self, choices: Sequence[tuple[str, object]], at: int) -> None:
        for text, value in choices:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, value)
            self.list.addItem(item)
        self.list.setCurrentRow(at)
        height = self.list.sizeHintForRow(0) * len(choices) + 12
        self.list.setFixedHeight(min(height, 320))
        self.layout_.addWidget(self.list)
        self.layout_.addWidget(self.buttons)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> object:
        return self.list.currentItem().data(Qt.ItemDataRole.UserRole)


class RoleDialog(_Choosing):
    """Ask what a person is in the matter."""

    def __init__(
        self,
        name: str,
        now: SubjectRole | None,
        proposed: SubjectRole | None,
        why: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, "Role in the matter", "Set the role", f"What is {name} here?")
        if proposed is not None and now is None:
            self.say(f"Proposed: {role_words(proposed)}. {why}")
        roles = list(SubjectRole)
        start = now or proposed
        self._offer(
            [(role_words(one), str(one)) for one in roles], roles.index(start) if start else 0
        )

    @property
    def role(self) -> SubjectRole:
        """Give the role that was chosen."""
        return SubjectRole(str(self._chosen()))


class ContradictionDialog(_Choosing):
    """Ask which of the decisions that stand is to hold for persons who become one."""

    def __init__(self, decisions: Sequence[PersonDecision], parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            "Decisions contradict each other",
            "Merge, and decide so",
            "Which decision is to hold for the merged person?",
        )
        self._decisions = tuple(decisions)
        self._offer(
            [
                (f"{standing_words([one])}: {one.reason} ({one.actor})", at)
                for at, one in enumerate(self._decisions)
            ],
            0,
        )

    @property
    def decision(self) -> PersonDecision:
        """Give the decision that was chosen."""
        return self._decisions[int(str(self._chosen()))]

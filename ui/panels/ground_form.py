"""Fields for why something is withheld: a justification, or limb, reason and weighing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from redactor.app.numbers_case import Ground
from redactor.law.exemptions import exemption_named
from redactor.law.regimes import Regime
from redactor.review import Justification
from ui import theme
from ui.dialogs.base import new_form, words
from ui.limb_box import LimbBox

_LONGEST = 2000
_OWN = "Limb and reason below"
_NO_REASON = "Write the reason. It is recorded with the decision."
_NOT_WEIGHED = "This limb is qualified. Write how the public interest was weighed."


class GroundForm(QWidget):
    """Asks under what something is withheld.

    A justification of the case says all of it; without one, limb and reason are asked for, and the
    weighing of the public interest where the limb is qualified.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._regime = Regime.FOI
        self._needs_limb = True
        self.rests_on, self.limb = QComboBox(), LimbBox("Exemption and limb")
        self.reason, self.public_interest = QLineEdit(), QLineEdit()
        self.trouble = words("", "trouble")
        self.form = new_form()
        self._name_all()
        self._lay_out()
        self.offer(Regime.FOI, {})

    def offer(self, regime: Regime, justifications: Mapping[int, Justification]) -> None:
        """Offer the limbs of a law, and the justifications of a case; what is chosen stays."""
        rests_on = self.rests_on.currentData()
        self._regime = regime
        self.limb.offer(regime)
        self.rests_on.clear()
        self.rests_on.addItem(_OWN, 0)
        for number, justification in sorted(justifications.items()):
            self.rests_on.addItem(f"Justification {number}: {justification.exemption}", number)
        self.rests_on.setCurrentIndex(max(self.rests_on.findData(rests_on), 0))
        self._show_what_applies()

    def remember(self, exemption: str, reason: str, public_interest: str) -> None:
        """Begin with what was last decided, where nothing is written."""
        self.limb.choose(exemption)
        for line, said in ((self.reason, reason), (self.public_interest, public_interest)):
            if not line.text():
                line.setText(said)
                line.setCursorPosition(0)

    def ask_limb(self, *, on: bool) -> None:
        """Say whether a limb is needed, or a reason alone will do."""
        self._needs_limb = on
        self._show_what_applies()

    def ground(self) -> Ground | None:
        """Give what is written; None after saying what is wanting, and going there."""
        number = int(self.rests_on.currentData() or 0) if self._needs_limb else 0
        if number:
            return Ground(justification=number)
        citation = self.limb.citation if self._needs_limb else ""
        reason = self.reason.text().strip()
        if not reason:
            self._want(self.reason, _NO_REASON)
            return None
        weighing = self.public_interest.text().strip() if self._weighs() else ""
        if self._weighs() and not weighing:
            self._want(self.public_interest, _NOT_WEIGHED)
            return None
        return Ground(citation, reason, weighing)

    # --- inside -------------------------------------------------------------------------------

    def _citation(self) -> str:
        return str(self.limb.currentData() or "")

    def _weighs(self) -> bool:
        cited = self._citation()
        return (
            self._needs_limb
            and bool(cited)
            and exemption_named(cited, self._regime).needs_public_interest_test
        )

    def _want(self, field: QLineEdit, said: str) -> None:
        self.trouble.setText(said)
        self.trouble.show()
        theme.dress(field, "missing")
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _content(self) -> None:
        self.trouble.hide()
        for field in (self.reason, self.public_interest):
            theme.dress(field, "missing", on=False)

    def _show_what_applies(self) -> None:
        own = not int(self.rests_on.currentData() or 0) or not self._needs_limb
        form = self.form
        form.setRowVisible(self.rests_on, self._needs_limb and self.rests_on.count() > 1)
        form.setRowVisible(self.limb, self._needs_limb and own)
        form.setRowVisible(self.reason, own)
        form.setRowVisible(self.public_interest, own and self._weighs())
        self._content()

    def _name_all(self) -> None:
        for field, name in (
            (self.rests_on, "What it rests on"),
            (self.reason, "Reason"),
            (self.public_interest, "How the public interest was weighed"),
        ):
            field.setAccessibleName(name)
        for box in (self.rests_on, self.limb):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(16)
            box.view().setTextElideMode(Qt.TextElideMode.ElideRight)
            box.currentIndexChanged.connect(lambda _: self._show_what_applies())
        for line in (self.reason, self.public_interest):
            line.setMaxLength(_LONGEST)
            line.textChanged.connect(lambda _: self._content())
        self.public_interest.setPlaceholderText("For and against disclosure, and which weighs more")

    def _lay_out(self) -> None:
        form = self.form
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for title, field in (
            ("Rests &on", self.rests_on),
            ("&Under", self.limb),
            ("Bec&ause", self.reason),
            ("Pu&blic interest", self.public_interest),
        ):
            label = QLabel(title)
            label.setBuddy(field)
            form.addRow(label, field)
        form.addRow(self.trouble)
        self.trouble.hide()
        self.setLayout(form)

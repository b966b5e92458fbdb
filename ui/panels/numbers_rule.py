"""Step 2: which counts are small, what a reader may know, and who could recognise whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from redactor.app.numbers_case import Draft
from redactor.numbers.model import Require, Zeros
from redactor.numbers.presets import Preset
from ui import theme
from ui.dialogs.base import new_form, words

_WHO = "&Who could recognise whom by a small number here?"
_WHO_MISSING = (
    "Say who could recognise whom. A small number is not by itself personal data "
    "(Information Commissioner v Miller [2018] UKUT 229 (AAC))."
)
_WHO_HINT = "For instance: colleagues of an officer against whom an allegation was made that year."
_ZEROS: Mapping[Zeros, str] = {
    Zeros.SHOWN: "Printed as 0",
    Zeros.HIDDEN: "Small too, and withheld",
}
_REQUIRE: Mapping[Require, str] = {
    Require.RANGE: "Nobody can tell that it is small",
    Require.EXACT: "Nobody can work it out exactly",
}
_OWN = "A rule of your own"
_LINES = 4
#: Changes that come in quick turn are told once.
_SETTLE_MS = 250
_MOST = 1000
_TALL, _NUMBER_WIDTH = 28, 96


class RuleStep(QWidget):
    """The rule.

    Signals:
        changed: the rule is another one now; a ``Draft`` (edits, pins and reasons as they were).
        known_wanted: the button was pressed that says of the chosen cells what a reader knows.
        forgotten: what a reader knows is nothing again.
        done: on to the answers.
    """

    changed = Signal(object)
    known_wanted = Signal()
    forgotten = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = Draft()
        self._presets: Mapping[str, Preset] = {}
        self.preset, self.zeros, self.require = QComboBox(), QComboBox(), QComboBox()
        self.threshold, self.base = QSpinBox(), QSpinBox()
        self.preset_words, self.source = words("", "quiet"), words("", "quiet")
        self.who = QPlainTextEdit()
        self.trouble = words("", "trouble")
        self.known = QPushButton("A reader &knows the chosen cells")
        self.forget = QPushButton("Knows none")
        self.known_said = words("", "quiet")
        self.go_on = QPushButton("&Compare the answers")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._name_all()
        self._lay_out()
        self._connect()

    def offer(self, presets: Sequence[Preset]) -> None:
        """Offer published rules."""
        self._presets = {one.key: one for one in presets}
        self.preset.clear()
        for one in presets:
            self.preset.addItem(one.title, one.key)
        self.preset.addItem(_OWN, "")

    def show_draft(self, draft: Draft) -> None:
        """Show a rule; nobody is told."""
        self._draft = draft
        policy = draft.policy
        fields = (self.preset, self.zeros, self.require, self.threshold, self.base, self.who)
        for field in fields:
            field.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.preset.setCurrentIndex(max(self.preset.findData(draft.preset), 0))
        self.zeros.setCurrentIndex(self.zeros.findData(policy.zeros))
        self.require.setCurrentIndex(self.require.findData(policy.require))
        self.threshold.setValue(policy.threshold)
        self.base.setValue(draft.base)
        if self.who.toPlainText().strip() != draft.who:
            self.who.setPlainText(draft.who)
        for field in fields:
            field.blockSignals(False)  # noqa: FBT003
        self._show_words()
        count = len(policy.insiders)
        known = "1 cell is" if count == 1 else f"{count:,} cells are"
        self.known_said.setText(
            f"{known} known to a reader, who then works out the others."
            if count
            else "A reader knows none of the counts. Choose cells in the table that somebody "
            "knows, for instance because only they are counted in it."
        )
        self.forget.setEnabled(bool(count))

    def draft(self) -> Draft:
        """Give the rule as it is typed."""
        policy = replace(
            self._draft.policy,
            threshold=self.threshold.value(),
            zeros=Zeros(self.zeros.currentData()),
            require=Require(self.require.currentData()),
        )
        return replace(
            self._draft,
            policy=policy,
            base=self.base.value(),
            preset=str(self.preset.currentData() or ""),
            who=self.who.toPlainText().strip(),
        )

    def ask_who(self) -> None:
        """Say that nobody is named who could recognise anybody, and go there."""
        self.trouble.setText(_WHO_MISSING)
        self.trouble.show()
        theme.dress(self.who, "missing")
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- inside -------------------------------------------------------------------------------

    def _chosen(self) -> None:
        """Take over all that a published rule says."""
        preset = self._presets.get(str(self.preset.currentData()))
        if preset is None:
            self._draft = replace(self.draft(), preset="")
        else:
            started, pins = Draft.of(preset), self._draft.policy
            policy = replace(
                started.policy,
                must_print=pins.must_print,
                must_hide=pins.must_hide,
                insiders=pins.insiders,
            )
            self._draft = replace(self.draft(), policy=policy, base=started.base, preset=preset.key)
        self.show_draft(self._draft)
        self._tell()

    def _changed(self) -> None:
        """Take over a change; a rule that was changed is still the one it was started from."""
        self._draft = self.draft()
        self._timer.start()

    def _tell(self) -> None:
        self._timer.stop()
        self._draft = self.draft()
        self.changed.emit(self._draft)

    def _typed(self) -> None:
        self.trouble.hide()
        theme.dress(self.who, "missing", on=False)
        self._timer.start()

    def _show_words(self) -> None:
        preset = self._presets.get(str(self.preset.currentData()))
        self.preset_words.setText(
            preset.words if preset is not None else "Nobody publishes it; say why in the reason."
        )
        said = f"Source: {preset.source} ({preset.dated})" if preset is not None else ""
        self.source.setText(said)
        self.source.setVisible(bool(said))

    def _name_all(self) -> None:
        for value, title in _ZEROS.items():
            self.zeros.addItem(title, value)
        for need, title in _REQUIRE.items():
            self.require.addItem(title, need)
        for number in (self.threshold, self.base):
            number.setRange(2, _MOST)
            number.setMinimumHeight(_TALL)
            number.setFixedWidth(_NUMBER_WIDTH)
        for field, name in (
            (self.preset, "Published rule"),
            (self.threshold, "Counts below this are small"),
            (self.zeros, "Noughts"),
            (self.require, "What must hold of a small number"),
            (self.base, "Rounded to a multiple of"),
            (self.who, _WHO.replace("&", "")),
        ):
            field.setAccessibleName(name)
        for box in (self.preset, self.zeros, self.require):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(14)
        self.source.setAccessibleName("Source of the rule")
        self.source.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.who.setTabChangesFocus(True)
        self.who.setPlaceholderText(_WHO_HINT)
        self.who.setFixedHeight(self.who.fontMetrics().lineSpacing() * _LINES + 16)
        theme.dress(self.go_on, "main")

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        who = QLabel(_WHO)
        who.setBuddy(self.who)
        who.setWordWrap(True)
        theme.dress(who, "heading")
        for widget in (who, self.who, self.trouble):
            column.addWidget(widget)
        self.trouble.hide()
        form = new_form()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow("&Rule", self.preset)
        form.addRow(self.preset_words)
        form.addRow(self.source)
        form.addRow("S&mall is below", self.threshold)
        form.addRow("&Noughts", self.zeros)
        form.addRow("What must &hold", self.require)
        form.addRow("Roun&ding to", self.base)
        column.addLayout(form)
        knows = QLabel("What a reader may know")
        theme.dress(knows, "heading")
        column.addWidget(knows)
        column.addWidget(self.known_said)
        row = QHBoxLayout()
        row.addWidget(self.known)
        row.addWidget(self.forget)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName("The rule")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        for ground in (inside, area.viewport()):
            ground.setAutoFillBackground(False)  # the card shows through
        area.setFrameShape(area.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        whole.addWidget(self.go_on)

    def _connect(self) -> None:
        self.preset.activated.connect(lambda _: self._chosen())
        for box in (self.zeros, self.require):
            box.activated.connect(lambda _: self._changed())
        for number in (self.threshold, self.base):
            number.valueChanged.connect(lambda _: self._changed())
        self.who.textChanged.connect(self._typed)
        self._timer.timeout.connect(self._tell)
        self.known.clicked.connect(self.known_wanted)
        self.forget.clicked.connect(self.forgotten)
        self.go_on.clicked.connect(self._go_on)

    def _go_on(self) -> None:
        self._tell()
        if self._draft.who:
            self.done.emit()
        else:
            self.ask_who()

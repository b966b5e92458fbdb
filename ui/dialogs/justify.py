"""Writing why a limb is engaged: a form of the questions that the limb asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from redactor.app.case import Case, Change
from redactor.app.grounds import loose_marks
from redactor.app.justifying import justify
from redactor.law.exemptions import exemption_named
from redactor.law.forms import Kind, Question
from redactor.law.justifications import is_answered, missing, objections, questions
from redactor.law.regimes import Regime
from redactor.review import Justification
from ui import theme
from ui.dialogs.base import Asking, words
from ui.limb_box import LimbBox
from ui.ticks import tick_clearly

_HEIGHT, _WIDTH = 640, 720
_LINES = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What a case has of justifications, and how many redactions under each limb rest on none."""

    regime: Regime
    justifications: Mapping[int, Justification] = field(repr=False)
    loose: Mapping[str, int]


def known_of(case: Case) -> Known:
    """Gather what the dialog shows."""
    now, marks = case.standing(), case.marks()
    cited = {one.exemption for one in now.decisions.values() if one.exemption}
    loose = {one: len(loose_marks(marks, now.decisions, one)) for one in cited}
    return Known(case.regime, now.justifications, loose)


class JustifyDialog(Asking):
    """Ask a limb's questions, and say what is still wanting.

    Attributes:
        which: a new justification, or one of the case's to be written again.
    """

    def __init__(self, known: Known, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Justification", "Record it")
        self.resize(_WIDTH, _HEIGHT)
        self._known = known
        self._answers: dict[str, str] = {}
        self._fields: dict[str, QWidget] = {}
        self.which, self.limb = QComboBox(), LimbBox("Limb")
        self.wanting = words("", "trouble")
        self.rest = tick_clearly(QCheckBox("&Rest the redactions on it that rest on none"))
        self.rest.setChecked(True)
        self._form = QVBoxLayout()
        self._area = QScrollArea()
        self._lay_out()
        self.which.currentIndexChanged.connect(lambda _: self._chosen())
        self.limb.currentIndexChanged.connect(lambda _: self._ask())
        self._chosen()

    @property
    def citation(self) -> str:
        """Give the limb."""
        return self.limb.citation

    @property
    def answers(self) -> dict[str, str]:
        """Give what is answered of what is asked."""
        return dict(self._answers)

    @property
    def work(self) -> Callable[[Case], Change]:
        """Give what records it, and rests the redactions on it if that is ticked.

        It outlives the dialog, and is done on another thread.
        """
        number, citation, answers = int(self.which.currentData()), self.citation, self.answers
        rests = self.rest.isChecked()

        def record(case: Case) -> Change:
            change = justify(case, citation, answers, number=number)
            loose = loose_marks(case.marks(), case.standing().decisions, citation)
            if rests and loose:
                change = case.decide_under(loose, int(change.event.body["justification"]))
            return change

        return record

    # --- inside -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.say("Written once, it serves every redaction that rests on it.", "quiet")
        self.which.addItem("A new justification", 0)
        for number, one in sorted(self._known.justifications.items()):
            self.which.addItem(f"{number}: {one.exemption}, written again", number)
        loose = self._known.loose
        in_use = sorted(loose, key=lambda one: -loose[one])
        self.limb.offer_used(lambda: in_use)
        self.limb.offer(
            self._known.regime,
            for_passages=False,
            notes={
                one: f"{count:,} redactions rest on none" for one, count in loose.items() if count
            },
        )
        if in_use:
            self.limb.choose(in_use[0])
        self.which.setAccessibleName("Which justification")
        self.which.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for box, title in ((self.which, "&Which"), (self.limb, "&Limb")):
            box.setMinimumContentsLength(30)
            label = QLabel(title)
            label.setBuddy(box)
            self.layout_.addWidget(label)
            self.layout_.addWidget(box)
        inside = QWidget()
        inside.setLayout(self._form)
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self.layout_.addWidget(self._area, 1)
        self.wanting.setAccessibleName("What is still wanting")
        self.layout_.addWidget(self.wanting)
        self.layout_.addWidget(self.rest)
        self.layout_.addWidget(self.buttons)

    def _chosen(self) -> None:
        known = self._known.justifications.get(int(self.which.currentData()))
        self._answers = dict(known.answers) if known is not None else {}
        self.limb.setEnabled(known is None)
        if known is not None:
            self.limb.choose(known.exemption)
        self._ask()

    def _ask(self) -> None:
        """Show the questions that apply, as they were answered."""
        limb = exemption_named(self.citation, self._known.regime)
        while (item := self._form.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._fields = {}
        for one in questions(limb, self._answers):
            label = words(one.asks + ("" if one.key in limb.requires else " (if it helps)"))
            theme.dress(label, "strong")
            field = self._field(one)
            field.setAccessibleName(one.asks)
            field.setToolTip(f"{one.help}\n{one.source}".strip())
            self._form.addWidget(label)
            if one.help:
                self._form.addWidget(words(one.help, "quiet"))
            self._form.addWidget(field)
            self._fields[one.key] = field
        self._form.addStretch(1)
        self._check()

    def _field(self, one: Question) -> QWidget:
        said = self._answers.get(one.key, "")
        if one.choices:
            box = QComboBox()
            box.addItem("Choose", "")
            for choice in one.choices:
                box.addItem(choice.label, choice.value)
            box.setCurrentIndex(max(box.findData(said), 0))
            box.activated.connect(lambda _: self._choose(one.key, str(box.currentData())))
            return box
        if one.kind is Kind.DATE:
            line = QLineEdit(said)
            line.setPlaceholderText("2026-03-02")
            line.textChanged.connect(lambda text: self._write(one.key, text))
            return line
        text = QPlainTextEdit(said)
        text.setTabChangesFocus(True)
        text.setFixedHeight(text.fontMetrics().lineSpacing() * _LINES + 18)
        text.textChanged.connect(lambda: self._write(one.key, text.toPlainText()))
        return text

    def _write(self, key: str, said: str) -> None:
        self._answers[key] = said.strip()
        self._check()

    def _choose(self, key: str, value: str) -> None:
        """Take a choice, on which the further questions may depend."""
        self._answers[key] = value
        self._ask()
        self._fields[key].setFocus()

    def _check(self) -> None:
        limb = exemption_named(self.citation, self._known.regime)
        barred = objections(limb, self._answers)
        lacks = len(missing(limb, self._answers))
        some = any(is_answered(one, self._answers) for one in questions(limb, self._answers))
        count = "1 question is" if lacks == 1 else f"{lacks} questions are"
        left = f"{count} still to be answered before the case can be submitted." if lacks else ""
        self.wanting.setText(" ".join((*barred, left)).strip())
        self.wanting.setVisible(bool(self.wanting.text()))
        self.ok.setEnabled(some and not barred)
        self.rest.setVisible(bool(self._known.loose.get(self.citation)))

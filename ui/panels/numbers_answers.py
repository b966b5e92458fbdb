"""Step 3, above the table: the ways of answering, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from redactor.errors import RedactorError
from redactor.model import Progress
from redactor.numbers.answers import BASE, FOUR, Answered, Treatment
from ui import theme
from ui.dialogs.base import words
from ui.numbers_words import means, printed_words, proof_words, safety_words, title_of
from ui.ticks import tick_clearly


class AnswerCard(QFrame):
    """One way of answering.

    Attributes:
        is_answered: it is worked out, or it is known why not.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, "card")
        self.treatment = Treatment.SUPPRESS
        self.is_answered = False
        self.choose = tick_clearly(QRadioButton())
        self.means = words("", "quiet")
        self.printed, self.share = words(""), words("")
        self.safety, self.proof = words(""), words("", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Being worked out")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(3)
        column.addWidget(self.choose)
        for label in (self.means, self.printed, self.share, self.safety, self.proof):
            column.addWidget(label)
        column.addStretch(1)
        column.addWidget(self.bar)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it, wherever it is clicked."""
        super().mousePressEvent(event)
        self.choose.setChecked(True)
        self.choose.setFocus(Qt.FocusReason.MouseFocusReason)

    def ask(self, treatment: Treatment, base: int) -> None:
        """Show that a way of answering is being worked out."""
        self.treatment, self.is_answered = treatment, False
        title = title_of(treatment, base)
        self.choose.setText(title)
        self.choose.setAccessibleName(title)
        self.means.setText(means(treatment, base))
        for label in (self.share, self.safety, self.proof):
            label.clear()
            label.hide()
        self.printed.setText("Waiting to be worked out")
        self.bar.setRange(0, 1)
        self.bar.hide()

    def working(self, progress: Progress) -> None:
        """Show that it is being worked out, and what is done just now."""
        self.printed.setText(f"{progress.what[:1].upper()}{progress.what[1:]}…")
        known = 0 < progress.done < progress.total
        self.bar.setRange(0, progress.total if known else 0)
        self.bar.setValue(progress.done if known else 0)
        self.bar.show()

    def stopped(self) -> None:
        """Show that it was stopped before it was worked out."""
        self.bar.hide()
        self.printed.setText("Stopped. Choose step 3 again to go on.")

    def answer(self, answered: Answered | RedactorError) -> None:
        """Show what came of it."""
        self.is_answered = True
        self.bar.hide()
        if isinstance(answered, RedactorError):
            self.printed.setText("It could not be worked out")
            self._say(self.safety, answered.user_message, "trouble")
        else:
            hidden, share = printed_words(answered)
            said, well = safety_words(answered)
            self.printed.setText(hidden)
            self._say(self.share, share, "")
            self._say(self.safety, said, "good" if well else "trouble")
            self._say(self.proof, proof_words(answered), "quiet")
        lines = (self.means, self.printed, self.share, self.safety, self.proof)
        said_all = " ".join(f"{one.text()}." for one in lines if not one.isHidden())
        self.choose.setAccessibleDescription(said_all)

    def _say(self, label: QWidget, text: str, part: str) -> None:
        for one in ("good", "trouble"):
            theme.dress(label, one, on=one == part)
        label.setText(text)  # type: ignore[attr-defined]  # a QLabel it is
        label.setVisible(bool(text))


class AnswerCards(QWidget):
    """Four answers; the arrow keys go from one to the next.

    Signals:
        chosen: another one is chosen; its ``Treatment``.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = tuple(AnswerCard() for _ in FOUR)
        for card, treatment in zip(self.cards, FOUR, strict=True):
            card.ask(treatment, BASE)
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for card in self.cards:
            group.addButton(card.choose)
            row.addWidget(card, 1)
            card.choose.toggled.connect(lambda on, card=card: self._toggled(card, on=on))

    def ask(self, treatments: Sequence[Treatment], base: int, chosen: Treatment) -> None:
        """Show what is being worked out, and choose one; nobody is told."""
        for card, treatment in zip(self.cards, treatments, strict=True):
            card.ask(treatment, base)
            card.choose.blockSignals(True)  # noqa: FBT003 - Qt's signature
            card.choose.setChecked(treatment is chosen)
            theme.dress(card, "present", on=treatment is chosen)
            card.choose.blockSignals(False)  # noqa: FBT003

    def card(self, treatment: Treatment) -> AnswerCard | None:
        """Give the card of a way of answering."""
        return next((one for one in self.cards if one.treatment is treatment), None)

    def focus(self) -> None:
        """Go to the one that is chosen."""
        for card in self.cards:
            if card.choose.isChecked():
                card.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggled(self, card: AnswerCard, *, on: bool) -> None:
        theme.dress(card, "present", on=on)
        if on:
            self.chosen.emit(card.treatment)

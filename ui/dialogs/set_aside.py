"""Leaving a whole document out of the release: why, and under what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from redactor.app.case import Case, Change
from redactor.app.setting_aside import set_aside
from redactor.law.regimes import Regime
from redactor.model import Aside
from redactor.review import Justification
from ui.dialogs.base import Asking, words
from ui.panels.ground_form import GroundForm

_WIDTH = 560
_WHY: Mapping[Aside, tuple[str, str]] = {
    Aside.WITHHELD: (
        "It is withheld in full",
        "All of it is exempt. The schedule and the letter name the document with its limb.",
    ),
    Aside.PUBLIC: (
        "It is public already",
        "Anyone has it. What it says counts as known when small numbers are protected.",
    ),
    Aside.NOT_ASKED: (
        "The request does not ask for it",
        "It is in the case and is not part of the answer.",
    ),
    Aside.REPLACED: (
        "Another document goes out in its place",
        "That document is reviewed and released like any other.",
    ),
}


@dataclass(frozen=True, slots=True)
class Leavable:
    """What a case knows that the dialog shows.

    Attributes:
        documents: all of the case, by number.
        exemption: what was decided with last.
    """

    regime: Regime
    justifications: Mapping[int, Justification] = field(repr=False)
    documents: Mapping[int, str] = field(repr=False)
    exemption: str = ""


class SetAsideDialog(Asking):
    """Ask why a document stays out of the release."""

    def __init__(self, number: int, known: Leavable, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Leave out of the release", "Leave it out")
        self.setMinimumWidth(_WIDTH)
        self._number = number
        self.why, self.by = QComboBox(), QComboBox()
        self.means = words("", "quiet")
        self.ground = GroundForm()
        self.ground.offer(known.regime, known.justifications)
        self.ground.remember(known.exemption, "", "")
        for one, (title, _) in _WHY.items():
            if one is not Aside.REPLACED or len(known.documents) > 1:
                self.why.addItem(title, one)
        for each, name in known.documents.items():
            if each != number:
                self.by.addItem(f"{each}. {name}", each)
        self._by_title = QLabel("&Which")
        self._lay_out(known.documents[number])
        self.why.currentIndexChanged.connect(lambda _: self._show_what_applies())
        self._show_what_applies()

    @property
    def chosen(self) -> Aside:
        """Give why."""
        return Aside(self.why.currentData())

    def accept(self) -> None:
        """Close once all is said that is needed."""
        if self.ground.ground() is not None:
            super().accept()

    def work(self) -> Callable[[Case], Change]:
        """Give what records it, in the thread of the case; nothing of the dialog is in it."""
        given = self.ground.ground()
        if given is None:
            raise ValueError("the dialog was not accepted")
        by = int(self.by.currentData() or 0) if self.chosen is Aside.REPLACED else 0
        number, why = self._number, self.chosen
        return lambda case: set_aside(
            case,
            number,
            why,
            given.reason,
            exemption=given.exemption,
            public_interest=given.public_interest,
            justification=given.justification,
            by=by,
        )

    def _lay_out(self, name: str) -> None:
        self.say(name, "heading")
        self.why.setAccessibleName("Why it stays out")
        self.by.setAccessibleName("What goes out in its place")
        label = QLabel("&Why")
        label.setBuddy(self.why)
        self._by_title.setBuddy(self.by)
        for widget in (label, self.why, self.means, self._by_title, self.by, self.ground):
            self.layout_.addWidget(widget)
        self.say("It can be taken back in at any time, and undone with Ctrl+Z.", "quiet")
        self.layout_.addStretch(1)
        self.layout_.addWidget(self.buttons)

    def _show_what_applies(self) -> None:
        self.means.setText(_WHY[self.chosen][1])
        replaced = self.chosen is Aside.REPLACED
        self._by_title.setVisible(replaced)
        self.by.setVisible(replaced)
        self.ground.ask_limb(on=self.chosen is Aside.WITHHELD)
        self.make_room()

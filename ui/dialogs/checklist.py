"""The Commissioner's checklists: what the program shows, and what a person answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from redactor.app.case import Case, Change
from redactor.app.checklist import LONGEST_REMARK, ChecklistLine, answer_point, checklist_lines
from redactor.events import EventKind
from redactor.law.commissioners_checklist import Point, commissioners_checklist
from redactor.model import PointAnswer
from redactor.release.certificate_checklist import answer_words, lists_in_words
from redactor.review import Tick
from ui import icons, theme
from ui.dialogs.base import Asking, words
from ui.moments import spoken_iso
from ui.ticks import tick_clearly

_WIDTH, _HEIGHT = 760, 680
_ABOUT = (
    "Answers go into the certificate with your name, the date and the remark; what nobody answered "
    "is called so. Keep names and whatever else is withheld out of remarks."
)
_NOT_COUNTED = "How the program does it; what it counted is shown once the case is submitted."
_BARE = "A no needs a remark: what is wanting, and what is done about it."


@dataclass(frozen=True, slots=True)
class KnownChecklist:
    """The checklist of a case as it stands.

    Attributes:
        against: why the person may not answer; empty where they may.
        is_counted: the case is submitted, so that the evidence says what was counted.
    """

    lines: tuple[ChecklistLine, ...]
    against: str
    is_counted: bool = False


def known_checklist(case: Case) -> KnownChecklist:
    """Gather what the dialog shows."""
    against = case.objection(EventKind.CHECKLIST_ANSWERED)
    return KnownChecklist(checklist_lines(case), against, case.life.is_settled)


class PointBox(QFrame):
    """One line that is for a person.

    Attributes:
        choices: a button for each answer.
        remark: what they remark.
    """

    def __init__(self, line: ChecklistLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.point = line.point
        self._before = line.tick
        self.choices = {one: tick_clearly(QRadioButton(answer_words(one))) for one in PointAnswer}
        self.group = QButtonGroup(self)
        self.remark = QLineEdit(line.tick.remark if line.tick is not None else "")
        self._lay_out()
        if line.tick is not None:
            self.choices[line.tick.answer].setChecked(True)

    @property
    def answer(self) -> PointAnswer | None:
        """Give the answer that is chosen; None while none is."""
        return next((one for one, box in self.choices.items() if box.isChecked()), None)

    @property
    def is_changed(self) -> bool:
        """Say whether it is answered otherwise than it was."""
        if self._before is None:
            return self.answer is not None
        return (self.answer, self._said) != (self._before.answer, self._before.remark)

    @property
    def is_bare_no(self) -> bool:
        """Say whether it says no, and not why."""
        return self.answer is PointAnswer.NO and not self._said

    @property
    def is_idle_remark(self) -> bool:
        """Say whether something is remarked without an answer."""
        return self.answer is None and bool(self._said)

    @property
    def given(self) -> tuple[str, PointAnswer, str] | None:
        """Give the key, the answer and the remark where it is answered otherwise than it was."""
        if self.answer is None or not self.is_changed:
            return None
        return self.point.key, self.answer, self._said

    @property
    def _said(self) -> str:
        return self.remark.text().strip()

    def _lay_out(self) -> None:
        says = words(self.point.says)
        row = QHBoxLayout()
        row.setSpacing(16)
        for answer, box in self.choices.items():
            self.group.addButton(box)
            box.setAccessibleName(f"{self.point.says}: {answer_words(answer)}")
            row.addWidget(box)
        row.addStretch(1)
        self.remark.setAccessibleName(f"Remark on: {self.point.says}")
        self.remark.setPlaceholderText("Remark, for the certificate")
        self.remark.setMaxLength(LONGEST_REMARK)
        self.remark.setCursorPosition(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 8, 6)
        column.setSpacing(5)
        column.addWidget(says)
        column.addLayout(row)
        column.addWidget(self.remark)
        column.addWidget(words(f"{_lists(self.point)} {_given(self._before)}", "quiet"))


class ChecklistDialog(Asking):
    """Show what the program answers, and ask a person for the rest.

    Attributes:
        shown: the lines that the program answers, each with its evidence.
        boxes: the lines that are for a person, by their keys.
    """

    def __init__(self, known: KnownChecklist, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Checklist", "Record the answers")
        self.resize(_WIDTH, _HEIGHT)
        self._against = known.against
        self.shown = QListWidget()
        self.boxes = {
            one.point.key: PointBox(one) for one in known.lines if one.point.is_for_person
        }
        self.trouble = words("", "trouble")
        self._lay_out(known)
        for box in self.boxes.values():
            box.setEnabled(not known.against)
            box.group.buttonToggled.connect(lambda *_: self._check())
            box.remark.textChanged.connect(lambda _: self._check())
        self._check()
        self._begin()

    @property
    def work(self) -> Callable[[Case], Sequence[Change]]:
        """Give what records every answer that was changed; it outlives the dialog."""
        given = [one for box in self.boxes.values() if (one := box.given) is not None]
        return lambda case: [answer_point(case, *one) for one in given]

    # --- inside -------------------------------------------------------------------------------

    def _check(self) -> None:
        bare = [box for box in self.boxes.values() if box.is_bare_no]
        idle = [box for box in self.boxes.values() if box.is_idle_remark]
        for box in self.boxes.values():
            theme.dress(box.remark, "missing", on=box.is_bare_no)
        said = self._against or (_BARE if bare else "")
        if not said and idle:
            said = "A remark belongs to an answer: choose one."
        self.trouble.setText(said)
        self.trouble.setVisible(bool(said))
        changed = any(box.is_changed for box in self.boxes.values())
        self.ok.setEnabled(changed and not said)

    def _begin(self) -> None:
        """Begin at the first line that nobody answered."""
        for box in self.boxes.values():
            if box.answer is None and box.isEnabled():
                box.choices[PointAnswer.YES].setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, known: KnownChecklist) -> None:
        theme.dress(self.say(commissioners_checklist().title), "heading")
        self.say(_ABOUT, "quiet")
        self.shown.setAccessibleName("Answered by the program")
        self.shown.setWordWrap(True)
        self.shown.setAlternatingRowColors(True)
        self.shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for one in known.lines:
            if not one.point.is_for_person:
                self.shown.addItem(f"{one.point.says}\n{one.evidence} {_lists(one.point)}")
                item = self.shown.item(self.shown.count() - 1)
                item.setIcon(icons.icon("done" if known.is_counted else "waiting"))
                item.setToolTip(one.evidence)
        if self.shown.count():
            self.shown.setCurrentRow(0)
        title = QLabel("Answered by the &program, with evidence")
        title.setBuddy(self.shown)
        theme.dress(title, "heading")
        self.layout_.addWidget(title)
        if not known.is_counted:
            self.say(_NOT_COUNTED, "quiet")
        self.layout_.addWidget(self.shown, 2)
        people = words("For a person to answer")
        theme.dress(people, "heading")
        self.layout_.addWidget(people)
        self.layout_.addWidget(self._asked(), 3)
        self.layout_.addWidget(self.trouble)
        self.layout_.addWidget(self.buttons)

    def _asked(self) -> QScrollArea:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for box in self.boxes.values():
            column.addWidget(box)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area


def _lists(point: Point) -> str:
    return f"On the list for {lists_in_words(point).lower()}."


def _given(tick: Tick | None) -> str:
    if tick is None:
        return "Nobody has answered yet."
    return f"Answered by {tick.actor}, {spoken_iso(tick.at)}."

"""The request: what was asked, when, how each question is answered, and the letter that says so.

Keys: Ctrl+Enter records it, Alt and a letter goes to a field, Ctrl+Z takes the last record back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from redactor.app.requests import RequestView, record_request, request_view
from redactor.events import EventKind
from redactor.law.request import Question, Request, Stance
from redactor.review import Justification
from ui import icons, theme
from ui.dialogs.base import new_form, words
from ui.moments import today
from ui.session import Session

STANCES: Mapping[Stance, str] = {
    Stance.HELD: "Held, and answered",
    Stance.NOT_HELD: "Not held",
    Stance.NEITHER: "Neither confirmed nor denied",
    Stance.COST: "Refused: would cost too much (section 12)",
    Stance.VEXATIOUS: "Refused: vexatious or repeated (section 14)",
}
#: Days of the clock, in the order in which they come, with their titles.
_DAYS = (
    ("received", "&Received"),
    ("clarification_asked", "Clarification asked for"),
    ("clarified", "Clarified"),
    ("identity_asked", "Identity asked for"),
    ("identity_confirmed", "Identity confirmed"),
    ("fee_asked", "Fees notice given"),
    ("fee_paid", "Fee paid"),
    ("extended_to", "Time taken until"),
    ("review_asked", "Review asked for"),
    ("review_answered", "Review answered"),
)
_NONE = "Nothing yet"


class RequestPage(QWidget):
    """The page.

    Signals:
        told: a sentence for the status bar.
        letter_wanted, check_wanted, pack_wanted, justification_wanted: a button was pressed.
    """

    told = Signal(str)
    letter_wanted = Signal()
    check_wanted = Signal()
    pack_wanted = Signal()
    justification_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._questions: list[Question] = []
        self._shown = -1
        self._stale = True
        self._recorded = Request()
        self.clock, self.warnings = words(""), words("", "trouble")
        self.days = {name: QLineEdit() for name, _ in _DAYS}
        self.extension_reason = QLineEdit()
        self.list = QListWidget()
        self.add, self.remove = QPushButton("&Add a question"), QPushButton("Remove it")
        self.asked, self.answer = QPlainTextEdit(), QPlainTextEdit()
        self.stance, self.ground = QComboBox(), QComboBox()
        self.documents = QListWidget()
        self.whole, self.whole_ground = QComboBox(), QComboBox()
        self.format_asked, self.format_reason = QLineEdit(), QLineEdit()
        self.advice = QLineEdit()
        self.record = QPushButton("Re&cord (Ctrl+Enter)")
        self.justify = QPushButton("&Justifications…")
        self.letter = QPushButton("Write the &letter…")
        self.check = QPushButton("Chec&k a letter…")
        self.pack = QPushButton("&Pack for the Commissioner…")
        self._name_all()
        self._lay_out()
        self._connect()
        self._enable()

    # --- the case -----------------------------------------------------------------------------

    def set_session(self, session: Session | None) -> None:
        """Show another case, or none."""
        self._session, self._stale = session, True
        self._take(RequestView(Request(), (), {}, None))
        if session is not None:
            session.request_changed.connect(self._outdated)
            session.documents_changed.connect(self._outdated)
            session.life_changed.connect(self._enable)
        self._enable()

    def panes(self) -> tuple[QWidget, ...]:
        """Give what F6 goes round."""
        return (self.days["received"], self.list, self.asked)

    def showEvent(self, event: QShowEvent) -> None:
        """Load what is recorded when the page comes into view, if it has changed since."""
        super().showEvent(event)
        if self._stale:
            self.load()

    def load(self) -> None:
        """Load what is recorded; what was typed and not recorded goes."""
        session = self._session
        if session is None:
            return
        self._stale = False

        def take(view: RequestView) -> None:
            if session is self._session:
                self._take(view)

        session.lane.ask(lambda case: request_view(case, today()), take, session.failed.emit)

    def _outdated(self) -> None:
        self._stale = True
        if self.isVisible():
            self.load()

    def _take(self, view: RequestView) -> None:
        request = view.request
        self._recorded = request
        self.clock.setText(view.clock.said if view.clock is not None else "")
        warnings = view.clock.warnings if view.clock is not None else ()
        self.warnings.setText("\n".join((*warnings, *view.trouble)))
        self.warnings.setVisible(bool(self.warnings.text()))
        self.clock.setToolTip(
            "\n".join(
                f"{step.day or ''} {step.said} {step.source}".strip()
                for step in (view.clock.steps if view.clock is not None else ())
            )
        )
        for name, field in self.days.items():
            day = getattr(request, name)
            field.setText(day.isoformat() if day is not None else "")
        for field, said in (
            (self.extension_reason, request.extension_reason),
            (self.format_asked, request.format_asked),
            (self.format_reason, request.format_reason),
            (self.advice, request.advice),
        ):
            field.setText(said)
        for ground in (self.ground, self.whole_ground):
            _offer(ground, view.justifications)
        self.documents.clear()
        for number, name in view.documents:
            item = QListWidgetItem(f"{number}. {name}")
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.documents.addItem(item)
        self.whole.setCurrentIndex(self.whole.findData(request.stance))
        _choose(self.whole_ground, request.justification)
        self._questions = list(request.questions)
        self._shown = -1
        self._fill_list(0)

    # --- questions ----------------------------------------------------------------------------

    def _fill_list(self, choose: int) -> None:
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.list.clear()
        for number, one in enumerate(self._questions, 1):
            item = QListWidgetItem(f"{number}. {' '.join(one.asked.split()) or 'A new question'}")
            item.setToolTip(STANCES[one.stance])
            self.list.addItem(item)
        self.list.blockSignals(False)  # noqa: FBT003
        self._shown = -1
        if self._questions:
            self.list.setCurrentRow(min(choose, len(self._questions) - 1))
        self._show_question(self.list.currentRow())

    def _show_question(self, row: int) -> None:
        self._keep_question()
        self._shown = row if 0 <= row < len(self._questions) else -1
        one = self._questions[self._shown] if self._shown >= 0 else Question("")
        self.asked.setPlainText(one.asked)
        self.answer.setPlainText(one.answer)
        self.stance.setCurrentIndex(self.stance.findData(one.stance))
        _choose(self.ground, one.justification)
        for at in range(self.documents.count()):
            item = self.documents.item(at)
            ticked = item.data(Qt.ItemDataRole.UserRole) in one.documents
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self._enable()

    def _keep_question(self) -> None:
        """Take over what is typed of the question that is shown."""
        if 0 <= self._shown < len(self._questions):
            self._questions[self._shown] = Question(
                self.asked.toPlainText().strip(),
                Stance(self.stance.currentData()),
                self.answer.toPlainText().strip(),
                tuple(
                    item.data(Qt.ItemDataRole.UserRole)
                    for at in range(self.documents.count())
                    if (item := self.documents.item(at)).checkState() is Qt.CheckState.Checked
                ),
                int(self.ground.currentData() or 0),
            )

    def _add_question(self) -> None:
        self._keep_question()
        self._questions.append(Question(""))
        self._fill_list(len(self._questions) - 1)
        self.asked.setFocus()

    def _remove_question(self) -> None:
        if 0 <= self._shown < len(self._questions):
            at, self._shown = self._shown, -1
            del self._questions[at]
            self._fill_list(at)

    # --- recording ----------------------------------------------------------------------------

    def typed(self) -> Request | None:
        """Give what is typed; None, and a sentence, where a day is no day."""
        self._keep_question()
        days: dict[str, date | None] = {}
        for name, title in _DAYS:
            text = self.days[name].text().strip()
            try:
                days[name] = date.fromisoformat(text) if text else None
            except ValueError:
                plain = title.replace("&", "")
                self.told.emit(f"“{plain}” is not a day. Write it as 2026-03-02.")
                self.days[name].setFocus()
                return None
        return replace(
            self._recorded,
            questions=tuple(self._questions),
            stance=Stance(self.whole.currentData()),
            justification=int(self.whole_ground.currentData() or 0),
            format_asked=self.format_asked.text().strip(),
            format_reason=self.format_reason.text().strip(),
            advice=self.advice.text().strip(),
            extension_reason=self.extension_reason.text().strip(),
            **days,
        )

    def record_it(self) -> None:
        """Record what is typed, in place of what was recorded."""
        session, request = self._session, self.typed()
        if session is None or request is None:
            return
        if request == self._recorded:
            self.told.emit("Nothing has changed since it was recorded.")
            return

        session.record_request(lambda case: record_request(case, request))

    # --- how it looks -------------------------------------------------------------------------

    def _enable(self) -> None:
        session = self._session
        may = session is not None and not session.objection(EventKind.REQUEST_RECORDED)
        one = may and self._shown >= 0
        for field in (*self.days.values(), self.extension_reason, self.advice, self.whole,
                      self.whole_ground, self.format_asked, self.format_reason, self.add,
                      self.record, self.justify):  # fmt: skip
            field.setEnabled(may)
        for field in (self.asked, self.answer, self.stance, self.documents, self.remove):
            field.setEnabled(one)
        refuses = Stance(self.stance.currentData() or Stance.HELD) is not Stance.NOT_HELD
        self.ground.setEnabled(one and refuses)
        for button in (self.letter, self.check, self.pack):
            button.setEnabled(session is not None)

    def _name_all(self) -> None:
        self.clock.setAccessibleName("The statutory clock")
        self.warnings.setAccessibleName("What to watch")
        theme.dress(self.clock, "heading")
        for name, title in _DAYS:
            self.days[name].setAccessibleName(title.replace("&", ""))
            self.days[name].setToolTip("A day, written as 2026-03-02")
        for widget, name in (
            (self.list, "Questions"),
            (self.asked, "What was asked"),
            (self.answer, "What the letter says"),
            (self.stance, "How it is answered"),
            (self.ground, "What a refusal rests on"),
            (self.documents, "Documents that answer it"),
            (self.whole, "The case as a whole"),
            (self.whole_ground, "What that rests on"),
            (self.format_asked, "The form that was asked for"),
            (self.format_reason, "Why another form is given"),
            (self.advice, "Advice and assistance"),
            (self.extension_reason, "Why more time is taken"),
        ):
            widget.setAccessibleName(name)
        for stance, title in STANCES.items():
            self.stance.addItem(title, stance)
            self.whole.addItem(title, stance)
        self.whole.setCurrentIndex(0)
        self.letter.setIcon(icons.icon("document"))
        self.pack.setIcon(icons.icon("attention"))
        self.list.setWordWrap(True)
        self.days["received"].setPlaceholderText("2026-03-02")
        self.asked.setTabChangesFocus(True)
        self.answer.setTabChangesFocus(True)

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._days_pane())
        split.addWidget(self._questions_pane())
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 5)
        split.setSizes([420, 1000])
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.addWidget(self.clock)
        column.addWidget(self.warnings)
        column.addWidget(split, 1)
        row = QHBoxLayout()
        for button in (self.justify, self.letter, self.check, self.pack):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.record)
        column.addLayout(row)

    def _days_pane(self) -> QWidget:
        pane = QFrame()
        theme.dress(pane, "card")
        form = new_form()
        for name, title in _DAYS:
            _row(form, title, self.days[name])
        _row(form, "Why more time", self.extension_reason)
        _row(form, "The case as a &whole", self.whole)
        _row(form, "It rests on", self.whole_ground)
        _row(form, "&Form asked for", self.format_asked)
        _row(form, "Why another is given", self.format_reason)
        _row(form, "Ad&vice", self.advice)
        pane.setLayout(form)
        return pane

    def _questions_pane(self) -> QWidget:
        pane = QFrame()
        theme.dress(pane, "card")
        left = QVBoxLayout()
        left.addWidget(_title("&Questions", self.list))
        left.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        left.addLayout(buttons)
        right = QVBoxLayout()
        for title, field, stretch in (
            ("What was a&sked", self.asked, 2),
            ("&How it is answered", self.stance, 0),
            ("What a refusal rests on", self.ground, 0),
            ("&Documents that answer it", self.documents, 3),
            ("What the letter sa&ys", self.answer, 3),
        ):
            right.addWidget(_title(title, field))
            right.addWidget(field, stretch)
        row = QHBoxLayout(pane)
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        return pane

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show_question)
        self.add.clicked.connect(self._add_question)
        self.remove.clicked.connect(self._remove_question)
        self.record.clicked.connect(self.record_it)
        self.stance.activated.connect(lambda _: self._enable())
        self.justify.clicked.connect(self.justification_wanted)
        self.letter.clicked.connect(self.letter_wanted)
        self.check.clicked.connect(self.check_wanted)
        self.pack.clicked.connect(self.pack_wanted)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.record_it)


def _row(form: QFormLayout, title: str, field: QWidget) -> None:
    form.addRow(title, field)


def _title(text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(field)
    return label


def _offer(ground: QComboBox, justifications: Mapping[int, Justification]) -> None:
    """Offer the justifications of the case."""
    ground.clear()
    ground.addItem(_NONE, 0)
    for number, one in sorted(justifications.items()):
        ground.addItem(f"{number}: {one.exemption}", number)


def _choose(ground: QComboBox, number: int) -> None:
    ground.setCurrentIndex(max(ground.findData(number), 0))

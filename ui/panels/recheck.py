"""The re-check sample: passages of what would be released, drawn by lot, to be read one by one.

Keys: Y says that nothing was missed and goes on, N that something was, Left and Right go back and
forth. Nothing is decided here. What was missed sends the case back once the sample is read.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from redactor.app.sample import Passage, Sample, answer, take_sample
from redactor.errors import RedactorError
from redactor.events import EventKind
from redactor.sampling import WHOLE, is_finished
from ui import theme
from ui.dialogs.base import words
from ui.places import place_title
from ui.session import Session
from ui.tasks import Courier
from ui.working import CaseWork

_INTRODUCTION = (
    "Passages of about 100 words of what would be released are drawn by lot. Read each as whoever "
    "gets it would. From what you find, the certificate says how much may have been missed."
)
#: Lines longer than this are hard to read one after another.
_WIDEST = 900
#: The most places that one passage of a hundred words can hold.
_MOST_PLACES = 99


class RecheckPanel(QWidget):
    """Shows one passage after another.

    Signals:
        told: a sentence for the status bar.
        document_wanted: the person wants to see source and release; the document's number.
    """

    told = Signal(str)
    document_wanted = Signal(int)

    def __init__(self, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._courier = courier
        self._session: Session | None = None
        self._work: CaseWork | None = None
        self._sample: Sample | None = None
        self._answers: dict[int, int] = {}
        self._at = 0
        self.title = words("", "heading")
        self.where = words("", "quiet")
        self.text = QTextBrowser()
        self.bar = QProgressBar()
        self.draw = QPushButton("&Draw the sample")
        self.clear = QPushButton("Nothing missed (Y)")
        self.missed = QPushButton("Missed (N)")
        self.back = QPushButton("Back")
        self.forth = QPushButton("Forth")
        self.show_it = QPushButton("Source and release")
        self.places = QSpinBox()
        self.said = QLineEdit()
        self.record = QPushButton("Record what was missed")
        self.form = QWidget()
        self._lay_out()
        self._connect()
        self._show()

    # --- the case -----------------------------------------------------------------------------

    def set_session(self, session: Session | None) -> None:
        """Read the sample of another case, or of none."""
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self._session = session
        self._forget()
        if session is not None:
            session.life_changed.connect(self._life_changed)

    def take(self) -> None:
        """Draw the sample, or go on with the one that was drawn."""
        session = self._session
        if session is None or self._work is not None:
            return
        work = self._work = CaseWork(session.lane, self._courier, self)
        work.ended.connect(self._taken)
        work.start(take_sample)
        self._show()

    @property
    def is_drawn(self) -> bool:
        """Say whether a sample of what is submitted was drawn."""
        return self._session is not None and self._session.life.sample is not None

    def _taken(self, what: object) -> None:
        self._work = None
        if isinstance(what, Sample):
            self._sample = what
            self._answers = {
                one.number: one.missed for one in what.passages if one.missed is not None
            }
            self._go_to_next()
            self.text.setFocus()
        elif isinstance(what, RedactorError) and self._session is not None:
            self._session.failed.emit(what)
        self._show()

    def _life_changed(self) -> None:
        session = self._session
        if session is not None and self._sample is not None and session.life.sample is None:
            self._forget()  # another submission has another sample
        self._show()

    def _forget(self) -> None:
        self._sample, self._answers, self._at = None, {}, 0
        self._show()

    # --- answering ----------------------------------------------------------------------------

    @property
    def passage(self) -> Passage | None:
        """Give the passage that is shown."""
        passages = self._sample.passages if self._sample is not None else ()
        return passages[self._at] if 0 <= self._at < len(passages) else None

    def say_clear(self) -> None:
        """Say that nothing was missed in what is shown, and go on."""
        self._answer(0, "")

    def say_missed(self) -> None:
        """Ask how much was missed in what is shown."""
        if self.passage is not None and self.missed.isEnabled():
            self.form.show()
            self.said.setFocus()

    def _record(self) -> None:
        self._answer(self.places.value(), self.said.text())

    def _answer(self, missed: int, said: str) -> None:
        passage, session = self.passage, self._session
        if passage is None or session is None or not self.clear.isEnabled():
            return
        number = passage.number

        def done(_: object) -> None:
            self._answers[number] = missed
            self.form.hide()
            self.said.clear()
            self.places.setValue(1)
            if session is self._session and self._sample is not None:
                self._go_to_next()
                self.text.setFocus()
            if session.life.submission is None:
                self.told.emit("The case was returned, with what the sample found.")

        self._busy(on=True)
        session.lane.ask(lambda case: answer(case, number, missed, said), done, self._failed)

    def _failed(self, error: RedactorError) -> None:
        self._show()
        if self._session is not None:
            self._session.failed.emit(error)

    def _go_to_next(self) -> None:
        """Go to the next passage that was not read; stay where all were."""
        passages = self._sample.passages if self._sample is not None else ()
        order = [*range(self._at, len(passages)), *range(self._at)]
        wanted = (at for at in order if passages[at].number not in self._answers)
        self._at = next(wanted, self._at)
        self._show()

    def _step(self, by: int) -> None:
        if self._sample is not None:
            self._at = min(max(self._at + by, 0), len(self._sample.passages) - 1)
            self.form.hide()
            self._show()

    # --- what is shown ------------------------------------------------------------------------

    def _show(self) -> None:
        session, passage = self._session, self.passage
        may = session is not None and not self._objection()
        self.draw.setVisible(self._sample is None)
        self.draw.setEnabled(may and self._work is None)
        self.draw.setText("&Go on reading" if self.is_drawn else "&Draw the sample")
        for widget in (self.text, self.clear, self.missed, self.back, self.forth, self.show_it):
            widget.setVisible(passage is not None)
        self.bar.setVisible(passage is not None or self._work is not None)
        self._busy(on=not may)
        if self._work is not None:
            self.bar.setRange(0, 0)
            self.title.setText("Reading what would be released")
            self.where.clear()
        elif passage is None:
            self.form.hide()
            self.title.setText("The re-check sample")
            self.where.setText(self._objection() or _INTRODUCTION)
        else:
            self._show_passage(passage)

    def _show_passage(self, passage: Passage) -> None:
        count = len(self._sample.passages) if self._sample is not None else 0
        read = len(self._answers)
        self.bar.setRange(0, count)
        self.bar.setValue(read)
        answered = self._answers.get(passage.number)
        how = "" if answered is None else "  ·  nothing missed" if not answered else (
            f"  ·  {answered} missed"
        )  # fmt: skip
        self.title.setText(f"Passage {self._at + 1} of {count}{how}")
        self.where.setText(
            f"{read} of {count} read  ·  {passage.file}, {place_title(passage.spans[0])}"
            + (f"\n{self._result()}" if read == count else "")
        )
        self.text.setPlainText(_laid_out(passage))

    def _result(self) -> str:
        """Say what the whole sample shows."""
        session = self._session
        shown = session.life.sampled if session is not None else {}
        if not is_finished(shown):
            return ""
        most = f"{100 * shown['most'] / WHOLE:.2f}".rstrip("0").rstrip(".")
        return (
            "All were read, and nothing was missed. With 95 % confidence, no more than "
            f"{most} % of all such passages hold something missed."
        )

    def _objection(self) -> str:
        session = self._session
        if session is None:
            return "No case is open."
        submission = session.life.submission
        if submission is None:
            return "Nothing is submitted yet. The sample is drawn from what is."
        drawn = session.life.sample
        if drawn is not None:
            body = {"sample": drawn.seq, "unit": drawn.body["units"][0], "missed": 0}
            return session.objection(EventKind.SAMPLE_ANSWERED, body)
        smallest = {"submission": submission.seq, "frame": 1, "units": [0]}
        return session.objection(EventKind.SAMPLE_DRAWN, smallest)

    def _busy(self, *, on: bool) -> None:
        for button in (self.clear, self.missed, self.record):
            button.setEnabled(not on)

    # --- how it looks -------------------------------------------------------------------------

    def _connect(self) -> None:
        self.draw.clicked.connect(self.take)
        self.clear.clicked.connect(self.say_clear)
        self.missed.clicked.connect(self.say_missed)
        self.record.clicked.connect(self._record)
        self.said.returnPressed.connect(self._record)
        self.back.clicked.connect(lambda: self._step(-1))
        self.forth.clicked.connect(lambda: self._step(1))
        self.show_it.clicked.connect(self._wanted)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Y", self.say_clear),
            ("N", self.say_missed),
            ("Left", lambda: self._step(-1)),
            ("Right", lambda: self._step(1)),
        )
        for key, do in keys:
            shortcut = QShortcut(QKeySequence(key), self.text)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)

    def _wanted(self) -> None:
        if self.passage is not None:
            self.document_wanted.emit(self.passage.document)

    def _lay_out(self) -> None:
        self.text.setAccessibleName("The passage as it would be released")
        self.text.document().setDocumentMargin(18)
        font = self.text.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.text.setFont(font)
        self.text.setMaximumWidth(_WIDEST)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How many passages were read")
        self.places.setRange(1, _MOST_PLACES)
        self.places.setAccessibleName("How many places were missed")
        self.said.setAccessibleName("What was missed")
        self.said.setPlaceholderText("What, and where. It goes into the log: quote nothing.")
        for button in (self.draw, self.clear, self.missed, self.back, self.forth, self.show_it):
            button.setAccessibleName(button.text().replace("&", "").split(" (")[0])
        row = QHBoxLayout(self.form)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel("Places missed"))
        row.addWidget(self.places)
        row.addWidget(self.said, 1)
        row.addWidget(self.record)
        self.form.hide()
        buttons = QHBoxLayout()
        for button in (self.clear, self.missed, self.back, self.forth, self.show_it, self.draw):
            buttons.addWidget(button)
        buttons.addStretch(1)
        theme.dress(self.text, "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(8)
        for widget in (self.title, self.where, self.bar):
            layout.addWidget(widget)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.form)
        layout.addLayout(buttons)
        layout.addStretch(0)


def _laid_out(passage: Passage) -> str:
    """Set a passage as it reads: the cells of a row in one line, all else piece by piece."""
    lines: list[str] = []
    row: object = None
    for piece, span in zip(passage.pieces, passage.spans, strict=True):
        own = span.segment if span.column is not None else _row(span.segment)
        if own is not None and own == row and lines:
            lines[-1] = f"{lines[-1]}   |   {piece}"
        else:
            lines.append(piece)
        row = own
    return "\n".join(lines)


def _row(segment: str) -> str | None:
    """Give what the cells of one row have in common; None for what is no cell."""
    if not segment.startswith("sheet:"):
        return None
    sheet, _, cell = segment.rpartition("!")
    return f"{sheet}!{''.join(filter(str.isdigit, cell))}"

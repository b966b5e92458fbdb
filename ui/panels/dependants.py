"""What is computed from the cell that is chosen: so that what was hidden cannot be worked out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from redactor.app.dependants import (
    CellView,
    Computed,
    ShownDependant,
    look_at_cell,
    read_computed,
    worked_out,
)
from redactor.errors import Cancelled, RedactorError
from redactor.model import Progress, Span
from ui import icons, theme
from ui.dialogs.base import words
from ui.messages import message_for
from ui.session import Session
from ui.tasks import Courier, in_our_words
from ui.viewers.base import Selection
from ui.working import CaseWork

_REFRESH_MS = 250
_MOST = 500
_NOT_TOLD = (
    "This kind of file does not say, in a way that is read, which cells are computed from which. "
    "Look for totals and percentages yourself."
)


class DependantsPane(QWidget):
    """Shows what depends on one cell of one workbook.

    Signals:
        place_wanted: go to a cell; its segment id.
        redaction_wanted: withhold these cells as well; a list of ``Selection``.
        closed: it is not wanted any more.
    """

    place_wanted = Signal(str)
    redaction_wanted = Signal(list)
    closed = Signal()

    def __init__(self, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._courier = courier
        self._session: Session | None = None
        self._number = 0
        self._place = ""
        self._known: dict[int, Computed] = {}
        self._reading: CaseWork | None = None
        self._view: CellView | None = None
        self._turn = 0
        self.title = QLabel("&What depends on this")
        self.said = words("")
        self.list = QListWidget()
        self.go = QPushButton("&Go to it")
        self.also = QPushButton("&Redact them too…")
        self.hide_button = QPushButton("Hide")
        self._timer = QTimer(self, interval=_REFRESH_MS, singleShot=True)
        self._timer.timeout.connect(self._ask)
        self._lay_out()

    # --- what is looked at ---------------------------------------------------------

    def set_session(self, session: Session | None) -> None:
        """Speak of another case, or of none."""
        self._known.clear()
        self._stop()
        self._session = session
        self._number = 0
        self._place = ""
        if session is not None:
            session.marks_changed.connect(lambda *_: self._later())
            session.document_changed.connect(self._document_changed)

    def show_cell(self, number: int, place: str) -> None:
        """Look at a cell of a document; an empty place for none."""
        if number != self._number:
            self._stop()
        self._number, self._place = number, place
        self._later()

    def _document_changed(self, number: int) -> None:
        """Read the formulas again of a document that was read again."""
        session = self._session
        if session is not None and session.documents[number].status != "read":
            self._known.pop(number, None)

    def _later(self) -> None:
        if self.isVisible():
            self._timer.start()

    def _ask(self) -> None:
        session, number = self._session, self._number
        if session is None or not number:
            self._say("Choose a cell of a workbook.")
        elif number not in self._known:
            self._read(session, number)
        else:
            self._look(session, self._known[number])

    # --- reading the formulas ---------------------------------------------------------

    def _read(self, session: Session, number: int) -> None:
        if self._reading is not None:
            return
        self._say("Reading which cells are computed from which …")
        self._reading = CaseWork(session.lane, self._courier, self)
        self._reading.progressed.connect(self._progressed)
        self._reading.ended.connect(self._read_to_end)
        self._reading.start(lambda case, lane, report: read_computed(case, lane, number, report))

    def _progressed(self, progress: Progress) -> None:
        self._say(f"{progress.what[:1].upper()}{progress.what[1:]} …")

    def _read_to_end(self, what: object) -> None:
        self._reading = None
        if isinstance(what, Computed):
            self._known[what.document] = what
            self._ask()
        elif isinstance(what, RedactorError):
            self._say(message_for(what).happened)

    def _stop(self) -> None:
        self._turn += 1
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    # --- looking at one cell ---------------------------------------------------------

    def _look(self, session: Session, computed: Computed) -> None:
        if not computed.told:
            self._say(_NOT_TOLD)
            return
        self._turn += 1
        turn, place = self._turn, self._place

        def settled(future: Future[Any]) -> None:
            self._courier.post(lambda: self._answered(turn, future))

        session.lane.submit(
            lambda case: (
                look_at_cell(case, computed, place) if place else None,
                worked_out(case, computed),
            )
        ).add_done_callback(settled)

    def _answered(self, turn: int, future: Future[Any]) -> None:
        if turn != self._turn:
            return
        error = future.exception()
        if error is not None:
            known = in_our_words(error)
            if not isinstance(known, Cancelled):
                self._say(message_for(known).happened)
            return
        view, given_away = future.result()
        self._show(view, given_away)

    def _show(self, view: CellView | None, given_away: tuple[str, ...]) -> None:
        self._view = view
        said = [_about(view)] if view is not None else ["Choose a cell."]
        if given_away:
            count = len(given_away)
            cells = "1 withheld cell" if count == 1 else f"{count:,} withheld cells"
            named = ", ".join(given_away[:4]) + (" …" if len(given_away) > 4 else "")
            said.append(f"{cells} of this workbook can be worked out from what stays: {named}.")
        self.said.setText("\n".join(said))
        self.list.clear()
        for one in view.dependants[:_MOST] if view is not None else ():
            picture = icons.icon("attention" if not one.others else "undecided")
            self.list.addItem(QListWidgetItem(picture, _line(one)))
        has = self.list.count() > 0
        for widget in (self.list, self.go, self.also):
            widget.setVisible(has)
        may = self._session is not None and self._session.can_decide
        self.also.setEnabled(has and may)
        if has:
            self.list.setCurrentRow(0)

    def _say(self, text: str) -> None:
        self._view = None
        self.said.setText(text)
        self.list.clear()
        for widget in (self.list, self.go, self.also):
            widget.hide()

    # --- what a person does ---------------------------------------------------------

    def _go(self, _: QModelIndex | bool = False) -> None:
        row = self.list.currentRow()
        if self._view is not None and 0 <= row < len(self._view.dependants):
            self.place_wanted.emit(self._view.dependants[row].place)

    def _redact_too(self) -> None:
        if self._view is None:
            return
        chosen = [
            Selection(Span(one.place, 0, len(one.text)), one.text) for one in self._view.dependants
        ]
        if chosen:
            self.redaction_wanted.emit(chosen)

    def showEvent(self, event: Any) -> None:
        """Look as soon as it is seen."""
        super().showEvent(event)
        self._later()

    def _lay_out(self) -> None:
        theme.dress(self.title, "heading")
        self.title.setBuddy(self.list)
        self.said.setAccessibleName("What is known of the cell")
        self.list.setAccessibleName("Cells that are computed from it")
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setWordWrap(True)
        self.list.activated.connect(self._go)
        buttons: tuple[tuple[QPushButton, str, Callable[..., None]], ...] = (
            (self.go, "Go to the cell", self._go),
            (self.also, "Redact the cells that are computed from it", self._redact_too),
            (self.hide_button, "Hide what depends on the cell", self.closed.emit),
        )
        row = QHBoxLayout()
        for button, name, do in buttons:
            button.setAccessibleName(name)
            button.clicked.connect(do)
            row.addWidget(button)
        row.insertStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.title)
        layout.addWidget(self.said)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        self.setFocusProxy(self.list)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._say("Choose a cell of a workbook.")


def _about(view: CellView) -> str:
    name = view.place.removeprefix("sheet:")
    said: list[str] = []
    if view.computed_from:
        shown = ", ".join(view.computed_from[:4]) + (" …" if len(view.computed_from) > 4 else "")
        said.append(f"{name} is computed from {shown}.")
        if view.from_shown:
            said.append("All of that stays, so that withholding it hides nothing.")
    count = len(view.dependants)
    if not count:
        said.append(f"No shown cell is computed from {name}.")
    else:
        cells = "1 shown cell is" if count == 1 else f"{count:,} shown cells are"
        said.append(f"{cells} computed from {name}.")
    return " ".join(said)


def _line(one: ShownDependant) -> str:
    if not one.others:
        how = "gives it away"
    else:
        cells = "1 other withheld cell" if one.others == 1 else f"{one.others:,} others"
        how = f"computed from {cells} too"
    return f"{one.address}: {one.text[:80]} – {how}"

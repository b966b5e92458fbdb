"""The persons of the case: who is mentioned where, in which role, and what is decided for them.

Keys: M merges the selected persons, S splits the selected mentions off, R sets the role, A redacts
and K keeps every mention, Enter goes to the mentions and on to the one in its document.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from redactor.app.persons import PersonRow, Persons, all_persons
from redactor.errors import RedactorError
from redactor.model import Action
from ui import theme
from ui.dialogs.base import Dialogs
from ui.panels.button_row import ButtonRow
from ui.panels.chosen_person import ChosenPerson
from ui.panels.keyed_table import KeyedTable
from ui.panels.suggested_pairs import SuggestedPairs
from ui.person_deciding import PersonDeciding
from ui.persons_model import PersonColumn, PersonsModel
from ui.session import Session

_REFRESH_MS, _TYPING_MS = 250, 150
_SHARES = (0.46, 0.54)
_SAMPLES: dict[int, str] = {
    PersonColumn.NAME: "Alexandra Rowbottom-Okoro",
    PersonColumn.ROLE: "Public official?",
    PersonColumn.MENTIONS: "Mentions",
    PersonColumn.DOCUMENTS: "Documents",
    PersonColumn.STANDING: "Redact, s40(2)",
}


class PersonsPage(QWidget):
    """The list of persons, the mentions of the chosen one, and who may be one person.

    Signals:
        told: a sentence for the status bar.
        mark_wanted: a person goes to a mention; its id.
    """

    told = Signal(str)
    mark_wanted = Signal(int)

    def __init__(self, dialogs: Dialogs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._stale, self._asked = True, False
        self._shape: QByteArray | None = None
        self.deciding = PersonDeciding(dialogs, self)
        self.model = PersonsModel(self)
        self.table = KeyedTable(
            self.model,
            "Persons",
            "Enter goes to the mentions, M merges, R sets the role, A redacts, K keeps.",
            _SAMPLES,
        )
        self.search, self.count = QLineEdit(), QLabel()
        self.merge, self.role = QPushButton("Merge (M)"), QPushButton("Role (R)")
        self.pairs = SuggestedPairs()
        self.chosen = ChosenPerson()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._refreshing = self._timer(_REFRESH_MS, self._ask)
        self._typing = self._timer(_TYPING_MS, self._search)
        self._lay_out()
        self._connect()
        self._show_chosen()

    def _timer(self, interval: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self, interval=interval, singleShot=True)
        timer.timeout.connect(do)
        return timer

    # --- the case -----------------------------------------------------------------------------

    def set_session(self, session: Session | None) -> None:
        """Show another case, or none."""
        self._session = session
        self._stale, self._asked = True, False
        self._refreshing.stop()
        self.deciding.set_session(session)
        self.search.clear()
        self._take(Persons((), ()))
        if session is not None:
            for signal in (
                session.documents_changed,
                session.document_changed,
                session.marks_added,
                session.marks_changed,
                session.life_changed,
            ):
                signal.connect(self._changed)
            self._changed()

    def panes(self) -> tuple[QWidget, ...]:
        """Give what F6 goes round."""
        return self.search, self.table, self.chosen.mentions, self.pairs.list

    def restore_panes(self, shape: QByteArray) -> None:
        """Give the panes the widths that were kept, or good ones, once the page is seen."""
        self._shape = shape
        if self.isVisible():
            self._shape_panes()

    def _shape_panes(self) -> None:
        shape, self._shape = self._shape, None
        if shape is not None and (shape.isEmpty() or not self.splitter.restoreState(shape)):
            self.splitter.setSizes([round(self.width() * share) for share in _SHARES])

    def showEvent(self, event: QShowEvent) -> None:
        """Take over what has changed while the page was not seen."""
        super().showEvent(event)
        QTimer.singleShot(0, self._shape_panes)  # it has its width then
        if self._stale:
            self._refreshing.start(0)

    def _changed(self, *_: object) -> None:
        self._stale = True
        if self.isVisible() and not self._refreshing.isActive():
            self._refreshing.start(_REFRESH_MS)

    def _ask(self) -> None:
        session = self._session
        if session is None or self._asked or not self.isVisible():
            return
        self._stale, self._asked = False, True

        def take(found: Persons) -> None:
            if session is self._session:
                self._asked = False
                self._take(found)
                if self._stale:
                    self._changed()

        def failed(error: RedactorError) -> None:
            if session is self._session:
                self._asked = False
                session.failed.emit(error)

        session.lane.ask(all_persons, take, failed)

    def _take(self, found: Persons) -> None:
        chosen, selected = self.chosen.person, {one.subject.id for one in self.selected()}
        self.model.show(found.rows)
        self.pairs.show_pairs(found.suggestions, self.model.person)
        self._select(chosen, selected)
        self._show_count()
        self._show_chosen()

    # --- who is chosen ------------------------------------------------------------------------

    @property
    def current(self) -> PersonRow | None:
        """Give the person that is chosen."""
        return self.model.row_at(self.table.currentIndex().row())

    def selected(self) -> list[PersonRow]:
        """Give the persons that are selected."""
        rows = (self.model.row_at(row) for row in self.table.chosen_rows())
        return [one for one in rows if one is not None]

    def _select(self, chosen: str, selected: set[str]) -> None:
        """Keep the current person and the selection, as far as they are listed still."""
        if not self.model.rowCount():
            return
        flags = QItemSelectionModel.SelectionFlag
        row = self.model.row_of_id(chosen) or 0
        self._go_to(row)
        for one in selected:
            at = self.model.row_of_id(one)
            if at is not None and len(selected) > 1:
                index = self.model.index(at, 0)
                self.table.selectionModel().select(index, flags.Select | flags.Rows)
        self.table.scrollTo(self.model.index(row, 0))

    def _go_to(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(row, 0)
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _go_to_person(self, person: str) -> None:
        if (row := self.model.row_of_id(person)) is not None:
            self._go_to(row)

    def _current_changed(self) -> None:
        row = self.current
        if row is not None and row.subject.id != self.chosen.person:
            self._show_chosen()

    def _show_chosen(self) -> None:
        self._show_buttons()
        self.chosen.show_person(self.current, self._session)

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        persons = "1 person" if total == 1 else f"{total:,} persons"
        self.count.setText(persons if shown == total else f"{shown:,} of {persons}")

    def _show_buttons(self) -> None:
        there, sort_out = self.current is not None, self.deciding.may_sort_out
        for button in (self.chosen.redact, self.chosen.keep):
            button.setEnabled(there and self.deciding.may_decide)
        for button in (self.merge, self.chosen.split, self.role):
            button.setEnabled(there and sort_out)
        self.pairs.enable(may=there and sort_out)

    def _search(self) -> None:
        chosen = self.chosen.person
        self.model.search(self.search.text())
        self._select(chosen, set())
        self._show_count()
        self._show_chosen()

    # --- what is done with them ---------------------------------------------------------------

    def _name_role(self) -> None:
        row = self.current
        if row is not None and self.role.isEnabled():
            self.deciding.name_role(row)

    def _decide(self, action: Action) -> None:
        row = self.current
        button = self.chosen.redact if action is Action.REDACT else self.chosen.keep
        if row is None:
            return
        if not button.isEnabled():
            self.told.emit("You may not decide in this case.")
            return
        self.deciding.decide(row, action)

    def _merge_pair(self, *pair: str) -> None:
        rows = (self.model.person(one) for one in pair)
        self.deciding.merge([one for one in rows if one is not None])

    # --- moving about ---------------------------------------------------------------------------

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_mentions(self) -> None:
        if self.chosen.model.rowCount():
            self.chosen.mentions.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- inside ---------------------------------------------------------------------------------

    def _connect(self) -> None:
        deciding, chosen = self.deciding, self.chosen
        self._let("M", self.merge, lambda: deciding.merge(self.selected()))
        self._let("R", self.role, self._name_role)
        self._let("S", chosen.split, lambda: deciding.split(chosen.selected()))
        self._let("A", chosen.redact, lambda: self._decide(Action.REDACT))
        self._let("K", chosen.keep, lambda: self._decide(Action.KEEP))
        deciding.told.connect(self.told)
        deciding.sorted_out.connect(self._changed)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self._to_table)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._current_changed())
        self.table.activated.connect(lambda _: self._to_mentions())
        chosen.mentions.left.connect(self._to_table)
        chosen.mark_wanted.connect(self.mark_wanted)
        self.pairs.looked_at.connect(self._go_to_person)
        self.pairs.one_person.connect(self._merge_pair)
        self.pairs.two_persons.connect(lambda *pair: deciding.tell_apart(pair))

    def _let(self, key: str, button: QPushButton, do: Callable[[], None]) -> None:
        """Let a button, and its key in both tables, do something."""
        button.clicked.connect(lambda _=False: do())
        for pane in (self.table, self.chosen.mentions):
            shortcut = QShortcut(QKeySequence(key), pane)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)

    def _lay_out(self) -> None:
        self.splitter.addWidget(self._left())
        self.splitter.addWidget(self.chosen)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addWidget(self.splitter)

    def _left(self) -> QWidget:
        heading = QLabel("P&ersons")
        theme.dress(heading, "heading")
        heading.setBuddy(self.table)
        theme.dress(self.count, "quiet")
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(self.count)
        self.search.setPlaceholderText("Search by name or role")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("Search persons by name or role")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addLayout(ButtonRow(self.merge, self.role))
        column.addWidget(self.pairs)
        return left

"""The persons of the case: who is mentioned where, in which role, and what is decided for them.

Keys: M merges the selected persons, S splits the selected mentions off, R sets the role, A redacts
and K keeps every mention, Enter goes to the mentions and on to the one in its document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from redactor.app.case import Case
from redactor.app.persons import (
    PersonRow,
    Persons,
    all_persons,
    contexts,
    merge,
    set_role,
    split,
    tell_apart,
)
from redactor.errors import RedactorError
from redactor.events import Event, EventKind, Mark
from redactor.model import Action
from redactor.people import Suggestion
from redactor.person_roles import Context
from ui import theme
from ui.dialogs.base import Dialogs
from ui.dialogs.person import ContradictionDialog, PersonDecisionDialog, RoleDialog
from ui.panels.decision import Ground
from ui.panels.one_line import OneLine
from ui.persons_model import (
    Mention,
    MentionColumn,
    MentionsModel,
    PersonColumn,
    PersonsModel,
    counts_words,
    shown_role,
    standing_words,
)
from ui.places import place_title
from ui.session import Session

_REFRESH_MS, _TYPING_MS = 250, 150
_SHARES = (0.46, 0.54)
#: Mentions of one person that are listed; the review has all.
_MOST_SHOWN = 2000
_SUGGESTIONS_SHOWN = 200
_AIR = 24
_KEYS = (("M", "merge"), ("S", "split"), ("R", "role"), ("A", "redact"), ("K", "keep"))


class _Table(QTableView):
    """A table in which Enter goes on, and letters belong to the page.

    Signals:
        left: Escape was pressed.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter and back with Escape."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.activated.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isalpha() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)


class PersonsPage(QWidget):
    """The list of persons, the mentions of the chosen one, and who may be one person.

    Signals:
        told: a sentence for the status bar.
        mark_wanted: a person goes to a mention; its id.
    """

    told = Signal(str)
    mark_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._dialogs: Dialogs | None = None
        self._stale, self._asked = True, False
        self._chosen = ""
        self._shape: QByteArray | None = None
        self._suggestions: Sequence[Suggestion] = ()
        self.model = PersonsModel(self)
        self.mentions_model = MentionsModel(self)
        self.search = QLineEdit()
        self.table = _Table()
        self.mentions = _Table()
        self.suggestions = QListWidget()
        self.count, self.about = QLabel(), OneLine()
        self.standing, self.files = OneLine(), OneLine()
        self.buttons = {
            "merge": QPushButton("Merge (M)"),
            "split": QPushButton("Split off (S)"),
            "role": QPushButton("Role (R)"),
            "redact": QPushButton("Redact all (A)"),
            "keep": QPushButton("Keep all (K)"),
            "same": QPushButton("They are one"),
            "apart": QPushButton("They are not"),
        }
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

    def set_dialogs(self, dialogs: Dialogs) -> None:
        """Say over what dialogs are opened."""
        self._dialogs = dialogs

    def set_session(self, session: Session | None) -> None:
        """Show another case, or none."""
        self._session = session
        self._stale, self._asked, self._chosen = True, False, ""
        self._refreshing.stop()
        self._suggestions = ()
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
        return self.search, self.table, self.mentions, self.suggestions

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
        chosen, selected = self._chosen, {one.subject.id for one in self.selected()}
        self.model.show(found.rows)
        self._suggestions = found.suggestions[:_SUGGESTIONS_SHOWN]
        self._show_suggestions(len(found.suggestions))
        self._select(chosen, selected)
        self._show_count()
        self._show_chosen()

    # --- the chosen person ----------------------------------------------------------------------

    @property
    def current(self) -> PersonRow | None:
        """Give the person that is chosen."""
        return self.model.row_at(self.table.currentIndex().row())

    def selected(self) -> list[PersonRow]:
        """Give the persons that are selected."""
        rows = sorted({one.row() for one in self.table.selectionModel().selectedRows()})
        return [one for row in rows if (one := self.model.row_at(row)) is not None]

    def selected_mentions(self) -> list[int]:
        """Give the mentions that are selected, by the ids of their marks."""
        rows = sorted({one.row() for one in self.mentions.selectionModel().selectedRows()})
        found = (self.mentions_model.mention_at(row) for row in rows)
        return [one.mark for one in found if one is not None]

    def _select(self, chosen: str, selected: set[str]) -> None:
        """Keep the current person and the selection, as far as they are listed still."""
        flags = QItemSelectionModel.SelectionFlag
        selection = self.table.selectionModel()
        row = self.model.row_of_id(chosen)
        row = 0 if row is None else row
        if not self.model.rowCount():
            return
        selection.setCurrentIndex(self.model.index(row, 0), flags.ClearAndSelect | flags.Rows)
        for one in selected:
            at = self.model.row_of_id(one)
            if at is not None and len(selected) > 1:
                selection.select(self.model.index(at, 0), flags.Select | flags.Rows)
        self.table.scrollTo(self.model.index(row, 0))

    def _current_changed(self) -> None:
        row = self.current
        if row is not None and row.subject.id != self._chosen:
            self._show_chosen()

    def _show_chosen(self) -> None:
        """Show the chosen person, and ask for the mentions in their contexts."""
        row, session = self.current, self._session
        self._chosen = row.subject.id if row is not None else ""
        self._show_buttons()
        if row is None or session is None:
            self.about.setText("Nobody is chosen")
            self.standing.setText("")
            self.files.hide()
            self.mentions_model.show((), {})
            return
        role = shown_role(row)
        why = f" ({row.why[:1].lower()}{row.why[1:].rstrip('.')})" if role.endswith("?") else ""
        self.about.setText(f"{row.subject.name}{f' – {role}{why}' if role else ''}")
        held = standing_words(row.standing)
        self.standing.setText(f"{f'{held}. ' if held else ''}{counts_words(row)}.")
        self._show_files(row, session)
        marks = [session.marks.by_id.get(one) for one in row.subject.marks[:_MOST_SHOWN]]
        known = [one for one in marks if one is not None]
        person = row.subject.id

        def take(around: dict[int, tuple[str, Context]]) -> None:
            if self._session is session and self._chosen == person:
                self._show_mentions(session, known, around)

        session.lane.ask(lambda case: contexts(case, known), take, session.failed.emit)

    def _show_files(self, row: PersonRow, session: Session) -> None:
        names = [
            session.documents[one].name
            for one in row.subject.file_names
            if one in session.documents
        ]
        self.files.setVisible(bool(names))
        self.files.setText(f"The file name holds this name, too: {', '.join(names)}")

    def _show_mentions(
        self, session: Session, marks: Sequence[Mark], around: dict[int, tuple[str, Context]]
    ) -> None:
        mentions = []
        for mark in marks:
            text, context = around.get(mark.id, (mark.text, Context("", "")))
            mentions.append(
                Mention(
                    mark.id,
                    text,
                    context.before,
                    context.after,
                    place_title(mark.target),
                    mark.document,
                    _state(session, mark),
                )
            )
        kept = self.mentions.currentIndex().row()
        names = {number: one.name for number, one in session.documents.items()}
        self.mentions_model.show(mentions, names)
        if mentions:
            self.mentions.selectRow(max(0, min(kept, len(mentions) - 1)))

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        persons = "1 person" if total == 1 else f"{total:,} persons"
        self.count.setText(persons if shown == total else f"{shown:,} of {persons}")

    def _show_buttons(self) -> None:
        session = self._session
        there = self.current is not None
        decide = there and session is not None and session.can_decide
        sort_out = there and session is not None and not session.objection(EventKind.PERSON_ROLE)
        for name in ("redact", "keep"):
            self.buttons[name].setEnabled(decide)
        for name in ("merge", "split", "role"):
            self.buttons[name].setEnabled(sort_out)
        for name in ("same", "apart"):
            self.buttons[name].setEnabled(sort_out and bool(self._suggestions))

    # --- who may be one -------------------------------------------------------------------------

    def _show_suggestions(self, total: int) -> None:
        at = self.suggestions.currentRow()
        self.suggestions.clear()
        for one in self._suggestions:
            first, second = self.model.person(one.one), self.model.person(one.other)
            if first is None or second is None:
                continue
            item = QListWidgetItem(f"{first.subject.name}  =  {second.subject.name}?")
            item.setToolTip(one.why)
            item.setData(Qt.ItemDataRole.UserRole, (one.one, one.other))
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                f"{first.subject.name} may be {second.subject.name}. {one.why}",
            )
            self.suggestions.addItem(item)
        if self.suggestions.count():
            self.suggestions.setCurrentRow(max(0, min(at, self.suggestions.count() - 1)))
        pairs = "1 pair" if total == 1 else f"{total:,} pairs"
        self._suggested.setText(f"May be &one person: {pairs}" if total else "May be &one person")

    def _pair(self) -> tuple[str, str] | None:
        if self.suggestions.currentRow() < 0:
            return None
        one, other = self.suggestions.currentItem().data(Qt.ItemDataRole.UserRole)
        return str(one), str(other)

    def accept_suggestion(self) -> None:
        """Take the suggested pair to be one person."""
        if (pair := self._pair()) is not None:
            self._merge([one for each in pair if (one := self.model.person(each)) is not None])

    def dismiss_suggestion(self) -> None:
        """Take the suggested pair to be two persons, and ask no more."""
        if (pair := self._pair()) is not None:
            self._sort_out(
                EventKind.PERSONS_TOLD_APART,
                lambda case: tell_apart(case, pair),
                "They stay two persons, and it is suggested no more.",
            )

    # --- sorting out and deciding ---------------------------------------------------------------

    def merge_selected(self) -> None:
        """Take the selected persons to be one."""
        self._merge(self.selected())

    def _merge(self, rows: Sequence[PersonRow]) -> None:
        session, dialogs = self._session, self._dialogs
        if session is None or dialogs is None:
            return
        if len(rows) < 2:
            self.told.emit("Select two or more persons first, with Shift or Ctrl.")
            return
        ids = [one.subject.id for one in rows]
        standing = [one for row in rows for one in row.standing]
        if all(one.agrees_with(standing[0]) for one in standing):
            self._do_merge(ids)
            return
        dialog = ContradictionDialog(standing, dialogs.parent)

        def agreed() -> None:
            held = dialog.decision
            for row in rows:
                if any(not one.agrees_with(held) for one in row.standing):
                    session.decide_person(row.subject.id, *held.ground)
            self._do_merge(ids)

        dialogs.open(dialog, agreed)

    def _do_merge(self, ids: Sequence[str]) -> None:
        self._sort_out(
            EventKind.PERSONS_MERGED,
            lambda case: merge(case, ids),
            "They are one person now. Select mentions and press S to split them again.",
        )

    def split_selected(self) -> None:
        """Take the selected mentions to be of another person."""
        marks = self.selected_mentions()
        if not marks:
            self.told.emit("Select mentions of the person first.")
            return
        self._sort_out(
            EventKind.PERSON_SPLIT,
            lambda case: split(case, marks),
            "The selected mentions are of another person now.",
        )

    def choose_role(self) -> None:
        """Ask what the person is in the matter."""
        row, dialogs = self.current, self._dialogs
        if row is None or dialogs is None or not self.buttons["role"].isEnabled():
            return
        person = row.subject
        dialog = RoleDialog(person.name, person.role, row.proposed, row.why, dialogs.parent)

        def chosen() -> None:
            role = str(dialog.role)
            self._sort_out(
                EventKind.PERSON_ROLE,
                lambda case: set_role(case, person.id, role),
                "The role is recorded.",
            )

        dialogs.open(dialog, chosen)

    def decide(self, action: Action) -> None:
        """Ask for the ground, and decide on every mention of the person."""
        row, session, dialogs = self.current, self._session, self._dialogs
        name = "redact" if action is Action.REDACT else "keep"
        if row is None or session is None or dialogs is None:
            return
        if not self.buttons[name].isEnabled():
            self.told.emit("You may not decide in this case.")
            return
        last = Ground(
            session.last_exemption, session.last_reasons[action], session.last_public_interest
        )
        person = row.subject
        dialog = PersonDecisionDialog(
            person.name,
            len(person.marks),
            action,
            last,
            dialogs.parent,
            regime=session.regime,
            used=session.marks.cited(),
        )

        def agreed() -> None:
            ground = dialog.ground
            session.decide_person(
                person.id,
                action,
                ground.exemption,
                ground.reason,
                ground.public_interest,
                later=dialog.later.isChecked(),
            )

        dialogs.open(dialog, agreed)

    def _sort_out(self, kind: EventKind, function: Callable[[Case], Event], said: str) -> None:
        session = self._session
        if session is None:
            return
        if why := session.objection(kind):
            self.told.emit(why)
            return

        def done(_: Event) -> None:
            self.told.emit(said)
            self._changed()

        session.lane.ask(function, done, session.failed.emit)

    # --- moving about ---------------------------------------------------------------------------

    def _search(self) -> None:
        chosen = self._chosen
        self.model.search(self.search.text())
        self._select(chosen, set())
        self._show_count()
        self._show_chosen()

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_mentions(self) -> None:
        if self.mentions_model.rowCount():
            self.mentions.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_mention(self) -> None:
        one = self.mentions_model.mention_at(self.mentions.currentIndex().row())
        if one is not None:
            self.mark_wanted.emit(one.mark)

    def _go_to_suggested(self) -> None:
        """Show the first of a suggested pair in the list."""
        pair = self._pair()
        row = self.model.row_of_id(pair[0]) if pair is not None else None
        if row is not None:
            flags = QItemSelectionModel.SelectionFlag
            index = self.model.index(row, 0)
            self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    # --- inside ---------------------------------------------------------------------------------

    def _connect(self) -> None:
        does: dict[str, Callable[[], None]] = {
            "merge": self.merge_selected,
            "split": self.split_selected,
            "role": self.choose_role,
            "redact": lambda: self.decide(Action.REDACT),
            "keep": lambda: self.decide(Action.KEEP),
            "same": self.accept_suggestion,
            "apart": self.dismiss_suggestion,
        }
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, do=does[name]: do())
        for pane in (self.table, self.mentions):
            for key, name in _KEYS:
                self._key(pane, key, does[name])
        for key in ("Return", "Enter"):
            self._key(self.suggestions, key, self.accept_suggestion)
        self._key(self.suggestions, "Del", self.dismiss_suggestion)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self._to_table)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._current_changed())
        self.table.activated.connect(lambda _: self._to_mentions())
        self.mentions.activated.connect(lambda _: self._go_to_mention())
        self.mentions.left.connect(self._to_table)
        self.suggestions.currentRowChanged.connect(lambda _: self._go_to_suggested())

    def _key(self, pane: QWidget, key: str, do: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), pane)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(do)

    def _lay_out(self) -> None:
        self._build_tables()
        self.splitter.addWidget(self._left())
        self.splitter.addWidget(self._right())
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
        self._suggested = QLabel("May be &one person")
        theme.dress(self._suggested, "heading")
        self._suggested.setBuddy(self.suggestions)
        self.suggestions.setAccessibleName("Pairs that may be one person")
        self.suggestions.setAccessibleDescription("Enter: they are one. Delete: they are not.")
        self.suggestions.setMaximumHeight(150)
        return _column(
            top,
            self.search,
            self.table,
            _row(self.buttons["merge"], self.buttons["role"]),
            self._suggested,
            self.suggestions,
            _row(self.buttons["same"], self.buttons["apart"]),
        )

    def _right(self) -> QWidget:
        theme.dress(self.about, "heading")
        theme.dress(self.standing, "quiet")
        theme.dress(self.files, "trouble")
        title = QLabel("Me&ntions")
        title.setBuddy(self.mentions)
        return _column(
            self.about,
            self.standing,
            self.files,
            _row(self.buttons["redact"], self.buttons["keep"]),
            title,
            self.mentions,
            _row(self.buttons["split"]),
        )

    def _build_tables(self) -> None:
        for table, model, name in (
            (self.table, self.model, "Persons"),
            (self.mentions, self.mentions_model, "Mentions of the person"),
        ):
            table.setModel(model)
            table.setAccessibleName(name)
            table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
            table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
            table.setAlternatingRowColors(True)
            table.setShowGrid(False)
            table.setWordWrap(False)
            table.setTabKeyNavigation(False)
            rows = table.verticalHeader()
            rows.hide()
            rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            rows.setDefaultSectionSize(QFontMetrics(table.font()).height() + 10)
            header = table.horizontalHeader()
            header.setHighlightSections(False)
            header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            header.setSelectionModel(QItemSelectionModel(model, header))
        self.table.setAccessibleDescription(
            "Enter goes to the mentions, M merges, R sets the role, A redacts, K keeps."
        )
        self.mentions.setAccessibleDescription("Enter goes to the document, S splits off.")
        self._fit(self.table, _PERSON_SAMPLES)
        self._fit(self.mentions, _MENTION_SAMPLES)

    def _fit(self, table: QTableView, samples: dict[int, str]) -> None:
        header, metrics = table.horizontalHeader(), QFontMetrics(table.font())
        for column, sample in samples.items():
            header.resizeSection(column, metrics.horizontalAdvance(sample) + _AIR)
        header.setStretchLastSection(True)


_PERSON_SAMPLES: dict[int, str] = {
    PersonColumn.NAME: "Alexandra Rowbottom-Okoro",
    PersonColumn.ROLE: "Public official?",
    PersonColumn.MENTIONS: "Mentions",
    PersonColumn.DOCUMENTS: "Documents",
    PersonColumn.STANDING: "Redact, s40(2)",
}
_MENTION_SAMPLES: dict[int, str] = {
    MentionColumn.STATE: "To decide",
    MentionColumn.CONTEXT: "… was told by the sergeant that ⟦Alexandra Okoro⟧ had been seen at …",
    MentionColumn.PLACE: "Page 12, box",
    MentionColumn.DOCUMENT: "response-letter.docx",
}


def _state(session: Session, mark: Mark) -> str:
    decision = session.marks.decisions.get(mark.id)
    if decision is not None:
        return "Redact" if decision.action is Action.REDACT else "Keep"
    return "Hidden" if mark.hidden is not None else "To decide"


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _column(*parts: QWidget | QHBoxLayout) -> QWidget:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part, 1 if isinstance(part, QTableView) else 0)
        else:
            layout.addLayout(part)
    return box

"""The lists of the open case, as the window works with them: changes, and what they did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from redactor.app import case_lists
from redactor.app.case import Case
from redactor.app.case_lists import ListChange, Row
from redactor.app.site_lists import SiteLists
from redactor.errors import RedactorError
from redactor.events import EventKind
from redactor.lists import Entry, Which
from redactor.suggestions import Suggestion
from ui.session import Session
from ui.tasks import Found

#: Findings that are proposed otherwise are shown anew where they are, not gone to.
_REVEAL = False


@dataclass(frozen=True, slots=True)
class Held:
    """What is listed, suggested, and out of date."""

    rows: tuple[Row, ...] = ()
    suggestions: tuple[Suggestion, ...] = field(default=(), repr=False)
    outdated: tuple[int, ...] = ()


class Listing(QObject):
    """The lists of one open case.

    Signals:
        changed: something else is listed or suggested now.
        told: a sentence for the status bar.
        failed: something asked for was not done; an error.
    """

    changed = Signal()
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.held = Held()
        self._session = session
        self._undo: Callable[[Case], ListChange] | None = None

    @property
    def can_change(self) -> bool:
        """Say whether the person may change the lists."""
        return not self._session.objection(EventKind.LISTS_CHANGED)

    @property
    def can_undo(self) -> bool:
        """Say whether there is a change of the lists that can be taken back."""
        return self._undo is not None and self.can_change

    def load(self) -> None:
        """Ask what is listed; ``changed`` follows."""

        def look(case: Case) -> Held:
            outdated = case.listed.outdated()
            return Held(case_lists.rows(case), case_lists.suggestions(case), outdated)

        def known(held: Held) -> None:
            self.held = held
            self.changed.emit()

        self._session.lane.ask(look, known, self.failed.emit)

    def add(self, which: Which, entry: Entry) -> None:
        """Put an entry on a list."""
        self._change(lambda case: case_lists.add(case, which, [entry]), _taking_off)

    def remove(self, rows: list[Row]) -> None:
        """Take rows of one list off it."""
        ids = [row.id for row in rows]
        self._change(lambda case: case_lists.remove(case, ids), lambda _: _putting_back(rows))

    def add_pack(self, raw: bytes) -> None:
        """Adopt a pack of patterns."""
        self._change(lambda case: case_lists.add_pack(case, raw), _taking_off)

    def adopt(self, read: Callable[[], SiteLists]) -> None:
        """Adopt the lists of an authority, read in the case's own thread: its key takes a while."""
        self._change(lambda case: case_lists.adopt(case, read()), None)

    def accept(self, key: str) -> None:
        """Put what is suggested on its list."""
        self._change(lambda case: case_lists.accept(case, key), _taking_off)

    def dismiss(self, key: str) -> None:
        """Turn a suggestion down."""

        def done(_: object) -> None:
            self.told.emit("It will not be suggested again.")
            self.load()

        self._may(
            lambda: self._session.lane.ask(
                lambda case: case_lists.dismiss(case, key), done, self.failed.emit
            )
        )

    def undo(self) -> None:
        """Take back the last change that was made here."""
        undo = self._undo
        if undo is not None:
            self._change(undo, None)

    def search_again(self) -> None:
        """Search the documents again that were searched before the lists last changed."""
        for number in self.held.outdated:
            self._session.read_again(number)

    def _may(self, do: Callable[[], None]) -> None:
        self._session.changing(EventKind.LISTS_CHANGED, do)

    def _change(
        self,
        work: Callable[[Case], ListChange],
        undoing: Callable[[ListChange], Callable[[Case], ListChange]] | None,
    ) -> None:
        def done(change: ListChange) -> None:
            self._undo = undoing(change) if undoing is not None else None
            self._show(change)
            self.told.emit(change.told)
            self.load()

        def failed(error: RedactorError) -> None:
            self.failed.emit(error)

        self._may(lambda: self._session.lane.ask(work, done, failed))

    def _show(self, change: ListChange) -> None:
        """Bring into the window what a change did to the findings."""
        session = self._session
        if change.made:
            found = [Found(mark.document, (mark,)) for mark in change.made]
            session.readings.inbox.extend(found)
            session.readings.watch()
        if change.proposed:
            session.marks.replace(change.proposed)
            session.marks_changed.emit(tuple(one.id for one in change.proposed), _REVEAL)


def _taking_off(change: ListChange) -> Callable[[Case], ListChange]:
    return lambda case: case_lists.remove(case, change.ids)


def _putting_back(rows: list[Row]) -> Callable[[Case], ListChange]:
    """Give what puts rows back that were taken off one list."""
    pack = rows[0].pack
    if pack is not None:
        raw = pack.toml.encode("utf-8")
        return lambda case: case_lists.add_pack(case, raw)
    entries = [row.entry for row in rows if row.entry is not None]
    which = Which(rows[0].list)
    return lambda case: case_lists.add(case, which, entries)

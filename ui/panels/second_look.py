"""The second look: what was found near the redactions, and one key to accept or dismiss each.

Keys: A accepts what is selected, D dismisses it, Enter shows it in its document, F goes to the
filter. What comes next is selected by itself; Ctrl+Z takes the last ruling back.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from redactor.app.looking import (
    Dismissal,
    Found,
    SecondLook,
    Surroundings,
    accept,
    dismiss,
    surroundings,
    take_second_look,
)
from redactor.errors import RedactorError
from redactor.events import EventKind
from redactor.model import Role
from ui.dialogs.base import words
from ui.panels.second_look_list import FoundList, found_of
from ui.panels.second_look_place import PlacePane, can_be_accepted
from ui.session import Session
from ui.tasks import Courier
from ui.ticks import tick_clearly
from ui.working import CaseWork


class SecondLookPage(QWidget):
    """The page.

    Signals:
        told: a sentence for the status bar.
        place_wanted: the person wants to see a place in its document; a ``Lead``.
    """

    told = Signal(str)
    place_wanted = Signal(object)

    def __init__(self, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._courier = courier
        self._session: Session | None = None
        self._work: CaseWork | None = None
        self._look: SecondLook | None = None
        self._stale = True
        self.summary = words("")
        self.look = QPushButton("&Look again")
        self.stop = QPushButton("Stop")
        self.bar = QProgressBar()
        self.search = QLineEdit()
        self.ruled = tick_clearly(QCheckBox("Show what &was ruled on"))
        self.tree = FoundList()
        self.place = PlacePane()
        self._lay_out()
        self._connect()

    # --- the case -----------------------------------------------------------------------------

    def set_session(self, session: Session | None) -> None:
        """Show another case, or none."""
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self._session, self._look, self._stale = session, None, True
        self.tree.clear()
        self.place.clear()
        if session is not None:
            self.ruled.setChecked(session.role is Role.REVIEWER)  # what was dismissed, and why
            session.leads_changed.connect(self._ruled)
            session.life_changed.connect(self._enable)
            session.marks_changed.connect(lambda ids, _: self._changed() if ids else None)
            session.documents_changed.connect(self._changed)
        self._busy(on=False)
        self._say()

    def panes(self) -> tuple[QWidget, ...]:
        """Give what F6 goes round."""
        return (self.tree, self.place.context, self.place.reason)

    def showEvent(self, event: QShowEvent) -> None:
        """Look when the page comes into view, if the case has changed since."""
        super().showEvent(event)
        if self._stale and self._session is not None and self._work is None:
            self.take()

    def take(self) -> None:
        """Search the case as it stands now."""
        session = self._session
        if session is None or self._work is not None:
            return
        self._stale = False
        self._busy(on=True)
        work = self._work = CaseWork(session.lane, self._courier, self)
        work.progressed.connect(lambda one: self._progressed(one.done, one.total))
        work.ended.connect(self._ended)
        work.start(take_second_look)

    def _progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def _ended(self, what: object) -> None:
        self._work = None
        self._busy(on=False)
        if isinstance(what, SecondLook):
            self._look = what
            self._fill()
        elif isinstance(what, RedactorError) and self._session is not None:
            self._session.failed.emit(what)
        else:
            self._stale = True
        self._say()

    def _changed(self) -> None:
        """Remember that something was decided; look again at once where nothing is left to rule on.

        What was accepted is redacted now, and may have more near it.
        """
        self._stale = True
        self._say()
        if self.isVisible() and not any(one.waits for one in self._standing()):
            self.take()

    # --- the list -----------------------------------------------------------------------------

    def _standing(self) -> list[Found]:
        """Give what was found with the rulings that stand now."""
        leads = self._session.leads if self._session is not None else {}
        found = self._look.found if self._look is not None else ()
        return [Found(one.id, one.lead, leads.get(one.id)) for one in found]

    def _fill(self, keep: str = "") -> None:
        """Fill the list, and choose ``keep`` in it or what comes next."""
        found = [one for one in self._standing() if one.ruling is None or self.ruled.isChecked()]
        self.tree.fill(found, self._document, self.search.text(), keep)
        if self.tree.current() is None:
            self.place.clear()
        self._enable()

    def _document(self, number: int) -> str:
        session = self._session
        document = session.documents.get(number) if session is not None else None
        return document.name if document is not None else f"Document {number}"

    # --- ruling -------------------------------------------------------------------------------

    def accept_chosen(self) -> None:
        """Redact what is selected, on the ground of what it is near."""
        chosen, session = self._waiting_chosen(), self._session
        if session is None or not chosen:
            return
        if not can_be_accepted(chosen):
            self.told.emit(
                "A whole page, column or document cannot be accepted. Mark what is to go in it, or "
                "dismiss it once you looked at it."
            )
            return
        session.record_all(EventKind.DECIDED, lambda case: accept(case, chosen))

    def dismiss_chosen(self) -> None:
        """Dismiss what is selected, for the reason that is given below."""
        chosen, session = self._waiting_chosen(), self._session
        category, reason = self.place.category, self.place.reason.text()
        if session is None or not chosen:
            return
        if category is Dismissal.OTHER and not reason.strip():
            self.told.emit("Another reason needs words: say it in a sentence first.")
            self.place.reason.setFocus()
            return
        session.record_all(
            EventKind.LEADS_DISMISSED, lambda case: dismiss(case, chosen, category, reason)
        )

    def _waiting_chosen(self) -> list[Found]:
        chosen = [one for one in self.tree.chosen() if one.waits]
        if not chosen:
            self.told.emit("Choose a place that waits for a ruling first.")
        return chosen

    def _ruled(self) -> None:
        """Take over rulings that were made or undone: what comes next is chosen by itself."""
        if self._look is None:
            return
        self._fill(self._next_id())
        self._say()

    def _next_id(self) -> str:
        """Give what to choose: what just came back, or the first after what was just ruled on."""
        shown = self.tree.listed()
        leads = self._session.leads if self._session is not None else {}
        known = {one.id for one in shown}
        back = next((o.id for o in self._standing() if o.waits and o.id not in known), "")
        if back:
            return back
        at = {one.id: number for number, one in enumerate(shown)}
        ruled = [at[one.id] for one in self.tree.chosen() if one.id in leads]
        after = shown[max(ruled) + 1 :] if ruled else shown
        return next((one.id for one in after if one.lead.needs_ruling and one.id not in leads), "")

    # --- what is shown of one -----------------------------------------------------------------

    def _current_changed(self) -> None:
        self._enable()
        one, session = self.tree.current(), self._session
        if session is None or one is None:
            self.place.clear()
            return

        def show(around: Surroundings) -> None:
            if session is self._session and self.tree.current() == one:
                self.place.show_place(one, around)

        session.lane.ask(lambda case: surroundings(case, one.lead), show, session.failed.emit)

    def _show_in_document(self, one: Found | None) -> None:
        if one is not None:
            self.place_wanted.emit(one.lead)

    def _say(self) -> None:
        session = self._session
        if session is None or self._look is None:
            self.summary.setText("The second look has not been taken yet.")
            return
        waiting = [one for one in self._standing() if one.waits]
        sure = sum(one.lead.is_sure for one in waiting)
        said = (
            f"{_places(sure)} all but certainly missed, and {_places(len(waiting) - sure)} to look "
            "at."
            if waiting
            else "Nothing waits for a ruling."
        )
        more = " Something was changed since: look again before you submit." if self._stale else ""
        self.summary.setText(said + more)

    def _enable(self) -> None:
        session = self._session
        may = session is not None and not session.objection(EventKind.LEADS_DISMISSED)
        self.place.enable(self.tree.chosen(), may=may)
        self.look.setEnabled(session is not None and self._work is None)

    def _busy(self, *, on: bool) -> None:
        self.bar.setRange(0, 0)
        self.bar.setVisible(on)
        self.stop.setVisible(on)
        self._enable()

    def _cancel(self) -> None:
        if self._work is not None:
            self._work.cancel()

    # --- how it looks -------------------------------------------------------------------------

    def _connect(self) -> None:
        self.look.clicked.connect(self.take)
        self.stop.clicked.connect(self._cancel)
        self.search.textChanged.connect(lambda _: self._fill())
        self.ruled.toggled.connect(lambda _: self._fill())
        self.tree.currentItemChanged.connect(lambda *_: self._current_changed())
        self.tree.itemSelectionChanged.connect(self._enable)
        self.tree.itemActivated.connect(lambda item, _: self._show_in_document(found_of(item)))
        self.place.accept.clicked.connect(self.accept_chosen)
        self.place.dismiss.clicked.connect(self.dismiss_chosen)
        self.place.show_it.clicked.connect(lambda: self._show_in_document(self.tree.current()))
        for key, do in (
            ("A", self.accept_chosen),
            ("D", self.dismiss_chosen),
            ("F", self.search.setFocus),
        ):
            shortcut = QShortcut(QKeySequence(key), self.tree)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)

    def _lay_out(self) -> None:
        self.summary.setAccessibleName("What the second look found")
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(180)
        self.bar.setAccessibleName("How far the second look is")
        self.search.setPlaceholderText("Filter (F)")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("Filter the places")
        self.search.setMaximumWidth(220)
        top = QHBoxLayout()
        for widget, stretch in (
            (self.summary, 1),
            (self.bar, 0),
            (self.stop, 0),
            (self.look, 0),
            (self.ruled, 0),
            (self.search, 0),
        ):
            top.addWidget(widget, stretch)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.tree)
        splitter.addWidget(self.place)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([840, 520])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(splitter, 1)


def _places(count: int) -> str:
    return "1 place" if count == 1 else f"{count:,} places"

"""The second look: what was found near the redactions, and one key to accept or dismiss each.

Keys: A accepts what is selected, D dismisses it, Enter shows it in its document, F goes to the
filter. What comes next is selected by itself; Ctrl+Z takes the last ruling back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
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
    words_of,
)
from redactor.errors import RedactorError
from redactor.events import EventKind
from redactor.matching import fold_text
from redactor.model import Role
from redactor.second_look import FILE_NAME, LeadKind
from ui import icons, theme
from ui.dialogs.base import words
from ui.places import place_title, segment_title
from ui.session import Session
from ui.tasks import Courier
from ui.ticks import tick_clearly
from ui.working import CaseWork

_HEADINGS = ("What stands there", "Document", "Place", "Why it is shown")
_SURE = "All but certainly missed"
_HIDDEN = "In hidden content, which is never released"
_GROUPS = {
    LeadKind.SAME_WORDS: "The same words",
    LeadKind.VARIANT: "Perhaps another way of writing it",
    LeadKind.UNEVEN: "Kept here, redacted elsewhere",
    LeadKind.LINKED: "Numbers beside a redacted name",
    LeadKind.FUZZY: "A letter or two from a redacted name",
    LeadKind.EMPTY: "Nothing redacted where others have much",
}
_ORDER = (_SURE, *_GROUPS.values(), _HIDDEN)
_ROLE = Qt.ItemDataRole.UserRole


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
        self.tree = QTreeWidget()
        self.context = QTextBrowser()
        self.because = QComboBox()
        self.reason = QLineEdit()
        self.accept = QPushButton("Accept: redact (A)")
        self.dismiss = QPushButton("Dismiss (D)")
        self.show_it = QPushButton("Show in the document")
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
        self.context.clear()
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
        return (self.tree, self.context, self.reason)

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
        wanted = fold_text(self.search.text())
        groups: dict[str, list[Found]] = {}
        for one in self._standing():
            if (one.ruling is None or self.ruled.isChecked()) and self._fits(one, wanted):
                groups.setdefault(_group(one), []).append(one)
        self.tree.clear()
        for title in _ORDER:
            if found := groups.get(title):
                self._add_group(title, found)
        self._choose(keep)
        self._enable()

    def _fits(self, one: Found, wanted: str) -> bool:
        if not wanted:
            return True
        shown = " ".join((*self._cells(one), words_of(one.ruling.category) if one.ruling else ""))
        return wanted in fold_text(shown)

    def _add_group(self, title: str, found: Sequence[Found]) -> None:
        group = QTreeWidgetItem([f"{title}  ({len(found):,})"])
        group.setFirstColumnSpanned(True)
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        self.tree.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)
        group.setExpanded(title != _HIDDEN)
        for one in found:
            item = QTreeWidgetItem(list(self._cells(one)))
            item.setData(0, _ROLE, one)
            item.setIcon(0, icons.icon(_icon(one)))
            item.setToolTip(3, item.text(3))
            group.addChild(item)

    def _cells(self, one: Found) -> tuple[str, str, str, str]:
        lead, session = one.lead, self._session
        document = session.documents.get(lead.document) if session is not None else None
        why = lead.why[:1].upper() + lead.why[1:]
        if one.ruling is not None:
            why = f"{words_of(one.ruling.category)} ({one.ruling.actor}). {one.ruling.reason}"
        text = " ".join(lead.text.split()) or "(all of it)"
        name = document.name if document is not None else f"Document {lead.document}"
        return text, name, _place(one), why

    def _items(self) -> Iterable[QTreeWidgetItem]:
        for at in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(at)
            for child in range(group.childCount() if group is not None else 0):
                if group is not None and (item := group.child(child)) is not None:
                    yield item

    def _choose(self, keep: str) -> None:
        items = list(self._items())
        chosen = next((one for one in items if one.data(0, _ROLE).id == keep), None)
        waiting = (one for one in items if one.data(0, _ROLE).waits)
        item = chosen or next(waiting, items[0] if items else None)
        if item is not None:
            self.tree.setCurrentItem(item)
        else:
            self.context.clear()

    def chosen(self) -> list[Found]:
        """Give what is selected."""
        found = [item.data(0, _ROLE) for item in self.tree.selectedItems()]
        return [one for one in found if isinstance(one, Found)]

    # --- ruling -------------------------------------------------------------------------------

    def accept_chosen(self) -> None:
        """Redact what is selected, on the ground of what it is near."""
        chosen, session = self._waiting_chosen(), self._session
        if session is None or not chosen:
            return
        if any(one.lead.target is None or not one.lead.near for one in chosen):
            self.told.emit(
                "A whole page, column or document cannot be accepted. Mark what is to go in it, or "
                "dismiss it once you looked at it."
            )
            return
        session.record_all(EventKind.DECIDED, lambda case: accept(case, chosen))

    def dismiss_chosen(self) -> None:
        """Dismiss what is selected, for the reason that is given below."""
        chosen, session = self._waiting_chosen(), self._session
        category, reason = Dismissal(self.because.currentData()), self.reason.text()
        if session is None or not chosen:
            return
        if category is Dismissal.OTHER and not reason.strip():
            self.told.emit("Another reason needs words: say it in a sentence first.")
            self.reason.setFocus()
            return
        session.record_all(
            EventKind.LEADS_DISMISSED, lambda case: dismiss(case, chosen, category, reason)
        )

    def _waiting_chosen(self) -> list[Found]:
        chosen = [one for one in self.chosen() if one.waits]
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
        shown = [item.data(0, _ROLE) for item in self._items()]
        leads = self._session.leads if self._session is not None else {}
        known = {one.id for one in shown}
        back = next((o.id for o in self._standing() if o.waits and o.id not in known), "")
        if back:
            return back
        at = {one.id: number for number, one in enumerate(shown)}
        ruled = [at[one.id] for one in self.chosen() if one.id in leads]
        after = shown[max(ruled) + 1 :] if ruled else shown
        return next((one.id for one in after if one.lead.needs_ruling and one.id not in leads), "")

    # --- what is shown of one -----------------------------------------------------------------

    def _current_changed(self) -> None:
        self._enable()
        item, session = self.tree.currentItem(), self._session
        one = item.data(0, _ROLE) if item is not None else None
        if session is None or not isinstance(one, Found):
            self.context.clear()
            return

        def show(around: Surroundings) -> None:
            now = self.tree.currentItem()
            if session is self._session and now is not None and now.data(0, _ROLE) == one:
                self.context.setHtml(_html(one, around))

        session.lane.ask(lambda case: surroundings(case, one.lead), show, session.failed.emit)

    def _activated(self, item: QTreeWidgetItem) -> None:
        one = item.data(0, _ROLE)
        if isinstance(one, Found):
            self.place_wanted.emit(one.lead)

    def _show_current(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self._activated(item)

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
        chosen, session = self.chosen(), self._session
        may = session is not None and not session.objection(EventKind.LEADS_DISMISSED)
        waits = may and any(one.waits for one in chosen)
        whole = any(one.lead.target is None or not one.lead.near for one in chosen)
        self.accept.setEnabled(waits and not whole)
        self.dismiss.setEnabled(waits)
        self.show_it.setEnabled(bool(chosen))
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
        self.tree.itemActivated.connect(lambda item, _: self._activated(item))
        self.accept.clicked.connect(self.accept_chosen)
        self.dismiss.clicked.connect(self.dismiss_chosen)
        self.show_it.clicked.connect(self._show_current)
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
        self.context.setAccessibleName("The place in its text")
        self.context.setOpenLinks(False)
        self.context.document().setDocumentMargin(12)
        for category in Dismissal:
            self.because.addItem(words_of(category), str(category))
        self.because.setAccessibleName("Why a place is dismissed")
        self.reason.setAccessibleName("The reason in words")
        self.reason.setPlaceholderText("In words, if more is to be said. Quote nothing withheld.")
        self._lay_out_tree()
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
        splitter.addWidget(self._right())
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([840, 520])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(splitter, 1)

    def _lay_out_tree(self) -> None:
        tree = self.tree
        tree.setAccessibleName("Places that the second look found")
        tree.setHeaderLabels(_HEADINGS)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setAlternatingRowColors(True)
        tree.setUniformRowHeights(True)
        tree.setIndentation(14)
        tree.setStyleSheet("QTreeWidget::item { padding: 4px 0; }")
        header = tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((210, 190, 130)):
            tree.setColumnWidth(column, width)
        header.setStretchLastSection(True)

    def _right(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        label = QLabel("Dismiss &because")
        theme.dress(label, "heading")
        label.setBuddy(self.because)
        buttons = QHBoxLayout()
        for button in (self.accept, self.dismiss, self.show_it):
            button.setAccessibleName(button.text().split(" (")[0])
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addWidget(self.context, 1)
        column.addWidget(label)
        column.addWidget(self.because)
        column.addWidget(self.reason)
        column.addLayout(buttons)
        return box


def _group(one: Found) -> str:
    if not one.lead.needs_ruling:
        return _HIDDEN
    return _SURE if one.lead.is_sure else _GROUPS[one.lead.kind]


def _icon(one: Found) -> str:
    if one.ruling is not None:
        return "done"
    if not one.lead.needs_ruling:
        return "hidden"
    return "attention" if one.lead.is_sure else "undecided"


def _place(one: Found) -> str:
    lead = one.lead
    if lead.place == FILE_NAME:
        return "File name"
    if lead.target is not None:
        return place_title(lead.target)
    return segment_title(lead.place) if lead.place else "The document"


def _places(count: int) -> str:
    return "1 place" if count == 1 else f"{count:,} places"


def _html(one: Found, around: Surroundings) -> str:
    """Write what stands around a place, with the place marked in it."""
    scheme = theme.colours()
    style = f"background:{scheme.selection}; font-weight:600"
    shown = (
        f"{escape(around.before)}<span style='{style}'>{escape(around.text)}</span>"
        f"{escape(around.after)}"
    )
    why = one.lead.why[:1].upper() + one.lead.why[1:]
    parts = [f"<p>{escape(why)}.</p>"]
    if around.near:
        near = "; ".join(map(escape, around.near))
        parts.append(f"<p style='color:{scheme.muted}'>Redacted elsewhere: {near}</p>")
    if around.text:
        parts.append(f"<p style='white-space:pre-wrap'>{shown}</p>")
    return "".join(parts)

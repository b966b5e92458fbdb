"""Small numbers of the open case: what the officer chose so far, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from redactor.app.numbers_case import Draft
from redactor.errors import Cancelled, RedactorError
from redactor.events import EventKind
from redactor.model import Aside, Progress
from redactor.numbers.answers import BASE
from redactor.numbers.layout import Edits
from redactor.numbers.model import CellName, Relation
from redactor.numbers.plan import Plan
from redactor.numbers.presets import Preset
from redactor.workers import Lane
from ui.dialogs.base import Dialogs
from ui.numbers_comparing import Comparing
from ui.numbers_editing import (
    kept_rule,
    of_plan,
    pinned,
    sum_of,
    totals_of,
    with_dropped,
    with_known,
    with_nobody,
)
from ui.numbers_settling import Settling
from ui.numbers_shown import AsItStands, ShownTables, spot_of
from ui.numbers_words import applied_words
from ui.numbers_work import NumbersWork, Read
from ui.panels.numbers import NumbersPage
from ui.panels.numbers_grid import Painter
from ui.session import Session
from ui.tasks import Courier

_LAYOUT, _RULE, _COMPARE = range(3)
_NO_TABLES = (
    "No tables of counts were found",
    (
        "Add a workbook, a CSV file or a Word document with a table of counts (File, Add files). "
        "A PDF has no rows and columns that could be protected."
    ),
)
_READING = ("The documents are still being read", "The tables are looked at once that is done.")
_STOPPED = ("The tables were not read", "You stopped it. Nothing was changed.")
_CHANGED = "The documents have changed since the tables were read."


class Numbering(QObject):
    """Joins the page of small numbers to the case.

    Signals:
        told: a sentence for the status bar.
    """

    told = Signal(str)

    def __init__(
        self,
        page: NumbersPage,
        courier: Courier,
        lane: Lane,
        dialogs: Dialogs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.page, self._dialogs = page, dialogs
        self.work = NumbersWork(courier, lane, self)
        self.comparing = Comparing(page, self.work, self)
        self.settling = Settling(page, self.work, dialogs, self)
        self._session: Session | None = None
        self._shown: ShownTables | None = None
        self._presets: dict[str, Preset] = {}
        self._table = 0
        self._read_of: object = None
        self.draft, self.confirmed = Draft(), False
        self._connect()

    # --- the case -----------------------------------------------------------------------------

    def set_session(self, session: Session | None) -> None:
        """Work with another case, or none."""
        self.work.set_session(session)
        self.settling.set_session(session)
        self._session, self._shown, self._read_of = session, None, None
        self.draft, self.confirmed = Draft(), False
        self.page.show_banner("", applied=False, stale=False)
        if session is None:
            return
        session.documents_changed.connect(self._documents_changed)
        session.document_changed.connect(lambda _: self._documents_changed())
        session.request_changed.connect(self._offer_grounds)
        session.life_changed.connect(self._allow)
        self._documents_changed()

    def begin(self) -> None:
        """Read the tables where that has not been done: the page came into view."""
        session = self._session
        if session is None or self.work.is_reading:
            return
        if self._shown is None and session.readings.numbers:
            self.page.show_empty(*_READING, can_read=False)
        elif self._shown is None or (self._is_stale and not self._shown.shown):
            self.read()

    def read(self) -> None:
        """Read the tables of all documents that go out, unless something else is under way."""
        if self._session is not None and not self.work.is_reading:
            self._read_of = _state_of(self._session)
            self.comparing.forget()
            self.page.show_doing(Progress(0, 0))
            self.work.start_reading()

    @property
    def _is_stale(self) -> bool:
        return self._session is not None and self._read_of != _state_of(self._session)

    def _documents_changed(self) -> None:
        if self.page.isVisible():
            self.begin()
        self._show_banner()

    def _took(self, outcome: object) -> None:
        """Take what the reading gave."""
        session = self._session
        if session is None:
            return
        if not isinstance(outcome, Read):
            self._shown = None
            if isinstance(outcome, RedactorError):
                self.page.show_empty(
                    "The tables were not read", outcome.user_message, can_read=True
                )
            elif isinstance(outcome, Cancelled):
                self.page.show_empty(*_STOPPED, can_read=True)
            return
        before, shown = self._shown, outcome.shown
        self._shown, self.settling.plan = shown, outcome.plan
        self._presets = {one.key: one for one in outcome.presets}
        self.page.rule.offer(outcome.presets)
        if not shown.shown:
            self.page.show_empty(*_NO_TABLES, can_read=True)
            return
        digest = shown.tables.digest
        self._begin_draft(
            outcome.plan, digest, same=before is not None and before.tables.digest == digest
        )
        names = {number: one.name for number, one in session.documents.items()}
        self._table = 0
        self.page.show_tables(shown.shown, names)
        self.comparing.begin(shown, None if self.settling.plan else self._preset)
        if self.settling.plan is not None:
            self.comparing.treatment = self.settling.plan.treatment
        self._offer_grounds()
        self._allow()
        self._show_banner()
        self.go(_LAYOUT)
        self._show_table(0)
        if self.page.isVisible():
            self.page.start()

    def _begin_draft(self, plan: Plan | None, digest: str, *, same: bool) -> None:
        """Begin with what was typed, or applied, before; cells count only in the same layout."""
        session = self._session
        if plan is not None and session is not None and not self.draft.who:
            same = plan.layout == digest
            self.draft = of_plan(plan, BASE)
            self.confirmed = same and plan.confirmed_by == session.actor
        elif self.draft == Draft() and self._presets:
            self.draft = Draft.of(next(iter(self._presets.values())))
            self.confirmed = False
        else:
            self.confirmed = self.confirmed and same
        if not same:
            self.draft = kept_rule(self.draft)

    @property
    def _preset(self) -> Preset | None:
        return self._presets.get(self.draft.preset)

    # --- the steps ----------------------------------------------------------------------------

    def go(self, step: int) -> None:
        """Go to a step; the later ones want a confirmed layout, the last somebody to be named."""
        if step > _LAYOUT and not self.confirmed:
            step = _LAYOUT
        if step == _COMPARE:
            self._take_rule(self.page.rule.draft())
        unnamed = step == _COMPARE and not self.draft.who
        self.page.show_step(_RULE if unnamed else step)
        if unnamed:
            self.page.rule.ask_who()
        elif step == _COMPARE:
            self.comparing.compare(self.draft, self._preset)
        else:
            self.page.rule.show_draft(self.draft)
        self._paint()
        self._cells_chosen()

    def _confirm(self, on: bool) -> None:
        self.confirmed = on
        self.page.layout_step.confirm(on=on)
        self.page.allow_steps(confirmed=on)

    def _take_rule(self, draft: Draft) -> None:
        """Take the rule that is typed over; edits, pins and reasons stay as they are here."""
        another = draft.preset != self.draft.preset
        policy = replace(
            draft.policy,
            must_print=self.draft.policy.must_print,
            must_hide=self.draft.policy.must_hide,
            insiders=self.draft.policy.insiders,
        )
        self.draft = replace(
            draft, edits=self.draft.edits, policy=policy, excepted=self.draft.excepted
        )
        if another and self._preset is not None:
            self.comparing.treatment = self._preset.treatment
        self.comparing.take_draft(self.draft)

    # --- the layout ---------------------------------------------------------------------------

    def _edit(self, edits: Edits) -> None:
        """Take over a change in the layout, which is then to be confirmed anew."""
        self.draft = replace(self.draft, edits=edits)
        self._confirm(on=False)
        self._paint()

    def _drop(self, relation: Relation, dropped: bool) -> None:
        self._edit(with_dropped(self.draft.edits, relation, dropped=dropped))

    def _add_sum(self) -> None:
        shown, total = self._shown, self.page.grid.current
        if shown is None or total is None:
            return
        made = sum_of(total, self.page.grid.cells, shown)
        if isinstance(made, str):
            self.page.layout_step.say(made)
            return
        self.page.layout_step.say("")
        self._edit(replace(self.draft.edits, added=(*self.draft.edits.added, made)))
        self._show_sums()

    def _nobody(self) -> None:
        self._edit(with_nobody(self.draft.edits, self.page.grid.cells))

    def _know(self, cells: Sequence[CellName]) -> None:
        self.draft = with_known(self.page.rule.draft(), self.draft, cells)
        self.page.rule.show_draft(self.draft)
        self._paint()

    # --- the table ----------------------------------------------------------------------------

    def _show_table(self, row: int) -> None:
        shown = self._shown
        if shown is None or not 0 <= row < len(shown.shown):
            return
        self._table = row
        self.page.show_chosen(row)
        self._paint()
        self._show_sums()
        self._cells_chosen()

    def _show_sums(self) -> None:
        if self._shown is not None and self._shown.shown:
            table = self._shown.shown[self._table]
            self.page.layout_step.show_table(self._shown, table, self.draft.edits)

    def _paint(self) -> None:
        shown = self._shown
        if shown is None or not shown.shown:
            return
        painter: Painter | None = self.comparing.painter if self.page.step == _COMPARE else None
        if painter is None:
            painter = AsItStands(shown, self.draft, totals_of(shown, self.draft.edits))
        self.page.grid.show_table(shown.shown[self._table], painter)

    def _cells_chosen(self) -> None:
        cells = self.page.grid.cells
        may = self.settling.may
        self.page.layout_step.allow(sum_too=may and len(cells) > 1, nobody=may and bool(cells))
        self.page.rule.known.setEnabled(may and bool(cells))
        if self.page.step == _COMPARE:
            self.comparing.say_cell()

    def go_to(self, cells: Sequence[CellName]) -> None:
        """Show cells, in their own table."""
        shown = self._shown
        if shown is None:
            return
        for row, one in enumerate(shown.shown):
            spots = [spot_of(cell) for cell in cells if cell in one.table.cells]
            if spots:
                if row != self._table:
                    self._table = row
                    self.page.show_chosen(row)
                    self._paint()
                self.page.grid.choose(spots)
                return

    def _pin(self, how: str) -> None:
        cells = self.page.grid.cells
        if self.page.step == _COMPARE and cells and self.settling.may:
            self.draft = replace(self.draft, policy=pinned(self.draft.policy, cells, how))
            self.comparing.compare(self.draft, self._preset)
            self._paint()

    def _menu(self, at: QPoint) -> None:
        """Show what can be done with the cells that are chosen, at this step."""
        page, menu = self.page, QMenu(self._dialogs.parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        buttons = {
            _LAYOUT: (page.layout_step.add_sum, page.layout_step.nobody),
            _RULE: (page.rule.known, page.rule.forget),
            _COMPARE: tuple(page.applying.pins.values()),
        }[page.step]
        for button in buttons:
            action = menu.addAction(button.text(), button.click)
            action.setEnabled(button.isEnabled())
        menu.popup(at)

    # --- applying -----------------------------------------------------------------------------

    def apply(self) -> None:
        """Apply the answer that is chosen, once nothing is missing."""
        session, shown, answer = self._session, self._shown, self.comparing.answer
        if session is None or shown is None or not self.confirmed or answer is None:
            return
        applying = self.page.applying
        applying.say("")
        if not self.draft.who:
            self.go(_COMPARE)
            return
        if self.comparing.missing:
            applying.ask_reason(self.comparing.missing[0])
            return
        ground = applying.ground.ground()
        if ground is None:
            return
        self.settling.apply(shown.tables, self.draft, answer, ground)

    def _show_banner(self) -> None:
        stale = self._shown is not None and self._is_stale
        said = [_CHANGED] if stale else []
        plan = self.settling.plan
        if plan is not None:
            preset = self._presets.get(plan.preset)
            words = self._shown.words if self._shown is not None else str
            said.insert(0, applied_words(plan, preset.title if preset else "your own", words))
        applied = plan is not None and self.settling.may
        self.page.show_banner("\n".join(said), applied=applied, stale=stale)

    # --- who may do what ----------------------------------------------------------------------

    def _allow(self) -> None:
        session = self._session
        if session is None:
            return
        why = session.objection(EventKind.NUMBERS_SETTLED)
        self._confirm(on=self.confirmed)
        self.page.layout_step.tick.setEnabled(not why)
        self.page.applying.apply.setEnabled(not why and self.comparing.answer is not None)
        self.page.applying.say(why)
        self._show_banner()

    def _offer_grounds(self) -> None:
        session, form = self._session, self.page.applying.ground
        if session is not None:
            form.offer(session.regime, session.justifications)
            form.remember(session.last_exemption, "", session.last_public_interest)

    def _except(self, cell: CellName, reason: str) -> None:
        excepted = {one: why for one, why in self.draft.excepted.items() if one != cell}
        if reason:
            excepted[cell] = reason
        self.draft = replace(self.draft, excepted=excepted)
        self.comparing.take_draft(self.draft)

    def _connect(self) -> None:
        page, work = self.page, self.work
        work.read.connect(self._took)
        work.reading.connect(page.show_doing)
        self.comparing.changed.connect(self._paint)
        self.settling.changed.connect(self._show_banner)
        self.settling.told.connect(self.told)
        page.shown.connect(self.begin)
        page.step_wanted.connect(self.go)
        page.table_chosen.connect(self._show_table)
        page.read_wanted.connect(self.read)
        page.stop_wanted.connect(work.stop_reading)
        page.apply_wanted.connect(self.apply)
        page.grid.chosen.connect(self._cells_chosen)
        page.grid.pinned.connect(self._pin)
        page.grid.menu_wanted.connect(self._menu)
        step = page.layout_step
        step.confirmed.connect(self._confirm)
        step.dropped.connect(self._drop)
        step.cells_wanted.connect(self.go_to)
        step.sum_wanted.connect(self._add_sum)
        step.nobody_wanted.connect(self._nobody)
        page.rule.changed.connect(self._take_rule)
        page.rule.known_wanted.connect(lambda: self._know(page.grid.cells))
        page.rule.forgotten.connect(lambda: self._know(()))
        page.rule.done.connect(lambda: self.go(_COMPARE))
        page.applying.pinned.connect(self._pin)
        page.applying.excepted.connect(self._except)
        page.applying.cell_wanted.connect(self.go_to)


def _state_of(session: Session) -> object:
    """Give what the tables depend on: which documents were read, and which stay out."""
    aside = {number: one.why for number, one in session.set_aside.items()}
    return frozenset(
        (number, aside.get(number, ""))
        for number, one in session.documents.items()
        if one.status == "read" and aside.get(number, Aside.PUBLIC) is Aside.PUBLIC
    )

"""The answers that are held side by side: what came of each, and what is said of one figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from redactor.app.numbers_case import Draft, needing_a_reason
from redactor.errors import Cancelled, RedactorError
from redactor.model import Progress
from redactor.numbers.answers import FOUR, Answered, Question, Treatment
from redactor.numbers.model import CellName
from redactor.numbers.presets import Preset
from redactor.numbers.verdicts import Finding
from ui.numbers_shown import AsAnswered, ShownTables
from ui.numbers_words import range_words, relaxed_words, told_words, why_hidden
from ui.numbers_work import NumbersWork, Ranges
from ui.panels.numbers import NumbersPage
from ui.panels.numbers_apply import Blocked

#: Ranges of so few figures are worked out at once, of others when one is chosen.
_FEW = 40
#: So many findings are read out.
_SAID = 4


class Comparing(QObject):
    """What is worked out for the draft.

    Signals:
        changed: another answer is chosen, or came in: the table looks otherwise.
    """

    changed = Signal()

    def __init__(self, page: NumbersPage, work: NumbersWork, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page, self._work = page, work
        self._shown: ShownTables | None = None
        self._draft = Draft()
        self._asked_for: object = None
        self._question: Question | None = None
        self._answers: dict[Treatment, Answered | RedactorError] = {}
        self._before: dict[CellName, object] = {}
        self._after: dict[CellName, object] = {}
        self._looking: set[CellName] = set()
        self.treatment = Treatment.SUPPRESS
        page.cards.chosen.connect(self._choose)
        page.applying.stop_wanted.connect(self.stop)
        work.asked.connect(self._take_question)
        work.working.connect(self._working)
        work.answered.connect(self._answered)
        work.looked.connect(self._looked)

    @property
    def answer(self) -> Answered | None:
        """Give the answer that is chosen; None before it is worked out."""
        found = self._answers.get(self.treatment)
        return found if isinstance(found, Answered) else None

    @property
    def painter(self) -> AsAnswered | None:
        """Give what paints the tables as they would go out; None before the answer is there."""
        shown, answer = self._shown, self.answer
        if shown is None or answer is None:
            return None
        return AsAnswered(shown, self._draft, answer)

    @property
    def missing(self) -> tuple[CellName, ...]:
        """Give the small numbers that may be known only with a reason, and have none."""
        return tuple(one for one in self._blocking if not self._draft.excepted.get(one, "").strip())

    def begin(self, shown: ShownTables, preset: Preset | None) -> None:
        """Speak of other tables, or of a rule that was begun with anew."""
        self._shown = shown
        if preset is not None:
            self.treatment = preset.treatment
        self.forget()

    def forget(self) -> None:
        """Drop what was worked out."""
        self._work.stop()
        self._asked_for = self._question = None
        self._answers.clear()

    def compare(self, draft: Draft, preset: Preset | None) -> None:
        """Work out the answers to a draft, the chosen one first, if it asks for anything new."""
        shown, self._draft = self._shown, draft
        if shown is None:
            return
        treatments = _offered(preset, self.treatment)
        asks = (draft.edits, draft.policy, draft.base, treatments)
        if asks == self._asked_for:
            self.say()
            return
        self._asked_for = asks
        self._answers.clear()
        if self.treatment not in treatments:
            self.treatment = treatments[0]
        self._page.cards.ask(treatments, draft.base, self.treatment)
        first = sorted(treatments, key=lambda one: one is not self.treatment)
        self._page.applying.stop.show()
        self._work.solve(shown.tables, replace(draft), first)
        self.say()

    def stop(self) -> None:
        """Stop working answers out; those that are there stay."""
        self._work.stop()
        self._asked_for = None
        self._page.applying.stop.hide()
        for card in self._page.cards.cards:
            if not card.is_answered:
                card.stopped()

    def take_draft(self, draft: Draft) -> None:
        """Take over what changes no answer: the words of the officer."""
        self._draft = draft

    # --- what comes -----------------------------------------------------------------------------

    def _take_question(self, question: Question) -> None:
        self._question = question
        self._forget_ranges()

    def _working(self, treatment: Treatment, progress: Progress) -> None:
        card = self._page.cards.card(treatment)
        if card is not None:
            card.working(progress)

    def _answered(self, treatment: Treatment, outcome: object) -> None:
        card = self._page.cards.card(treatment)
        if card is None or isinstance(outcome, Cancelled):
            return
        if isinstance(outcome, (Answered, RedactorError)):
            self._answers[treatment] = outcome
            card.answer(outcome)
        if all(one.is_answered for one in self._page.cards.cards):
            self._page.applying.stop.hide()
        if treatment is self.treatment:
            self._show_answer()

    def _choose(self, treatment: Treatment) -> None:
        if treatment is not self.treatment:
            self.treatment = treatment
            self._show_answer()

    def _show_answer(self) -> None:
        self._forget_ranges()
        self.changed.emit()
        self.say()
        answer = self.answer
        if answer is not None and len(answer.hidden) <= _FEW:
            self._look(tuple(sorted(answer.hidden)))

    # --- what is said -----------------------------------------------------------------------------

    @property
    def _blocking(self) -> tuple[CellName, ...]:
        if self.answer is None or self._question is None:
            return ()
        return needing_a_reason(self._question, self.answer)

    def say(self) -> None:
        """Say what there is to say of the answer and of the figure that are chosen."""
        shown, answer, applying = self._shown, self.answer, self._page.applying
        if shown is None:
            return
        cells = self._blocking
        found: dict[CellName, list[Finding]] = {}
        for one in answer.unsafe if answer is not None else ():
            found.setdefault(one.need.cell, []).append(one)
        applying.show_blocking([self._blocked(one, shown, found.get(one, ())) for one in cells])
        applying.show_findings(self._findings(shown.words, shown.plainly))
        applying.make_documents(on=self.treatment not in {Treatment.SUPPRESS, Treatment.TOTALS})
        applying.apply.setEnabled(answer is not None)
        self.say_cell()

    def _blocked(self, cell: CellName, shown: ShownTables, found: Sequence[Finding]) -> Blocked:
        """Say of a small number what a reader can tell, and how."""
        how = shown.plainly("\n".join(one.words for one in found))
        reason = self._draft.excepted.get(cell, "")
        return Blocked(cell, shown.words(cell), told_words(found), how, reason)

    def say_cell(self) -> None:
        """Say why the figure that is chosen is hidden, and how far a reader gets with it."""
        shown, answer, cell = self._shown, self.answer, self._page.grid.current
        if shown is None or cell is None:
            self._page.applying.show_cell("", "", "")
            return
        if answer is None:
            self._page.applying.show_cell(shown.words(cell), "It is being worked out.", "")
            return
        why = why_hidden(cell, answer, shown.words)
        if not why and cell not in answer.tables.counts:
            why = "It is not printed by itself."
        if cell in answer.hidden and cell not in self._after:
            self._look((cell,))
        self._page.applying.show_cell(shown.words(cell), why, self._narrowed(cell, answer))

    def _narrowed(self, cell: CellName, answer: Answered) -> str:
        if cell not in answer.hidden:
            return ""
        if cell not in self._after:
            return "How far a reader gets with it is being worked out…"
        before, after = (range_words(one[cell]) for one in (self._before, self._after))  # type: ignore[arg-type]
        return f"What a reader can tell: {before} → {after}"

    def _findings(
        self, named: Callable[[CellName], str], plainly: Callable[[str], str]
    ) -> Sequence[str]:
        answer = self._answers.get(self.treatment)
        if isinstance(answer, RedactorError):
            return (plainly(answer.user_message),)
        if answer is None:
            return ()
        asked = set(self._blocking)
        said = [relaxed_words(one, named) for one in answer.relaxed if one.need.cell not in asked]
        more = len(said) - _SAID
        return (*said[:_SAID], *([f"And {more:,} more."] if more > 0 else []))

    # --- ranges -----------------------------------------------------------------------------------

    def _look(self, cells: Sequence[CellName]) -> None:
        question, answer = self._question, self.answer
        new = tuple(one for one in cells if one not in self._looking)
        if question is not None and answer is not None and new:
            self._looking.update(new)
            self._work.look(question, answer, new)

    def _looked(self, before: Ranges, after: Ranges) -> None:
        if not self._looking.issuperset(after):
            return
        self._before.update(before)
        self._after.update(after)
        self.say_cell()

    def _forget_ranges(self) -> None:
        self._work.stop_looking()
        self._before.clear()
        self._after.clear()
        self._looking.clear()


def _offered(preset: Preset | None, chosen: Treatment) -> tuple[Treatment, ...]:
    """Give what is held side by side: the rule's own way of rounding where it has one."""
    own = preset.treatment if preset is not None else chosen
    hides = own is Treatment.HIDE_AND_ROUND
    return tuple(
        Treatment.HIDE_AND_ROUND if hides and one is Treatment.ROUND else one for one in FOUR
    )

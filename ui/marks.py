"""All marks of the open case and how they stand, as the window holds them. No Qt, no disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from redactor.events import Mark
from redactor.labels import IN_FILE, LABEL_BY_NAME
from redactor.model import Action, Decision
from ui.places import PlaceOrder
from ui.viewers.base import MarkState, MarkView, state_of


@dataclass(slots=True)
class Counts:
    """How many marks of a document stand in which way. Hidden content needs no decision."""

    undecided: int = 0
    redact: int = 0
    keep: int = 0
    hidden: int = 0

    @property
    def decided(self) -> int:
        """Give how many were decided."""
        return self.redact + self.keep


class Marks:
    """Every mark of the case by its id, with the decisions that stand."""

    def __init__(self) -> None:
        self.by_id: dict[int, Mark] = {}
        self.ids: list[int] = []
        self.by_document: dict[int, list[int]] = {}
        self.undecided: set[int] = set()
        self.decisions: Mapping[int, Decision] = {}
        self._counts: dict[int, Counts] = {}
        self._keys: dict[int, int] = {}
        self._order = PlaceOrder()

    def add(self, marks: Iterable[Mark]) -> list[Mark]:
        """Take in marks; gives those that were not known yet."""
        new: list[Mark] = []
        for mark in marks:
            if mark.id in self.by_id:
                continue
            self.by_id[mark.id] = mark
            self.ids.append(mark.id)
            self.by_document.setdefault(mark.document, []).append(mark.id)
            self._keys[mark.id] = self._order.key(mark.document, mark.target)
            self._count(mark, self.decisions.get(mark.id), 1)
            new.append(mark)
        return new

    def forget(self, document: int) -> None:
        """Count and list the marks of a document no more: it is read otherwise now.

        What is still shown of them for a moment is found by their ids.
        """
        gone = set(self.by_document.pop(document, ()))
        self.ids = [one for one in self.ids if one not in gone]
        self.undecided -= gone
        self._counts.pop(document, None)

    def cited(self) -> tuple[str, ...]:
        """Give the exemptions that the decisions rest on, the most used first."""
        used = Counter(one.exemption for one in self.decisions.values() if one.exemption)
        return tuple(citation for citation, _ in used.most_common())

    def replace(self, marks: Iterable[Mark]) -> None:
        """Take over what is proposed for some marks now; where they stand has not changed."""
        self.by_id.update((mark.id, mark) for mark in marks if mark.id in self.by_id)

    def stand(self, decisions: Mapping[int, Decision], touched: Collection[int]) -> None:
        """Take over the decisions that stand now, knowing which marks they changed for."""
        before, self.decisions = self.decisions, decisions
        self.recount(touched, before)

    def recount(self, touched: Iterable[int], before: Mapping[int, Decision]) -> None:
        """Count some marks anew, whose standing has changed since ``before``."""
        for number in touched:
            if (mark := self.by_id.get(number)) is not None:
                self._count(mark, before.get(number), -1)
                self._count(mark, self.decisions.get(number), 1)

    def counts(self, document: int | None = None) -> Counts:
        """Count the marks of one document, or of all."""
        if document is not None:
            return self._counts.get(document, Counts())
        total = Counts()
        for each in self._counts.values():
            total.undecided += each.undecided
            total.redact += each.redact
            total.keep += each.keep
            total.hidden += each.hidden
        return total

    def state(self, mark_id: int) -> MarkState:
        """Say how a mark stands."""
        return state_of(self.decisions.get(mark_id))

    def is_gone(self, mark: Mark) -> bool:
        """Say whether it was made by hand and then undone: it is no longer shown."""
        return mark.by_hand and mark.id not in self.decisions

    def place_key(self, mark_id: int) -> int:
        """Give what sorts a mark in reading order."""
        return self._keys[mark_id]

    def view(self, mark: Mark) -> MarkView:
        """Give what a viewer needs of a mark."""
        return MarkView(
            mark.id, mark.target, self.state(mark.id), group_of(mark), mark.hidden is not None
        )

    def _count(self, mark: Mark, decision: Decision | None, step: int) -> None:
        counts = self._counts.setdefault(mark.document, Counts())
        if mark.hidden is not None:
            counts.hidden += step
        if decision is not None:
            if decision.action is Action.REDACT:
                counts.redact += step
            else:
                counts.keep += step
        elif mark.hidden is None and not mark.by_hand:
            counts.undecided += step
            if step > 0:
                self.undecided.add(mark.id)
            else:
                self.undecided.discard(mark.id)


def group_of(mark: Mark) -> str:
    """Give the group of a mark's label; ``manual`` for one that is not listed."""
    label = LABEL_BY_NAME.get(mark.label)
    return label.group if label is not None else "manual"


def title_of(mark: Mark) -> str:
    """Give the title of a mark's label."""
    if mark.recogniser == IN_FILE and mark.label == "MANUAL":
        return "Marked in the file"
    label = LABEL_BY_NAME.get(mark.label)
    return label.title if label is not None else mark.label

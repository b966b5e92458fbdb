"""Choosing and sorting the rows of the findings table, in short steps. No Qt.

A sort of 300,000 rows takes longer than a window may stand still, so it is a generator: it stops
every few milliseconds, and whoever drives it decides when to go on.
"""

from __future__ import annotations

import enum
import heapq
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Any

from redactor.events import Mark
from redactor.labels import LABELS
from ui.marks import Marks, group_of
from ui.viewers.base import MarkState

#: Rows handled between two stops; about five milliseconds' work.
STEP = 4096

SortKey = tuple[Any, int]

_LABEL_RANK = {label.name: rank for rank, label in enumerate(LABELS)}
_STATE_RANK = {MarkState.UNDECIDED: 0, MarkState.REDACT: 1, MarkState.KEEP: 2}


class Column(enum.IntEnum):
    """The columns of the findings table."""

    STATE = 0
    TEXT = 1
    KIND = 2
    DOCUMENT = 3
    PLACE = 4
    SCORE = 5
    WHY = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which marks are to be listed.

    Attributes:
        document: only of this one; None for all.
        text: it is somewhere in the mark's text, in any case of letters.
        group: only labels of this group; empty for all.
        state: only those that stand so; None for all.
        hidden: hidden content is listed too.
    """

    document: int | None = None
    text: str = ""
    group: str = ""
    state: MarkState | None = None
    hidden: bool = True

    def takes(self, mark: Mark, marks: Marks) -> bool:
        """Say whether a mark is to be listed."""
        if self.document is not None and mark.document != self.document:
            return False
        if mark.by_hand and marks.is_gone(mark):
            return False
        if mark.hidden is not None and not self.hidden:
            return False
        if self.state is not None and not self._stands(mark, marks):
            return False
        if self.group and group_of(mark) != self.group:
            return False
        return not self.text or self.text.casefold() in mark.text.casefold()

    def _stands(self, mark: Mark, marks: Marks) -> bool:
        if self.state is MarkState.UNDECIDED:
            return mark.id in marks.undecided
        return marks.state(mark.id) is self.state


def sort_key(column: Column, marks: Marks) -> Callable[[int], SortKey]:
    """Give the function from a mark's id to its key; keys are never equal."""
    by_id, place = marks.by_id, marks.place_key
    leading: dict[Column, Callable[[int], Any]] = {
        Column.STATE: lambda one: _STATE_RANK[marks.state(one)],
        Column.TEXT: lambda one: by_id[one].text.casefold(),
        Column.KIND: lambda one: _LABEL_RANK.get(by_id[one].label, len(_LABEL_RANK)),
        Column.SCORE: lambda one: by_id[one].score,
        Column.WHY: lambda one: by_id[one].why,
    }
    lead = leading.get(column)
    if lead is None:
        return lambda one: (place(one), one)
    return lambda one: ((lead(one), place(one)), one)


def arranging(
    ids: Iterable[int], marks: Marks, wanted: Wanted, key: Callable[[int], SortKey]
) -> Generator[None, None, list[int]]:
    """Choose and sort marks, stopping now and then; the generator's value is the list of ids."""
    chunks: list[list[SortKey]] = []
    chunk: list[SortKey] = []
    by_id = marks.by_id
    for seen, number in enumerate(ids, 1):
        if wanted.takes(by_id[number], marks):
            chunk.append(key(number))
        if seen % STEP == 0:
            chunk.sort()
            chunks.append(chunk)
            chunk = []
            yield
    chunk.sort()
    chunks.append(chunk)
    order: list[int] = []
    for _, number in heapq.merge(*chunks):
        order.append(number)
        if len(order) % STEP == 0:
            yield
    return order

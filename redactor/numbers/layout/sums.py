"""Which lines of a table are the sum of which others.

Lines are rows (or columns) with all their figures at once: that a row is the sum of rows in every
column is far less likely to be chance than that one cell is. Labels say which lines are totals, the
figures say of what. Totals stand behind their parts or before them, and there may be totals of
totals: lines are taken up one by one, a total takes those before it that it is the sum of, and
stands for them from then on; then the same again from the other end.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redactor.numbers.layout.blocks import Line
from redactor.numbers.layout.labels import Total, is_of_which, total_kind
from redactor.numbers.model import Evidence, Interval

#: How unlikely a sum has to be by chance, in bits, where no label says that it is one.
_SURE_INSIDE, _SURE_AT_END, _MORE_WITH_LABELS = 11.0, 6.0, 6.0
#: So many beginnings are tried of a line of noughts or marks.
_MOST_UNSCREENED = 60
#: What will do inside if a sum of all comes of it.
_LESS_SURE = (7.0, 5.0)


@dataclass(frozen=True, slots=True)
class Sum:
    """One line is the sum of others; all by their number among the lines.

    Attributes:
        misses: the crossing lines in which it is not, by their number.
    """

    total: int
    parts: tuple[int, ...]
    evidence: Evidence
    misses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a sum holds in all crossing lines: where, where not, and how unlikely that is."""

    hits: int
    misses: tuple[int, ...]
    bits: float

    @property
    def holds(self) -> bool:
        """Say whether it holds wherever it can be told."""
        return self.hits > 0 and not self.misses


class Figures:
    """The counts of a table by line and crossing line: intervals, None where there is none."""

    def __init__(self, values: Sequence[Sequence[Interval | None]]) -> None:
        self._values = values

    def __len__(self) -> int:
        """Give how many lines there are."""
        return len(self._values)

    def line(self, at: int) -> Sequence[Interval | None]:
        """Give the counts of a line."""
        return self._values[at]

    def starts(self, total: int, stack: Sequence[int]) -> list[int]:
        """Give where the last of some lines may begin to add up to a line, by its largest count.

        A long list is walked once for each line, and not past where it adds up to more.
        """
        exact = [
            (one.low, at)
            for at, one in enumerate(self._values[total])
            if one is not None and one.low == one.high
        ]
        largest, screen = max(exact, default=(0, 0))
        if not largest:
            return list(range(max(len(stack) - _MOST_UNSCREENED, 0), len(stack)))
        found: list[int] = []
        low, high = 0, 0.0
        for start in range(len(stack) - 1, -1, -1):
            cell = self._values[stack[start]][screen]
            low += 0 if cell is None else cell.low
            high += 0 if cell is None else math.inf if cell.high is None else cell.high
            if low > largest:
                break
            if high >= largest:
                found.append(start)
        return found[::-1]

    def fit(self, total: int, parts: Sequence[int]) -> Fit:
        """Say how well a line is the sum of others. Blank cells are nought."""
        hits, misses, bits = 0, [], 0.0
        for at, whole in enumerate(self._values[total]):
            cells = [self._values[one][at] for one in parts]
            found = [one for one in cells if one is not None]
            if whole is None or not found:
                continue
            low = sum(one.low for one in found)
            highs = [one.high for one in found if one.high is not None]
            high = sum(highs) if len(highs) == len(found) else None
            if Interval(low, high).meets(whole) is None:
                misses.append(at)
                continue
            hits += 1
            bits += _surprise(whole, Interval(low, high))
        return Fit(hits, tuple(misses), bits)


def _surprise(whole: Interval, parts: Interval) -> float:
    """Give how unlikely it is, in bits, that a count equals a sum by chance."""
    if whole.low != whole.high or parts.low != parts.high or whole.low == 0:
        return 0.0
    return 0.5 * math.log2(2 * math.pi * whole.low)


def find_sums(lines: Sequence[Line], figures: Figures, known: Sequence[Sum] = ()) -> list[Sum]:
    """Find which lines are sums; those that a label calls one and that do not add are told too.

    Args:
        known: what formulas say already.
    """
    kinds = [_kind(line) for line in lines]
    found = list(known)
    found.extend(_by_levels(lines, figures))
    best = _best_walk(lines, kinds, figures, found)
    best.run(list(reversed(best.left)))
    found.extend(best.found)
    explained = {one.total for one in found}
    found.extend(best.unexplained(explained))
    return _each_once(found)


def _best_walk(
    lines: Sequence[Line], kinds: Sequence[Total], figures: Figures, known: Sequence[Sum]
) -> _Pass:
    """Walk both ways; where nothing is the sum of all yet, take less for a sum on the way to it.

    A sum that is none would have to be made good by another for the last one to be the sum of all.
    """
    walks: list[_Pass] = []
    for sure in (_SURE_INSIDE, *_LESS_SURE):
        for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
            walk = _Pass(lines, kinds, figures, known, sure)
            walk.run(order)
            walks.append(walk)
        ended = [one for one in walks if one.is_complete]
        if ended:
            return max(ended, key=lambda one: one.worth)
    return max(walks[:2], key=lambda one: one.worth)


def _kind(line: Line) -> Total:
    kinds = [total_kind(label) for label in line.labels]
    if not any(kinds):
        return Total.NONE
    if len(kinds) > 1 and kinds[-1] is not Total.NONE and kinds[0] is Total.NONE:
        return Total.PART  # the total of a group
    return max(kinds)


def _each_once(sums: Iterable[Sum]) -> list[Sum]:
    once: dict[tuple[int, frozenset[int]], Sum] = {}
    for one in sums:
        once.setdefault((one.total, frozenset(one.parts)), one)
    return list(once.values())


def _by_levels(lines: Sequence[Line], figures: Figures) -> list[Sum]:
    """Find totals by headings of several levels: ``All / 2019`` is ``Male / 2019`` and others."""
    depth = max((len(line.labels) for line in lines), default=0)
    if depth < 2 or any(len(line.labels) != depth for line in lines):
        return []
    found: list[Sum] = []
    for level in range(depth):
        groups: dict[tuple[str, ...], list[int]] = {}
        for at, line in enumerate(lines):
            groups.setdefault((*line.labels[:level], "", *line.labels[level + 1 :]), []).append(at)
        said = list(dict.fromkeys(line.labels[level] for line in lines))
        named = [one for one in said if total_kind(one)]
        evidence = Evidence.LABEL if named else Evidence.ARITHMETIC
        for label in named or (said[-1], said[0]):
            sums = [
                Sum(total, parts, evidence)
                for group in groups.values()
                for total, parts in _sum_in(group, lines, level, label)
            ]
            fits = [figures.fit(one.total, one.parts) for one in sums]
            right = [one for one, fit in zip(sums, fits, strict=True) if fit.holds]
            bits = sum(fit.bits for fit in fits)
            if named or (len(right) == len(sums) and bits >= _SURE_INSIDE):
                found.extend(right)
    return found


def _sum_in(
    group: Sequence[int], lines: Sequence[Line], level: int, label: str
) -> list[tuple[int, tuple[int, ...]]]:
    """Give the total of lines that differ in one level of their headings, and its parts."""
    totals = [one for one in group if lines[one].labels[level] == label]
    parts = tuple(
        one
        for one in group
        if one not in totals
        and not total_kind(lines[one].labels[level])
        and not is_of_which(lines[one].labels[level])
    )
    return [(total, parts) for total in totals] if len(parts) > 1 else []


class _Pass:
    """One walk over the lines, from the first to the last or back."""

    def __init__(
        self,
        lines: Sequence[Line],
        kinds: Sequence[Total],
        figures: Figures,
        known: Sequence[Sum],
        sure: float,
    ) -> None:
        self._lines = lines
        self._sure = sure
        self._kinds = kinds
        self._figures = figures
        self._known = {one.total: one for one in known}
        self._has_labels = any(kinds)
        self._way = 1
        #: What stands for itself so far, and where the last total stood among it.
        self.left: list[int] = []
        self._since = 0
        self.found: list[Sum] = []
        self.worth = 0.0
        self._missed: dict[int, tuple[int, ...]] = {}

    @property
    def is_complete(self) -> bool:
        """Say whether one line is the sum of all."""
        return len(self.left) == 1 and len(self._lines) > 2

    def run(self, order: Sequence[int]) -> None:
        """Take up the lines in an order; what was found before stays."""
        self.left, self._since = [], 0
        self._way = 1 if len(order) < 2 or order[0] < order[-1] else -1
        for number, at in enumerate(order):
            if is_of_which(self._lines[at].labels[-1] if self._lines[at].labels else ""):
                continue
            parts = self._parts_of(at, is_end=number == len(order) - 1)
            if parts:
                self.left = [one for one in self.left if one not in parts]
                self.left.append(at)
                self._since = len(self.left)
            else:
                self.left.append(at)

    def _parts_of(self, at: int, *, is_end: bool) -> tuple[int, ...]:
        known = self._known.get(at)
        if known is not None:
            self.worth += 20
            return known.parts if set(known.parts) <= set(self.left) else ()
        if any(one.total == at for one in self.found):
            return ()
        if self._kinds[at] is not Total.NONE:
            return self._labelled(at)
        return self._unlabelled(at, is_end=is_end)

    def _labelled(self, at: int) -> tuple[int, ...]:
        if not self.left:
            return ()
        starts = self._starts(at)
        best: tuple[tuple[bool, float, int], tuple[int, ...], Fit] | None = None
        for rank, start in enumerate(starts):
            parts = tuple(self.left[start:])
            fit = self._figures.fit(at, parts)
            mark = (fit.holds, fit.hits / max(fit.hits + len(fit.misses), 1), -rank)
            if best is None or mark > best[0]:
                best = mark, parts, fit
            if fit.holds:
                break
        if best is None:
            return ()
        (holds, share, _), parts, fit = best
        if not holds and not (share >= 0.5 and fit.bits >= _SURE_AT_END):
            natural = tuple(self.left[starts[0] :])
            self._missed.setdefault(at, natural)
            return ()
        self._missed.pop(at, None)
        self._take(Sum(at, self._ordered(parts), Evidence.LABEL, fit.misses), 10 + fit.bits)
        return parts

    def _starts(self, at: int) -> list[int]:
        """Give where the parts of a labelled total may begin, the likeliest first."""
        count = len(self.left)
        since = self._since if self._since < count else 0
        group = [one for one in range(count - 1, -1, -1) if self._begins(self.left[one])]
        if self._kinds[at] is Total.WHOLE and self._groups_ended(since):
            natural = [0, since]
        else:
            natural = [since, *group[:1], 0]
        screened = self._figures.starts(at, self.left)
        return list(dict.fromkeys((*natural, *group[:_MOST_UNSCREENED], *screened)))

    def _groups_ended(self, since: int) -> bool:
        """Say whether all before is totals of groups, so that what follows is the total of all."""
        return since == 0 or all(self._is_taken(one) for one in self.left)

    def _is_taken(self, at: int) -> bool:
        return any(one.total == at for one in (*self.found, *self._known.values()))

    def _begins(self, at: int) -> bool:
        if self._way == 1:
            return self._lines[at].begins
        return at + 1 >= len(self._lines) or self._lines[at + 1].begins

    def _unlabelled(self, at: int, *, is_end: bool) -> tuple[int, ...]:
        if not self.left:
            return ()
        since = self._since if len(self.left) - self._since >= 2 else 0
        possible = self._figures.starts(at, self.left)
        first = [one for one in (since, 0) if one in possible]
        for start in dict.fromkeys((*first, *possible)):
            parts = tuple(self.left[start:])
            fit = self._figures.fit(at, parts)
            is_natural = is_end and start == 0 and len(parts) > 1
            needed = _SURE_AT_END if is_natural else self._sure
            needed += _MORE_WITH_LABELS if self._has_labels else 0.0
            if fit.holds and fit.bits >= needed:
                self._take(Sum(at, self._ordered(parts), Evidence.ARITHMETIC), fit.bits)
                return parts
        return ()

    def _ordered(self, parts: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted(parts))

    def _take(self, one: Sum, worth: float) -> None:
        self.found.append(one)
        self.worth += worth

    def unexplained(self, explained: Iterable[int]) -> list[Sum]:
        """Give the labelled totals that nothing adds up to, with what they would be the sum of."""
        known = set(explained)
        given: list[Sum] = []
        for at, parts in self._missed.items():
            if at in known or not parts:
                continue
            fit = self._figures.fit(at, parts)
            given.append(Sum(at, self._ordered(parts), Evidence.LABEL, fit.misses))
        return given

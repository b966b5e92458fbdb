"""The check of what the audit says: whole numbers and sums, no solver.

It reads the release anew and believes nothing that the audit says about it. What it cannot check is
that a reader can work out *more* than was found; but a finding is only good news as ``SAFE``, and
that rests on two tables that anybody can add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from redactor.numbers.model import CellName, Fact, Interval, Release, sum_fact
from redactor.numbers.verdicts import Audit, Derivation, End, Fault, Finding, Verdict

_FROM_NOUGHT = Interval(0, None)


def certify(release: Release, audit: Audit) -> tuple[Fault, ...]:
    """Add up every table and every derivation of an audit again.

    Args:
        release: what the audit is about, from where it is kept and not from the audit.

    Returns:
        Whatever does not add up; nothing for an audit that is as it says. Whether ``audit.needs``
        are the right ones is for the caller to compare.
    """
    return tuple(_Check(release, audit).faults())


class _Sum:
    """A fact of which all that is printed is added up already: most cells of most facts are."""

    def __init__(
        self, fact: Fact, column: Mapping[CellName, int], limits: Mapping[CellName, Interval]
    ) -> None:
        self.fact = fact
        printed = [(cell, factor) for cell, factor in fact.terms if cell not in column]
        self._printed = sum(factor * limits[cell].low for cell, factor in printed)
        self._hidden = [(column[cell], factor) for cell, factor in fact.terms if cell in column]

    def holds(self, table: Sequence[int]) -> bool:
        """Add the counts of a table up, and say whether the fact is true of them."""
        total = self._printed + sum(factor * table[column] for column, factor in self._hidden)
        low, high = self.fact.low, self.fact.high
        return (low is None or low <= total) and (high is None or total <= high)


class _Check:
    def __init__(self, release: Release, audit: Audit) -> None:
        self._audit = audit
        self._facts = (*(sum_fact(one) for one in release.relations), *release.facts)
        self._limits = _limits(release, self._facts)
        self._column = {cell: number for number, cell in enumerate(audit.cells)}
        self._sums = [_Sum(fact, self._column, self._limits) for fact in self._facts]

    def faults(self) -> Iterator[Fault]:
        """Give every fault: of the cells, the tables, the findings, and of what is missing."""
        unknown = {cell for cell, one in self._limits.items() if one.low != one.high}
        if set(self._column) != unknown or len(self._column) != len(self._audit.cells):
            yield Fault("cells", "The tables are not of the cells that are hidden.")
            return
        bad = set()
        for number, table in enumerate(self._audit.tables):
            found = self._table_fault(number, table)
            if found is not None:
                bad.add(number)
                yield found
        for finding in self._audit.findings:
            yield from self._finding_faults(finding, bad)
        yield from self._missing()

    def _table_fault(self, number: int, table: Sequence[int]) -> Fault | None:
        """Say where an alternative table does not fit what is printed."""
        if len(table) != len(self._audit.cells) or any(type(one) is not int for one in table):
            return Fault("table", f"Table {number + 1} is not a table of whole numbers.")
        for cell, count in zip(self._audit.cells, table, strict=True):
            if not self._limits[cell].holds(count):
                said = f"Table {number + 1} has a count that is not as printed."
                return Fault("table", said, cell)
        for one in self._sums:
            if not one.holds(table):
                said = f"Table {number + 1} does not add up."
                return Fault("table", said, one.fact.terms[-1][0] if one.fact.terms else None)
        return None

    def _count(self, cell: CellName, table: Sequence[int]) -> int:
        column = self._column.get(cell)
        return self._limits[cell].low if column is None else table[column]

    def _finding_faults(self, finding: Finding, bad: set[int]) -> Iterator[Fault]:
        cell = finding.need.cell
        if cell not in self._limits:
            yield Fault("cells", "The release has no such cell.", cell)
            return
        if finding.insider is not None and finding.insider not in self._audit.insiders:
            yield Fault("cells", "Nobody is taken to know this cell.", finding.insider)
            return
        low = self._shown(finding, finding.low_table, bad)
        high = self._shown(finding, finding.high_table, bad)
        if cell in self._column and finding.verdict is not Verdict.UNCONFIRMED:
            if low is None or low != finding.low:
                yield Fault("witness", "No table shows how low the cell goes.", cell)
            if high is None or finding.high not in (None, high):
                yield Fault("witness", "No table shows how high the cell goes.", cell)
        if not _verdict_fits(finding):
            yield Fault("verdict", f"It is not {finding.verdict} by what was found.", cell)
        for derivation in finding.derivations:
            if derivation.cell != cell or not self._derives(finding, derivation):
                yield Fault("derivation", "The sums do not show what they should.", cell)

    def _shown(self, finding: Finding, number: int | None, bad: set[int]) -> int | None:
        """Give what the cell is in a table, if it is a table that this reader can think of."""
        if number is None or number in bad or not 0 <= number < len(self._audit.tables):
            return None
        table = self._audit.tables[number]
        insider = finding.insider
        if insider is not None and self._count(insider, table) != self._audit.insiders[insider]:
            return None
        return self._count(finding.need.cell, table)

    def _derives(self, finding: Finding, derivation: Derivation) -> bool:
        """Add the printed facts up as often as is said, and see what that leaves for the cell."""
        sign = 1 if derivation.end is End.HIGH else -1
        if derivation.scale < 1:
            return False
        left = {derivation.cell: sign * derivation.scale}
        most = 0
        for place, times in derivation.times:
            if not 0 <= place < len(self._facts):
                return False
            fact = self._facts[place]
            side = fact.high if times > 0 else fact.low
            if side is None:
                return False
            most += times * side
            for cell, factor in fact.terms:
                left[cell] = left.get(cell, 0) - times * factor
        for cell, factor in left.items():
            limits = self._known(finding, cell)
            limit = limits.high if factor > 0 else limits.low
            if factor and limit is None:
                return False
            most += factor * (limit or 0)
        shown = sign * (most // derivation.scale)
        reached = finding.high if derivation.end is End.HIGH else finding.low
        return shown == derivation.limit == reached

    def _known(self, finding: Finding, cell: CellName) -> Interval:
        if finding.insider is not None and cell == finding.insider:
            count = self._audit.insiders[cell]
            return Interval(count, count)
        return self._limits[cell]

    def _missing(self) -> Iterator[Fault]:
        """Give a fault for every need that nothing was found out about."""
        found = {(one.insider, one.need) for one in self._audit.findings}
        for insider in (None, *self._audit.insiders):
            for need in self._audit.needs:
                if need.cell != insider and (insider, need) not in found:
                    yield Fault("missing", "Nothing was found out about it.", need.cell)


def _limits(release: Release, facts: Sequence[Fact]) -> Mapping[CellName, Interval]:
    """Give what is printed of every cell; of a cell that is printed nowhere, 0 or more."""
    cells = dict.fromkeys(release.printed)
    for fact in facts:
        cells.update(dict.fromkeys(cell for cell, _ in fact.terms))
    return {
        cell: release.printed.get(cell, _FROM_NOUGHT).meets(_FROM_NOUGHT) or _FROM_NOUGHT
        for cell in cells
    }


def _verdict_fits(finding: Finding) -> bool:
    """Say whether a verdict follows from how far the cell goes."""
    need, low, high = finding.need, finding.low, finding.high
    if finding.verdict is Verdict.UNCONFIRMED:
        return True
    if low is None:
        return False
    any_two = need.low is None and need.high is None
    met = (
        (need.low is None or low <= need.low)
        and (need.high is None or high is None or high >= need.high)
        and (not any_two or low != high)
    )
    if finding.verdict is Verdict.SAFE:
        return met and high is not None
    return not met and (finding.verdict is Verdict.EXACT) == (low == high)

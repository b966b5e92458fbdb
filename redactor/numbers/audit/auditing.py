"""The audit: play every reader, ask for every need, and show for each answer why.

First many cells are moved at once, so that one alternative table settles many needs. What that
leaves is asked one by one, and what turns out unsafe is derived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from redactor.errors import TablesError, UsageError
from redactor.numbers.audit.reader import Reach, Reader
from redactor.numbers.audit.seen import Seen, Tables
from redactor.numbers.audit.solving import Clock
from redactor.numbers.audit.system import System, make_system
from redactor.numbers.audit.words import say
from redactor.numbers.model import CellName, Interval, Need, Release
from redactor.numbers.verdicts import Audit, Derivation, End, Finding, Verdict

_NOBODY: Mapping[CellName, int] = {}


def audit(
    release: Release,
    needs: Sequence[Need] = (),
    insiders: Mapping[CellName, int] = _NOBODY,
    *,
    time_limit: float,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Audit:
    """Say for every need whether a reader of the release can work out what must not be.

    Args:
        needs: what must not be worked out (``needs_of``). With none, it is only found out whether
            the release contradicts itself.
        insiders: cells that a reader may know, one at a time, each with its true count.
        time_limit: seconds after which needs that are not settled are ``UNCONFIRMED``.
        progress: told how many findings there are and how many there will be.
        cancel: asked from time to time whether to stop.

    Raises:
        TablesError: the release contradicts itself or what an insider knows (``contradicts``,
            ``not-additive``), has a count below nought or is too large; ``time``: there was not
            even time to see whether it contradicts itself.
        UsageError: a need or an insider of a cell that the release does not have.
        Cancelled: the person asked to stop.
    """
    system = make_system(release)
    _check_named(system, needs, insiders)
    clock = Clock(time_limit, cancel)
    tables, findings = Tables(), list[Finding]()
    readers: list[tuple[CellName, int] | None] = [None, *insiders.items()]
    total = sum(len(_asked(needs, reader)) for reader in readers)
    for reader in readers:
        for finding in _read(system, clock, tables, reader, _asked(needs, reader)):
            findings.append(finding)
            if progress is not None:
                progress(len(findings), total)
    rows = tuple(tuple(int(one) for one in table) for table in tables.tables)
    return Audit(tuple(needs), dict(insiders), system.cells, rows, tuple(findings))


def ranges(
    release: Release,
    cells: Sequence[CellName] | None = None,
    *,
    time_limit: float,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Mapping[CellName, Interval | None]:
    """Give all that each hidden cell can be, for a reader without inside knowledge.

    Every whole number of the release is taken as an unknown; both ends of an interval are reached
    by a table of whole numbers.

    Args:
        cells: which; None for all that are not printed as one number.

    Returns:
        None for a cell whose range was not found out in time.

    Raises:
        TablesError, UsageError, Cancelled: as for ``audit``.
    """
    system = make_system(release)
    asked = system.cells if cells is None else tuple(cells)
    _check_named(system, [Need(cell, None, None) for cell in asked], _NOBODY)
    reader = Reader(system, Clock(time_limit, cancel), None)
    seen = Seen.of(Tables(), reader.first_table())
    found: dict[CellName, Interval | None] = {}
    for cell in asked:
        found[cell] = _range(system, reader, seen, cell)
        if progress is not None:
            progress(len(found), len(asked))
    return found


def _range(system: System, reader: Reader, seen: Seen, cell: CellName) -> Interval | None:
    if cell in system.known:
        return system.interval(cell)
    low, high = (_extreme(system, reader, seen, cell, end, show=False) for end in End)
    if not low.sure or not high.sure or low.far is None:
        return None
    return Interval(low.far, high.far)


def _extreme(
    system: System, reader: Reader, seen: Seen, cell: CellName, end: End, *, show: bool
) -> Reach:
    """Give how far a cell goes: if it was seen to go as far as is printed, without a search."""
    column = system.column[cell]
    printed = system.interval(cell)
    limit = printed.low if end is End.LOW else printed.high
    if limit is not None and limit == (seen.low if end is End.LOW else seen.high)[column]:
        return Reach(limit, None, Derivation(cell, end, limit, 1, ()))
    reach = reader.reach(column, end, show=show)
    if reach.table is not None:
        seen.add(reach.table)
    return reach


def _check_named(system: System, needs: Sequence[Need], insiders: Mapping[CellName, int]) -> None:
    for cell in (*(need.cell for need in needs), *insiders):
        if cell not in system.column and cell not in system.known:
            raise UsageError(f"The release has no cell {cell}.")
    for cell, count in insiders.items():
        if not system.interval(cell).holds(count):
            raise TablesError("contradicts", "What is printed is not what is known of", (cell,))


def _asked(needs: Sequence[Need], insider: tuple[CellName, int] | None) -> list[Need]:
    return [need for need in needs if insider is None or need.cell != insider[0]]


def _read(
    system: System,
    clock: Clock,
    tables: Tables,
    insider: tuple[CellName, int] | None,
    needs: Sequence[Need],
) -> Iterator[Finding]:
    """Give what one reader finds out, need by need."""
    try:
        reading = _Reading(system, clock, tables, insider)
    except TablesError as error:
        if insider is None:
            raise
        if error.reason != "time":
            why = "What is printed is not what is known of"
            raise TablesError("contradicts", why, (insider[0],)) from None
        unknown = Verdict.UNCONFIRMED
        yield from (Finding(need, insider[0], unknown, None, None, None, None) for need in needs)
    else:
        yield from reading.findings(needs)


class _Reading:
    """What one reader finds out."""

    def __init__(
        self,
        system: System,
        clock: Clock,
        tables: Tables,
        insider: tuple[CellName, int] | None,
    ) -> None:
        self._system = system
        self._clock = clock
        self._insider = insider
        # Of a cell that is printed everybody knows the count.
        knows = insider is not None and insider[0] in system.column
        column = (system.column[insider[0]], insider[1]) if insider and knows else None
        self._reader = Reader(system, clock, column)
        fitting = [table for table in tables.tables if self._reader.agrees(table)]
        if fitting:
            self._reader.start_from(fitting[0])
        self._seen = Seen.of(tables, self._reader.first_table())
        for table in fitting[1:]:
            self._seen.add(table)

    def findings(self, needs: Sequence[Need]) -> Iterator[Finding]:
        """Give a finding for every need, in order."""
        hidden = [need for need in needs if need.cell in self._system.column]
        for end in (End.HIGH, End.LOW):
            self._move_many(hidden, end)
        for need in needs:
            if need.cell in self._system.known:
                yield self._printed(need)
            else:
                yield self._finding(need)

    def _aim(self, need: Need, end: End) -> int | None:
        column = self._system.column[need.cell]
        return (
            self._seen.high_aim(column, need)
            if end is End.HIGH
            else self._seen.low_aim(column, need)
        )

    def _move_many(self, needs: Sequence[Need], end: End) -> None:
        """Settle as many needs as go together, until a table settles no other."""
        most = max if end is End.HIGH else min
        left = len(needs) + 1
        while True:
            aims: dict[int, int] = {}
            for need in needs:
                aim = self._aim(need, end)
                if aim is not None:
                    column = self._system.column[need.cell]
                    aims[column] = most(aim, aims.get(column, aim))
            if not aims or len(aims) >= left or self._clock.is_over:
                return
            left = len(aims)
            table = self._reader.together(aims, end)
            if table is not None:
                self._seen.add(table)

    def _finding(self, need: Need) -> Finding:
        column = self._system.column[need.cell]
        short: dict[End, Reach] = {}
        for end in (End.HIGH, End.LOW):
            aim = self._aim(need, end)
            if aim is None:
                continue
            reach = self._reader.reach(column, end, aim)
            if reach.table is not None:
                self._seen.add(reach.table)
            if not reach.sure:
                return self._as_seen(need, Verdict.UNCONFIRMED)
            if reach.far is None or (reach.far < aim if end is End.HIGH else reach.far > aim):
                short[end] = reach
        if all(self._aim(need, end) is None for end in End):
            return self._as_seen(need, Verdict.SAFE)
        return self._unsafe(need, column, short)

    def _unsafe(self, need: Need, column: int, short: Mapping[End, Reach]) -> Finding:
        """Find all that the cell can be, and whether that is more than one number."""
        reaches = dict(short)
        for end in End:
            if end not in reaches:
                reaches[end] = _extreme(
                    self._system, self._reader, self._seen, need.cell, end, show=True
                )
        if not all(one.sure for one in reaches.values()):
            return self._as_seen(need, Verdict.UNCONFIRMED)
        low, high = reaches[End.LOW].far, reaches[End.HIGH].far
        exact = low == high
        shown = tuple(
            one
            for end in End
            if (exact or end in short) and (one := reaches[end].derivation) is not None
        )
        missing = [end for end in End if (exact or end in short) and not reaches[end].derivation]
        seen = self._seen
        return Finding(
            need,
            self._insider[0] if self._insider else None,
            Verdict.EXACT if exact else Verdict.NARROW,
            low,
            high,
            int(seen.low_table[column]),
            int(seen.high_table[column]),
            shown,
            " ".join([*self._words(shown), *(_by_trying(need, end, reaches) for end in missing)]),
        )

    def _words(self, derivations: tuple[Derivation, ...]) -> list[str]:
        return say(self._system, derivations, self._insider)

    def _as_seen(self, need: Need, verdict: Verdict) -> Finding:
        column, seen = self._system.column[need.cell], self._seen
        return Finding(
            need,
            self._insider[0] if self._insider else None,
            verdict,
            int(seen.low[column]),
            int(seen.high[column]),
            int(seen.low_table[column]),
            int(seen.high_table[column]),
        )

    def _printed(self, need: Need) -> Finding:
        """Say of a cell that is printed that everybody knows it."""
        count = self._system.known[need.cell]
        shown = tuple(Derivation(need.cell, end, count, 1, ()) for end in End)
        insider = self._insider[0] if self._insider else None
        words = f"{need.cell} is printed."
        return Finding(need, insider, Verdict.EXACT, count, count, None, None, shown, words)


def _by_trying(need: Need, end: End, reaches: Mapping[End, Reach]) -> str:
    bound = "more" if end is End.HIGH else "less"
    return (
        f"No table of whole numbers that fits has {need.cell} at {bound} than {reaches[end].far}."
    )

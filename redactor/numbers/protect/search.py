"""The search for the cheapest safe pattern: a bound from below and a pattern from above."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from redactor.numbers.protect.attack import Attack
from redactor.numbers.protect.cuts import Bridges, Cut, capacity_cut, more_than
from redactor.numbers.protect.demands import Demand
from redactor.numbers.protect.master import Choice, Master
from redactor.numbers.protect.mending import Mender
from redactor.numbers.protect.routing import Router, Settled, completed, thinned
from redactor.numbers.protect.solving import Clock, Flags, Floats, OutOfTime
from redactor.numbers.protect.system import System
from redactor.numbers.protect.tracing import Tracer

#: Costs nearer than this are equal: a hundred-thousandth of a cell.
SAME_COST = 1e-5
#: A proof that is so many columns away after so many steps may never come: then a cheaper pattern
#: is looked for near the best, so many times a step.
_EASY, _AWAY, _TRIES = 2, 2.5, 20
#: A cut is worth adding if a mixture falls short of it by so much.
_SHORT = 0.02
#: So many cuts are read off one demand that a pattern does not meet.
_CHAIN = 2
#: A mixture that falls short of new cuts by no more is the cheapest under these too.
_SAME_SHARE = 1e-7

Progress = Callable[[float, float], None]
"""Told of the cost of the best pattern so far, and of what none is cheaper than."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best pattern, and what none is cheaper than.

    Attributes:
        hidden: which columns are hidden.
        bound: no safe pattern costs less.
        settled: the tables that show it to be safe.
    """

    hidden: Flags
    bound: float
    settled: Settled


class Search:
    """One search; its state is the best pattern and the cuts."""

    def __init__(
        self,
        system: System,
        demands: Sequence[Demand],
        sure: Flags,
        clock: Clock,
        progress: Progress | None,
    ) -> None:
        self._system = system
        self._sure = sure
        self._clock = clock
        self._tell = progress
        self._attack = Attack(system, clock)
        self._tracer = Tracer(system, clock)
        self._demands = demands
        self._settled = Settled(self._attack, demands)
        stuck = sure.copy()
        stuck[[one.column for one in demands]] = False
        self._bridges = Bridges(system, stuck)
        self._cost = np.where(sure, 0.0, system.cost)
        self._given = float(system.cost[sure & ~system.free].sum())
        self._best = sure | ~system.free
        self._bound = 0.0

    def run(self) -> Found:
        """Search until the best is proved or time is up."""
        with suppress(OutOfTime):
            self._search()
        return Found(
            self._best, min(self._bound, self._cost_of(self._best)) + self._given, self._settled
        )

    def _cost_of(self, hidden: Flags) -> float:
        return float(self._cost[hidden].sum())

    def _proved(self) -> bool:
        return self._cost_of(self._best) - self._bound <= SAME_COST

    def _is_far_from_proved(self) -> bool:
        """Say whether the best is some columns dearer than the bound, at what one costs in it."""
        further = self._best & (self._cost > 0)
        cost = self._cost_of(self._best)
        return (cost - self._bound) * int(further.sum()) > _AWAY * cost

    def _search(self) -> None:
        system, clock = self._system, self._clock
        self._settled = self._open_ones()
        if not self._settled.demands:
            self._best = self._sure.copy()
            return
        router = Router(system, clock, np.ones(system.columns, np.bool_))
        self._begun(router, self._sure, np.zeros(system.columns))
        master = Master(self._cost, self._sure | system.free, clock)
        master.add(self._first_cuts())
        if router.is_wide(self._sure):
            mixture = master.mixture()
            if mixture is not None:
                self._improve(router, self._sure, mixture.hidden)
        mixture = self._tightened(master)
        if mixture is None or self._proved():
            return
        self._improve(router, self._sure | (mixture.hidden > 0.99), mixture.hidden)
        self._prove(router, master, mixture)

    def _prove(self, router: Router, master: Master, mixture: Choice) -> None:
        """Take the cheapest pattern that all cuts allow, and cut it off, until one is safe."""
        mender = Mender(self._system, self._settled, router, self._sure, self._cost)
        for step in itertools.count():
            if self._proved():
                return
            if step >= _EASY and self._is_far_from_proved():
                for safe in mender.tries(self._best, mixture.hidden, _TRIES):
                    self._take(safe)
            self._leave_out(master, mixture)
            choice = master.pattern(self._best.astype(np.float64))
            if choice is None:
                raise OutOfTime
            self._raise(choice.bound)
            if not choice.ended:
                raise OutOfTime
            hidden = choice.hidden > 0.5
            cuts = self._lacking(hidden)
            if not cuts:
                self._best = hidden
                self._raise(self._cost_of(hidden))
                return
            master.add(cuts)
            self._improve(router, hidden, choice.hidden)
            if any(cut.short_by(mixture.hidden) > _SAME_SHARE for cut in cuts):
                tighter = self._tightened(master)
                if tighter is None:
                    return
                mixture = tighter

    def _open_ones(self) -> Settled:
        """Leave out the demands that are met while only the sure ones are hidden, for good."""
        met = self._attack.witnesses(self._demands, self._sure)
        # Those that ask for as much stand together: a proof then begins from the one before it.
        order = sorted(self._demands, key=lambda one: (-_most(one), one.sides, one.column))
        still = Settled(self._attack, [one for one in order if one not in met])
        return Settled(
            self._attack,
            [one for one in still.demands if still.table(one, self._sure, quick=True) is None],
        )

    def _raise(self, bound: float) -> None:
        self._bound = max(self._bound, bound)
        if self._tell is not None:
            self._tell(self._cost_of(self._best) + self._given, self._bound + self._given)

    def _improve(self, router: Router, hidden: Flags, guide: Floats) -> None:
        """Make a safe pattern of one that is not, and keep it if it is the cheapest so far."""
        whole = self._begun(router, hidden, guide)
        doubtful = whole & (guide < 0.5)
        order = sorted(map(int, np.flatnonzero(doubtful)), key=lambda n: (-self._cost[n], n))
        self._take(thinned(self._settled, self._system, whole, self._sure, order))

    def _begun(self, router: Router, hidden: Flags, guide: Floats) -> Flags:
        """Hide more until all is safe; kept at once, since time may be short."""
        whole = completed(self._settled, router, self._system, hidden, guide)
        self._take(whole)
        return whole

    def _take(self, safe: Flags) -> None:
        if self._cost_of(safe) < self._cost_of(self._best):
            self._best = safe
            self._raise(self._bound)

    def _first_cuts(self) -> list[Cut]:
        """Give what the demands ask for while only the sure ones are hidden."""
        return self._lacking(self._sure, each=1)

    def _lacking(self, hidden: Flags, each: int = _CHAIN) -> list[Cut]:
        """Give the cuts that a pattern breaks; none where it meets every demand."""
        cuts = self._bridges.broken(hidden.astype(np.float64))
        seen: set[int] = set()
        for demand in self._settled.demands:
            if demand.column in seen or self._settled.table(demand, hidden) is not None:
                continue
            seen.add(demand.column)
            cuts += self._chain(demand, hidden, each)
        return cuts

    def _chain(self, demand: Demand, hidden: Flags, count: int) -> list[Cut]:
        """Give a cut at a pattern, and those at what would be hidden next because of it."""
        cuts = [self._cut_at(demand, hidden)]
        wide = hidden.copy()
        while len(cuts) < count:
            wide[min(map(int, cuts[-1].columns), key=lambda one: (self._cost[one], one))] = True
            if self._settled.table(demand, wide, quick=True) is not None:
                break
            cuts.append(self._cut_at(demand, wide))
        return cuts

    def _cut_at(self, demand: Demand, hidden: Flags) -> Cut:
        shares = hidden.astype(np.float64)
        cut = self._cut(demand, shares)
        if cut is not None and cut.short_by(shares) > 1e-6:
            return cut
        pushes = self._settled.shortfall(demand, hidden)
        cut = capacity_cut(self._system, demand, pushes, self._moving) if pushes else None
        if cut is not None and cut.short_by(shares) > 1e-6:
            return cut
        return more_than(self._widened(demand, hidden), self._system)

    def _widened(self, demand: Demand, hidden: Flags) -> Flags:
        """Hide more as long as a demand stays unmet, for a stronger cut."""
        wide = hidden.copy()
        for column in np.flatnonzero(~(hidden | self._system.free)):
            wide[column] = True
            if self._settled.table(demand, wide) is not None:
                wide[column] = False
        return wide

    @property
    def _moving(self) -> Flags:
        return self._sure | self._system.free

    def _tightened(self, master: Master) -> Choice | None:
        """Add cuts until the cheapest mixture breaks none that is found; None if all is proved."""
        while True:
            mixture = master.mixture()
            if mixture is None:
                self._raise(self._cost_of(self._best))
                return None
            self._raise(mixture.bound)
            if self._proved():
                return mixture
            cuts = self._bridges.broken(mixture.hidden)
            cuts += self._broken(mixture.hidden)
            if not master.add(cuts):
                return mixture

    def _broken(self, shares: Floats) -> list[Cut]:
        cuts = []
        for demand in self._settled.demands:
            if self._enough(demand, shares):
                continue
            cut = self._cut(demand, shares)
            if cut is not None and cut.short_by(shares) > _SHORT:
                cuts.append(cut)
        return cuts

    def _enough(self, demand: Demand, shares: Floats) -> bool:
        """Say whether a mixture lets a column move far enough, so that no cut is broken."""
        if self._settled.is_known(demand, shares > 1 - 1e-9):
            return True
        self._attack.hide_partly(shares, _most(demand))
        reached = sum(
            self._attack.push(demand.column, side, demand.blind).reached for side in demand.sides
        )
        return reached > _most(demand) - _SHORT

    def _cut(self, demand: Demand, shares: Floats) -> Cut | None:
        pushes = self._tracer.pushes(demand, shares, _most(demand))
        return capacity_cut(self._system, demand, pushes, self._moving)

    def _leave_out(self, master: Master, mixture: Choice) -> None:
        """Never hide what would cost more than the best pattern has over the bound."""
        room = self._cost_of(self._best) - mixture.bound
        dear = (mixture.reduced > room + 1e-6) & ~self._moving & ~self._best
        if dear.any():
            master.never_hide(dear)


def _most(demand: Demand) -> int:
    return max(amount for _, amount in demand.sides)

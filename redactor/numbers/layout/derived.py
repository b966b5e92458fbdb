"""Shares, averages and changes beside counts, and what they are computed from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from redactor.numbers.layout.blocks import Line
from redactor.numbers.layout.figures import Figure, FigureKind
from redactor.numbers.layout.formulas import Formulas
from redactor.numbers.layout.found import Derived, Doubt, Warned
from redactor.numbers.layout.grid import Grid
from redactor.numbers.layout.labels import is_change, is_share
from redactor.numbers.layout.sheet import area_words
from redactor.numbers.model import CellName, Fact, share_fact

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Said:
    """One printed share, and the cells that it may be of."""

    spot: Spot
    share: Fraction
    half: Fraction
    part: Spot
    whole: Spot


def derive(grid: Grid, formulas: Formulas) -> tuple[list[Derived], list[Warned]]:
    """Find what the figures of a table that are no counts are computed from.

    Returns:
        Each such figure, and warnings for those of which it was not found out.
    """
    looked = _Looking(grid, formulas)
    found: dict[Spot, Derived] = {}
    for line, by_row in (
        *((line, False) for line in grid.other_columns),
        *((line, True) for line in grid.other_rows),
    ):
        found.update(looked.line(line, by_row=by_row))
    others = [spot for spot in grid.block.figures if spot not in grid.counts]
    unknown = [spot for spot in others if spot not in found]
    derived = [found.get(spot) or Derived(grid.name(*spot)) for spot in others]
    return derived, list(_warnings(grid, unknown))


def _warnings(grid: Grid, unknown: Sequence[Spot]) -> Iterator[Warned]:
    shares = [one for one in unknown if grid.block.figures[one].kind is FigureKind.SHARE]
    rest = [one for one in unknown if one not in shares]
    sheet = grid.block.sheet
    if shares:
        words = (
            f"{sheet} {_around(shares)}: percentages of which it is not clear what they are shares "
            "of. They can give away what is hidden, and are withheld."
        )
        yield Warned(Doubt.SHARES, words, tuple(grid.name(*one) for one in shares))
    if rest:
        words = (
            f"{sheet} {_around(rest)}: averages, rates, sums of money or other figures that count "
            "nobody. They are not looked into, and are withheld."
        )
        yield Warned(Doubt.NO_COUNT, words, tuple(grid.name(*one) for one in rest))


def _around(spots: Sequence[Spot]) -> str:
    rows, columns = zip(*spots, strict=True)
    return area_words((min(rows), min(columns), max(rows), max(columns)))


class _Looking:
    """The search for what the figures of one line are computed from."""

    def __init__(self, grid: Grid, formulas: Formulas) -> None:
        self._grid = grid
        self._formulas = formulas

    def line(self, line: Line, *, by_row: bool) -> dict[Spot, Derived]:
        """Give what is known of the figures of a row or column."""
        label = line.labels[-1] if line.labels else ""
        figures = self._figures(line, by_row=by_row)
        is_shares = is_share(label) or any(one.kind is FigureKind.SHARE for _, one in figures)
        if is_shares:
            return self._shares(line, figures, by_row=by_row)
        if is_change(label) or any(one.value is not None and one.value < 0 for _, one in figures):
            return self._changes(line, figures, by_row=by_row)
        return {}

    def _figures(self, line: Line, *, by_row: bool) -> list[tuple[Line, Figure]]:
        crossing = self._grid.columns if by_row else self._grid.rows
        found = []
        for cross in crossing:
            spot = _spot(line.at, cross.at, by_row=by_row)
            figure = self._grid.block.figures.get(spot)
            if figure is not None and figure.value is not None:
                found.append((cross, figure))
        return found

    # --- shares ---

    def _shares(
        self, line: Line, figures: Sequence[tuple[Line, Figure]], *, by_row: bool
    ) -> dict[Spot, Derived]:
        for said in self._ways(line, figures, by_row=by_row):
            if self._fits(said):
                return {one.spot: self._as_share(one) for one in said}
        return {}

    def _as_share(self, one: _Said) -> Derived:
        part, whole = self._grid.name(*one.part), self._grid.name(*one.whole)
        cell = self._grid.name(*one.spot)
        facts = share_fact(part, whole, one.share, one.half, f"{float(one.share):.1%} in {cell}")
        return Derived(cell, (part, whole), facts)

    def _ways(
        self, line: Line, figures: Sequence[tuple[Line, Figure]], *, by_row: bool
    ) -> Iterator[list[_Said]]:
        """Give what the shares of a line may be of, the likeliest first."""
        by_formula = list(self._by_formula(line, figures, by_row=by_row))
        if by_formula:
            yield by_formula
        counts = self._grid.rows if by_row else self._grid.columns
        nearest = sorted(counts, key=lambda one: (one.at > line.at, abs(one.at - line.at)))
        crossing = self._grid.columns if by_row else self._grid.rows
        sums = self._grid.column_sums if by_row else self._grid.row_sums
        totals = list(dict.fromkeys(crossing[one.total] for one in reversed(sums)))
        for part in nearest:
            for total in totals:
                yield [
                    _Said(
                        _spot(line.at, cross.at, by_row=by_row),
                        *_share_of(figure),
                        _spot(part.at, cross.at, by_row=by_row),
                        _spot(part.at, total.at, by_row=by_row),
                    )
                    for cross, figure in figures
                ]
        for part in nearest:
            for whole in counts:
                if whole is not part:
                    yield [
                        _Said(
                            _spot(line.at, cross.at, by_row=by_row),
                            *_share_of(figure),
                            _spot(part.at, cross.at, by_row=by_row),
                            _spot(whole.at, cross.at, by_row=by_row),
                        )
                        for cross, figure in figures
                    ]

    def _by_formula(
        self, line: Line, figures: Sequence[tuple[Line, Figure]], *, by_row: bool
    ) -> Iterator[_Said]:
        sheet = self._grid.block.sheet
        for cross, figure in figures:
            spot = _spot(line.at, cross.at, by_row=by_row)
            said = self._formulas.share((sheet, *spot))
            if said is not None and said[0][0] == said[1][0] == sheet:
                yield _Said(spot, *_share_of(figure), said[0][1:], said[1][1:])

    def _fits(self, said: Iterable[_Said]) -> bool:
        """Say whether all shares are right, and enough of them to tell."""
        told = 0
        for one in said:
            part, whole = self._grid.counts.get(one.part), self._grid.counts.get(one.whole)
            if part is None or whole is None:
                return False
            if part.low != part.high or whole.low != whole.high:
                continue
            if whole.low == 0:
                continue
            if abs(Fraction(part.low, whole.low) - one.share) > one.half:
                return False
            told += part.low > 0
        return told >= 2

    # --- changes ---

    def _changes(
        self, line: Line, figures: Sequence[tuple[Line, Figure]], *, by_row: bool
    ) -> dict[Spot, Derived]:
        counts = [
            one for one in (self._grid.rows if by_row else self._grid.columns) if one is not line
        ]
        for later in counts:
            for earlier in counts:
                if later is earlier:
                    continue
                found = self._difference(line, (later, earlier), figures, by_row=by_row)
                if len(found) == len(figures) > 1:
                    return found
        return {}

    def _difference(
        self,
        line: Line,
        of: tuple[Line, Line],
        figures: Sequence[tuple[Line, Figure]],
        *,
        by_row: bool,
    ) -> dict[Spot, Derived]:
        found: dict[Spot, Derived] = {}
        for cross, figure in figures:
            spots = [_spot(one.at, cross.at, by_row=by_row) for one in of]
            later, earlier = (self._grid.counts.get(one) for one in spots)
            if later is None or earlier is None or figure.value is None:
                break
            known = later.low == later.high and earlier.low == earlier.high
            if known and later.low - earlier.low != figure.value:
                break
            names: tuple[CellName, ...] = tuple(self._grid.name(*one) for one in spots)
            spot = _spot(line.at, cross.at, by_row=by_row)
            change = int(figure.value)
            fact = Fact(((names[0], 1), (names[1], -1)), change, change, f"change in {spot}")
            found[spot] = Derived(self._grid.name(*spot), names, (fact,))
        return found


def _spot(line: int, crossing: int, *, by_row: bool) -> Spot:
    return (line, crossing) if by_row else (crossing, line)


def _share_of(figure: Figure) -> tuple[Fraction, Fraction]:
    """Give a share and half a unit of its last place; a number beside "%" is per cent, too."""
    value = figure.value or Fraction(0)
    if figure.kind is FigureKind.SHARE or (
        figure.kind is FigureKind.OTHER and figure.half < Fraction(1, 100) and value <= 1
    ):
        return value, figure.half
    return value / 100, figure.half / 100

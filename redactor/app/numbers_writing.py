"""Write tables as they are to be released: values only, read back and audited before they stay."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from redactor import jobs
from redactor.app.dependants import cell_key
from redactor.app.numbers_protecting import Outcome, unsafe_cells
from redactor.app.numbers_reading import file_sheets
from redactor.app.outputs import Output, remove_all, write_all
from redactor.content import Book, CellLook, SheetCell
from redactor.content import Sheet as ContentSheet
from redactor.errors import Blocked, CheckFailed, UsageError
from redactor.labels import HIDDEN_COUNT, HIDDEN_COUNT_MEANS
from redactor.numbers.answers import Treatment
from redactor.numbers.grouping import band_name
from redactor.numbers.layout import Doubt, Sheet, Table
from redactor.numbers.model import CellName, Interval
from redactor.numbers.rounding import Rounding
from redactor.workers import Lane

ROUNDED = "Figures are rounded to the nearest {}; totals are rounded on their own."
SMALL_HIDDEN = "[c] = {} to {}, withheld to protect confidentiality."
SUFFIXES = (".xlsx", ".csv")
#: The legend stands above the tables, with an empty row below it.
_LEGEND_ROWS = 2

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet as it is to be written: what stands where, and which counts are where."""

    name: str
    cells: Mapping[Spot, SheetCell]
    counts: Mapping[Spot, CellName]


def require_target(out: Path, path: Path) -> str:
    """Give the kind of file that a name asks for.

    Raises:
        UsageError: of no kind that can be written, or the file that is read.
    """
    if out.suffix.lower() not in SUFFIXES:
        raise UsageError(
            f"{out.name} is neither {' nor '.join(SUFFIXES)}. Nothing was done. Name one of these."
        )
    if out.resolve() == path.resolve():
        raise UsageError(f"{out.name} would replace its own original. Nothing was done.")
    return out.suffix.lower().removeprefix(".")


def write_outcome(
    outcome: Outcome, sheets: Sequence[Sheet], path: Path, out: Path, lane: Lane
) -> None:
    """Write the result beside its place, read it back, audit what was read, and only then keep it.

    Raises:
        Blocked: some small count can be worked out whatever is hidden; nothing was written.
        CheckFailed: what was written is not what was to be, or is not safe; nothing was kept.
        UsageError: it cannot be written there, or holds more than one sheet and is to be CSV.
    """
    target = require_target(out, path)
    if outcome.unsafe:
        raise Blocked(
            f"{len(outcome.unsafe):,} small counts can be worked out, or told to be small, "
            "whatever is hidden. Nothing was written. Try --treatment collapse, or change the "
            "table."
        )
    if any(one.doubt is Doubt.HEADING for one in outcome.layout.warnings):
        raise Blocked(
            "A heading holds a count (n=…). Nothing was written. Take it out of the table."
        )
    pages = _pages(outcome, sheets)
    if not pages:
        raise UsageError("No table of counts was found. Nothing was written.")
    if target == "csv" and len(pages) > 1:
        raise UsageError(
            f"A CSV file holds one sheet, and {len(pages)} have tables. Nothing was written. "
            "Choose one with --sheet, or write a workbook (.xlsx)."
        )
    book = Book(tuple(_sheet(one, outcome) for one in pages))
    data: bytes = lane.run(jobs.write_content, book, target, timeout_s=120.0)
    waiting = Output(f".{out.stem}.unchecked{out.suffix.lower()}", data)
    write_all(out.parent, [waiting], [path])
    try:
        _check(outcome, pages, file_sheets(out.parent / waiting.name, lane), lane)
        _place(out.parent / waiting.name, out)
    finally:
        remove_all(out.parent, [waiting])


def book_of_tables(outcome: Outcome, sheets: Sequence[Sheet]) -> Book:
    """Give the tables of some sheets as they are to be released, and nothing else of them."""
    return Book(tuple(_sheet(one, outcome) for one in _pages(outcome, sheets)))


def _pages(outcome: Outcome, sheets: Sequence[Sheet]) -> list[_Page]:
    return [page for one in sheets if (page := _page(outcome, one)).counts]


def _rounding(outcome: Outcome) -> Rounding | None:
    """Give how the figures are rounded; None where they are printed as they are."""
    rule = outcome.rule
    if rule is None or not rule.treatment.rounds:
        return None
    hides = rule.treatment is Treatment.HIDE_AND_ROUND
    return Rounding(rule.base, rule.policy if hides else None)


def _place(waiting: Path, out: Path) -> None:
    try:
        waiting.replace(out)
    except OSError:
        raise UsageError(
            f"{out.name} cannot be written (it may be open elsewhere). Nothing was kept."
        ) from None


# --- what is written ----------------------------------------------------------------------------


def _page(outcome: Outcome, sheet: Sheet) -> _Page:
    shown = {(one.row, one.column): one.text for one in sheet.cells if not one.hidden}
    cells: dict[Spot, SheetCell] = {}
    counts: dict[Spot, CellName] = {}
    for table in outcome.layout.tables:
        if table.sheet != sheet.name:
            continue
        for spot in table.headings:
            if spot in shown:
                cells[spot] = SheetCell(shown[spot], look=CellLook(bold=True))
        for name, spot in _counts_of(outcome, table).items():
            cells[spot] = _count_cell(outcome, name, shown.get(spot, ""))
            counts[spot] = name
        cells.update(_derived(outcome, table, shown))
    _group(outcome, sheet.name, cells, counts)
    return _closed_up(sheet, cells, counts)


def _closed_up(
    sheet: Sheet, cells: Mapping[Spot, SheetCell], counts: Mapping[Spot, CellName]
) -> _Page:
    """Close up rows and columns of which nothing is left; those that were empty stay as gaps."""
    gone = [
        sorted({spot[way] for spot in ((one.row, one.column) for one in sheet.cells)} - kept)
        for way, kept in ((way, {spot[way] for spot in cells}) for way in (0, 1))
    ]

    def now(spot: Spot) -> Spot:
        return spot[0] - bisect_left(gone[0], spot[0]), spot[1] - bisect_left(gone[1], spot[1])

    return _Page(
        sheet.name,
        {now(spot): cell for spot, cell in cells.items()},
        {now(spot): name for spot, name in counts.items()},
    )


def _counts_of(outcome: Outcome, table: Table) -> dict[CellName, Spot]:
    names = (one for one in table.cells if one not in outcome.layout.unseen)
    return {name: cell_key(name)[1:] for name in names}


def _count_cell(outcome: Outcome, name: CellName, shown: str) -> SheetCell:
    count = outcome.tables.counts.get(name)
    if name in outcome.hidden:
        return SheetCell(HIDDEN_COUNT, redaction=True)
    if count is None:
        return SheetCell(shown)  # withheld in the original already
    rounding = _rounding(outcome)
    return SheetCell(rounding.shown(count) if rounding else count, number_format="#,##0")


def _derived(outcome: Outcome, table: Table, shown: Mapping[Spot, str]) -> dict[Spot, SheetCell]:
    """Print shares and changes of printed counts; withhold those of others, or of nobody knows."""
    found: dict[Spot, SheetCell] = {}
    printed = outcome.tables.counts.keys() - outcome.hidden
    for one in outcome.layout.derived:
        sheet, *spot = cell_key(one.cell)
        place = spot[0], spot[1]
        if sheet != table.sheet or place not in shown:
            continue
        is_known = bool(one.of) and printed >= set(one.of) and _rounding(outcome) is None
        found[place] = SheetCell(shown[place] if is_known else HIDDEN_COUNT, redaction=not is_known)
    return found


def _group(
    outcome: Outcome, sheet: str, cells: dict[Spot, SheetCell], counts: dict[Spot, CellName]
) -> None:
    """Put bands in the place of their first lines, and nothing in that of the others."""
    for band in (one for one in outcome.bands if one.sheet == sheet):
        first = band.lines[0]
        for spot in [one for one in cells if one[band.is_column] in band.lines]:
            is_band = spot[band.is_column] == first
            crossing = spot[not band.is_column]
            if is_band and crossing in band.crossing:
                name = band_name(band, crossing)
                counts.pop(spot, None)
                if name in outcome.tables.counts:
                    cells[spot] = _count_cell(outcome, name, "")
                    counts[spot] = name
            elif is_band and spot not in counts:
                cells[spot] = replace(cells[spot], value=band.label)
            elif not is_band:
                del cells[spot]
                counts.pop(spot, None)


def _legend(outcome: Outcome) -> str:
    rounding = _rounding(outcome)
    if rounding is None:
        return HIDDEN_COUNT_MEANS
    said = ROUNDED.format(rounding.base)
    if rounding.hides is None:
        return said
    policy = rounding.hides
    return f"{SMALL_HIDDEN.format(policy.floor, policy.threshold - 1)} {said}"


def _sheet(page: _Page, outcome: Outcome) -> ContentSheet:
    last = max(row for row, _ in page.cells)
    rows: list[tuple[SheetCell | None, ...]] = [(SheetCell(_legend(outcome)),), ()]
    for row in range(last + 1):
        columns = [column for at, column in page.cells if at == row]
        rows.append(
            tuple(page.cells.get((row, one)) for one in range(max(columns, default=-1) + 1))
        )
    width = max(len(row) for row in rows)
    return ContentSheet(page.name, tuple(rows), (22, *(14,) * (width - 1)))


# --- what was written ---------------------------------------------------------------------------


def _check(outcome: Outcome, pages: Sequence[_Page], read: Sequence[Sheet], lane: Lane) -> None:
    """Hold what was read back against what was to be written, and audit it.

    Raises:
        CheckFailed: it holds something else, or is not safe.
    """
    if len(read) != len(pages):
        raise _failed("it does not have the sheets that were to be written")
    printed: dict[CellName, Interval] = dict(outcome.layout.known)
    for page, sheet in zip(pages, read, strict=True):
        found: dict[Spot, str] = {}
        for cell in sheet.cells:
            if cell.hidden or cell.formula is not None:
                raise _failed("it holds a formula or a hidden cell")
            if cell.row >= _LEGEND_ROWS:
                found[cell.row - _LEGEND_ROWS, cell.column] = cell.text
        if found.keys() != {one for one, cell in page.cells.items() if cell.value != ""}:
            raise _failed("it holds other cells than were to be written")
        for spot, name in page.counts.items():
            printed[name] = _read(found[spot], name, outcome)
    if printed != dict(outcome.release.printed):
        raise _failed("it does not print what was audited")
    unsafe = unsafe_cells(replace(outcome.release, printed=printed), outcome.needs, lane)
    if unsafe:
        raise _failed(f"{len(unsafe):,} small counts can be worked out of it")


def _read(text: str, name: CellName, outcome: Outcome) -> Interval:
    """Give what a reader has of a cell by what the written file shows."""
    if name not in outcome.tables.counts:
        return outcome.layout.printed[name]
    rounding = _rounding(outcome)
    if text == HIDDEN_COUNT:
        floor = outcome.rule.policy.floor if outcome.rule else 1
        return rounding.hidden_reading if rounding else Interval(floor, None)
    digits = text.replace(",", "")
    if not digits.isdecimal():
        raise _failed("a count is not printed as one")
    count = int(digits)
    return rounding.reading(count) if rounding else Interval(count, count)


def _failed(why: str) -> CheckFailed:
    return CheckFailed(f"The written file was read back, and {why}. No file was kept.")

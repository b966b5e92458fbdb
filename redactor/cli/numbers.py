"""``redactor numbers``: small counts of a file, what hides them, and what a reader can work out."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from redactor.cli.reading import add_read_as, read_as
from redactor.cli.speaking import FOUND, OK, Answer, counted, give, say
from redactor.errors import UsageError
from redactor.workers import Lane

if TYPE_CHECKING:
    from redactor.app.numbers_protecting import Outcome, Rule
    from redactor.numbers.layout import Table
    from redactor.numbers.model import CellName, Interval
    from redactor.numbers.presets import Preset

_NOBODY = "Nobody has confirmed this layout: look at the tables and sums before relying on it."


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    numbers = commands.add_parser(
        "numbers",
        help="small counts in tables: find, hide, audit",
        epilog="All tables are protected together: cost and bound are those of all. By the preset "
        "foi small counts are 1 up to the threshold, and noughts are printed. No threshold is the "
        "law. An authority adds presets of its own, or changes these, in presets.toml of its "
        "folder numbers (REDACTOR_NUMBERS).",
    )
    numbers.add_argument("path", type=Path, metavar="PATH")
    numbers.add_argument("--sheet", metavar="S", help="only this sheet (or Table 1 of a document)")
    numbers.add_argument(
        "--preset", default="foi", metavar="KEY", help="foi, ons-10-5, nhs-england, tre, ofqual, …"
    )
    numbers.add_argument(
        "--threshold", type=_threshold, metavar="N", help="in place of that of the preset (5)"
    )
    numbers.add_argument(
        "--treatment",
        choices=("suppress", "round", "collapse"),
        help="in place of that of the preset (suppress)",
    )
    numbers.add_argument("--out", type=Path, metavar="FILE", help="a new .xlsx or .csv file")
    numbers.add_argument(
        "--audit", action="store_true", help="what can be worked out of what is hidden already"
    )
    add_read_as(numbers)
    numbers.add_argument("--json", action="store_true")
    numbers.set_defaults(run=_run)


def _threshold(typed: str) -> int:
    """Read a threshold; by one below 2 no count would be small."""
    number = int(typed)
    if number < 2:
        raise argparse.ArgumentTypeError(f"{typed} is no threshold; the least is 2")
    return number


def _run(arguments: argparse.Namespace) -> int:
    from redactor.app.numbers_protecting import audit_sheets, sheets_named, treat
    from redactor.app.numbers_reading import file_sheets
    from redactor.app.numbers_writing import require_target, write_outcome
    from redactor.numbers.presets import preset_named

    if arguments.audit and arguments.out is not None:
        raise UsageError("--audit writes no file. Nothing was done. Give --audit or --out.")
    if arguments.out is not None:
        require_target(arguments.out, arguments.path)
    rule = _rule(arguments, preset_named(arguments.preset))
    with Lane() as lane:
        say(f"{arguments.path.name}: reading")
        read = file_sheets(arguments.path, lane, read_as(arguments))
        sheets = sheets_named(read, arguments.sheet)
        if arguments.audit:
            outcome = audit_sheets(sheets, rule.policy.threshold, lane)
        else:
            outcome = treat(sheets, rule, lane)
        for warned in outcome.layout.warnings:
            say(f"warning   {warned.words}")
        if arguments.out is not None:
            write_outcome(outcome, sheets, arguments.path, arguments.out, lane)
            say(f"written   {arguments.out}")
    return give(_answer(outcome, is_audit=arguments.audit), as_json=arguments.json)


def _rule(arguments: argparse.Namespace, preset: Preset) -> Rule:
    """Give the rule of a preset, with what was given in its place."""
    from redactor.app.numbers_protecting import Rule
    from redactor.numbers.answers import BASE, Treatment

    policy = preset.policy
    if arguments.threshold is not None:
        policy = replace(policy, threshold=arguments.threshold)
    treatment = preset.treatment
    if arguments.treatment is not None:
        treatment = Treatment(arguments.treatment)
    return Rule(policy, treatment, preset.base if preset.base > 1 else BASE)


def _answer(outcome: Outcome, *, is_audit: bool) -> Answer:
    tables = outcome.layout.tables
    code = FOUND if outcome.unsafe else OK
    shape = {"tables": [_table_shape(outcome, one) for one in tables]}
    if not tables:
        return Answer(shape, ("No table of counts was found.",), code)
    lines = [line for one in tables for line in _table_lines(outcome, one)]
    what = "suppressed counts" if is_audit else "small counts"
    if outcome.unsafe:
        cells = ", ".join(outcome.unsafe[:10])
        lines.append(f"unsafe    {len(outcome.unsafe):,} {what} can be worked out: {cells}")
    lines.append(f"status    {outcome.status}. {_NOBODY}")
    return Answer(shape, tuple(lines), code)


# --- as JSON ------------------------------------------------------------------------------------


def _table_shape(outcome: Outcome, table: Table) -> dict[str, Any]:
    mine = _cells_of(outcome, table)
    return {
        "sheet": table.sheet,
        "range": table.range,
        "dimensions": [{"name": one.name, "labels": list(one.labels)} for one in table.dimensions],
        "relations": [
            {
                "total": _short(one.total, table),
                "parts": [_short(part, table) for part in one.parts],
            }
            for one in outcome.tables.relations
            if one.total in mine
        ],
        "primary": [_short(one, table) for one in outcome.primary if one in mine],
        "secondary": [_short(one, table) for one in outcome.secondary if one in mine],
        "intervals": [
            {
                "cell": _short(one.cell, table),
                "before": _ends(one.before),
                "after": _ends(one.after),
            }
            for one in outcome.looked
            if one.cell in mine
        ],
        "cost": outcome.cost,
        "status": outcome.status,
        "bound": outcome.bound,
    }


def _cells_of(outcome: Outcome, table: Table) -> frozenset[CellName]:
    """Give the cells of a table, with those of bands in it."""
    own = set(table.cells)
    return frozenset((*own, *(f"band:{one}" for one in own))) & {
        *outcome.tables.cells,
        *outcome.layout.printed,
    }


def _short(name: CellName, table: Table) -> str:
    """Leave out the sheet of a cell where it is that of the table."""
    bare = name.removeprefix("band:")
    return bare.removeprefix(f"{table.sheet}!")


def _ends(interval: Interval | None) -> list[int | None] | None:
    """Give both ends, None for no upper limit; nothing where it was not found out in time."""
    return None if interval is None else [interval.low, interval.high]


# --- as words -----------------------------------------------------------------------------------


def _table_lines(outcome: Outcome, table: Table) -> Iterable[str]:
    mine = _cells_of(outcome, table)
    primary = sum(one in mine for one in outcome.primary)
    secondary = sum(one in mine for one in outcome.secondary)
    relations = sum(one.total in mine for one in outcome.tables.relations)
    counts, sums = counted(len(table.cells), "count"), counted(relations, "sum")
    yield f"table     {table.sheet} {table.range}: {counts}, {sums}"
    for band in outcome.bands:
        if band.sheet == table.sheet and any(name in mine for name in _band_cells(band)):
            yield f"together  {band.label}"
    yield f"hidden    {primary:,} for themselves, {secondary:,} to protect them"
    for one in outcome.looked:
        if one.cell in mine:
            words = f"{_said(one.before)} -> {_said(one.after)}"
            yield f"cell      {_short(one.cell, table)}: {words}"


def _band_cells(band: Any) -> Iterable[CellName]:
    from redactor.numbers.grouping import band_name

    return (band_name(band, one) for one in band.crossing)


def _said(interval: Interval | None) -> str:
    if interval is None:
        return "not found out in time"
    if interval.high is None:
        return f"{interval.low:,} or more"
    if interval.low == interval.high:
        return f"{interval.low:,} exactly"
    return f"{interval.low:,} to {interval.high:,}"

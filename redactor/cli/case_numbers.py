"""``redactor case numbers``: small numbers of a case: look, compare answers, apply one."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from redactor.app.case import Case
from redactor.app.numbers_case import (
    WITHHOLDING,
    CaseTables,
    Draft,
    Ground,
    answer,
    give_up,
    plan_of,
    read_tables,
    settle,
)
from redactor.app.numbers_making import settle_made
from redactor.cli.opening import changes
from redactor.cli.speaking import FOUND, OK, Answer, counted, say
from redactor.errors import UsageError
from redactor.numbers.answers import FOUR, Answered, Treatment
from redactor.numbers.layout import Edits
from redactor.numbers.plan import Plan
from redactor.numbers.presets import preset_named
from redactor.workers import Lane


def add_to(actions: Any, options: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    numbers = actions.add_parser(
        "numbers",
        parents=[options],
        help="small numbers in the tables of a case: look, compare, apply",
        epilog="Cells are named DOCUMENT:SHEET!CELL (1:Sheet1!C5). With --apply you say that you "
        "looked through the tables and sums and that the layout is right.",
    )
    numbers.add_argument("case", type=Path, metavar="CASE")
    numbers.add_argument("--preset", default="foi", metavar="KEY", help="a published rule")
    numbers.add_argument("--threshold", type=int, metavar="N", help="counts below it are small")
    for name, what in (
        ("--must-print", "cells that are to be printed"),
        ("--must-hide", "cells that are to be withheld"),
        ("--insider", "cells whose count a reader may know"),
        ("--not-counts", "cells that count nobody"),
    ):
        numbers.add_argument(name, nargs="+", default=[], metavar="CELL", help=what)
    numbers.add_argument(
        "--treatment", choices=tuple(map(str, Treatment)), help="only this; else all four"
    )
    numbers.add_argument("--apply", action="store_true", help="confirm the layout, and apply")
    numbers.add_argument("--who", default="", metavar="TEXT", help="who could recognise whom")
    numbers.add_argument(
        "--except",
        dest="excepted",
        action="append",
        default=[],
        metavar="CELL=REASON",
        help="a figure that may be known after all",
    )
    numbers.add_argument("--exemption", default="", metavar="E", help="with its limb")
    numbers.add_argument("--reason", default="", metavar="TEXT")
    numbers.add_argument("--public-interest", default="", metavar="TEXT", help="how it was weighed")
    numbers.add_argument("--justification", type=int, default=0, metavar="N")
    numbers.add_argument("--give-up", action="store_true", help="print all figures again")
    numbers.set_defaults(run=changes(_numbers))


def _numbers(case: Case, arguments: argparse.Namespace) -> Answer:
    if arguments.give_up:
        change = give_up(case, arguments.reason)
        freed = len(change.event.body["freed"])
        shape = {"event": change.event.seq, "printed_again": freed}
        return Answer(shape, (f"{counted(freed, 'figure')} printed again.",))
    draft = _draft(arguments)
    with Lane() as lane:
        say("reading the tables")
        tables = read_tables(case, lane)
        if not tables.documents:
            return Answer({"tables": []}, ("No table of counts was found in the case.",))
        for warned in tables.layout.warnings:
            say(f"warning   {warned.words}")
        if arguments.apply:
            return _apply(case, lane, tables, draft, arguments)
        wanted = (Treatment(arguments.treatment),) if arguments.treatment else FOUR
        answers = [answer(tables, draft, one, lane) for one in wanted]
    found = {
        **_layout_shape(tables),
        "answers": [_answer_shape(one) for one in answers],
        "applied": _applied_shape(plan_of(case)),
    }
    lines = [*_layout_lines(tables), *(_answer_line(one) for one in answers)]
    unsafe = all(one.unsafe for one in answers)
    return Answer(found, tuple(lines), FOUND if unsafe else OK)


def _draft(arguments: argparse.Namespace) -> Draft:
    preset = preset_named(arguments.preset)
    draft = Draft.of(preset)
    policy = replace(
        draft.policy,
        threshold=arguments.threshold or draft.policy.threshold,
        must_print=frozenset(arguments.must_print),
        must_hide=frozenset(arguments.must_hide),
        insiders=frozenset(arguments.insider),
    )
    if policy.threshold < 2:
        raise UsageError("By a threshold below 2 no count is small. Nothing was done.")
    return replace(
        draft,
        policy=policy,
        edits=Edits(not_counts=frozenset(arguments.not_counts)),
        who=arguments.who,
        excepted=_excepted(arguments.excepted),
    )


def _excepted(given: Sequence[str]) -> Mapping[str, str]:
    pairs = [one.partition("=") for one in given]
    if any(not sign for _, sign, _ in pairs):
        raise UsageError("Write --except as CELL=REASON. Nothing was recorded.")
    return {cell.strip(): why.strip() for cell, _, why in pairs}


def _apply(
    case: Case, lane: Lane, tables: CaseTables, draft: Draft, arguments: argparse.Namespace
) -> Answer:
    if not arguments.treatment:
        raise UsageError("Name the --treatment that is to be applied. Nothing was recorded.")
    treatment = Treatment(arguments.treatment)
    found = answer(tables, draft, treatment, lane)
    if treatment in WITHHOLDING:
        ground = Ground(
            arguments.exemption,
            arguments.reason,
            arguments.public_interest,
            arguments.justification,
        )
        change = settle(case, tables, draft, found, ground)
    else:
        change = settle_made(case, lane, tables, draft, found, reason=arguments.reason)
    body = change.event.body
    shape = {
        "event": change.event.seq,
        "withheld": len(body["marks"]),
        "printed_again": len(body["freed"]),
        "status": body["status"],
    }
    return Answer(shape, (f"Applied: {counted(len(body['marks']), 'figure')} withheld.",))


# --- shapes -------------------------------------------------------------------------------------


def _layout_shape(tables: CaseTables) -> dict[str, Any]:
    return {
        "documents": list(tables.documents),
        "earlier": list(tables.earlier),
        "tables": [{"sheet": one.sheet, "range": one.range} for one in tables.layout.tables],
        "relations": [
            {"total": one.total, "parts": list(one.parts), "evidence": str(one.evidence)}
            for one in tables.layout.relations
        ],
        "warnings": [
            {"kind": str(one.doubt), "cells": list(one.cells)} for one in tables.layout.warnings
        ],
    }


def _applied_shape(plan: Plan | None) -> dict[str, Any] | None:
    """Give what holds in the case now; a figure that may be worked out stands with its reason."""
    if plan is None:
        return None
    return {
        "treatment": str(plan.treatment),
        "confirmed_by": plan.confirmed_by,
        "who": plan.who,
        "withheld": sorted(plan.hidden),
        "made": list(plan.made),
        "excepted": dict(plan.excepted),
    }


def _answer_shape(found: Answered) -> dict[str, Any]:
    return {
        "treatment": str(found.treatment),
        "primary": list(found.primary),
        "secondary": list(found.secondary),
        "printed": found.printed,
        "asked": found.asked,
        "status": str(found.status or ""),
        "cost": found.cost,
        "bound": found.bound,
        "unsafe": list(found.unsafe_cells),
        "together": [one.label for one in found.bands],
    }


def _layout_lines(tables: CaseTables) -> list[str]:
    lines = [
        f"table     {one.sheet} {one.range}: {counted(len(one.cells), 'count')}"
        for one in tables.layout.tables
    ]
    lines.append(f"sums      {len(tables.layout.relations):,}, as found: look through them")
    return lines


def _answer_line(found: Answered) -> str:
    hidden = counted(found.asked - found.printed, "figure")
    said = f"{found.treatment:<15} {hidden} not printed ({found.share:.0%} are)"
    if found.unsafe:
        return f"{said}; {counted(len(found.unsafe_cells), 'small number')} can still be worked out"
    return f"{said}; nothing can be worked out"

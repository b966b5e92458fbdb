"""``redactor case sample``: the passages of what is submitted that a reviewer reads again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from redactor.app.case import Case
from redactor.app.sample import Passage, Sample, answer, take_sample
from redactor.cli.opening import changes, tell
from redactor.cli.speaking import Answer, counted
from redactor.errors import UsageError
from redactor.workers import Lane


def add_to(actions: Any, options: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    sample = actions.add_parser(
        "sample", parents=[options], help="passages of what is submitted, drawn to be read again"
    )
    sample.add_argument("case", type=Path, metavar="CASE")
    which = sample.add_mutually_exclusive_group()
    which.add_argument(
        "--clear", nargs="+", type=_unit, metavar="UNIT", help="nothing was missed in these"
    )
    which.add_argument("--missed", type=_unit, metavar="UNIT", help="something was missed in this")
    sample.add_argument("--places", type=_places, default=1, metavar="N", help="how many places")
    sample.add_argument("--reason", default="", metavar="TEXT", help="what was missed")
    sample.set_defaults(run=changes(_sample))


def _unit(text: str) -> int:
    """Read the number of a passage, from 1; gives it from 0."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 10**9:
        return int(text) - 1
    raise argparse.ArgumentTypeError(
        "a passage is named by its number; `redactor case sample` lists the numbers"
    )


def _places(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 10**6:
        return int(text)
    raise argparse.ArgumentTypeError("give how many places were missed, from 1")


def _sample(case: Case, arguments: argparse.Namespace) -> Answer:
    with Lane() as lane:
        sample = take_sample(case, lane, tell)
    answers = _answers(arguments)
    drawn = {one.number for one in sample.passages}
    if unknown := [one for one in answers if one not in drawn]:
        raise UsageError(
            f"Passage {unknown[0] + 1} is not one of the sample. Nothing was recorded. "
            "`redactor case sample` lists the passages."
        )
    for unit, missed in answers.items():
        answer(case, unit, missed, arguments.reason if missed else "")
    return _told(case, sample, answers)


def _answers(arguments: argparse.Namespace) -> dict[int, int]:
    if arguments.missed is not None:
        return {arguments.missed: arguments.places}
    return dict.fromkeys(arguments.clear or (), 0)


def _told(case: Case, sample: Sample, answers: dict[int, int]) -> Answer:
    answered = {one.number: one.missed for one in sample.passages} | answers
    read = sum(one is not None for one in answered.values())
    missed = sum(one or 0 for one in answered.values())
    shape = {
        "state": str(case.life.state),
        "units": sample.units,
        "drawn": len(sample.passages),
        "looked_at": read,
        "missed": missed,
        "sample": case.life.sampled,
        "passages": [_shape(one, answered[one.number]) for one in sample.passages],
    }
    waiting = [one for one in sample.passages if answered[one.number] is None]
    lines = [line for one in waiting for line in _lines(one)]
    lines.append(f"{read} of {counted(len(sample.passages), 'passage')} read, {missed} missed.")
    if case.life.submission is None:
        lines.append("The case was returned, with the passages in which something was missed.")
    return Answer(shape, tuple(lines))


def _shape(one: Passage, missed: int | None) -> dict[str, Any]:
    return {
        "unit": one.number + 1,
        "file": one.file,
        "document": one.document,
        "segments": list(dict.fromkeys(span.segment for span in one.spans)),
        "text": "\n".join(one.pieces),
        "missed": missed,
    }


def _lines(one: Passage) -> tuple[str, ...]:
    return (f"Passage {one.number + 1}, {one.file}, {one.spans[0].segment}:", *one.pieces, "")

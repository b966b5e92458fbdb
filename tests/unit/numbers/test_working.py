"""Small numbers in a worker: what crosses the pipe, progress, and stopping."""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from redactor import jobs
from redactor.errors import Cancelled, NotAdditive
from redactor.model import Progress
from redactor.numbers.answering import answer
from redactor.numbers.answers import Question, Treatment
from redactor.numbers.audit import audit
from redactor.numbers.layout import Layout, detect
from redactor.numbers.model import CellName, Interval, Policy, Tables, hidden_release, needs_of
from redactor.numbers.protect import protect
from redactor.numbers.protection import Status
from redactor.workers import Lane
from redactor.workers.answers import read_answer
from tests.unit.numbers.made_tables import cube, grid
from tests.unit.numbers.sheets import sheet

_TABLES = grid([[3, 9, 14], [11, 2, 8], [7, 6, 21]])
_POLICY = Policy(insiders=frozenset({"S!r1c1"}), weight_of={"S!r1c2": 2.5})
_TEXT = "Area | 2020 | 2021 | Total\nMoor | 3 | 11 | 14\nFell | 6 | 9 | 15\nTotal | 9 | 20 | 29"


def _asked(
    tables: Tables,
    policy: Policy = Policy(),  # noqa: B008 - frozen
    known: Mapping[CellName, Interval] | None = None,
    budget_s: float = 20.0,
) -> Question:
    return Question(Layout((), {}), tables, known or {}, policy, budget_s=budget_s)


def _values() -> dict[str, object]:
    found = protect(_TABLES, _POLICY, budget_s=20)
    release = hidden_release(_TABLES, found.hidden, _POLICY.floor)
    layout = detect([sheet(_TEXT)])
    asked = Question(layout, layout.found(), layout.known, Policy())
    return {
        "tables": _TABLES,
        "policy": _POLICY,
        "release": release,
        "protection": found,
        "audit": audit(release, needs_of(_TABLES, _POLICY), {"S!r1c1": 3}, time_limit=20),
        "layout": layout,
        "question": asked,
        "answered": answer(asked, Treatment.SUPPRESS),
    }


@pytest.mark.parametrize("name", list(_values()))
def test_what_is_worked_out_crosses_the_pipe_as_it_is(name: str) -> None:
    value = _values()[name]
    assert read_answer(pickle.dumps(value)) == value


@pytest.fixture(scope="module")
def lane() -> Any:
    with Lane() as one:
        yield one


def test_a_worker_hides_and_audits_as_here(lane: Lane) -> None:
    asked = _asked(_TABLES, _POLICY)
    found = lane.run(jobs.answer_numbers, asked, Treatment.SUPPRESS)
    assert found == answer(asked, Treatment.SUPPRESS)
    assert found.status is Status.PROVED_MINIMUM
    release = hidden_release(_TABLES, found.hidden, _POLICY.floor)
    needs = needs_of(_TABLES, _POLICY)
    said = lane.run(jobs.audit_release, release, needs, {"S!r1c1": 3}, 20.0)
    assert said == audit(release, needs, {"S!r1c1": 3}, time_limit=20)
    assert said.is_safe
    wide = lane.run(jobs.ranges_of, release, found.primary, 20.0)
    assert set(wide) == set(found.primary)
    assert all(one.low < one.high for one in wide.values())


def test_what_a_reader_has_already_reaches_the_worker(lane: Lane) -> None:
    tables = Tables(_TABLES.counts, _TABLES.relations)
    known = {"S!r1c1": Interval(3, 3)}
    found = lane.run(jobs.answer_numbers, _asked(tables, known=known), Treatment.SUPPRESS)
    assert found.status is Status.UNACHIEVABLE
    assert "S!r1c1" in found.unsafe_cells


def test_tables_that_do_not_add_up_are_refused_from_there_too(lane: Lane) -> None:
    counts = {**_TABLES.counts, "S!all": 1}
    with pytest.raises(NotAdditive):
        lane.run(
            jobs.answer_numbers,
            _asked(Tables(counts, _TABLES.relations)),
            Treatment.SUPPRESS,
        )


def test_a_long_search_says_how_far_it_is_and_stops_when_asked(lane: Lane) -> None:
    tables = cube(random.Random(1), (7, 7, 7), 6)
    heard: list[Progress] = []
    searching = threading.Event()

    def hear(what: Progress) -> None:
        heard.append(what)
        if what.total:
            searching.set()

    asked = _asked(tables, budget_s=600.0)
    ticket = lane.submit(jobs.answer_numbers, asked, Treatment.SUPPRESS, on_report=hear)
    assert searching.wait(120)
    ticket.cancel()
    with pytest.raises(Cancelled):
        ticket.result(60)
    done = [one for one in heard if one.total]
    assert all(0 <= one.done <= one.total for one in done)
    assert {one.what for one in done} == {"looking for the fewest figures to hide"}
    again = lane.run(jobs.answer_numbers, _asked(_TABLES), Treatment.SUPPRESS)
    assert again.hidden  # and goes on


def test_the_window_can_take_an_answer_without_the_solver() -> None:
    script = (
        "import sys, redactor.jobs, redactor.numbers.answers, redactor.numbers.protection, "
        "redactor.numbers.verdicts, redactor.numbers.presets, redactor.app.numbers_protecting\n"
        "assert not {'highspy', 'numpy'} & set(sys.modules), 'a heavy library was loaded'"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", script], check=True, cwd=root, env={**os.environ})

"""The check of an audit adds everything up again, and finds whatever was changed."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

from redactor.numbers import certify as module
from redactor.numbers.audit import audit
from redactor.numbers.certify import certify
from redactor.numbers.model import Need, Release, sum_fact
from redactor.numbers.verdicts import Audit, Finding, Verdict
from tests.unit.numbers.enumeration import small_release


def _audits(kind: str, many: int) -> list[tuple[Release, Audit]]:
    audits = []
    for seed in range(many):
        release, counts = small_release(kind, seed)
        hidden = [cell for cell, one in release.printed.items() if one.low != one.high]
        insiders = {cell: counts[cell] for cell in hidden[:1]}
        needs = [Need(cell, 1, 5) for cell in hidden]
        audits.append((release, audit(release, needs, insiders, time_limit=60)))
    return audits


def test_certify_uses_no_solver_and_no_numpy() -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    imported = {
        node.module if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported == {
        "__future__",
        "collections.abc",
        "redactor.numbers.model",
        "redactor.numbers.verdicts",
    }


def test_every_table_with_one_cell_changed_by_one_is_rejected() -> None:
    rejected = 0
    for release, result in [*_audits("square", 4), *_audits("linked", 3)]:
        assert certify(release, result) == ()
        bound = {cell for one in release.relations for cell, _ in sum_fact(one).terms}
        for number, table in enumerate(result.tables):
            for column, cell in enumerate(result.cells):
                assert cell in bound
                for step in (-1, 1):
                    wrong = (*table[:column], table[column] + step, *table[column + 1 :])
                    tables = (*result.tables[:number], wrong, *result.tables[number + 1 :])
                    faults = certify(release, replace(result, tables=tables))
                    assert any(fault.code == "table" for fault in faults)
                    rejected += 1
    assert rejected > 500


def test_every_derivation_with_one_number_changed_is_rejected() -> None:
    rejected = 0
    for release, result in [*_audits("square", 6), *_audits("shares", 6)]:
        for at, finding in enumerate(result.findings):
            for number, one in enumerate(finding.derivations):
                for wrong in (
                    replace(one, limit=one.limit + 1),
                    replace(one, limit=one.limit - 1),
                    replace(one, scale=0),
                    replace(one, cell="somewhere else"),
                    replace(one, times=((len(release.relations) + 99, 1),)),
                ):
                    derivations = list(finding.derivations)
                    derivations[number] = wrong
                    changed = replace(finding, derivations=tuple(derivations))
                    faults = certify(release, _with(result, at, changed))
                    assert any(fault.code == "derivation" for fault in faults)
                    rejected += 1
    assert rejected > 100


def _with(result: Audit, at: int, finding: Finding) -> Audit:
    findings = (*result.findings[:at], finding, *result.findings[at + 1 :])
    return replace(result, findings=findings)


def test_sums_that_show_less_than_is_claimed_are_rejected() -> None:
    ((release, result),) = _audits("square", 1)
    at, finding = next(
        (at, one)
        for at, one in enumerate(result.findings)
        if any(derivation.times for derivation in one.derivations)
    )
    bare = tuple(replace(one, times=()) for one in finding.derivations)
    assert certify(release, _with(result, at, replace(finding, derivations=bare)))


def test_a_verdict_that_does_not_follow_is_rejected() -> None:
    seen = set()
    for release, result in _audits("square", 6):
        for at, finding in enumerate(result.findings):
            for verdict in set(Verdict) - {finding.verdict, Verdict.UNCONFIRMED}:
                wrong = _with(result, at, replace(finding, verdict=verdict))
                assert any(fault.code == "verdict" for fault in certify(release, wrong))
                seen.add((finding.verdict, verdict))
    assert len(seen) == 6


def test_a_table_that_does_not_show_what_it_should_is_rejected() -> None:
    for release, result in _audits("square", 3):
        for at, finding in enumerate(result.findings):
            for wrong in (
                replace(finding, high_table=None),
                replace(finding, low_table=len(result.tables)),
                replace(finding, low=(finding.low or 0) - 1),
            ):
                faults = certify(release, _with(result, at, wrong))
                assert any(fault.code == "witness" for fault in faults)


def test_a_table_that_the_insider_cannot_think_of_is_rejected() -> None:
    tried = 0
    for release, result in _audits("square", 6):
        for insider, count in result.insiders.items():
            wrong = replace(result, insiders={insider: count + 1})
            tried += any(one.insider for one in result.findings)
            assert bool(certify(release, wrong)) == any(one.insider for one in result.findings)
    assert tried > 0


def test_a_finding_that_is_left_out_is_missed() -> None:
    ((release, result),) = _audits("square", 1)
    for at, finding in enumerate(result.findings):
        rest = (*result.findings[:at], *result.findings[at + 1 :])
        faults = certify(release, replace(result, findings=rest))
        assert [(one.code, one.cell) for one in faults] == [("missing", finding.need.cell)]


def test_an_audit_of_another_release_is_rejected() -> None:
    (release, result), (other, _) = _audits("square", 2)
    assert certify(release, result) == ()
    assert certify(other, result)
    fewer = dict(release.printed)
    fewer.pop(result.cells[0])
    assert certify(Release(fewer, release.relations[1:]), result)


def test_a_fault_says_no_count() -> None:
    ((release, result),) = _audits("square", 1)
    wrong = tuple(tuple(one + 77 for one in table) for table in result.tables)
    faults = certify(release, replace(result, tables=wrong))
    assert faults
    assert not any("77" in fault.said or "78" in fault.said for fault in faults)

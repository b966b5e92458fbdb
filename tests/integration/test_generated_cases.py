"""Whatever a case is made of: letter, schedule and log agree, and no withheld word goes out."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings

from redactor.app.case import Case
from redactor.app.holding_back import going_out
from redactor.app.justifying import justify
from redactor.app.letter_checking import check_draft
from redactor.app.letters import write_letter
from redactor.app.signoff import release, submit
from redactor.errors import Blocked
from redactor.events import EventKind
from redactor.law.exemptions import exemption_named
from redactor.law.justifications import questions
from redactor.law.letters.citations import citations_in
from redactor.model import Action
from redactor.workers import Lane
from tests.case_kit import approve_as_reviewer
from tests.generated_cases import Plan, made_case, plans

_TODAY = date(2026, 3, 20)
#: A case costs about two seconds of CPU time; the profile that searches makes many.
_CASES = max(5, settings.default.max_examples // 20) if settings.default else 5


@settings(max_examples=_CASES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans())
def test_letter_schedule_and_log_agree_and_no_withheld_word_goes_out(
    plan: Plan, lane: Lane
) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        case, numbers = made_case(plan, folder / "a.redactor", lane)
        with closing(case):
            _refuse_what_lacks_an_answer(plan, case, lane, numbers)
            assert [one.message for one in case.blocks()] == []
            submit(case, lane)
            approve_as_reviewer(case, lane)
            release(case, folder / "out")
            letter = folder / "out" / "MC-26-417.docx"
            write_letter(case, lane, letter, today=_TODAY)
            _nothing_withheld_is_in(folder / "out", plan)
            _all_agree(plan, case, folder / "out", letter)
            told = check_draft(letter, lane, case)
            assert [(str(one.kind), one.message) for one in told] == []


def _refuse_what_lacks_an_answer(
    plan: Plan, case: Case, lane: Lane, numbers: dict[str, int]
) -> None:
    """Take one required answer away: the case cannot be handed in, and nothing is recorded."""
    used = sorted(plan.limbs | plan.neither)
    if not used:
        return
    citation = used[plan.flaw % len(used)]
    number = numbers[citation]
    limb, known = exemption_named(citation, plan.regime), case.standing().justifications[number]
    required = [one.key for one in questions(limb, known.answers) if one.key in limb.requires]
    lacking = required[plan.flaw % len(required)]
    fewer = {key: said for key, said in known.answers.items() if key != lacking}
    justify(case, citation, fewer, number=number, reason="Because.")
    with pytest.raises(Blocked):
        submit(case, lane)
    assert all(one.kind is not EventKind.SUBMITTED for one in case.events())
    case.undo()


# --- what goes out -------------------------------------------------------------------------------


def _nothing_withheld_is_in(folder: Path, plan: Plan) -> None:
    """Look for every canary in names, bytes, packed parts and the text of pages."""
    texts = {path.name: "\n".join(_texts(path)).casefold() for path in folder.iterdir()}
    for canary in plan.withheld:
        found = [name for name, text in texts.items() if canary.casefold() in text]
        assert found == [], canary
    for canary in plan.released:
        assert any(canary.casefold() in text for text in texts.values()), canary


def _texts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    yield path.name
    yield data.decode("utf-8", "replace")
    yield data.decode("utf-16-le", "replace")
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield package.read(name).decode("utf-8", "replace")
        yield "\n".join(one.text for one in Document(io.BytesIO(data)).paragraphs)
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(data)
        for page in document:
            yield page.get_textpage().get_text_range().replace("\r\n", "")
        document.close()


# --- what has to agree --------------------------------------------------------------------------


def _all_agree(plan: Plan, case: Case, folder: Path, letter: Path) -> None:
    logged, whole = _logged(plan, case)
    rows, in_full = _scheduled(folder / "schedule.csv")
    assert rows == logged
    assert in_full == whole
    told = "\n".join(one.text for one in Document(str(letter)).paragraphs)
    cited = {
        one.exemption.citation
        for one in citations_in(told.splitlines(), plan.regime)
        if one.exemption is not None and one.exemption.citation != "reg 12(4)(a)"
    }
    assert cited == plan.limbs | plan.neither
    assert {limb for _, limb in (*logged, *in_full)} == plan.limbs
    certificate = json.loads((folder / "certificate.json").read_text("utf-8"))
    assert certificate["submitted"]["body"]["redactions"] == logged.total()
    for number in {number for number, _ in logged}:
        count = sum(many for (one, _), many in logged.items() if one == number)
        places = "1 place is redacted" if count == 1 else f"{count} places are redacted"
        assert places in told


def _logged(plan: Plan, case: Case) -> tuple[Counter[tuple[str, str]], set[tuple[str, str]]]:
    """Count the redactions of the log by public number and limb; and what is withheld in full."""
    now, back = case.standing(), [p.fate == "neither" for p in plan.papers]
    public = {n: str(n - sum(back[:n])) for n in range(1, len(back) + 1) if not back[n - 1]}
    out = {one.number for one in going_out(case)}
    logged = Counter(
        (public[mark.document], now.decisions[mark.id].exemption)
        for mark in case.marks()
        if mark.document in out
        and mark.id in now.decisions
        and now.decisions[mark.id].action is Action.REDACT
    )
    whole = {(public[n], one.decision.exemption) for n, one in now.set_aside.items()}
    return logged, whole


def _scheduled(path: Path) -> tuple[Counter[tuple[str, str]], set[tuple[str, str]]]:
    rows: Counter[tuple[str, str]] = Counter()
    whole: set[tuple[str, str]] = set()
    for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))):
        if len(row) == 6 and row[0].isdigit():
            rows[row[1], row[3]] += 1
        elif len(row) == 2 and row[0].isdigit():
            whole.add((row[0], row[1]))
    return rows, whole

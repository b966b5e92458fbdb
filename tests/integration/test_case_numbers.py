"""Small numbers in a case: withheld as redactions, audited as written, told of truthfully."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest

from redactor.app import numbers_gate
from redactor.app.case import Case
from redactor.app.forms import Form
from redactor.app.letters import letter_context, write_letter
from redactor.app.numbers_case import (
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
from redactor.app.numbers_protecting import ranges
from redactor.app.reading import read_documents
from redactor.app.requests import record_request
from redactor.app.setting_aside import put_back, set_aside
from redactor.app.signoff import release, submit
from redactor.app.soundness import require_sound
from redactor.config import resource_path
from redactor.errors import Blocked, CheckFailed, UsageError
from redactor.labels import COUNT, HIDDEN_COUNT_MEANS
from redactor.law.request import Question, Request
from redactor.model import Action, Aside
from redactor.numbers.answers import Answered, Treatment
from redactor.numbers.layout import book_of
from redactor.numbers.model import hidden_release
from redactor.numbers.presets import preset_named
from redactor.numbers.protection import Status
from redactor.numbers.verdicts import Verdict
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, approve_as_reviewer, new_case

_TABLE = """Allegation,2019,2020,2021,Total
Voyeurism,3,4,12,19
Stalking,10,12,2,24
Assault,5,30,8,43
Theft,7,0,9,16
Total,25,46,31,102
"""
_WHO = "Colleagues of an officer against whom an allegation was made in that year."
_GROUND = Ground(EXEMPTION, "Those who worked there would know who is meant.")


@pytest.fixture
def case(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    with closing(new_case(tmp_path / "a.redactor")) as made:
        made.add_bytes("allegations.csv", _TABLE.encode())
        read_documents(made, lane)
        yield made


def _draft() -> Draft:
    return replace(Draft.of(preset_named("foi")), who=_WHO)


def _suppressed(case: Case, lane: Lane) -> tuple[CaseTables, Answered]:
    tables = read_tables(case, lane)
    return tables, answer(tables, _draft(), Treatment.SUPPRESS, lane)


def _settle(case: Case, lane: Lane) -> CaseTables:
    tables, found = _suppressed(case, lane)
    settle(case, tables, _draft(), found, _GROUND)
    return tables


def _keep_the_rest(case: Case) -> None:
    """Keep what detection found; headings of years and offences are no secret here."""
    decided = case.standing().decisions
    rest = [m.id for m in case.marks() if m.id not in decided and not m.by_hand and not m.hidden]
    if rest:
        case.decide(rest, Action.KEEP, "", "It is a heading.")


def _released(case: Case, lane: Lane, folder: Path) -> Path:
    _keep_the_rest(case)
    submit(case, lane)
    approve_as_reviewer(case, lane)
    release(case, folder)
    return folder


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_withheld_figures_are_redactions_with_limb_and_reason(case: Case, lane: Lane) -> None:
    _settle(case, lane)
    plan = plan_of(case)
    assert plan is not None
    decisions = case.standing().decisions
    marks = [one for one in case.marks() if one.label == COUNT]
    assert len(marks) == len(plan.hidden) > 3
    for one in marks:
        assert decisions[one.id].action is Action.REDACT
        assert decisions[one.id].exemption == EXEMPTION
        assert decisions[one.id].reason == _GROUND.reason


def test_the_release_prints_c_and_everything_else_as_it_was(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    _settle(case, lane)
    plan = plan_of(case)
    folder = _released(case, lane, tmp_path / "out")
    written = _rows((folder / "allegations.csv").read_text("utf-8-sig"))
    for row, (now, before) in enumerate(zip(written, _rows(_TABLE), strict=True)):
        for column, (cell, was) in enumerate(zip(now, before, strict=True)):
            name = f"1:Sheet 1!{'ABCDE'[column]}{row + 1}"
            assert cell == ("[c]" if plan is not None and name in plan.hidden else was)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (check,) = [one for one in manifest["checks"] if one["name"] == "small numbers"]
    assert check["ok"] is True


def test_nothing_public_tells_which_withheld_figures_are_small(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    _settle(case, lane)
    folder = _released(case, lane, tmp_path / "out")
    rows = _rows((folder / "schedule.csv").read_text("utf-8-sig"))
    told = [row for row in rows if "Count in a table" in row]
    assert len(told) == len({tuple(row[:3]) for row in told})
    assert len({tuple(row[3:]) for row in told}) == 1
    said = (folder / "certificate.json").read_text("utf-8") + json.dumps(rows)
    assert "primary" not in said
    assert "it is small" not in said


def test_one_withheld_figure_printed_after_all_stops_the_release(case: Case, lane: Lane) -> None:
    _settle(case, lane)
    plan = plan_of(case)
    assert plan is not None
    other = plan.secondary[0].rpartition("!")[2]
    row, column = int(other[1:]), "ABCDE".index(other[0])
    (mark,) = [
        one.id
        for one in case.marks()
        if one.label == COUNT and one.target.key == (f"row:{row}", column)  # type: ignore[union-attr]
    ]
    case.decide([mark], Action.KEEP, "", "It is not small.")
    _keep_the_rest(case)
    with pytest.raises(Blocked, match="can be worked out of what would be released"):
        submit(case, lane)


def test_a_table_that_came_in_later_has_to_be_looked_at(case: Case, lane: Lane) -> None:
    _settle(case, lane)
    case.add_bytes("more.csv", b"Area,2021,Total\nNorth,2,2\nSouth,9,9\nTotal,11,11\n")
    read_documents(case, lane)
    _keep_the_rest(case)
    with pytest.raises(Blocked, match="not those whose layout was confirmed"):
        submit(case, lane)


def test_what_is_public_already_counts_as_known(case: Case, lane: Lane) -> None:
    """One figure was printed before: what is withheld now must hold against that, too."""
    alone = _suppressed(case, lane)[1]
    case.add_bytes(
        "last year.csv", _TABLE.replace("Voyeurism,3,4,12", "Voyeurism,[c],[c],12").encode()
    )
    read_documents(case, lane)
    set_aside(case, 2, Aside.PUBLIC, "It was released last year.")
    tables, found = _suppressed(case, lane)
    assert tables.documents == (1,)
    assert tables.earlier == (2,)
    assert tables.layout.earlier
    assert found.unsafe or found.hidden != alone.hidden


def test_one_undo_takes_all_of_it_back(case: Case, lane: Lane) -> None:
    _settle(case, lane)
    withheld = dict(case.standing().decisions)
    case.undo()
    assert plan_of(case) is None
    assert not case.standing().decisions
    case.redo()
    assert plan_of(case) is not None
    assert dict(case.standing().decisions) == withheld


def test_another_answer_takes_the_place_of_the_first(case: Case, lane: Lane) -> None:
    tables = _settle(case, lane)
    first = set(case.standing().decisions)
    hide = replace(_draft().policy, must_hide=frozenset({"1:Sheet 1!D4"}))
    draft = replace(_draft(), policy=hide)
    change = settle(case, tables, draft, answer(tables, draft, Treatment.SUPPRESS, lane), _GROUND)
    plan = plan_of(case)
    assert plan is not None
    assert "1:Sheet 1!D4" in plan.hidden
    assert set(case.standing().decisions) == set(change.event.body["marks"])
    assert first - set(change.event.body["marks"]) == set(change.event.body["freed"])
    case.undo()
    assert set(case.standing().decisions) == first


def test_giving_up_prints_all_figures_again(case: Case, lane: Lane) -> None:
    _settle(case, lane)
    with pytest.raises(UsageError, match="reason"):
        give_up(case, " ")
    give_up(case, "The figures are published in the annual report.")
    assert plan_of(case) is None
    assert not case.standing().decisions


@pytest.mark.parametrize(
    ("draft", "ground", "said"),
    [
        (replace(_draft(), who=" "), _GROUND, "who could recognise whom"),
        (_draft(), Ground(EXEMPTION, " "), "a reason"),
        (_draft(), Ground("", "They would be known."), "its limb"),
        (_draft(), Ground("s40(2)", "They would be known."), "limb"),
        (_draft(), Ground("s40(5B)(a)(i)", "They would be known."), "not for a figure"),
        (_draft(), Ground(justification=4), "no justification 4"),
        (replace(_draft(), excepted={"1:Sheet 1!B2": " "}), _GROUND, "needs a reason"),
    ],
)
def test_what_is_wanting_is_asked_for(
    case: Case, lane: Lane, draft: Draft, ground: Ground, said: str
) -> None:
    tables, found = _suppressed(case, lane)
    with pytest.raises(UsageError, match=said):
        settle(case, tables, draft, found, ground)
    assert plan_of(case) is None


def test_a_small_figure_that_is_to_be_printed_needs_a_reason(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    tables = read_tables(case, lane)
    cell = "1:Sheet 1!B2"
    draft = replace(_draft(), policy=replace(_draft().policy, must_print=frozenset({cell})))
    found = answer(tables, draft, Treatment.SUPPRESS, lane)
    with pytest.raises(Blocked, match="1 small number"):
        settle(case, tables, draft, found, _GROUND)
    draft = replace(draft, excepted={cell: "The three agreed to be counted in public."})
    settle(case, tables, draft, found, _GROUND)
    folder = _released(case, lane, tmp_path / "out")
    assert _rows((folder / "allegations.csv").read_text("utf-8-sig"))[1][1] == "3"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (check,) = [one for one in manifest["checks"] if one["name"] == "small numbers"]
    assert check["ok"] is True


def test_rounded_figures_go_out_in_a_document_of_their_own(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    tables = read_tables(case, lane)
    found = answer(tables, _draft(), Treatment.ROUND, lane)
    settle_made(case, lane, tables, _draft(), found, reason="Rounded figures answer the question.")
    assert case.standing().set_aside[1].why is Aside.REPLACED
    folder = _released(case, lane, tmp_path / "out")
    names = {one.name for one in folder.iterdir()}
    assert "allegations.csv" not in names
    (name,) = [one for one in names if "rounded" in one]
    figures = [
        int(cell)
        for row in _rows((folder / name).read_text("utf-8-sig"))
        for cell in row[1:]
        if cell.isdecimal() and int(cell) < 2000
    ]
    assert len(figures) == 20
    assert all(one % 5 == 0 for one in figures)


def test_the_original_of_rounded_figures_put_back_stops_the_release(case: Case, lane: Lane) -> None:
    tables = read_tables(case, lane)
    found = answer(tables, _draft(), Treatment.ROUND, lane)
    settle_made(case, lane, tables, _draft(), found, reason="Rounded figures answer the question.")
    put_back(case, 1)
    _keep_the_rest(case)
    with pytest.raises(Blocked, match="not those whose layout was confirmed"):
        submit(case, lane)


def test_one_undo_takes_rounded_figures_back_and_they_can_be_made_again(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    tables = read_tables(case, lane)
    found = answer(tables, _draft(), Treatment.ROUND, lane)
    settle_made(case, lane, tables, _draft(), found, reason="Rounded figures answer the question.")
    assert _out(case) == {1: 2}
    case.undo()
    assert plan_of(case) is None
    assert _out(case) == {2: 1}
    case.redo()
    assert _out(case) == {1: 2}
    give_up(case, "The exact figures are published.")
    assert plan_of(case) is None
    assert _out(case) == {2: 1}
    settle_made(case, lane, tables, _draft(), found, reason="Rounded figures answer the question.")
    assert _out(case) == {1: 2}
    assert len(case.documents()) == 2
    require_sound(case)
    _released(case, lane, tmp_path / "out")


def test_an_original_withheld_since_its_figures_were_rounded_stays_out(
    case: Case, lane: Lane
) -> None:
    tables = read_tables(case, lane)
    found = answer(tables, _draft(), Treatment.ROUND, lane)
    settle_made(case, lane, tables, _draft(), found, reason="Rounded figures answer the question.")
    set_aside(case, 1, Aside.WITHHELD, "They would be known.", exemption=EXEMPTION)
    give_up(case, "Nothing of it is to go out.")
    assert case.standing().set_aside[1].why is Aside.WITHHELD


def _out(case: Case) -> dict[int, int]:
    """Give the documents that are replaced, and by which."""
    return {number: one.by for number, one in case.standing().set_aside.items()}


_TWO_SHEETS = {
    "Upheld": [["Kind", "2020", "2021", "Total"], ["Late", 2, 9, 11], ["Rude", 8, 3, 11],
               ["Lost", 12, 20, 32], ["Total", 22, 32, 54]],
    "Dropped": [["Kind", "2022", "2023", "Total"], ["Cold", 12, 1, 13], ["Wet", 8, 30, 38],
                ["Dark", 11, 20, 31], ["Total", 31, 51, 82]],
}  # fmt: skip


def test_rounded_tables_of_several_sheets_are_each_read_back(
    tmp_path: Path, lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in _TWO_SHEETS.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.create_sheet("Notes").append(["Complaints are counted when they are closed."])
    workbook.create_sheet("Sheet4")
    workbook.save(tmp_path / "complaints.xlsx")
    with closing(new_case(tmp_path / "b.redactor")) as case:
        case.add_file(tmp_path / "complaints.xlsx")
        read_documents(case, lane)
        tables = read_tables(case, lane)
        found = answer(tables, _draft(), Treatment.ROUND, lane)
        settle_made(case, lane, tables, _draft(), found, reason="They answer the question.")
        asked: list[int] = []
        audit = numbers_gate._unsafe
        monkeypatch.setattr(
            numbers_gate,
            "_unsafe",
            lambda attempt, of: (asked.append(len(of.release.printed)), audit(attempt, of))[1],
        )
        _released(case, lane, tmp_path / "out")
    assert asked == [2 * 4 * 3], "the cells of both sheets"


def test_what_has_become_public_since_tables_were_rounded_stops_the_release(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    tables = read_tables(case, lane)
    found = answer(tables, _draft(), Treatment.ROUND, lane)
    settle_made(case, lane, tables, _draft(), found, reason="They answer the question.")
    case.add_bytes("last-year.csv", _TABLE.encode("utf-8") + b"\n")
    read_documents(case, lane)
    set_aside(case, 3, Aside.PUBLIC, "It was published in March.")
    _keep_the_rest(case)
    with pytest.raises(Blocked, match="not those whose layout was confirmed"):
        submit(case, lane)


def test_a_document_with_text_beside_its_tables_is_not_replaced(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    _with_word_table(case, lane, tmp_path)
    tables = read_tables(case, lane)
    found = answer(tables, _draft(), Treatment.ROUND, lane)
    with pytest.raises(UsageError, match="Document 2 is a"):
        settle_made(case, lane, tables, _draft(), found, reason="Rounded.")
    assert not case.standing().set_aside


def _with_word_table(case: Case, lane: Lane, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Complaints by area.")
    rows = [["Area", "Upheld", "Not upheld", "Total"], ["North", "2", "9", "11"]]
    rows += [["South", "8", "3", "11"], ["West", "10", "20", "30"], ["Total", "20", "32", "52"]]
    table = document.add_table(rows=len(rows), cols=4)
    for row, line in enumerate(rows):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    document.save(str(tmp_path / "complaints.docx"))
    case.add_file(tmp_path / "complaints.docx")
    read_documents(case, lane)


def test_a_table_in_running_text_is_protected_and_explained_there(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    _with_word_table(case, lane, tmp_path)
    _settle(case, lane)
    plan = plan_of(case)
    assert plan is not None
    assert {one.partition(":")[0] for one in plan.hidden} == {"1", "2"}
    _keep_the_rest(case)
    submit(case, lane, forms={2: Form("docx", "They work on with it.")})
    approve_as_reviewer(case, lane)
    release(case, tmp_path / "out")
    written = docx.Document(str(tmp_path / "out" / "complaints.docx"))
    cells = [[cell.text for cell in row.cells] for row in written.tables[0].rows]
    assert cells[1][1] == "[c]"
    assert cells[4] == ["Total", "20", "32", "52"]
    assert HIDDEN_COUNT_MEANS in [one.text for one in written.paragraphs]


def test_the_rows_of_a_pdf_are_read_back_by_another_engine(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    _with_word_table(case, lane, tmp_path)
    _settle(case, lane)
    folder = _released(case, lane, tmp_path / "out")
    pages = pypdfium2.PdfDocument((folder / "complaints.pdf").read_bytes())
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert "[c]" in text
    assert HIDDEN_COUNT_MEANS[:30] in text


def test_the_letter_says_what_is_true_of_the_result(case: Case, lane: Lane) -> None:
    assert letter_context(case, date(2026, 3, 2))["notices"] == []
    tables, found = _suppressed(case, lane)
    assert found.status is Status.PROVED_MINIMUM
    settle(case, tables, _draft(), found, _GROUND)
    said = " ".join(letter_context(case, date(2026, 3, 2))["notices"])
    assert "as few figures as we could" in said
    assert "not themselves small" in said
    assert "section 16" in said
    settle(case, tables, _draft(), replace(found, status=Status.BEST_FOUND), _GROUND)
    assert "as few" not in " ".join(letter_context(case, date(2026, 3, 2))["notices"])


def test_the_sample_tells_the_story(tmp_path: Path, lane: Lane) -> None:
    """Small numbers alone withheld, some can be worked out exactly; by our answer, none can."""
    with closing(new_case(tmp_path / "sample.redactor")) as case:
        for name in ("allegations.xlsx", "response-letter.docx"):
            case.add_file(resource_path("sample_case", "documents", name))
        read_documents(case, lane)
        tables, found = _suppressed(case, lane)
    assert found.status is Status.PROVED_MINIMUM
    confirmed, small = tables.layout.found(), found.primary
    assert {book_of(one) for one in small} == {1, 2}, "the letter repeats figures of the workbook"
    alone = hidden_release(confirmed, frozenset(small), floor=1)
    before = ranges(alone, small, lane)
    assert sum(one is not None and one.low == one.high for one in before.values()) >= 10
    after = ranges(found.release, small, lane)
    assert all(one is not None and one.low != one.high for one in after.values())
    assert all(one.verdict is Verdict.NARROW for one in found.unsafe)


def test_a_letter_that_gives_a_withheld_figure_is_not_written(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    _settle(case, lane)
    day = date(2026, 3, 2)
    record_request(case, Request((Question("How many?", answer="In 2021, 2 were of stalking."),)))
    with pytest.raises(CheckFailed, match="a count that a table withholds"):
        write_letter(case, lane, tmp_path / "letter.docx", today=day)
    assert not (tmp_path / "letter.docx").exists()
    record_request(case, Request((Question("How many?", answer="The tables give them."),)))
    write_letter(case, lane, tmp_path / "letter.docx", today=day)
    assert (tmp_path / "letter.docx").exists()

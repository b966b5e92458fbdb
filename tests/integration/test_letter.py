"""The response letter of a case: what it says, what it must not say, and how a site changes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from redactor.app.case import Case
from redactor.app.justifying import justify
from redactor.app.letters import Requester, letter_context, read_requester, write_letter
from redactor.app.reading import read_documents
from redactor.app.requests import record_request
from redactor.app.signoff import submit
from redactor.app.soundness import require_listed
from redactor.errors import CheckFailed, UsageError
from redactor.law.request import Question, Request, Stance
from redactor.model import Action
from redactor.release.letter import citation_in_words
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, OFFICER, PASSPHRASE, approve_as_reviewer, new_case

TODAY = date(2026, 3, 30)
_FILES = {
    "minutes.txt": b"The panel met on Monday.\nZebedee Marl spoke.\n",
    "costs.txt": b"The review cost 400 pounds.\nMarigold Thrupp paid.\n",
}
_ASKED = (
    Question("What did the panel say?", documents=(1,)),
    Question("What did the review cost?", documents=(2,), answer="The review cost 400 pounds."),
    Question("How many officers were interviewed?", Stance.NOT_HELD),
)


@pytest.fixture
def case(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    with closing(new_case(tmp_path / "a.redactor", "FOI/26/117")) as made:
        for name, data in _FILES.items():
            made.add_bytes(name, data)
        read_documents(made, lane)
        record_request(made, Request(_ASKED, received=date(2026, 3, 2), advice="Ask by year."))
        _decide(made, "They would not expect to be named")
        yield made


def _decide(case: Case, reason: str) -> None:
    ids = [one.id for one in case.marks() if one.hidden is None]
    case.decide(ids, Action.REDACT, EXEMPTION, reason)


def _text(path: Path) -> str:
    return "\n".join(one.text for one in Document(str(path)).paragraphs)


def _written(case: Case, lane: Lane, path: Path, requester: Requester | None = None) -> str:
    write_letter(case, lane, path, today=TODAY, requester=requester)
    return _text(path)


def test_every_question_is_answered_by_its_number(case: Case, lane: Lane, tmp_path: Path) -> None:
    said = _written(case, lane, tmp_path / "letter.docx")
    assert "1. What did the panel say?" in said
    assert all(f"Question {number}" in said for number in (1, 2, 3))
    assert "The review cost 400 pounds." in said
    assert "We have searched for this information and do not hold it." in said


def test_it_is_a_refusal_notice_with_limb_standing_and_reason(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    said = _written(case, lane, tmp_path / "letter.docx")
    assert "refusal notice under section 17" in said
    assert "Section 40(2) by virtue of section 40(3A)(a)" in said
    assert "This is an absolute exemption." in said
    assert "They would not expect to be named." in said
    assert "public interest" not in said.lower().partition("if you are not content")[0]


def test_a_qualified_limb_says_how_the_public_interest_was_weighed(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    ids = [one.id for one in case.marks(2) if one.hidden is None]
    case.decide(
        ids,
        Action.REDACT,
        "s31(1)(a)",
        "It would show how we investigate.",
        "The balance favours care.",
    )
    said = _written(case, lane, tmp_path / "letter.docx")
    assert "This is a qualified exemption." in said
    assert "The balance favours care." in said


def test_reasons_that_would_themselves_disclose_are_not_in_the_letter(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    answers = {"reasons_withheld": "yes"}
    change = justify(case, EXEMPTION, answers, reason="An informer stood behind the door.")
    ids = [one.id for one in case.marks() if one.hidden is None]
    case.decide_under(ids, int(change.event.body["justification"]))
    said = _written(case, lane, tmp_path / "letter.docx")
    assert "Section 40(2) by virtue of section 40(3A)(a)" in said
    assert "informer" not in said


def test_letter_schedule_and_log_rely_on_the_same_limbs(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    ids = [one.id for one in case.marks() if one.hidden is None]
    limbs = (EXEMPTION, "s31(1)(a)", "s38(1)(a)")
    for at, mark in enumerate(ids):
        case.decide([mark], Action.REDACT, limbs[at % len(limbs)], "Why.", "It was weighed.")
    submitted = submit(case, lane)
    files = {one.name: one.data for one in require_listed(case, submitted.event)}
    rows = csv.reader(io.StringIO(files["schedule.csv"].decode("utf-8-sig")))
    scheduled = {cell for row in rows for cell in row if cell in limbs}
    logged = {one.exemption for one in case.standing().decisions.values()}
    said = {one["citation"] for one in letter_context(case, TODAY)["grounds"]}
    assert scheduled == logged
    assert said == {citation_in_words(one) for one in logged}


def test_it_says_where_to_complain(case: Case, lane: Lane, tmp_path: Path) -> None:
    said = _written(case, lane, tmp_path / "letter.docx")
    assert "internal review" in said
    assert "section 50" in said
    assert "Information Commissioner’s Office" in said
    assert "section 16" in said


def test_each_file_that_a_document_goes_out_as_is_quoted_by_itself(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    number = case.add_bytes("costs.xlsx", _workbook_of("Staff", "Travel"))
    read_documents(case, lane)
    if late := [one.id for one in case.marks(number)]:
        case.decide(late, Action.KEEP, "", "Sums name nobody.")
    asked = Question("What did each part cost?", documents=(number, 2))
    record_request(case, Request((asked,), received=date(2026, 3, 2)))
    submit(case, lane)
    said = _written(case, lane, tmp_path / "letter.docx")
    both = "“costs - Staff.csv” and “costs - Travel.csv”"
    assert f"It is in {both}, which come with this letter." in said
    assert "More of it is in “costs.txt”, which comes with this letter." in said


def _workbook_of(*sheets: str) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active.title = sheets[0]
    for name in sheets[1:]:
        workbook.create_sheet(name)
    for sheet in workbook:
        sheet.append(["Pounds"])
        sheet.append([400])
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def test_until_the_case_is_approved_it_says_that_it_is_a_draft(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    assert "DRAFT" in _written(case, lane, tmp_path / "first.docx")
    submit(case, lane)
    approve_as_reviewer(case, lane)
    said = _written(case, lane, tmp_path / "second.docx")
    assert "DRAFT" not in said
    assert "“minutes.txt”" in said


def test_whoever_asked_is_named_in_the_letter_and_nowhere_in_the_case(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    asked = tmp_path / "who.txt"
    asked.write_text("Ottoline Farr\n4 Example Row\nExampleton\n", "utf-8")
    said = _written(case, lane, tmp_path / "letter.docx", read_requester(asked))
    assert "Dear Ottoline Farr" in said
    assert "4 Example Row" in said
    link = case.store.vault.link
    tables = [name for (name,) in link.execute("SELECT name FROM sqlite_schema WHERE type='table'")]
    rows = [str(link.execute(f"SELECT * FROM {one}").fetchall()) for one in tables]
    assert "minutes.txt" in str(rows)
    assert "Ottoline" not in str(rows)


def test_a_requester_who_is_withheld_in_the_file_can_still_be_addressed(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    asked = Requester("Zebedee Marl")
    assert "Dear Zebedee Marl" in _written(case, lane, tmp_path / "letter.docx", asked)


def test_no_letter_is_written_that_says_what_is_withheld(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    _decide(case, "Zebedee Marl would not expect to be named.")
    with pytest.raises(CheckFailed, match="would stand in the letter") as caught:
        _written(case, lane, tmp_path / "letter.docx")
    assert "Zebedee" not in str(caught.value)
    assert not (tmp_path / "letter.docx").exists()


def test_an_answer_that_is_neither_confirmed_nor_denied_names_no_file(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    limb = justify(case, "s40(5B)(a)(i)", {}, reason="Either answer would tell who it is.")
    number = int(limb.event.body["justification"])
    asked = Question("Was he held?", Stance.NEITHER, documents=(2,), justification=number)
    record_request(case, Request((_ASKED[0], asked)))
    said = _written(case, lane, tmp_path / "letter.docx")
    assert "neither confirm nor deny" in said
    assert "document 2" not in said
    assert "Section 40(5B)(a)(i)" in said
    assert "Either answer would tell who it is." in said


def test_an_authority_changes_the_letter_in_word(
    case: Case, lane: Lane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _site_template(tmp_path, monkeypatch, "Greetings, {{ ref }}.")
    assert _written(case, lane, tmp_path / "letter.docx") == "Greetings, FOI/26/117."


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ questions.append(1) }}",
        "{{ nothing_of_this_name }}",
        "{% for one in questions %}",
    ],
)
def test_a_template_does_nothing_but_fill_in(
    case: Case, lane: Lane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    _site_template(tmp_path, monkeypatch, text)
    with pytest.raises(UsageError, match="cannot be filled in"):
        _written(case, lane, tmp_path / "letter.docx")


def test_a_template_that_is_no_word_file_is_named(
    case: Case, lane: Lane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _site_template(tmp_path, monkeypatch, "x")
    (tmp_path / "law" / "letters" / "foi.docx").write_bytes(b"no zip")
    with pytest.raises(UsageError, match="no plain Word file"):
        _written(case, lane, tmp_path / "letter.docx")


def test_an_existing_file_is_not_replaced(case: Case, lane: Lane, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"mine")
    with pytest.raises(UsageError, match="is there already"):
        _written(case, lane, tmp_path / "letter.docx")


def test_the_reasons_that_are_kept_back_are_said_to_be(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    change = justify(
        case, EXEMPTION, {"reasons_withheld": "yes"}, reason="An informer stood there."
    )
    ids = [one.id for one in case.marks() if one.hidden is None]
    case.decide_under(ids, int(change.event.body["justification"]))
    assert "Under section 17(4) of the Act" in _written(case, lane, tmp_path / "letter.docx")


def test_a_case_that_neither_confirms_nor_denies_names_its_limb_in_every_answer(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    change = justify(case, "s40(5B)(a)(i)", {}, reason="To say so would tell who it is.")
    number = int(change.event.body["justification"])
    asked = tuple(Question(one.asked) for one in _ASKED)
    neither = "Under section 40(5B)(a)(i) of the Act we neither confirm nor deny"
    for many, questions in ((3, asked), (1, ())):
        record_request(case, Request(questions, Stance.NEITHER, number))
        said = _written(case, lane, tmp_path / f"letter {many}.docx")
        assert said.count(neither) == many


def test_a_ground_says_in_answer_to_which_questions_it_is_relied_on(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    said = _written(case, lane, tmp_path / "letter.docx")
    assert "We rely on it in answer to questions 1, 2." in said
    assert said.count("We hold this information.") == 2


@pytest.mark.parametrize("regime", ["eir", "sar", "sar-le"])
def test_every_regime_has_a_letter_in_its_own_words(
    regime: str, lane: Lane, tmp_path: Path
) -> None:
    made = Case.create(tmp_path / "b.redactor", "R/1", PASSPHRASE, OFFICER, regime=regime)
    with closing(made):
        said = _written(made, lane, tmp_path / "letter.docx")
    assert {"eir": "regulation", "sar": "Article 15", "sar-le": "section 45"}[regime] in said
    assert "{{" not in said
    assert "{%" not in said


@pytest.mark.parametrize(
    ("regime", "limb", "said"),
    [
        ("sar", "DPA 2018 Sch 2 para 2(1)", "paragraph 2(1) of Schedule 2"),
        ("sar-le", "DPA 2018 s45(6)", "section 45(6)"),
    ],
)
def test_access_to_one_s_own_data_can_be_neither_confirmed_nor_denied(
    regime: str, limb: str, said: str, lane: Lane, tmp_path: Path
) -> None:
    made = Case.create(tmp_path / "b.redactor", "R/1", PASSPHRASE, OFFICER, regime=regime)
    with closing(made):
        change = justify(made, limb, {}, reason="To say so would warn the person of an inquiry.")
        number = int(change.event.body["justification"])
        asked = Question("What do you hold on me?", Stance.NEITHER, justification=number)
        record_request(made, Request((asked,), received=date(2026, 3, 2)))
        written = _written(made, lane, tmp_path / "letter.docx")
    answer = written.partition("Question 1")[2]
    assert said.lower() in answer.lower().partition("we neither confirm nor deny")[0]
    assert "We hold" not in answer


def _site_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    folder = tmp_path / "law" / "letters"
    folder.mkdir(parents=True)
    document = Document()
    document.add_paragraph(text)
    written = io.BytesIO()
    document.save(written)
    (folder / "foi.docx").write_bytes(written.getvalue())
    monkeypatch.setenv("REDACTOR_LAW", str(tmp_path / "law"))

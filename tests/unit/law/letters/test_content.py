from __future__ import annotations

import pytest

from redactor.law.letters import (
    CaseFacts,
    HiddenPart,
    Kind,
    Letter,
    WithheldTerm,
    issues_of,
    passages_of,
)
from redactor.matching import make_term
from redactor.model import HiddenKind
from tests.unit.law.letters.kit import CLEAN_FOI, issues, kinds, letter, said


def _with(line: str) -> str:
    return CLEAN_FOI.replace("Yours sincerely", line)


# --- questions --------------------------------------------------------------------------------


def test_a_question_that_is_not_answered_by_its_number_is_an_issue() -> None:
    text = CLEAN_FOI.replace("Question 3\n", "The procedure\n")
    assert said(text, Kind.QUESTION) == ["Question 3 is not answered by its number."]


def test_a_part_of_a_question_that_is_not_answered_is_an_issue() -> None:
    text = CLEAN_FOI.replace("Question 2(b)\n", "The summaries\n")
    assert said(text, Kind.QUESTION) == ["Question 2(b) is not answered by its number."]


def test_an_answer_to_a_question_as_a_whole_answers_its_parts() -> None:
    text = CLEAN_FOI.replace("question 2(a)\n", "question 2\n").replace("Question 2(b)\n", "It\n")
    assert said(text, Kind.QUESTION) == []


def test_answers_that_name_no_question_are_an_issue_once() -> None:
    text = CLEAN_FOI.replace("Question 1 and question 2(a)", "Figures")
    text = text.replace("Question 2(b)", "Summaries").replace("Question 3\n", "Procedure\n")
    assert len(said(text, Kind.QUESTION)) == 1


def test_a_range_of_questions_answers_all_of_it() -> None:
    text = CLEAN_FOI.replace("Question 3\n", "Questions 1 to 3\n")
    assert said(text, Kind.QUESTION) == []


def test_numbered_items_answer_the_questions_of_their_numbers() -> None:
    text = CLEAN_FOI.replace("Question 1 and question 2(a)", "1. The figures")
    text = text.replace("Question 2(b)", "2. The rest").replace("Question 3\n", "3. Vetting\n")
    assert said(text, Kind.QUESTION) == []


# --- reasons ----------------------------------------------------------------------------------


def test_reasoning_under_two_headings_is_an_issue() -> None:
    line = next(one for one in CLEAN_FOI.splitlines() if "whom colleagues would" in one)
    assert len(said(_with(line), Kind.REPETITION)) == 1


def test_that_the_same_files_answer_two_questions_is_said_twice() -> None:
    line = "It is in “a - 2022.csv”, “a - 2023.csv” and “all.csv”, which come with this letter."
    assert said(_with(f"{line}\n{line}"), Kind.REPETITION) == []


def test_special_category_data_needs_its_head() -> None:
    line = "The names are special category data, and no condition of Article 9(2) is met."
    assert len(said(_with(line), Kind.DATA_CLASS)) == 1
    assert said(_with(f"{line} They tell of health."), Kind.DATA_CLASS) == []


def test_two_classes_of_one_mass_are_an_issue_unless_told_apart() -> None:
    both = "The information is criminal offence data and special category data on sex life."
    apart = (
        "The outcomes are criminal offence data and the columns on sex life special category data."
    )
    assert len(said(_with(both), Kind.DATA_CLASS)) == 1
    assert said(_with(apart), Kind.DATA_CLASS) == []


def test_two_classes_of_one_mass_are_an_issue_in_two_sentences_as_well() -> None:
    text = _with(
        "The requested information includes special category data on sex life.\n"
        "The requested information constitutes data relating to criminal convictions."
    )
    assert len(said(text, Kind.DATA_CLASS)) == 1


@pytest.mark.parametrize(
    ("cut", "lacking"),
    [
        ("The legitimate interest is in how complaints are handled. ", "the purpose"),
        ("is not necessary for it", "whether disclosure is necessary"),
    ],
)
def test_an_assessment_of_interests_has_its_three_parts(cut: str, lacking: str) -> None:
    (one,) = said(CLEAN_FOI.replace(cut, ""), Kind.INTERESTS)
    assert lacking in one


def test_the_first_condition_without_any_basis_is_an_issue() -> None:
    text = (
        "Under FOIA the names are withheld by section 40(2) by virtue of section 40(3A)(a), "
        "because they are names."
    )
    assert any("does not say why" in one for one in said(text, Kind.INTERESTS))


def test_what_may_constitute_something_is_a_blanket_statement() -> None:
    assert len(said(_with("It may constitute personal data."), Kind.BLANKET)) == 1


def test_brackets_that_do_not_pair_are_an_issue_but_marks_of_a_list_are_none() -> None:
    assert len(said(_with("As defined (in Article 9(1) of it."), Kind.BRACKET)) == 1
    assert said(_with("b) As defined in it (Article 9(1))."), Kind.BRACKET) == []


# --- figures ----------------------------------------------------------------------------------


def test_parts_that_do_not_add_up_are_an_issue() -> None:
    text = CLEAN_FOI.replace("Not upheld: 14", "Not upheld: 13")
    assert said(text, Kind.FIGURE) == ["The parts add up to 23, and the total is given as 24."]


def test_the_parts_of_a_number_in_a_sentence_add_up() -> None:
    text = CLEAN_FOI.replace("the remaining 14", "the remaining 15")
    assert said(text, Kind.FIGURE) == ["The parts add up to 25, and the whole is given as 24."]


def test_a_hidden_count_that_the_total_gives_away_is_an_issue() -> None:
    one = "Upheld: 10\nPending: fewer than 5\nNot upheld: 14\nTotal: 27\nYours sincerely"
    two = "Upheld: <5\nPending: <5\nNot upheld: 14\nTotal: {}\nYours sincerely"
    assert len(said(_with(one), Kind.SMALL_COUNT)) == 1
    assert len(said(_with(two.format(22)), Kind.SMALL_COUNT)) == 1
    assert said(_with(two.format(19)), Kind.SMALL_COUNT) == []


def test_cells_of_a_table_add_up_by_column() -> None:
    cells = ("Outcome", "2024", "2025", "Upheld", "3", "7", "Not upheld", "12", "8")
    cells = (*cells, "Total", "15", "16")
    made = Letter(passages_of((f"part:x#{n}", one) for n, one in enumerate(cells, 1)))
    found = [one.message for one in issues_of(made) if one.kind is Kind.FIGURE]
    assert found == ["The parts add up to 15, and the total is given as 16."]


def test_a_figure_that_no_released_table_has_is_an_issue() -> None:
    facts = CaseFacts(figures={"Upheld": frozenset({"10"}), "Not upheld": frozenset({"15"})})
    (one,) = said(CLEAN_FOI, Kind.FIGURE, facts)
    assert "The letter gives 14" in one


def test_a_count_that_the_table_hides_may_not_be_in_the_letter() -> None:
    facts = CaseFacts(figures={"Pending": frozenset({"<5"})})
    text = _with("Pending: 3\nYours sincerely")
    assert len(said(text, Kind.SMALL_COUNT, facts)) == 1
    assert said(_with("Pending: <5\nYours sincerely"), Kind.SMALL_COUNT, facts) == []


# --- what goes with it -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Final - response.docx", "response v2.docx", "Response_DRAFT.docx", "reply (copy).pdf"]
)
def test_a_file_name_of_a_version_is_an_issue(name: str) -> None:
    found = issues_of(letter(CLEAN_FOI, file_name=name))
    assert [(one.kind, one.place) for one in found] == [(Kind.FILE_NAME, "file-name")]


@pytest.mark.parametrize("name", ["MC-2026-0412.docx", "finality of awards.pdf", "renewal.docx"])
def test_a_plain_file_name_is_none(name: str) -> None:
    assert issues_of(letter(CLEAN_FOI, file_name=name)) == ()


def test_an_attachment_that_is_not_released_is_an_issue() -> None:
    there = CaseFacts(released=("MC-2026-0412 complaints.csv",))
    assert said(CLEAN_FOI, Kind.ATTACHMENT, there) == []
    assert len(said(CLEAN_FOI, Kind.ATTACHMENT, CaseFacts(released=("other.csv",)))) == 1


def test_what_a_draft_hides_is_reported_but_not_what_every_file_has() -> None:
    hidden = (
        HiddenPart("part:word/comments.xml#1", HiddenKind.COMMENT, "ask legal"),
        HiddenPart("part:word/comments.xml#2", HiddenKind.COMMENT, "and again"),
        HiddenPart("part:word/document.xml#9", HiddenKind.TRACKED_DELETION, "old words"),
        HiddenPart("part:docProps/core.xml#1", HiddenKind.METADATA, "creator: A Pell"),
        HiddenPart("part:word/settings.xml#1", HiddenKind.SETTINGS, "x"),
    )
    found = issues_of(letter(CLEAN_FOI, hidden=hidden))
    assert [one.place for one in found] == ["part:word/comments.xml#1", "part:word/document.xml#9"]
    assert not any("legal" in one.message or "old" in one.message for one in found)


def test_a_title_in_the_properties_that_names_a_version_is_an_issue() -> None:
    part = HiddenPart("part:docProps/core.xml#1", HiddenKind.METADATA, "title: Final letter")
    (one,) = issues_of(letter(CLEAN_FOI, hidden=(part,)))
    assert one.kind is Kind.HIDDEN


def test_a_part_that_was_not_read_is_not_passed() -> None:
    (one,) = issues_of(letter(CLEAN_FOI, unread=("word/media/image1.png",)))
    assert (one.kind, one.place) == (Kind.UNREAD, "word/media/image1.png")


# --- what may not be in it ---------------------------------------------------------------------


def _withholding(text: str, *, by_case: bool = False) -> CaseFacts:
    term = make_term(text, 1)
    assert term is not None
    return CaseFacts(
        released=("MC-2026-0412 complaints.csv",), withheld=(WithheldTerm(term, by_case),)
    )


def test_a_withheld_name_is_found_however_it_is_written() -> None:
    facts = _withholding("Sarah O'Brien")
    for written in ("SARAH O’BRIEN", "Sarah O Brien", "Sarah\u00a0O'Brien"):
        (one,) = [
            one
            for one in issues(_with(f"We spoke to {written}."), facts)
            if one.kind is Kind.WITHHELD
        ]
        assert "brien" not in one.message.lower()


def test_a_withheld_name_over_the_end_of_a_paragraph_is_found() -> None:
    assert "withheld-text" in kinds(
        _with("We spoke to Sarah\nO'Brien."), _withholding("Sarah O'Brien")
    )


def test_a_name_that_is_a_word_is_found_as_a_name_only() -> None:
    facts = _withholding("Rose", by_case=True)
    assert "withheld-text" not in kinds(_with("The number rose."), facts)
    assert "withheld-text" in kinds(_with("We asked Rose."), facts)


def test_a_withheld_name_in_hidden_content_or_a_file_name_is_found() -> None:
    part = HiddenPart("part:docProps/core.xml#1", HiddenKind.METADATA, "subject: Sarah Okoro")
    found = issues_of(
        letter(CLEAN_FOI, hidden=(part,), file_name="reply to Sarah Okoro.docx"),
        _withholding("Sarah Okoro"),
    )
    places = {one.place for one in found if one.kind is Kind.WITHHELD}
    assert places == {"part:docProps/core.xml#1", "file-name"}

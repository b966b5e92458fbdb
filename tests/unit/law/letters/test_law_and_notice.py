from __future__ import annotations

import pytest

from redactor.law.letters import CaseFacts, Kind
from redactor.law.request import Stance
from tests.unit.law.letters.kit import CLEAN_FOI, CLEAN_SAR, issues, kinds, said


@pytest.mark.parametrize(
    "wording",
    [
        "under the Data Protection Act 1998",
        "under the DPA 98",
        "a condition in Schedule 2 to the Act",
        "no Schedule 3 condition is met",
        "sensitive personal data",
        "the first data protection principle",
        "under the GDPR",
        "the General Data Protection Regulation",
        "a right to appeal to the Information Tribunal",
    ],
)
def test_wordings_of_repealed_law_are_superseded(wording: str) -> None:
    text = CLEAN_FOI.replace("Yours sincerely", f"It is withheld {wording}.")
    assert len(said(text, Kind.SUPERSEDED)) == 1


@pytest.mark.parametrize(
    "wording",
    [
        "under the UK GDPR",
        "the UK General Data Protection Regulation",
        "the EU GDPR of another country",
        "paragraph 16 of Schedule 2 to the Data Protection Act 2018",
        "a condition in Schedule 1",
        "the first data protection principle in Part 3 of the Data Protection Act 2018",
        "the Human Rights Act 1998",
    ],
)
def test_law_in_force_is_not_superseded(wording: str) -> None:
    text = CLEAN_FOI.replace("Yours sincerely", f"It is withheld {wording}.")
    assert said(text, Kind.SUPERSEDED) == []


def test_gdpr_may_be_short_for_uk_gdpr_where_the_letter_says_so() -> None:
    defined = "the UK General Data Protection Regulation ('the GDPR')"
    text = CLEAN_FOI.replace("UK GDPR", "GDPR").replace("Dear Requester", f"This cites {defined}.")
    assert said(text, Kind.SUPERSEDED) == []


def test_gdpr_is_right_in_a_letter_from_before_2021() -> None:
    text = CLEAN_FOI.replace("UK GDPR", "GDPR").replace("14 May 2026", "14 May 2019", 1)
    assert said(text, Kind.SUPERSEDED) == []


def test_a_qualified_limb_that_is_called_absolute_is_an_issue() -> None:
    text = CLEAN_FOI.replace("which is a qualified exemption", "which is an absolute exemption")
    assert ["Section 31 is called absolute" in one for one in said(text, Kind.STANDING)] == [True]


def test_an_absolute_limb_that_is_called_qualified_is_an_issue() -> None:
    text = CLEAN_FOI.replace("40(2) is an absolute", "40(2) is a qualified")
    assert ["Section 40 is called qualified" in one for one in said(text, Kind.STANDING)] == [True]


def test_section_40_by_its_second_condition_is_qualified() -> None:
    text = CLEAN_FOI.replace("40(3A)(a)", "40(3B)")
    assert ["Section 40 is called absolute" in one for one in said(text, Kind.STANDING)] == [True]


def test_a_sentence_that_denies_it_is_no_claim() -> None:
    text = CLEAN_FOI.replace("which is a qualified exemption", "which is not an absolute exemption")
    assert said(text, Kind.STANDING) == []


def test_a_qualified_limb_needs_the_public_interest() -> None:
    text = "\n".join(one for one in CLEAN_FOI.splitlines() if "The public interest" not in one)
    (one,) = said(text, Kind.PUBLIC_INTEREST)
    assert "s31(1)(a) is qualified" in one


def test_the_public_interest_in_one_exemption_does_not_serve_another() -> None:
    text = CLEAN_FOI.replace(
        "Question 3\n", "Question 3\nThe names of units are withheld under section 24(1).\n"
    )
    (one,) = said(text, Kind.PUBLIC_INTEREST)
    assert "s24(1)" in one


def test_a_public_interest_test_for_absolute_exemptions_alone_is_an_issue() -> None:
    kept = [one for one in CLEAN_FOI.splitlines() if "31(1)" not in one]
    text = "\n".join(kept).replace(
        "so no public interest test is required", "and I carried out a public interest test"
    )
    assert len(said(text, Kind.PUBLIC_INTEREST)) == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("internal review", "internal review"),
        ("Information Commissioner", "complain to the Information Commissioner"),
        ("ico.org.uk", "Commissioner's address"),
    ],
)
def test_a_notice_of_refusal_tells_the_rights(line: str, message: str) -> None:
    text = "\n".join(one for one in CLEAN_FOI.splitlines() if line not in one)
    assert any(message in one for one in said(text, Kind.NOTICE))


def test_that_there_is_no_internal_review_is_enough() -> None:
    text = CLEAN_FOI.replace("you may ask for an internal review", "there is no internal review")
    assert said(text, Kind.NOTICE) == []


def test_a_letter_that_withholds_nothing_needs_no_notice() -> None:
    assert issues("You asked for our opening hours. We open at nine. Nothing is withheld.") == ()


def test_a_refusal_without_an_exemption_is_an_issue() -> None:
    assert any(
        "no exemption is named" in one
        for one in said("You asked under FOIA. The rest is withheld.", Kind.NOTICE)
    )


def test_a_refusal_by_cost_needs_advice() -> None:
    text = "Under FOIA we refuse your request, as it exceeds the limit of section 12. "
    assert "advice" in kinds(text)
    assert "advice" not in kinds(f"{text} You could narrow it to one year.")


def test_more_time_for_the_public_interest_needs_a_day() -> None:
    text = "Under section 10(3) of FOIA we need more time to weigh the public interest."
    assert "date" in kinds(text)
    assert "date" not in kinds(f"{text} We expect to decide by 3 June 2026.")


def test_a_subject_access_response_that_withholds_tells_of_the_court() -> None:
    text = CLEAN_SAR.replace(", and you may apply to a court", "")
    (one,) = said(text, Kind.NOTICE)
    assert "court" in one


def test_an_exemption_that_the_notice_leaves_out_is_an_issue() -> None:
    text = CLEAN_FOI.replace("Section 31(1)(a) – law enforcement\n", "").replace(
        "The following exemptions apply", "The following exemption applies"
    )
    assert any("31 is applied here" in one for one in said(text, Kind.CONTRADICTION))


def test_an_exemption_of_the_notice_that_no_answer_applies_is_an_issue() -> None:
    text = CLEAN_FOI.replace(
        "Section 31(1)(a) – law enforcement\n",
        "Section 31(1)(a) – law enforcement\nSection 42(1) – legal professional privilege\n",
    )
    assert any(
        "Section 42 is in the refusal notice" in one for one in said(text, Kind.CONTRADICTION)
    )


def test_neither_confirming_beside_confirming_is_an_issue() -> None:
    text = (
        "Under FOIA we neither confirm nor deny that we hold information, by section "
        "40(5B)(a)(i). I can confirm that the force holds the report."
    )
    assert any("here it confirms" in one for one in said(text, Kind.CONTRADICTION))


def test_neither_confirming_a_part_may_stand_beside_an_answer() -> None:
    text = (
        "As to question 2 we neither confirm nor deny that we hold information, by section "
        "40(5B)(a)(i). I can confirm that the force holds what question 1 asks for."
    )
    assert said(text, Kind.CONTRADICTION) == []


def test_a_case_that_neither_confirms_nor_denies_needs_a_letter_that_says_so() -> None:
    facts = CaseFacts(stance=Stance.NEITHER)
    assert any("does not say so" in one for one in said(CLEAN_FOI, Kind.CONTRADICTION, facts))
    assert any("here it confirms" in one for one in said(CLEAN_FOI, Kind.CONTRADICTION, facts))


def test_another_question_may_be_confirmed_under_its_own_heading() -> None:
    text = (
        "You asked under FOIA.\nQuestion 1\nI can confirm that the force holds this.\nQuestion 2\n"
        "We neither confirm nor deny that we hold this information, by section 40(5B)(a)(i)."
    )
    assert said(text, Kind.CONTRADICTION) == []
    same = text.replace("Question 2\n", "")
    assert any("here it confirms" in one for one in said(same, Kind.CONTRADICTION))


def test_what_stands_under_the_heading_of_a_limb_is_said_of_it() -> None:
    text = "Under FOIA it is exempt.\nSection 31(1)(a)\nThis is an absolute exemption, because."
    assert ["Section 31 is called absolute" in one for one in said(text, Kind.STANDING)] == [True]


def test_section_44_of_another_act_is_none_of_the_freedom_of_information_act() -> None:
    text = CLEAN_SAR.replace("They have", "Section 44(4) of the Act restricts it. They have")
    assert issues(text) == ()

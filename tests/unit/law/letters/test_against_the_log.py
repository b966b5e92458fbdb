from __future__ import annotations

from dataclasses import replace
from datetime import date

from redactor.law.exemptions import Standing
from redactor.law.letters import CaseFacts, Kind
from redactor.law.request import Stance
from tests.unit.law.letters.kit import CLEAN_FOI, CLEAN_SAR, issues, said

_FACTS = CaseFacts(
    citations={
        "s40(2) by s40(3A)(a)": Standing.ABSOLUTE,
        "s31(1)(a)": Standing.QUALIFIED,
    },
    released=("MC-2026-0412 complaints.csv",),
    figures={"Upheld": frozenset({"10"}), "Not upheld": frozenset({"14"})},
    questions=(Stance.HELD, Stance.HELD, Stance.HELD),
    received=date(2026, 4, 20),
    due=date(2026, 5, 19),
)


def test_a_letter_that_agrees_with_its_case_gives_no_issue() -> None:
    assert issues(CLEAN_FOI, _FACTS) == ()


def test_an_exemption_that_no_decision_rests_on_is_an_issue() -> None:
    facts = replace(_FACTS, citations={"s40(2) by s40(3A)(a)": Standing.ABSOLUTE})
    (one,) = said(CLEAN_FOI, Kind.LOG, facts)
    assert one == "s31(1)(a) is cited, and no decision rests on it."


def test_an_exemption_of_the_log_that_the_letter_does_not_cite_is_an_issue() -> None:
    facts = replace(_FACTS, citations={**_FACTS.citations, "s42(1)": Standing.QUALIFIED})
    (one,) = said(CLEAN_FOI, Kind.LOG, facts)
    assert one == "Decisions rest on s42(1), and the letter does not cite it."


def test_another_day_of_receipt_is_an_issue() -> None:
    facts = replace(_FACTS, received=date(2026, 4, 21))
    (one,) = said(CLEAN_FOI, Kind.DATE, facts)
    assert "2026-04-21" in one


def test_a_late_answer_has_to_say_so() -> None:
    facts = replace(_FACTS, due=date(2026, 5, 13))
    (one,) = said(CLEAN_FOI, Kind.DATE, facts)
    assert "2026-05-13" in one
    sorry = CLEAN_FOI.replace("Dear Requester", "I am sorry for the delay.")
    assert said(sorry, Kind.DATE, facts) == []


def test_the_questions_of_the_case_are_asked_after_where_the_letter_repeats_none() -> None:
    facts = replace(_FACTS, questions=(Stance.HELD,) * 4)
    start, end = CLEAN_FOI.index("1. How many"), CLEAN_FOI.index("I can confirm")
    text = CLEAN_FOI[:start] + CLEAN_FOI[end:]
    assert said(text, Kind.QUESTION, facts) == ["Question 4 is not answered by its number."]


def test_a_provision_of_another_law_has_to_be_cited_by_its_numbers() -> None:
    facts = CaseFacts(
        "sar",
        {"DPA 2018 Sch 2 para 16": Standing.UNWEIGHED},
        released=("MC-2026-0977 records.pdf",),
    )
    assert issues(CLEAN_SAR, facts) == ()
    other = replace(facts, citations={"DPA 2018 Sch 2 para 19": Standing.UNWEIGHED})
    assert said(CLEAN_SAR, Kind.LOG, other) == [
        "DPA 2018 Sch 2 para 16 is cited, and no decision rests on it.",
        "Decisions rest on DPA 2018 Sch 2 para 19, and the letter does not cite it.",
    ]

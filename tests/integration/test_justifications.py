"""No redaction is handed in without what its limb asks for, limb by limb and law by law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.app.justifying import justify
from redactor.law.exemptions import exemptions
from redactor.law.forms import Kind
from redactor.law.justifications import missing, questions
from redactor.law.limbs import Exemption
from redactor.law.regimes import Regime
from redactor.model import Action, Span
from tests.case_kit import OFFICER, PASSPHRASE


def _case(path: Path, regime: Regime, *, in_full: bool) -> Case:
    made = Case.create(path, "R/1", PASSPHRASE, OFFICER, regime=regime, in_full=in_full)
    made.add_bytes("note.txt", b"Ada Quill called.\n")
    return made


@pytest.fixture(params=list(Regime))
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Case]:
    with closing(_case(tmp_path / "a.redactor", request.param, in_full=True)) as made:
        yield made


def _wanting(case: Case) -> list[str]:
    return [one.message for one in case.blocks() if one.kind in {"justification", "conflict"}]


def _redact(case: Case, citation: str, start: int = 0) -> list[int]:
    span = Span("line:1", start, 9)
    change = case.mark_spans(1, [(span, "Ada Quill")], Action.REDACT, citation, "Why.", "w")
    return [one.id for one in change.made]


def answers_to(exemption: Exemption) -> dict[str, str]:
    """Give answers with which a limb can be relied on, to all that it asks."""
    answers: dict[str, str] = {}
    while lacks := missing(exemption, answers):
        for one in lacks:
            if one.kind is Kind.TEXT:
                answers[one.key] = (
                    f"A whole sentence about it, of enough words. {'x' * one.min_length}"
                )
            elif one.kind is Kind.DATE:
                answers[one.key] = "2026-03-02"
            else:
                answers[one.key] = next(choice.value for choice in one.choices if not choice.bars)
    return answers


def _number(
    case: Case, citation: str, answers: Mapping[str, str], number: int = 0, reason: str = ""
) -> int:
    change = justify(case, citation, answers, number=number, reason=reason)
    return int(change.event.body["justification"])


def test_each_limb_is_handed_in_with_all_that_it_asks_and_with_no_less(case: Case) -> None:
    for one in exemptions(case.regime):
        if one.neither_confirm_nor_deny:
            continue
        answers = answers_to(one)
        ids = _redact(case, one.citation)
        assert _wanting(case) == ["1 redaction rests on no justification."]
        number = _number(case, one.citation, answers)
        case.decide_under(ids, number)
        assert not _wanting(case), one.citation
        required = [q.key for q in questions(one, answers) if q.key in one.requires]
        for key in required[:3]:
            fewer = {name: said for name, said in answers.items() if name != key}
            if not fewer:
                continue
            _number(case, one.citation, fewer, number, "Why.")
            assert any("does not answer" in said for said in _wanting(case)), (one.citation, key)
            case.undo()
        for _ in range(3):
            case.undo()
        assert not case.standing().decisions


def test_a_reason_is_enough_where_the_case_does_not_ask_for_more(tmp_path: Path) -> None:
    with closing(_case(tmp_path / "a.redactor", Regime.FOI, in_full=False)) as case:
        _redact(case, "s40(2) by s40(3A)(a)")
        assert not _wanting(case)


def test_a_justification_that_was_begun_has_to_be_whole_in_any_case(tmp_path: Path) -> None:
    with closing(_case(tmp_path / "a.redactor", Regime.FOI, in_full=False)) as case:
        begun = {"identifiability": "Her colleagues would know at once who is meant here."}
        number = _number(case, "s40(2) by s40(3A)(a)", begun)
        assert not _wanting(case)  # nothing rests on it
        case.decide_under(_redact(case, "s40(2) by s40(3A)(a)"), number)
        assert any("does not answer" in said for said in _wanting(case))


def test_two_limbs_that_exclude_one_another_block_on_the_same_words(tmp_path: Path) -> None:
    with closing(_case(tmp_path / "a.redactor", Regime.FOI, in_full=False)) as case:
        _redact(case, "s30(1)(a)")
        _redact(case, "s31(1)(a)", start=4)
        assert any("for the same words" in said for said in _wanting(case))


def test_the_reason_in_the_log_is_made_of_the_answers(tmp_path: Path) -> None:
    with closing(_case(tmp_path / "a.redactor", Regime.FOI, in_full=True)) as case:
        limb = next(one for one in exemptions() if one.citation == "s31(1)(a)")
        number = _number(case, limb.citation, answers_to(limb))
        kept = case.standing().justifications[number]
        assert "A whole sentence about it" in kept.reason
        assert kept.public_interest

from __future__ import annotations

import pytest

from redactor.law.exemptions import exemptions
from redactor.law.limb_list import by_section, finds
from redactor.law.regimes import Regime


def _found(asked: str, regime: Regime = Regime.FOI) -> set[str]:
    return {one.citation for one in exemptions(regime) if finds(asked, one)}


@pytest.mark.parametrize("regime", list(Regime))
def test_every_limb_stands_once_under_the_one_heading_of_its_section(regime: Regime) -> None:
    grouped = by_section(exemptions(regime))
    listed = [one.citation for _, limbs in grouped for one in limbs]
    assert sorted(listed) == sorted(one.citation for one in exemptions(regime))
    for _, limbs in grouped:
        assert len({one.section for one in limbs}) == 1
    headings = [heading for heading, _ in grouped]
    assert len(set(headings)) == len(headings)


def test_personal_data_comes_first_and_the_rest_by_number() -> None:
    headings = [heading for heading, _ in by_section(exemptions())]
    assert headings[:3] == ["Section 40", "Section 21", "Section 22"]
    assert "Section 36: Conduct of public affairs" in headings
    assert headings[-1] == "Section 44"


def test_headings_speak_as_their_law_does() -> None:
    assert {"Regulation 13", "Regulation 12"} == {h for h, _ in by_section(exemptions("eir"))}
    assert "Schedule 3" in {heading for heading, _ in by_section(exemptions("sar"))}


@pytest.mark.parametrize("asked", ["s36", "s.36", "36", "section 36", "36(2)", "S36(2)(b)"])
def test_a_limb_is_found_by_its_number_however_it_is_written(asked: str) -> None:
    assert "s36(2)(b)(i)" in _found(asked)


def test_words_find_what_a_limb_is_called_and_what_it_says() -> None:
    assert _found("opinion") == {"s36(2)(b)(i)", "s36(2)(b)(ii)", "s36(2)(c)"} | (
        _found("opinion") & {"s36(3)"}
    )
    assert _found("free frank views") == {"s36(2)(b)(ii)"}
    assert _found("trade secr") == {"s43(1)"}


def test_nothing_is_found_by_nothing_and_by_what_no_limb_says() -> None:
    assert _found("") == _found("   ") == _found("marmalade") == set()

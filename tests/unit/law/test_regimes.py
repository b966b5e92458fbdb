from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from redactor.app.opening import REGIMES
from redactor.law.regimes import Regime


def test_the_regimes_are_those_that_a_case_can_be_begun_under() -> None:
    assert tuple(Regime) == REGIMES


@pytest.mark.parametrize("regime", Regime)
def test_every_regime_says_what_it_calls_things_and_where_that_stands(regime: Regime) -> None:
    words = regime.words
    assert words.act.startswith(("the ", "Part 3 of the "))
    assert words.withheld_by in {"exemption", "exception", "restriction"}
    assert words.refusal
    assert words.refusal_by
    assert urlsplit(words.source).netloc == "www.legislation.gov.uk"


def test_only_the_right_of_access_leaves_the_requesters_own_data_in() -> None:
    keeping = {one for one in Regime if one.words.keeps_own_data}
    assert keeping == {Regime.SAR, Regime.SAR_LE}


def test_a_refusal_is_called_what_its_law_calls_it() -> None:
    assert Regime.FOI.words.refusal == "refusal notice"
    assert "section 17" in Regime.FOI.words.refusal_by
    assert "regulation 14" in Regime.EIR.words.refusal_by
    assert Regime.EIR.words.withheld_by == "exception"
    assert "Article 12(4)" in Regime.SAR.words.refusal_by
    assert "section 45(5)" in Regime.SAR_LE.words.refusal_by

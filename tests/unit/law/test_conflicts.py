from __future__ import annotations

import pytest

from redactor.law.conflicts import RELEASED, ConflictKind
from redactor.law.exemptions import conflicts_between, exemption_named, law_of
from redactor.law.regimes import Regime
from tests.unit.law.limbs import LIMBS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("s30(1)(a)", "s31(1)(a)"), ("s31(1)(g)", "s30(2)"), ("s36(2)(b)(i)", "s35(1)(a)"),
        ("s40(1)", "s40(2) by s40(3A)(a)"),
    ],
)  # fmt: skip
def test_these_grounds_cannot_both_cover_the_same_information(one: str, other: str) -> None:
    (found,) = conflicts_between([one, other])
    assert found.is_barred
    assert conflicts_between([other, one]) == (found,)
    assert found in exemption_named(one).conflicts
    assert found in exemption_named(other).conflicts


def test_sections_23_and_24_may_be_pleaded_in_the_alternative_only() -> None:
    (found,) = conflicts_between(["s23(1)", "s24(1)"])
    assert found.kind is ConflictKind.ALTERNATIVE
    assert not found.is_barred
    for citation in ("s23(1)", "s24(1)"):
        assert "in_the_alternative" in exemption_named(citation).asks


def test_the_refusals_to_confirm_of_sections_23_and_24_stand_together() -> None:
    assert conflicts_between(["s23(5)", "s24(2)"]) == ()


def test_the_requesters_own_data_is_never_released_under_the_act() -> None:
    (found,) = conflicts_between(["s40(1)", RELEASED])
    assert found.is_barred
    assert conflicts_between(["s40(2) by s40(3A)(a)", RELEASED]) == ()


@pytest.mark.parametrize(
    "citations",
    [
        [], ["s30(1)(a)"], ["s30(1)(a)", "s30(1)(a)", "s30(2)"],
        ["s40(2) by s40(3A)(a)", "s31(1)(a)", "s38(1)(b)"],
    ],
)  # fmt: skip
def test_what_goes_together_is_no_conflict(citations: list[str]) -> None:
    assert conflicts_between(citations) == ()


def test_each_conflict_is_given_once_however_many_limbs_it_is_between() -> None:
    assert len(conflicts_between(["s30(1)(a)", "s30(2)", "s31(1)(a)", "s31(1)(b)"])) == 1


def test_information_that_is_not_held_can_be_neither_released_nor_withheld() -> None:
    held = ("reg 12(4)(e)", "reg 12(5)(b)", "reg 13(1) by reg 13(2A)(a)", RELEASED)
    for other in held:
        assert conflicts_between(["reg 12(4)(a)", other], Regime.EIR)
    assert conflicts_between(["reg 12(4)(e)", "reg 12(5)(b)"], Regime.EIR) == ()


def test_what_is_not_the_requesters_data_needs_no_exemption_from_access() -> None:
    mine = "UK GDPR Art 15(1)"
    assert conflicts_between([mine, "DPA 2018 Sch 2 para 16"], Regime.SAR)
    assert not conflicts_between(
        ["DPA 2018 Sch 2 para 16", "DPA 2018 Sch 2 para 2(1)(a)"], Regime.SAR
    )


def test_every_group_of_every_conflict_has_a_limb_and_a_source() -> None:
    for regime in Regime:
        own = [limb for limb in LIMBS if limb.regime is regime]
        for one in law_of(regime).conflicts:
            assert one.why.endswith(".")
            assert one.source.startswith("https://www.legislation.gov.uk/")
            for group in (one.these, one.those):
                assert group == RELEASED or any(
                    limb.citation == group or limb.citation.startswith((f"{group}(", f"{group} "))
                    for limb in own
                )


def test_section_3_is_not_the_beginning_of_section_30() -> None:
    (between,) = conflicts_between(["s30(1)(a)", "s31(1)(a)"])
    assert not between.is_between("s3", "s31(1)(a)")
    assert not between.concerns("s300(1)")

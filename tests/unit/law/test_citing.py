from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import UsageError
from redactor.law.citing import read_citation
from redactor.law.exemptions import Exemption, exemption_named, law_of
from redactor.law.regimes import Regime
from tests.unit.law.limbs import LIMBS, name_of

_ACTS = {
    Regime.FOI: ["FOIA", "Freedom of Information Act 2000", "the FOIA 2000"],
    Regime.EIR: ["EIR", "EIR 2004", "the Environmental Information Regulations 2004"],
    Regime.SAR: ["DPA", "DPA 2018", "the Data Protection Act 2018"],
    Regime.SAR_LE: ["DPA", "DPA 2018", "the Data Protection Act 2018"],
}
_KINDS = {
    "s": ["s", "s.", "s. ", "section ", "Section ", "S"],
    "reg": ["reg ", "reg. ", "reg", "regulation ", "Regulation "],
    "art": ["art ", "Art. ", "Article ", "article "],
}


def spell(draw: st.DrawFn, kind: str, citation: str, joints: tuple[str, ...]) -> str:
    """Spell a citation that names no law, part by part."""
    parts = re.sub(rf"\b{kind} ?(?=\d)", "", citation, flags=re.IGNORECASE).split(" by ")
    how = draw(st.sampled_from(_KINDS[kind]))
    again = draw(st.sampled_from([how, ""]))
    text = how + draw(st.sampled_from(joints)).join([parts[0], *(again + one for one in parts[1:])])
    gap = draw(st.sampled_from(["", " "]))
    return text.replace("(", f"{gap}(")


@st.composite
def spellings(draw: st.DrawFn, limb: Exemption) -> str:
    """Spell the citation of a limb as people do, with its law named."""
    scheduled = re.fullmatch(r"DPA 2018 Sch (\d) para (\S+)", limb.citation)
    act = draw(st.sampled_from(_ACTS[limb.regime]))
    if scheduled:
        schedule, paragraph = scheduled.groups()
        text = draw(
            st.sampled_from(
                [
                    f"paragraph {paragraph} of Schedule {schedule} to {act}",
                    f"para. {paragraph}, Sch. {schedule} {act}",
                    f"Schedule {schedule}, paragraph {paragraph} of {act}",
                    f"{act} sch {schedule} para {paragraph}",
                    f"{act}, Sch{schedule} para{paragraph}",
                ]
            )
        )
    else:
        bare = limb.citation.removeprefix("DPA 2018 ").removeprefix("UK GDPR ")
        if bare.startswith("Art"):
            act = draw(st.sampled_from(["UK GDPR", "the UK GDPR", "GDPR"]))
        joints = (" by ", " by virtue of ", " by reason of ", " & ", " and ")
        text = spell(draw, limb.cited.kind, bare, joints)
        text = draw(st.sampled_from([f"{text} {act}", f"{text} of {act}", f"{act} {text}"]))
    return draw(st.sampled_from([text, text.upper(), text.lower(), f"  {text}. "]))


@given(data=st.data(), limb=st.sampled_from(LIMBS))
def test_a_citation_finds_its_limb_however_it_is_spelled(
    data: st.DataObject, limb: Exemption
) -> None:
    assert exemption_named(data.draw(spellings(limb)), limb.regime) is limb


@pytest.mark.parametrize("limb", LIMBS, ids=name_of)
def test_a_citation_as_it_is_kept_finds_its_limb_and_no_other_law_takes_it(
    limb: Exemption,
) -> None:
    assert exemption_named(limb.citation, limb.regime) is limb
    for other in Regime:
        if other is not limb.regime:
            with pytest.raises(UsageError):
                exemption_named(limb.citation, other)


@given(data=st.data(), limb=st.sampled_from(LIMBS), other=st.sampled_from(list(Regime)))
def test_a_citation_of_another_law_is_refused_with_the_law_that_it_is_of(
    data: st.DataObject, limb: Exemption, other: Regime
) -> None:
    if other is limb.regime:
        return
    with pytest.raises(UsageError) as refused:
        exemption_named(data.draw(spellings(limb)), other)
    said = refused.value.user_message
    assert said.startswith(f"{limb.citation} belongs to {limb.regime.words.grounds}")
    assert other.words.act in said


def test_the_refusal_names_what_comes_nearest_under_the_law_of_the_case() -> None:
    with pytest.raises(UsageError) as refused:
        exemption_named("reg 13(1) by reg 13(2A)(a)")
    assert refused.value.user_message.endswith("What comes nearest is s40(2) by s40(3A)(a).")


def test_bare_numbers_are_read_under_the_law_of_the_case() -> None:
    assert exemption_named("12(5)(f)", Regime.EIR).citation == "reg 12(5)(f)"
    assert exemption_named("45(4)(b)", Regime.SAR_LE).citation == "DPA 2018 s45(4)(b)"
    assert exemption_named("s26(1)", Regime.SAR).citation == "DPA 2018 s26(1)"
    with pytest.raises(UsageError, match="Did you mean s26"):
        exemption_named("s26(1)")


def test_a_regulation_is_no_section() -> None:
    with pytest.raises(UsageError):
        exemption_named("section 12(5)(f)", Regime.EIR)


def test_what_was_repealed_is_refused_with_when_and_what_took_its_place() -> None:
    with pytest.raises(UsageError) as refused:
        exemption_named("s45(4)(d) DPA 2018", Regime.SAR_LE)
    assert "was repealed on 5 September 2025" in refused.value.user_message
    instead = law_of(Regime.SAR_LE).repealed[0].instead
    assert exemption_named(instead, Regime.SAR_LE).citation == "DPA 2018 s78A(1)"


@pytest.mark.parametrize(
    "written",
    [
        "", "()", "s", "Schedule 2", "para 16", "Sch 2 para 16 para 2", "s40(2) and s31(1)(a)",
        "s40(2) FOIA and DPA", "s40 reg 13(1)", "s40(2) by Okoro", "16 Sch 2", "(5)(f) reg 12",
    ],
)  # fmt: skip
def test_what_is_not_one_citation_is_none(written: str) -> None:
    assert read_citation(written) is None


@given(written=st.text(min_size=9, max_size=40).filter(lambda said: len(said.strip()) > 8))
def test_a_refusal_never_repeats_what_was_written(written: str) -> None:
    for regime in Regime:
        said = _refusal_of(written, regime)
        assert said is None or written not in said


def _refusal_of(written: str, regime: Regime) -> str | None:
    try:
        exemption_named(written, regime)
    except UsageError as refused:
        return refused.user_message
    return None

"""Every limb of every regime, and answers that justify one, for the tests of the law."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from redactor.law.exemptions import Exemption, exemptions
from redactor.law.forms import Kind, Question, forms
from redactor.law.regimes import Regime

LIMBS = tuple(one for regime in Regime for one in exemptions(regime))


def name_of(limb: Exemption) -> str:
    return limb.citation


@st.composite
def answers_to(draw: st.DrawFn, limb: Exemption) -> dict[str, str]:
    """Answer every question of a limb that applies, in any way in which it can be."""
    given: dict[str, str] = {}
    for key in (*limb.requires, *limb.asks):
        question = forms().questions[key]
        if question.applies(given):
            given[key] = draw(_answer_to(question))
    return given


def _answer_to(question: Question) -> st.SearchStrategy[str]:
    if question.choices:
        return st.sampled_from([one.value for one in question.choices])
    if question.kind is Kind.DATE:
        return st.dates().map(lambda day: day.isoformat())
    words = st.lists(st.sampled_from(["risk", "people", "would know", "the unit"]), min_size=1)
    return words.map(lambda said: " ".join([question.key, *said]).ljust(question.min_length, "x"))


def ways_to_answer(limb: Exemption) -> Iterator[dict[str, str]]:
    """Answer every question of a limb that applies: as it comes, then with each choice once."""
    yield _answered(limb, {})
    for key in (*limb.requires, *limb.asks):
        for choice in forms().questions[key].choices:
            yield _answered(limb, {**_answered(limb, {}), key: choice.value})


def _answered(limb: Exemption, wanted: dict[str, str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for key in (*limb.requires, *limb.asks):
        question = forms().questions[key]
        if question.applies(given):
            given[key] = wanted.get(key) or _plain_answer(question)
    return given


def _plain_answer(question: Question) -> str:
    if question.choices:
        return question.choices[0].value
    if question.kind is Kind.DATE:
        return "2026-03-04"
    return f"Said of {question.key}".ljust(question.min_length, ".")

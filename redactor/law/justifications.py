"""What a justification of a limb has to answer, what it lacks, and how it reads in the log.

Pure functions of a limb and the answers so far, by the keys of ``resources/law/forms.toml``. An
answer to a question that does not apply (any more) counts for nothing and is said nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from redactor.law.forms import Kind, Part, Question, forms
from redactor.law.limbs import Exemption

_STOPS = (".", "!", "?", "”", "…")


def questions(exemption: Exemption, answers: Mapping[str, str]) -> tuple[Question, ...]:
    """Give the questions that apply, in the order in which they are asked.

    Args:
        answers: so far, by the keys of the questions; they decide which others apply.
    """
    known = forms().questions
    found: list[Question] = []
    given: dict[str, str] = {}
    for key in dict.fromkeys((*exemption.requires, *exemption.asks)):
        question = known[key]
        if question.applies(given):
            found.append(question)
            given[key] = answers.get(key, "")
    return tuple(found)


def missing(exemption: Exemption, answers: Mapping[str, str]) -> tuple[Question, ...]:
    """Give the questions that still have to be answered, in order.

    These are those that apply and are required, or depend on an answer given, and whose answer is
    not there, is too short to explain anything, or is none of those to choose from.
    """
    return tuple(
        one
        for one in questions(exemption, answers)
        if (one.key in exemption.requires or one.when or answers.get(one.key, "").strip())
        and not is_answered(one, answers)
    )


def is_answered(question: Question, answers: Mapping[str, str]) -> bool:
    """Say whether a question has an answer that counts."""
    said = _said(question, answers)
    if question.kind is Kind.DATE:
        return _day(said) is not None
    if question.kind is Kind.TEXT:
        return len(said) >= max(1, question.min_length)
    return any(one.value == said for one in question.choices)


def objections(exemption: Exemption, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Say why the limb cannot be relied on with these answers; nothing where it can."""
    return tuple(
        choice.bars
        for question in questions(exemption, answers)
        for choice in question.choices
        if choice.bars and choice.value == _said(question, answers)
    )


def reason_of(exemption: Exemption, answers: Mapping[str, str]) -> str:
    """Give the reason in one paragraph, for the log and the internal schedule."""
    return _paragraph(exemption, answers, Part.REASON)


def public_interest_of(exemption: Exemption, answers: Mapping[str, str]) -> str:
    """Give the public interest test in one paragraph; empty where nothing is weighed."""
    return _paragraph(exemption, answers, Part.PUBLIC_INTEREST)


def _paragraph(exemption: Exemption, answers: Mapping[str, str], part: Part) -> str:
    return " ".join(
        _sentence(one, _said(one, answers))
        for one in questions(exemption, answers)
        if one.part is part and is_answered(one, answers)
    )


def _sentence(question: Question, said: str) -> str:
    if question.choices:
        return next(one.says for one in question.choices if one.value == said)
    day = _day(said) if question.kind is Kind.DATE else None
    if day is not None:
        return f"{question.lead} {day.day} {day:%B %Y}."
    return f"{question.lead}: {said if said.endswith(_STOPS) else f'{said}.'}"


def _said(question: Question, answers: Mapping[str, str]) -> str:
    return re.sub(r"\s+", " ", answers.get(question.key, "")).strip()


def _day(said: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None

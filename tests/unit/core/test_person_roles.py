"""What the words around a name say of a person's part in the matter."""

from __future__ import annotations

import pytest

from redactor.person_roles import SubjectRole, context_of, proposed_role


def _role(*texts: str) -> SubjectRole | None:
    """Propose a role from texts in which ``*Name*`` stands for the mention."""
    contexts = []
    for text in texts:
        before, name, after = text.split("*")
        whole = before + name + after
        contexts.append(context_of(whole, len(before), len(before) + len(name)))
    return proposed_role(contexts)[0]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("at 10:00 PC 1234 *Okoro* attended", "officer"),
        ("*Okoro*, DS 4411, was told", "officer"),
        ("T/DI *Okoro*", "officer"),
        ("Complainant: Ms *Okoro*", "victim"),
        ("*Sarah Okoro* (the complainant) rang", "victim"),
        ("STATEMENT OF *Sarah Okoro*", "witness"),
        ("Suspect: *Okoro*", "suspect"),
        ("*Okoro* was arrested at 10:00", "suspect"),
        ("officers interviewed *Okoro*", "suspect"),
        ("SAR from *Sarah Okoro*", "requester"),
        ("Requester: Mrs *Okoro*", "requester"),
        ("asked by Cllr *Okoro* in May", "public-official"),
        ("*Okoro*, HR Adviser, wrote", "staff"),
        ("then *Okoro* went home", None),
        ("", None),
    ],
)
def test_the_words_beside_a_name_propose_a_role(text, role):
    assert _role(text or "**") == role


def test_most_mentions_decide_and_a_part_in_the_matter_goes_before_a_calling():
    assert _role("PC *Okoro*", "PC *Okoro*", "Suspect: *Okoro*") is SubjectRole.OFFICER
    assert _role("PC *Okoro*", "Suspect: *Okoro*") is SubjectRole.SUSPECT


def test_the_reason_counts_mentions_and_quotes_nothing():
    role, why = proposed_role([context_of("PC Okoro and PC Okoro", 3, 8)])
    assert role is SubjectRole.OFFICER
    assert why == "At 1 of 1 mentions a police rank stands beside the name."


def test_nothing_is_proposed_without_mentions():
    assert proposed_role([]) == (None, "")

"""Public officials are proposed to be kept, with the reason; a party to a complaint is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redactor.detect import scan
from redactor.detect.seniority import Officials, read_profile
from redactor.model import Document, Finding, LinePlace, Proposal, Segment


def _proposed(text: str, *names: str, profile: str | None = None) -> list[str]:
    """Give the reasons for keeping some names in a text; empty where that is not proposed."""
    by = read_profile(profile) if profile is not None else None
    officials = Officials([Segment(LinePlace(0), text)], by)
    reasons = []
    for name in names:
        finding = Finding(LinePlace(0), 0, len(name), name, "PERSON", 0.9, "r", "a name")
        proposed = officials.proposed(finding)
        reasons.append(proposed.why if proposed.proposal is Proposal.KEEP else "")
    return reasons


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Assistant Chief Constable Nerys Padgett opened.", "Assistant Chief Constable"),
        ("It was signed by ACC Nerys Padgett.", "ACC"),
        ("Nerys Padgett, Chief Executive, agreed.", "Chief Executive"),
        ("Cllr Nerys Padgett asked.", "Cllr"),
        ("before HHJ Nerys Padgett at Leeds", "HHJ"),
        ("the Area Coroner Nerys Padgett recorded", "Area Coroner"),
    ],
)
def test_an_official_is_proposed_to_be_kept_with_the_office_in_the_reason(text, title):
    (why,) = _proposed(text, "Nerys Padgett")
    assert why.startswith(f"{title}: ")


def test_an_official_on_an_always_list_is_not_proposed_to_be_kept():
    officials = Officials([Segment(LinePlace(0), "ACC Nerys Padgett was in the chair.")])
    listed = Finding(
        LinePlace(0), 4, 17, "Nerys Padgett", "PERSON", 0.95, "always-list@1", "listed"
    )
    assert officials.proposed(listed) == listed
    found = replace(listed, recogniser="names@1")
    assert officials.proposed(found).proposal is Proposal.KEEP


def test_every_mention_follows_those_before_the_office_is_given_too():
    text = "Padgett spoke first. ACC Nerys Padgett was in the chair. NERYS PADGETT closed."
    assert all(_proposed(text, "Padgett", "NERYS PADGETT", "Padgett’s"))


@pytest.mark.parametrize(
    "text",
    [
        "Inspector Nerys Padgett opened.",
        "PC Nerys Padgett",
        "The complaint against ACC Nerys Padgett is not upheld.",
        "An allegation about the Chief Constable Nerys Padgett was made.",
        "Cllr Nerys Padgett is the complainant.",
        "ACC Nerys Padgett was suspended in May.",
        "ACC Nerys Padgett wrote. Subject officer: Padgett.",
        "Victim: Cllr Nerys Padgett",
    ],
)
def test_whoever_is_junior_or_party_to_a_matter_is_not_proposed(text):
    assert _proposed(text, "Nerys Padgett", "Padgett") == ["", ""]


def test_a_surname_that_somebody_else_has_is_not_followed():
    text = "ACC Nerys Padgett wrote to Sarah Padgett."
    assert [bool(one) for one in _proposed(text, "Nerys Padgett", "Padgett", "Sarah Padgett")] == [
        True,
        False,
        False,
    ]


def test_a_judge_who_sentences_is_no_party():
    text = "HHJ Nerys Padgett sentenced Vale for misconduct in public office. Padgett said more."
    assert [bool(one) for one in _proposed(text, "Nerys Padgett", "Padgett", "Vale")] == [
        True,
        True,
        False,
    ]


def test_a_site_says_itself_who_counts():
    inspectors = '[[group]]\ncounts = true\nbecause = "so senior"\nwritten = ["Inspector"]\n'
    (why,) = _proposed("Inspector Nerys Padgett", "Nerys Padgett", profile=inspectors)
    assert why == "Inspector: so senior"
    off = inspectors.replace("true", "false")
    assert _proposed("Inspector Nerys Padgett", "Nerys Padgett", profile=off) == [""]


def test_a_scan_proposes_to_keep_an_official_and_nobody_else():
    lines = (
        "Minutes. Present: Assistant Chief Constable Nerys Padgett, PC Tom Vale.",
        "Padgett thanked PC Vale for his statement.",
    )
    segments = tuple(Segment(LinePlace(at), text) for at, text in enumerate(lines))
    found = [one for batch in scan(Document("00", "txt", segments)) for one in batch.findings]
    kept = {one.text for one in found if one.proposal is Proposal.KEEP}
    assert {"Nerys Padgett", "Padgett"} <= kept
    assert not any("Vale" in one for one in kept)
    assert all("constable" in one.why.lower() for one in found if one.text == "Padgett")

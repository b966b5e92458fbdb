"""What the certificate says of the second look and of the re-check sample."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from redactor.case.log import seal
from redactor.errors import CheckFailed
from redactor.events import EventKind
from redactor.release.certificate import CertificateFacts, certificate_json, write_certificate
from redactor.sampling import summary
from tests.unit.release.certified import DRAWN, FILES, RUTH, Sample, in_one_line, page_text

_LOOK = {
    "event": 1200,
    "sure": 3,
    "others": 9,
    "hidden": 4,
    "dismissed": 2,
    "decided": 5,
    "left": 6,
}


def with_look_and_sample(look: dict[str, Any], sample: dict[str, Any]) -> CertificateFacts:
    one = Sample(FILES)
    submitted = one.submission(second_look=look)
    return one.facts_of(submitted, one.approval(submitted, sample=sample))


def test_a_certificate_says_what_was_looked_for_and_read_again() -> None:
    facts = later(with_look_and_sample(_LOOK, {}), dict.fromkeys(range(59), 0))
    written = dict(write_certificate(facts, RUTH))
    shape = json.loads(written["certificate.json"])
    assert shape["second_look"] == _LOOK
    assert shape["sample"]["looked_at"] == 59
    page = in_one_line(page_text(written["certificate.pdf"]))
    assert in_one_line("nobody ruled on: 6.") in page
    assert in_one_line("read 59 of 400 units and found something missed in 0") in page
    assert in_one_line("interval from 0 % to 6.07 %") in page
    assert in_one_line("it is not more than 4.96 %") in page


def later(facts: CertificateFacts, answers: dict[int, int]) -> CertificateFacts:
    """Give the facts with an approval that a sample was drawn before."""
    submitted = facts.submitted
    sample = {**summary(DRAWN, submitted.seq + 1, answers), "earlier": []}
    approved = facts.approved
    assert approved is not None
    body = {**approved.body, "sample": sample}
    again = seal(RUTH, RUTH.name, "ab" * 32, submitted.seq + 70, EventKind.APPROVED, body)
    return replace(facts, approved=again)


def test_without_a_sample_the_certificate_says_so_plainly(good: Path) -> None:
    page = in_one_line(page_text((good / "certificate.pdf").read_bytes()))
    assert in_one_line("No re-check sample was taken") in page
    assert in_one_line("No second look was taken") in page


def test_an_unfinished_sample_shows_no_rate() -> None:
    facts = later(with_look_and_sample(_LOOK, {}), dict.fromkeys(range(17), 0))
    page = in_one_line(page_text(dict(write_certificate(facts, RUTH))["certificate.pdf"]))
    assert in_one_line("59 of 400 units were drawn by lot, and 17 of them were read") in page
    assert in_one_line("shows no rate") in page
    assert in_one_line("Clopper") not in page


def test_the_rates_of_a_sample_have_to_follow_from_its_counts() -> None:
    facts = later(with_look_and_sample(_LOOK, {}), dict.fromkeys(range(59), 0))
    assert facts.approved is not None
    for change in (
        {"most": 1},
        {"looked_at": 60},
        {"missed_units": 1},
        {"earlier": [{"event": 1}]},
    ):
        body = {**facts.approved.body, "sample": {**facts.approved.body["sample"], **change}}
        approved = seal(RUTH, RUTH.name, "ab" * 32, 1300, EventKind.APPROVED, body)
        with pytest.raises(CheckFailed, match="sample"):
            certificate_json(replace(facts, approved=approved), b"", RUTH)


def test_nothing_in_which_something_was_missed_is_certified() -> None:
    facts = later(with_look_and_sample(_LOOK, {}), {**dict.fromkeys(range(59), 0), 3: 2})
    with pytest.raises(CheckFailed, match="sample"):
        certificate_json(facts, b"", RUTH)


def test_a_second_look_whose_certain_places_were_not_all_ruled_on_is_not_certified() -> None:
    facts = with_look_and_sample({**_LOOK, "sure": 8}, {})
    with pytest.raises(CheckFailed, match="second look"):
        certificate_json(facts, b"", RUTH)

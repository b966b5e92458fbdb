"""What a file asks to have redacted, joined with what was found in the same place."""

from __future__ import annotations

from dataclasses import replace

from redactor.detect.in_file import AskedInFile
from redactor.labels import IN_FILE
from redactor.model import Finding, PagePlace, Proposal

ASKED = Finding(
    PagePlace(0), 4, 16, "Jory Bolitho", "MANUAL", 1.0, IN_FILE, "Marked for redaction in the file."
)
NAME = replace(ASKED, label="PERSON", score=0.45, recogniser="name@1", why="two capitals")


def test_a_mark_over_a_name_becomes_one_proposal_that_is_a_name() -> None:
    asked = AskedInFile([ASKED])
    (one,) = asked.joined([NAME])
    assert (one.label, one.score, one.recogniser) == ("PERSON", 1.0, IN_FILE)
    assert one.why == "Marked for redaction in the file. Found as well: two capitals"
    assert asked.rest() == ()


def test_a_mark_outweighs_a_proposal_to_keep() -> None:
    (one,) = AskedInFile([ASKED]).joined([replace(NAME, proposal=Proposal.KEEP)])
    assert one.proposal is Proposal.REDACT


def test_a_mark_over_more_or_less_than_was_found_stays_a_proposal_of_its_own() -> None:
    asked = AskedInFile([ASKED])
    for found in (replace(NAME, start=5), replace(NAME, end=17), replace(NAME, place=PagePlace(1))):
        assert asked.joined([found]) == (found,)
    assert asked.rest() == (ASKED,)

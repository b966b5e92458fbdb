"""What was learnt joins what the rules find, gives way to it, and takes nothing away."""

from __future__ import annotations

import pytest

from redactor.detect import ScanOptions, scan
from redactor.detect.recognise.trained import TrainedDomain
from redactor.detect.resolve import Found, resolve
from redactor.detect.rules import KEPT, LEARNT
from redactor.detect.scanner import detector
from redactor.model import Document, Finding, HiddenKind, LinePlace, Proposal, Segment

TEXT = (
    "Zorvathek Quillerthwaite, a neighbour, told DC 4471 Amin that he had seen the lad.\n"
    "FOI reference 01/FOI/25/042395. Zorvathek rang back on 07700 900058."
)


def lines(text: str) -> Document:
    return Document(
        "0" * 64, "txt", tuple(Segment(LinePlace(n), t) for n, t in enumerate(text.split("\n")))
    )


def findings(document: Document, **options: object) -> list[Finding]:
    return [
        one
        for batch in scan(document, ScanOptions(**options))  # type: ignore[arg-type]
        for one in batch.findings
    ]


def covered(found: list[Finding]) -> set[tuple[str, int]]:
    return {(one.place.id, at) for one in found for at in range(one.start, one.end)}


def test_the_fields_add_and_never_take_away() -> None:
    ruled, both = (findings(lines(TEXT), model=model) for model in (False, True))
    assert covered(ruled) <= covered(both)


def learnt(text: str, *, written: bool) -> list[str]:
    results, _ = detector(names=True, model=True).analyse(text, [], written=written)
    named = (one.recognition_metadata[one.RECOGNIZER_NAME_KEY] for one in results)
    return [one for one in named if one.startswith(LEARNT)]


def test_only_the_rules_look_at_what_programs_write() -> None:
    text = TrainedDomain.EXAMPLES[0].text
    assert learnt(text, written=True)
    assert not learnt(text, written=False)


@pytest.mark.parametrize("hidden", [HiddenKind.METADATA, HiddenKind.SETTINGS, HiddenKind.FORMULA])
def test_what_programs_write_is_found_as_by_the_rules_alone(hidden: HiddenKind) -> None:
    parts = tuple(Segment(LinePlace(n), t, hidden) for n, t in enumerate(TEXT.split("\n")))
    document = Document("0" * 64, "docx", parts)
    assert findings(document) == findings(document, model=False) != []


def test_who_made_and_last_changed_a_file_is_found_and_the_program_is_not() -> None:
    said = (
        "creator: Jane Whitcombe",
        "lastModifiedBy: R Dunmore",
        "Application: Microsoft Office Word",
        "Template: Normal.dotm",
        "creator: openpyxl",
    )
    properties = Document(
        "0" * 64,
        "docx",
        tuple(Segment(LinePlace(n), t, HiddenKind.METADATA) for n, t in enumerate(said)),
    )
    people = [one.text for one in findings(properties) if one.label == "PERSON"]
    assert people == ["Jane Whitcombe", "R Dunmore"]


def test_without_names_nothing_learnt_is_used() -> None:
    found = findings(lines(TEXT), names=False)
    assert not [one for one in found if one.recogniser.startswith(LEARNT)]


def test_the_same_document_gives_the_same_findings() -> None:
    assert findings(lines(TEXT)) == findings(lines(TEXT))


def test_a_reference_to_be_kept_stays_so_whatever_was_learnt() -> None:
    (kept,) = (one for one in findings(lines(TEXT)) if "FOI/25" in one.text)
    assert (kept.text, kept.proposal) == ("01/FOI/25/042395", Proposal.KEEP)


def test_a_rule_says_why_where_both_found_the_same() -> None:
    ruled = Found("PERSON", 0, 5, 0.6, "name@1", "a known surname")
    learnt = Found("PERSON", 0, 11, 0.99, f"{LEARNT}names@1", "learnt from examples")
    (one,) = resolve("Okoro Sarah", [learnt, ruled])
    assert (one.start, one.end, one.why, one.score) == (0, 11, "a known surname", 0.6)


def test_a_rule_s_phrase_is_not_stretched_by_what_was_learnt() -> None:
    text = "assault on the bus about noon"
    ruled = Found("OFFENCE", 0, 7, 0.65, "offence@1", "a phrase")
    learnt = Found("OFFENCE", 0, len(text), 0.9, f"{LEARNT}domain@1", "learnt from examples")
    assert resolve(text, [learnt, ruled]) == [ruled]


def test_a_learnt_reference_does_not_join_one_that_is_to_be_kept() -> None:
    kept = Found("ID", 4, 10, 0.9, f"{KEPT}@1", "a reference")
    learnt = Found("ID", 0, 10, 0.9, f"{LEARNT}domain@1", "learnt from examples")
    assert resolve("ref 123456", [kept, learnt]) == [kept]

from __future__ import annotations

import random

from redactor.events import Mark
from redactor.model import Area, Proposal, Redaction, Span, Target
from redactor.release.numbering import in_order, numbered

PLACES: list[Target] = [
    Span("page:1", 5, 9),
    Span("page:1", 40, 44),
    Area(0, 10, 50, 60, 70),
    Area(0, 10, 300, 60, 320),
    Span("page:2", 1, 4),
    Area(1, 0, 0, 9, 9),
    Span("page:10", 0, 3),
]


def mark(number: int, document: int, target: Target) -> Mark:
    return Mark(number, document, target, "x", "PERSON", 1.0, "r", "", Proposal.REDACT)


def test_marks_go_by_document_page_and_text():
    marks = [
        mark(number, document, target)
        for document in (1, 2)
        for number, target in enumerate(PLACES, start=document * 100)
    ]
    shuffled = list(marks)
    random.Random(4).shuffle(shuffled)
    assert in_order(shuffled) == marks


def test_what_has_no_pages_stays_as_it_is():
    targets = [Span("sheet:B!C4", 0, 3), Span("sheet:A!A1", 2, 3), Span("row:2", 0, 1, 3)]
    marks = [mark(number, 1, target) for number, target in enumerate(targets)]
    assert in_order(marks) == marks


def test_redactions_that_are_seen_are_numbered_in_their_order():
    redactions = [Redaction(target, "s40(2)") for target in reversed(PLACES)]
    hidden = Redaction(Span("part:properties#1", 0, 4), "s40(2)")
    assert numbered([*redactions, hidden]) == (
        hidden,
        *(Redaction(target, f"s40(2) #{at}") for at, target in enumerate(PLACES, start=1)),
    )

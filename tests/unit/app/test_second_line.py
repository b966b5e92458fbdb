"""What a reviewer is given to look at, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from redactor.app.second_line import Item, NoteKind, Section, SectionKind, work_list
from redactor.events import Mark
from redactor.law.exemptions import exemptions
from redactor.model import Action, Area, Decision, Proposal, Span
from redactor.people import subjects
from redactor.review import Block, Comment, Standing

S40 = "s40(2) by s40(3A)(a)"


def _mark(
    number: int,
    text: str = "Wren Holloway",
    label: str = "PERSON",
    document: int = 1,
    *,
    proposal: Proposal = Proposal.REDACT,
    hidden: str | None = None,
    by_hand: bool = False,
) -> Mark:
    span = Span("page:1", number * 1000, number * 1000 + len(text))
    return Mark(number, document, span, text, label, 0.9, "r", "", proposal, hidden, by_hand)


def _decision(action: Action, exemption: str = S40, reason: str = "It names a member.") -> Decision:
    cited = exemption if action is Action.REDACT else ""
    return Decision(action, cited, reason, "Morwenna Teague", "2026-01-05T09:00:00+00:00", 7)


REDACT, KEEP = _decision(Action.REDACT), _decision(Action.KEEP)


def _list(
    marks: Sequence[Mark],
    decisions: dict[int, Decision] | None = None,
    *,
    blocks: Sequence[Block] = (),
    comments: Iterable[Comment] = (),
    documents: Iterable[int] = (),
) -> dict[SectionKind, tuple[Item, ...]]:
    sections = work_list(
        blocks,
        marks,
        Standing(decisions or {}, {}, None, None),
        subjects(marks, ()),
        comments,
        exemptions(),
        documents=documents,
    )
    return {section.kind: section.items for section in sections}


def _kinds(item: Item) -> list[NoteKind]:
    return [note.kind for note in item.notes]


def test_sections_come_in_the_order_of_a_reviewers_work() -> None:
    sections = work_list((), (), Standing({}, {}, None, None), (), (), exemptions())
    assert sections == tuple(Section(kind, ()) for kind in SectionKind)
    assert sections[0].kind is SectionKind.BLOCKING


def test_what_blocks_names_the_very_findings_that_block() -> None:
    marks = [_mark(1), _mark(2), _mark(3, document=2), _mark(4, hidden="comment")]
    block = Block("undecided", 1, "", "1 finding has not been decided.", 1, 2)
    unread = Block("unread", 2, "page:1/image:1", "A picture cannot be read.")
    first, second = _list(marks, {1: REDACT}, blocks=[block, unread])[SectionKind.BLOCKING]
    assert first.marks == (2,)
    assert first.block is block
    assert first.detail == block.message
    assert second.marks == ()
    assert second.document == 2


def test_a_block_without_a_limb_names_those_that_have_none() -> None:
    marks = [_mark(1), _mark(2), _mark(3)]
    decisions = {1: REDACT, 2: _decision(Action.REDACT, "s99"), 3: KEEP}
    block = Block("no-ground", 1, "", "1 decision has no limb or no reason.", 1, 2)
    (item,) = _list(marks, decisions, blocks=[block])[SectionKind.BLOCKING]
    assert item.marks == (2,)


def test_exemptions_are_listed_with_what_relies_on_each_in_the_order_of_the_law() -> None:
    second = exemptions()[1].citation
    marks = [_mark(1), _mark(2), _mark(3)]
    decisions = {1: _decision(Action.REDACT, second), 2: REDACT, 3: KEEP}
    found = _list(marks, decisions)[SectionKind.EXEMPTION]
    order = [one.citation for one in exemptions() if one.citation in {S40, second}]
    assert [item.title for item in found] == order
    assert {item.title: item.marks for item in found} == {S40: (2,), second: (1,)}


def test_different_reasons_under_one_exemption_are_told() -> None:
    marks = [_mark(1), _mark(2), _mark(3)]
    odd = _decision(Action.REDACT, reason="Not for the public.")
    (item,) = _list(marks, {1: REDACT, 2: REDACT, 3: odd})[SectionKind.EXEMPTION]
    (note,) = item.notes
    assert note.kind is NoteKind.REASONS
    assert note.text == "2 different reasons are given under this exemption."
    assert item.reasons == 2


def test_reasons_that_differ_in_spacing_and_capitals_only_are_the_same() -> None:
    spaced = _decision(Action.REDACT, reason="it  names a MEMBER.")
    (item,) = _list([_mark(1), _mark(2)], {1: REDACT, 2: spaced})[SectionKind.EXEMPTION]
    assert item.notes == ()
    assert item.reasons == 1


def test_an_exemption_nobody_may_rely_on_is_listed_all_the_same() -> None:
    (item,) = _list([_mark(1)], {1: _decision(Action.REDACT, "s99")})[SectionKind.EXEMPTION]
    assert item.title == "s99"
    assert "Not an exemption" in item.detail


def test_a_person_redacted_here_and_kept_there_is_told_and_comes_first() -> None:
    marks = [_mark(1, "Agnes Pell"), _mark(2, "Agnes Pell")]
    marks += [_mark(number) for number in range(3, 6)]
    decisions = {1: REDACT, 2: REDACT, 3: REDACT, 4: REDACT, 5: KEEP}
    uneven, even = _list(marks, decisions)[SectionKind.PERSON]
    assert uneven.title == "Wren Holloway"
    assert uneven.notes[0].text == "This person is redacted in 2 places and kept in 1."
    assert uneven.notes[0].marks == (5,)
    assert even.notes == ()


def test_how_a_person_stands_in_hidden_content_makes_nothing_uneven() -> None:
    marks = [_mark(1), _mark(2, hidden="comment")]
    (item,) = _list(marks, {1: REDACT, 2: KEEP})[SectionKind.PERSON]
    assert item.notes == ()
    assert (item.counts.redact, item.counts.keep, item.counts.hidden) == (1, 0, 1)


def test_one_person_under_two_exemptions_is_told() -> None:
    other = _decision(Action.REDACT, exemptions()[2].citation)
    (item,) = _list([_mark(1), _mark(2)], {1: REDACT, 2: other})[SectionKind.PERSON]
    assert _kinds(item) == [NoteKind.REASONS]


def test_one_person_for_different_reasons_is_told_with_those_that_differ() -> None:
    odd = _decision(Action.REDACT, reason="Not for the public.")
    marks = [_mark(1), _mark(2), _mark(3)]
    (item,) = _list(marks, {1: REDACT, 2: odd, 3: REDACT})[SectionKind.PERSON]
    (note,) = item.notes
    assert note.text == "The redactions give 2 different reasons."
    assert note.marks == (2,)


def test_equal_texts_that_were_treated_differently_are_told_however_they_are_written() -> None:
    marks = [
        _mark(1, "Harbour House", "PLACE"),
        _mark(2, "HARBOUR  HOUSE", "PLACE", 2),
        _mark(3, "Quay Street", "PLACE"),
        _mark(4, "Quay Street", "PLACE"),
    ]
    (item,) = _list(marks, {1: REDACT, 2: KEEP, 3: KEEP, 4: KEEP})[SectionKind.TEXT]
    assert item.title == "Harbour House"
    assert item.marks == (1, 2)
    assert item.notes[0].text == "This text is redacted in 1 place and kept in 1."


def test_a_name_of_a_person_is_not_told_twice() -> None:
    found = _list([_mark(1), _mark(2)], {1: REDACT, 2: KEEP})
    assert found[SectionKind.TEXT] == ()
    assert len(found[SectionKind.PERSON]) == 1


def test_every_document_is_listed_even_one_in_which_nothing_was_found() -> None:
    items = _list([_mark(1, document=3)], documents=[1, 2, 3])[SectionKind.DOCUMENT]
    assert [item.document for item in items] == [1, 2, 3]
    assert [len(item.marks) for item in items] == [0, 0, 1]
    assert [item.detail for item in items] == ["", "", "0 % of what was found is redacted"]


def test_a_document_that_is_redacted_almost_whole_is_told() -> None:
    marks = [_mark(number) for number in range(1, 11)] + [_mark(11, hidden="comment")]
    decisions = dict.fromkeys(range(1, 10), REDACT) | {10: KEEP}
    (item,) = _list(marks, decisions)[SectionKind.DOCUMENT]
    assert _kinds(item) == [NoteKind.MUCH]
    assert "9 of 10 findings" in item.notes[0].text
    assert "(90 %)" in item.notes[0].text


@pytest.mark.parametrize("redacted", [8, 0])
def test_a_document_redacted_in_part_is_not(redacted: int) -> None:
    marks = [_mark(number) for number in range(1, 11)]
    decisions = dict.fromkeys(range(1, redacted + 1), REDACT)
    (item,) = _list(marks, decisions)[SectionKind.DOCUMENT]
    assert item.notes == ()


def test_few_findings_are_not_told_as_much_though_all_are_redacted() -> None:
    marks = [_mark(number) for number in range(1, 10)]
    (item,) = _list(marks, dict.fromkeys(range(1, 10), REDACT))[SectionKind.DOCUMENT]
    assert item.notes == ()


def test_a_box_over_half_a_page_and_a_whole_paragraph_are_told_as_large() -> None:
    large, small = Area(0, 0, 0, 595, 421), Area(0, 0, 0, 100, 20)
    marks = [
        Mark(1, 1, large, "", "MANUAL", 1.0, "by hand", "", Proposal.REDACT, by_hand=True),
        Mark(2, 1, small, "", "MANUAL", 1.0, "by hand", "", Proposal.REDACT, by_hand=True),
        _mark(3, "word " * 100, "MANUAL", by_hand=True),
        _mark(4, "word " * 100, "MANUAL", by_hand=True),
    ]
    decisions = {1: REDACT, 2: REDACT, 3: REDACT, 4: KEEP}
    (item,) = _list(marks, decisions)[SectionKind.DOCUMENT]
    (note,) = item.notes
    assert note.kind is NoteKind.LARGE
    assert note.marks == (1, 3)


def test_what_was_decided_against_the_machine_is_listed_both_ways() -> None:
    marks = [
        _mark(1),
        _mark(2, "Harbour House", "PLACE"),
        _mark(3, "07700 900123", "PHONE", proposal=Proposal.KEEP),
        _mark(4, "4 March", "DATE", proposal=Proposal.KEEP),
    ]
    items = _list(marks, {1: KEEP, 2: REDACT, 3: REDACT, 4: KEEP})[SectionKind.REJECTED]
    assert [(item.detail, item.marks) for item in items] == [
        ("Proposed to redact, kept", (1,)),
        ("Proposed to keep, redacted", (3,)),
    ]


def test_what_was_added_by_hand_is_listed_by_document_and_is_no_rejected_proposal() -> None:
    marks = [_mark(1, by_hand=True, document=2), _mark(2, by_hand=True), _mark(3)]
    found = _list(marks, {1: REDACT, 2: KEEP, 3: REDACT})
    assert [(item.document, item.marks) for item in found[SectionKind.BY_HAND]] == [
        (1, (2,)),
        (2, (1,)),
    ]
    assert found[SectionKind.REJECTED] == ()


def test_a_mark_made_by_hand_and_undone_is_nowhere() -> None:
    found = _list([_mark(1, by_hand=True)])
    assert all(not items for items in found.values())


def test_comments_to_be_answered_stand_before_answered_ones() -> None:
    marks = [_mark(1), _mark(2), _mark(3)]
    comments = [
        Comment(1, "Why?", "Idris Vaughan", "2026-01-05", 8, answered=True),
        Comment(2, "Which limb?", "Idris Vaughan", "2026-01-05", 9),
        Comment(2, "Before that", "Idris Vaughan", "2026-01-04", 5, answered=True),
        Comment(99, "Of a finding that is gone", "Idris Vaughan", "2026-01-04", 6),
    ]
    first, second = _list(marks, comments=comments)[SectionKind.COMMENTED]
    assert (first.title, first.marks) == ("To be answered", (2,))
    assert (second.title, second.marks) == ("Answered", (1,))


def test_an_item_shows_no_case_text_when_it_is_printed() -> None:
    found = _list([_mark(1), _mark(2)], {1: REDACT, 2: KEEP})
    assert "Wren" not in repr(found)
    assert "Wren" not in "".join(item.key for items in found.values() for item in items)

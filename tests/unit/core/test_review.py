"""What the events add up to."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from redactor.events import Event, EventKind, Mark
from redactor.model import (
    Action,
    Incomplete,
    Proposal,
    Redaction,
    Ruling,
    Span,
    Unread,
)
from redactor.review import (
    Block,
    DocumentState,
    Standing,
    allowed_rulings,
    blocks,
    comments,
    digest_of,
    redactions,
    standing,
)

_GROUNDS = {"s40(2) by s40(3A)(a)": False, "s31(1)(a)": True}
_AT = "2026-01-05T09:00:00+00:00"


def _event(seq: int, kind: EventKind, body: dict[str, Any]) -> Event:
    return Event(seq, _AT, "A. Officer", kind, body)


def _decided(seq: int, marks: list[int], action: str = "redact", reason: str = "why") -> Event:
    exemption = "s40(2) by s40(3A)(a)" if action == "redact" else ""
    body = {"action": action, "exemption": exemption, "reason": reason, "marks": marks}
    return _event(seq, EventKind.DECIDED, body)


def _mark(number: int, *, hidden: str | None = None, by_hand: bool = False) -> Mark:
    target = Span("page:1", number * 10, number * 10 + 5)
    return Mark(number, 1, target, "text", "PERSON", 0.9, "r", "", Proposal.REDACT, hidden, by_hand)


def test_a_later_decision_stands_over_an_earlier_one():
    now = standing([_decided(1, [1, 2]), _decided(2, [2], "keep")])
    assert now.decisions[1].action is Action.REDACT
    assert now.decisions[2].action is Action.KEEP
    assert (now.undo, now.redo) == (2, None)


def test_undo_brings_back_what_stood_before():
    now = standing([_decided(1, [1]), _decided(2, [1], "keep"), _event(3, EventKind.UNDONE, {})])
    assert now.decisions[1].action is Action.REDACT
    assert (now.undo, now.redo) == (1, 2)


def test_undo_twice_and_redo_once():
    events = [_decided(1, [1]), _decided(2, [2])]
    events += [_event(3, EventKind.UNDONE, {}), _event(4, EventKind.UNDONE, {})]
    events += [_event(5, EventKind.REDONE, {})]
    now = standing(events)
    assert set(now.decisions) == {1}
    assert (now.undo, now.redo) == (1, 2)


def test_a_new_decision_ends_redoing():
    events = [_decided(1, [1]), _event(2, EventKind.UNDONE, {}), _decided(3, [2])]
    now = standing([*events, _event(4, EventKind.REDONE, {})])
    assert set(now.decisions) == {2}
    assert now.redo is None


@given(st.lists(st.integers(min_value=1, max_value=6), min_size=1, max_size=12))
def test_undoing_everything_leaves_nothing_and_redoing_brings_all_back(marks: list[int]):
    events = [_decided(seq, [mark]) for seq, mark in enumerate(marks, start=1)]
    done = standing(events)
    undone = [*events, *(_event(100 + n, EventKind.UNDONE, {}) for n in range(len(marks)))]
    assert standing(undone).decisions == {}
    redone = [*undone, *(_event(200 + n, EventKind.REDONE, {}) for n in range(len(marks)))]
    assert standing(redone).decisions == done.decisions


def test_only_redact_decisions_become_redactions_with_the_printed_label():
    now = standing([_decided(1, [1]), _decided(2, [2], "keep")])
    found = redactions([_mark(1), _mark(2)], now.decisions, {"s40(2) by s40(3A)(a)": "s40(2)"})
    assert found == {1: (Redaction(Span("page:1", 10, 15), "s40(2)"),)}


def test_everything_unsettled_blocks_and_nothing_else_does():
    document = DocumentState(
        1, "read", (Unread("page:2", "a picture"),), (Incomplete("page:3", "timed out"),)
    )
    marks = [_mark(1), _mark(2), _mark(3, hidden="comment"), _mark(4, by_hand=True)]
    now = standing([_decided(1, [1])])
    assert [block.kind for block in blocks([document], marks, now, grounds=_GROUNDS)] == [
        "unread",
        "incomplete",
        "undecided",
    ]
    settled = standing(
        [
            _decided(1, [1, 2]),
            _event(2, EventKind.RULED, _ruling("page:2", Ruling.LEAVE_OUT)),
            _event(3, EventKind.RULED, _ruling("page:3", Ruling.LEAVE_OUT)),
        ]
    )
    assert blocks([document], marks, settled, grounds=_GROUNDS) == ()


def _ruling(part: str, ruling: Ruling) -> dict[str, Any]:
    return {"document": 1, "part": part, "ruling": str(ruling), "reason": "seen"}


def test_a_document_being_read_or_refused_blocks():
    states = [DocumentState(1, "reading"), DocumentState(2, "refused", refusal="It is encrypted.")]
    found = blocks(states, [], standing([]), grounds=_GROUNDS)
    assert [(one.kind, one.document) for one in found] == [("reading", 1), ("unreadable", 2)]
    ruled = {"document": 2, "part": "", "ruling": "leave-out", "reason": "not in scope"}
    now = standing([_event(1, EventKind.RULED, ruled)])
    found = blocks(states[1:], [], now, grounds=_GROUNDS)
    assert found == ()


def test_a_decision_without_a_reason_blocks():
    now = standing([_decided(1, [1], reason=" ")])
    assert _kinds(now, [_mark(1)]) == ["no-ground"]


def _kinds(now: Standing, marks: list[Mark]) -> list[str]:
    found = blocks([DocumentState(1, "read")], marks, now, grounds=_GROUNDS)
    return [one.kind for one in found]


def test_a_limb_that_is_not_known_blocks():
    body = {"action": "redact", "exemption": "s40", "reason": "why", "marks": [1]}
    assert _kinds(standing([_event(1, EventKind.DECIDED, body)]), [_mark(1)]) == ["no-ground"]


def test_a_qualified_limb_blocks_until_the_public_interest_is_weighed():
    body = {"action": "redact", "exemption": "s31(1)(a)", "reason": "why", "marks": [1]}
    assert _kinds(standing([_event(1, EventKind.DECIDED, body)]), [_mark(1)]) == ["public-interest"]
    weighed = {**body, "public_interest": "The balance lies with withholding."}
    assert _kinds(standing([_event(1, EventKind.DECIDED, weighed)]), [_mark(1)]) == []


def test_a_block_about_findings_links_to_the_first_of_them():
    (block,) = blocks(
        [DocumentState(1, "read")], [_mark(7), _mark(9)], standing([]), grounds=_GROUNDS
    )
    assert (block.kind, block.mark, block.count) == ("undecided", 7, 2)


def test_a_failed_check_blocks_with_its_own_words():
    (block,) = blocks(
        [DocumentState(1, "read")], [], standing([]), grounds=_GROUNDS, failed="It failed."
    )
    assert (block.kind, block.document, block.message) == ("failed-check", None, "It failed.")


def test_a_comment_is_answered_once_its_finding_is_decided_anew():
    said = _event(2, EventKind.COMMENTED, {"mark": 1, "text": "Is this a public official?"})
    before = [_decided(1, [1]), said]
    assert [(one.mark, one.answered) for one in comments(before)] == [(1, False)]
    assert [one.answered for one in comments([*before, _decided(3, [2])])] == [False]
    assert [one.answered for one in comments([*before, _decided(3, [1], "keep")])] == [True]


def test_undoing_a_ruling_brings_back_the_ruling_before():
    first = _event(1, EventKind.RULED, _ruling("page:2", Ruling.LEAVE_OUT))
    second = _event(2, EventKind.RULED, _ruling("page:2", Ruling.RELEASE_AS_SEEN))
    now = standing([first, second, _event(3, EventKind.UNDONE, {"event": 2})])
    assert now.rulings[1, "page:2"].ruling is Ruling.LEAVE_OUT


def test_the_digest_of_what_stands_changes_with_every_decision_and_ruling():
    events = [
        _decided(1, [1]),
        _decided(2, [1], reason="another reason"),
        _event(3, EventKind.RULED, _ruling("page:2", Ruling.LEAVE_OUT)),
        _decided(4, [1], "keep"),
    ]
    digests = [digest_of(standing(events[:count])) for count in range(len(events) + 1)]
    assert len(set(digests)) == len(digests)
    assert digest_of(standing(events)) == digests[-1]


def test_an_empty_case_blocks():
    assert [one.kind for one in blocks([], [], standing([]), grounds=_GROUNDS)] == ["empty"]


def test_only_what_can_be_looked_at_may_be_released_as_seen():
    both = (Ruling.LEAVE_OUT, Ruling.RELEASE_AS_SEEN)
    unread = [Unread("page:1/image:1", "A picture.", both), Unread("word/footnotes.xml", "Notes.")]
    picture = Block("unread", 1, "page:1/image:1", "A picture.")
    assert allowed_rulings(picture, unread) == both
    notes = Block("unread", 1, "word/footnotes.xml", "Notes.")
    assert allowed_rulings(notes, unread) == (Ruling.LEAVE_OUT,)
    assert allowed_rulings(Block("unread", 1, "page:9", "Gone."), unread) == ()
    assert allowed_rulings(Block("unreadable", 1, "", "Empty."), ()) == (Ruling.LEAVE_OUT,)


def test_an_unfinished_search_is_read_through_and_never_left_out():
    block = Block("incomplete", 1, "line:3", "A search ran out of time.")
    assert allowed_rulings(block, ()) == (Ruling.RELEASE_AS_SEEN,)


def test_what_has_to_be_decided_cannot_be_ruled_on():
    for kind in ("undecided", "no-ground", "public-interest", "failed-check", "reading", "empty"):
        assert allowed_rulings(Block(kind, 1, "", "Said."), [Unread("", "")]) == ()

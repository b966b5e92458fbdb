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
from redactor.review import DocumentState, blocks, redactions, standing

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
    assert [block.kind for block in blocks([document], marks, now)] == [
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
    assert blocks([document], marks, settled) == ()


def _ruling(part: str, ruling: Ruling) -> dict[str, Any]:
    return {"document": 1, "part": part, "ruling": str(ruling), "reason": "seen"}


def test_a_document_being_read_or_refused_blocks():
    states = [DocumentState(1, "reading"), DocumentState(2, "refused", refusal="It is encrypted.")]
    found = blocks(states, [], standing([]))
    assert [(one.kind, one.document) for one in found] == [("reading", 1), ("unreadable", 2)]
    ruled = {"document": 2, "part": "", "ruling": "leave-out", "reason": "not in scope"}
    found = blocks(states[1:], [], standing([_event(1, EventKind.RULED, ruled)]))
    assert found == ()


def test_a_decision_without_a_reason_blocks():
    now = standing([_decided(1, [1], reason=" ")])
    assert [one.kind for one in blocks([DocumentState(1, "read")], [_mark(1)], now)] == [
        "no-ground"
    ]


def test_an_empty_case_blocks():
    assert [one.kind for one in blocks([], [], standing([]))] == ["empty"]

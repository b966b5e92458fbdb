"""Adding up the events, each with what takes it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from redactor.events import Event, EventKind
from redactor.lifecycle import CHANGES, UNDOABLE
from redactor.model import Aside, Decision, ReadAs
from redactor.review.state import (
    DECIDED_ON,
    Chosen,
    Justification,
    LeadRuling,
    Look,
    SetAside,
    Standing,
    StandingRuling,
    Tick,
)
from redactor.review.statements import (
    decision_of,
    justification_of,
    lead_rulings_of,
    look_of,
    row_of,
    ruling_of,
    set_aside_of,
    swapped,
    tick_of,
)

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_TakeBack = Callable[[], object]


def standing(events: Iterable[Event]) -> Standing:
    """Add up a whole log."""
    return Tally(events).standing()


class Tally:
    """Adds up the events one by one. Undo and redo are events; a new decision ends redoing.

    Where a document is read otherwise, what was decided and ruled on it falls, and nothing from
    before can be undone: the places that it was about are not there any more.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._decisions: dict[int, Decision] = {}
        self._rulings: dict[tuple[int, str], StandingRuling] = {}
        self._leads: dict[str, LeadRuling] = {}
        self._look: Look | None = None
        self._read_as: dict[int, Chosen] = {}
        self._justifications: dict[int, Justification] = {}
        self._request: int | None = None
        self._numbers: int | None = None
        self._set_aside: dict[int, SetAside] = {}
        self._ticks: dict[str, Tick] = {}
        self._active: list[_Done] = []
        self._undone: list[Event] = []
        for event in events:
            self.add(event)

    def add(self, event: Event) -> None:
        """Add one event."""
        if self._look is not None and self._changes_more(event):
            self._look = replace(self._look, is_stale=True)
        if event.kind is EventKind.LOOKED_AGAIN:
            self._look = look_of(event)
        elif event.kind is EventKind.DOCUMENT_READ_AS:
            self._read_otherwise(event)
        elif event.kind in UNDOABLE:
            self._do(event)
            self._undone.clear()
        elif event.kind is EventKind.UNDONE and self._active:
            done = self._active.pop()
            done.take_back()
            self._undone.append(done.event)
        elif event.kind is EventKind.REDONE and self._undone:
            self._do(self._undone.pop())

    @property
    def read_as(self) -> Mapping[int, Chosen]:
        """Give how documents are read of which somebody chose it, by number."""
        return self._read_as

    def standing(self) -> Standing:
        """Give what holds now."""
        return Standing(
            {mark: self._as_justified(one) for mark, one in self._decisions.items()},
            dict(self._rulings),
            undo=self._active[-1].event.seq if self._active else None,
            redo=self._undone[-1].seq if self._undone else None,
            leads=dict(self._leads),
            look=self._look,
            read_as=dict(self._read_as),
            justifications=dict(self._justifications),
            request=self._request,
            set_aside={
                number: replace(one, decision=self._as_justified(one.decision))
                for number, one in self._set_aside.items()
            },
            numbers=self._numbers,
            ticks=dict(self._ticks),
        )

    def _as_justified(self, decision: Decision) -> Decision:
        """Give a decision in the words that what it rests on has now."""
        rests_on = self._justifications.get(decision.justification)
        if rests_on is None:
            return decision
        return replace(
            decision,
            exemption=rests_on.exemption,
            reason=rests_on.reason,
            public_interest=rests_on.public_interest,
        )

    def _read_otherwise(self, event: Event) -> None:
        """Let everything fall that was about what a document said when it was read otherwise.

        What was decided on places of the second look is asked again, of whichever document.
        """
        body = event.body
        number = int(body["document"])
        chosen = ReadAs(str(body["encoding"]), str(body["delimiter"]))
        self._read_as[number] = Chosen(chosen, int(body["last_mark"]))
        for mark in body["marks"]:
            self._decisions.pop(mark, None)
        self._rulings = {key: one for key, one in self._rulings.items() if key[0] != number}
        self._leads = {key: one for key, one in self._leads.items() if one.category != DECIDED_ON}
        self._active.clear()
        self._undone.clear()

    def _changes_more(self, event: Event) -> bool:
        """Say whether an event changes anything but how places of the second look stand."""
        if event.kind is EventKind.UNDONE:
            over = self._active[-1].event if self._active else event
        elif event.kind is EventKind.REDONE:
            over = self._undone[-1] if self._undone else event
        else:
            over = event
        return event.kind in CHANGES and not over.body.get("leads")

    def _do(self, event: Event) -> None:
        """Let an event stand, and remember how to take it back."""
        ruled = lead_rulings_of(event)
        take_leads_back = _put(self._leads, ruled)
        take_back = self._stand(event)
        self._active.append(_Done(event, lambda: (take_back(), take_leads_back())))

    def _stand(self, event: Event) -> _TakeBack:
        """Let what an event says stand; give what takes it back."""
        step = self._STEPS.get(event.kind)
        return step(self, event) if step is not None else _nothing

    def _request_recorded(self, event: Event) -> _TakeBack:
        return self._set("_request", row_of(event))

    def _justify(self, event: Event) -> _TakeBack:
        written = justification_of(event)
        return _put(self._justifications, {written.number: written})

    def _rule(self, event: Event) -> _TakeBack:
        key, ruling = ruling_of(event)
        return _put(self._rulings, {key: ruling})

    def _answer(self, event: Event) -> _TakeBack:
        tick = tick_of(event)
        return _put(self._ticks, {tick.point: tick})

    def _decide(self, event: Event) -> _TakeBack:
        return _put(self._decisions, dict.fromkeys(event.body["marks"], decision_of(event)))

    def _lay_aside(self, event: Event) -> _TakeBack:
        number = int(event.body["document"])
        if not event.body["why"]:
            return _drop(self._set_aside, [number])
        return _put(self._set_aside, {number: set_aside_of(event)})

    def _settle_numbers(self, event: Event) -> _TakeBack:
        take_row_back = self._set("_numbers", row_of(event))
        take_freed_back = _drop(self._decisions, event.body["freed"])
        take_marks_back = self._decide(event)
        swap_back = self._swap(event)
        return lambda: (swap_back(), take_marks_back(), take_freed_back(), take_row_back())

    def _swap(self, event: Event) -> _TakeBack:
        """Let documents go out in the place of others.

        What a person left out on another ground since stays out.
        """
        ground, pairs, aside = decision_of(event), swapped(event.body), self._set_aside
        replaced = [
            new
            for old, new in pairs
            if new in aside and (aside[new].why, aside[new].by) == (Aside.REPLACED, old)
        ]
        out = {old: SetAside(Aside.REPLACED, ground, new) for old, new in pairs if old not in aside}
        put_others_back = _put(aside, out)
        leave_out_again = _drop(aside, replaced)
        return lambda: (leave_out_again(), put_others_back())

    def _set(self, name: str, value: int | None) -> _TakeBack:
        before = getattr(self, name)
        setattr(self, name, value)
        return lambda: setattr(self, name, before)

    #: What each kind of event that can be undone lets stand, and how that is taken back.
    _STEPS: ClassVar[Mapping[EventKind, Callable[[Tally, Event], _TakeBack]]] = {
        EventKind.REQUEST_RECORDED: _request_recorded,
        EventKind.JUSTIFIED: _justify,
        EventKind.DECIDED: _decide,
        EventKind.RULED: _rule,
        EventKind.DOCUMENT_SET_ASIDE: _lay_aside,
        EventKind.NUMBERS_SETTLED: _settle_numbers,
        EventKind.CHECKLIST_ANSWERED: _answer,
    }


def _nothing() -> None:
    """Take nothing back."""


def _put(kept: dict[_Key, _Value], new: Mapping[_Key, _Value]) -> _TakeBack:
    """Put some values in the place of others; give what puts the others back."""
    before = {key: kept[key] for key in new if key in kept}
    added = [key for key in new if key not in kept]
    kept.update(new)

    def take_back() -> None:
        for key in added:
            kept.pop(key, None)
        kept.update(before)

    return take_back


def _drop(kept: dict[_Key, _Value], keys: Iterable[_Key]) -> _TakeBack:
    """Let some values fall; give what puts them back."""
    before = {key: kept.pop(key) for key in keys if key in kept}
    return lambda: kept.update(before)


@dataclass(frozen=True, slots=True)
class _Done:
    """What stands, and what takes it back."""

    event: Event
    take_back: Callable[[], object]

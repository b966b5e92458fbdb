"""What the events add up to: standing decisions, what may be undone, what blocks a release.

Pure functions over events and marks. Nothing here reads or writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from redactor.events import Event, EventKind, Mark
from redactor.model import Action, Decision, Incomplete, Redaction, Ruling, Unread

#: Only these can be undone; the rest is history.
_UNDOABLE = frozenset({EventKind.DECIDED, EventKind.RULED})


@dataclass(frozen=True, slots=True)
class StandingRuling:
    """What a named person ruled on an unread or incomplete part, and why."""

    ruling: Ruling
    reason: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds now.

    Attributes:
        decisions: by mark id.
        rulings: by document number and the part's place.
        undo: the event that undo would take back, if any.
        redo: the event that redo would bring back, if any.
    """

    decisions: Mapping[int, Decision]
    rulings: Mapping[tuple[int, str], StandingRuling]
    undo: int | None
    redo: int | None


def standing(events: Iterable[Event]) -> Standing:
    """Add up the events. Undo and redo are themselves events; a new decision ends redoing."""
    active: list[Event] = []
    undone: list[Event] = []
    for event in events:
        if event.kind in _UNDOABLE:
            active.append(event)
            undone.clear()
        elif event.kind is EventKind.UNDONE and active:
            undone.append(active.pop())
        elif event.kind is EventKind.REDONE and undone:
            active.append(undone.pop())
    decisions: dict[int, Decision] = {}
    rulings: dict[tuple[int, str], StandingRuling] = {}
    for event in active:
        if event.kind is EventKind.DECIDED:
            decision = _decision(event)
            decisions.update(dict.fromkeys(event.body["marks"], decision))
        else:
            key = (int(event.body["document"]), str(event.body["part"]))
            rulings[key] = StandingRuling(
                Ruling(event.body["ruling"]), str(event.body["reason"]), event.actor, event.at
            )
    return Standing(
        decisions,
        rulings,
        undo=active[-1].seq if active else None,
        redo=undone[-1].seq if undone else None,
    )


def _decision(event: Event) -> Decision:
    body = event.body
    return Decision(
        Action(body["action"]),
        str(body["exemption"]),
        str(body["reason"]),
        event.actor,
        event.at,
        event.seq,
    )


def redactions(
    marks: Iterable[Mark], decisions: Mapping[int, Decision], labels: Mapping[str, str]
) -> dict[int, tuple[Redaction, ...]]:
    """Compute what is to be removed from each document.

    Args:
        marks: all marks of the case.
        decisions: the standing decisions, by mark id.
        labels: the label printed for each exemption (``s40(2)``).

    Returns:
        The redactions by document number.
    """
    found: dict[int, list[Redaction]] = {}
    for mark in marks:
        decision = decisions.get(mark.id)
        if decision is not None and decision.action is Action.REDACT:
            label = labels.get(decision.exemption, decision.exemption)
            found.setdefault(mark.document, []).append(Redaction(mark.target, label))
    return {document: tuple(each) for document, each in found.items()}


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that stands in the way of a release.

    Attributes:
        kind: ``undecided``, ``unread``, ``incomplete``, ``unreadable``, ``no-ground``,
            ``reading`` or ``empty``.
        document: its number, or None for the case as a whole.
        place: the part, or empty.
        message: a sentence for the officer, without case text.
        count: how many such things.
    """

    kind: str
    document: int | None
    place: str
    message: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What is known of one document of the case, for computing blocks.

    Attributes:
        status: ``reading``, ``read`` or ``refused``.
        refusal: why it was refused.
    """

    number: int
    status: str
    unread: tuple[Unread, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()
    refusal: str = ""


def blocks(
    documents: Sequence[DocumentState], marks: Iterable[Mark], now: Standing
) -> tuple[Block, ...]:
    """List all that must be settled before a release, in the order of the documents."""
    undecided: dict[int, int] = {}
    ungrounded: dict[int, int] = {}
    for mark in marks:
        decision = now.decisions.get(mark.id)
        if decision is None:
            if mark.hidden is None and not mark.by_hand:
                undecided[mark.document] = undecided.get(mark.document, 0) + 1
        elif not decision.reason.strip() or (
            decision.action is Action.REDACT and not decision.exemption.strip()
        ):
            ungrounded[mark.document] = ungrounded.get(mark.document, 0) + 1
    found: list[Block] = []
    for document in documents:
        found.extend(_document_blocks(document, now))
        number = document.number
        if count := undecided.get(number):
            noun = "finding has" if count == 1 else "findings have"
            found.append(Block("undecided", number, "", f"{count} {noun} not been decided.", count))
        if count := ungrounded.get(number):
            found.append(
                Block("no-ground", number, "", f"{count} decided without limb or reason.", count)
            )
    if not documents:
        found.append(Block("empty", None, "", "The case holds no documents yet."))
    return tuple(found)


def _document_blocks(document: DocumentState, now: Standing) -> Iterable[Block]:
    number = document.number
    if document.status == "reading":
        yield Block("reading", number, "", "It is still being read.")
    if document.status == "refused" and (number, "") not in now.rulings:
        yield Block("unreadable", number, "", document.refusal)
    for part in document.unread:
        if (number, part.place) not in now.rulings:
            yield Block("unread", number, part.place, part.why)
    for step in document.incomplete:
        if (number, step.place) not in now.rulings:
            yield Block("incomplete", number, step.place, step.why)

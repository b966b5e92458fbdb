"""Decisions that stand for a person: for every mention there is, and for those found later.

The event of such a decision names the person, by one of their mentions. When a document is read
later, the new mentions that the rule joins with that person are decided alike, by an event that
names the first, in the name of whoever added the document; they can be undone like any other. A
decision for the person that comes later ends it, and so does its undoing. Where decisions for two
persons who turn out to be one contradict each other, nothing is decided; nor where a person is to
be kept of whom a mention was withheld since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from redactor.app.case import Case, Change
from redactor.events import Event, EventKind
from redactor.model import Action, Decision
from redactor.people import Subject, subjects


@dataclass(frozen=True, slots=True)
class PersonDecision:
    """A decision for a person.

    Attributes:
        seq: the event.
        person: the mention that names the person.
        marks: what it decided on.
        later: whether it is to hold for mentions that are found later.
    """

    seq: int
    person: int
    marks: frozenset[int] = field(repr=False)
    later: bool
    action: Action
    exemption: str
    reason: str
    public_interest: str
    actor: str

    @property
    def ground(self) -> tuple[Action, str, str, str]:
        """Give what a mention is decided with."""
        return self.action, self.exemption, self.reason, self.public_interest

    def agrees_with(self, other: PersonDecision) -> bool:
        """Say whether two decisions would do the same."""
        return (self.action, self.exemption) == (other.action, other.exemption)


def decisions_for_persons(events: Iterable[Event]) -> tuple[PersonDecision, ...]:
    """Give the decisions for persons that were not undone, in order."""
    undone: set[int] = set()
    made: list[Event] = []
    for event in events:
        if event.kind is EventKind.UNDONE:
            undone.add(int(event.body["event"]))
        elif event.kind is EventKind.REDONE:
            undone.discard(int(event.body["event"]))
        elif event.kind is EventKind.DECIDED and "person" in event.body:
            made.append(event)
    return tuple(_decision(event) for event in made if event.seq not in undone)


def standing_of(
    subject: Subject, decisions: Sequence[PersonDecision]
) -> tuple[PersonDecision, ...]:
    """Give the decision that holds for a person; more than one where they contradict each other."""
    held = set(subject.marks)
    mine = [one for one in decisions if one.person in held]
    left = [
        one
        for at, one in enumerate(mine)
        if not any(
            one.person in later.marks or one.person == later.person for later in mine[at + 1 :]
        )
    ]
    if left and all(one.agrees_with(left[-1]) for one in left):
        return (left[-1],) if left[-1].later else ()
    return tuple(one for one in left if one.later)


def standing_decisions(
    among: Iterable[Subject], decisions: Sequence[PersonDecision]
) -> Mapping[str, tuple[PersonDecision, ...]]:
    """Give what holds for each person for whom something does, by id."""
    if not decisions:
        return {}
    named = {one.person for one in decisions}
    return {
        one.id: standing
        for one in among
        if not named.isdisjoint(one.marks) and (standing := standing_of(one, decisions))
    }


def follow(case: Case, number: int) -> tuple[Change, ...]:
    """Decide the new mentions of a document as was decided for their persons.

    Only whoever added the document does so by having it read: to others it would be work in the
    case that they did not ask for. What was once decided so and undone is left alone.
    """
    decisions = decisions_for_persons(case.events())
    if not decisions or not _added_by(case, number):
        return ()
    marks = case.marks()
    among = subjects(marks, case.events())
    decided = case.standing().decisions
    before = {
        mark for event in case.events() if "follows" in event.body for mark in event.body["marks"]
    }
    here = {
        mark.id
        for mark in marks
        if mark.document == number and mark.id not in decided and not mark.by_hand
    } - before
    changes: list[Change] = []
    by_id = {one.id: one for one in among}
    for person, standing in standing_decisions(among, decisions).items():
        held = by_id[person].marks
        new = [mark for mark in held if mark in here]
        one = standing[0]
        if new and len(standing) == 1 and not _was_departed_from(one, held, decided):
            changes.append(case.decide(new, *one.ground, about={"follows": one.seq}))
    return tuple(changes)


def _was_departed_from(
    one: PersonDecision, held: Iterable[int], decided: Mapping[int, Decision]
) -> bool:
    """Say whether a person is to be kept, and yet somebody withheld a mention.

    Then every later mention is for a person to look at: to keep wrongly cannot be made good.
    """
    return one.action is Action.KEEP and any(
        mark in decided and decided[mark].action is Action.REDACT for mark in held
    )


def told(changes: Sequence[Change]) -> str:
    """Say what was decided because decisions for persons stand; empty where nothing was."""
    count = sum(len(one.event.body["marks"]) for one in changes)
    if not count:
        return ""
    mentions = "1 new mention was" if count == 1 else f"{count:,} new mentions were"
    persons = "that person" if len(changes) == 1 else f"{len(changes):,} persons"
    return f"{mentions} decided as you or others decided for {persons}. Undo with Ctrl+Z."


def _decision(event: Event) -> PersonDecision:
    body = event.body
    return PersonDecision(
        event.seq,
        int(body["person"]),
        frozenset(body["marks"]),
        bool(body.get("later", False)),
        Action(body["action"]),
        str(body["exemption"]),
        str(body["reason"]),
        str(body.get("public_interest", "")),
        event.actor,
    )


def _added_by(case: Case, number: int) -> bool:
    """Say whether the person who works added a document."""
    member = case.member
    return member is not None and any(
        event.kind is EventKind.DOCUMENT_ADDED
        and event.body["document"] == number
        and event.fingerprint == member.fingerprint
        for event in case.events()
    )

"""What the events add up to: standing decisions, what may be undone, what blocks a release.

Pure functions over events and marks. Nothing here reads or writes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, ClassVar, TypeVar

from redactor.canonical import canonical
from redactor.events import Event, EventKind, Mark
from redactor.labels import COUNT, HIDDEN_COUNT_LABEL
from redactor.lifecycle import CHANGES, UNDOABLE
from redactor.model import (
    Action,
    Aside,
    Decision,
    Incomplete,
    PointAnswer,
    ReadAs,
    Redaction,
    Ruling,
    Unread,
)

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_TakeBack = Callable[[], object]


@dataclass(frozen=True, slots=True)
class StandingRuling:
    """What a named person ruled on an unread or incomplete part, and why.

    Attributes:
        part: what the log calls the part.
    """

    ruling: Ruling
    reason: str
    actor: str
    at: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class LeadRuling:
    """What a person ruled on a place that the second look found (``redactor.second_look``).

    Attributes:
        category: why it was dismissed; ``decided`` where the place was decided on instead.
    """

    category: str
    reason: str
    actor: str
    at: str
    seq: int


@dataclass(frozen=True, slots=True)
class Look:
    """What the last second look found, by ids of the log.

    Attributes:
        state: the digest of what was looked at.
        decisions: that of the decisions alone (``digest_of``).
        sure: those that are all but certainly missed.
        is_stale: something else than these places was changed since.
    """

    seq: int
    state: str
    decisions: str
    sure: tuple[str, ...]
    others: tuple[str, ...]
    hidden: int
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a person chose that a document is read.

    Attributes:
        last_mark: the last finding of the readings before; up to it they are replaced.
    """

    read_as: ReadAs
    last_mark: int


@dataclass(frozen=True, slots=True)
class Justification:
    """Why a limb is engaged, for as many redactions as rest on it.

    Attributes:
        number: from 1, within the case.
        exemption: the citation with its limb.
        answers: what the limb's questions were answered with, by their keys (``law``).
        reason, public_interest: the answers as the log and the schedules give them.
        seq: the event that wrote it so; its version.
    """

    number: int
    exemption: str
    answers: Mapping[str, str]
    reason: str
    public_interest: str
    actor: str
    at: str
    seq: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """What a person ruled on a whole document that stays out of the release.

    Attributes:
        decision: the ground; without an exemption unless the document is withheld.
        by: the document that replaces it; 0 for none.
    """

    why: Aside
    decision: Decision
    by: int = 0


@dataclass(frozen=True, slots=True)
class Tick:
    """What a person answered to a point of the Commissioner's checklists.

    Attributes:
        point: its key.
    """

    point: str
    answer: PointAnswer
    remark: str
    actor: str
    at: str
    seq: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds now.

    Attributes:
        decisions: by mark id.
        rulings: by document number and the part's place; added up from a log alone, by its name
            there.
        undo: the event that undo would take back, if any.
        redo: the event that redo would bring back, if any.
        leads: what was ruled on places that the second look found, by their ids.
        look: the last second look.
        read_as: how documents are read of which somebody chose it, by number.
        justifications: by number, each as it was last written.
        request: the row of the case file that says what was asked and when; None without one.
        set_aside: by number, the documents that stay out of the release as a whole.
        numbers: the row of the case file that says how small numbers are protected; None without.
        ticks: what people answered of the Commissioner's checklists, by the key of the point.
    """

    decisions: Mapping[int, Decision]
    rulings: Mapping[tuple[int, str], StandingRuling]
    undo: int | None
    redo: int | None
    leads: Mapping[str, LeadRuling] = field(default_factory=dict)
    look: Look | None = None
    read_as: Mapping[int, Chosen] = field(default_factory=dict)
    justifications: Mapping[int, Justification] = field(default_factory=dict)
    request: int | None = None
    set_aside: Mapping[int, SetAside] = field(default_factory=dict)
    numbers: int | None = None
    ticks: Mapping[str, Tick] = field(default_factory=dict)

    def waiting(self, leads: Iterable[str]) -> tuple[str, ...]:
        """Give those of some places of the second look on which nobody has ruled."""
        return tuple(one for one in leads if one not in self.leads)


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
            self._look = _look(event)
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
        ruled = _lead_rulings(event)
        take_leads_back = _put(self._leads, ruled)
        take_back = self._stand(event)
        self._active.append(_Done(event, lambda: (take_back(), take_leads_back())))

    def _stand(self, event: Event) -> _TakeBack:
        """Let what an event says stand; give what takes it back."""
        step = self._STEPS.get(event.kind)
        return step(self, event) if step is not None else _nothing

    def _request_recorded(self, event: Event) -> _TakeBack:
        return self._set("_request", _row_of(event))

    def _justify(self, event: Event) -> _TakeBack:
        written = _justification(event)
        return _put(self._justifications, {written.number: written})

    def _rule(self, event: Event) -> _TakeBack:
        key, ruling = _ruling(event)
        return _put(self._rulings, {key: ruling})

    def _answer(self, event: Event) -> _TakeBack:
        tick = _tick(event)
        return _put(self._ticks, {tick.point: tick})

    def _decide(self, event: Event) -> _TakeBack:
        return _put(self._decisions, dict.fromkeys(event.body["marks"], _decision(event)))

    def _lay_aside(self, event: Event) -> _TakeBack:
        number = int(event.body["document"])
        if not event.body["why"]:
            return _drop(self._set_aside, [number])
        return _put(self._set_aside, {number: _set_aside(event)})

    def _settle_numbers(self, event: Event) -> _TakeBack:
        take_row_back = self._set("_numbers", _row_of(event))
        take_freed_back = _drop(self._decisions, event.body["freed"])
        take_marks_back = self._decide(event)
        swap_back = self._swap(event)
        return lambda: (swap_back(), take_marks_back(), take_freed_back(), take_row_back())

    def _swap(self, event: Event) -> _TakeBack:
        """Let documents go out in the place of others."""
        ground = _decision(event)
        out = {old: SetAside(Aside.REPLACED, ground, new) for old, new in swapped(event.body)}
        put_others_back = _put(self._set_aside, out)
        leave_out_again = _drop(self._set_aside, [one.by for one in out.values()])
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


def standing(events: Iterable[Event]) -> Standing:
    """Add up a whole log."""
    return Tally(events).standing()


def digest_of(now: Standing) -> str:
    """Give the SHA-256 over every decision, ruling and dismissal that stands, in hex.

    Cases without dismissals, justifications and the like have the digest that they had before there
    were any.
    """
    decisions = [
        [mark, str(one.action), one.exemption, one.reason, one.public_interest, one.actor, one.seq]
        for mark, one in sorted(now.decisions.items())
    ]
    rulings = [
        [number, one.part, str(one.ruling), one.reason, one.actor, one.at]
        for (number, _), one in sorted(
            now.rulings.items(), key=lambda item: (item[0][0], item[1].part)
        )
    ]
    shape: dict[str, object] = {"decisions": decisions, "rulings": rulings}
    dismissed = [
        [key, one.category, one.reason, one.actor, one.seq]
        for key, one in sorted(now.leads.items())
        if one.category != DECIDED_ON
    ]
    if dismissed:
        shape["dismissed"] = dismissed
    if now.justifications:
        shape["justified"] = [[one.number, one.seq] for one in now.justifications.values()]
        shape["resting"] = [[m, one.justification] for m, one in sorted(now.decisions.items())]
    if now.request is not None:
        shape["request"] = now.request
    if now.set_aside:
        shape["set_aside"] = [
            [number, str(one.why), one.decision.exemption, one.decision.reason, one.decision.seq]
            for number, one in sorted(now.set_aside.items())
        ]
    if now.numbers is not None:
        shape["numbers"] = now.numbers
    if now.ticks:
        shape["ticks"] = [
            [point, str(one.answer), one.remark, one.actor, one.seq]
            for point, one in sorted(now.ticks.items())
        ]
    return sha256(canonical(shape)).hexdigest()


#: The category of a place of the second look that a person decided on as on any other finding.
DECIDED_ON = "decided"


def _lead_rulings(event: Event) -> dict[str, LeadRuling]:
    body = event.body
    category = str(body.get("category", DECIDED_ON))
    ruling = LeadRuling(category, str(body.get("reason", "")), event.actor, event.at, event.seq)
    return dict.fromkeys(map(str, body.get("leads", ())), ruling)


def _look(event: Event) -> Look:
    body = event.body
    sure, others = tuple(body["sure"]), tuple(body["others"])
    return Look(event.seq, str(body["state"]), str(body["decisions"]), sure, others, body["hidden"])


def look_counts(now: Standing) -> dict[str, int]:
    """Say in numbers what the last second look found and what became of it; empty without one.

    ``left`` is how many of the places that it was not sure of nobody ruled on.
    """
    look = now.look
    if look is None:
        return {}
    dismissed = sum(one.category != DECIDED_ON for one in now.leads.values())
    return {
        "event": look.seq,
        "sure": len(look.sure),
        "others": len(look.others),
        "hidden": look.hidden,
        "dismissed": dismissed,
        "decided": len(now.leads) - dismissed,
        "left": len(now.waiting(look.others)),
    }


def swapped(body: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Give pairs of documents out of the body of an event: the second goes out for the first."""
    return [(int(old), int(new)) for old, new in body.get("swapped", ())]


def _row_of(event: Event) -> int | None:
    """Give the row of the case file that an event wrote, or went back to having none."""
    rows = event.body["entries"]
    return int(rows[0]) if rows else None


def _set_aside(event: Event) -> SetAside:
    body = event.body
    return SetAside(Aside(body["why"]), _decision(event), int(body.get("by", 0)))


def _decision(event: Event) -> Decision:
    body = event.body
    return Decision(
        Action(body.get("action", Action.REDACT)),
        str(body["exemption"]),
        str(body["reason"]),
        event.actor,
        event.at,
        event.seq,
        str(body.get("public_interest", "")),
        int(body.get("justification", 0)),
    )


def _justification(event: Event) -> Justification:
    body = event.body
    return Justification(
        int(body["justification"]),
        str(body["exemption"]),
        {str(key): str(said) for key, said in body["answers"].items()},
        str(body["reason"]),
        str(body["public_interest"]),
        event.actor,
        event.at,
        event.seq,
    )


def _tick(event: Event) -> Tick:
    body = event.body
    answer = PointAnswer(body["answer"])
    return Tick(str(body["point"]), answer, str(body["remark"]), event.actor, event.at, event.seq)


def _ruling(event: Event) -> tuple[tuple[int, str], StandingRuling]:
    body = event.body
    part = str(body["part"])
    ruling = Ruling(body["ruling"])
    standing = StandingRuling(ruling, str(body["reason"]), event.actor, event.at, part)
    return (int(body["document"]), part), standing


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reviewer said of one finding.

    Attributes:
        answered: the finding was decided anew since.
    """

    mark: int
    text: str
    actor: str
    at: str
    seq: int
    answered: bool = False


def comments(events: Iterable[Event]) -> tuple[Comment, ...]:
    """Give every comment on a finding, in order."""
    said: list[Comment] = []
    decided: dict[int, int] = {}
    for event in events:
        if event.kind is EventKind.COMMENTED:
            body = event.body
            said.append(
                Comment(int(body["mark"]), str(body["text"]), event.actor, event.at, event.seq)
            )
        elif event.kind is EventKind.DECIDED:
            decided.update(dict.fromkeys(event.body["marks"], event.seq))
    return tuple(replace(one, answered=decided.get(one.mark, 0) > one.seq) for one in said)


def redactions(
    marks: Iterable[Mark],
    decisions: Mapping[int, Decision],
    labels: Mapping[str, str],
    numbers: Mapping[int, int] | None = None,
) -> dict[int, tuple[Redaction, ...]]:
    """Compute what is to be removed from each document.

    Args:
        marks: all marks of the case.
        decisions: the standing decisions, by mark id.
        labels: the label printed for each exemption (``s40(2)``).
        numbers: by mark id, the number printed behind its label; none where not given.

    Returns:
        The redactions by document number.
    """
    found: dict[int, list[Redaction]] = {}
    for mark in marks:
        decision = decisions.get(mark.id)
        if decision is not None and decision.action is Action.REDACT:
            label = labels.get(decision.exemption, decision.exemption)
            if mark.label == COUNT:
                label = HIDDEN_COUNT_LABEL
            if numbers and mark.id in numbers:
                label = f"{label} #{numbers[mark.id]}"
            found.setdefault(mark.document, []).append(Redaction(mark.target, label))
    return {document: tuple(each) for document, each in found.items()}


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that stands in the way of submitting and releasing.

    Attributes:
        kind: ``undecided``, ``unread``, ``incomplete``, ``unreadable``, ``no-ground``,
            ``public-interest``, ``second-look``, ``failed-check``, ``reading`` or ``empty``.
        document: its number, or None for the case as a whole.
        place: the part, or empty.
        message: a sentence for the officer, without case text.
        count: how many such things.
        mark: the first finding it is about, if it is about findings.
    """

    kind: str
    document: int | None
    place: str
    message: str
    count: int = 1
    mark: int | None = None


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
    documents: Sequence[DocumentState],
    marks: Iterable[Mark],
    now: Standing,
    *,
    grounds: Mapping[str, bool],
    failed: str = "",
    held_back: Collection[int] = (),
) -> tuple[Block, ...]:
    """List all that must be settled before a case can be submitted, in the order of the documents.

    Args:
        held_back: documents that are not released, so that nothing in them waits.
        grounds: the citations that may be relied on, each with whether it is qualified, so that
            the public interest has to be weighed (section 2(2)(b) of the Act).
        failed: what the last candidate release failed, if nothing has been changed since.
    """
    about: dict[tuple[int, str], list[int]] = {}
    for mark in marks:
        kind = trouble_of(mark, now.decisions.get(mark.id), grounds)
        if kind:
            about.setdefault((mark.document, kind), []).append(mark.id)
    found: list[Block] = []
    for document in documents:
        if document.number in held_back:
            continue
        if (aside := now.set_aside.get(document.number)) is not None:
            found.extend(_aside_blocks(document.number, aside, grounds))
            continue
        found.extend(_document_blocks(document, now))
        number = document.number
        for kind, words in _ABOUT_MARKS.items():
            if ids := about.get((number, kind)):
                said = words[0] if len(ids) == 1 else words[1].format(len(ids))
                found.append(Block(kind, number, "", said, len(ids), ids[0]))
    found.extend(_look_blocks(now))
    if failed:
        found.append(Block("failed-check", None, "", failed))
    if not documents:
        found.append(Block("empty", None, "", "The case holds no documents yet."))
    return tuple(found)


def _look_blocks(now: Standing) -> Iterable[Block]:
    """Give what the last second look found for certain, as long as it speaks of the case as it is.

    Where it does not, submitting looks anew.
    """
    if now.look is None or now.look.is_stale:
        return
    if count := len(now.waiting(now.look.sure)):
        what = "1 place" if count == 1 else f"{count:,} places"
        waits = "waits" if count == 1 else "wait"
        said = f"{what} found by the second look {waits} for a ruling."
        yield Block("second-look", None, "", said, count)


def trouble_of(mark: Mark, decision: Decision | None, grounds: Mapping[str, bool]) -> str:
    """Give the kind of block that a mark makes as it stands; empty where nothing is wanting."""
    if decision is None:
        return "undecided" if mark.hidden is None and not mark.by_hand else ""
    if not decision.reason.strip():
        return "no-ground"
    if decision.action is Action.KEEP:
        return ""
    if decision.exemption not in grounds:
        return "no-ground"
    if grounds[decision.exemption] and not decision.public_interest.strip():
        return "public-interest"
    return ""


def _aside_blocks(number: int, aside: SetAside, grounds: Mapping[str, bool]) -> Iterable[Block]:
    """Give what is wanting in the ground on which a whole document is withheld."""
    ground = aside.decision
    if aside.why is not Aside.WITHHELD:
        return
    if ground.exemption not in grounds or not ground.reason.strip():
        yield Block("no-ground", number, "", "It is withheld in full without a limb or a reason.")
    elif grounds[ground.exemption] and not ground.public_interest.strip():
        said = "It is withheld in full, and the public interest was not weighed."
        yield Block("public-interest", number, "", said)


_ABOUT_MARKS: Mapping[str, tuple[str, str]] = {
    "undecided": ("1 finding has not been decided.", "{} findings have not been decided."),
    "no-ground": (
        "1 decision has no limb or no reason.",
        "{} decisions have no limb or no reason.",
    ),
    "public-interest": (
        "1 redaction relies on a qualified exemption, and the public interest was not weighed.",
        "{} redactions rely on a qualified exemption, and the public interest was not weighed.",
    ),
}


def _document_blocks(document: DocumentState, now: Standing) -> Iterable[Block]:
    number = document.number
    if document.status == "reading":
        yield Block("reading", number, "", "It has not been read yet.")
    if document.status == "refused" and (number, "") not in now.rulings:
        yield Block("unreadable", number, "", document.refusal)
    for part in document.unread:
        if (number, part.place) not in now.rulings:
            yield Block("unread", number, part.place, part.why)
    for step in document.incomplete:
        if (number, step.place) not in now.rulings:
            yield Block("incomplete", number, step.place, step.why)


def allowed_rulings(block: Block, unread: Iterable[Unread]) -> tuple[Ruling, ...]:
    """Give what a person may rule on a block; nothing where it has to be decided otherwise.

    A search that did not finish concerns text that is released: leaving it out is not on offer,
    because the text would not be left out. A person may only have read it through.

    Args:
        unread: the unread parts of the block's document.
    """
    match block.kind:
        case "unreadable":
            return (Ruling.LEAVE_OUT,)
        case "incomplete":
            return (Ruling.RELEASE_AS_SEEN,)
        case "unread":
            found = next((one for one in unread if one.place == block.place), None)
            return found.rulings if found is not None else ()
        case _:
            return ()

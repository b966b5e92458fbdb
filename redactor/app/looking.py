"""The second look at an open case: take it, and rule on what it found.

A worker searches; what it found is kept nowhere but in the log, by ids that say nothing to whoever
has not the case (``sealing``). Accepting a place redacts it, on the ground of the redaction that it
is near. Dismissing says why it is none. Undo takes back either.
"""

from __future__ import annotations

import enum
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from redactor import jobs, review
from redactor.app.case import Case, Change
from redactor.app.holding_back import going_out
from redactor.canonical import canonical
from redactor.case.marks import NewMark
from redactor.errors import Cancelled, UsageError
from redactor.events import Event, EventKind, Mark
from redactor.jobs import LookOrder, SegmentBatch
from redactor.model import Action, Decision, Progress, Report, quiet
from redactor.release.plan import withheld_text
from redactor.review import LeadRuling
from redactor.second_look import FILE_NAME, Lead, LeadKind, letters_of
from redactor.workers import Lane

_BY = "second look"
_SEARCH_SECONDS = 3600.0
_HEARTBEAT_SECONDS = 0.1
_ID = 16


class Dismissal(enum.StrEnum):
    """Why a place that the second look found is not to be redacted."""

    ANOTHER = "another-person"
    HARMLESS = "identifies-nobody"
    PUBLIC = "already-public"
    CHECKED = "looked-at-nothing-missed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Found:
    """One place that the second look found.

    Attributes:
        id: what the log calls it.
        ruling: what was ruled on it; None where it waits.
    """

    id: str
    lead: Lead
    ruling: LeadRuling | None = None

    @property
    def waits(self) -> bool:
        """Say whether somebody still has to rule on it."""
        return self.ruling is None and self.lead.needs_ruling


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What a second look found. ``is_recorded`` says whether the log has it."""

    found: tuple[Found, ...]
    is_recorded: bool

    @property
    def waiting(self) -> tuple[Found, ...]:
        """Give what waits for a ruling, what is all but certain first."""
        waits = [one for one in self.found if one.waits]
        return tuple(sorted(waits, key=lambda one: not one.lead.is_sure))


def take_second_look(case: Case, lane: Lane, report: Report = quiet) -> SecondLook:
    """Search the case as it stands now, and record that it was done, where the person may.

    Raises:
        Cancelled: the person asked to stop; nothing was recorded.
    """
    now = case.standing()
    leads = _search(case, lane, now, report)
    ids = {lead.key: _id_of(case, lead) for lead in leads}
    known = [Found(ids[one.key], one, now.leads.get(ids[one.key])) for one in leads]
    if case.objection(EventKind.LOOKED_AGAIN):
        return SecondLook(tuple(known), is_recorded=False)
    _record(case, now, known)
    return SecondLook(tuple(known), is_recorded=True)


def require_second_look(case: Case, lane: Lane, report: Report = quiet) -> None:
    """Have the second look taken, unless it was of the case exactly as it stands."""
    if not is_looked_through(case, case.standing()):
        take_second_look(case, lane, report)


def is_looked_through(case: Case, now: review.Standing) -> bool:
    """Say whether the second look that stands is of the case exactly as it stands.

    One after which something was changed and changed back counts no more: what it found for certain
    is asked for only as long as nothing was (``review.blocks``).
    """
    look = now.look
    return look is not None and not look.is_stale and look.state == state_of(case, now)


def state_of(case: Case, now: review.Standing) -> str:
    """Give the digest of what a second look is taken of: the documents and what was decided."""
    documents = [[one.number, one.sha256, one.status] for one in case.documents()]
    shape = {"documents": documents, "decisions": review.digest_of(now)}
    return hashlib.sha256(canonical(shape)).hexdigest()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a person sees of a place before they rule on it.

    Attributes:
        near: the texts of the redactions that it is near.
    """

    before: str = field(repr=False)
    text: str = field(repr=False)
    after: str = field(repr=False)
    near: tuple[str, ...] = field(repr=False)


def surroundings(case: Case, lead: Lead, reach: int = 320) -> Surroundings:
    """Give the text around a place that the second look found; nothing around a whole page."""
    by_id = {mark.id: mark.text for mark in case.marks() if mark.id in lead.near}
    near = tuple(dict.fromkeys(" ".join(one.split()) for one in by_id.values()))
    target = lead.target
    if target is None:
        return Surroundings("", "", "", near)
    if lead.place == FILE_NAME:
        name = next(one.name for one in case.documents() if one.number == lead.document)
        return Surroundings(name[: target.start], lead.text, name[target.end :], near)
    text = next((o.text for o in case.segments(lead.document) if o.key == target.key), lead.text)
    before = text[max(0, target.start - reach) : target.start]
    return Surroundings(before, lead.text, text[target.end : target.end + reach], near)


# --- ruling -----------------------------------------------------------------------------------


def accept(case: Case, chosen: Sequence[Found]) -> tuple[Change, ...]:
    """Redact places that the second look found, each on the ground of what it is near.

    Places with one ground are one step, which undo takes back.

    Raises:
        UsageError: none was chosen, or one is a whole page or document.
        NotAllowed: the person may not decide.
    """
    _require_some(chosen)
    if any(one.lead.target is None or not one.lead.near for one in chosen):
        raise UsageError(
            "A page, a sheet or a document as a whole cannot be accepted. Nothing was recorded. "
            "Mark what is to go in it, or dismiss it once it was looked at."
        )
    case.allow(EventKind.DECIDED)
    marks = {mark.id: mark for mark in case.marks()}
    decisions = case.standing().decisions
    by_ground: dict[Decision, list[Found]] = defaultdict(list)
    for one in chosen:
        by_ground[_ground(one, decisions)].append(one)
    return tuple(
        _decide(case, each, _redact_body(ground), [_new_mark(one, marks) for one in each])
        for ground, each in _gathered(by_ground)
    )


def dismiss(
    case: Case, chosen: Sequence[Found], category: Dismissal, reason: str = ""
) -> tuple[Change, ...]:
    """Say that places that the second look found are not to be redacted, and why.

    Where the very words are withheld, nothing may leave that nobody decided to keep. So dismissing
    such a place is a decision to keep it.

    Raises:
        UsageError: none was chosen, or the reason is to be given in words and was not.
        NotAllowed: the person may not.
    """
    _require_some(chosen)
    if category is Dismissal.OTHER and not reason.strip():
        raise UsageError("Another reason needs words. Nothing was recorded. Say it in a sentence.")
    kept = [one for one in chosen if _must_be_kept(one.lead)]
    others = [one for one in chosen if not _must_be_kept(one.lead)]
    changes: list[Change] = []
    if kept:
        case.allow(EventKind.DECIDED)
        marks = {mark.id: mark for mark in case.marks()}
        said = f"{words_of(category)}. {reason.strip()}".strip()
        body = {"action": str(Action.KEEP), "exemption": "", "reason": said}
        changes.append(_decide(case, kept, body, [_new_mark(one, marks) for one in kept]))
    if others:
        dismissal = {
            "leads": [one.id for one in others],
            "category": str(category),
            "reason": reason.strip(),
        }
        event = case.record_change(EventKind.LEADS_DISMISSED, dismissal)
        changes.append(Change(event, (), case.standing()))
    return tuple(changes)


def words_of(category: Dismissal | str) -> str:
    """Give why a place was dismissed as people read it."""
    return _WORDS.get(str(category), str(category).replace("-", " ").capitalize())


_WORDS: Mapping[str, str] = {
    Dismissal.ANOTHER: "Another person, or another thing",
    Dismissal.HARMLESS: "It identifies nobody here",
    Dismissal.PUBLIC: "It is public already",
    Dismissal.CHECKED: "Looked at: nothing was missed",
    Dismissal.OTHER: "Another reason",
    review.DECIDED_ON: "Decided on",
}


# --- inside -----------------------------------------------------------------------------------


def _search(case: Case, lane: Lane, now: review.Standing, report: Report) -> tuple[Lead, ...]:
    marks = case.marks()
    documents = tuple(
        jobs.LookDocument(
            one.number, one.sha256, one.name, SegmentBatch(tuple(case.segments(one.number)))
        )
        for one in going_out(case)
    )
    decided = {
        number: Decision(one.action, "", "", "", "", 0)  # why it was decided is not needed there
        for number, one in now.decisions.items()
    }
    order = LookOrder(documents, marks, decided, frozenset(_strict(marks, now.decisions)))
    return _searched(lane, order, report)


def _searched(lane: Lane, order: LookOrder, report: Report) -> tuple[Lead, ...]:
    """Have a worker search; a cancel is looked for again and again meanwhile."""
    heard: list[Progress] = []

    def hear(what: object) -> None:
        if isinstance(what, Progress):
            heard.append(what)

    ticket = lane.submit(jobs.take_second_look, order, on_report=hear, timeout_s=_SEARCH_SECONDS)
    try:
        while True:
            try:
                found: tuple[Lead, ...] = ticket.result(_HEARTBEAT_SECONDS)
            except TimeoutError:
                report(heard.pop() if heard else None)
            else:
                return found
    except Cancelled:
        ticket.cancel()
        raise


def _strict(marks: Iterable[Mark], decisions: Mapping[int, Decision]) -> Iterable[str]:
    """Give the texts that may stand nowhere in the release, as the gate has it."""
    for mark in marks:
        decision = decisions.get(mark.id)
        if decision is not None and decision.action is Action.REDACT:
            for line in mark.text.splitlines():
                withheld = withheld_text(line.strip(), mark.label, 1)
                if withheld is not None and withheld.strict:
                    yield letters_of(line)


def _id_of(case: Case, lead: Lead) -> str:
    return case.store.sealer.of_text(f"lead {lead.key}")[:_ID]


def _record(case: Case, now: review.Standing, known: Sequence[Found]) -> None:
    """Record a second look, unless the last one in the log says the same."""
    sure = [one.id for one in known if one.lead.needs_ruling and one.lead.is_sure]
    others = [one.id for one in known if one.lead.needs_ruling and not one.lead.is_sure]
    hidden = sum(not one.lead.needs_ruling for one in known)
    state, last = state_of(case, now), now.look
    said = (state, tuple(sure), tuple(others), hidden)
    known_to_log = last is not None and (last.state, last.sure, last.others, last.hidden) == said
    if known_to_log and last is not None and not last.is_stale:
        return
    body = {
        "state": state,
        "decisions": review.digest_of(now),
        "sure": sure,
        "others": others,
        "hidden": hidden,
    }
    case.record_change(EventKind.LOOKED_AGAIN, body)


def _require_some(chosen: Sequence[Found]) -> None:
    if not chosen:
        raise UsageError("No place of the second look was chosen. Nothing was recorded.")


def _ground(one: Found, decisions: Mapping[int, Decision]) -> Decision:
    """Give the ground of the redaction that a place is near.

    Raises:
        UsageError: that redaction does not stand any more.
    """
    for mark in one.lead.near:
        decision = decisions.get(mark)
        if decision is not None and decision.action is Action.REDACT:
            return decision
    raise UsageError(
        "What this place is near is not redacted any more. Nothing was recorded. Look again."
    )


def _gathered(
    by_ground: Mapping[Decision, Sequence[Found]],
) -> Iterable[tuple[Decision, Sequence[Found]]]:
    """Put together what has the same ground in words, whoever decided it and when."""
    together: dict[tuple[str, str, str], tuple[Decision, list[Found]]] = {}
    for ground, each in by_ground.items():
        key = (ground.exemption, ground.reason, ground.public_interest)
        together.setdefault(key, (ground, []))[1].extend(each)
    return together.values()


def _redact_body(ground: Decision) -> dict[str, str]:
    body = {
        "action": str(Action.REDACT),
        "exemption": ground.exemption,
        "reason": ground.reason,
    }
    if ground.public_interest:
        body["public_interest"] = ground.public_interest
    return body


def _new_mark(one: Found, marks: Mapping[int, Mark]) -> tuple[int, NewMark]:
    lead = one.lead
    near = next((marks[number] for number in lead.near if number in marks), None)
    label = near.label if near is not None and lead.kind is not LeadKind.LINKED else "MANUAL"
    if lead.target is None:
        raise UsageError("A page or a document as a whole is no place. Nothing was recorded.")
    hidden = FILE_NAME if lead.place == FILE_NAME else lead.hidden
    why = f"found by the second look: {lead.why}"
    mark = NewMark(lead.target, lead.text, label, 1.0, _BY, why, hidden=hidden, by_hand=True)
    return lead.document, mark


def _decide(
    case: Case,
    found: Sequence[Found],
    body: Mapping[str, str],
    new: Sequence[tuple[int, NewMark]],
) -> Change:
    leads = {**body, "leads": [one.id for one in found]}
    event: Event
    event, made = case.store.change_with_marks(EventKind.DECIDED, leads, [], new)
    return Change(case.took(event), tuple(made), case.standing())


def _must_be_kept(lead: Lead) -> bool:
    """Say whether the gate would stop at a place, because its very words are withheld."""
    in_text = lead.target is not None and lead.hidden is None and lead.place != FILE_NAME
    return in_text and lead.kind is LeadKind.SAME_WORDS and lead.is_sure

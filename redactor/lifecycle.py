"""The life of a case, added up from its log, from open to released, and who may do what in it.

One rule says who may do what and when (``objection``). It is asked before an event is written, and
again when a log is read: an event that the rule forbids changes nothing, so that an approval which
was put into the file past the program is no approval. Pure functions; nothing here reads or writes.
"""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from redactor.events import Event, EventKind
from redactor.model import Role
from redactor.sampling import may_be_drawn, summary


class CaseState(enum.StrEnum):
    """Where a case stands."""

    OPEN = "open"
    IN_REVIEW = "in review"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Member:
    """A person who was introduced to the case.

    Attributes:
        name: as the case knows them; unlike every other member's.
        fingerprint: of their key.
        public_key: in hex; empty until they have signed something.
    """

    name: str
    role: Role
    fingerprint: str
    public_key: str = ""


@dataclass(frozen=True, slots=True)
class Voided:
    """A submission or an approval that a later change took away.

    Attributes:
        what: ``submission`` or ``approval``.
        event: the event that had made it.
        by: the change that took it away.
    """

    what: str
    event: Event
    by: Event


@dataclass(frozen=True, slots=True)
class Life:
    """What a log adds up to.

    Attributes:
        members: by fingerprint.
        preparers: fingerprints of those who added, decided, ruled, undid or submitted anything.
        submission, approval, certificate: the events that stand; None where there is none.
        returned: the last return, until the case is submitted again.
        released: the last release.
        voided: what the last change after a submission took away, until the next submission.
        failed: the last failed check of a candidate that nothing has changed since.
        sample: what drew the sample of the submission that a reviewer reads again, if one was.
        answers: by unit of that sample, how many places were missed in it.
        earlier: what the samples of earlier submissions showed, in order.
    """

    case: Event | None = None
    state: CaseState = CaseState.OPEN
    members: Mapping[str, Member] = field(default_factory=dict)
    preparers: frozenset[str] = frozenset()
    submission: Event | None = None
    approval: Event | None = None
    certificate: Event | None = None
    returned: Event | None = None
    released: Event | None = None
    voided: Voided | None = None
    failed: Event | None = None
    sample: Event | None = None
    answers: Mapping[int, int] = field(default_factory=dict)
    earlier: tuple[Mapping[str, Any], ...] = ()

    @property
    def ref(self) -> str:
        """Give the authority's reference of the case."""
        return str(self.case.body["ref"]) if self.case is not None else ""

    @property
    def is_settled(self) -> bool:
        """Say whether a change would take away a submission or an approval."""
        return self.submission is not None

    @property
    def sampled(self) -> dict[str, Any]:
        """Give what the sample of the submission shows (``sampling.summary``); empty without one.

        What samples of earlier submissions had shown is told with it.
        """
        if self.sample is None:
            return {"earlier": list(self.earlier)} if self.earlier else {}
        shown = summary(self.sample.body, self.sample.seq, self.answers)
        return {**shown, "earlier": list(self.earlier)}


#: What changes what would be released, and so takes away a submission or an approval.
CHANGES = frozenset(
    {
        EventKind.DOCUMENT_ADDED,
        EventKind.DOCUMENT_READING,
        EventKind.DOCUMENT_READ,
        EventKind.DOCUMENT_REFUSED,
        EventKind.DOCUMENT_READ_AS,
        EventKind.PLACES_ADDED,
        EventKind.LISTS_CHANGED,
        EventKind.LEADS_DISMISSED,
        EventKind.REQUEST_RECORDED,
        EventKind.JUSTIFIED,
        EventKind.DECIDED,
        EventKind.RULED,
        EventKind.DOCUMENT_SET_ASIDE,
        EventKind.NUMBERS_SETTLED,
        EventKind.CHECKLIST_ANSWERED,
        EventKind.UNDONE,
        EventKind.REDONE,
    }
)
#: Whoever did one of these prepared the case, and cannot approve it.
PREPARING = frozenset(
    {
        EventKind.DOCUMENT_ADDED,
        EventKind.DOCUMENT_READ_AS,
        EventKind.LISTS_CHANGED,
        EventKind.LEADS_DISMISSED,
        EventKind.REQUEST_RECORDED,
        EventKind.JUSTIFIED,
        EventKind.DECIDED,
        EventKind.RULED,
        EventKind.DOCUMENT_SET_ASIDE,
        EventKind.NUMBERS_SETTLED,
        EventKind.CHECKLIST_ANSWERED,
        EventKind.UNDONE,
        EventKind.REDONE,
        EventKind.SUBMITTED,
    }
)
#: Only these can be taken back and brought back; the rest is history.
UNDOABLE = frozenset(
    {
        EventKind.REQUEST_RECORDED,
        EventKind.JUSTIFIED,
        EventKind.DECIDED,
        EventKind.RULED,
        EventKind.DOCUMENT_SET_ASIDE,
        EventKind.NUMBERS_SETTLED,
        EventKind.CHECKLIST_ANSWERED,
        EventKind.LEADS_DISMISSED,
    }
)
_REVIEWING = frozenset(
    {
        EventKind.JUSTIFIED,
        EventKind.DECIDED,
        EventKind.RULED,
        EventKind.DOCUMENT_SET_ASIDE,
        EventKind.NUMBERS_SETTLED,
        EventKind.LEADS_DISMISSED,
        EventKind.UNDONE,
        EventKind.REDONE,
    }
)
#: What only some roles may do; everything else is open to officers and reviewers.
_ROLES: Mapping[EventKind, frozenset[Role]] = {
    EventKind.PERSON_INVITED: frozenset({Role.OFFICER}),
    EventKind.PERSON_JOINED: frozenset(Role),
    EventKind.DOCUMENT_READ_AS: frozenset({Role.OFFICER}),
    EventKind.CHECKLIST_ANSWERED: frozenset({Role.OFFICER}),
    EventKind.SUBMITTED: frozenset({Role.OFFICER}),
    EventKind.SAMPLE_DRAWN: frozenset({Role.REVIEWER}),
    EventKind.SAMPLE_ANSWERED: frozenset({Role.REVIEWER}),
    EventKind.RETURNED: frozenset({Role.REVIEWER}),
    EventKind.APPROVED: frozenset({Role.REVIEWER}),
    EventKind.CERTIFIED: frozenset({Role.REVIEWER}),
}
_WORKING = frozenset({Role.OFFICER, Role.REVIEWER})
_ROLE_WORDS = {Role.OFFICER: "an officer", Role.REVIEWER: "a reviewer"}


#: Letters and digits that look like another, small or capital. Source: Unicode Technical Standard
#: 39, confusables.txt; the Greek and Cyrillic letters of which whole names can be made.
_LOOK_ALIKE = str.maketrans(
    "авеһікмнорсстухјѕԁԛԝӏαβεηικμνορτυχζϲϳıɑɡi10",
    "abehlkmhopcctyxjsdqwlabehlkmvoptyxzcjlagllo",
)


def likeness(name: str) -> str:
    """Give what a name has in common with every other that people would take for the same."""
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_LOOK_ALIKE)
    return "".join(filter(str.isalnum, plain))


def life_of(events: Iterable[Event]) -> Life:
    """Add up a whole log."""
    life = Life()
    for event in events:
        life = advance(life, event)
    return life


def advance(life: Life, event: Event) -> Life:
    """Add one event; one that is not allowed changes nothing."""
    if objection(life, event.kind, event.fingerprint, event.body, event.actor):
        return life
    if event.kind in CHANGES:
        return _changed(life, event)
    step = _STEPS.get(event.kind)
    try:
        return step(life, event) if step is not None else life
    except _MALFORMED:
        return life


def objection(
    life: Life,
    kind: EventKind,
    fingerprint: str,
    body: Mapping[str, object],
    actor: str | None = None,
) -> str:
    """Say why a person may not do something now; empty where they may.

    Args:
        fingerprint: of the person's key.
        body: of the event that would be written.
        actor: the name that the event gives, where there is one.

    Returns:
        A sentence without what was not done or what to do next.
    """
    if kind is EventKind.CASE_CREATED:
        return "" if life.case is None else "The case was begun already."
    member = life.members.get(fingerprint)
    if member is None:
        return "You have not been introduced to this case."
    if actor is not None and actor != member.name:
        return "The name is not the one that the key was introduced with."
    allowed = who_may(kind)
    if member.role not in allowed:
        return _not_your_role(member.role, allowed)
    look = _CONDITIONS.get(kind)
    try:
        return look(life, member, body) if look is not None else ""
    except _MALFORMED:
        return "It does not say what an event of its kind has to say."


#: What a body that somebody else wrote may raise.
_MALFORMED = (KeyError, TypeError, ValueError)


def who_may(kind: EventKind) -> frozenset[Role]:
    """Give the roles in which one may do something at all."""
    return _ROLES.get(kind, _WORKING)


def _not_your_role(role: Role, allowed: frozenset[Role]) -> str:
    who = " or ".join(_ROLE_WORDS[one] for one in (Role.OFFICER, Role.REVIEWER) if one in allowed)
    return f"Only {who} may do this, and you are in this case as {role}."


# --- what must hold ---------------------------------------------------------------------------


def _may_invite(life: Life, member: Member, body: Mapping[str, object]) -> str:
    known = life.members.get(str(body["fingerprint"]))
    if known is not None:
        return _may_change_role(life, known, body, by=member)
    name = likeness(str(body["name"]))
    if any(likeness(one.name) == name for one in life.members.values()):
        return (
            "Another key was introduced under that name, or one that looks like it; one person has "
            "one key in a case."
        )
    return ""


def _may_change_role(life: Life, known: Member, body: Mapping[str, object], *, by: Member) -> str:
    if known.role == body["role"]:
        return f"{known.name} was introduced to this case already."
    if known == by:
        return "Nobody changes their own role."
    if known.name != body["name"]:
        return "The key was introduced under another name."
    if known.fingerprint in life.preparers:
        return f"{known.name} has worked in this case; the role stays as it is."
    return ""


def _may_join(_: Life, member: Member, __: Mapping[str, object]) -> str:
    return "The key is known already." if member.public_key else ""


def _may_submit(life: Life, _: Member, __: Mapping[str, object]) -> str:
    return "The case is submitted already." if life.submission is not None else ""


def _may_return(life: Life, _: Member, __: Mapping[str, object]) -> str:
    if life.submission is None or life.state is CaseState.RELEASED:
        return "Only a case that was submitted and not yet released can be returned."
    return ""


def _may_approve(life: Life, member: Member, body: Mapping[str, object]) -> str:
    if life.submission is None:
        return "Nothing is submitted, so there is nothing to approve."
    if life.approval is not None:
        return "The case is approved already."
    if member.fingerprint in life.preparers:
        return (
            "You made or changed a decision in this case, added to it or submitted it; whoever "
            "prepared a case cannot approve it."
        )
    if any(life.answers.values()):
        return "The re-check sample found something that was missed; the case has to be returned."
    if body.get("sample", {}) != life.sampled:
        return "The approval does not say what the re-check sample showed."
    submitted = life.submission
    bound = (body["submission"], body["manifest"], body["decisions"], body["head"])
    stands = (
        submitted.seq,
        submitted.body["manifest"],
        submitted.body["decisions"],
        submitted.digest,
    )
    return "" if bound == stands else "The approval is not of what was submitted."


def _may_draw(life: Life, member: Member, body: Mapping[str, object]) -> str:
    if life.submission is None or life.approval is not None:
        return "Only what is submitted and not yet approved is read again."
    if member.fingerprint in life.preparers:
        return "Whoever prepared a case does not read its sample."
    if life.sample is not None:
        return "The sample of this submission is drawn already."
    if body["submission"] != life.submission.seq:
        return "It is not of what is submitted."
    units, frame = body["units"], body["frame"]
    if isinstance(units, list) and isinstance(frame, int) and may_be_drawn(units, frame):
        return ""
    return "That is no sample of so many passages."


def _may_answer(life: Life, member: Member, body: Mapping[str, object]) -> str:
    if life.sample is None or life.approval is not None:
        return "There is no sample that waits to be read."
    if member.fingerprint in life.preparers:
        return "Whoever prepared a case does not read its sample."
    if member.fingerprint != life.sample.fingerprint:
        return "Another reviewer drew this sample and reads it."
    drawn = life.sample.body["units"]
    if body["sample"] != life.sample.seq or body["unit"] not in drawn:
        return "That passage is not one of the sample."
    return ""


def _may_certify(life: Life, member: Member, body: Mapping[str, object]) -> str:
    approval = life.approval
    if approval is None or life.certificate is not None:
        return "There is no approval to certify."
    if approval.fingerprint != member.fingerprint or body["approval"] != approval.seq:
        return "Only who approved the case certifies it."
    return ""


def _may_release(life: Life, _: Member, body: Mapping[str, object]) -> str:
    if life.approval is None or life.certificate is None:
        return "The case is not approved."
    return "" if body["approval"] == life.approval.seq else "The release is not what was approved."


_CONDITIONS = {
    EventKind.PERSON_INVITED: _may_invite,
    EventKind.PERSON_JOINED: _may_join,
    EventKind.SUBMITTED: _may_submit,
    EventKind.SAMPLE_DRAWN: _may_draw,
    EventKind.SAMPLE_ANSWERED: _may_answer,
    EventKind.RETURNED: _may_return,
    EventKind.APPROVED: _may_approve,
    EventKind.CERTIFIED: _may_certify,
    EventKind.RELEASED: _may_release,
}


# --- what each adds ---------------------------------------------------------------------------


def _changed(life: Life, event: Event) -> Life:
    prepares = event.kind in PREPARING and event.fingerprint not in life.preparers
    starts = event.kind in _REVIEWING and life.state is CaseState.OPEN
    if not prepares and not starts and life.submission is None and life.failed is None:
        return life  # by far the most events
    preparers = life.preparers | {event.fingerprint} if prepares else life.preparers
    state = CaseState.IN_REVIEW if starts else life.state
    voided = life.voided
    if life.submission is not None:
        state = CaseState.IN_REVIEW
        what = "approval" if life.approval is not None else "submission"
        voided = Voided(what, life.approval or life.submission, event)
    return replace(
        life,
        state=state,
        preparers=preparers,
        submission=None,
        approval=None,
        certificate=None,
        voided=voided,
        failed=None,
        **_without_sample(life),
    )


def _without_sample(life: Life) -> dict[str, Any]:
    """Put the sample of a submission that ended with the earlier ones."""
    earlier = life.earlier
    if life.sample is not None and life.approval is None:
        earlier = (*earlier, summary(life.sample.body, life.sample.seq, life.answers))
    return {"sample": None, "answers": {}, "earlier": earlier}


def _created(_: Life, event: Event) -> Life:
    body = event.body
    member = Member(event.actor, Role.OFFICER, event.fingerprint, str(body["public_key"]))
    return Life(case=event, members={member.fingerprint: member})


def _invited(life: Life, event: Event) -> Life:
    body = event.body
    fingerprint = str(body["fingerprint"])
    known = life.members.get(fingerprint)
    key = known.public_key if known is not None else ""
    member = Member(str(body["name"]), Role(str(body["role"])), fingerprint, key)
    return replace(life, members={**life.members, fingerprint: member})


def _joined(life: Life, event: Event) -> Life:
    member = replace(life.members[event.fingerprint], public_key=str(event.body["public_key"]))
    return replace(life, members={**life.members, event.fingerprint: member})


def _submitted(life: Life, event: Event) -> Life:
    return replace(
        life,
        state=CaseState.SUBMITTED,
        preparers=life.preparers | {event.fingerprint},
        submission=event,
        returned=None,
        voided=None,
        failed=None,
    )


def _returned(life: Life, event: Event) -> Life:
    return replace(
        life,
        state=CaseState.RETURNED,
        submission=None,
        approval=None,
        certificate=None,
        returned=event,
        **_without_sample(life),
    )


def _sampled(life: Life, event: Event) -> Life:
    body = event.body
    return replace(life, answers={**life.answers, int(body["unit"]): int(body["missed"])})


def _failed(life: Life, event: Event) -> Life:
    return replace(life, failed=event) if event.body["code"] == "check-failed" else life


_STEPS = {
    EventKind.CASE_CREATED: _created,
    EventKind.PERSON_INVITED: _invited,
    EventKind.PERSON_JOINED: _joined,
    EventKind.SUBMITTED: _submitted,
    EventKind.SAMPLE_DRAWN: lambda life, event: replace(life, sample=event, answers={}),
    EventKind.SAMPLE_ANSWERED: _sampled,
    EventKind.RETURNED: _returned,
    EventKind.APPROVED: lambda life, event: replace(life, state=CaseState.APPROVED, approval=event),
    EventKind.CERTIFIED: lambda life, event: replace(life, certificate=event),
    EventKind.RELEASED: lambda life, event: replace(life, state=CaseState.RELEASED, released=event),
    EventKind.RELEASE_FAILED: _failed,
}

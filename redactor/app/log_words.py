"""Every event of a case's log as a sentence that people read. Pure functions.

A sentence says what the body of its event says: numbers, sections of an Act, roles, places in a
file. What people wrote themselves, reasons and comments, is not in it; whoever shows the log shows
that beside it.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from redactor import review
from redactor.app.parts import SEALED
from redactor.app.pdf_look import look_in, look_words
from redactor.case.bodies import fault_of
from redactor.events import Event, EventKind
from redactor.formats.encoding import encoding_name
from redactor.formats.fields import delimiter_name
from redactor.law.commissioners_checklist import commissioners_checklist
from redactor.law.regimes import law_words
from redactor.model import AS_FOUND, Action, Aside, ReadAs, Role, Ruling

#: What the documents are called, by number, as far as that is known.
Names: TypeAlias = Mapping[int, str]


class Group(enum.StrEnum):
    """What an event is about, for whoever looks for some of them."""

    REQUEST = "The request"
    DECISIONS = "Decisions"
    RULINGS = "Rulings"
    PEOPLE = "People"
    DOCUMENTS = "Documents"
    LISTS = "Lists"
    SIGN_OFF = "Sign-off"
    COMMENTS = "Comments"


#: A step back or forth belongs to the group of what it steps over, where that is known.
GROUPS: Mapping[EventKind, Group] = {
    EventKind.CASE_CREATED: Group.PEOPLE,
    EventKind.PERSON_INVITED: Group.PEOPLE,
    EventKind.PERSON_JOINED: Group.PEOPLE,
    EventKind.LOCK_TAKEN: Group.PEOPLE,
    EventKind.DOCUMENT_ADDED: Group.DOCUMENTS,
    EventKind.DOCUMENT_READING: Group.DOCUMENTS,
    EventKind.DOCUMENT_READ: Group.DOCUMENTS,
    EventKind.DOCUMENT_REFUSED: Group.DOCUMENTS,
    EventKind.DOCUMENT_READ_AS: Group.DOCUMENTS,
    EventKind.PLACES_ADDED: Group.DOCUMENTS,
    EventKind.REQUEST_RECORDED: Group.REQUEST,
    EventKind.JUSTIFIED: Group.DECISIONS,
    EventKind.DECIDED: Group.DECISIONS,
    EventKind.RULED: Group.RULINGS,
    EventKind.DOCUMENT_SET_ASIDE: Group.RULINGS,
    EventKind.NUMBERS_SETTLED: Group.DECISIONS,
    EventKind.CHECKLIST_ANSWERED: Group.SIGN_OFF,
    EventKind.UNDONE: Group.DECISIONS,
    EventKind.REDONE: Group.DECISIONS,
    EventKind.PERSONS_MERGED: Group.PEOPLE,
    EventKind.PERSON_SPLIT: Group.PEOPLE,
    EventKind.PERSON_ROLE: Group.PEOPLE,
    EventKind.PERSONS_TOLD_APART: Group.PEOPLE,
    EventKind.LISTS_CHANGED: Group.LISTS,
    EventKind.LOOKED_AGAIN: Group.SIGN_OFF,
    EventKind.LEADS_DISMISSED: Group.DECISIONS,
    EventKind.COMMENTED: Group.COMMENTS,
    EventKind.RELEASE_FAILED: Group.SIGN_OFF,
    EventKind.SUBMITTED: Group.SIGN_OFF,
    EventKind.SAMPLE_DRAWN: Group.SIGN_OFF,
    EventKind.SAMPLE_ANSWERED: Group.SIGN_OFF,
    EventKind.RETURNED: Group.SIGN_OFF,
    EventKind.APPROVED: Group.SIGN_OFF,
    EventKind.CERTIFIED: Group.SIGN_OFF,
    EventKind.RELEASED: Group.SIGN_OFF,
    EventKind.PACK_MADE: Group.SIGN_OFF,
}
RULED: Mapping[str, str] = {
    Ruling.LEAVE_OUT: "left out",
    Ruling.RELEASE_AS_SEEN: "looked at, and released as it is",
}
_A_ROLE: Mapping[str, str] = {
    Role.OFFICER: "an officer",
    Role.REVIEWER: "a reviewer",
    Role.OBSERVER: "an observer",
}
#: Marks that are named one by one; of more, only their number is given.
_NAMED = 4


def words_of(event: Event, names: Names | None = None) -> str:
    """Say in a sentence what happened, without who and when.

    Args:
        names: what the documents are called; one that is not in it goes by its number.
    """
    if fault_of(event):
        return f"{title_of(event.kind)}: what the event says of it is not complete"
    return _WORDS[event.kind](event, names or {})


def title_of(kind: EventKind) -> str:
    """Give a kind as a title (``lock-taken`` is ``Lock taken``)."""
    return str(kind).replace("-", " ").capitalize()


def counted(count: int, thing: str, things: str = "") -> str:
    """Give a number of things: ``1 place``, ``3 places``."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {things or f'{thing}s'}"


def part_words(part: str) -> str:
    """Give a part of a document as people read it (``page:3/image:1`` is ``page 3, image 1``)."""
    if part.startswith(SEALED):
        return "a part whose name the log does not hold"
    if ":" not in part:
        return part
    return ", ".join(step.replace(":", " ", 1) for step in part.split("/"))


def said_by_people(event: Event) -> Iterable[str]:
    """Give what the person wrote who did it: reasons, comments, weighings."""
    for key in ("reason", "text", "public_interest", "remark"):
        said = event.body.get(key)
        if isinstance(said, str) and said and event.kind is not EventKind.DOCUMENT_REFUSED:
            yield said


# --- one sentence for each kind ---------------------------------------------------------------


def _document(number: object, names: Names) -> str:
    name = names.get(number) if isinstance(number, int) else None
    return f"document {number} ({name})" if name else f"document {number}"


def _listed(words: Iterable[object]) -> str:
    *most, last = (str(one) for one in words)
    return f"{', '.join(most)} and {last}" if most else last


def _count_in(body: Mapping[str, Any], key: str) -> int:
    """Give a number that a body need not give."""
    value = body.get(key)
    return value if type(value) is int else 0


def _created(event: Event, _: Names) -> str:
    body = event.body
    regime = law_words(body["regime"])
    under = f" under {regime.under}" if regime else ""
    return f"Began the case {body['ref']}{under}"


def _invited(event: Event, _: Names) -> str:
    body = event.body
    return f"Introduced {body['name']} to the case as {_A_ROLE[body['role']]}"


def _lock_taken(event: Event, _: Names) -> str:
    holder = event.body["from"]
    if holder == event.actor:
        return "Opened the case again, which the program had not closed"
    return f"Took the case over from {holder}, who had not closed it"


def _added(event: Event, names: Names) -> str:
    return f"Added {_document(event.body['document'], names)}"


def _reading(event: Event, names: Names) -> str:
    return f"Had {_document(event.body['document'], names)} read again from its beginning"


def _read(event: Event, names: Names) -> str:
    body = event.body
    wanting = [
        f"{counted(body[key], thing)} {what}"
        for key, thing, what in (
            ("unread", "part", "could not be read"),
            ("incomplete", "search", "did not finish"),
        )
        if body[key]
    ]
    rest = f"; {' and '.join(wanting)}" if wanting else ""
    return f"Read {_document(body['document'], names)} to its end{rest}"


def _refused(event: Event, names: Names) -> str:
    why = event.body["reason"].replace("-", " ")
    return f"Could not read {_document(event.body['document'], names)}: {why}"


def _read_as(event: Event, names: Names) -> str:
    body = event.body
    read_as = ReadAs(body["encoding"], body["delimiter"])
    fell = counted(len(body["marks"]), "decision")
    falls = "falls" if len(body["marks"]) == 1 else "fall"
    rest = f"; {fell} {falls} with the earlier reading" if body["marks"] else ""
    return f"Had {_document(body['document'], names)} read {read_as_words(read_as)}{rest}"


def read_as_words(read_as: ReadAs) -> str:
    """Say how a document is read, as a sentence goes on after “read”."""
    if read_as == AS_FOUND:
        return "as its bytes say"
    letters = f"as {encoding_name(read_as.encoding)}" if read_as.encoding else ""
    sign = delimiter_name(read_as.delimiter)
    fields = f"with fields told apart by {sign}" if read_as.delimiter else ""
    return " ".join(filter(None, (letters, fields)))


def _places_added(event: Event, _: Names) -> str:
    places = counted(len(event.body["marks"]), "place")
    return f"Added {places} where withheld text also stands, to be decided"


def _request_recorded(_: Event, __: Names) -> str:
    return "Recorded what was asked, and when"


def _justified(event: Event, _: Names) -> str:
    body = event.body
    return f"Wrote justification {body['justification']}, for {body['exemption']}"


def _decided(event: Event, _: Names) -> str:
    body = event.body
    made = body.get("made", ())
    new = f", {len(made):,} of them newly marked" if made else ""
    places = counted(len(body["marks"]), "place")
    whose = _whose(body)
    if body["action"] == Action.KEEP:
        return f"Decided: keep {places}{new}{whose}"
    weighed = ", the public interest weighed" if body.get("public_interest") else ""
    rests = f" by justification {body['justification']}" if body.get("justification") else ""
    return f"Decided: redact {places} under {body['exemption']}{rests}{weighed}{new}{whose}"


_ASIDE: Mapping[str, str] = {
    "": "back into the release",
    Aside.WITHHELD: "withheld in full",
    Aside.PUBLIC: "left out, for it is public already",
    Aside.NOT_ASKED: "left out, for it was not asked for",
    Aside.REPLACED: "left out",
}


def _set_aside(event: Event, names: Names) -> str:
    body = event.body
    said = f"{_document(body['document'], names)}: {_ASIDE[body['why']]}"
    if body["why"] == Aside.WITHHELD:
        return f"Ruled on {said} under {body['exemption']}"
    if body.get("by"):
        return f"Ruled on {said}; {_document(body['by'], names)} goes out in its place"
    return f"Ruled on {said}"


def _numbers_settled(event: Event, _: Names) -> str:
    body = event.body
    instead = "".join(
        f"; document {new} goes out in place of {old}" for old, new in review.swapped(body)
    )
    if not body["entries"]:
        return f"Gave up the protection of small numbers{instead}"
    hidden = counted(len(body["marks"]), "figure")
    freed = f", {counted(len(body['freed']), 'figure')} printed again" if body["freed"] else ""
    under = f" under {body['exemption']}" if body["marks"] else ""
    return f"Protected small numbers: {hidden} withheld{under}{freed}{instead}"


def _checklist_answered(event: Event, _: Names) -> str:
    body = event.body
    lines = {one.key: one.says for one in commissioners_checklist().points}
    says = lines.get(body["point"], body["point"])
    answer = body["answer"].replace("-", " ")
    return f"Answered the Commissioner’s checklists, “{says}”: {answer}"


def _whose(body: Mapping[str, Any]) -> str:
    """Say whose mentions were decided on, where a decision is for a person."""
    if "follows" in body:
        return f", as event {body['follows']} says for their person"
    if "person" not in body:
        return ""
    later = ", and any that are found later" if body.get("later") else ""
    return f": all mentions of the person of finding {body['person']}{later}"


def _ruled(event: Event, names: Names) -> str:
    body = event.body
    where = _document(body["document"], names)
    if body["part"]:
        where = f"{part_words(body['part'])} in {where}"
    return f"Ruled on {where}: {RULED[body['ruling']]}"


def _merged(event: Event, _: Names) -> str:
    persons = event.body["persons"]
    if 0 < len(persons) <= _NAMED:
        return f"Took the persons of findings {_listed(persons)} to be one"
    return f"Took {counted(len(persons), 'person')} to be one"


def _told_apart(event: Event, _: Names) -> str:
    persons = event.body["persons"]
    if 0 < len(persons) <= _NAMED:
        return f"Said that the persons of findings {_listed(persons)} are not one"
    return f"Said that {counted(len(persons), 'person')} are not one"


def _split(event: Event, _: Names) -> str:
    marks = event.body["marks"]
    if 0 < len(marks) <= _NAMED:
        findings = "finding" if len(marks) == 1 else "findings"
        return f"Took {findings} {_listed(marks)} to be of another person"
    return f"Took {counted(len(marks), 'finding')} to be of another person"


def _role(event: Event, _: Names) -> str:
    role = event.body["role"].replace("-", " ")
    return f"Said what the person of finding {event.body['person']} is in the matter: {role}"


def _lists_changed(event: Event, _: Names) -> str:
    body = event.body
    count = len(body["entries"])
    entries = counted(count, "entry", "entries")
    if body["change"] == "dismissed":
        return f"Turned {counted(count, 'suggestion')} down"
    if body["change"] == "removed":
        what = counted(count, "pack") if body["list"] == "packs" else entries
        said = f"Took {what} off the {_LISTS[body['list']]}"
    elif body["list"] == "packs":
        said = f"Adopted {counted(count, 'pack')} of patterns{_packs_named(body)}"
    elif body["list"] == "site":
        said = f"Adopted the lists of the authority, {entries}{_packs_named(body)}"
    else:
        source = " as suggested" if body.get("source") == "suggestion" else ""
        said = f"Put {entries} on the {_LISTS[body['list']]}{source}"
    made, proposed = len(body["marks"]), len(body["keep"]) + len(body["redact"])
    if made:
        said += f", which marked {counted(made, 'place')} to be decided"
    if proposed:
        said += f", which changed what is proposed for {counted(proposed, 'finding')}"
    return said


_LISTS: Mapping[str, str] = {
    "always": "always list",
    "never": "never list",
    "packs": "list of packs",
    "site": "lists adopted from the authority",
    "suggestions": "suggestions",
}


def _packs_named(body: Mapping[str, Any]) -> str:
    packs = body.get("packs")
    if not isinstance(packs, list) or not packs:
        return ""
    named = [f"{one['name']} {one['version']}" for one in packs if _is_mention(one)]
    return f" ({', '.join(named[:_NAMED])})" if named else ""


def _is_mention(one: object) -> bool:
    return isinstance(one, dict) and all(type(one.get(key)) is str for key in ("name", "version"))


def _looked_again(event: Event, _: Names) -> str:
    body = event.body
    sure, others = len(body["sure"]), len(body["others"])
    if not sure and not others:
        return "Took the second look, which found no place near what is redacted"
    return (
        f"Took the second look: {counted(sure, 'place')} all but certainly missed, "
        f"{counted(others, 'place')} to look at"
    )


def _leads_dismissed(event: Event, _: Names) -> str:
    count = counted(len(event.body["leads"]), "place")
    return f"Dismissed {count} of the second look: {event.body['category'].replace('-', ' ')}"


def _sample_drawn(event: Event, _: Names) -> str:
    body = event.body
    return f"Drew {counted(len(body['units']), 'passage')} of {body['frame']:,} to be read again"


def _sample_answered(event: Event, _: Names) -> str:
    body = event.body
    what = counted(body["missed"], "place") if body["missed"] else "nothing"
    return f"Read passage {body['unit'] + 1} of what is submitted again: {what} missed"


def _failed(event: Event, _: Names) -> str:
    body = event.body
    if body["code"] == "cancelled":
        return "Stopped the making of a candidate"
    checks = body.get("checks")
    if isinstance(checks, list) and checks:
        leaks = body.get("leaks")
        places = len(leaks) if isinstance(leaks, list) else 0
        found = f" in {counted(places, 'place')}" if places else ""
        return f"A candidate failed a check: {checks[0]}{found}"
    return f"No candidate came about: {body['code'].replace('-', ' ')}"


def _submitted(event: Event, _: Names) -> str:
    body = event.body
    what = [
        counted(_count_in(body, "documents"), "document"),
        counted(_count_in(body, "redactions"), "redaction"),
        counted(len(body["files"]), "file"),
    ]
    containers = sum(bool(one["reason"]) for one in body.get("forms", ()))
    asked = f", {counted(containers, 'of them a spreadsheet', 'of them spreadsheets')}"
    looks = "".join(f", {one}" for one in look_words(look_in(event)))
    return f"Submitted for approval: {_listed(what)}{asked if containers else ''}{looks}"


def _certified(event: Event, _: Names) -> str:
    files = counted(len(event.body["files"]), "file")
    return f"Certified the approval in event {event.body['approval']}: {files}"


def _released(event: Event, _: Names) -> str:
    files = counted(len(event.body["files"]), "file")
    return f"Released what was approved in event {event.body['approval']}: {files}"


def _pack_made(event: Event, _: Names) -> str:
    body = event.body
    letters = counted(body["correspondence"], "letter")
    places = counted(body["redactions"], "place")
    return f"Made the unredacted pack for the Commissioner: {places} marked, {letters} with it"


_WORDS: Mapping[EventKind, Callable[[Event, Names], str]] = {
    EventKind.CASE_CREATED: _created,
    EventKind.PERSON_INVITED: _invited,
    EventKind.PERSON_JOINED: lambda _, __: "Worked in the case for the first time",
    EventKind.LOCK_TAKEN: _lock_taken,
    EventKind.DOCUMENT_ADDED: _added,
    EventKind.DOCUMENT_READING: _reading,
    EventKind.DOCUMENT_READ: _read,
    EventKind.DOCUMENT_REFUSED: _refused,
    EventKind.DOCUMENT_READ_AS: _read_as,
    EventKind.PLACES_ADDED: _places_added,
    EventKind.REQUEST_RECORDED: _request_recorded,
    EventKind.JUSTIFIED: _justified,
    EventKind.DECIDED: _decided,
    EventKind.RULED: _ruled,
    EventKind.DOCUMENT_SET_ASIDE: _set_aside,
    EventKind.NUMBERS_SETTLED: _numbers_settled,
    EventKind.CHECKLIST_ANSWERED: _checklist_answered,
    EventKind.UNDONE: lambda event, _: f"Undid event {event.body['event']}",
    EventKind.REDONE: lambda event, _: f"Redid event {event.body['event']}",
    EventKind.PERSONS_MERGED: _merged,
    EventKind.PERSON_SPLIT: _split,
    EventKind.PERSON_ROLE: _role,
    EventKind.PERSONS_TOLD_APART: _told_apart,
    EventKind.LISTS_CHANGED: _lists_changed,
    EventKind.LOOKED_AGAIN: _looked_again,
    EventKind.LEADS_DISMISSED: _leads_dismissed,
    EventKind.COMMENTED: lambda event, _: f"Commented on finding {event.body['mark']}",
    EventKind.RELEASE_FAILED: _failed,
    EventKind.SUBMITTED: _submitted,
    EventKind.SAMPLE_DRAWN: _sample_drawn,
    EventKind.SAMPLE_ANSWERED: _sample_answered,
    EventKind.RETURNED: lambda _, __: "Returned the case to whoever prepared it",
    EventKind.APPROVED: (
        lambda event, _: f"Approved the candidate submitted in event {event.body['submission']}"
    ),
    EventKind.CERTIFIED: _certified,
    EventKind.RELEASED: _released,
    EventKind.PACK_MADE: _pack_made,
}

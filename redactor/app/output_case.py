"""The shapes of what the command line says of a case: JSON as the contract has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from redactor.app.case import Case
from redactor.app.files import Refusal
from redactor.app.numbers_case import log_body, plan_of
from redactor.case.problems import Problem
from redactor.case.store import StoredDocument
from redactor.events import Event, EventKind, Mark
from redactor.lifecycle import Life
from redactor.model import Action, Decision, Incomplete, Person, Span, Unread
from redactor.people import subjects
from redactor.review import Block, Comment


def person_shape(person: Person) -> dict[str, str]:
    """Give the public part of an identity."""
    return {
        "name": person.name,
        "role": str(person.role),
        "fingerprint": person.fingerprint,
    }


# --- status -----------------------------------------------------------------------------------


def status(case: Case) -> dict[str, Any]:
    """Give where a case stands, what is decided, and what still blocks."""
    life = case.life
    about = life.case.body if life.case is not None else {}
    return {
        "state": str(life.state),
        "ref": life.ref,
        "documents": len(case.documents()),
        "findings": finding_counts(case.marks(), case.standing().decisions),
        "blocks": [block_shape(one) for one in case.blocks()],
        "set_aside": [
            {"document": number, "why": str(one.why), "exemption": one.decision.exemption}
            for number, one in sorted(case.standing().set_aside.items())
        ],
        "small_numbers": _numbers(case),
        "regime": about.get("regime"),
        "received": about.get("received") or None,
        "people": _people(life),
        "submitted_by": life.submission.actor if life.submission is not None else None,
        "approved_by": life.approval.actor if life.approval is not None else None,
        "returned": _returned(life),
        "voided": _voided(life),
    }


def _numbers(case: Case) -> dict[str, Any] | None:
    """Give the rule by which small numbers are protected, and what came of it; no cell."""
    plan = plan_of(case)
    return None if plan is None else {**log_body(plan), "confirmed_by": plan.confirmed_by}


def finding_counts(marks: Iterable[Mark], decisions: Mapping[int, Decision]) -> dict[str, int]:
    """Count what a reader sees; what is hidden never leaves and needs no decision."""
    counts = {"undecided": 0, str(Action.REDACT): 0, str(Action.KEEP): 0}
    for mark in marks:
        decision = decisions.get(mark.id)
        if mark.hidden is not None:
            continue
        if decision is not None:
            counts[str(decision.action)] += 1
        elif needs_decision(mark):
            counts["undecided"] += 1
    return counts


def needs_decision(mark: Mark) -> bool:
    """Say whether an undecided mark blocks: not what is hidden, nor what was marked by hand."""
    return mark.hidden is None and not mark.by_hand


def block_shape(block: Block) -> dict[str, Any]:
    """Give one thing that stands in the way."""
    return {
        "kind": block.kind,
        "document": block.document,
        "place": block.place,
        "message": block.message,
        "count": block.count,
        "mark": block.mark,
    }


def told_counts(counts: Mapping[str, Any]) -> str:
    """Give counts of findings as words for people."""
    return (
        f"{counts['undecided']:,} to decide, {counts['redact']:,} to redact, "
        f"{counts['keep']:,} to keep"
    )


#: Which command settles what stands in the way.
_SETTLES = {
    "empty": "`redactor case add` takes in documents.",
    "reading": "`redactor case scan` reads what was not read yet.",
    "undecided": "`redactor case decide` decides; `redactor case findings` lists the findings.",
    "no-ground": "`redactor case decide` with --exemption and --reason gives the ground.",
    "public-interest": "`redactor case decide` with --public-interest says how it was weighed.",
    "second-look": "`redactor case second-look` lists them, and accepts or dismisses them.",
    **dict.fromkeys(
        ("unread", "incomplete", "unreadable"), "`redactor case rule` rules on it, with a reason."
    ),
}


def told_blocks(
    blocks: Sequence[Mapping[str, Any]], documents: Iterable[StoredDocument]
) -> list[str]:
    """Give what stands in the way as lines for people, and what settles it."""
    if not blocks:
        return ["Nothing stands in the way of submitting it."]
    names = {one.number: one.name for one in documents}
    lines = ["To be settled before it can be submitted:"]
    for one in blocks:
        number = one["document"]
        where = f"document {number} ({names[number]})" if number is not None else "the case"
        place = f", {one['place']}" if one["place"] else ""
        lines.append(f"  {one['kind']}: {where}{place}: {one['message']}")
    there = {one["kind"] for one in blocks}
    ways = dict.fromkeys(way for kind, way in _SETTLES.items() if kind in there)
    return [*lines, *ways]


def _people(life: Life) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "role": str(one.role),
            "fingerprint": one.fingerprint,
            "prepared": one.fingerprint in life.preparers,
        }
        for one in life.members.values()
    ]


def _returned(life: Life) -> dict[str, Any] | None:
    if life.returned is None:
        return None
    return {**_who(life.returned), "reason": str(life.returned.body.get("reason", ""))}


def _voided(life: Life) -> dict[str, Any] | None:
    if life.voided is None:
        return None
    gone, by = life.voided.event, life.voided.by
    return {
        "what": life.voided.what,
        **_who(gone),
        "change": {"kind": str(by.kind), **_who(by)},
    }


def _who(event: Event) -> dict[str, Any]:
    return {"event": event.seq, "by": event.actor, "at": event.at}


# --- documents --------------------------------------------------------------------------------


def scanned(case: Case, document: StoredDocument) -> dict[str, Any]:
    """Give what came of searching a document."""
    return {
        "document": document.number,
        "name": document.name,
        "status": document.status,
        "format": document.format,
        "findings": len(case.marks(document.number)),
        "unread": _parts(document.unread),
        "incomplete": _parts(document.incomplete),
    }


def refused(case: Case, document: StoredDocument) -> dict[str, Any]:
    """Give why a document could not be read."""
    reasons = [
        str(event.body["reason"])
        for event in case.events()
        if event.kind is EventKind.DOCUMENT_REFUSED and event.body["document"] == document.number
    ]
    return {
        "path": document.name,
        "code": reasons[-1] if reasons else "unreadable",
        "message": f"{document.name}: {document.refusal}",
    }


def refusals(refused: Iterable[Refusal]) -> list[dict[str, str]]:
    """Give the files that could not be taken in."""
    return [{"path": str(one.path), "code": one.code, "message": one.message} for one in refused]


def _parts(parts: Iterable[Unread | Incomplete]) -> list[dict[str, str]]:
    return [{"place": one.place, "why": one.why} for one in parts]


# --- findings ---------------------------------------------------------------------------------


def findings(case: Case) -> dict[str, Any]:
    """Give every finding of the case with its id, its decision and what was said of it."""
    marks = case.marks()
    decisions = case.standing().decisions
    persons = {mark: one.id for one in subjects(marks, case.events()) for mark in one.marks}
    said: dict[int, list[Comment]] = {}
    for comment in case.comments():
        said.setdefault(comment.mark, []).append(comment)
    found: dict[int, list[dict[str, Any]]] = {}
    for mark in marks:
        shape = _finding(mark, persons.get(mark.id), decisions.get(mark.id), said.get(mark.id, ()))
        found.setdefault(mark.document, []).append(shape)
    return {
        "documents": [
            {
                "document": one.number,
                "path": one.name,
                "sha256": one.sha256,
                "format": one.format,
                "status": one.status,
                "findings": found.get(one.number, []),
            }
            for one in case.documents()
        ]
    }


def _finding(
    mark: Mark, person: str | None, decision: Decision | None, said: Iterable[Comment]
) -> dict[str, Any]:
    return {
        "id": mark.id,
        **_place(mark),
        "text": mark.text,
        "label": mark.label,
        "score": round(mark.score, 3),
        "recogniser": mark.recogniser,
        "person": person,
        "proposal": str(mark.proposal),
        "hidden": mark.hidden,
        "decision": _decision(decision) if decision is not None else None,
        "comments": [
            {"text": one.text, "by": one.actor, "at": one.at, "answered": one.answered}
            for one in said
        ],
    }


def _place(mark: Mark) -> dict[str, Any]:
    """Say where a mark lies; pages and columns count from 1, as everywhere outside."""
    if not isinstance(mark.target, Span):
        box = mark.target
        return {"area": [box.page + 1, box.x0, box.y0, box.x1, box.y1]}
    span = mark.target
    place: dict[str, Any] = {"segment": span.segment, "start": span.start, "end": span.end}
    if span.column is not None:
        place["column"] = span.column + 1
    return place


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "action": str(decision.action),
        "exemption": decision.exemption,
        "reason": decision.reason,
        "public_interest": decision.public_interest,
        "by": decision.actor,
        "at": decision.at,
    }


# --- checks -----------------------------------------------------------------------------------


def checked(problems: Iterable[Problem]) -> dict[str, Any]:
    """Give what a check found."""
    listed = [{"seq": one.seq, "kind": one.kind, "message": one.message} for one in problems]
    return {"ok": not listed, "problems": listed}

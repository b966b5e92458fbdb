"""What each kind of event says, as the value that it lets stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from redactor.events import Event
from redactor.model import Action, Aside, Decision, PointAnswer, Ruling
from redactor.review.state import (
    DECIDED_ON,
    Justification,
    LeadRuling,
    Look,
    SetAside,
    StandingRuling,
    Tick,
)


def decision_of(event: Event) -> Decision:
    """Give the decision that an event says, of marks or of a whole document."""
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


def ruling_of(event: Event) -> tuple[tuple[int, str], StandingRuling]:
    """Give the document and the part that an event rules on, and the ruling."""
    body = event.body
    part = str(body["part"])
    ruling = Ruling(body["ruling"])
    standing = StandingRuling(ruling, str(body["reason"]), event.actor, event.at, part)
    return (int(body["document"]), part), standing


def justification_of(event: Event) -> Justification:
    """Give the justification that an event writes."""
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


def set_aside_of(event: Event) -> SetAside:
    """Give why a document stays out of the release."""
    body = event.body
    return SetAside(Aside(body["why"]), decision_of(event), int(body.get("by", 0)))


def swapped(body: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Give pairs of documents out of the body of an event: the second goes out for the first."""
    return [(int(old), int(new)) for old, new in body.get("swapped", ())]


def row_of(event: Event) -> int | None:
    """Give the row of the case file that an event wrote, or went back to having none."""
    rows = event.body["entries"]
    return int(rows[0]) if rows else None


def lead_rulings_of(event: Event) -> dict[str, LeadRuling]:
    """Give what an event rules on places of the second look, by their ids."""
    body = event.body
    category = str(body.get("category", DECIDED_ON))
    ruling = LeadRuling(category, str(body.get("reason", "")), event.actor, event.at, event.seq)
    return dict.fromkeys(map(str, body.get("leads", ())), ruling)


def look_of(event: Event) -> Look:
    """Give what a second look found."""
    body = event.body
    sure, others = tuple(body["sure"]), tuple(body["others"])
    return Look(event.seq, str(body["state"]), str(body["decisions"]), sure, others, body["hidden"])


def tick_of(event: Event) -> Tick:
    """Give the answer to a point of the checklists."""
    body = event.body
    answer = PointAnswer(body["answer"])
    return Tick(str(body["point"]), answer, str(body["remark"]), event.actor, event.at, event.seq)

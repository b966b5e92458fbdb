"""Every change of a case is an event. Bodies hold ids, reasons and hashes, never case text.

What people write themselves, reasons and comments, is theirs to keep free of case text; what the
program writes holds none.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from redactor.model import Proposal, Target


class EventKind(enum.StrEnum):
    """What happened."""

    CASE_CREATED = "case-created"
    PERSON_INVITED = "person-invited"
    PERSON_JOINED = "person-joined"
    LOCK_TAKEN = "lock-taken"
    DOCUMENT_ADDED = "document-added"
    DOCUMENT_READING = "document-reading"
    DOCUMENT_READ = "document-read"
    DOCUMENT_REFUSED = "document-refused"
    DOCUMENT_READ_AS = "document-read-as"
    PLACES_ADDED = "places-added"
    REQUEST_RECORDED = "request-recorded"
    JUSTIFIED = "justified"
    DECIDED = "decided"
    RULED = "ruled"
    DOCUMENT_SET_ASIDE = "document-set-aside"
    NUMBERS_SETTLED = "numbers-settled"
    CHECKLIST_ANSWERED = "checklist-answered"
    UNDONE = "undone"
    REDONE = "redone"
    PERSONS_MERGED = "persons-merged"
    PERSON_SPLIT = "person-split"
    PERSON_ROLE = "person-role"
    PERSONS_TOLD_APART = "persons-told-apart"
    LISTS_CHANGED = "lists-changed"
    LOOKED_AGAIN = "looked-again"
    LEADS_DISMISSED = "leads-dismissed"
    COMMENTED = "commented"
    RELEASE_FAILED = "release-failed"
    SUBMITTED = "submitted"
    SAMPLE_DRAWN = "sample-drawn"
    SAMPLE_ANSWERED = "sample-answered"
    RETURNED = "returned"
    APPROVED = "approved"
    CERTIFIED = "certified"
    RELEASED = "released"
    PACK_MADE = "pack-made"


@dataclass(frozen=True, slots=True)
class Event:
    """One change.

    Attributes:
        seq: its place in the log, from 1.
        at: UTC, ISO 8601 to the second.
        actor: the name of who did it.
        body: ids, categories, reasons, hashes; never text of a document.
        fingerprint: of the key of who did it.
        previous: the digest of the event before, in hex.
        digest: over all of the above, in hex (``redactor.case.log``).
        signature: of the digest, by the key of who did it, in hex.
    """

    seq: int
    at: str
    actor: str
    kind: EventKind
    body: Mapping[str, Any]
    fingerprint: str = ""
    previous: str = ""
    digest: str = ""
    signature: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a document that a decision can be made on: a finding, or what a person marked.

    Attributes:
        id: within the case; what events name it by.
        document: the document's number in the case.
        hidden: the kind of hidden content it lies in; such a mark needs no decision, for hidden
            content never leaves.
        by_hand: a person made it, or asked for it as another place of the same text.
    """

    id: int
    document: int
    target: Target
    text: str = field(repr=False)
    label: str
    score: float
    recogniser: str
    why: str
    proposal: Proposal
    hidden: str | None = None
    by_hand: bool = False

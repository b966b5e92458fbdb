"""Every change of a case is an event. Bodies hold ids, reasons and hashes, never case text."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from redactor.model import Proposal, Target


class EventKind(enum.StrEnum):
    """What happened."""

    CASE_CREATED = "case-created"
    DOCUMENT_ADDED = "document-added"
    DOCUMENT_READ = "document-read"
    DOCUMENT_REFUSED = "document-refused"
    DECIDED = "decided"
    RULED = "ruled"
    UNDONE = "undone"
    REDONE = "redone"
    RELEASED = "released"
    RELEASE_FAILED = "release-failed"


@dataclass(frozen=True, slots=True)
class Event:
    """One change.

    Attributes:
        seq: its place in the log, from 1.
        at: UTC, ISO 8601 to the second.
        actor: who did it.
        body: ids, categories, reasons, hashes; never text of a document.
    """

    seq: int
    at: str
    actor: str
    kind: EventKind
    body: Mapping[str, Any]


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

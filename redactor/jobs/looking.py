"""The second look: searching again for whatever is near what was redacted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.events import Mark
from redactor.jobs.reading import SegmentBatch
from redactor.model import Decision, Report

if TYPE_CHECKING:
    from redactor.second_look import Lead


@dataclass(frozen=True, slots=True)
class LookDocument:
    """A document as it was read, for the second look."""

    number: int
    sha256: str
    name: str = field(repr=False)
    batch: SegmentBatch = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookOrder:
    """What the second look is taken of (``redactor.second_look.second_look``)."""

    documents: tuple[LookDocument, ...]
    marks: tuple[Mark, ...] = field(repr=False)
    decisions: Mapping[int, Decision] = field(repr=False)
    strict: frozenset[str] = field(repr=False)


def take_second_look(order: LookOrder, *, report: Report) -> tuple[Lead, ...]:
    """Search again for whatever is near what was redacted."""
    from redactor.second_look import LookedAt, second_look

    documents = [
        LookedAt(one.number, one.sha256, one.name, one.batch.segments) for one in order.documents
    ]
    return second_look(documents, order.marks, order.decisions, order.strict, report)

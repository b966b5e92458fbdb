"""The numbers of redactions: those of the schedule, and printed on the boxes where that is asked.

Redactions go by document, in each by page, and on a page as its text runs; drawn boxes follow the
text of their page from top to bottom. What has no pages stays in the order of its findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from redactor.events import Mark
from redactor.model import Area, Redaction, Target

_Order: TypeAlias = tuple[int, bool, float, float]
_PAGE = "page:"


def in_order(marks: Iterable[Mark]) -> list[Mark]:
    """Sort marks as the schedule lists them; its numbers are their positions, from 1."""
    return sorted(marks, key=lambda mark: (mark.document, *_place(mark.target)))


def numbered(redactions: Iterable[Redaction]) -> tuple[Redaction, ...]:
    """Sort the redactions of one document, and number those that a reader sees."""
    ordered = sorted(redactions, key=lambda one: _place(one.target))
    hidden = [one for one in ordered if not _place(one.target)[0]]
    shown = ordered[len(hidden) :]
    return (
        *hidden,
        *(replace(one, label=f"{one.label} #{number}") for number, one in enumerate(shown, 1)),
    )


def _place(target: Target) -> _Order:
    if isinstance(target, Area):
        return target.page + 1, True, min(target.y0, target.y1), min(target.x0, target.x1)
    number = target.segment.removeprefix(_PAGE)
    if target.segment.startswith(_PAGE) and number.isdecimal():
        return int(number), False, target.start, target.end
    return 0, False, 0.0, 0.0

"""Questions that the case's own thread answers, in the shape in which the window wants them."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

from redactor.app.case import Case, Change
from redactor.case.store import StoredDocument
from redactor.events import Event, EventKind
from redactor.jobs import CaseSource
from redactor.model import Action
from redactor.review import Standing
from ui.tasks import BATCH, Found

#: How many segments are looked at in one turn when hidden content is counted.
_COUNT_TURN = 20_000


@dataclass(frozen=True, slots=True)
class Opened:
    """What a case held when it was opened, and what was decided with last."""

    ref: str
    documents: tuple[StoredDocument, ...]
    sources: tuple[CaseSource, ...]
    standing: Standing
    exemption: str
    reasons: dict[Action, str]
    public_interest: str
    broken_at: int | None


def all_but_marks(case: Case) -> Opened:
    """Give what a case holds besides its marks, which may be very many and follow."""
    gc.freeze()  # the log lives as long as the case; walking it takes a fifth of a second
    exemption, public_interest, reasons = "", "", {"redact": "", "keep": ""}
    for event in reversed(case.events()):
        if event.kind is EventKind.DECIDED:
            action = str(event.body["action"])
            reasons[action] = reasons[action] or str(event.body["reason"])
            exemption = exemption or str(event.body["exemption"])
            public_interest = public_interest or str(event.body.get("public_interest", ""))
        if exemption and all(reasons.values()):
            break
    return Opened(
        case.ref,
        case.documents(),
        case.sources(),
        case.standing(),
        exemption,
        {Action(action): reason for action, reason in reasons.items()},
        public_interest,
        case.broken_at,
    )


def marks_but(case: Case, known: Collection[int]) -> list[Found]:
    """Give the marks whose ids are not known, in portions of one document each."""
    found: list[Found] = []
    for document in case.documents():
        marks = [mark for mark in case.marks(document.number) if mark.id not in known]
        for start in range(0, len(marks), BATCH):
            found.append(Found(document.number, tuple(marks[start : start + BATCH])))  # noqa: PERF401
    gc.freeze()  # all of them live as long as the case; the collector need not walk them
    return found


@dataclass(frozen=True, slots=True)
class Applied:
    """A change, and the marks whose standing it changed."""

    change: Change
    touched: tuple[int, ...]

    @property
    def told(self) -> str:
        """Say what was decided, for the status bar."""
        change, places = self.change, len(self.touched)
        action = "redact" if change.event.body.get("action") == Action.REDACT else "keep"
        where = "1 place" if places == 1 else f"{places:,} places"
        new = f", {len(change.made):,} of them newly marked" if change.made else ""
        return f"Decided: {action} {where}{new}. Undo with Ctrl+Z."


def applied(case: Case, change: Change | None) -> Applied | None:
    """Give a change with the marks whose standing it changed."""
    return None if change is None else Applied(change, _touched(case, change.event))


def _touched(case: Case, event: Event) -> tuple[int, ...]:
    if event.kind in {EventKind.UNDONE, EventKind.REDONE}:
        seq = int(event.body["event"])
        event = next(one for one in reversed(case.events()) if one.seq == seq)
    return (*event.body.get("marks", ()), *event.body.get("freed", ()))


def hidden_in_turns(number: int, counter: Counter[tuple[str, str]]) -> Callable[[Case], bool]:
    """Give a function that counts a portion of hidden content each time it is called.

    Its answer is True once it is through the document.
    """
    segments = None

    def turn(case: Case) -> bool:
        nonlocal segments
        if segments is None:
            segments = case.segments(number)
        for _ in range(_COUNT_TURN):
            segment = next(segments, None)
            if segment is None:
                return True
            if segment.hidden is not None:
                counter[str(segment.hidden), segment.container or segment.id] += 1
        return False

    return turn

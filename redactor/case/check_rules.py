"""Which events of a log should not have been written: not allowed, or not complete.

The log is taken for what was written; whether it is, ``check_log`` says. Nothing reads or writes.
"""

from __future__ import annotations

from collections.abc import Iterable

from redactor import lifecycle
from redactor.case.bodies import fault_of
from redactor.case.log import lot_holds
from redactor.case.problems import Problem
from redactor.events import Event, EventKind
from redactor.lifecycle import UNDOABLE, Life


def broken_rules(events: Iterable[Event]) -> list[Problem]:
    """Say which events were not allowed when they were written, or are not complete."""
    rules = _Rules()
    for event in events:
        rules.look_at(event)
    return rules.problems


class _Rules:
    """Follows a log, and takes down every event that broke a rule when it was written."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._life = Life()
        self._barred: set[int] = set()
        self._strangers: set[str] = set()
        self._done: list[int] = []
        self._undone: list[int] = []

    def look_at(self, event: Event) -> None:
        """Look at the next event."""
        if wanting := fault_of(event):
            self._add(event, "malformed", f"is not complete: {wanting}.")
        elif said := lifecycle.objection(
            self._life, event.kind, event.fingerprint, event.body, event.actor
        ):
            self._object(event, said)
        elif not self._is_drawn_by_lot(event):
            self._add(event, "chosen-sample", "drew a sample by another lot than its signer's.")
        elif not self._steps_back_rightly(event) and not self._barred:
            self._add(event, "not-allowed", "takes back another event than the last that stood.")
        self._life = lifecycle.advance(self._life, event)

    def _add(self, event: Event, kind: str, message: str) -> None:
        self._barred.add(event.seq)
        self.problems.append(
            Problem(event.seq, kind, f"Event {event.seq} ({event.kind}) {message}")
        )

    def _object(self, event: Event, said: str) -> None:
        """Take down what was not allowed, unless it follows from what was taken down before."""
        rests_on = (event.body.get("approval"), event.body.get("submission"))
        if event.fingerprint in self._strangers or any(
            type(one) is int and one in self._barred for one in rests_on
        ):
            self._barred.add(event.seq)
            return
        if event.fingerprint not in self._life.members:
            self._strangers.add(event.fingerprint)
        by_preparer = event.kind is EventKind.APPROVED and event.fingerprint in self._life.preparers
        kind = "approved-by-preparer" if by_preparer else "not-allowed"
        reason = f"was not allowed. The program would have refused it: “{said}”"
        self._add(event, kind, reason)

    def _is_drawn_by_lot(self, event: Event) -> bool:
        """Say whether a sample, if one was drawn, was drawn by the lot of what is submitted."""
        submitted = self._life.submission
        if event.kind is not EventKind.SAMPLE_DRAWN or submitted is None:
            return True
        return lot_holds(event, submitted, self._life.members[event.fingerprint].public_key)

    def _steps_back_rightly(self, event: Event) -> bool:
        """Say whether an undo or a redo names the step that it takes back or brings back."""
        if event.kind in UNDOABLE:
            self._done.append(event.seq)
            self._undone.clear()
            return True
        if event.kind is EventKind.DOCUMENT_READ_AS:  # nothing before it can be taken back
            self._done.clear()
            self._undone.clear()
            return True
        if event.kind is EventKind.UNDONE:
            return self._step(self._done, self._undone, event)
        if event.kind is EventKind.REDONE:
            return self._step(self._undone, self._done, event)
        return True

    @staticmethod
    def _step(source: list[int], target: list[int], event: Event) -> bool:
        if not source:
            return False
        target.append(source.pop())
        return bool(target[-1] == event.body["event"])

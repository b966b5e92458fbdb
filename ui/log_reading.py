"""What the page of the log asks of the case's own thread: new events, a check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from redactor.app.case import Case
from redactor.case.check import check_events
from redactor.case.problems import Problem
from redactor.errors import Cancelled
from redactor.events import Event
from redactor.model import Progress


@dataclass(frozen=True, slots=True)
class LogRead:
    """The events of a log from some place on, with what they need to be understood.

    Attributes:
        names: what the documents are called, by number.
        places: the document's number of each mark that is new.
        broken_at: the first event that the log's chain did not hold for when it was opened.
    """

    events: Sequence[Event]
    names: Mapping[int, str]
    places: Mapping[int, int]
    broken_at: int | None


def log_from(after: int, last_mark: int) -> Callable[[Case], LogRead]:
    """Give what reads a log from behind so many events on, and the marks made after one."""

    def read(case: Case) -> LogRead:
        return LogRead(
            case.events()[after:],
            {one.number: one.name for one in case.documents()},
            {mark.id: mark.document for mark in case.marks() if mark.id > last_mark},
            case.broken_at,
        )

    return read


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: nothing wrong with so many events, or problems."""

    events: int
    problems: Sequence[Problem]


class Checking:
    """One check of a log, done in its case's thread; the window looks how far it is."""

    def __init__(self) -> None:
        self.progress = Progress(0, 0, "waiting for the case")
        self._stopped = False

    def cancel(self) -> None:
        """Have the check stop; it answers nothing then."""
        self._stopped = True

    def run(self, case: Case) -> Checked:
        """Check the log as the file has it now.

        Raises:
            Cancelled: it was stopped.
            CaseError: an event cannot be read.
        """
        self._take(self.progress)
        events = case.store.events()
        return Checked(len(events), check_events(events, self._take))

    def _take(self, what: object) -> None:
        if self._stopped:
            raise Cancelled
        if isinstance(what, Progress):
            self.progress = what

"""What a grid asks of the case besides cells: headings, an order of rows, where a text stands.

Long answers are worked out a turn at a time, so that the rows that come into view meanwhile are not
kept waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Any, TypeVar

from redactor.app.case import Case
from redactor.app.table_order import Arranged, Arrangement, Place, arranging, finding
from redactor.app.tables import Headings, headings
from redactor.errors import RedactorError
from redactor.model import Progress, SegmentKey
from ui.tasks import CaseLane

T = TypeVar("T")

_SHEET_NAME = "part:sheet-name:"


class CaseTables:
    """Answers about the tables of one document, on the GUI thread."""

    def __init__(
        self, number: int, lane: CaseLane, failed: Callable[[RedactorError], None]
    ) -> None:
        self._number = number
        self._lane = lane
        self._failed = failed
        self._latest: dict[str, int] = {}
        self._closed = False

    def close(self) -> None:
        """Answer nothing more."""
        self._closed = True

    def stop(self, what: str) -> None:
        """Give up ``arrange`` or ``find``."""
        self._latest[what] = self._latest.get(what, 0) + 1

    def headings(self, container: str, then: Callable[[Headings], None]) -> None:
        """Ask for the headings of a sheet."""
        number = self._number
        self._ask(lambda case: headings(case, number, container), then)

    def sheet_names(self, then: Callable[[Mapping[SegmentKey, str]], None]) -> None:
        """Ask for the segments that hold the names of sheets."""
        number = self._number

        def work(case: Case) -> Mapping[SegmentKey, str]:
            return {
                one.key: one.text
                for one in case.rows(number, "", 0, 0)
                if one.id.startswith(_SHEET_NAME)
            }

        self._ask(work, then)

    def arrange(
        self,
        container: str,
        wanted: Arrangement,
        then: Callable[[Arranged], None],
        progressed: Callable[[Progress], None],
    ) -> None:
        """Ask for the rows to show; an earlier question is given up."""
        number = self._number
        self._turns("arrange", lambda case: arranging(case, number, container, wanted))(
            then, progressed
        )

    def find(
        self,
        containers: list[str],
        text: str,
        then: Callable[[tuple[Place, ...]], None],
        progressed: Callable[[Progress], None],
    ) -> None:
        """Ask where a text stands; an earlier question is given up."""
        number = self._number
        self._turns("find", lambda case: finding(case, number, containers, text))(then, progressed)

    def _ask(self, work: Callable[[Case], T], then: Callable[[T], None]) -> None:
        def answer(what: T) -> None:
            if not self._closed:
                then(what)

        self._lane.ask(work, answer, self._failed)

    def _turns(
        self, what: str, begin: Callable[[Case], Generator[Progress, None, Any]]
    ) -> Callable[[Callable[[Any], None], Callable[[Progress], None]], None]:
        """Give what goes on with a question turn by turn, until it is answered or given up."""
        self.stop(what)
        mine = self._latest[what]
        work: Generator[Progress, None, Any] | None = None

        def turn(case: Case) -> tuple[bool, Any]:
            nonlocal work
            if work is None:
                work = begin(case)
            try:
                return False, next(work)
            except StopIteration as stop:
                return True, stop.value

        def run(then: Callable[[Any], None], progressed: Callable[[Progress], None]) -> None:
            def take(answer: tuple[bool, Any]) -> None:
                if self._closed or self._latest[what] != mine:
                    return
                ended, value = answer
                if ended:
                    then(value)
                else:
                    progressed(value)
                    self._lane.ask(turn, take, self._failed)

            self._lane.ask(turn, take, self._failed)

        return run

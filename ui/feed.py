"""Feeds a viewer: pages from the viewing worker, rows and text from the case.

A file of a candidate comes from the viewing worker whole: what is shown of it is read anew out of
the exact bytes that the case keeps, and out of nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from redactor.app.case import Case
from redactor.errors import RedactorError
from redactor.jobs import (
    CaseSource,
    OutputSource,
    PagePicture,
    SegmentBatch,
    output_containers,
    output_rows,
    output_segments,
    page_layout,
    page_sizes,
    render_page,
    span_boxes,
)
from redactor.layout import Layout
from redactor.model import Segment
from redactor.workers import Lane, Ticket
from ui.table_feed import CaseTables
from ui.tasks import CaseLane, Courier, in_our_words
from ui.viewers.base import Box

T = TypeVar("T")

#: How long one page may take to be drawn, in seconds, before its worker is stopped.
_PAGE_SECONDS = 30.0


class WorkerFeed:
    """Feeds a viewer with pages of one file; answers come on the GUI thread or not at all."""

    def __init__(
        self,
        source: CaseSource | OutputSource,
        viewing: Lane,
        courier: Courier,
        failed: Callable[[RedactorError], None],
    ) -> None:
        self._source = source
        self._viewing = viewing
        self._courier = courier
        self._failed = failed
        self._turn = 0
        self._closed = False
        self._tickets: list[Ticket] = []

    def page_sizes(self, then: Callable[[Sequence[tuple[float, float]]], None]) -> None:
        """Ask for the width and height of every page, in points."""
        self._work(then, page_sizes, self._source)

    def render(self, page: int, dpi: int, then: Callable[[PagePicture], None]) -> None:
        """Ask for a picture of one page, with its words."""
        self._work(then, render_page, self._source, page, dpi)

    def boxes(
        self,
        page: int,
        spans: Sequence[tuple[int, int]],
        then: Callable[[Sequence[Sequence[Box]]], None],
    ) -> None:
        """Ask for the boxes of stretches of a page's text, in points."""
        self._work(then, span_boxes, self._source, page, tuple(spans))

    def layout(self, then: Callable[[Layout | None], None]) -> None:
        """Ask how running text lies on the page; None comes where that cannot be had."""
        self._work(then, page_layout, self._source, otherwise=lambda: then(None))

    def forget(self) -> None:
        """Drop what was asked for and not yet answered."""
        self._turn += 1
        for ticket in self._tickets:
            ticket.future.cancel()  # what runs already may end; its answer is dropped
        self._tickets.clear()

    def close(self) -> None:
        """Answer nothing more."""
        self._closed = True
        self.forget()

    def _work(
        self,
        then: Callable[[Any], None],
        function: Callable[..., Any],
        *what: Any,
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        if self._closed:
            return
        turn = self._turn
        self._tickets = [ticket for ticket in self._tickets if not ticket.future.done()]
        ticket = self._viewing.submit(
            function, *what, timeout_s=_PAGE_SECONDS, supply=self._source.supply
        )
        self._tickets.append(ticket)

        def settled(future: Future[Any]) -> None:
            if not future.cancelled():
                self._courier.post(lambda: self._deliver(turn, future, then, otherwise))

        ticket.future.add_done_callback(settled)

    def _deliver(
        self,
        turn: int,
        future: Future[Any],
        then: Callable[[Any], None],
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        if turn != self._turn:
            return
        error = future.exception()
        if error is None:
            then(future.result())
        elif isinstance(known := in_our_words(error), RedactorError):
            self._failed(known)
            if otherwise is not None:
                otherwise()


class DocumentFeed(WorkerFeed):
    """Feeds the viewer of one document of the case."""

    def __init__(
        self,
        source: CaseSource,
        viewing: Lane,
        lane: CaseLane,
        courier: Courier,
        failed: Callable[[RedactorError], None],
    ) -> None:
        super().__init__(source, viewing, courier, failed)
        self._number = source.number
        self._lane = lane
        self.tables = CaseTables(source.number, lane, failed)

    def close(self) -> None:
        """Answer nothing more."""
        self.tables.close()
        super().close()

    def containers(self, then: Callable[[Sequence[tuple[str, int]]], None]) -> None:
        """Ask for the sheets (``sheet:NAME``, or ``rows``) with their last row from 0."""
        number = self._number
        self._look(lambda case: case.containers(number), then)

    def rows(
        self, container: str, first: int, last: int, then: Callable[[Sequence[Segment]], None]
    ) -> None:
        """Ask for the cells of some rows of a sheet."""
        number = self._number
        self._look(lambda case: case.rows(number, container, first, last), then)

    def segments(self, then: Callable[[Sequence[Segment]], None]) -> None:
        """Ask for all segments (running text)."""
        number = self._number
        self._look(lambda case: tuple(case.segments(number)), then)

    def _look(self, function: Callable[[Case], T], then: Callable[[T], None]) -> None:
        if self._closed:
            return
        turn = self._turn

        def work(case: Case) -> T | None:
            return function(case) if turn == self._turn else None

        def settled(future: Future[T | None]) -> None:
            self._courier.post(lambda: self._deliver(turn, future, then))

        self._lane.submit(work).add_done_callback(settled)


class OutputFeed(WorkerFeed):
    """Feeds the viewer of one file of a candidate."""

    def containers(self, then: Callable[[Sequence[tuple[str, int]]], None]) -> None:
        """Ask for the sheets (``sheet:NAME``, or ``rows``) with their last row from 0."""
        self._work(then, output_containers, self._source)

    def rows(
        self, container: str, first: int, last: int, then: Callable[[Sequence[Segment]], None]
    ) -> None:
        """Ask for the cells of some rows of a sheet."""

        def take(batch: SegmentBatch) -> None:
            then(batch.segments)

        self._work(take, output_rows, self._source, container, first, last)

    def segments(self, then: Callable[[Sequence[Segment]], None]) -> None:
        """Ask for all segments (running text)."""

        def take(batch: SegmentBatch) -> None:
            then(batch.segments)

        self._work(take, output_segments, self._source)

"""Where the bytes of a case's documents are, and what the workers tell the window of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from redactor.errors import RedactorError
from redactor.formats.first_rows import FirstRows
from redactor.jobs import (
    CaseSource,
    OutputSource,
    preview_passage,
    preview_reading,
    text_in_area,
)
from redactor.model import Area, ReadAs
from redactor.workers import Ticket
from ui.feed import DocumentFeed, OutputFeed
from ui.tasks import CaseLane, Courier, Lanes, in_our_words

#: How long what is asked of one document may take, in seconds.
_SECONDS = 30.0

Failed = Callable[[RedactorError], None]


class Sources:
    """The sources of an open case, by the numbers of their documents.

    Answers come on the GUI thread.
    """

    def __init__(self, lanes: Lanes, lane: CaseLane, courier: Courier) -> None:
        self._lanes, self._lane, self._courier = lanes, lane, courier
        self._known: dict[int, CaseSource] = {}

    def take(self, source: CaseSource) -> None:
        """Know a document's source, or that it is read otherwise now."""
        self._known[source.number] = source

    def read_as(self, number: int) -> ReadAs:
        """Give how a person chose that a document is read."""
        return self._known[number].read_as

    def feed(self, number: int, failed: Failed) -> DocumentFeed:
        """Give what feeds a viewer of a document; ``failed`` is told what cannot be shown."""
        return DocumentFeed(
            self._known[number], self._lanes.viewing, self._lane, self._courier, failed
        )

    def output_feed(self, source: OutputSource, failed: Failed) -> OutputFeed:
        """Give what feeds a viewer of a file of the candidate."""
        return OutputFeed(source, self._lanes.viewing, self._courier, failed)

    def first_rows(
        self, number: int, read_as: ReadAs, then: Callable[[FirstRows], None], failed: Failed
    ) -> None:
        """Ask for the first rows of a text file as they would be read in some way."""
        source = self._known[number]
        ticket = self._lanes.viewing.submit(
            preview_reading, source, read_as, timeout_s=_SECONDS, supply=source.supply
        )
        self._settle(ticket, then, failed)

    def text_in_area(
        self, number: int, area: Area, then: Callable[[str], None], failed: Failed
    ) -> None:
        """Ask for the text that a drawn box covers."""
        source = self._known[number]
        ticket = self._lanes.viewing.submit(
            text_in_area, source, area, timeout_s=_SECONDS, supply=source.supply
        )
        self._settle(ticket, then, failed)

    def passage(
        self,
        text: str,
        spots: Sequence[tuple[int, int, str]],
        then: Callable[[str], None],
        failed: Failed,
    ) -> None:
        """Ask for a passage as it would read with its redactions made."""
        ticket = self._lanes.reading.submit(preview_passage, text, spots, timeout_s=_SECONDS)
        self._settle(ticket, then, failed)

    def _settle(self, ticket: Ticket, then: Callable[[Any], None], failed: Failed) -> None:
        def settle() -> None:
            error = ticket.future.exception()
            if error is None:
                then(ticket.future.result())
            elif isinstance(trouble := in_our_words(error), RedactorError):
                failed(trouble)

        ticket.future.add_done_callback(lambda _: self._courier.post(settle))

"""Reading a long document with two workers: the second is started only where it is worth it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from redactor import jobs
from redactor.errors import Cancelled, RedactorError
from redactor.jobs import LongDocument, Reading, Source
from redactor.lists import Lists
from redactor.workers import Lane, Supply, Ticket


def read_shared(
    lane: Lane,
    source: Source,
    lists: Lists,
    *,
    on_report: Callable[[Any], None],
    timeout_s: float,
    supply: Supply | None = None,
) -> Reading:
    """Read and search one document in a worker of a lane, and in one more where it is long.

    The findings are the same either way. Where the second worker fails, the first searches its
    share itself.
    """
    with _Second(source, lists, timeout_s, supply) as second:

        def hear(what: object) -> None:
            if isinstance(what, LongDocument):
                second.start(what)
            else:
                on_report(what)

        reading: Reading = lane.run(
            jobs.read_document,
            source,
            jobs.WITH_NAMES,
            lists,
            (os.cpu_count() or 1) > 1,  # with one core a second worker would only be in the way
            on_report=hear,
            timeout_s=timeout_s,
            supply=second.supply,
        )
        return reading


class _Second:
    """A second worker, for the share of one document."""

    def __init__(
        self, source: Source, lists: Lists, timeout_s: float, supply: Supply | None
    ) -> None:
        self._source = source
        self._lists = lists
        self._timeout_s = timeout_s
        self._supply = supply
        self._lane: Lane | None = None
        self._ticket: Ticket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._lane is not None:
            self._lane.close()

    def start(self, document: LongDocument) -> None:
        """Begin to search a share of a long document."""
        self._lane = Lane()
        self._ticket = self._lane.submit(
            jobs.search_share,
            self._source,
            jobs.WITH_NAMES,
            self._lists,
            document.first,
            document.read_from_pixels,
            timeout_s=self._timeout_s,
            supply=self._supply,
        )

    def supply(self, key: str) -> bytes:
        """Answer the first worker: what the second found, once it has; else what else it needs."""
        if key != jobs.SHARE or self._ticket is None:
            return self._supply(key) if self._supply is not None else b""
        found = b""
        with suppress(RedactorError, Cancelled):  # the first worker searches it all itself
            found = bytes(self._ticket.result())
        return found

"""Patterns with a time limit. One that runs out of it raises ``TimeoutError``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

#: How long one pattern may take on one passage, in seconds.
TIMEOUT_SECONDS = 2.0


class Expression:
    """A pattern that is searched for in letters; small letters and capitals are the same."""

    def __init__(self, pattern: str, *, as_written: bool = False) -> None:
        self._compiled: Any = regex.compile(pattern, 0 if as_written else regex.IGNORECASE)

    def search(self, text: str) -> Any:
        """Give the first match; None for none."""
        return self._compiled.search(text, timeout=TIMEOUT_SECONDS)

    def match(self, text: str) -> Any:
        """Give the match at the beginning; None for none."""
        return self._compiled.match(text, timeout=TIMEOUT_SECONDS)

    def each(self, text: str) -> Iterator[Any]:
        """Give every match."""
        yield from self._compiled.finditer(text, timeout=TIMEOUT_SECONDS)

    def split(self, text: str) -> list[str]:
        """Give what stands between its matches."""
        parts: list[str] = self._compiled.split(text, timeout=TIMEOUT_SECONDS)
        return parts

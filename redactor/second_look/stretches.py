"""Stretches of one text, found by what they lie over without looking at every one of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Stretches(Generic[T]):
    """Stretches of one text, each with something said of it. A line may hold a megabyte of them."""

    def __init__(self) -> None:
        self._all: list[tuple[int, int, T]] = []
        self._starts: list[int] = []
        self._furthest: list[int] = []

    def add(self, start: int, end: int, what: T) -> None:
        """Add one."""
        self._all.append((start, end, what))

    def over(self, start: int, end: int) -> Iterator[tuple[int, int, T]]:
        """Give those that share a character with a place, the last first."""
        if len(self._starts) != len(self._all):
            self._all.sort(key=lambda one: one[0])
            self._starts = [one[0] for one in self._all]
            self._furthest = list(accumulate((one[1] for one in self._all), max))
        for at in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self._furthest[at] <= start:
                return
            if self._all[at][1] > start:
                yield self._all[at]

"""Words that stand in one place of a file each."""

from __future__ import annotations


class Markers:
    """Hands out a new word for every place.

    Args:
        stem: what every word begins with.

    Attributes:
        by_place: the words, by the names of their places.
        seen: the places that a reader of the page sees.
    """

    def __init__(self, stem: str) -> None:
        self.by_place: dict[str, str] = {}
        self.seen: set[str] = set()
        self._stem = stem

    def __call__(self, place: str) -> str:
        """Give the word for a place that a reader does not see."""
        assert place not in self.by_place, place
        self.by_place[place] = f"{self._stem}{len(self.by_place) + 1:03}"
        return self.by_place[place]

    def shown(self, place: str) -> str:
        """Give the word for a place that a reader sees."""
        self.seen.add(place)
        return self(place)

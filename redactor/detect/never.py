"""What is on a never list stays a finding, and is proposed to be kept.

A name that is on the list lends that to its parts elsewhere in the document (a surname alone), as
long as nobody else who was found bears them.
"""

from __future__ import annotations

from functools import lru_cache

from redactor.detect.recognise.name_words import PUBLIC_TITLES, RANK_WORDS, TITLES
from redactor.detect.resolve import Found
from redactor.detect.words import words_of
from redactor.lists import (
    ALWAYS_RECOGNISER,
    Entry,
    Finder,
    Lists,
    Match,
    Which,
    said_of,
    shape_of,
    shapes,
)

#: What finds a part of a name because the whole was found (``redactor.detect.propagate``).
PART_OF_NAME = "mention@"
_NAMES = ("PERSON", "PUBLIC_PERSON")
_NO_PART = TITLES | RANK_WORDS | PUBLIC_TITLES


class Never:
    """The never list while one document is scanned."""

    def __init__(self, lists: Lists) -> None:
        self._finder, self._shapes, self._parts = _prepared(lists)
        self._kept: dict[str, Entry] = {}
        self._others: set[str] = set()
        self._last: tuple[str, list[tuple[int, int, Entry]]] = ("", [])

    def why(self, text: str, found: Found) -> str:
        """Say why a find in a segment is proposed to be kept; empty where it is not.

        It has to lie within a place of an entry: of a longer find only a part is on the list.
        """
        entry = self._entry(text, found)
        if found.label in _NAMES and not found.recogniser.startswith(PART_OF_NAME):
            self._meet(text[found.start : found.end], entry)
        return said_of(Which.NEVER, entry) if entry is not None else ""

    def may_be_part(self, text: str, found: Found) -> bool:
        """Say whether a find may be a part of a name on the list; only the end can tell."""
        if not self._parts or found.label not in _NAMES or _is_listed(found):
            return False
        name = text[found.start : found.end]
        return self._parts.issuperset(_words(name)) and self._entry(text, found) is None

    def why_part(self, name: str) -> str:
        """Say why a part of a name is proposed to be kept, once all names are known."""
        words = _words(name)
        if not words or any(one not in self._kept or one in self._others for one in words):
            return ""
        return f"a part of a name {said_of(Which.NEVER, self._kept[words[0]])}"

    def _entry(self, text: str, found: Found) -> Entry | None:
        if _is_listed(found):
            return None
        if self._shapes:
            recogniser = found.recogniser.rpartition("@")[0]
            shape = (recogniser, found.label, shape_of(text[found.start : found.end]))
            if shape in self._shapes:
                return self._shapes[shape]
        if self._last[0] is not text:
            self._last = (text, list(self._finder.find(text)))
        for start, end, entry in self._last[1]:
            if start <= found.start and found.end <= end:
                return entry
        return None

    def _meet(self, name: str, entry: Entry | None) -> None:
        words = _words(name)
        if entry is None or entry.match is Match.SHAPE:
            self._others.update(words)
        else:
            self._kept.update((word, entry) for word in words if word not in self._kept)


def _is_listed(found: Found) -> bool:
    """Say whether a find is of an always list, which goes before."""
    return found.recogniser.startswith(f"{ALWAYS_RECOGNISER}@")


def _words(name: str) -> list[str]:
    """Give the words of a name without titles and ranks."""
    return [word.folded for word in words_of(name) if word.folded not in _NO_PART]


@lru_cache(maxsize=2)
def _prepared(
    lists: Lists,
) -> tuple[Finder, dict[tuple[str, str, str], Entry], frozenset[str]]:
    """Prepare the finder, the shapes, and the words that may be parts of names on the list."""
    parts = {
        word for one in lists.never if one.match is not Match.SHAPE for word in _words(one.text)
    }
    return Finder(lists.never), shapes(lists.never), frozenset(parts)

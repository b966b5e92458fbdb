"""A passage cut into what the model tags: words, numbers, marks and line ends."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

_TOKEN = regex.compile(
    r"[\p{L}\p{M}]+(?:['’-](?=[\p{L}\p{M}])[\p{L}\p{M}]+)*|\d+|\n|\ue000|[^\s\p{L}\p{M}\d]"
)


class Token(NamedTuple):
    """One token: its text, and code points of the passage, end exclusive.

    Attributes:
        glued: nothing stands between it and the token before.
    """

    text: str
    start: int
    end: int
    glued: bool


@lru_cache(maxsize=1)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Cut a normalised passage; blank space between words is not kept, line ends are.

    The last passage is remembered, so that both fields are given the same tokens.
    """
    found: list[Token] = []
    behind = -1
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if text[start] != "\n" or not found or found[-1].text != "\n":
            found.append(Token(match.group(), start, end, start == behind))
        behind = end
    return tuple(found)

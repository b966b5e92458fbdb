"""Prove of a page that what was ordered is gone, and everything else is there and where it was."""

from __future__ import annotations

from collections import Counter
from typing import Any

from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.stext import Box

#: How far a letter that stays may move (points).
_MOVED = 0.5


def is_as_ordered(text: PageText, mask: bytearray, after: PageText) -> bool:
    """Say whether a page shows what it is to show after a removal, and where it showed it before.

    Args:
        text: the page's text as it was.
        mask: for each code point of its raw text, whether it was to go.
        after: everything that is on the page now, seen or not.
    """
    return says_what_stays(text, mask, after) and (
        _words_stay(text, after) or _glyphs_stay(text, mask, after)
    )


def says_what_stays(text: PageText, mask: bytearray, after: PageText) -> bool:
    """Say whether a page holds the characters that stay, each as often, wherever they stand.

    Args:
        text, mask, after: as for ``is_as_ordered``.
    """
    left = "".join(after.raw.split())
    expected = _kept(text, mask)
    if left != expected and Counter(left) != Counter(expected):
        return False
    return not after.off_page_text  # what lay there was cut off before, so it was moved there


def _kept(text: PageText, mask: bytearray) -> str:
    """Give the characters that stay, without white space; what was read has no characters."""
    raw = text.native
    if not any(mask):
        return "".join(raw.split())
    parts = []
    at = 0
    while at < len(raw):
        start = mask.find(1, at, len(raw))
        if start < 0:
            break
        parts.append(raw[at:start])
        at = mask.find(0, start, len(raw))
        if at < 0:
            at = len(raw)
    parts.append(raw[at:])
    return "".join("".join(parts).split())


def _words_stay(before: PageText, after: PageText) -> bool:
    """Say whether every word that is left stands where it, or a word it is part of, stood."""
    words = before.words
    places = {(word[4], round(word[0] * 3), round(word[1] * 3)) for word in words}
    by_height: dict[int, list[Any]] = {}
    for word in after.words:
        if (word[4], round(word[0] * 3), round(word[1] * 3)) in places:
            continue
        if not by_height:
            for one in words:
                by_height.setdefault(round(one[1]), []).append(one)
        row = round(word[1])
        near = [one for height in (row - 1, row, row + 1) for one in by_height.get(height, ())]
        if not any(word[4] in other[4] and _within(word[:4], other[:4]) for other in near):
            return False
    return True


def _glyphs_stay(text: PageText, mask: bytearray, after: PageText) -> bool:
    """Say whether every glyph that is left is set where it was; slower, but it knows no words."""
    places: dict[str, list[tuple[float, float]]] = {}
    for line in text.native_lines:
        for index, (char, origin) in enumerate(zip(line.text, line.origins, strict=True)):
            if not mask[line.start + index]:
                places.setdefault(char, []).append(origin)
    return all(
        any(_is_near(origin, one) for one in places.get(char, ()))
        for line in after.lines
        for char, origin in zip(line.text, line.origins, strict=True)
        if not char.isspace()
    )


def _is_near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) <= _MOVED and abs(one[1] - other[1]) <= _MOVED


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - _MOVED
        and inner[1] >= outer[1] - _MOVED
        and inner[2] <= outer[2] + _MOVED
        and inner[3] <= outer[3] + _MOVED
    )

"""Whether the letters that nobody withheld are still on a page, and where they were."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from redactor.release.verify.pdf_boxes import Labels
from redactor.release.verify.pdf_drawing import Box, Letters
from redactor.release.verify.search import TermIndex, plain

if TYPE_CHECKING:
    from redactor.release.verify.pdf_drawing import Places, Points

#: Letters may move by this much (points).
_MOVED = 0.5
#: Letters this near to a changed place count as in it (points): boxes end where letters begin.
_NEAR = 2.0
#: Two letters whose feet differ by less stand on one line (points).
_LINE = 3.0
#: So many pairs of equal words on one height are held against each other at a time.
_PAIRS = 1_000_000
#: Of more boxes it is not asked which lie in others.
_MANY = 1000
#: So many letters are held against each other at a time.
_STRETCH = 64


@dataclass(slots=True)
class LetterChanges:
    """What is not where it was on one page: positions in the texts of both sides.

    Attributes:
        gone, new: letters off the changed places that only one side has there.
        left, come: letters in the changed places that only one side has there, line by line.
    """

    old: Letters = field(repr=False)
    now: Letters = field(repr=False)
    gone: Places
    new: Places
    left: Places
    come: Places


def letter_changes(old: Letters, now: Letters, regions: Sequence[Box]) -> LetterChanges:
    """Find what is not where it was: one call a word, for the place of its first letter.

    Only the letters of words that are not found so, and do not lie in a changed place as a whole,
    are looked at one by one: another word may follow them more closely than before.
    """
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    none = np.empty(0, np.intp)
    found = LetterChanges(old, now, none, none, none, none)
    names, names_now = _numbered(old.words.names, now.words.names)
    stands, stands_now = _standing(names, old.words.places, names_now, now.words.places)
    if stands.all() and stands_now.all():
        return found
    apart = np.concatenate((old.words.places[~stands], now.words.places[~stands_now]))
    places = np.array(regions, float).reshape(-1, 4)
    touched = places[_inside(apart, places).any(axis=0)]
    found.left, split = _sorted_out(old, stands, touched)
    found.come, split_now = _sorted_out(now, stands_now, touched)
    if len(split) or len(split_now):
        _by_letter(found, split, split_now, places)
    return found


def _sorted_out(letters: Letters, stands: Any, regions: Any) -> tuple[Places, Places]:
    """Give the letters of all words that lie in changed places as a whole, line by line.

    Those that stand where they stood are among them: another word may have come to stand there.

    Returns:
        With them, the letters of the words that do not stand where they stood and do not lie there
        as a whole.
    """
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    words = letters.words
    begin = np.flatnonzero(_inside(words.places, regions).any(axis=1))
    inside = begin[_inside(letters.finishes(begin), regions).any(axis=1)]
    others = ~stands
    others[inside] = False
    ordered = inside[_by_line(words.places[inside])]
    return words.letters_of(ordered), words.letters_of(np.flatnonzero(others))


def _by_letter(found: LetterChanges, split: Places, split_now: Places, regions: Any) -> None:
    """Look at the letters of words that lie in a changed place in part, or off them all."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    old, now = found.old, found.now
    places, places_now = old.origins(split), now.origins(split_now)
    stands, stands_now = _standing(
        old.codes[split].astype(np.int64), places, now.codes[split_now].astype(np.int64), places_now
    )

    def parted(which: Places, points: Points) -> tuple[Places, Places]:
        is_in = _inside(points, regions).any(axis=1)
        ordered = _by_line(points[is_in])
        return which[~is_in], which[is_in][ordered]

    found.gone, more = parted(split[~stands], places[~stands])
    found.left = np.concatenate((found.left, more))
    found.new, more = parted(split_now[~stands_now], places_now[~stands_now])
    found.come = np.concatenate((found.come, more))


def _numbered(names: Iterable[str], others: Iterable[str]) -> tuple[Any, Any]:
    """Give words as numbers: equal words have the same."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    numbers: dict[str, int] = {}
    return tuple(  # type: ignore[return-value]
        np.array([numbers.setdefault(one, len(numbers)) for one in each], np.int64)
        for each in (names, others)
    )


def _standing(names: Any, places: Points, others: Any, there: Points) -> tuple[Any, Any]:
    """Say of each word of both sides whether the other has it, within half a point, there as well.

    Args:
        names, others: the words of both sides, as numbers.
        places, there: where they begin.
    """
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    found, found_there = np.zeros(len(names), bool), np.zeros(len(others), bool)
    rows = _keys(others, there[:, 1])
    order = np.argsort(rows)
    rows = rows[order]
    # What stands within half a point is in one of two rows that follow each other.
    first = np.searchsorted(rows, _keys(names, places[:, 1] - _MOVED), "left")
    last = np.searchsorted(rows, _keys(names, places[:, 1] + _MOVED), "right")
    counts = last - first
    parts = int(counts.sum()) // _PAIRS + 1
    for part in np.array_split(np.arange(len(names)), parts):
        one = np.repeat(part, counts[part])
        before = np.cumsum(counts[part]) - counts[part]
        other = order[np.arange(len(one)) + np.repeat(first[part] - before, counts[part])]
        near = (np.abs(places[one] - there[other]) <= _MOVED).all(axis=1)
        found[one[near]] = True
        found_there[other[near]] = True
    return found, found_there


def _keys(names: Any, heights: Any) -> Any:
    """Give a number for each word and row of one point that it may stand in."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    rows = np.floor(np.clip(np.nan_to_num(heights), -1e8, 1e8)).astype(np.int64)
    return (names << 32) + rows


def is_lost(
    changes: LetterChanges, boxes: Sequence[Box], withheld: TermIndex, labels: Labels
) -> bool:
    """Say whether a letter in the changed places is gone, or new, that should not be.

    Words that are withheld, or lie under a box, may be gone. All others must be there, on their
    lines and in their order, and beside them nothing but labels and what is left of words.
    """
    if not len(changes.left) and not len(changes.come):
        return False
    present = labels.taken_out(changes.now.spelt(changes.come))
    free = _withheld(changes, withheld)
    if not _is_missing(changes, present, free, labels):
        return False  # the more may be gone, the less is missing: boxes need not be asked
    return _is_missing(changes, present, free | _boxed(changes, boxes), labels)


def _is_missing(changes: LetterChanges, present: str, free: Any, labels: Labels) -> bool:
    """Say whether a letter that may not be gone is, or one is there that is no left-over."""
    is_free = free[changes.left]
    needed = labels.taken_out(changes.old.spelt(changes.left[~is_free]))
    rest = _without(present, needed)
    if rest is None:
        return True
    return bool(rest and Counter(rest) - Counter(changes.old.spelt(changes.left[is_free])))


def _by_line(places: Points) -> Places:
    """Give the order of words or letters line by line and along the lines."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    order = np.argsort(places[:, 1], kind="stable")
    heights = places[order, 1].tolist()
    begins = [0]
    while begins[-1] < len(heights):
        begins.append(bisect_right(heights, heights[begins[-1]] + _LINE, begins[-1]))
    lines = np.repeat(np.arange(len(begins) - 1), np.diff(begins))
    ordered: Places = order[np.lexsort((order, places[order, 0], lines))]
    return ordered


def _boxed(changes: LetterChanges, boxes: Sequence[Box]) -> Any:
    """Mark the letters of words that lie under a box, even in part."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    places = outermost(boxes)
    letters, words = changes.old, changes.old.words
    lost = np.flatnonzero(_hold(words.starts, words.ends, _marks(letters, changes.left)))
    begins = _inside(words.places[lost], places).any(axis=1)
    rest = lost[~begins]
    finishes = _inside(letters.finishes(rest), places).any(axis=1)
    under = np.concatenate((lost[begins], rest[finishes]))
    return _marks(letters, words.letters_of(under))


def _withheld(changes: LetterChanges, withheld: TermIndex) -> Any:
    """Mark the letters of words that are withheld, even in part."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    letters, words = changes.old, changes.old.words
    found = np.zeros(len(letters.codes), bool)
    for hit in withheld.hits(plain(letters.text)):
        found[hit.start : hit.end] = True
    touched = np.flatnonzero(_hold(words.starts, words.ends, found))
    return found | _marks(letters, words.letters_of(touched))


def _marks(letters: Letters, which: Places) -> Any:
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    marked = np.zeros(len(letters.codes), bool)
    marked[which] = True
    return marked


def _hold(starts: Places, ends: Places, marked: Any) -> Any:
    """Say of each word whether any of its letters is marked."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    before = np.concatenate(([0], np.cumsum(marked)))
    return before[ends] > before[starts]


def _without(present: str, needed: str) -> str | None:
    """Take the letters needed out of those present, in order; None where one is missing."""
    if len(needed) > len(present):
        return None
    rest: list[str] = []
    at = taken = 0
    while at < len(present):
        if present[at : at + _STRETCH] == needed[taken : taken + _STRETCH]:
            at, taken = at + _STRETCH, min(taken + _STRETCH, len(needed))
            continue
        if taken < len(needed) and needed[taken] == present[at]:
            taken += 1
        else:
            rest.append(present[at])
        at += 1
    return "".join(rest) if taken == len(needed) else None


def outermost(boxes: Iterable[Box]) -> Any:
    """Give the boxes that lie in no other, as rows of an array; of very many, all."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    places = np.array(list(dict.fromkeys(boxes)), float).reshape(-1, 4)
    if len(places) > _MANY:
        return places
    x0, y0, x1, y1 = places.T
    holds = (x0[:, None] <= x0) & (y0[:, None] <= y0) & (x1 <= x1[:, None]) & (y1 <= y1[:, None])
    return places[holds.sum(axis=0) == 1]  # each holds itself


def _inside(points: Points, boxes: Any) -> Any:
    """Say of each point whether it lies in each of the boxes, or near to it."""
    x, y = points.T[:, :, None]
    x0, y0, x1, y1 = boxes.T
    return (x0 - _NEAR <= x) & (x <= x1 + _NEAR) & (y0 - _NEAR <= y) & (y <= y1 + _NEAR)

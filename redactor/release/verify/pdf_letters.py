"""Whether the letters that nobody withheld are still on a page, and where they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from redactor.release.verify.pdf_boxes import Labels
from redactor.release.verify.pdf_drawing import Box, Letters
from redactor.release.verify.search import TermIndex, plain

#: Letters may move by this much (points).
_MOVED = 0.5
#: Letters this near to a changed place count as in it (points): boxes end where letters begin.
_NEAR = 2.0
#: Two letters whose feet differ by less stand on one line (points).
_LINE = 3.0

_Point: TypeAlias = tuple[float, float]


@dataclass(slots=True)
class LetterChanges:
    """What is not where it was on one page: positions in the texts of both sides.

    Attributes:
        gone, new: letters off the changed places that only one side has there.
        left, come: letters in the changed places that only one side has there, line by line.
    """

    old: Letters = field(repr=False)
    now: Letters = field(repr=False)
    gone: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    come: list[int] = field(default_factory=list)


def letter_changes(old: Letters, now: Letters, regions: Sequence[Box]) -> LetterChanges:
    """Find what is not where it was: one call a word, for the place of its first letter.

    Only the letters of words that are not found so, and do not lie in a changed place as a whole,
    are looked at one by one: another word may follow them more closely than before.
    """
    found = LetterChanges(old, now)
    apart = _missing(old.words.names, old.words.starts, now.words.names, now.words.starts)
    apart_now = _missing(now.words.names, now.words.starts, old.words.names, old.words.starts)
    if not apart and not apart_now:
        return found
    starts = [old.words.starts[at] for at in apart] + [now.words.starts[at] for at in apart_now]
    touched = [one for one, holds in zip(regions, _holding(starts, regions), strict=True) if holds]
    found.left, split = _sorted_out(old, apart, touched)
    found.come, split_now = _sorted_out(now, apart_now, touched)
    if split or split_now:
        _by_letter(found, split, split_now, regions)
    return found


def _sorted_out(
    letters: Letters, apart: Sequence[int], regions: Sequence[Box]
) -> tuple[list[int], list[int]]:
    """Give the letters of all words that lie in changed places as a whole, line by line.

    Those that stand where they stood are among them: another word may have come to stand there.

    Returns:
        With them, the letters of the words in ``apart`` that do not lie there as a whole.
    """
    words = letters.words
    begin = within(words.starts, regions, _NEAR)
    which = [at for at, begins in enumerate(begin) if begins]
    ends = list(letters.origins(words.spans[at][1] - 1 for at in which))
    inside = [at for at, is_in in zip(which, within(ends, regions, _NEAR), strict=True) if is_in]
    ordered = _by_line(inside, words.starts)
    others = set(apart).difference(inside)
    return (
        [letter for at in ordered for letter in range(*words.spans[at])],
        [letter for at in sorted(others) for letter in range(*words.spans[at])],
    )


def _by_letter(
    found: LetterChanges, split: Sequence[int], split_now: Sequence[int], regions: Sequence[Box]
) -> None:
    """Look at the letters of words that lie in a changed place in part, or off them all."""
    old, now = found.old, found.now
    places, places_now = list(old.origins(split)), list(now.origins(split_now))
    names, names_now = [old.text[at] for at in split], [now.text[at] for at in split_now]
    for which, origins, lost, off, inside in (
        (split, places, _missing(names, places, names_now, places_now), found.gone, found.left),
        (split_now, places_now, _missing(names_now, places_now, names, places), found.new,
         found.come),
    ):  # fmt: skip
        marks = within([origins[at] for at in lost], regions, _NEAR)
        off += [which[at] for at, is_in in zip(lost, marks, strict=True) if not is_in]
        ordered = _by_line([at for at, is_in in zip(lost, marks, strict=True) if is_in], origins)
        inside += [which[at] for at in ordered]


def _missing(
    names: Sequence[str], origins: Sequence[_Point], others: Sequence[str], there: Sequence[_Point]
) -> list[int]:
    """Give which of one side are not, within half a point, on the other side as well."""
    exact = set(zip(others, there, strict=True))
    apart = [at for at, one in enumerate(zip(names, origins, strict=True)) if one not in exact]
    if not apart:
        return []
    rows: dict[tuple[str, int], list[_Point]] = {}
    for name, origin in zip(others, there, strict=True):
        rows.setdefault((name, int(origin[1])), []).append(origin)
    return [at for at in apart if not _is_near(names[at], origins[at], rows)]


def is_lost(
    changes: LetterChanges, boxes: Sequence[Box], withheld: TermIndex, labels: Labels
) -> bool:
    """Say whether a letter in the changed places is gone, or new, that should not be.

    Words that are withheld, or lie under a box, may be gone. All others must be there, on their
    lines and in their order, and beside them nothing but labels and what is left of words.
    """
    if not changes.left and not changes.come:
        return False
    old, now = changes.old.text, changes.now.text
    free = _free(changes, boxes, withheld)
    needed = labels.taken_out("".join(old[at] for at in changes.left if at not in free))
    present = labels.taken_out("".join(now[at] for at in changes.come))
    rest = _without(present, needed)
    return rest is None or bool(Counter(rest) - Counter(old[at] for at in free))


def _by_line(which: Sequence[int], origins: Sequence[_Point]) -> list[int]:
    """Sort words or letters line by line and along the lines."""
    lines: list[list[tuple[float, int]]] = []
    foot = -1e9
    for at in sorted(which, key=lambda one: origins[one][1]):
        x, y = origins[at]
        if y - foot > _LINE:
            lines.append([])
            foot = y
        lines[-1].append((x, at))
    return [at for line in lines for _, at in sorted(line)]


def _free(changes: LetterChanges, boxes: Sequence[Box], withheld: TermIndex) -> set[int]:
    """Give the letters that are gone, of words that are withheld or under a box, even in part."""
    text = changes.old.text
    marked = bytearray(len(text))
    for hit in withheld.hits(plain(text)):
        marked[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    gone = set(changes.left)
    words = changes.old.words
    lost = [at for at, span in enumerate(words.spans) if not gone.isdisjoint(range(*span))]
    starts = [words.starts[at] for at in lost]
    ends = list(changes.old.origins(words.spans[at][1] - 1 for at in lost))
    for at, begins, finishes in zip(
        lost, within(starts, boxes, _NEAR), within(ends, boxes, _NEAR), strict=True
    ):
        start, end = words.spans[at]
        if begins or finishes or any(marked[start:end]):
            marked[start:end] = b"\1" * (end - start)
    return {at for at in gone if marked[at]}


def _without(present: str, needed: str) -> str | None:
    """Take the letters needed out of those present, in order; None where one is missing."""
    rest: list[str] = []
    at = 0
    for letter in present:
        if at < len(needed) and needed[at] == letter:
            at += 1
        else:
            rest.append(letter)
    return "".join(rest) if at == len(needed) else None


def _is_near(name: str, origin: _Point, rows: Mapping[tuple[str, int], Sequence[_Point]]) -> bool:
    """Say whether the same stands within half a point, looking only at rows that near."""
    x, y = origin
    for row in {int(y - _MOVED), int(y + _MOVED)}:
        for other, foot in rows.get((name, row), ()):
            if -_MOVED <= x - other <= _MOVED and -_MOVED <= y - foot <= _MOVED:
                return True
    return False


def within(origins: Sequence[_Point], boxes: Sequence[Box], near: float) -> Sequence[bool]:
    """Say of each point whether it lies in one of the boxes, or near to one."""
    if not origins or not boxes:
        return [False] * len(origins)
    found: list[bool] = _inside(origins, boxes, near).any(axis=1).tolist()
    return found


def _holding(origins: Sequence[_Point], boxes: Sequence[Box]) -> Sequence[bool]:
    """Say of each box whether one of the points lies in it, or near to it."""
    if not origins or not boxes:
        return [False] * len(boxes)
    found: list[bool] = _inside(origins, boxes, _NEAR).any(axis=0).tolist()
    return found


def _inside(origins: Sequence[_Point], boxes: Sequence[Box], near: float) -> Any:
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    x, y = np.array(origins, dtype=float).T[:, :, None]
    x0, y0, x1, y1 = np.array(boxes, dtype=float).T
    return (x0 - near <= x) & (x <= x1 + near) & (y0 - near <= y) & (y <= y1 + near)

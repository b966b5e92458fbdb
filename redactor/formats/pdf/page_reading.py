"""What was read from the pixels of a page: words with their boxes, and what nobody could read.

Plain values, that cross from process to process and are kept with a case.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from statistics import median
from typing import Any

from redactor.formats.pdf.stext import Box, ReadLine, overlap, union
from redactor.model import Carried

#: Of printed pages that were spoilt as scanners and faxes spoil them, those read with a mean
#: confidence above this had up to 7 wrong words in 100, those below 5 to 19 (docs/benchmarks.md,
#: "Pages that were read badly").
LEAST_CONFIDENCE = 90.0
#: A word read with less is unsure; of clean print that is 1 word in 100, of a fax 3 to 12.
UNSURE, MOST_UNSURE = 60.0, 0.04
#: Fewer unsure words than this are not many, however few words a page has.
_MANY = 3
#: A word read with less confidence, and this much higher than the others of the page, is not print:
#: signatures are read as words of 0 to 15. Neither is a line that is read no better than the last.
_DOUBTFUL, _TALL, _POOR_LINE = 50.0, 1.8, 35.0
#: The direction in which text runs that so many quarter turns clockwise make upright.
_DIRECTIONS = ((1.0, 0.0), (0.0, -1.0), (-1.0, 0.0), (0.0, 1.0))
#: The height of a word that is taken where the words do not tell (points).
_USUAL_HEIGHT = 10.0


class Cause(enum.StrEnum):
    """Why a page was read from its pixels."""

    PICTURE = "picture"
    SCAN = "scan"
    UNMAPPED = "unmapped"
    DRAWN = "drawn"
    DAMAGED = "damaged"
    NO_SIZE = "no-size"


class Doubt(enum.StrEnum):
    """Why a place of a page counts as not read."""

    INK = "ink"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class PageWord(Carried):
    """A word that was read.

    Attributes:
        box: in points of the page as displayed.
        confidence: 0 to 100.
        line: the number of its line, in reading order, from 0.
        turns: how many quarter turns clockwise make it upright, 0 to 3.
    """

    text: str = field(repr=False)
    box: Box
    confidence: float
    line: int
    turns: int = 0

    @property
    def height(self) -> float:
        """Give the height of its letters, whichever way it runs."""
        x0, y0, x1, y1 = self.box
        return x1 - x0 if self.turns % 2 else y1 - y0


@dataclass(frozen=True, slots=True)
class Doubtful(Carried):
    """A place of a page, in points, where something stands that could not be read."""

    box: Box
    why: Doubt


@dataclass(frozen=True, slots=True)
class PageReading(Carried):
    """What came of reading a page from its pixels.

    Attributes:
        cause: why it was read so.
        words: in reading order.
        doubt: where something stands that could not be read.
        engine: what read it; empty where nothing could.
        failure: why nothing was read, as a clause; empty where something was.
    """

    cause: Cause
    words: tuple[PageWord, ...] = field(default=(), repr=False)
    doubt: tuple[Doubtful, ...] = ()
    engine: str = ""
    failure: str = ""

    @property
    def is_whole(self) -> bool:
        """Say whether the page as a whole was read, and not its pictures one by one."""
        return self.cause is not Cause.PICTURE

    @property
    def confidence(self) -> float:
        """Give the mean confidence of a letter, 0 to 100; 0 where nothing was read."""
        return mean_confidence(self.words)

    @property
    def lines(self) -> tuple[ReadLine, ...]:
        """Give the lines for ``PageText(added=...)``, in reading order."""
        return tuple(_line(words) for words in lines_of(self.words))

    def fault(self, boxes: Sequence[Box] | None = None) -> str:
        """Say what is wrong with the reading, as a sentence; empty where it was read well.

        Args:
            boxes: look only at what was read within these; None for all of the page.
        """
        if self.failure:
            return f"It could not be read from its picture: {self.failure}."
        words = [one for one in self.words if boxes is None or _touches(one.box, boxes)]
        places = [one for one in self.doubt if boxes is None or _touches(one.box, boxes)]
        if words and is_badly_read(words):
            return (
                "Read from the picture (OCR), and badly:"
                f" the engine is {mean_confidence(words):.0f}% sure of a letter."
            )
        return _said_of_doubt(places)


def _said_of_doubt(places: Sequence[Doubtful]) -> str:
    if not places:
        return ""
    count = f"{len(places)} places" if len(places) > 1 else "1 place"
    return (
        f"Read from the picture (OCR); in {count} something could not be read:"
        " handwriting, a signature, a stamp, a drawing or a photograph."
    )


def _touches(box: Box, boxes: Sequence[Box]) -> bool:
    return any(overlap(box, one) for one in boxes)


# --- how well it was read ------------------------------------------------------------------------


def mean_confidence(words: Iterable[PageWord]) -> float:
    """Give the mean confidence of a letter; 0 where there is none."""
    letters = weighed = 0.0
    for word in words:
        letters += len(word.text)
        weighed += word.confidence * len(word.text)
    return weighed / max(letters, 1.0)


def is_badly_read(words: Sequence[PageWord]) -> bool:
    """Say whether words were read so badly that names in them may have been missed."""
    real = [word for word in words if sum(map(str.isalnum, word.text)) > 1]
    if not real:
        return False
    unsure = sum(word.confidence < UNSURE for word in real)
    many = unsure >= _MANY and unsure > MOST_UNSURE * len(real)
    return many or mean_confidence(real) < LEAST_CONFIDENCE


def unsure_words(words: Sequence[PageWord]) -> list[PageWord]:
    """Give the words that stand for something else than print."""
    real = [word for word in words if any(map(str.isalnum, word.text))]
    sure = [word.height for word in real if word.confidence >= UNSURE]
    usual = median(sure) if sure else _USUAL_HEIGHT
    found = []
    for line in lines_of(real):
        is_poor = mean_confidence(line) < _POOR_LINE
        found += [
            word
            for word in line
            if word.confidence < _DOUBTFUL and (is_poor or word.height > _TALL * usual)
        ]
    return found


# --- as lines of text ----------------------------------------------------------------------------


def lines_of(words: Iterable[PageWord]) -> Iterator[list[PageWord]]:
    """Give the words line by line."""
    for _, line in groupby(words, key=lambda word: word.line):
        yield list(line)


def _line(words: Sequence[PageWord]) -> ReadLine:
    glyphs: list[dict[str, Any]] = []
    for number, word in enumerate(words):
        if number:
            glyphs.append({"c": " ", "bbox": _gap(words[number - 1], word)})
        boxes = divided(word.box, len(word.text), word.turns)
        glyphs += [{"c": c, "bbox": box} for c, box in zip(word.text, boxes, strict=True)]
    return ReadLine(
        _DIRECTIONS[words[0].turns],
        union([word.box for word in words]),
        "".join(glyph["c"] for glyph in glyphs),
        glyphs,
    )


def divided(box: Box, parts: int, turns: int = 0) -> list[Box]:
    """Divide the box of a word into equal parts, in the order in which it is read."""
    x0, y0, x1, y1 = box
    across, down = (x1 - x0) / parts, (y1 - y0) / parts
    steps = range(parts) if turns in {0, 3} else range(parts - 1, -1, -1)
    if turns % 2:
        return [(x0, y0 + at * down, x1, y0 + (at + 1) * down) for at in steps]
    return [(x0 + at * across, y0, x0 + (at + 1) * across, y1) for at in steps]


def _gap(before: PageWord, after: PageWord) -> Box:
    """Give the box of the space between two words; of no width where they overlap."""
    (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) = before.box, after.box
    if before.turns % 2:
        start, end = (ay1, by0) if before.turns == 3 else (by1, ay0)
        return min(ax0, bx0), start, max(ax1, bx1), max(start, end)
    start, end = (ax1, bx0) if before.turns == 0 else (bx1, ax0)
    return start, min(ay0, by0), max(start, end), max(ay1, by1)

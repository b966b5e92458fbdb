"""Search texts for many terms at once, exactly as ``redactor.matching`` finds one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from redactor.matching import ManyTerms, MisreadTerms, Term, fold, in_stretches
from redactor.release.verify.model import Leak

#: Stands between two pieces of text that do not run on: no term matches across it.
BREAK = "\x01"
#: Raw bytes and tags are searched only for terms of at least this many folded characters. Shorter
#: ones turn up in compressed and binary data by chance; the text engines look for those.
RAW_MINIMUM = 5
_MAX_PLACES = 10_000
_BATCH_CHARACTERS = 1_000_000

#: A section as labels print it; the figures in it are neither an age nor a count, and its letters
#: are no initial.
_CITATION = re.compile(
    r"(?:\b(?:ss?|sections?|regs?|regulations?|arts?|articles?|sch|schedule|paras?)\.?|\bby)"
    r"\s*\d+[A-Z]*(?:\s*\(\w{1,4}\))+",
    re.IGNORECASE,
)
_CITATION_REACH = 24

#: Characters that stand for "nothing" in what an engine extracts (PDFium writes U+0002 for a
#: hyphen at a line's end, UTF-16 read as bytes has NULs). A hyphen is dropped when folding.
_NOTHING = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe]")
_NOTHING_BUT_BREAK = re.compile("[\x00\x02-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe]")


class Marked(str):
    """A text that is ``plain`` already, with ``BREAK`` between pieces that do not run on."""

    __slots__ = ()


#: A text, or pieces of text that do not run on into one another.
Reading: TypeAlias = str | tuple[str, ...]


def plain(text: str) -> str:
    """Take out control characters, among them ``BREAK``."""
    return text if text.isascii() and text.isprintable() else _NOTHING.sub("-", text)


def _marked(reading: Reading) -> str:
    if isinstance(reading, Marked):
        return reading
    if isinstance(reading, str):
        return plain(reading)
    joined = BREAK.join(reading)
    if joined.count(BREAK) == len(reading) - 1:  # no piece holds one: all can be made plain at once
        return _NOTHING_BUT_BREAK.sub("-", joined)
    return BREAK.join(map(plain, reading))


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found in a text: code points, end exclusive."""

    term: Term
    start: int
    end: int


class TermIndex:
    """Finds any of many terms in a text.

    Args:
        terms: what to look for.
        minimum: leave out terms with fewer folded characters than this.
    """

    def __init__(self, terms: Iterable[Term], minimum: int = 1) -> None:
        self.terms = tuple(term for term in terms if len(term.folded) >= minimum)
        self._many = ManyTerms(self.terms)

    @property
    def longest(self) -> int:
        """Give how many folded characters the longest term has."""
        return max((len(term.folded) for term in self.terms), default=0)

    def hits(self, text: str) -> list[Hit]:
        """Give every place of every term in a text that ``plain`` has seen."""
        return [
            Hit(term, start, end)
            for term, start, end in self._many.find(fold(text))
            if not _is_something_else(term, text, start, end)
        ]


class MisreadIndex(TermIndex):
    """Finds any of many terms in a text that an engine may have misread, and nothing else."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._misread = MisreadTerms(terms)
        self.terms = self._misread.terms

    def hits(self, text: str) -> list[Hit]:
        """Give every place that may be a term misread, in a text that ``plain`` has seen."""
        found = self._misread.find(fold(text))
        return [
            Hit(term, start, end)
            for term, start, end in found
            if not _is_something_else(term, text, start, end)
        ]


def _is_something_else(term: Term, text: str, start: int, end: int) -> bool:
    """Say whether what was found is only a part of a measured value or of a citation."""
    if term.folded.isdecimal() and _inside_a_decimal(text, start, end):
        return True
    if _is_broken_number(term, text[start:end], "\r\n"):
        return True
    return not term.distinctive and _inside_a_citation(text, start, end)


def _is_broken_number(term: Term, found: str, breaks: str) -> bool:
    """Say whether an age or a count was found in figures that only stand next to one another."""
    is_small = term.folded.isdecimal() and not term.distinctive
    return is_small and any(one in found for one in breaks)


def _inside_a_citation(text: str, start: int, end: int) -> bool:
    """Say whether an age, a count or a letter was found in a citation such as ``s40(2)``."""
    if end - start > 3:
        return False
    around = text[max(start - _CITATION_REACH, 0) : end + _CITATION_REACH]
    here = start - max(start - _CITATION_REACH, 0)
    return any(
        match.start() <= here and here + end - start <= match.end()
        for match in _CITATION.finditer(around)
    )


def _inside_a_decimal(text: str, start: int, end: int) -> bool:
    """Say whether digits were found in the middle of a number with a decimal point.

    Measured values such as 0.1428571428571 hold any short row of digits sooner or later.
    """
    left, right = start, end
    while left and (text[left - 1].isdecimal() or text[left - 1] == "."):
        left -= 1
    while right < len(text) and (text[right].isdecimal() or text[right] == "."):
        right += 1
    number = text[left:right]
    if number.count(".") != 1 or not number.strip(".").replace(".", "", 1).isdecimal():
        return False
    return (start > left and text[start - 1].isdecimal()) or (end < right and text[end].isdecimal())


def _is_wordy(term: Term) -> bool:
    """Say whether a term holds so many letters that it will not arise where two cells meet."""
    return sum(one.isalpha() for one in term.folded) >= RAW_MINIMUM


def _is_long(term: Term) -> bool:
    """Say whether a term will not arise by chance where two lines meet."""
    return _is_wordy(term) or len(term.folded) >= 7


def _layout(groups: Sequence[Sequence[str]], first: int) -> tuple[list[int], list[tuple[int, int]]]:
    """Say where each part begins once all are joined, and which part of which group it is."""
    starts: list[int] = []
    keys: list[tuple[int, int]] = []
    at = 0
    for number, group in enumerate(groups, first):
        for part, text in enumerate(group):
            starts.append(at)
            keys.append((number, part))
            at += len(text) + 1
        at += not group  # an empty group is joined like one empty part
    return starts, keys


@dataclass(slots=True)
class Tally:
    """What one engine found in one file: how often each term stands there, and where.

    Attributes:
        engine: name and version.
        index: the terms it looks for.
        allowed: by term number, how often it may stand there.
        looked: how many texts were looked at.
        is_set_tight: the text was set by this program, which never spaces the figures of a number:
            those of two cells side by side are no number.
    """

    engine: str
    index: TermIndex
    allowed: Mapping[int, int]
    looked: int = 0
    is_set_tight: bool = False
    _counts: dict[int, int] = field(default_factory=dict)
    _places: dict[int, dict[str, None]] = field(default_factory=dict)

    def text(self, text: str, where: str) -> None:
        """Look at one text."""
        self.looked += 1
        for hit in self.index.hits(plain(text)):
            self._note(hit.term, where)

    def views(
        self,
        readings: Iterable[Reading],
        where: str,
        ignored: Callable[[Term], bool] | None = None,
    ) -> None:
        """Look at several readings of the same thing; a term counts as often as in the worst."""
        self.looked += 1
        most: dict[int, list[Term]] = {}
        for reading in dict.fromkeys(readings):
            found: dict[int, list[Term]] = {}
            for hit in self.index.hits(_marked(reading)):
                if ignored is None or not ignored(hit.term):
                    found.setdefault(hit.term.number, []).append(hit.term)
            for number, terms in found.items():
                if len(terms) > len(most.get(number, [])):
                    most[number] = terms
        for terms in most.values():
            for term in terms:
                self._note(term, where)

    def rows(
        self,
        rows: Iterable[Sequence[str]],
        where: Callable[[int, int], str],
        first: int = 0,
        excuse: Callable[[Term, int, int], bool] | None = None,
    ) -> None:
        """Look at the cells of rows, each by itself and where a text runs on into the next cell.

        Args:
            rows: the cells' texts.
            where: gives the place of a cell from its row and column.
            first: the number of the first row.
            excuse: says whether a term found in one cell is only in how its value was written out.
        """
        batch: list[Sequence[str]] = []
        size = 0
        for row in rows:
            batch.append(row)
            size += sum(map(len, row)) + 1
            if size >= _BATCH_CHARACTERS:
                self._grouped(batch, where, first, _is_wordy, excuse)
                first += len(batch)
                batch, size = [], 0
        self._grouped(batch, where, first, _is_wordy, excuse)

    def run_on(self, parts: Iterable[str], where: Callable[[int], str]) -> None:
        """Look at parts that follow one another (lines, pages): each, and across each joint.

        They are taken one after the other, so that they need not all be at hand.
        """
        for stretch in in_stretches(self._each(parts), " ", self.index.longest):
            start, end = stretch.own
            for hit in self._hits(plain(stretch.text)):
                if start <= hit.start < end:
                    begins, ends = stretch.part_at(hit.start), stretch.part_at(hit.end - 1)
                    if begins == ends or _is_long(hit.term):
                        self._note(hit.term, where(begins))

    def _each(self, parts: Iterable[str]) -> Iterator[str]:
        for part in parts:
            self.looked += 1
            yield part

    def _hits(self, text: str) -> list[Hit]:
        """Give what stands in text that ``plain`` has seen, but no number set in two cells."""
        return [
            one
            for one in self.index.hits(text)
            if not (
                self.is_set_tight and _is_broken_number(one.term, text[one.start : one.end], " ")
            )
        ]

    def _grouped(
        self,
        groups: Sequence[Sequence[str]],
        where: Callable[[int, int], str],
        first: int,
        may_cross: Callable[[Term], bool],
        excuse: Callable[[Term, int, int], bool] | None = None,
    ) -> None:
        self.looked += sum(map(len, groups))
        text = BREAK.join(plain(" ".join(group)) for group in groups)
        hits = self._hits(text)
        if not hits:
            return
        starts, keys = _layout(groups, first)
        for hit in hits:
            begins = bisect_right(starts, hit.start) - 1
            ends = bisect_right(starts, hit.end - 1) - 1
            stands = may_cross(hit.term) if begins != ends else True
            if stands and not (excuse and begins == ends and excuse(hit.term, *keys[begins])):
                self._note(hit.term, where(*keys[begins]))

    def _note(self, term: Term, where: str) -> None:
        self._counts[term.number] = self._counts.get(term.number, 0) + 1
        places = self._places.setdefault(term.number, {})
        if len(places) < _MAX_PLACES:
            places[where] = None

    def leaks(self, path: str) -> Iterator[Leak]:
        """Give the places of every term that stands more often than it may."""
        for number, count in sorted(self._counts.items()):
            if count > self.allowed.get(number, 0):
                for where in self._places[number]:
                    yield Leak(path, number, where, self.engine)

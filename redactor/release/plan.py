"""What exactly is to go from a document, and what the rest may still say. Pure functions.

A withheld text binds in one of two ways. A *strict* one (a name, an address, a reference) says the
same wherever it stands, so it may stand nowhere in the release unless a person kept that very
place. A *local* one (an age, an outcome, a plain word) is withheld where it was decided; elsewhere
it may stand, but no more often than the approved text says.

In what was read from pixels a strict text is looked for as an engine may have misread it, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from redactor.labels import LABEL_BY_NAME
from redactor.matching import (
    Folded,
    ManyTerms,
    MisreadTerms,
    Term,
    fold,
    fold_text,
    in_stretches,
    make_term,
)
from redactor.model import Carried, CellPlace, FieldPlace, Redaction, Segment, SegmentKey, Span

#: Kinds of information that say the same wherever they stand.
_STRICT_GROUPS = frozenset({"person", "contact", "identifier"})
#: What I, O, S and B are taken for.
_READ_FOR_CAPITALS = frozenset("l1|058")
_LOCAL_LABELS = frozenset({"AGE", "ROLE"})


@dataclass(frozen=True, slots=True)
class WithheldText(Carried):
    """One string withheld somewhere in the release, by its number in the list of terms."""

    term: Term
    strict: bool
    #: A single capitalised word: ``Rose`` is a name, ``rose`` is not.
    by_case: bool = False


@dataclass(frozen=True, slots=True)
class Survivor:
    """A place where a strict withheld text stands and nobody decided about it."""

    term_number: int
    span: Span
    text: str = field(repr=False)


def withheld_text(
    text: str, label: str, number: int, *, always: bool = False
) -> WithheldText | None:
    """Prepare one withheld string; None where nothing searchable is in it.

    Args:
        label: the label it was found under; it decides whether the string binds everywhere.
        always: a person listed it as a term: it binds everywhere, whatever it is.
    """
    term = make_term(text, number)
    if term is None:
        return None
    return WithheldText(
        term, always or _binds_everywhere(text, label, term), not always and _by_case(text)
    )


def _binds_everywhere(text: str, label: str, term: Term) -> bool:
    if not term.distinctive:
        return False
    if label in {"MANUAL", "TERM"}:
        return any(one.isupper() or one.isdigit() for one in text)
    known = LABEL_BY_NAME.get(label)
    return known is not None and known.group in _STRICT_GROUPS and label not in _LOCAL_LABELS


def _by_case(text: str) -> bool:
    return text.isalpha() and text[:1].isupper()


def withheld_texts(
    found: Iterable[tuple[str, str]], *, terms: Sequence[str] = ()
) -> tuple[WithheldText, ...]:
    """Number every withheld string once, however often it was withheld.

    Args:
        found: each redacted text with its label; a text over several lines binds line by line.
        terms: strings that a person listed; numbered first, by their place in the list.
    """
    prepared: dict[str, WithheldText] = {}
    for number, text in enumerate(terms, start=1):
        one = withheld_text(text, "TERM", number, always=True)
        if one is not None:
            prepared.setdefault(one.term.folded, one)
    number = len(terms)
    for text, label in dict.fromkeys(found):
        for line in text.splitlines():
            one = withheld_text(line.strip(), label, number + 1)
            if one is None:
                continue
            known = prepared.get(one.term.folded)
            if known is None:
                number += 1
                prepared[one.term.folded] = one
            elif one.strict and (not known.strict or known.by_case):
                by_case = one.by_case and (known.by_case or not known.strict)
                prepared[one.term.folded] = WithheldText(known.term, strict=True, by_case=by_case)
    return tuple(prepared.values())


def spread(
    segments: Iterable[Segment],
    withheld: Sequence[WithheldText],
    label: str,
    decided: Iterable[Redaction] = (),
) -> list[Redaction]:
    """Redact every strict text wherever it stands, over the end of a line or a cell too.

    Args:
        segments: of the document.
        withheld: what is to go.
        label: printed in its place.
        decided: what goes anyway; a segment that goes whole is not searched.
    """
    gone = {
        one.target.key: one.target.end
        for one in decided
        if isinstance(one.target, Span) and one.target.start == 0
    }
    return [
        Redaction(span, label)
        for found in _standing(segments, withheld, gone)
        for span, _ in found.pieces
    ]


@dataclass(frozen=True, slots=True)
class _Found:
    """One place of a strict text: one piece, or two where it runs into the next segment."""

    number: int
    pieces: tuple[tuple[Span, str], ...] = field(repr=False)

    def touches(self, ranges: Mapping[SegmentKey, Sequence[tuple[int, int]]]) -> bool:
        return any(
            start < span.end and span.start < end
            for span, _ in self.pieces
            for start, end in ranges.get(span.key, ())
        )


def _standing(
    segments: Iterable[Segment],
    withheld: Sequence[WithheldText],
    gone: Mapping[SegmentKey, int] = MappingProxyType({}),
) -> Iterator[_Found]:
    """Find every place of the strict texts, within a segment and over the end of one.

    Args:
        gone: segments that are not searched where they are no longer than this.
    """
    strict = _Strict(withheld)
    places: dict[str, tuple[tuple[int, int, int], ...]] = {}  # cells repeat themselves
    before: Segment | None = None
    tail, was_whole = "", False
    for segment in segments:
        text, head = segment.text, fold_text(segment.text)
        whole = gone.get(segment.key, 0) >= len(text)
        if not whole:
            if text not in places:
                places[text] = strict.within(Folded(text, head))
            misread = () if segment.read_from is None else strict.misread(text, segment.read_from)
            for number, start, end in (*places[text], *misread):
                yield _Found(number, (_piece(segment, start, end),))
        if before is not None and not (whole and was_whole) and _runs_on(before, segment):
            yield from strict.crossing(before, segment, tail, head)
        if head:
            before, tail, was_whole = segment, head, whole


class _Strict:
    """The strict texts, to be found in one pass over a text, however many they are."""

    def __init__(self, withheld: Sequence[WithheldText]) -> None:
        self._by_case = {one.term.number: one.by_case for one in withheld if one.strict}
        self._terms = ManyTerms(one.term for one in withheld if one.strict)
        self._misread = MisreadTerms(one.term for one in withheld if one.strict)

    def within(self, folded: Folded) -> tuple[tuple[int, int, int], ...]:
        """Give the number and the range of each place in a text."""
        return tuple(
            sorted(
                (term.number, start, end)
                for term, start, end in self._terms.find(folded)
                if not (self._by_case[term.number] and folded.original[start:end].islower())
            )
        )

    def misread(self, text: str, start: int) -> Iterator[tuple[int, int, int]]:
        """Give the number and the range of each place from an offset on that may be misread."""
        for term, first, end in self._misread.find_from(text, start):
            if not (self._by_case[term.number] and _is_small(text[first:end], term)):
                yield term.number, first, end

    def crossing(self, before: Segment, after: Segment, tail: str, head: str) -> Iterator[_Found]:
        """Find strict texts that begin in one segment and end in the next."""
        reach = self._terms.longest - 1
        if reach < 1:
            return
        tail = tail[-reach:]
        joint = len(tail)
        standing = self._terms.standing(tail + head[:reach], before=joint)
        if all(at + len(written) <= joint for at, written in standing):
            return
        cut = len(before.text)
        joined = fold(f"{before.text}\n{after.text}")
        for number, start, end in sorted(
            (term.number, start, end) for term, start, end in self._terms.find(joined)
        ):
            if start < cut < end:
                yield _Found(number, (_piece(before, start, cut), _piece(after, 0, end - cut - 1)))


def _is_small(found: str, term: Term) -> bool:
    """Say whether what was read has no capital, nor what a capital may have been taken for."""
    is_capital = found[0] in _READ_FOR_CAPITALS and found[0] != term.folded[0]
    return found.islower() and not is_capital


def _runs_on(before: Segment, after: Segment) -> bool:
    """Say whether a reader reads on from one segment into the next: not from row to row."""
    if (before.hidden is None) is not (after.hidden is None):
        return False
    match before.place, after.place:
        case CellPlace(sheet, row, _), CellPlace(other, below, _):
            return sheet == other and row == below
        case FieldPlace(row, _), FieldPlace(below, _):
            return row == below
        case first, second:
            return type(first) is type(second)


def _piece(segment: Segment, start: int, end: int) -> tuple[Span, str]:
    name, column = segment.key
    return Span(name, start, end, column), segment.text[start:end]


def survivors(
    segments: Iterable[Segment],
    withheld: Sequence[WithheldText],
    covered: Mapping[SegmentKey, Sequence[tuple[int, int]]],
) -> tuple[Survivor, ...]:
    """Find strict texts in what would be released, where no decision covers them.

    Args:
        covered: for each segment the ranges that are redacted or were kept by decision.
    """
    visible = (one for one in segments if one.hidden is None)
    return tuple(
        Survivor(found.number, span, text)
        for found in _standing(visible, withheld)
        if not found.touches(covered)
        for span, text in found.pieces
    )


def allowed_remains(
    segments: Sequence[Segment],
    approved: Sequence[str],
    withheld: Sequence[WithheldText],
    kept: Mapping[SegmentKey, Sequence[tuple[int, int]]],
) -> dict[int, int]:
    """Count how often each withheld text may stand in what is released, by term number.

    A local text is counted in the whole approved text. A strict one is counted only where it
    stands within one segment (survivors have stopped the release unless a person kept it there),
    or over the end of one where a person kept a part of it: never because two pieces that nobody
    looked at as one happen to lie side by side.

    Args:
        segments: all visible segments.
        approved: the text of each visible segment once redacted, in the same order.
        kept: for each segment the ranges that a person decided to keep.
    """
    local = ManyTerms(one.term for one in withheld if not one.strict)
    strict = ManyTerms(one.term for one in withheld if one.strict)
    counts = Counter(_numbers_found(local, approved) if local.longest else ())
    for text, times in Counter(approved).items() if strict.longest else ():
        for term, _, _ in strict.find(fold(text)):
            counts[term.number] += times
    if kept:
        counts.update(
            found.number
            for found in _standing(segments, withheld)
            if len(found.pieces) > 1 and found.touches(kept)
        )
    return {number: count for number, count in counts.items() if count}


def _numbers_found(terms: ManyTerms, lines: Iterable[str]) -> Iterator[int]:
    """Give the number of a term for each place where it stands in lines that run on."""
    for stretch in in_stretches(lines, "\n", terms.longest):
        start, end = stretch.own
        for term, at, _ in terms.find(fold(stretch.text)):
            if start <= at < end:
                yield term.number


def misread_remains(
    segments: Sequence[Segment], approved: Sequence[str], withheld: Sequence[WithheldText]
) -> dict[int, int]:
    """Count how often what is released may read like each strict text misread, by term number.

    Survivors have stopped the release unless a person kept it there, or it was written in letters.

    Args:
        segments, approved: as for ``allowed_remains``.
    """
    strict = MisreadTerms(one.term for one in withheld if one.strict)
    return Counter(
        term.number
        for segment, text in zip(segments, approved, strict=False)
        if segment.read_from is not None
        for term, _, _ in strict.find(fold(text))
    )

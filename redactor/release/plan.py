"""What exactly is to go from a document, and what the rest may still say. Pure functions.

A withheld text binds in one of two ways. A *strict* one (a name, an address, a reference) says the
same wherever it stands, so it may stand nowhere in the release unless a person kept that very
place. A *local* one (an age, an outcome, a plain word) is withheld where it was decided; elsewhere
it may stand, but no more often than the approved text says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from redactor.labels import LABEL_BY_NAME
from redactor.matching import Folded, Term, count_term, find_term, fold, make_term
from redactor.model import Redaction, Segment, SegmentKey, Span

#: Kinds of information that say the same wherever they stand.
_STRICT_GROUPS = frozenset({"person", "contact", "identifier"})
_LOCAL_LABELS = frozenset({"AGE", "ROLE"})


@dataclass(frozen=True, slots=True)
class WithheldText:
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
    for text, label in found:
        for line in text.splitlines():
            one = withheld_text(line.strip(), label, number + 1)
            if one is None:
                continue
            known = prepared.get(one.term.folded)
            if known is None:
                number += 1
                prepared[one.term.folded] = one
            elif one.strict and not known.strict:
                prepared[one.term.folded] = WithheldText(known.term, strict=True)
    return tuple(prepared.values())


def spread(
    segments: Iterable[Segment], withheld: Sequence[WithheldText], label: str
) -> list[Redaction]:
    """Redact every strict text wherever it stands."""
    strict = [one for one in withheld if one.strict]
    known: dict[str, tuple[tuple[int, int], ...]] = {}  # cells of a table repeat themselves
    found: list[Redaction] = []
    for segment in segments:
        text = segment.text
        if text not in known:
            known[text] = tuple(_places(text, strict))
        found.extend(Redaction(_span(segment, *place), label) for place in known[text])
    return found


def _places(text: str, withheld: Sequence[WithheldText]) -> Iterator[tuple[int, int]]:
    folded = fold(text)
    for one in withheld:
        if one.term.folded in folded.text:
            for start, end in find_term(one.term, folded):
                if _same_word(one, text[start:end]):
                    yield start, end


def _span(segment: Segment, start: int, end: int) -> Span:
    name, column = segment.key
    return Span(name, start, end, column)


def _same_word(one: WithheldText, text: str) -> bool:
    return not (one.by_case and text.islower())


def survivors(
    segments: Iterable[Segment],
    withheld: Sequence[WithheldText],
    covered: Mapping[SegmentKey, Sequence[tuple[int, int]]],
) -> tuple[Survivor, ...]:
    """Find strict texts in what would be released, where no decision covers them.

    Args:
        covered: for each segment the ranges that are redacted or were kept by decision.
    """
    found: list[Survivor] = []
    strict = [one for one in withheld if one.strict]
    for segment in segments:
        if segment.hidden is not None:
            continue
        folded = fold(segment.text)
        ranges = covered.get(segment.key, ())
        found.extend(
            Survivor(one.term.number, _span(segment, start, end), segment.text[start:end])
            for one in strict
            if one.term.folded in folded.text
            for start, end in find_term(one.term, folded)
            if _same_word(one, segment.text[start:end])
            and not any(s < end and start < e for s, e in ranges)
        )
    return tuple(found)


def allowed_remains(approved: Iterable[str], withheld: Sequence[WithheldText]) -> dict[int, int]:
    """Count how often each withheld text stands in the approved text, by term number.

    What is not listed may not remain at all. Texts that bind everywhere are in the count only
    where a person kept them, because survivors stop a release before it is written.
    """
    folded: Folded = fold("\n".join(approved))
    counts = {one.term.number: count_term(one.term, folded) for one in withheld}
    return {number: count for number, count in counts.items() if count}

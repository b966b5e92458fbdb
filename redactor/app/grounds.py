"""Whether what was decided says all that its limbs ask for. Pure functions over what stands now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from redactor.events import Mark
from redactor.law.exemptions import conflicts_between, exemption_named
from redactor.law.justifications import missing, objections, questions
from redactor.law.regimes import Regime
from redactor.law.request import Request
from redactor.model import Action, Aside, Decision, Span
from redactor.review import Block, Justification, Standing

#: Questions that are named in one sentence.
_NAMED = 3


def wanting(
    marks: Sequence[Mark], now: Standing, request: Request, regime: Regime, *, in_full: bool
) -> tuple[Block, ...]:
    """Give what has to be written before the grounds of a case can stand.

    Args:
        marks: those that go out.
        in_full: whether every redaction has to rest on a justification that answers all that its
            limb requires. Else only justifications that were begun have to be whole.
    """
    redacted = [
        (mark, decision)
        for mark in marks
        if (decision := now.decisions.get(mark.id)) is not None and decision.action is Action.REDACT
    ]
    whole = [one.decision for one in now.set_aside.values() if one.why is Aside.WITHHELD]
    resting = Counter(one.justification for one in (*(each for _, each in redacted), *whole))
    stated = {request.justification, *(one.justification for one in request.questions)}
    found = [
        Block("justification", None, "", said, resting[number] or 1)
        for number, one in sorted(now.justifications.items())
        if resting[number] or number in stated
        for said in _lacks(one, regime, in_full=in_full)
    ]
    if in_full and (loose := [mark for mark, one in redacted if not one.justification]):
        count = "1 redaction rests" if len(loose) == 1 else f"{len(loose):,} redactions rest"
        found.append(Block("justification", None, "", f"{count} on no justification.", len(loose)))
    for number, aside in sorted(now.set_aside.items()) if in_full else ():
        if aside.why is Aside.WITHHELD and not aside.decision.justification:
            said = "It is withheld in full, which rests on no justification."
            found.append(Block("justification", number, "", said))
    return (*found, *_at_odds(redacted, regime))


def _lacks(one: Justification, regime: Regime, *, in_full: bool) -> Iterator[str]:
    """Say what a justification does not answer, and what bars its limb."""
    exemption = exemption_named(one.exemption, regime)
    keys = {question.key for question in questions(exemption, one.answers)}
    if not in_full and keys.isdisjoint(one.answers):
        return
    title = f"Justification {one.number} ({one.exemption})"
    for why in objections(exemption, one.answers):
        yield f"{title}: {why}"
    if lacks := missing(exemption, one.answers):
        more = f", and {len(lacks) - _NAMED} more" if len(lacks) > _NAMED else ""
        asked = " ".join(question.asks for question in lacks[:_NAMED])
        yield f"{title} does not answer: {asked}{more}"


def _at_odds(redacted: Iterable[tuple[Mark, Decision]], regime: Regime) -> Iterator[Block]:
    """Give the places where two limbs are relied on for the same words and cannot be."""
    by_place: dict[tuple[object, ...], list[tuple[int, int, Mark, str]]] = {}
    for mark, decision in redacted:
        if isinstance(mark.target, Span):
            place = by_place.setdefault((mark.document, mark.target.key), [])
            place.append((mark.target.start, mark.target.end, mark, decision.exemption))
    seen: dict[tuple[str, str], bool] = {}
    for each in by_place.values():
        each.sort(key=lambda one: one[:2])
        for (_, end, mark, first), (start, _, _, second) in pairwise(each):
            if start < end and first != second and _is_barred(first, second, regime, seen):
                said = f"{first} and {second} are relied on for the same words, and cannot both be."
                yield Block("conflict", mark.document, "", said, 1)


def _is_barred(first: str, second: str, regime: Regime, seen: dict[tuple[str, str], bool]) -> bool:
    pair = (first, second)
    if pair not in seen:
        seen[pair] = any(one.is_barred for one in conflicts_between(pair, regime))
    return seen[pair]


def loose_marks(
    marks: Iterable[Mark], decisions: Mapping[int, Decision], citation: str
) -> list[int]:
    """Give the redactions under a limb that rest on no justification."""
    return [
        mark.id
        for mark in marks
        if (one := decisions.get(mark.id)) is not None
        and one.action is Action.REDACT
        and one.exemption == citation
        and not one.justification
    ]

"""Law that is no more, citations that cannot be, and the public interest where it is weighed.

Sources: Freedom of Information Act 2000, sections 2(1) to (3), 17(1)(b) and (3), and 40;
Environmental Information Regulations 2004, regulations 12(1)(b) and (2), 13(1)(b) and 14(3). The
restrictions of the right of access weigh no public interest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from redactor.law.exemptions import Exemption, Standing, exemptions
from redactor.law.letters.citations import Citation, section_of
from redactor.law.letters.data import asked_by, sections, wordings
from redactor.law.letters.expressions import Expression
from redactor.law.letters.given import Given
from redactor.law.letters.model import Issue, Kind
from redactor.law.regimes import Regime

_CALLED = Expression(r"\b(?P<said>absolute|qualified)\b(?! person)")
_NOT_CALLED = Expression(
    r"\b(?:not|rather than|no longer|never|neither|whether)\b[^.;]{0,30}\b(?:absolute|qualified)\b"
)
_INTEREST = Expression(r"\bpublic interest\b")
_NO_INTEREST = Expression(
    r"\b(?:no|not|without|nor|neither)\b[^.;]{0,60}\bpublic interest|\bpublic interest\b[^.;]{0,50}"
    r"\b(?:not|no)\b[^.;]{0,12}\b(?:required|necessary|needed|apply|applicable|carried|conducted)"
    r"|legitimate public interest|\bpublic interest in confirming or denying is not\b"
)
#: A passage that is no longer may be the heading of the next.
_HEADING = 100
_WEIGHED = Expression(
    r"\bweigh(?:ed|ing)\b|\boutweigh|\bbalanc|\bfavou?r|\bon balance\b|\blies? in\b|\bestimate"
)
_TEST = Expression(r"\bpublic interest (?:test|considerations?)\b")
_EVERY = Expression(
    r"\b(?:all|both|each|every|these|those) (?:of )?(?:the |these |those )?(?:exempt|except)ions"
)
_PRESUMPTION = Expression(r"\bpresum|\b(?:regulation|reg\.?) ?12\(2\)")
_CONFIRMING = Expression(r"\b(?:confirm|den(?:y|ial))")
#: A section, and whether it is confirming or denying that is weighed there.
_Group: TypeAlias = tuple[str, bool]


def superseded(given: Given) -> Iterator[Issue]:
    """Find wordings of law that was repealed, and others that are wrong wherever they stand."""
    for one in wordings():
        if one.regimes and given.regime not in one.regimes:
            continue
        if one.since and given.written and given.written < one.since:
            continue
        if one.defined is not None and one.defined.search(given.whole):
            continue
        for number, text in enumerate(given.texts):
            if one.pattern.search(text) and not (one.unless and one.unless.search(text)):
                yield Issue(one.kind, given.place(number), one.message)


def citations(given: Given) -> Iterator[Issue]:
    """Find citations of a wrong form, of nothing, of another law, and those that lack a limb."""
    for one in given.citations:
        if one.repealed:
            yield Issue(Kind.SUPERSEDED, given.place(one.passage), one.repealed)
        for fault in one.faults:
            yield Issue(Kind.CITATION, given.place(one.passage), fault)
    yield from _of_another_law(given)
    yield from _without_limb(given)


def _of_another_law(given: Given) -> Iterator[Issue]:
    """Find grounds of a law that the letter does not answer under, each once."""
    own = exemptions(given.regime)
    seen: set[str] = set()
    for one in given.foreign:
        limb = one.exemption
        if limb is None or limb.citation in seen or not _is_relied_on(given, one.passage):
            continue
        seen.add(limb.citation)
        near = [each.citation for each in own if each.citation in limb.counterparts]
        hint = f" What comes nearest is {' or '.join(near[:_MOST_NEAR])}." if near else ""
        yield Issue(
            Kind.CITATION,
            given.place(one.passage),
            f"{limb.citation} belongs to {limb.regime.words.grounds}, and this letter answers "
            f"under {Regime(given.regime).words.act}.{hint}",
        )


def _without_limb(given: Given) -> Iterator[Issue]:
    """Find sections without a limb where there are several (section 17(1)(b), regulation 14)."""
    complete = {section_of(one) for one in given.relied_on.values()}
    faulty = {one.section for one in given.citations if one.faults or one.repealed}
    seen: set[str] = set()
    for one in given.citations:
        if one.section in complete | faulty | seen or _gives_right(given, one):
            continue
        limbs = [
            each.citation
            for each in exemptions(given.regime)
            if section_of(each) == one.section and not each.neither_confirm_nor_deny
        ]
        is_begun = any(one.written in limb for limb in limbs)
        if len(limbs) > 1 and is_begun and _is_relied_on(given, one.passage):
            seen.add(one.section)
            yield Issue(
                Kind.LIMB,
                given.place(one.passage),
                f"{one.called} is cited without its limb. Cite it as {limbs[0]}, "
                "or whichever limb it is.",
            )


def _gives_right(given: Given, one: Citation) -> bool:
    """Say whether what is cited is the right of access itself, and no limb that restricts it."""
    known = sections(given.regime).get(one.section)
    return known is not None and known.gives_right and not one.parts


_MOST_NEAR = 3
_GUIDANCE = Expression(r"\bguidance\b|\bsection 40 and regulation 13\b")


def _is_relied_on(given: Given, passage: int) -> bool:
    return not _GUIDANCE.search(given.texts[passage])


def standing(given: Given) -> Iterator[Issue]:
    """Find a limb that is called absolute and is qualified, or the other way about."""
    for number, sentence in given.sentences():
        found = _CALLED.search(sentence)
        if found is None or _NOT_CALLED.search(sentence):
            continue
        if len({each["said"].lower() for each in _CALLED.each(sentence)}) > 1:
            continue
        here = [one for one in given.citations if one.passage == number]
        if not here and number and len(given.texts[number - 1]) <= _HEADING:
            here = [one for one in given.citations if one.passage == number - 1]
        named = [one for one in here if _stands_in(given, one.passage, one.start, sentence)] or here
        named = [one for one in named if not _gives_right(given, one)]
        if len({one.section for one in named}) != 1:
            continue
        known = frozenset(each for one in named for each in given.standings(one))
        said = Standing(found["said"].lower())
        if len(known) == 1 and (wrong := _standing_is_not(given, said, *known)):
            yield Issue(
                Kind.STANDING, given.place(number), f"{named[0].called} is called {said}. {wrong}"
            )


def _standing_is_not(given: Given, said: Standing, is_really: Standing) -> str:
    """Say what a limb is, where it is not what it is called."""
    law = Regime(given.regime).words
    if is_really is Standing.UNWEIGHED:
        return (
            f"Under {law.act} no public interest is weighed in it, and the law calls it neither "
            "absolute nor qualified."
        )
    if is_really is Standing.NO_DUTY:
        return (
            "As cited here no duty to confirm or deny arises, and no public interest is weighed."
            if said is Standing.QUALIFIED
            else ""
        )
    by = asked_by(given.regime).standing_by
    return "" if said is is_really else f"As cited here it is {is_really} ({by})."


def _stands_in(given: Given, passage: int, start: int, sentence: str) -> bool:
    at = given.texts[passage].find(sentence)
    return at <= start < at + len(sentence)


# --- the public interest ----------------------------------------------------------------------


def public_interest(given: Given) -> Iterator[Issue]:
    """Find a qualified limb without the public interest, and an unqualified one with it."""
    asked = asked_by(given.regime)
    qualified: dict[_Group, str] = {}
    for limb in given.relied_on.values():
        if limb.needs_public_interest_test:
            qualified.setdefault(_group(limb), limb.citation)
    weighed = _weighed(given)
    for group, citation in qualified.items():
        limb = given.relied_on[citation]
        if weighs(limb) and not weighed.covers(group, qualified):
            act = " in confirming or denying" if limb.neither_confirm_nor_deny else ""
            yield Issue(
                Kind.PUBLIC_INTEREST,
                given.place(_first_of(given, group)),
                f"{citation} is qualified, and the letter does not weigh the public interest in it"
                f"{act} ({asked.weighing_by}).",
            )
    presumed = [one for one in qualified if asked.presumption and one[0] == asked.presumed_in]
    if presumed and not _PRESUMPTION.search(given.whole):
        yield Issue(
            Kind.PUBLIC_INTEREST,
            given.place(_first_of(given, presumed[0])),
            f"Say that the presumption in favour of disclosure was applied ({asked.presumption}).",
        )
    if given.relied_on and not qualified:
        yield from _weighed_in_vain(given)


def weighs(limb: Exemption) -> bool:
    """Say whether there is something to weigh: where nothing is held, there is not."""
    return limb.needs_public_interest_test and "interest_for" in limb.requires


def _weighed_in_vain(given: Given) -> Iterator[Issue]:
    """Find a public interest test where no limb of the letter has one."""
    known = sections(given.regime)
    if any(
        one in known and known[one].has_interest
        for one in map(section_of, given.relied_on.values())
    ):
        return
    for number, sentence in given.sentences():
        if _TEST.search(sentence) and not _NO_INTEREST.search(sentence):
            yield Issue(
                Kind.PUBLIC_INTEREST,
                given.place(number),
                "A public interest test is spoken of, but nothing that the letter relies on is "
                "qualified. Take it out, or cite the qualified "
                f"{Regime(given.regime).words.withheld_by}.",
            )
            return


def _group(limb: Exemption) -> _Group:
    return section_of(limb), limb.neither_confirm_nor_deny


def _first_of(given: Given, group: _Group) -> int:
    """Give the passage in which a section is cited first, for that purpose where it can be told."""
    here = [one for one in given.citations if one.section == group[0]]
    exact = [one for one in here if one.exemption is not None and _group(one.exemption) == group]
    return (exact or here)[0].passage


@dataclass(frozen=True, slots=True)
class _Weighed:
    """In what the public interest is weighed; ``every`` for all that there is."""

    groups: frozenset[_Group]
    every: bool

    def covers(self, group: _Group, qualified: Mapping[_Group, str]) -> bool:
        """Say whether it is weighed in one.

        What is weighed in a section counts for disclosure and for confirming alike, where the
        letter relies on only one of them.
        """
        section, is_neither = group
        other = (section, not is_neither)
        return (
            self.every or group in self.groups or (other not in qualified and other in self.groups)
        )


def _weighed(given: Given) -> _Weighed:
    cited: dict[int, list[Citation]] = {}
    for one in given.citations:
        cited.setdefault(one.passage, []).append(one)
    found: set[_Group] = set()
    latest: list[str] = []
    every, is_balanced, is_neither = False, False, False
    for number, text in enumerate(given.texts):
        here = [one.section for one in cited.get(number, [])] or _named_in(given, text)
        latest = here or latest
        limbs = [one.exemption for one in cited.get(number, []) if one.exemption is not None]
        if limbs:
            is_neither = any(one.neither_confirm_nor_deny for one in limbs)
        if not _INTEREST.search(text) or _NO_INTEREST.search(text):
            continue
        is_balanced = is_balanced or bool(_WEIGHED.search(text))
        found.update((one, is_neither or bool(_CONFIRMING.search(text))) for one in here or latest)
        every = every or bool(_EVERY.search(text))
    return _Weighed(frozenset(found if is_balanced else ()), every and is_balanced)


def _named_in(given: Given, text: str) -> list[str]:
    """Give the sections that a heading calls by their subjects."""
    if len(text) > _HEADING:
        return []
    cited = dict.fromkeys(one.section for one in given.citations)
    return [one for one in cited if one in sections() and sections()[one].name.search(text)]

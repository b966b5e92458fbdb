"""Law that is no more, citations that cannot be, and the public interest where it is weighed.

Sources: Freedom of Information Act 2000, sections 2(1) to (3), 17(1)(b) and (3), and 40.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from redactor.law.exemptions import Standing, exemptions
from redactor.law.letters.data import sections, wordings
from redactor.law.letters.expressions import Expression
from redactor.law.letters.given import Given, section_of
from redactor.law.letters.model import Issue, Kind

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
    r"\b(?:all|both|each|every|these|those) (?:of )?(?:the |these |those )?exemptions"
)


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
    """Find citations whose form is wrong, that there are none of, and that lack their limb."""
    for one in given.citations:
        if one.repealed:
            yield Issue(Kind.SUPERSEDED, given.place(one.passage), one.repealed)
        for fault in one.faults:
            yield Issue(Kind.CITATION, given.place(one.passage), fault)
    yield from _without_limb(given)


def _without_limb(given: Given) -> Iterator[Issue]:
    """Find sections without a limb, where there are several (section 17(1)(b))."""
    if given.regime != "foi":
        return
    complete = {section_of(one) for one in given.relied_on.values()}
    faulty = {one.section for one in given.citations if one.faults or one.repealed}
    seen: set[str] = set()
    for one in given.citations:
        if one.section in complete | faulty | seen or one.section not in sections():
            continue
        limbs = [
            each.citation
            for each in exemptions()
            if section_of(each) == one.section and not each.neither_confirm_nor_deny
        ]
        is_begun = any(f"s{one.section}{''.join(one.parts)}" in limb for limb in limbs)
        if len(limbs) > 1 and is_begun and _is_relied_on(given, one.passage):
            seen.add(one.section)
            yield Issue(
                Kind.LIMB,
                given.place(one.passage),
                f"Section {one.section} is cited without its limb. Cite it as {limbs[0]}, "
                "or whichever limb it is.",
            )


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
        named = {one.section for one in here if _stands_in(given, one.passage, one.start, sentence)}
        if not named:
            named = {one.section for one in here}
        if len(named) != 1:
            continue
        (section,) = named
        known, said = given.standings(section), Standing(found["said"].lower())
        if len(known) == 1 and known != {said}:
            (is_really,) = known
            yield Issue(
                Kind.STANDING,
                given.place(number),
                f"Section {section} is called {said}. As cited here it is {is_really} "
                "(section 2(3) of the Act).",
            )


def _stands_in(given: Given, passage: int, start: int, sentence: str) -> bool:
    at = given.texts[passage].find(sentence)
    return at <= start < at + len(sentence)


# --- the public interest ----------------------------------------------------------------------


def public_interest(given: Given) -> Iterator[Issue]:
    """Find a qualified limb without the public interest, and an absolute one with it."""
    if given.regime != "foi":
        return
    qualified: dict[str, str] = {}
    for one in given.relied_on.values():
        if one.needs_public_interest_test:
            qualified.setdefault(section_of(one), one.citation)
    weighed = _weighed(given)
    for section, citation in qualified.items():
        if section not in weighed.sections and not weighed.every:
            first = next(one.passage for one in given.citations if one.section == section)
            yield Issue(
                Kind.PUBLIC_INTEREST,
                given.place(first),
                f"{citation} is qualified, and the letter does not weigh the public interest in it "
                "(section 17(3)(b) of the Act).",
            )
    absolute = {section_of(one) for one in given.relied_on.values()}
    if absolute and not qualified and "41" not in absolute:
        for number, sentence in given.sentences():
            if _TEST.search(sentence) and not _NO_INTEREST.search(sentence):
                yield Issue(
                    Kind.PUBLIC_INTEREST,
                    given.place(number),
                    "A public interest test is spoken of, but every exemption of the letter is "
                    "absolute. Take it out, or cite the qualified exemption.",
                )
                return


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Of which sections the public interest is weighed; ``every`` for all that there are."""

    sections: frozenset[str]
    every: bool


def _weighed(given: Given) -> _Weighed:
    sections_of: dict[int, list[str]] = {}
    for one in given.citations:
        sections_of.setdefault(one.passage, []).append(one.section)
    found: set[str] = set()
    latest: list[str] = []
    every, is_balanced = False, False
    for number, text in enumerate(given.texts):
        here = sections_of.get(number, []) or _named_in(given, text)
        latest = here or latest
        if not _INTEREST.search(text) or _NO_INTEREST.search(text):
            continue
        is_balanced = is_balanced or bool(_WEIGHED.search(text))
        found.update(here or latest)
        every = every or bool(_EVERY.search(text))
    return _Weighed(frozenset(found if is_balanced else ()), every and is_balanced)


def _named_in(given: Given, text: str) -> list[str]:
    """Give the sections that a heading calls by their subjects."""
    if len(text) > _HEADING:
        return []
    cited = dict.fromkeys(one.section for one in given.citations)
    return [one for one in cited if one in sections() and sections()[one].name.search(text)]

"""Reasoning that is said twice, of everything at once, or without its parts.

Sources: UK GDPR Articles 6(1)(f), 9(1) and 10; Data Protection Act 2018, section 11(2); ICO,
Section 40, part six: issuing a refusal notice (the parts of the legitimate interests assessment).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from redactor.law.letters.citations import section_of
from redactor.law.letters.expressions import Expression
from redactor.law.letters.given import Given
from redactor.law.letters.model import Issue, Kind
from redactor.law.letters.questions import numbered

#: Fewer words than this are no reasoning.
_FEWEST_WORDS = 10
_RUN = 4
#: This share of the shorter passage stands in the other one.
_SHARE = 0.8
_A_QUESTION = Expression(r"^(?:Q(?:uestion)?\s?\d|\(?\d{1,2}[.)]|\(?[a-h][.)]\s|\(?[ivx]{1,4}[.)])")
#: What answers a question, or says where the answer is: each has to be answered, reasons or not.
_AN_ANSWER = Expression(
    r"\b(?:explained below|comes? with this letter|neither confirm|(?:do|did) not hold"
    r"|hold no such|withh[eo]ld (?:all of it|in full)|appropriate limit|need not answer)\b"
)
#: Words of letters; numbers of sections repeat themselves in every letter.
_WORD = re.compile(r"[a-z]{2,}")

_SPECIAL = Expression(r"\bspecial category\b|\bspecial categories\b")
_NO_CLASS = Expression(
    r"\b(?:no|not|neither|nor|none|without)\b[^.;]{0,50}\b(?:special categor|criminal offence)"
)
_HEADS = Expression(
    r"\brac(?:e|ial)\b|\bethnic|\bpolitical opinion|\breligio|\bphilosophical|\btrade.union"
    r"|\bgenetic|\bbiometric|\bhealth\b|\bmedical\b|\bsex life|\bsexual (?:life|orientation)"
)
_CLASS = r"(?:special categor(?:y|ies)|criminal (?:offence|conviction)s?)"
_BOTH = Expression(
    rf"\b(?:constitutes?|comprises?|is|are|includes?|contains?|amounts? to)\b[^.;]{{0,30}}"
    rf"\b{_CLASS}[^.;]{{0,30}}\b(?:and|as well as|together with)\b[^.;]{{0,12}}\b{_CLASS}"
)
_CRIMINAL = Expression(r"\bcriminal (?:offence|conviction)s?\b")
_OF_ALL = Expression(
    r"^(?:all (?:of )?)?the (?:requested|withheld|exempt|remaining) (?:information|data|material)\b"
    rf"[^.;]{{0,30}}\b(?:constitutes?|comprises?|is|includes?|contains?)\b[^.;]{{0,60}}\b{_CLASS}"
)
_APART = Expression(
    r"\bQ(?:uestion)?\s?\d|\bsome of\b|\bpart of\b|\bnames?\b|\bcolumns?\b|\brespectively\b"
    r"|\bwhere\b|\brows?\b|\bthe (?:allegations?|outcomes?|ages?)\b"
)
_NAMED = Expression(r"\blegitimate interests? (?:assessment|test)|\bLIA\b|\b6\(1\)\(f\)")
_BASIS = Expression(
    r"\blegitimate interest|\barticle 6\b|\blawful basis|\bspecial categor"
    r"|\bcriminal (?:offence|conviction)|\bsection 17\(4\)"
)
_PARTS = (
    (
        Expression(
            r"\bpurpose\b|\blegitimate interests? (?:in|of|is|are|being|pursued|identified|here)\b"
        ),
        "the purpose",
    ),
    (Expression(r"\bnecess(?:ary|ity)\b|\bless intrusive"), "whether disclosure is necessary"),
    (Expression(r"\bbalanc|\boutweigh|\boverrid"), "the balance"),
)


def repetition(given: Given) -> Iterator[Issue]:
    """Find reasoning that stands twice, such as under two headings."""
    asked = numbered(given).passages
    seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    runs: dict[int, int] = {}
    for number, text in enumerate(given.texts):
        words = _WORD.findall(text.lower())
        if number in asked or len(words) < _FEWEST_WORDS:
            continue
        if _A_QUESTION.search(text) or _AN_ANSWER.search(text):
            continue
        here = {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
        shared = Counter(one for run in here for one in seen[run])
        first = next(
            (
                one
                for one, count in sorted(shared.items())
                if count >= _SHARE * min(len(here), runs[one])
            ),
            None,
        )
        runs[number] = len(here)
        for run in here:
            seen[run].append(number)
        if first is not None:
            yield Issue(
                Kind.REPETITION,
                given.place(number),
                f"The same reasoning stands at {given.place(first)} already. Say it once, and say "
                "what it applies to.",
            )


def data_classes(given: Given) -> Iterator[Issue]:
    """Find special category data without its head, and two classes asserted of one mass."""
    claims = [
        (number, one)
        for number, one in given.sentences()
        if _SPECIAL.search(one) and not _NO_CLASS.search(one)
    ]
    if claims and not _HEADS.search(given.whole):
        yield Issue(
            Kind.DATA_CLASS,
            given.place(claims[0][0]),
            "Special category data is asserted without its head. Say which of Article 9(1) it is.",
        )
    number = _both_of_all(given)
    if number is not None:
        yield Issue(
            Kind.DATA_CLASS,
            given.place(number),
            "All that is withheld is called special category and criminal offence data at once. "
            "Say which information is which.",
        )


def _both_of_all(given: Given) -> int | None:
    """Find where both classes are said of all that is withheld: in one sentence, or in two."""
    claims = [
        (number, one)
        for number, one in given.sentences()
        if not _NO_CLASS.search(one) and not _APART.search(one)
    ]
    at_once = next((number for number, one in claims if _BOTH.search(one)), None)
    if at_once is not None:
        return at_once
    of_all = [(number, one) for number, one in claims if _OF_ALL.search(one)]
    special = [number for number, one in of_all if _SPECIAL.search(one)]
    criminal = [number for number, one in of_all if _CRIMINAL.search(one)]
    return max(special[0], criminal[0]) if special and criminal else None


def interests(given: Given) -> Iterator[Issue]:
    """Find personal data of others without reasons, and an assessment without a part.

    Reasons are asked for where disclosure would contravene a principle: section 40(3A) of the
    Freedom of Information Act 2000, regulation 13(2A) of the Environmental Information Regulations.
    """
    if not _BASIS.search(given.whole):
        for one in given.relied_on.values():
            if "principle" in one.requires:
                section = section_of(one)
                passage = next(o.passage for o in given.citations if o.section == section)
                yield Issue(
                    Kind.INTERESTS,
                    given.place(passage),
                    "The letter does not say why disclosure would contravene a principle: no "
                    "legitimate interests assessment, and no condition that was looked for.",
                )
                return
    number = given.first(_NAMED)
    if number is None:
        return
    lacking = [said for pattern, said in _PARTS if not pattern.search(given.whole)]
    if lacking:
        yield Issue(
            Kind.INTERESTS,
            given.place(number),
            f"The legitimate interests assessment does not say {', nor '.join(lacking)}.",
        )


def brackets(given: Given) -> Iterator[Issue]:
    """Find brackets that are not closed, or not opened; the marks of a list aside."""
    for number, text in enumerate(given.texts):
        bare = re.sub(r"^\(?\w{1,4}[.)]\s|(?<=\s)[a-h]\)\s|(?<=[:;,.]\s)\d{1,2}\)\s", "", text)
        if bare.count("(") != bare.count(")"):
            yield Issue(
                Kind.BRACKET,
                given.place(number),
                "The round brackets do not pair here. Look what belongs in them.",
            )

"""What a notice of refusal has to say, and the notice against the answers.

Sources: Freedom of Information Act 2000, sections 16, 17(1), (2), (5), (7) and 50; Environmental
Information Regulations 2004, regulations 11, 14 and 18; UK GDPR Article 12(4); Data Protection Act
2018, section 45(5).
"""

from __future__ import annotations

from collections.abc import Iterator

from redactor.law.exemptions import Exemption, exemptions
from redactor.law.letters.citations import section_of
from redactor.law.letters.data import asked_by, sections
from redactor.law.letters.expressions import Expression
from redactor.law.letters.given import Given, dates_in
from redactor.law.letters.model import WHOLE, Issue, Kind
from redactor.law.letters.on_law import weighs
from redactor.law.regimes import Regime
from redactor.law.request import Stance

_REFUSED = Expression(
    r"\bwithh[eo]ld|\brefus(?:e|es|ed|al|ing)\b|\bexempt\b|\bneither confirm|\bexempt from\b"
)
_REVIEW = Expression(
    r"\binternal review|\bcomplaints? (?:procedure|process)|\breview of (?:this|our|the|my) "
    r"(?:decision|response|handling)|\breconsider|\brequest a review"
    r"|\bno internal (?:review|complaint)"
)
_COMMISSIONER = Expression(r"\binformation commissioner|\bICO\b")
_COMPLAIN = Expression(
    r"\bcomplain|\bcomplaint|\bappeal|\bsection 50\b|\bs\.?\s?50\b|\bdecision notice"
)
_CONTACT = Expression(
    r"\bico\.org\.uk|\bwycliffe house|\bSK9 5AF|\b0303\s?123\s?1113|\b01625\s?545\s?\d{3}"
)
_COURT = Expression(r"\bcourts?\b|\bjudicial remedy|\btribunal\b")
_CHECK = Expression(
    r"\bsections?\b[^.;]{0,30}\b51\b|\bs\.?\s?51\b|\bcommissioner\b[^.;]{0,40}\bcheck"
)
_COST = Expression(r"\bsection 12\b|\bs\.?\s?12\b(?!\d)|\bappropriate limit\b|\bcost limit\b")
_ADVICE = Expression(
    r"\bsection 16\b|\bs\.?\s?16\b|\badvice and assistance|\brefin(?:e|ing)\b|\bnarrow"
    r"|\breduc(?:e|ing)"
)
_VEXATIOUS = Expression(r"\bsection 14\b|\bs\.?\s?14\b|\bvexatious|\brepeated request")
_EXTENDED = Expression(
    r"\bsection 10\(3\)|\bs\.?\s?10\(3\)|\bsection 17\(2\)"
    r"|\b(?:need|require|take|extend)\w*\b[^.;]{0,60}\b(?:time|deadline|limit|period)\b[^.;]{0,80}"
    r"\bpublic interest|\bpublic interest\b[^.;]{0,80}\b(?:extend|extension|further time|more time)"
)
_REASON = Expression(
    r"\bbecause\b|\bsince\b|\bas (?:disclos|releas|to do so)|\bwould\b|\breason|\bin order to\b"
    r"|\bso that\b|\bthis is\b"
)
_REASONS_ELSEWHERE = Expression(r"\bsection 17\(4\)|\bs\.?\s?17\(4\)")
_NOTICE = Expression(
    r"\brefusal notice\b|\bfollowing exemptions?\b|\bsection 17(?:\(1\))?\b.{0,80}\bexempt"
)
_PLURAL = Expression(r"\b(?:following|these) exemptions\b")
_LISTING = 120


def content(given: Given) -> Iterator[Issue]:
    """Find what a refusal has to say and does not."""
    if not given.refuses:
        return
    yield from _ground(given)
    if given.keeps_own_data:
        yield from _access(given)
    else:
        yield from _rights(given)


def _ground(given: Given) -> Iterator[Issue]:
    """Ask for the fact, the ground and the reason, where the law asks for them."""
    cited, asked = given.citations, asked_by(given.regime)
    ground = Regime(given.regime).words.withheld_by
    is_otherwise = _COST.search(given.whole) or _VEXATIOUS.search(given.whole)
    if asked.fact_by and cited and not _REFUSED.search(given.whole):
        yield Issue(Kind.NOTICE, WHOLE, f"Say that information is withheld ({asked.fact_by}).")
    if asked.ground_by and not cited and not (given.regime == "foi" and is_otherwise):
        yield Issue(
            Kind.NOTICE,
            given.place_of(_REFUSED),
            f"Something is withheld, and no {ground} is named ({asked.ground_by}). Cite it.",
        )
    is_given = _REASON.search(given.whole) or _REASONS_ELSEWHERE.search(given.whole)
    if (cited or not asked.ground_by) and not is_given:
        yield Issue(Kind.NOTICE, WHOLE, f"Say why the {ground} applies ({asked.reason_by}).")


def _rights(given: Given) -> Iterator[Issue]:
    is_foi = given.regime == "foi"
    if not _REVIEW.search(given.whole):
        yield Issue(
            Kind.NOTICE,
            WHOLE,
            "Say how to ask for an internal review, or that there is none (section 17(7)(a))."
            if is_foi
            else "Say how to make representations to the authority (regulations 11 and 14(5)).",
        )
    if not _complaint(given):
        yield Issue(
            Kind.NOTICE,
            WHOLE,
            "Say that the requester may complain to the Information Commissioner "
            + ("under section 50 (section 17(7)(b))." if is_foi else "(regulation 14(5)(b))."),
        )
    if not _CONTACT.search(given.whole):
        yield Issue(
            Kind.NOTICE, WHOLE, "Give the Information Commissioner's address, or ico.org.uk."
        )


def _complaint(given: Given) -> bool:
    """Say whether the right to complain to the Commissioner is told, near where they are named."""
    texts = given.texts
    return any(
        _COMPLAIN.search(" ".join(texts[max(0, number - 1) : number + 2]))
        for number, text in enumerate(texts)
        if _COMMISSIONER.search(text)
    )


def _access(given: Given) -> Iterator[Issue]:
    law = "UK GDPR Article 12(4)" if given.regime == "sar" else "DPA 2018 section 45(5)"
    if not _complaint(given):
        yield Issue(
            Kind.NOTICE,
            WHOLE,
            f"Say that they may complain to the Information Commissioner ({law}).",
        )
    if not _COURT.search(given.whole):
        yield Issue(Kind.NOTICE, WHOLE, f"Say that they may apply to a court ({law}).")
    if given.regime == "sar-le" and not _CHECK.search(given.whole):
        yield Issue(
            Kind.NOTICE,
            WHOLE,
            "Say that they may ask the Information Commissioner to check that the restriction is "
            "lawful (DPA 2018 sections 45(5)(c) and 51).",
        )


def cost_and_time(given: Given) -> Iterator[Issue]:
    """Find a refusal by cost without advice, and more time without a day (sections 16, 17(2))."""
    if given.regime != "foi":
        return
    by_cost = given.facts is not None and Stance.COST in {
        given.facts.stance,
        *given.facts.questions,
    }
    if (by_cost or _COST.search(given.whole)) and not _ADVICE.search(given.whole):
        yield Issue(
            Kind.ADVICE,
            given.place_of(_COST),
            "It is refused by its cost. Say what could be provided within the limit (section 16).",
        )
    for number, text in enumerate(given.texts):
        near = " ".join(given.texts[number : number + 2])
        if _EXTENDED.search(text) and next(dates_in(near), None) is None:
            yield Issue(
                Kind.DATE,
                given.place(number),
                "More time is taken for the public interest. Give the day by which it will be "
                "decided (section 17(2)).",
            )
            return


# --- the notice against the answers ----------------------------------------------------------


def notice_and_answers(given: Given) -> Iterator[Issue]:
    """Find exemptions of the notice that no answer applies, and applied ones that it leaves out."""
    if given.regime != "foi":
        return
    start = given.first(_NOTICE)
    if start is None:
        return
    listing = _listing(given, start)
    listed = {one.section for one in given.citations if one.passage in listing}
    others = {
        one.section: one.passage
        for one in reversed(given.citations)
        if one.passage not in listing and one.exemption is not None
    }
    if not listed:
        return
    if _PLURAL.search(given.texts[start]) and len(_distinct(given, listing)) == 1:
        yield Issue(
            Kind.CONTRADICTION,
            given.place(start),
            "Exemptions are announced, and one is named. Name the others, or say exemption.",
        )
    for section, passage in others.items():
        if section not in listed:
            yield Issue(
                Kind.CONTRADICTION,
                given.place(passage),
                f"Section {section} is applied here and is not in the refusal notice.",
            )
    if len(listed) == 1 and not others:
        return
    for section in sorted(listed - _spoken_of(given, listing)):
        yield Issue(
            Kind.CONTRADICTION,
            given.place(start),
            f"Section {section} is in the refusal notice, and no answer applies it or says why.",
        )


def _listing(given: Given, start: int) -> range:
    """Give the passages of the notice: its own, and the short ones after it that cite sections."""
    cited = {one.passage for one in given.citations}
    end = start + 1
    while end < len(given.texts) and end in cited and len(given.texts[end]) <= _LISTING:
        end += 1
    return range(start, end)


def _distinct(given: Given, listing: range) -> set[str]:
    named = {
        one.exemption.citation if one.exemption else f"s{one.section}{''.join(one.parts)}"
        for one in given.citations
        if one.passage in listing
    }
    return {one for one in named if not any(other != one and one in other for other in named)}


def _spoken_of(given: Given, listing: range) -> set[str]:
    """Give the sections that are cited or called by their subject outside the notice."""
    found = {one.section for one in given.citations if one.passage not in listing}
    for number, text in enumerate(given.texts):
        if number not in listing:
            found.update(one for one, known in sections().items() if known.name.search(text))
    return found


_NEITHER = Expression(
    r"\bneither confirms?(?:ed)? nor den(?:y|ies|ied)|\bneither confirming nor denying"
)
_NOT_NEITHER = Expression(r"\bnot\b[^.;]{0,20}\bneither confirm")
_CONFIRMS = Expression(
    r"\bcan confirm that\b[^.;]{0,60}\b(?:holds?|is held|are held)\b"
    r"|\binformation (?:is|are) held\b|(?<!\bwhether )\b(?:we|I) (?:do )?hold"
    r" (?:the|this|some|all)\b"
    r"|\bplease find attached|\bsee (?:the )?attached"
)
_QUESTION = Expression(r"^(?:with regards? to |as to )?(?:Q(?:uestion)?s?\.?\s?)\d|^\(?\d{1,2}[.)]")
_SCOPED = Expression(
    r"\bQ(?:uestion)?s?\.? ?\d|\bpart\b|\bother\b|\bfurther\b|\badditional\b|\bin addition\b"
    r"|\bremain"
    r"|\bwith regards? to\b|\bas regards\b|\bin relation to (?:question|point)|\bif\b"
)


def neither(given: Given) -> Iterator[Issue]:
    """Find a confirmation beside a refusal to confirm or deny (section 1(1)(a))."""
    facts = given.facts
    of_all = facts is not None and facts.stance is Stance.NEITHER
    said = [
        (number, one)
        for number, one in given.sentences()
        if _NEITHER.search(one) and not _NOT_NEITHER.search(one)
    ]
    answers = _answers(given)
    unscoped = {answers[number] for number, one in said if not _SCOPED.search(one)}
    for number, sentence in given.sentences():
        if not _CONFIRMS.search(sentence) or _NEITHER.search(sentence):
            continue
        if of_all or (answers[number] in unscoped and not _SCOPED.search(sentence)):
            yield Issue(
                Kind.CONTRADICTION,
                given.place(number),
                "The letter neither confirms nor denies, and here it confirms. Take this out, or "
                "say which part of the request each is about.",
            )
    if (of_all or (facts is not None and Stance.NEITHER in facts.questions)) and not said:
        yield Issue(
            Kind.CONTRADICTION,
            WHOLE,
            "The case, or a question of it, is neither confirmed nor denied. "
            "The letter does not say so.",
        )
    yield from _without_limb(given, [number for number, _ in said])


def _without_limb(given: Given, said: list[int]) -> Iterator[Issue]:
    """Find a refusal to confirm or deny that cites no limb for it, where the law has such limbs."""
    limbs = [one.citation for one in exemptions(given.regime) if one.neither_confirm_nor_deny]
    is_cited = any(one.neither_confirm_nor_deny for one in given.relied_on.values())
    if said and limbs and not is_cited and not any(one.repealed for one in given.citations):
        yield Issue(
            Kind.LIMB,
            given.place(said[0]),
            "The letter neither confirms nor denies, and cites no limb for that "
            f"({asked_by(given.regime).limb_by}). Cite it, such as {_usual(limbs)}.",
        )


def _usual(limbs: list[str]) -> str:
    return next((one for one in limbs if one.endswith("(5B)(a)(i)")), limbs[0])


def _answers(given: Given) -> list[int]:
    """Give, for each passage, the heading of a question that it stands under; 0 for none."""
    found, current = [], 0
    for number, text in enumerate(given.texts):
        if len(text) <= _LISTING and _QUESTION.match(text):
            current = number
        found.append(current)
    return found


def log(given: Given) -> Iterator[Issue]:
    """Find limbs of the letter that the log does not rely on, and the other way about."""
    facts = given.facts
    if facts is None:
        return
    for citation, limb in given.relied_on.items():
        if citation not in facts.citations and not _is_elsewhere(given, limb):
            place = next(one.passage for one in given.citations if one.section == section_of(limb))
            yield Issue(
                Kind.LOG, given.place(place), f"{citation} is cited, and no decision rests on it."
            )
    for citation in facts.citations:
        if citation not in given.relied_on:
            yield Issue(
                Kind.LOG, WHOLE, f"Decisions rest on {citation}, and the letter does not cite it."
            )


def _is_elsewhere(given: Given, limb: Exemption) -> bool:
    """Say whether a limb is cited for what no decision is made about.

    That nothing is held is an exception under the Regulations (regulation 12(4)(a)), and the answer
    to a question; and the right of access is in the same article as what limits it.
    """
    facts, known = given.facts, sections(given.regime).get(section_of(limb))
    is_not_held = facts is not None and Stance.NOT_HELD in {facts.stance, *facts.questions}
    says_not_held = limb.needs_public_interest_test and not weighs(limb)
    gives_right = known is not None and known.gives_right
    return (says_not_held and is_not_held) or (gives_right and limb.cited.kind == "art")

"""A letter made ready for its checks: plain text, what it cites, what it says that it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from redactor.law.exemptions import Exemption, Standing, exemptions
from redactor.law.letters.citations import Citation, citations_in
from redactor.law.letters.expressions import Expression
from redactor.law.letters.model import WHOLE, CaseFacts, Letter
from redactor.law.letters.passages import plain

_SENTENCE = Expression(r"(?<=[.;!?]['\"]?)\s+(?=[A-Z'\"(])", as_written=True)
_FOI = Expression(r"freedom of information act|\bFOIA\b|freedom of information request")
_EIR = Expression(r"environmental information regulations|\bEIR\b")
_ACCESS = Expression(
    r"subject access|right of access|\barticle 15\b"
    r"|copy of (?:your|the) personal (?:data|information)"
)
_PART_3 = Expression(
    r"\bpart 3 of the (?:DPA|data protection act)|\bsection 45(?:\(4\))?\b.{0,40}data"
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_DATE = Expression(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{'|'.join(_MONTHS)}),? (?P<year>\d{{4}})\b"
    r"|\b(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})\b"
)
_REFUSES = Expression(
    r"\bwithh[eo]ld|\brefus(?:e|es|ed|al|ing)\b|\bexempt(?:ed)?\b|\bexemptions?\b"
    r"|\bneither confirm|\bredact(?:ed|ions?)\b"
)
_NO_REFUSAL = Expression(
    r"\b(?:no|nothing|none)\b.{0,40}\b(?:withheld|refused|exempt)"
    r"|\bnot\b.{0,20}\b(?:withheld|exempt)"
)


@dataclass(frozen=True)
class Given:
    """What the checks look at. Texts are plain: one kind of quotation mark and of dash."""

    letter: Letter
    facts: CaseFacts | None

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Give the passages as plain texts, in order."""
        return tuple(plain(one.text) for one in self.letter.passages)

    @cached_property
    def whole(self) -> str:
        """Give all of it as one text, a line for each passage."""
        return "\n".join(self.texts)

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Give what it cites of Part II of the Freedom of Information Act.

        Under another law none: there section 44 of the Act is one of another Act.
        """
        return citations_in(self.texts) if self.regime == "foi" else ()

    @cached_property
    def regime(self) -> str:
        """Give under which law it answers: what the case says, else what it speaks of."""
        if self.facts is not None:
            return self.facts.regime
        if _ACCESS.search(self.whole) and not _FOI.search(self.whole):
            return "sar-le" if _PART_3.search(self.whole) else "sar"
        if _EIR.search(self.whole) and not _FOI.search(self.whole):
            return "eir"
        return "foi"

    @cached_property
    def written(self) -> date | None:
        """Give the day that stands by itself near its head; None where none does."""
        for text in self.texts[:15]:
            days = list(dates_in(text))
            if len(days) == 1 and len(text) <= 40:
                return days[0]
        return None

    @cached_property
    def refuses(self) -> bool:
        """Say whether it withholds anything, or refuses to say whether it is held."""
        return any(
            _REFUSES.search(one) and not _NO_REFUSAL.search(one) for _, one in self.sentences()
        )

    @cached_property
    def relied_on(self) -> dict[str, Exemption]:
        """Give the limbs of the Act that it cites, by citation, in order.

        A subsection (2) of section 40 and a limb of it that are cited apart count as one.
        """
        named = [one.exemption for one in self.citations if not one.repealed]
        limbs = {part for one in self.citations if one.section == "40" for part in one.parts}
        if "(2)" in limbs:
            joined = {one.citation: one for one in exemptions() if one.label == "s40(2)"}
            named += [
                found
                for part in sorted(limbs - {"(2)"})
                if (found := joined.get(f"s40(2) by s40{part}")) is not None
            ]
        return {one.citation: one for one in named if one is not None}

    def standings(self, section: str) -> frozenset[Standing]:
        """Give the standings that a section can have in this letter, by the limbs that it cites."""
        of_section = [one for one in exemptions() if section_of(one) == section]
        cited = [one for one in self.relied_on.values() if section_of(one) == section]
        return frozenset(
            one.standing for one in cited or of_section if not one.neither_confirm_nor_deny
        )

    def place(self, passage: int) -> str:
        """Give the place of a passage by its number, from 0."""
        return self.letter.passages[passage].place

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Give every sentence with the number of its passage."""
        for number, text in enumerate(self.texts):
            for one in _SENTENCE.split(text):
                yield number, one

    def first(self, expression: Expression) -> int | None:
        """Give the number of the first passage in which something stands; None for none."""
        return next((n for n, text in enumerate(self.texts) if expression.search(text)), None)

    def place_of(self, expression: Expression) -> str:
        """Give the place of the first passage in which something stands, or that of the letter."""
        number = self.first(expression)
        return WHOLE if number is None else self.place(number)


def section_of(exemption: Exemption) -> str:
    """Give the number of the section that a limb is in."""
    return exemption.label.removeprefix("s").partition("(")[0]


def dates_in(text: str) -> Iterator[date]:
    """Give the days that a text names in full; one that cannot be is passed over."""
    for found in _DATE.each(text):
        if found["month"]:
            given = int(found["year"]), _MONTHS.index(found["month"].lower()) + 1, int(found["day"])
        else:
            given = int(found["y"]), int(found["m"]), int(found["d"])
        try:
            yield date(*given)
        except ValueError:
            continue

"""A letter made ready for its checks: plain text, what it cites, what it says that it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from redactor.law.exemptions import Exemption, Standing, exemptions
from redactor.law.letters.citations import Citation, citations_in, section_of, short_of
from redactor.law.letters.data import sections
from redactor.law.letters.expressions import Expression
from redactor.law.letters.model import WHOLE, CaseFacts, Letter
from redactor.law.letters.passages import plain
from redactor.law.regimes import Regime

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
    r"|\bneither confirm|\bredact(?:ed|ions?)\b|\bright\b[^.;]{0,30}\bis restricted\b"
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
        """Give what it cites of the law that it answers under."""
        return citations_in(self.texts, self.regime)

    @cached_property
    def foreign(self) -> tuple[Citation, ...]:
        """Give the limbs of other laws that it cites, as far as their numbers tell them apart.

        Two laws meet by themselves in some places, and what is cited there is passed over: section
        39 of the Freedom of Information Act sends environmental information to its Regulations, and
        where a person could not obtain their own data, it is a limb of that law that says so.
        """
        meets_eir = any(one.section == "39" for one in citations_in(self.texts, "foi"))
        meets_access = any("access_exemption" in one.requires for one in self.relied_on.values())
        others = set(Regime) - {Regime(self.regime)}
        if meets_access:
            others -= {Regime.SAR, Regime.SAR_LE}
        if meets_eir:
            others -= {Regime.FOI, Regime.EIR}
        return tuple(
            one
            for other in sorted(others)
            for one in citations_in(self.texts, other)
            if one.exemption is not None and self._is_certain(one)
        )

    def _is_certain(self, one: Citation) -> bool:
        """Say whether a citation is of the law whose numbers it has, and not of this one's."""
        if one.kind == "s" and not (one.regime == "foi" and self.regime == "eir"):
            return one.is_named or len(one.parts) > 1
        return one.kind != "art"

    @cached_property
    def keeps_own_data(self) -> bool:
        """Say whether it answers under a right of access to the requester's own data."""
        return Regime(self.regime).words.keeps_own_data

    @cached_property
    def regime(self) -> str:
        """Give under which law it answers: what the case says, else what it speaks of first."""
        if self.facts is not None:
            return self.facts.regime
        foi, eir = _FOI.search(self.whole), _EIR.search(self.whole)
        if eir and (not foi or eir.start() < foi.start()):
            return "eir"
        if _ACCESS.search(self.whole) and not foi:
            return "sar-le" if _PART_3.search(self.whole) else "sar"
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
        """Give the limbs of its law that it cites, by citation, in order.

        A subsection and a limb of it that are cited apart count as one.
        """
        named = [one.exemption for one in self.citations if not one.repealed]
        known = {one.citation: one for one in exemptions(self.regime)}
        for number, section in sections(self.regime).items():
            here = [one for one in self.citations if one.section == number]
            parts = {part for one in here for part in one.parts}
            for first in section.joined if here else ():
                short = short_of(here[0].kind, number)
                named += [
                    known.get(f"{short}{first} by {short}{part}")
                    for part in sorted(parts)
                    if first in parts
                ]
        return {one.citation: one for one in named if one is not None}

    def standings(self, one: Citation) -> frozenset[Standing]:
        """Give the standings that what is cited can have in this letter.

        Of a limb its own; of a section without one, those of its limbs that the letter cites.
        """
        if one.exemption is not None:
            return frozenset({one.exemption.standing})
        of_section = [each for each in exemptions(self.regime) if section_of(each) == one.section]
        cited = [each for each in self.relied_on.values() if section_of(each) == one.section]
        among = cited or of_section
        begun = [each for each in among if each.cited.numbers.startswith(f"{one.numbers}(")]
        if not one.parts or not begun:
            begun = [each for each in among if not each.neither_confirm_nor_deny]
        return frozenset(each.standing for each in begun)

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

"""A citation of any of the laws, reduced to what it names, however it is spaced or introduced."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: The names of the laws, taken out before numbers are read: their years are no sections.
_LAWS = {
    "foi": re.compile(r"(?:the )?freedom of information act(?:,? 2000)?|\bfoia?(?: 2000)?\b"),
    "eir": re.compile(
        r"(?:the )?environmental information regulations(?:,? 2004)?|\beirs?(?: 2004)?\b"
    ),
    "dpa": re.compile(r"(?:the )?data protection act(?:,? 2018)?|\bdpa(?: 2018)?\b"),
    "gdpr": re.compile(
        r"(?:the )?(?:uk )?general data protection regulation|\b(?:the )?(?:uk )?gdpr\b"
    ),
}
#: What kind of provision it is. Each is put in capitals: no letter of a number is taken for it.
_KINDS = {
    "SCH": re.compile(r"\bschedules?\b|\bsch(?:ed)?\b\.?(?=[\s\d])|\bsch(?=\d)"),
    "PARA": re.compile(r"\bparagraphs?\b|\bparas?\b|\bparas?(?=\d)"),
    "REG": re.compile(r"\bregulations?\b|\bregs?\b|\bregs?(?=\d)|\br(?=\d)"),
    "ART": re.compile(r"\barticles?\b|\barts?\b|\barts?(?=\d)"),
    "S": re.compile(r"\bsections?\b|\bss?(?=[\s.\d])"),
}
#: What may stand in a citation besides its law, its numbers, and what kind of provision it is.
_FILLER = re.compile(r"by virtue of|by reason of|\bthe act\b|\bby\b|\band\b|\bof\b|\bto\b|\bthe\b")
_TOKEN = re.compile(r"\d+[a-z]?|\([0-9a-z]+\)|[A-Z]+")
_SPACES = re.compile(r"[&.,;:\s]+")
_PARAGRAPH = r"\d+[a-z]?(?:\([0-9a-z]+\))*"
_SCHEDULED = (
    re.compile(rf"SCH(?P<schedule>\d+)PARA(?P<paragraph>{_PARAGRAPH})"),
    re.compile(rf"PARA(?P<paragraph>{_PARAGRAPH})SCH(?P<schedule>\d+)"),
)


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation names.

    Attributes:
        numbers: ``40(2)(3a)(a)``; a paragraph of a schedule is ``2:16``.
        kind: ``s``, ``reg``, ``art`` or ``sch``; empty where only numbers are given.
        law: ``foi``, ``eir``, ``dpa`` or ``gdpr``; empty where it is not named.
    """

    numbers: str
    kind: str = ""
    law: str = ""

    def is_met_by(self, other: Cited) -> bool:
        """Say whether another, which is complete, is what this one may mean."""
        return (
            self.numbers == other.numbers
            and self.kind in ("", other.kind)
            and self.law in ("", other.law)
        )


def read_citation(citation: str) -> Cited | None:
    """Read a citation; None where anything else stands in it, or no number."""
    text = citation.casefold()
    laws = []
    for law, name in _LAWS.items():
        text, found = name.subn(" ", text)
        laws += [law] * bool(found)
    for kind, word in _KINDS.items():
        text = word.sub(f" {kind} ", text)
    text = _SPACES.sub("", _FILLER.sub(" ", text))
    tokens: list[str] = _TOKEN.findall(text)
    if "".join(tokens) != text or len(laws) > 1:
        return None
    law = laws[0] if laws else ""
    kinds = {one for one in tokens if one in _KINDS}
    if kinds & {"SCH", "PARA"}:
        return _of_schedule(text, law)
    numbers = [one for one in tokens if one not in _KINDS]
    if len(kinds) > 1 or not numbers or numbers[0].startswith("("):
        return None
    rest = [one for one in numbers[1:] if one != numbers[0]]
    if any(not one.startswith("(") for one in rest):
        return None
    return Cited(numbers[0] + "".join(rest), "".join(kinds).lower(), law)


def _of_schedule(text: str, law: str) -> Cited | None:
    for form in _SCHEDULED:
        if found := form.fullmatch(text):
            return Cited(f"{found['schedule']}:{found['paragraph']}", "sch", law)
    return None

"""Citations of the exemptions of the Freedom of Information Act 2000, as letters write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redactor.errors import UsageError
from redactor.law.exemptions import Exemption, exemption_named, exemptions
from redactor.law.letters.data import sections
from redactor.law.letters.expressions import Expression

_SECTION = r"(?:2[1-9]|3\d|4[0-4])A?"
_GROUP = r"(?:\s?\(\s?\d{1,2}[A-Z]{0,2}\s?\)?|\s?\(\s?(?:[A-Z]|[ivx]{2,4}|a[abcd])\s?\))"
_JOINT = (
    r"(?:by virtue of|by reason of|by way of|together with|read with|with|via|by|and|or|to|&|,|/|-)"
)
_CITED = Expression(
    rf"(?<![\w./£-])(?P<word>sections?\s?|\bss?\.?\s?)?(?P<section>{_SECTION})"
    rf"(?P<groups>{_GROUP}+)?(?![\w%])(?!\.\d)"
    rf"(?P<more>(?:\s?{_JOINT}\s?(?:(?:and|or)\s)?(?:sections?\s?|ss?\.?\s?)?"
    rf"(?:{_SECTION})?{_GROUP}+)*)"
)
_LISTED = Expression(
    rf"\bsections\s(?P<list>{_SECTION}(?:,\s?{_SECTION})*,?\s(?:and|or|&)\s{_SECTION})(?![\w(%])"
)
_STEP = re.compile(
    rf"\s?(?P<joint>{_JOINT})\s?(?:(?:and|or)\s)?(?:sections?\s?|ss?\.?\s?)?"
    rf"(?P<section>{_SECTION})?(?P<groups>{_GROUP}+)",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"\(\s?(\w+)\s?\)?")
#: What comes before a number that is of no section of the Act.
_OTHER_BEFORE = Expression(
    r"(?:\b(?:articles?|art|regulations?|regs?|paragraphs?|paras?|schedules?|sch|rules?|recitals?"
    r"|parts?|annex|step|table|question|questions|page|pages|DPA|DPA 2018|act 2018|act 1998"
    r"|UKUT|UKFTT|EWCA|EWHC)\.?,?\s(?:\d[\w()]*(?:,| and| or| &|-)\s?)*)$"
)
_TITLE_WORD = r"(?:[A-Z][\w'-]*|of|and|the|\([A-Z][^)]*\))"
#: What comes after a section of another enactment.
_LAW_AFTER = Expression(
    r"^\W{0,3}(?:\([^)]*\)\s)?(?:\W*(?:and|or)\s[\d()A-Za-z]{1,12}\s)?"
    rf"(?:of|to|in|under)\s(?:the\s)?(?P<law>{_TITLE_WORD}(?:\s{_TITLE_WORD})*)",
    as_written=True,
)
_AN_ENACTMENT = re.compile(r"\b(?:Act|Regulations?|Order|Rules|GDPR|DPA|EIR|Code)\b")
_THE_ACT = re.compile(r"^(?:Freedom of Information|FOIA?\b|Act\b(?! \d))")


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation of a section of Part II of the Act.

    Attributes:
        passage: the number of the passage that it stands in, from 0; ``start`` is where in it.
        section: its number (``40``).
        parts: subsections and paragraphs, one string for each that is named one after the other
            (``(2)``, ``(3A)(a)``); empty where none is.
        faults: what is wrong with its form, as sentences.
        repealed: why it cannot be cited any more.
    """

    passage: int
    start: int
    section: str
    parts: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    repealed: str = ""

    @property
    def exemption(self) -> Exemption | None:
        """Give the limb; None where it names none of several."""
        named = " by ".join(f"s{self.section}{part}" for part in self.parts or ("",))
        return _named(named) or _only_limb(self.section, self.parts)


def _named(citation: str) -> Exemption | None:
    try:
        return exemption_named(citation)
    except UsageError:
        return None


def _only_limb(section: str, parts: tuple[str, ...]) -> Exemption | None:
    """Give the limb of a section that has no other, cited without it or more closely."""
    limbs = [
        one
        for one in exemptions()
        if one.label.partition("(")[0] == f"s{section}" and not one.neither_confirm_nor_deny
    ]
    if len(limbs) != 1 or (parts and limbs[0].label != f"s{section}"):
        return None
    return limbs[0]


def citations_in(texts: Sequence[str]) -> tuple[Citation, ...]:
    """Find every citation in some passages, in order."""
    return tuple(
        one for number, text in enumerate(texts) for one in sorted(_in(number, text), key=_start)
    )


def _start(one: Citation) -> int:
    return one.start


def _in(number: int, text: str) -> Iterator[Citation]:
    taken: set[int] = set()
    for found in _CITED.each(text):
        word, groups = found["word"], found["groups"]
        is_bare = not word and (not groups or groups[0].isspace())
        if is_bare or _is_of_another(text, found.start(), found.end()):
            continue
        taken.add(found.start("section"))
        yield from _read(number, found)
    for found in _LISTED.each(text):
        if _is_of_another(text, found.start(), found.end()):
            continue
        for one in re.finditer(r"\d+A?", found["list"]):
            at = found.start("list") + one.start()
            if at not in taken:
                yield Citation(number, at, one[0].upper())


def _is_of_another(text: str, start: int, end: int) -> bool:
    """Say whether a section is one of another enactment."""
    if _OTHER_BEFORE.search(text[max(0, start - 60) : start]):
        return True
    after = _LAW_AFTER.match(text[end : end + 120])
    if after is None:
        return False
    law = after["law"]
    return bool(_AN_ENACTMENT.search(law)) and not _THE_ACT.match(law)


def _read(number: int, found: re.Match[str]) -> Iterator[Citation]:
    """Give what one stretch of numbers and brackets cites: one citation, or several."""
    section, start = found["section"].upper(), found.start()
    written = _pieces(found["groups"] or "")
    parts: list[str] = ["".join(written)] if written else []
    faults = list(_form_faults(section, found["groups"] or "", written))
    for step in _STEP.finditer(found["more"] or ""):
        other, pieces = (step["section"] or section).upper(), _pieces(step["groups"])
        faults_of_step = list(_form_faults(other, step["groups"], pieces))
        if other == section == "40" and parts[:1] == ["(2)"] and _is_condition(pieces):
            parts.append("".join(pieces))
            faults += faults_of_step
            if not step["section"]:
                faults.append(
                    "It does not say how the limb belongs to the subsection. "
                    f"Write s40(2) by virtue of s40{parts[-1]}."
                )
            continue
        yield _citation(number, start, section, parts, faults)
        section, start, faults = other, found.start("more") + step.start(), faults_of_step
        if pieces and not step["section"] and parts:
            pieces = _beside(_pieces(parts[-1]), pieces)
        parts = ["".join(pieces)]
    yield _citation(number, start, section, parts, faults)


def _citation(
    number: int, start: int, section: str, parts: list[str], faults: list[str]
) -> Citation:
    if section == "40" and parts[:1] and parts[0].startswith(("(2)(3A)", "(2)(3B)", "(2)(4A)")):
        limb = parts[0].removeprefix("(2)")
        parts = ["(2)", limb]
        faults = [*faults, f"{limb} is no part of (2). Write s40(2) by virtue of s40{limb}."]
    known, repealed = sections().get(section), ""
    if known is None:
        faults = [*faults, f"The Act has no exemption in section {section}."]
    elif not any("A bracket" in one for one in faults):
        for part in parts:
            first = _pieces(part)[0]
            if first in known.repealed:
                repealed = f"s{section}{part}: {known.by}"
            elif part not in known.parts:
                faults = [*faults, f"There is no s{section}{part}. Look the section up."]
    return Citation(number, start, section, tuple(parts), tuple(faults), repealed)


def _pieces(groups: str) -> list[str]:
    """Give the brackets one by one, as the Act writes them: ``(3A)``, ``(a)``, ``(ii)``."""
    return [
        f"({one.upper() if one[0].isdigit() else one.lower()})" for one in _INSIDE.findall(groups)
    ]


def _is_condition(pieces: list[str]) -> bool:
    return bool(pieces) and pieces[0] in {"(3A)", "(3B)", "(4A)"}


def _beside(before: list[str], pieces: list[str]) -> list[str]:
    """Give in full what goes on from the citation before it: ``31(1)(a) and (b)``."""
    if pieces[0][1].isdigit():
        return pieces
    depth = len(before) - 1 if len(before) > 1 else 1
    if depth > 1 and not re.fullmatch(r"\([ivx]+\)", pieces[0]):
        depth = 1
    return [*before[:depth], *pieces]


def _form_faults(section: str, groups: str, pieces: list[str]) -> Iterator[str]:
    if groups.count("(") != groups.count(")"):
        yield "A bracket is missing in the citation."
    for given, as_it_is in zip(_INSIDE.findall(groups), pieces, strict=True):
        if given[0].isdigit() and f"({given})" != as_it_is:
            yield f"The subsection is written s{section}{as_it_is}, with a capital."

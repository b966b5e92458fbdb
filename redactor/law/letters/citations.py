"""Citations of the grounds of a law, as letters write them.

Which provisions a law has, and how letters write them, is data (``resources/law``). The reader is
the same for sections, regulations, articles and paragraphs of schedules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from redactor.law.citing import read_citation
from redactor.law.exemptions import Exemption, exemptions, law_of
from redactor.law.letters.data import Form, Section, forms, sections
from redactor.law.letters.written import AN_ENACTMENT, LAW_AFTER, patterns, schedule_patterns
from redactor.law.regimes import Regime

_INSIDE = re.compile(r"\(\s?(\w+)\s?\)?")
_SCHEDULED = "sch"
_SHORT = {"s": "s{}", "reg": "reg {}", "art": "Art {}", "sch": "Sch {} para {}"}
_LONG = {
    "s": "Section {}",
    "reg": "Regulation {}",
    "art": "Article {}",
    "sch": "Paragraph {1} of Schedule {0}",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation of a provision that grounds are found under.

    Attributes:
        passage: the number of the passage that it stands in, from 0; ``start`` is where in it.
        section: its number (``40``); a paragraph of a schedule is ``2:16``.
        parts: subsections and paragraphs, one string for each that is named one after the other
            (``(2)``, ``(3A)(a)``); empty where none is.
        faults: what is wrong with its form, as sentences.
        repealed: why it cannot be cited any more.
        regime, kind: the law that it is of, and ``s``, ``reg``, ``art`` or ``sch``.
        is_named: the law is named right beside it.
    """

    passage: int
    start: int
    section: str
    parts: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    repealed: str = ""
    regime: str = "foi"
    kind: str = "s"
    is_named: bool = False

    @property
    def exemption(self) -> Exemption | None:
        """Give the limb; None where it names none of several."""
        among = law_of(self.regime).by_numbers.get(self.numbers, ())
        return next((one for one in among if one.cited.kind == self.kind), None) or self._only_limb

    @property
    def numbers(self) -> str:
        """Give it as ``Cited.numbers`` does."""
        return f"{self.section}{''.join(self.parts)}".lower()

    @property
    def written(self) -> str:
        """Give what it names, as the files of exemptions write it: ``s40(2)``."""
        return f"{short_of(self.kind, self.section)}{''.join(self.parts)}"

    @property
    def called(self) -> str:
        """Give the section, regulation, article or paragraph as a sentence begins with it."""
        return _LONG[self.kind].format(*self.section.split(":"))

    @property
    def _only_limb(self) -> Exemption | None:
        """Give the limb of a section that has no other, cited without it or more closely."""
        limbs = [
            one
            for one in exemptions(self.regime)
            if section_of(one) == self.section and not one.neither_confirm_nor_deny
        ]
        if len(limbs) != 1 or (self.parts and "(" in limbs[0].cited.numbers):
            return None
        return limbs[0]


def section_of(exemption: Exemption) -> str:
    """Give the number of the section that a limb is in, as ``Citation.section``."""
    return exemption.cited.numbers.partition("(")[0].upper()


def short_of(kind: str, section: str) -> str:
    """Give a section as the files of exemptions write it: ``s40``, ``Sch 2 para 16``."""
    return _SHORT[kind].format(*section.split(":"))


def citations_in(texts: Sequence[str], regime: str = "foi") -> tuple[Citation, ...]:
    """Find every citation of a law in some passages, in order."""
    return tuple(
        one
        for number, text in enumerate(texts)
        for one in sorted(_in(number, text, regime), key=lambda one: one.start)
    )


def _in(number: int, text: str, regime: str) -> Iterator[Citation]:
    for form in forms(regime):
        yield from (_scheduled if form.kind == _SCHEDULED else _numbered)(number, text, form)


# --- sections, regulations and articles -------------------------------------------------------


def _numbered(number: int, text: str, form: Form) -> Iterator[Citation]:
    known = patterns(form)
    taken: set[int] = set()
    for found in known.cited.each(text):
        word, groups = found["word"], found["groups"]
        is_bare = not word and (not groups or groups[0].isspace())
        is_other = not word and known.word_before.search(
            text[max(0, found.start() - 60) : found.start()]
        )
        if is_bare or is_other or _is_of_another(text, found, form):
            continue
        taken.add(found.start("section"))
        yield from _read(number, found, form, is_named=_is_named(text, found, form))
    for found in known.listed.each(text):
        if _is_of_another(text, found, form):
            continue
        for one in re.finditer(r"\d+A?", found["list"]):
            at = found.start("list") + one.start()
            if at not in taken:
                yield Citation(number, at, one[0].upper(), regime=form.regime, kind=form.kind)


def _is_of_another(text: str, found: Any, form: Form) -> bool:
    """Say whether a provision is one of another enactment."""
    known = schedule_patterns(form) if form.kind == _SCHEDULED else patterns(form)
    if form.kind != _SCHEDULED:
        before = text[max(0, found.start() - 60) : found.start()]
        if patterns(form).law_before.search(before):
            return True
    after = LAW_AFTER.match(text[found.end() : found.end() + 120])
    if after is None:
        return False
    law = after["law"]
    return bool(AN_ENACTMENT.search(law)) and not known.own_law.search(law)


def _is_named(text: str, found: Any, form: Form) -> bool:
    """Say whether the name of its law stands right beside a citation."""
    known = schedule_patterns(form) if form.kind == _SCHEDULED else patterns(form)
    after = LAW_AFTER.match(text[found.end() : found.end() + 120])
    near = text[max(0, found.start() - 30) : found.start()]
    return bool((after and known.named.search(after["law"])) or known.named.search(near))


def _read(number: int, found: Any, form: Form, *, is_named: bool) -> Iterator[Citation]:
    """Give what one stretch of numbers and brackets cites: one citation, or several."""
    section, start = found["section"].upper(), found.start()
    written = _pieces(found["groups"] or "")
    parts: list[str] = ["".join(written)] if written else []
    faults = list(_form_faults(short_of(form.kind, section), found["groups"] or "", written))
    for step in patterns(form).step.each(found["more"] or ""):
        other, pieces = (step["section"] or section).upper(), _pieces(step["groups"])
        short = short_of(form.kind, other)
        faults_of_step = list(_form_faults(short, step["groups"], pieces))
        if other == section and len(parts) == 1 and _is_joined(form, section, parts[0], pieces):
            parts.append("".join(pieces))
            faults += faults_of_step
            if not step["section"]:
                whole = f"{short}{parts[0]} by virtue of {short}{parts[-1]}"
                faults.append(
                    f"It does not say how the limb belongs to the subsection. Write {whole}."
                )
            continue
        yield _citation(number, start, section, parts, faults, form, is_named=is_named)
        section, start, faults = other, found.start("more") + step.start(), faults_of_step
        if pieces and not step["section"] and parts:
            pieces = _beside(_pieces(parts[-1]), pieces)
        parts = ["".join(pieces)]
    yield _citation(number, start, section, parts, faults, form, is_named=is_named)


def _is_joined(form: Form, section: str, first: str, pieces: list[str]) -> bool:
    """Say whether a part is a condition of the part before it, and no citation of its own."""
    known = sections(form.regime).get(section)
    return known is not None and bool(pieces) and pieces[0] in known.joined.get(first, ())


def _citation(
    number: int,
    start: int,
    section: str,
    parts: list[str],
    faults: list[str],
    form: Form,
    *,
    is_named: bool,
) -> Citation:
    known, repealed = sections(form.regime).get(section), ""
    parts, faults = _parted(known, short_of(form.kind, section), parts, faults)
    made = Citation(number, start, section, tuple(parts), regime=form.regime, kind=form.kind)
    if known is None:
        faults = [*faults, *_unknown(made)]
    elif not any("A bracket" in one for one in faults):
        for part in parts:
            if _pieces(part)[0] in known.repealed:
                repealed = f"{short_of(form.kind, section)}{part}: {known.by}"
            elif known.parts and part not in known.parts:
                faults = [
                    *faults,
                    f"There is no {short_of(form.kind, section)}{part}. Look it up.",
                ]
    return Citation(
        number,
        start,
        section,
        tuple(parts),
        tuple(faults),
        repealed or _gone(made),
        form.regime,
        form.kind,
        is_named,
    )


def _parted(
    known: Section | None, short: str, parts: list[str], faults: list[str]
) -> tuple[list[str], list[str]]:
    """Part what was written in one, though it is two: ``40(2)(3A)(a)``."""
    for first, then in known.joined.items() if known is not None and parts else ():
        limb = parts[0].removeprefix(first)
        if limb != parts[0] and limb.startswith(then):
            fault = (
                f"{limb} is no part of {first}. Write {short}{first} by virtue of {short}{limb}."
            )
            return [first, limb], [*faults, fault]
    return parts, faults


def _unknown(one: Citation) -> Iterator[str]:
    """Say that no ground is found under a section at all."""
    if all(section_of(each) != one.section for each in exemptions(one.regime)):
        ground = Regime(one.regime).words.withheld_by
        yield f"There is no {ground} in {one.called[0].lower()}{one.called[1:]}."


def _gone(one: Citation) -> str:
    """Say what took the place of a limb that the law's own file says was repealed."""
    for gone in law_of(one.regime).repealed:
        was = read_citation(gone.citation)
        if was is not None and (was.kind, was.numbers) == (one.kind, one.numbers):
            since = f"{gone.since.day} {gone.since:%B %Y}"
            return (
                f"{gone.citation} was repealed on {since}. Cite {gone.instead}, where it applies."
            )
    return ""


def _pieces(groups: str) -> list[str]:
    """Give the brackets one by one, as the law writes them: ``(3A)``, ``(a)``, ``(ii)``."""
    return [
        f"({one.upper() if one[0].isdigit() else one.lower()})" for one in _INSIDE.findall(groups)
    ]


def _beside(before: list[str], pieces: list[str]) -> list[str]:
    """Give in full what goes on from the citation before it: ``31(1)(a) and (b)``."""
    if pieces[0][1].isdigit():
        return pieces
    depth = len(before) - 1 if len(before) > 1 else 1
    if depth > 1 and not re.fullmatch(r"\([ivx]+\)", pieces[0]):
        depth = 1
    return [*before[:depth], *pieces]


def _form_faults(short: str, groups: str, pieces: list[str]) -> Iterator[str]:
    if groups.count("(") != groups.count(")"):
        yield "A bracket is missing in the citation."
    for given, as_it_is in zip(_INSIDE.findall(groups), pieces, strict=True):
        if given[0].isdigit() and f"({given})" != as_it_is:
            yield f"The subsection is written {short}{as_it_is}, with a capital."


# --- paragraphs of schedules ------------------------------------------------------------------


def _scheduled(number: int, text: str, form: Form) -> Iterator[Citation]:
    known = schedule_patterns(form)
    for expression in known.cited:
        for found in expression.each(text):
            if not _is_of_another(text, found, form):
                is_named = _is_named(text, found, form)
                yield from _paragraphs(number, found, form, is_named=is_named)


def _paragraphs(number: int, found: Any, form: Form, *, is_named: bool) -> Iterator[Citation]:
    """Give the paragraphs that are listed: ``2(1)(a) and (b), and 16``."""
    schedule, paragraph = found["schedule"], ""
    before: list[str] = []
    last = dict(form.last)[schedule]
    for item in schedule_patterns(form).item.each(found["list"]):
        if not item[0].strip():
            continue
        pieces = _pieces(item["groups"] or "")
        if item["number"]:
            paragraph = item["number"].upper()
        elif pieces:
            pieces = _beside(before, pieces) if before else pieces
        before = pieces
        section = f"{schedule}:{paragraph}"
        faults = list(
            _form_faults(
                short_of(form.kind, section), item["groups"] or "", _pieces(item["groups"] or "")
            )
        )
        if int(re.sub(r"\D", "", paragraph)) > last:
            faults.append(f"Schedule {schedule} has no paragraph {paragraph}. Look it up.")
        yield Citation(
            number,
            found.start("list") + item.start(),
            section,
            ("".join(pieces),) if pieces else (),
            tuple(faults),
            "",
            form.regime,
            form.kind,
            is_named,
        )

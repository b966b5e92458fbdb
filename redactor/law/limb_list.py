"""The limbs of a law as a list to choose from: by section, and found by number or words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from redactor.law.limbs import Exemption

_UNITS = {"s": "Section", "reg": "Regulation", "art": "Article", "sch": "Schedule"}


def by_section(limbs: Iterable[Exemption]) -> tuple[tuple[str, tuple[Exemption, ...]], ...]:
    """Give limbs under the heading of their section.

    Sections stand in the order in which the first limb of each is given, the commonest first.
    """
    groups: dict[tuple[str, str, str], list[Exemption]] = {}
    for one in limbs:
        groups.setdefault(_section(one), []).append(one)
    return tuple((_heading(group), tuple(group)) for group in groups.values())


def finds(asked: str, limb: Exemption) -> bool:
    """Say whether every word that is looked for stands in what a limb is called or says.

    Numbers are found however they are introduced: ``s36``, ``s.36``, ``section 36``, ``36(2)``.
    """
    words = asked.casefold().replace("s.", "s").split()
    said = _said(limb)
    return bool(words) and all(one in said for one in words)


def _said(limb: Exemption) -> str:
    unspaced = limb.citation.replace(" ", "")
    section = f"{_UNITS.get(limb.cited.kind, '')} {_number(limb)}"
    told = (limb.citation, unspaced, section, limb.title, limb.letter, limb.note)
    return " ".join(told).casefold()


def _section(limb: Exemption) -> tuple[str, str, str]:
    return limb.cited.law, limb.cited.kind, limb.section


def _number(limb: Exemption) -> str:
    return limb.section.removeprefix("Sch ")


def _heading(limbs: Sequence[Exemption]) -> str:
    """Name a section, and what it is about where all its limbs begin with that."""
    first = limbs[0]
    named = f"{_UNITS.get(first.cited.kind, '')} {_number(first)}".strip()
    topics = {
        one.title.partition(":")[0] if ":" in one.title else ""
        for one in limbs
        if not one.neither_confirm_nor_deny
    }
    topic = topics.pop() if len(topics) == 1 else ""
    return f"{named}: {topic}" if topic else named

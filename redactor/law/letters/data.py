"""The wordings and the provisions that letters are checked by, read from ``resources/law``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from redactor.config import resource_path
from redactor.law.letters.expressions import Expression
from redactor.law.letters.model import Kind

_FILE = "letter_checks.toml"
_RANGE = re.compile(r"\(([a-z]+)-([a-z]+)\)$")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording that is wrong wherever it stands.

    Attributes:
        unless: lets a paragraph pass in which it stands.
        defined: lets the whole letter pass.
        since: the first day from which it is wrong, by the date of the letter.
        regimes: in which it is looked for; empty for all.
    """

    kind: Kind
    pattern: Expression
    message: str
    unless: Expression | None = None
    defined: Expression | None = None
    since: date | None = None
    regimes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """A section, regulation or article that grounds for withholding are found under.

    Attributes:
        number: as ``40``; a paragraph of a schedule is ``2:16``.
        name: how a letter calls its subject.
        parts: every subsection and paragraph that there is, as ``(1)(a)``; empty where that is not
            known.
        joined: the parts that are cited together with others to make a limb, by the first.
        repealed: subsections that there were.
        by: what is to be cited instead of those.
        gives_right: it gives the right of access itself, so that it may be named without a limb.
        has_interest: the public interest is spoken of in it, though it is not weighed.
    """

    number: str
    name: Expression
    parts: frozenset[str]
    joined: Mapping[str, tuple[str, ...]]
    repealed: frozenset[str]
    by: str
    gives_right: bool
    has_interest: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """By which provisions a law asks for something of a letter; empty where it does not ask.

    Attributes:
        standing_by: the public interest is weighed in some grounds.
        limb_by, fact_by, ground_by, reason_by, weighing_by: the limb, the fact that something is
            withheld, the ground, the reason, and how the public interest was weighed are told.
        presumption: there is a presumption in favour of disclosure, under ``presumed_in``.
    """

    standing_by: str = ""
    limb_by: str = ""
    fact_by: str = ""
    ground_by: str = ""
    reason_by: str = ""
    weighing_by: str = ""
    presumption: str = ""
    presumed_in: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """How letters write the provisions of a law that are of one kind.

    Attributes:
        kind: ``s``, ``reg``, ``art`` or ``sch``, as in ``Cited``.
        numbers: a pattern of the numbers that grounds are found under.
        law: a pattern of the names of the law.
        last: the number of the last paragraph of each schedule.
    """

    regime: str
    kind: str
    numbers: str
    law: str
    last: tuple[tuple[str, int], ...] = ()


@cache
def wordings() -> tuple[Wording, ...]:
    """Give every wording."""
    return tuple(
        Wording(
            Kind(one["kind"]),
            Expression(one["pattern"], as_written=one.get("as_written", False)),
            one["message"],
            Expression(one["unless"]) if "unless" in one else None,
            Expression(one["defined"], as_written=True) if "defined" in one else None,
            one.get("since"),
            frozenset(one.get("regimes", ())),
        )
        for one in _read()["wording"]
    )


@cache
def sections(regime: str = "foi") -> dict[str, Section]:
    """Give the provisions of a law by their numbers."""
    return {
        one["number"]: Section(
            one["number"],
            Expression(rf"\b(?:{one['name']})\b"),
            frozenset(part for given in one.get("parts", ()) for part in _expanded(given)),
            {first: tuple(then) for first, then in one.get("joined", {}).items()},
            frozenset(one.get("repealed", ())),
            one.get("by", ""),
            one.get("right", False),
            one.get("interest", False),
        )
        for one in _read()["section"]
        if one.get("regime", "foi") == regime
    }


@cache
def asked_by(regime: str) -> Asked:
    """Give what a law asks for, each with its provision."""
    given = _read()["law"][regime]
    return Asked(**{key: said for key, said in given.items() if key != "source"})


@cache
def forms(regime: str) -> tuple[Form, ...]:
    """Give how letters write the provisions of a law."""
    return tuple(
        Form(regime, one["kind"], one["numbers"], one["law"], tuple(one.get("last", {}).items()))
        for one in _read()["form"]
        if one["regime"] == regime
    )


def _expanded(given: str) -> list[str]:
    """Give the parts that ``(1)(a-c)`` stands for, and what they are parts of."""
    ranged = _RANGE.search(given)
    if ranged is None:
        found = [given]
    else:
        head, first, last = given[: ranged.start()], ranged[1], ranged[2]
        if first == "i":
            steps = _ROMAN[: _ROMAN.index(last) + 1]
        else:
            steps = tuple(chr(one) for one in range(ord(first), ord(last) + 1))
        found = [f"{head}({one})" for one in steps]
    groups = re.findall(r"\([^)]+\)", found[0])
    return [*found, *("".join(groups[:count]) for count in range(1, len(groups)))]


@cache
def _read() -> dict[str, Any]:
    with resource_path("law", _FILE).open("rb") as file:
        return tomllib.load(file)

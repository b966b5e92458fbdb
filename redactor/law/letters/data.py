"""The wordings and the sections that letters are checked by, read from ``resources/law``."""

from __future__ import annotations

import re
import tomllib
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
    """A section of Part II of the Freedom of Information Act 2000.

    Attributes:
        parts: every subsection and paragraph that there is, as ``(1)(a)``.
        repealed: subsections that there were.
        by: what is to be cited instead of those.
        name: how a letter calls its subject.
    """

    number: str
    name: Expression
    parts: frozenset[str]
    repealed: frozenset[str]
    by: str


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
def sections() -> dict[str, Section]:
    """Give the sections by their numbers."""
    return {
        one["number"]: Section(
            one["number"],
            Expression(rf"\b(?:{one['name']})\b"),
            frozenset(part for given in one["parts"] for part in _expanded(given)),
            frozenset(one.get("repealed", ())),
            one.get("by", ""),
        )
        for one in _read()["section"]
    }


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

"""What a verification is asked and what it answers. Nothing here holds a withheld text in the open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from redactor.matching import Term


@dataclass(frozen=True, slots=True)
class Withheld:
    """What must not be found, and how often what may stand elsewhere may stand.

    Attributes:
        terms: every withheld string.
        allowed: by term number, how often it may remain in this file because a person kept it
            there, or because so plain a word (an age, a short word) stands there with another
            meaning. A term that is not listed may not remain at all.
    """

    terms: tuple[Term, ...] = field(repr=False)
    allowed: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One step of the gate: its name, whether it held, which engine, and a sentence without case text."""

    name: str
    ok: bool
    engine: str
    detail: str


@dataclass(frozen=True, slots=True)
class Leak:
    """A place where a withheld term survives. The term is named by its number, never by its text."""

    path: str
    term_index: int
    where: str
    engine: str


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """All checks and leaks of one or more files."""

    checks: tuple[Check, ...]
    leaks: tuple[Leak, ...]

    @property
    def ok(self) -> bool:
        """Say whether every check held and nothing leaked."""
        return not self.leaks and all(check.ok for check in self.checks)

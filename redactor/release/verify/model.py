"""What a verification is asked and answers. Nothing here shows a withheld text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

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
    """One step of the gate.

    Attributes:
        name: what was checked.
        ok: whether it held.
        engine: the program that looked, with its version.
        detail: a sentence without case text.
        pages: of a PDF, from 0, on which it did not hold; a picture of them may pass.
    """

    name: str
    ok: bool
    engine: str
    detail: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Leak:
    """A place where a withheld term survives.

    Attributes:
        path: the file's name as given.
        term_index: the term's number (its line in the list); its text is never named.
        where: the place in the file, without any text of the case (``page 3``).
        engine: the program that found it, with its version.
    """

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

    def to_json(self) -> dict[str, Any]:
        """Give the object that ``verify --json`` prints."""
        return {
            "ok": self.ok,
            "checks": [
                {"name": one.name, "ok": one.ok, "engine": one.engine, "detail": one.detail}
                for one in self.checks
            ],
            "leaks": [asdict(leak) for leak in self.leaks],
        }


def merged(reports: Sequence[VerificationReport]) -> VerificationReport:
    """Put the reports of several files together; a check then says which file it was about."""
    if len(reports) == 1:
        return reports[0]
    checks = [
        replace(check, detail=f"File {number} of {len(reports)}: {check.detail}")
        for number, report in enumerate(reports, 1)
        for check in report.checks
    ]
    return VerificationReport(
        tuple(checks), tuple(leak for report in reports for leak in report.leaks)
    )

"""What a verification is asked and answers. Nothing here shows a withheld text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from redactor.matching import Term
from redactor.model import NO_STAMPS, PageChanges, Stamps


@dataclass(frozen=True, slots=True)
class Withheld:
    """What must not be found, and how often what may stand elsewhere may stand.

    Attributes:
        terms: every withheld string.
        allowed: by term number, how often it may remain in this file because a person kept it
            there, or because so plain a word (an age, a short word) stands there with another
            meaning. A term that is not listed may not remain at all.
        misread: those of them that, in what is read from pixels, are looked for as an engine may
            have misread them, too.
        allowed_misread: by term number, how often what was read may read so: a person kept it.
    """

    terms: tuple[Term, ...] = field(repr=False)
    allowed: Mapping[int, int] = field(default_factory=dict)
    misread: tuple[Term, ...] = field(default=(), repr=False)
    allowed_misread: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Against:
    """What the pages of a released PDF are held against, page by page.

    Attributes:
        original: the file that they were carried over from, its bytes.
        changes: where they may differ from it.
        labels: what may be printed in the boxes, as it was ordered.
        stamps: what was ordered to be printed in the margins.
    """

    original: bytes = field(repr=False)
    changes: PageChanges
    labels: frozenset[str] = frozenset()
    stamps: Stamps = NO_STAMPS

    def margins(self, number: int, count: int) -> Iterator[str]:
        """Give what may be printed in the margin of a page, from 0, of so many."""
        if self.stamps.pages:
            yield f"Page {number + 1} of {count}"
        if self.stamps.reference:
            yield self.stamps.reference
        if self.stamps.released:
            yield f"Released under {self.stamps.released}"
        yield "·"


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
        pages: of a PDF, from 0, that show it; empty where it is in no page.
    """

    path: str
    term_index: int
    where: str
    engine: str
    pages: tuple[int, ...] = ()


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
            "leaks": [
                {
                    "path": one.path,
                    "term_index": one.term_index,
                    "where": one.where,
                    "engine": one.engine,
                }
                for one in self.leaks
            ],
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

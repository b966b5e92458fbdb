"""The hidden-content report of one document: what was found, what was not read, line by line."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field

from redactor.inspection.checklists import Check, checks_for
from redactor.inspection.words import HiddenLine, hidden_lines
from redactor.model import Document, HiddenKind, Unread


class Answer(enum.StrEnum):
    """How a line of a list is answered."""

    FOUND = "found"
    NONE = "none"
    UNSURE = "unsure"
    DONE = "done"
    PERSON = "person"

    @property
    def ticked(self) -> bool:
        """Say whether the program did what the line asks for."""
        return self in {Answer.FOUND, Answer.NONE, Answer.DONE}


@dataclass(frozen=True, slots=True)
class AnsweredCheck:
    """A line of a list with its answer and the evidence for it, in words without case text.

    Attributes:
        kinds: the kinds of hidden content that answer it.
    """

    title: str
    answer: Answer
    evidence: str
    kinds: tuple[HiddenKind, ...] = ()


@dataclass(frozen=True, slots=True)
class AnsweredList:
    """A list with the answer to each of its lines."""

    id: str
    title: str
    source: str
    checks: tuple[AnsweredCheck, ...]


@dataclass(frozen=True, slots=True)
class HiddenReport:
    """What is hidden in one document.

    Attributes:
        name: the file's.
        sha256: of the original, in hex.
        hidden: a line for each kind that there is.
        lists: the lists that are about such a document.
    """

    name: str = field(repr=False)
    format: str
    sha256: str
    hidden: tuple[HiddenLine, ...]
    unread: tuple[Unread, ...]
    lists: tuple[AnsweredList, ...]


def report_on(name: str, document: Document) -> HiddenReport:
    """Report on a document as it was read.

    Raises:
        KeyError: no list says what kind of document its format is.
    """
    lines = hidden_lines(document.segments, document.tallies)
    return HiddenReport(
        name,
        document.format,
        document.sha256,
        lines,
        document.unread,
        tuple(
            AnsweredList(
                one.id,
                one.title,
                one.source,
                tuple(_answer(check, lines, document.unread) for check in one.checks),
            )
            for one in checks_for(document.format)
        ),
    )


def _answer(check: Check, lines: Iterable[HiddenLine], unread: tuple[Unread, ...]) -> AnsweredCheck:
    note = f" {check.note}" if check.note else ""
    if not check.kinds:
        if check.always:
            return AnsweredCheck(check.title, Answer.DONE, check.note)
        return AnsweredCheck(check.title, Answer.PERSON, "For a person to see to.")
    found = [one.words for one in lines if one.kind in check.kinds]
    if found:
        said = f"Found: {'; '.join(found)}.{note}"
        return AnsweredCheck(check.title, Answer.FOUND, said, check.kinds)
    if unread:
        parts = "1 part" if len(unread) == 1 else f"{len(unread):,} parts"
        said = f"None in what could be read; {parts} could not.{note}"
        return AnsweredCheck(check.title, Answer.UNSURE, said, check.kinds)
    return AnsweredCheck(check.title, Answer.NONE, f"Every part was read: none.{note}", check.kinds)


def kinds_without_a_line() -> frozenset[HiddenKind]:
    """Give the kinds of hidden content that no list asks after; a test holds them to be few."""
    asked = {
        kind
        for name in ("xlsx", "docx", "pdf", "csv")
        for one in checks_for(name)
        for check in one.checks
        for kind in check.kinds
    }
    return frozenset(HiddenKind) - asked

"""What a response letter is written from, and what comes of it. Values only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from redactor.release.plan import WithheldText
from redactor.release.verify.model import VerificationReport

_CITED = (
    (re.compile(r"\bs(?=\d)"), "section "),
    (re.compile(r"\breg (?=\d)"), "regulation "),
    (re.compile(r"\bSch (?=\d)"), "Schedule "),
    (re.compile(r"\bpara (?=\d)"), "paragraph "),
    (re.compile(r" by (?=section|regulation)"), " by virtue of "),
)


def citation_in_words(citation: str) -> str:
    """Give a citation as a letter does: ``section 40(2) by virtue of section 40(3A)(a)``."""
    for pattern, words in _CITED:
        citation = pattern.sub(words, citation)
    return citation


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """What a letter is written from.

    Attributes:
        template: the bytes of a ``.docx`` with placeholders.
        template_name: what an error calls it.
        context: texts, numbers, truth values, and lists and mappings of them.
        requester: ``name``, ``lines`` of an address and a ``greeting``; kept nowhere else.
        withheld: everything that was withheld in the case.
    """

    template: bytes = field(repr=False)
    template_name: str
    context: Mapping[str, Any] = field(repr=False)
    requester: Mapping[str, Any] = field(repr=False)
    withheld: tuple[WithheldText, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter, and what the search of it found.

    Attributes:
        paragraphs: what it says, paragraph by paragraph, without the requester.
    """

    data: bytes = field(repr=False)
    paragraphs: tuple[str, ...] = field(repr=False)
    report: VerificationReport

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
    (re.compile(r"\bArt (?=\d)"), "Article "),
    (re.compile(r"\bSch (\d+) para (.+)"), r"paragraph \2 of Schedule \1"),
    (re.compile(r" by (?=section|regulation)"), " by virtue of "),
)
#: Laws that a citation begins with, and what stands behind it in a letter.
_LAWS = {"DPA 2018 ": "Data Protection Act 2018", "UK GDPR ": "UK GDPR"}


def citation_in_words(citation: str) -> str:
    """Give a citation as a letter does: ``section 40(2) by virtue of section 40(3A)(a)``.

    ``DPA 2018 Sch 2 para 16`` is ``paragraph 16 of Schedule 2 to the Data Protection Act 2018``.
    """
    law = next((one for one in _LAWS if citation.startswith(one)), "")
    said = citation.removeprefix(law)
    for pattern, words in _CITED:
        said = pattern.sub(words, said)
    if not law:
        return said
    return f"{said} {'to' if 'Schedule' in said else 'of'} the {_LAWS[law]}"


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

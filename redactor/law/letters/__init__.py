"""The slips and contradictions of a letter of response: pure checks over its text.

What they find is told to a person; nothing is changed. Sources stand with each check, and with each
wording in ``resources/law/letter_checks.toml``.
"""

from __future__ import annotations

from redactor.law.letters.checking import issues_of
from redactor.law.letters.model import (
    CaseFacts,
    HiddenCount,
    HiddenPart,
    Issue,
    Kind,
    Letter,
    Passage,
    WithheldTerm,
)
from redactor.law.letters.passages import passages_of

__all__ = [
    "CaseFacts",
    "HiddenCount",
    "HiddenPart",
    "Issue",
    "Kind",
    "Letter",
    "Passage",
    "WithheldTerm",
    "issues_of",
    "passages_of",
]

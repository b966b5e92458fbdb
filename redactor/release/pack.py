"""The pack for the Information Commissioner: what was withheld, and why, marked in the originals.

When the Commissioner investigates a complaint (FOIA sections 50 and 51), the authority sends
unredacted copies that show which exemption covers which part, and its reasons. That is everything
that a release must not hold. So the pack is one PDF, encrypted, that says so on every page.
Values only; ``pack_file`` writes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from redactor.model import ReadAs, Redaction
from redactor.release.order import CaseSource

TITLE = "UNREDACTED - FOR THE INFORMATION COMMISSIONER ONLY"
SCHEDULE_TITLES = ("No.", "Place", "Provision", "Withheld", "Why", "Decided")


@dataclass(frozen=True, slots=True)
class MarkOrder:
    """One original, and what to mark in it.

    Attributes:
        redactions: each with the provision as its label.
    """

    source: CaseSource
    redactions: tuple[Redaction, ...]
    read_as: ReadAs


@dataclass(frozen=True, slots=True)
class PackRow:
    """One redaction, with what it withheld."""

    number: int
    place: str
    exemption: str
    text: str = field(repr=False)
    why: str = field(repr=False)
    decided: str


@dataclass(frozen=True, slots=True)
class PackPart:
    """One original in the pack.

    Attributes:
        title: its number and name.
        pages: the marked pages, as PDF; empty where it has none that can be shown.
        original: the file as it came.
    """

    title: str = field(repr=False)
    name: str = field(repr=False)
    pages: bytes = field(repr=False)
    original: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PackOrder:
    """Everything that the pack holds.

    Attributes:
        about: label and text of each line of the first page.
        correspondence: names and bytes of files that go with it.
        passphrase: what opens it.
    """

    ref: str
    about: tuple[tuple[str, str], ...] = field(repr=False)
    rows: tuple[PackRow, ...] = field(repr=False)
    parts: tuple[PackPart, ...] = field(repr=False)
    correspondence: tuple[tuple[str, bytes], ...] = field(repr=False)
    passphrase: str = field(repr=False)

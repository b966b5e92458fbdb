"""Detection: what in a document may be personal, and why, as proposals for a person to decide on.

Importing this package loads nothing heavy; ``scan`` does, in the worker that calls it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from redactor.detect.site_models import SiteModel
from redactor.lists import NOTHING, Lists
from redactor.model import Document, Finding, Incomplete

if TYPE_CHECKING:
    from redactor.detect.rules import Recogniser
    from redactor.detect.shares import Share

#: Every family of recognisers, a module a line. Adding one is adding a module and its line here.
RECOGNISERS: tuple[str, ...] = (
    "redactor.detect.recognise.police",
    "redactor.detect.recognise.national",
    "redactor.detect.recognise.contact",
    "redactor.detect.recognise.dates",
    "redactor.detect.recognise.times",
    "redactor.detect.recognise.names",
    "redactor.detect.recognise.name_cues",
    "redactor.detect.recognise.addresses",
    "redactor.detect.recognise.places",
    "redactor.detect.recognise.roles",
    "redactor.detect.recognise.said_of_people",
    "redactor.detect.recognise.codes",
    "redactor.detect.recognise.said_after",
    "redactor.detect.recognise.tables",
    "redactor.detect.recognise.trained",
)


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How to scan.

    Attributes:
        names: also look for names, places, organisations and what is said about people; without it
            only numbers, dates and the like are found, several times as fast.
        threshold: findings with a lower score are left out, from 0 (all) to 1.
        model: the trained fields that ship join the rules; they look for names and language, so
            that they too are left out where ``names`` is false.
        site: models of the site that join the rules and the fields.
        lists: what is always to be found, what is proposed to be kept, and packs of patterns.
    """

    names: bool = True
    threshold: float = 0.0
    model: bool = True
    site: tuple[SiteModel, ...] = ()
    lists: Lists = field(default=NOTHING, repr=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """Findings of a part of a document.

    Attributes:
        findings: new ones, in reading order; those of one segment never overlap.
        incomplete: steps that did not finish; each blocks a release.
        done, total: segments dealt with, of how many.
    """

    findings: tuple[Finding, ...] = field(repr=False)
    incomplete: tuple[Incomplete, ...]
    done: int
    total: int


def recognisers(*, names: bool = True, model: bool = True) -> tuple[Recogniser, ...]:
    """Build every recogniser, in the order of ``RECOGNISERS``."""
    kinds = (kind for module in RECOGNISERS for kind in import_module(module).RECOGNISERS)
    return tuple(
        kind() for kind in kinds if (names or not kind.OF_NAMES) and (model or not kind.TRAINED)
    )


def scan(
    document: Document, options: ScanOptions | None = None, share: Share | None = None
) -> Iterator[Batch]:
    """Find what may be personal in a document, hidden content included.

    Findings come progressively, in reading order; the last batch holds those of the pass over the
    whole document (a surname alone, initials, capitals of a name found before). The same document
    gives the same findings, whether or not another worker searches a share of it.
    """
    from redactor.detect.scanner import scan_document  # noqa: PLC0415 - heavy, for workers only

    yield from scan_document(document, options or ScanOptions(), share)

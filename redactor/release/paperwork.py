"""The schedule and the manifest that go with a release, written and searched like the rest."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from redactor.events import Mark
from redactor.labels import LABEL_BY_NAME, LABELS
from redactor.matching import count_term, fold
from redactor.model import Decision, HiddenKind, LeftOut, Ruling
from redactor.release.manifest import (
    LeftOutEntry,
    OutputEntry,
    RulingEntry,
    SourceEntry,
    build_manifest,
)
from redactor.release.plan import WithheldText
from redactor.release.schedule import (
    IN_FULL_TITLE,
    IN_FULL_TITLES,
    LEFT_OUT_TITLE,
    LEFT_OUT_TITLES,
    ROW_TITLES,
    RULING_TITLES,
    RULINGS_TITLE,
    TITLE,
    LeftOutRow,
    RulingRow,
    ScheduleRow,
    describe,
    schedule_csv,
    schedule_pdf,
)
from redactor.release.verify import verify_file
from redactor.release.verify.model import Check, VerificationReport, Withheld, merged

#: A SHA-256 in the manifest. It is no text, though its digits may look like a number by chance.
_DIGEST = re.compile(rb'"[0-9a-f]{64}"')
_FIXED_WORDS = (
    "Redactor page sheet cell row column line paragraph part of a whole field box words body",
    "header",
    "footer document reference removed nothing released seen by a person left out name format",
    "product version case created sources outputs checks rulings engine count manifest bytes",
)
#: The names of what goes with every release.
PAPERS = ("schedule.csv", "schedule.pdf", "manifest.json")


@dataclass(frozen=True, slots=True)
class ReleasedOutput:
    """One file that is about to be written."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class ReleasedDocument:
    """One original, by number, and what was made of it. ``sheets`` numbers its sheets."""

    number: int
    format: str
    sha256: str
    bytes: int
    sheets: Mapping[str, int] = field(repr=False)
    outputs: tuple[ReleasedOutput, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class RulingLine:
    """What was ruled on an unread part."""

    document: int
    place: str
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class PaperworkOrder:
    """Everything that the schedule and the manifest speak of.

    ``redacted`` gives each mark with its decision and the length of its segment in code points,
    ``in_full`` the number of each document that is withheld as a whole, and its limb.
    """

    ref: str
    created: dt.datetime
    documents: tuple[ReleasedDocument, ...]
    redacted: tuple[tuple[Mark, Decision, int | None], ...]
    rulings: tuple[RulingLine, ...]
    checks: tuple[Check, ...]
    in_full: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Paperwork:
    """The papers as bytes, by name, and what the search of them found."""

    files: tuple[tuple[str, bytes], ...] = field(repr=False)
    report: VerificationReport


def write_paperwork(order: PaperworkOrder, withheld: Sequence[WithheldText]) -> Paperwork:
    """Write the papers and search them for every strict text that was withheld."""
    rows = tuple(_rows(order))
    left_out = tuple(_left_out(order))
    rulings = tuple(RulingRow(one.document, one.place, one.ruling) for one in order.rulings)
    told = (rows, order.ref, left_out, rulings, order.in_full)
    table, pages = schedule_csv(*told), schedule_pdf(*told)
    files = dict(zip(PAPERS, (table, pages, b""), strict=True))
    files[PAPERS[2]] = _manifest(order, left_out, files)
    own_words = fold(_own_words())
    terms = Withheld(
        tuple(one.term for one in withheld if one.strict and not count_term(one.term, own_words))
    )
    reports = [
        verify_file(name, _DIGEST.sub(b'""', data), terms, strict=True)
        for name, data in files.items()
    ]
    return Paperwork(tuple(files.items()), merged(reports))


def _own_words() -> str:
    """Give the fixed words that the papers are made of; a name that is one of them is no leak."""
    words = [
        TITLE,
        LEFT_OUT_TITLE,
        RULINGS_TITLE,
        IN_FULL_TITLE,
        *IN_FULL_TITLES,
        *ROW_TITLES,
        *LEFT_OUT_TITLES,
        *RULING_TITLES,
        *(label.title for label in LABELS),
        *(kind.replace("-", " ") for kind in HiddenKind),
        *_FIXED_WORDS,
        *PAPERS,
    ]
    return "\n".join(words)


def _rows(order: PaperworkOrder) -> Iterable[ScheduleRow]:
    sheets = {one.number: one.sheets for one in order.documents}
    for number, (mark, decision, length) in enumerate(order.redacted, start=1):
        place, extent = describe(mark.target, length, sheets.get(mark.document))
        title = LABEL_BY_NAME[mark.label].title
        yield ScheduleRow(number, mark.document, place, decision.exemption, title, extent)


def _left_out(order: PaperworkOrder) -> Iterable[LeftOutRow]:
    for document in order.documents:
        kinds: Counter[str] = Counter()
        for one in document.left_out:
            kinds[one.kind] += one.count
        for kind, count in sorted(kinds.items()):
            yield LeftOutRow(document.number, kind, count)


def _manifest(
    order: PaperworkOrder, left_out: Iterable[LeftOutRow], papers: Mapping[str, bytes]
) -> bytes:
    ruled = Counter((one.document, one.ruling) for one in order.rulings)
    outputs = [
        OutputEntry(one.name, one.sha256, one.bytes, document.number)
        for document in order.documents
        for one in document.outputs
    ]
    outputs += [
        OutputEntry(name, sha256(data).hexdigest(), len(data))
        for name, data in papers.items()
        if data
    ]
    return build_manifest(
        order.ref,
        [SourceEntry(one.number, one.format, one.sha256, one.bytes) for one in order.documents],
        outputs,
        order.checks,
        [LeftOutEntry(one.document, one.kind, one.count) for one in left_out],
        [RulingEntry(document, ruling, count) for (document, ruling), count in ruled.items()],
        created=order.created,
    )

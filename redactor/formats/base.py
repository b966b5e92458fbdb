"""What a format is: bytes to Document, and Document with redactions to new bytes."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from redactor.model import (
    AS_FOUND,
    NO_STAMPS,
    Area,
    Document,
    LeftOut,
    PageChanges,
    Place,
    ReadAs,
    Redaction,
    Report,
    Ruling,
    SegmentKey,
    Span,
    Stamps,
    quiet,
)

if TYPE_CHECKING:  # every process loads the formats, and few of them make any of these
    from redactor.content import Content
    from redactor.dependants import FormulaCell
    from redactor.layout import Layout

#: How a released file may be written. ``same`` is resolved before a format sees it.
TARGETS = ("pdf", "xlsx", "docx", "csv", "txt")


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of one segment to be removed: start and end in code points, and the label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class RebuildPlan:
    """Everything a format needs to rebuild one file.

    Attributes:
        spots: what to remove, by segment key; sorted, not overlapping.
        areas: boxes to remove, by page.
        rulings: what a person ruled, by the place of the unread part. A part without a ruling
            never reaches this point.
        pdf_style: ``box``, ``line`` or ``raster``.
        read_as: how a person wants a text file read.
        pictures: pages, from 0, that are to be released as pictures of themselves, because the
            proof of the release refused them as they were.
        stamps: what is printed in the margins of a PDF.
    """

    spots: Mapping[SegmentKey, tuple[Spot, ...]] = field(default_factory=dict)
    areas: Mapping[int, tuple[tuple[Area, str], ...]] = field(default_factory=dict)
    rulings: Mapping[str, Ruling] = field(default_factory=dict)
    pdf_style: str = "box"
    read_as: ReadAs = AS_FOUND
    pictures: frozenset[int] = frozenset()
    stamps: Stamps = NO_STAMPS


@dataclass(frozen=True, slots=True)
class RebuiltFile:
    """One file written anew.

    Attributes:
        part: tells apart the files of one original (a sheet's name).
        again: approved texts that it shows more than once (the heading of a table on every page),
            as often as they are shown again; for verification only.
    """

    data: bytes = field(repr=False)
    suffix: str
    part: str = ""
    again: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild gave: the files, what they do not carry, and remarks for the officer.

    Attributes:
        removed: text that was removed by a drawn box and is in no span (for verification only).
        changes: where the pages may differ from the original, if they were carried over from it.
    """

    files: tuple[RebuiltFile, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    removed: tuple[str, ...] = field(default=(), repr=False)
    changes: PageChanges | None = None


@dataclass(frozen=True, slots=True)
class Formulas:
    """The formulas of a workbook.

    Attributes:
        names: what each defined name and table refers to, by its name in lower case.
    """

    cells: tuple[FormulaCell, ...]
    names: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as a sheet shows it, with what its look hides.

    Attributes:
        row, column: from 0.
        text: what it shows.
        number: its value, where the file keeps a number apart from what is shown.
        percent: the number is shown per cent.
        hidden: nobody sees it.
        places: the paragraphs that it is made of, in running text; else it is one segment, by its
            row and column.
    """

    row: int
    column: int
    text: str = field(repr=False)
    number: int | float | None = field(default=None, repr=False)
    percent: bool = False
    hidden: bool = False
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet, a CSV file, or a table in running text.

    Attributes:
        merged: areas of which only the first cell shows anything: first row, first column, last
            row, last column, from 0 and included.
        around: of a table in running text, what stands above it and then what stands below it.
    """

    name: str
    cells: tuple[GridCell, ...] = field(repr=False)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    around: tuple[str, ...] = field(default=(), repr=False)


class Format(ABC):
    """One kind of file. A new format is one subclass and one line in ``FORMATS``."""

    name: ClassVar[str]
    title: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    #: What it can be released as; the first is ``same``.
    targets: ClassVar[tuple[str, ...]]
    #: What it is released as where nobody says otherwise: values without a container to hide in
    #: (ICO advisory note, September 2023; Cabinet Office, 14 December 2023).
    advised: ClassVar[str] = ""
    #: Whether its bytes alone tell it. Text does not: a file is CSV only because it is called so.
    has_signature: ClassVar[bool] = True
    #: Whether it has pages that are shown as they are, and released as pages.
    is_paged: ClassVar[bool] = False

    @abstractmethod
    def sniff(self, untrusted: bytes) -> bool:
        """Say whether the bytes look like this format, whatever the file is called."""

    @abstractmethod
    def read(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> Document:
        """Read a file whole.

        Every character that a rebuild could let out is in some segment, or its part is in
        ``unread``. ``read_as`` is for text files; other formats know how they are to be read.

        Raises:
            UnreadableDocument: the file is damaged, encrypted, a bomb or not of this format. No
                other exception leaves this function, whatever the bytes.
            Cancelled: the person asked to stop.
        """

    def pages(self, untrusted: bytes) -> bytes:
        """Give the pages of a paged document as a PDF, which is what is shown and released of it.

        Raises:
            UnreadableDocument: as for ``read``.
        """
        raise NotImplementedError(f"A {self.title} has no pages.")

    def layout(self, untrusted: bytes) -> Layout | None:
        """Say how running text lies on the page, for the review; None for what is no running text.

        Raises:
            UnreadableDocument: as for ``read``.
        """
        del untrusted
        return None

    def formulas(self, untrusted: bytes, report: Report = quiet) -> Formulas | None:
        """Read what is computed from what; None where such a file does not tell.

        Raises:
            UnreadableDocument: as for ``read``.
            Cancelled: the person asked to stop.
        """
        del untrusted, report
        return None

    def grids(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> tuple[Grid, ...]:
        """Read the tables of a file as rows and columns; nothing where it has none.

        Raises:
            UnreadableDocument: as for ``read``.
            Cancelled: the person asked to stop.
        """
        del untrusted, report, read_as
        return ()

    def remembering(self) -> AbstractContextManager[None]:
        """Give a time in which what is read may be kept for the rebuild that follows it."""
        return nullcontext()

    @abstractmethod
    def rebuild(
        self, untrusted: bytes, plan: RebuildPlan, target: str, report: Report = quiet
    ) -> Rebuilt:
        """Write the file anew from what the plan leaves, as one of ``targets``.

        Hidden content is always left out, and listed.

        Raises:
            UnreadableDocument: as for ``read``.
            Cancelled: the person asked to stop.
        """


def plan_spots(redactions: Iterable[Redaction]) -> dict[SegmentKey, tuple[Spot, ...]]:
    """Sort the text redactions by segment and merge those that touch, keeping the first label."""
    spans: dict[SegmentKey, list[Spot]] = {}
    for redaction in redactions:
        if isinstance(redaction.target, Span):
            span = redaction.target
            spans.setdefault(span.key, []).append(Spot(span.start, span.end, redaction.label))
    return {key: _merged(found) for key, found in spans.items()}


def _merged(spots: list[Spot]) -> tuple[Spot, ...]:
    if len(spots) == 1 and spots[0].end > spots[0].start:
        return tuple(spots)
    merged: list[Spot] = []
    for spot in sorted(spots, key=lambda one: (one.start, -one.end)):
        if merged and spot.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Spot(last.start, max(last.end, spot.end), last.label)
        elif spot.end > spot.start:
            merged.append(spot)
    return tuple(merged)


def plan_areas(redactions: Iterable[Redaction]) -> dict[int, tuple[tuple[Area, str], ...]]:
    """Sort the drawn boxes by page."""
    areas: dict[int, list[tuple[Area, str]]] = {}
    for redaction in redactions:
        if isinstance(redaction.target, Area):
            areas.setdefault(redaction.target.page, []).append((redaction.target, redaction.label))
    return {page: tuple(found) for page, found in areas.items()}


def composed(text: str) -> str:
    """Give a text as segments hold it: in the composed form of Unicode (NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def cut(text: str, spots: tuple[Spot, ...]) -> list[tuple[str, bool]]:
    """Cut the spots out of a text.

    Returns:
        Pieces in order, each with True where it is a redaction label ``[s40(2)]``.
    """
    pieces: list[tuple[str, bool]] = []
    at = 0
    for spot in spots:
        if spot.start > at:
            pieces.append((text[at : spot.start], False))
        pieces.append((f"[{spot.label}]", True))
        at = spot.end
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


class Writer(ABC):
    """Approved content to bytes. One subclass a kind of output; listed in ``writers.WRITERS``."""

    target: ClassVar[str]

    @abstractmethod
    def write(self, content: Content) -> tuple[RebuiltFile, ...]:
        """Write the content as one file, or one a sheet. Equal content gives equal bytes."""

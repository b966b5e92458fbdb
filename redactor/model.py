"""The values that everything is made of: frozen, without input or output.

Pages, rows, columns, lines and parts count from 0 inside and from 1 in ``id`` and on screen.
Offsets are code points into a segment's NFC text, end exclusive. Areas are in points (1/72 inch)
of the page as displayed, origin top left, y down.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias


def column_letters(column: int) -> str:
    """Give the letters of a spreadsheet column counted from 0 (0 is ``A``)."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Carried:
    """Values that cross to another process by the hundred thousand, as calls of their class.

    What a frozen dataclass with slots does by itself asks the class for its fields anew for every
    value, on both sides; of a long document that was the greater part of sending its findings.
    """

    __slots__: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        """Take a value apart for the pipe."""
        return type(self), tuple([getattr(self, name) for name in self.__slots__])


# --- where something stands ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PagePlace(Carried):
    """A whole page of a paged document."""

    page: int

    @property
    def id(self) -> str:
        """Give the segment id of the command-line contract."""
        return f"page:{self.page + 1}"


@dataclass(frozen=True, slots=True)
class CellPlace(Carried):
    """One cell of a named sheet."""

    sheet: str
    row: int
    column: int

    @property
    def id(self) -> str:
        """Give the segment id of the command-line contract."""
        return f"sheet:{self.sheet}!{column_letters(self.column)}{self.row + 1}"


@dataclass(frozen=True, slots=True)
class FieldPlace(Carried):
    """One field of a row of a delimited text file."""

    row: int
    column: int

    @property
    def id(self) -> str:
        """Give the segment id of the command-line contract; the column is given apart."""
        return f"row:{self.row + 1}"


@dataclass(frozen=True, slots=True)
class LinePlace(Carried):
    """One line of plain text."""

    line: int

    @property
    def id(self) -> str:
        """Give the segment id of the command-line contract."""
        return f"line:{self.line + 1}"


@dataclass(frozen=True, slots=True)
class PartPlace(Carried):
    """The n-th piece of text in a named part of a package, or of a named kind of hidden content."""

    part: str
    number: int

    @property
    def id(self) -> str:
        """Give the segment id of the command-line contract."""
        return f"part:{self.part}#{self.number + 1}"


Place: TypeAlias = PagePlace | CellPlace | FieldPlace | LinePlace | PartPlace

SegmentKey: TypeAlias = tuple[str, int | None]
"""What names a segment within its document: its id, and the column where the id names a row."""


def key_of(place: Place) -> SegmentKey:
    """Give the key of the segment at a place."""
    return place.id, place.column if isinstance(place, FieldPlace) else None


class HiddenKind(enum.StrEnum):
    """What kind of content a reader of the page or the grid would not see."""

    HIDDEN_SHEET = "hidden-sheet"
    VERY_HIDDEN_SHEET = "very-hidden-sheet"
    HIDDEN_ROW = "hidden-row"
    HIDDEN_COLUMN = "hidden-column"
    HIDDEN_FORMAT = "hidden-format"
    FORMULA = "formula"
    COMMENT = "comment"
    PERSON_LIST = "person-list"
    DEFINED_NAME = "defined-name"
    PIVOT_CACHE = "pivot-cache"
    EXTERNAL_LINK = "external-link"
    DATA_VALIDATION = "data-validation"
    CONDITIONAL_FORMAT = "conditional-format"
    FILTER = "filter"
    SCENARIO = "scenario"
    CONNECTION = "connection"
    DATA_MODEL = "data-model"
    CHART = "chart"
    CHART_CACHE = "chart-cache"
    TEXT_BOX = "text-box"
    PICTURE = "picture"
    HEADER_FOOTER = "header-or-footer"
    LINK = "link"
    ALT_TEXT = "alternative-text"
    MACRO = "macro"
    EMBEDDED_FILE = "embedded-file"
    CUSTOM_XML = "custom-xml"
    METADATA = "metadata"
    THUMBNAIL = "thumbnail"
    TRACKED_INSERTION = "tracked-insertion"
    TRACKED_DELETION = "tracked-deletion"
    TRACKED_MOVE = "tracked-move"
    HIDDEN_TEXT = "hidden-text"
    COVERED_TEXT = "covered-text"
    FIELD_CODE = "field-code"
    SETTINGS = "settings"
    ANNOTATION = "annotation"
    FORM_FIELD = "form-field"
    BOOKMARK = "bookmark"
    STRUCTURE = "structure-text"
    JAVASCRIPT = "javascript"
    HIDDEN_LAYER = "hidden-layer"
    OFF_PAGE = "off-page"
    OLD_REVISION = "earlier-revision"
    SIGNATURE = "signature"
    PREAMBLE = "preamble"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text that stands or falls in one place.

    Attributes:
        place: where it lies.
        text: NFC text. A page keeps its line breaks; a cell holds the value as displayed.
        hidden: None for what a reader sees; otherwise the kind of hidden content. Hidden content
            is shown in review, searched, and never released.
        container: a name for the group hidden content is listed under (a sheet, a part).
        read_from: where in the text begins what was read from pixels, letters of which may be
            mistaken; None where nothing was.
    """

    place: Place
    text: str = field(repr=False)
    hidden: HiddenKind | None = None
    container: str = ""
    read_from: int | None = None

    @property
    def id(self) -> str:
        """Give the segment id of the command-line contract."""
        return self.place.id

    @property
    def key(self) -> SegmentKey:
        """Give what names this segment within its document."""
        return key_of(self.place)


class Ruling(enum.StrEnum):
    """What a person ruled on an unread part."""

    LEAVE_OUT = "leave-out"
    RELEASE_AS_SEEN = "release-as-seen"


class Role(enum.StrEnum):
    """What a person may do in a case."""

    OFFICER = "officer"
    REVIEWER = "reviewer"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who works on a case, as everybody may see them.

    Attributes:
        name: as it stands in the log and on the certificate.
        fingerprint: of the public key that their signatures are checked against, 40 hex digits.
    """

    name: str
    role: Role
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A part that the program could not read, and that therefore blocks the release.

    Attributes:
        place: a stable name within the document (``page:3/image:1``, ``word/footnotes.xml``).
        why: a sentence for the officer.
        rulings: what a person may rule. A picture that the viewer shows may be released as seen;
            a part that nobody can look at may only be left out.
    """

    place: str
    why: str
    rulings: tuple[Ruling, ...] = (Ruling.LEAVE_OUT,)


@dataclass(frozen=True, slots=True)
class Tally:
    """How much hidden content of one kind stands in one place, in what people count it in.

    Segments are pieces of text, cut as suits a search; a tally counts things: a pivot cache of
    9,483 rows is one segment or hundreds, and here ``Tally(PIVOT_CACHE, place, 9483, "rows")``.

    Attributes:
        place: the part or sheet it stands in; the same as ``container`` of its segments.
        unit: what was counted, in the plural (``rows``, ``sheets``, ``comments``).
    """

    kind: HiddenKind
    place: str
    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How a person wants a text file read, where what was found out by itself is wrong.

    Attributes:
        encoding: the name of a Python codec; empty to find it out.
        delimiter: one character that tells fields apart; empty to find it out.
    """

    encoding: str = ""
    delimiter: str = ""


#: Read it as its bytes say.
AS_FOUND = ReadAs()


@dataclass(frozen=True, slots=True)
class Document:
    """What a format read out of one file. ``segments`` are in reading order.

    Attributes:
        proposed: what the file itself asks to have redacted (marks of other programs that were
            never applied); proposals as those of a recogniser.
    """

    sha256: str
    format: str
    segments: tuple[Segment, ...] = field(repr=False)
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()
    tallies: tuple[Tally, ...] = ()
    proposed: tuple[Finding, ...] = field(default=(), repr=False)


# --- what was found --------------------------------------------------------------------------


class Proposal(enum.StrEnum):
    """What the machine proposes. A person decides."""

    REDACT = "redact"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Finding(Carried):
    """A proposal of a recogniser.

    Attributes:
        place: the segment's place.
        start, end: code points into the segment's text.
        text: the text found; for the screen only, never for a log.
        label: a label of the label guide (PERSON, SC_HEALTH ...).
        score: 0 to 1, how sure.
        recogniser: which one, with its version.
        why: what it went by, without any text of the document.
    """

    place: Place
    start: int
    end: int
    text: str = field(repr=False)
    label: str
    score: float
    recogniser: str
    why: str = ""
    proposal: Proposal = Proposal.REDACT


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A detection step that did not finish (a time-out, a missing model): it blocks a release."""

    place: str
    why: str


# --- what a person decided -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span(Carried):
    """A stretch of text in a segment, as the target of a decision."""

    segment: str
    start: int
    end: int
    column: int | None = None  # for FieldPlace, whose id names only the row

    @property
    def key(self) -> SegmentKey:
        """Give the key of the segment it lies in."""
        return self.segment, self.column


@dataclass(frozen=True, slots=True)
class Area(Carried):
    """A box drawn on a page, as the target of a decision. Points, origin top left, y down."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


Target: TypeAlias = Span | Area


def span_of(finding: Finding) -> Span:
    """Give the target that a decision on this finding has."""
    segment, column = key_of(finding.place)
    return Span(segment, finding.start, finding.end, column)


class Action(enum.StrEnum):
    """What a person decided."""

    REDACT = "redact"
    KEEP = "keep"


class Aside(enum.StrEnum):
    """Why a whole document stays out of the release.

    ``WITHHELD``: all of it is exempt; the schedule and the letter say so. ``PUBLIC``: anyone has it
    already; what it says counts as known. ``NOT_ASKED``: the request is not for it. ``REPLACED``:
    another document of the case goes out in its place.
    """

    WITHHELD = "withheld"
    PUBLIC = "already-public"
    NOT_ASKED = "not-asked-for"
    REPLACED = "replaced"


class PointAnswer(enum.StrEnum):
    """What a person answers to a point of the Commissioner's checklists."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of one person, with the ground for it.

    Attributes:
        exemption: the citation with its limb (``s40(2) by s40(3A)(a)``); empty for KEEP.
        reason: the reasoning in the officer's words.
        public_interest: how the public interest was weighed, where the limb is qualified.
        justification: the number of the justification that it rests on, whose limb and words these
            are as they stand now; 0 where it has words of its own.
    """

    action: Action
    exemption: str
    reason: str
    actor: str
    at: str
    seq: int
    public_interest: str = ""
    justification: int = 0


@dataclass(frozen=True, slots=True)
class Redaction(Carried):
    """What is to be removed. Computed from decisions, never stored.

    Attributes:
        target: where.
        label: what is printed in its place (``s40(2)``); it never encodes the length.
    """

    target: Target
    label: str


@dataclass(frozen=True, slots=True)
class PageChanges:
    """Where the pages of a release may differ from those of the original, for the proof of it.

    Attributes:
        boxes: what is covered by a box of one colour with a label, one box each.
        regions: all places that may look different: the boxes, what was removed, what was moved
            on its line. Outside of them nothing may differ.
        pictures: pages, from 0, that are pictures of themselves.
        blanks: pages, from 0, that are left out and say so.
        read: pages, from 0, whose text was read from their pixels.
    """

    boxes: tuple[Area, ...] = ()
    regions: tuple[Area, ...] = ()
    pictures: tuple[int, ...] = ()
    blanks: tuple[int, ...] = ()
    read: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamps:
    """What is printed in the margins of a released PDF; nothing unless it is asked for.

    Attributes:
        pages: number the pages.
        redactions: number the redactions, in reading order (the label becomes ``s40(2) #3``).
        reference: of the case, printed in the foot of every page; empty for none.
        released: print that it was released under this law (``FOIA 2000``); empty for none.
    """

    pages: bool = False
    redactions: bool = False
    reference: str = ""
    released: str = ""


#: Print nothing in the margins.
NO_STAMPS = Stamps()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the original that a release does not carry, for the list that says so."""

    kind: str
    place: str
    count: int = 1


# --- progress --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is: ``done`` of ``total`` steps, and what is being done now."""

    done: int
    total: int
    what: str = ""


Report: TypeAlias = Callable[[Any], None]
"""Takes a Progress or a batch of results; raises Cancelled when the person asked to stop."""


def quiet(_: object) -> None:
    """Report to nobody."""

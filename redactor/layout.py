"""How a document of running text lies on the page of a review: its segments, arranged and styled.

Nothing here holds text. A paragraph names its segment, and says which stretches of that segment's
text look how; the text itself comes from the segment, so that the two cannot come apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from redactor.content import Align
from redactor.model import SegmentKey


@dataclass(frozen=True, slots=True)
class StyledRange:
    """A stretch of a segment's text, in code points, and how it looks.

    Attributes:
        raised: 1 above the line, -1 below it, 0 on it.
        note: it is the sign of this note (an index into ``Layout.notes``), written ``[1]``.
    """

    start: int
    end: int
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    raised: int = 0
    note: int | None = None


@dataclass(frozen=True, slots=True)
class LayoutParagraph:
    """One paragraph.

    Attributes:
        segment: whose text it shows; None where it is empty.
        level: 0 is body text, 1 to 9 a heading.
        listed: it is an item of a list; with ``label_end`` 0 it has a bullet.
        label_end: how many first characters of the text are the number or letter of an item with
            the tab after it (``1.`` and a tab); the rest is what the item says.
        depth: how deep an item lies, or how far a plain paragraph is indented, from 0.
        ranges: in order, without gaps over the whole text of the segment.
    """

    segment: SegmentKey | None
    level: int = 0
    listed: bool = False
    label_end: int = 0
    depth: int = 0
    align: Align = ""
    new_page: bool = False
    ranges: tuple[StyledRange, ...] = ()


@dataclass(frozen=True, slots=True)
class LayoutPicture:
    """A picture, that stands or falls by a ruling.

    Attributes:
        place: the place of its ``Unread`` part.
        width, height: as shown, in points.
        png: a rendering of what is shown of it, at most 1,000 pixels wide; None where the program
            cannot draw it.
    """

    place: str
    width: float
    height: float
    png: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class LayoutCell:
    """A cell of a table, see ``content.FlowCell``."""

    blocks: tuple[LayoutBlock, ...] = ()
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class LayoutTable:
    """A table, see ``content.FlowTable``. A text box is a table of one cell."""

    rows: tuple[tuple[LayoutCell | None, ...], ...]
    widths: tuple[float, ...] = ()
    heading_rows: int = 0
    plain: bool = False


LayoutBlock: TypeAlias = LayoutParagraph | LayoutTable | LayoutPicture


@dataclass(frozen=True, slots=True)
class LayoutNote:
    """A footnote or endnote: its sign as printed, and what it says."""

    label: str
    blocks: tuple[LayoutBlock, ...]
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A document of running text as it is read on the page."""

    body: tuple[LayoutBlock, ...]
    header: tuple[LayoutBlock, ...] = ()
    footer: tuple[LayoutBlock, ...] = ()
    notes: tuple[LayoutNote, ...] = ()
    landscape: bool = False

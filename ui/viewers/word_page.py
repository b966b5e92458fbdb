"""Build the page of a Word document: its layout with the text of its segments, then what is hidden.

Every segment that a reader sees is shown: one that the layout does not place comes after the rest,
under a heading that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextListFormat,
    QTextOption,
    QTextTable,
    QTextTableFormat,
)

from redactor.layout import (
    Layout,
    LayoutBlock,
    LayoutCell,
    LayoutParagraph,
    LayoutPicture,
    LayoutTable,
    StyledRange,
)
from redactor.model import Segment, SegmentKey
from ui.viewers.flow import HIDDEN_HEADING, kind_words, title_of_part
from ui.viewers.marks import is_dark
from ui.viewers.rich import RichText
from ui.viewers.text import Piece, shown

_INDENT = 26.0
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "justify": Qt.AlignmentFlag.AlignJustify,
}
#: How much larger than the body a heading is, in Qt's steps, by its level from 1.
_LARGER = (2, 1, 1)
_WIDEST_PICTURE = 560.0
_OTHER_TEXT = "Text with no place of its own on the page"


def page_steps(
    text: RichText, layout: Layout | None, segments: Sequence[Segment]
) -> Iterator[None]:
    """Give the steps that build the page, each small.

    Args:
        layout: None where it could not be had: the text is then shown paragraph by paragraph.
    """
    page = _Page(text, segments)
    if layout is not None:
        yield from page.layout(layout)
    yield from page.the_rest(plain=layout is None)
    yield from page.hidden()


@dataclass(slots=True)
class _Spot:
    """Where is written next. ``fresh`` says that the block there is empty and nobody's."""

    cursor: QTextCursor
    fresh: bool = True


class _Page:
    """Writes blocks into the document of a ``RichText``."""

    def __init__(self, text: RichText, segments: Sequence[Segment]) -> None:
        self._text = text
        self._segments = {one.key: one for one in segments if one.hidden is None}
        self._hidden = [one for one in segments if one.hidden is not None]
        self._placed: set[SegmentKey] = set()
        self._end = _Spot(QTextCursor(text.document()))
        self._pictures = 0
        colour = text.palette().color(QPalette.ColorRole.PlaceholderText)
        self._quiet = QTextCharFormat()
        self._quiet.setFontItalic(True)
        self._quiet.setForeground(QColor("#B4B8BD" if is_dark(text.palette()) else "#4A4E53"))
        self._rule = QBrush(colour)

    # --- what is read ---------------------------------------------------------------------------

    def layout(self, layout: Layout) -> Iterator[None]:
        """Write the document as it is laid out."""
        yield from self._framed("Header", layout.header)
        yield from self._blocks(layout.body, self._end)
        if layout.notes:
            self._heading("Notes")
            for note in layout.notes:
                yield from self._blocks(note.blocks, self._end)
        yield from self._framed("Footer", layout.footer)

    def the_rest(self, *, plain: bool) -> Iterator[None]:
        """Write every visible segment that was not placed."""
        part = None
        for segment in self._segments.values():
            if segment.key in self._placed:
                continue
            title = title_of_part(segment.id.removeprefix("part:").rpartition("#")[0])
            if not plain:
                title = _OTHER_TEXT
            if title != part:
                part = title
                self._heading(title)
            yield from self._paragraph(LayoutParagraph(segment.key), self._end)

    def hidden(self) -> Iterator[None]:
        """Write what a reader does not see, by kind."""
        if self._hidden:
            self._heading(HIDDEN_HEADING)
        group = None
        for segment in sorted(self._hidden, key=lambda one: (str(one.hidden), one.container)):
            here = kind_words(segment), segment.container
            if here != group:
                group = here
                where = f" · {title_of_part(segment.container)}" if segment.container else ""
                self._plain(f"{here[0]}{where}", "note", None)
            self._plain(segment.text, "hidden", segment)
            yield

    # --- blocks -----------------------------------------------------------------------------------

    def _framed(self, title: str, blocks: Sequence[LayoutBlock]) -> Iterator[None]:
        if blocks:
            self._plain(title, "note", None)
            yield from self._blocks(blocks, self._end)
            self._plain("", "note", None)

    def _blocks(self, blocks: Iterable[LayoutBlock], at: _Spot) -> Iterator[None]:
        for block in blocks:
            if isinstance(block, LayoutParagraph):
                yield from self._paragraph(block, at)
            elif isinstance(block, LayoutTable):
                yield from self._table(block, at)
            else:
                self._picture(block, at)
                yield

    def _paragraph(self, paragraph: LayoutParagraph, at: _Spot) -> Iterator[None]:
        segment = self._segments.get(paragraph.segment) if paragraph.segment else None
        if paragraph.new_page and len(self._text.pieces) > 1:
            self._new_block(at, _note_block())
            at.cursor.insertText("new page", self._quiet)
        look = _block_format(paragraph)
        self._new_block(at, look)
        if paragraph.listed and not paragraph.label_end and not paragraph.level:
            bullets = QTextListFormat()
            bullets.setStyle(QTextListFormat.Style.ListDisc)
            bullets.setIndent(paragraph.depth + 1)
            at.cursor.createList(bullets)
        if segment is not None:
            self._placed.add(segment.key)
            self._text.note(
                at.cursor.block(), Piece(segment.key, 0, segment.text, "body", "", segment)
            )
            for one in _whole(paragraph, len(segment.text)):
                said = on_lines(segment.text[one.start : one.end])
                at.cursor.insertText(said, _character_format(one, paragraph.level))
        yield

    def _table(self, table: LayoutTable, at: _Spot) -> Iterator[None]:
        placed, columns = places_of(table)
        if not placed:
            return
        self._new_block(at, QTextBlockFormat())
        at.cursor.beginEditBlock()  # laid out once, not after each cell
        made = at.cursor.insertTable(len(table.rows), columns, self._table_format(table, columns))
        for row, column, cell in placed:
            if cell.columns > 1 or cell.rows > 1:
                made.mergeCells(row, column, cell.rows, cell.columns)
        at.cursor.endEditBlock()
        for row, column, cell in placed:
            inside = _Spot(made.cellAt(row, column).firstCursorPosition())
            yield from self._blocks(cell.blocks, inside)
        _leave(made, at)

    def _table_format(self, table: LayoutTable, columns: int) -> QTextTableFormat:
        look = QTextTableFormat()
        look.setCellPadding(4)
        look.setCellSpacing(0)
        look.setBorderCollapse(True)
        look.setBorder(0 if table.plain else 1)
        look.setBorderBrush(self._rule)
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setTopMargin(6)
        look.setBottomMargin(8)
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        shares = table.widths if len(table.widths) == columns else (1 / columns,) * columns
        whole = sum(shares) or 1.0
        look.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, 100 * one / whole) for one in shares]
        )
        look.setHeaderRowCount(table.heading_rows)
        return look

    def _picture(self, picture: LayoutPicture, at: _Spot) -> None:
        self._new_block(at, QTextBlockFormat())
        self._text.note(at.cursor.block(), Piece(None, 0, picture.place, "picture"))
        image = QImage.fromData(picture.png) if picture.png is not None else QImage()
        if not image.isNull():
            name = f"picture:{self._pictures}"
            self._pictures += 1
            kind = QTextDocument.ResourceType.ImageResource.value
            self._text.document().addResource(kind, QUrl(name), image)
            look = QTextImageFormat()
            look.setName(name)
            width = min(picture.width or image.width(), _WIDEST_PICTURE)
            look.setWidth(width)
            look.setHeight(width * image.height() / max(image.width(), 1))
            at.cursor.insertImage(look)
        self._new_block(at, _note_block(Qt.AlignmentFlag.AlignLeft))
        seen = "not searched, to be ruled on" if not image.isNull() else "cannot be shown"
        at.cursor.insertText(f"Picture {picture.place.rpartition('/')[2]}: {seen}", self._quiet)

    def _heading(self, title: str) -> None:
        look = QTextBlockFormat()
        look.setTopMargin(18)
        look.setBottomMargin(6)
        look.setHeadingLevel(1)
        self._new_block(self._end, look)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        self._end.cursor.insertText(title, bold)

    def _plain(self, text: str, style: str, segment: Segment | None) -> None:
        self._new_block(self._end, QTextBlockFormat())
        key = segment.key if segment is not None else None
        self._text.note(self._end.cursor.block(), Piece(key, 0, text, style, "", segment))
        self._end.cursor.insertText(on_lines(text), self._quiet)

    @staticmethod
    def _new_block(at: _Spot, look: QTextBlockFormat) -> None:
        """Begin a block, in the empty one that is there already where there is one."""
        if at.fresh:
            at.cursor.setBlockFormat(look)
            at.fresh = False
        else:
            at.cursor.insertBlock(look, QTextCharFormat())


def _leave(table: QTextTable, at: _Spot) -> None:
    """Go on after a table, in the block that Qt keeps there."""
    at.cursor.setPosition(table.lastPosition() + 1)
    at.fresh = True


def on_lines(text: str) -> str:
    """Give a text as it can be shown in one block, character for character."""
    return "\u2028".join(shown(line) for line in text.split("\n"))


def places_of(table: LayoutTable) -> tuple[list[tuple[int, int, LayoutCell]], int]:
    """Find where each cell of a table lies.

    Returns:
        Row, column and cell, with spans that stay inside; and how many columns there are.
    """
    taken: dict[tuple[int, int], LayoutCell] = {}
    placed: list[tuple[int, int, LayoutCell]] = []
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            owner = cell if cell is not None else taken.get((row - 1, column), LayoutCell())
            if cell is not None:
                placed.append((row, column, cell))
            for one in range(column, column + owner.columns):
                taken[row, one] = owner
            column += owner.columns
    columns = max((column for _, column in taken), default=-1) + 1
    rows = len(table.rows)
    return [(r, c, _inside(cell, rows - r)) for r, c, cell in placed], columns


def _inside(cell: LayoutCell, rows: int) -> LayoutCell:
    return cell if cell.rows <= rows else LayoutCell(cell.blocks, cell.columns, rows)


def _whole(paragraph: LayoutParagraph, length: int) -> Iterator[StyledRange]:
    """Give the ranges of a paragraph so that they cover its text, whatever is wanting."""
    at = 0
    for one in paragraph.ranges:
        if one.start > at:
            yield StyledRange(at, one.start)
        if one.end > at:
            yield one if one.start >= at else StyledRange(at, one.end, one.bold, one.italic)
            at = one.end
    if at < length:
        yield StyledRange(at, length)


def _block_format(paragraph: LayoutParagraph) -> QTextBlockFormat:
    look = QTextBlockFormat()
    look.setTopMargin(14 if paragraph.level else 2)
    look.setBottomMargin(6)
    look.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if paragraph.align:
        look.setAlignment(_ALIGN[paragraph.align])
    if paragraph.level:
        look.setHeadingLevel(min(paragraph.level, 6))
    if paragraph.label_end and not paragraph.level:
        look.setLeftMargin(_INDENT * (paragraph.depth + 1) + 12)
        look.setTextIndent(-_INDENT - 12)
        look.setTabPositions([QTextOption.Tab(look.leftMargin(), QTextOption.TabType.LeftTab)])
    elif paragraph.depth and not paragraph.listed:
        look.setLeftMargin(_INDENT * paragraph.depth)
    return look


def _note_block(align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight) -> QTextBlockFormat:
    look = QTextBlockFormat()
    look.setAlignment(align)
    look.setBottomMargin(10)
    return look


def _character_format(one: StyledRange, level: int) -> QTextCharFormat:
    look = QTextCharFormat()
    if one.bold or level:
        look.setFontWeight(QFont.Weight.Bold)
    look.setFontItalic(one.italic)
    look.setFontUnderline(one.underline)
    look.setFontStrikeOut(one.strike)
    if one.raised:
        script = QTextCharFormat.VerticalAlignment
        look.setVerticalAlignment(
            script.AlignSuperScript if one.raised > 0 else script.AlignSubScript
        )
    if 1 <= level <= len(_LARGER):
        look.setProperty(QTextFormat.Property.FontSizeAdjustment.value, _LARGER[level - 1])
    return look

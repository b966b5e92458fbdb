"""Write content as a PDF: pages painted from nothing, without metadata, the same every time."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from redactor.content import (
    Block,
    Book,
    Content,
    Flow,
    FlowTable,
    Lines,
    Paragraph,
    Run,
    Sheet,
    SheetCell,
)
from redactor.formats.base import RebuiltFile, Writer
from redactor.formats.writers.canvas import LANDSCAPE, PORTRAIT, Canvas
from redactor.formats.writers.fonts import FontSet
from redactor.formats.writers.typeset import Line, break_lines
from redactor.formats.writers.walk import cell_text, texts_of

_BODY = 10.5
_TABLE = 8.0
_SMALL = 8.5
_PADDING = 3.0
_NARROWEST, _WIDEST = 28.0, 230.0


class PdfWriter(Writer):
    """Running text as pages of text, sheets as ruled tables with their first row repeated."""

    target: ClassVar[str] = "pdf"

    def write(self, content: Content) -> tuple[RebuiltFile, ...]:
        """Write the content as one PDF."""
        if isinstance(content, Book):
            canvas = _paint_book(content)
        elif isinstance(content, Flow):
            canvas = _paint_flow(content)
        elif isinstance(content, Lines):
            canvas = _paint_lines(content)
        else:
            raise TypeError("delimited text is written as it was; as PDF it is a workbook")
        return (RebuiltFile(canvas.finish(), ".pdf"),)


def count_unprintable(content: Content) -> int:
    """Count the characters that no font of the PDF has."""
    fonts = FontSet()
    known: dict[str, bool] = {}
    missing = 0
    for text in texts_of(content):
        if text.isascii():
            continue
        for character in text:
            if character not in known:
                known[character] = character < " " or fonts.can_show(character)
            missing += not known[character]
    return missing


def _paint_lines(content: Lines) -> Canvas:
    canvas = Canvas(PORTRAIT)
    for runs in content.lines:
        canvas.put_lines(break_lines(runs, canvas.width, _BODY, canvas.fonts))
    return canvas


def _paint_flow(flow: Flow) -> Canvas:
    canvas = Canvas(PORTRAIT)
    canvas.frame_pages(
        _flat_lines(flow.header, canvas.width, _SMALL, canvas.fonts),
        _flat_lines(flow.footer, canvas.width, _SMALL, canvas.fonts),
    )
    _paint_blocks(flow.body, canvas)
    return canvas


def _paint_blocks(blocks: tuple[Block, ...], canvas: Canvas) -> None:
    for block in blocks:
        if isinstance(block, FlowTable):
            _paint_flow_table(block, canvas)
            canvas.skip(_BODY * 0.6)
            continue
        if not isinstance(block, Paragraph):
            continue
        size = _size(block)
        if block.level:
            canvas.keep_room(size * 4)
        canvas.put_lines(_paragraph_lines(block, canvas.width, size, canvas.fonts))
        canvas.skip(size * 0.5)


def _size(paragraph: Paragraph) -> float:
    return max(17.0 - 1.5 * paragraph.level, _BODY) if paragraph.level else _BODY


def _paragraph_lines(paragraph: Paragraph, width: float, size: float, fonts: FontSet) -> list[Line]:
    runs = paragraph.runs
    if paragraph.level:
        runs = tuple(replace(one, bold=True) for one in runs)
    if paragraph.listed:
        runs = (Run("•  "), *runs)
    return break_lines(runs, width, size, fonts, indent=16.0 if paragraph.listed else 0.0)


def _paint_flow_table(table: FlowTable, canvas: Canvas) -> None:
    columns = max((len(row) for row in table.rows), default=0)
    if not columns:
        return
    width = canvas.width / columns
    inside = max(width - 2 * _PADDING, 12.0)
    for row in table.rows:
        cells = [
            _flat_lines(cell.blocks if cell else (), inside, _SMALL + 0.5, canvas.fonts)
            for cell in row
        ]
        cells += [[] for _ in range(columns - len(row))]
        canvas.put_row(cells, [width] * columns, _PADDING)


def _flat_lines(blocks: tuple[Block, ...], width: float, size: float, fonts: FontSet) -> list[Line]:
    """Give blocks as lines; a table inside a cell becomes lines with its cells told apart."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines += _paragraph_lines(block, width, size, fonts)
            continue
        for row in block.rows if isinstance(block, FlowTable) else ():
            runs: tuple[Run, ...] = ()
            for number, cell in enumerate(row):
                runs += ((Run("  |  "),) if number else ()) + _runs_in(cell.blocks if cell else ())
            lines += break_lines(runs, width, size, fonts)
    return lines


def _runs_in(blocks: tuple[Block, ...]) -> tuple[Run, ...]:
    runs: tuple[Run, ...] = ()
    for block in blocks:
        if isinstance(block, Paragraph):
            runs += (*block.runs, Run(" "))
        elif isinstance(block, FlowTable):
            for row in block.rows:
                for cell in row:
                    runs += _runs_in(cell.blocks if cell else ())
    return runs


# --- sheets ----------------------------------------------------------------------------------


def _paint_book(book: Book) -> Canvas:
    canvas = Canvas(LANDSCAPE)
    for number, sheet in enumerate(book.sheets):
        if number:
            canvas.new_page()
        if len(book.sheets) > 1 or sheet.name != "Sheet 1":
            canvas.put_lines(
                break_lines((Run(sheet.name, bold=True),), canvas.width, 13.0, canvas.fonts)
            )
            canvas.skip(6)
        _paint_sheet(sheet, canvas)
    return canvas


def _paint_sheet(sheet: Sheet, canvas: Canvas) -> None:
    widths = _column_widths(sheet, canvas.fonts)
    for number, (start, end) in enumerate(_column_groups(widths, canvas.width)):
        if number:
            canvas.skip(14)
        _paint_columns(sheet, start, end, widths[start:end], canvas)


def _column_widths(sheet: Sheet, fonts: FontSet) -> list[float]:
    """Give each column the room that its approved text asks for, within bounds."""
    columns = max((len(row) for row in sheet.rows), default=0)
    longest = [""] * columns
    for row in sheet.rows:
        for column, cell in enumerate(row):
            if cell is not None:
                text = cell_text(cell)
                if len(text) > len(longest[column]):
                    longest[column] = text
    return [
        min(max(fonts.width(text[:120], 1) * _TABLE + 3 * _PADDING, _NARROWEST), _WIDEST)
        for text in longest
    ]


def _column_groups(widths: list[float], room: float) -> list[tuple[int, int]]:
    groups: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for column, width in enumerate(widths):
        if used + width > room and column > start:
            groups.append((start, column))
            start, used = column, 0.0
        used += width
    return [*groups, (start, len(widths))] if widths else []


def _paint_columns(sheet: Sheet, start: int, end: int, widths: list[float], canvas: Canvas) -> None:
    header: list[list[Line]] | None = None
    for row in sheet.rows:
        cells = [
            _cell_lines(row, column, widths[column - start], canvas.fonts)
            for column in range(start, end)
        ]
        is_header = header is None and any(cells)
        canvas.put_row(cells, widths, _PADDING, header)
        if is_header:
            header = cells


def _cell_lines(
    row: tuple[SheetCell | None, ...], column: int, width: float, fonts: FontSet
) -> list[Line]:
    cell = row[column] if column < len(row) else None
    if cell is None:
        return []
    run = Run(cell_text(cell), cell.look.bold, redaction=cell.redaction)
    return break_lines((run,), width - 2 * _PADDING, _TABLE, fonts)

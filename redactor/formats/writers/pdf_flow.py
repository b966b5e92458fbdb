"""Paint running text: headings, lists, tables, pictures, and notes at the end under a rule."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from redactor.content import Block, Flow, FlowTable, Note, Paragraph, Picture, Run
from redactor.formats.writers.canvas import LANDSCAPE, PORTRAIT, Canvas
from redactor.formats.writers.ruled import Row, Ruled, TableCell
from redactor.formats.writers.tables import Slot, column_shares, lay_out
from redactor.formats.writers.typeset import Line, break_lines, label_pieces
from redactor.formats.writers.walk import paragraphs_in, runs_text

BODY = 10.5
_SMALL = 8.5
_CELL = 9.0
_PADDING = 3.0
_STEP = 20.0
_LABEL_GAP = 5.0
_HEADING_GROUND = "F2F2F2"
_BULLETS = ("•", "–", "▪")
#: A picture takes at most this much of a page's height.
_TALLEST = 0.8


def paint_flow(flow: Flow) -> tuple[Canvas, tuple[str, ...]]:
    """Paint running text.

    Returns:
        The pages, and the texts that stand on them once more for each page after the first.
    """
    canvas = Canvas(LANDSCAPE if flow.landscape else PORTRAIT)
    canvas.number_pages()
    painter = _Painter(canvas)
    canvas.frame_pages(
        painter.lines(flow.header, canvas.width, _SMALL),
        painter.lines(flow.footer, canvas.width, _SMALL),
    )
    painter.paint(flow.body)
    painter.paint_notes(flow.notes)
    framed = [
        text
        for blocks, is_framed in zip((flow.header, flow.footer), canvas.frames, strict=True)
        if is_framed
        for text in texts_in(blocks)
    ]
    return canvas, (*framed * (canvas.page_count - 1), *painter.again)


def texts_in(blocks: tuple[Block, ...]) -> list[str]:
    """Give the texts of blocks."""
    return [runs_text(one.runs) for one in paragraphs_in(blocks)]


@dataclass(slots=True)
class _Painter:
    canvas: Canvas
    #: Texts of headings of tables, once for each time that they were printed again.
    again: list[str] = field(default_factory=list)

    def paint(self, blocks: tuple[Block, ...]) -> None:
        canvas = self.canvas
        for block in blocks:
            if isinstance(block, FlowTable):
                canvas.skip(2)
                self._paint_table(block)
                canvas.skip(BODY * 0.8)
            elif isinstance(block, Picture):
                canvas.put_lines([self._picture(block, canvas.width)])
                canvas.skip(BODY * 0.5)
            else:
                self._paint_paragraph(block)

    def _paint_paragraph(self, block: Paragraph) -> None:
        canvas = self.canvas
        size = _size(block)
        if block.new_page and not canvas.is_fresh:
            canvas.new_page()
        if block.level:
            canvas.keep_room(size * 4)
            canvas.skip(0 if canvas.is_fresh else size * 0.35)
        lines = self._paragraph(block, canvas.width, size)
        if 1 < len(lines) <= 3:
            canvas.keep_room(sum(line.height for line in lines))
        elif len(lines) > 3:
            canvas.keep_room(lines[0].height * 2)  # no first line alone at the foot of a page
        canvas.put_lines(lines)
        canvas.skip(size * 0.5)

    def paint_notes(self, notes: tuple[Note, ...]) -> None:
        """Print the notes, each with its number, footnotes before endnotes."""
        if not notes:
            return
        canvas = self.canvas
        canvas.keep_room(_SMALL * 4)
        canvas.skip(10)
        canvas.rule(0.5, 0.3, share=0.35)
        canvas.skip(4)
        for note in sorted(notes, key=lambda one: one.at_end):
            lines = self.lines(note.blocks, canvas.width - _STEP, _SMALL)
            lines = [replace(one, indent=one.indent + _STEP) for one in lines or [Line((), _SMALL)]]
            sign = label_pieces(note.label, _SMALL, canvas.fonts, bold=False)
            if lines[0].label:
                lines.insert(0, Line((), _SMALL))
            lines[0] = replace(lines[0], label=sign)
            canvas.put_lines(lines)
            canvas.skip(_SMALL * 0.3)

    # --- lines --------------------------------------------------------------------------------

    def lines(self, blocks: tuple[Block, ...], width: float, size: float) -> list[Line]:
        """Give blocks as lines; a table inside a cell becomes lines with its cells told apart."""
        lines: list[Line] = []
        for block in blocks:
            if isinstance(block, Paragraph):
                lines += self._paragraph(block, width, size)
            elif isinstance(block, Picture):
                lines.append(self._picture(block, width))
            else:
                for slots in lay_out(block):
                    runs: tuple[Run, ...] = ()
                    for slot in slots:
                        between = (Run("  |  "),) if slot.column else ()
                        runs += between + _runs_in(slot.cell.blocks if slot.cell else ())
                    lines += break_lines(runs, width, size, self.canvas.fonts)
                lines += self._pictures_in(block, width)
        return lines

    def _pictures_in(self, table: FlowTable, width: float) -> list[Line]:
        return [
            self._picture(one, width)
            for slots in lay_out(table)
            for slot in slots
            for one in (slot.cell.blocks if slot.cell else ())
            if isinstance(one, Picture)
        ]

    def _paragraph(self, paragraph: Paragraph, width: float, size: float) -> list[Line]:
        runs = paragraph.runs
        if paragraph.level:
            runs = tuple(replace(one, bold=True) for one in runs)
        fonts = self.canvas.fonts
        depth = min(max(paragraph.depth, 0), 8)
        start = min(depth * _STEP, width / 3)
        label = paragraph.label.strip()
        if not label and not paragraph.listed:
            return break_lines(runs, width, size, fonts, start, paragraph.align)
        label = label or _BULLETS[depth % len(_BULLETS)]
        pieces = label_pieces(label, size, fonts, bold=bool(paragraph.level))
        needed = sum(one.width for one in pieces) + _LABEL_GAP
        steps = (_STEP, 1.5 * _STEP, 2 * _STEP, 3 * _STEP)
        hanging = next((one for one in steps if one >= needed), needed)
        indent = min(start + hanging, width * 0.6)
        lines = break_lines(runs, width, size, fonts, indent, paragraph.align)
        lines[0] = replace(lines[0], label=pieces, label_indent=start)
        return lines

    def _picture(self, picture: Picture, width: float) -> Line:
        tallest = self.canvas.page_height * _TALLEST
        scale = min(1.0, width / max(picture.width, 1.0), tallest / max(picture.height, 1.0))
        drawn = self.canvas.draw(picture.png, picture.width * scale, picture.height * scale)
        return Line((), BODY, picture=drawn)

    # --- tables -------------------------------------------------------------------------------

    def _paint_table(self, table: FlowTable) -> None:
        widths = [one * self.canvas.width for one in column_shares(table)]
        if not widths:
            return
        ruled = Ruled(self.canvas, widths, _PADDING, rules="none" if table.plain else "boxes")
        slotted = lay_out(table)
        rows = [
            self._row(slots, widths, is_heading=number < table.heading_rows)
            for number, slots in enumerate(slotted)
        ]
        heads = min(table.heading_rows, len(rows))
        ruled.heading = rows[:heads] if heads < len(rows) else []
        for start, end in _blocks(slotted, heads):
            ruled.put(rows[start:end])
        said = [
            text
            for slots in slotted[:heads]
            for slot in slots
            for text in texts_in(slot.cell.blocks if slot.cell else ())
        ]
        self.again += said * ruled.repeats

    def _row(self, slots: list[Slot], widths: list[float], *, is_heading: bool) -> Row:
        return [
            TableCell(
                self.lines(
                    slot.cell.blocks if slot.cell else (),
                    max(sum(widths[slot.column : slot.column + slot.columns]) - 2 * _PADDING, 12),
                    _CELL,
                ),
                slot.column,
                slot.columns,
                slot.rows,
                _HEADING_GROUND if is_heading else "",
            )
            for slot in slots
            if not slot.is_under
        ]


def _blocks(rows: list[list[Slot]], heads: int) -> list[tuple[int, int]]:
    """Give the stretches of rows that cells of several rows join; the heading is one of them."""
    ends: list[tuple[int, int]] = []
    start = 0
    end = heads
    for number, slots in enumerate(rows):
        if number >= end and number > start:
            ends.append((start, number))
            start = number
        end = max([end, *(number + slot.rows for slot in slots)])
    return [*ends, (start, len(rows))] if rows else []


def _size(paragraph: Paragraph) -> float:
    return max(17.0 - 1.5 * paragraph.level, BODY) if paragraph.level else BODY


def _runs_in(blocks: tuple[Block, ...]) -> tuple[Run, ...]:
    runs: tuple[Run, ...] = ()
    for paragraph in paragraphs_in(blocks):
        label = paragraph.label.strip() or ("•" if paragraph.listed else "")
        runs += ((Run(f"{label} "),) if label else ()) + (*paragraph.runs, Run(" "))
    return runs

"""Paint tables: rows of cells that may take several columns and rows, over as many pages as needed.

The heading is repeated on every page. What belongs together (rows that a cell joins) stays on one
page if a page holds it; what no page holds is cut between lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from redactor.formats.writers.strokes import colour
from redactor.formats.writers.typeset import Line

if TYPE_CHECKING:
    from redactor.formats.writers.canvas import Canvas

_LEAST_LINE = 10.0
#: A row is begun low on a page only where at least this much of it fits.
_LEAST_START = 80.0


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell as it is painted.

    Attributes:
        fill: its ground, six hexadecimal digits or nothing.
        is_ruled: its edges are drawn stronger.
    """

    lines: list[Line]
    column: int
    columns: int = 1
    rows: int = 1
    fill: str = ""
    is_ruled: bool = False

    @property
    def height(self) -> float:
        """Give how tall its text is."""
        return sum([line.height for line in self.lines])


Row = list[TableCell]


@dataclass(slots=True)
class Ruled:
    """One table on a canvas.

    Attributes:
        rules: ``boxes`` around cells, ``lines`` under rows, or ``none``.
        heading: the rows that every page begins with.
        repeats: how often the heading was painted again.
    """

    canvas: Canvas
    widths: list[float]
    padding: float
    rules: str = "boxes"
    heading: list[Row] = field(default_factory=list)
    repeats: int = 0
    _edges: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self._edges = [self.canvas.left]
        for width in self.widths:
            self._edges.append(self._edges[-1] + width)

    def put(self, block: list[Row]) -> None:
        """Paint rows that belong together; a place under a cell of an earlier row has no cell."""
        heights = self._heights(block)
        if sum(heights) <= self.canvas.room:
            self._paint(block, heights)
        elif len(block) == 1:
            self._put_tall(block[0], heights[0])
        elif sum(heights) <= self.canvas.page_height - self._heading_height():
            self._next_page()
            self._paint(block, heights)
        else:
            for row in block:
                self.put([[replace(cell, rows=1) for cell in row]])

    def _heights(self, block: list[Row]) -> list[float]:
        around = 2 * self.padding
        heights = [
            max([cell.height for cell in row if cell.rows == 1], default=0.0) or _LEAST_LINE
            for row in block
        ]
        heights = [one + around for one in heights]
        for number, row in enumerate(block):
            for cell in row:
                if cell.rows > 1:
                    end = min(number + cell.rows, len(block))
                    missing = cell.height + around - sum(heights[number:end])
                    heights[end - 1] += max(missing, 0.0)
        return heights

    def _heading_height(self) -> float:
        return sum(self._heights(self.heading)) if self.heading else 0.0

    def _next_page(self) -> None:
        self.canvas.new_page()
        heights = self._heights(self.heading) if self.heading else []
        if heights and sum(heights) < self.canvas.page_height / 3:
            self.repeats += 1
            self._paint(self.heading, heights)

    def _put_tall(self, row: Row, height: float) -> None:
        """Paint a row that does not fit: on the next page, or cut where no page holds it."""
        fits_a_page = height <= self.canvas.page_height - self._heading_height()
        is_fresh = fits_a_page or self.canvas.room < _LEAST_START
        if is_fresh:
            self._next_page()
        rest = row
        while any(cell.lines for cell in rest):
            now, rest = _cut(rest, self.canvas.room - 2 * self.padding, is_fresh=is_fresh)
            if any(cell.lines for cell in now):
                self._paint([now], self._heights([now]))
            if any(cell.lines for cell in rest):
                self._next_page()
                is_fresh = True

    def _paint(self, block: list[Row], heights: list[float]) -> None:
        top = self.canvas.y
        tops = [top]
        for height in heights:
            tops.append(tops[-1] - height)
        plain: list[str] = []
        strong: list[str] = []
        for number, row in enumerate(block):
            for cell in row:
                end = min(number + cell.rows, len(block))
                left = self._edges[cell.column]
                right = self._edges[cell.column + cell.columns]
                box = (
                    f"{left:.1f} {tops[end]:.1f} {right - left:.1f} {tops[number] - tops[end]:.1f}"
                )
                if cell.fill:
                    self.canvas.paint(f"{colour(cell.fill, 'rg')} {box} re f 0 g")
                (strong if cell.is_ruled else plain).append(f"{box} re")
        self._rule(plain, strong, tops)
        for number, row in enumerate(block):
            for cell in row:
                self._paint_text(cell, tops[number])
        self.canvas.y = tops[-1]

    def _rule(self, plain: list[str], strong: list[str], tops: list[float]) -> None:
        if self.rules == "boxes":
            if plain:
                self.canvas.paint(f"0.4 w 0.6 G {' '.join(plain)} S")
            if strong:
                self.canvas.paint(f"0.6 w 0.3 G {' '.join(strong)} S")
        elif self.rules == "lines":
            start, end = self._edges[0], self._edges[-1]
            lines = (f"{start:.1f} {y:.1f} m {end:.1f} {y:.1f} l" for y in tops[1:])
            self.canvas.paint(f"0.4 w 0.6 G {' '.join(lines)} S")

    def _paint_text(self, cell: TableCell, top: float) -> None:
        x = self._edges[cell.column] + self.padding
        y = top - self.padding
        for line in cell.lines:
            y -= line.height
            self.canvas.put_line(line, x, y)


def _cut(row: Row, room: float, *, is_fresh: bool) -> tuple[Row, Row]:
    """Cut a row where its text no longer fits; on a fresh page a line goes, so that it ends."""
    now: Row = []
    rest: Row = []
    for cell in row:
        used, count = 0.0, 0
        while count < len(cell.lines) and (
            used + cell.lines[count].height <= room or (is_fresh and not count)
        ):
            used += cell.lines[count].height
            count += 1
        now.append(replace(cell, lines=cell.lines[:count]))
        rest.append(replace(cell, lines=cell.lines[count:]))
    return now, rest

"""Walk a Word part block by block: what a reader sees, and what only the file knows.

Source of the markup: ECMA-376 part 1, 17.2 to 17.5 and 17.13 (annotations).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from redactor.formats.docx.asides import Asides
from redactor.formats.docx.blocks import (
    Piece,
    ReadBlock,
    ReadCell,
    ReadParagraph,
    ReadPicture,
    ReadTable,
    columns_spanned,
    normal_pieces,
)
from redactor.formats.docx.context import MC, WRAPPERS, Context, changed
from redactor.formats.docx.graphics import Box, Lettering, Shape
from redactor.formats.docx.paragraphs import OpenParagraph
from redactor.formats.docx.runs import RunReader
from redactor.formats.docx.source import Source
from redactor.formats.docx.styles import (
    UNKNOWN_GROUND,
    W,
    attribute_of,
    ground_of,
    paragraph_properties,
    run_look,
    toggle,
    value,
    whole_number,
)
from redactor.formats.docx.tables import column_shares, empty_places, heads_the_table, is_plain
from redactor.model import HiddenKind

_TINY_ROW_TWIPS = 40
_NEW_PAGE_SECTIONS = frozenset({"", "nextPage", "oddPage", "evenPage"})


class PartWalker:
    """Walks one part with visible text: the body, a header, a footer or the notes.

    Args:
        part: the part.
        source: what it is read with.
    """

    def __init__(self, part: str, source: Source) -> None:
        self._part = part
        self._source = source
        self._asides = Asides(part, source.gathered)
        self._runs = RunReader(part, source, self._asides, self._show)
        self._number = 0
        self._breaks_page = False

    def walk(self, root: etree._Element, sign: str = "") -> tuple[ReadBlock, ...]:
        """Read all blocks of a part's root (a header), of a body or of one note.

        Args:
            sign: of the note that is read.

        Raises:
            ValueError: a number in it is none.
        """
        self._runs.sign = sign
        return tuple(self._blocks(root, Context(ground=self._source.page)))

    def finish(self, root: etree._Element) -> None:
        """Gather what is left over in a part once all that is visible in it was read."""
        if self._runs.has_open_field:
            place = f"{self._part}/field"
            why = "A field that does not end; text in it may be missing."
            self._source.gathered.block(place, why)
        self._asides.gather_strays(root)

    # --- blocks -------------------------------------------------------------------------------

    def _blocks(self, parent: etree._Element, context: Context) -> Iterator[ReadBlock]:
        for element in parent:
            if element.tag == W + "p":
                yield from self._paragraph(element, context)
            elif element.tag == W + "tbl":
                yield from self._table_on_page(element, context)
            elif not self._asides.pass_over(element):
                for inner, within in self._opened(element, context):
                    yield from self._blocks(inner, within)

    def _table_on_page(self, element: etree._Element, context: Context) -> Iterator[ReadBlock]:
        if self._breaks_page:
            self._breaks_page = False
            yield ReadParagraph(self._part, -1, (), new_page=True)
        table = self._table(element, context)
        if table.rows:
            yield table

    def _opened(
        self, element: etree._Element, context: Context
    ) -> Iterable[tuple[etree._Element, Context]]:
        """Open what may wrap blocks, rows or cells."""
        if element.tag == W + "sdt":
            self._asides.gather_control(element)
            return [(one, context) for one in element.iterfind(f"{W}sdtContent")]
        if element.tag == MC + "AlternateContent":
            return [(self._asides.choose(element), context)]
        if element.tag in WRAPPERS:
            self._asides.gather_wrapper(element)
            return [(element, changed(element, context))]
        self._asides.refuse(element)
        return []

    # --- tables -------------------------------------------------------------------------------

    def _table(self, table: etree._Element, context: Context) -> ReadTable:
        properties = table.find(f"{W}tblPr")
        if properties is not None:
            captions = [attribute_of(properties, one) for one in ("tblCaption", "tblDescription")]
            self._asides.add(HiddenKind.ALT_TEXT, " ".join(one for one in captions if one))
            styled = attribute_of(properties, "tblStyle") not in {"", "TableNormal", "TableGrid"}
            ground = ground_of(properties) or (UNKNOWN_GROUND if styled else None)
            context = replace(context, ground=ground or context.ground)
        found = list(self._rows(table, context))
        heading = next((at for at, (_, heads) in enumerate(found) if not heads), len(found))
        return ReadTable(
            tuple(row for row, _ in found),
            column_shares(table),
            heading if heading < len(found) else 0,
            is_plain(table, self._source.styles),
        )

    def _rows(
        self, parent: etree._Element, context: Context
    ) -> Iterator[tuple[tuple[ReadCell, ...], bool]]:
        for element in parent:
            if element.tag == W + "tr":
                within = self._row_context(element, context)
                cells = tuple(self._cells(element, within))
                if cells and (within.hidden is None or any(one.blocks for one in cells)):
                    before = empty_places(element, "gridBefore")
                    after = empty_places(element, "gridAfter")
                    yield (*before, *cells, *after), heads_the_table(element)
            elif not self._asides.pass_over(element):
                for inner, within in self._opened(element, context):
                    yield from self._rows(inner, within)

    def _row_context(self, row: etree._Element, context: Context) -> Context:
        properties = row.find(f"{W}trPr")
        if properties is None:
            return context
        if properties.find(f"{W}del") is not None:
            return replace(context, hidden=HiddenKind.TRACKED_DELETION)
        height = whole_number(attribute_of(properties, "trHeight"))
        is_exact = attribute_of(properties, "trHeight", "hRule") == "exact"
        is_tiny = is_exact and height is not None and height <= _TINY_ROW_TWIPS
        if toggle(properties, "hidden") or is_tiny:
            return replace(context, hidden=HiddenKind.HIDDEN_TEXT)
        if properties.find(f"{W}ins") is not None:
            return replace(context, change=HiddenKind.TRACKED_INSERTION)
        return context

    def _cells(self, row: etree._Element, context: Context) -> Iterator[ReadCell]:
        for element in row:
            if element.tag == W + "tc":
                properties = element.find(f"{W}tcPr")
                within, continues = self._cell_context(properties, context)
                blocks = tuple(self._blocks(element, within))
                shown = () if within.hidden else blocks
                yield ReadCell(shown, columns_spanned(properties), continues)
            elif not self._asides.pass_over(element):
                for inner, within in self._opened(element, context):
                    yield from self._cells(inner, within)

    def _cell_context(
        self, properties: etree._Element | None, context: Context
    ) -> tuple[Context, bool]:
        if properties is None:
            return context, False
        context = replace(context, ground=ground_of(properties) or context.ground)
        if properties.find(f"{W}cellDel") is not None:
            return replace(context, hidden=HiddenKind.TRACKED_DELETION), False
        merge = properties.find(f"{W}vMerge")
        if merge is not None and value(merge) != "restart":
            return replace(context, hidden=HiddenKind.HIDDEN_TEXT), True  # under the cell above
        return context, False

    # --- paragraphs ---------------------------------------------------------------------------

    def _paragraph(self, element: etree._Element, context: Context) -> Iterator[ReadBlock]:
        number = self._number
        self._number += 1
        properties = element.find(f"{W}pPr")
        style = "" if properties is None else attribute_of(properties, "pStyle")
        styles = self._source.styles
        look = paragraph_properties(properties).over(styles.paragraph_look(style))
        opened = OpenParagraph(look, breaks_before=self._breaks_page)
        self._breaks_page = False
        self._runs.read(element, context, opened)
        for kind, texts in opened.aside:
            self._asides.add(kind, "".join(texts))
        is_gone = context.hidden is not None or _mark_is_unseen(properties)
        is_counted = opened.has_text or not (is_gone or opened.aside)
        key = style or styles.usual
        paragraph = opened.close(
            self._part, number, key, self._source.numbering, is_counted=is_counted
        )
        if paragraph.pieces or paragraph.new_page or not (opened.anchored or is_gone):
            yield paragraph
        yield from opened.anchored
        self._breaks_page = opened.breaks_after or _ends_section(properties)

    def _show(self, shape: Shape, context: Context, opened: OpenParagraph) -> None:
        """Set what a drawing shows after the paragraph that it is anchored to."""
        if isinstance(shape, ReadPicture):
            opened.anchored.append(shape)
            return
        if shape.is_hidden and context.hidden is None:
            context = replace(context, hidden=HiddenKind.HIDDEN_TEXT)
        blocks = self._boxed(shape, context)
        if context.hidden is None and any(_says_something(one) for one in blocks):
            opened.anchored.append(ReadTable(((ReadCell(blocks),),)))

    def _boxed(self, shape: Box | Lettering, context: Context) -> tuple[ReadBlock, ...]:
        if isinstance(shape, Lettering):
            return (self._lettering(shape.text, context),)
        within = replace(context, ground=shape.ground or context.ground)
        before, self._breaks_page = self._breaks_page, False
        blocks = tuple(self._blocks(shape.content, within))
        self._breaks_page = before
        return blocks

    def _lettering(self, text: str, context: Context) -> ReadParagraph:
        number = self._number
        self._number += 1
        if context.hidden is not None:
            self._asides.add(context.hidden, text)
            text = ""
        return ReadParagraph(self._part, number, normal_pieces([Piece(text)]))


def _mark_is_unseen(properties: etree._Element | None) -> bool:
    """Say whether the end of a paragraph is hidden or deleted, so that it is not there if empty."""
    mark = None if properties is None else properties.find(f"{W}rPr")
    if mark is None:
        return False
    return bool(run_look(mark).vanished) or mark.find(f"{W}del") is not None


def _ends_section(properties: etree._Element | None) -> bool:
    """Say whether a section ends here, and the next begins a page."""
    section = None if properties is None else properties.find(f"{W}sectPr")
    return section is not None and attribute_of(section, "type") in _NEW_PAGE_SECTIONS


def _says_something(block: ReadBlock) -> bool:
    if isinstance(block, ReadParagraph):
        return bool(block.pieces)
    return True

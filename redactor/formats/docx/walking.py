"""Walk a Word part paragraph by paragraph: what a reader sees, and what only the file knows.

Source of the markup: ECMA-376 part 1, 17.2 to 17.5, 17.13 (annotations), 17.16 (fields).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from redactor.formats.docx.asides import Asides
from redactor.formats.docx.blocks import (
    Piece,
    ReadBlock,
    ReadParagraph,
    ReadTable,
    columns_spanned,
    normal_pieces,
    text_of,
)
from redactor.formats.docx.styles import (
    Look,
    Styles,
    W,
    attribute_of,
    has_shade,
    paragraph_properties,
    run_look,
    toggle,
    value,
)
from redactor.formats.hidden import Gathered, gather_element, texts_of
from redactor.formats.package import is_element
from redactor.model import HiddenKind

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

#: Elements that only wrap others.
WRAPPERS = frozenset(
    W + one for one in (
        "sdtContent", "smartTag", "customXml", "hyperlink", "dir", "bdo", "fldSimple", "ins",
        "moveTo", "del", "moveFrom", "rubyBase",
    )
)  # fmt: skip
_CHANGES = {
    W + "ins": HiddenKind.TRACKED_INSERTION,
    W + "moveTo": HiddenKind.TRACKED_MOVE,
    W + "del": HiddenKind.TRACKED_DELETION,
    W + "moveFrom": HiddenKind.TRACKED_MOVE,
}
_GONE = frozenset({W + "del", W + "moveFrom"})
GRAPHICS = frozenset({W + "drawing", W + "pict", W + "object"})


@dataclass(frozen=True, slots=True)
class _Context:
    """What surrounds a piece of text: why it is hidden, what change it belongs to, its ground."""

    hidden: HiddenKind | None = None
    change: HiddenKind | None = None
    shaded: bool = False


@dataclass(slots=True)
class _Open:
    """The paragraph that is being read."""

    look: Look
    pieces: list[Piece] = field(default_factory=list)
    aside: list[tuple[HiddenKind, list[str]]] = field(default_factory=list)

    def put_aside(self, kind: HiddenKind, text: str) -> None:
        """Keep hidden text; what follows in the same kind belongs together."""
        if self.aside and self.aside[-1][0] is kind:
            self.aside[-1][1].append(text)
        else:
            self.aside.append((kind, [text]))


class PartWalker:
    """Walks one part with visible text: the body, a header or a footer."""

    def __init__(self, part: str, styles: Styles, gathered: Gathered) -> None:
        self._part = part
        self._styles = styles
        self._asides = Asides(part, gathered)
        self._gathered = gathered
        self._number = 0
        self._fields: list[str] = []

    def walk(self, root: etree._Element) -> tuple[ReadBlock, ...]:
        """Read all blocks of a part's root (a header) or body.

        Raises:
            ValueError: a number in it is none.
        """
        context = _Context(shaded=self._page_has_colour(root))
        blocks = tuple(self._blocks(root, context))
        if self._fields:
            place = f"{self._part}/field"
            self._gathered.block(place, "A field that does not end; text in it may be missing.")
        self._asides.gather_strays(root)
        return blocks

    # --- blocks -------------------------------------------------------------------------------

    def _blocks(self, parent: etree._Element, context: _Context) -> Iterator[ReadBlock]:
        for element in parent:
            if element.tag == W + "p":
                yield self._paragraph(element, context)
            elif element.tag == W + "tbl":
                yield self._table(element, context)
            elif not self._asides.pass_over(element):
                yield from self._blocks_inside(element, context)

    def _blocks_inside(self, element: etree._Element, context: _Context) -> Iterator[ReadBlock]:
        if element.tag == W + "sdt":
            self._asides.gather_control(element)
            for content in element.iterfind(f"{W}sdtContent"):
                yield from self._blocks(content, context)
        elif element.tag == _MC + "AlternateContent":
            yield from self._blocks(self._asides.choose(element), context)
        elif element.tag in WRAPPERS:
            self._asides.gather_wrapper(element)
            yield from self._blocks(element, self._changed(element, context))
        else:
            self._asides.refuse(element)

    def _table(self, table: etree._Element, context: _Context) -> ReadTable:
        properties = table.find(f"{W}tblPr")
        if properties is not None:
            captions = [attribute_of(properties, one) for one in ("tblCaption", "tblDescription")]
            self._asides.add(HiddenKind.ALT_TEXT, " ".join(one for one in captions if one))
            styled = attribute_of(properties, "tblStyle") not in {"", "TableNormal", "TableGrid"}
            if styled or has_shade(properties):
                context = replace(context, shaded=True)
        return ReadTable(tuple(self._rows(table, context)))

    def _rows(
        self, parent: etree._Element, context: _Context
    ) -> Iterator[tuple[tuple[ReadBlock, ...], ...]]:
        for element in parent:
            if element.tag == W + "tr":
                row = tuple(self._cells(element, self._row_context(element, context)))
                if any(row) or not context.hidden:
                    yield row
            elif not self._asides.pass_over(element):
                for inner, within in self._opened(element, context):
                    yield from self._rows(inner, within)

    def _row_context(self, row: etree._Element, context: _Context) -> _Context:
        properties = row.find(f"{W}trPr")
        if properties is None:
            return context
        if properties.find(f"{W}del") is not None:
            return replace(context, hidden=HiddenKind.TRACKED_DELETION)
        if toggle(properties, "hidden"):
            return replace(context, hidden=HiddenKind.HIDDEN_TEXT)
        if properties.find(f"{W}ins") is not None:
            return replace(context, change=HiddenKind.TRACKED_INSERTION)
        return context

    def _cells(self, row: etree._Element, context: _Context) -> Iterator[tuple[ReadBlock, ...]]:
        for element in row:
            if element.tag == W + "tc":
                properties = element.find(f"{W}tcPr")
                yield tuple(self._blocks(element, self._cell_context(properties, context)))
                yield from [()] * (columns_spanned(properties) - 1)
            elif not self._asides.pass_over(element):
                for inner, within in self._opened(element, context):
                    yield from self._cells(inner, within)

    def _cell_context(self, properties: etree._Element | None, context: _Context) -> _Context:
        if properties is None:
            return context
        if has_shade(properties):
            context = replace(context, shaded=True)
        if properties.find(f"{W}cellDel") is not None:
            return replace(context, hidden=HiddenKind.TRACKED_DELETION)
        merge = properties.find(f"{W}vMerge")
        if merge is not None and value(merge) != "restart":
            return replace(context, hidden=HiddenKind.HIDDEN_TEXT)  # under the cell above
        return context

    def _opened(
        self, element: etree._Element, context: _Context
    ) -> Iterable[tuple[etree._Element, _Context]]:
        """Open what may wrap rows or cells."""
        if element.tag == W + "sdt":
            self._asides.gather_control(element)
            return [(one, context) for one in element.iterfind(f"{W}sdtContent")]
        if element.tag == _MC + "AlternateContent":
            return [(self._asides.choose(element), context)]
        if element.tag in WRAPPERS:
            self._asides.gather_wrapper(element)
            return [(element, self._changed(element, context))]
        self._asides.refuse(element)
        return []

    # --- paragraphs ---------------------------------------------------------------------------

    def _paragraph(self, element: etree._Element, context: _Context) -> ReadParagraph:
        number = self._number
        self._number += 1
        properties = element.find(f"{W}pPr")
        style = "" if properties is None else attribute_of(properties, "pStyle")
        look = paragraph_properties(properties).over(self._styles.paragraph_look(style))
        opened = _Open(look)
        if look.shaded:
            context = replace(context, shaded=True)
        self._inlines(element, context, opened)
        for kind, texts in opened.aside:
            self._asides.add(kind, "".join(texts))
        level = look.level or 0
        return ReadParagraph(
            self._part, number, normal_pieces(opened.pieces), level, bool(look.listed) and not level
        )

    def _inlines(self, parent: etree._Element, context: _Context, opened: _Open) -> None:
        for element in parent:
            if element.tag == W + "r":
                self._run(element, context, opened)
            elif not self._asides.pass_over(element):
                self._inline(element, context, opened)

    def _inline(self, element: etree._Element, context: _Context, opened: _Open) -> None:
        if element.tag == W + "sdt":
            self._asides.gather_control(element)
            for content in element.iterfind(f"{W}sdtContent"):
                self._inlines(content, context, opened)
        elif element.tag == _MC + "AlternateContent":
            self._inlines(self._asides.choose(element), context, opened)
        elif element.tag in WRAPPERS:
            self._asides.gather_wrapper(element)
            if element.tag == W + "fldSimple":
                opened.put_aside(HiddenKind.FIELD_CODE, value(element, "instr"))
            self._inlines(element, self._changed(element, context), opened)
        else:
            self._asides.refuse(element)

    def _run(self, run: etree._Element, context: _Context, opened: _Open) -> None:
        properties = run.find(f"{W}rPr")
        look = run_look(properties)
        if properties is not None:
            look = look.over(self._styles.look(attribute_of(properties, "rStyle")))
        look = look.over(opened.look)
        self._run_content(run, look, context, opened)

    def _run_content(
        self, run: etree._Element, look: Look, context: _Context, opened: _Open
    ) -> None:
        for element in run:
            if element.tag in {W + "instrText", W + "delInstrText"}:
                opened.put_aside(HiddenKind.FIELD_CODE, element.text or "")
            elif element.tag == W + "fldChar":
                self._turn_field(element)
            elif element.tag in GRAPHICS:
                self._asides.graphic(element)
            elif element.tag == _MC + "AlternateContent":
                self._alternatives(element, look, context, opened)
            elif element.tag == W + "ruby":
                self._ruby(element, context, opened)
            else:
                self._text(element, look, context, opened)

    def _text(self, element: etree._Element, look: Look, context: _Context, opened: _Open) -> None:
        text = text_of(element)
        if text is None:
            if not self._asides.pass_over(element):
                self._asides.refuse(element)
            return
        kind = context.hidden or self._why_hidden(look, context)
        if element.tag == W + "delText" and kind is None:
            kind = HiddenKind.TRACKED_DELETION
        if kind is not None:
            opened.put_aside(kind, text)
            return
        if context.change is not None:
            opened.put_aside(context.change, text)
        opened.pieces.append(Piece(text, bool(look.bold), bool(look.italic)))

    def _why_hidden(self, look: Look, context: _Context) -> HiddenKind | None:
        if "code" in self._fields:
            return HiddenKind.FIELD_CODE
        white = look.white and not (context.shaded or look.shaded)
        return HiddenKind.HIDDEN_TEXT if look.vanished or look.tiny or white else None

    def _turn_field(self, element: etree._Element) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._fields.append("code")
            for data in element.iterfind(f"{W}ffData"):
                gather_element(
                    data,
                    HiddenKind.FORM_FIELD,
                    self._asides.place(HiddenKind.FORM_FIELD),
                    self._gathered,
                    self._part,
                )
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _ruby(self, element: etree._Element, context: _Context, opened: _Open) -> None:
        for base in element.iterfind(f"{W}rubyBase"):
            self._inlines(base, context, opened)
        for aid in element.iterfind(f"{W}rt"):
            opened.put_aside(HiddenKind.OTHER, "".join(texts_of(aid)))

    # --- what is not text ---------------------------------------------------------------------

    def _alternatives(
        self, element: etree._Element, look: Look, context: _Context, opened: _Open
    ) -> None:
        """Read one of several versions of the same content; the others are gathered as hidden."""
        if any(one.tag in GRAPHICS for one in element.iter() if is_element(one)):
            self._asides.graphic(element)
            return
        self._run_content(self._asides.choose(element), look, context, opened)

    def _changed(self, element: etree._Element, context: _Context) -> _Context:
        kind = _CHANGES.get(str(element.tag))
        if kind is None:
            return context
        if element.tag in _GONE:
            return replace(context, hidden=context.hidden or kind)
        return replace(context, change=kind)

    def _page_has_colour(self, root: etree._Element) -> bool:
        tree = root.getroottree().getroot()
        return tree.find(f"{W}background") is not None

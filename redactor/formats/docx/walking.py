"""Walk a Word part paragraph by paragraph: what a reader sees, and what only the file knows.

Source of the markup: ECMA-376 part 1, 17.2 to 17.5, 17.13 (annotations), 17.16 (fields).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from lxml import etree

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
from redactor.formats.hidden import Gathered, attributes_of, gather_element, texts_of
from redactor.formats.package import is_element, local_name
from redactor.model import HiddenKind

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"

#: Elements that only wrap others.
_WRAPPERS = frozenset(
    W + one for one in (
        "sdtContent", "smartTag", "customXml", "hyperlink", "dir", "bdo", "fldSimple", "ins",
        "moveTo", "del", "moveFrom", "rubyBase",
    )
)  # fmt: skip
#: Elements without text, or whose words are gathered elsewhere.
_DULL = frozenset(
    W + one for one in (
        "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "bookmarkEnd",
        "proofErr", "permEnd", "commentRangeStart", "commentRangeEnd", "lastRenderedPageBreak",
        "annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
        "footnoteReference", "endnoteReference", "commentReference", "moveFromRangeStart",
        "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
        "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
        "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart",
        "customXmlMoveToRangeEnd", "pgNum", "dayShort", "dayLong", "monthShort", "monthLong",
        "yearShort", "yearLong", "sdtEndPr", "rubyPr", "background", "numberingChange",
    )
)  # fmt: skip
_CHANGES = {
    W + "ins": HiddenKind.TRACKED_INSERTION,
    W + "moveTo": HiddenKind.TRACKED_MOVE,
    W + "del": HiddenKind.TRACKED_DELETION,
    W + "moveFrom": HiddenKind.TRACKED_MOVE,
}
_GONE = frozenset({W + "del", W + "moveFrom"})
_GRAPHICS = frozenset({W + "drawing", W + "pict", W + "object"})
_TEXTS = frozenset(W + one for one in ("t", "delText", "instrText", "delInstrText", "fldData"))
_STANDING_FOR = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "",
}
_SIGN_FONTS = ("symbol", "wingdings", "webdings", "marlett")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one look."""

    text: str = field(repr=False)
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """The visible text of a paragraph, the ``number``-th of its part."""

    part: str
    number: int
    pieces: tuple[Piece, ...] = field(repr=False)
    level: int = 0
    listed: bool = False

    @property
    def text(self) -> str:
        """Give the text of all pieces."""
        return "".join(one.text for one in self.pieces)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table: rows of cells of blocks."""

    rows: tuple[tuple[tuple[ReadBlock, ...], ...], ...]


ReadBlock: TypeAlias = ReadParagraph | ReadTable


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
        self._gathered = gathered
        self._number = 0
        self._fields: list[str] = []
        self._graphics: Counter[str] = Counter()

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
        self._gather_strays(root)
        return blocks

    # --- blocks -------------------------------------------------------------------------------

    def _blocks(self, parent: etree._Element, context: _Context) -> Iterator[ReadBlock]:
        for element in parent:
            if element.tag == W + "p":
                yield self._paragraph(element, context)
            elif element.tag == W + "tbl":
                yield self._table(element, context)
            elif not self._pass_over(element):
                yield from self._blocks_inside(element, context)

    def _blocks_inside(self, element: etree._Element, context: _Context) -> Iterator[ReadBlock]:
        if element.tag == W + "sdt":
            self._gather_control(element)
            for content in element.iterfind(f"{W}sdtContent"):
                yield from self._blocks(content, context)
        elif element.tag == _MC + "AlternateContent":
            yield from self._blocks(self._choose(element), context)
        elif element.tag in _WRAPPERS:
            self._gather_wrapper(element)
            yield from self._blocks(element, self._changed(element, context))
        else:
            self._refuse(element)

    def _table(self, table: etree._Element, context: _Context) -> ReadTable:
        properties = table.find(f"{W}tblPr")
        if properties is not None:
            captions = [attribute_of(properties, one) for one in ("tblCaption", "tblDescription")]
            self._aside(HiddenKind.ALT_TEXT, " ".join(one for one in captions if one))
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
            elif not self._pass_over(element):
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
                yield from [()] * (_columns_spanned(properties) - 1)
            elif not self._pass_over(element):
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
            self._gather_control(element)
            return [(one, context) for one in element.iterfind(f"{W}sdtContent")]
        if element.tag == _MC + "AlternateContent":
            return [(self._choose(element), context)]
        if element.tag in _WRAPPERS:
            self._gather_wrapper(element)
            return [(element, self._changed(element, context))]
        self._refuse(element)
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
            self._aside(kind, "".join(texts))
        level = look.level or 0
        return ReadParagraph(
            self._part, number, _normal(opened.pieces), level, bool(look.listed) and not level
        )

    def _inlines(self, parent: etree._Element, context: _Context, opened: _Open) -> None:
        for element in parent:
            if element.tag == W + "r":
                self._run(element, context, opened)
            elif not self._pass_over(element):
                self._inline(element, context, opened)

    def _inline(self, element: etree._Element, context: _Context, opened: _Open) -> None:
        if element.tag == W + "sdt":
            self._gather_control(element)
            for content in element.iterfind(f"{W}sdtContent"):
                self._inlines(content, context, opened)
        elif element.tag == _MC + "AlternateContent":
            self._inlines(self._choose(element), context, opened)
        elif element.tag in _WRAPPERS:
            self._gather_wrapper(element)
            if element.tag == W + "fldSimple":
                opened.put_aside(HiddenKind.FIELD_CODE, value(element, "instr"))
            self._inlines(element, self._changed(element, context), opened)
        else:
            self._refuse(element)

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
            elif element.tag in _GRAPHICS:
                self._graphic(element)
            elif element.tag == _MC + "AlternateContent":
                self._alternatives(element, look, context, opened)
            elif element.tag == W + "ruby":
                self._ruby(element, context, opened)
            else:
                self._text(element, look, context, opened)

    def _text(self, element: etree._Element, look: Look, context: _Context, opened: _Open) -> None:
        text = _text_of(element)
        if text is None:
            if not self._pass_over(element):
                self._refuse(element)
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
                    self._place(HiddenKind.FORM_FIELD),
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
        if any(one.tag in _GRAPHICS for one in element.iter() if is_element(one)):
            self._graphic(element)
            return
        self._run_content(self._choose(element), look, context, opened)

    def _choose(self, element: etree._Element) -> etree._Element:
        versions = [one for one in element if is_element(one)]
        if not versions:
            return element
        for other in versions[1:]:
            gather_element(
                other, HiddenKind.OTHER, self._place(HiddenKind.OTHER), self._gathered, self._part
            )
        return versions[0]

    def _graphic(self, element: etree._Element) -> None:
        """Gather a graphic's words; pictures, charts and embedded files are parts named there."""
        place = self._place(HiddenKind.ALT_TEXT)
        self._gathered.add_all(HiddenKind.ALT_TEXT, place, attributes_of(element), self._part)
        words = list(dict.fromkeys(one for one in texts_of(element) if one.strip()))
        for text in words:
            self._gathered.add(HiddenKind.OTHER, self._place(HiddenKind.OTHER), text, self._part)
        names = {local_name(one) for one in element.iter() if is_element(one)}
        if words or "textpath" in names:
            self._block(
                "drawing", "A text box or drawn shape. The rebuilt file does not carry it yet."
            )
        elif not names & {
            "blip",
            "imagedata",
            "chart",
            "relIds",
            "OLEObject",
            "control",
            "contentPart",
        }:
            ruler = any(one.get(f"{_OFFICE}hr") for one in element.iter() if is_element(one))
            shapes = names & {
                "wsp",
                "wgp",
                "wpc",
                "shape",
                "rect",
                "oval",
                "line",
                "roundrect",
                "polyline",
                "group",
            }
            if shapes and not ruler:
                self._block("drawing", "A drawn shape. The rebuilt file does not carry it yet.")

    def _refuse(self, element: etree._Element) -> None:
        """Name an element that is not understood and gather what it says."""
        gather_element(
            element, HiddenKind.OTHER, self._place(HiddenKind.OTHER), self._gathered, self._part
        )
        name = local_name(element)
        if element.tag == W + "altChunk":
            self._block(
                "import", "A document set into this one. The rebuilt file does not carry it yet."
            )
        elif element.tag == W + "subDoc":
            self._block("import", "A document kept elsewhere. The rebuilt file does not carry it.")
        elif str(element.tag).startswith(_MATH):
            self._block("equation", "An equation. The rebuilt file does not carry it yet.")
        elif any(text.strip() for text in texts_of(element)):
            self._block("unknown", f"Text in an element that is not known ({name[:40]}).")

    def _pass_over(self, element: etree._Element) -> bool:
        """Deal with what never holds visible text; say whether that was so."""
        if not is_element(element):
            self._aside(HiddenKind.OTHER, element.text or "")
            return True
        if element.tag == W + "bookmarkStart":
            name = value(element, "name")
            if name != "_GoBack":
                self._aside(HiddenKind.BOOKMARK, name)
            return True
        if element.tag == W + "permStart":
            self._aside(HiddenKind.METADATA, value(element, "ed"))
            return True
        return element.tag in _DULL

    def _gather_control(self, control: etree._Element) -> None:
        for properties in control.iterfind(f"{W}sdtPr"):
            kind = HiddenKind.FORM_FIELD
            gather_element(properties, kind, self._place(kind), self._gathered, self._part)

    def _gather_wrapper(self, element: etree._Element) -> None:
        if element.tag == W + "hyperlink":
            words = [value(element, one) for one in ("tooltip", "anchor", "docLocation")]
            self._gathered.add_all(HiddenKind.LINK, self._place(HiddenKind.LINK), words, self._part)
        elif element.tag in {W + "smartTag", W + "customXml"}:
            kind = HiddenKind.CUSTOM_XML
            words = [*map(str, element.attrib.values())]
            for properties in (
                *element.iterfind(f"{W}smartTagPr"),
                *element.iterfind(f"{W}customXmlPr"),
            ):
                words += attributes_of(properties)
                properties.tag = W + "rPr"  # read; nothing in it is text
            self._gathered.add_all(kind, self._place(kind), words, self._part)

    def _changed(self, element: etree._Element, context: _Context) -> _Context:
        kind = _CHANGES.get(str(element.tag))
        if kind is None:
            return context
        if element.tag in _GONE:
            return replace(context, hidden=context.hidden or kind)
        return replace(context, change=kind)

    def _gather_strays(self, root: etree._Element) -> None:
        """Gather text where no text belongs, and the names of those who made changes."""
        authors: list[str] = []
        for element in root.iter():
            if not is_element(element):
                continue
            author = value(element, "author")
            if author:
                authors.append(author)
            if not element.tag.startswith(W):
                continue
            if element.tag not in _TEXTS and element.text and element.text.strip():
                self._aside(HiddenKind.OTHER, element.text)
            if element.tail and element.tail.strip():
                self._aside(HiddenKind.OTHER, element.tail)
        self._gathered.add_all(
            HiddenKind.METADATA, self._place(HiddenKind.METADATA), authors, self._part
        )

    def _page_has_colour(self, root: etree._Element) -> bool:
        tree = root.getroottree().getroot()
        return tree.find(f"{W}background") is not None

    def _place(self, kind: HiddenKind) -> str:
        return f"{self._part}/{kind.value}"

    def _aside(self, kind: HiddenKind, text: str) -> None:
        self._gathered.add(kind, self._place(kind), text, self._part)

    def _block(self, what: str, why: str) -> None:
        self._graphics[what] += 1
        self._gathered.block(f"{self._part}/{what}:{self._graphics[what]}", why)


def _columns_spanned(properties: etree._Element | None) -> int:
    span = "" if properties is None else attribute_of(properties, "gridSpan")
    return min(max(int(span), 1), 64) if span.isdigit() else 1


def _text_of(element: etree._Element) -> str | None:
    """Give the text that an element of a run stands for; None where it is no text."""
    name = str(element.tag)
    if name in {W + "t", W + "delText"}:
        return element.text or ""
    if name == W + "sym":
        return _sign(element)
    return _STANDING_FOR.get(name)


def _sign(element: etree._Element) -> str:
    """Give a character of a special font: itself, or a mark where the font only has pictures."""
    code = int(value(element, "char") or "0", 16)
    if value(element, "font").lower().startswith(_SIGN_FONTS):
        return "\u25aa"
    code = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    return chr(code) if 0x20 <= code < 0xD800 else "\u25aa"


def _normal(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Join pieces of one look and compose letters with their accents, across pieces if need be."""
    joined: list[Piece] = []
    for one in pieces:
        if joined and (joined[-1].bold, joined[-1].italic) == (one.bold, one.italic):
            joined[-1] = replace(one, text=joined[-1].text + one.text)
        elif one.text:
            joined.append(one)
    whole = "".join(one.text for one in joined)
    if whole.isascii() or unicodedata.is_normalized("NFC", whole):
        return tuple(joined)
    normal = tuple(replace(one, text=unicodedata.normalize("NFC", one.text)) for one in joined)
    text = unicodedata.normalize("NFC", whole)
    if "".join(one.text for one in normal) == text:
        return normal
    return (Piece(text),)

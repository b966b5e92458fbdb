"""Paragraphs, tables and pictures of a Word document, from a short list of elements.

Source of the markup: ECMA-376 part 1, 17.3 (paragraphs), 17.4 (tables), 17.11 (notes),
20.4 (drawings in running text).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from redactor.content import Block, FlowTable, Paragraph, Picture, Run
from redactor.formats.writers.archive import OFFICE_RELATIONSHIPS, XML_START, escape
from redactor.formats.writers.docx_styles import MAIN
from redactor.formats.writers.png import only_pixels
from redactor.formats.writers.tables import Slot, column_shares, lay_out

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE_RELATIONSHIPS}" '
    f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" '
    f'xmlns:pic="{_DRAWING}/picture"'
)
_ALIGN = {"left": "left", "center": "center", "right": "right", "justify": "both"}
_STEP_TWIPS = 567  # 1 cm
_EMU_PER_POINT = 12_700
_TWIPS_PER_POINT = 20
_TALLEST_POINTS = 640.0
_TALLEST_LYING_POINTS = 400.0
_LYING_TWIPS = 12_000
_SPACE_OF_LABEL = re.compile(r"\s+")
_PICTURE_KEY = re.compile(r'r:embed="(rIdP\d+)"')


def encode(xml: str) -> bytes:
    """Write a part."""
    return (XML_START + xml).encode("utf-8", "replace")


@dataclass(slots=True)
class Media:
    """The pictures of a document, each of them once."""

    _keys: dict[bytes, str] = field(default_factory=dict)

    def key(self, picture: Picture) -> str:
        """Give the key by which a part refers to a picture."""
        png = only_pixels(picture.png)
        return self._keys.setdefault(png, f"rIdP{len(self._keys) + 1}")

    def arrows_of(self, markup: str) -> dict[str, tuple[str, str]]:
        """Give the relationships of a part: the pictures that its markup refers to."""
        used = set(_PICTURE_KEY.findall(markup))
        return {
            key: ("image", f"media/image{number}.png")
            for number, key in enumerate(self._keys.values(), 1)
            if key in used
        }

    def parts(self) -> dict[str, bytes]:
        """Give the pictures as parts."""
        return {f"word/media/image{n}.png": png for n, png in enumerate(self._keys, 1)}


@dataclass(slots=True)
class Blocks:
    """Writes the blocks of one part.

    Attributes:
        width: of a line of text, in twips (1/20 point).
        notes: by number, what kind of note (``footnote``, ``endnote``) a sign leads to.
    """

    media: Media
    width: int
    notes: dict[int, str] = field(default_factory=dict)
    _called: set[int] = field(default_factory=set)
    _drawn: list[int] = field(default_factory=lambda: [0])

    def apart(self) -> Blocks:
        """Give a writer for another part; only the body calls notes."""
        return Blocks(self.media, self.width, {}, set(), self._drawn)

    def xml(self, blocks: tuple[Block, ...], style: str = "", width: int = 0) -> str:
        """Write blocks; a table is followed by a paragraph, without which Word refuses the file.

        Args:
            style: of paragraphs that are no headings.
            width: of a line, where it is not the whole of it.
        """
        width = width or self.width
        pieces: list[str] = []
        for block in blocks:
            is_below = bool(pieces) and pieces[-1].endswith("</w:tbl>")
            if isinstance(block, Paragraph):
                pieces.append(self._paragraph(block, style, is_below=is_below))
            elif isinstance(block, Picture):
                pieces.append(f"<w:p><w:r>{self._picture(block, width)}</w:r></w:p>")
            else:
                if is_below:
                    pieces.append("<w:p/>")  # or Word makes one table of the two
                pieces.append(self._table(block, width))
        if not blocks or pieces[-1].endswith("</w:tbl>") or not pieces[-1]:
            pieces.append("<w:p/>")
        return "".join(pieces)

    # --- paragraphs ---------------------------------------------------------------------------

    def _paragraph(self, paragraph: Paragraph, style: str, *, is_below: bool) -> str:
        properties = _paragraph_properties(paragraph, style, is_below=is_below)
        wrapped = f"<w:pPr>{properties}</w:pPr>" if properties else ""
        label = _SPACE_OF_LABEL.sub(" ", paragraph.label.strip())
        lead = _run(Run(f"{label}\t")) if label else ""
        return f"<w:p>{wrapped}{lead}{''.join(self._run(one) for one in paragraph.runs)}</w:p>"

    def _run(self, run: Run) -> str:
        kind = self.notes.get(run.note) if run.note is not None else None
        if run.note is None or kind is None or run.note in self._called:
            return _run(run) if run.text else ""
        self._called.add(run.note)
        sign = escape(run.text)
        return (
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:{kind}Reference w:customMarkFollows="1" w:id="{run.note + 1}"/>'
            f'<w:t xml:space="preserve">{sign}</w:t></w:r>'
        )

    # --- pictures -----------------------------------------------------------------------------

    def _picture(self, picture: Picture, width: int) -> str:
        tallest = _TALLEST_LYING_POINTS if self.width > _LYING_TWIPS else _TALLEST_POINTS
        scale = min(
            1.0,
            width / _TWIPS_PER_POINT / max(picture.width, 1.0),
            tallest / max(picture.height, 1.0),
        )
        across = max(int(picture.width * scale * _EMU_PER_POINT), 1)
        down = max(int(picture.height * scale * _EMU_PER_POINT), 1)
        self._drawn[0] += 1
        named = f'id="{self._drawn[0]}" name="Picture {self._drawn[0]}"'
        return (
            '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{across}" cy="{down}"/><wp:docPr {named}/>'
            f'<a:graphic><a:graphicData uri="{_DRAWING}/picture"><pic:pic>'
            f"<pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{self.media.key(picture)}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )

    # --- tables -------------------------------------------------------------------------------

    def _table(self, table: FlowTable, room: int) -> str:
        widths = [int(one * room) for one in column_shares(table)]
        if not widths:
            return ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = ""
        for number, slots in enumerate(lay_out(table)):
            has_picture = any(
                isinstance(one, Picture)
                for slot in slots
                for one in (slot.cell.blocks if slot.cell else ())
            )
            head = "<w:cantSplit/>" if has_picture else ""
            head += "<w:tblHeader/>" if number < table.heading_rows else ""
            cells = "".join(self._cell(slot, widths) for slot in slots)
            rows += f"<w:tr>{f'<w:trPr>{head}</w:trPr>' if head else ''}{cells}</w:tr>"
        style = "TableNormal" if table.plain else "TableGrid"
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" '
            f'w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{rows}</w:tbl>"
        )

    def _cell(self, slot: Slot, widths: list[int]) -> str:
        width = sum(widths[slot.column : slot.column + slot.columns])
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if slot.columns > 1:
            properties += f'<w:gridSpan w:val="{slot.columns}"/>'
        if slot.is_under:
            properties += "<w:vMerge/>"
        elif slot.rows > 1:
            properties += '<w:vMerge w:val="restart"/>'
        inside = (
            self.xml(slot.cell.blocks, "TableText", max(width - 220, 200))
            if slot.cell and slot.cell.blocks
            else '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>'
        )
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def _paragraph_properties(paragraph: Paragraph, style: str, *, is_below: bool) -> str:
    """Write how a paragraph stands, in the order that the schema asks for (17.3.1.26).

    Args:
        is_below: it follows a table, from which it keeps a little away.
    """
    spacing = '<w:spacing w:before="160"/>' if is_below and not paragraph.level else ""
    if paragraph.level:
        style = f"Heading{min(paragraph.level, 9)}"
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if paragraph.new_page:
        properties += "<w:pageBreakBefore/>"
    depth = min(max(paragraph.depth, 0), 8)
    if paragraph.listed and not paragraph.label.strip():
        properties += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>{spacing}'
    elif paragraph.label.strip():
        hanging = _hanging(paragraph.label.strip(), is_heading=bool(paragraph.level))
        left = depth * _STEP_TWIPS + hanging
        properties += (
            f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>{spacing}'
            f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'
        )
    else:
        properties += spacing
        properties += f'<w:ind w:left="{depth * _STEP_TWIPS}"/>' if depth else ""
    if paragraph.align:
        properties += f'<w:jc w:val="{_ALIGN[paragraph.align]}"/>'
    return properties


def _hanging(label: str, *, is_heading: bool) -> int:
    """Give the room for a label: few sizes, by how long it is as printed."""
    length = len(label) + 2 * is_heading
    sizes = ((4, _STEP_TWIPS), (7, 851), (11, 1134))
    return next((room for most, room in sizes if length <= most), 1701)


def _run(run: Run) -> str:
    look = (
        ("<w:b/>" if run.bold else "")
        + ("<w:i/>" if run.italic else "")
        + ("<w:strike/>" if run.strike else "")
        + ('<w:u w:val="single"/>' if run.underline else "")
        + ('<w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>' if run.redaction else "")
    )
    raised = run.raised or (1 if run.note is not None else 0)
    if raised:
        look += f'<w:vertAlign w:val="{"superscript" if raised > 0 else "subscript"}"/>'
    wrapped = f"<w:rPr>{look}</w:rPr>" if look else ""
    inside = ""
    for piece in re.split(r"(\t|\r\n|\n|\r)", run.text):
        if piece == "\t":
            inside += "<w:tab/>"
        elif piece in {"\n", "\r", "\r\n"}:
            inside += "<w:br/>"
        elif piece:
            inside += f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
    return f"<w:r>{wrapped}{inside}</w:r>"

"""Write running text as a Word document: own markup, no properties, nothing inherited.

Source of the markup: ECMA-376 part 1, 17.3 (paragraphs), 17.4 (tables), 17.7 (styles),
17.9 (numbering), 17.10 (headers and footers).
"""

from __future__ import annotations

import re
from typing import ClassVar

from redactor.content import Block, Content, Flow, FlowTable, Lines, Paragraph, Picture, Run
from redactor.formats.base import RebuiltFile, Writer
from redactor.formats.writers.archive import (
    OFFICE_RELATIONSHIPS,
    XML_START,
    content_types,
    escape,
    relationships,
    zip_parts,
)

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = f'xmlns:w="{_MAIN}" xmlns:r="{OFFICE_RELATIONSHIPS}"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TEXT_WIDTH_TWIPS = 9026  # A4 less 2.54 cm each side


class DocxWriter(Writer):
    """One document with its header and footer."""

    target: ClassVar[str] = "docx"

    def write(self, content: Content) -> tuple[RebuiltFile, ...]:
        """Write the document.

        Raises:
            TypeError: the content is a workbook.
        """
        if isinstance(content, Lines):
            content = Flow(tuple(Paragraph(runs) for runs in content.lines))
        if not isinstance(content, Flow):
            raise TypeError("a workbook cannot be written as DOCX")
        return (RebuiltFile(zip_parts(_parts(content)), ".docx"),)


def _parts(flow: Flow) -> dict[str, bytes]:
    overrides = {
        "word/document.xml": f"{_TYPE}.document.main+xml",
        "word/styles.xml": f"{_TYPE}.styles+xml",
        "word/numbering.xml": f"{_TYPE}.numbering+xml",
    }
    arrows = {"rId1": ("styles", "styles.xml"), "rId2": ("numbering", "numbering.xml")}
    parts = {"word/styles.xml": _styles(), "word/numbering.xml": _numbering()}
    section = ""
    for key, kind, tag, blocks in (
        ("rId3", "header", "hdr", flow.header),
        ("rId4", "footer", "ftr", flow.footer),
    ):
        if blocks:
            overrides[f"word/{kind}1.xml"] = f"{_TYPE}.{kind}+xml"
            arrows[key] = (kind, f"{kind}1.xml")
            inside = _blocks(blocks)
            parts[f"word/{kind}1.xml"] = _encode(f"<w:{tag} {_SPACE}>{inside}</w:{tag}>")
            section += f'<w:{kind}Reference w:type="default" r:id="{key}"/>'
    page = (
        f'<w:sectPr>{section}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" '
        'w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" '
        'w:gutter="0"/></w:sectPr>'
    )
    parts["word/document.xml"] = _encode(
        f"<w:document {_SPACE}><w:body>{_blocks(flow.body)}{page}</w:body></w:document>"
    )
    parts["word/_rels/document.xml.rels"] = relationships(arrows)
    parts["_rels/.rels"] = relationships({"rId1": ("officeDocument", "word/document.xml")})
    parts["[Content_Types].xml"] = content_types(overrides)
    return parts


def _encode(xml: str) -> bytes:
    return (XML_START + xml).encode("utf-8", "replace")


def _blocks(blocks: tuple[Block, ...]) -> str:
    """Write blocks; a table is followed by a paragraph, without which Word refuses the file."""
    pieces = [
        _paragraph(one) if isinstance(one, Paragraph) else _table(one)
        for one in blocks
        if not isinstance(one, Picture)
    ]
    if not blocks or not isinstance(blocks[-1], Paragraph):
        pieces.append("<w:p/>")
    return "".join(pieces)


def _paragraph(paragraph: Paragraph) -> str:
    properties = ""
    if paragraph.level:
        properties += f'<w:pStyle w:val="Heading{min(paragraph.level, 9)}"/>'
    if paragraph.listed:
        properties += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    wrapped = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{wrapped}{''.join(_run(one) for one in paragraph.runs if one.text)}</w:p>"


def _run(run: Run) -> str:
    properties = ("<w:b/>" if run.bold else "") + ("<w:i/>" if run.italic else "")
    if run.redaction:
        properties += '<w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>'
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    inside = ""
    for piece in re.split(r"(\t|\r\n|\n|\r)", run.text):
        if piece == "\t":
            inside += "<w:tab/>"
        elif piece in {"\n", "\r", "\r\n"}:
            inside += "<w:br/>"
        elif piece:
            inside += f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
    return f"<w:r>{wrapped}{inside}</w:r>"


def _table(table: FlowTable) -> str:
    columns = max((len(row) for row in table.rows), default=0)
    if not columns:
        return ""
    width = _TEXT_WIDTH_TWIPS // columns  # equal columns, so that no width speaks of removed text
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    rows = ""
    for row in table.rows:
        cells = ""
        for number in range(columns):
            cell = row[number] if number < len(row) else None
            inside = _blocks(cell.blocks) if cell else "<w:p/>"
            cells += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'
        rows += f"<w:tr>{cells}</w:tr>"
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{width * columns}" '
        f'w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{rows}</w:tbl>"
    )


def _styles() -> bytes:
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/>'
        f'<w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{max(34 - 2 * level, 22)}"/></w:rPr></w:style>'
        for level in range(1, 10)
    )
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return _encode(
        f'<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/>'
        '<w:sz w:val="22"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/></w:style>{headings}"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name '
        'w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
        "</w:style></w:styles>"
    )


def _numbering() -> bytes:
    return _encode(
        f'<w:numbering xmlns:w="{_MAIN}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:pPr><w:ind '
        'w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )

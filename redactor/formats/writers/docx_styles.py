"""The styles and bullets of a written Word document: the same in every file.

Source of the markup: ECMA-376 part 1, 17.7 (styles), 17.9 (numbering).
"""

from __future__ import annotations

from redactor.formats.writers.archive import XML_START

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LEVELS = 9
_BULLETS = ("•", "–", "▪")


def styles() -> bytes:
    """Write the styles: body text, nine headings, notes, and two kinds of table."""
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/>'
        f'<w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{max(34 - 2 * level, 22)}"/></w:rPr></w:style>'
        for level in range(1, _LEVELS + 1)
    )
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'{XML_START}<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
        '<w:sz w:val="22"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/></w:style>{headings}"
        f"{_text_style('FootnoteText', 'footnote text', 18, 40)}"
        f"{_text_style('TableText', 'Table Text', 20, 40)}"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name '
        'w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
        "</w:style></w:styles>"
    ).encode()


def _text_style(key: str, name: str, half_points: int, after: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="{after}" w:after="{after}"/>'
        f'</w:pPr><w:rPr><w:sz w:val="{half_points}"/></w:rPr></w:style>'
    )


def numbering() -> bytes:
    """Write the bullets of nine levels. Numbers are text, as the original showed them."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:lvlText w:val="{_BULLETS[level % len(_BULLETS)]}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{567 * (level + 1)}" w:hanging="397"/></w:pPr></w:lvl>'
        for level in range(_LEVELS)
    )
    return (
        f'{XML_START}<w:numbering xmlns:w="{MAIN}"><w:abstractNum w:abstractNumId="0">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    ).encode()

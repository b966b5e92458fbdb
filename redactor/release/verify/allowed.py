"""The markup that a released Office package of ours may consist of; anything else fails.

An element or attribute that is not listed may hide, remember, calculate or point elsewhere: it
need not be known to be refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_XML = "xmlns xml:space version encoding standalone"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The elements and attributes of one kind of part."""

    parts: re.Pattern[str]
    elements: frozenset[str]
    attributes: frozenset[str]


def _vocabulary(parts: str, elements: str, attributes: str) -> Vocabulary:
    return Vocabulary(
        re.compile(parts), frozenset(elements.split()), frozenset(f"{attributes} {_XML}".split())
    )


_VOCABULARIES = (
    _vocabulary(r".*\.rels", "Relationships Relationship", "Id Type Target"),
    _vocabulary(
        r"\[Content_Types\]\.xml", "Types Default Override", "Extension ContentType PartName"
    ),
    _vocabulary(
        r"xl/worksheets/.*",
        """worksheet sheetPr pageSetUpPr dimension sheetViews sheetView pane sheetFormatPr cols col
        sheetData row c v is t mergeCells mergeCell pageMargins pageSetup""",
        """fitToPage ref tabSelected workbookViewId ySplit topLeftCell activePane state
        defaultRowHeight min max width customWidth r ht s t count left right top bottom header
        footer paperSize orientation fitToWidth fitToHeight""",
    ),
    _vocabulary(
        r"xl/workbook\.xml",
        "workbook bookViews workbookView sheets sheet definedNames definedName",
        "xmlns:r name sheetId r:id localSheetId",
    ),
    _vocabulary(
        r"xl/styles\.xml",
        """styleSheet numFmts numFmt fonts font b i sz name family fills fill patternFill fgColor
        bgColor borders border left right top bottom diagonal color cellStyleXfs cellXfs xf
        alignment cellStyles cellStyle""",
        """count numFmtId formatCode val patternType rgb indexed style fontId fillId borderId xfId
        applyNumberFormat applyFont applyFill applyBorder applyAlignment horizontal vertical
        wrapText name builtinId""",
    ),
    _vocabulary(
        r"word/(?:document|header1|footer1|footnotes|endnotes)\.xml",
        """w:document w:body w:hdr w:ftr w:footnotes w:footnote w:endnotes w:endnote w:separator
        w:continuationSeparator w:footnoteReference w:endnoteReference w:p w:pPr w:pStyle
        w:pageBreakBefore w:numPr w:ilvl w:numId w:tabs w:tab w:spacing w:ind w:jc w:r w:rPr w:b
        w:i w:strike w:u w:shd w:vertAlign w:t w:br w:tbl w:tblPr w:tblStyle w:tblW w:tblLayout
        w:tblGrid w:gridCol w:tr w:trPr w:cantSplit w:tblHeader w:tc w:tcPr w:tcW w:gridSpan
        w:vMerge w:sectPr w:headerReference w:footerReference w:pgSz w:pgMar w:drawing wp:inline
        wp:extent wp:docPr a:graphic a:graphicData pic:pic pic:nvPicPr pic:cNvPr pic:cNvPicPr
        pic:blipFill a:blip a:stretch a:fillRect pic:spPr a:xfrm a:off a:ext a:prstGeom a:avLst""",
        """xmlns:w xmlns:r xmlns:wp xmlns:a xmlns:pic w:val w:pos w:left w:right w:top w:bottom
        w:hanging w:before w:after w:color w:fill w:w w:h w:type w:id w:orient w:header w:footer
        w:gutter w:customMarkFollows r:id r:embed distT distB distL distR cx cy id name uri x y
        prst""",
    ),
    _vocabulary(
        r"word/styles\.xml",
        """w:styles w:docDefaults w:rPrDefault w:pPrDefault w:rPr w:pPr w:rFonts w:sz w:lang
        w:spacing w:style w:name w:basedOn w:next w:qFormat w:keepNext w:outlineLvl w:b w:tblPr
        w:tblCellMar w:left w:right w:tblBorders w:top w:bottom w:insideH w:insideV""",
        """xmlns:w w:ascii w:hAnsi w:eastAsia w:cs w:val w:type w:styleId w:default w:before
        w:after w:w w:sz w:space w:color""",
    ),
    _vocabulary(
        r"word/numbering\.xml",
        """w:numbering w:abstractNum w:multiLevelType w:lvl w:start w:numFmt w:lvlText w:lvlJc
        w:pPr w:ind w:num w:abstractNumId""",
        "xmlns:w w:abstractNumId w:ilvl w:val w:left w:hanging w:numId",
    ),
    _vocabulary(
        r"word/settings\.xml",
        """w:settings w:footnotePr w:footnote w:endnotePr w:endnote w:compat w:compatSetting""",
        "xmlns:w w:id w:name w:uri w:val",
    ),
)
_TAG = re.compile(rb"<[/?]?([^\s<>/?]+)([^<>]*)>")
_ATTRIBUTE = re.compile(rb"([^\s\"'=]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def count_strange(name: str, data: bytes) -> int:
    """Count the kinds of tags in a part whose element or attributes are not on its list."""
    vocabulary = next((one for one in _VOCABULARIES if one.parts.fullmatch(name)), None)
    if vocabulary is None:
        return 0  # no such part is allowed at all
    strange = 0
    for element, rest in {(tag[1], _bare(tag[2])) for tag in _TAG.finditer(data)}:
        known = element == b"xml" or element.decode("utf-8", "replace") in vocabulary.elements
        attributes = {one.decode("utf-8", "replace") for one in rest.split()}
        strange += not known or not attributes <= vocabulary.attributes
    return strange


def _bare(rest: bytes) -> bytes:
    """Give the names of a tag's attributes; whatever else stands there stays, and is strange."""
    return _ATTRIBUTE.sub(rb" \1 ", rest).rstrip(b"/? ")


# --- names of what is printed ------------------------------------------------------------------

_CELLS = rb"!\$(?:[A-Z]{1,3}\$\d{1,7}:\$[A-Z]{1,3}\$\d{1,7}|\d{1,7}:\$\d{1,7})"
_OF_SHEET = re.compile(rb"'((?:[^'<]|'')+)'" + _CELLS)
_AREA = rb"'(?:[^'<]|'')+'" + _CELLS
_PRINTING = re.compile(
    rb'<definedName name="_xlnm\.(?:Print_Area|Print_Titles)" localSheetId="(\d{1,5})">'
    rb"(" + _AREA + rb"(?:," + _AREA + rb")*)</definedName>"
)
_SHEET = re.compile(rb'<sheet name="([^"<>]*)"')


def without_printing(data: bytes) -> bytes:
    """Take out of a workbook's part the names of what is printed and of the rows repeated.

    Only those go that name an area of their own sheet and nothing else: they say nothing that the
    list of sheets does not say. Any other name stays, to be searched and refused.
    """
    names = _SHEET.findall(data)

    def checked(match: re.Match[bytes]) -> bytes:
        number = int(match[1])
        own = names[number].replace(b"'", b"''") if number < len(names) else b""
        told = set(_OF_SHEET.findall(match[2]))
        return b"" if told == {own} else match[0]

    return _PRINTING.sub(checked, data)

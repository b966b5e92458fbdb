"""Words that a file format itself prescribes: they are structure, not text of a case.

A person may be called Georgia or Page; the font and the dictionary key of that name say nothing of
them. Only a whole name or a whole attribute value is ever excused, never a part of one.
"""

from __future__ import annotations

import re

#: Addresses of schemas and media types, as ISO/IEC 29500 and RFC 6838 have them.
_ADDRESS = re.compile(
    r"(?:https?://(?:schemas\.(?:openxmlformats|microsoft)\.(?:org|com)|purl\.(?:org|oclc\.org)"
    r"|www\.w3\.org|ns\.adobe\.com|iptc\.org|www\.aiim\.org)/[\w./#:-]*"
    r"|urn:(?:oasis:names|schemas-microsoft-com):[\w.:-]+"
    r"|application/(?:vnd\.(?:openxmlformats|ms|oasis)[\w.+-]*|xml|json)"
    r"|image/(?:png|jpeg|gif|tiff|x-emf|x-wmf|svg\+xml)|text/(?:xml|plain|html|css))",
    re.ASCII,
)
#: Parts of an Office package, as they stand in relationships and content types.
_PART = re.compile(
    r"/?(?:\.\./)*(?:(?:xl|word|ppt|docProps|_rels|worksheets|theme|media|drawings|customXml"
    r"|printerSettings|charts|embeddings|tables|externalLinks|pivotTables|pivotCache)/)*"
    r"(?:workbook|sheet|sharedStrings|styles|stylesWithEffects|theme|app|core|custom|document"
    r"|settings|webSettings|fontTable|numbering|header|footer|footnotes|endnotes|comments"
    r"|commentsExtended|commentsIds|people|calcChain|image|drawing|vmlDrawing|chart|table|item"
    r"|itemProps|thumbnail|externalLink|pivotTable|pivotCacheDefinition|pivotCacheRecords|person"
    r"|threadedComment|printerSettings|oleObject|metadata|connections)?\d*"
    r"\.(?:xml|rels|xml\.rels|bin|vml|png|jpe?g|gif|emf|wmf|xlsx|docx)",
    re.ASCII,
)

#: What drawings call a picture that has no name, and the keys of parts of a package.
_COUNTED = re.compile(r"Picture \d{1,6}|rIdP?\d{1,6}|media/image\d{1,6}\.png", re.ASCII)

_FAMILIES = """
Arial|Calibri|Cambria|Cambria Math|Candara|Carlito|Caladea|Comic Sans MS|Consolas|Constantia|Corbel
Courier|Courier New|Georgia|Helvetica|Helvetica Neue|Liberation Sans|Liberation Serif
Liberation Mono|Lucida Sans|Palatino|Palatino Linotype|Segoe UI|Symbol|Tahoma|Times
Times New Roman|Times-Roman|Trebuchet MS|Verdana|Wingdings|ZapfDingbats|DejaVu Sans|Noto Sans
Noto Serif|Open Sans|Roboto|Garamond|Franklin Gothic Book|Gill Sans|Century Gothic|Aptos
Aptos Display|Aptos Narrow|Calibri Light|Droid Sans Fallback|Optima|Bookman|Avenir|Futura|Didot
"""
_OFFICE = """
Normal|Title|Subtitle|Header|Footer|Hyperlink|Strong|Emphasis|Quote|List Paragraph|List Bullet
List Number|Normal Table|Table Grid|TableGrid|Table Normal|TableNormal|No List|NoList
Default Paragraph Font|Body Text|Caption|Balloon Text|Comma|Currency|Percent|Office Theme|Office
Office Classic|Good|Bad
Neutral|Heading 1|Heading 2|Heading 3|Heading 4|Heading 5|Heading 6|Heading 7|Heading 8|Heading 9
heading 1|heading 2|heading 3|heading 4|heading 5|heading 6|heading 7|heading 8|heading 9|Heading1
Heading2|Heading3|Heading4|Heading5|Heading6|Heading7|Heading8|Heading9|ListBullet|ListParagraph
ListNumber|BodyText|DefaultParagraphFont|General|standalone|minor|major|minorHAnsi|majorHAnsi
paragraph|character|table|numbering|preserve|center|right|bottom|default|first|continuous|nextPage
portrait|landscape|single|double|visible|hidden|veryHidden|inlineStr|shared|dcterms:W3CDTF|UTF-8
baseline|bullet|decimal|hybridMultilevel|clear|dotted|dashed|solid|thin|medium|thick|white|black
TableStyleMedium9|PivotStyleLight16|PivotStyleMedium9|auto|exact|atLeast|pct|black|yellow|green
Microsoft Excel|Microsoft Office Word|Microsoft Word|openpyxl|Worksheets|python-docx|accent1|accent2
FootnoteText|footnote text|TableText|Table Text|superscript|subscript|restart|multilevel|justify
separator|continuationSeparator|compatibilityMode|bottomLeft|frozen|gray125|fixed
windowText|window|light1|light2|dark1|dark2|followedHyperlink|winAnsi|roman|swiss|modern|variable
"""
_PDF = """
Type Page Pages Catalog Font Font0 FontDescriptor FontFile FontFile2 FontFile3 FontName FontFamily
FontBBox FontMatrix FontStretch FontWeight BaseFont Subtype Type0 Type1 Type1C Type3 TrueType
MMType1 CIDFontType0 CIDFontType0C CIDFontType2 CIDSystemInfo CIDToGIDMap CIDSet CharSet CharProcs
Encoding BaseEncoding Differences WinAnsiEncoding MacRomanEncoding StandardEncoding
PDFDocEncoding MacExpertEncoding Identity Identity-H Identity-V ToUnicode Widths FirstChar LastChar
MissingWidth Ascent Descent CapHeight XHeight ItalicAngle Flags StemV StemH Leading AvgWidth
MaxWidth DescendantFonts Registry Ordering Supplement Contents Resources MediaBox CropBox TrimBox
BleedBox ArtBox Rotate Parent Kids Count Group Transparency Tabs StructParents StructParent
Annots Metadata PieceInfo LastModified Thumb UserUnit XObject ExtGState ColorSpace Pattern Shading
Properties ProcSet Image ImageB ImageC ImageI Width Height BitsPerComponent ImageMask Interpolate
Decode DecodeParms Filter FlateDecode LZWDecode ASCIIHexDecode ASCII85Decode RunLengthDecode
DCTDecode JPXDecode CCITTFaxDecode JBIG2Decode JBIG2Globals Crypt Predictor Columns Colors
BlackIs1 EncodedByteAlign Length Length1 Length2 Length3 DeviceGray DeviceRGB DeviceCMYK CalGray
CalRGB ICCBased Indexed Separation DeviceN Alternate Range WhitePoint BlackPoint Gamma Matrix
SMask Mask Luminosity Alpha Backdrop Matte Normal Multiply Screen Overlay Darken Lighten ColorDodge
ColorBurn HardLight SoftLight Difference Exclusion Saturation Color Knockout Isolated BlendMode
FormType PatternType PaintType TilingType ShadingType XStep YStep Coords Domain Function Functions
FunctionType Bounds Encode Extend Background AntiAlias Title Author Subject Keywords Creator
Producer CreationDate ModDate Trapped Unknown Names Dests Outlines OpenAction AcroForm Fields
NeedAppearances PageLabels PageMode PageLayout ViewerPreferences DisplayDocTitle UseNone
UseOutlines UseThumbs FullScreen SinglePage OneColumn StructTreeRoot MarkInfo Marked ParentTree
ParentTreeNextKey RoleMap ClassMap Document Artifact Pagination Layout Attached Bottom Span Sect
Div Part Figure Table THead TBody TFoot Link Reference Caption Formula Quote BlockQuote Note
Index BibEntry Code
StructElem ActualText Lang OCProperties OCGs OCG OCMD Order Usage Export Print View ViewState
PrintState ExportState CreatorInfo Intent Design BaseState Annot Widget Popup FreeText Highlight
Underline StrikeOut Squiggly Square Circle Polygon PolyLine Stamp Caret FileAttachment Sound Movie
Redact Border Action GoTo GoToR Launch Thread Named NextPage PrevPage FirstPage LastPage JavaScript
EmbeddedFile EmbeddedFiles Filespec Params CheckSum Size Prev Root Info Encrypt Index XRefStm
XRef ObjStm Extends First Last Next Dest FitH FitV FitR FitB Version Extensions BaseVersion
ExtensionLevel OutputIntents OutputIntent OutputCondition OutputConditionIdentifier RegistryName
DestOutputProfile GTS_PDFA1 GTS_PDFX Linearized Standard Perms DocMDP Rect QuadPoints Appearance
Default Background Tracked CMap CMapName UseCMap WMode
space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk
comma hyphen period slash three seven eight colon semicolon equal greater question bracketleft
backslash bracketright asciicircum underscore grave braceleft braceright asciitilde bullet
quoteleft quoteright quotedblleft quotedblright endash emdash ellipsis sterling Euro section
"""
_WORDS = frozenset(
    word.strip().casefold()
    for word in (
        *_FAMILIES.replace("\n", "|").split("|"),
        *_OFFICE.replace("\n", "|").split("|"),
        *_PDF.split(),
    )
    if word.strip()
)
_FONT_NAME = re.compile(
    r"(?:[A-Z]{6}\+)?(.+?)(?:PS)?(?:MT)?"
    r"(?:[-,](?:Bold|Italic|Oblique|BoldItalic|BoldOblique|Regular|Roman|Light|Medium|BoldMT"
    r"|ItalicMT|BoldItalicMT))?",
    re.ASCII,
)


def is_structure(value: str) -> bool:
    """Say whether a whole name or attribute value is one that the format prescribes."""
    if value.casefold() in _WORDS or _COUNTED.fullmatch(value):
        return True
    if value[:4] in {"http", "urn:", "appl", "imag", "text"} and _ADDRESS.fullmatch(value):
        return True
    return value[-4:] in {".xml", "rels", ".bin", ".png", ".vml"} and (
        _PART.fullmatch(value) is not None
    )


def is_pdf_structure(name: str) -> bool:
    """Say whether a name object is one that ISO 32000 or a well-known font brings along."""
    if name.casefold() in _WORDS:
        return True
    font = _FONT_NAME.fullmatch(name)
    return font is not None and font[1].casefold() in _WORDS

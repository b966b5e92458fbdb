"""The sheets of the kitchen workbook, with a word in every place in and around the grid."""
# ruff: noqa: E501 - markup reads better in one line

from __future__ import annotations

from tests.kitchen.background import MICROSOFT
from tests.kitchen.markers import Markers

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns="{S}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:x14="{MICROSOFT}/spreadsheetml/2009/9/main" '
    f'xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main" '
    f'xmlns:xm="{MICROSOFT}/excel/2006/main"'
)
_HASH = "U2hlZXQgb2Ygb25l"
#: Styles by number, as ``workbook_parts`` writes them.
NOTHING, WHITE, TINY, LITERAL = 1, 2, 3, 4


def sheet(rows: str, before: str = "", after: str = "", code: str = "") -> str:
    """Write a worksheet around its rows."""
    named = f'<sheetPr codeName="{code}"/>' if code else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet {SPACES}>{named}{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def cell(name: str, text: str, style: int = 0) -> str:
    """Write a cell that holds a text."""
    return f'<c r="{name}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str, attributes: str = "") -> str:
    """Write a row."""
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def shared_strings(marks: Markers) -> str:
    """Write the shared texts: one plain, one in runs, one with a reading aid, one that is unused."""
    rich = marks.shown("cell in two styles")
    return (
        f'<sst xmlns="{S}"><si><t>{marks.shown("cell with a shared text")}</t></si>'
        f"<si><r><t>{rich[:4]}</t></r><r><rPr><b/></rPr><t>{rich[4:]}</t></r></si>"
        f'<si><t>aided</t><rPh sb="0" eb="1"><t>{marks("reading aid of a cell")}</t></rPh></si>'
        f"<si><t>{marks('shared text that no cell shows')}</t></si></sst>"
    )


def main_sheet(marks: Markers) -> str:
    """Write the sheet that is seen."""
    marks.by_place["number in a cell"] = "70311871"
    marks.seen.add("number in a cell")
    rows = [
        row(1, cell("A1", marks.shown("cell")), '<c r="B1" t="s"><v>0</v></c>',
            '<c r="C1" t="s"><v>1</v></c>', '<c r="D1" t="s"><v>2</v></c>',
            cell("F1", marks("cell in a hidden column")), cell("G1", marks("cell in a column of no width"))),
        row(2, f'<c r="A2" t="str"><f>CONCATENATE("{marks("formula")}",A1)</f><v>{marks.shown("result of a formula")}</v></c>',
            f'<c r="B2" t="str"><f t="shared" ref="B2:B3" si="0">"{marks("shared formula")}"&amp;A1</f><v>ok</v></c>',
            f'<c r="C2"><f t="array" ref="C2">LEN("{marks("array formula")}")</f><v>9</v></c>',
            '<c r="D2"><v>70311871</v></c>', f'<c r="E2" s="{LITERAL}"><v>7</v></c>'),
        row(3, '<c r="B3" t="str"><f t="shared" si="0"/><v>ok</v></c>', cell("C3", marks("cell whose format shows nothing"), NOTHING),
            cell("D3", marks("text that is too small"), TINY)),
        row(4, cell("A4", marks("cell in a hidden row")), attributes=' hidden="1"'),
        row(5, cell("A5", marks("cell in a row of no height")), attributes=' ht="0" customHeight="1"'),
        row(6, cell("A6", marks("cell in a row that is folded away")), attributes=' hidden="1" outlineLevel="1"'),
        row(7, cell("A7", "over"), cell("B7", marks("cell under a merged area"))),
        row(9, cell("A9", "Ward"), cell("B9", "Count")),
        row(10, cell("A10", marks("cell in a row that a filter hides")), attributes=' hidden="1"'),
        row(11, cell("A11", "shown ward"), '<c r="B11"><v>3</v></c>'),
    ]  # fmt: skip
    before = (
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
        '<cols><col min="1" max="5" width="24"/><col min="6" max="6" width="9" hidden="1"/><col min="7" max="7" width="0"/></cols>'
    )
    return sheet("".join(rows), before, _around(marks), marks("code name of a sheet"))


def _around(marks: Markers) -> str:
    marks.by_place["password hash of a sheet"] = _HASH
    return (
        f'<sheetProtection sheet="1" algorithmName="SHA-512" hashValue="{_HASH}" saltValue="c2FsdA==" spinCount="9"/>'
        f'<protectedRanges><protectedRange name="{marks("name of a protected range")}" sqref="A1" securityDescriptor="{marks("who may change a range")}"/></protectedRanges>'
        f'<scenarios current="0"><scenario name="{marks("name of a scenario")}" user="{marks("user of a scenario")}" comment="{marks("comment of a scenario")}" count="1">'
        f'<inputCells r="A1" val="{marks("value of a scenario")}"/></scenario></scenarios>'
        f'<autoFilter ref="A9:B11"><filterColumn colId="0"><filters><filter val="{marks("value of a filter")}"/></filters></filterColumn>'
        f'<filterColumn colId="1"><customFilters><customFilter operator="notEqual" val="{marks("condition of a filter")}"/></customFilters></filterColumn></autoFilter>'
        f'<sortState ref="A9:B11"><sortCondition ref="A9" customList="{marks("list to sort by")}"/></sortState>'
        f'<dataConsolidate><dataRefs count="1"><dataRef ref="A1:B2" sheet="{marks("sheet that is consolidated")}"/></dataRefs></dataConsolidate>'
        '<customSheetViews><customSheetView guid="{00000000-0000-0000-0000-000000000001}">'
        f"<headerFooter><oddHeader>{marks('header of a custom view')}</oddHeader></headerFooter></customSheetView></customSheetViews>"
        '<mergeCells count="1"><mergeCell ref="A7:B7"/></mergeCells>'
        f'<conditionalFormatting sqref="A1"><cfRule type="containsText" priority="1" operator="containsText" text="{marks("text of a conditional format")}">'
        f'<formula>NOT(ISERROR(SEARCH("{marks("formula of a conditional format")}",A1)))</formula></cfRule></conditionalFormatting>'
        f'<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="A1" prompt="{marks("prompt of an allowed list")}" promptTitle="{marks("title of a prompt")}" '
        f'error="{marks("message of an allowed list")}" errorTitle="{marks("title of a message")}"><formula1>"{marks("allowed list")},other"</formula1></dataValidation></dataValidations>'
        f'<hyperlinks><hyperlink ref="A1" r:id="rLink" tooltip="{marks("tip of a link")}" display="{marks("display of a link")}"/>'
        f'<hyperlink ref="B1" location="{marks("target of a link inside")}!A1"/></hyperlinks>'
        f"<headerFooter><oddHeader>&amp;C{marks('header')}</oddHeader><oddFooter>&amp;R{marks('footer')}</oddFooter>"
        f"<evenHeader>{marks('header of even pages')}</evenHeader><firstFooter>{marks('footer of the first page')}</firstFooter></headerFooter>"
        f'<customProperties><customPr name="{marks("name of an own property of a sheet")}" r:id="rProperty"/></customProperties>'
        f'<smartTags><cellSmartTags r="A1"><cellSmartTag type="0"><cellSmartTagPr key="k" val="{marks("smart tag")}"/></cellSmartTag></cellSmartTags></smartTags>'
        '<drawing r:id="rDrawing"/><legacyDrawing r:id="rVml"/><legacyDrawingHF r:id="rVmlHeader"/>'
        f'<oleObjects><oleObject progId="Package" shapeId="1025" link="{marks("link of an object")}" r:id="rOle"/></oleObjects>'
        f'<controls><control shapeId="1026" r:id="rControl" name="{marks("name of a control")}"/></controls>'
        f'<webPublishItems count="1"><webPublishItem id="1" divId="{marks("division of a web page")}" sourceType="sheet" destinationFile="C:\\{marks("file of a web page")}.htm" title="{marks("title of a web page")}"/></webPublishItems>'
        '<tableParts count="1"><tablePart r:id="rTable"/></tableParts>'
        f"<!-- {marks('comment in the markup of a sheet')} -->"
        f"<extLst>{_extensions(marks)}</extLst>"
    )


def _extensions(marks: Markers) -> str:
    return (
        '<ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings><x14:conditionalFormatting>'
        f'<x14:cfRule type="expression" id="{{1}}"><xm:f>"{marks("formula of a newer conditional format")}"</xm:f></x14:cfRule><xm:sqref>A2</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext>"
        '<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="1"><x14:dataValidation type="list"><x14:formula1>'
        f'<xm:f>"{marks("allowed list of a newer kind")}"</xm:f></x14:formula1><xm:sqref>B2</xm:sqref></x14:dataValidation></x14:dataValidations></ext>'
        '<ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline>'
        f"<xm:f>{marks('source of a small chart')}!A1:B1</xm:f><xm:sqref>H1</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext>"
        '<ext uri="{A8765BA9-456A-4dab-B4F3-ACF838C121DE}"><x14:slicerList><x14:slicer r:id="rSlicer"/></x14:slicerList></ext>'
        f'<ext uri="{{0}}"><odd xmlns="urn:odd" note="{marks("attribute of an unknown extension")}">{marks("text of an unknown extension")}</odd></ext>'
    )


def macro_sheet(marks: Markers) -> str:
    """Write a sheet of Excel 4 macros."""
    return (
        f'<xm:macrosheet xmlns:xm="{MICROSOFT}/excel/2006/main" xmlns="{S}"><sheetData>'
        f'<row r="1"><c r="A1" t="str"><f>ALERT("{marks("formula of a macro sheet")}")</f><v>{marks("cell of a macro sheet")}</v></c></row>'
        "</sheetData></xm:macrosheet>"
    )


def chart_sheet(marks: Markers) -> str:
    """Write a sheet that is one chart."""
    return (
        f'<chartsheet xmlns="{S}" xmlns:r="{R}"><sheetPr codeName="{marks("code name of a chart sheet")}"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        f"<headerFooter><oddHeader>{marks('header of a chart sheet')}</oddHeader></headerFooter>"
        '<drawing r:id="rDrawing"/></chartsheet>'
    )


def dialog_sheet(marks: Markers) -> str:
    """Write a dialogue sheet of Excel 5."""
    return (
        f'<dialogsheet xmlns="{S}"><sheetPr codeName="{marks("code name of a dialogue sheet")}"/>'
        f"<headerFooter><oddHeader>{marks('header of a dialogue sheet')}</oddHeader></headerFooter></dialogsheet>"
    )

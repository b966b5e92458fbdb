"""What the kitchen workbook keeps behind its sheets: caches, links, queries, properties, macros."""
# ruff: noqa: E501 - markup reads better in one line

from __future__ import annotations

import base64
import io
import struct
import zipfile

from tests.kitchen.background import MICROSOFT, OFFICE, Background
from tests.kitchen.markers import Markers
from tests.kitchen.ole import macro_project
from tests.kitchen.workbook_sheets import SPACES, R, S, cell, row, sheet

BOOK = "xl/workbook.xml"
_SHEET_TYPE = f"{OFFICE}.spreadsheetml"
_FILE_HASH, _BOOK_HASH = "70C3D1A9", "Qm9vayBvZiBtYW55"
_VT = 'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'


def add_parts(marks: Markers, back: Background) -> None:
    """Add all of them."""
    for add in (
        _styles, _links, _pivots, _slicers, _connections, _custom_xml, _model, _revisions, _rich,
        _properties, _macros, _strays,
    ):  # fmt: skip
        add(marks, back)


def workbook_xml(marks: Markers, sheets: str) -> str:
    """Write the workbook part around the list of its sheets."""
    marks.by_place["password hash of the file"] = _FILE_HASH
    marks.by_place["password hash of the workbook"] = _BOOK_HASH
    return (
        f'<workbook {SPACES} xmlns:x15ac="{MICROSOFT}/spreadsheetml/2010/11/ac">'
        f'<fileSharing userName="{marks("user who reserves the file")}" reservationPassword="{_FILE_HASH}"/>'
        f'<workbookPr codeName="{marks("code name of the workbook")}"/>'
        f'<mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\{marks("folder of the author")}\\"/></mc:Choice></mc:AlternateContent>'
        f'<workbookProtection workbookHashValue="{_BOOK_HASH}" workbookSaltValue="c2FsdA==" lockStructure="1"/>'
        f"<bookViews><workbookView/></bookViews><sheets>{sheets}</sheets>"
        f'<functionGroups><functionGroup name="{marks("name of a group of functions")}"/></functionGroups>'
        '<externalReferences><externalReference r:id="rExternal"/></externalReferences>'
        f"<definedNames>{_names(marks)}</definedNames>"
        '<customWorkbookViews><customWorkbookView name="'
        f'{marks("name of a custom view")}" guid="{{00000000-0000-0000-0000-000000000001}}" windowWidth="1" windowHeight="1" activeSheetId="1"/></customWorkbookViews>'
        '<pivotCaches><pivotCache cacheId="1" r:id="rPivot"/></pivotCaches>'
        f'<smartTagTypes><smartTagType namespaceUri="urn:{marks("kind of a smart tag")}" name="{marks("name of a smart tag")}"/></smartTagTypes>'
        f'<webPublishObjects count="1"><webPublishObject id="1" divId="a" sourceObject="{marks("object of a web page")}" destinationFile="{marks("file of a published object")}" title="{marks("title of a published object")}"/></webPublishObjects>'
        f"<!-- {marks('comment in the markup of the workbook')} -->"
        f'<extLst><ext uri="{{0}}"><odd xmlns="urn:odd">{marks("unknown extension of the workbook")}</odd></ext></extLst></workbook>'
    )


def _names(marks: Markers) -> str:
    return (
        f'<definedName name="{marks("defined name")}" comment="{marks("comment of a defined name")}">Shown!$A$1</definedName>'
        f'<definedName name="constant" hidden="1">"{marks("constant behind a hidden name")}"</definedName>'
        f'<definedName name="told" description="{marks("description of a name")}" help="{marks("help of a name")}" statusBar="{marks("status line of a name")}">1</definedName>'
        '<definedName name="_xlnm.Print_Area" localSheetId="0">Shown!$A$1:$E$3</definedName>'
    )


def _styles(marks: Markers, back: Background) -> None:
    back.add(
        "xl/styles.xml",
        f'<styleSheet xmlns="{S}"><numFmts count="2"><numFmt numFmtId="164" formatCode=";;;"/>'
        f'<numFmt numFmtId="165" formatCode="0&quot; {marks("words of a number format")}&quot;;&quot;{marks("words of a format for less than nothing")}&quot;"/></numFmts>'
        f'<fonts count="3"><font><sz val="11"/><name val="{marks("name of a font")}"/></font><font><color rgb="FFFFFFFF"/><name val="Arial"/></font><font><sz val="1"/><name val="Arial"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        f'<cellStyles count="1"><cellStyle name="{marks("name of a style")}" xfId="0"/></cellStyles>'
        f'<dxfs count="1"><dxf><numFmt numFmtId="170" formatCode="&quot;{marks("words of a conditional number format")}&quot;"/></dxf></dxfs>'
        f'<tableStyles count="1"><tableStyle name="{marks("name of a table style")}" count="0"/></tableStyles></styleSheet>',
        f"{_SHEET_TYPE}.styles+xml",
    )
    marks.seen.add("words of a number format")
    back.point(BOOK, ("rStyles", "styles", "styles.xml"))
    back.add(
        "xl/theme/theme1.xml",
        f'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="{marks("name of the theme")}"><a:themeElements>'
        f'<a:clrScheme name="{marks("name of the colours")}"/><a:fontScheme name="{marks("name of the fonts")}"/><a:fmtScheme name="Office"/></a:themeElements></a:theme>',
        f"{OFFICE}.theme+xml",
    )
    back.point(BOOK, ("rTheme", "theme", "theme/theme1.xml"))


def _links(marks: Markers, back: Background) -> None:
    back.add(
        "xl/externalLinks/externalLink1.xml",
        f'<externalLink xmlns="{S}" xmlns:r="{R}"><externalBook r:id="rId1"><sheetNames><sheetName val="{marks("sheet of another file")}"/></sheetNames>'
        f'<definedNames><definedName name="{marks("name in another file")}" refersTo="=A1"/></definedNames>'
        f'<sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>{marks("cell of another file")}</v></cell><cell r="B1"><v>70311872</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>',
        f"{_SHEET_TYPE}.externalLink+xml",
    )
    marks.by_place["number of another file"] = "70311872"
    back.point(
        "xl/externalLinks/externalLink1.xml",
        ("rId1", "externalLinkPath", f"file:///C:/{marks('path of another file')}/book.xlsx"),
    )
    back.point(BOOK, ("rExternal", "externalLink", "externalLinks/externalLink1.xml"))
    back.add(
        "xl/externalLinks/externalLink2.xml",
        f'<externalLink xmlns="{S}"><ddeLink ddeService="{marks("service of a live link")}" ddeTopic="{marks("topic of a live link")}"><ddeItems><ddeItem name="{marks("item of a live link")}">'
        f'<values><value t="str"><val>{marks("value of a live link")}</val></value></values></ddeItem></ddeItems></ddeLink></externalLink>',
        f"{_SHEET_TYPE}.externalLink+xml",
    )
    back.add(
        "xl/externalLinks/externalLink3.xml",
        f'<externalLink xmlns="{S}" xmlns:r="{R}"><oleLink r:id="rId1" progId="Word.Document"><oleItems><oleItem name="{marks("item of an object link")}"/></oleItems></oleLink></externalLink>',
        f"{_SHEET_TYPE}.externalLink+xml",
    )
    back.point(
        "xl/externalLinks/externalLink3.xml",
        ("rId1", "oleObject", f"file:///C:/{marks('path of an object link')}.docx"),
    )


def _pivots(marks: Markers, back: Background) -> None:
    marks.by_place["number in a pivot cache"] = "70311873"
    back.add(
        "xl/pivotCache/pivotCacheDefinition1.xml",
        f'<pivotCacheDefinition xmlns="{S}" xmlns:r="{R}" r:id="rId1" refreshedBy="{marks("who refreshed a pivot table")}" refreshedDate="44000" createdVersion="6" refreshedVersion="6" recordCount="2">'
        f'<cacheSource type="worksheet"><worksheetSource ref="A1:C3" sheet="{marks("source of a pivot table")}"/></cacheSource><cacheFields count="3">'
        f'<cacheField name="{marks("field of a pivot cache")}" caption="{marks("caption of a pivot field")}"><sharedItems count="1"><s v="{marks("item of a pivot cache")}"/></sharedItems></cacheField>'
        '<cacheField name="Free"><sharedItems/></cacheField>'
        f'<cacheField name="Worked out" formula="{marks("formula of a pivot field")}*2"><sharedItems containsSemiMixedTypes="0" containsString="0" containsNumber="1"/></cacheField></cacheFields></pivotCacheDefinition>',
        f"{_SHEET_TYPE}.pivotCacheDefinition+xml",
    )
    back.add(
        "xl/pivotCache/pivotCacheRecords1.xml",
        f'<pivotCacheRecords xmlns="{S}" count="2"><r><x v="0"/><s v="{marks("row of a pivot cache")}"/><n v="70311873"/></r>'
        f'<r><x v="0"/><s v="{marks("second row of a pivot cache")}"/><n v="1"/></r></pivotCacheRecords>',
        f"{_SHEET_TYPE}.pivotCacheRecords+xml",
    )
    back.add(
        "xl/pivotTables/pivotTable1.xml",
        f'<pivotTableDefinition xmlns="{S}" name="{marks("name of a pivot table")}" cacheId="1" dataCaption="{marks("caption of the data")}" grandTotalCaption="{marks("caption of the total")}" rowHeaderCaption="{marks("caption of the rows")}">'
        f'<location ref="J1:K3" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="3"><pivotField name="{marks("caption of a field shown")}" axis="axisRow" showAll="0"><items count="1">'
        f'<item n="{marks("caption of an item")}" x="0"/></items></pivotField><pivotField showAll="0"/><pivotField dataField="1" showAll="0"/></pivotFields>'
        f'<dataFields count="1"><dataField name="{marks("name of a data field")}" fld="2"/></dataFields>'
        f'<filters count="1"><filter fld="0" type="captionEqual" evalOrder="-1" id="1" stringValue1="{marks("filter of a pivot table")}"><autoFilter ref="A1"><filterColumn colId="0"><customFilters><customFilter val="x"/></customFilters></filterColumn></autoFilter></filter></filters></pivotTableDefinition>',
        f"{_SHEET_TYPE}.pivotTable+xml",
    )
    back.point(BOOK, ("rPivot", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"))
    back.point(
        "xl/pivotCache/pivotCacheDefinition1.xml",
        ("rId1", "pivotCacheRecords", "pivotCacheRecords1.xml"),
    )
    back.point(
        "xl/pivotTables/pivotTable1.xml",
        ("rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml"),
    )
    back.point(
        "xl/worksheets/sheet1.xml", ("rPivotTable", "pivotTable", "../pivotTables/pivotTable1.xml")
    )


def _slicers(marks: Markers, back: Background) -> None:
    x14 = f'xmlns="{MICROSOFT}/spreadsheetml/2009/9/main"'
    back.add(
        "xl/slicers/slicer1.xml",
        f'<slicers {x14}><slicer name="{marks("name of a slicer")}" cache="c" caption="{marks("caption of a slicer")}" rowHeight="1"/></slicers>',
        "application/vnd.ms-excel.slicer+xml",
    )
    back.add(
        "xl/slicerCaches/slicerCache1.xml",
        f'<slicerCacheDefinition {x14} name="c" sourceName="{marks("source of a slicer")}"/>',
        "application/vnd.ms-excel.slicerCache+xml",
    )
    x15 = f'xmlns="{MICROSOFT}/spreadsheetml/2010/11/main"'
    back.add(
        "xl/timelines/timeline1.xml",
        f'<timelines {x15}><timeline name="{marks("name of a timeline")}" caption="{marks("caption of a timeline")}"/></timelines>',
        "application/vnd.ms-excel.timeline+xml",
    )
    back.add(
        "xl/timelineCaches/timelineCache1.xml",
        f'<timelineCacheDefinition {x15} name="t" sourceName="{marks("source of a timeline")}"/>',
        "application/vnd.ms-excel.timelineCache+xml",
    )
    back.point(
        "xl/worksheets/sheet1.xml",
        ("rSlicer", f"{MICROSOFT}/2007/relationships/slicer", "../slicers/slicer1.xml"),
    )


def _connections(marks: Markers, back: Background) -> None:
    back.add(
        "xl/connections.xml",
        f'<connections xmlns="{S}"><connection id="1" name="{marks("name of a connection")}" description="{marks("description of a connection")}" sourceFile="C:\\{marks("file of a connection")}.mdb" type="1" refreshedVersion="6">'
        f'<dbPr connection="Provider=X;User ID={marks("user of a connection")};" command="SELECT {marks("command of a connection")}"/></connection>'
        f'<connection id="2" type="4" refreshedVersion="6"><webPr url="https://{marks("address of a web query")}.example/"/></connection></connections>',
        f"{_SHEET_TYPE}.connections+xml",
    )
    back.point(BOOK, ("rConnections", "connections", "connections.xml"))
    back.add(
        "xl/queryTables/queryTable1.xml",
        f'<queryTable xmlns="{S}" name="{marks("name of a query table")}" connectionId="1"><queryTableRefresh><queryTableDeletedFields><deletedField name="{marks("deleted field of a query")}"/></queryTableDeletedFields></queryTableRefresh></queryTable>',
        f"{_SHEET_TYPE}.queryTable+xml",
    )
    back.add(
        "xl/volatileDependencies.xml",
        f'<volTypes xmlns="{S}"><volType type="realTimeData"><main first="{marks("program of live data")}"><tp t="s"><v>{marks("value of live data")}</v><stp>{marks("topic of live data")}</stp><tr r="A1" s="1"/></tp></main></volType></volTypes>',
        f"{_SHEET_TYPE}.volatileDependencies+xml",
    )
    back.add(
        "xl/xmlMaps.xml",
        f'<MapInfo xmlns="{S}" SelectionNamespaces=""><Schema ID="S1"><odd>{marks("schema of an XML map")}</odd></Schema><Map ID="1" Name="{marks("name of an XML map")}" RootElement="{marks("root of an XML map")}" SchemaID="S1"/></MapInfo>',
        "application/xml",
    )
    back.add(
        "xl/tables/tableSingleCells1.xml",
        f'<singleXmlCells xmlns="{S}"><singleXmlCell id="1" r="A1" connectionId="0"><xmlCellPr id="1" uniqueName="{marks("name of a mapped cell")}"><xmlPr mapId="1" xpath="/{marks("path of a mapped cell")}" xmlDataType="string"/></xmlCellPr></singleXmlCell></singleXmlCells>',
        f"{_SHEET_TYPE}.tableSingleCells+xml",
    )


def _custom_xml(marks: Markers, back: Background) -> None:
    back.add(
        "customXml/item1.xml",
        f'<memo to="{marks("attribute of custom XML")}">{marks("custom XML")}</memo>',
        "application/xml",
    )
    back.add(
        "customXml/itemProps1.xml",
        f'<ds:datastoreItem ds:itemID="{{0}}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="urn:{marks("schema of custom XML")}"/></ds:schemaRefs></ds:datastoreItem>',
        f"{OFFICE}.customXmlProperties+xml",
    )
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        archive.writestr(
            "Config/Package.xml",
            f"<Package><Culture>{marks('settings of a query')}</Culture></Package>",
        )
        archive.writestr(
            "Formulas/Section1.m",
            f'section Section1; shared Staff = Csv.Document(File.Contents("C:\\{marks("query")}.csv"));',
        )
    xml = f"<LocalPackageMetadataFile><Items><Item><ItemPath>Section1/{marks('metadata of a query')}</ItemPath></Item></Items></LocalPackageMetadataFile>".encode()
    metadata = struct.pack("<II", 0, len(xml)) + xml + struct.pack("<I", 0)
    mashup = struct.pack("<I", 0)
    for piece in (inner.getvalue(), b"<PermissionList/>", metadata, b""):
        mashup += struct.pack("<I", len(piece)) + piece
    back.add(
        "customXml/item2.xml",
        f'<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">{base64.b64encode(mashup).decode()}</DataMashup>'.encode(
            "utf-16"
        ),
        "application/xml",
    )
    packed = base64.b64encode(
        f"someone called {marks('text packed as letters')} wrote this and much more besides, day after day".encode()
    ).decode()
    back.add("customXml/item3.xml", f"<blob>{packed}</blob>", "application/xml")


def _model(marks: Markers, back: Background) -> None:
    back.add(
        "xl/model/item.data",
        bytes(64) + marks("data model").encode("utf-16-le") + bytes(64),
        "application/vnd.openxmlformats-officedocument.model+data",
    )
    back.add(
        "xl/printerSettings/printerSettings1.bin",
        f"\\\\server\\{marks('printer')}".encode("utf-16-le") + bytes(200),
        f"{_SHEET_TYPE}.printerSettings",
    )
    back.add(
        "xl/customProperty1.bin",
        marks("value of an own property of a sheet").encode("utf-16-le"),
        f"{_SHEET_TYPE}.customProperty",
    )
    back.point(
        "xl/worksheets/sheet1.xml",
        ("rProperty", "customProperty", "../customProperty1.bin"),
        ("rPrinter", "printerSettings", "../printerSettings/printerSettings1.bin"),
    )


def _revisions(marks: Markers, back: Background) -> None:
    back.add(
        "xl/revisions/revisionHeaders.xml",
        f'<headers xmlns="{S}" guid="{{0}}"><header guid="{{0}}" dateTime="2026-01-01T00:00:00Z" maxSheetId="2" userName="{marks("user of an earlier version")}"/></headers>',
        f"{_SHEET_TYPE}.revisionHeaders+xml",
    )
    back.add(
        "xl/revisions/revisionLog1.xml",
        f'<revisions xmlns="{S}"><rcc rId="1" sId="1"><oc r="A1" t="inlineStr"><is><t>{marks("cell before a change")}</t></is></oc><nc r="A1" t="inlineStr"><is><t>x</t></is></nc></rcc></revisions>',
        f"{_SHEET_TYPE}.revisionLog+xml",
    )
    back.add(
        "xl/revisions/userNames.xml",
        f'<users xmlns="{S}"><userInfo guid="{{0}}" name="{marks("user who has the file open")}" id="1"/></users>',
        f"{_SHEET_TYPE}.userNames+xml",
    )


def _rich(marks: Markers, back: Background) -> None:
    back.add(
        "xl/metadata.xml",
        f'<metadata xmlns="{S}"><metadataStrings count="1"><s v="{marks("string in the metadata of a cell")}"/></metadataStrings></metadata>',
        f"{_SHEET_TYPE}.sheetMetadata+xml",
    )
    space = f'xmlns="{MICROSOFT}/spreadsheetml/2017/richdata"'
    back.add(
        "xl/richData/rdrichvalue.xml",
        f'<rvData {space}><rv s="0"><v>{marks("value of a data type")}</v></rv></rvData>',
        "application/vnd.ms-excel.rdrichvalue+xml",
    )
    back.add(
        "xl/richData/rdrichvaluestructure.xml",
        f'<rvStructures {space}><s t="x"><k n="{marks("key of a data type")}" t="s"/></s></rvStructures>',
        "application/vnd.ms-excel.rdrichvaluestructure+xml",
    )
    back.add(
        "xl/webextensions/webextension1.xml",
        f'<we:webextension xmlns:we="{MICROSOFT}/office/webextensions/webextension/2010/11"><we:properties><we:property name="{marks("name of a property of an add-in")}" value="{marks("value of a property of an add-in")}"/></we:properties></we:webextension>',
        "application/vnd.ms-office.webextension+xml",
    )


def _properties(marks: Markers, back: Background) -> None:
    dublin = ("creator", "title", "subject", "description", "identifier")
    office = ("lastModifiedBy", "keywords", "category", "contentStatus", "version")
    listed = "".join(f"<dc:{one}>{marks(f'property {one}')}</dc:{one}>" for one in dublin)
    listed += "".join(f"<cp:{one}>{marks(f'property {one}')}</cp:{one}>" for one in office)
    back.add("docProps/core.xml", '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
             f'xmlns:dcterms="http://purl.org/dc/terms/">{listed}</cp:coreProperties>', "application/vnd.openxmlformats-package.core-properties+xml")  # fmt: skip
    listed = "".join(
        f"<{one}>{marks(f'property {one}')}</{one}>"
        for one in ("Template", "Manager", "Company", "HyperlinkBase")
    )
    back.add(
        "docProps/app.xml",
        f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" {_VT}>{listed}<TitlesOfParts><vt:vector size="1" baseType="lpstr"><vt:lpstr>{marks("list of parts")}</vt:lpstr></vt:vector></TitlesOfParts></Properties>',
        f"{OFFICE}.extended-properties+xml",
    )
    marks.by_place["number of a custom property"] = "70311874"
    back.add("docProps/custom.xml", f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" {_VT}><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{marks("name of a custom property")}"><vt:lpwstr>{marks("value of a custom property")}</vt:lpwstr></property>'
             '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="3" name="Number"><vt:i4>70311874</vt:i4></property></Properties>', f"{OFFICE}.custom-properties+xml")  # fmt: skip
    back.add(
        "docMetadata/LabelInfo.xml",
        f'<clbl:labelList xmlns:clbl="{MICROSOFT}/2020/mipLabelMetadata"><clbl:label id="{{0}}" name="{marks("sensitivity label")}" siteId="{{1}}"/></clbl:labelList>',
        "application/vnd.ms-office.classificationlabels+xml",
    )
    back.add("_xmlsignatures/sig1.xml", f'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><Object><SignatureProperties><SignatureComments>{marks("remark of a signature")}</SignatureComments></SignatureProperties></Object>'
             f'<X509Certificate>{base64.b64encode(b"0000CN=" + marks("name in a certificate").encode() + b", O=Somewhere, C=GB, and all the bytes of a key").decode()}</X509Certificate></Signature>', "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml")  # fmt: skip
    for kind, target in (
        ("core-properties", "docProps/core.xml"),
        ("extended-properties", "docProps/app.xml"),
        ("custom-properties", "docProps/custom.xml"),
    ):
        back.point("", (f"r{kind}", kind, target))


def _macros(marks: Markers, back: Background) -> None:
    source = f'Attribute VB_Name = "Module1"\r\nSub Go()\r\n  MsgBox "{marks("text in a macro")}" \' {marks("remark in a macro")}\r\nEnd Sub\r\n'
    back.add(
        "xl/vbaProject.bin",
        macro_project("Module1", source),
        "application/vnd.ms-office.vbaProject",
    )
    back.point(BOOK, ("rMacros", f"{MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"))
    back.add(
        "customUI/customUI.xml",
        f'<customUI xmlns="{MICROSOFT}/2006/01/customui"><ribbon><tabs><tab id="t" label="{marks("label of a ribbon")}"/></tabs></ribbon></customUI>',
        "application/xml",
    )


def _strays(marks: Markers, back: Background) -> None:
    back.add(
        "xl/worksheets/sheet99.xml",
        sheet(row(1, cell("A1", marks("cell of a sheet that is not listed")))),
        f"{_SHEET_TYPE}.worksheet+xml",
    )
    back.add("notes.txt", f"Ask {marks('loose text file')} about this.")
    back.add("[trash]/0000.dat", bytes(9) + marks("part that was thrown away").encode() + bytes(9))
    back.add(
        "odd/odd.xml", f"<odd>{marks('part of an unknown kind')}</odd>", "application/x-odd+xml"
    )

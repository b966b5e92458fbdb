"""What lies over the cells of the kitchen workbook: shapes, charts, pictures, comments, objects."""
# ruff: noqa: E501 - markup reads better in one line

from __future__ import annotations

import io
import struct

from PIL import Image, PngImagePlugin

from tests.kitchen.background import A_SPACE, MICROSOFT, OFFICE, Background
from tests.kitchen.markers import Markers
from tests.kitchen.ole import compound, packaged_file
from tests.kitchen.workbook_sheets import R, S
from tests.unit.formats import office, xls_samples

SHEET = "xl/worksheets/sheet1.xml"
_SHEET_TYPE = f"{OFFICE}.spreadsheetml"
_XDR = f'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" {A_SPACE} xmlns:r="{R}"'
_CHART = f'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" {A_SPACE} xmlns:r="{R}"'
_FROM = "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
_TO = _FROM.replace("from>", "to>").replace(">1<", ">4<")


def add_over(marks: Markers, back: Background) -> None:
    """Add all of it."""
    for add in (_drawing, _pictures, _charts, _diagram, _comments, _controls, _files, _table):
        add(marks, back)


def _anchored(inside: str) -> str:
    return f"<xdr:twoCellAnchor>{_FROM}{_TO}{inside}<xdr:clientData/></xdr:twoCellAnchor>"


def _drawing(marks: Markers, back: Background) -> None:
    box = (
        f'<xdr:sp macro="{marks("macro of a shape")}" textlink="{marks("cell linked to a shape")}!A1"><xdr:nvSpPr><xdr:cNvPr id="2" name="{marks("name of a shape")}" descr="{marks("description of a shape")}" title="{marks("title of a shape")}">'
        f'<a:hlinkClick r:id="rLink" tooltip="{marks("tip of a shape")}"/></xdr:cNvPr><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"/></xdr:spPr>'
        f"<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>{marks('text box')}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    line = f'<xdr:cxnSp macro=""><xdr:nvCxnSpPr><xdr:cNvPr id="3" name="{marks("name of a line")}"/><xdr:cNvCxnSpPr/></xdr:nvCxnSpPr><xdr:spPr><a:prstGeom prst="line"/></xdr:spPr></xdr:cxnSp>'
    picture = (
        f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="4" name="{marks("name of a picture")}" descr="{marks("description of a picture")}"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        '<xdr:blipFill><a:blip r:embed="rJpeg"/><a:srcRect l="40000"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"/></xdr:spPr></xdr:pic>'
    )
    chart = (
        f'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="5" name="{marks("name of a chart")}" descr="{marks("description of a chart")}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>'
        '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rChart"/></a:graphicData></a:graphic></xdr:graphicFrame>'
    )
    inside = "".join(_anchored(one) for one in (box, line, picture, chart))
    back.add(
        "xl/drawings/drawing1.xml", f"<xdr:wsDr {_XDR}>{inside}</xdr:wsDr>", f"{OFFICE}.drawing+xml"
    )
    back.point(SHEET, ("rDrawing", "drawing", "../drawings/drawing1.xml"))
    back.point(
        "xl/drawings/drawing1.xml",
        ("rChart", "chart", "../charts/chart1.xml"), ("rJpeg", "image", "../media/image1.jpeg"),
        ("rLink", "hyperlink", f"https://{marks('link of a shape')}.example/"),
        ("rData", "diagramData", "../diagrams/data1.xml"),
    )  # fmt: skip


def _pictures(marks: Markers, back: Background) -> None:
    jpeg = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = marks("artist of a picture")
    exif[0x9C9D] = marks("author of a picture, wide").encode("utf-16-le")
    camera = exif.get_ifd(0x8769)
    camera[0xA430] = marks("owner of a camera")
    camera[0xA431] = marks("serial number of a camera")
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0), 0x1D: "2026:01:01"})
    marks.by_place["place where a picture was taken"] = "51.507222"
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a by="{marks("attribute of XMP")}">{marks("text of XMP")}</a></x:xmpmeta>'
    Image.new("RGB", (60, 40), (20, 120, 60)).save(
        jpeg, "JPEG", exif=exif, comment=marks("remark in a JPEG").encode(), xmp=xmp.encode()
    )
    record = marks("caption in IPTC").encode()
    iptc = b"\x1c\x02\x78" + struct.pack(">H", len(record)) + record
    block = (
        b"Photoshop 3.0\x00"
        b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(iptc)) + iptc + bytes(len(iptc) % 2)
    )
    data = jpeg.getvalue()
    data = data[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + data[2:]
    back.add("xl/media/image1.jpeg", data + marks("bytes behind the end of a JPEG").encode())
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", marks("text in a PNG"))
    info.add_text("Comment", marks("packed text in a PNG"), zip=True)
    info.add_itxt("Title", marks("international text in a PNG"))
    png = io.BytesIO()
    Image.new("RGB", (20, 20), (9, 9, 9)).save(png, "PNG", pnginfo=info)
    back.add("xl/media/image2.png", png.getvalue())
    gif = io.BytesIO()
    Image.new("P", (8, 8)).save(gif, "GIF", comment=marks("remark in a GIF").encode())
    back.add("xl/media/image3.gif", gif.getvalue())
    back.add(
        "xl/media/image4.svg",
        f'<svg xmlns="http://www.w3.org/2000/svg"><title>{marks("title of a vector picture")}</title><text>{marks("text of a vector picture")}</text></svg>',
    )
    back.add("xl/media/image5.emf", metafile(marks("text of a metafile")))
    back.add("xl/media/image6.wmf", old_metafile(marks("text of an old metafile")))
    thumbnail = io.BytesIO()
    Image.new("RGB", (20, 20)).save(
        thumbnail, "JPEG", comment=marks("remark in the thumbnail").encode()
    )
    back.add("docProps/thumbnail.jpeg", thumbnail.getvalue())
    back.point(
        "",
        (
            "rThumbnail",
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
            "docProps/thumbnail.jpeg",
        ),
    )


def metafile(text: str) -> bytes:
    """Write an enhanced metafile that draws one text ([MS-EMF] 2.3.4.2 and 2.3.5.7)."""
    letters = text.encode("utf-16-le")
    letters += bytes(-len(letters) % 4)
    record = struct.pack("<II", 84, 76 + len(letters)) + bytes(16) + struct.pack("<Iff", 1, 1, 1)
    record += struct.pack("<iiIII16xI", 0, 0, len(text), 76, 0, 0) + letters
    header = (
        struct.pack("<II", 1, 88) + bytes(32) + b" EMF" + struct.pack("<IIIH", 0x10000, 0, 3, 1)
    )
    return header.ljust(88, b"\0") + record + struct.pack("<IIIII", 14, 20, 0, 16, 20)


def old_metafile(text: str) -> bytes:
    """Write a Windows metafile that draws one text ([MS-WMF] 2.3.3.20)."""
    letters = text.encode() + bytes(len(text) % 2)
    body = struct.pack("<HH", 0x0521, len(text)) + letters + bytes(4)
    record = struct.pack("<I", 2 + len(body) // 2) + body
    return (
        struct.pack("<HHHIHIH", 1, 9, 0x300, 9 + len(record) // 2, 0, len(record) // 2, 0)
        + record
        + struct.pack("<IH", 3, 0)
    )


def _charts(marks: Markers, back: Background) -> None:
    marks.by_place["number in a chart"] = "70311875"
    title = "<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    back.add(
        "xl/charts/chart1.xml",
        f'<c:chartSpace {_CHART}><c:chart>{title.format(marks("title of a chart"))}<c:plotArea><c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/>'
        f'<c:tx><c:strRef><c:f>{marks("source of a chart")}!A1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{marks("name of a series")}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:cat><c:strRef><c:f>A</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{marks("category of a chart")}</c:v></c:pt></c:strCache></c:strRef></c:cat>'
        f'<c:val><c:numRef><c:f>A</c:f><c:numCache><c:formatCode>"{marks("number format of a chart")}"</c:formatCode><c:ptCount val="1"/><c:pt idx="0"><c:v>70311875</c:v></c:pt></c:numCache></c:numRef></c:val>'
        f'</c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:axPos val="b"/>{title.format(marks("title of an axis"))}<c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart>'
        '<c:externalData r:id="rData"/><c:userShapes r:id="rShapes"/></c:chartSpace>',
        f"{OFFICE}.drawingml.chart+xml",
    )
    back.point(
        "xl/charts/chart1.xml",
        ("rData", "package", "../embeddings/chart1.xlsx"),
        ("rShapes", "chartUserShapes", "../drawings/drawing2.xml"),
    )
    inner = office.workbook(
        {
            "Data": office.sheet(
                office.row_of(1, office.text_cell("A1", marks("workbook behind a chart")))
            )
        }
    )
    back.add("xl/embeddings/chart1.xlsx", inner)
    back.add(
        "xl/drawings/drawing2.xml",
        f'<c:userShapes {_CHART} xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"><cdr:sp><cdr:txBody><a:p><a:r><a:t>{marks("text drawn on a chart")}</a:t></a:r></a:p></cdr:txBody></cdr:sp></c:userShapes>',
        f"{OFFICE}.drawingml.chartshapes+xml",
    )
    back.add("xl/charts/chartEx1.xml", f'<cx:chartSpace xmlns:cx="{MICROSOFT}/drawing/2014/chartex"><cx:chartData><cx:data id="0"><cx:strDim type="cat"><cx:lvl ptCount="1"><cx:pt idx="0">{marks("category of a newer chart")}</cx:pt></cx:lvl></cx:strDim></cx:data></cx:chartData>'
             f'<cx:chart><cx:title><cx:tx><cx:txData><cx:v>{marks("title of a newer chart")}</cx:v></cx:txData></cx:tx></cx:title></cx:chart></cx:chartSpace>', "application/vnd.ms-office.chartex+xml")  # fmt: skip
    back.add(
        "xl/charts/style1.xml",
        f'<cs:chartStyle xmlns:cs="{MICROSOFT}/drawing/2012/chartStyle" id="1" note="{marks("style of a chart")}"/>',
        "application/vnd.ms-office.chartstyle+xml",
    )
    back.add(
        "xl/charts/chart2.xml",
        f"<c:chartSpace {_CHART}><c:chart>{title.format(marks('title of a chart on its own sheet'))}<c:plotArea><c:pieChart><c:varyColors val='1'/></c:pieChart></c:plotArea></c:chart></c:chartSpace>",
        f"{OFFICE}.drawingml.chart+xml",
    )
    back.add("xl/drawings/drawing3.xml", f'<xdr:wsDr {_XDR}><xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="1" cy="1"/><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="{marks("name of a chart on its own sheet")}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>'
             '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rChart"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>', f"{OFFICE}.drawing+xml")  # fmt: skip
    back.point("xl/chartsheets/sheet1.xml", ("rDrawing", "drawing", "../drawings/drawing3.xml"))
    back.point("xl/drawings/drawing3.xml", ("rChart", "chart", "../charts/chart2.xml"))


def _diagram(marks: Markers, back: Background) -> None:
    space = f'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" {A_SPACE}'
    back.add(
        "xl/diagrams/data1.xml",
        f"<dgm:dataModel {space}><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>{marks('text of a diagram')}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>",
        f"{OFFICE}.drawingml.diagramData+xml",
    )
    back.add(
        "xl/diagrams/drawing1.xml",
        f'<dsp:drawing xmlns:dsp="{MICROSOFT}/drawing/2008/diagram" {A_SPACE}><dsp:sp><a:t>{marks("drawn copy of a diagram")}</a:t></dsp:sp></dsp:drawing>',
        "application/vnd.ms-office.drawingml.diagramDrawing+xml",
    )
    back.add(
        "xl/diagrams/layout1.xml",
        f'<dgm:layoutDef {space}><dgm:title val="{marks("title of the layout of a diagram")}"/></dgm:layoutDef>',
        f"{OFFICE}.drawingml.diagramLayout+xml",
    )


def _comments(marks: Markers, back: Background) -> None:
    back.add(
        "xl/comments1.xml",
        f'<comments xmlns="{S}"><authors><author>{marks("author of a comment")}</author></authors><commentList><comment ref="A1" authorId="0"><text><t>{marks("comment")}</t></text></comment></commentList></comments>',
        f"{_SHEET_TYPE}.comments+xml",
    )
    back.add(
        "xl/threadedComments/threadedComment1.xml",
        f'<ThreadedComments xmlns="{MICROSOFT}/spreadsheetml/2018/threadedcomments"><threadedComment ref="B1" dT="2026-01-01T00:00:00" personId="{{1}}" id="{{2}}"><text>{marks("threaded comment")}</text></threadedComment></ThreadedComments>',
        "application/vnd.ms-excel.threadedcomments+xml",
    )
    back.add(
        "xl/persons/person.xml",
        f'<personList xmlns="{MICROSOFT}/spreadsheetml/2018/threadedcomments"><person displayName="{marks("name of a person")}" id="{{1}}" userId="S::{marks("account of a person")}::1" providerId="AD"/></personList>',
        "application/vnd.ms-excel.person+xml",
    )
    v = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"'
    back.add(
        "xl/drawings/vmlDrawing1.vml",
        f'<xml {v}><v:shape id="a" alt="{marks("alternative text of a comment")}"><x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape>'
        f'<v:shape id="b"><v:textbox><div><font>{marks("caption of a button")}</font></div></v:textbox><x:ClientData ObjectType="Button"><x:FmlaMacro>{marks("macro of a button")}</x:FmlaMacro></x:ClientData></v:shape>'
        f'<v:shape id="c"><v:textbox><div>{marks("text in a shape of the old kind")}<br></div></v:textbox></v:shape></xml>',
        f"{OFFICE}.vmlDrawing",
    )
    back.add(
        "xl/drawings/vmlDrawing2.vml",
        f'<xml {v}><v:shape id="LH"><v:imagedata o:title="{marks("title of a picture in a header")}"/></v:shape></xml>',
        f"{OFFICE}.vmlDrawing",
    )
    back.point(
        SHEET, ("rComments", "comments", "../comments1.xml"), ("rVml", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
        ("rVmlHeader", "vmlDrawing", "../drawings/vmlDrawing2.vml"),
        ("rThreads", f"{MICROSOFT}/2017/10/relationships/threadedComment", "../threadedComments/threadedComment1.xml"),
        ("rLink", "hyperlink", f"mailto:{marks('address of a link')}@example.org"),
    )  # fmt: skip
    back.point(
        "xl/workbook.xml",
        ("rPersons", f"{MICROSOFT}/2017/10/relationships/person", "persons/person.xml"),
    )


def _controls(marks: Markers, back: Background) -> None:
    back.add(
        "xl/ctrlProps/ctrlProp1.xml",
        f'<formControlPr xmlns="{MICROSOFT}/spreadsheetml/2009/9/main" objectType="List" fmlaRange="{marks("range of a control")}!A1"><itemLst><item val="{marks("item of a control")}"/></itemLst></formControlPr>',
        "application/vnd.ms-excel.controlproperties+xml",
    )
    back.add(
        "xl/activeX/activeX1.xml",
        f'<ax:ocx xmlns:ax="{MICROSOFT}/2006/activeX"><ax:ocxPr ax:name="Caption" ax:value="{marks("caption of an active control")}"/></ax:ocx>',
        "application/vnd.ms-office.activeX+xml",
    )
    back.add(
        "xl/activeX/activeX1.bin",
        bytes(16) + marks("state of an active control").encode() + bytes(16),
        "application/vnd.ms-office.activeX",
    )
    back.point(SHEET, ("rControl", "ctrlProp", "../ctrlProps/ctrlProp1.xml"))


def _files(marks: Markers, back: Background) -> None:
    package = packaged_file(
        f"{marks('name of an embedded file')}.txt",
        f"C:\\{marks('path of an embedded file')}\\a.txt",
        f"Dear {marks('text of an embedded file')}, as discussed.".encode(),
    )
    back.add("xl/embeddings/oleObject1.bin", package, f"{OFFICE}.oleObject")
    back.point(SHEET, ("rOle", "oleObject", "../embeddings/oleObject1.bin"))
    book = office.workbook(
        {"Shown": office.sheet(office.row_of(1, office.text_cell("A1", marks("cell of an embedded workbook")))),
         "Gone": office.sheet(office.row_of(1, office.text_cell("A1", marks("hidden sheet of an embedded workbook"))))},
        states={"Gone": "veryHidden"},
    )  # fmt: skip
    back.add("xl/embeddings/book1.xlsx", book)
    wrapped = office.workbook(
        {
            "Shown": office.sheet(
                office.row_of(1, office.text_cell("A1", marks("workbook in an object")))
            )
        }
    )
    back.add("xl/embeddings/oleObject2.bin", compound({"Package": wrapped}), f"{OFFICE}.oleObject")
    back.add(
        "xl/embeddings/text1.docx", office.document(office.paragraph(marks("embedded document")))
    )
    old = xls_samples.workbook({"Old": xls_samples.label(0, 0, marks("old workbook embedded"))})
    back.add("xl/embeddings/old.xls", old, "application/vnd.ms-excel")


def _table(marks: Markers, back: Background) -> None:
    ext = (
        '<extLst><ext uri="{504A1905-F514-4f6f-8877-14C23A59335A}" xmlns:x14="'
        + MICROSOFT
        + '/spreadsheetml/2009/9/main">'
        f'<x14:table altText="{marks("alternative text of a table")}" altTextSummary="{marks("summary of a table")}"/></ext></extLst>'
    )
    back.add(
        "xl/tables/table1.xml",
        f'<table xmlns="{S}" id="1" name="{marks("name of a table")}" displayName="{marks("shown name of a table")}" comment="{marks("comment of a table")}" ref="A9:B11" totalsRowCount="1">'
        f'<autoFilter ref="A9:B10"><filterColumn colId="0"><filters><filter val="{marks("filter of a table")}"/></filters></filterColumn></autoFilter>'
        f'<sortState ref="A10:B10"><sortCondition ref="A10" customList="{marks("list a table is sorted by")}"/></sortState>'
        f'<tableColumns count="2"><tableColumn id="1" name="Ward" totalsRowLabel="{marks("label of a total")}"/><tableColumn id="2" name="{marks("column of a table")}">'
        f'<calculatedColumnFormula>"{marks("formula of a column")}"</calculatedColumnFormula></tableColumn></tableColumns>{ext}</table>',
        f"{_SHEET_TYPE}.table+xml",
    )
    back.point(SHEET, ("rTable", "table", "../tables/table1.xml"))

"""What the kitchen document shows that is no text: pictures, files, charts, diagrams, macros."""
# ruff: noqa: E501 - markup reads better in one line

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

from tests.kitchen.background import (
    A_SPACE,
    ARROWS,
    MICROSOFT,
    OFFICE,
    Background,
)
from tests.kitchen.markers import Markers
from tests.kitchen.ole import macro_project, packaged_file
from tests.unit.formats.office import document, paragraph, row_of, sheet, text_cell, workbook


def _media(marks: Markers, back: Background) -> None:
    jpeg = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = marks("artist of a picture")
    exif[0x010E] = marks("description in a picture's file")
    Image.new("RGB", (200, 100), (200, 30, 30)).save(jpeg, "JPEG", exif=exif)
    png = io.BytesIO()
    Image.new("RGB", (40, 20), (30, 30, 200)).save(png, "PNG")
    remark = b"Comment\0" + marks("remark in a picture's file").encode()
    chunk = struct.pack(">I", len(remark)) + b"tEXt" + remark
    chunk += struct.pack(">I", zlib.crc32(b"tEXt" + remark))
    head = 8 + 25
    data = png.getvalue()[:head] + chunk + png.getvalue()[head:]
    data += marks("bytes behind the end of a picture").encode()
    back.add("word/media/image1.jpeg", jpeg.getvalue(), "", ("rJpeg", "image"))
    back.add("word/media/image2.png", data, "", ("rPng", "image"))
    back.add(
        "word/media/image3.svg",
        f'<svg xmlns="http://www.w3.org/2000/svg"><title>{marks("title of a vector picture")}</title>'
        f"<text>{marks('text of a vector picture')}</text></svg>",
        "",
        ("rSvg", "image"),
    )
    back.add("word/media/image4.emf", _metafile(marks("text of a metafile")), "", ("rEmf", "image"))


def _metafile(text: str) -> bytes:
    """Write a metafile that draws one text ([MS-EMF] 2.3.4.2 and 2.3.5.7)."""
    letters = text.encode("utf-16-le")
    letters += bytes(-len(letters) % 4)
    record = struct.pack("<II", 84, 76 + len(letters)) + bytes(16) + struct.pack("<Iff", 1, 1, 1)
    record += struct.pack("<iiIII16xI", 0, 0, len(text), 76, 0, 0) + letters
    header = (
        struct.pack("<II", 1, 88) + bytes(32) + b" EMF" + struct.pack("<IIIH", 0x10000, 0, 3, 1)
    )
    header = header.ljust(88, b"\0")
    return header + record + struct.pack("<IIIII", 14, 20, 0, 16, 20)


def _embedded(marks: Markers, back: Background) -> None:
    book = workbook(
        {
            "Shown": sheet(row_of(1, text_cell("A1", marks("cell of an embedded workbook")))),
            "Hidden": sheet(
                row_of(1, text_cell("A1", marks("hidden sheet of an embedded workbook")))
            ),
        },
        states={"Hidden": "veryHidden"},
    )
    back.add("word/embeddings/book1.xlsx", book, "", ("rBook", "package"))
    package = packaged_file(
        f"{marks('name of an embedded file')}.txt",
        f"C:\\{marks('path of an embedded file')}\\a.txt",
        f"Dear {marks('text of an embedded file')}, as discussed.".encode(),
    )
    back.add(
        "word/embeddings/oleObject1.bin", package, f"{OFFICE}.oleObject", ("rPackage", "oleObject")
    )
    back.add(
        "word/activeX/activeX1.xml",
        f'<ax:ocx xmlns:ax="{MICROSOFT}/2006/activeX"><ax:ocxPr ax:name="Caption" '
        f'ax:value="{marks("caption of an active control")}"/></ax:ocx>',
        "application/vnd.ms-office.activeX+xml",
        ("rActive", "control"),
    )
    back.point(
        "word/activeX/activeX1.xml",
        ("rBin", f"{MICROSOFT}/2006/relationships/activeXControlBinary", "activeX1.bin"),
    )
    back.add(
        "word/activeX/activeX1.bin",
        bytes(16) + marks("state of an active control").encode() + bytes(16),
    )


def _charts(marks: Markers, back: Background) -> None:
    space = f'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" {A_SPACE} xmlns:r="{ARROWS}"'
    back.add(
        "word/charts/chart1.xml",
        f"<c:chartSpace {space}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>"
        f"{marks('title of a chart')}</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart>"
        f"<c:ser><c:tx><c:strRef><c:f>{marks('formula of a chart')}!A1</c:f><c:strCache><c:pt idx='0'>"
        f"<c:v>{marks('series of a chart')}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef>"
        f"<c:strCache><c:pt idx='0'><c:v>{marks('category of a chart')}</c:v></c:pt></c:strCache></c:strRef>"
        '</c:cat></c:ser></c:barChart></c:plotArea></c:chart><c:externalData r:id="rData"/>'
        '<c:userShapes r:id="rShapes"/></c:chartSpace>',
        f"{OFFICE}.drawingml.chart+xml",
        ("rChart", "chart"),
    )
    back.point(
        "word/charts/chart1.xml",
        ("rData", "package", "../embeddings/chart1.xlsx"),
        ("rShapes", "chartUserShapes", "../drawings/drawing1.xml"),
    )
    data = workbook({"Sheet1": sheet(row_of(1, text_cell("A1", marks("workbook behind a chart"))))})
    back.add("word/embeddings/chart1.xlsx", data)
    back.add(
        "word/drawings/drawing1.xml",
        f'<c:userShapes {space} xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing">'
        f"<cdr:sp><cdr:txBody><a:p><a:r><a:t>{marks('text drawn on a chart')}</a:t></a:r></a:p>"
        "</cdr:txBody></cdr:sp></c:userShapes>",
        f"{OFFICE}.drawingml.chartshapes+xml",
    )


def _diagram(marks: Markers, back: Background) -> None:
    space = f'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" {A_SPACE}'
    back.add(
        "word/diagrams/data1.xml",
        f"<dgm:dataModel {space}><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>{marks('text of a diagram')}"
        "</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>",
        f"{OFFICE}.drawingml.diagramData+xml",
        ("rDiagram", "diagramData"),
    )
    back.add(
        "word/diagrams/drawing1.xml",
        f'<dsp:drawing xmlns:dsp="{MICROSOFT}/drawing/2008/diagram" {A_SPACE}><dsp:sp><a:t>'
        f"{marks('drawn copy of a diagram')}</a:t></dsp:sp></dsp:drawing>",
        "application/vnd.ms-office.drawingml.diagramDrawing+xml",
        ("rDrawing", f"{MICROSOFT}/2007/relationships/diagramDrawing"),
    )
    for name, kind, key in (
        ("layout", "Layout", "rLayout"),
        ("quickStyle", "Style", "rStyle"),
        ("colors", "Colors", "rColours"),
    ):
        back.add(
            f"word/diagrams/{name}1.xml",
            f'<dgm:{name}Def {space}><dgm:title val="{marks(f"title of a diagram{chr(39)}s {name}")}"/></dgm:{name}Def>',
            f"{OFFICE}.drawingml.diagram{kind}+xml",
            (key, f"diagram{kind}"),
        )


def _handwriting(marks: Markers, back: Background) -> None:
    back.add(
        "word/ink/ink1.xml",
        '<inkml:ink xmlns:inkml="http://www.w3.org/2003/InkML"><inkml:annotation type="x">'
        f"{marks('remark in handwriting')}</inkml:annotation></inkml:ink>",
        "application/inkml+xml",
        ("rInk", "customXml"),
    )


def _imports(marks: Markers, back: Background) -> None:
    back.add(
        "word/afchunk1.html",
        f"<html><body><p>{marks('imported web page')}</p></body></html>",
        "",
        ("rHtml", "aFChunk"),
    )
    back.add(
        "word/afchunk2.rtf", "{\\rtf1 " + marks("imported rich text") + "}", "", ("rRtf", "aFChunk")
    )
    back.add(
        "word/afchunk3.docx",
        document(paragraph(marks("imported document"))),
        "",
        ("rDocx", "aFChunk"),
    )


def _macros(marks: Markers, back: Background) -> None:
    source = f'Sub Greet()\r\n    MsgBox "{marks("macro")}"\r\nEnd Sub\r\n'
    back.add(
        "word/vbaProject.bin",
        macro_project("Module1", source),
        "application/vnd.ms-office.vbaProject",
        ("rMacros", f"{MICROSOFT}/2006/relationships/vbaProject"),
    )
    back.add(
        "word/vbaData.xml",
        f'<wne:vbaSuppData xmlns:wne="{MICROSOFT}/word/2006/wordml"><wne:mcds><wne:mcd '
        f'wne:macroName="{marks("name of a macro")}"/></wne:mcds></wne:vbaSuppData>',
        "application/vnd.ms-word.vbaData+xml",
    )
    back.point(
        "word/vbaProject.bin",
        ("rData", f"{MICROSOFT}/2006/relationships/wordVbaData", "vbaData.xml"),
    )
    back.add(
        "customUI/customUI.xml",
        f'<customUI xmlns="{MICROSOFT}/2006/01/customui"><button label="{marks("label in the ribbon")}"/></customUI>',
        "application/xml",
    )
    back.point(
        "", ("rRibbon", f"{MICROSOFT}/2006/relationships/ui/extensibility", "customUI/customUI.xml")
    )


#: Writers of all of these, each given the words and the parts to add to.
OBJECTS = (_media, _embedded, _charts, _diagram, _handwriting, _imports, _macros)

"""The text of the kitchen document: what its pages show, and what hides between that."""
# ruff: noqa: E501 - markup reads better in one line

from __future__ import annotations

import base64

from tests.kitchen.markers import Markers
from tests.unit.formats.office import pack, paragraph, run

_DATE = 'w:date="2026-01-05T09:00:00Z"'


def body(marks: Markers) -> str:
    """Write the body."""
    return "".join(
        write(marks)
        for write in (_plain, _unseen, _changes, _wrapped, _fields, _tables, _drawings, _objects)
    ) + _section(marks)


def framed_parts(marks: Markers) -> dict[str, tuple[str, str]]:
    """Write headers, footers and notes: by part, the root's name and what it holds."""
    parts: dict[str, tuple[str, str]] = {}
    for number, kind in enumerate(("every page", "first page", "even pages"), 1):
        for tag, name in (("hdr", "header"), ("ftr", "footer")):
            word = marks.shown(f"{name} of {kind}")
            parts[f"word/{name}{number}.xml"] = (tag, paragraph(f"On {kind}: {word}"))
    parts["word/header4.xml"] = ("hdr", paragraph(marks("header that no section uses")))
    for kind in ("footnote", "endnote"):
        notes = (
            f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
            f'<w:{kind} w:id="1"><w:p><w:r><w:{kind}Ref/></w:r>'
            f"{run(' ' + marks.shown(kind))}</w:p></w:{kind}>"
            f'<w:{kind} w:id="2">{paragraph(marks(f"{kind} that nothing refers to"))}</w:{kind}>'
        )
        parts[f"word/{kind}s.xml"] = (f"{kind}s", notes)
    return parts


def _plain(marks: Markers) -> str:
    split = marks.shown("word cut into runs")
    note = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{0}Reference w:id="1"/></w:r>'
    return (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' + run(marks.shown("heading")) + "</w:p>"
        + f"<w:p>{run('Text with ' + marks.shown('run of the body'))}"
        + note.format("footnote") + note.format("endnote") + "</w:p>"
        + f"<w:p>{run('A ' + split[:4], '<w:b/>')}{run(split[4:], '<w:i/>')}</w:p>"
        + '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        + run(marks.shown("item of a list")) + "</w:p>"
        + '<w:p><w:pPr><w:framePr w:w="2000" w:hSpace="10"/></w:pPr>'
        + run(marks.shown("framed paragraph")) + "</w:p>"
        + "<w:p><m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>" + marks.shown("equation")
        + "</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara></w:p>"
        + "<w:p><w:r><w:ruby><w:rubyPr/><w:rt>" + run(marks("reading aid above a word"))
        + "</w:rt><w:rubyBase>" + run(marks.shown("word under a reading aid"))
        + "</w:rubyBase></w:ruby></w:r></w:p>"
        + f"<w:p><w:bdo w:val='ltr'>{run(marks.shown('text with its own direction'))}</w:bdo></w:p>"
    )  # fmt: skip


def _unseen(marks: Markers) -> str:
    looks = {
        "hidden text": "<w:vanish/>",
        "hidden by its character style": '<w:rStyle w:val="Unseen"/>',
        "white text": '<w:color w:val="FFFFFF"/>',
        "white by theme": '<w:color w:val="auto" w:themeColor="background1"/>',
        "almost white text": '<w:color w:val="F5F5F5"/>',
        "tiny text": '<w:sz w:val="2"/>',
        "black under a black highlighter": '<w:highlight w:val="black"/>',
        "black on black shading": (
            '<w:color w:val="000000"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
        ),
    }
    runs = "".join(run(f" {marks(place)} ", look) for place, look in looks.items())
    web = run(marks.shown("hidden on the web only"), "<w:webHidden/>")
    return (
        f"<w:p>{runs}{web}</w:p>"
        '<w:p><w:pPr><w:pStyle w:val="UnseenParagraph"/></w:pPr>'
        + run(marks("hidden by its paragraph style")) + "</w:p>"
        + '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>'
        + run(marks("in a line without height")) + "</w:p>"
        + f"<!-- {marks('remark in the markup')} --><?mso {marks('instruction in the markup')}?>"
        + f"<w:p><w:r>{marks('text where none belongs')}</w:r></w:p>"
    )  # fmt: skip


def _changes(marks: Markers) -> str:
    def by(place: str) -> str:
        return f'w:id="9" w:author="{marks(place)}" {_DATE}'

    deleted = f"<w:r><w:delText>{marks('deleted text')}</w:delText></w:r>"
    code = f"<w:r><w:delInstrText>{marks('deleted field code')}</w:delInstrText></w:r>"
    look = f"<w:rPr><w:rPrChange {by('author of a changed look')}><w:rPr/></w:rPrChange></w:rPr>"
    old_style = f'<w:pPr><w:pStyle w:val="{marks("former style of a paragraph")}"/></w:pPr>'
    return (
        f"<w:p><w:ins {by('author of an insertion')}>{run(marks.shown('inserted text'))}</w:ins>"
        f"<w:del {by('author of a deletion')}>{deleted}{code}</w:del>"
        f'<w:moveFromRangeStart w:id="3" w:name="{marks("name of a move")}"/>'
        f"<w:moveFrom {by('author of a move')}>{run(marks('text moved away'))}</w:moveFrom>"
        f"<w:moveTo w:id='4'>{run(marks.shown('text moved here'))}</w:moveTo></w:p>"
        f"<w:p><w:pPr><w:pPrChange {by('author of a changed paragraph')}>{old_style}</w:pPrChange>"
        f"</w:pPr><w:r>{look}<w:t>changed look</w:t></w:r></w:p>"
        '<w:p><w:pPr><w:numPr><w:numberingChange w:id="5" '
        f'w:original="{marks("former number of an item")}"/></w:numPr></w:pPr></w:p>'
        f"<w:tbl><w:tblPr><w:tblPrChange {by('author of a changed table')}><w:tblPr/></w:tblPrChange>"
        "</w:tblPr><w:tblGrid/>"
        f"<w:tr><w:trPr><w:del {by('author of a deleted row')}/></w:trPr><w:tc>"
        f"{paragraph(marks('deleted row'))}</w:tc></w:tr>"
        f"<w:tr><w:tc><w:tcPr><w:cellDel {by('author of a deleted cell')}/></w:tcPr>"
        f"{paragraph(marks('deleted cell'))}</w:tc><w:tc>{paragraph('stays')}</w:tc></w:tr></w:tbl>"
    )


def _wrapped(marks: Markers) -> str:
    def control(inside: str, properties: str = "") -> str:
        return (
            f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        )

    listed = (
        f'<w:alias w:val="{marks("title of a control")}"/><w:tag w:val="{marks("tag of a control")}"/>'
        f'<w:placeholder><w:docPart w:val="{marks("placeholder of a control")}"/></w:placeholder>'
        f"<w:dataBinding w:prefixMappings=\"xmlns:k='{marks('namespace of a binding')}'\" "
        f'w:xpath="/k:{marks("path of a binding")}[1]" w:storeItemID="{{0}}"/>'
        f'<w:dropDownList><w:listItem w:displayText="{marks("choice of a control")}" '
        f'w:value="{marks("value of a choice")}"/></w:dropDownList>'
        f'<w:date w:fullDate="{marks("date of a control")}"/>'
        f'<w15:repeatingSection><w15:sectionTitle w15:val="{marks("title of a repeated section")}"/>'
        "</w15:repeatingSection>"
    )
    row = f"<w:tr><w:tc>{paragraph(marks.shown('control round a row'))}</w:tc></w:tr>"
    tag = (
        f'<w:smartTag w:uri="{marks("namespace of a smart tag")}" '
        f'w:element="{marks("name of a smart tag")}"><w:smartTagPr><w:attr '
        f'w:name="{marks("attribute of a smart tag")}" w:val="{marks("value of a smart tag")}"/>'
        f"</w:smartTagPr>{run(marks.shown('text in a smart tag'))}</w:smartTag>"
    )
    own = (
        f'<w:customXml w:uri="{marks("namespace of own markup")}" '
        f'w:element="{marks("name of own markup")}"><w:customXmlPr><w:placeholder '
        f'w:val="{marks("placeholder of own markup")}"/><w:attr w:name="kind" '
        f'w:val="{marks("attribute of own markup")}"/></w:customXmlPr>'
        f"{run(marks.shown('text in own markup'))}</w:customXml>"
    )
    link = (
        f'<w:hyperlink r:id="rLink" w:tooltip="{marks("tip of a link")}" '
        f'w:anchor="{marks("anchor of a link")}" w:docLocation="{marks("location of a link")}" '
        f'w:tgtFrame="{marks("frame of a link")}">{run(marks.shown("text of a link"))}</w:hyperlink>'
    )
    return (
        f"<w:p>{control(run(marks.shown('control in a line')), listed)}</w:p>"
        + control(paragraph(marks.shown("control round a paragraph")))
        + f"<w:tbl><w:tblPr/><w:tblGrid/>{control(row)}</w:tbl>"
        + f"<w:p>{tag}{own}{link}"
        + f'<w:bookmarkStart w:id="1" w:name="{marks("bookmark")}"/><w:bookmarkEnd w:id="1"/>'
        + f'<w:permStart w:id="7" w:ed="{marks("editor of a range")}"/><w:permEnd w:id="7"/>'
        + '<w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/>'
        + '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )


def _fields(marks: Markers) -> str:
    def turn(kind: str, inside: str = "") -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'

    def code(text: str) -> str:
        return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'

    state = base64.b64encode(
        b"\x00" * 40 + marks("packed state of a field").encode() + b"\x00" * 40
    )
    form = (
        f'<w:ffData><w:name w:val="{marks("name of a form field")}"/>'
        f'<w:entryMacro w:val="{marks("macro on entry")}"/><w:exitMacro w:val="{marks("macro on exit")}"/>'
        f'<w:helpText w:val="{marks("help of a form field")}"/>'
        f'<w:statusText w:val="{marks("status of a form field")}"/>'
        f'<w:textInput><w:default w:val="{marks("default of a form field")}"/></w:textInput></w:ffData>'
    )
    data = f"<w:fldData>{state.decode()}</w:fldData>"
    choice = (
        "<w:ffData><w:ddList><w:result w:val='1'/>"
        f'<w:listEntry w:val="{marks("choice not taken")}"/>'
        f'<w:listEntry w:val="{marks.shown("choice taken")}"/></w:ddList></w:ffData>'
    )
    codes = (
        f' MERGEFIELD "{marks("field code: merge")}" ',
        f' INCLUDETEXT "C:\\\\{marks("field code: include")}\\\\a.docx" ',
        f' HYPERLINK "http://example.org/{marks("field code: link")}" ',
        f" DOCPROPERTY {marks('field code: property')} ",
    )
    complex_fields = "".join(
        turn("begin") + code(text) + turn("separate") + run("shown") + turn("end") for text in codes
    )
    return (
        f"<w:p>{complex_fields}</w:p><w:p>{turn('begin')}{code(' AUTHOR ')}{turn('separate')}"
        f"{run(marks.shown('result of a field'))}{turn('end')}</w:p>"
        f'<w:p><w:fldSimple w:instr=" FILENAME {marks("code of a simple field")} ">'
        f"{run(marks.shown('result of a simple field'))}</w:fldSimple></w:p>"
        f"<w:p>{turn('begin', form + data)}{code(' FORMTEXT ')}{turn('separate')}"
        f"{run(marks.shown('text typed into a form'))}{turn('end')}</w:p>"
        f"<w:p>{turn('begin', choice)}{code(' FORMDROPDOWN ')}{turn('end')}</w:p>"
    )


def _tables(marks: Markers) -> str:
    captions = (
        f'<w:tblCaption w:val="{marks("title of a table")}"/>'
        f'<w:tblDescription w:val="{marks("description of a table")}"/>'
    )

    def cell(inside: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"

    inner = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell(paragraph(marks.shown('table in a table')))}</w:tr></w:tbl>"
    white = run(marks.shown("white on a dark cell"), '<w:color w:val="FFFFFF"/>')
    merged = '<w:vMerge w:val="restart"/>'
    dark = '<w:shd w:val="clear" w:fill="1F3864"/>'
    return (
        f"<w:tbl><w:tblPr>{captions}</w:tblPr><w:tblGrid/>"
        f"<w:tr>{cell(paragraph(marks.shown('cell')), merged)}"
        f"{cell(inner + paragraph(''))}{cell(f'<w:p>{white}</w:p>', dark)}</w:tr>"
        f"<w:tr>{cell(paragraph(marks('cell under a merged one')), '<w:vMerge/>')}"
        f"{cell('<w:p/>')}{cell('<w:p/>')}</w:tr>"
        f"<w:tr><w:trPr><w:hidden/></w:trPr>{cell(paragraph(marks('hidden row')))}</w:tr>"
        "</w:tbl>"
    )


def _packed(word: str) -> str:
    """Pack a drawing as Word keeps a copy of it beside an old shape."""
    return base64.b64encode(pack({"drs/shapexml.xml": f"<x>{word}</x>"})).decode()


def _inline(graphic: str, properties: str = 'name="x"', kind: str = "picture") -> str:
    uri = f"http://schemas.openxmlformats.org/drawingml/2006/{kind}"
    return (
        '<w:drawing><wp:inline><wp:extent cx="1270000" cy="635000"/>'
        f'<wp:docPr id="1" {properties}/>'
        f'<a:graphic><a:graphicData uri="{uri}">{graphic}</a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def _picture(blip: str, names: str = 'name="p"', inside: str = "") -> str:
    return (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" {names}>{inside}</pic:cNvPr><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill>{blip}<a:srcRect l="25000" r="25000"/></pic:blipFill>'
        '<pic:spPr><a:prstGeom prst="rect"/></pic:spPr></pic:pic>'
    )


def _drawings(marks: Markers) -> str:
    names = (
        f'name="{marks("name of a drawing")}" descr="{marks("description of a drawing")}" '
        f'title="{marks("title of a drawing")}"'
    )
    own = f'name="{marks("file name of a picture")}" descr="{marks("description of a picture")}"'
    click = f'<a:hlinkClick r:id="rClick" tooltip="{marks("tip of a picture")}"/>'
    pair = (
        '<a:blip r:embed="rPng"><a:extLst><a:ext uri="{96DAC541}"><asvg:svgBlip '
        'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="rSvg"/>'
        "</a:ext></a:extLst></a:blip>"
    )
    box = (
        "<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"
        "<wps:bodyPr/></wps:wsp>"
    )
    choice = _inline(
        box.format(paragraph(marks.shown("text box"))),
        kind="../office/word/2010/wordprocessingShape",
    )
    grouped = _inline(
        "<wpg:wgp>" + box.format(paragraph(marks.shown("text box in a group"))) + "</wpg:wgp>"
    )
    fallback = (
        "<w:pict><v:shape><v:textbox><w:txbxContent>"
        + paragraph(marks("copy of a text box for old programs"))
        + "</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    vml = (
        f'<w:pict><v:shape id="{marks("id of an old shape")}" alt="{marks("description of an old shape")}" '
        f'title="{marks("title of an old shape")}" href="http://example.org/{marks("link of an old shape")}" '
        f'o:gfxdata="{_packed(marks("packed copy of an old shape"))}" style="width:100pt;height:50pt"><v:textbox><w:txbxContent>'
        f"{paragraph(marks.shown('old text box'))}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    lettering = (
        f'<w:pict><v:shape style="width:100pt;height:50pt"><v:textpath string="{marks.shown("lettering")}"/>'
        "</v:shape></w:pict>"
    )
    old_picture = (
        '<w:pict><v:shape style="width:100pt;height:50pt"><v:imagedata r:id="rEmf" '
        f'o:title="{marks("title of an old picture")}"/></v:shape></w:pict>'
    )
    old_and_new = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )
    hidden_box = _inline(box.format(paragraph(marks("text box in hidden text"))))
    return "".join(
        f"<w:p><w:r>{one}</w:r></w:p>"
        for one in (
            _inline(_picture('<a:blip r:embed="rJpeg"/>', own, click), names),
            _inline(_picture(pair)),
            _inline(_picture('<a:blip r:link="rOutside"/>')),
            old_and_new,
            grouped,
            vml,
            lettering,
            old_picture,
            f"<w:rPr><w:vanish/></w:rPr>{hidden_box}",
        )
    )


def _objects(marks: Markers) -> str:
    ole = (
        '<w:object w:dxaOrig="2000" w:dyaOrig="1000"><v:shape style="width:100pt;height:50pt">'
        '<v:imagedata r:id="rEmf"/></v:shape><o:OLEObject Type="Embed" '
        f'ProgID="{{}}" r:id="{{}}"><o:FieldCodes>{marks("field codes of an object")}</o:FieldCodes>'
        "</o:OLEObject></w:object>"
    )
    control = (
        f'<w:object><w:control r:id="rActive" w:name="{marks("name of an active control")}" '
        'w:shapeid="s1"/></w:object>'
    )
    ids = '<dgm:relIds r:dm="rDiagram" r:lo="rLayout" r:qs="rStyle" r:cs="rColours"/>'
    ink = (
        '<mc:AlternateContent><mc:Choice Requires="wpi"><w:drawing><wp:inline><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingInk">'
        '<w14:contentPart r:id="rInk"/></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>'
        "</mc:AlternateContent>"
    )
    runs = (
        ole.format("Excel.Sheet.12", "rBook"),
        ole.format("Package", "rPackage"),
        control,
        _inline('<c:chart r:id="rChart"/>', kind="chart"),
        _inline(ids, kind="diagram"),
        ink,
    )
    imports = "".join(f'<w:altChunk r:id="{one}"/>' for one in ("rHtml", "rRtf", "rDocx"))
    return "".join(f"<w:p><w:r>{one}</w:r></w:p>" for one in runs) + imports


def _section(marks: Markers) -> str:
    listed = "".join(
        f'<w:{tag}Reference w:type="{kind}" r:id="r{tag}{number}"/>'
        for number, kind in enumerate(("default", "first", "even"), 1)
        for tag in ("header", "footer")
    )
    return (
        f'<w:sectPr>{listed}<w:pgSz w:w="11906" w:h="16838"/><w:titlePg/>'
        '<w:printerSettings r:id="rPrinter"/><w:sectPrChange w:id="8" '
        f'w:author="{marks("author of a changed section")}"/></w:sectPr>'
    )

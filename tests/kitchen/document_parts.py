"""The parts of the kitchen document beside its text, with a word in each place of each."""
# ruff: noqa: E501 - markup reads better in one line

from __future__ import annotations

import io

from PIL import Image

from tests.kitchen.background import (
    A_SPACE,
    ARROWS,
    MAIN,
    MICROSOFT,
    OFFICE,
    PACKAGE,
    W_SPACE,
    WORD,
    Background,
)
from tests.kitchen.document_objects import OBJECTS
from tests.kitchen.markers import Markers
from tests.unit.formats.office import paragraph


def background_parts(marks: Markers, spaces: str) -> Background:
    """Write everything beside the text."""
    back = Background()
    back.types[MAIN] = "application/vnd.ms-word.document.macroEnabled.main+xml"
    for write in (
        _frames, _comments, _styles, _numbering, _settings, _fonts, *OBJECTS, _properties,
        _custom_xml, _strays,
    ):  # fmt: skip
        write(marks, back)
    _glossary(marks, back, spaces)
    back.point("", ("rMain", "officeDocument", MAIN))
    return back


def _frames(marks: Markers, back: Background) -> None:
    for number in (1, 2, 3):
        for kind in ("header", "footer"):
            back.types[f"word/{kind}{number}.xml"] = f"{WORD}.{kind}+xml"
            back.point(MAIN, (f"r{kind}{number}", kind, f"{kind}{number}.xml"))
    back.types["word/header4.xml"] = f"{WORD}.header+xml"
    back.point(MAIN, ("rHeader4", "header", "header4.xml"))
    for kind in ("footnotes", "endnotes"):
        back.types[f"word/{kind}.xml"] = f"{WORD}.{kind}+xml"
        back.point(MAIN, (f"r{kind}", kind, f"{kind}.xml"))
    back.point(
        MAIN,
        ("rLink", "hyperlink", f"mailto:{marks('address of a link')}@example.org"),
        ("rClick", "hyperlink", f"http://example.org/{marks('address behind a picture')}"),
        ("rOutside", "image", f"file:///C:/{marks('path of a linked picture')}.png"),
    )


def _comments(marks: Markers, back: Background) -> None:
    back.add(
        "word/comments.xml",
        f'<w:comments {W_SPACE}><w:comment w:id="0" w:author="{marks("author of a comment")}" '
        f'w:initials="{marks("initials of a comment")}" w:date="2026-01-05T09:00:00Z">'
        f"{paragraph(marks('comment'))}</w:comment></w:comments>",
        f"{WORD}.comments+xml",
        ("rComments", "comments"),
    )
    for name, root, inside in (
        (
            "Extended",
            "commentsEx",
            f'<w15:commentEx w15:paraIdParent="{marks("thread of comments")}"/>',
        ),
        (
            "Ids",
            "commentsIds",
            f'<w15:commentId w15:durableName="{marks("lasting id of a comment")}"/>',
        ),
        (
            "Extensible",
            "commentsExtensible",
            f'<w15:x w15:reaction="{marks("reaction to a comment")}"/>',
        ),
    ):
        back.add(
            f"word/comments{name}.xml",
            f'<w15:{root} xmlns:w15="{MICROSOFT}/word/2012/wordml">{inside}</w15:{root}>',
            f"{WORD}.comments{name}+xml",
            (f"rComments{name}", f"{MICROSOFT}/2011/relationships/comments{name}"),
        )
    back.add(
        "word/people.xml",
        f'<w15:people xmlns:w15="{MICROSOFT}/word/2012/wordml"><w15:person '
        f'w15:author="{marks("person")}"><w15:presenceInfo w15:providerId="AD" '
        f'w15:userId="S::{marks("account of a person")}@example.org"/></w15:person></w15:people>',
        f"{WORD}.people+xml",
        ("rPeople", f"{MICROSOFT}/2011/relationships/people"),
    )


def _styles(marks: Markers, back: Background) -> None:
    back.add(
        "word/styles.xml",
        f'<w:styles {W_SPACE}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
        '</w:style><w:style w:type="character" w:customStyle="1" w:styleId="Unseen"><w:name '
        'w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="UnseenParagraph"><w:name '
        'w:val="Unseen Paragraph"/><w:rPr><w:vanish/></w:rPr></w:style>'
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{marks("id of a style")}">'
        f'<w:name w:val="{marks("name of a style")}"/><w:aliases w:val="{marks("other name of a style")}"/>'
        "</w:style>"
        f'<w:style w:type="paragraph" w:styleId="{marks("id of a style that poses as built in")}">'
        f'<w:name w:val="{marks("name of a style that poses as built in")}"/><w:rPr><w:rFonts '
        f'w:ascii="{marks("font of a style")}"/></w:rPr></w:style></w:styles>',
        f"{WORD}.styles+xml",
        ("rStyles", "styles"),
    )
    back.add(
        "word/theme/theme1.xml",
        f'<a:theme {A_SPACE} name="{marks("name of a theme")}"><a:themeElements><a:clrScheme '
        f'name="{marks("name of colours")}"/><a:fontScheme name="{marks("name of fonts")}"/>'
        "</a:themeElements></a:theme>",
        f"{OFFICE}.theme+xml",
        ("rTheme", "theme"),
    )


def _numbering(marks: Markers, back: Background) -> None:
    back.add(
        "word/numbering.xml",
        f'<w:numbering {W_SPACE}><w:abstractNum w:abstractNumId="0"><w:name '
        f'w:val="{marks("name of a list")}"/><w:styleLink w:val="{marks("style of a list")}"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{marks.shown("words in the number of an item")} %1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{marks("words of a number that no item has")} %2"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        f"{WORD}.numbering+xml",
        ("rNumbering", "numbering"),
    )


def _settings(marks: Markers, back: Background) -> None:
    protection = (
        f'<w:documentProtection w:edit="readOnly" w:hash="{marks("hash of a protection")}" '
        f'w:salt="{marks("salt of a protection")}"/>'
        f'<w:writeProtection w:hashValue="{marks("hash of a write protection")}"/>'
    )
    merge = (
        f'<w:mailMerge><w:connectString w:val="DSN={marks("connection of a mail merge")}"/>'
        f'<w:query w:val="SELECT * FROM {marks("query of a mail merge")}"/>'
        f'<w:addressFieldName w:val="{marks("address field of a mail merge")}"/>'
        f'<w:mailSubject w:val="{marks("subject of a mail merge")}"/>'
        '<w:dataSource r:id="rSource"/><w:odso><w:udl w:val="'
        f'{marks("data link of a mail merge")}"/><w:table w:val="{marks("table of a mail merge")}"/>'
        f'<w:fieldMapData><w:name w:val="{marks("column of a mail merge")}"/></w:fieldMapData></w:odso>'
        "</w:mailMerge>"
    )
    back.add(
        "word/settings.xml",
        f'<w:settings {W_SPACE} xmlns:r="{ARROWS}" xmlns:w15="{MICROSOFT}/word/2012/wordml" '
        'xmlns:sl="http://schemas.openxmlformats.org/schemaLibrary/2006/main">'
        f"<w:evenAndOddHeaders/><w:attachedTemplate r:id='rTemplate'/>{protection}{merge}"
        f'<w:rsids><w:rsidRoot w:val="00A1B2C3"/><w:rsid w:val="{marks("revision mark")}"/></w:rsids>'
        f'<w:docVars><w:docVar w:name="{marks("name of a variable")}" '
        f'w:val="{marks("value of a variable")}"/></w:docVars>'
        f'<w:captions><w:caption w:name="{marks("caption")}"/><w:autoCaptions><w:autoCaption '
        f'w:name="{marks("automatic caption")}" w:caption="Figure"/></w:autoCaptions></w:captions>'
        f'<w:saveThroughXslt w:solutionID="{marks("solution of a transformation")}"/>'
        f'<w:clickAndTypeStyle w:val="{marks("style on clicking")}"/>'
        f'<w:defaultTableStyle w:val="{marks("default style of tables")}"/>'
        f'<w:smartTagType w:namespaceuri="{marks("namespace of a kind of smart tag")}" '
        f'w:name="{marks("name of a kind of smart tag")}" w:url="{marks("address of a kind of smart tag")}"/>'
        f'<w:attachedSchema w:val="{marks("schema of a document")}"/>'
        f'<sl:schemaLibrary><sl:schema sl:uri="{marks("schema in the library")}"/></sl:schemaLibrary>'
        f'<w:documentType w:val="{marks("type of the document")}"/>'
        f'<w15:docId w15:val="{marks("id of the document")}"/></w:settings>',
        f"{WORD}.settings+xml",
        ("rSettings", "settings"),
    )
    back.point(
        "word/settings.xml",
        ("rTemplate", "attachedTemplate", f"file:///C:/{marks('path of a template')}.dotm"),
        ("rSource", "mailMergeSource", f"file:///C:/{marks('source of a mail merge')}.xlsx"),
        ("rRecipients", "recipientData", "recipientData.xml"),
        ("rTransform", "transform", f"file:///C:/{marks('path of a transformation')}.xsl"),
    )
    back.add(
        "word/recipientData.xml",
        f"<w:recipients {W_SPACE}><w:recipientData><w:uniqueTag "
        f'w:val="{marks("recipient of a mail merge")}"/></w:recipientData></w:recipients>',
        f"{WORD}.mailMergeRecipientData+xml",
    )
    back.add(
        "word/webSettings.xml",
        f'<w:webSettings {W_SPACE}><w:frameset><w:frame><w:name w:val="{marks("name of a web frame")}"/>'
        f'</w:frame></w:frameset><w:divs><w:div w:id="{marks("id of a web division")}"/></w:divs>'
        f'<w:encoding w:val="{marks("encoding of a web page")}"/></w:webSettings>',
        f"{WORD}.webSettings+xml",
        ("rWeb", "webSettings"),
    )
    back.add(
        "word/printerSettings/printerSettings1.bin",
        "\\\\server\\".encode("utf-16-le") + marks("printer").encode("utf-16-le") + bytes(40),
        f"{WORD}.printerSettings",
        ("rPrinter", "printerSettings"),
    )
    back.add(
        "word/customizations.xml",
        f'<wne:tcg xmlns:wne="{MICROSOFT}/word/2006/wordml"><wne:keymaps><wne:keymap><wne:macro '
        f'wne:macroName="{marks("macro of a key")}"/></wne:keymap></wne:keymaps><wne:acds><wne:acd '
        f'wne:argValue="AA==" wne:acdName="{marks("command of a toolbar")}"/></wne:acds></wne:tcg>',
        "application/vnd.ms-word.keyMapCustomizations+xml",
        ("rKeys", f"{MICROSOFT}/2006/relationships/keyMapCustomizations"),
    )


def _fonts(marks: Markers, back: Background) -> None:
    back.add(
        "word/fontTable.xml",
        f'<w:fonts {W_SPACE} xmlns:r="{ARROWS}"><w:font w:name="{marks("font")}"><w:altName '
        f'w:val="{marks("other name of a font")}"/><w:embedRegular r:id="rFont"/></w:font></w:fonts>',
        f"{WORD}.fontTable+xml",
        ("rFonts", "fontTable"),
    )
    back.point("word/fontTable.xml", ("rFont", "font", "fonts/font1.odttf"))
    back.add("word/fonts/font1.odttf", bytes(32) + marks("embedded font").encode() + bytes(32))


def _glossary(marks: Markers, back: Background, spaces: str) -> None:
    back.add(
        "word/glossary/document.xml",
        f"<w:glossaryDocument {spaces}><w:docParts><w:docPart><w:docPartPr>"
        f'<w:name w:val="{marks("name of a building block")}"/><w:category><w:name '
        f'w:val="{marks("category of a building block")}"/></w:category><w:description '
        f'w:val="{marks("description of a building block")}"/></w:docPartPr><w:docPartBody>'
        f"{paragraph(marks('building block'))}</w:docPartBody></w:docPart></w:docParts>"
        "</w:glossaryDocument>",
        f"{WORD}.document.glossary+xml",
        ("rGlossary", "glossaryDocument"),
    )
    back.add(
        "word/glossary/settings.xml",
        f'<w:settings {W_SPACE}><w:docVars><w:docVar w:name="v" '
        f'w:val="{marks("variable of the glossary")}"/></w:docVars></w:settings>',
        f"{WORD}.settings+xml",
    )
    back.point("word/glossary/document.xml", ("rSettings", "settings", "settings.xml"))


def _properties(marks: Markers, back: Background) -> None:
    core = "".join(
        f"<{tag}>{marks(f'property: {tag}')}</{tag}>"
        for tag in (
            "dc:title", "dc:subject", "dc:creator", "cp:keywords", "dc:description",
            "cp:lastModifiedBy", "cp:category", "cp:contentStatus", "dc:identifier", "cp:version",
        )
    )  # fmt: skip
    back.add(
        "docProps/core.xml",
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp:coreProperties>',
        "application/vnd.openxmlformats-package.core-properties+xml",
    )
    app = "".join(
        f"<{tag}>{marks(f'property: {tag}')}</{tag}>"
        for tag in ("Template", "Manager", "Company", "HyperlinkBase")
    )
    back.add(
        "docProps/app.xml",
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{app}<TitlesOfParts><vt:vector><vt:lpstr>{marks('property: title of a part')}</vt:lpstr>"
        "</vt:vector></TitlesOfParts></Properties>",
        f"{OFFICE}.extended-properties+xml",
    )
    back.add(
        "docProps/custom.xml",
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
        f'name="{marks("name of an own property")}"><vt:lpwstr>{marks("value of an own property")}'
        "</vt:lpwstr></property></Properties>",
        f"{OFFICE}.custom-properties+xml",
    )
    back.add(
        "docMetadata/LabelInfo.xml",
        f'<clbl:labelList xmlns:clbl="{MICROSOFT}/2020/mipLabelMetadata"><clbl:label id="{{0}}" '
        f'siteId="{marks("tenant of a sensitivity label")}" name="{marks("sensitivity label")}"/></clbl:labelList>',
        "application/vnd.ms-office.classificationlabels+xml",
    )
    thumbnail = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = marks("artist of the thumbnail")
    Image.new("RGB", (20, 20)).save(thumbnail, "JPEG", exif=exif)
    back.add("docProps/thumbnail.jpeg", thumbnail.getvalue())
    back.point(
        "",
        ("rCore", f"{PACKAGE}/metadata/core-properties", "docProps/core.xml"),
        ("rApp", "extended-properties", "docProps/app.xml"),
        ("rCustom", "custom-properties", "docProps/custom.xml"),
        ("rThumb", f"{PACKAGE}/metadata/thumbnail", "docProps/thumbnail.jpeg"),
        (
            "rLabel",
            f"{MICROSOFT}/2020/02/relationships/classificationlabels",
            "docMetadata/LabelInfo.xml",
        ),
        ("rSign", f"{PACKAGE}/digital-signature/origin", "_xmlsignatures/origin.sigs"),
    )
    back.add(
        "_xmlsignatures/origin.sigs",
        b"",
        "application/vnd.openxmlformats-package.digital-signature-origin",
    )
    back.point(
        "_xmlsignatures/origin.sigs",
        ("rSig1", f"{PACKAGE}/digital-signature/signature", "sig1.xml"),
    )
    back.add(
        "_xmlsignatures/sig1.xml",
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><Object><SignatureComments>'
        f"{marks('remark of a signature')}</SignatureComments><X509SubjectName>CN={marks('signer')}"
        "</X509SubjectName></Object></Signature>",
        "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
    )


def _custom_xml(marks: Markers, back: Background) -> None:
    back.add(
        "customXml/item1.xml",
        f'<k:case xmlns:k="urn:case" owner="{marks("attribute of own XML")}">{marks("own XML")}</k:case>',
        "application/xml",
        ("rItem", "customXml"),
    )
    back.add(
        "customXml/itemProps1.xml",
        '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="urn:{marks("schema of own XML")}"/></ds:schemaRefs>'
        "</ds:datastoreItem>",
        f"{OFFICE}.customXmlProperties+xml",
    )
    back.point("customXml/item1.xml", ("rProps", "customXmlProps", "itemProps1.xml"))


def _strays(marks: Markers, back: Background) -> None:
    back.add(
        "word/webextensions/webextension1.xml",
        f'<we:webextension xmlns:we="{MICROSOFT}/webextensions/webextension/2010/11"><we:property name="k" '
        f'value="{marks("state of an add-in")}"/></we:webextension>',
        "application/vnd.ms-office.webextension+xml",
    )
    back.add("word/unknown.dat", bytes(8) + marks("part of unknown kind").encode() + bytes(8))
    back.add(f"word/{marks('name of a part')}.xml", "<odd/>", "application/xml")

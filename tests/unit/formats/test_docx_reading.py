from __future__ import annotations

import io

import docx
import pytest

from redactor.errors import UnreadableDocument
from redactor.formats.docx import Docx
from redactor.model import Document, HiddenKind
from tests.unit.formats.office import W, document, pack, paragraph, rels, run, strict, types

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def read(data: bytes) -> Document:
    return Docx().read(data)


def body(read_document: Document) -> list[str]:
    return [one.text for one in read_document.segments if one.hidden is None]


def hidden(read_document: Document, kind: HiddenKind) -> list[str]:
    return [one.text for one in read_document.segments if one.hidden is kind]


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def table_row(*cells: str, properties: str = "") -> str:
    inside = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    return f"<w:tr>{properties}{inside}</w:tr>"


def test_a_name_that_is_cut_into_runs_is_read_whole() -> None:
    assert body(read(document(paragraph("Una Thr", "ale"))))[0] == "Una Thrale"


def test_paragraphs_are_numbered_through_nested_tables() -> None:
    inner = table(table_row(paragraph("inner")))
    xml = (
        paragraph("first") + table(table_row(paragraph("a"), inner + paragraph("b")))
        + "<w:p/>" + paragraph("last")
    )  # fmt: skip
    segments = read(document(xml)).segments
    assert [(one.id, one.text) for one in segments] == [
        ("part:word/document.xml#1", "first"),
        ("part:word/document.xml#2", "a"),
        ("part:word/document.xml#3", "inner"),
        ("part:word/document.xml#4", "b"),
        ("part:word/document.xml#6", "last"),
    ]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:smartTag>{}</w:smartTag>",
        "<w:customXml>{}</w:customXml>",
        "<w:hyperlink>{}</w:hyperlink>",
        '<w:ins w:author="Ida Crane">{}</w:ins>',
        '<w:moveTo w:author="Ida Crane">{}</w:moveTo>',
        '<w:fldSimple w:instr="AUTHOR">{}</w:fldSimple>',
        "<w:dir>{}</w:dir>",
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice></mc:AlternateContent>",
        "<w:r><w:ruby><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
    ],
)
def test_visible_text_is_read_through_what_wraps_it(wrapped: str) -> None:
    xml = f"<w:p>{run('PC ')}{wrapped.format(run('Una Thrale'))}</w:p>"
    assert body(read(document(xml))) == ["PC Una Thrale"]


def test_a_control_around_paragraphs_rows_and_cells_is_opened() -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    cells = f"<w:tr>{control('<w:tc>' + paragraph('cell') + '</w:tc>')}</w:tr>"
    xml = control(paragraph("block")) + table(cells, control(table_row(paragraph("row"))))
    assert body(read(document(xml))) == ["block", "cell", "row"]


def test_special_characters_are_read_as_what_they_stand_for() -> None:
    xml = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
        '<w:softHyphen/><w:t>e</w:t><w:sym w:font="Arial" w:char="F041"/></w:r></w:p>'
    )
    assert body(read(document(xml))) == ["a\tb\nc\u2011deA"]


def test_letters_with_accents_are_composed_across_runs() -> None:
    assert body(read(document(paragraph("Zoe", "\u0308 Quibell")))) == ["Zoë Quibell"]


def test_deleted_text_is_hidden_and_its_author_too() -> None:
    xml = (
        f'<w:p>{run("kept")}<w:del w:author="Ida Crane"><w:r><w:delText>Una </w:delText></w:r>'
        "<w:r><w:delText>Thrale</w:delText></w:r></w:del></w:p>"
    )
    found = read(document(xml))
    assert body(found) == ["kept"]
    assert hidden(found, HiddenKind.TRACKED_DELETION) == ["Una Thrale"]
    assert hidden(found, HiddenKind.METADATA) == ["Ida Crane"]


def test_moved_and_inserted_text_is_listed() -> None:
    xml = (
        f"<w:p><w:moveFrom>{run('old place')}</w:moveFrom><w:moveTo>{run('new place')}</w:moveTo>"
        f"<w:ins>{run('added')}</w:ins></w:p>"
    )
    found = read(document(xml))
    assert body(found) == ["new placeadded"]
    assert hidden(found, HiddenKind.TRACKED_MOVE) == ["old placenew place"]
    assert hidden(found, HiddenKind.TRACKED_INSERTION) == ["added"]


def test_a_deleted_row_is_hidden() -> None:
    row = table_row(paragraph("Una Thrale"), properties="<w:trPr><w:del/></w:trPr>")
    found = read(document(table(row, table_row(paragraph("kept")))))
    assert body(found) == ["kept"]
    assert hidden(found, HiddenKind.TRACKED_DELETION) == ["Una Thrale"]


@pytest.mark.parametrize(
    "properties",
    ["<w:vanish/>", '<w:vanish w:val="1"/>', '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>',
     '<w:rStyle w:val="Ghost"/>'],
)  # fmt: skip
def test_text_that_nobody_sees_is_hidden(properties: str) -> None:
    ghost = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="Ghost"><w:name '
        'w:val="Ghost"/><w:basedOn w:val="Base"/></w:style><w:style w:type="character" '
        'w:styleId="Base"><w:name w:val="Base"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    found = read(
        document(
            f"<w:p>{run('kept')}{run('Una Thrale', properties)}</w:p>",
            extra={"word/styles.xml": ghost},
            extra_types={"word/styles.xml": f"{_TYPE}.styles+xml"},
            document_rels=(("rId1", "styles", "styles.xml"),),
        )
    )
    assert body(found) == ["kept"]
    assert hidden(found, HiddenKind.HIDDEN_TEXT) == ["Una Thrale"]


def test_white_text_on_a_shaded_cell_is_seen() -> None:
    shade = '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
    cell = shade + paragraph("Heading", properties='<w:color w:val="FFFFFF"/>')
    assert body(read(document(table(table_row(cell))))) == ["Heading"]


def test_what_a_field_says_is_hidden_and_what_it_shows_is_read() -> None:
    xml = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDEPICTURE '
        '"Una Thrale.jpg"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("shown")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(" after")}</w:p>'
    )
    found = read(document(xml))
    assert body(found) == ["shown after"]
    assert hidden(found, HiddenKind.FIELD_CODE) == [' INCLUDEPICTURE "Una Thrale.jpg"']
    assert found.unread == ()


_BOX = (
    "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape>"
    "</w:pict></w:r></w:p>"
)


def test_a_field_that_never_ends_blocks() -> None:
    xml = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("Una Thrale")}</w:p>'
    assert [one.place for one in read(document(xml)).unread] == ["word/document.xml/field"]


@pytest.mark.parametrize(
    ("xml", "place"),
    [
        ('<w:p/><w:altChunk r:id="rId1"/>', "import:1"),
        ('<w:p><x:odd xmlns:x="urn:x">Una Thrale</x:odd></w:p>', "unknown:1"),
    ],
)  # fmt: skip
def test_visible_content_that_no_rebuild_carries_blocks(xml: str, place: str) -> None:
    found = read(document(xml))
    assert [one.place for one in found.unread] == [f"word/document.xml/{place}"]
    assert body(found) == []


def test_a_text_box_and_an_equation_are_read() -> None:
    assert body(read(document(_BOX.format(paragraph("Una Thrale"))))) == ["Una Thrale"]
    equation = "<w:p><m:oMath><m:f><m:num>{}</m:num><m:den>{}</m:den></m:f></m:oMath></w:p>"
    parts = [f"<m:r><m:t>{one}</m:t></m:r>" for one in ("Una", "2")]
    assert body(read(document(equation.format(*parts)))) == ["(Una)/(2)"]


def test_words_in_attributes_are_hidden_by_kind() -> None:
    xml = (
        '<w:p><w:bookmarkStart w:name="UnaThrale"/><w:hyperlink r:id="rId1" w:tooltip="write to '
        f'Una">{run("link")}</w:hyperlink><w:r><w:drawing><wp:docPr name="photo" descr="Una at her '
        'desk"/></w:drawing></w:r><w:sdt><w:sdtPr><w:alias w:val="Officer name"/></w:sdtPr>'
        "<w:sdtContent/></w:sdt></w:p>"
    )
    found = read(document(xml, document_rels=(("rId1", "hyperlink", "mailto:una@example.org"),)))
    assert hidden(found, HiddenKind.BOOKMARK) == ["UnaThrale"]
    assert hidden(found, HiddenKind.LINK) == ["write to Una", "mailto:una@example.org"]
    assert hidden(found, HiddenKind.ALT_TEXT) == ["photo\nUna at her desk"]
    assert hidden(found, HiddenKind.FORM_FIELD) == ["Officer name"]


def framed(extra_body: str = "", settings: str = "") -> bytes:
    parts = {
        f"word/{name}.xml": f'<w:{tag} xmlns:w="{W}">{paragraph(text)}</w:{tag}>'
        for name, tag, text in (
            ("header1", "hdr", "every page"),
            ("header2", "hdr", "first page"),
            ("header3", "hdr", "even page"),
            ("footer1", "ftr", "foot"),
        )
    }
    kinds = {name: f"{_TYPE}.{name[5:11]}+xml" for name in parts}
    arrows = [(f"h{n}", "header", f"header{n}.xml") for n in (1, 2, 3)]
    arrows += [("f1", "footer", "footer1.xml"), ("s", "settings", "settings.xml")]
    parts["word/settings.xml"] = f'<w:settings xmlns:w="{W}">{settings}</w:settings>'
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:headerReference '
        'w:type="first" r:id="h2"/><w:headerReference w:type="even" r:id="h3"/>'
        f'<w:footerReference w:type="default" r:id="f1"/>{extra_body}</w:sectPr>'
    )
    return document(
        paragraph("text") + section, extra=parts, extra_types=kinds, document_rels=tuple(arrows)
    )


def test_headers_and_footers_that_a_page_shows_are_read() -> None:
    assert body(read(framed())) == ["text", "every page", "foot"]
    shown = body(read(framed("<w:titlePg/>", "<w:evenAndOddHeaders/>")))
    assert shown == ["text", "every page", "first page", "even page", "foot"]


def test_headers_that_no_page_shows_are_hidden() -> None:
    assert hidden(read(framed()), HiddenKind.OTHER) == ["first page", "even page"]


def noted(text: str) -> Document:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Una ", "Thrale")}</w:footnote></w:footnotes>'
    )
    return read(
        document(
            text,
            extra={"word/footnotes.xml": notes},
            document_rels=(("rId1", "footnotes", "footnotes.xml"),),
        )
    )


def test_a_note_that_the_text_refers_to_is_read_with_its_sign() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    found = noted(f"<w:p>{run('see')}{reference}</w:p>")
    assert body(found) == ["see[1]", "Una Thrale"]
    assert found.unread == ()


def test_a_note_that_nothing_seen_refers_to_is_hidden() -> None:
    deleted = '<w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:del>'
    for text in (paragraph("text"), f"<w:p>{run('text')}{deleted}</w:p>"):
        found = noted(text)
        assert body(found) == ["text"]
        assert hidden(found, HiddenKind.HIDDEN_TEXT) == ["Una Thrale"]


def test_comments_settings_and_people_are_hidden() -> None:
    found = read(
        document(
            paragraph("text"),
            extra={
                "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:author="Ida Crane">'
                f"{paragraph('Una ', 'Thrale?')}</w:comment></w:comments>",
                "word/people.xml": '<people><person author="Ida Crane"/></people>',
                "word/settings.xml": f'<w:settings xmlns:w="{W}"><w:docVars><w:docVar w:name="x" '
                'w:val="Una Thrale"/></w:docVars></w:settings>',
                "word/_rels/settings.xml.rels": rels(
                    ("rId1", "attachedTemplate", "file:///C:/Users/ida.crane/letter.dotx")
                ),
                "docProps/app.xml": "<Properties><Company>Example Police</Company></Properties>",
            },
        )
    )
    assert hidden(found, HiddenKind.COMMENT) == ["Una Thrale?", "Ida Crane"]
    assert hidden(found, HiddenKind.PERSON_LIST) == ["Ida Crane"]
    assert "Una Thrale" in hidden(found, HiddenKind.SETTINGS)
    assert "file:///C:/Users/ida.crane/letter.dotx" in hidden(found, HiddenKind.SETTINGS)
    assert hidden(found, HiddenKind.METADATA) == ["Company: Example Police"]


def test_a_strict_document_is_read_like_any_other() -> None:
    plain = document(paragraph("Una Thrale"))
    assert body(read(strict(plain))) == body(read(plain)) == ["Una Thrale"]


def test_a_package_without_a_document_is_refused() -> None:
    for data in (
        pack({"[Content_Types].xml": types(), "_rels/.rels": rels()}),
        document("").replace(b"<w:body>", b"<w:body>"),
    ):
        if b"word/document.xml" in data:
            assert read(data).segments == ()
            continue
        with pytest.raises(UnreadableDocument):
            read(data)


def test_of_the_styles_only_the_names_that_somebody_chose_are_searched() -> None:
    made = docx.Document()
    made.add_paragraph("Nothing here.")
    made.styles.add_style("Okoro draft", 1)
    data = io.BytesIO()
    made.save(data)
    texts = "\n".join(hidden(read(data.getvalue()), HiddenKind.SETTINGS))
    assert "Okoro draft" in texts
    assert "Heading 1 Char" not in texts
    assert "Medium Grid" not in texts

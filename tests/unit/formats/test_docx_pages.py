"""What the pages of a Word document show beside plain paragraphs, and how it is rebuilt."""

from __future__ import annotations

import io

import docx
import pytest

from redactor.formats.base import RebuildPlan, Rebuilt, Spot
from redactor.formats.docx import Docx
from redactor.formats.docx.layout import layout_of
from redactor.formats.docx.numbering import count_written
from redactor.layout import LayoutParagraph, LayoutTable
from redactor.model import Document, HiddenKind, PartPlace, key_of
from tests.unit.formats.office import W, document, everything, paragraph, run

_MAIN = "word/document.xml"


def read(data: bytes) -> Document:
    return Docx().read(data)


def seen(data: bytes) -> list[str]:
    return [one.text for one in read(data).segments if one.hidden is None]


def hidden(data: bytes, kind: HiddenKind) -> list[str]:
    return [one.text for one in read(data).segments if one.hidden is kind]


def released(data: bytes, plan: RebuildPlan | None = None, target: str = "docx") -> Rebuilt:
    return Docx().rebuild(data, plan or RebuildPlan(), target)


def reopened(data: bytes, plan: RebuildPlan | None = None) -> docx.document.Document:
    return docx.Document(io.BytesIO(released(data, plan).files[0].data))


def cut(number: int, start: int, end: int, part: str = _MAIN) -> RebuildPlan:
    return RebuildPlan({key_of(PartPlace(part, number)): (Spot(start, end, "s40(2)"),)})


# --- lists ------------------------------------------------------------------------------------


def level(at: int, form: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(body: str, levels: str, lists: str = "", styles: str = "") -> bytes:
    lists = lists or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        f"{lists}</w:numbering>"
    )
    return document(
        body,
        extra={
            "word/numbering.xml": numbering,
            "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        },
        document_rels=(("rId1", "numbering", "numbering.xml"), ("rId2", "styles", "styles.xml")),
    )


def item(text: str, at: int = 0, number: int = 1) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        f"{run(text)}</w:p>"
    )


_OUTLINE = (
    level(0, "decimal", "%1.") + level(1, "lowerLetter", "%1.2(%2)") + level(2, "lowerRoman", "%3)")
)  # fmt: skip


def test_the_numbers_of_items_are_read_as_they_are_shown() -> None:
    body = "".join(
        item(*one) for one in (("a", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 0), ("f", 1))
    )
    assert seen(numbered(body, _OUTLINE)) == [
        "1.\ta", "1.2(a)\tb", "1.2(b)\tc", "i)\td", "2.\te", "2.2(a)\tf",
    ]  # fmt: skip


def test_a_list_begins_again_where_it_says_so() -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    body = item("a") + item("b") + item("c", number=2) + item("d", number=2) + item("e")
    assert seen(numbered(body, _OUTLINE, lists)) == ["1.\ta", "2.\tb", "7.\tc", "8.\td", "9.\te"]


def test_a_list_may_follow_from_the_style_of_its_paragraphs() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    levels = level(0, "decimal", "%1") + level(1, "upperRoman", "%2", '<w:pStyle w:val="Clause"/>')
    body = f'<w:p><w:pPr><w:pStyle w:val="Clause"/></w:pPr>{run("text")}</w:p>'
    assert seen(numbered(body, levels, styles=style)) == ["I\ttext"]


def test_deleted_items_are_not_counted() -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/>'
        "</w:rPr></w:pPr><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    )
    assert seen(numbered(item("a") + gone + item("b"), _OUTLINE)) == ["1.\ta", "2.\tb"]


def test_words_in_the_number_of_an_item_can_be_redacted() -> None:
    data = numbered(item("text"), level(0, "decimal", "Thrale's point %1"))
    assert seen(data) == ["Thrale's point 1\ttext"]
    rebuilt = released(data, cut(0, 0, 8))
    assert b"Thrale" not in everything(rebuilt.files[0].data)
    text = reopened(data, cut(0, 0, 8)).paragraphs[0].text
    assert "[s40(2)] point 1" in text
    assert text.endswith("text")


def test_a_bullet_is_not_text() -> None:
    data = numbered(item("text"), level(0, "bullet", "\uf0b7"))
    assert seen(data) == ["text"]
    (laid,) = layout_of(data).body
    assert isinstance(laid, LayoutParagraph)
    assert (laid.listed, laid.label_end) == (True, 0)


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (27, "lowerLetter", "aa"), (4, "upperLetter", "D"), (1994, "lowerRoman", "mcmxciv"),
        (3, "decimalZero", "03"), (11, "ordinal", "11th"), (22, "ordinal", "22nd"),
        (6, "chicago", "††"), (5, "none", ""), (5, "koreanCounting", "5"), (0, "lowerLetter", "0"),
    ],
)  # fmt: skip
def test_counts_are_written_in_words_own_ways(count: int, form: str, written: str) -> None:
    assert count_written(count, form) == written


# --- tables -----------------------------------------------------------------------------------


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_merged_cells_headings_and_widths_of_a_table_are_kept() -> None:
    wide = '<w:gridSpan w:val="3"/>'
    tall = '<w:vMerge w:val="restart"/>'
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in (1900, 4100, 4000))
    data = document(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('head', wide)}</w:tr>"
        f"<w:tr>{cell('tall', tall)}{cell('b')}{cell('c')}</w:tr>"
        f"<w:tr>{cell('under', '<w:vMerge/>')}{cell('d')}{cell('e')}</w:tr></w:tbl>"
    )
    (table,) = layout_of(data).body
    assert isinstance(table, LayoutTable)
    assert table.widths == (0.2, 0.4, 0.4)
    assert table.heading_rows == 1
    shapes = [[(one.columns, one.rows) if one else None for one in row] for row in table.rows]
    assert shapes == [[(3, 1)], [(1, 2), (1, 1), (1, 1)], [None, (1, 1), (1, 1)]]
    assert hidden(data, HiddenKind.HIDDEN_TEXT) == ["under"]
    found = reopened(data).tables[0]
    assert [one.text for one in found.rows[2].cells] == ["tall", "d", "e"]


def test_a_row_that_begins_late_keeps_its_place() -> None:
    data = document(
        f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell('a')}{cell('b')}</w:tr><w:tr><w:trPr>"
        f'<w:gridBefore w:val="1"/></w:trPr>{cell("c")}</w:tr></w:tbl>'
    )
    (table,) = layout_of(data).body
    assert isinstance(table, LayoutTable)
    assert [len(row) for row in table.rows] == [2, 2]
    assert table.plain


# --- looks and pages --------------------------------------------------------------------------


def test_what_stands_under_a_black_marker_is_hidden_and_not_let_out() -> None:
    covered = (
        '<w:highlight w:val="black"/>',
        '<w:shd w:val="clear" w:fill="000000"/><w:color w:val="000000"/>',
        '<w:shd w:val="solid" w:color="1F1F1F"/><w:color w:val="101010"/>',
        '<w:color w:val="FDFDFD"/>',
    )
    for properties in covered:
        data = document(f"<w:p>{run('by ')}{run('Una Thrale', properties)}</w:p>")
        assert seen(data) == ["by "]
        assert hidden(data, HiddenKind.HIDDEN_TEXT) == ["Una Thrale"]
        for target in Docx.targets:
            assert b"Thrale" not in everything(released(data, target=target).files[0].data)


def test_white_on_black_and_black_on_yellow_are_seen() -> None:
    visible = (
        '<w:shd w:val="clear" w:fill="000000"/><w:color w:val="FFFFFF"/>',
        '<w:shd w:val="clear" w:fill="000000"/>',
        '<w:highlight w:val="yellow"/>',
        '<w:highlight w:val="black"/><w:color w:val="FFFFFF"/>',
    )
    for properties in visible:
        assert seen(document(paragraph("seen", properties=properties))) == ["seen"]


def test_looks_are_laid_out_over_the_text_of_the_segment() -> None:
    runs = (
        ("a", "<w:u w:val='single'/>"), ("b", "<w:strike/>"), ("c", "<w:b/>"),
        ("2", "<w:vertAlign w:val='superscript'/>"), ("n", "<w:vertAlign w:val='subscript'/>"),
    )  # fmt: skip
    data = document(
        '<w:p><w:pPr><w:jc w:val="both"/><w:ind w:left="1440"/></w:pPr>'
        + "".join(run(*one) for one in runs)
        + "</w:p>"
    )
    (laid,) = layout_of(data).body
    assert isinstance(laid, LayoutParagraph)
    assert (laid.align, laid.depth) == ("justify", 2)
    marks = [(r.underline, r.strike, r.bold, r.raised) for r in laid.ranges]
    assert marks == [
        (True, False, False, 0), (False, True, False, 0), (False, False, True, 0),
        (False, False, False, 1), (False, False, False, -1),
    ]  # fmt: skip
    assert [(one.start, one.end) for one in laid.ranges] == [(at, at + 1) for at in range(5)]
    text = reopened(data, cut(0, 1, 3)).paragraphs[0].runs
    assert [one.text for one in text] == ["a", "[s40(2)]", "2", "n"]
    assert text[0].underline
    assert (text[2].font.superscript, text[3].font.subscript) == (True, True)


def test_page_breaks_and_wide_pages_are_kept() -> None:
    data = document(
        paragraph("one")
        + '<w:p><w:r><w:br w:type="page"/><w:t>two</w:t></w:r></w:p>'
        + '<w:p><w:r><w:t>three</w:t><w:br w:type="page"/></w:r></w:p>'
        + "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>four</w:t></w:r></w:p>"
        + paragraph("five")
        + '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>'
    )
    body = [one for one in layout_of(data).body if isinstance(one, LayoutParagraph)]
    assert [one.new_page for one in body] == [False, True, False, True, True]
    assert seen(data) == ["one", "two", "three", "four", "five"]
    wide = document(paragraph("x") + '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>')
    assert layout_of(wide).landscape


def test_every_segment_that_is_seen_is_laid_out_once_and_whole() -> None:
    from tests.kitchen.document import kitchen_document

    data = kitchen_document().data
    laid = layout_of(data)
    found: list[LayoutParagraph] = []

    def take(blocks: tuple[object, ...]) -> None:
        for one in blocks:
            if isinstance(one, LayoutParagraph):
                found.append(one)
            elif isinstance(one, LayoutTable):
                for row in one.rows:
                    for place in row:
                        take(place.blocks if place else ())

    for blocks in (laid.body, *(one.blocks for one in laid.notes), laid.header, laid.footer):
        take(blocks)
    texts = {one.key: one.text for one in read(data).segments if one.hidden is None}
    assert [one.segment for one in found if one.segment] == list(texts)
    for one in found:
        if one.segment:
            assert one.ranges[0].start == 0
            assert one.ranges[-1].end == len(texts[one.segment])


# --- notes ------------------------------------------------------------------------------------


def noted(body: str, notes: str, kind: str = "footnote") -> bytes:
    return document(
        body,
        extra={f"word/{kind}s.xml": f'<w:{kind}s xmlns:w="{W}">{notes}</w:{kind}s>'},
        document_rels=(("rId1", f"{kind}s", f"{kind}s.xml"),),
    )


def note(key: int, text: str, kind: str = "footnote") -> str:
    return (
        f'<w:{kind} w:id="{key}"><w:p><w:r><w:{kind}Ref/></w:r>{run(" " + text)}</w:p></w:{kind}>'
    )


def reference(key: int, kind: str = "footnote", extra: str = "", sign: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{key}"{extra}/>{sign}</w:r>'


def test_notes_are_numbered_in_the_order_of_the_text() -> None:
    body = f"<w:p>{run('b')}{reference(5)}{run('a')}{reference(2)}</w:p>"
    data = noted(body, note(2, "second") + note(5, "first"))
    assert seen(data) == ["b[1]a[2]", "[1] first", "[2] second"]
    laid = layout_of(data)
    assert [one.label for one in laid.notes] == ["1", "2"]
    assert isinstance(laid.body[0], LayoutParagraph)
    assert [one.note for one in laid.body[0].ranges] == [None, 0, None, 1]


def test_endnotes_are_numbered_in_roman_and_stand_at_the_end() -> None:
    body = f"<w:p>{run('a')}{reference(1, 'endnote')}</w:p>"
    data = noted(body, note(1, "text", "endnote"), "endnote")
    assert seen(data) == ["a[i]", "[i] text"]
    assert [(one.label, one.at_end) for one in layout_of(data).notes] == [("i", True)]


def test_a_note_with_a_sign_of_its_own_is_not_counted() -> None:
    star = reference(1, extra=' w:customMarkFollows="1"', sign="<w:t>*</w:t>")
    body = f"<w:p>{run('a')}{star}{run('b')}{reference(2)}</w:p>"
    data = noted(body, note(1, "starred") + note(2, "counted"))
    assert seen(data)[0] == "a*b[1]"
    assert [one.label for one in layout_of(data).notes] == ["*", "1"]


def test_a_redaction_over_the_sign_of_a_note_takes_it_whole() -> None:
    body = f"<w:p>{run('Una Thrale')}{reference(1)}{run(' left')}</w:p>"
    data = noted(body, note(1, "Thrale is her name"))
    plan = RebuildPlan(
        {
            key_of(PartPlace(_MAIN, 0)): (Spot(0, 11, "s40(2)"),),
            key_of(PartPlace("word/footnotes.xml", 0)): (Spot(4, 10, "s40(2)"),),
        }
    )
    for target in Docx.targets:
        rebuilt = released(data, plan, target)
        assert b"Thrale" not in everything(rebuilt.files[0].data)
    assert reopened(data, plan).paragraphs[0].text == "[s40(2)] left"
    text = released(data, plan, "txt").files[0].data.decode()
    assert "[s40(2)] is her name" in text


# --- boxes ------------------------------------------------------------------------------------

_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def box(text: str, fallback: str = "") -> str:
    shape = (
        f'<w:drawing><wp:inline><wp:extent cx="1270000" cy="1270000"/>'
        f'<wps:wsp xmlns:wps="{_WPS}">'
        f"<wps:txbx><w:txbxContent>{paragraph(text)}</w:txbxContent></wps:txbx></wps:wsp></wp:inline>"
        "</w:drawing>"
    )
    old = (
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{paragraph(fallback or text)}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict>"
    )
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )


def test_a_text_box_is_read_once_and_its_copy_is_hidden() -> None:
    data = document(f"<w:p>{run('before')}<w:r>{box('Una Thrale')}</w:r>{run(' after')}</w:p>")
    assert seen(data) == ["before after", "Una Thrale"]
    assert hidden(data, HiddenKind.OTHER) == ["Una Thrale"]
    found = reopened(data, cut(1, 0, 10))
    assert found.paragraphs[0].text == "before after"
    assert found.tables[0].rows[0].cells[0].text == "[s40(2)]"


def test_a_copy_that_says_something_else_is_never_released() -> None:
    data = document(f"<w:p><w:r>{box('shown', fallback='Una Thrale')}</w:r></w:p>")
    assert seen(data) == ["shown"]
    for target in Docx.targets:
        assert b"Thrale" not in everything(released(data, target=target).files[0].data)


def test_a_version_for_an_unknown_program_is_not_the_one_that_is_shown() -> None:
    data = document(
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="odd"><w:t>odd</w:t></mc:Choice>'
        "<mc:Fallback><w:t>usual</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert seen(data) == ["usual"]
    assert hidden(data, HiddenKind.OTHER) == ["odd"]


def test_a_box_in_hidden_text_is_hidden() -> None:
    data = document(f"<w:p><w:r><w:rPr><w:vanish/></w:rPr>{box('Una Thrale')}</w:r></w:p>")
    assert seen(data) == []
    assert "Una Thrale" in hidden(data, HiddenKind.HIDDEN_TEXT)


# --- forms and fields -------------------------------------------------------------------------


def form(data: str) -> str:
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def test_a_tick_and_a_choice_are_seen_though_no_text_says_them() -> None:
    assert seen(document(form('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'))) == [
        "\u2612"
    ]
    entries = "".join(f'<w:listEntry w:val="{one}"/>' for one in ("Mr", "Ms"))
    choice = document(form(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>'))
    assert seen(choice) == ["Ms"]
    assert "Mr" in "".join(hidden(choice, HiddenKind.FORM_FIELD))


# --- what pages show and releases do not ------------------------------------------------------


_OFFICE = "application/vnd.openxmlformats-officedocument"


def test_a_chart_and_a_diagram_are_hidden_content_and_said_to_be_dropped() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    space = f'xmlns:c="{drawing}/chart" xmlns:a="{drawing}/main"'
    data = document(
        f'<w:p><w:r><w:drawing><wp:inline><c:chart {space} r:id="rC"/></wp:inline>'
        "</w:drawing></w:r></w:p>",
        extra={"word/charts/chart1.xml": f"<c:chartSpace {space}><a:t>Una</a:t></c:chartSpace>"},
        extra_types={"word/charts/chart1.xml": f"{_OFFICE}.drawingml.chart+xml"},
        document_rels=(("rC", "chart", "charts/chart1.xml"),),
    )
    found = read(data)
    assert found.unread == ()
    assert hidden(data, HiddenKind.CHART_CACHE) == ["Una"]
    assert any("1 chart that a release does not carry" in one for one in found.notes)


def test_a_damaged_part_beside_the_text_blocks_and_an_empty_one_does_not() -> None:
    kinds = {"word/fontTable.xml": f"{_OFFICE}.wordprocessingml.fontTable+xml"}

    def beside(part: str) -> Document:
        extra = {"word/fontTable.xml": part}
        return read(document(paragraph("text"), extra=extra, extra_types=kinds))

    assert [one.place for one in beside("<w:fonts").unread] == ["word/fontTable.xml"]
    assert beside("").unread == ()

from __future__ import annotations

import io

import docx
from hypothesis import given
from hypothesis import strategies as st

from redactor.formats.base import RebuildPlan, Rebuilt, Spot, cut
from redactor.formats.docx import Docx
from redactor.formats.docx.blocks import Piece
from redactor.formats.docx.rebuilding import cut_pieces
from redactor.model import PartPlace, key_of
from tests.unit.formats.office import document, everything, members, paragraph, run

_PART = "word/document.xml"


def rebuild(data: bytes, plan: RebuildPlan | None = None, target: str = "docx") -> Rebuilt:
    return Docx().rebuild(data, plan or RebuildPlan(), target)


def reopened(rebuilt: Rebuilt) -> docx.document.Document:
    return docx.Document(io.BytesIO(rebuilt.files[0].data))


def spots(number: int, *cuts: tuple[int, int]) -> RebuildPlan:
    key = key_of(PartPlace(_PART, number))
    return RebuildPlan({key: tuple(Spot(start, end, "s40(2)") for start, end in cuts)})


def test_a_redaction_across_runs_keeps_the_look_of_the_rest() -> None:
    data = document(f"<w:p>{run('PC ', '<w:b/>')}{run('Una ', '<w:b/>')}{run('Thrale left')}</w:p>")
    runs = reopened(rebuild(data, spots(0, (3, 13)))).paragraphs[0].runs
    assert [(one.text, bool(one.bold)) for one in runs] == [
        ("PC ", True), ("[s40(2)]", False), (" left", False),
    ]  # fmt: skip


def test_a_redacted_name_is_in_no_byte_of_any_target() -> None:
    data = document(
        paragraph("Una Thr", "ale")
        + f"<w:p><w:del>{run('Una Thrale')}</w:del></w:p>"
        + "<w:p><w:hyperlink w:tooltip='Una Thrale'/></w:p>"
    )
    for target in Docx.targets:
        rebuilt = rebuild(data, spots(0, (0, 10)), target)
        assert b"Thrale" not in everything(rebuilt.files[0].data)
        assert {one.kind for one in rebuilt.left_out} == {"tracked-deletion", "link"}


def test_headings_lists_and_tables_are_kept() -> None:
    xml = (
        '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>' + run("Heading") + "</w:p>"
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>' + run("item") + "</w:p>"
        "<w:tbl><w:tr><w:tc>" + paragraph("a") + '</w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/>'
        "</w:tcPr>" + paragraph("b") + "</w:tc></w:tr></w:tbl>"
    )
    found = reopened(rebuild(document(xml)))
    assert found.paragraphs[0].style.name == "Heading 2"
    assert found.paragraphs[1]._p.pPr.numPr is not None
    assert [cell.text for cell in found.tables[0].rows[0].cells] == ["a", "b", "b"]


def test_the_released_document_has_no_properties() -> None:
    names = set(members(rebuild(document(paragraph("text"))).files[0].data))
    assert names == {
        "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml",
        "word/numbering.xml", "word/settings.xml", "word/_rels/document.xml.rels",
    }  # fmt: skip


def test_equal_headers_are_printed_once() -> None:
    header = (
        '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:hdr>'
    )
    section = '<w:sectPr><w:headerReference r:id="{}"/></w:sectPr>'
    data = document(
        "<w:p><w:pPr>" + section.format("h1") + "</w:pPr></w:p>" + section.format("h2"),
        extra={
            "word/header1.xml": header.format(paragraph("OFFICIAL")),
            "word/header2.xml": header.format(paragraph("OFFICIAL")),
        },
        document_rels=(("h1", "header", "header1.xml"), ("h2", "header", "header2.xml")),
    )
    found = reopened(rebuild(data)).sections[0].header
    assert [one.text for one in found.paragraphs] == ["OFFICIAL"]


@given(
    st.lists(st.text("ab é", min_size=1, max_size=4), max_size=5),
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), max_size=3),
)
def test_cutting_pieces_gives_the_same_text_as_cutting_the_whole(
    texts: list[str], cuts: list[tuple[int, int]]
) -> None:
    pieces = tuple(Piece(text, bold=n % 2 == 0) for n, text in enumerate(texts))
    whole = "".join(texts)
    sorted_spots: list[Spot] = []
    for start, length in sorted(cuts):
        if start + length <= len(whole) and (not sorted_spots or start >= sorted_spots[-1].end):
            sorted_spots.append(Spot(start, start + length, "s40(2)"))
    runs = cut_pieces(pieces, tuple(sorted_spots))
    expected = "".join(text for text, _ in cut(whole, tuple(sorted_spots)))
    assert "".join(one.text for one in runs) == expected
    assert sum(one.redaction for one in runs) == len(sorted_spots)

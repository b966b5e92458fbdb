from __future__ import annotations

import ctypes
import re

import pikepdf
import pymupdf
import pytest

from redactor.formats.pdf.carried.tree import UNTAGGED
from redactor.formats.pdf.spoken import spoken
from redactor.law.exemptions import exemptions
from tests.unit.formats.pdf_carrying import (
    carried,
    elements,
    kids_of,
    kinds,
    spoken_texts,
)
from tests.unit.formats.pdf_samples import (
    LABEL,
    NAME,
    everything_in,
    lines,
    made,
    with_content,
)

SAID = "redacted, section 40(2)"
MARKER = "ZyxMarker"


def tagged(*contents: bytes, tree: str, roles: str = "", annots: dict[int, str] | None = None):
    """Give a tagged PDF: ``tree`` is the array of kids, with ``{pN}`` for the N-th page.

    Elements are written in place, which ISO 32000 does not allow for their parents but every
    reader takes.
    """
    document = pymupdf.open()
    for _ in contents:
        document.new_page(width=400, height=300)
    font = document.get_new_xref()
    document.update_object(
        font, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    )
    for number, content in enumerate(contents):
        page = document.page_xref(number)
        document.xref_set_key(page, "Resources", f"<</Font<</F1 {font} 0 R>>>>")
        document.xref_set_key(page, "StructParents", str(number))
        stream = document.get_new_xref()
        document.update_object(stream, "<<>>")
        document.update_stream(stream, content)
        document.xref_set_key(page, "Contents", f"{stream} 0 R")
    links = {}
    for number, entry in (annots or {}).items():
        links[f"a{number}"] = document.get_new_xref()
        document.update_object(links[f"a{number}"], entry)
        document.xref_set_key(document.page_xref(number), "Annots", f"[{links[f'a{number}']} 0 R]")
    pages = {f"p{at}": f"{document.page_xref(at)} 0 R" for at in range(len(contents))}
    named = {**pages, **{name: f"{xref} 0 R" for name, xref in links.items()}}
    filled = re.sub(r"\{(\w+)\}", lambda match: named[match[1]], tree)
    root = document.get_new_xref()
    document.update_object(root, f"<</Type/StructTreeRoot/K[{filled}]/RoleMap<<{roles}>>>>")
    catalog = document.pdf_catalog()
    document.xref_set_key(catalog, "StructTreeRoot", f"{root} 0 R")
    document.xref_set_key(catalog, "MarkInfo", "<</Marked true>>")
    document.xref_set_key(catalog, "Lang", "(en-GB)")
    return document.tobytes(no_new_id=True)


def shown(*parts: tuple[str, int, str, int, int]) -> bytes:
    """Give content with one marked string for each part: tag, mark, text, place."""
    return "\n".join(
        f"/{tag} <</MCID {mark}>> BDC BT /F1 12 Tf {x} {y} Td ({text}) Tj ET EMC"
        for tag, mark, text, x, y in parts
    ).encode()


LETTER = tagged(
    shown(
        ("Heading_20_1", 0, "About the visit", 50, 250),
        ("P", 1, f"Seen by {NAME} on Monday", 50, 220),
        ("P", 2, "It was raining", 50, 200),
    ),
    shown(("P", 0, "Second page", 50, 250)),
    tree="<</S/Document/K[<</S/Heading_20_1/Pg {p0}/K 0/T(ZyxMarker)/ID(ZyxMarker)>>"
    "<</S/Standard/Pg {p0}/K 1/ActualText(ZyxMarker)/Alt(ZyxMarker)/E(ZyxMarker)/Lang(ZyxMarker)>>"
    "<</S/P/K[<</Type/MCR/Pg {p0}/MCID 2>><</Type/MCR/Pg {p1}/MCID 0>>]"
    "/A<</O/Layout/ZyxMarker/ZyxMarker>>/C/ZyxMarker>>]>>",
    roles="/Heading_20_1/H1/Standard/P/ZyxMarker/P",
)


def test_a_tagged_letter_stays_tagged_with_standard_types():
    result = carried(LETTER, NAME)
    assert kinds(result) == ["Document", "-H1", "-P", "--Span", "-P"]
    assert result.pdf.Root.MarkInfo.Marked
    assert str(result.pdf.Root.Lang) == "en-GB"
    assert result.told.is_tagged
    assert not result.pdf.get_warnings()


def test_the_redaction_is_announced_where_the_text_stood():
    result = carried(LETTER, NAME)
    texts = [" ".join(one.split()) for one in spoken_texts(result)]
    assert texts == ["About the visit", "Seen by on Monday", SAID, "It was raining", "Second page"]


def test_no_word_of_the_original_tree_is_carried():
    out = carried(LETTER, NAME).data
    everything = everything_in(out)
    assert MARKER.encode() not in everything
    assert b"Heading_20_1" not in everything
    assert b"RoleMap" not in everything
    assert b"Oakden" not in everything


def test_every_mark_finds_its_element_by_the_parent_tree():
    result = carried(LETTER, NAME)
    rows = list(result.pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(map(int, rows[::2]), rows[1::2], strict=True))
    for number, page in enumerate(result.pdf.pages):
        row = owners[int(page.obj.StructParents)]
        for mark, owner in enumerate(row):
            held = [
                int(kid) if not isinstance(kid, pikepdf.Dictionary) else int(kid.MCID)
                for kid in kids_of(owner)
                if not isinstance(kid, pikepdf.Dictionary) or "/MCID" in kid
            ]
            assert mark in held, (number, mark)
    for _, element in elements(result):
        assert "/P" in element


def test_pdfium_reads_the_tree_in_order():
    import pypdfium2
    import pypdfium2.raw as pdfium

    document = pypdfium2.PdfDocument(carried(LETTER, NAME).data)
    page = document[0]
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    found = []

    def down(element):
        size = pdfium.FPDF_StructElement_GetType(element, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDF_StructElement_GetType(element, buffer, size)
        found.append(buffer.raw.decode("utf-16-le").strip("\0"))
        for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
            if child:
                down(child)

    for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        down(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at))
    pdfium.FPDF_StructTree_Close(tree)
    text = page.get_textpage().get_text_range()
    assert found == ["Document", "H1", "P", "Span", "P"]
    assert SAID in text
    assert "Tamsin" not in text


def test_a_paragraph_that_is_gone_leaves_its_announcement():
    result = carried(LETTER, f"Seen by {NAME} on Monday")
    texts = spoken_texts(result)
    assert texts == ["About the visit", SAID, "It was raining", "Second page"]
    assert kinds(result) == ["Document", "-H1", "-P", "--Span", "-P"]


def test_a_table_keeps_its_shape_and_no_other_attribute():
    data = tagged(
        shown(
            ("TH", 0, "Name", 50, 250), ("TH", 1, "Age", 150, 250),
            ("TD", 2, NAME, 50, 230), ("TD", 3, "47", 150, 230),
        ),
        tree="<</S/Table/Pg {p0}/K[<</S/TR/K[<</S/TH/K 0/A<</O/Table/Scope/Column/Summary(Zyx)"
        "/Headers[(Zyx)]/ColSpan 2>>>><</S/TH/K 1/A[<</O/Layout/Width 10>> 0]>>]>>"
        "<</S/TR/K[<</S/TD/K 2/A<</O/Table/Scope/Zyx/RowSpan 3>>>><</S/TD/K 3>>]>>]>>",
    )  # fmt: skip
    result = carried(data, f"{NAME}|47")
    assert kinds(result) == [
        "Table", "-TR", "--TH", "--TH", "-TR", "--TD", "---Span", "--TD", "---Span",
    ]  # fmt: skip
    cells = [one for _, one in elements(result) if str(one.S) in {"/TH", "/TD"}]
    assert cells[0].A.unparse() == b"<< /ColSpan 2 /O /Table /Scope /Column >>"
    assert "/A" not in cells[1]
    assert cells[2].A.unparse() == b"<< /O /Table /RowSpan 3 >>"
    assert b"Zyx" not in everything_in(result.data)


def test_a_figure_says_only_that_it_is_a_picture():
    data = tagged(
        b"/Figure <</MCID 0>> BDC 0.5 g 50 50 100 100 re f EMC "
        + shown(("P", 1, "Under it", 50, 30)),
        tree="<</S/Figure/Pg {p0}/K 0/Alt(Tamsin Oakden at her desk)>><</S/P/Pg {p0}/K 1>>",
    )
    result = carried(data, "Under")
    figure = next(one for _, one in elements(result) if str(one.S) == "/Figure")
    assert str(figure.Alt) == "picture"
    assert b"Oakden" not in everything_in(result.data)


def test_artifacts_stay_out_of_the_tree():
    data = tagged(
        b"/Artifact <</Type/Pagination/Contents(ZyxMarker)>> BDC"
        b" BT /F1 9 Tf 50 280 Td (Top) Tj ET EMC " + shown(("P", 0, "Text", 50, 200)),
        tree="<</S/P/Pg {p0}/K 0>>",
    )
    result = carried(data)
    assert spoken_texts(result) == ["Text"]
    assert b"ZyxMarker" not in everything_in(result.data)
    assert "Top" in result.page().get_text()


@pytest.mark.parametrize(
    "tree",
    [
        "<</S/P/K 0>>",  # on no page
        "<</S/P/Pg {p0}/K<</Type/MCR/MCID 0/Stm 1 0 R>>>>",  # in a form
        "<</S/P/Pg {p0}/K(0)>>",  # a string
    ],
)
def test_a_tree_that_is_not_understood_is_left_out_and_told_of(tree):
    result = carried(tagged(shown(("P", 0, f"By {NAME}", 50, 200)), tree=tree), NAME)
    assert "/StructTreeRoot" not in result.pdf.Root
    assert "/MarkInfo" not in result.pdf.Root
    assert result.told.notes == (UNTAGGED,)
    assert SAID.replace("(", r"\(").replace(")", r"\)").encode() in everything_in(result.data)


def test_a_tree_that_goes_round_in_circles_is_left_out():
    document = pymupdf.open("pdf", LETTER)
    kind, root = document.xref_get_key(document.pdf_catalog(), "StructTreeRoot")
    assert kind == "xref"
    loop = document.get_new_xref()
    document.update_object(loop, f"<</S/P/K[{loop} 0 R]>>")
    document.xref_set_key(int(root.split()[0]), "K", f"[{loop} 0 R]")
    result = carried(document.tobytes())
    assert result.told.notes == (UNTAGGED,)


def test_words_in_marks_and_their_tags_are_taken_out_of_the_content():
    data = with_content(
        b"/Mr_Oakden <</MCID 0/Note(ZyxMarker)/ZyxMarker/ZyxMarker/X<</Y(ZyxMarker)>>>> BDC"
        b" BT /F1 12 Tf 50 200 Td (Kept) Tj ET EMC /Mr_Oakden BMC EMC /Mr_Oakden MP"
        b" /Span /Named BDC BT /F1 12 Tf 50 180 Td (too) Tj ET EMC",
        extra="/Properties<</Named<</MCID 4/ActualText(ZyxMarker)>>>>",
    )
    result = carried(data)
    everything = everything_in(result.data)
    assert b"Zyx" not in everything
    assert b"Oakden" not in everything
    assert result.page().get_text().split() == ["Kept", "too"]


def test_a_page_that_became_a_picture_or_is_left_out_has_its_place_in_the_order():
    data = tagged(
        shown(("P", 0, "One", 50, 200)),
        shown(("P", 0, "Two", 50, 200)),
        shown(("P", 0, "Three", 50, 200)),
        shown(("P", 0, "Four", 50, 200)),
        tree="<</S/Document/K[<</S/P/Pg {p0}/K 0>><</S/P/Pg {p1}/K 0>><</S/P/Pg {p2}/K 0>>"
        "<</S/P/Pg {p3}/K 0>>]>>",
    )
    result = carried(data, pictures=(1,), blanks=(2,))
    assert kinds(result) == ["Document", "-P", "-Figure", "-P", "-P"]
    assert spoken_texts(result) == ["One", "", "[page left out]", "Four"]


def test_a_link_stays_a_link_only_where_it_is_carried():
    content = shown(("Link", 0, "www.gov.uk/help", 50, 200), ("P", 1, "after", 50, 150))
    tree = "<</S/Link/Pg {p0}/K[0 <</Type/OBJR/Obj {a0}>>]>><</S/P/Pg {p0}/K 1>>"
    annotation = (
        "<</Type/Annot/Subtype/Link/Rect[50 195 150 212]/Contents(Tamsin)/A<</S/URI/URI(%s)>>>>"
    )
    kept = carried(tagged(content, tree=tree, annots={0: annotation % "https://www.gov.uk/help"}))
    assert kinds(kept) == ["Link", "P"]
    link = kept.pdf.pages[0].obj.Annots[0]
    reference = kids_of(next(elements(kept))[1])[1]
    assert reference.Obj == link
    nums = list(kept.pdf.Root.StructTreeRoot.ParentTree.Nums)
    assert nums[nums.index(int(link.StructParent)) + 1] == next(elements(kept))[1]
    other = carried(tagged(content, tree=tree, annots={0: annotation % "https://tracker.org/?u=1"}))
    assert kinds(other) == ["Span", "P"]
    assert b"tracker" not in everything_in(other.data)


def test_an_untagged_document_is_announced_and_stays_untagged():
    result = carried(made(lines(f"Report by {NAME}")), NAME)
    assert "/StructTreeRoot" not in result.pdf.Root
    marks = [
        one.operands[1]
        for one in pikepdf.parse_content_stream(result.pdf.pages[0])
        if str(one.operator) == "BDC"
    ]
    assert marks == [pikepdf.Dictionary(ActualText=SAID)]
    assert LABEL in result.page().get_text(flags=pymupdf.TEXT_IGNORE_ACTUALTEXT)


def test_equal_input_gives_equal_bytes():
    assert carried(LETTER, NAME).data == carried(LETTER, NAME).data


# --- what is said ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("s40(2)", "redacted, section 40(2)"),
        ("s31(1)(a)", "redacted, section 31(1)(a)"),
        ("s36(2)(b)(ii)", "redacted, section 36(2)(b)(ii)"),
        ("s22A", "redacted, section 22A"),
        ("reg 13(1)", "redacted, regulation 13(1)"),
        ("Sch 2 para 16 DPA 2018", "redacted, schedule 2 paragraph 16 Data Protection Act 2018"),
        ("Sch 2 para 5 DPA", "redacted, schedule 2 paragraph 5 Data Protection Act"),
        ("s40(2) #3", "redacted, section 40(2), number 3"),
        ("s40(2), s41(1)", "redacted, section 40(2), section 41(1)"),
        ("Tamsin Oakden", "redacted"),
        ("s40(2) Tamsin", "redacted"),
        ("picture left out", "redacted"),
        ("", "redacted"),
    ],
)
def test_a_label_is_said_as_a_provision_or_not_at_all(label, said):
    assert spoken(label) == said


def test_every_label_of_the_act_is_said_in_full():
    for one in exemptions():
        assert spoken(one.label) == f"redacted, section {one.label.removeprefix('s')}"

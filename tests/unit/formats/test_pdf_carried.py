from __future__ import annotations

from collections import Counter

import pikepdf
import pymupdf
import pytest

from redactor.formats.pdf.carried import CarriedOver, without_kept
from redactor.formats.pdf.carried.links import is_on, stands_in
from redactor.formats.pdf.hidden import find_hidden
from redactor.formats.pdf.opening import open_pdf
from tests.unit.formats.pdf_carrying import carried
from tests.unit.formats.pdf_samples import NAME, everything_in, lines, made

URI = "https://www.gov.uk/foi"


def linked(*links: dict, pages: tuple[str, ...] = (f"See www.gov.uk/foi or ask {NAME}",)) -> bytes:
    """Give a PDF with a page for each text, and links on the first."""
    document = pymupdf.open("pdf", made(*(lines(text, "Below the line") for text in pages)))
    for link in links:
        document[0].insert_link(link)
    return document.tobytes(no_new_id=True)


def uri(address: str, box: tuple[float, ...] = (80, 68, 160, 84)) -> dict:
    return {"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(box), "uri": address}


def annotations(result) -> list[pikepdf.Object]:
    return [one for page in result.pdf.pages for one in page.obj.get("/Annots", [])]


# --- links -----------------------------------------------------------------------------------


def test_a_link_whose_address_can_be_read_is_kept_in_its_place():
    result = carried(linked(uri(URI)), NAME)
    (link,) = annotations(result)
    assert set(link.keys()) == {"/Type", "/Subtype", "/Rect", "/Border", "/F", "/A"}
    assert link.A.unparse() == b"<< /S /URI /URI (https://www.gov.uk/foi) >>"
    (found,) = result.page().get_links()
    assert tuple(found["from"]) == pytest.approx((80, 68, 160, 84), abs=0.1)
    assert result.told.again == (URI,)


@pytest.mark.parametrize(
    "address",
    [
        "mailto:tamsin.oakden@example.org",
        "https://www.gov.uk/foi?user=tamsin",
        "https://www.gov.uk/foi#tamsin",
        "https://tamsin@www.gov.uk/foi",
        "https://www.gov.uk/foi/tamsin",
        "https://tracker.example/www.gov.uk/foi",
        "ftp://www.gov.uk/foi",
        "https://www.gov.uk/FOI",
        "javascript:alert('tamsin')",
        "file:///home/tamsin/www.gov.uk/foi",
    ],
)
def test_a_link_that_says_more_than_the_page_is_left_out(address):
    result = carried(linked(uri(address)), NAME)
    assert annotations(result) == []
    assert result.told.again == ()
    assert b"tamsin" not in everything_in(result.data)


def test_a_link_on_what_was_redacted_is_left_out():
    text = f"Ask {NAME} at www.gov.uk/foi"
    data = linked(uri(URI, (60, 68, 300, 84)), pages=(text,))
    assert annotations(carried(data, NAME)) == []
    assert len(annotations(carried(data, "Below"))) == 1


def test_a_link_whose_address_was_redacted_is_left_out():
    data = linked(uri(URI, (300, 300, 400, 320)))
    assert len(annotations(carried(data, NAME))) == 1
    assert annotations(carried(data, r"www\.gov\.uk/foi")) == []


def test_links_within_the_document_lead_to_the_same_place():
    goto = {"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(60, 84, 160, 100), "page": 1,
            "to": pymupdf.Point(0, 200)}  # fmt: skip
    result = carried(linked(goto, pages=("One", "Two")))
    (link,) = annotations(result)
    assert link.Dest[0] == result.pdf.pages[1].obj
    assert link.Dest[1] == "/XYZ"
    ends = []
    for data in (linked(goto, pages=("One", "Two")), result.data):
        document = pymupdf.open("pdf", data)
        ends.append(document.resolve_link(document[0].first_link.uri))
    assert ends[0][0] == ends[1][0] == 1
    assert ends[0][2] == pytest.approx(ends[1][2], abs=1)


def test_a_link_to_a_named_place_is_resolved_and_the_name_is_not_carried():
    document = pymupdf.open("pdf", linked(pages=("One", "Two")))
    annotation = document.get_new_xref()
    document.update_object(
        annotation, "<</Type/Annot/Subtype/Link/Rect[60 700 200 780]/Dest(about-tamsin)>>"
    )
    document.xref_set_key(document.page_xref(0), "Annots", f"[{annotation} 0 R]")
    document.xref_set_key(
        document.pdf_catalog(),
        "Names",
        f"<</Dests<</Names[(about-tamsin)[{document.page_xref(1)} 0 R/Fit]]>>>>",
    )
    result = carried(document.tobytes())
    (link,) = annotations(result)
    assert link.Dest[0] == result.pdf.pages[1].obj
    assert b"tamsin" not in everything_in(result.data)


@pytest.mark.parametrize(
    "action",
    [
        "/A<</S/Launch/F(tamsin.exe)>>",
        "/A<</S/GoToR/F(tamsin.pdf)/D[0/Fit]>>",
        "/A<</S/JavaScript/JS(tamsin\\(\\))>>",
        "/A<</S/Named/N/NextPage>>/Contents(tamsin)",
        "/AA<</E<</S/URI/URI(https://tamsin.example)>>>>",
    ],
)
def test_actions_are_left_out(action):
    document = pymupdf.open("pdf", linked())
    annotation = document.get_new_xref()
    document.update_object(annotation, f"<</Type/Annot/Subtype/Link/Rect[60 700 200 780]{action}>>")
    document.xref_set_key(document.page_xref(0), "Annots", f"[{annotation} 0 R]")
    result = carried(document.tobytes())
    assert b"tamsin" not in everything_in(result.data)
    assert all(set(one.keys()) <= {"/Type", "/Subtype", "/Rect", "/Border", "/F", "/Dest"}
               for one in annotations(result))  # fmt: skip


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_links_stay_where_they_are_on_turned_and_cropped_pages(rotation):
    document = pymupdf.open("pdf", linked(uri(URI)))
    page = document[0]
    page.set_cropbox(pymupdf.Rect(20, 30, 500, 700))
    page.set_rotation(rotation)
    data = document.tobytes()
    before = pymupdf.open("pdf", data)[0].first_link.rect
    result = carried(data)
    assert tuple(result.page().first_link.rect) == pytest.approx(tuple(before), abs=0.1)
    assert result.page().rect == pymupdf.open("pdf", data)[0].rect


@pytest.mark.parametrize(
    ("address", "text", "stands"),
    [
        ("https://www.gov.uk/foi", "see www.gov.uk/foi.", True),
        ("http://gov.uk/foi/", "see GOV.UK/foi", True),
        ("https://example.org/a/long/path", "see https://example.org/a/\nlong/path", True),
        ("https://example.org/a/long/path", "see https://example.org/a/ long/path", False),
        ("https://example.org/a?b=1", "https://example.org/a?b=1", True),
        ("https://example.org", "example.org", True),
        ("https://localhost", "localhost", False),
        ("https://exämple.org", "exämple.org", False),
    ],
)
def test_an_address_stands_in_a_text_or_not(address, text, stands):
    assert stands_in(address, text) is stands


# --- bookmarks -------------------------------------------------------------------------------


def booked(toc: list[list], pages: tuple[str, ...]) -> bytes:
    document = pymupdf.open("pdf", linked(pages=pages))
    document.set_toc(toc)
    return document.tobytes(no_new_id=True)


def test_bookmarks_that_stand_on_their_page_are_kept_in_their_order():
    pages = ("Part one", "Findings about tenants", f"Statement of {NAME}", "Last words")
    toc = [
        [1, "Part one", 1], [2, "Findings about  tenants", 2], [2, f"Statement of {NAME}", 3],
        [3, "Last words", 4], [1, "A comment that is on no page", 1], [1, "Part", 2],
    ]  # fmt: skip
    result = carried(booked(toc, pages), NAME)
    kept = pymupdf.open("pdf", result.data).get_toc()
    assert kept == [[1, "Part one", 1], [2, "Findings about tenants", 2], [2, "Last words", 4]]
    everything = everything_in(result.data)
    assert b"Oakden" not in everything
    assert b"comment" not in everything
    entries = [result.pdf.Root.Outlines.First]
    assert int(result.pdf.Root.Outlines.Count) == 3
    assert int(entries[0].Count) == 2


def test_no_bookmark_that_can_be_read_means_no_bookmarks():
    result = carried(booked([[1, "Secret matters", 1]], ("Nothing of it",)))
    assert "/Outlines" not in result.pdf.Root


def test_bookmarks_are_searched_for_as_whole_words():
    assert is_on("Ann Lee", "by Ann\nLee.")
    assert not is_on("Ann", "Annex")
    assert not is_on("", "Annex")


def test_broken_bookmarks_end():
    document = pymupdf.open("pdf", linked(pages=("One",)))
    one, root = document.get_new_xref(), document.get_new_xref()
    page = document.page_xref(0)
    document.update_object(
        one, f"<</Title(One)/Next {one} 0 R/First {one} 0 R/Dest[{page} 0 R/Fit]>>"
    )
    document.update_object(root, f"<</Type/Outlines/First {one} 0 R>>")
    document.xref_set_key(document.pdf_catalog(), "Outlines", f"{root} 0 R")
    assert pymupdf.open("pdf", carried(document.tobytes()).data).get_toc() == [[1, "One", 1]]


# --- page labels, sizes ----------------------------------------------------------------------


def test_page_numbers_keep_their_style_and_no_words():
    document = pymupdf.open("pdf", linked(pages=("a", "b", "c", "d")))
    document.set_page_labels(
        [
            {"startpage": 0, "prefix": "", "style": "r", "firstpagenum": 1},
            {"startpage": 2, "prefix": "A-", "style": "D", "firstpagenum": 5},
            {"startpage": 3, "prefix": "Oakden ", "style": "D", "firstpagenum": 1},
        ]
    )
    result = carried(document.tobytes())
    shown = pymupdf.open("pdf", result.data)
    assert [page.get_label() for page in shown] == ["i", "ii", "A-5", "1"]
    assert b"Oakden" not in everything_in(result.data)


def test_sizes_boxes_rotation_and_unit_stay():
    document = pymupdf.open("pdf", linked(pages=("a", "b")))
    document[0].set_mediabox(pymupdf.Rect(-20, 10, 575, 852))
    document[0].set_cropbox(pymupdf.Rect(10, 20, 300, 400))
    document[0].set_rotation(90)
    document.xref_set_key(document.page_xref(1), "UserUnit", "2")
    data = document.tobytes()
    result = carried(data)
    before = pymupdf.open("pdf", data)
    after = pymupdf.open("pdf", result.data)
    for one, other in zip(before, after, strict=True):
        assert (one.rect, one.rotation, one.mediabox, one.cropbox) == (
            other.rect, other.rotation, other.mediabox, other.cropbox,
        )  # fmt: skip
    assert result.pdf.pages[1].obj.UserUnit == 2


def test_nothing_else_is_in_the_catalogue():
    document = pymupdf.open("pdf", linked(uri(URI)))
    document.set_metadata({"title": NAME})
    document.set_language("en-GB")
    result = carried(document.tobytes())
    assert set(result.pdf.Root.keys()) == {"/Type", "/Pages"}
    assert result.pdf.docinfo.keys() == set() or not dict(result.pdf.docinfo)


# --- what is told ----------------------------------------------------------------------------


def test_what_was_kept_is_taken_off_the_list_and_the_rest_stays_on_it():
    document = pymupdf.open(
        "pdf", linked(uri(URI), uri("https://other.example"), pages=("See www.gov.uk/foi", "Two"))
    )
    goto = {"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(60, 84, 160, 100), "page": 1}
    document[0].insert_link(goto)
    document.set_toc([[1, "Two", 2], [1, "Nowhere", 1]])
    data = document.tobytes(no_new_id=True)
    hidden = find_hidden(open_pdf(data), data)
    result = carried(data)
    assert [len(page.get_links()) for page in pymupdf.open("pdf", result.data)] == [2, 0]
    left = without_kept(hidden, result.told)
    gone = Counter((one.kind, one.text) for one in hidden)
    gone.subtract((one.kind, one.text) for one in left)
    assert sorted(kind.value for kind, _ in gone.elements()) == ["bookmark", "link", "link"]
    texts = [one.text for one in left]
    assert any("other.example" in text for text in texts)
    assert any("Nowhere" in text for text in texts)
    assert not any("gov.uk" in text for text in texts)
    assert without_kept(hidden, CarriedOver()) == hidden

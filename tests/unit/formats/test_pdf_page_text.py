from __future__ import annotations

import unicodedata

import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redactor.formats.pdf.opening import open_pdf, prepare
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.render import OpenPdf
from redactor.model import HiddenKind
from tests.unit.formats.pdf_samples import lines, made, page_text, read, rebuilt, with_content

WORDS = st.lists(
    st.text(alphabet="abcdefghijkmnopqrstuvwxyzABCDEFGHIJ'-.,é", min_size=1, max_size=9),
    min_size=1,
    max_size=7,
)


def first_page(data: bytes) -> PageText:
    document = prepare(open_pdf(data))
    text = PageText(document.load_page(0))
    text.text, text.lines  # noqa: B018 - read while the document is open
    return text


def rotated(data: bytes, rotation: int, crop: bool) -> bytes:
    document = pymupdf.open("pdf", data)
    if crop:
        document[0].set_cropbox(pymupdf.Rect(30, 40, 560, 800))
    document[0].set_rotation(rotation)
    return bytes(document.tobytes())


def test_a_page_is_one_segment_with_its_lines_in_order():
    assert page_text(made(lines("First line", "Second line"))) == "First line\nSecond line"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=1, max_size=5), st.sampled_from([0, 90, 180, 270]), st.booleans())
def test_the_box_of_every_word_holds_that_word(rows, rotation, crop):
    data = rotated(made(lines(*[" ".join(row) for row in rows])), rotation, crop)
    shown = OpenPdf(data)
    text = shown.text(0)
    assert text == page_text(data)
    for start, end, x0, y0, x1, y1 in shown.word_boxes(0):
        middle = (y0 + y1) / 2 if rotation in {0, 180} else (x0 + x1) / 2
        strip = (
            (x0, middle - 0.5, x1, middle + 0.5)
            if rotation in {0, 180}
            else (middle - 0.5, y0, middle + 0.5, y1)
        )
        assert text[start:end] in shown.area_text(0, strip)
        assert shown.span_boxes(0, start, end) == ((x0, y0, x1, y1),)


def test_decomposed_letters_are_composed_and_still_point_at_their_glyphs():
    # Type 3 free: a ToUnicode map that spells "é" as e + combining acute.
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((60, 80), "Rene Ex", fontname="helv", fontsize=12)
    font = page.get_fonts()[0][0]
    cmap = document.get_new_xref()
    document.update_object(cmap, "<<>>")
    document.update_stream(
        cmap,
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
        b" /CMapName /X def /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange"
        b" 1 beginbfchar <65> <00650301> endbfchar"
        b" 2 beginbfrange <20> <64> <0020> <66> <7a> <0066> endbfrange endcmap end end",
    )
    document.xref_set_key(font, "ToUnicode", f"{cmap} 0 R")
    data = document.tobytes()
    text = first_page(data)
    assert text.text == "Réné Ex"
    assert unicodedata.is_normalized("NFC", text.text)
    assert text.raw != text.text
    boxes = text.boxes_by_offset()
    x_of = [box[0] for box in boxes if box is not None]
    assert x_of == sorted(x_of)
    assert len(boxes) == len(text.text)
    last = text.stretches(5, 7)
    assert last[0].box[0] > boxes[3][2]


def test_text_outside_the_page_is_not_page_text_but_is_known():
    def draw(page):
        page.insert_text((60, 80), "On the page")
        page.insert_text((60, 1200), "Below the page")

    text = first_page(made(draw))
    assert text.text == "On the page"
    assert text.off_page_text == "Below the page"
    assert text.reaches_outside


def test_a_line_that_leaves_the_page_is_cut_at_its_edge():
    def draw(page):
        page.insert_text((540, 80), "Inside the rest is outside")

    text = first_page(made(draw))
    assert text.text.startswith("Inside")
    assert text.off_page_text.endswith("outside")
    kept = "".join(text.text.split()) + "".join(text.off_page_text.split())
    assert kept == "Insidetherestisoutside"
    assert text.stretches(0, 6)[0].box[0] == pytest.approx(540, abs=1)


def test_clipped_away_and_invisible_text_is_hidden_and_not_lost():
    data = with_content(
        b"q 0 0 5 5 re W n BT /F1 12 Tf 50 200 Td (clipped name) Tj ET Q"
        b" BT /F1 12 Tf 3 Tr 50 150 Td (unseen name) Tj ET"
    )
    document = read(data)
    assert page_text(data) == ""
    hidden = {one.text for one in document.segments if one.hidden is HiddenKind.HIDDEN_TEXT}
    assert hidden == {"clipped name", "unseen name"}


def test_what_actual_text_claims_is_not_believed():
    data = with_content(
        b"BT /F1 12 Tf 50 200 Td /Span <</ActualText (harmless)>> BDC (Tamsin) Tj EMC ET"
    )
    assert page_text(data) == "Tamsin"


def test_glyphs_of_no_size_are_still_read():
    data = with_content(
        b"BT /F1 12 Tf 50 200 Td (seen) Tj ET BT /F1 0.00000001 Tf 50 100 Td (unseen) Tj ET"
    )
    text = first_page(data)
    assert text.text.startswith("seen\nuns")
    assert text.has_text_without_size
    assert [one.place for one in read(data).unread] == ["page:1"]
    assert len(text.boxes_by_offset()) == len(text.text)


def test_reading_does_not_change_what_the_collector_was_set_to():
    import gc

    before = gc.get_threshold()
    first_page(made(lines("a line")))
    rebuilt(made(lines("a line")), "line")
    assert gc.isenabled()
    assert gc.get_threshold() == before

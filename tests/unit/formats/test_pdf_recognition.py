from __future__ import annotations

import io
import math

import pymupdf
import pytest
from PIL import Image, ImageFilter

from redactor import ocr
from redactor.errors import OcrMissing
from redactor.formats.pdf import recognition, recognition_memory
from redactor.formats.pdf.page_reading import Cause, Doubt
from redactor.formats.pdf.pages import Pages
from redactor.model import HiddenKind, Ruling
from redactor.ocr import engine as ocr_engine
from tests.unit.formats.pdf_samples import made, page_text, read, with_content
from tests.unit.formats.pdf_scans import (
    LETTER,
    painted,
    print_letter,
    print_lines,
    scan,
    scrawl,
)


@pytest.fixture(autouse=True)
def _nothing_learnt():
    recognition_memory.forget_all()
    yield
    recognition_memory.forget_all()


def unread_of(data: bytes) -> dict[str, str]:
    return {one.place: one.why for one in read(data).unread}


def test_a_clean_scan_is_read_and_does_not_block():
    document = read(scan(print_letter))
    assert document.segments[0].text.splitlines() == list(LETTER)
    assert document.unread == ()
    assert any("OCR" in note and "page 1." in note for note in document.notes)


def test_pages_read_by_ocr_are_listed_as_runs():
    data = scan(print_letter, print_letter)
    document = pymupdf.open("pdf", data)
    document.new_page().insert_text((72, 100), "Typed page")
    document.insert_pdf(pymupdf.open("pdf", scan(print_letter)))
    notes = read(document.tobytes()).notes
    assert any("pages 1–2, 4." in note for note in notes)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_every_glyph_of_a_scan_lies_within_its_word_whichever_way_it_is_turned(turn):
    pages = Pages.of(scan(print_letter, turn=turn))
    text, reading = pages.text(0), pages.reading(0)
    at = text.text.index("Ashworth")
    (stretch,) = text.stretches(at, at + len("Ashworth"))
    (word,) = (one for one in reading.words if one.text == "Ashworth")
    assert stretch.box == pytest.approx(word.box)
    quarter = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
    assert stretch.direction == quarter
    first, last = stretch.boxes[0], stretch.boxes[-1]
    across, down = last[0] - first[0], last[1] - first[1]
    assert (across * quarter[0] + down * quarter[1]) > 20


def test_a_word_of_a_scan_lies_where_it_was_printed():
    pages = Pages.of(scan(print_letter))
    printed = pymupdf.open("pdf", made(print_letter))[0].search_for("Ashworth")[0]
    at = pages.text(0).text.index("Ashworth")
    x0, y0, x1, y1 = pages.text(0).stretches(at, at + 8)[0].box
    assert (x0, x1) == pytest.approx((printed.x0, printed.x1), abs=2)
    assert printed.y0 - 1 <= y0
    assert y1 <= printed.y1 + 1


def test_typed_text_is_not_read_from_pixels():
    pages = Pages.of(made(print_letter))
    assert pages.reading(0) is None


def test_a_signature_on_a_scan_has_to_be_ruled_on():
    def draw(page):
        print_lines(page)
        scrawl(page, 80, 260)

    document = read(scan(draw))
    (unread,) = document.unread
    assert unread.place == "page:1"
    assert "in 1 place something could not be read" in unread.why
    assert unread.rulings == (Ruling.LEAVE_OUT, Ruling.RELEASE_AS_SEEN)
    assert "Ashworth" in document.segments[0].text


def test_a_picture_of_a_signature_on_a_typed_page_is_ruled_on_by_itself():
    signature = painted(lambda page: scrawl(page, 80, 60), dpi=150)

    def draw(page):
        print_lines(page)
        page.insert_image((72, 300, 372, 724), stream=signature.tobytes("png"))

    assert list(unread_of(made(draw))) == ["page:1/image:1"]


def test_a_picture_of_text_on_a_typed_page_is_read_and_does_not_block():
    letter = painted(lambda page: print_lines(page, ["Confidential: Jane Holroyd"]))

    def draw(page):
        print_lines(page)
        page.insert_image((0, 250, 595, 1092), stream=letter.tobytes("png"))

    document = read(made(draw))
    assert document.unread == ()
    assert "Jane Holroyd" in document.segments[0].text


def test_a_picture_that_is_painted_on_every_page_is_read_once(monkeypatch):
    letterhead = painted(lambda page: print_lines(page, ["Borough of Ellmere"]))
    calls = []
    engine = ocr.read_turned

    def counted(*about, **more):
        calls.append(about)
        return engine(*about, **more)

    monkeypatch.setattr(recognition.ocr, "read_turned", counted)
    document = pymupdf.open()
    for _ in range(3):
        page = document.new_page(width=595, height=842)
        print_lines(page, ["Typed words of a letter"], top=500)
        page.insert_image((0, 0, 595, 400), stream=letterhead.tobytes("png"))
    assert all("Ellmere" in one.text for one in read(document.tobytes()).segments[:3])
    assert len(calls) == 1


def only_in(painting: str) -> bytes:
    """Make a typed page whose picture is painted in a way that no list of pictures shows."""
    letter = painted(lambda page: print_lines(page, ["Confidential: Jane Holroyd"]))
    document = pymupdf.open("pdf", made(lambda page: print_lines(page, top=500)))
    page = document[0]
    typed = " ".join(f"{one} 0 R" for one in page.get_contents())
    picture = page.insert_image(page.rect, stream=letter.tobytes("png"))
    inner, stream = document.get_new_xref(), document.get_new_xref()
    own = f"/BBox[0 0 595 842]/Resources<</XObject<</I {picture} 0 R>>>>"
    extra = {
        "pattern": f"<</PatternType 1/PaintType 1/TilingType 1/XStep 595/YStep 842{own}>>",
        "mask": f"<</Subtype/Form/Group<</S/Transparency/CS/DeviceGray>>{own}>>",
    }[painting]
    document.update_object(inner, extra)
    document.update_stream(inner, b"q 595 0 0 842 0 0 cm /I Do Q")
    fonts = document.xref_get_key(page.xref, "Resources/Font")[1]
    if painting == "pattern":
        paint = b"/Pattern cs /P scn 0 400 595 442 re f"
        resources = f"/Pattern<</P {inner} 0 R>>"
    else:
        paint = b"q /G gs 0 g 0 400 595 442 re f Q"
        resources = f"/ExtGState<</G<</SMask<</S/Luminosity/G {inner} 0 R>>>>>>"
    document.update_object(stream, "<<>>")
    document.update_stream(stream, paint)
    document.xref_set_key(page.xref, "Resources", f"<</Font {fonts}{resources}>>")
    document.xref_set_key(page.xref, "Contents", f"[{typed} {stream} 0 R]")
    return document.tobytes()


@pytest.mark.parametrize("painting", ["pattern", "mask"])
def test_a_picture_that_is_only_in_a_pattern_or_a_mask_is_read(painting):
    text = page_text(only_in(painting))
    assert "Ashworth" in text
    assert "Jane Holroyd" in text


def test_a_photograph_has_to_be_ruled_on():
    width, height = 300, 300
    soft = bytes(
        int(128 + 100 * math.sin(x / 25) * math.sin(y / 31 + x / 60))
        for y in range(height)
        for x in range(width)
    )
    photograph = Image.frombytes("L", (width, height), soft).filter(ImageFilter.GaussianBlur(6))
    written = io.BytesIO()
    photograph.save(written, "JPEG", quality=80)

    def draw(page):
        print_lines(page)
        page.insert_image((72, 300, 222, 450), stream=written.getvalue())

    assert list(unread_of(made(draw))) == ["page:1/image:1"]


def test_rules_boxes_and_specks_do_not_block():
    def form(page):
        print_lines(page)
        for row in range(6):
            page.draw_line((72, 300 + 30 * row), (520, 300 + 30 * row), width=0.8)
        for column in range(4):
            page.draw_line((72 + 149 * column, 300), (72 + 149 * column, 450), width=0.8)
        for row in range(5):
            page.draw_rect((80, 310 + 30 * row, 92, 322 + 30 * row), width=0.8)
        page.draw_rect((72, 500, 520, 560), fill=(0.85, 0.85, 0.85), color=None)
        for at in range(40):
            page.draw_circle((40 + at * 13 % 500, 600 + at * 37 % 200), 0.6, fill=(0, 0, 0))

    assert unread_of(scan(form)) == {}


def test_a_scan_that_is_hardly_legible_says_so():
    def spoilt(page):
        clean = painted(lambda leaf: print_lines(leaf, LETTER * 5), dpi=72)
        picture = Image.frombytes("L", (clean.width, clean.height), clean.samples)
        picture = picture.filter(ImageFilter.GaussianBlur(1.2))
        written = io.BytesIO()
        picture.save(written, "JPEG", quality=15)
        page.insert_image(page.rect, stream=written.getvalue())

    (why,) = unread_of(made(spoilt)).values()
    assert "OCR" in why


def test_an_empty_scanned_page_does_not_block():
    document = read(scan(lambda _: None))
    assert document.segments[0].text == ""
    assert document.unread == ()


def test_somebody_elses_invisible_text_over_a_scan_is_hidden_and_the_pixels_are_read():
    def layer(page):
        page.insert_text((72, 100), "Dear Mr Somebody Else", fontsize=11, render_mode=3)

    document = read(scan(print_letter, over=layer))
    assert "Okonkwo" in document.segments[0].text
    assert "Somebody" not in document.segments[0].text
    hidden = [one for one in document.segments if one.hidden is HiddenKind.HIDDEN_TEXT]
    assert [one.text for one in hidden] == ["Dear Mr Somebody Else"]


def test_letters_typed_over_a_scan_are_not_read_twice():
    def stamp(page):
        page.insert_text((72, 400), "Received 12 June by Registry", fontsize=12)

    text = page_text(scan(print_letter, over=stamp))
    assert text.count("Registry") == 1
    assert text.count("Ashworth") == 1


def test_letters_in_a_font_that_does_not_say_what_they_are_are_read_from_pixels():
    document = pymupdf.open("pdf", made(print_letter))
    page = document[0]
    page.insert_font(fontname="F9", fontbuffer=pymupdf.Font("helv").buffer, set_simple=False)
    page.insert_text((72, 300), "Written by Harriet Quayle", fontname="F9", fontsize=13)
    for xref in range(1, document.xref_length()):
        if document.xref_get_key(xref, "ToUnicode")[0] == "xref":
            document.update_stream(
                int(document.xref_get_key(xref, "ToUnicode")[1].split()[0]),
                b"/CIDInit /ProcSet findresource begin begincmap\n1 beginbfrange\n"
                b"<0000> <ffff> <e000>\nendbfrange\nendcmap end",
            )
    data = document.tobytes()
    pages = Pages.of(data)
    assert pages.reading(0).cause is Cause.UNMAPPED
    assert "Harriet Quayle" in page_text(data)
    assert page_text(data).count("Ashworth") == 1
    assert unread_of(data) == {}


def test_lettering_drawn_as_shapes_is_read_from_pixels():
    svg = pymupdf.open("pdf", made(print_letter))[0].get_svg_image(text_as_path=True)
    drawn = pymupdf.open("pdf", pymupdf.open(stream=svg.encode(), filetype="svg").convert_to_pdf())
    data = drawn.tobytes()
    assert Pages.of(data).reading(0).cause is Cause.DRAWN
    assert "Peter Ashworth" in page_text(data)
    assert unread_of(data) == {}


def test_a_page_with_damaged_content_blocks_however_well_it_is_read():
    data = with_content(b"BT /F1 12 Tf 50 200 Td (Readable words) Tj ET (unclosed Tj Q Q Q ]]")
    pages = Pages.of(data)
    if pages.reading(0) is None:
        pytest.skip("the library passes over this fault")
    assert pages.reading(0).cause is Cause.DAMAGED
    assert list(unread_of(data)) == ["page:1"]


def test_without_the_engine_pages_and_pictures_are_unread_and_say_why(monkeypatch):
    def missing():
        raise OcrMissing("it is not installed")

    monkeypatch.setattr(recognition.ocr, "engine_name", missing)
    letter = painted(print_letter)

    def draw(page):
        print_lines(page)
        page.insert_image((72, 300, 372, 724), stream=letter.tobytes("png"))

    found = unread_of(scan(print_letter)) | unread_of(made(draw))
    assert set(found) == {"page:1", "page:1/image:1"}
    assert all("it is not installed" in why for why in found.values())


def test_what_the_engine_missed_is_not_remembered_without_an_engine(monkeypatch):
    def missing():
        raise OcrMissing("it is not installed")

    data = scan(print_letter)
    with monkeypatch.context() as patch:
        patch.setattr(recognition.ocr, "engine_name", missing)
        assert unread_of(data)
    assert unread_of(data) == {}


def test_a_page_too_large_for_the_engine_is_unread_and_says_so(monkeypatch):
    monkeypatch.setattr(ocr_engine, "MAX_PIXELS", 1_000_000)
    (why,) = unread_of(scan(print_letter, dpi=72)).values()
    assert "pixels" in why


def test_ink_is_told_from_unsure_words():
    def draw(page):
        print_lines(page)
        scrawl(page, 80, 260)

    reading = Pages.of(scan(draw)).reading(0)
    assert {one.why for one in reading.doubt} <= {Doubt.INK, Doubt.UNSURE}
    x0, y0, x1, y1 = reading.doubt[0].box
    assert 60 < x0 < 100
    assert 230 < y0 < 262 < y1 < 300
    assert 150 < x1 < 240

from __future__ import annotations

import pikepdf
import pymupdf
import pytest

from redactor.formats.pdf.stamps import footer_of
from redactor.model import Area, Stamps
from redactor.release.verify.page_numbers import without_page_number
from tests.unit.formats.pdf_carrying import carried, kinds, spoken_texts
from tests.unit.formats.pdf_samples import NAME, lines, made, other_text
from tests.unit.formats.test_pdf_tags import LETTER

ALL = Stamps(pages=True, reference="FOI-24/0117", released="FOIA 2000")
FOOT = "FOI-24/0117 · Released under FOIA 2000"


def filled(*gaps: tuple[float, float]) -> bytes:
    """Give a page that is dark all over but for the bands from one height to another."""

    def draw(page) -> None:
        edges = [0.0, *(edge for gap in gaps for edge in gap), 842.0]
        for top, bottom in zip(edges[::2], edges[1::2], strict=True):
            page.draw_rect((0, top, 595, bottom), color=None, fill=(0.4, 0.4, 0.4))

    return made(draw)


def lines_of(result, page: int = 0) -> dict[str, pymupdf.Rect]:
    """Give each line of a page with its box, as displayed."""
    found = {}
    for block in result.page(page).get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            text = "".join(span["text"] for span in line["spans"])
            found[text] = pymupdf.Rect(line["bbox"]) * result.page(page).rotation_matrix
    return found


def test_nothing_is_printed_where_nothing_is_asked_for():
    plain = carried(made(lines("A", "B")))
    assert plain.stamped.regions == ()
    assert carried(made(lines("A", "B")), stamps=Stamps(redactions=True)).data == plain.data


def test_every_page_says_its_number_its_case_and_its_law():
    result = carried(made(lines("One"), lines("Two"), lines("Three")), stamps=ALL)
    for number, text in enumerate(other_text(result.data), start=1):
        assert FOOT in text
        assert f"Page {number} of 3" in text
    assert [one.page for one in result.stamped.regions] == [0, 1, 2]
    assert result.stamped.again == (FOOT,) * 3


def test_the_gate_takes_the_number_of_a_page_out_of_its_text():
    result = carried(made(lines("One of 1")), stamps=ALL)
    (text,) = other_text(result.data)
    assert "Page" not in without_page_number(text, 0, 1)


def test_the_line_stands_in_the_foot_and_inside_its_region():
    result = carried(made(lines("A")), stamps=ALL)
    region = result.stamped.regions[0]
    assert region.y0 > 800
    for text in (FOOT, "Page 1 of 1"):
        box = lines_of(result)[text]
        assert region.x0 - 1 <= box.x0
        assert box.x1 <= region.x1 + 1
        assert region.y0 - 1 <= box.y0 < box.y1 <= region.y1 + 2
        assert box.height < 12


def test_what_is_painted_in_the_foot_is_not_printed_over():
    result = carried(filled((0, 60)), stamps=ALL)
    region = result.stamped.regions[0]
    assert region.y1 < 60
    picture = result.page().get_pixmap(clip=(30, 800, 560, 842))
    assert picture.is_unicolor


def test_on_a_page_painted_all_over_it_has_a_strip_of_its_own():
    result = carried(filled(), stamps=ALL)
    region = result.stamped.regions[0]
    inside = (region.x0 + 1, region.y0 + 1, region.x1 - 1, region.y1 - 1)
    shown = result.page().get_pixmap(clip=inside)
    assert max(shown.samples) == 255
    assert FOOT in lines_of(result)


def test_a_gap_between_what_is_painted_is_found():
    result = carried(filled((806, 822)), stamps=ALL)
    region = result.stamped.regions[0]
    assert region.y0 >= 805
    assert region.y1 <= 823


def test_pixels_outside_the_region_do_not_change():
    data = made(lines("A line", "Another"))
    plain, stamped = carried(data), carried(data, stamps=ALL)
    region: Area = stamped.stamped.regions[0]
    for clip in ((0, 0, 595, region.y0 - 0.5), (0, region.y1 + 0.5, 595, 842)):
        one = plain.page().get_pixmap(clip=clip)
        other = stamped.page().get_pixmap(clip=clip)
        assert one.samples == other.samples


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_it_is_upright_on_turned_and_cropped_pages(rotation):
    document = pymupdf.open("pdf", made(lambda page: page.insert_text((250, 350), "middle")))
    document[0].set_cropbox(pymupdf.Rect(50, 40, 500, 700))
    document[0].set_rotation(rotation)
    result = carried(document.tobytes(), stamps=ALL)
    page = result.page()
    region = result.stamped.regions[0]
    assert page.rect.height - 30 < region.y0 < page.rect.height
    for line in (
        line
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        if "Released" in line["spans"][0]["text"]
    ):
        direction = pymupdf.Point(line["dir"]) * pymupdf.Matrix(rotation)
        assert tuple(direction) == pytest.approx((1, 0), abs=0.01)
        box = pymupdf.Rect(line["bbox"]) * page.rotation_matrix
        assert box.y0 == pytest.approx(region.y0, abs=3)
        break
    else:
        pytest.fail("no stamp on the page")


def test_a_long_reference_and_a_small_page_fit():
    stamps = Stamps(pages=True, reference="R" * 80, released="the Data Protection Act 2018")
    result = carried(made(lines("A"), width=300, height=200), stamps=stamps)
    boxes = lines_of(result)
    left = next(box for text, box in boxes.items() if text.startswith("RRR"))
    right = boxes["Page 1 of 1"]
    assert right.x1 <= 300
    assert "Page 1 of 1" in other_text(result.data)[0]
    assert left.y0 == pytest.approx(right.y0, abs=1)


def test_on_a_tagged_page_it_is_an_artifact():
    result = carried(LETTER, NAME, stamps=ALL)
    assert kinds(result) == kinds(carried(LETTER, NAME))
    inside = []
    depth = None
    for one in pikepdf.parse_content_stream(result.pdf.pages[0]):
        operator = str(one.operator)
        if operator == "BMC" and str(one.operands[0]) == "/Artifact":
            depth = len(inside)
        elif operator == "EMC":
            depth = None
        elif operator in {"Tj", "TJ"} and depth is not None:
            inside.append(str(one.operands[0][0] if operator == "TJ" else one.operands[0]))
    assert FOOT.replace("·", "\xb7") in inside


def test_a_bracket_in_a_reference_stays_text():
    result = carried(made(lines("A")), stamps=Stamps(reference=r"A (1\2) B"))
    assert r"A (1\2) B" in other_text(result.data)[0]


def test_equal_input_gives_equal_bytes():
    data = made(lines("A"), lines("B"))
    assert carried(data, stamps=ALL).data == carried(data, stamps=ALL).data


def test_the_foot_says_what_was_asked_for():
    assert footer_of(Stamps()) == ""
    assert footer_of(Stamps(reference=" X ")) == "X"
    assert footer_of(Stamps(released="EIR 2004")) == "Released under EIR 2004"


def test_the_numbers_on_labels_are_told():
    data = made(lines(f"By {NAME}"), lines(f"Of {NAME}"))
    assert carried(data, NAME, label="s40(2) #3").told.again == ("#3", "#3")
    assert carried(data, NAME).told.again == ()


def test_a_page_without_marks_is_one_paragraph_and_the_margin_is_none_of_it():
    data = made(lines(f"By {NAME}"))
    document = pymupdf.open("pdf", LETTER)
    document.insert_pdf(pymupdf.open("pdf", data))
    result = carried(document.tobytes(), NAME, stamps=ALL)
    texts = spoken_texts(result)
    assert texts[-2:] == ["By ", "redacted, section 40(2)"]
    assert kinds(result)[-3:] == ["-P", "-P", "--Span"]

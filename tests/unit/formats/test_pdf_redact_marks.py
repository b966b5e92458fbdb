"""Redaction marks that another program made and never applied come in as proposals."""

from __future__ import annotations

from typing import Any

import pymupdf
import pytest

from redactor.formats.pdf.opening import open_pdf
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.redact_marks import areas_of_marks, find_marks, marks_of
from redactor.model import PagePlace, Ruling
from tests.unit.formats.pdf_samples import (
    NAME,
    everything_in,
    lines,
    made,
    other_text,
    read,
    rebuilt,
)


def marked(data: bytes, *texts: str, page: int = 0) -> bytes:
    """Mark each text on a page for redaction, as another program would."""
    document = pymupdf.open("pdf", data)
    for text in texts:
        for found in document[page].search_for(text, quads=True):
            document[page].add_redact_annot(found)
    return bytes(document.tobytes())


def with_picture(page: Any) -> None:
    pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 80, 80))
    pixels.set_rect(pixels.irect, (200, 30, 30))
    page.insert_text((60, 80), "Words above")
    page.insert_image(pymupdf.Rect(100, 200, 200, 300), pixmap=pixels)


def test_the_text_under_a_mark_is_proposed_with_its_place_in_the_page():
    (finding,) = read(marked(made(lines("first", f"By {NAME}, kept")), NAME)).proposed
    assert finding.place == PagePlace(0)
    assert finding.text == NAME
    text = read(marked(made(lines("first", f"By {NAME}, kept")), NAME)).segments[0].text
    assert text[finding.start : finding.end] == NAME
    assert (finding.label, finding.score) == ("MANUAL", 1.0)
    assert NAME not in finding.why
    assert "never applied" in finding.why


def test_every_line_under_a_mark_is_a_finding_of_its_own():
    document = pymupdf.open("pdf", made(lines("Alder Brook", "Cedar Dale", "Elm Ford")))
    first = document[0].search_for("Alder")[0] | document[0].search_for("Dale")[0]
    document[0].add_redact_annot(first)
    found = [one.text for one in read(document.tobytes()).proposed]
    assert found == ["Alder Brook", "Cedar Dale"]


def test_two_marks_over_the_same_words_are_one_finding():
    found = read(marked(marked(made(lines(f"By {NAME}")), NAME), NAME)).proposed
    assert [one.text for one in found] == [NAME]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_marks_find_their_text_on_turned_and_cropped_pages(rotation):
    document = pymupdf.open("pdf", made(lines("above", f"By {NAME}, kept")))
    document[0].add_redact_annot(document[0].search_for(NAME)[0])
    document[0].set_cropbox(pymupdf.Rect(30, 40, 500, 700))
    document[0].set_rotation(rotation)
    (finding,) = read(document.tobytes()).proposed
    assert finding.text == NAME


def test_a_mark_without_areas_of_its_own_covers_its_rectangle():
    document = pymupdf.open("pdf", marked(made(lines(f"By {NAME}")), NAME))
    mark = next(document[0].annots())
    document.xref_set_key(mark.xref, "QuadPoints", "null")
    (finding,) = read(document.tobytes()).proposed
    assert finding.text == NAME


def test_a_mark_over_a_picture_is_ruled_on_and_blanked_or_ignored():
    document = pymupdf.open("pdf", made(with_picture))
    document[0].add_redact_annot(pymupdf.Rect(120, 220, 160, 260))
    data = document.tobytes()
    (mark,) = [one for one in read(data).unread if "/mark:" in one.place]
    assert mark.place == "page:1/mark:1"
    assert set(mark.rulings) == {Ruling.LEAVE_OUT, Ruling.RELEASE_AS_SEEN}
    shown = {one.place: Ruling.RELEASE_AS_SEEN for one in read(data).unread}
    kept = rebuilt(data, rulings=shown).files[0].data
    assert pymupdf.open("pdf", kept)[0].get_pixmap().pixel(140, 240)[0] > 150
    out = rebuilt(data, rulings=shown | {mark.place: Ruling.LEAVE_OUT}).files[0].data
    assert pymupdf.open("pdf", out)[0].get_pixmap().pixel(125, 250) != (200, 30, 30)
    assert "Words above" in other_text(out)[0]


def test_a_mark_over_a_picture_with_a_few_letters_on_it_is_ruled_on_as_well():
    def draw(page: Any) -> None:
        with_picture(page)
        page.insert_text((110, 290), "ab")

    document = pymupdf.open("pdf", made(draw))
    document[0].add_redact_annot(pymupdf.Rect(100, 200, 200, 300))
    found = read(document.tobytes())
    assert [one.text for one in found.proposed] == ["ab"]
    assert "page:1/mark:1" in {one.place for one in found.unread}


def test_the_areas_of_marks_are_found_again_by_their_names():
    document = pymupdf.open("pdf", made(lines("one"), lines("two")))
    document[1].add_redact_annot(pymupdf.Rect(100, 200, 200, 300))
    opened = open_pdf(document.tobytes())
    page, box = areas_of_marks(opened)["page:2/mark:1"]
    assert page == 1
    assert [round(one) for one in box] == [100, 200, 200, 300]
    assert areas_of_marks(opened, ["page:2/mark:1", "page:9/mark:1", "page:1/image:1"]) == {
        "page:2/mark:1": (page, box)
    }


def test_what_a_mark_is_accepted_for_is_removed_and_the_mark_is_not_carried():
    data = marked(made(lines(f"By {NAME}", "kept")), NAME)
    out = rebuilt(data, NAME).files[0].data
    assert NAME.split()[1].encode() not in everything_in(out)
    assert not list(pymupdf.open("pdf", out)[0].annots())
    assert "kept" in other_text(out)[0]


def test_marks_with_broken_areas_cover_nothing_and_raise_nothing():
    document = pymupdf.open("pdf", marked(made(lines(f"By {NAME}")), NAME))
    mark = next(document[0].annots())
    for areas, rectangle in (
        ("[1 2 (x)]", "[0 0 0 0]"),
        ("[/A /B]", "(no)"),
        ("[1e30 1e30 -1e30 1e30 1e30 -1e30 0 0]", "[1 2]"),
        ("[" + "0 " * 40 + "]", "null"),
    ):
        document.xref_set_key(mark.xref, "QuadPoints", areas)
        document.xref_set_key(mark.xref, "Rect", rectangle)
        opened = open_pdf(document.tobytes())
        marks = marks_of(opened, 0)
        found = find_marks(opened, 0, PageText(opened[0]))
        assert len(found.unread) <= len(marks) <= 1

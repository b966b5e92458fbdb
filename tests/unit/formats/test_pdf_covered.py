"""A picture with a part under a box is told from one that is shown whole."""

from __future__ import annotations

from typing import Any

import pymupdf
import pytest

from redactor.formats.pdf.covered import covered_pictures
from redactor.formats.pdf.opening import open_pdf, prepare
from redactor.formats.pdf.seen import shows_all_of_its_pictures
from redactor.model import HiddenKind
from tests.unit.formats.pdf_samples import lines, made


def scan() -> Any:
    page = pymupdf.open("pdf", made(lines("Dear Tamsin Oakden"), width=300, height=200))[0]
    return page.get_pixmap(dpi=150)


def page_with(draw: Any) -> Any:
    document = pymupdf.open()
    page = document.new_page(width=300, height=200)
    page.insert_image(page.rect, pixmap=scan())
    draw(page)
    return prepare(open_pdf(document.tobytes())).load_page(0)


def box(page: Any, rect: tuple[int, ...], **look: Any) -> None:
    page.draw_rect(rect, color=None, **look)


HIDES = {
    "black box": lambda page: box(page, (55, 65, 200, 90), fill=(0, 0, 0)),
    "white box": lambda page: box(page, (55, 65, 200, 90), fill=(1, 1, 1)),
    "shape": lambda page: page.draw_circle((100, 78), 30, color=None, fill=(1, 0, 0)),
    "thick line": lambda page: page.draw_line((55, 77), (200, 77), color=(0, 0, 0), width=20),
    "box with a label": lambda page: (
        box(page, (55, 65, 200, 90), fill=(0, 0, 0)),
        page.insert_text((60, 80), "REDACTED", fontsize=9, color=(1, 1, 1)),
    ),
    "another picture": lambda page: page.insert_image(
        (50, 60, 200, 100), pixmap=scan(), keep_proportion=False
    ),
}
SHOWS = {
    "nothing": lambda _: None,
    "box on the margin": lambda page: box(page, (100, 120, 200, 180), fill=(0, 0, 1)),
    "text": lambda page: page.insert_text((60, 150), "Received", fontsize=14),
    "thin line": lambda page: page.draw_line((55, 77), (200, 77), color=(1, 0, 0), width=0.5),
    "frame": lambda page: page.draw_rect((55, 65, 200, 90), color=(1, 0, 0), width=1),
    "veil": lambda page: box(page, (55, 65, 200, 90), fill=(1, 1, 0), fill_opacity=0.4),
}


@pytest.mark.parametrize("name", HIDES)
def test_a_part_under_a_cover_is_hidden(name):
    page = page_with(HIDES[name])
    assert not shows_all_of_its_pictures(page)
    (one,) = covered_pictures(page)
    assert (one.kind, one.part) == (HiddenKind.PICTURE, "picture under a box, page 1")


@pytest.mark.parametrize("name", SHOWS)
def test_what_hides_nothing_is_let_be(name):
    page = page_with(SHOWS[name])
    assert covered_pictures(page) == []
    assert shows_all_of_its_pictures(page)


def test_a_picture_behind_a_soft_mask_is_not_shown_whole():
    document = pymupdf.open()
    page = document.new_page(width=300, height=200)
    page.insert_image(page.rect, pixmap=scan())
    mask = document.get_new_xref()
    document.update_object(
        mask,
        "<</Type/XObject/Subtype/Form/BBox[0 0 300 200]/Group<</S/Transparency/CS/DeviceGray>>>>",
    )
    document.update_stream(mask, b"1 g 0 0 100 200 re f")
    state = f"<</M<</SMask<</S/Luminosity/G {mask} 0 R>>>>>>"
    resources = int(document.xref_get_key(page.xref, "Resources")[1].split()[0])
    document.xref_set_key(resources, "ExtGState", state)
    (content,) = page.get_contents()
    document.update_stream(content, b"/M gs " + page.read_contents())
    assert not shows_all_of_its_pictures(prepare(open_pdf(document.tobytes())).load_page(0))

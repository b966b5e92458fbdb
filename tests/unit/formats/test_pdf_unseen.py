"""What lies on a page and is not seen is found with its reason; what is seen is left alone."""

from __future__ import annotations

from typing import Any

import pymupdf
import pytest

from redactor.formats.pdf.opening import open_pdf, prepare
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.unseen import Reason, as_hidden, hides_on, why_unseen
from redactor.model import HiddenKind
from tests.unit.formats.pdf_samples import lines, made, with_content

GREY = "/ExtGState<</A0<</ca 0/CA 0>>/A3<</ca .3>>/A1<</ca 1>>/Mul<</BM/Multiply>>>>"
SHADE = (
    "/Shading<</S<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 400 0]/Extend[true true]"
    "/Function<</FunctionType 2/Domain[0 1]/C0[0]/C1[.6]/N 1>>>>>>"
    "/Pattern<</P<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceGray"
    "/Coords[0 0 400 0]/Extend[true true]/Function<</FunctionType 2/Domain[0 1]/C0[0]/C1[.6]/N 1"
    ">>>>>>>>"
)


def page_of(data: bytes) -> Any:
    """Open a PDF as it is opened for reading, and give its first page."""
    document = prepare(open_pdf(data))
    return document.load_page(0)


def text_at(y: int, text: str, size: int = 12, before: str = "") -> str:
    return f"BT {before} /F1 {size} Tf 20 {y} Td ({text}) Tj ET "


def found_in(content: str, extra: str = GREY) -> tuple[str, dict[Reason, str]]:
    """Give the text that is seen, and the text that is not by its reason."""
    page = page_of(with_content(content.encode(), extra=extra))
    unseen: dict[Reason, str] = {}
    for one in why_unseen(page):
        unseen[one.reason] = (unseen.get(one.reason, "") + " " + one.text.strip()).strip()
    text = PageText(page, hides=hides_on(page))
    apart = " ".join(line.text.strip() for line in text.unseen)
    assert sorted(apart.split()) == sorted(" ".join(unseen.values()).split())
    return " ".join(text.text.split()), unseen


PLAIN = text_at(260, "Dear Tamsin")

HIDDEN = {
    "invisible": (text_at(200, "Oakden lane", before="3 Tr"), Reason.INVISIBLE),
    "clear": ("q /A0 gs " + text_at(200, "Oakden lane") + "Q", Reason.INVISIBLE),
    "clip without paint": (
        "q " + text_at(200, "Oakden lane", before="7 Tr") + "Q",
        Reason.INVISIBLE,
    ),
    "white": ("1 g " + text_at(200, "Oakden lane"), Reason.WHITE),
    "nearly white": (".99 g " + text_at(200, "Oakden lane"), Reason.WHITE),
    "black on black": ("10 190 200 30 re f " + text_at(200, "Oakden lane"), Reason.SAME_COLOUR),
    "red on red": (
        "1 0 0 rg 10 190 200 30 re f " + text_at(200, "Oakden lane"),
        Reason.SAME_COLOUR,
    ),
    "under a black box": (text_at(200, "Oakden lane") + "10 190 200 30 re f", Reason.COVERED),
    "under a white box": (text_at(200, "Oakden lane") + "1 g 10 190 200 30 re f", Reason.COVERED),
    "under a thick line": (
        text_at(200, "Oakden lane") + "20 w 10 204 m 210 204 l S",
        Reason.COVERED,
    ),
    "under many thin lines": (
        text_at(200, "Oakden lane") + " ".join(f"10 {196 + n / 2} 200 1.4 re f" for n in range(28)),
        Reason.COVERED,
    ),
    "under a shade": (
        text_at(200, "Oakden lane") + "q 10 190 200 30 re W n /S sh Q",
        Reason.COVERED,
    ),
    "under a picture": (
        text_at(200, "Oakden lane")
        + "q 200 0 0 30 10 190 cm BI /W 2 /H 1 /CS /G /BPC 8 ID \x10\x40 EI Q",
        Reason.COVERED,
    ),
    "under a shape": (
        text_at(200, "Oakden lane") + "10 190 m 210 190 l 215 205 l 210 225 l 10 225 l f",
        Reason.COVERED,
    ),
    "tiny": ("BT /F1 .6 Tf 20 200 Td (Oakden lane) Tj ET", Reason.TINY),
    "squeezed": (text_at(200, "Oakden lane", before="1 Tz"), Reason.TINY),
    "clipped away": ("q 0 0 50 50 re W n " + text_at(200, "Oakden lane") + "Q", Reason.CUT_OFF),
    "just above the page": (text_at(302, "Oakden lane", size=40), Reason.CUT_OFF),
    "clipped to nothing": (
        "q 0 0 0 0 re W n " + text_at(200, "Oakden lane") + "Q",
        Reason.CUT_OFF,
    ),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_text_that_cannot_be_seen_is_found_with_its_reason(name):
    content, reason = HIDDEN[name]
    seen, unseen = found_in(PLAIN + content, GREY + SHADE)
    assert seen == "Dear Tamsin"
    assert unseen == {reason: "Oakden lane"}


SEEN = {
    "plain": PLAIN,
    "outlined": text_at(200, "Oakden", before="1 Tr"),
    "filled and outlined": text_at(200, "Oakden", before="2 Tr"),
    "drawn twice": text_at(200, "Oakden") + "BT /F1 12 Tf 20.3 200 Td (Oakden) Tj ET",
    "drawn twice in one place": text_at(200, "Oakden") + text_at(200, "Oakden"),
    "with a shadow": ".8 g BT /F1 12 Tf 21 199 Td (Oakden) Tj ET 0 g " + text_at(200, "Oakden"),
    "white on a dark heading": "0 0 .5 rg 10 190 200 30 re f 1 g " + text_at(200, "Oakden"),
    "black on a light row": ".9 g 10 190 200 30 re f 0 g " + text_at(200, "Oakden"),
    "light grey": ".85 g " + text_at(200, "Oakden", size=7),
    "over a shade": "q 10 190 200 30 re W n /S sh Q 1 g " + text_at(200, "Oakden"),
    "over a picture": "q 200 0 0 30 10 190 cm BI /W 2 /H 1 /CS /G /BPC 8 ID \x10\x40 EI Q 1 g "
    + text_at(200, "Oakden"),
    "highlighted by blending": text_at(200, "Oakden") + "/Mul gs 1 1 0 rg 10 190 200 30 re f",
    "under a veil": text_at(200, "Oakden") + "/A3 gs 10 190 200 30 re f",
    "underlined": text_at(200, "Oakden") + "10 198 200 .8 re f",
    "struck out": text_at(200, "Oakden") + "10 204 200 .8 re f 10 203 m 200 203 l S",
    "in a frame": text_at(200, "Oakden") + "10 190 200 30 re S",
    "in a clip that lets it through": "q 10 190 200 30 re W n " + text_at(200, "Oakden") + "Q",
    "filled with a pattern": "/Pattern cs /P scn " + text_at(200, "Oakden", size=24),
    "a clip with paint": "q "
    + text_at(200, "Oakden", size=24, before="7 Tr")
    + "0 0 400 300 re f Q",
    "small print": text_at(200, "Oakden", size=4),
}


@pytest.mark.parametrize("name", SEEN)
def test_text_that_can_be_seen_is_left_alone(name):
    seen, unseen = found_in(SEEN[name], GREY + SHADE)
    assert unseen == {}
    assert "Oakden" in seen or name == "plain"


def test_half_a_word_under_a_box_is_half_seen():
    seen, unseen = found_in(text_at(200, "Oakden", size=20) + "52 190 200 30 re f")
    assert (seen, unseen) == ("Oak", {Reason.COVERED: "den"})


def test_an_ordinary_page_hides_nothing_and_needs_no_pixels():
    page = page_of(made(lines(*["an ordinary line of a letter"] * 30)))
    assert hides_on(page) is None
    assert why_unseen(page) == []


def test_letters_that_are_drawings_are_seen():
    content = "BT /T3 20 Tf 20 200 Td (aa) Tj ET " + text_at(100, "Oakden")
    page = page_of(with_drawn_letter(content, b"1000 0 d0 0 0 750 750 re f"))
    assert hides_on(page) is None


def test_letters_that_are_drawings_and_invisible_are_not():
    content = "BT /T3 20 Tf 3 Tr 20 200 Td (aa) Tj ET " + text_at(100, "Oakden", before="0 Tr")
    page = page_of(with_drawn_letter(content, b"1000 0 d0 0 0 750 750 re f"))
    assert [(one.reason, one.text) for one in why_unseen(page)] == [(Reason.INVISIBLE, "aa")]


def with_drawn_letter(content: str, drawing: bytes) -> bytes:
    document = pymupdf.open("pdf", with_content(content.encode()))
    page = document[0]
    procedure, font = document.get_new_xref(), None
    document.update_object(procedure, "<<>>")
    document.update_stream(procedure, drawing)
    font = document.get_new_xref()
    document.update_object(
        font,
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[.001 0 0 .001 0 0]"
        f"/CharProcs<</a {procedure} 0 R>>/Encoding<</Type/Encoding/Differences[97/a]>>"
        "/FirstChar 97/LastChar 97/Widths[1000]/Resources<<>>>>",
    )
    document.xref_set_key(page.xref, "Resources/Font/T3", f"{font} 0 R")
    data: bytes = document.tobytes()
    return data


@pytest.mark.parametrize(("grey", "is_seen"), [("0", False), (".5", True)])
def test_text_behind_a_soft_mask_is_seen_as_far_as_the_mask_lets_it_through(grey, is_seen):
    document = pymupdf.open(
        "pdf", with_content((PLAIN + "/M gs " + text_at(200, "Oakden")).encode())
    )
    mask = document.get_new_xref()
    document.update_object(
        mask,
        "<</Type/XObject/Subtype/Form/BBox[0 0 400 300]/Group<</S/Transparency/CS/DeviceGray>>>>",
    )
    document.update_stream(mask, f"{grey} g 0 0 400 300 re f".encode())
    state = f"<</M<</SMask<</S/Luminosity/G {mask} 0 R>>>>>>"
    document.xref_set_key(document[0].xref, "Resources/ExtGState", state)
    found = [one.text for one in why_unseen(page_of(document.tobytes()))]
    assert found == ([] if is_seen else ["Oakden"])


@pytest.mark.parametrize("over", [True, False])
def test_the_text_of_a_scanner_is_not_seen(over):
    document = pymupdf.open()
    page = document.new_page(width=300, height=200)
    picture = pymupdf.open("pdf", made(lines("Dear Tamsin Oakden"), width=300, height=200))[0]
    pixmap = picture.get_pixmap(dpi=100)
    if over:
        page.insert_image(page.rect, pixmap=pixmap)
    page.insert_text((60, 80), "Dear Tamsin Oakden", fontsize=11, render_mode=3 if over else 0)
    if not over:
        page.insert_image(page.rect, pixmap=pixmap)
    found = why_unseen(page_of(document.tobytes()))
    reason = Reason.INVISIBLE if over else Reason.COVERED
    assert [(one.reason, one.text.strip()) for one in found] == [(reason, "Dear Tamsin Oakden")]


def test_what_is_not_seen_is_listed_by_its_reason():
    content = (
        "q "
        + text_at(200, "Oakden")
        + "10 190 200 30 re f Q "
        + text_at(100, "lane", before="3 Tr")
    )
    page = page_of(with_content(content.encode()))
    assert [(one.kind, one.part, one.text) for one in as_hidden(2, why_unseen(page))] == [
        (HiddenKind.COVERED_TEXT, "text under a box, page 3", "Oakden"),
        (HiddenKind.HIDDEN_TEXT, "invisible text, page 3", "lane"),
    ]


def test_glyphs_are_hidden_however_their_boxes_are_measured():
    page = page_of(with_content(("1 g " + text_at(200, "Oakden") + "0 g " + PLAIN).encode()))
    hides = hides_on(page)
    for accurate in (False, True):
        assert PageText(page, accurate=accurate, hides=hides).text.strip() == "Dear Tamsin"

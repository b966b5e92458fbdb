"""Text is taken out of a page and its lines are set in one go, where the page allows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pymupdf
import pypdfium2
import pytest

from redactor.formats.base import Spot
from redactor.formats.pdf import removal
from redactor.formats.pdf.exact import PageCopy
from redactor.formats.pdf.opening import open_pdf, prepare
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.plain_sight import is_in_plain_sight
from redactor.formats.pdf.redaction import order_for
from redactor.formats.pdf.setting import Setting
from redactor.formats.pdf.setting.fonts import fonts_of
from tests.unit.formats.pdf_samples import rebuilt

NAME = "Quillfeather"
TWO_FONTS = (
    "<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    "/F2<</Type/Font/Subtype/Type1/BaseFont/Times-Bold>>>>"
)


def typed(*lines: str) -> bytes:
    document = pymupdf.open()
    page = document.new_page(width=400, height=300)
    for number, line in enumerate(lines):
        page.insert_text((40, 60 + 20 * number), line)
    data: bytes = document.tobytes()
    return data


def drawn(instructions: str) -> bytes:
    """Make a page from its instructions, with the fonts F1 and F2."""
    document = pymupdf.open()
    page = document.new_page(width=400, height=300)
    document.xref_set_key(page.xref, "Resources", f"<</Font {TWO_FONTS}>>")
    stream = document.get_new_xref()
    document.update_object(stream, "<<>>")
    document.update_stream(stream, instructions.encode("latin-1"), compress=False)
    document.xref_set_key(page.xref, "Contents", f"{stream} 0 R")
    data: bytes = document.tobytes()
    return data


def removed(data: bytes, pattern: str = NAME) -> Any:
    """Take every match out of the first page; give the page as it is then."""
    document = prepare(open_pdf(data))
    text = PageText(document.load_page(0))
    spots = [Spot(one.start(), one.end(), "s40(2)") for one in re.finditer(pattern, text.text)]
    assert spots
    order = order_for(text, spots, ())
    with fonts_of(document) as fonts:
        assert removal.remove_and_set(document, 0, text, order, "box", fonts) is not None
    return document.load_page(0)


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which way text goes: taken out by us, or removed by the library."""
    taken: list[str] = []

    def noting(name: str, way: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*arguments: Any) -> Any:
            result = way(*arguments)
            if result:
                taken.append(name)
            return result

        return noted

    monkeypatch.setattr(Setting, "take_out_and_set", noting("taken out", Setting.take_out_and_set))
    monkeypatch.setattr(removal, "_remove_and_set", noting("strips", removal._remove_and_set))
    monkeypatch.setattr(removal, "redact_page", noting("by steps", removal.redact_page))
    return taken


def pixels(data: bytes) -> bytes:
    document = pypdfium2.PdfDocument(data)
    try:
        painted: bytes = document[0].render(scale=2).to_pil().tobytes()
    finally:
        document.close()
    return painted


# --- the ways agree ------------------------------------------------------------------------------


def test_a_typed_page_is_painted_the_same_whichever_way_it_went(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = typed(
        f"Seen by Mr {NAME} on the day, and by Mr {NAME}'s wife",
        f"{NAME}, and others who were there",
        "Nothing was said of it afterwards",
    )
    at_once = pixels(rebuilt(data, NAME).files[0].data)
    monkeypatch.setattr(Setting, "take_out_and_set", lambda *_: False)
    by_strips = pixels(rebuilt(data, NAME).files[0].data)
    monkeypatch.setattr(removal, "_at_once", lambda *_: None)
    by_steps = pixels(rebuilt(data, NAME).files[0].data)
    assert hash(at_once) == hash(by_strips) == hash(by_steps)


def test_text_is_taken_out_of_a_typed_page_in_one_go(ways: list[str]) -> None:
    page = removed(typed(f"Seen by Mr {NAME}'s wife (born {NAME}) on the day"))
    assert page.get_text().split() == [
        "Seen",
        "by",
        "Mr",
        "'s",
        "wife",
        "(born",
        ")",
        "on",
        "the",
        "day",
    ]
    assert ways == ["taken out"]


@pytest.mark.parametrize(
    "instructions",
    [
        f"BT /F1 12 Tf 40 200 Td (Seen by {NAME} today) Tj ET % {NAME}",
        f"BT /F1 12 Tf 40 200 Td (Seen by {NAME} today) Tj % {NAME}\n ET",
        f"BT /F1 % {NAME}\n 12 Tf 40 200 Td (Seen by {NAME} today) Tj ET",
        f"({NAME}) Xx BT /F1 12 Tf 40 200 Td (Seen by {NAME} today) Tj ET",
        f"[({NAME})] 0 d BT /F1 12 Tf 40 200 Td (Seen by {NAME} today) Tj ET",
    ],
    ids=["a comment at the end", "between", "within", "an unknown operator", "an array"],
)
def test_words_beside_what_is_shown_are_not_copied(instructions: str) -> None:
    page = removed(drawn(instructions))
    assert page.get_text().split() == ["Seen", "by", "today"]
    assert NAME.encode() not in page.read_contents()


def test_a_copy_of_a_name_painted_over_itself_goes_too(ways: list[str]) -> None:
    shown = f"40 200 Td (Seen by {NAME} today) Tj 0.3 0 Td (Seen by {NAME} today) Tj"
    page = removed(drawn(f"BT /F1 12 Tf {shown} ET"))
    assert NAME.encode() not in page.read_contents()
    assert "feather" not in page.get_text()


def test_a_page_is_left_to_the_library_where_its_proof_fails(
    ways: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removal, "says_what_stays", lambda *_: False)
    page = removed(typed(f"Seen by {NAME} today"))
    assert page.get_text().split() == ["Seen", "by", "today"]
    assert ways == ["taken out", "strips", "by steps"]


@pytest.mark.parametrize("inherited", [False, True])
def test_a_page_refers_to_what_it_had_before_the_library_has_its_turn(
    ways: list[str], monkeypatch: pytest.MonkeyPatch, *, inherited: bool
) -> None:
    document = pymupdf.open("pdf", drawn(f"BT /F1 12 Tf 40 200 Td (Seen by {NAME} today) Tj ET"))
    if inherited:
        page, pages = document[0].xref, document.xref_get_key(document[0].xref, "Parent")[1]
        own = document.xref_get_key(page, "Resources")[1]
        document.xref_set_key(int(pages.split()[0]), "Resources", own)
        document.xref_set_key(page, "Resources", "null")
    before: list[tuple[bytes, str]] = []

    def looked_at(page: Any) -> Any:
        before.append((page.read_contents(), page.parent.xref_get_key(page.xref, "Resources")[0]))
        return kept(page)

    kept = PageCopy.of
    monkeypatch.setattr(PageCopy, "of", looked_at)
    monkeypatch.setattr(removal, "says_what_stays", lambda *_: False)
    removed(document.tobytes())
    assert ways[:2] == ["taken out", "strips"]
    assert [(NAME.encode() in content, kind) for content, kind in before[:1]] == [
        (True, "null" if inherited else "dict")
    ]


def test_text_of_a_form_is_left_to_the_library(ways: list[str]) -> None:
    inner = pymupdf.open("pdf", typed(f"Seen by {NAME} today"))
    document = pymupdf.open()
    document.new_page(width=400, height=300).show_pdf_page(pymupdf.Rect(0, 0, 400, 300), inner, 0)
    page = removed(document.tobytes())
    assert page.get_text().split() == ["Seen", "by", "today"]
    assert "taken out" not in ways


# --- nothing is left that tells ------------------------------------------------------------------


def test_a_font_in_which_only_the_name_was_shown_goes_with_it(ways: list[str]) -> None:
    page = removed(
        drawn(
            f"BT /F1 12 Tf 40 200 Td (Seen by ) Tj /F2 12 Tf ({NAME}) Tj /F1 12 Tf ( today) Tj ET"
        )
    )
    assert ways == ["taken out"]
    assert [font[3] for font in page.get_fonts()] == ["Helvetica"]
    assert b"F2" not in page.read_contents()


def test_the_colour_and_the_brackets_of_a_name_go_with_it(ways: list[str]) -> None:
    name = f"q 1 0 0 rg BT /F1 12 Tf 1 0 0 1 90 200 Tm ({NAME}) Tj ET Q"
    page = removed(
        drawn(f"BT /F1 12 Tf 40 200 Td (Seen by ) Tj ET {name} BT /F1 12 Tf 40 170 Td (Then) Tj ET")
    )
    assert ways == ["taken out"]
    contents = page.read_contents()
    assert b"rg" not in contents
    assert contents.count(b"BT") == contents.count(b"ET") == 2
    assert b"q" not in contents.split()


def test_a_font_that_is_set_for_nothing_and_then_needed_is_still_set() -> None:
    page = removed(
        drawn(
            f"/F2 12 Tf q BT 40 200 Td /F1 12 Tf ({NAME}) Tj ET Q BT 40 170 Td (Seen today) Tj ET"
        )
    )
    assert page.get_text().split() == ["Seen", "today"]
    assert [font[3] for font in page.get_fonts()] == ["Times-Bold"]


def test_an_end_without_a_beginning_is_left_to_the_library(ways: list[str]) -> None:
    page = removed(drawn(f"0 0 1 rg Q BT /F1 12 Tf 40 200 Td (Seen by {NAME} today) Tj ET"))
    assert page.get_text().split() == ["Seen", "by", "today"]
    assert "taken out" not in ways


def test_a_box_stands_on_the_line_of_its_own_column() -> None:
    data = drawn(
        f"BT /F1 10 Tf 1 0 0 1 40 200 Tm (Seen by somebody whose name was {NAME}) Tj"
        " 1 0 0 1 300 199.78 Tm (The other) Tj ET"
    )
    (box,) = rebuilt(data, NAME).changes.boxes
    assert box.y0 == pytest.approx(300 - 200 - 9, abs=0.01)


# --- pages of plain text -------------------------------------------------------------------------


def is_plain(data: bytes) -> bool:
    page = prepare(open_pdf(data)).load_page(0)
    return is_in_plain_sight(page, PageText(page))


def test_a_typed_page_shows_all_its_text() -> None:
    assert is_plain(typed("Minutes of the meeting", "We were there"))


@pytest.mark.parametrize(
    "hiding",
    [
        "1 g (Hidden) Tj",
        "1 1 1 rg (Hidden) Tj",
        "3 Tr (Hidden) Tj",
        "/F1 0.5 Tf (Hidden) Tj",
        "1 0 0 1 390 100 Tm (Hidden) Tj",
        "1 0 0 1 600 100 Tm (Hidden) Tj",
        "(Hidden) Tj ET 30 80 300 40 re f BT",
        "(Hidden) Tj ET 0 0 m 100 100 l 100 0 l f BT",
        "ET 0 0 10 10 re W n BT /F1 12 Tf 40 100 Td (Hidden) Tj",
        "ET 0 0 10 10 re W* n BT /F1 12 Tf 40 100 Td (Hidden) Tj",
        "(Hidden) Tj ET q 99 0 0 99 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q BT",
    ],
)
def test_a_page_with_anything_that_may_hide_text_is_looked_at(hiding: str) -> None:
    assert is_plain(drawn("BT /F1 12 Tf 40 200 Td (Seen) Tj ET"))
    assert not is_plain(drawn(f"BT /F1 12 Tf 40 200 Td (Seen) Tj 1 0 0 1 40 100 Tm {hiding} ET"))

"""What a gate that looks at pages in bulk could pass over. Everybody is invented."""

from __future__ import annotations

import numpy as np
import pikepdf
import pytest

from redactor.model import Area, PageChanges
from redactor.release.verify import pdf_pages
from redactor.release.verify.pdf_boxes import Labels
from tests.attack.test_verify_pdf_pages import (
    _BLACK,
    _BOX,
    _CHANGES,
    _ORIGINAL,
    _PRINTED,
    _RELEASE,
    pages_of,
    pdf,
    picture_of_text,
    proved,
    saved,
)
from tests.attack.verify_kit import NAME, failed, pdf_with, places

_UNSEEN = b" BT 3 Tr /F1 12 Tf %s 300 Td (set by a program) Tj ET"


def _read_by_pdfium(report: object) -> set[str]:
    return {one.where for one in report.leaks if one.engine.startswith("pypdfium2")}  # type: ignore[attr-defined]


# --- letters that no pixel shows -----------------------------------------------------------------


def test_text_that_nobody_sees_may_not_move() -> None:
    report = proved(pdf(_RELEASE + _UNSEEN % b"74"), pdf(_ORIGINAL + _UNSEEN % b"72"))
    assert failed(report) == {"letters did not move"}
    assert proved(pdf(_RELEASE + _UNSEEN % b"72"), pdf(_ORIGINAL + _UNSEEN % b"72")).ok


def test_white_text_may_not_come() -> None:
    white = b" BT 1 g /F1 12 Tf 72 300 Td (nothing that is withheld) Tj ET"
    assert failed(proved(pdf(_RELEASE + white))) == {"letters did not move"}


def test_text_that_only_a_screen_reader_is_told_may_not_come() -> None:
    told = b" /Span <</ActualText(the complainant)>> BDC BT /F1 12 Tf 72 300 Td (x) Tj ET EMC"
    assert "letters did not move" in failed(proved(pdf(_RELEASE + told)))


def test_letters_that_change_places_are_other_words() -> None:
    turned = _RELEASE.replace(b"on a Tuesday", b"no a Tuesday")
    assert "letters did not move" in failed(proved(pdf(turned)))


@pytest.mark.parametrize(
    ("height", "stays"), [(b"650.45", True), (b"649.55", True), (b"650.6", False)]
)
def test_a_word_may_move_by_half_a_point_over_any_height(height: bytes, stays: bool) -> None:
    # Words are looked up by rows of one point: those of 842 - 650 meet at this very height.
    assert proved(pdf(_RELEASE.replace(b"72 650", b"72 " + height))).ok == stays


def test_a_word_among_many_equal_ones_is_missed() -> None:
    row = b" BT 0 g /F1 6 Tf 72 300 Td (" + b". " * 60 + b") Tj ET"
    less = row.replace(b". ) Tj", b") Tj")
    assert proved(pdf(_RELEASE + row), pdf(_ORIGINAL + row)).ok
    assert "letters did not move" in failed(proved(pdf(_RELEASE + less), pdf(_ORIGINAL + row)))


# --- boxes ---------------------------------------------------------------------------------------


def test_text_under_a_box_is_found_though_a_label_comes_first() -> None:
    after = _RELEASE + b" BT 3 Tr /F1 4 Tf 170 702 Td (Ms Q.) Tj ET"
    assert "boxes hide all" in failed(proved(pdf(after)))


def test_letters_of_almost_no_width_under_a_box_are_found() -> None:
    thin = _RELEASE + b" BT 1 Tz 3 Tr /F1 4 Tf 170 702 Td (Doctor) Tj ET"
    assert "boxes hide all" in failed(proved(pdf(thin)))


def test_more_text_under_a_box_than_a_label_could_hold_is_read_to_its_end() -> None:
    labels = b"BT 1 g /F1 0.4 Tf 72 702 Td " + b"(s40\\(2\\) ) Tj " * 60
    tall = Area(0, 70, 128, 196, 146)
    changes = PageChanges(boxes=(tall,), regions=(tall,))
    lines = _RELEASE.replace(_PRINTED, labels + b"ET ")
    assert "boxes hide all" not in failed(proved(pdf(lines), changes=changes))
    more = _RELEASE.replace(_PRINTED, labels + b"(Doctor) Tj ET ")
    assert "boxes hide all" in failed(proved(pdf(more), changes=changes))


def test_one_box_of_many_that_lets_something_through_is_found() -> None:
    boxes = tuple(Area(0, 70 + 30 * at, 442, 90 + 30 * at, 460) for at in range(12))
    drawn = b"".join(b" q 0 g %d 382 20 18 re f Q" % (70 + 30 * at) for at in range(12))
    changes = PageChanges(boxes=(_BOX, *boxes), regions=(_BOX, *boxes))
    assert proved(pdf(_RELEASE + drawn), changes=changes).ok
    through = drawn + b" q 0.5 g 284 385 3 12 re f Q"
    assert failed(proved(pdf(_RELEASE + through), changes=changes)) == {"boxes hide all"}


# --- pages that are read on the way --------------------------------------------------------------


def test_a_page_that_is_left_out_is_searched_like_any_other() -> None:
    original = saved(pdf_with(_ORIGINAL, _ORIGINAL))
    released = saved(
        pdf_with(_RELEASE, b"BT 3 Tr /F1 12 Tf 72 700 Td (" + NAME.encode() + b") Tj ET")
    )
    report = proved(released, original, PageChanges((_BOX,), (_BOX,), blanks=(1,)))
    assert _read_by_pdfium(report) == {"page 2"}


def test_the_name_is_found_though_the_comparison_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise RuntimeError("for the test")

    monkeypatch.setattr(pdf_pages, "letter_changes", stop)
    report = proved(pdf(_RELEASE + b" BT 3 Tr /F1 9 Tf 72 300 Td (Zephyrine Quibbleton) Tj ET"))
    assert "engine could read the file" in failed(report)
    assert _read_by_pdfium(report) == {"page 1"}


def test_half_a_character_within_a_name_hides_it_from_nobody() -> None:
    def with_half(content: bytes) -> bytes:
        document = pdf_with(content)
        font = document.pages[0].obj.Resources.Font.F1
        codes = b"".join(b"<%02X> <%04X>\n" % (code, code) for code in range(32, 126))
        font.ToUnicode = document.make_stream(
            b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
            b"95 beginbfchar\n" + codes + b"<7E> <D800>\nendbfchar endcmap"
        )
        return saved(document)

    half = b" BT 3 Tr /F1 9 Tf 72 300 Td (Zephyrine Quib~bleton) Tj ET"
    report = proved(with_half(_RELEASE + half), with_half(_ORIGINAL))
    assert _read_by_pdfium(report) == {"page 1"}


def test_a_picture_within_a_form_is_read_under_its_box() -> None:
    def in_form(drawn: bytes) -> bytes:
        document = pdf_with(b"/Scan Do " + drawn)
        scan = picture_of_text(_ORIGINAL)
        picture = document.make_stream(np.ascontiguousarray(scan).tobytes())
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Height, picture.Width = scan.shape
        picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        form = document.make_stream(b"q 595 0 0 842 0 0 cm /P Do Q")
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array([0, 0, 595, 842])
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
        document.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Scan=form)
        return saved(document)

    report = proved(in_form(_BLACK + _PRINTED), in_form(b""), _CHANGES)
    assert "no text in the pixels of boxes" in failed(report)
    assert "page 1, pixels of a picture" in places(report)


def test_an_instruction_that_is_none_is_a_fault_of_its_page() -> None:
    strange = _RELEASE + b" (Doctor) endstre\xa7m"
    assert "page content in order" in failed(proved(pdf(strange)))


def test_faults_are_told_of_the_pages_that_have_them() -> None:
    moved = _RELEASE.replace(b"72 650", b"80 650")
    original, released = pdf_with(*[_ORIGINAL] * 3), pdf_with(_RELEASE, moved, _RELEASE)
    boxes = tuple(Area(page, 70, 128, 196, 146) for page in range(3))
    report = proved(saved(released), saved(original), PageChanges(boxes, boxes))
    assert pages_of(report, "letters did not move") == (1,)
    assert pages_of(report, "pages look the same") == (1,)


def test_a_number_that_follows_a_box_on_its_line_is_no_part_of_what_is_said_of_the_box() -> None:
    labels = Labels(("s40(2)", "s38(1)(a)"))
    assert labels.taken_out("redacted,section40(2),27PoplarLane") == ",27PoplarLane"
    assert labels.taken_out("redacted,section38(1)(a)and40(2)") == ""
    assert labels.taken_out("redacted,section41") == ",section41"

"""A release beside its original: each step finds a fault that the others pass over.

Originals and releases are made here, with what a careless rebuild does to a page planted in one of
them. Everybody is invented.
"""

from __future__ import annotations

import io

import numpy as np
import pikepdf
import pytest

from redactor.model import Area, PageChanges, Stamps
from redactor.release.verify import Against, VerificationReport, verify_file
from redactor.release.verify.pdf_drawing import Sheet, opened
from tests.attack.verify_kit import NAME, failed, pdf_bytes, pdf_with, places, withheld

_LABEL = "s40(2)"
#: Where the name stands, and its box: 72 to 190 points from the left, on the line at 700.
_BOX = Area(0, 70, 128, 196, 146)
_NAMED = b"BT /F1 12 Tf 72 700 Td (Zephyrine Quibbleton) Tj ET"
_LINES = b"BT /F1 12 Tf 72 650 Td (The allegation was heard) Tj 0 -20 Td (on a Tuesday.) Tj ET"
_ORIGINAL = _NAMED + b" " + _LINES
_BLACK = b"q 0 g 70 696 126 18 re f Q "
_PRINTED = b"BT 1 g /F1 7 Tf 120 702 Td (s40\\(2\\)) Tj ET "
_RELEASE = _LINES + b" " + _BLACK + _PRINTED
_CHANGES = PageChanges(boxes=(_BOX,), regions=(_BOX,))


def pdf(content: bytes) -> bytes:
    return saved(pdf_with(content))


def saved(document: pikepdf.Pdf) -> bytes:
    return pdf_bytes(document, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def proved(
    release: bytes,
    original: bytes | None = None,
    changes: PageChanges = _CHANGES,
    *,
    stamps: Stamps | None = None,
) -> VerificationReport:
    against = Against(
        pdf(_ORIGINAL) if original is None else original,
        changes,
        frozenset({_LABEL}),
        stamps or Stamps(),
    )
    return verify_file("a.pdf", release, withheld(NAME), strict=True, against=against)


def pages_of(report: VerificationReport, name: str) -> tuple[int, ...]:
    return next(one.pages for one in report.checks if one.name == name and not one.ok)


def picture_of_text(content: bytes, dpi: float = 150) -> np.ndarray:
    """Draw text, so that there is a scan with it."""
    with opened(pdf(content)) as document:
        sheet = Sheet(document, 0)
        pixels, _ = sheet.drawn(dpi)
        sheet.close()
    return pixels


def with_picture(content: bytes, pixels: np.ndarray) -> bytes:
    """Make a page with a picture all over it, and something drawn on that."""
    document = pdf_with(b"q 595 0 0 842 0 0 cm /Scan Do Q " + content)
    picture = document.make_stream(pixels.tobytes())
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Height, picture.Width = pixels.shape
    picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    document.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Scan=picture)
    return saved(document)


def test_a_careful_release_passes_every_step() -> None:
    report = proved(pdf(_RELEASE))
    assert report.ok, failed(report) or report.leaks


# --- letters -------------------------------------------------------------------------------------


def test_a_letter_that_moved_by_less_than_a_pixel_is_found_by_its_origin_alone() -> None:
    moved = _RELEASE.replace(b"72 650", b"72.6 650")
    report = proved(pdf(moved))
    assert failed(report) == {"letters did not move"}
    assert pages_of(report, "letters did not move") == (0,)


def test_a_letter_that_moved_by_less_than_half_a_point_is_where_it_was() -> None:
    assert proved(pdf(_RELEASE.replace(b"72 650", b"72.3 650"))).ok


def test_a_word_that_is_gone_beside_a_box_is_missed() -> None:
    original = pdf(_ORIGINAL + b" BT /F1 12 Tf 200 700 Td (agreed) Tj ET")
    line = Area(0, 70, 128, 260, 146)
    changes = PageChanges(boxes=(_BOX,), regions=(_BOX, line))
    assert failed(proved(pdf(_RELEASE), original, changes)) == {"changed lines are whole"}
    moved = pdf(_RELEASE + b" BT /F1 12 Tf 212 700 Td (agreed) Tj ET")
    assert proved(moved, original, changes).ok


def test_a_word_that_was_put_beside_a_box_is_no_survivor() -> None:
    changes = PageChanges(boxes=(_BOX,), regions=(_BOX, Area(0, 70, 128, 260, 146)))
    added = pdf(_RELEASE + b" BT /F1 12 Tf 212 700 Td (Doctor) Tj ET")
    assert failed(proved(added, changes=changes)) == {"changed lines are whole"}


def test_words_in_another_order_are_another_sentence() -> None:
    original = pdf(_ORIGINAL + b" BT /F1 12 Tf 200 700 Td (did not agree) Tj ET")
    changes = PageChanges(boxes=(_BOX,), regions=(_BOX, Area(0, 70, 128, 300, 146)))
    turned = pdf(_RELEASE + b" BT /F1 12 Tf 212 700 Td (not did agree) Tj ET")
    assert failed(proved(turned, original, changes)) == {"changed lines are whole"}


def test_text_that_nobody_saw_may_go() -> None:
    original = pdf(_ORIGINAL + b" BT 3 Tr /F1 12 Tf 72 300 Td (set by a program) Tj ET")
    assert proved(pdf(_RELEASE), original).ok


def test_text_that_nobody_sees_may_not_come() -> None:
    added = pdf(_RELEASE + b" BT 3 Tr /F1 12 Tf 72 300 Td (set by a program) Tj ET")
    assert failed(proved(added)) == {"letters did not move"}


def test_text_beside_the_page_is_found_though_nothing_is_withheld_in_it() -> None:
    off = b" BT /F1 12 Tf 900 300 Td (far away) Tj ET"
    report = proved(pdf(_RELEASE + off), pdf(_ORIGINAL + off))
    assert failed(report) == {"nothing off the page"}


@pytest.mark.parametrize(
    "hidden",
    [
        b"BT /F1 12 Tf -900 3000 Td (Zephyrine Quibbleton) Tj ET",
        b"q 0 0 1 1 re W n BT /F1 12 Tf 72 300 Td (Zephyrine Quibbleton) Tj ET Q",
        b"BT 7 Tr /F1 12 Tf 72 300 Td (Zephyrine Quibbleton) Tj ET",
        b"BT /F1 12 Tf 5 Tc 72 300 Td (Zephyrine Quibbleton) Tj ET",
        b"BT /F1 12 Tf 72 300 Td (Zephyrine Quibble\\255) Tj 0 -14 Td (ton) Tj ET",
    ],
    ids=["off the page", "clipped", "clipping", "letter-spaced", "hyphenated"],
)
def test_two_engines_read_text_that_is_not_seen_or_is_spaced(hidden: bytes) -> None:
    report = proved(pdf(_RELEASE + b" " + hidden))
    engines = {leak.engine.split()[0] for leak in report.leaks if leak.where == "page 1"}
    assert engines == {"pikepdf", "pypdfium2"}
    assert all(leak.pages == (0,) for leak in report.leaks)


def test_printed_margins_are_no_strangers() -> None:
    band = Area(0, 30, 815, 565, 830)
    changes = PageChanges(boxes=(_BOX,), regions=(_BOX, band))
    stamps = Stamps(pages=True, reference="FOI 2026/14", released="FOIA 2000")
    foot = b" BT /F1 7 Tf 30 18 Td (FOI 2026/14 \\267 Released under FOIA 2000) Tj ET"
    stamped = pdf(_RELEASE + foot + b" BT /F1 7 Tf 500 18 Td (Page 1 of 1) Tj ET")
    assert proved(stamped, changes=changes, stamps=stamps).ok
    assert failed(proved(stamped, changes=changes)) == {"changed lines are whole"}


# --- looks ---------------------------------------------------------------------------------------


def test_a_picture_that_is_lost_is_seen() -> None:
    pixels = np.full((40, 40), 90, np.uint8)
    document = pdf_with(_ORIGINAL + b" q 80 0 0 80 300 300 cm /P Do Q")
    picture = document.make_stream(pixels.tobytes())
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Height, picture.Width = pixels.shape
    picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    document.pages[0].obj.Resources.XObject = pikepdf.Dictionary(P=picture)
    assert failed(proved(pdf(_RELEASE), saved(document))) == {"pages look the same"}


def test_a_layer_that_comes_to_light_is_seen() -> None:
    shape = b" /OC /L BDC 0.4 g 300 300 120 60 re f EMC"
    original = pdf_with(_ORIGINAL + shape)
    layer = original.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="draft"))
    original.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L=layer)
    original.Root.OCProperties = pikepdf.Dictionary(
        OCGs=[layer], D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
    )
    released = _RELEASE + b" 0.4 g 300 300 120 60 re f"
    assert failed(proved(pdf(released), saved(original))) == {"pages look the same"}
    assert proved(pdf(_RELEASE), saved(original)).ok


def test_a_thin_line_that_is_lost_is_seen() -> None:
    line = b" 0.5 w 72 500 m 400 500 l S"
    assert failed(proved(pdf(_RELEASE), pdf(_ORIGINAL + line))) == {"pages look the same"}


def test_a_page_of_another_size_is_another_page() -> None:
    document = pdf_with(_RELEASE)
    document.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 595, 700])
    assert "page sizes kept" in failed(proved(saved(document)))


# --- boxes ---------------------------------------------------------------------------------------


def test_text_left_under_a_box_is_found_though_it_is_not_withheld() -> None:
    left = _LINES + b" BT /F1 12 Tf 90 700 Td (Ms) Tj ET " + _BLACK + _PRINTED
    assert "boxes hide all" in failed(proved(pdf(left)))


def test_a_label_with_more_text_in_it_is_no_label() -> None:
    more = _LINES + b" " + _BLACK + _PRINTED.replace(b"(s40", b"(Zeph s40")
    assert "boxes hide all" in failed(proved(pdf(more)))


def test_a_box_that_lets_something_through_is_no_box() -> None:
    through = _RELEASE + b" q 0.5 g 74 698 3 12 re f Q"
    assert failed(proved(pdf(through))) == {"boxes hide all"}


def test_what_a_screen_reader_is_told_of_a_box_is_its_label_too() -> None:
    said = b"/Span <</ActualText(redacted, section 40\\(2\\))>> BDC " + _PRINTED + b"EMC"
    assert proved(pdf(_LINES + b" " + _BLACK + said)).ok
    other = said.replace(b"redacted, section", b"redacted, Ms Quibb, section")
    assert "boxes hide all" in failed(proved(pdf(_LINES + b" " + _BLACK + other)))


def test_a_box_on_a_page_that_stands_on_its_side_is_looked_at_where_it_is() -> None:
    def turned(content: bytes) -> bytes:
        document = pdf_with(content)
        document.pages[0].obj.Rotate = 90
        return saved(document)

    box = Area(0, 696, 70, 714, 196)  # as displayed, a quarter turn clockwise
    changes = PageChanges(boxes=(box,), regions=(box,))
    assert proved(turned(_RELEASE), turned(_ORIGINAL), changes).ok
    bare = turned(_LINES + b" " + _BLACK + _PRINTED.replace(b"(s40", b"(Zeph s40"))
    assert "boxes hide all" in failed(proved(bare, turned(_ORIGINAL), changes))


# --- pixels --------------------------------------------------------------------------------------


def test_a_scan_that_is_whole_under_its_box_is_read_there() -> None:
    scan = picture_of_text(_ORIGINAL)
    original = with_picture(b"", scan)
    report = proved(with_picture(_BLACK + _PRINTED, scan), original)
    assert "no text in the pixels of boxes" in failed(report)
    assert "page 1, pixels of a picture" in places(report)
    assert {leak.pages for leak in report.leaks} == {(0,)}


def test_a_scan_whose_pixels_are_gone_passes() -> None:
    scan = picture_of_text(_ORIGINAL)
    blanked = scan.copy()
    scale = 150 / 72
    blanked[int(128 * scale) : int(146 * scale), int(70 * scale) : int(196 * scale)] = 0
    report = proved(with_picture(_BLACK + _PRINTED, blanked), with_picture(b"", scan))
    assert report.ok, failed(report) or report.leaks


def test_a_scan_that_lies_on_its_side_is_read_all_the_same() -> None:
    scan = np.ascontiguousarray(np.rot90(picture_of_text(_ORIGINAL)))

    def lying(content: bytes) -> bytes:
        document = pdf_with(b"q 0 842 -595 0 595 0 cm /Scan Do Q " + content)
        picture = document.make_stream(np.ascontiguousarray(np.rot90(scan, 2)).tobytes())
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Height, picture.Width = scan.shape
        picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        document.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Scan=picture)
        return saved(document)

    report = proved(lying(_BLACK + _PRINTED), lying(b""))
    assert "page 1, pixels of a picture" in places(report)


def test_without_the_engine_a_place_that_has_to_be_read_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from redactor import ocr
    from redactor.errors import OcrMissing

    def missing(*_: object, **__: object) -> None:
        raise OcrMissing("it is not installed")

    monkeypatch.setattr(ocr, "read", missing)
    scan = picture_of_text(_ORIGINAL)
    report = proved(with_picture(_BLACK + _PRINTED, scan), with_picture(b"", scan))
    assert "pixels at redacted places" in failed(report)
    assert proved(pdf(_RELEASE)).ok


def test_in_anyones_file_a_scan_under_a_black_box_is_read() -> None:
    blacked_out = with_picture(_BLACK, picture_of_text(_ORIGINAL))
    report = verify_file("theirs.pdf", blacked_out, withheld(NAME))
    assert "page 1, pixels of a picture" in places(report)


# --- pages that the second engine cannot draw, and pages that are pictures ----------------------


def test_an_original_that_cannot_be_drawn_makes_its_page_a_picture() -> None:
    broken = b"%PDF-1.4 nothing that can be opened"
    report = proved(pdf(_RELEASE), broken)
    assert failed(report) == {"original can be drawn"}
    assert pages_of(report, "original can be drawn") == (0,)
    scan = picture_of_text(_RELEASE, 200)
    as_picture = PageChanges((_BOX,), (_BOX,), pictures=(0,))
    report = proved(with_picture(b"", scan), broken, as_picture)
    assert report.ok, failed(report) or report.leaks
    told = next(one.detail for one in report.checks if one.name == "original can be drawn")
    assert "page 1" in told
    assert "Look at it" in told


def test_a_picture_of_a_page_that_shows_the_name_is_a_leak() -> None:
    as_picture = PageChanges((_BOX,), (_BOX,), pictures=(0,))
    report = proved(with_picture(b"", picture_of_text(_ORIGINAL, 200)), changes=as_picture)
    assert report.leaks


def test_what_differs_in_anyones_file_is_told_and_fails_nothing() -> None:
    report = verify_file("a.pdf", pdf(_RELEASE), withheld(NAME), pdf(_ORIGINAL))
    told = next(one for one in report.checks if one.name == "looks compared with the original")
    assert told.ok
    assert told.detail == "Pages that look otherwise: 1 of 1 (page 1)."


# --- keys and links ------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["catalog", "page", "font", "picture"])
def test_a_key_that_no_release_holds_fails_wherever_it_stands(where: str) -> None:
    document = pikepdf.open(io.BytesIO(with_picture(b"", np.zeros((20, 20), np.uint8))))
    page = document.pages[0].obj
    holder = {
        "catalog": document.Root,
        "page": page,
        "font": page.Resources.Font.F1,
        "picture": page.Resources.XObject.Scan,
    }[where]
    holder["/Remarks"] = pikepdf.String("nothing")
    report = verify_file("a.pdf", saved(document), withheld(NAME), strict=True)
    assert failed(report) == {"known keys only"}
    assert "Remarks" not in str(report)
    assert "known keys only" not in failed(verify_file("a.pdf", saved(document), withheld(NAME)))


def _linked(address: str, **more: object) -> bytes:
    document = pdf_with(b"BT /F1 12 Tf 72 700 Td (See www.example.org/advice) Tj ET")
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address)
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[72, 695, 200, 715],
        Border=[0, 0, 0], A=action, **more,
    )  # fmt: skip
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(link)])
    return saved(document)


def test_a_link_whose_address_stands_on_the_page_is_kept() -> None:
    report = verify_file(
        "a.pdf", _linked("https://www.example.org/advice"), withheld(NAME), strict=True
    )
    assert report.ok, failed(report)


@pytest.mark.parametrize(
    "address",
    ["https://www.example.org/advice?to=zq", "https://other.example", "mailto:a@b.example"],
)
def test_a_link_that_says_more_than_its_page_fails(address: str) -> None:
    report = verify_file("a.pdf", _linked(address), withheld(NAME), strict=True)
    assert "links say nothing more than pages" in failed(report)


def test_a_link_with_a_remark_is_no_plain_link() -> None:
    remark = _linked("https://www.example.org/advice", Contents="see")
    report = verify_file("a.pdf", remark, withheld(NAME), strict=True)
    assert {"no annotations", "known keys only"} <= failed(report)

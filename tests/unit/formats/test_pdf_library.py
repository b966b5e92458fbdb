"""Faults of PyMuPDF that a removal meets, by their issues: what our removal guarantees in each.

Which version is pinned follows from these and from the corpus (docs/benchmarks.md). Each file is
built here; another engine looks at what is left.
"""

from __future__ import annotations

from typing import Any

import pymupdf
import pytest
from PIL import ImageChops

from tests.unit.formats.pdf_samples import (
    NAME,
    everything_in,
    lines,
    made,
    other_text,
    rebuilt,
    with_content,
)
from tests.unit.formats.removal_kit import left_as, removed


def with_objects(content: bytes, resources: str, *objects: tuple[str, bytes | None]) -> bytes:
    """Give a page with more resources; ``{0}`` in them stands for the first object's reference."""
    document = pymupdf.open("pdf", with_content(content))
    page = document[0]
    numbers = [document.get_new_xref() for _ in objects]
    names = [f"{number} 0 R" for number in numbers]
    font = document.xref_get_key(page.xref, "Resources/Font/F1")[1]
    for number, (written, stream) in zip(numbers, objects, strict=True):
        document.update_object(number, _filled(written, names, font))
        if stream is not None:
            document.update_stream(number, stream)
    resources = _filled(resources, names, font)
    fonts = "" if "/Font" in resources else f"/Font<</F1 {font}>>"
    document.xref_set_key(page.xref, "Resources", f"<<{fonts}{resources}>>")
    data: bytes = document.tobytes(no_new_id=True)
    return data


def _filled(written: str, names: list[str], font: str) -> str:
    for index, name in enumerate(names):
        written = written.replace(f"{{{index}}}", name)
    return written.replace("{F}", font)


# --- text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("spacing", [b"", b"60 Tz ", b"3 Tc ", b"5 Tw ", b"4 Ts "])
@pytest.mark.parametrize("gone", ["SECRET", "name", "sight", "ECR"])
def test_text_after_a_removal_inside_a_tj_array_stays_where_it_is(spacing, gone):
    # 2.0 moves the rest of the array to the left by the first removed glyph.
    shown = b"[(The name SEC) -20 (RET) 30 ( stays out of) -15 ( sight)] TJ"
    data = with_content(b"BT /F1 12 Tf " + spacing + b"50 200 Td " + shown + b" ET")
    pattern = r"\s*".join(gone)
    left_as(removed(data, pattern), gone)


def test_glyphs_printed_over_themselves_go_twice_and_others_are_not_doubled():
    # Issue 5054: 1.28 repeats a glyph where "0 0 TD" comes between the copies.
    data = with_content(
        b"BT /F1 12 Tf 50 200 Td (Tamsin) Tj 0 0 TD (Tamsin) Tj 0 -20 TD (kept) Tj"
        b" 0 0 TD (kept) Tj ET"
    )
    removal = removed(data, "Tamsin")
    if removal.held:
        assert "T" not in removal.text
        assert b"Tamsin" not in everything_in(removal.after)
        assert removal.missing() in {"Tamsin", "TamsinTamsin"}


def test_letters_made_bold_by_a_second_copy_go_with_it():
    data = with_content(
        b"BT /F1 12 Tf 50 200 Td (By Tamsin today) Tj 0.4 0 Td (By Tamsin today) Tj ET"
    )
    removal = removed(data, "Tamsin")
    assert not removal.held or ("T" not in removal.text and "today" in removal.text)


@pytest.mark.parametrize("widths", ["0 " * 96, "2500 " * 96, "-500 " * 96])
def test_a_font_that_lies_about_its_widths_leaves_nothing_behind(widths):
    # Issue 4944: glyphs whose boxes are of no size, or far too large, are missed or take others.
    font = (
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/FirstChar 32"
        f"/LastChar 127/Widths[{widths}]/FontDescriptor {{1}}>>"
    )
    descriptor = (
        "<</Type/FontDescriptor/FontName/Helvetica/Flags 32/FontBBox[0 0 0 0]/Ascent 0"
        "/Descent 0/ItalicAngle 0/CapHeight 0/StemV 80>>"
    )
    data = with_objects(
        b"BT /F1 12 Tf 150 200 Td (kept) Tj 0 -20 Td (Tamsin) Tj 0 -20 Td (also) Tj ET",
        "/Font<</F1 {0}>>",
        (font, None),
        (descriptor, None),
    )
    try:
        removal = removed(data, r"T\s*a\s*m\s*s\s*i\s*n|n\s*i\s*s\s*m\s*a\s*T")
    except AssertionError:
        return  # it cannot be read as a word, and so is not taken for one
    if removal.held:
        assert b"Tamsin" not in everything_in(removal.after)
        assert not set(removal.missing()) - set("Tamsin")


@pytest.mark.parametrize("angle", [7, 30, 45, 90, 135, 180, 270, 333])
def test_text_at_any_angle_goes_letter_by_letter(angle):
    # Issue 1402: a quadrilateral is taken for the upright box around it.
    def draw(page: Any) -> None:
        for number, text in enumerate([f"Above {NAME} here", f"Seen {NAME} here", "Below, kept"]):
            point = pymupdf.Point(300, 400 + number * 14)
            turn = pymupdf.Matrix(angle)
            page.insert_text(point, text, fontsize=12, morph=(pymupdf.Point(300, 400), turn))

    assert left_as(removed(made(draw), NAME), NAME * 2)


@pytest.mark.parametrize("leading", [0.7, 0.9, 1.2])
@pytest.mark.parametrize("rotation", [0, 90])
def test_lines_above_and_below_keep_their_letters(leading, rotation):
    # Issues 1074, 1809, 2762, 3655: the box of a line reaches into its neighbours.
    rows = ["Ågypt jumpy quay Ångström", f"gyp {NAME} gyps", "Typography bdfhkl ÂÊÎ"]
    document = pymupdf.open("pdf", made(lines(*rows, leading=11 * leading, size=11)))
    document[0].set_rotation(rotation)
    assert left_as(removed(document.tobytes(), NAME), NAME)


def test_texts_that_cross_lose_only_what_was_ordered():
    def draw(page: Any) -> None:
        for number in range(12):
            page.insert_text(
                (60, 100 + number * 12), f"Line {number} by {NAME} and kept", fontsize=10
            )
        page.insert_text((90, 240), "DRAFT COPY", fontsize=30, rotate=90)

    assert left_as(removed(made(draw), NAME), NAME * 12)


def test_vertical_text_goes_glyph_by_glyph():
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/HeiseiKakuGo-W5/Encoding/UniJIS-UCS2-V"
        "/DescendantFonts[{1}]>>"
    )
    descendant = (
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiKakuGo-W5/CIDSystemInfo<<"
        "/Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000/FontDescriptor {2}>>"
    )
    descriptor = (
        "<</Type/FontDescriptor/FontName/HeiseiKakuGo-W5/Flags 4/FontBBox[-92 -250 1010 922]"
        "/Ascent 752/Descent -221/ItalicAngle 0/CapHeight 737/StemV 114>>"
    )
    data = with_objects(
        b"BT /F2 20 Tf 200 280 Td <65E5672C8A9E6771> Tj ET BT /F1 12 Tf 20 20 Td (kept) Tj ET",
        "/Font<</F1 {F}/F2 {0}>>",
        (font, None),
        (descendant, None),
        (descriptor, None),
    )
    removal = removed(data, "本\\s*語")
    assert removal.held
    left = pymupdf.open("pdf", removal.after)[0].get_text()
    assert left.split() == ["日", "東", "kept"]


def test_glyphs_that_are_drawings_go_like_others():
    # A Type 3 font; every glyph is a little square.
    font = (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]"
        "/FirstChar 97/LastChar 99/Widths[700 700 700]/CharProcs<</a {1}/b {1}/c {1}>>"
        "/Encoding<</Type/Encoding/Differences[97/a/b/c]>>>>"
    )
    data = with_objects(
        b"BT /F2 20 Tf 50 200 Td (aabcb) Tj ET",
        "/Font<</F1 {F}/F2 {0}>>",
        (font, None),
        ("<<>>", b"700 0 0 0 600 600 d1 0 0 600 600 re f"),
    )
    assert left_as(removed(data, "bc"), "bc")


def test_a_replacement_text_does_not_keep_part_of_a_span_alive():
    data = with_content(
        b"BT /F1 12 Tf 50 200 Td /Span <</ActualText (By Tamsin today)>> BDC"
        b" (By Tamsin today) Tj EMC ET"
    )
    out = rebuilt(data, "Tamsin").files[0].data
    assert b"Tamsin" not in everything_in(out)
    text = other_text(out)[0]
    assert "By" in text
    assert "today" in text


def test_a_form_used_on_two_pages_is_changed_on_one():
    data = with_objects(
        b"q 1 0 0 1 20 20 cm /X Do Q q 1 0 0 1 20 120 cm /X Do Q",
        "/XObject<</X {0}>>",
        (
            "<</Type/XObject/Subtype/Form/BBox[0 0 300 50]/Resources<</Font<</F1 {F}>>>>>>",
            b"BT /F1 12 Tf 10 10 Td (Seen by Tamsin) Tj ET",
        ),
    )
    document = pymupdf.open("pdf", data)
    document.fullcopy_page(0)
    removal = removed(document.tobytes(), "Tamsin")
    assert left_as(removal, "Tamsin" * 2)
    other = pymupdf.open("pdf", removal.after)[1].get_text()
    assert other.count("Tamsin") == 2


def test_a_form_that_paints_with_the_fonts_of_its_page_keeps_its_text():
    data = with_objects(
        b"BT /F1 12 Tf 50 200 Td (By Tamsin) Tj ET /X Do",
        "/XObject<</X {0}>>",
        (
            "<</Type/XObject/Subtype/Form/BBox[0 0 300 50]>>",
            b"BT /F1 12 Tf 10 10 Td (kept in a form) Tj ET",
        ),
    )
    assert left_as(removed(data, "Tamsin"), "Tamsin")


def test_forms_that_refer_to_each_other_are_looked_through_once():
    # Sixteen forms, each of which lists all of them: by every way through them it would take years.
    every = " ".join(f"/X{number} {{{number}}}" for number in range(16))
    form = (
        "<</Type/XObject/Subtype/Form/BBox[0 0 300 50]"
        f"/Resources<</Font<</F1 {{F}}>>/XObject<<{every}>>>>>>"
    )
    data = with_objects(
        b"BT /F1 12 Tf 50 200 Td (By Tamsin) Tj ET /X0 Do",
        f"/XObject<<{every}>>",
        *[(form, b"BT /F1 12 Tf 10 10 Td (kept) Tj ET")] * 16,
    )
    assert left_as(removed(data, "Tamsin"), "Tamsin")


# --- where no removal reaches --------------------------------------------------------------------

_PATTERN = (
    "<</Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 400 300]/XStep 400/YStep 300"
    "/Resources<</Font<</F1 {F}>>/XObject<</I {1}>>>>>>"
)
_MASK = (
    "<</Type/XObject/Subtype/Form/BBox[0 0 400 300]/Group<</S/Transparency/CS/DeviceGray>>"
    "/Resources<</Font<</F1 {F}>>/XObject<</I {1}>>>>>>"
)
_GREY = "<</Type/XObject/Subtype/Image/Width 4/Height 4/ColorSpace/DeviceGray/BitsPerComponent 8>>"
_SAMPLES = bytes(range(0, 256, 16))
_PAINTED = b"q 200 0 0 100 50 100 cm /I Do Q"
_WRITTEN = b"BT /F1 14 Tf 60 150 Td (Seen by Tamsin) Tj ET"


@pytest.mark.parametrize("hidden", [_PAINTED, _WRITTEN])
def test_what_lies_in_a_pattern_makes_the_page_a_picture(hidden):
    data = with_objects(
        b"/Pattern cs /P scn 0 0 400 300 re f",
        "/Pattern<</P {0}>>",
        (_PATTERN, hidden),
        (_GREY, _SAMPLES),
    )
    removal = removed(data, "", (40, 100, 300, 250))
    assert not removal.held or "Tamsin" not in removal.text
    if hidden is _PAINTED:
        assert not removal.held


@pytest.mark.parametrize("hidden", [_PAINTED, _WRITTEN])
def test_what_lies_in_a_soft_mask_makes_the_page_a_picture(hidden):
    data = with_objects(
        b"/G gs 0 0 1 rg 0 0 400 300 re f",
        "/ExtGState<</G<</SMask<</S/Luminosity/G {0}>>>>>>",
        (_MASK, hidden),
        (_GREY, _SAMPLES),
    )
    assert not removed(data, "", (40, 100, 300, 250)).held


def test_an_even_gradient_stays_and_a_mesh_makes_the_page_a_picture():
    function = "/Function<</FunctionType 2/N 1/Domain[0 1]/C0[0]/C1[1]>>"
    even = f"<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 400 300]{function}>>"
    # Four corners of a lattice, x, y and grey in a byte each.
    mesh = (
        "<</ShadingType 5/VerticesPerRow 2/ColorSpace/DeviceGray/BitsPerCoordinate 8"
        "/BitsPerComponent 8/Decode[0 400 0 300 0 1]>>"
    )
    lattice = bytes([0, 0, 0, 255, 0, 255, 0, 255, 255, 255, 255, 0])
    text = b" BT /F1 12 Tf 50 200 Td (By Tamsin) Tj ET"
    for shading, stream, held in ((even, None, True), (mesh, lattice, False)):
        data = with_objects(
            b"q 0 0 400 300 re W n /S sh Q" + text, "/Shading<</S {0}>>", (shading, stream)
        )
        assert removed(data, "", (45, 85, 150, 105), (200, 200, 250, 250)).held is held


def test_a_gradient_without_bounds_is_no_reason_to_refuse_a_file():
    function = "/Function<</FunctionType 2/N 1/Domain[0 1]/C0[0]/C1[1]>>"
    even = (
        f"<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 400 300]/Extend[true true]{function}>>"
    )
    data = with_objects(
        b"/S sh BT /F1 12 Tf 50 200 Td (By Tamsin) Tj ET", "/Shading<</S {0}>>", (even, None)
    )
    assert left_as(removed(data, "Tamsin"), "Tamsin")


# --- drawings ------------------------------------------------------------------------------------

_SIGNATURE = b"2 w 60 150 m 70 190 80 110 90 150 c 100 190 110 110 %d 150 c S"


@pytest.mark.parametrize("end", [140, 320])
def test_a_signature_goes_with_the_box_it_lies_in_and_cannot_be_cut(end):
    removal = removed(with_content(_SIGNATURE % end), "", (50, 90, 200, 210))
    assert removal.held is (end == 140)
    if removal.held:
        before, after = removal.pixels(50, 90, 200, 210)
        assert before.getextrema() != after.getextrema()
        assert after.getextrema() == ((255, 255),) * 3


def test_a_signature_over_a_removed_name_goes_too():
    data = with_content(b"BT /F1 80 Tf 50 120 Td (Tamsin) Tj ET " + _SIGNATURE % 140)
    removal = removed(data, "Tamsin")
    assert removal.held
    _, after = removal.pixels(40, 80, 340, 220)
    assert after.getextrema() == ((255, 255),) * 3


def test_letters_drawn_as_outlines_over_a_removed_word_are_never_left():
    # One path for a whole line of lettering, with the text hidden under it for searching.
    outlines = b" ".join(
        b"%d 198 m %d 208 l %d 208 l %d 198 l h" % (x, x + 2, x + 4, x + 5)
        for x in range(50, 250, 6)
    )
    data = with_content(
        b"BT 3 Tr /F1 12 Tf 50 200 Td (By Tamsin today, and more) Tj ET " + outlines + b" f"
    )
    removal = removed(data, "Tamsin")
    if removal.held:
        _, after = removal.pixels(68, 90, 103, 104)
        assert after.getextrema() == ((255, 255),) * 3


def test_bars_of_a_chart_are_not_left_under_a_box():
    inside = with_content(b"60 100 20 50 re f 90 100 20 80 re f")
    assert removed(inside, "", (50, 100, 130, 210)).held
    reaching = with_content(b"60 100 20 50 re f 90 100 20 190 re f")
    assert not removed(reaching, "", (50, 100, 130, 210)).held


def test_rules_frames_and_backgrounds_that_pass_under_a_box_stay():
    data = with_content(
        b".9 g 0 0 400 300 re f 0 G 20 20 360 260 re S 30 100 m 370 100 l S 200 20 m 200 280 l S"
        b" 0 g BT /F1 12 Tf 50 150 Td (By Tamsin) Tj ET"
    )
    removal = removed(data, "Tamsin", (180, 180, 220, 220))
    assert left_as(removal, "Tamsin")
    before, after = removal.pixels(110, 0, 400, 300)
    assert before.tobytes() == after.tobytes()


# --- pictures ------------------------------------------------------------------------------------

_BIG = "<</Type/XObject/Subtype/Image/Width 16/Height 16/BitsPerComponent {}/ColorSpace {}{}>>"
_TINT = "<</FunctionType 2/N 1/Domain[0 1]/C0[0 0 0 0]/C1[0 1 1 0]>>"
_PICTURES = {
    "grey": _BIG.format(8, "/DeviceGray", ""),
    "rgb": _BIG.format(8, "/DeviceRGB", ""),
    "cmyk": _BIG.format(8, "/DeviceCMYK", ""),
    "indexed": _BIG.format(8, f"[/Indexed/DeviceRGB 255<{'0a141e' * 128}{'f01050' * 128}>]", ""),
    "deep": _BIG.format(16, "/DeviceGray", ""),
    "spot": _BIG.format(8, f"[/Separation/Spot/DeviceCMYK{_TINT}]", ""),
    "stencil": "<</Subtype/Image/Width 16/Height 16/BitsPerComponent 1/ImageMask true>>",
    "key": _BIG.format(8, "/DeviceGray", "/Mask[250 255]"),
    "soft": _BIG.format(8, "/DeviceGray", "/SMask {1}"),
}
#: Steps of colour by which a picture may change that is stored anew (CMYK, spot colours).
_ROUNDED = 24
_MANY = bytes((x * 37 + y * 91) % 256 for y in range(64) for x in range(64))


@pytest.mark.parametrize("kind", _PICTURES)
@pytest.mark.parametrize(
    "place", [b"160 0 0 160 40 40", b"-160 0 0 -160 200 200", b"0 160 160 0 40 40"]
)
def test_pixels_under_a_box_are_gone_from_the_picture_itself(kind, place):
    # Issues 4943 (1.27 cannot change spot colours), 901, 1212, 2093.
    data = with_objects(
        b"1 0 0 rg q " + place + b" cm /I Do Q",
        "/XObject<</I {0}>>",
        (_PICTURES[kind], _MANY),
        (_BIG.format(8, "/DeviceGray", ""), bytes([255]) * 256),
    )
    removal = removed(data, "", (100, 140, 140, 200))
    if kind == "spot" and not removal.held:
        return  # the page becomes a picture
    assert removal.held
    before, after = removal.pixels(105, 145, 135, 195)
    assert all(low != high for low, high in [before.convert("L").getextrema()])
    assert all(low == high for low, high in after.getextrema())
    before, after = removal.pixels(160, 100, 198, 258)
    most = max(high for _, high in ImageChops.difference(before, after).getextrema())
    assert most <= _ROUNDED


def test_pixels_of_an_inline_picture_are_gone():
    data = with_content(
        b"q 160 0 0 160 40 40 cm BI /W 8 /H 8 /CS /G /BPC 8 /F /AHx ID "
        + _MANY[:64].hex().encode()
        + b"> EI Q"
    )
    removal = removed(data, "", (100, 140, 140, 200))
    assert removal.held
    _, after = removal.pixels(105, 145, 135, 195)
    assert all(low == high for low, high in after.getextrema())

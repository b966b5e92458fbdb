"""The width of what was removed is not told by the text around it, and nothing else moves."""

from __future__ import annotations

from itertools import pairwise

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.formats.base import Spot
from redactor.formats.pdf.geometry import to_page
from redactor.formats.pdf.opening import open_pdf, prepare
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.redaction import order_for, redact_page
from redactor.formats.pdf.setting import SetPlace, set_lines
from redactor.formats.pdf.setting.following import page_stream
from redactor.formats.pdf.setting.fonts import fonts_of
from redactor.formats.pdf.setting.grid import LEAST, STEP, least_width, widths
from tests.unit.formats.pdf_samples import LABEL, lines, made, rebuilt, spots_of, with_content

SHORT, MIDDLE, LONG = "Illi", "Quennell", "Wolstenholme"
ABOVE, BELOW = "The line above it all", "Another line below it"
#: The ways in which programs write "Seen by NAME here" between two other lines, in Helvetica.
WRITTEN = {
    "a line at a time": "50 200 Td (Seen by NAME here) Tj 0 -20 Td (BELOW) Tj",
    "kerned": "50 200 Td [(S)4(een by )-8(NAME)5( h)3(er)-4(e)] TJ 0 -20 Td (BELOW) Tj",
    "a run at a time": "1 0 0 1 50 200 Tm (Seen by NAME) Tj ( here) Tj"
    " 1 0 0 1 50 180 Tm (BELOW) Tj",
    "by the next line": "20 TL 50 220 Td T* (Seen by NAME here) Tj T* (BELOW) Tj",
    "with word spacing": "2 Tw 50 200 Td (Seen by NAME here) Tj 0 -20 Td (BELOW) Tj",
    "squeezed": "80 Tz 50 200 Td (Seen by NAME here) Tj 0 -20 Td (BELOW) Tj",
    "small and enlarged": "/F1 1 Tf 12 0 0 12 50 200 Tm (Seen by NAME here) Tj"
    " 12 0 0 12 50 180 Tm (BELOW) Tj",
    "in hexadecimals": "50 200 Td <5365656E206279204E414D452068657265> Tj 0 -20 Td (BELOW) Tj",
}  # fmt: skip


def content(way: str, name: str) -> bytes:
    text = WRITTEN[way].replace("4E414D45", name.encode("ascii").hex())
    text = text.replace("NAME", name).replace("BELOW", BELOW)
    start = f"BT /F1 12 Tf 50 240 Td ({ABOVE}) Tj ET"
    return f"{start} BT /F1 12 Tf {text} ET".encode("ascii")


def word_by_word(name: str) -> bytes:
    """Write each word by an instruction of its own, as word processors do."""
    font = pymupdf.Font("helv")
    at, last, parts = 50.0, 0.0, []
    for word in ["Seen ", "by ", f"{name} ", "here"]:
        parts.append(f"{at - last:.2f} {200 if not parts else 0} Td ({word}) Tj")
        last, at = at, round((at + font.text_length(word, 12)) * 25) / 25
    return f"BT /F1 12 Tf {' '.join(parts)} {50 - last:.2f} -20 Td ({BELOW}) Tj ET".encode("ascii")


def glyphs(data: bytes) -> list[tuple[str, float, float]]:
    """Give every glyph of the first page that is no label, with its origin."""
    page = pymupdf.open("pdf", data)[0]
    return [
        (char["c"], round(char["origin"][0], 2), round(char["origin"][1], 2))
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        if span["color"] != 0xFFFFFF
        for char in span["chars"]
        if not char["c"].isspace()
    ]


def boxes(data: bytes) -> list[tuple[float, ...]]:
    page = pymupdf.open("pdf", data)[0]
    return [tuple(round(at, 2) for at in one["rect"]) for one in page.get_drawings()]


def released(data: bytes, name: str, style: str) -> bytes:
    result = rebuilt(data, name, style=style)
    assert not result.notes
    return result.files[0].data


def placed(data: bytes, name: str, style: str = "box") -> list[SetPlace]:
    """Remove a name from the first page, set its lines, and give the places of the boxes."""
    document = prepare(open_pdf(data))
    text = PageText(document.load_page(0))
    order = order_for(text, next(iter(spots_of(data, name).values())), ())
    assert redact_page(document, 0, text, order)
    return set_lines(document, 0, text, order, style)


def reading(found: list[tuple[str, float, float]]) -> str:
    return "".join(char for char, _, _ in sorted(found, key=lambda one: (one[2], one[1])))


def on_the_line(found: list[tuple[str, float, float]], y: float) -> list[tuple[str, float, float]]:
    return [one for one in found if abs(one[2] - y) < 1]


# --- what moves ----------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["box", "line"])
@pytest.mark.parametrize("way", WRITTEN)
def test_nothing_off_the_line_moves_and_every_kept_word_is_there_in_order(way, style):
    data = with_content(content(way, MIDDLE))
    before, after = glyphs(data), glyphs(released(data, MIDDLE, style))
    off_before = [one for one in before if abs(one[2] - 100) > 1]
    off_after = [one for one in after if abs(one[2] - 100) > 1]
    assert len(off_before) == len("".join((ABOVE + BELOW).split()))
    for one, other in zip(sorted(off_before), sorted(off_after), strict=True):
        assert one[0] == other[0]
        assert abs(one[1] - other[1]) <= 0.02 >= abs(one[2] - other[2])
    assert reading(on_the_line(after, 100)) == "Seenbyhere"


@pytest.mark.parametrize("way", WRITTEN)
def test_the_box_is_on_the_grid_and_fills_the_gap(way):
    data = with_content(content(way, MIDDLE))
    (place,) = placed(data, MIDDLE)
    assert place.exact == ""
    assert place.moved is not None
    em = 12
    width = (place.box[2] - place.box[0]) / em
    assert width >= LEAST
    assert (width - LEAST) / STEP == pytest.approx(round((width - LEAST) / STEP), abs=1e-6)
    out = on_the_line(glyphs(released(data, MIDDLE, "box")), 100)
    ends = [at for _, at, _ in out]
    assert not any(place.box[0] - 0.5 < at < place.box[2] - 0.5 for at in ends)
    after = min(at for at in ends if at > place.box[0])
    assert after - place.box[2] < 6  # no more than a word space and spacing behind the box


@pytest.mark.parametrize("way", WRITTEN)
def test_a_line_set_anew_is_the_same_whatever_stood_in_it(way):
    pages = set()
    for name in (SHORT, MIDDLE, LONG, "Yates", "Fjord"):
        out = released(with_content(content(way, name)), name, "line")
        pages.add((tuple(glyphs(out)), tuple(boxes(out))))
    assert len(pages) == 1


@pytest.mark.parametrize("way", WRITTEN)
def test_the_instructions_hold_no_number_that_differs_between_names(way):
    # A number behind which nothing is shown any more would tell the width without being seen.
    written = set()
    for name in (SHORT, MIDDLE, LONG):
        data = released(with_content(content(way, name)), name, "line")
        written.add(pymupdf.open("pdf", data)[0].read_contents())
    assert len(written) == 1


def test_names_of_one_step_cannot_be_told_apart_in_boxes():
    pages = set()
    names = ("Abcde", "Abcdf", "Quinn", "Smith")  # all nearest to three em
    for name in names:
        out = released(with_content(content("a line at a time", name)), name, "box")
        pages.add((tuple(glyphs(out)), tuple(boxes(out))))
    assert len(pages) == 1


def test_what_a_program_rounds_word_by_word_is_not_kept():
    pages = set()
    for name in ("Abcde", "Abcdf", "Quinn", "Smith"):
        out = released(with_content(word_by_word(name)), name, "box")
        assert reading(on_the_line(glyphs(out), 100)) == "Seenbyhere"
        pages.add(tuple(glyphs(out)))
    assert len(pages) == 1


def test_a_kerned_line_that_is_left_alone_keeps_its_kerning():
    body = "[(A) 90 (V) 90 (A) 110 (W)] TJ"
    data = with_content(f"BT /F1 12 Tf 50 240 Td {body} 0 -40 Td (By Quennell) Tj ET".encode())
    before, after = glyphs(data), glyphs(released(data, MIDDLE, "line"))
    assert sorted(on_the_line(before, 60)) == sorted(on_the_line(after, 60))


# --- how far it moves ----------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["box", "line"])
def test_another_column_stays_where_it_is(style):
    data = with_content(b"BT /F1 12 Tf 50 200 Td [(By Quennell now) -4000 (second cell)] TJ ET")
    before, after = glyphs(data), glyphs(released(data, MIDDLE, style))
    assert [one for one in before if one[1] > 170] == [one for one in after if one[1] > 170]
    assert reading(after) == "Bynowsecondcell"


def test_where_the_next_cell_is_near_the_next_smaller_step_is_taken():
    data = with_content(b"BT /F1 12 Tf 50 200 Td (By Io now) Tj 80 0 Td (next) Tj ET")
    (place,) = placed(data, "Io")
    assert place.exact == ""
    assert (place.box[2] - place.box[0]) / 12 == pytest.approx(STEP)
    before, after = glyphs(data), glyphs(released(data, "Io", "box"))
    assert [one for one in before if one[1] > 129] == [one for one in after if one[1] > 129]
    assert reading(after) == "Bynownext"


def test_where_there_is_no_room_nothing_changes_and_the_place_says_that_it_is_exact():
    data = with_content(b"BT /F1 12 Tf 50 200 Td (By Al.) Tj 62 0 Td (next) Tj ET")
    document = prepare(open_pdf(data))
    text = PageText(document.load_page(0))
    start = text.text.index("Al")
    label = "s40(2), s41(1), s42, s43(2) and more"
    order = order_for(text, [Spot(start, start + 2, label)], ())
    assert redact_page(document, 0, text, order)
    before = PageText(document.load_page(0)).words
    (place,) = set_lines(document, 0, text, order, "box")
    assert place.exact == "there is no room on the line"
    assert PageText(document.load_page(0)).words == before


def test_several_removals_on_a_line_add_up():
    data = with_content(
        b"BT /F1 12 Tf 50 200 Td (From Quennell to Wolstenholme by Illi today) Tj ET", width=600
    )
    pattern = f"{SHORT}|{MIDDLE}|{LONG}"
    places = placed(data, pattern)
    assert [place.exact for place in places] == ["", "", ""]
    out = released(data, pattern, "box")
    assert reading(glyphs(out)) == "Fromtobytoday"
    ordered = [place.box for place in places]
    assert all(one[2] < other[0] for one, other in pairwise(ordered))
    for at in (one[1] for one in glyphs(out)):
        assert not any(box[0] - 0.5 < at < box[2] - 0.5 for box in ordered)


def test_a_name_over_a_line_end_gets_a_box_on_each_line():
    data = made(lines("It was said that Tamsin", "Oakden had left"))
    places = placed(data, "Tamsin\nOakden")
    assert len(places) == 2
    assert places[0].box[3] < places[1].box[3]
    assert all(place.exact == "" for place in places)


def test_the_box_at_the_end_of_a_line_is_always_as_wide():
    found = set()
    for name in (SHORT, MIDDLE, LONG):
        data = made(lines("Another line", f"Heard from {name}", "And one more"))
        found.add(placed(data, name)[0].box)
    assert len(found) == 1


# --- lines that keep to something else than their start ------------------------------------------


def _spread(name: str) -> bytes:
    font = pymupdf.Font("helv")
    rows = ["It was then that the panel met", f"and {name} came in with", "two of the others"]
    parts = []
    for row in rows:
        spacing = (250 - font.text_length(row, 12)) / row.count(" ")
        parts.append(f"{spacing:.4f} Tw ({row}) Tj 0 -20 Td")
    return f"BT /F1 12 Tf 50 240 Td {' '.join(parts)} ET".encode("ascii")


@pytest.mark.parametrize("style", ["box", "line"])
def test_the_gaps_of_a_justified_line_do_not_tell_the_width(style):
    pages = set()
    for name in (SHORT, MIDDLE, "Yates"):
        out = released(with_content(_spread(name)), name, style)
        assert pymupdf.open("pdf", out)[0].read_contents().count(b"Tw") <= 4
        pages.add(tuple(glyphs(out)))
    assert len(pages) == 1


def _centred(name: str) -> bytes:
    row = f"On {name} himself"
    start = (400 - pymupdf.Font("helv").text_length(row, 12)) / 2
    return (
        f"BT /F1 12 Tf {start:.3f} 240 Td ({row}) Tj ET"
        " BT /F1 12 Tf 50 200 Td (All that follows) Tj 0 -20 Td (is set as usual) Tj ET"
    ).encode("ascii")


def test_a_centred_line_stays_centred_and_tells_no_more_than_its_step():
    pages = set()
    for name in ("Abcde", "Abcdf", "Quinn", "Smith"):
        out = released(with_content(_centred(name)), name, "box")
        pages.add(tuple(glyphs(out)))
    assert len(pages) == 1
    line = on_the_line([*pages.pop()], 60)
    ends = min(at for _, at, _ in line), max(at for _, at, _ in line)
    assert abs(sum(ends) / 2 - 200) < 5


def test_a_centred_line_set_anew_starts_where_the_others_do():
    pages = set()
    for name in (SHORT, MIDDLE, LONG):
        pages.add(tuple(glyphs(released(with_content(_centred(name)), name, "line"))))
    assert len(pages) == 1
    assert min(at for _, at, _ in on_the_line([*pages.pop()], 60)) == pytest.approx(50)


# --- pages of every kind -------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["box", "line"])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [False, True])
def test_turned_and_cropped_pages_are_set_along_their_own_lines(rotation, crop, style):
    document = pymupdf.open("pdf", made(lines("Another one", f"Seen by {MIDDLE} here", "And more")))
    if crop:
        document[0].set_cropbox(pymupdf.Rect(40, 50, 500, 700))
    document[0].set_rotation(rotation)
    (place,) = placed(document.tobytes(), MIDDLE, style)
    assert place.exact == ""
    along = place.box[2] - place.box[0] if rotation % 180 == 0 else place.box[3] - place.box[1]
    assert along / 11 == pytest.approx(LEAST if style == "line" else 4.5)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_lines_that_run_up_or_down_are_set_too(rotate):
    def draw(page):
        page.insert_text((200, 300), f"Seen {MIDDLE} here", fontsize=12, rotate=rotate)
        page.insert_text((240, 340), "untouched neighbour", fontsize=12, rotate=rotate)

    (place,) = placed(made(draw), MIDDLE)
    assert place.exact == ""
    assert max(place.box[2] - place.box[0], place.box[3] - place.box[1]) == pytest.approx(54)


def test_text_at_an_angle_stays_and_says_so():
    def draw(page):
        point = pymupdf.Point(100, 400)
        turn = pymupdf.Matrix(35)
        page.insert_text(point, f"Seen {MIDDLE} here", fontsize=14, morph=(point, turn))

    data = made(draw)
    document = prepare(open_pdf(data))
    text = PageText(document.load_page(0))
    order = order_for(text, next(iter(spots_of(data, MIDDLE).values())), ())
    (place,) = set_lines(document, 0, text, order, "box")
    assert place.exact == "the text is at an angle"


@pytest.mark.parametrize("style", ["box", "line"])
def test_fonts_with_codes_of_two_bytes_are_measured(style):
    found = set()
    for name in ("Abcde", "Abcdf"):
        document = pymupdf.open()
        page = document.new_page(width=400, height=300)
        writer = pymupdf.TextWriter(page.rect)
        font = pymupdf.Font("cjk")
        writer.append((50, 100), f"Seen by {name} here", font=font, fontsize=12)
        writer.append((50, 130), "Another line", font=font, fontsize=12)
        writer.write_text(page)
        data = document.tobytes()
        assert placed(data, name, style)[0].exact == ""
        out = glyphs(released(data, name, style))
        assert reading(on_the_line(out, 100)) == "Seenbyhere"
        found.add(tuple(out))
    assert len(found) == 1


def _in_a_form(name: str, times: int = 1) -> bytes:
    inner = pymupdf.open("pdf", with_content(content("a line at a time", name)))
    document = pymupdf.open()
    for _ in range(times):
        page = document.new_page(width=400, height=300)
        page.show_pdf_page(page.rect, inner, 0)
    data: bytes = document.tobytes(garbage=3)
    return data


@pytest.mark.parametrize("style", ["box", "line"])
def test_text_in_a_form_is_set_too(style):
    assert placed(_in_a_form(MIDDLE), MIDDLE, style)[0].exact == ""
    found = set()
    for name in ("Abcde", "Abcdf"):
        out = glyphs(released(_in_a_form(name), name, style))
        assert reading(on_the_line(out, 100)) == "Seenbyhere"
        found.add(tuple(out))
    assert len(found) == 1


def test_a_form_that_another_page_draws_too_is_not_changed_there():
    data = _in_a_form(MIDDLE, times=2)
    document = prepare(open_pdf(data))
    before = PageText(document.load_page(1)).words
    text = PageText(document.load_page(0))
    order = order_for(text, next(iter(spots_of(data, MIDDLE).values())), ())
    assert redact_page(document, 0, text, order)
    (place,) = set_lines(document, 0, text, order, "box")
    assert place.exact == ""
    assert PageText(document.load_page(1)).words == before


def test_removed_words_over_a_picture_keep_their_place():
    def draw(page):
        pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 60, 60))
        pixels.set_rect(pixels.irect, (240, 240, 200))
        page.insert_image(pymupdf.Rect(40, 60, 560, 120), pixmap=pixels)
        page.insert_text((60, 100), f"Seen by {MIDDLE} here", fontsize=12)

    (place,) = placed(made(draw), MIDDLE)
    assert place.exact == "a picture lies under the text"


def test_an_underline_that_would_tell_where_text_was_keeps_the_text_with_it():
    for under, exact in (((96, 130), True), ((60, 84), False), ((20, 560), False)):

        def draw(page, under=under):
            page.insert_text((60, 100), f"Seen by {SHORT} here", fontsize=12)
            page.draw_line((under[0], 102), (under[1], 102))

        (place,) = placed(made(draw), SHORT)
        assert (place.exact == "a line or shading is drawn along with the text") is exact


def test_a_font_that_cannot_be_measured_is_not_moved():
    extra = "/X 1"
    data = with_content(b"BT /F1 12 Tf 50 200 Td (By Quennell now) Tj ET", extra=extra)
    document = prepare(open_pdf(data))
    text = PageText(document.load_page(0))
    order = order_for(text, next(iter(spots_of(data, MIDDLE).values())), ())
    assert redact_page(document, 0, text, order)
    page = document.load_page(0)
    font = document.xref_get_key(page.xref, "Resources/Font/F1")[1].split()[0]
    document.xref_set_key(int(font), "Subtype", "/Type0")
    document.xref_set_key(int(font), "Encoding", "/GBK-EUC-H")
    (place,) = set_lines(document, 0, text, order, "box")
    assert place.exact


# --- reckoning -----------------------------------------------------------------------------------


@pytest.mark.parametrize("way", [*WRITTEN])
def test_every_glyph_is_reckoned_to_stand_where_the_library_puts_it(way):
    document = prepare(open_pdf(with_content(content(way, MIDDLE))))
    page = document.load_page(0)
    with fonts_of(document) as fonts:
        stream = page_stream(page, to_page(page), fonts)
        assert stream is not None
        reckoned = sorted(
            (round(show.across, 1), round(start, 1))
            for _, show in stream.all_shows()
            for start in show.glyph_starts()
        )
    found = sorted(
        (round(char["origin"][1], 1), round(char["origin"][0], 1))
        for block in page.get_text("rawdict", flags=0)["blocks"]
        for line in block["lines"]
        for span in line["spans"]
        for char in span["chars"]
    )
    assert len(reckoned) == len(found)
    for one, other in zip(reckoned, found, strict=True):
        assert one == pytest.approx(other, abs=0.11)


@given(st.floats(0, 40), st.floats(4, 40))
def test_a_gap_moves_to_the_nearest_step_and_narrower_ones_follow(gap, em):
    choices = widths(gap, LABEL, em)
    least = least_width(LABEL, em)
    assert choices[0] >= least >= LEAST
    assert choices[0] == least or abs(choices[0] - gap) <= STEP / 2 + 1e-9
    assert all(one - other == pytest.approx(STEP) for one, other in pairwise(choices))
    assert choices[-1] > 0


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["the", "panel", "met", "Oakden", "on", "AVATAR", "fjord"]),
        min_size=3,
        max_size=12,
    ),
    st.integers(7, 14),
    st.booleans(),
)
def test_whatever_the_line_every_kept_word_stays_in_order_and_off_the_boxes(words, size, anew):
    row = " ".join(words)
    if "Oakden" not in row:
        row += " Oakden"
    data = made(lines("First line of the page", row, "Last line of the page", size=size))
    document = prepare(open_pdf(data))
    text = PageText(document.load_page(0))
    order = order_for(text, next(iter(spots_of(data, "Oakden").values())), ())
    assert redact_page(document, 0, text, order)
    before = PageText(document.load_page(0)).raw.split()
    places = set_lines(document, 0, text, order, "line" if anew else "box")
    after = PageText(document.load_page(0))
    assert after.raw.split() == before
    for place in places:
        assert place.exact == ""
        for word in after.words:
            beside = word[2] <= place.box[0] + 0.5 or word[0] >= place.box[2] - 0.5
            assert beside or word[3] < place.box[1] + 3 or word[1] > place.box[3] - 3

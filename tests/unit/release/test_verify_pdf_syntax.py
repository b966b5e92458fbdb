from __future__ import annotations

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.release.verify.pdf_fonts import glyph_text, read_font
from redactor.release.verify.pdf_syntax import parse, string_bytes, text_string


@given(st.binary(max_size=60))
def test_a_string_is_read_back_as_pikepdf_writes_it(data: bytes) -> None:
    written = pikepdf.String(data).unparse()
    assert string_bytes(written) == data


@given(st.binary(max_size=300))
def test_no_bytes_stop_the_reader(data: bytes) -> None:
    parsed = parse(data)
    assert isinstance(parsed.running, str)


def test_balanced_brackets_and_line_ends_in_strings_are_read() -> None:
    parsed = parse(b"(a (b) \\) c) (over\\\nline) <41 42 4>")
    assert parsed.strings == ["a (b) ) c", "overline", "AB@"]


def test_strings_of_one_array_run_on_unless_the_gap_is_wide() -> None:
    assert parse(b"[(Zeph) -20 (yrine) -400 (Q)] TJ (x) Tj").running.split() == [
        "Zephyrine", "Q", "x",
    ]  # fmt: skip


def test_names_are_decoded_and_those_of_the_format_left_out() -> None:
    assert parse(b"<< /Type /Page /Sarah#20Okoro 1 /BaseFont /ABCDEF+Arial-BoldMT >>").names == [
        "Sarah Okoro"
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xfe\xff\x00Z\x00o\x00\xeb", "Zoë"),
        (b"\xff\xfeZ\x00o\x00", "Zo"),
        (b"\xef\xbb\xbfZo\xc3\xab", "Zoë"),
        (b"Zo\xeb", "Zoë"),
    ],
)
def test_a_text_string_is_decoded_by_its_mark(data: bytes, text: str) -> None:
    assert text_string(data)[0] == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("A", "A"), ("a.sc", "a"), ("eacute", "e"), ("uni0041", "A"), ("u1F600", "😀"),
        ("fi", "fi"), ("hyphen", "-"), ("three", "3"), ("g123", "\ufffd"),
    ],
)  # fmt: skip
def test_a_glyph_says_what_it_shows(name: str, text: str) -> None:
    assert glyph_text(name) == text


def _font(**entries: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(Type=pikepdf.Name.Font, **entries)  # type: ignore[arg-type]


def test_codes_are_read_by_the_differences_of_the_encoding() -> None:
    font = _font(
        Subtype=pikepdf.Name.Type1,
        Encoding=pikepdf.Dictionary(
            Differences=[1, pikepdf.Name("/S"), pikepdf.Name("/a"), 9, pikepdf.Name("/r")]
        ),
    )
    assert read_font(font).text(b"\x01\x02\x09\x02h") == "Sarah"


def test_ranges_and_lists_of_a_unicode_map_are_read() -> None:
    pdf = pikepdf.new()
    stream = pdf.make_stream(
        b"2 beginbfrange <0001> <0003> <0061> <0010> <0011> [<0078> <00790079>] endbfrange"
    )
    font = _font(Subtype=pikepdf.Name.Type0, Encoding=pikepdf.Name("/Identity-H"))
    font.ToUnicode = stream
    reader = read_font(pdf.make_indirect(font))
    assert reader.text(bytes.fromhex("000100020003001000110099")) == "abcxyy\ufffd"


def test_a_font_that_nothing_explains_is_known_to_be_so() -> None:
    font = _font(Subtype=pikepdf.Name.Type0, Encoding=pikepdf.Name("/Identity-H"))
    assert not read_font(font).is_readable
    known = _font(Subtype=pikepdf.Name.Type0, Encoding=pikepdf.Name("/90ms-RKSJ-H"))
    assert read_font(known).is_readable

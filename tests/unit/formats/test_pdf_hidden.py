"""PDF objects are read whatever is wrong with them, and hidden things are counted once."""

from __future__ import annotations

import random

import pikepdf
import pytest

from redactor.formats.pdf.hidden import Found, Hidden, as_left_out, as_segments, find_hidden
from redactor.formats.pdf.hidden.file import PdfFile
from redactor.formats.pdf.hidden.shape import is_code
from redactor.formats.pdf.hidden.signatures import strings_in
from redactor.formats.pdf.hidden.structure import properties_in
from redactor.formats.pdf.hidden.syntax import (
    Ref,
    decoded_string,
    read_value,
    read_values,
    stream_text,
    text_of,
    without_markup,
)
from redactor.formats.pdf.hidden.xmp import xmp_texts
from redactor.formats.pdf.opening import open_pdf
from redactor.inspection.words import hidden_lines
from redactor.model import HiddenKind, LeftOut, Tally
from tests.attack.pdf_planting import dictionary, planted, words
from tests.unit.formats.pdf_samples import lines, made

VALUES = [
    (b"(plain)", b"plain"),
    (b"(a (nested) one)", b"a (nested) one"),
    (rb"(\050\)\\\n\7x)", b"()\\\n\x07x"),
    (b"(broken \\\nline\\\r\nend)", b"broken lineend"),
    (b"(line\r\nend)", b"line\nend"),
    (b"<48 65 6C6c 6>", b"Hell`"),
    (b"/Name#20with#20space", "Name with space"),
    (b"/", ""),
    (b"12 0 R", Ref(12)),
    (b"-1.5", -1.5),
    (b"true", True),
    (b"null", None),
    (b"", None),
    (b"[1 [2 0 R /A] (s) <41>]", [1.0, [Ref(2), "A"], b"s", b"A"]),
    (b"<</A/B/C 3 0 R/D[(x)]/E<</F null>>>>",
     {"A": "B", "C": Ref(3), "D": [b"x"], "E": {"F": None}}),
    (b"% remark\n<< % (no)\n/A (yes) >>", {"A": b"yes"}),
]  # fmt: skip


@pytest.mark.parametrize(("written", "value"), VALUES)
def test_objects_are_read_as_they_are_written(written, value):
    assert read_value(written)[0] == value


def test_what_is_left_open_is_closed_and_strings_out_of_place_are_kept():
    assert read_value(b"<</A [(one) (two")[0] == {"A": [b"one", b"two"]}
    assert read_value(b"<</A 1 (stray) /B 2>>")[0] == {"A": 1.0, "?2": b"stray", "B": 2.0}
    assert read_value(b"]]>> (after)")[0] == b"after"
    assert read_value(b"<</A (x)>> endobj (other)")[0] == {"A": b"x"}


def test_an_object_ends_where_its_stream_begins():
    value, end = read_value(b"<</Length 3>>\nstream\nabc")
    assert value == {"Length": 3.0}
    assert b"<</Length 3>>\nstream\nabc"[end:].startswith(b"\nstream")


def test_another_library_reads_the_same_strings():
    chance = random.Random(7)
    for _ in range(300):
        text = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 40)))
        assert read_value(pikepdf.String(text).unparse())[0] == text


def test_a_thousand_open_brackets_raise_nothing():
    assert read_value(b"[" * 100_000) is not None
    assert read_value(b"(" * 100_000)[0] == b"(" * 99_999
    assert len(list(read_values(b"<<" * 3_000))) > 1


def test_strings_are_decoded_by_their_marks():
    assert decoded_string(b"\xfe\xff\x00A\x20\x19") == "A\u2019"
    assert decoded_string(b"\xff\xfeA\x00") == "A"
    assert decoded_string(b"\xef\xbb\xbf\xc3\xa9") == "\u00e9"
    assert decoded_string(b"caf\xe9 \x90quoted\x8d \xa0") == "caf\u00e9 \u2019quoted\u201c \u20ac"
    assert decoded_string(b"\xfe\xff\x00\x1b\x00e\x00n\x00\x1b\x00A") == "A"
    assert stream_text("na\u00efve".encode()) == "na\u00efve"
    assert stream_text(b"na\xefve") == "na\u00efve"


def test_every_code_of_the_encoding_is_what_another_library_says():
    for code in [*range(0x18, 0x7F), *range(0x80, 0x9F), *range(0xA0, 0xAD), *range(0xAE, 0x100)]:
        assert decoded_string(bytes([code])) == bytes([code]).decode("pdfdoc")


def test_bytes_that_are_no_text_give_none():
    assert text_of(bytes(range(16))) == ""
    assert text_of(b"...") == ""
    assert text_of(b" Whitlow\r\n") == "Whitlow"


def test_mark_up_gives_its_texts_and_attributes():
    assert without_markup("<a b='one' xmlns:x='no'><c>two</c> three</a>") == "two\nthree\none"


def test_codes_are_told_from_words():
    for key, text in (
        ("M", "D:20240102030405Z"),
        ("Lang", "en-GB"),
        ("NM", "0f3a91bc-1111-2222-3333-444455556666"),
        ("ID", "node00000017"),
        ("DA", "/Helv 12 Tf 0 g"),
        ("CA", "4"),
        ("FontFamily", "Arial"),
    ):
        assert is_code(key, text), key
    for key, text in (
        ("Contents", "en-GB"),
        ("Lang", "Whitlow, his letter"),
        ("NM", "Whitlow"),
        ("ID", "Whitlow"),
        ("DA", "Whitlow"),
        ("CA", "Send"),
        ("M", "Whitlow"),
    ):
        assert not is_code(key, text), key


def test_properties_of_marked_content_are_read_and_other_dictionaries_are_not():
    data = (
        b"/Span <</MCID 1>> BDC /Span <</ActualText (one) /Lang (en)>> BDC EMC"
        b" /P <</E <74776f>>> DP /X <</A (no)>> Do (<</ActualText (three)>> BDC) Tj"
    )
    assert list(properties_in(data)) == ["Replacement text: one", "Long form: two"]
    assert list(properties_in(b"BT (no lists) Tj ET")) == []


def test_strings_of_a_certificate_are_read_and_damage_ends_the_reading():
    name = b"\x0c\x07Whitlow"
    wide = b"\x1e\x04\x00A\x00B"
    nested = b"\x04" + bytes([len(name) + 2]) + b"\x30" + bytes([len(name)]) + name
    body = name + wide + nested + b"\x02\x01\x05"
    assert list(strings_in(b"\x30" + bytes([len(body)]) + body)) == ["Whitlow", "AB", "Whitlow"]
    assert list(strings_in(b"\x30\x82\xff\xff" + body)) == []
    assert list(strings_in(b"\x30\x80" + body)) == ["Whitlow", "AB", "Whitlow"]
    assert list(strings_in(b"")) == []


def test_xmp_is_read_as_names_and_values():
    packet = (
        b"<?xpacket begin='x'?><x:xmpmeta xmlns:x='adobe:ns:meta/' xmlns:d='urn:d'"
        b" xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:RDF>"
        b"<r:Description d:Own='one two'><d:creator><r:Seq><r:li>A. Author</r:li></r:Seq>"
        b"</d:creator><!-- left here --></r:Description></r:RDF></x:xmpmeta><?xpacket end='w'?>"
    )
    assert xmp_texts(packet) == ["Own: one two", "creator: A. Author", "remark: left here"]
    assert xmp_texts(b"<a><b>still read</a>") == ["still read"]


def test_texts_that_refer_to_each_other_in_a_circle_end():
    def plant(document):
        first = document.make_indirect(pikepdf.Array([words("x")]))
        second = document.make_indirect(pikepdf.Array([first]))
        first.append(second)
        document.Root.AcroForm = dictionary(Fields=[], XFA=first)
        note = dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9])
        note.Contents = first
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])

    data = planted(plant)
    assert any("x" in one.text for one in find_hidden(open_pdf(data), data))


def test_the_pages_of_a_file_are_known_by_their_objects():
    file = PdfFile(open_pdf(made(lines("one"), lines("two"))))
    assert sorted(file.pages.values()) == [0, 1]
    assert file.used >= set(file.pages)
    assert file.value(999_999) is None


# --- counting -----------------------------------------------------------------------------------


def test_things_are_counted_by_their_units_and_lists_share_a_segment():
    bookmarks = [Hidden(HiddenKind.BOOKMARK, "bookmarks", f"B{n}", "bookmarks") for n in range(9)]
    notes = [Hidden(HiddenKind.ANNOTATION, "comments, page 1", f"C{n}", "comments") for n in (1, 2)]
    script = Hidden(HiddenKind.JAVASCRIPT, "scripts", "x", "scripts")
    listed = [*bookmarks, *notes, script, Hidden(HiddenKind.BOOKMARK, "bookmarks", "B0")]
    segments = as_segments(listed)
    assert [one.text for one in segments] == [
        "\n".join(f"B{n}" for n in range(9)),
        "C1",
        "C2",
        "x",
    ]
    assert LeftOut("bookmark", "bookmarks", 9) in as_left_out(listed)
    assert Tally(HiddenKind.BOOKMARK, "bookmarks", 9, "bookmarks") in Found(listed).tallies


def test_what_has_no_unit_is_counted_piece_by_piece():
    listed = [Hidden(HiddenKind.OTHER, "other", "a"), Hidden(HiddenKind.OTHER, "other")]
    assert as_left_out(listed) == (LeftOut("other", "other", 2),)


def test_every_kind_of_hidden_content_has_words():
    for kind in HiddenKind:
        (line,) = hidden_lines([], [Tally(kind, "somewhere", 2, "things")])
        assert "2" in line.words or "1" in line.words


@pytest.mark.parametrize(
    ("kind", "unit", "words_of_it"),
    [
        (HiddenKind.COVERED_TEXT, "passages", "2 passages under boxes or pictures"),
        (HiddenKind.OLD_REVISION, "earlier versions", "2 earlier versions, or traces of them"),
        (HiddenKind.HIDDEN_LAYER, "layers", "2 layers, by their names or what they hide"),
        (HiddenKind.ANNOTATION, "replies", "2 annotations: 2 replies"),
        (HiddenKind.STRUCTURE, "texts", "2 texts of the structure"),
        (HiddenKind.SIGNATURE, "signatures", "2 digital signatures"),
    ],
)
def test_counts_are_said_in_the_words_of_people(kind, unit, words_of_it):
    (line,) = hidden_lines([], [Tally(kind, "somewhere", 2, unit)])
    assert line.words == words_of_it

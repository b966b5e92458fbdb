from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import UnreadableDocument, UsageError
from redactor.formats.base import RebuildPlan, Spot
from redactor.formats.csv_file import DELIMITERS, Csv, find_delimiter
from redactor.model import FieldPlace, HiddenKind, ReadAs, key_of


def fields(data: bytes) -> dict[tuple[int, int], str]:
    return {
        (one.place.row, one.place.column): one.text
        for one in Csv().read(data).segments
        if isinstance(one.place, FieldPlace)
    }


def released(data: bytes, plan: RebuildPlan | None = None, target: str = "csv") -> bytes:
    return Csv().rebuild(data, plan or RebuildPlan(), target).files[0].data


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2,5;3,5\n", ";"),
        ("a\tb\tc\nx, y\tz\tw\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        ("Report of 3 May; draft\n\nname,age,town\nUna,31,Poole\nOrla,40,Hythe\n", ","),
        ("one column\nof words\n", ","),
        ('"a;b",1\n"c;d",2\n"e;f",3\n', ","),
    ],
)
def test_the_delimiter_is_the_one_that_cuts_evenly(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_name_with_accents_is_read_in_every_usual_encoding(encoding: str) -> None:
    text = "name,town\r\nZoë Quibell,Poole\r\nOrla Vexley,Hythe\r\n"
    assert fields(text.encode(encoding))[1, 0] == "Zoë Quibell"


def test_a_guessed_encoding_is_said() -> None:
    notes = Csv().read("name\r\nZoë\r\n".encode("cp1252")).notes
    assert any("Windows-1252" in one for one in notes)
    assert not any("Windows-1252" in one for one in Csv().read("name\r\nZoë\r\n".encode()).notes)


def test_ragged_rows_line_breaks_and_empty_lines_are_kept() -> None:
    data = b'a,b\r\n\r\n"two\nlines",x,y,z\r\nlast\r\n'
    assert fields(data) == {
        (0, 0): "a", (0, 1): "b", (2, 0): "two\nlines", (2, 1): "x", (2, 2): "y", (2, 3): "z",
        (3, 0): "last",
    }  # fmt: skip
    assert list(csv.reader(io.StringIO(released(data).decode("utf-8-sig"), newline=""))) == [
        ["a", "b"], [], ["two\nlines", "x", "y", "z"], ["last"],
    ]  # fmt: skip


def test_a_separator_line_is_obeyed_and_hidden_and_only_csv_has_it_again() -> None:
    data = b"sep=|\r\na|b,c\r\n"
    document = Csv().read(data)
    assert [one.text for one in document.segments if one.hidden is HiddenKind.PREAMBLE] == ["sep=|"]
    assert fields(data) == {(0, 0): "a", (0, 1): "b,c"}
    assert released(data) == data
    assert any("separator line" in one for one in Csv().rebuild(data, RebuildPlan(), "csv").notes)
    assert b"sep" not in released(data, target="txt")
    assert [one.kind for one in Csv().rebuild(data, RebuildPlan(), "txt").left_out] == ["preamble"]


def test_a_field_larger_than_any_limit_and_one_with_a_nul_are_read() -> None:
    assert len(fields(b"a," + b"x" * 300_000 + b"\n")[0, 1]) == 300_000
    assert fields(b"Una\x00Thrale,b,and words\n" * 9)[0, 0] == "Una\x00Thrale"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@SUM(A1)", "\tx", "=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-2+SUM (A1)", "+Sheet2!A1"],
)
@pytest.mark.parametrize("quote", ["", '"'])
def test_what_could_run_gets_an_apostrophe_and_is_counted(text: str, quote: str) -> None:
    data = f"ok,{quote}{text}{quote},-5,+44\r\n".encode()
    rebuilt = Csv().rebuild(data, RebuildPlan(), "csv")
    assert rebuilt.files[0].data == f"ok,{quote}'{text}{quote},-5,+44\r\n".encode()
    assert rebuilt.notes[0].startswith("1 field begins as a formula does")
    assert rebuilt.notes[1].startswith("2 other fields begin with a plus or minus sign")


@pytest.mark.parametrize("text", ["+44 7700 900123", "- none", "-", "+1-2", "–=1", "a=1", "'=1"])
def test_what_cannot_run_stays_to_the_letter(text: str) -> None:
    data = f"{text},ok\n".encode()
    assert released(data) == data


def test_what_is_left_of_a_redacted_field_cannot_run_either() -> None:
    plan = RebuildPlan({key_of(FieldPlace(0, 0)): (Spot(11, 14, "s40(2)"),)})
    assert released(b'=HYPERLINK(Una),"x"\n', plan) == b'\'=HYPERLINK([s40(2)]),"x"\n'


def test_a_redacted_field_is_in_no_target() -> None:
    plan = RebuildPlan({key_of(FieldPlace(1, 0)): (Spot(3, 13, "s40(2)"),)})
    data = b"name,town\r\nPC Una Thrale,Poole\r\n"
    for target in Csv.targets:
        assert b"Thrale" not in released(data, plan, target)
    assert b"PC [s40(2)],Poole" in released(data, plan)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04rest", b"%PDF-1.7", bytes(range(256)) * 9])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        Csv().read(data)


_FIELD = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), exclude_characters="\ufeff"),
    max_size=8,
)


@given(st.lists(st.lists(_FIELD, min_size=3, max_size=3), min_size=3, max_size=6),
       st.sampled_from(DELIMITERS))  # fmt: skip
def test_every_field_is_read_or_the_file_is_refused(rows: list[list[str]], mark: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=mark, quoting=csv.QUOTE_ALL).writerows(rows)
    document = Csv().read(stream.getvalue().encode())
    text = "".join(one.text for one in document.segments)
    for row in rows:
        for field in row:
            assert all(letter in text for letter in field if letter.isascii())


def test_more_fields_than_memory_holds_are_refused_before_they_are_made() -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        Csv().read(b"a,b\n" + b",,,,,,,,\n" * 600_000)
    assert refusal.value.reason == "too-large"


# --- written as it was --------------------------------------------------------------------------

_TEXT = 'name,town\r\nZoë Quibell,Poole\r\n\r\n"Vexley, Orla","the ""Ark"" £5"\n'
_PLAN = RebuildPlan({key_of(FieldPlace(1, 0)): (Spot(0, 11, "s40(2)"),)})


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"],
)
def test_only_the_redacted_field_changes_whatever_the_encoding(encoding: str) -> None:
    data = _TEXT.encode(encoding)
    assert released(data) == data
    assert released(data, _PLAN) == _TEXT.replace("Zoë Quibell", "[s40(2)]").encode(encoding)


@pytest.mark.parametrize(
    "raw",
    [
        "a,b\n",
        "a,b",
        "a,b\r\n\r\n\r\n",
        "\r\n\na\r",
        '"a","b"\r\n"",\n',
        '"a\r\nb",c\rd,"e',
        'x,"y""',
        'x,"y"z" ,"q""r"s\n',
        'he said "no",b\n',
        '""""\n"\n',
        ",\n,,\n",
        "# made in May\n\na,b\nUna\x00,c\n",
        "e\u0301,\u037e,\ufb01\n",
        'a\tb\tc\n1\t"2\t3"\t4\n',
        ' \n"sep=;"\r\na;b,c\n',
    ],
)
def test_every_odd_way_of_writing_comes_out_as_it_went_in(raw: str) -> None:
    assert released(raw.encode()) == raw.encode()


def test_a_redacted_field_is_quoted_only_where_it_was_or_has_to_be() -> None:
    raw = b'Una,"Orla","Zo"e,Iris\n'
    spots = {
        key_of(FieldPlace(0, 0)): (Spot(0, 3, "s40(2)"),),
        key_of(FieldPlace(0, 1)): (Spot(0, 4, "s40(2)"),),
        key_of(FieldPlace(0, 2)): (Spot(0, 3, "s40(2)"),),
        key_of(FieldPlace(0, 3)): (Spot(0, 4, 's40(2), "s38"'),),
    }
    assert released(raw, RebuildPlan(spots)) == (
        b'[s40(2)],"[s40(2)]","[s40(2)]","[s40(2), ""s38""]"\n'
    )


def test_an_encoding_that_nobody_could_tell_is_written_as_utf8_and_that_is_said() -> None:
    text = "name,town\nZoë,Poole\n"
    data, read_as = text.encode("cp850"), ReadAs("cp850")
    assert [one.text for one in Csv().read(data, read_as=read_as).segments][2] == "Zoë"
    rebuilt = Csv().rebuild(data, RebuildPlan(read_as=read_as), "csv")
    assert rebuilt.files[0].data == text.encode("utf-8-sig")
    assert any("DOS code page 850" in one for one in rebuilt.notes)


# --- read as a person chose ---------------------------------------------------------------------


def test_the_chosen_delimiter_and_encoding_are_used_and_said() -> None:
    document = Csv().read("a;b,c\n1;2,3\nZoë;x,y\n".encode("cp1252"), read_as=ReadAs("cp1252", ";"))
    assert [one.text for one in document.segments] == ["a", "b,c", "1", "2,3", "Zoë", "x,y"]
    assert document.notes[0] == (
        "Read as Windows-1252 as you chose, fields told apart by semicolon as you chose."
    )


def test_a_chosen_delimiter_goes_over_the_separator_line() -> None:
    data = b"sep=;\na;b,c\n"
    document = Csv().read(data, read_as=ReadAs(delimiter=","))
    assert [one.text for one in document.segments][1:] == ["a;b", "c"]
    plan = RebuildPlan(read_as=ReadAs(delimiter=","))
    assert Csv().rebuild(data, plan, "csv").files[0].data == data


def test_bytes_that_mean_nothing_in_the_chosen_encoding_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="cannot be read as UTF-8") as refusal:
        Csv().read("Zoë,x\n".encode("cp1252"), read_as=ReadAs("utf-8"))
    assert refusal.value.reason == "wrong-encoding"


@pytest.mark.parametrize("name", ["nonsense", "rot13", "base64", "idna", "unicode_escape", "a\0b"])
def test_what_is_no_encoding_is_named_as_none(name: str) -> None:
    with pytest.raises(UsageError, match="no encoding of that name"):
        Csv().read(b"a,b\n", read_as=ReadAs(name))


@pytest.mark.parametrize("name", ['"', "\n", "ab", "a", "7", "\0"])
def test_what_cannot_tell_fields_apart_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="cannot be told apart"):
        Csv().read(b"a,b\n", read_as=ReadAs(delimiter=name))


# --- what is said -------------------------------------------------------------------------------


def test_how_it_was_read_is_said_in_plain_english() -> None:
    data = b'Made in May\r\n# draft\r\nname,town\r\n"two\nlines",x"y"\r\n\r\nUna,Poole,\x00'
    stray = "1 row has quotation marks where none belong; check that its fields are told apart as "
    assert Csv().read(data).notes == (
        "Read as UTF-8, fields told apart by comma.",
        "Its lines end as on Windows (CR LF).",
        "Its last line has no end, and gets none.",
        "The first 2 rows stand above the table, it seems; nothing of it was left out.",
        "Row 3 looks like the headings.",
        "1 row is empty, and kept.",
        "Its rows have different numbers of fields; they are kept as they stand.",
        "1 row begins with # as remarks do; they are read like any other.",
        "1 field holds line breaks.",
        f"{stray}they should be.",
        "1 character is NUL, and kept.",
    )


def test_no_note_holds_text_of_the_file() -> None:
    data = 'Thrale\n#Thrale\nThrale,Thrale\nThrale,"Thr"ale\n'.encode("utf-16")
    assert not any("Thr" in note for note in Csv().read(data).notes)


# --- the same as Python's reader ----------------------------------------------------------------


def test_a_file_in_no_usual_encoding_is_guessed_that_is_said_and_utf8_goes_out() -> None:
    text = "имя,город\nВера Орлова,Казань\nИван Седов,Пермь\n" * 20
    data = text.encode("koi8-r").replace(b"\xf0", b"\x81", 1)  # no letter of Windows-1252
    document = Csv().read(data)
    assert any("does not say how its letters are encoded" in note for note in document.notes)
    rebuilt = Csv().rebuild(data, RebuildPlan(), "csv")
    written = rebuilt.files[0].data
    assert written.startswith(b"\xef\xbb\xbf")
    shown = [one.text for one in document.segments]
    assert [one.text for one in Csv().read(written).segments] == shown
    assert any("the release is in UTF-8" in note for note in rebuilt.notes)

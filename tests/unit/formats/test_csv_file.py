from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import UnreadableDocument
from redactor.formats.base import RebuildPlan, Spot
from redactor.formats.csv_file import DELIMITERS, Csv, find_delimiter
from redactor.model import FieldPlace, HiddenKind, key_of


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


def test_a_separator_line_is_obeyed_hidden_and_left_out() -> None:
    data = b"sep=|\r\na|b,c\r\n"
    document = Csv().read(data)
    assert [one.text for one in document.segments if one.hidden is HiddenKind.PREAMBLE] == ["sep=|"]
    assert fields(data) == {(0, 0): "a", (0, 1): "b,c"}
    assert b"sep" not in released(data)


def test_a_field_larger_than_any_limit_and_one_with_a_nul_are_read() -> None:
    assert len(fields(b"a," + b"x" * 300_000 + b"\n")[0, 1]) == 300_000
    assert fields(b"Una\x00Thrale,b,and words\n" * 9)[0, 0] == "Una\x00Thrale"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "=HYPERLINK(1)"])
def test_what_would_run_gets_an_apostrophe_and_is_counted(text: str) -> None:
    data = f'"{text}",ok,-5,+44\r\n'.encode()
    rebuilt = Csv().rebuild(data, RebuildPlan(), "csv")
    row = next(csv.reader(io.StringIO(rebuilt.files[0].data.decode("utf-8-sig"), newline="")))
    assert row == [f"'{text}", "ok", "-5", "+44"]
    assert rebuilt.notes[0].startswith("1 cells")


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

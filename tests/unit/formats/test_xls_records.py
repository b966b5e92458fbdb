"""Records and texts of BIFF streams, and words among bytes nobody knows."""

from __future__ import annotations

import random

import pytest

from redactor.errors import UnreadableDocument
from redactor.formats.xls.records import Texts, records, strings_in
from tests.unit.formats import xls_samples as xls


def test_a_record_comes_with_what_continues_it() -> None:
    stream = xls.record(0x00FC, b"one") + xls.record(0x003C, b"two") + xls.EOF
    first, last = records(stream)
    assert (first.kind, first.body, first.breaks) == (0x00FC, b"onetwo", (3,))
    assert (last.at, last.kind, last.breaks) == (14, 0x000A, ())


def test_a_record_that_is_cut_off_is_damage() -> None:
    with pytest.raises(UnreadableDocument):
        list(records(xls.record(0x0204, b"four")[:-1]))
    with pytest.raises(UnreadableDocument):
        list(records(xls.record(0x0204, b"four") + xls.record(0x003C, b"more")[:-1]))


def test_a_text_changes_its_width_where_it_goes_on() -> None:
    body = b"\x04\x00\x00Ca" + b"\x01" + "łe".encode("utf-16-le")
    assert Texts(wide=True).long(body, 0, (5,)) == ("Całe", len(body))


def test_what_belongs_to_a_text_is_passed_over() -> None:
    rich = b"\x02\x00\x0c\x01\x00\x03\x00\x00\x00AB" + b"runs" + b"ext"
    assert Texts(wide=True).long(rich + b"next", 0) == ("AB", len(rich))


def test_texts_before_biff8_are_in_the_encoding_of_the_file() -> None:
    assert Texts(wide=False, encoding="cp1250").short(b"\x04\xa3\xf3d\x9f", 0) == ("Łódź", 5)


@pytest.mark.parametrize(
    "word", ["Zoë", "García Núñez", "O’Brien", "0207 946 0123", "QQ 12 34 56 C"]
)
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le"])
def test_words_are_found_among_bytes(word: str, encoding: str) -> None:
    assert word in strings_in(b"\x01\x02\x00" + word.encode(encoding) + bytes(100) + b"\x07")


@pytest.mark.parametrize("word", ["Łódź", "Иванов", "Παππάς", "Nguyễn"])
def test_words_of_two_bytes_are_found_at_any_place(word: str) -> None:
    for before in (b"\x00\x00", b"\x00\x00\x00"):
        assert word in strings_in(before + word.encode("utf-16-le") + b"\x00\x00")


def test_chance_is_rarely_taken_for_words() -> None:
    noise = random.Random(7).randbytes(200_000)
    assert len(strings_in(noise, 5)) < 300

from __future__ import annotations

import hashlib
import json
import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redactor.formats.pdf import recognition
from redactor.formats.pdf import recognition_memory as memory
from redactor.formats.pdf.page_reading import Cause, Doubt, Doubtful, PageReading, PageWord
from redactor.formats.pdf.pages import Pages
from tests.unit.formats.pdf_scans import print_letter, scan

SHA = "ab" * 32
WORD = PageWord("Ashworth", (10.0, 20.5, 60.1, 31.0), 93.4, 2, 3)
READING = PageReading(
    Cause.SCAN, (WORD,), (Doubtful((1.0, 2.0, 3.0, 4.0), Doubt.INK),), "an engine", ""
)


@pytest.fixture(autouse=True)
def _nothing_learnt():
    memory.forget_all()
    yield
    memory.forget_all()


def packed_page(about: object) -> bytes:
    kept = zlib.compress(json.dumps(about).encode())
    return b"redactor readings 1\n" + SHA.encode() + struct.pack(">II", 0, len(kept)) + kept


def plain(**changes: object) -> dict[str, object]:
    whole = {"cause": "scan", "engine": "an engine", "failure": "", "doubt": []}
    word = ["Ashworth", 10.0, 20.5, 60.1, 31.0, 93.4, 2, 3]
    return {**whole, "words": [word], **changes}


def test_what_was_learnt_is_the_same_in_another_process():
    memory.learn(SHA, 7, READING)
    memory.learn(SHA, 0, PageReading(Cause.DRAWN, engine="an engine"))
    packed = memory.learnt(SHA)
    memory.forget_all()
    assert memory.recall(SHA, 7) is None
    memory.remember(packed)
    assert memory.recall(SHA, 7) == READING
    assert memory.recall(SHA, 0) == PageReading(Cause.DRAWN, engine="an engine")
    assert memory.learnt(SHA) == packed


def test_a_document_without_readings_packs_to_nothing():
    assert memory.learnt(SHA) == b""
    memory.remember(b"")
    assert memory.learnt(SHA) == b""


def test_what_no_engine_read_is_not_kept():
    memory.learn(SHA, 0, PageReading(Cause.SCAN, failure="it is not installed"))
    assert memory.learnt(SHA) == b""


def test_readings_of_one_document_say_nothing_of_another():
    memory.learn(SHA, 0, READING)
    assert memory.recall("cd" * 32, 0) is None


def test_readings_of_few_documents_are_kept_at_hand():
    memory.learn(SHA, 0, READING)
    for number in range(8):
        memory.learn(f"{number:064}", 0, READING)
    assert memory.recall(SHA, 0) is None
    assert memory.recall(f"{7:064}", 0) == READING


def test_a_page_in_its_form_is_understood():
    memory.remember(packed_page(plain()))
    assert memory.recall(SHA, 0).words == (WORD,)


@pytest.mark.parametrize(
    "about",
    [
        plain(cause="whim"),
        plain(engine=None),
        plain(words=[["two words", 1, 2, 3, 4, 90, 0, 0]]),
        plain(words=[["", 1, 2, 3, 4, 90, 0, 0]]),
        plain(words=[["cafe\u0301", 1, 2, 3, 4, 90, 0, 0]]),
        plain(words=[["line\u0007", 1, 2, 3, 4, 90, 0, 0]]),
        plain(words=[["Ash", 3, 2, 1, 4, 90, 0, 0]]),
        plain(words=[["Ash", float("nan"), 2, 3, 4, 90, 0, 0]]),
        plain(words=[["Ash", 1, 2, 3, float("inf"), 90, 0, 0]]),
        plain(words=[["Ash", 1, 2, 3, 4, 101, 0, 0]]),
        plain(words=[["Ash", 1, 2, 3, 4, 90, -1, 0]]),
        plain(words=[["Ash", 1, 2, 3, 4, 90, 0, 4]]),
        plain(words=[["Ash", 1, 2, 3, 4, 90]]),
        plain(words=[["x" * 5000, 1, 2, 3, 4, 90, 0, 0]]),
        plain(words=7),
        plain(doubt=[[1, 2, 3, 4, "hunch"]]),
        [],
        "a text",
    ],
)
def test_a_page_that_is_not_in_its_form_is_read_anew(about):
    memory.remember(packed_page(about))
    assert memory.recall(SHA, 0) is None
    assert memory.learnt(SHA) == b""


def test_a_page_that_would_unpack_without_end_is_read_anew():
    kept = zlib.compress(b" " * (64 * 2**20))
    memory.remember(
        b"redactor readings 1\n" + SHA.encode() + struct.pack(">II", 0, len(kept)) + kept
    )
    assert memory.recall(SHA, 0) is None


@given(st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_else_is_passed_over(junk):
    memory.remember(junk)
    memory.remember(b"redactor readings 1\n" + junk)
    memory.remember(b"redactor readings 1\n" + SHA.encode() + junk)
    for page in range(3):
        memory.recall(SHA, page)


def test_a_page_that_is_remembered_is_not_read_from_its_pixels_again(monkeypatch):
    data = scan(print_letter)
    first = Pages.of(data)
    text, reading = first.text(0).text, first.reading(0)
    packed = memory.learnt(hashlib.sha256(data).hexdigest())
    memory.forget_all()
    memory.remember(packed)

    def never(*_about, **_more):
        raise AssertionError("it was read again")

    monkeypatch.setattr(recognition.ocr, "read_turned", never)
    again = Pages.of(data)
    assert again.text(0).text == text
    assert again.reading(0) == reading

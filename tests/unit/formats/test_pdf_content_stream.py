"""Drawing instructions are taken apart into operations, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.formats.pdf.content_stream import operations


def taken(data: bytes) -> list[tuple[bytes, tuple[bytes, ...]]]:
    return [(one.operator, one.operands) for one in operations(data)]


@pytest.mark.parametrize(
    ("written", "operands"),
    [
        (b"(a\\)b) Tj", (b"(a\\)b)",)),
        (b"(a (nested) b)Tj", (b"(a (nested) b)",)),
        (b"<48 65>Tj", (b"<48 65>",)),
        (b"[(a)-20(b]) <00>]TJ", (b"[(a)-20(b]) <00>]",)),
        (b"/OC/MC0 BDC", (b"/OC", b"/MC0")),
        (b"/S<</E(>>EMC)/K<</A[1 2]>>>>BDC", (b"/S", b"<</E(>>EMC)/K<</A[1 2]>>>>")),
        (b"1 0 0-1.5 .5 7cm", (b"1", b"0", b"0-1.5", b".5", b"7")),
        (b"1 % a note (\n 2 m", (b"1", b"2")),
        (b"/OC/MC0 ] BDC", (b"/OC", b"/MC0")),
    ],
)  # fmt: skip
def test_operands_are_given_as_they_are_written(written, operands):
    assert taken(written)[-1][1] == operands


def test_operations_cover_their_own_part_of_the_data():
    data = b"q\n1 0 0 1 0 0 cm (BT ET) Tj /F1 12 Tf Q"
    assert [data[one.start : one.end] for one in operations(data)] == [
        b"q",
        b"1 0 0 1 0 0 cm",
        b"(BT ET) Tj",
        b"/F1 12 Tf",
        b"Q",
    ]


def test_an_inline_picture_is_one_operation_whatever_its_samples_look_like():
    samples = b"a EI Q"
    data = b"q BI /W 6 /H 1 /CS /G /BPC 8 ID " + samples + b" EI Q"
    assert [one[0] for one in taken(data)] == [b"q", b"BI", b"Q"]


def test_a_packed_inline_picture_ends_before_instructions():
    data = b"BI /W 9 /H 9 /F /Fl ID x\x00 EI \xff\x80\x01 more\x02\nEI\nQ (a) Tj"
    assert [one[0] for one in taken(data)] == [b"BI", b"Q", b"Tj"]


@given(st.binary(max_size=200))
def test_anything_is_taken_apart_in_order_and_without_overlap(data):
    last = 0
    for one in operations(data):
        assert last <= one.start < one.end <= len(data)
        last = one.end

"""Drawing instructions are taken apart into operations, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.formats.pdf.content_stream import Operation, _operation, operations


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


def token_by_token(data: bytes) -> list[Operation]:
    found: list[Operation] = []
    while (one := _operation(data, found[-1].end if found else 0)) is not None:
        found.append(one)
    return found


#: What begins as most operations do and ends otherwise, so that every look at it is in vain.
_ALMOST_USUAL = [
    b"[(a) " + b"1 2 3 " * 2000 + b"(b\\)c)] TJ",
    b"[" + b"(a) 0.5 " * 2000 + b"(b\\)c)] TJ",
    b"[" + b"<41> 1" * 2000 + b"\t] TJ",
    b"1 0 0 " * 2000 + b"[ (a)",
    b"/A " * 2000 + b"(\\)) Tj",
    b"[" * 2000 + b"1 " * 2000,
]


@pytest.mark.parametrize("data", _ALMOST_USUAL, ids=range(len(_ALMOST_USUAL)))
def test_what_is_almost_usual_is_taken_apart_as_well_and_comes_to_an_end(data):
    assert list(operations(data)) == token_by_token(data)


_TOKENS = [
    b"1", b"-2.5", b"4-5", b".", b"1e5", b"/F1", b"/A#20", b"/", b"(ab c)", b"(a\\)b)", b"((x))",
    b"<41>", b"<4 1>", b"<<", b">>", b"[", b"]", b"[(a) -3 (b)<41>]", b"[(a\\051)]", b"Tj", b"TJ",
    b"'", b"T*", b"d0", b"BI", b"ID", b"EI", b"true", b"null", b"nullx", b"%c\n", b"{", b")", b"q",
]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(_TOKENS), st.sampled_from([b" ", b"\n", b"\0", b""]))))
def test_what_is_taken_with_one_look_is_what_is_taken_token_by_token(written):
    data = b"".join(token + space for token, space in written)
    assert list(operations(data)) == token_by_token(data)

"""How segments are kept: what goes in comes out, and what an older program kept is still read."""

from __future__ import annotations

from redactor.case.codec import decode_segments, encode_segments, segment_rows, segments_of
from redactor.model import CellPlace, HiddenKind, PagePlace, PartPlace, Segment

_KEPT = [
    Segment(PagePlace(0), "typed, and then read", read_from=7),
    Segment(PagePlace(1), "read from the first letter on", read_from=0),
    Segment(PagePlace(2), "typed"),
    Segment(CellPlace("Cases", 3, 1), "42"),
    Segment(PartPlace("comments", 0), "a note", HiddenKind.COMMENT, "comments"),
]


def test_segments_come_back_as_they_were_kept_with_where_they_were_read_from_pixels() -> None:
    assert decode_segments(encode_segments(_KEPT)) == _KEPT


def test_a_row_says_where_pixels_begin_only_where_there_are_any() -> None:
    assert [len(row) for row in segment_rows(_KEPT)] == [8, 8, 7, 7, 7]


def test_a_page_that_was_kept_before_is_taken_for_one_of_letters() -> None:
    (page,) = segments_of([("page", 4, 0, 0, "typed", "", "")])
    assert page == Segment(PagePlace(4), "typed")

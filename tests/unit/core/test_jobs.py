"""What crosses the pipe between the window and its workers."""

from __future__ import annotations

import pickle

from redactor.jobs import SegmentBatch
from redactor.model import (
    CellPlace,
    FieldPlace,
    HiddenKind,
    LinePlace,
    PagePlace,
    PartPlace,
    Segment,
)


def test_segments_cross_the_pipe_unchanged():
    batch = SegmentBatch(
        (
            Segment(PagePlace(3), "Ω page\nof text"),
            Segment(CellPlace("Raw", 2, 5), "4417", HiddenKind.HIDDEN_SHEET, "Raw"),
            Segment(FieldPlace(1, 2), "field"),
            Segment(LinePlace(0), ""),
            Segment(PartPlace("word/document.xml", 7), "paragraph"),
        )
    )
    assert pickle.loads(pickle.dumps(batch)) == batch

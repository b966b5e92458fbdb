"""A long document searched by two workers gives what it gives in one."""

from __future__ import annotations

import pytest

from redactor import detect
from redactor.detect.scanner import search_share
from redactor.detect.shares import LONG, Searched, Share, packed, share_of, unpacked
from redactor.errors import BugError
from redactor.model import CellPlace, Document, Finding, Segment

_HEADING = ("Surname", "Forename", "NI number", "Note")
_NOTES = (
    "Returned to duty with a back injury; PC Hannah Okoro was told.",
    "Moved to a desk role by Inspector Quillfeather on 12/03/2021.",
    "Call 07700 900123 or write to h.okoro@force.example.",
)


def _document(rows: int) -> Document:
    table = [
        _HEADING,
        *(
            (f"Okoro{'abcdefghij'[row % 10]}", "Hannah", f"QQ{row:06}C", _NOTES[row % 3])
            for row in range(rows)
        ),
    ]
    segments = tuple(
        Segment(CellPlace("People", row, column), text)
        for row, line in enumerate(table)
        for column, text in enumerate(line)
    )
    return Document("0" * 64, "xlsx", segments)


def _findings(document: Document, share: Share | None = None) -> list[Finding]:
    return [finding for batch in detect.scan(document, None, share) for finding in batch.findings]


def _told(document: Document, first: int) -> bytes:
    return packed(dict(search_share(document, detect.ScanOptions(), first)))


@pytest.mark.parametrize("parted_at", [0, 1, 400, 800])
def test_wherever_it_is_parted_the_findings_are_the_same(parted_at: int):
    document = _document(400)
    alone = _findings(document)
    told = _told(document, parted_at)
    assert len(alone) > 150
    assert unpacked(told), "the other worker had nothing to do"
    assert _findings(document, Share(parted_at, lambda: told)) == alone


def test_what_the_other_found_is_taken_over_and_not_searched_again():
    document = _document(10)
    told = packed({number: Searched([], []) for number in unpacked(_told(document, 0))})
    found = _findings(document, Share(0, lambda: told))
    assert {one.recogniser.partition("@")[0] for one in found} <= {"column", "mention"}
    assert found != _findings(document)


def test_where_the_other_worker_failed_its_share_is_searched_here():
    document = _document(10)
    assert _findings(document, Share(12, lambda: b"")) == _findings(document)


def test_the_other_worker_is_asked_once_and_only_when_its_share_is_reached():
    asked: list[int] = []
    document = _document(10)

    def told() -> bytes:
        asked.append(len(asked))
        return b""

    _findings(document, Share(len(document.segments), told))
    assert asked == []
    _findings(document, Share(4, told))
    assert asked == [0]


def test_only_a_long_document_is_parted():
    short = [Segment(CellPlace("A", row, 0), "x" * 10) for row in range(10)]
    assert share_of(short) is None
    long = [Segment(CellPlace("A", row, 0), "x" * 1000) for row in range(LONG // 1000 + 1)]
    first = share_of(long)
    assert first is not None
    assert len(long) * 0.45 < first < len(long) * 0.6


@pytest.mark.parametrize(
    "told", [b"{", b"[]", b'{"a":[[],[]]}', b'{"1":[[["PERSON",1]],[]]}', b'{"1":5}', b"\xff"]
)
def test_what_is_not_understood_is_not_taken(told: bytes):
    with pytest.raises(BugError):
        unpacked(told)

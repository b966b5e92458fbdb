"""Tests of the reading of annotated documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.annotated import BadMark, parse_marks, read_annotated, read_document


def test_marks_are_taken_out_and_their_offsets_kept() -> None:
    text, spans = parse_marks("PC [[PERSON#p1|Zoë Tredwell]] rang on [[DATE|3 May]].\n")
    assert text == "PC Zoë Tredwell rang on 3 May.\n"
    assert [(one["label"], one["person"]) for one in spans] == [("PERSON", "p1"), ("DATE", None)]
    assert all(text[one["start"] : one["end"]] == one["text"] for one in spans)


def test_marks_may_touch_and_run_over_a_line_break() -> None:
    text, spans = parse_marks("[[PERSON|Ann\nLee]][[AGE|41]]")
    assert text == "Ann\nLee41"
    assert [(one["start"], one["end"]) for one in spans] == [(0, 7), (7, 9)]


@pytest.mark.parametrize(
    "raw",
    [
        "[[PERSON|never closed",
        "stray ]] here",
        "[[NOBODY|unknown label]]",
        "[[PERSON|[[AGE|nested]]]]",
        "[[PERSON|]]",
        "[[PERSON| edge]]",
        "[[PERSON|a|bar]]",
        "[[PERSON#|no key]]",
        "[[MANUAL|no mark of the guide]]",
    ],
)
def test_a_wrong_mark_is_refused_without_its_text(raw: str) -> None:
    with pytest.raises(BadMark) as told:
        parse_marks("first line\n" + raw)
    assert "line 2" in str(told.value)
    assert raw not in str(told.value)


def test_a_folder_is_read_in_order_with_kind_from_the_name(tmp_path: Path) -> None:
    (tmp_path / "02-note.txt").write_text("[[PLACE|Leeds]]", "utf-8")
    (tmp_path / "01-case-log.txt").write_text("nothing", "utf-8")
    (tmp_path / "README.md").write_text("[[no mark", "utf-8")
    records = read_annotated(tmp_path)
    assert [(one["doc_id"], one["kind"]) for one in records] == [
        ("01-case-log", "case-log"),
        ("02-note", "note"),
    ]
    assert records[0]["spans"] == []


def test_a_file_of_records_gives_the_same_as_the_folder(tmp_path: Path) -> None:
    (tmp_path / "01-note.txt").write_text("from [[PERSON#a|Ann]], [[AGE|41]]", "utf-8")
    records = read_annotated(tmp_path)
    lines = tmp_path / "set.jsonl"
    lines.write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")
    assert read_annotated(lines) == records


@pytest.mark.parametrize("data", [b"a\r\nb", b"\xef\xbb\xbfa", b"e\xcc\x81", b"\xff"])
def test_bytes_that_would_shift_offsets_are_refused_by_file_name(
    tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "07-note.txt").write_bytes(data)
    with pytest.raises(BadMark, match=r"07-note\.txt"):
        read_document(tmp_path / "07-note.txt")

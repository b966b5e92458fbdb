"""Reads annotated documents: folders of text with marks in it, and files of one record a line.

A folder holds ``NN-kind.txt`` files in UTF-8. A mark is ``[[LABEL|text]]``, or
``[[LABEL#person|text]]`` where it says whom the text names or belongs to; the same key within one
document is the same person. Marks do not nest. A line of a ``.jsonl`` file is one such record, with
the offsets of its marks. Nothing here ever prints a document's text: a fault is told by file and
line.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import TypedDict

from redactor.labels import LABELS

_KNOWN = frozenset(label.name for label in LABELS if label.group != "manual")
_OPEN = re.compile(r"\[\[(?P<label>[A-Z_]+)(?:#(?P<person>[^\s|\[\]#]+))?\|")


class SpanRecord(TypedDict):
    """One mark: code points of the record's text, the end exclusive."""

    start: int
    end: int
    label: str
    text: str
    person: str | None


class Record(TypedDict):
    """One annotated document."""

    doc_id: str
    kind: str
    text: str
    spans: list[SpanRecord]


class BadMark(ValueError):
    """A document is not annotated as it should be; says where, never what stands there."""


def read_annotated(path: Path) -> list[Record]:
    """Read a folder of marked documents, or a file of records; in the order of their names."""
    if path.is_dir():
        return [read_document(one) for one in sorted(path.glob("*.txt"))]
    return [_record(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line]


def read_document(path: Path) -> Record:
    """Read one marked document.

    Raises:
        BadMark: it is not UTF-8, not NFC, has carriage returns, or a mark in it is wrong.
    """
    try:
        raw = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadMark(f"{path.name}: not UTF-8 at byte {error.start}") from None
    if "\r" in raw or raw.startswith("\ufeff") or raw != unicodedata.normalize("NFC", raw):
        raise BadMark(f"{path.name}: carriage returns, a byte-order mark, or not NFC")
    try:
        text, spans = parse_marks(raw)
    except BadMark as error:
        raise BadMark(f"{path.name}: {error}") from None
    return Record(doc_id=path.stem, kind=re.sub(r"^[0-9]+-", "", path.stem), text=text, spans=spans)


def parse_marks(raw: str) -> tuple[str, list[SpanRecord]]:
    """Take the marks out of a text.

    Returns:
        the plain text, and the marks with their offsets into it.

    Raises:
        BadMark: a mark is malformed, of no known label, empty, not closed, or nested.
    """
    out: list[str] = []
    spans: list[SpanRecord] = []
    at = length = 0
    while (opening := raw.find("[[", at)) >= 0:
        plain = _plain(raw, at, opening)
        label, person, body, at = _mark(raw, opening)
        start = length + len(plain)
        length = start + len(body)
        spans.append(SpanRecord(start=start, end=length, label=label, text=body, person=person))
        out += [plain, body]
    return "".join(out) + _plain(raw, at, len(raw)), spans


def _plain(raw: str, start: int, end: int) -> str:
    if (stray := raw.find("]]", start, end)) >= 0:
        raise BadMark(f"a stray ]] in {_line(raw, stray)}")
    return raw[start:end]


def _mark(raw: str, opening: int) -> tuple[str, str | None, str, int]:
    match = _OPEN.match(raw, opening)
    if match is None or match["label"] not in _KNOWN:
        raise BadMark(f"a malformed mark or unknown label in {_line(raw, opening)}")
    end = raw.find("]]", match.end())
    body = raw[match.end() : end]
    if end < 0 or "[[" in body or "|" in body:
        raise BadMark(f"a mark that is not closed, or holds another, in {_line(raw, opening)}")
    if not body or body != body.strip():
        raise BadMark(f"an empty mark, or one with white space at its edge, {_line(raw, opening)}")
    return match["label"], match["person"], body, end + 2


def _line(raw: str, at: int) -> str:
    return f"line {raw.count(chr(10), 0, at) + 1}"


def _record(read: dict[str, object]) -> Record:
    spans = [
        SpanRecord(
            start=one["start"],
            end=one["end"],
            label=one["label"],
            text=one["text"],
            person=one.get("person"),
        )
        for one in read["spans"]  # type: ignore[attr-defined]
    ]
    return Record(
        doc_id=str(read["doc_id"]), kind=str(read["kind"]), text=str(read["text"]), spans=spans
    )

"""Values to the forms they are kept in, and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from redactor.model import (
    Area,
    CellPlace,
    FieldPlace,
    HiddenKind,
    Incomplete,
    LinePlace,
    PagePlace,
    PartPlace,
    Place,
    Ruling,
    Segment,
    Span,
    Target,
    Unread,
)

_DECODER = json.JSONDecoder()

#: A cell as it is kept: row, column, text, and the kind of hidden content or nothing.
Cell: TypeAlias = tuple[int, int, str, str]


def read_json(kept: str) -> Any:
    """Read JSON of our own writing, without looking for white space around it: twice as fast."""
    return _DECODER.raw_decode(kept)[0]


def encode_target(target: Target, since: int = 0) -> str:
    """Write a target as a short canonical text, equal for equal targets.

    Args:
        since: the last mark of an earlier reading, which read the document otherwise: the same
            place was another then. It is not read back.
    """
    kept = json.dumps(_target_row(target), ensure_ascii=False)
    return f"{kept} since {since}" if since else kept


def _target_row(target: Target) -> list[object]:
    match target:
        case Span(segment, start, end, column):
            return ["span", segment, start, end, column]
        case Area(page, x0, y0, x1, y1):
            return ["area", page, *(round(n, 2) for n in (x0, y0, x1, y1))]


def decode_target(kept: str) -> Target:
    """Read a target back."""
    kind, *rest = read_json(kept)
    return Span(*rest) if kind == "span" else Area(*rest)


def segment_rows(segments: Iterable[Segment]) -> list[tuple[Any, ...]]:
    """Give segments as plain rows, which cross a pipe ten times faster than objects.

    Only the row of a page that was read from pixels says from where on.
    """
    return [
        (
            *_encode_place(one.place),
            one.text,
            str(one.hidden or ""),
            one.container,
            *(() if one.read_from is None else (one.read_from,)),
        )
        for one in segments
    ]


def segments_of(rows: Iterable[Sequence[Any]]) -> list[Segment]:
    """Make segments of their rows."""
    return [
        Segment(
            _decode_place(kind, a, b, c),
            text,
            HiddenKind(hidden) if hidden else None,
            container,
            read[0] if read else None,
        )
        for kind, a, b, c, text, hidden, container, *read in rows
    ]


def encode_segments(segments: Sequence[Segment]) -> bytes:
    """Pack segments for keeping."""
    rows = json.dumps(segment_rows(segments), ensure_ascii=False)
    return zlib.compress(rows.encode("utf-8"), 1)


def decode_segments(payload: bytes) -> list[Segment]:
    """Unpack segments."""
    return segments_of(json.loads(zlib.decompress(payload)))


def decode_cells(payload: bytes) -> list[Cell]:
    """Unpack the cells among segments, as they are kept."""
    return [
        (row, column, text, hidden)
        for kind, _, row, column, text, hidden, *_ in json.loads(zlib.decompress(payload))
        if kind in {"cell", "field"}
    ]


def _encode_place(place: Place) -> tuple[str, Any, int, int]:
    match place:
        case PagePlace(page):
            return "page", page, 0, 0
        case CellPlace(sheet, row, column):
            return "cell", sheet, row, column
        case FieldPlace(row, column):
            return "field", "", row, column
        case LinePlace(line):
            return "line", line, 0, 0
        case PartPlace(part, number):
            return "part", part, number, 0


def _decode_place(kind: str, a: Any, b: int, c: int) -> Place:
    match kind:
        case "page":
            return PagePlace(a)
        case "cell":
            return CellPlace(a, b, c)
        case "field":
            return FieldPlace(b, c)
        case "line":
            return LinePlace(a)
        case _:
            return PartPlace(a, b)


def encode_summary(
    unread: Iterable[Unread], incomplete: Iterable[Incomplete], notes: Iterable[str], refusal: str
) -> str:
    """Write what is known of a reading apart from its segments."""
    return json.dumps(
        {
            "unread": [[one.place, one.why, [str(r) for r in one.rulings]] for one in unread],
            "incomplete": [[one.place, one.why] for one in incomplete],
            "notes": list(notes),
            "refusal": refusal,
        },
        ensure_ascii=False,
    )


def decode_summary(
    kept: str,
) -> tuple[tuple[Unread, ...], tuple[Incomplete, ...], tuple[str, ...], str]:
    """Read a summary back: unread parts, incomplete steps, notes, and why it was refused."""
    summary = json.loads(kept)
    return (
        tuple(Unread(p, w, tuple(Ruling(r) for r in rs)) for p, w, rs in summary["unread"]),
        tuple(Incomplete(p, w) for p, w in summary["incomplete"]),
        tuple(summary["notes"]),
        str(summary["refusal"]),
    )

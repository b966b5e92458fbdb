"""What was read of the documents, in the case file: blocks of segments, each of one grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from redactor.case import codec
from redactor.case.faults import explained, understood
from redactor.case.grids import grid_of, row_of
from redactor.model import Segment

#: Segments a block; a viewer fetches whole blocks.
BLOCK_SIZE = 2000
_LAST_ROW = 2**63 - 1


class Segments:
    """The segments in an open case file. Changes are made inside a transaction of the caller's."""

    def __init__(self, path: Path, link: sqlite.Connection) -> None:
        self._path = path
        self._link = link

    def add(self, number: int, segments: Sequence[Segment]) -> None:
        """Keep segments as they come, in order."""
        (block,) = self._link.execute(
            "SELECT coalesce(max(number), -1) + 1 FROM blocks WHERE document = ?", (number,)
        ).fetchone()
        for offset, chunk in enumerate(_chunks(segments)):
            rows = [row_of(one) for one in chunk]
            self._link.execute(
                "INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?)",
                (
                    number,
                    block + offset,
                    grid_of(chunk[0]),
                    min(rows),
                    max(rows),
                    codec.encode_segments(chunk),
                ),
            )

    def forget(self, number: int) -> None:
        """Forget what was read of a document."""
        self._link.execute("DELETE FROM blocks WHERE document = ?", (number,))

    def all(self, number: int) -> Iterator[Segment]:
        """Give every segment of a document, in order."""
        for (payload,) in self._rows(
            "SELECT payload FROM blocks WHERE document = ? ORDER BY number", (number,)
        ):
            yield from self._segments_in(payload)

    def between(self, number: int, container: str, first: int, last: int) -> Iterator[Segment]:
        """Give the segments of a sheet (or of all rows or lines) whose blocks touch these rows."""
        for (payload,) in self._rows(
            "SELECT payload FROM blocks WHERE document = ? AND container = ?"
            " AND last_row >= ? AND first_row <= ? ORDER BY number",
            (number, container, first, last),
        ):
            for segment in self._segments_in(payload):
                if first <= row_of(segment) <= last and grid_of(segment) == container:
                    yield segment

    def blocks(
        self, number: int, container: str, first: int = 0, last: int | None = None
    ) -> tuple[int, ...]:
        """Give the blocks of a sheet (or of all rows) that touch some rows, in order."""
        rows = self._rows(
            "SELECT number FROM blocks WHERE document = ? AND container = ?"
            " AND last_row >= ? AND first_row <= ? ORDER BY number",
            (number, container, first, _LAST_ROW if last is None else last),
        )
        return tuple(block for (block,) in rows)

    def cells(self, number: int, block: int) -> list[codec.Cell]:
        """Give the cells of one block of a sheet: cheaper than segments, for going through many."""
        rows = self._rows(
            "SELECT payload FROM blocks WHERE document = ? AND number = ?", (number, block)
        )
        with understood(self._path):
            return [cell for (payload,) in rows for cell in codec.decode_cells(payload)]

    def containers(self, number: int) -> tuple[tuple[str, int], ...]:
        """Give the sheets of a document in order, each with its last row counted from 0."""
        rows = self._rows(
            "SELECT container, max(last_row) FROM blocks WHERE document = ?"
            " GROUP BY container ORDER BY min(number)",
            (number,),
        )
        return tuple((name, int(last)) for name, last in rows)

    def rows(self, number: int) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a document's blocks, for a seal."""
        yield from self._rows("SELECT * FROM blocks WHERE document = ? ORDER BY number", (number,))

    def _segments_in(self, payload: bytes) -> list[Segment]:
        with understood(self._path):
            return codec.decode_segments(payload)

    def _rows(self, query: str, about: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        with explained(self._path):
            yield from self._link.execute(query, about)


def _chunks(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Cut segments into blocks, each of one container."""
    chunk: list[Segment] = []
    for segment in segments:
        if chunk and (len(chunk) >= BLOCK_SIZE or grid_of(segment) != grid_of(chunk[0])):
            yield chunk
            chunk = []
        chunk.append(segment)
    if chunk:
        yield chunk

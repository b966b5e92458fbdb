"""A file of a candidate as a viewer asks for it: its sheets, some of its rows, or all its text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath

from redactor.case.grids import grid_of, row_of
from redactor.formats import detect_format, format_named
from redactor.model import AS_FOUND, ReadAs, Report, Segment, quiet

#: Papers of a release that are no document of any format we release, and read as plain text.
_AS_TEXT = frozenset({".json"})


class OpenOutput:
    """A file that was read whole, in the worker that shows it."""

    def __init__(
        self,
        name: str,
        untrusted: bytes,
        report: Report = quiet,
        read_as: ReadAs = AS_FOUND,
    ) -> None:
        as_text = PurePath(name).suffix.lower() in _AS_TEXT
        kind = format_named("txt") if as_text else detect_format(name, untrusted)
        shown = laid_out(untrusted) if as_text else untrusted
        self._segments = kind.read(shown, report, ReadAs(delimiter=read_as.delimiter)).segments
        self._grids: dict[str, dict[int, list[Segment]]] = {}
        for segment in self._segments:
            rows = self._grids.setdefault(grid_of(segment), {})
            rows.setdefault(row_of(segment), []).append(segment)

    @property
    def segments(self) -> Sequence[Segment]:
        """Give every segment, in reading order."""
        return self._segments

    def containers(self) -> tuple[tuple[str, int], ...]:
        """Give the sheets (``sheet:NAME``; ``rows`` for CSV) with their last row, from 0.

        What lies in no sheet is listed only where a reader would not see it: the names of sheets
        are shown with the sheets.
        """
        listed = {
            name: rows
            for name, rows in self._grids.items()
            if name or len(self._grids) == 1 or any(map(_is_hidden, rows.values()))
        }
        return tuple((name, max(rows)) for name, rows in listed.items())

    def rows(self, container: str, first: int, last: int) -> tuple[Segment, ...]:
        """Give the cells of some rows."""
        rows = self._grids.get(container, {})
        return tuple(one for row in range(first, last + 1) for one in rows.get(row, ()))


def laid_out(untrusted: bytes) -> bytes:
    """Break a paper in JSON into lines, for reading; as it is where it is none."""
    try:
        return json.dumps(json.loads(untrusted), indent=2, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        return untrusted


def _is_hidden(segments: Sequence[Segment]) -> bool:
    return any(one.hidden is not None for one in segments)

"""The JSON of a scan, as far as it says who is who."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from redactor.app.oneshot import Scanned
from redactor.app.output_json import write_scan
from redactor.jobs import Reading
from redactor.model import Finding, LinePlace, Segment


def _scanned(name: str, *found: tuple[int, str, str]) -> Scanned:
    """Give a file of lines, of which each holds a finding: its line, label and text."""
    segments = tuple(Segment(LinePlace(line), text) for line, _, text in sorted(found))
    findings = tuple(
        Finding(LinePlace(line), 0, len(text), text, label, 0.9, "r") for line, label, text in found
    )
    return Scanned(Path(name), Reading("00", "txt", (), (), ()), segments, findings)


def _persons(results: Sequence[Scanned]) -> list[list[Any]]:
    out = io.StringIO()
    assert write_scan(results, out) == 0
    written = json.loads(out.getvalue())
    return [[one["person"] for one in each["findings"]] for each in written["documents"]]


def test_persons_are_gathered_over_all_documents_of_the_call():
    first = _scanned(
        "a.txt",
        (0, "PERSON", "Tom Vale"),
        (1, "PERSON", "Ms Okoro"),
        (2, "ORG", "Vale Ltd"),
        (3, "EMAIL", "sokoro@example.org"),
        (4, "EMAIL", "info@example.org"),
    )
    second = _scanned("b.txt", (0, "PERSON", "Sarah Okoro"), (1, "PUBLIC_PERSON", "Beryl Hough"))
    assert _persons([first, second]) == [["P1", "P2", None, "P2", None], ["P2", "P3"]]
    assert _persons([first, second]) == _persons([first, second])


def test_numbers_follow_the_first_mention_and_not_the_order_of_finding():
    found = _scanned("a.txt", (1, "PERSON", "Sarah Okoro"), (0, "PERSON", "Tom Vale"))
    assert _persons([found]) == [["P2", "P1"]]

"""Pages that were read from their pixels: how wrong they are, what is said of them, what it costs.

Run by hand: ``redactor bench recognition``. Printed pages are spoilt as scanners and faxes spoil
them, made into scans, and read as a document is. Signed pages are to be noticed, every one.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

import pymupdf

from redactor import ocr
from redactor.formats.pdf.page_reading import PageReading
from redactor.formats.pdf.pages import Pages
from tests.annotated import read_annotated
from tests.benchmarks.ocr import distance
from tests.benchmarks.ocr_pages import CONDITIONS, Printed, printed_pages, scan_of
from tests.corpus import find_corpus


def as_scan(picture: Any, dpi: int) -> bytes:
    """Make a PDF of one picture of a page."""
    written = io.BytesIO()
    picture.save(written, "PNG")
    width, height = picture.size
    document = pymupdf.open()
    page = document.new_page(width=width * 72 / dpi, height=height * 72 / dpi)
    page.insert_image(page.rect, stream=written.getvalue())
    scan: bytes = document.tobytes()
    return scan


def signed(printed: Printed, seed: int) -> Printed:
    """Sign a printed page somewhere in its lower margin."""
    rng = random.Random(seed)
    document = pymupdf.open("pdf", printed.leaf)
    page = document[0]
    x, y = rng.uniform(60, 380), rng.uniform(806, 822)
    points = [
        pymupdf.Point(x + 5 * step + rng.uniform(-6, 6), y + rng.uniform(-14, 14))
        for step in range(24)
    ]
    shape = page.new_shape()
    for four in zip(points, points[1:], points[2:], points[3:], strict=False):
        shape.draw_bezier(*four)
    shape.finish(width=rng.uniform(0.6, 1.4), color=(0.1, 0.1, 0.35), closePath=False)
    shape.commit()
    return Printed(document.tobytes(), printed.text, printed.named)


class _Clock:
    """Counts the CPU time of the engine alone, and of all that reading a page takes."""

    def __init__(self) -> None:
        self.engine = self.all = 0.0
        self._read = ocr.read_turned

    def read_turned(self, *about: Any, **more: Any) -> ocr.Reading:
        started = time.process_time()
        found = self._read(*about, **more)
        self.engine += time.process_time() - started
        return found

    def page(self, scan: bytes) -> PageReading:
        started = time.process_time()
        pages = Pages.of(scan)
        reading = pages.reading(0)
        pages.text(0).text  # noqa: B018 - what a reading asks for
        self.all += time.process_time() - started
        if reading is None:
            raise ValueError("A scan was not taken for one.")
        return reading


def _row(pages: Sequence[Printed], readings: Sequence[PageReading]) -> str:
    wrong = total = 0
    for printed, reading in zip(pages, readings, strict=True):
        words = printed.text.split()
        wrong += distance(words, [word.text for word in reading.words])
        total += len(words)
    faults = [reading.fault() for reading in readings]
    badly = sum("badly" in fault for fault in faults)
    sure = [reading.confidence for reading in readings]
    return (
        f"{wrong / max(total, 1):7.1%} {min(sure):6.1f} {max(sure):6.1f}"
        f" {badly:6} {sum(map(bool, faults)) - badly:7} {faults.count(''):6}"
    )


def _print_table(pages: Sequence[Printed], clock: _Clock) -> None:
    head = f"{'':26} {'wrong':>7} {'least':>6} {'most':>6} {'badly':>6} {'places':>7} {'well':>6}"
    print(f"{head}\n{'':26} {'words':>7} {'sure':>6} {'sure':>6} {'pages':>6} {'pages':>7} pages")
    for name, (dpi, spoil) in CONDITIONS.items():
        scans = [as_scan(spoil(scan_of(one, dpi)).convert("L"), dpi) for one in pages]
        print(f"{name:26} {_row(pages, [clock.page(one) for one in scans])}", flush=True)
    leaves = [signed(one, number) for number, one in enumerate(pages)]
    scans = [as_scan(scan_of(one, 200), 200) for one in leaves]
    print(f"{'signed, 200 dpi':26} {_row(leaves, [clock.page(one) for one in scans])}")


def main(argv: Sequence[str] = ()) -> int:
    """Measure, and print a table; gives the exit code."""
    parser = argparse.ArgumentParser(prog="redactor bench recognition", description=__doc__)
    parser.add_argument("--pages", type=int, default=12, help="how many pages (default 12)")
    given = parser.parse_args(argv)
    devset = find_corpus("devset", "devset.jsonl")
    if devset is None:
        print("The annotated texts are not here (REDACTOR_CORPUS). Nothing was measured.")
        return 2
    pages = list(printed_pages(read_annotated(devset), given.pages))
    clock = _Clock()
    with patch.object(ocr, "read_turned", clock.read_turned):
        _print_table(pages, clock)
    print(f"All that it takes, to the engine alone (CPU): {clock.all / clock.engine:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Peak memory for text PDFs of 500 and of 5,000 pages: read, released with its proof, verified.

Run by hand: ``redactor bench pdf-pages``. Memory is to be flat in the number of pages, and below
700 MB in every worker for 5,000 of them, the most that a PDF may have; what a page adds is printed
last. Every page holds 480 words, and four of them are redacted. The figure of ``redact`` is that of
its largest worker: one reads and rebuilds, and another, started for it, proves.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.benchmarks.measuring import Run, run_redactor
from tests.benchmarks.pdf_200_pages import make_pdf

MOST_MB = 700
_BOXES_A_PAGE = 4


def _measure(folder: Path, pages: int) -> dict[str, Run]:
    pdf, terms, out = folder / f"long{pages}.pdf", folder / "terms.txt", folder / f"out{pages}"
    names = make_pdf(pdf, pages, pages * _BOXES_A_PAGE)
    terms.write_text("\n".join(names), encoding="utf-8")
    listed = ("--terms", str(terms))
    return {
        "inspect (reads only)": run_redactor("inspect", str(pdf)),
        "redact (reads, rebuilds, proves)": run_redactor(
            "redact", str(pdf), *listed, "--out", str(out)
        ),
        "verify": run_redactor("verify", str(out / pdf.name), *listed),
    }


def slope_kb(runs: Mapping[int, Run]) -> float | None:
    """Give by how many kB a page a worker grew from the fewest pages to the most; None of one."""
    fewest, most = min(runs), max(runs)
    if fewest == most:
        return None
    return (runs[most].worker_mb - runs[fewest].worker_mb) * 1024 / (most - fewest)


def main(argv: Sequence[str] = ()) -> int:
    """Measure, and print a table; gives the exit code."""
    parser = argparse.ArgumentParser(prog="redactor bench pdf-pages", description=__doc__)
    parser.add_argument("--pages", type=int, action="append", help="500 and 5000 if not given")
    counts = parser.parse_args(argv).pages or [500, 5000]
    runs: dict[str, dict[int, Run]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for pages in counts:
            for name, took in _measure(Path(folder), pages).items():
                runs.setdefault(name, {})[pages] = took
                print(
                    f"{pages:5} pages  {name:34} {took.worker_mb:5} MB at most in a worker,"
                    f" {took.own_mb} MB beside it,"
                    f" {took.cpu:7.1f} CPU-s {took.cpu / pages * 1000:7.1f} ms a page"
                    f"  exit {took.code}",
                    flush=True,
                )
    for name, each in runs.items():
        if (slope := slope_kb(each)) is not None:
            print(f"{name:34} grows by {slope:.1f} kB a page")
    well = [
        took.code <= 1 and took.worker_mb < MOST_MB
        for one in runs.values()
        for took in one.values()
    ]
    return int(not all(well))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The benchmarks: what each measures, against what. Run by hand; nothing in the suite is timed.

``redactor bench`` lists them and ``redactor bench NAME`` runs one, as ``python -m MODULE`` does.
Each module has ``main(argv) -> int``, which gives the exit code.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One benchmark.

    Attributes:
        name: as asked for on the command line.
        module: where its ``main`` is.
        title: what it measures, in one line.
        baseline: what it is measured against; empty where there is nothing like it.
        writes_json: its ``main`` takes ``--json`` itself; the words of the others are passed on as
            lines.
    """

    name: str
    module: str
    title: str
    baseline: str = ""
    writes_json: bool = False


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark(
        "detection",
        "tests.benchmarks.detection",
        "recall, precision and cost of detection, on every annotated set that is here",
        "plain Presidio",
        writes_json=True,
    ),
    Benchmark(
        "pdf",
        "tests.benchmarks.pdf_200_pages",
        "redacting, verifying and scanning a PDF of 200 pages, in CPU seconds",
        "PyMuPDF with no check",
    ),
    Benchmark(
        "peer",
        "tests.benchmarks.peer_doc_redaction",
        "redacting the same PDF from a list of terms, in turns with another program",
        "doc_redaction, and PyMuPDF with no check",
        writes_json=True,
    ),
    Benchmark(
        "pdf-scans",
        "tests.benchmarks.pdf_scans",
        "scanning and releasing a scan of seven pages, in CPU seconds a page",
        "plain Tesseract on the same pixels",
        writes_json=True,
    ),
    Benchmark(
        "pdf-pages",
        "tests.benchmarks.pdf_pages",
        "peak memory of the workers for text PDFs of 500 and of 5,000 pages",
    ),
    Benchmark(
        "pdf-corpus",
        "tests.benchmarks.pdf_corpus",
        "five words redacted in every real PDF: what is left, and what else was lost or moved",
        "PyMuPDF alone, by full boxes and by strips",
        writes_json=True,
    ),
    Benchmark(
        "width",
        "tests.benchmarks.width_leak",
        "how many bits about a surname the width of its place tells, for each style of box",
        "a gap that is left as wide as the name",
        writes_json=True,
    ),
    Benchmark(
        "ocr",
        "tests.benchmarks.ocr",
        "reading scans: wrong letters and words, names found, CPU seconds a page",
        "plain Tesseract, MuPDF's Tesseract, RapidOCR",
    ),
    Benchmark(
        "recognition",
        "tests.benchmarks.recognition",
        "scans as a document reads them: what is said of poor pages, and the time it takes",
        "the engine's own time",
    ),
    Benchmark(
        "misread",
        "tests.benchmarks.misread",
        "names on spoilt scans: found exactly, found as misread, and false alarms",
        "the exact search",
    ),
    Benchmark(
        "xlsx",
        "tests.benchmarks.xlsx_million_cells",
        "reading, scanning and redacting a workbook of a million cells",
        "openpyxl loading and saving it",
    ),
    Benchmark(
        "workbook",
        "tests.benchmarks.workbook",
        "a workbook of 350,000 cells of people: opened, scanned, released and verified",
        "NEC DocDefender's published 30 minutes",
    ),
    Benchmark(
        "numbers",
        "tests.benchmarks.numbers",
        "hiding as little as can be beside small counts: cost, proof and CPU seconds",
        "stored optima, and a plain solve by HiGHS",
        writes_json=True,
    ),
    Benchmark(
        "numbers-peers",
        "tests.benchmarks.numbers_peers",
        "what other programs hide in the same tables, and what that leaves open",
        "stored patterns of GaussSuppression 1.2.3 and sdcTable 0.34.0",
        writes_json=True,
    ),
    Benchmark(
        "numbers-proofs",
        "tests.benchmarks.numbers_proofs",
        "what is said of small numbers, held against going through all tables and all patterns",
        "complete enumeration",
        writes_json=True,
    ),
    Benchmark(
        "numbers-sheets",
        "tests.benchmarks.numbers_sheets",
        "the sample case and three linked tables, from the sheet to what can be worked out",
        "a plain solve by HiGHS",
        writes_json=True,
    ),
    Benchmark(
        "case",
        "tests.benchmarks.case_scale",
        "a case of 500 documents and 200,000 findings: opening it, deciding, checking",
        "a row in a bare SQLite file",
    ),
    Benchmark(
        "window-case",
        "tests.benchmarks.window_scale",
        "the same case in the window; needs the FOLDER in which `case FOLDER` made it",
    ),
    Benchmark(
        "window-start",
        "tests.benchmarks.window_start",
        "how soon the window is up, and its longest stall over a PDF of 1,000 pages",
    ),
    Benchmark(
        "viewers",
        "tests.benchmarks.viewer_smoothness",
        "how long the window is held up while pages, sheets and text scroll",
    ),
    Benchmark(
        "kill",
        "tests.benchmarks.kill_loop",
        "killing a program that works in a case, again and again, and what is left of its work",
    ),
)


def benchmark_named(name: str) -> Benchmark | None:
    """Give the benchmark with a name, or None."""
    return next((one for one in BENCHMARKS if one.name == name), None)

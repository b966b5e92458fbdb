"""CPU seconds for a 200-page text PDF: redact and verify from a list of terms, and scan with names.

Run by hand: ``redactor bench pdf``. The baseline, measured in the same run, is PyMuPDF searching
for the same terms, redacting them and saving, with no check at all. ``redactor bench peer`` holds
the same file against another program.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pymupdf

PAGES, BOXES = 200, 6188

_FIRST = ["Ailsa", "Bogdan", "Carys", "Dunja", "Esme", "Folasade", "Gethin", "Harvey", "Isla"]
_LAST = ["Quillfeather", "Venkataraman", "Rhydderch", "Okonjo", "Markovic", "Tresilian", "Norreys"]
_WORDS = ["the", "officer", "attended", "and", "said", "that", "a", "complaint", "was", "made"]


def make_pdf(path: Path, pages: int = PAGES, boxes: int = BOXES) -> list[str]:
    """Write the PDF; gives the terms that stand in it so many times altogether."""
    rng = random.Random(7)
    names = [f"{first} {last}" for first in _FIRST for last in _LAST]
    document = pymupdf.open()
    left = boxes
    for number in range(pages):
        here = left // (pages - number)
        left -= here
        words = [rng.choice(_WORDS) for _ in range(480)]
        for place in rng.sample(range(len(words)), here):
            words[place] = rng.choice(names)
        page = document.new_page()
        page.insert_textbox((50, 50, 545, 800), " ".join(words), fontsize=10, fontname="helv")
    document.save(path)
    return names


def cpu_s(*command: str) -> tuple[float, float, int]:
    """Run a command; gives CPU seconds of it and its children, wall seconds and its exit code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run([sys.executable, *command], check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - started, done.returncode


#: Python that redacts: the PDF, the terms and the file to write are its arguments.
PLAIN = """
import sys, pymupdf
document = pymupdf.open(sys.argv[1])
terms = open(sys.argv[2], encoding="utf-8").read().split("\\n")
for page in document:
    for term in terms:
        for box in page.search_for(term):
            page.add_redact_annot(box, fill=(0, 0, 0))
    page.apply_redactions()
document.save(sys.argv[3], garbage=4, deflate=True)
"""


def main(argv: Sequence[str] = ()) -> int:
    """Measure, and print a table; gives the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        pdf, terms = Path(folder) / "long.pdf", Path(folder) / "terms.txt"
        terms.write_text("\n".join(make_pdf(pdf)), encoding="utf-8")
        out = str(Path(folder) / "out")
        redactor = ("-m", "redactor")
        plain, _, _ = cpu_s("-c", PLAIN, str(pdf), str(terms), str(Path(folder) / "plain.pdf"))
        rows = {
            "redact (reads, rebuilds, verifies)": cpu_s(
                *redactor, "redact", str(pdf), "--terms", str(terms), "--out", out
            ),
            "verify": cpu_s(*redactor, "verify", f"{out}/long.pdf", "--terms", str(terms)),
            "inspect (reads only)": cpu_s(*redactor, "inspect", str(pdf)),
            "scan (with names)": cpu_s(*redactor, "scan", str(pdf), "--json"),
        }
        for name, (cpu, wall, code) in rows.items():
            print(f"{name:36} {cpu:6.2f} CPU-s {wall:6.2f} s  exit {code}")
        whole = sum(rows[name][0] for name in list(rows)[:3])
        print(f"inspect + redact + verify            {whole:6.2f} CPU-s")
        print(f"plain search, redact and save        {plain:6.2f} CPU-s, unchecked")
        print(f"ratio to plain search, redact, save  {whole / plain:6.2f}")
    return int(any(code > 1 for _, _, code in rows.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

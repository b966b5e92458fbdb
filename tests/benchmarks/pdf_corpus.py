"""Five words out of every real PDF: what is left of them, and what became of everything else.

``redactor bench pdf-corpus [FOLDER...]``. The words are drawn from what PDFium reads, which wrote
nothing of ours, and are redacted the public way; PDFium, MuPDF and the search of ``redactor
verify`` then look for them, and PDFium compares where every other word stands. With ``--method
rect`` or ``strip`` the library alone does the removing (one mark over each word, or a thin strip
through it), without anything this program adds: that is the baseline.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import pymupdf
import pypdfium2

from redactor.app.files import Refusal
from redactor.app.oneshot import RedactOrder, Released, redact_files, verify_files
from redactor.formats.pdf.opening import open_pdf, prepare
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.redaction import strips_of
from redactor.matching import Term, find_term, fold, make_term
from redactor.workers import Lane
from tests.benchmarks.pdf_corpus_glyphs import (
    Difference,
    difference,
    glyphs_of_pages,
    hits,
    pixels_apart,
    shown_on,
    text_of,
)
from tests.corpus import find_corpus

_SETS = ("pdf-pdfjs", "pdf-pdfbox", "pdf-qpdf", "pins")
_WORDS = 5
_EXEMPTION = "s40(2) by s40(3A)(a)"
_ANY_WORD = "Okonjo"
_WORD = re.compile(r"[^\W\d_]{4,}")
_AS_PICTURE = re.compile(r"^Pages? ([\d, ]+).* released as (?:a )?pictures?\b")
_LEFT_OUT = "page left out"
METHODS = ("redactor", "rect", "strip")


@dataclass(slots=True)
class FileResult:
    """What was measured on one file."""

    name: str
    state: str = "released"
    why: str = ""
    pages: int = 0
    terms: int = 0
    removed: int = 0
    residual: int = 0
    leaks: int = 0
    pictures: int = 0
    left_out: int = 0
    times_larger: float = 0.0
    pixels: int = 0
    notes: tuple[str, ...] = ()
    words: Difference = field(default_factory=Difference)


def files_in(folders: Sequence[Path]) -> list[Path]:
    """Give the PDFs, in order of their names."""
    return sorted(path for folder in folders for path in folder.rglob("*.pdf"))


def draw_words(pages: list[str], seed: str) -> list[str]:
    """Draw words that stand on a page; equal text gives equal words."""
    words = sorted({word for page in pages for word in _WORD.findall(page)})
    return random.Random(seed).sample(words, min(_WORDS, len(words)))


# --- by whom ---------------------------------------------------------------------------------


def _by_program(
    path: Path, terms: list[str], lane: Lane, result: FileResult
) -> tuple[bytes, set[int]] | None:
    """Redact the public way; gives what was written, and which pages became pictures."""
    with tempfile.TemporaryDirectory() as folder:
        order = RedactOrder(Path(folder), _EXEMPTION, tuple(terms), drop_unread=True)
        answer = next(iter(redact_files([path], order, lane, _quiet)))
        if not isinstance(answer, Released):
            result.state = type(answer).__name__.lower()
            result.why = _why(answer)
            return None
        out = answer.outputs[0][0]
        report, refused = verify_files([out], terms, None, lane, _quiet)
        result.leaks = len(report.leaks) + len(refused)
        result.removed = answer.redactions
        result.notes = answer.notes
        pictures = {
            int(number) - 1
            for note in answer.notes
            if (found := _AS_PICTURE.match(note))
            for number in re.findall(r"\d+", found[1])
        }
        return out.read_bytes(), pictures


def _why(answer: Any) -> str:
    if isinstance(answer, Refusal):
        return str(getattr(answer, "message", ""))
    failed = [one.name for one in getattr(answer, "checks", ()) if not one.ok]
    leaks = Counter(one.where.split(",")[0] for one in getattr(answer, "leaks", ()))
    parts = [one.place for one in getattr(answer, "unread", ())]
    return "; ".join([*failed, *(f"{n}x {where}" for where, n in leaks.items()), *parts])[:300]


def _by_library(path: Path, terms: list[Term], method: str) -> bytes:
    """Let the library alone remove the words, as its manual says."""
    document = prepare(open_pdf(path.read_bytes()))
    for number in range(document.page_count):
        text = PageText(document.load_page(number))
        boxes = []
        folded = fold(text.text)
        for term in terms:
            for start, end in find_term(term, folded):
                for one in text.stretches(start, end):
                    boxes.extend([one.box] if method == "rect" else strips_of(one))
        page = document.load_page(number)
        way_back = page.derotation_matrix
        for box in boxes:
            page.add_redact_annot(pymupdf.Rect(box) * way_back, cross_out=False)
        if boxes:
            page.apply_redactions(
                images=pymupdf.PDF_REDACT_IMAGE_NONE, graphics=pymupdf.PDF_REDACT_LINE_ART_NONE
            )
    written: bytes = document.tobytes(garbage=4, deflate=True)
    return written


def _quiet(_: str) -> None:
    return


# --- one file ----------------------------------------------------------------------------------


def measure(path: Path, method: str, lane: Lane) -> FileResult:
    """Redact five words of a file, and look at what was written."""
    result = FileResult(f"{path.parent.name}/{path.name}")
    try:
        before = glyphs_of_pages(path)
    except pypdfium2.PdfiumError:  # nothing to compare; what the program says of it is told
        _by_program(path, [_ANY_WORD], lane, result)
        result.state = f"not read by PDFium, {result.state}"
        return result
    result.pages = len(before)
    written = draw_words([text_of(page) for page in before], path.name)
    if not written:
        result.state = "no words"
        return result
    result.terms = len(written)
    terms = [term for number, word in enumerate(written, 1) if (term := make_term(word, number))]
    if method == "redactor":
        answer = _by_program(path, written, lane, result)
        if answer is None:
            return result
        out, pictures = answer
    else:
        try:
            out, pictures = _by_library(path, terms, method), set()
        except Exception as error:  # noqa: BLE001 - the baseline has no way of its own to refuse
            result.state, result.why = "refused", f"{type(error).__name__}: {error}"[:200]
            return result
    try:
        _compare(result, path, before, out, terms, pictures)
    except pypdfium2.PdfiumError:
        result.state, result.why = "written in vain", "PDFium cannot read what was written"
    return result


def _compare(
    result: FileResult,
    path: Path,
    before: list[Any],
    out: bytes,
    terms: list[Term],
    pictures: set[int],
) -> None:
    result.times_larger = round(len(out) / path.stat().st_size, 2)
    after = glyphs_of_pages(out)
    library = [str(page.get_text()) for page in pymupdf.open("pdf", out)]
    for number, (old, new, read) in enumerate(zip(before, after, library, strict=True)):
        result.residual += _left(terms, text_of(new)) + _left(terms, read)
        if _LEFT_OUT in text_of(new):
            result.left_out += 1
            continue
        if number in pictures:
            result.pictures += 1
            continue
        removed = hits(old, terms)
        result.pixels += pixels_apart(path, out, number, removed)
        if not removed:
            continue
        found = difference(old, new, terms, shown_on(path, number))
        for one in fields(Difference):
            value = getattr(result.words, one.name) + getattr(found, one.name)
            setattr(result.words, one.name, value)


def _left(terms: list[Term], text: str) -> int:
    folded = fold(text)
    return sum(1 for term in terms for _ in find_term(term, folded))


# --- all files ---------------------------------------------------------------------------------


def summed(results: Sequence[FileResult], cpu_s: float) -> dict[str, Any]:
    """Give the figures of the table."""
    done = [one for one in results if one.state == "released"]
    words = Counter[str]()
    for one in done:
        words.update(asdict(one.words))
    wrong = words["lost"] + words["moved"]
    return {
        "files": len(results),
        "states": dict(Counter(one.state for one in results)),
        "terms": sum(one.terms for one in done),
        "pages": sum(one.pages for one in done),
        "residual": sum(one.residual for one in done),
        "leaks": sum(one.leaks for one in done),
        "pictures": sum(one.pictures for one in done),
        "left out": sum(one.left_out for one in done),
        **words,
        "wrong in 22,000": round(wrong * 22_000 / max(words["elsewhere"], 1), 1),
        "cpu seconds a page": round(cpu_s / max(sum(one.pages for one in done), 1), 3),
    }


def _cpu_s() -> float:
    """Give what the workers took, which redact and prove; they have ended when this is asked."""
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    return workers.ru_utime + workers.ru_stime


def main(argv: Sequence[str] = ()) -> int:
    """Measure every file, and print the figures; gives 1 where anything is left or was lost."""
    parser = argparse.ArgumentParser(prog="redactor bench pdf-corpus", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="of PDFs; the corpus without any")
    parser.add_argument("--method", choices=METHODS, default="redactor")
    parser.add_argument("--match", default="", help="only files with this in their names")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    folders = given.folders or [found for one in _SETS if (found := find_corpus("files", one))]
    paths = [path for path in files_in(folders) if given.match in str(path)]
    results = []
    with Lane() as lane:
        for result in _measured(paths, given.method, lane):
            results.append(result)
            if not given.json:
                print(_line(result), flush=True)
    total = summed(results, _cpu_s())
    total |= {"library": pymupdf.__version__, "method": given.method}
    if given.json:
        print(json.dumps({**total, "each": [asdict(one) for one in results]}, indent=1))
    else:
        print("\n".join(f"{name:20} {value}" for name, value in total.items()))
    return int(any(total[name] for name in ("residual", "leaks", "lost", "moved", "beside_lost")))


def _measured(paths: Sequence[Path], method: str, lane: Lane) -> Iterator[FileResult]:
    for path in paths:
        yield measure(path, method, lane)


def _line(result: FileResult) -> str:
    told = {
        name: value
        for name, value in {**asdict(result), **asdict(result.words)}.items()
        if value and name not in {"name", "state", "words", "elsewhere", "beside"}
    }
    return f"{result.name}: {result.state} {told}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

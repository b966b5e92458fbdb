"""What else changed between an original and what was made of it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field

from redactor.release.verify.decode import readings
from redactor.release.verify.ledger import PYTHON, Ledger
from redactor.release.verify.office import CALAMINE, DOCX, document_paragraphs, visible_rows
from redactor.release.verify.pdf_text import engine_name, page_texts
from redactor.release.verify.search import TermIndex, plain

_WORD = re.compile(r"[^\W_]+")
#: Losing more of the words that nobody withheld than this is not redaction but damage. One sheet of
#: a workbook, written as CSV, holds a part of them only; then the figure is told, and no more.
_MOST_LOST = 0.5


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a file can be compared.

    Attributes:
        engine: that read it.
        texts: its pieces of visible text.
        counts: how many pages, sheets, rows or paragraphs it has.
    """

    engine: str
    texts: list[str] = field(repr=False)
    counts: dict[str, int]


def compare(ledger: Ledger, original: bytes, untrusted: bytes) -> None:
    """Check that nothing but what is withheld went, as far as counts and words can tell."""
    before, after = outline(original), outline(untrusted)
    if before is None or after is None:
        ledger.check(
            "compared with the original",
            ok=True,
            engine=PYTHON,
            detail="Files of this kind are not compared.",
        )
        return
    for what in before.counts.keys() & after.counts.keys():
        old, new = before.counts[what], after.counts[what]
        ledger.check(
            f"{what} unchanged", ok=old == new, engine=after.engine, detail=f"{what}: {old}, {new}."
        )
    _check_words(ledger, before, after)


def outline(data: bytes) -> Outline | None:
    """Read the visible text of a file of a known kind."""
    if b"%PDF-" in data[:1024]:
        pages = page_texts(data)
        return Outline(engine_name(), pages, {"pages": len(pages)})
    if data[:2] == b"PK":
        if b"word/document.xml" in data:
            return Outline(DOCX, document_paragraphs(data), {})
        sheets = visible_rows(data)
        cells = [cell for sheet in sheets for row in sheet for cell in row]
        return Outline(CALAMINE, cells, {"visible sheets": len(sheets)})
    if b"\x00" in data[:1000] and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        return None
    text = readings(data)[0]
    csv.field_size_limit(max(len(text), 131_072))
    rows = sum(1 for _ in csv.reader(io.StringIO(text, newline="")))
    return Outline(f"{PYTHON} text", text.splitlines(), {"rows": rows})


def _check_words(ledger: Ledger, before: Outline, after: Outline) -> None:
    kept = _words(before.texts, TermIndex(ledger.withheld.terms))
    there = _words(after.texts, None)
    total = sum(kept.values())
    missing = sum((kept - there).values())
    added = sum((there - kept).values())
    ledger.check(
        "kept words are there",
        ok=before.engine != after.engine or missing <= total * _MOST_LOST,
        engine=after.engine,
        detail=f"Of {total} words that are not withheld {missing} are missing; {added} are new.",
    )


def _words(texts: list[str], withheld: TermIndex | None) -> Counter[str]:
    """Count words; those that a withheld text covers do not count."""
    words: Counter[str] = Counter()
    for untidy in texts:
        text = plain(untidy)
        hits = [(hit.start, hit.end) for hit in withheld.hits(text)] if withheld else []
        for match in _WORD.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in hits):
                words[match[0].casefold()] += 1
    return words

"""Names that an engine misread: how many the exact search loses, what finds them, and false alarms.

Run by hand: ``redactor bench misread``. Printed pages of the annotated texts are spoilt as scanners
and faxes spoil them, and read. The names, identifiers and contact data on them are looked for in
what was read, exactly and with letters taken for others. For the false alarms, names that stand on
no page are looked for: frequent surnames, and forenames with surnames.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pymupdf

from redactor import ocr
from redactor.matching import (
    ManyTerms,
    MisreadTerms,
    Term,
    as_misread,
    fold,
    fold_text,
    make_term,
)
from redactor.model import PagePlace, Segment, Span
from redactor.release.plan import WithheldText, spread, withheld_texts
from tests.annotated import read_annotated
from tests.benchmarks.ocr_pages import CONDITIONS, Printed, printed_pages, scan_of
from tests.benchmarks.width_leak import surnames
from tests.corpus import find_corpus

_DOCUMENTS = Path(__file__).parents[2] / "resources" / "detection" / "training" / "documents"
_REAL = "28 real pages, 200 dpi"
#: Pages of each kind, and names that stand on none of them.
PAGES, STRANGERS = 12, 1633


def read_page(printed: Printed, condition: str) -> str:
    """Print, spoil and read a page; gives what was read, line by line."""
    dpi, spoil = CONDITIONS[condition]
    picture = spoil(scan_of(printed, dpi))
    words = ocr.read(picture.tobytes(), picture.width, picture.height, dpi)
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return "\n".join(" ".join(one) for one in lines.values())


def real_pages() -> Iterator[Printed]:
    """Give the pages of real objections to plans, one by one; none where the corpus is not here."""
    path = find_corpus("files", "pins", "PINS_anon_samples.pdf")
    if path is None:
        return
    with pymupdf.open(path) as document:
        for number in range(document.page_count):
            leaf = pymupdf.open()
            leaf.insert_pdf(document, from_page=number, to_page=number)
            yield Printed(leaf.tobytes(), str(document[number].get_text()), ())


def _terms(texts: Iterable[str]) -> list[Term]:
    made = (make_term(text, number) for number, text in enumerate(texts, 1))
    return [one for one in made if one is not None and one.distinctive]


def _standing(terms: Sequence[Term], text: str) -> Counter[int]:
    return Counter(one.number for one, _, _ in ManyTerms(terms).find(fold(text)))


def found_on(printed: Printed, read: str) -> Counter[str]:
    """Count the places of names on a page, by how they are found in what was read."""
    terms = _terms(printed.named)
    on_page, exactly = _standing(terms, printed.text), _standing(terms, read)
    misread = Counter(one.number for one, _, _ in MisreadTerms(terms).find(fold(read)))
    found = Counter(places=on_page.total())
    for number, count in on_page.items():
        exact = min(exactly[number], count)
        found["exactly"] += exact
        found["misread"] += min(misread[number], count - exact)
        found["in vain"] += max(misread[number] - (count - exact), 0)
    return found


def alarms_on(strangers: Sequence[WithheldText], read: str, printed: str) -> Iterator[str]:
    """Give what on a page is taken for a name that does not stand on it, as a release takes it.

    Args:
        strangers: the names; one that does stand on the page is none there.
    """
    page = Segment(PagePlace(0), read)
    exact = {one.target for one in spread([page], strangers, "")}
    many = ManyTerms(one.term for one in strangers)
    present = {as_misread(term.folded) for term, _, _ in many.find(fold(printed))}
    for one in spread([replace(page, read_from=0)], strangers, ""):
        if isinstance(one.target, Span) and one.target not in exact:
            found = read[one.target.start : one.target.end]
            if as_misread(fold_text(found)) not in present:
                yield found


def main(argv: Sequence[str] = ()) -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="redactor bench misread", description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES, help="of each kind")
    parser.add_argument("--alarms", action="store_true", help="list what was taken for a name")
    given = parser.parse_args(argv)
    pages = list(printed_pages(read_annotated(_DOCUMENTS)[::7], given.pages))
    rng = random.Random(11)
    family = surnames(STRANGERS)
    alone_terms = withheld_texts((one, "PERSON") for one in family)
    whole = ((f"{rng.choice(family)} {one}", "PERSON") for one in family)
    whole_terms = withheld_texts(whole)
    print("| | places | exactly | misread | in vain | false, of surnames | of whole names |")
    print("|---|---|---|---|---|---|---|")
    kinds = [(one, one, pages) for one in CONDITIONS]
    for name, condition, printed_ones in [*kinds, (_REAL, "clean, 200 dpi", [*real_pages()])]:
        found: Counter[str] = Counter()
        alone, full = [], []
        for printed in printed_ones:
            read = read_page(printed, condition)
            found += found_on(printed, read)
            alone += alarms_on(alone_terms, read, printed.text)
            full += alarms_on(whole_terms, read, printed.text)
        print(
            f"| {name} | {found['places']} | {found['exactly']} | {found['misread']} "
            f"| {found['in vain']} | {len(alone)} | {len(full)} |",
            flush=True,
        )
        if given.alarms and (alone or full):
            print(Counter(alone).most_common(40), Counter(full).most_common(20))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

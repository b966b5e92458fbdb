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
from pathlib import Path

from redactor import ocr
from redactor.matching import ManyTerms, MisreadTerms, Term, fold, make_term
from redactor.model import PagePlace, Segment
from redactor.release.plan import spread, withheld_texts
from tests.annotated import read_annotated
from tests.benchmarks.ocr_pages import CONDITIONS, Printed, printed_pages, scan_of
from tests.benchmarks.width_leak import surnames

_DOCUMENTS = Path(__file__).parents[2] / "resources" / "detection" / "training" / "documents"
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


def alarms_on(strangers: Sequence[str], read: str, printed: str) -> Iterator[str]:
    """Give what on a page is taken for a name that does not stand on it, as a release takes it."""
    page = Segment(PagePlace(0), read, read_from=0)
    present = {text.casefold() for text in strangers if fold(text).text in fold(printed).text}
    names = [one for one in strangers if one.casefold() not in present]
    withheld = withheld_texts((one, "PERSON") for one in names)
    exact = {place.target for place in spread([Segment(PagePlace(0), read)], withheld, "")}
    for place in spread([page], withheld, ""):
        if place.target not in exact:
            yield read[place.target.start : place.target.end]  # type: ignore[union-attr]


def main(argv: Sequence[str] = ()) -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="redactor bench misread", description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES, help="of each kind")
    parser.add_argument("--alarms", action="store_true", help="list what was taken for a name")
    given = parser.parse_args(argv)
    pages = list(printed_pages(read_annotated(_DOCUMENTS)[::7], given.pages))
    rng = random.Random(11)
    family = surnames(STRANGERS)
    whole = [f"{rng.choice(family)} {one}" for one in family]
    print("| | places | exactly | misread | in vain | false, of surnames | of whole names |")
    print("|---|---|---|---|---|---|---|")
    for condition in CONDITIONS:
        found: Counter[str] = Counter()
        alone, full = [], []
        for printed in pages:
            read = read_page(printed, condition)
            found += found_on(printed, read)
            alone += alarms_on(family, read, printed.text)
            full += alarms_on(whole, read, printed.text)
        print(
            f"| {condition} | {found['places']} | {found['exactly']} | {found['misread']} "
            f"| {found['in vain']} | {len(alone)} | {len(full)} |",
            flush=True,
        )
        if given.alarms and (alone or full):
            print(Counter(alone).most_common(40), Counter(full).most_common(20))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

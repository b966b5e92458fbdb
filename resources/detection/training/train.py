"""Train the fields that detection ships.

Run by hand, after the packages of the ``develop`` extra are installed::

    python resources/detection/training/train.py --corpora FOLDER [--only names|domain]

``FOLDER`` holds the open corpora, one JSON object a line. Seeded: the same texts and the same
version of CRFsuite give the same model. It takes some minutes on one core.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeAlias

import pycrfsuite

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(ROOT), str(HERE), str(HERE.parent)]

from build_gazetteers import read_sections  # noqa: E402
from invented import Inventor  # noqa: E402
from swaps import Names, swapped, varied  # noqa: E402
from texts import Mark, Text, corpora, documents  # noqa: E402

from redactor.detect.normal import Normal, normalise  # noqa: E402
from redactor.detect.tagger.features import Facts, features_of  # noqa: E402
from redactor.detect.tagger.phrases import PhraseMarks  # noqa: E402
from redactor.detect.tagger.tagger import Field, Settings  # noqa: E402
from redactor.detect.tagger.tokens import Token, tokens_of  # noqa: E402

MODEL = HERE.parent / "model"
SEED = 2026
ROUNDS = 120
SENTENCES = 3000
#: Chances among which the least that is worth a proposal is chosen.
FLOORS = (0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6)
#: How much of what is found just above its floor has to be right, by label: what is said of people
#: is hard to find, so that more is let through. With so few finds in a bin nobody can tell.
WANTED = {"ORG": 0.6, "PLACE": 0.6, "PERSON": 0.5, "ROLE": 0.4}
WANTED_OF_PHRASES = 0.35
FEW = 4
#: No floor is lower: what is less sure than this tires more than it helps.
LEAST = 0.1
COPIES = 4  # how often each invented document is seen, each time with other names
_UNKNOWN = 0.35  # how many words of names the lists are taken not to know
_NAMES = {"PERSON": "PERSON", "PUBLIC_PERSON": "PERSON", "ORG": "ORG", "PLACE": "PLACE"}
_CHUNK = 3000


class ForgetfulFacts(Facts):
    """Facts that do not know some words, as it is with names out in the world."""

    def __init__(self, forgotten: frozenset[str]) -> None:
        super().__init__()
        self._forgotten = forgotten

    def known(self, word: str) -> Iterator[str]:
        """Name the lists that hold a word, unless it is one of those to be unknown."""
        lowered = word.lower()
        for one in super().known(word):
            if one in ("forename", "surname", "place") and lowered in self._forgotten:
                continue
            yield one


def own_names() -> dict[str, tuple[list[str], list[str]]]:
    """Read the hand-written names by origin: sections of forenames, and of surnames."""
    path = HERE.parent / "sources" / "extra_names.txt"
    pools: dict[str, dict[str, list[str]]] = {"forenames": {}, "surnames": {}}
    current, origin = "", ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = line.strip("[]")
        elif line.startswith("#"):
            origin = line.strip("# ").split(",")[0].split(" ")[0]
        elif current in pools:
            words = [word.title() for word in line.split()]
            pools[current].setdefault(origin, []).extend(words)
    return {
        one: (pools["forenames"][one], pools["surnames"][one])
        for one in pools["forenames"]
        if one in pools["surnames"]
    }


def labelled(tokens: Sequence[Token], marks: Iterable[Mark], kinds: Mapping[str, str]) -> list[str]:
    """Give each token its tag: ``B-`` where a stretch begins, ``I-`` inside, else ``O``."""
    tags = ["O"] * len(tokens)
    waiting = iter(marks)
    mark = next(waiting, None)
    fresh = True
    for at, token in enumerate(tokens):
        while mark is not None and mark.end <= token.start:
            mark, fresh = next(waiting, None), True
        if mark is not None and token.end > mark.start and token.text not in "\n\ue000":
            label = kinds.get(mark.label, "")
            if label:
                tags[at] = f"{'B' if fresh else 'I'}-{label}"
                fresh = False
    return tags


def sequences(
    text: Text, kinds: Mapping[str, str], facts: Facts, phrases: PhraseMarks | None
) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Cut a text into what is learnt at a time: some lines, or a piece of a long one."""
    for piece in pieces_of(text):
        normal = normalise(piece.text)
        marks = tuple(placed(piece.marks, normal))
        tokens = tokens_of(normal.text)
        if tokens:
            marked = phrases.of(normal.text, tokens) if phrases is not None else None
            yield list(features_of(tokens, facts, marked)), labelled(tokens, marks, kinds)


def placed(marks: Iterable[Mark], normal: Normal) -> Iterator[Mark]:
    """Move marks from a text to its plain form."""
    starts = [normal.source(at, at + 1)[0] for at in range(len(normal.text))]
    for mark in marks:
        low, high = bisect_left(starts, mark.start), bisect_left(starts, mark.end)
        if low < high:
            yield Mark(low, high, mark.label, mark.person)


def pieces_of(text: Text) -> Iterator[Text]:
    """Cut a text at line ends into pieces no longer than a passage, marks and all."""
    start = 0
    while start < len(text.text):
        end = start + _CHUNK
        if end < len(text.text):
            cut = max(text.text.rfind("\n", start, end), text.text.rfind(". ", start, end))
            end = cut + 1 if cut > start else end
        inside = tuple(
            Mark(
                max(mark.start, start) - start, min(mark.end, end) - start, mark.label, mark.person
            )
            for mark in text.marks
            if mark.start < end and mark.end > start
        )
        yield Text(text.name, text.text[start:end], inside)
        start = end


def forgotten_of(text: Text, random: Random) -> frozenset[str]:
    """Choose which words of a text's names the lists are taken not to know."""
    words = {
        word.lower()
        for mark in text.marks
        if mark.label in _NAMES
        for word in text.text[mark.start : mark.end].split()
    }
    return frozenset(word for word in sorted(words) if random.random() < _UNKNOWN)


@dataclass(frozen=True, slots=True)
class Course:
    """How one field is taught.

    Attributes:
        name: of the files that it is written to.
        kinds: what each label of the guide is to this field; a label that is missing is nothing.
        phrases: it also goes by the phrases of the word lists.
        c1, c2: how strongly rare features are held down.
    """

    name: str
    kinds: Mapping[str, str]
    phrases: bool
    c1: float
    c2: float


Lesson: TypeAlias = tuple[Text, int]


def teach(course: Course, lessons: Sequence[Lesson], path: Path) -> int:
    """Train a field on texts, each seen as often as is said, and write it; gives its tokens."""
    random = Random(SEED)
    names = Names(own_names())
    phrases = PhraseMarks() if course.phrases else None
    trainer = pycrfsuite.Trainer(verbose=False)
    count = 0
    for text, copies in lessons:
        for _ in range(copies):
            taught = varied(swapped(text, names, random), random)
            facts = ForgetfulFacts(forgotten_of(taught, random))
            for features, tags in sequences(taught, course.kinds, facts, phrases):
                trainer.append(features, tags)
                count += len(tags)
    trainer.set_params({"c1": course.c1, "c2": course.c2, "max_iterations": ROUNDS})
    trainer.train(str(path))
    return count


def examined(course: Course, path: Path, fresh: Sequence[Text]) -> Settings:
    """Find out on texts that a field never saw how to read what it says."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    phrases = PhraseMarks() if course.phrases else None
    facts = Facts()
    said: list[tuple[float, bool]] = []
    for text in fresh:
        for features, tags in sequences(text, course.kinds, facts, phrases):
            tagger.set(features)
            said += [(1 - tagger.marginal("O", at), tag != "O") for at, tag in enumerate(tags)]
    labels = sorted(set(course.kinds.values()))
    everything = Settings(((0.0, 0.0), (1.0, 1.0)), dict.fromkeys(labels, FLOORS[0]))
    field = Field(path.read_bytes(), everything, facts)
    finds = [find for text in fresh for find in _finds(field, text, phrases)]
    return Settings(
        tuple(tuple(pair) for pair in curve_of(said)),  # type: ignore[misc]
        {
            label: max(LEAST, floor_of([find for find in finds if find[0] == label], label))
            for label in labels
        },
    )


Find: TypeAlias = tuple[str, float, bool]  # label, chance, and whether anything is marked there


def _finds(field: Field, text: Text, phrases: PhraseMarks | None) -> Iterator[Find]:
    """Give what a field finds in a text at the lowest floor."""
    for piece in pieces_of(text):
        normal = normalise(piece.text)
        marks = tuple(placed(piece.marks, normal))
        tokens = tokens_of(normal.text)
        marked = phrases.of(normal.text, tokens) if phrases is not None else None
        for found in field.tag(tokens, marked):
            so = any(mark.start < found.end and found.start < mark.end for mark in marks)
            yield found.label, found.sure, so


def floor_of(finds: Sequence[Find], label: str) -> float:
    """Give the lowest floor at which enough of what is found next above it was right."""
    wanted = WANTED.get(label, WANTED_OF_PHRASES)
    for low, high in zip(FLOORS, [*FLOORS[1:], 1.01], strict=True):
        here = [so for _, chance, so in finds if low <= chance < high]
        if len(here) < FEW or sum(here) >= wanted * len(here):
            return low
    return FLOORS[-1]


def curve_of(said: Iterable[tuple[float, bool]]) -> list[list[float]]:
    """Give a rising curve through the bins of what was said and how often it was so."""
    edges = (0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 1.01)
    bins: list[list[tuple[float, bool]]] = [[] for _ in edges]
    for chance, so in said:
        bins[next(at for at, edge in enumerate(edges) if chance < edge)].append((chance, so))
    curve, least = [[0.0, 0.0]], 0.0
    for held in bins[1:]:
        if len(held) >= 20:
            least = max(least, sum(so for _, so in held) / len(held))
            curve.append([round(sum(one for one, _ in held) / len(held), 3), round(least, 3)])
    return [*curve, [1.0, round(max(least, curve[-1][1]), 3)]]


def lessons_of(own: Sequence[Text], folder: Path | None) -> list[Lesson]:
    """Put together what teaches: corpora and invented sentences once, own documents often."""
    names = Names(own_names())
    places = read_sections(HERE.parent / "sources" / "places.txt")
    inventor = Inventor(names, Random(SEED), [one for kind in places.values() for one in kind])
    general = list(corpora(folder)) if folder is not None else []
    invented = list(inventor.texts(SENTENCES))
    return [(one, 1) for one in [*general, *invented]] + [(one, COPIES) for one in own]


def main() -> None:
    """Train what is asked for: first without every fifth document, to examine it, then with all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--only", choices=["names", "domain"])
    asked = parser.parse_args()
    own = list(documents())
    kinds = {mark.label: mark.label for text in own for mark in text.marks}
    courses = (
        Course("names", _NAMES, phrases=False, c1=0.3, c2=0.05),
        Course("domain", {**kinds, "PUBLIC_PERSON": "PERSON"}, phrases=True, c1=0.1, c2=0.1),
    )
    MODEL.mkdir(exist_ok=True)
    for course in courses:
        if asked.only in (None, course.name):
            with TemporaryDirectory() as folder:
                make(course, own, asked.corpora, Path(folder))


def make(course: Course, own: Sequence[Text], folder: Path, scratch: Path) -> None:
    """Train a field, examine it, and put it in its place with what was found out."""
    general = folder if course.name == "names" else None
    trial = scratch / "trial.crfsuite"
    teach(course, lessons_of([one for at, one in enumerate(own) if at % 5], general), trial)
    settings = examined(course, trial, own[::5])
    whole = scratch / "whole.crfsuite"
    count = teach(course, lessons_of(own, general), whole)
    path = MODEL / f"{course.name}.crfsuite"
    shutil.copyfile(whole, path)
    facts = {
        "tokens": count,
        "documents": len(own),
        "seed": SEED,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "floors": settings.floors,
        "calibration": settings.curve,
    }
    text = json.dumps(facts, indent=1) + "\n"
    path.with_suffix(".json").write_text(text, encoding="utf-8")
    print(f"{course.name}: {count:,} tokens, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

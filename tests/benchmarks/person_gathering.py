"""How well mentions are gathered into persons: B³ over annotated mentions, document by document.

Two kinds of annotated set are read: the development set with ``devset_persons.json`` beside this
file (clusters by the offsets of their mentions), and folders of documents whose marks name the
person, ``[[PERSON#okoro|Sarah Okoro]]``. Gathering is given the annotated mentions, so that what
is measured is who is who, and not what was found; a mention that is a cell of a table is told what
the program reads in the heading above it.

``python -m tests.benchmarks.person_gathering [--set DEVSET.jsonl] [--folder FOLDER] [--errors N]``

B³ (Bagga and Baldwin 1998, "Algorithms for scoring coreference chains"): for every mention, the
share of its found cluster that is right, and the share of its right cluster that was found.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from redactor.detect.normal import normalise
from redactor.detect.recognise.tables import PastedTables, in_tabs
from redactor.detect.rules import WHY_KEY
from redactor.events import Mark
from redactor.model import Proposal, Span
from redactor.people import subjects
from tests.annotated import read_document

_CLUSTERS = Path(__file__).with_name("devset_persons.json")
_DEVSET = Path("corpus", "devset", "devset.jsonl")
_LABELS = ("PERSON", "PUBLIC_PERSON", "EMAIL", "HANDLE")


@dataclass(frozen=True, slots=True)
class Mention:
    """An annotated mention: where it begins, what it says, and whose it is (empty: nobody's)."""

    start: int
    text: str
    label: str
    person: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """One document with its mentions, and what the headings of its tables say of them."""

    name: str
    mentions: tuple[Mention, ...]
    said: Mapping[tuple[int, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """Sums over mentions; ``precision`` and ``recall`` are their means."""

    mentions: int
    precise: float
    recalled: float

    @property
    def precision(self) -> float:
        """Give the mean share of a found cluster that is right."""
        return self.precise / self.mentions if self.mentions else 1.0

    @property
    def recall(self) -> float:
        """Give the mean share of a right cluster that was found."""
        return self.recalled / self.mentions if self.mentions else 1.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(found: Mapping[int, object], right: Mapping[int, object]) -> Score:
    """Score one way of gathering mentions against the right one; both give a person to each."""
    found_sets, right_sets = _sets(found), _sets(right)
    precise = recalled = 0.0
    for mention, person in right.items():
        mine, true = found_sets[found[mention]], right_sets[person]
        shared = len(mine & true)
        precise += shared / len(mine)
        recalled += shared / len(true)
    return Score(len(right), precise, recalled)


def _sets(given: Mapping[int, object]) -> dict[object, set[int]]:
    sets: dict[object, set[int]] = {}
    for mention, person in given.items():
        sets.setdefault(person, set()).add(mention)
    return sets


def added(scores: Iterable[Score]) -> Score:
    """Give the score over several documents, every mention counting alike."""
    each = list(scores)
    return Score(
        sum(one.mentions for one in each),
        sum(one.precise for one in each),
        sum(one.recalled for one in each),
    )


# --- annotated sets ----------------------------------------------------------------------------


def devset(path: Path, clusters: Path = _CLUSTERS) -> Iterator[Annotated]:
    """Read the development set and whose each of its mentions is."""
    persons = json.loads(clusters.read_text(encoding="utf-8"))
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        given = persons.get(document["doc_id"])
        if given is None:
            continue
        whose = {start: one["key"] for one in given for start in one["starts"]}
        mentions = tuple(
            Mention(span["start"], span["text"], span["label"], whose.get(span["start"], ""))
            for span in document["spans"]
            if span["label"] in _LABELS
        )
        yield Annotated(document["doc_id"], mentions, _said_by_headings(document["text"]))


def marked_documents(folder: Path) -> Iterator[Annotated]:
    """Read documents whose marks name the persons."""
    for path in sorted(folder.rglob("*.txt")):
        record = read_document(path)
        mentions = tuple(
            Mention(one["start"], one["text"], one["label"], one["person"] or "")
            for one in record["spans"]
            if one["label"] in _LABELS
        )
        if any(one.person for one in mentions):
            yield Annotated(path.stem, mentions, _said_by_headings(record["text"]))


def _said_by_headings(text: str) -> dict[tuple[int, str], str]:
    """Give why the program takes a cell for a name, by its begin and its text."""
    normal = normalise(text)
    found = [
        *PastedTables().analyze(normal.text, ["PERSON"], None),
        *(in_tabs(normal.tabbed) if normal.tabbed else ()),
    ]
    said = {}
    for one in found:
        start, end = normal.source(one.start, one.end)
        said[start, text[start:end]] = one.recognition_metadata[WHY_KEY]
    return said


# --- measuring ---------------------------------------------------------------------------------


def gathered(document: Annotated) -> dict[int, object]:
    """Gather a document's mentions as a case does; gives each annotated one its person."""
    marks = [
        Mark(
            number,
            1,
            Span("page:1", one.start, one.start + len(one.text)),
            one.text,
            one.label,
            1.0,
            "annotated",
            document.said.get((one.start, one.text), ""),
            Proposal.REDACT,
        )
        for number, one in enumerate(document.mentions, start=1)
    ]
    found: dict[int, object] = {mark.id: f"alone {mark.id}" for mark in marks}
    for one in subjects(marks, ()):
        found.update(dict.fromkeys(one.marks, one.id))
    return {
        number: found[number] for number, one in enumerate(document.mentions, start=1) if one.person
    }


def score(document: Annotated) -> Score:
    """Score one document."""
    return b_cubed(gathered(document), _right(document))


def _right(document: Annotated) -> dict[int, object]:
    return {n: one.person for n, one in enumerate(document.mentions, start=1) if one.person}


def errors(document: Annotated) -> Iterator[tuple[float, str]]:
    """Give what is wrong in a document, with how much it costs."""
    found, right = gathered(document), _right(document)
    texts = {n: one.text for n, one in enumerate(document.mentions, start=1)}
    for person, true in _sets(right).items():
        parts = sorted(
            (sorted(true & mine) for mine in _sets(found).values() if true & mine), key=len
        )
        if len(parts) > 1:
            shown = " | ".join(_shown(part, texts) for part in reversed(parts))
            yield len(true) - len(parts[-1]), f"{document.name}: apart: {shown} ({person})"
    for mine in _sets(found).values():
        owners = {right[one] for one in mine}
        if len(owners) > 1:
            parts = [sorted(one for one in mine if right[one] == owner) for owner in owners]
            shown = " | ".join(sorted(_shown(part, texts) for part in parts))
            yield len(mine) - max(map(len, parts)) + 0.5, f"{document.name}: taken for one: {shown}"


def _shown(part: Sequence[int], texts: Mapping[int, str]) -> str:
    return ", ".join(dict.fromkeys(" ".join(texts[one].split()) for one in part))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    default = Path(os.environ.get("REDACTOR_CORPUS", "../shared/corpus")).parent / _DEVSET
    parser.add_argument("--set", type=Path, default=default)
    parser.add_argument("--folder", type=Path, help="documents whose marks name the persons")
    parser.add_argument("--errors", type=int, default=20)
    given = parser.parse_args(arguments)
    documents = list(marked_documents(given.folder) if given.folder else devset(given.set))
    for document in documents:
        one = score(document)
        print(f"{document.name:40} {one.precision:6.3f} {one.recall:6.3f} {one.f1:6.3f}")
    total = added(map(score, documents))
    print(f"{'B³ over all mentions':40} {total.precision:6.3f} {total.recall:6.3f} {total.f1:6.3f}")
    worst = sorted((each for document in documents for each in errors(document)), reverse=True)
    for _, what in worst[: given.errors]:
        print("  " + what)


if __name__ == "__main__":
    main()

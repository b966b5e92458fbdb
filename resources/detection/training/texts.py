"""Annotated text to learn from: open corpora, the invented documents of this folder, templates.

Every text becomes a ``Text``: characters and marked stretches. The corpora are read from a folder
that is not part of the project, for real people occur in them; see ``CARD.md`` for their licences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
_MARK = re.compile(r"\[\[([A-Z_]+)(?:#([^|\]]+))?\|(.*?)\]\]", re.DOTALL)
#: The corpora, and which of their splits may teach; what is left out stays for tests.
TEACHING: dict[str, frozenset[str]] = {
    "TAB": frozenset({"train"}),
    "CrossNER": frozenset({"train", "dev", "test"}),
    "multiNER": frozenset({"any"}),
    "wikigold": frozenset({"any"}),
    "SEC": frozenset({"train", "test"}),
    "re3d": frozenset({"any"}),
    "WNUT17": frozenset({"train"}),
    "GUM": frozenset({"any"}),
}
_LABELS = {
    "PERSON": "PERSON",
    "PUBLIC_PERSON": "PERSON",
    "ORG": "ORG",
    "LOC": "PLACE",
    "PLACE": "PLACE",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch, in code points; ``person`` names who is meant, where it is known."""

    start: int
    end: int
    label: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its marks, in order and without overlap."""

    name: str
    text: str
    marks: tuple[Mark, ...]


def corpora(folder: Path) -> Iterator[Text]:
    """Read what may teach of the open corpora, with their labels reduced to three."""
    for corpus, splits in TEACHING.items():
        for line in (folder / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record["split"] in splits:
                marks = (
                    Mark(start, end, _LABELS[label])
                    for start, end, label in sorted(record["spans"])
                    if label in _LABELS
                )
                yield Text(record["id"], record["text"], _apart(_named(marks, record["text"])))


def _named(marks: Iterator[Mark], text: str) -> Iterator[Mark]:
    """Cut persons to their names: one corpus marks ``Minister for the Middle East`` as a person."""
    for mark in marks:
        if mark.label != "PERSON":
            yield mark
            continue
        words = [
            found
            for found in re.finditer(r"[^\s,]+", text[mark.start : mark.end])
            if found.group()[0].isupper() or len(found.group()) < 4
        ]
        lower = any(one.islower() and len(one) > 3 for one in text[mark.start : mark.end].split())
        if words and not lower:
            yield mark


def _apart(marks: Iterator[Mark]) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def documents(folder: Path = HERE / "documents") -> Iterator[Text]:
    """Read the invented documents with inline marks ``[[LABEL#person|text]]``."""
    for path in sorted(folder.glob("*.txt")):
        yield parsed(path.stem, path.read_text(encoding="utf-8"))


def parsed(name: str, marked: str) -> Text:
    """Take the inline marks out of a text."""
    plain: list[str] = []
    marks: list[Mark] = []
    length = behind = 0
    for found in _MARK.finditer(marked):
        before = marked[behind : found.start()]
        plain += [before, found.group(3)]
        start = length + len(before)
        length = start + len(found.group(3))
        marks.append(Mark(start, length, found.group(1), found.group(2) or ""))
        behind = found.end()
    plain.append(marked[behind:])
    return Text(name, "".join(plain), tuple(marks))

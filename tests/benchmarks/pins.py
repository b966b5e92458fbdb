"""The Planning Inspectorate's evaluation file: strings that must go, and strings that must stay.

Source: Planning-Inspectorate/redaction-system (MIT), ``Redaction_Evaluation_Dataset.pdf`` with its
list of expected strings. Whether a string must go is their policy (a view of a council's work must,
for one); much of it no detector of personal data should find. It is read as the program reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from redactor.formats import detect_format
from redactor.model import Document
from tests.benchmarks.scoring import Piece, Ratio, overlapping, ratio, words_in

_FILE = "Redaction_Evaluation_Dataset"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found of the strings.

    Attributes:
        go_touched: share of strings that must go of which some part is flagged.
        go_words: share of their words that is flagged.
        go_masked: share of which every letter and digit is flagged.
        stay_touched: share of strings that must stay of which some part is flagged.
        stay_words: share of their words that is flagged.
    """

    go_touched: Ratio
    go_words: Ratio
    go_masked: Ratio
    stay_touched: Ratio
    stay_words: Ratio


def read_pins(folder: Path) -> tuple[Document, dict[str, list[str]]]:
    """Read the file as the program would, and the lists of strings."""
    path = folder / f"{_FILE}.pdf"
    data = path.read_bytes()
    expected = json.loads((folder / f"{_FILE}.expected.json").read_text("utf-8"))
    document = detect_format(path.name, data).read(data, lambda _: None)
    return document, {"go": expected["group_a_strings"], "stay": expected["group_b_strings"]}


def text_of(document: Document) -> str:
    """Give the text of a document as one, a segment after the other."""
    return "\n".join(one.text for one in document.segments)


def places_of(text: str, string: str) -> Iterator[Piece]:
    """Give where a string stands, however its words are parted."""
    for match in re.finditer(r"\s+".join(map(re.escape, string.split())), text):
        yield Piece(match.start(), match.end(), "")


def measure(
    text: str, strings: dict[str, list[str]], find: Callable[[], Iterable[Piece]]
) -> Figures:
    """Hold what a detector flags in the file against the lists.

    Raises:
        ValueError: a string is not in the file, so that the two do not belong together.
    """
    flags = list(find())
    rows: dict[str, list[tuple[bool, int, int, bool]]] = {"go": [], "stay": []}
    covered = {at for one in flags for at in range(one.start, one.end)}
    for kind, listed in strings.items():
        for string in listed:
            places = list(places_of(text, string))
            if not places:
                raise ValueError(f"a string of the list '{kind}' is not in {_FILE}.pdf")
            words = [at for one in places for at in words_in(text, one.start, one.end)]
            letters = [at for one in places for at in range(one.start, one.end)]
            rows[kind].append(
                (
                    all(overlapping(one, flags) for one in places)
                    if kind == "go"
                    else any(overlapping(one, flags) for one in places),
                    sum(at in covered for at in words),
                    len(words),
                    all(at in covered for at in letters if text[at].isalnum()),
                )
            )
    return Figures(
        ratio([(touched, 1) for touched, _, _, _ in rows["go"]]),
        ratio([(hit, words) for _, hit, words, _ in rows["go"]]),
        ratio([(masked, 1) for _, _, _, masked in rows["go"]]),
        ratio([(touched, 1) for touched, _, _, _ in rows["stay"]]),
        ratio([(hit, words) for _, hit, words, _ in rows["stay"]]),
    )

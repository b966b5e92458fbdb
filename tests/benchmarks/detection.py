"""How much detection finds, how much of what it finds is right, and what it costs.

``redactor bench detection [--only PART,...] [--json]``; ``--help`` lists the rest. On every set
that is here: the development documents, our training and held-out documents, TAB, the Planning
Inspectorate's file and names by origin; plain Presidio is measured in the same run, with the same
scoring. What the figures mean: ``scoring.py``, ``tab.py``, ``pins.py``, ``name_origins.py``.

The development set is read while rules are written, so a score on it shows progress. The held-out
documents are read by nobody: what was missed in them is listed only with ``--show-held-out``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redactor.cli.arguments import Parser
from redactor.errors import UserError
from tests.annotated import Record, read_annotated
from tests.benchmarks import detection_report as report
from tests.benchmarks import detection_speed, name_origins, pins, tab
from tests.benchmarks.detectors import Detector, detectors
from tests.benchmarks.scoring import Piece, Scores, overlapping, score
from tests.corpus import find_corpus

_ROOT = Path(__file__).resolve().parents[2]
_UNREADABLE = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the benchmark.

    Attributes:
        name: as asked for with ``--only``.
        title: as printed.
        where: gives the file or folder, or None where it is not here.
        measure: gives the figures of one detector, or of all of them.
    """

    name: str
    title: str
    where: Callable[[], Path | None]
    measure: Callable[[Path, Sequence[Detector], argparse.Namespace], dict[str, Any]]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, and print tables or JSON; gives the exit code."""
    asked = _parser().parse_args(argv)
    parts = _parts(asked)
    chosen = [one for one in parts if not asked.only or one.name in asked.only]
    measured: dict[str, Any] = {}
    absent = [one.name for one in chosen if one.where() is None]
    for part in chosen:
        if (path := part.where()) is not None:
            _say(f"measuring: {part.title}")
            kinds = detectors(asked.threshold, plain=not asked.without_presidio)
            measured[part.name] = {"title": part.title, **part.measure(path, kinds, asked)}
    for name in absent:
        _say(f"left out: {name} (not here; REDACTOR_CORPUS names the folder of the corpus)")
    if asked.json:
        print(json.dumps({"benchmark": "detection", "parts": measured, "absent": absent}))
    else:
        print("\n".join(report.tell(measured)))
    return _UNREADABLE if absent and (asked.only or asked.set) else 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="redactor bench detection", description=__doc__)
    parser.add_argument(
        "--only", type=_names, default=(), metavar="PART,...", help=", ".join(_NAMES)
    )
    parser.add_argument("--set", type=Path, metavar="PATH", help="only this .jsonl file or folder")
    parser.add_argument("--missed", default="", metavar="LABEL|all", help="list missed marks")
    parser.add_argument("--false", default="", metavar="LABEL|all", help="list flags in no mark")
    parser.add_argument("--show-held-out", action="store_true", help="list the held-out set's, too")
    parser.add_argument("--threshold", type=float, default=0.0, metavar="N")
    parser.add_argument("--without-presidio", action="store_true", help="for a quick look")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    return parser


_NAMES = ("devset", "training", "held-out", "tab", "pins", "names", "speed")


def _names(given: str) -> tuple[str, ...]:
    names = tuple(one.strip() for one in given.split(","))
    if unknown := sorted(set(names) - set(_NAMES)):
        raise argparse.ArgumentTypeError(
            f"there is no part {', '.join(unknown)}; there are {', '.join(_NAMES)}"
        )
    return names


def _parts(asked: argparse.Namespace) -> list[Part]:
    if asked.set is not None:
        return [Part("set", asked.set.name, lambda: _there(asked.set), _measure_marked)]
    training = _ROOT / "resources" / "detection" / "training" / "documents"
    held_out = _ROOT / "tests" / "benchmarks" / "held_out" / "documents"
    devset = "devset", "devset.jsonl"
    return [
        Part("devset", "development documents", lambda: find_corpus(*devset), _measure_marked),
        Part("training", "our training documents", lambda: _filled(training), _measure_marked),
        Part("held-out", "our held-out documents", lambda: _filled(held_out), _measure_held_out),
        Part(
            "tab", "TAB, development split", lambda: find_corpus("ner", "TAB.jsonl"), _measure_tab
        ),
        Part("pins", "Planning Inspectorate", lambda: find_corpus("files", "pins"), _measure_pins),
        Part("names", "names by origin", lambda: _ROOT, _measure_names),
        Part("speed", "cost", lambda: find_corpus(*devset), _measure_speed),
    ]


def _there(path: Path) -> Path | None:
    return path if path.exists() else None


def _filled(folder: Path) -> Path | None:
    return folder if next(folder.glob("*.txt"), None) else None


# --- the parts --------------------------------------------------------------------------------


def _measure_marked(
    path: Path, kinds: Sequence[Detector], asked: argparse.Namespace
) -> dict[str, Any]:
    """Score a set of annotated documents."""
    records = read_annotated(path)
    return {
        "documents": len(records),
        "marks": sum(len(one["spans"]) for one in records),
        "detectors": {
            one.key: {"title": one.title, **report.of_marks_and_flags(_scores(records, one, asked))}
            for one in kinds
        },
    }


def _measure_held_out(
    path: Path, kinds: Sequence[Detector], asked: argparse.Namespace
) -> dict[str, Any]:
    if not asked.show_held_out:
        asked = argparse.Namespace(**{**vars(asked), "missed": "", "false": ""})
    return _measure_marked(path, kinds, asked)


def _scores(
    records: Sequence[Record], detector: Detector, asked: argparse.Namespace
) -> list[Scores]:
    scores = []
    for record in records:
        marks = [Piece(one["start"], one["end"], one["label"]) for one in record["spans"]]
        flags = detector.find_in_text(record["text"])
        scores.append(score(record["text"], marks, flags))
        if detector.key != "presidio":
            _list("missed", asked.missed, record, marks, flags)
            _list("false", asked.false, record, flags, marks)
    return scores


def _list(
    word: str, label: str, record: Record, ones: Sequence[Piece], others: Sequence[Piece]
) -> None:
    """List those of a label that touch none of the others, with what stands around them."""
    text = record["text"]
    for one in ones:
        if label in (one.label, "all") and not overlapping(one, others):
            around = text[max(0, one.start - 30) : one.end + 20].replace("\n", "⏎")
            what = f"{one.label:12} «{text[one.start : one.end]}»"
            _say(f"{word} {record['doc_id'][:6]} {what}  {around}")


def _measure_tab(path: Path, kinds: Sequence[Detector], _: argparse.Namespace) -> dict[str, Any]:
    judgments = tab.read_tab(path)
    return {
        "documents": len(judgments),
        "detectors": {
            one.key: {"title": one.title, **report.of_tab(tab.measure(judgments, one.find_in_text))}
            for one in kinds
        },
    }


def _measure_pins(path: Path, kinds: Sequence[Detector], _: argparse.Namespace) -> dict[str, Any]:
    document, strings = pins.read_pins(path)
    text = pins.text_of(document)
    return {
        "strings": {kind: len(listed) for kind, listed in strings.items()},
        "detectors": {
            one.key: {
                "title": one.title,
                **report.of_pins(pins.measure(text, strings, lambda one=one: one.find(document))),
            }
            for one in kinds
        },
    }


def _measure_names(_: Path, kinds: Sequence[Detector], __: argparse.Namespace) -> dict[str, Any]:
    return {
        "people": sum(1 for _ in name_origins.people()),
        "layouts": len(name_origins.CARRIERS),
        "detectors": {
            one.key: {"title": one.title, **report.of_names(name_origins.measure(one.find_in_text))}
            for one in kinds
        },
    }


def _measure_speed(path: Path, kinds: Sequence[Detector], _: argparse.Namespace) -> dict[str, Any]:
    """Measure the cost on the dense development documents, and on TAB's prose where it is here."""
    texts = {"dense documents": [one["text"] for one in read_annotated(path)]}
    if (prose := find_corpus("ner", "TAB.jsonl")) is not None:
        texts["prose"] = [one.text for one in tab.read_tab(prose)]
    costs = {
        name: {one.key: (one.title, detection_speed.measure(one.key, given)) for one in kinds}
        for name, given in texts.items()
    }
    return {"texts": {name: report.of_costs(by_key) for name, by_key in costs.items()}}


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except UserError as error:
        _say(error.user_message)
        sys.exit(error.exit_code)

"""How much detection finds in the development documents, and how much of what it finds is right.

Run by hand: ``python -m tests.benchmarks.detection_recall [--missed LABEL] [--false LABEL]``.

Recall is the share of marked spans that some finding overlaps (any label), and that a finding of
the same label overlaps (typed). Precision is the share of words in findings that lie in a mark.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

from redactor.detect import ScanOptions, scan
from redactor.model import Document, Finding, LinePlace, Segment
from tests.corpus import corpus_folder


def document_of(text: str) -> tuple[Document, list[int]]:
    """Make a document of lines; gives each line's offset too."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    segments = tuple(Segment(LinePlace(number), line) for number, line in enumerate(lines))
    return Document("0" * 64, "txt", segments), starts


def findings_of(text: str, options: ScanOptions) -> list[tuple[int, int, Finding]]:
    """Scan a text and give findings with offsets into it."""
    document, starts = document_of(text)
    found: list[tuple[int, int, Finding]] = []
    for batch in scan(document, options):
        for one in batch.findings:
            assert isinstance(one.place, LinePlace)
            shift = starts[one.place.line]
            found.append((one.start + shift, one.end + shift, one))
    return sorted(found, key=lambda one: one[:2])


def words_in(text: str, start: int, end: int) -> Iterator[int]:
    """Give where each word of a range starts."""
    inside = False
    for at in range(start, end):
        word = text[at].isalnum()
        if word and not inside:
            yield at
        inside = word


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--missed", default="")
    parser.add_argument("--false", default="")
    parser.add_argument("--threshold", type=float, default=0.0)
    parser.add_argument("--set", default="devset/devset.jsonl")
    asked = parser.parse_args()
    marked: Counter[str] = Counter()
    any_hit: Counter[str] = Counter()
    typed: Counter[str] = Counter()
    right: Counter[str] = Counter()
    all_words: Counter[str] = Counter()
    causes: dict[str, Counter[str]] = defaultdict(Counter)
    characters, spent = 0, 0.0
    list(scan(document_of("warm up")[0]))
    for line in corpus_folder(asked.set).read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = record["text"]
        begin = time.process_time()
        found = findings_of(text, ScanOptions(threshold=asked.threshold))
        spent += time.process_time() - begin
        characters += len(text)
        gold = bytearray(len(text))
        for span in record["spans"]:
            gold[span["start"] : span["end"]] = b"\x01" * (span["end"] - span["start"])
            over = [one for s, e, one in found if s < span["end"] and e > span["start"]]
            label = span["label"]
            marked[label] += 1
            any_hit[label] += bool(over)
            typed[label] += any(one.label == label for one in over)
            if not over and asked.missed in (label, "all"):
                around = text[max(0, span["start"] - 30) : span["end"] + 20].replace("\n", "⏎")
                print(f"missed {record['doc_id'][:6]} {label:12} «{span['text']}»   {around}")
        for start, end, one in found:
            words = list(words_in(text, start, end))
            good = sum(gold[at] for at in words)
            right[one.label] += good
            all_words[one.label] += len(words)
            causes[one.label][f"{one.recogniser} {one.why}"] += len(words) - good
            if not good and asked.false in (one.label, "all"):
                around = text[max(0, start - 30) : end + 20].replace("\n", "⏎")
                print(
                    f"false {record['doc_id'][:6]} {one.label:12} {one.score} «{one.text}» "
                    f"[{one.why}]  {around}"
                )
    print(f"{'label':16}{'marks':>6}{'any':>7}{'typed':>7}{'precision':>11}")
    for label in sorted(marked | all_words):
        row = [count[label] / marked[label] if marked[label] else 0 for count in (any_hit, typed)]
        precision = right[label] / all_words[label] if all_words[label] else 0
        print(
            f"{label:16}{marked[label]:6}{row[0]:7.2f}{row[1]:7.2f}"
            f"{precision:11.2f}  of {all_words[label]}"
        )
    total = sum(marked.values())
    print(
        f"{'all':16}{total:6}{sum(any_hit.values()) / total:7.3f}{sum(typed.values()) / total:7.3f}"
        f"{sum(right.values()) / sum(all_words.values()):11.3f}"
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{characters} characters, {characters / spent:,.0f} a CPU-second; {memory:.0f} MB")


if __name__ == "__main__":
    main()

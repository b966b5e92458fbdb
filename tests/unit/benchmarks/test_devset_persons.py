"""Tests of the hand-made gathering of the development set's persons."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from tests.benchmarks import __file__ as _here
from tests.corpus import corpus_folder

_CLUSTERS = Path(_here).with_name("devset_persons.json")


def test_every_name_in_the_devset_belongs_to_exactly_one_person() -> None:
    clusters = json.loads(_CLUSTERS.read_text(encoding="utf-8"))
    lines = corpus_folder("devset", "devset.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert set(clusters) == {record["doc_id"] for record in records}
    for record in records:
        marked = Counter(
            span["start"]
            for span in record["spans"]
            if span["label"] in ("PERSON", "PUBLIC_PERSON")
        )
        gathered = Counter(at for one in clusters[record["doc_id"]] for at in one["starts"])
        assert gathered == marked, record["doc_id"]


def test_persons_are_named_by_number_only() -> None:
    clusters = json.loads(_CLUSTERS.read_text(encoding="utf-8"))
    for persons in clusters.values():
        keys = [one["key"] for one in persons]
        assert keys == [f"person-{number}" for number in range(1, len(keys) + 1)]
        assert all(set(one) == {"key", "starts"} and one["starts"] for one in persons)

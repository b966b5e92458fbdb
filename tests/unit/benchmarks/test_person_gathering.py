"""The score of person gathering, on the sets that are annotated here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.person_gathering import (
    Annotated,
    Mention,
    added,
    b_cubed,
    errors,
    gathered,
    marked_documents,
    score,
)


def test_a_right_answer_scores_one_and_one_person_for_all_loses_precision():
    right = {1: "a", 2: "a", 3: "b"}
    assert b_cubed(right, right).f1 == 1.0
    all_one = b_cubed(dict.fromkeys(right, "x"), right)
    assert all_one.recall == 1.0
    assert all_one.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)


def test_everybody_alone_loses_recall():
    alone = b_cubed({1: 1, 2: 2, 3: 3}, {1: "a", 2: "a", 3: "b"})
    assert (alone.precision, alone.recall) == (1.0, pytest.approx(2 / 3))


def test_documents_are_added_up_by_mention():
    total = added([b_cubed({1: 1, 2: 2}, {1: "a", 2: "a"}), b_cubed({1: 1}, {1: "b"})])
    assert (total.mentions, total.recall) == (3, pytest.approx(2 / 3))


def test_marks_in_a_document_name_their_persons(tmp_path: Path):
    text = (
        "[[PERSON#okoro|Sarah Okoro]] met [[PERSON#vale|Vale]]. [[PERSON#okoro|Okoro]] [[DATE|May]]"
    )
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    (document,) = marked_documents(tmp_path)
    assert [one.person for one in document.mentions] == ["okoro", "vale", "okoro"]
    assert score(document).f1 == 1.0
    assert len(set(gathered(document).values())) == 2


def test_an_error_names_what_was_left_apart():
    mentions = (Mention(0, "Sarah Okoro", "PERSON", "o"), Mention(20, "Zed", "PERSON", "o"))
    (worst,) = errors(Annotated("one", mentions))
    assert worst[1] == "one: apart: Zed | Sarah Okoro (o)"


def test_the_annotated_documents_are_gathered_well():
    folder = Path(__file__).parents[3] / "resources" / "detection" / "training" / "documents"
    total = added(score(document) for document in marked_documents(folder))
    assert total.mentions > 1000
    assert total.f1 >= 0.9

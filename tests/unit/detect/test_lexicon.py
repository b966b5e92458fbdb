from __future__ import annotations

from redactor.detect.lexicon import read_lexicons
from redactor.detect.words import words_of


def found(label: str, text: str) -> list[str]:
    words = words_of(text)
    return [
        text[words[a].start : words[b - 1].end] for _, a, b, _ in read_lexicons([label]).find(words)
    ]


def test_a_phrase_is_found_in_any_capitals_and_with_its_endings() -> None:
    assert found("OFFENCE", "He THREATENED her and was Stalking him") == ["THREATENED", "Stalking"]


def test_the_longest_phrase_wins() -> None:
    assert found("OUTCOME", "a final written warning") == ["final written warning"]


def test_a_phrase_does_not_run_over_the_end_of_a_sentence() -> None:
    assert found("SC_GENETIC", "He left the DNA; sample bags were") == ["DNA"]


def test_any_word_may_stand_in_a_gap() -> None:
    assert found("OFFENCE", "put a bin through the window") == ["put a bin through the window"]

"""Where the patterns of a rule are searched."""

from __future__ import annotations

import pytest

from redactor.detect.rules import Example, Rule, RuleRecogniser, near_words, spelt
from redactor.errors import BugError


def found(text: str, *rules: Rule) -> list[str]:
    """Give what a recogniser of these rules finds."""

    class One(RuleRecogniser):
        NAME = "one"
        LABELS = ("ID",)
        REACH = 10
        RULES = rules
        EXAMPLES = (Example("a 1", "ID", "1"),)

    return [text[hit.start : hit.end] for hit in One().hits(text, None)]


def test_a_rule_is_searched_near_digits_only_unless_it_says_otherwise() -> None:
    text = "abc " * 20 + "1 abc"
    assert found(text, Rule("ID", "abc", 0.9, "x")) == ["abc"] * 3
    assert len(found(text, Rule("ID", "abc", 0.9, "x", needs=""))) == 21
    assert found("abc " * 20, Rule("ID", "abc", 0.9, "x")) == []


def test_a_rule_is_searched_near_its_words_whatever_their_capitals() -> None:
    text = "Abc abc ref ABC abc abc abc abc abc"
    rule = Rule("ID", "(?i)abc", 0.9, "x", near=("ref",), reach=4)
    assert found(text, rule) == ["abc", "ABC"]
    assert found("abc abc", rule) == []


#: Enough for what stands on either side not to be searched as one.
APART = "and then " * 9


def test_a_word_with_a_capital_stands_for_itself_only_as_written() -> None:
    rule = Rule("ID", "[a-z]bc", 0.9, "x", near=("Ref", "LOG"), reach=4)
    text = APART.join(("Ref abc ", "ref bbc ", "Log cbc ", "LOG dbc"))
    assert found(text, rule) == ["abc", "dbc"]


def test_a_word_with_a_colon_stands_for_the_head_of_a_field() -> None:
    rule = Rule("ID", "[a-z]bc", 0.9, "x", near=("witness:",), reach=6)
    text = APART.join(("Witness: abc ", "the witness bbc said ", "WITNESS 2 : cbc"))
    assert found(text, rule) == ["abc", "cbc"]


def test_beside_words_a_spot_has_to_match_too() -> None:
    rule = Rule("ID", "[a-z]bc", 0.9, "x", near=("ref",), spot=r"\d", reach=8)
    assert found("ref abc " + APART + "ref bbc 7", rule) == ["bbc"]


def test_stretches_hardly_apart_are_searched_as_one() -> None:
    assert near_words("ref" + " y" * 12 + " ref", ("ref",), 2) == ((0, 31),)


def test_the_words_of_a_pattern_are_read_with_all_their_spellings() -> None:
    words = spelt(r"(?:Gardens?|[Ss]tation|key ?worker|head teacher(?: of)?|Magistrates'?)\b")
    assert set(words) == {
        *("Garden", "Gardens", "station", "Station", "keyworker", "key", "worker", "head"),
        *("teacher", "of", "Magistrates"),
    }


def test_a_pattern_with_a_part_of_a_word_in_brackets_is_not_read() -> None:
    with pytest.raises(BugError):
        spelt("alias(?:es)?")


def test_a_rule_is_searched_near_its_spots() -> None:
    rule = Rule("ID", r"\d{4}", 0.9, "x", spot="/", reach=6)
    assert found("1234 and then 5678/9 and then 1234", rule) == ["5678"]


def test_a_search_never_ends_in_the_middle_of_a_word() -> None:
    text = "ref abcdefgh1234567 and more"
    whole = Rule("ID", r"\b[a-z]+\d+\b", 0.9, "x", near=("ref",), reach=5)
    assert found(text, whole) == ["abcdefgh1234567"]
    short = Rule("ID", r"\b[a-z]{8}\b", 0.9, "x", near=("ref",), reach=5)
    assert found(text, short) == []


def test_stretches_are_in_order_and_apart() -> None:
    text = "ref x ref " + "y " * 50 + "no z"
    stretches = near_words(text, ("no", "ref"), 5)
    assert len(stretches) == 2
    assert stretches[0][1] <= stretches[1][0]


def test_a_find_that_is_nothing_is_dropped() -> None:
    rule = Rule("ID", r"[a-z]+\d", 0.9, "x", unless=lambda one: one == "a1")
    assert found("a1 b2", rule) == ["b2"]

"""Where the patterns of a rule are searched."""

from __future__ import annotations

from redactor.detect.rules import Example, Rule, RuleRecogniser, near_words


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

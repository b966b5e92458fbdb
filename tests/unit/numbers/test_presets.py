"""Rules that bodies publish, and an authority's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from redactor.errors import UsageError
from redactor.numbers.answers import Treatment
from redactor.numbers.model import Policy, Require, Zeros
from redactor.numbers.presets import preset_named, presets
from redactor.numbers.rounding import Rounding

_OWN = """
[[preset]]
key = "ours"
title = "Under 6 withheld"
words = "Counts of 1 to 5 are withheld."
source = "Policy of an invented council, minute 12."
dated = "May 2026"
threshold = 6
zeros = "shown"
treatment = "suppress"
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REDACTOR_NUMBERS", str(tmp_path))
    return tmp_path / "presets.toml"


def test_five_rules_are_offered_and_the_first_withholds_one_to_four(site: Path) -> None:
    assert not site.exists()
    keys = [one.key for one in presets()]
    assert keys == ["foi", "ons-10-5", "nhs-england", "tre", "ofqual"]
    foi = presets()[0]
    assert foi.policy == Policy()
    assert [foi.policy.is_small(count) for count in (0, 1, 4, 5)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("key", "count", "said"),
    [
        ("nhs-england", 7, "hidden"),
        ("nhs-england", 8, 10),
        ("nhs-england", 0, 0),
        ("ons-10-5", 9, "hidden"),
        ("ons-10-5", 0, "hidden"),
        ("ons-10-5", 12, 10),
        ("ofqual", 4, "hidden"),
        ("ofqual", 8, 10),
        ("ofqual", 0, 0),
    ],
)
def test_a_rule_prints_what_its_source_says(
    site: Path, key: str, count: int, said: int | str
) -> None:
    preset = preset_named(key)
    assert preset.treatment is Treatment.HIDE_AND_ROUND
    shown = Rounding(preset.base, preset.policy).shown(count)
    assert ("hidden" if preset.policy.is_small(count) else shown) == said


def test_none_is_called_the_law_and_each_has_its_dated_source(site: Path) -> None:
    for one in presets():
        said = f"{one.title} {one.words}".lower()
        assert " law" not in said
        assert "must" not in said
        assert one.source
        assert one.dated


def test_an_authority_adds_a_rule_of_its_own(site: Path) -> None:
    site.write_text(_OWN, "utf-8")
    assert presets()[-1].key == "ours"
    assert preset_named("ours").policy == Policy(6, Zeros.SHOWN, Require.RANGE)
    assert presets()[0].key == "foi"


def test_an_authority_changes_a_rule_in_its_place(site: Path) -> None:
    site.write_text(_OWN.replace('"ours"', '"foi"'), "utf-8")
    assert presets()[0].key == "foi"
    assert presets()[0].policy.threshold == 6
    assert len(presets()) == 5


@pytest.mark.parametrize(
    ("changed", "to", "said"),
    [
        ("threshold = 6", "threshold = 1", "2 or more"),
        ("threshold = 6", 'threshold = "6"', "a number"),
        ('zeros = "shown"', 'zeros = "maybe"', "shown, hidden"),
        ('treatment = "suppress"', 'treatment = "totals"', "suppress, round"),
        ('treatment = "suppress"', 'treatment = "round"', "“base”"),
        ('treatment = "suppress"', 'treatment = "suppress"\nbase = 5', "“base”"),
        ('dated = "May 2026"\n', "", "“dated” is missing"),
        ('title = "Under 6 withheld"', 'titel = "Under 6"', "no field “titel”"),
        ("[[preset]]", "[[preset", "is not TOML"),
    ],
)
def test_a_mistake_is_said_with_the_file_and_the_entry(
    site: Path, changed: str, to: str, said: str
) -> None:
    site.write_text(_OWN.replace(changed, to), "utf-8")
    with pytest.raises(UsageError) as refused:
        presets()
    assert said in refused.value.user_message
    assert str(site) in refused.value.user_message


def test_the_same_rule_twice_in_a_file_is_refused(site: Path) -> None:
    site.write_text(_OWN * 2, "utf-8")
    with pytest.raises(UsageError, match="preset 2: “ours” is there twice"):
        presets()


def test_a_rule_that_nobody_knows_is_refused_with_those_there_are(site: Path) -> None:
    with pytest.raises(UsageError, match="foi, ons-10-5, nhs-england, tre, ofqual"):
        preset_named("none")

"""Every recogniser finds what it says it finds, where it stands, and leaves alone what it says."""

from __future__ import annotations

import logging

import pytest
import regex

from redactor.detect import RECOGNISERS, recognisers
from redactor.detect.engine import build_engine
from redactor.detect.normal import normalise
from redactor.detect.rules import FLOOR, Example, Recogniser, RuleRecogniser
from redactor.labels import LABEL_BY_NAME

ALL = recognisers()
EXAMPLES = [(one, example) for one in ALL for example in one.EXAMPLES]
NEGATIVES = [(one, text) for one in ALL for text in one.NOT_FOUND]


def named(value: object) -> str:
    """Name a case by its recogniser."""
    return value.NAME if isinstance(value, Recogniser) else "text"


@pytest.fixture(scope="module")
def engines() -> dict[str, object]:
    """Build an engine around each recogniser alone, so that no other one helps or hides it."""
    return {one.NAME: build_engine([one]) for one in ALL}


@pytest.mark.parametrize(("recogniser", "example"), EXAMPLES, ids=named)
def test_a_positive_is_found_whole_under_its_label(
    recogniser: Recogniser, example: Example, engines: dict[str, object]
) -> None:
    results = engines[recogniser.NAME].analyze(example.text, "en")  # type: ignore[attr-defined]
    found = {(one.entity_type, example.text[one.start : one.end]) for one in results}
    assert (example.label, example.found) in found


@pytest.mark.parametrize(("recogniser", "example"), EXAMPLES, ids=named)
def test_a_positive_is_found_at_exact_offsets_in_odd_unicode(
    recogniser: Recogniser, example: Example, engines: dict[str, object]
) -> None:
    odd = (
        f"\u00ad\u200b{example.text}".replace(" ", "\u00a0")
        .replace("'", "\u2019")
        .replace("-", "\u2011")
    )
    normal = normalise(odd)
    results = engines[recogniser.NAME].analyze(normal.text, "en")  # type: ignore[attr-defined]
    found = set()
    for one in results:
        start, end = normal.source(one.start, one.end)
        found.add((one.entity_type, normalise(odd[start:end]).text))
    assert (example.label, normalise(example.found).text) in found


@pytest.mark.parametrize(("recogniser", "text"), NEGATIVES, ids=named)
def test_a_negative_is_left_alone(
    recogniser: Recogniser, text: str, engines: dict[str, object]
) -> None:
    results = engines[recogniser.NAME].analyze(text, "en")  # type: ignore[attr-defined]
    assert [(one.entity_type, text[one.start : one.end]) for one in results] == []


@pytest.mark.parametrize("recogniser", ALL, ids=named)
def test_a_recogniser_has_a_name_a_version_known_labels_examples_and_a_source(
    recogniser: Recogniser,
) -> None:
    assert recogniser.NAME
    assert recogniser.VERSION
    assert recogniser.EXAMPLES
    assert recogniser.NOT_FOUND
    assert set(recogniser.LABELS) <= set(LABEL_BY_NAME)
    assert {example.label for example in recogniser.EXAMPLES} <= set(recogniser.LABELS)


def test_no_two_recognisers_share_a_name() -> None:
    names = [one.NAME for one in ALL]
    assert len(names) == len(set(names))
    assert len(RECOGNISERS) == len(set(RECOGNISERS))


def test_without_names_only_shapes_are_looked_for() -> None:
    quick = {one.NAME for one in recognisers(names=False)}
    assert {"national-number", "telephone", "postcode", "date"} <= quick
    assert not {"name", "place", "offence", "special-category"} & quick


RULES = [(one, rule) for one in ALL if isinstance(one, RuleRecogniser) for rule in one.RULES]
HOSTILE = (
    "1" * 4000,
    "a" * 4000,
    "A" * 4000,
    "A " * 2000,
    "Aa " * 1300,
    "1/" * 2000,
    "a." * 2000,
    "a@" * 2000,
    ":" * 4000,
    "1 " * 2000,
    "A1-" * 1300,
    "O'" * 2000,
    " " * 4000,
    "\n" * 4000,
    "Name: " * 600,
    "the only " * 400,
    "Aa, " * 1000,
    '(Aa) "Aa" ' * 400,
    "ref no " * 500,
)


@pytest.mark.parametrize("recogniser", ALL, ids=named)
def test_no_pattern_stalls_on_a_hostile_passage(recogniser: Recogniser) -> None:
    for text in HOSTILE:
        recogniser.stalled.clear()
        list(recogniser.hits(text, None))
        assert recogniser.stalled == []


@pytest.mark.parametrize("recogniser", ALL, ids=named)
def test_a_recogniser_logs_nothing_of_the_text(
    recogniser: Recogniser, engines: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for example in recogniser.EXAMPLES:
        engines[recogniser.NAME].analyze(example.text, "en")  # type: ignore[attr-defined]
        assert example.found not in caplog.text


def test_the_reasons_hold_nothing_of_the_text() -> None:
    for one, example in EXAMPLES:
        for hit in one.hits(example.text, None):
            if hit.score >= FLOOR:
                assert not regex.search(rf"\b{regex.escape(example.found)}\b", hit.why)

"""The trained fields: what they see of a word, what they say, what nobody can read out of them."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from itertools import pairwise

import pycrfsuite
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.config import resource_path
from redactor.detect.tagger.features import BUCKETS, Facts, features_of, hashed, shape_of
from redactor.detect.tagger.tagger import Field, Settings, Tagged, calibrated
from redactor.detect.tagger.tokens import tokens_of
from redactor.errors import BugError
from redactor.labels import LABEL_BY_NAME
from tests.corpus import find_corpus

FIELDS = ("names", "domain")
TEXT = "Dear Mr Ofori-Atta,\nKwabena rang Oyelaran Housing in Thornbury on 3 May about Siân."


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts()


def tagged(name: str, facts: Facts, text: str, floor: float | None = None) -> list[Tagged]:
    """Give what a shipped field finds; ``floor`` takes the place of its own floors."""
    folder = resource_path("detection", "model")
    settings = Settings.read((folder / f"{name}.json").read_text(encoding="utf-8"))
    if floor is not None:
        settings = replace(settings, floors=dict.fromkeys(settings.floors, floor))
    field = Field((folder / f"{name}.crfsuite").read_bytes(), settings, facts)
    return list(field.tag(tokens_of(text)))


@given(st.text(alphabet="aB1 -'.\n\ue000é/", max_size=60))
def test_tokens_hold_every_letter_and_digit_in_order_at_their_places(text: str) -> None:
    tokens = tokens_of(text)
    assert all(text[one.start : one.end] == one.text for one in tokens)
    held = "".join(one.text for one in tokens)
    assert [c for c in held if c.isalnum()] == [c for c in text if c.isalnum()]
    assert [one.start for one in tokens] == sorted({one.start for one in tokens})


def test_a_word_that_is_no_ordinary_one_is_seen_by_its_shape_only(facts: Facts) -> None:
    assert facts.lexical("Quillerthwaite") == "Xxxx"
    assert facts.lexical("Letter") == "letter"


def test_no_feature_of_a_name_is_the_name(facts: Facts) -> None:
    (features,) = features_of(tokens_of("Quillerthwaite"), facts)
    for plain in ("w=quillerthwaite", "w=Quillerthwaite", "quillerthwaite"):
        assert hashed(plain) not in features


def test_features_are_numbers_below_the_number_of_buckets(facts: Facts) -> None:
    for features in features_of(tokens_of(TEXT), facts):
        assert all(0 <= int(one, 16) < BUCKETS for one in features)


@given(st.text(max_size=20))
def test_a_shape_says_nothing_but_kinds_of_characters(word: str) -> None:
    assert not [one for one in shape_of(word) if one.isalpha() and one not in "Xxd"]


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_says_the_same_of_the_same_text(name: str, facts: Facts) -> None:
    assert tagged(name, facts, TEXT) == tagged(name, facts, TEXT) != []


@pytest.mark.parametrize("name", FIELDS)
def test_what_a_field_finds_lies_in_the_text_in_order_and_has_a_label_of_the_guide(
    name: str, facts: Facts
) -> None:
    found = tagged(name, facts, TEXT, 0.1)
    assert all(0 <= one.start < one.end <= len(TEXT) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert {one.label for one in found} <= set(LABEL_BY_NAME)


def test_a_higher_floor_finds_no_more(facts: Facts) -> None:
    high, low = (
        {at for one in tagged("names", facts, TEXT, floor) for at in range(one.start, one.end)}
        for floor in (0.8, 0.2)
    )
    assert high <= low


def test_a_label_without_a_floor_is_never_proposed(facts: Facts) -> None:
    folder = resource_path("detection", "model")
    only_places = Settings(((0.0, 0.0), (1.0, 1.0)), {"PLACE": 0.1})
    field = Field((folder / "names.crfsuite").read_bytes(), only_places, facts)
    assert {one.label for one in field.tag(tokens_of(TEXT))} <= {"PLACE"}


def test_a_name_of_no_list_is_found_by_where_it_stands(facts: Facts) -> None:
    text = "I spoke to Mr Zorvathek Quillerthwaite about it."
    found = [text[one.start : one.end] for one in tagged("names", facts, text)]
    assert any("Zorvathek Quillerthwaite" in one for one in found)


def test_a_field_that_is_missing_is_a_damaged_installation(facts: Facts) -> None:
    with pytest.raises(BugError, match="Install the program again"):
        Field.shipped("no-such-field", facts)


CURVES = st.lists(st.floats(0, 1), min_size=2, max_size=6).map(
    lambda values: tuple(zip(sorted(values), sorted(values), strict=True))
)


@given(CURVES, st.floats(0, 1), st.floats(0, 1))
def test_a_calibrated_chance_is_a_chance_and_keeps_the_order(
    curve: tuple[tuple[float, float], ...], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    assert 0 <= calibrated(low, curve) <= calibrated(high, curve) + 1e-9 <= 1 + 2e-9


@pytest.mark.parametrize("name", FIELDS)
def test_a_shipped_curve_rises_and_belongs_to_the_shipped_field(name: str) -> None:
    folder = resource_path("detection", "model")
    said = (folder / f"{name}.json").read_text(encoding="utf-8")
    settings = Settings.read(said)
    curve = settings.curve
    assert all(0 < floor < 1 for floor in settings.floors.values())
    assert list(curve) == sorted(curve)
    assert [was for _, was in curve] == sorted(was for _, was in curve)
    digest = hashlib.sha256((folder / f"{name}.crfsuite").read_bytes()).hexdigest()
    assert json.loads(said)["sha256"] == digest


# --- nothing of the texts that taught it ------------------------------------------------------


@pytest.mark.parametrize("name", FIELDS)
def test_a_shipped_field_holds_numbers_and_labels_and_no_word(name: str) -> None:
    tagger = pycrfsuite.Tagger()
    field = (resource_path("detection", "model") / f"{name}.crfsuite").read_bytes()
    tagger.open_inmemory(field)  # which reads from these bytes, and does not keep them alive
    held = tagger.info()
    assert held.attributes
    assert all(re.fullmatch(r"[0-9a-f]{1,5}", one) for one in held.attributes)
    assert {one.partition("-")[2] for one in held.labels if one != "O"} <= set(LABEL_BY_NAME)


def test_no_rare_name_of_the_corpora_is_in_a_shipped_file() -> None:
    corpus = find_corpus()
    if corpus is None or not (corpus / "ner").is_dir():
        pytest.skip("the open corpora are not at hand")
    counts: dict[str, int] = {}
    for path in sorted((corpus / "ner").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            for start, end, label in record["spans"]:
                if label == "PERSON":
                    for word in record["text"][start:end].split():
                        counts[word] = counts.get(word, 0) + 1
    rare = {
        word for word, count in counts.items() if count < 3 and len(word) > 5 and word.isalpha()
    }
    assert len(rare) > 1000
    for path in sorted(resource_path("detection", "model").iterdir()):
        if path.suffix == ".md":
            continue
        held = path.read_bytes()
        shipped = {w.decode() for w in re.findall(rb"[A-Za-z]{6,}", held)}
        shipped |= {w.decode("utf-16-le") for w in re.findall(rb"(?:[A-Za-z]\x00){6,}", held)}
        assert not {word for word in rare if word in shipped or word.lower() in shipped}

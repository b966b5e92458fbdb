"""Entries of lists: what can be one, which goes before which, and where each is found."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import UsageError
from redactor.lists import (
    NOTHING,
    Entry,
    Finder,
    Lists,
    Match,
    Which,
    entry_of,
    entry_shape,
    new_entry,
    said_of,
    settled,
    shape_of,
)

SITE = "Exampleshire Council"


def found(text: str, *entries: Entry) -> list[str]:
    return [text[start:end] for start, end, _ in Finder(entries).find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Operation Teasel",
        "OPERATION TEASEL",
        "operation-teasel",
        "Operation\u00a0Teasel",
        "Opera\u00adtion\nTeasel",
        "‘Operation Teasel’",
    ],
)
def test_words_are_found_in_any_capitals_and_spacing(text: str) -> None:
    (stretch,) = found(f"see {text}, ended", new_entry("Operation Teasel"))
    assert stretch.strip("‘’") == text.strip("‘’")


@pytest.mark.parametrize("text", ["Annual", "Joanne", "Operation Teasels", "Cooperation Teasel"])
def test_only_whole_words_are_found(text: str) -> None:
    assert found(text, new_entry("Ann"), new_entry("Operation Teasel")) == []


def test_marks_inside_an_entry_count() -> None:
    entry = new_entry("m.teague@example.org")
    assert found("To m.teague@example.org now", entry) == ["m.teague@example.org"]
    assert found("m teague example org", entry) == []


def test_an_entry_that_is_exact_asks_for_its_capitals() -> None:
    entry = new_entry("Will", match=Match.EXACT)
    assert found("Will it rain, will it? WILL!", entry) == ["Will"]


def test_the_longest_entry_at_a_word_is_given_and_overlaps_are_not_lost() -> None:
    entries = [new_entry(text) for text in ("Ann Lee", "Ann Lee Park", "Park Road", "Lee")]
    assert found("Ann Lee Park Road", *entries) == ["Ann Lee Park", "Lee", "Park Road"]


def test_letters_that_fold_into_two_are_found() -> None:
    assert found("Bjørn Straße", new_entry("Bjorn"), new_entry("STRASSE")) == ["Bjørn", "Straße"]


def test_two_letters_are_enough() -> None:
    assert found("Ng met NGO and Dr ng", new_entry("Ng")) == ["Ng", "ng"]


_WORDS = st.lists(st.sampled_from(["Ann", "Lee", "park", "O'Brien", "12", "ß", "-"]), max_size=8)


@given(_WORDS, st.lists(st.sampled_from(["Ann Lee", "O'Brien", "B12", "park 12"]), max_size=3))
def test_what_is_found_folds_to_its_entry(words: list[str], texts: list[str]) -> None:
    text = " ".join(words)
    for start, end, entry in Finder(map(new_entry, texts)).find(text):
        assert new_entry(text[start:end]).key == entry.key


def test_a_long_list_looks_at_few_entries_for_each_word() -> None:
    """Count the look-ups, not the time: a list a thousand times as long costs no more of them."""
    text = "The officer spoke with Marian Quill about the mare and the market. " * 200

    def lookups(entries: list[Entry]) -> int:
        finder, count = Finder(entries), 0
        original = finder._lengths_at

        def counted(joined: str, at: int):
            nonlocal count
            lengths = original(joined, at)
            count += len(lengths)
            return lengths

        finder._lengths_at = counted  # type: ignore[method-assign]
        assert sum(1 for _ in finder.find(text)) == 200
        return count

    few = lookups([new_entry("Marian Quill")])
    many = lookups(
        [new_entry("Marian Quill"), *(new_entry(f"Mar{n:05} Quill") for n in range(20_000))]
    )
    assert many <= few * 30


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("", {}),
        ("a", {}),
        ("- !", {}),
        ("x" * 201, {}),
        ("Teasel\u0007", {}),
        ("Teasel", {"why": "y" * 301}),
        ("Teasel", {"label": "NOBODY"}),
        ("Teasel", {"match": Match.SHAPE}),
        ("Teasel", {"recogniser": "name"}),
    ],
)
def test_what_can_be_no_entry_is_refused_without_being_quoted(text: str, more: dict) -> None:
    with pytest.raises(UsageError) as refused:
        new_entry(text, **more)
    said = refused.value.user_message
    assert "Nothing was added to the list" in said
    assert "Teasel" not in said
    assert "xxx" not in said


def test_the_case_goes_before_the_site_and_always_before_never() -> None:
    of_site = [new_entry(text, origin=SITE) for text in ("Teasel", "Kestrel")]
    lists = settled(
        always=[*of_site, new_entry("Bittern")],
        never=[
            new_entry("teasel"),
            new_entry("Bittern", origin=SITE),
            new_entry("Kestrel", origin=SITE),
        ],
        packs=(),
    )
    assert [one.text for one in lists.always] == ["Bittern", "Kestrel"]
    assert [one.text for one in lists.never] == ["teasel"]


def test_the_reason_says_whose_list_it_is() -> None:
    assert said_of(Which.ALWAYS, new_entry("Teasel")) == "on the always list of the case"
    entry = new_entry("Teasel", why="a live operation", origin=SITE)
    assert said_of(Which.NEVER, entry) == f"on the never list of {SITE}: a live operation"


def test_a_shape_keeps_marks_and_lengths() -> None:
    assert shape_of("FOI-2024/0123 x") == "AAA-9999/9999 a"


def test_lists_are_values_and_show_nothing_of_themselves() -> None:
    lists = Lists((new_entry("Zebedee Quillfeather", why="because of Quillfeather"),))
    assert pickle.loads(pickle.dumps(lists)) == lists
    assert hash(lists) == hash(Lists(lists.always))
    assert "Quillfeather" not in repr(lists) + repr(lists.always[0])
    assert not NOTHING
    assert lists


def test_an_entry_survives_being_written_down() -> None:
    entry = new_entry("Teasel", label="PERSON", match=Match.EXACT, why="w", origin=SITE)
    assert entry_of(entry_shape(entry)) == entry
    for broken in ({}, {**entry_shape(entry), "more": ""}, {**entry_shape(entry), "label": "X"}):
        with pytest.raises(ValueError, match="entry"):
            entry_of(broken)

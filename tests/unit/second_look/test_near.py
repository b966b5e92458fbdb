"""The index of words written wrongly finds exactly what comparing every two would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redactor.second_look.near import NearWords, steps_allowed

_WORDS = st.lists(st.text("abc", min_size=1, max_size=10), max_size=12)


def steps(one: str, other: str) -> int:
    """Count letters added, left out, changed or two neighbours swapped, the slow way."""
    table = {(at, 0): at for at in range(len(one) + 1)}
    table |= {(0, at): at for at in range(len(other) + 1)}
    for a in range(1, len(one) + 1):
        for b in range(1, len(other) + 1):
            changed = table[a - 1, b - 1] + (one[a - 1] != other[b - 1])
            best = min(table[a - 1, b] + 1, table[a, b - 1] + 1, changed)
            if a > 1 and b > 1 and one[a - 1] == other[b - 2] and one[a - 2] == other[b - 1]:
                best = min(best, table[a - 2, b - 2] + 1)
            table[a, b] = best
    return table[len(one), len(other)]


@given(_WORDS, st.text("abc", min_size=1, max_size=12))
def test_the_index_finds_what_comparing_with_every_word_finds(known: list[str], word: str):
    wanted = {one for one in known if one != word and steps(one, word) <= steps_allowed(len(one))}
    assert set(NearWords(known).near(word)) == wanted


def test_short_words_may_not_be_wrong_at_all():
    assert NearWords(["Okor"]).near("Okar") == ()

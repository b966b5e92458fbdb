"""How a name may have been written wrongly: a letter more or less, or what a scanner made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redactor.nicknames import is_known_name

#: One letter may be wrong in a word of so many letters, and two in a longer one.
ONE_WRONG_FROM, TWO_WRONG_FROM = 7, 9

_DIGIT_INSIDE = re.compile(r"(?<=[^\W\d_])[01](?=[^\W\d_])")
_CAPITAL_I_INSIDE = re.compile(r"(?<=[a-zß-ÿ])I(?=[a-zß-ÿ]|$)")
_SMALL_L_INSIDE = re.compile(r"(?<=[A-ZÀ-Þ])l(?=[A-ZÀ-Þ])")
_MAC = re.compile(r"^(?:mac|mc)(?=[a-z]{3})")


def unscanned(word: str) -> str:
    """Undo what a scanner does to letters inside a word: ``Ba1dock``, ``HaroId``, ``ARKWRlGHT``."""
    if word.isalpha():
        word = _SMALL_L_INSIDE.sub("I", word)
        return word if word.startswith(("Mc", "Mac")) else _CAPITAL_I_INSIDE.sub("l", word)
    if word.isupper():
        return _DIGIT_INSIDE.sub(lambda digit: "IO"[digit.group() == "0"], word)
    return _DIGIT_INSIDE.sub(lambda digit: "lo"[digit.group() == "0"], word)


def plain_mac(word: str) -> str:
    """Give a folded surname with Mac written as Mc."""
    return _MAC.sub("mc", word)


def is_misspelt(one: str, other: str) -> bool:
    """Say whether two folded words are one, written wrongly: long ones, of which one is rare.

    Two names that are both well known (Frances and Francis) are two names.
    """
    one, other = plain_mac(one), plain_mac(other)
    if one == other:
        return True
    longest, shortest = max(len(one), len(other)), min(len(one), len(other))
    allowed = 2 if shortest >= TWO_WRONG_FROM else 1 if longest >= ONE_WRONG_FROM else 0
    if longest - shortest > allowed or one[:1] != other[:1] or not (one + other).isalpha():
        return False
    if is_known_name(one) and is_known_name(other):
        return False
    return distance(one, other, allowed) <= allowed


def is_near(one: str, other: str) -> bool:
    """Say whether two names look so alike that a person should say whether they are one."""
    if min(len(one), len(other)) < 4 or not (one + other).isalpha():
        return False
    return distance(one, other, 1) <= 1


def distance(one: str, other: str, most: int) -> int:
    """Count the letters to be added, left out, changed or swapped; ``most`` + 1 for any more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        row = [at]
        for to, wanted in enumerate(other, start=1):
            cost = min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                cost = min(cost, before[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


def neighbourhood(word: str) -> Iterator[str]:
    """Give a word and what is left of it without one letter: words one letter apart share one."""
    word = plain_mac(word)
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]

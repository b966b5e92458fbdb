"""Whose mail address, handle or file name it is: the names that its letters hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redactor.matching import fold_text
from redactor.names import WrittenName
from redactor.nicknames import is_ordinary
from redactor.scope import Name, Scope

_CUTS = re.compile(r"[^\w]+|_+|\d+")
#: One name alone is enough in its own document from so many letters on.
_CLEAR = 5
_SHORTEST = 3
#: So many persons are looked at one by one.
_FEW = 400


def fitting_address(text: str, label: str, scope: Scope, *, local: bool) -> set[Name]:
    """Give the persons that a mail address or handle may be of.

    Two parts of a name (``sarah.okoro``, ``sokoro``, ``okoros``) count anywhere; one alone
    (``okoro``, ``@tmadd``) only among the persons of the same document.
    """
    local_part = text.partition("@")[0] if label == "EMAIL" else text.lstrip("@")
    words = [word for piece in _CUTS.split(local_part) if (word := fold_text(piece))]
    if not words:
        return set()
    near = set(_worth_a_look(words, scope, local=local))
    both = {name for name in near if any(_both(way, words) for way in scope.people[name])}
    if both or not local:
        return both
    return {name for name in near if any(_one(way, words) for way in scope.people[name])}


def _worth_a_look(words: list[str], scope: Scope, *, local: bool) -> Iterator[Name]:
    """Give the persons of whose name a word holds something."""
    if local and len(scope.people) <= _FEW:
        yield from scope.people
        return
    for word in {"".join(words), *words}:
        yield from scope.by_given(word)
        yield from scope.by_given(word[:-1])
        for cut in range(len(word) - _SHORTEST + 1):
            yield from scope.by_surname(word[cut:])
            yield from scope.by_surname(word[: len(word) - cut])


def holds_name(file_name: str, way: WrittenName) -> bool:
    """Say whether a file's name holds somebody's: two parts of it, or a surname of its own."""
    stem = file_name.rpartition(".")[0] or file_name
    words = [word for piece in _CUTS.split(stem) if (word := fold_text(piece))]
    if _both(way, words):
        return True
    own = {way.surname, *way.parts} if way.surname else set()
    return any(
        word in own and len(word) > _SHORTEST and not is_ordinary(word) for word in words
    ) or (len(way.surname) > _CLEAR and way.surname in "".join(words))


def _both(way: WrittenName, words: list[str]) -> bool:
    """Say whether the words hold surname and forename, or surname and initial."""
    if not way.given:
        return False
    joined = {"".join(words), *words}
    for surname in (way.surname, *way.parts):
        if len(surname) < _SHORTEST:
            continue
        if any(form in joined for form in _run_together(way, surname)):
            return True
        rest = [word for word in words if word != surname]
        if len(rest) < len(words) and any(_is_given(word, way) for word in rest):
            return True
    return _forename_and_letter(way, words)


def _run_together(way: WrittenName, surname: str) -> Iterator[str]:
    initials = "".join(one[0] for one in way.given)
    for first in (*way.given, *way.pets, initials, initials[0]):
        yield first + surname
        yield surname + first


def _is_given(word: str, way: WrittenName) -> bool:
    initials = "".join(one[0] for one in way.given)
    return word in way.given or word in way.pets or word in {initials, initials[0]}


def _forename_and_letter(way: WrittenName, words: list[str]) -> bool:
    """``tamsin.g``: the forename, and the first letter of the surname."""
    first, letters = way.given[0], {part[0] for part in (way.surname, *way.parts)}
    if len(first) < _SHORTEST:
        return False
    return any(
        word == first + letter or (word == first and letter in words)
        for word in words
        for letter in letters
    )


def _one(way: WrittenName, words: list[str]) -> bool:
    """Say whether a word is somebody's surname or forename, or begins like their initials."""
    names = {one for one in (way.surname, *way.parts, *way.given, *way.pets) if len(one) > 1}
    for word in words:
        if word in names and (len(word) >= _CLEAR or not is_ordinary(word)) and len(word) > 2:
            return True
        if way.given and len(word) >= _CLEAR:
            start, rest = word[0], word[1:]
            if start == way.given[0][0] and way.surname.startswith(rest):
                return True
    return False

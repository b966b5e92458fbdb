"""Which full names are of one person although they are not written alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import combinations
from typing import TypeAlias

from redactor.names import WrittenName
from redactor.nicknames import are_forms_of_one, formal_names
from redactor.scope import Forms, Name
from redactor.spelling import ONE_WRONG_FROM, is_misspelt, is_near, neighbourhood

_Pair: TypeAlias = tuple[Name, Name]
_Found: TypeAlias = tuple[dict[Name, Name], list[tuple[Name, Name, str]]]

#: More names than this that look alike are a list, not a person.
_MOST_ALIKE = 12

_PET = "The one forename is a pet form of the other, and the surname is the same."
_PART = "The forename is the same, and the surnames share a part."
_PET_AND_PART = "The one forename is a pet form of the other, and the surnames share a part."
_SLIP = "The two are spelt nearly alike."
_MIDDLE = "The one has a middle name that the other has not."


def kin_of(names: AbstractSet[Name], forms: Forms) -> _Found:
    """Join full names that are one person's.

    Returns:
        The name that each stands for; and pairs that may be one person, with what speaks for it.
    """
    best = {name: max(forms[name], key=lambda way: way.rank) for name in names}
    found = {name: titled[0] for name in names if len(titled := _titled(name, names)) == 1}
    tops = {name: form for name, form in best.items() if name not in found}
    joins: dict[_Pair, str] = {}
    doubts: dict[_Pair, str] = {}
    for one, other in _candidates(tops):
        why, sure = _likeness(tops[one], tops[other])
        if why and not (one[1] and other[1] and one[1] != other[1]):
            (joins if sure else doubts)[one, other] = why
    for group in _groups(joins):
        whole = all(pair in joins for pair in combinations(sorted(group), 2))
        if whole and len({one[1] for one in group if one[1]}) < 2:
            head = max(group, key=lambda one: (tops[one].rank, one))
            found.update((one, head) for one in group if one != head)
        else:
            doubts.update((pair, why) for pair, why in joins.items() if set(pair) <= group)
    return found, [(one, other, why) for (one, other), why in sorted(doubts.items())]


def _titled(name: Name, among: AbstractSet[Name]) -> list[Name]:
    """Give the same name under Mr, and under Mrs, Ms or Miss; nothing for one that has a title."""
    key, sex, document = name
    return [] if sex else [other for sex in "mf" if (other := (key, sex, document)) in among]


def _candidates(names: dict[Name, WrittenName]) -> Iterator[_Pair]:
    """Give the pairs worth a look: those that share a word, and something of the other."""
    buckets: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for name, form in names.items():
        for bucket in dict.fromkeys(_buckets(form)):
            buckets[bucket].append(name)
    seen: set[_Pair] = set()
    for group in buckets.values():
        if 1 < len(group) <= _MOST_ALIKE:
            seen.update(combinations(sorted(group), 2))
    yield from sorted(seen)


def _buckets(form: WrittenName) -> Iterator[tuple[str, ...]]:
    first = form.given[0]
    for word in (first, *form.pets):
        for formal in formal_names(word):
            for last in dict.fromkeys((form.surname, *form.parts)):
                yield "pet", formal, last
    for part in form.parts or (form.surname,):
        yield "part", "".join(form.given), part
    yield "middle", first, form.surname
    for shorter in _near_words(first):
        yield "given", shorter, form.surname
    for shorter in _near_words(form.surname):
        yield "surname", "".join(form.given), shorter


def _near_words(word: str) -> Iterable[str]:
    if not word.isalpha() or len(word) < 4:
        return ()
    beginning = (word[: len(word) // 2], word[-(len(word) // 2) :])
    return (*neighbourhood(word), *(beginning if len(word) > ONE_WRONG_FROM else ()))


def _likeness(one: WrittenName, other: WrittenName) -> tuple[str, bool]:
    """Say what two names have in common, and whether that is enough to make them one."""
    alike_rest = one.given[1:] == other.given[1:]
    if one.surname == other.surname:
        return _alike_forenames(one, other, alike_rest=alike_rest)
    if one.given != other.given:
        pet = are_forms_of_one(one.given[0], other.given[0]) and _share_part(one, other)
        return (_PET_AND_PART, False) if pet and alike_rest else ("", False)
    if _share_part(one, other):
        return _PART, True
    if is_misspelt(one.surname, other.surname):
        return _SLIP, True
    return (_SLIP, False) if is_near(one.surname, other.surname) else ("", False)


def _alike_forenames(one: WrittenName, other: WrittenName, *, alike_rest: bool) -> tuple[str, bool]:
    first, second = one.given[0], other.given[0]
    if first == second:
        return _MIDDLE, False
    pet = any(are_forms_of_one(a, b) for a in (first, *one.pets) for b in (second, *other.pets))
    if pet:
        return _PET, alike_rest
    if is_misspelt(first, second):
        return _SLIP, alike_rest
    return (_SLIP, False) if is_near(first, second) and alike_rest else ("", False)


def _share_part(one: WrittenName, other: WrittenName) -> bool:
    mine, theirs = {one.surname, *one.parts}, {other.surname, *other.parts}
    return not mine.isdisjoint(theirs)


def _groups(pairs: Iterable[_Pair]) -> Iterator[set[Name]]:
    """Give the names that hang together by pairs."""
    group_of: dict[Name, set[Name]] = {}
    for one, other in pairs:
        both = group_of.get(one, {one}) | group_of.get(other, {other})
        group_of.update(dict.fromkeys(both, both))
    seen: set[int] = set()
    for group in group_of.values():
        if id(group) not in seen:
            seen.add(id(group))
            yield group

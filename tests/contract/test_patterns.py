"""No pattern of the core can be made to try all the ways to part a text: documents are hostile.

Where something that repeats is repeated, with nothing between that says where one ends, a text that
almost matches takes time that doubles with each character (Davis and others, "The Impact of Regular
Expression Denial of Service (ReDoS) in Practice", ESEC/FSE 2018).
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]  # no public parser of patterns
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import redactor

_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
#: So many times are as good as without an end.
_MANY = 50


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Give the patterns that modules of the core keep, by where they are kept."""
    for one in pkgutil.walk_packages(redactor.__path__, "redactor."):
        if one.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(one.name)).items():
            for pattern in _patterns_in(value):
                yield f"{one.name}.{name}", pattern


def _patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (one for one in value.values() if isinstance(one, re.Pattern))
    elif isinstance(value, list | tuple):
        yield from (one for one in value if isinstance(one, re.Pattern))


def repeats_a_repeat(pattern: re.Pattern[Any]) -> bool:
    """Say whether something that repeats without an end is nothing but such a thing repeated."""
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, str) else pattern.flags
    return any(_is_repeat(inner) for inner in _repeated(parser.parse(pattern.pattern, flags)))


def _repeated(items: Iterable[Any]) -> Iterator[Any]:
    """Give what is repeated without an end, wherever it stands."""
    for kind, value in items:
        if kind in _REPEATS and value[1] > _MANY:
            yield value[2]
        for inner in _inside(kind, value):
            yield from _repeated(inner)


def _inside(kind: object, value: Any) -> list[Any]:
    if kind in _REPEATS:
        return [value[2]]
    if kind is codes.SUBPATTERN:
        return [value[3]]
    if kind is codes.BRANCH:
        return list(value[1])
    return [value[1]] if kind in {codes.ASSERT, codes.ASSERT_NOT} else []


def _is_repeat(items: Any) -> bool:
    """Say whether this is nothing but a repeat without an end, or may be."""
    if len(items) != 1:
        return False
    kind, value = items[0]
    if kind in _REPEATS:
        return bool(value[1] > _MANY)
    return any(map(_is_repeat, _inside(kind, value)))


def test_no_pattern_repeats_what_repeats():
    found = dict(patterns())
    assert len(found) > 300
    assert [name for name, pattern in found.items() if repeats_a_repeat(pattern)] == []


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\[(?:[ \d.+-]+|\([^()]*\))*\]", True),
        (r"(?:a+)+b", True),
        (r"(?P<name>(?:\d*)*)", True),
        (r"\[[ \d.+-]*(?:\([^()]*\)[ \d.+-]*)*\]", False),
        (r"(?:\d+ )*", False),
        (r"(?:a|b)*", False),
    ],
)
def test_such_a_pattern_is_told_from_others(pattern: str, *, expected: bool):
    assert repeats_a_repeat(re.compile(pattern)) is expected

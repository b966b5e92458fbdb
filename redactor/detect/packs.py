"""Packs of patterns that an authority writes itself: read, tried out, and only then used.

A pack is a TOML file (``docs/lists.md``). It brings texts in which each of its rules must find
something, and texts in which it must find nothing. Loading runs all of them, and tries every
pattern on texts made to keep it busy; a pack that fails is refused whole.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import regex

from redactor.detect.normal import normalise
from redactor.detect.words import words_of
from redactor.errors import PackError
from redactor.labels import LABEL_BY_NAME
from redactor.lists import Pack, PackRule, Positive

_LARGEST_FILE = 256 * 1024
_MOST_RULES = 50
_MOST_EXAMPLES = 100
_LONGEST_PATTERN = 1000
_LONGEST_TEXT = 500
_LONGEST_NAME = 80
#: How long a pattern may take over one text while it is tried out, in seconds.
_TRIAL_SECONDS = 0.5
#: How long the texts are that are made to keep it busy; a passage is no longer.
_TRIAL_LENGTH = 4000
#: Between these words before and after a match one of the context has to stand.
_WORDS_BEFORE, _WORDS_AFTER = 8, 4

#: How large a pattern may grow when its counts are written out; ``((x{900}){900}){900}`` takes all
#: the memory there is as soon as it is compiled.
_MOST_SIZE = 20_000
_PIECE = regex.compile(
    r"(?P<count>\{(?P<low>\d{0,9})(?:,(?P<high>\d{0,9}))?\})|(?P<open>\()|(?P<close>\))"
    r"|\\.|\[\^?\]?(?:\\.|[^\]\\])*+\]|.",
    regex.DOTALL,
)

_PACK = {"name", "version", "source", "rule"}
_NEEDED = {"label", "pattern", "why", "positives", "negatives"}
_RULE = _NEEDED | {"score", "context", "ignore_case"}


def load_pack(raw: bytes) -> Pack:
    """Read a pack and try it out.

    Raises:
        PackError: it cannot be read, or one of its rules does not do what it says.
    """
    pack = parse_pack(raw)
    for number, rule in enumerate(pack.rules, start=1):
        prove(rule, f"Rule {number} ({rule.label})")
    return pack


def parse_pack(raw: bytes) -> Pack:
    """Read a pack that was tried out before.

    Raises:
        PackError: it cannot be read.
    """
    if len(raw) > _LARGEST_FILE:
        raise _refused(f"The file is larger than {_LARGEST_FILE // 1024} KB")
    try:
        text = raw.decode("utf-8-sig")
        fields = tomllib.loads(text)
    except UnicodeDecodeError:
        raise _refused("The file is not UTF-8 text") from None
    except (tomllib.TOMLDecodeError, RecursionError):
        raise _refused("The file is not TOML") from None
    rules = fields.get("rule")
    if fields.keys() != _PACK or not isinstance(rules, list) or not rules:
        raise _refused("A pack gives its name, version and source, and one [[rule]] or more")
    if len(rules) > _MOST_RULES:
        raise _refused(f"A pack has at most {_MOST_RULES} rules")
    name, version, source = (_line(fields[key], f"Its {key}") for key in _HEAD)
    return Pack(
        name,
        version,
        source,
        tuple(_rule(one, f"Rule {number}") for number, one in enumerate(rules, start=1)),
        text,
        hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )


_HEAD = ("name", "version", "source")


def _refused(why: str) -> PackError:
    return PackError(f"{why}. The pack was not taken in. Put that right and load it again.")


def _line(value: Any, what: str, longest: int = _LONGEST_NAME * 4) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise _refused(f"{what} has to be text of 1 to {longest} characters")
    if any(not one.isprintable() for one in value):
        raise _refused(f"{what} holds a character that cannot be seen")
    return value.strip()


def _rule(fields: Any, where: str) -> PackRule:
    if not isinstance(fields, dict) or not fields.keys() >= _NEEDED or fields.keys() - _RULE:
        raise _refused(
            f"{where} has to give {', '.join(sorted(_NEEDED))}, and may give "
            f"{', '.join(sorted(_RULE - _NEEDED))}, and nothing else"
        )
    label = _line(fields["label"], f"The label of {where.lower()}")
    if label not in LABEL_BY_NAME:
        raise _refused(f"{where} has a label that is none of {', '.join(LABEL_BY_NAME)}")
    score = fields.get("score", 0.85)
    if type(score) not in (int, float) or not 0.2 <= score <= 1:
        raise _refused(f"The score of {where.lower()} has to lie between 0.2 and 1")
    ignore_case = fields.get("ignore_case", False)
    if type(ignore_case) is not bool:
        raise _refused(f"ignore_case of {where.lower()} has to be true or false")
    pattern = fields["pattern"]
    if not isinstance(pattern, str) or not 0 < len(pattern) <= _LONGEST_PATTERN:
        raise _refused(
            f"The pattern of {where.lower()} has to have 1 to {_LONGEST_PATTERN} characters"
        )
    rule = PackRule(
        label,
        pattern,
        _line(fields["why"], f"The reason of {where.lower()}"),
        float(score),
        tuple(one.lower() for one in _texts(fields.get("context", []), f"{where}: context", 0)),
        ignore_case,
        tuple(_positives(fields["positives"], where)),
        _texts(fields["negatives"], f"{where}: negatives", 1),
    )
    _require_pattern(rule, f"{where} ({label})")
    return rule


def _require_pattern(rule: PackRule, where: str) -> None:
    if _size(rule.pattern) > _MOST_SIZE:
        raise _refused(f"{where} has a pattern whose counts multiply to more than {_MOST_SIZE:,}")
    try:
        compiled(rule)
    except (regex.error, ValueError, OverflowError, RecursionError, KeyError):
        raise _refused(f"{where} has a pattern that cannot be compiled") from None


def _texts(value: Any, what: str, least: int) -> tuple[str, ...]:
    if not isinstance(value, list) or not least <= len(value) <= _MOST_EXAMPLES:
        raise _refused(f"{what} has to be a list of {least} to {_MOST_EXAMPLES} texts")
    for one in value:
        if not isinstance(one, str) or not 0 < len(one) <= _LONGEST_TEXT:
            raise _refused(f"{what} has to hold texts of 1 to {_LONGEST_TEXT} characters")
    return tuple(value)


def _positives(value: Any, where: str) -> Iterator[Positive]:
    if not isinstance(value, list) or not 0 < len(value) <= _MOST_EXAMPLES:
        raise _refused(f"{where} needs 1 to {_MOST_EXAMPLES} positives")
    for one in value:
        if not isinstance(one, dict) or one.keys() != {"text", "found"}:
            raise _refused(f"Every positive of {where.lower()} has to give text and found")
        text, found = _texts([one["text"], one["found"]], f"{where}: positives", 2)
        yield Positive(text, found)


# --- using a rule -------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def compiled(rule: PackRule) -> regex.Pattern[str]:
    """Compile the pattern of a rule.

    Raises:
        regex.error: it is no pattern.
    """
    return regex.compile(rule.pattern, regex.IGNORECASE if rule.ignore_case else 0)


def stretch_of(match: regex.Match[str]) -> tuple[int, int]:
    """Give what a match finds: its group ``v`` if it has one, else all of it."""
    start, end = match.span("v" if "v" in match.re.groupindex else 0)
    return int(start), int(end)


def has_context(rule: PackRule, text: str, start: int, end: int) -> bool:
    """Say whether a word that the rule asks for stands near a match; so it is if it asks none."""
    if not rule.context:
        return True
    words = words_of(text)
    before = [one.folded for one in words if one.end <= start][-_WORDS_BEFORE:]
    after = [one.folded for one in words if one.start >= end][:_WORDS_AFTER]
    near = f" {' '.join(before)} | {' '.join(after)} "
    return any(f" {phrase} " in near for phrase in rule.context)


# --- trying it out ------------------------------------------------------------------------------


def prove(rule: PackRule, where: str) -> None:
    """Go on only where a rule does what it says and ends in good time.

    Raises:
        PackError: it does not.
    """
    pattern = compiled(rule)
    for number, one in enumerate(rule.positives, start=1):
        if one.found not in _found(rule, pattern, one.text, f"{where}, positive {number}"):
            raise _refused(f"{where} does not find what its positive {number} says")
    for number, text in enumerate(rule.negatives, start=1):
        if _found(rule, pattern, text, f"{where}, negative {number}"):
            raise _refused(f"{where} finds something in its negative {number}")
    if pattern.search("", timeout=_TRIAL_SECONDS) is not None:
        raise _empty(where)
    for text in trials(rule):
        _found(rule, pattern, text, where, in_context=False)


def _size(pattern: str) -> int:
    """Estimate how large a pattern is once its counts are written out."""
    sums, last = [0], [0]
    for piece in _PIECE.finditer(pattern):
        if piece["open"]:
            sums.append(0)
            last.append(0)
        elif piece["close"] and len(sums) > 1:
            inside = sums.pop() + last.pop()
            sums[-1] += last[-1]
            last[-1] = inside
        elif piece["count"]:
            last[-1] *= max(1, int(piece["low"] or 0), int(piece["high"] or 0))
        else:
            sums[-1] += last[-1]
            last[-1] = 1
    return sum(sums) + sum(last)


def _found(
    rule: PackRule,
    pattern: regex.Pattern[str],
    original: str,
    where: str,
    *,
    in_context: bool = True,
) -> list[str]:
    text = normalise(original).text
    found: list[str] = []
    try:
        for match in pattern.finditer(text, timeout=_TRIAL_SECONDS):
            start, end = stretch_of(match)
            if match.start() == match.end():
                raise _empty(where)
            if start < end and (not in_context or has_context(rule, text, start, end)):
                found.append(text[start:end])
    except TimeoutError:
        raise _refused(
            f"{where}: the pattern takes too long on a text made to keep it busy"
        ) from None
    return found


def _empty(where: str) -> PackError:
    return _refused(f"{where} has a pattern that also matches nothing at all")


def trials(rule: PackRule) -> Iterator[str]:
    """Make texts that a pattern may be slow on: runs of what it is made of and of what it finds."""
    letters = dict.fromkeys(one for one in rule.pattern if one.isalnum() or one in " -./@,:_#")
    units = [*dict.fromkeys([*"aA1 -.", *letters, "a ", "A1", "1-", "Aa ", "a.", "\n"])][:60]
    for one in rule.positives:
        units += [one.found, f"{one.found} ", one.found[:-1] or "a"]
    for unit in units[:120]:
        run = unit * (_TRIAL_LENGTH // max(1, len(unit)))
        yield run
        yield f"{run}!"
    for unit in ("a", "1"):  # a pattern that doubles its work with each letter shows it early
        yield f"{unit * 40}!"

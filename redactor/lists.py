"""Words that are always or never to be found, and packs of patterns: what an authority has learnt.

A list proposes, as every recogniser does. An entry of an always list makes findings; one of a never
list makes no finding go away, but has it proposed to be kept, and says so. Pure values and
functions; nothing here reads or writes.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from redactor.errors import UsageError
from redactor.labels import LABEL_BY_NAME
from redactor.matching import fold_text

#: Where an entry comes from that belongs to a case alone.
CASE = "case"
#: The longest text of an entry, the longest reason, and the most entries of one list.
LONGEST_TEXT = 200
LONGEST_WHY = 300
MOST_ENTRIES = 50_000
#: The label of an entry that nobody gave another.
LISTED = "TERM"
#: What findings of an always list are found by, and how sure they are.
ALWAYS_RECOGNISER = "always-list"
ALWAYS_SCORE = 0.95
#: And where letters of what was read from pixels had to be taken for others.
MISREAD_SCORE = 0.75
#: What the reason of a finding holds that a never list has proposed to be kept.
ON_NEVER = "on the never list of "

#: Letters and digits apart, so that a number that lost its space before a word is still found.
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_PREFIX = 3
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Which(enum.StrEnum):
    """One of the two lists."""

    ALWAYS = "always"
    NEVER = "never"


class Match(enum.StrEnum):
    """How an entry is compared: whole words in any capitals, exactly as written, or by its shape.

    A shape (``AA-9999``) is compared with what a named recogniser found, never with the text.
    """

    WORDS = "words"
    EXACT = "exact"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list.

    Attributes:
        text: what is looked for; the shape, where it is one.
        label: of the findings that an always list makes.
        why: in the words of who added it; shown beside the finding, never logged.
        origin: ``case``, or the name of the site's lists.
        recogniser: whose findings a shape is about.
    """

    text: str = field(repr=False)
    label: str = LISTED
    match: Match = Match.WORDS
    why: str = field(default="", repr=False)
    origin: str = CASE
    recogniser: str = ""

    @property
    def key(self) -> str:
        """Give what two entries have in common that say the same."""
        if self.match is Match.SHAPE:
            return f"{self.recogniser} {self.label} {self.text}"
        return fold_text(self.text)


@dataclass(frozen=True, slots=True)
class Positive:
    """A text in which a rule of a pack must find exactly this stretch."""

    text: str = field(repr=False)
    found: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PackRule:
    """One pattern of a pack; see ``docs/lists.md``."""

    label: str
    pattern: str = field(repr=False)
    why: str
    score: float
    context: tuple[str, ...] = ()
    ignore_case: bool = False
    positives: tuple[Positive, ...] = field(default=(), repr=False)
    negatives: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Pack:
    """Patterns of one source under one name.

    Attributes:
        source: where the formats are laid down.
        toml: the file that it was read from.
        sha256: of that file, in hex.
    """

    name: str
    version: str
    source: str
    rules: tuple[PackRule, ...]
    toml: str = field(repr=False)
    sha256: str

    def mention(self) -> dict[str, str]:
        """Give how a log names it."""
        return {"name": self.name, "version": self.version, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Lists:
    """All that is listed."""

    always: tuple[Entry, ...] = field(default=(), repr=False)
    never: tuple[Entry, ...] = field(default=(), repr=False)
    packs: tuple[Pack, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.always or self.never or self.packs)

    def of(self, which: Which) -> tuple[Entry, ...]:
        """Give one of the two lists."""
        return self.always if which is Which.ALWAYS else self.never


NOTHING = Lists()


# --- entries ------------------------------------------------------------------------------------


def new_entry(
    text: str,
    *,
    label: str = LISTED,
    match: Match = Match.WORDS,
    why: str = "",
    origin: str = CASE,
    recogniser: str = "",
) -> Entry:
    """Make an entry of what somebody gave.

    Raises:
        UsageError: it can be no entry; the message says why, and holds nothing of it.
    """
    text, why = " ".join(text.split()), " ".join(why.split())
    if sum(one.isalnum() for one in fold_text(text)) < 2:
        raise _refused("It needs at least two letters or digits", "Give a word or a phrase")
    if len(text) > LONGEST_TEXT or len(why) > LONGEST_WHY:
        raise _refused(
            f"It is longer than {LONGEST_TEXT} characters, or its reason than {LONGEST_WHY}",
            "Give a shorter one",
        )
    if _CONTROL.search(text + why):
        raise _refused("It holds a character that cannot be seen", "Type it anew")
    if label not in LABEL_BY_NAME:
        raise _refused("There is no such label", f"Labels: {', '.join(sorted(LABEL_BY_NAME))}")
    if (match is Match.SHAPE) is not bool(recogniser):
        raise _refused("A shape, and only a shape, names a recogniser", "Accept it as suggested")
    return Entry(text, label, match, why, origin, recogniser)


def _refused(why: str, remedy: str) -> UsageError:
    return UsageError(f"{why}. Nothing was added to the list. {remedy}.")


def said_of(which: Which, entry: Entry) -> str:
    """Say why a finding is proposed as it is."""
    whose = "the case" if entry.origin == CASE else entry.origin
    return f"on the {which} list of {whose}" + (f": {entry.why}" if entry.why else "")


def settled(always: Iterable[Entry], never: Iterable[Entry], packs: Iterable[Pack]) -> Lists:
    """Give lists in which no two entries contradict each other.

    What the case says goes before what the site says; of the same standing, always goes before
    never, for it is the safer.
    """
    always, never = tuple(always), tuple(never)
    of_case = {one.key for one in (*always, *never) if one.origin == CASE}
    chosen: dict[Which, dict[str, Entry]] = {Which.ALWAYS: {}, Which.NEVER: {}}
    for own in (True, False):
        for which, entries in ((Which.ALWAYS, always), (Which.NEVER, never)):
            for one in entries:
                is_own = one.origin == CASE
                if is_own is own and (is_own or one.key not in of_case):
                    chosen[which].setdefault(one.key, one)
    kept = {key: one for key, one in chosen[Which.NEVER].items() if key not in chosen[Which.ALWAYS]}
    by_name = {one.name: one for one in packs}
    return Lists(
        tuple(chosen[Which.ALWAYS].values()), tuple(kept.values()), tuple(by_name.values())
    )


def shape_of(text: str) -> str:
    """Give the shape of a text: letters as ``A`` or ``a``, digits as ``9``, the rest as it is."""
    return "".join(
        "9" if one.isdigit() else ("A" if one.isupper() else "a") if one.isalpha() else one
        for one in text
    )


# --- as plain values ----------------------------------------------------------------------------


def entry_shape(entry: Entry) -> dict[str, str]:
    """Give an entry as JSON holds it."""
    return {
        "text": entry.text,
        "label": entry.label,
        "match": str(entry.match),
        "why": entry.why,
        "origin": entry.origin,
        "recogniser": entry.recogniser,
    }


def entry_of(shape: Mapping[str, Any]) -> Entry:
    """Read an entry that ``entry_shape`` gave.

    Raises:
        ValueError: it is none.
    """
    if shape.keys() != _FIELDS or not all(type(value) is str for value in shape.values()):
        raise ValueError("not an entry")
    try:
        return new_entry(
            shape["text"],
            label=shape["label"],
            match=Match(shape["match"]),
            why=shape["why"],
            origin=shape["origin"],
            recogniser=shape["recogniser"],
        )
    except UsageError:
        raise ValueError("not an entry") from None


_FIELDS = frozenset({"text", "label", "match", "why", "origin", "recogniser"})


# --- finding ------------------------------------------------------------------------------------


class Finder:
    """Finds the words of entries in a text, whole, in any capitals or spacing.

    Two texts are the same where ``matching.fold_text`` gives the same of them, so that what is
    found here and what a release withholds is one. The cost hardly grows with the list: at each
    word, the next three letters say how long an entry could be, and each length is one look-up.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_tokens: dict[str, list[Entry]] = {}
        lengths: dict[str, set[int]] = {}
        for entry in entries:
            tokens = "".join(fold_text(one) for one in _TOKEN.findall(entry.text))
            if entry.match is not Match.SHAPE and tokens:
                self._by_tokens.setdefault(tokens, []).append(entry)
                lengths.setdefault(tokens[:_PREFIX], set()).add(len(tokens))
        self._lengths = {
            prefix: tuple(sorted(found, reverse=True)) for prefix, found in lengths.items()
        }
        self._has_short = any(len(prefix) < _PREFIX for prefix in self._lengths)

    def find(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """Give the longest entry that begins at each word: code points of the text, and entry."""
        if not self._by_tokens:
            return
        starts, joined, ends = _tokens_of(text)
        for at, start in starts:
            for length in self._lengths_at(joined, at):
                end = ends.get(at + length)
                if end is None:
                    continue
                entry = self._entry(joined[at : at + length], text[start:end])
                if entry is not None:
                    yield start, end, entry
                    break

    def _lengths_at(self, joined: str, at: int) -> Sequence[int]:
        lengths = self._lengths.get(joined[at : at + _PREFIX], ())
        if self._has_short:
            return (*lengths, *self._lengths.get(joined[at : at + 2], ()))
        return lengths

    def _entry(self, tokens: str, found: str) -> Entry | None:
        for entry in self._by_tokens.get(tokens, ()):
            core = _core(entry.text)
            if entry.match is Match.EXACT and " ".join(found.split()) != core:
                continue
            if fold_text(found) == fold_text(core):
                return entry
        return None


def _core(text: str) -> str:
    """Give a text from its first letter or digit to its last."""
    tokens = list(_TOKEN.finditer(text))
    return text[tokens[0].start() : tokens[-1].end()]


def _tokens_of(text: str) -> tuple[list[tuple[int, int]], str, dict[int, int]]:
    """Cut a text into words.

    Returns:
        For each word where it begins in the folded words and in the text; the folded words, joined;
        and for the end of each word there, its end in the text.
    """
    starts: list[tuple[int, int]] = []
    ends: dict[int, int] = {}
    pieces: list[str] = []
    at = 0
    for match in _TOKEN.finditer(text):
        folded = fold_text(match.group())
        starts.append((at, match.start()))
        pieces.append(folded)
        at += len(folded)
        ends[at] = match.end()
    return starts, "".join(pieces), ends


def shapes(entries: Iterable[Entry]) -> dict[tuple[str, str, str], Entry]:
    """Give the entries that are shapes, by recogniser, label and shape."""
    return {
        (one.recogniser, one.label, one.text): one for one in entries if one.match is Match.SHAPE
    }

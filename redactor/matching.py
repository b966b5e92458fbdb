"""Find a term in a text however it was written: the one rule that removal and proof share.

A text is folded: NFKC, case-folded, diacritics dropped, and white space, underscores, hyphens,
dashes, apostrophes, control characters and characters that nobody sees removed. A term matches
where its folded form stands in the folded text and its ends fall on word boundaries of the
original, so ``O Brien``, ``O’BRIEN`` and a line-broken ``O'-⏎Brien`` are one, while ``Ann`` is
not found in ``Annual``.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress

from redactor.model import Carried

#: What is not seen: controls, and what Unicode calls Default_Ignorable_Code_Point (UCD 15,
#: DerivedCoreProperties.txt), with the marks of annotations. U+0001 is kept: the search of a
#: release puts it between texts that do not run on.
_UNSEEN = (
    r"\x00\x02-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_DROPPED = re.compile(
    r"[\s_\-'`\u00b4\u2010-\u2015\u2018\u2019\u201b\u2032\u2043\u2212\u02bc\ufe58\ufe63\uff0d\uff07"
    + _UNSEEN
    + r"]+"
)
_ASCII_DROPPED = bytes(code for code in range(128) if _DROPPED.match(chr(code)))
#: For each character of ASCII, 1 where it is kept.
_ASCII_IS_KEPT = bytes(code not in _ASCII_DROPPED for code in range(256))
#: Letters that NFKD does not take apart but that a keyboard without them writes otherwise.
_LATIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ŀ": "l", "æ": "ae", "œ": "oe"})


@dataclass(slots=True)
class Folded:
    """A folded text that can say where in the original a match lies."""

    original: str = field(repr=False)
    text: str = field(repr=False)
    _origins: Sequence[int] | None = field(default=None, repr=False)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Give the original's code-point range of a range of the folded text."""
        if self._origins is None:
            self._origins = _origins(self.original)
        return self._origins[start], self._origins[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text for searching."""
    return Folded(text, fold_text(text))


def fold_text(text: str) -> str:
    """Give only the folded text."""
    if text.isascii():
        return text.encode("ascii").lower().translate(None, _ASCII_DROPPED).decode("ascii")
    return text.translate(_FOLDING)


def _fold_character(character: str) -> str:
    if _DROPPED.fullmatch(character):
        return ""
    if character.isascii():
        return character.lower()
    decomposed = unicodedata.normalize("NFKD", character)
    bare = "".join(one for one in decomposed if not unicodedata.combining(one))
    return _DROPPED.sub("", bare.casefold().translate(_LATIN))


class _Folding(dict[int, str]):
    """Remembers how each character folds: a page of text holds few different ones."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_FOLDING = _Folding()


def _origins(text: str) -> Sequence[int]:
    """Give for each character of the folded text the place in the text that it comes from."""
    if text.isascii():
        kept = text.encode("ascii").translate(_ASCII_IS_KEPT)
        return array("I", compress(range(len(text)), kept))
    return array("I", [at for at, one in enumerate(text) for _ in _FOLDING[ord(one)]])


@dataclass(frozen=True, slots=True)
class Term(Carried):
    """A withheld string, ready to be searched for.

    Attributes:
        number: its line in the list of terms, from 1; a leak is named by it, never by the text.
        folded: what is searched for.
        anywhere: it is so distinctive that word boundaries are not asked for.
        distinctive: wherever it stands it says the same thing; False for an age, a short word or
            a short number, which may stand elsewhere with another meaning.
    """

    number: int
    folded: str = field(repr=False)
    anywhere: bool
    distinctive: bool


def make_term(text: str, number: int) -> Term | None:
    """Prepare a term; None where nothing searchable is left of it."""
    folded = fold_text(text)
    if not any(one.isalnum() for one in folded):
        return None
    words = len(re.findall(r"[^\W_]+", text))
    has_digit = any(one.isdigit() for one in folded)
    return Term(
        number,
        folded,
        anywhere=len(folded) >= 7 and (words > 1 or has_digit),
        distinctive=_is_distinctive(folded, words),
    )


def _is_distinctive(folded: str, words: int) -> bool:
    letters = sum(one.isalpha() for one in folded)
    digits = sum(one.isdigit() for one in folded)
    if letters and digits:
        return len(folded) >= 5
    return digits >= 5 if digits else letters >= (4 if words == 1 else 5)


def find_term(term: Term, folded: Folded) -> Iterator[tuple[int, int]]:
    """Give every place of a term in a text, as code-point ranges of the original."""
    at = folded.text.find(term.folded)
    while at >= 0:
        place = place_of(term, folded, at)
        if place:
            yield place
        at = folded.text.find(term.folded, at + 1)


def place_of(term: Term, folded: Folded, at: int) -> tuple[int, int] | None:
    """Give the place of a term whose folded form stands at an offset; None within a word."""
    start, end = folded.source(at, at + len(term.folded))
    return (start, end) if term.anywhere or _stands_alone(folded.original, start, end) else None


def count_term(term: Term, folded: Folded) -> int:
    """Count the places of a term in a text."""
    if term.folded not in folded.text:
        return 0
    return sum(1 for _ in find_term(term, folded))


class ManyTerms:
    """Finds many terms in a text, each where ``find_term`` finds it.

    Cost is one pass over a text whatever the number of terms: a trie of their first characters says
    where one may begin; what stands there is looked up by each length that such a term has.
    """

    #: As many characters tell apart what begins; more make the trie slow to prepare.
    _KEY = 4

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: dict[str, list[Term]] = {}
        lengths: dict[str, set[int]] = {}
        for term in terms:
            self._terms.setdefault(term.folded, []).append(term)
            lengths.setdefault(term.folded[: self._KEY], set()).add(len(term.folded))
        #: By the longest key that stands at a place, how long a term may be that begins there.
        self._lengths = {
            key: sorted(
                set().union(*(lengths.get(key[:end], ()) for end in range(1, len(key) + 1)))
            )
            for key in lengths
        }
        self._keys = re.compile(trie(lengths)) if lengths else None
        self.longest = max(map(len, self._terms), default=0)

    def find(self, folded: Folded) -> Iterator[tuple[Term, int, int]]:
        """Give every place of every term in a text, as code-point ranges of the original."""
        for at, written in self.standing(folded.text):
            for term in self._terms[written]:
                place = place_of(term, folded, at)
                if place:
                    yield term, *place

    def standing(self, text: str, before: int | None = None) -> Iterator[tuple[int, str]]:
        """Give where the folded form of a term stands in a folded text, in a word or as one.

        Args:
            text: folded.
            before: give only what begins before this offset.
        """
        if self._keys is None:
            return
        match = self._keys.search(text)
        while match is not None:
            at = match.start()
            if before is not None and at >= before:
                return
            for length in self._lengths[match[0]]:
                written = text[at : at + length]
                if len(written) == length and written in self._terms:
                    yield at, written
            match = self._keys.search(text, at + 1)


#: A stretch of a long text has about so many characters: folding takes ten times that in memory.
_STRETCH = 200_000
#: How much of the text around a place may be asked about, in characters.
_AROUND = 24


@dataclass(frozen=True, slots=True)
class TextStretch:
    """Parts of a long text that follow one another, joined.

    Attributes:
        first: the number of its first part.
        starts: where each of its parts begins in ``text``.
        own: what begins in this range is found in this stretch, and in no other.
    """

    text: str = field(repr=False)
    first: int
    starts: Sequence[int] = field(repr=False)
    own: tuple[int, int]

    def part_at(self, at: int) -> int:
        """Give the number of the part that holds an offset, or the joint behind it."""
        return self.first + bisect_right(self.starts, at) - 1


def in_stretches(parts: Iterable[str], joint: str, longest: int) -> Iterator[TextStretch]:
    """Join parts of a text so that any term in it stands in a stretch, with what is around it.

    A text of thousands of pages is not held and folded whole.

    Args:
        parts: in order.
        joint: one character that stands between them.
        longest: how many folded characters the longest term has.
    """
    held: list[str] = []
    first = begun = size = 0  # of the parts held, so many are only there for what follows them
    wanted = _STRETCH
    for part in parts:
        held.append(part)
        size += len(part) + 1
        if size < wanted:
            continue
        ahead = _tail(held, _tail(held, len(held), _AROUND, len), longest, _folded_length)
        if ahead > begun:
            yield _stretch(held, joint, first, begun, ahead)
            kept = _tail(held, ahead, _AROUND, len)
            first, begun, held = first + kept, ahead - kept, held[kept:]
            size = sum(len(one) + 1 for one in held)
        wanted = max(_STRETCH, 2 * size)  # what is held may be long, where there is little in it
    if len(held) > begun:
        yield _stretch(held, joint, first, begun, len(held))


def _stretch(held: Sequence[str], joint: str, first: int, begun: int, ahead: int) -> TextStretch:
    starts = list(accumulate((len(one) + 1 for one in held), initial=0))
    return TextStretch(joint.join(held), first, starts[:-1], (starts[begun], starts[ahead]))


def _tail(held: Sequence[str], end: int, least: int, length: Callable[[str], int]) -> int:
    """Give where parts begin that end before a number and are so long together; 0 if none are."""
    found = 0
    while end and found < least:
        end -= 1
        found += length(held[end])
    return end


def _folded_length(text: str) -> int:
    return len(fold_text(text))


def trie(words: Iterable[str]) -> str:
    """Give a regular expression that matches the longest of many words, in one pass."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]  # a trie is recursive
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _pattern(root)


def _pattern(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    branches = [re.escape(one) + _pattern(rest) for one, rest in sorted(node.items()) if one]
    if not branches:
        return ""
    together = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{together})?" if "" in node else together


# --- in what was read from pixels ----------------------------------------------------------------

#: What an engine takes for one another (measured: docs/benchmarks.md, "Letters that are misread").
#: A letter that is taken for two is written as these two, so that it does not matter where a text
#: is cut: ``rn`` and ``m`` are one, and so are the end of one word and the beginning of the next.
_MISREAD = str.maketrans(
    {
        "0": "o", "1": "l", "i": "l", "|": "l", "2": "z", "5": "s", "8": "b", "e": "c", "€": "c",
        "m": "rn", "w": "vv", "d": "cl",
    }
)  # fmt: skip
#: Shorter terms read like too much else (folded characters).
_LEAST_MISREAD = 5


def as_misread(folded: str) -> str:
    """Give a folded text in which letters that are taken for one another are one."""
    return folded.translate(_MISREAD)


class MisreadTerms:
    """Finds many terms in a text that was read from pixels, where letters of them were misread.

    It is looked for beside ``ManyTerms``: what stands there as it is written is not given.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(one for one in terms if len(one.folded) >= _LEAST_MISREAD)
        self._by_form: dict[str, list[Term]] = {}
        for one in self.terms:
            self._by_form.setdefault(as_misread(one.folded), []).append(one)
        self._forms = ManyTerms(
            Term(0, form, anywhere=True, distinctive=True) for form in self._by_form
        )

    def find(self, folded: Folded) -> Iterator[tuple[Term, int, int]]:
        """Give every place that may be a term misread, as code-point ranges of the original."""
        begins: dict[int, int] = {}
        for at, form in self._forms.standing(as_misread(folded.text)):
            begins = begins or _begins(folded.text)
            start, end = begins.get(at), begins.get(at + len(form))
            if start is None or end is None:  # it begins or ends within a letter
                continue
            for term in self._by_form[form]:
                place = folded.source(start, end)
                if folded.text[start:end] != term.folded and (
                    term.anywhere or _stands_alone(folded.original, *place)
                ):
                    yield term, *place

    def find_from(self, text: str, start: int) -> Iterator[tuple[Term, int, int]]:
        """Give the places in a text from an offset on, where what was read from pixels begins."""
        for term, first, end in self.find(fold(text[start:])):
            yield term, start + first, start + end


def _begins(folded: str) -> dict[int, int]:
    """Give the character of a folded text that begins at an offset of its ``as_misread``."""
    lengths = (len(as_misread(one)) for one in folded)
    return {at: index for index, at in enumerate(accumulate(lengths, initial=0))}


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return _is_boundary(before, text[start]) and _is_boundary(text[end - 1], after)


def _is_boundary(left: str, right: str) -> bool:
    if left.isalpha() and right.isalpha():
        return left.islower() and right.isupper()  # two runs that lost the space between them
    return not (left.isdigit() and right.isdigit())

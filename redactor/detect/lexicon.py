"""Phrase lists, matched word by word: fast whatever their length, and kept as data.

A line of ``resources/detection/lexicons/LABEL.txt`` holds phrases parted by ``|`` outside
brackets. In a phrase

* ``word~`` also stands for its inflections,
* ``(a|b)`` for either, ``(a |)`` for *a* or nothing, ``s?`` for *s* or nothing,
* ``_`` for any one word, ``..`` for up to two of any kind,
* ``<body>`` for one word of a class of ``classes.txt``, ``<n>`` for a number,
* a word with a capital letter only for the word so written, one in capitals only for capitals.

A hyphen is as good as a space. A phrase is a chain of nodes, found by its first word, so that a
passage costs one look-up a word, and more only where a phrase begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

import regex

from redactor.config import resource_path
from redactor.detect.gazetteer import gazetteer
from redactor.detect.words import WORD, Word, words_of

#: The nine heads of Article 9(1), and all labels of what is said of people.
SPECIAL_LABELS = (
    "SC_HEALTH",
    "SC_RACE",
    "SC_RELIGION",
    "SC_POLITICS",
    "SC_UNION",
    "SC_SEXLIFE",
    "SC_ORIENTATION",
    "SC_BIOMETRIC",
    "SC_GENETIC",
)
SAID_LABELS = ("OFFENCE", "OUTCOME", *SPECIAL_LABELS)

ANY = "_"
_GAP = ".."
_CLASS = regex.compile(r"<(\w+)>")
_TOKEN = regex.compile(r"<\w+>|" + WORD + "|_")
_PIECE = regex.compile(r"\((?:[^()]|(?R))*\)\??|[^()?]\?|[^()?](?!\?)")
_LINKING = frozenset(
    [" ", "-", " - ", "/", ", ", "&", " & ", "' ", " (", ") ", "'", ' "', '" ', ",", "+", "/ "]
) | {" '", " /", " / ", "  ", " +", "@"}
#: A full stop joins only what may be shortened: ``s. 18``, ``n.f.a``.
_STOPS = frozenset((".", ". "))
_SHORTENED = 4
_STRENGTHS = ("strong", "weak")
_MISREAD = str.maketrans("105", "los")
_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty ninety hundred"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that was found: how many words it took, and whether it says enough by itself."""

    length: int
    strong: bool


@dataclass(slots=True)
class _Node:
    """What may follow the words so far.

    Attributes:
        then: by the next word, or by a class of words in angle brackets.
        classes: the names of the classes among them.
        other: whatever the next word is.
        said: whether a phrase ends here, by its label; the value says whether it is strong.
    """

    then: dict[str, list[_Node]] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)
    other: list[_Node] = field(default_factory=list)
    said: dict[str, bool] = field(default_factory=dict)

    def join(self, token: str, following: _Node) -> None:
        """Let a token lead on to a node."""
        named = _CLASS.fullmatch(token)
        if token == ANY:
            self.other.append(following)
            return
        if named:
            self.classes.add(named.group(1))
        known = self.then.setdefault(named.group(1) + ">" if named else token, [])
        if following not in known:
            known.append(following)

    def take_in(self, node: _Node) -> None:
        """Lead on to all that another leads to."""
        for token, following in node.then.items():
            self.then.setdefault(token, []).extend(following)
        self.classes |= node.classes
        self.other.extend(node.other)
        for label, strong in node.said.items():
            self.said[label] = self.said.get(label, False) or strong


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of one or more labels."""

    root: _Node = field(repr=False)
    classes: dict[str, frozenset[str]] = field(repr=False)

    def find(self, words: Sequence[Word]) -> Iterator[tuple[str, int, int, Phrase]]:
        """Give the phrases in a passage: label, first word, word behind the last, phrase.

        Those of one label do not overlap; of those that begin at a word the longest is given.
        """
        parts, whole = _parted(words)
        free: dict[str, int] = {}
        begins = self.root.then
        for at, word in enumerate(parts):
            if word.folded not in begins and (
                word.text == word.folded or not _capitals(word, begins)
            ):
                continue
            best: dict[str, Phrase] = {}
            self._walk(self.root, parts, at, at, best)
            for label, phrase in best.items():
                if at >= free.get(label, 0):
                    free[label] = at + phrase.length
                    yield label, whole[at], whole[at + phrase.length - 1] + 1, phrase

    def _walk(
        self, node: _Node, words: Sequence[Word], begin: int, at: int, best: dict[str, Phrase]
    ) -> None:
        length = at - begin
        for label, strong in node.said.items():
            known = best.get(label)
            if known is None or (length, strong) > (known.length, known.strong):
                best[label] = Phrase(length, strong)
        if not (node.then or node.other):
            return
        if at >= len(words) or (length and not _joined(words[at - 1], words[at])):
            return
        for following in self._following(node, words[at]):
            self._walk(following, words, begin, at + 1, best)

    def _following(self, node: _Node, word: Word) -> list[_Node]:
        then = node.then
        following = [*then.get(word.folded, ()), *node.other]
        if word.text != word.folded:
            for form in _capitals(word, then):
                following += then[form]
        for name in node.classes:
            if word.folded in self.classes[name]:
                following += then[name + ">"]
        return following


def _parted(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[int]]:
    """Part words at their hyphens, and read through what a scanner misread.

    Returns:
        the parts, and of which word each is one.
    """
    if not any(_odd(word) for word in words):
        return words, range(len(words))
    parts: list[Word] = []
    whole: list[int] = []
    for number, word in enumerate(words):
        if not _odd(word):
            parts.append(word)
            whole.append(number)
            continue
        if "-" not in word.folded:
            parts.append(word._replace(folded=_read_through(word.folded)))
            whole.append(number)
            continue
        start, gap = word.start, word.gap
        for text in word.text.split("-"):
            parts.append(Word(text, start, start + len(text), text.lower(), gap))
            whole.append(number)
            start, gap = start + len(text) + 1, "-"
    return parts, whole


def _odd(word: Word) -> bool:
    folded = word.folded
    return "-" in folded or "rn" in folded or (len(folded) > 3 and not folded.isalpha())


def _read_through(folded: str) -> str:
    """Undo what scanners make of letters: ``reca1l``, ``disrnissed``."""
    if folded.isalpha():
        return folded if gazetteer().is_ordinary(folded) else folded.replace("rn", "m")
    return folded.translate(_MISREAD) if folded[0].isalpha() else folded


def _capitals(word: Word, then: dict[str, list[_Node]]) -> list[str]:
    """Give the forms of a word that the list asks to be written with its capitals."""
    forms = {word.text} | ({word.folded.capitalize()} if word.capital else set())
    return [form for form in forms if form in then]


def _joined(before: Word, word: Word) -> bool:
    if word.gap in _LINKING:
        return True
    return word.gap in _STOPS and len(before.text) <= _SHORTENED


def read_lexicons(labels: Iterable[str]) -> Lexicon:
    """Read the phrases of some labels; a section of another name than its strength is a label."""
    root = _Node()
    classes = word_classes()
    for name in labels:
        label, strong = name, True
        for line in _lines(name):
            if line.startswith("["):
                section = line.strip("[]")
                label = name if section in _STRENGTHS else section
                strong = section != "weak"
                continue
            for phrase in _alternatives(line):
                if phrase.strip():
                    _add(root, _chain(phrase.strip(), _Node(said={label: strong})), classes)
    return Lexicon(root, classes)


@lru_cache(maxsize=1)
def said_lexicon() -> Lexicon:
    """Give the phrases of what is said of people; read once for the rules and the model."""
    return read_lexicons(SAID_LABELS)


@lru_cache(maxsize=1)
def phrases_said(text: str) -> tuple[tuple[str, int, int, Phrase], ...]:
    """Give the phrases in a passage, as ``Lexicon.find`` does; the last one is remembered."""
    return tuple(said_lexicon().find(words_of(text)))


def _lines(name: str) -> Iterator[str]:
    text = resource_path("detection", "lexicons", f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@lru_cache(maxsize=1)
def word_classes() -> dict[str, frozenset[str]]:
    """Read the classes of words: a name, a colon, and its words."""
    classes = {"n": frozenset([*map(str, range(1, 400)), *_NUMBER_WORDS.split()])}
    for line in _lines("classes"):
        name, _, words = line.partition(":")
        classes[name] = classes.get(name, frozenset()) | frozenset(words.split())
    return classes


def _add(root: _Node, begin: _Node, classes: dict[str, frozenset[str]]) -> None:
    """Let a phrase be found by its first word; a class stands there for each of its words.

    All that may follow a first word is kept in one node, so that a frequent one costs no more.
    """
    for following in begin.other:
        _add(root, following, classes)
    for token, nodes in begin.then.items():
        name = token.removesuffix(">")
        for word in classes[name] if token != name else (token,):
            after = root.then.setdefault(word, [_Node()])[0]
            for following in nodes:
                after.take_in(following)


def _chain(phrase: str, end: _Node) -> _Node:
    """Make the nodes of a phrase, from its end to its beginning."""
    node = end
    for run in reversed(_runs(phrase)):
        begin = _Node()
        for spelt in dict.fromkeys(run):
            begin.take_in(_tokens_before(spelt, node))
        node = begin
    return node


def _tokens_before(spelt: str, end: _Node) -> _Node:
    node = end
    for word in reversed(spelt.split()):
        begin = _Node()
        for form in _forms(word):
            inner = node
            for token in reversed(_TOKEN.findall(form.replace("-", " "))):
                before = _Node()
                before.join(_bare(token), inner)
                inner = before
            begin.take_in(inner)
        node = begin
    return node


def _runs(phrase: str) -> list[list[str]]:
    """Cut a phrase where a word is sure to end; give the ways to write each stretch."""
    runs: list[list[str]] = [[""]]
    for piece in _PIECE.findall(phrase):
        ways = _ways(piece)
        sure = all(one.endswith(" ") for one in runs[-1] if one)
        begins = " " not in ways and all(not one or one.startswith(" ") for one in ways)
        if begins or ways == [" "] or sure:
            runs.append(ways)
        else:
            runs[-1] = [before + one for before, one in product(runs[-1], ways)]
    return [run for run in runs if any(one.strip() for one in run)]


def _ways(piece: str) -> list[str]:
    bare = piece.removesuffix("?") if len(piece) > 1 else piece
    if bare.startswith("("):
        ways = [
            "".join(parts)
            for one in _alternatives(bare[1:-1])
            for parts in product(*(_ways(inner) for inner in _PIECE.findall(one)))
        ]
    else:
        ways = [bare]
    return [*ways, ""] if bare != piece else ways


def _alternatives(text: str) -> list[str]:
    """Part at the bars outside brackets."""
    parts, depth = [""], 0
    for mark in text:
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += mark
    return parts


def _bare(token: str) -> str:
    """Give a token as ``words_of`` gives words: without a possessive ending."""
    return words_of(token)[0].text if "'" in token else token


def _forms(word: str) -> list[str]:
    if word == _GAP:
        return ["", ANY, f"{ANY} {ANY}"]
    if not word.endswith("~"):
        return [word]
    stem = word[:-1]
    forms = [stem, stem + "s"]
    if stem.endswith("e"):
        return [*forms, stem + "d", stem[:-1] + "ing", stem + "r", stem + "rs"]
    if stem.endswith("y"):
        forms += [stem[:-1] + "ies", stem[:-1] + "ied"]
    elif stem.endswith(("s", "sh", "ch", "x", "z")):
        forms.append(stem + "es")
    else:
        forms += [stem + stem[-1] + end for end in ("ed", "ing", "er")]
    return [*forms, stem + "ed", stem + "ing", stem + "er", stem + "ers"]

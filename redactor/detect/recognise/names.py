"""Names of people, by rules and lists: titles, ranks, order, capitals, labels, turns, kinship.

There is no model here. A run of words that could be a name is judged by what the word lists know of
its parts, by what stands before and after it, and by whether its line is written in capitals.
Titles and ranks follow domain practice in England and Wales (constable to chief superintendent are
private here; chief officers, ministers, members, judges and coroners are public). A name without
any support in the lists is still proposed where an ordinary word would have no capital letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from redactor.detect.gazetteer import Gazetteer, gazetteer
from redactor.detect.recognise.name_words import (
    DEEDS,
    FUNCTION_WORDS,
    NOT_IN_NAMES,
    PARTICLES,
    PUBLIC_TITLES,
    RANK_WORDS,
    TITLES,
)
from redactor.detect.rules import Example, Hit, Recogniser
from redactor.detect.words import Word, mostly_shouted, words_of

_HONOURS = regex.compile(r",? (?:MP|MSP|MS|AM|QC|KC|M\.P\.)\b")
_ALL_TITLES = TITLES | RANK_WORDS | PUBLIC_TITLES
_SPOKEN_TITLES = frozenset(("sister", "sgt", "miss", "mr", "mrs", "pc", "dc"))


def _begins(word: Word, line: list[Word]) -> bool:
    """Say whether a word begins its line, a sentence or a field."""
    return word is line[0] or len(word.gap) > 1 or any(mark in word.gap for mark in '.?!:;"|(')


def _acts(word: Word, line: list[Word]) -> bool:
    """Say whether the next word tells what somebody did."""
    after = line[line.index(word) + 1 :][:1]
    return bool(after) and after[0].gap == " " and after[0].folded in DEEDS


def _is_letters(text: str) -> bool:
    """Say whether a word is made of letters, hyphens and apostrophes."""
    return text.isalpha() or text.replace("-", "").replace("'", "").isalpha()


class Names(Recogniser):
    """Runs of capitalised words judged by lists and by what stands around them."""

    NAME = "name"
    LABELS = ("PERSON", "PUBLIC_PERSON")
    OF_NAMES = True
    EXAMPLES = (
        Example("I spoke to Sarah Okoro about it", "PERSON", "Sarah Okoro"),
        Example("Mr Wojcik-Hale said", "PERSON", "Wojcik-Hale"),
        Example("PS 1184 Gethin RHYDDERCH replied", "PERSON", "Gethin RHYDDERCH"),
        Example("letter from M. J. Tunnicliffe today", "PERSON", "M. J. Tunnicliffe"),
        Example("told by Siân Bebb that", "PERSON", "Siân Bebb"),
        Example("with DC Hope at", "PERSON", "Hope"),
        Example("Chief Constable Rosalind Aked accepted", "PUBLIC_PERSON", "Rosalind Aked"),
        Example("Cllr Dorothy Pask chairs", "PUBLIC_PERSON", "Dorothy Pask"),
        Example('Insp Owain "Tiny" Prosser attended', "PERSON", 'Owain "Tiny" Prosser'),
        Example("seen by Caoimhe O'Brien's sister", "PERSON", "Caoimhe O'Brien"),
        Example("interpreter for Nguyen Van Hung arrived", "PERSON", "Nguyen Van Hung"),
        Example("then Ms al-Haddad left", "PERSON", "al-Haddad"),
        Example("with Zabihullah Stanekzai there", "PERSON", "Zabihullah Stanekzai"),
    )
    NOT_FOUND = (
        "The Chief Constable decided.",
        "Professional Standards Department",
        "Please send the Freedom of Information request.",
        "On Monday the team met in London.",
        "Use of Force and Honesty and Integrity",
    )

    def load(self) -> None:
        """Read the lists."""
        self._lists: Gazetteer = gazetteer()

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Judge every run of capitalised words, line by line."""
        line: list[Word] = []
        for word in words_of(text):
            if "\n" in word.gap and line:
                yield from self._in_line(line, text)
                line = []
            line.append(word)
        if line:
            yield from self._in_line(line, text)

    def _in_line(self, line: list[Word], text: str) -> Iterator[Hit]:
        shouting = mostly_shouted(line)
        at = 0
        while at < len(line):
            if not self._may_be_part(line[at]):
                at += 1
                continue
            end = at + 1
            while end < len(line) and self._joins(line, end, text):
                end += 1
            yield from self._judged(line, at, end, text, shouting=shouting)
            at = end

    def _may_be_part(self, word: Word) -> bool:
        if not word.capital:
            led = "-" in word.text and word.folded.split("-")[0] in PARTICLES
            return led and _is_letters(word.text)
        return (
            word.folded not in FUNCTION_WORDS
            and word.folded not in NOT_IN_NAMES
            and _is_letters(word.text)
        )

    def _joins(self, line: list[Word], at: int, text: str) -> bool:
        word, before = line[at], line[at - 1]
        if word.folded in PARTICLES and not word.capital:
            joins = (
                word.gap == " "
                and at + 1 < len(line)
                and line[at + 1].capital
                and line[at + 1].gap == " "
            )
            return joins and self._may_be_part(line[at + 1])
        if not self._may_be_part(word) or text[before.end : before.end + 1] == "'":
            return False
        if word.gap == " ":
            return True
        if (len(before.text) <= 2 and before.text.isupper()) or before.folded in (
            "st",
            "wm",
            "thos",
            "chas",
            "jas",
            "geo",
        ):
            return word.gap in (". ", ".", " ")
        return word.gap in (' "', '" ', " '", "' ", ' ("', '") ', " (", ") ") and self._nickname(
            line, at, text
        )

    def _nickname(self, line: list[Word], at: int, text: str) -> bool:
        """Say whether a quote or bracket holds one word inside a name."""
        word = line[at]
        if word.gap.startswith(" ") and word.gap != " ":
            after = text[word.end : word.end + 2]
            return word.gap[1:2] in "\"'" and after[:1] in "\"'" and after[1:2] == " "
        return word.gap[0] in "\"'"

    def _judged(
        self, line: list[Word], at: int, end: int, text: str, *, shouting: bool
    ) -> Iterator[Hit]:
        cue, first = self._cue_before(line, at)
        run = line[at:end]
        while run and first == at and run[0].folded in _ALL_TITLES:
            run = run[1:]
        if cue == "" and run and at < line.index(run[0]):
            cue = self._cue_before(line, line.index(run[0]))[0]
        for part in self._split(run):
            yield from self._part(
                part, cue if part[0] is run[0] else "", line, text, shouting=shouting
            )

    def _cue_before(self, line: list[Word], at: int) -> tuple[str, int]:
        """Say what stands before a run: ``title``, ``rank``, ``public`` or nothing."""
        back = at - 1
        while (
            back >= 0
            and line[back].text[0].isdigit()
            and at - back < 3
            and "," not in line[back + 1].gap
        ):
            back -= 1
        if back < 0 or any(mark in line[back + 1].gap for mark in ",;:|\n"):
            return "", at
        word = line[back].folded
        before = line[back - 1].folded if back else ""
        if not line[back].capital:
            return ("title", at) if word in _SPOKEN_TITLES else ("", at)
        if word in PUBLIC_TITLES or f"{before} {word}" in PUBLIC_TITLES:
            return "public", at
        if word in RANK_WORDS:
            return "rank", at
        if word in TITLES:
            return "title", at
        return "", at

    def _split(self, run: list[Word]) -> Iterator[list[Word]]:
        """Cut a run at words that end a name: places, bodies, streets."""
        part: list[Word] = []
        for word in run:
            if word.folded in _ALL_TITLES or (
                word.folded in self._lists.never and word.folded not in self._lists.surnames
            ):
                if part:
                    yield part
                part = []
            else:
                part.append(word)
        if part:
            yield part

    def _part(
        self, part: list[Word], cue: str, line: list[Word], text: str, *, shouting: bool
    ) -> Iterator[Hit]:
        part = part[:6]
        if cue:
            label = "PUBLIC_PERSON" if cue == "public" else "PERSON"
            yield Hit(
                label,
                part[0].start,
                part[-1].end,
                0.92,
                f"a name after a {cue if cue != 'public' else 'public office'}",
            )
            return
        while len(part) > 1 and self._only_begins(part[0], line):
            part = part[1:]
        score, why = self._weighed(part, line, shouting=shouting)
        if score:
            label = "PERSON"
            if _HONOURS.match(text[part[-1].end : part[-1].end + 6]):
                label, score = "PUBLIC_PERSON", max(score, 0.8)
            yield Hit(label, part[0].start, part[-1].end, score, why)

    def _only_begins(self, word: Word, line: list[Word]) -> bool:
        """Say whether a word has its capital from the sentence it begins."""
        lists = self._lists
        if not lists.is_ordinary(word.text) or lists.is_forename(word.text) or len(word.text) < 2:
            return False
        return _begins(word, line) or not lists.is_surname(word.text)

    def _weighed(self, part: list[Word], line: list[Word], *, shouting: bool) -> tuple[float, str]:
        """Give the score of a run, and what it goes by; the first that holds decides."""
        if len(part) == 1:
            return self._single(part[0], line, shouting=shouting)
        lists, first, last = self._lists, part[0], part[-1]
        ordinary = [lists.is_ordinary(one.text) for one in part]
        short = len(first.text) == 1 or (len(first.text) == 2 and first.shouted and not ordinary[0])
        forename, surname = lists.is_forename(first.text), lists.is_surname(last.text)
        likely = not ordinary[-1] and (surname or not shouting)
        plain_first = not ordinary[0] and len(first.text) > 1
        judged = (
            (
                short and len(last.text) > 2 and (likely or (surname and not last.shouted)),
                0.8,
                "initials and a surname",
            ),
            (short, 0.0, ""),
            (
                forename and plain_first and (likely or surname or not shouting),
                0.85,
                "a known forename and what follows",
            ),
            (forename and plain_first, 0.6, "a known forename"),
            (forename and (surname or likely) and not shouting, 0.6, "a forename and a surname"),
            (
                surname and plain_first and not ordinary[-1],
                0.75,
                "a known surname and what precedes it",
            ),
            (
                lists.is_surname(first.text) and plain_first and not all(ordinary[1:]),
                0.6,
                "a known surname and what follows",
            ),
            (
                not any(ordinary) and not shouting,
                0.45,
                "capitalised words that are no ordinary words",
            ),
            (
                first.text.istitle()
                and last.shouted
                and plain_first
                and len(last.text) > 2
                and not shouting,
                0.7,
                "a surname in capitals",
            ),
        )
        for holds, score, why in judged:
            if holds:
                return score, why
        return max((self._single(one, line, shouting=shouting) for one in part), default=(0.0, ""))

    def _single(self, word: Word, line: list[Word], *, shouting: bool) -> tuple[float, str]:
        lists = self._lists
        begins = _begins(word, line)
        long = len(word.text) > 3
        forename = lists.is_forename(word.text)
        ordinary = lists.is_ordinary(word.text) or not word.capital
        open_case = not shouting and not word.shouted
        judged = (
            ((word.folded,) in lists.places.get(word.folded, ()) and not begins, 0.0, ""),
            (
                ordinary
                and forename
                and not begins
                and open_case
                and word.folded not in lists.never
                and len(word.text) > 2,
                0.4,
                "a forename that is also a word",
            ),
            (ordinary or len(word.text) < 2, 0.0, ""),
            (forename and (long or open_case), 0.65, "a known forename"),
            (
                lists.is_surname(word.text) and (long or not word.shouted) and len(word.text) > 2,
                0.55,
                "a known surname",
            ),
            (
                open_case and long and (not begins or _acts(word, line)),
                0.35,
                "a capitalised word that is no ordinary word",
            ),
        )
        for holds, score, why in judged:
            if holds:
                return score, why
        return 0.0, ""


RECOGNISERS = (Names,)

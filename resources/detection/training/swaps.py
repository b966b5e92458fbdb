"""Put other people's names in place of those of a text, and vary how a text is written.

No name of a corpus is learnt: every one is replaced before training, by one drawn from the name
lists of many countries, so that a name of any origin may stand anywhere.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from texts import Mark, Text

#: Locales of Faker that give names in Latin script; those of the United Kingdom weigh more.
_LOCALES = (
    *["en_GB"] * 10, *["en_IE"] * 2, *["en_IN"] * 4, *["pl_PL", "ro_RO", "tr_TR"] * 2,
    "pt_PT", "es_ES", "it_IT", "fr_FR", "de_DE", "nl_NL", "cs_CZ", "hu_HU", "lt_LT", "lv_LV",
    "hr_HR", "sv_SE", "fi_FI", "id_ID", "fil_PH", "vi_VN", "sq_AL", "sk_SK", "da_DK", "en_NZ",
    "en_US", "yo_NG", "ig_NG", "ha_NG", "tw_GH", "zu_ZA",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Names:
    """Names by origin: from Faker's locales and from the project's own lists of forenames."""

    def __init__(self, own: dict[str, tuple[list[str], list[str]]]) -> None:
        pools: list[tuple[list[str], list[str]]] = []
        for locale in _LOCALES:
            try:
                provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
            except ModuleNotFoundError:
                continue
            firsts = [
                str(name)
                for attribute in ("first_names", "first_names_male", "first_names_female")
                for name in getattr(provider, attribute, ())
            ]
            lasts = [str(name) for name in getattr(provider, "last_names", ())]
            firsts = [one for one in firsts if _WORD.fullmatch(one)]
            lasts = [one for one in lasts if _WORD.fullmatch(one)]
            if firsts and lasts:
                pools.append((firsts, lasts))
        self._pools = pools + [pair for pair in own.values() for _ in range(3)]

    def draw(self, random: Random) -> tuple[str, str]:
        """Draw a forename and a surname of one origin, seldom of two."""
        firsts, lasts = random.choice(self._pools)
        if random.random() < 0.08:
            lasts = random.choice(self._pools)[1]
        last = random.choice(lasts)
        if random.random() < 0.06:
            last = f"{last}-{random.choice(random.choice(self._pools)[1])}"
        return random.choice(firsts), last


def swapped(text: Text, names: Names, random: Random) -> Text:
    """Replace the names of people throughout a text, the same word by the same word."""
    known: dict[str, str] = {}
    return _rewritten(text, lambda mark, said: _renamed(said, known, names, random))


def _renamed(said: str, known: dict[str, str], names: Names, random: Random) -> str:
    words = list(_WORD.finditer(said))
    first, last = names.draw(random)
    pieces: list[str] = []
    behind = 0
    for number, word in enumerate(words):
        old = word.group()
        pieces.append(said[behind : word.start()])
        behind = word.end()
        pieces.append(_in_place_of(old, number == len(words) - 1, known, first, last))
    pieces.append(said[behind:])
    return "".join(pieces)


def _in_place_of(old: str, is_last: bool, known: dict[str, str], first: str, last: str) -> str:
    if len(old) < 3 or (old.islower() and len(old) < 4):
        return old
    key = old.lower()
    if key not in known:
        known[key] = last if is_last else first
    new = known[key]
    return new.upper() if old.isupper() else new.lower() if old.islower() else new


def _rewritten(text: Text, rename: Callable[[Mark, str], str]) -> Text:
    pieces: list[str] = []
    marks: list[Mark] = []
    length = behind = 0
    for mark in text.marks:
        before = text.text[behind : mark.start]
        said = text.text[mark.start : mark.end]
        if mark.label in ("PERSON", "PUBLIC_PERSON"):
            said = rename(mark, said)
        pieces += [before, said]
        start = length + len(before)
        length = start + len(said)
        marks.append(replace(mark, start=start, end=length))
        behind = mark.end
    pieces.append(text.text[behind:])
    return replace(text, text="".join(pieces), marks=tuple(marks))


def varied(text: Text, random: Random) -> Text:
    """Write a text in capitals or in small letters, now and then; lengths stay the same."""
    chance = random.random()
    if chance < 0.06:
        return _if_same_length(text, text.text.upper())
    if chance < 0.12:
        return _if_same_length(text, text.text.lower())
    return text


def _if_same_length(text: Text, written: str) -> Text:
    return replace(text, text=written) if len(written) == len(text.text) else text

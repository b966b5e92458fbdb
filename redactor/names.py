"""Read written names, and say which shorter ones stand for which full one.

A name is read with its titles off, its surname found, and folded so that spellings can be compared:
``Dr Sarah Okoro``, ``OKORO, Sarah`` and ``Sarah Okoro’s`` have one key. A surname alone, or with
initials, stands for the one full name of the case that it fits; where it fits two, nobody guesses.
"""

from __future__ import annotations

import enum
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

from redactor.matching import fold_text


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OF_MEN = _words("mr mister master sir lord monsieur herr")
_OF_WOMEN = _words("mrs ms miss madam madame mme lady dame wpc wdc wps wds")
#: Ranks and grades of UK police (https://liquisearch.com/police_rank/united_kingdom) without dots
#: and strokes, longer ones word by word; then titles of other callings. Left out are those that
#: read as initials more often: AC, SC, SI, SS.
_TITLES = (
    _OF_MEN
    | _OF_WOMEN
    | _words("pc dc ps ds sgt sgnt sergeant insp inspector di ci dci supt superintendent dsu dsupt")
    | _words("dcs acc dcc cc dac commander commissioner constable con cons spc pcso dcso ddo tdc")
    | _words("dsgt detsgt detinsp detcon chinsp chsupt csi soco pse cdo tdi tds tps tinsp tsgt tci")
    | _words("tdci tsupt tdsu adi ads aps ainsp asgt aci adci asupt detective det chief ch deputy")
    | _words("dep assistant asst temporary temp acting special police")
    | _words("dr doctor prof professor rev revd reverend fr father sister bro canon rabbi imam")
    | _words("pastor cllr councillor judge justice hhj hon capt captain col colonel cpl lt maj")
    | _words("major cdr mx nurse matron")
)
#: Titles that are forenames too (Diana, Cornelius, Colin): they are forenames where written so.
_ALSO_FORENAMES = frozenset({"Di", "Con", "Col", "Justice", "Major"})
_AFTER_NAMES = _words("kc qc obe mbe cbe kbe dbe bem qpm kpm mp msp jp esq phd")
_PARTICLES = _words(
    "af al ap av ben bin bint da das de del della den der di do dos du el ferch ibn la le mac mc "
    "ni nic o st st. ter ua van vande von zu"
)
#: Particles that open a surname even with a capital letter and nothing before them.
_NEVER_FORENAMES = _words("de der du la le mac mc o st st. von")
_SEVERAL = frozenset({"and", "&", "or", "+"})

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’‘ʼ`´][sS]|(?<=[sS])['’‘ʼ`´])$")
_BETWEEN = re.compile(r"[\s()\[\]\"“”;:|]+")
_EDGES = ' ,;:()[]"“”'
_PIECE = re.compile(r"[^.]+\.?")
_HYPHENS = re.compile(r"[-\u2010-\u2015]")


#: What names are told apart by: the key, and the sex that a title says, or nothing.
Name: TypeAlias = tuple[str, str]


class Fullness(enum.IntEnum):
    """How much of a name was written."""

    UNCLEAR = 0
    SURNAME = 1
    INITIALS = 2
    FULL = 3


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name as one mark writes it.

    Attributes:
        key: names with equal keys are written alike; empty where no name can be read.
        surname: folded; empty where it cannot be told.
        given: forenames or initials, folded.
        sex: what the title says: ``m``, ``f`` or nothing.
        shown: as written, on one line, without a possessive ending.
        inverted: the surname came first.
    """

    key: str = field(repr=False)
    surname: str = field(repr=False)
    given: tuple[str, ...] = field(repr=False)
    sex: str
    fullness: Fullness
    shown: str = field(repr=False)
    inverted: bool = False

    @property
    def rank(self) -> tuple[int, int, bool, bool, int]:
        """Order the ways in which one person is written: the greatest is the one to show."""
        mixed = not (self.shown.isupper() or self.shown.islower())
        return self.fullness, len(self.key), mixed, not self.inverted, len(self.shown)


def read_name(text: str) -> WrittenName:
    """Read a name as it stands in a document."""
    shown = _POSSESSIVE.sub("", " ".join(_INVISIBLE.sub("", text).split()).strip(_EDGES))
    parts, sex = _parts(shown)
    if len(parts) == 1:
        surname, given = _take_apart(parts[0])
    elif len(parts) == 2:
        surname, given = parts[0], _pieces(parts[1])
    else:
        return _unclear(shown)
    if any(word.lower() in _SEVERAL for part in parts for word in part):
        return _unclear(shown)
    return _named(surname, given, sex, shown, inverted=len(parts) == 2)


def _named(
    surname: Sequence[str], given: Sequence[str], sex: str, shown: str, *, inverted: bool
) -> WrittenName:
    last = "".join(_fold(word) for word in surname)
    first = tuple(name for word in given for name in _given_names(word, surname[-1]))
    readable = any(one.isalnum() for one in last)
    if not readable or (len(last) == 1 and all(len(name) == 1 for name in first)):
        return _unclear(shown)
    if not first:
        return WrittenName(last, last, first, sex, Fullness.SURNAME, shown, inverted)
    initials = all(len(name) == 1 for name in first)
    # Initials keep their distance: P Rice is not Price.
    key = f"{''.join(first)} {last}" if initials else "".join(first) + last
    fullness = Fullness.INITIALS if initials else Fullness.FULL
    return WrittenName(key, last, first, sex, fullness, shown, inverted)


def _unclear(shown: str) -> WrittenName:
    """Give a name that only its own like is compared with."""
    folded = _fold(shown)
    key = f"={folded}" if any(one.isalnum() for one in folded) else ""
    return WrittenName(key, "", (), "", Fullness.UNCLEAR, shown)


def _parts(shown: str) -> tuple[list[list[str]], str]:
    """Cut at commas and take titles off; gives the parts that hold names, and the title's sex."""
    parts: list[list[str]] = []
    sex = ""
    for part in shown.split(","):
        words = [word for word in _BETWEEN.split(part) if word]
        least = 0 if parts else 1  # a title alone is all the name there is
        while len(words) > least and _is_title(words[0]):
            sex = sex or _sex_of(_title(words[0]))
            words = words[1:]
        while len(words) > least and _title(words[-1]) in _AFTER_NAMES:
            words = words[:-1]
        if words:
            parts.append(words)
    return parts, sex


def _title(word: str) -> str:
    return word.replace(".", "").replace("/", "").lower()


def _sex_of(title: str) -> str:
    """Say whether a title is a man's or a woman's: Mr and Mrs are never one person."""
    return "m" if title in _OF_MEN else "f" if title in _OF_WOMEN else ""


def _is_title(word: str) -> bool:
    return word not in _ALSO_FORENAMES and _title(word) in _TITLES


def _take_apart(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell the surname, with its small words, from what stands before it."""
    pieces = _pieces(words)
    start = len(pieces) - 1
    while start > 0 and _opens_surname(pieces, start - 1):
        start -= 1
    return pieces[start:], pieces[:start]


def _opens_surname(pieces: Sequence[str], index: int) -> bool:
    word = pieces[index]
    folded = fold_text(word)
    if folded not in _PARTICLES:
        return False
    followed = index + 2 < len(pieces)  # by another one: "Van der Berg", but not "Ben Ali"
    return index > 0 or followed or word.islower() or folded in _NEVER_FORENAMES


def _pieces(words: Sequence[str]) -> list[str]:
    """Cut at dots, which stay on: ``S.J.`` is two initials, ``J.Smith`` lost its space."""
    return [piece for word in words for piece in _PIECE.findall(word)] or list(words)


def _given_names(word: str, surname: str) -> list[str]:
    """Give the forenames of a word: ``Mary-Jane`` is two; so is ``MJ`` before ``Okoro``."""
    if 2 <= len(word) <= 3 and word.isalpha() and word.isupper() and not surname.isupper():
        return [_fold(letter) for letter in word]
    return [name for part in _HYPHENS.split(word) if (name := _fold(part))]


def _fold(text: str) -> str:
    return fold_text(text).replace(".", "")


# --- which name stands for which -------------------------------------------------------------


def parents(forms: Mapping[Name, AbstractSet[WrittenName]]) -> dict[Name, Name]:
    """Say which names stand for another one of the case.

    A name without a title of either sex is that with one, unless there are both Mr and Mrs. A
    surname alone, or with initials, is the one full name it fits. Two full names never join.

    Args:
        forms: every name of the case, with the ways in which it is written.

    Returns:
        The name that each stands for, which may itself stand for one; the rest are their own.
    """
    best = {name: max(ways, key=lambda way: way.rank) for name, ways in forms.items()}
    full = {name for name, form in best.items() if form.fullness is Fullness.FULL}
    short = {
        name: form
        for name, form in best.items()
        if form.fullness in {Fullness.SURNAME, Fullness.INITIALS}
    }
    found = {name: with_title[0] for name in full if len(with_title := _titled(name, full)) == 1}
    index = _FullNames()
    for name in full:
        for form in forms[name]:
            index.add(form, found.get(name, name))
    found.update(_agreeing({name: index.fitting(form) for name, form in short.items() if name[1]}))
    for name, form in short.items():
        if not name[1]:
            alike = {found.get(other, other) for other in _titled(name, short)}
            fitting = index.fitting(form) | alike
            if len(fitting) == 1:
                found[name] = fitting.pop()
    return found


def _titled(name: Name, among: Container[Name]) -> list[Name]:
    """Give the same name under Mr, and under Mrs, Ms or Miss; nothing for one that has a title."""
    key, sex = name
    return [] if sex else [other for sex in "mf" if (other := (key, sex)) in among]


def _agreeing(wishes: Mapping[Name, AbstractSet[Name]]) -> dict[Name, Name]:
    """Join each titled short name with the one full name it fits, unless two titles disagree."""
    single = {name: next(iter(fit)) for name, fit in wishes.items() if len(fit) == 1}
    sexes: dict[Name, set[str]] = defaultdict(set)
    for name, parent in single.items():
        sexes[parent].add(name[1])
    return {name: parent for name, parent in single.items() if len(sexes[parent]) == 1}


class _FullNames:
    """The full names that a surname, alone or with initials, may stand for."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], dict[str, set[Name]]] = {}

    def add(self, form: WrittenName, name: Name) -> None:
        initials = "".join(one[0] for one in form.given)
        for length in range(len(initials) + 1):
            by_sex = self._found.setdefault((form.surname, initials[:length]), {})
            by_sex.setdefault(name[1], set()).add(name)

    def fitting(self, form: WrittenName) -> set[Name]:
        """Give the full names that a short form fits; where there are more than two, only some."""
        by_sex = self._found.get((form.surname, "".join(form.given)), {})
        sexes: Iterable[str] = ("", form.sex) if form.sex else by_sex
        return {name for sex in sexes for name in islice(by_sex.get(sex, ()), 2)}

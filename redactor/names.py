"""Read written names.

A name is read with its titles off, its surname found, and folded so that spellings can be compared:
``Dr Sarah Okoro``, ``OKORO, Sarah`` and ``Sarah Okoro’s`` have one key. What a scanner does to
letters is undone, a name that was spelled out is put together, and a pet name in quotation marks is
taken out of the middle. Which names stand for which others is said in ``redactor.gathering``.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from redactor.matching import fold_text
from redactor.spelling import unscanned


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


#: A pet name in the middle of a name, and a name somebody had before.
_PET_NAME = re.compile(
    r"(?<=\w)\s+(?:[\"“”](?P<a>\w[\w-]*)[\"“”]|[\'‘](?P<b>\w[\w-]*)[\'’]|\((?P<c>\w[\w-]*)\))(?=\s+\w)"
)
_FORMER = re.compile(
    r"\s*\((?:was|née|nee|formerly|previously|born|now|aka|also|or)\s+(?P<name>[\w'’ -]+)(?:\)|$)",
    re.IGNORECASE,
)
_SPELLED = re.compile(r"[^\W\d_](?:[ -][^\W\d_]){3,}")
#: Initials alone are at most so many letters.
_MOST_LETTERS = 4


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
        parts: what a surname is made of (``Okafor-Lyle``), and former ones, folded.
        pets: what the person is called, where it was put into the middle of the name.
        letters: the initials that this may be, where it is nothing but letters.
        titled: a title or a rank stood before it.
    """

    key: str = field(repr=False)
    surname: str = field(repr=False)
    given: tuple[str, ...] = field(repr=False)
    sex: str
    fullness: Fullness
    shown: str = field(repr=False)
    inverted: bool = False
    parts: tuple[str, ...] = field(default=(), repr=False)
    pets: tuple[str, ...] = field(default=(), repr=False)
    letters: str = field(default="", repr=False)
    titled: bool = False

    @property
    def rank(self) -> tuple[int, int, bool, bool, int]:
        """Order the ways in which one person is written: the greatest is the one to show."""
        mixed = not (self.shown.isupper() or self.shown.islower())
        return self.fullness, len(self.key), mixed, not self.inverted, len(self.shown)


def read_name(text: str) -> WrittenName:
    """Read a name as it stands in a document."""
    shown = _POSSESSIVE.sub("", " ".join(_INVISIBLE.sub("", text).split()).strip(_EDGES))
    plain, pets, former = _without_asides(shown)
    parts, sex, titled = _parts(plain)
    letters = _letters(plain)
    if len(parts) == 1:
        surname, given = _take_apart(parts[0])
    elif len(parts) == 2:
        surname, given = parts[0], _pieces(parts[1])
    else:
        return _unclear(shown, letters)
    if any(word.lower() in _SEVERAL for part in parts for word in part):
        return _unclear(shown, "")
    return _named(
        surname,
        given,
        _Around(shown, sex, titled, len(parts) == 2, pets, former, letters),
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """What was read besides surname and forenames."""

    shown: str
    sex: str
    titled: bool
    inverted: bool
    pets: tuple[str, ...]
    former: tuple[str, ...]
    letters: str


def _without_asides(shown: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Take out pet names and former names, and put together what was spelled out."""
    if _SPELLED.fullmatch(shown):
        return shown.replace(" ", "").replace("-", ""), (), ()
    former = tuple(
        part for match in _FORMER.finditer(shown) for part in _surname_parts([match["name"]])
    )
    plain = _FORMER.sub("", shown)
    pets = tuple(_fold(match[match.lastgroup or 0]) for match in _PET_NAME.finditer(plain))
    return _PET_NAME.sub("", plain), pets, former


def _letters(plain: str) -> str:
    """Give what may be the initials of somebody: ``SJO``, ``S/J``, ``T.B.``, ``jw``, ``M-L``."""
    bare = "".join(one for one in plain if one.isalnum())
    if not bare.isalpha() or len(bare) > _MOST_LETTERS:
        return ""
    separate = len(bare) < 2 or not any(len(one) > 1 for one in re.findall(r"[^\W\d_]+", plain))
    if separate or len(bare) == 2 or bare.isupper():
        return _fold(bare)
    return ""


def _named(surname: Sequence[str], given: Sequence[str], around: _Around) -> WrittenName:
    last = "".join(_fold(unscanned(word)) for word in surname)
    first = tuple(name for word in given for name in _given_names(word, surname[-1]))
    readable = any(one.isalnum() for one in last)
    if not readable or (len(last) == 1 and all(len(name) == 1 for name in first)):
        return _unclear(around.shown, around.letters)
    parts = tuple(dict.fromkeys((*_surname_parts(surname), *around.former)))
    key, fullness = last, Fullness.SURNAME
    if first:
        initials = all(len(name) == 1 for name in first)
        # Initials keep their distance: P Rice is not Price.
        key = f"{''.join(first)} {last}" if initials else "".join(first) + last
        fullness = Fullness.INITIALS if initials else Fullness.FULL
    return WrittenName(
        key,
        last,
        first,
        around.sex,
        fullness,
        around.shown,
        around.inverted,
        parts,
        around.pets,
        around.letters if fullness is not Fullness.FULL else "",
        around.titled,
    )


def _surname_parts(words: Sequence[str]) -> Iterator[str]:
    """Give the names that a surname is made of, where it is more than one."""
    pieces = [
        _fold(unscanned(piece))
        for word in words
        for piece in _HYPHENS.split(word.replace(" ", "-"))
    ]
    if len(pieces) > 1:
        yield from (one for one in pieces if len(one) > 2 and one not in _PARTICLES)


def _unclear(shown: str, letters: str) -> WrittenName:
    """Give a name that only its own like is compared with, or one that is initials."""
    folded = _fold(shown)
    key = f"={folded}" if any(one.isalnum() for one in folded) else ""
    return WrittenName(key, "", (), "", Fullness.UNCLEAR, shown, letters=letters)


def _parts(shown: str) -> tuple[list[list[str]], str, bool]:
    """Cut at commas and take titles off; gives what holds names, the title's sex, if there is one.

    Returns:
        The parts that hold names, the sex that a title says, and whether there was any title.
    """
    parts: list[list[str]] = []
    sex, titled = "", False
    for part in shown.split(","):
        words = [word for word in _BETWEEN.split(part) if word]
        least = 0 if parts else 1  # a title alone is all the name there is
        while len(words) > least and _is_title(words[0]):
            sex = sex or _sex_of(_title(words[0]))
            words, titled = words[1:], True
        while len(words) > least and _title(words[-1]) in _AFTER_NAMES:
            words = words[:-1]
        if words:
            parts.append(words)
    return parts, sex, titled


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
    return [name for part in _HYPHENS.split(unscanned(word)) if (name := _fold(part))]


def _fold(text: str) -> str:
    return fold_text(text).replace(".", "")

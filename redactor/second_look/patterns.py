"""What to look for: the words of every redaction, and the ways in which they are also written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from redactor.events import Mark
from redactor.labels import LABEL_BY_NAME
from redactor.matching import as_misread, fold_text, make_term
from redactor.model import Action, Decision
from redactor.names import Fullness, WrittenName, read_name
from redactor.nicknames import is_ordinary
from redactor.second_look.model import LeadKind

#: Folded names shorter than this are not looked for alone.
_SHORTEST_NAME = 3
#: A name of so many letters is unlike other words.
_CLEAR_NAME = 4
_SHORTEST_SCANNED = 5
_SHORTEST_LOCAL_PART = 5
#: The most redactions that one lead names.
MOST_NEAR = 5


_ORDER = {kind: at for at, kind in enumerate(LeadKind)}


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which something redacted may be written elsewhere.

    Attributes:
        why: what it is, as the end of a sentence.
        is_sure: a place that reads so is all but certainly the same.
        capital: it counts only where it is written with a capital letter, or in a list.
        apart: it counts only where it is in more than one piece, or is an address's first part.
    """

    kind: LeadKind
    why: str
    is_sure: bool
    capital: bool = False
    apart: bool = False

    @property
    def rank(self) -> tuple[bool, int]:
        """Order ways by how much they say: the least first."""
        return not self.is_sure, _ORDER[self.kind]


@dataclass(slots=True)
class Known:
    """What one way of writing is of.

    Attributes:
        near: the folded texts of the redactions that it is of.
        marks: some of these redactions.
    """

    way: Way
    near: set[str] = field(repr=False)
    marks: list[int]


_SAME = Way(LeadKind.SAME_WORDS, "the same words are redacted elsewhere", is_sure=True)
_SAME_HERE = Way(LeadKind.SAME_WORDS, "the same words are redacted elsewhere", is_sure=False)
_PLAIN = Way(LeadKind.VARIANT, "a redacted name, written without its title", is_sure=True)
_TURNED = Way(LeadKind.VARIANT, "a redacted name in another order", is_sure=True)
_SHORTER = Way(LeadKind.VARIANT, "a redacted name without its middle names", is_sure=True)
_INITIALS = Way(
    LeadKind.VARIANT, "the initials and surname of a redacted name", is_sure=True, apart=True
)
_SURNAME = Way(LeadKind.VARIANT, "the surname of a redacted name alone", is_sure=True, capital=True)
_FORENAME = Way(
    LeadKind.VARIANT, "the forename of a redacted name alone", is_sure=True, capital=True
)
_LETTERS = Way(LeadKind.VARIANT, "the initials of a redacted name", is_sure=False, apart=True)
_LOCAL_PART = Way(LeadKind.VARIANT, "the first part of a redacted e-mail address", is_sure=True)
_DIALLED = Way(LeadKind.VARIANT, "a redacted number, dialled otherwise", is_sure=True)
_CONTACTS = frozenset({"PHONE", "EMAIL", "HANDLE"})
SCANNED = "something redacted, with letters or digits that a scanner confuses"


def unsure(way: Way) -> Way:
    """Give the same way where it says less."""
    return Way(way.kind, way.why, is_sure=False, capital=way.capital, apart=way.apart)


class Patterns:
    """Everything that is looked for, by how it reads when folded.

    Args:
        strict: the texts that say the same wherever they stand (names, numbers, addresses), as
            ``letters_of`` gives them.
    """

    def __init__(
        self,
        marks: Iterable[Mark],
        decisions: Mapping[int, Decision],
        strict: frozenset[str] = frozenset(),
    ) -> None:
        self.by_text: dict[str, Known] = {}
        #: The redactions by each word of a name, for words written wrongly.
        self.names: dict[str, Known] = {}
        redacted: list[Mark] = []
        kept_names: set[str] = set()
        for mark in marks:
            decision = decisions.get(mark.id)
            if decision is not None and decision.action is Action.REDACT:
                redacted.append(mark)
            elif decision is not None and mark.label == "PERSON":
                name = read_name(mark.text)
                kept_names.update((name.surname, *name.given, *name.parts))
        self._kept_names = kept_names - {""}
        for mark in redacted:
            self._add(mark, strict)
        self.scanned = self._by_scan()

    def add(self, text: str, way: Way, near: str, mark: int) -> None:
        """Look for a folded text too; the surest way that is known of it counts."""
        _put(self.by_text, text, way, near, mark)

    @property
    def heads(self) -> frozenset[str]:
        """Give how everything that is looked for may begin."""
        texts = (*self.by_text, *self.scanned)
        return frozenset(text[:length] for text in texts for length in (1, 2, 3))

    @property
    def longest(self) -> int:
        """Give how many letters the longest of them has, with room for what a scanner adds."""
        return max(map(len, self.by_text), default=0) + 3

    # --- inside -------------------------------------------------------------------------------

    def _add(self, mark: Mark, strict: frozenset[str]) -> None:
        for line in _lines_of(mark.text, strict):
            term = make_term(line, 0)
            if term is None:
                continue
            text = letters_of(line)
            if term.distinctive:
                self.add(text, _same(line, is_strict=text in strict), text, mark.id)
            elif mark.label == "PERSON" and len(text) >= _SHORTEST_NAME:
                self.add(text, unsure(_SURNAME), text, mark.id)
        near = letters_of(mark.text)
        for text, way in _ways(mark, self._kept_names):
            self.add(text, way, near, mark.id)
        if mark.label == "PERSON":
            name = read_name(mark.text)
            for word in {name.surname, *name.parts, *name.given}:
                if word.isalpha():
                    _put(self.names, word, _FORENAME, near, mark.id)

    def _by_scan(self) -> dict[str, Known]:
        found: dict[str, Known] = {}
        for text, known in self.by_text.items():
            if len(text) >= _SHORTEST_SCANNED:
                found.setdefault(as_misread(text), known)
        return found


def letters_of(text: str) -> str:
    """Give the letters and digits of a text, folded: what runs of pieces are compared with."""
    return "".join(filter(str.isalnum, fold_text(text)))


def _lines_of(text: str, strict: frozenset[str]) -> Iterator[str]:
    """Give a text, and of one over several lines those that say something by themselves."""
    yield " ".join(text.split())
    lines = text.splitlines()
    if len(lines) > 1:
        yield from (one for one in lines if len(one.split()) > 1 or letters_of(one) in strict)


def _same(line: str, *, is_strict: bool) -> Way:
    """A single word with a capital is looked for with one: ``Rose`` is a name, ``rose`` is not."""
    way = _SAME if is_strict else _SAME_HERE
    by_capital = line.strip().isalpha() and line.strip()[:1].isupper()
    return Way(way.kind, way.why, is_sure=way.is_sure, capital=True) if by_capital else way


def _put(known: dict[str, Known], text: str, way: Way, near: str, mark: int) -> None:
    one = known.get(text)
    if one is None or way.rank < one.way.rank:
        known[text] = Known(way, {near}, [mark])
    elif way.rank == one.way.rank:
        one.near.add(near)
        if len(one.marks) < MOST_NEAR and mark not in one.marks:
            one.marks.append(mark)


def _ways(mark: Mark, kept: set[str]) -> Iterator[tuple[str, Way]]:
    """Give the other ways in which a redacted text is written."""
    if mark.label == "PERSON":
        yield from _ways_of_name(read_name(mark.text), kept)
    elif mark.label == "EMAIL":
        local = letters_of(mark.text.partition("@")[0])
        if len(local) >= _SHORTEST_LOCAL_PART:
            yield local, _LOCAL_PART
    elif mark.label == "PHONE":
        yield from _ways_of_number("".join(filter(str.isdigit, mark.text)))
    elif mark.label in {"MANUAL", "TERM"} and _reads_as_name(mark.text):
        for text, way in _ways_of_name(read_name(mark.text), kept):
            yield text, unsure(way)


def _reads_as_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 4 and all(one[:1].isupper() and not one.isupper() for one in words)


def _ways_of_number(digits: str) -> Iterator[tuple[str, Way]]:
    """The United Kingdom is 44, and a 0 is left out after it (ITU-T E.164)."""
    if len(digits) >= 10 and digits.startswith("0"):
        yield f"44{digits[1:]}", _DIALLED
        yield f"440{digits[1:]}", _DIALLED
    elif len(digits) >= 11 and digits.startswith("44"):
        yield f"0{digits[2:].lstrip('0')}", _DIALLED


def _ways_of_name(name: WrittenName, kept: set[str]) -> Iterator[tuple[str, Way]]:
    if not name.surname:
        return
    given = [one for one in name.given if len(one) > 1]
    initials = "".join(one[0] for one in name.given)
    if name.given:
        first = "".join(name.given)
        yield first + name.surname, _PLAIN
        yield name.surname + first, _TURNED
    if given:
        yield given[0] + name.surname, _SHORTER
        yield name.surname + given[0], _TURNED
    for letters in {initials, initials[:1]} - {""}:
        yield letters + name.surname, _INITIALS
        yield name.surname + letters, _INITIALS
    if len(initials) > 0 and name.fullness is Fullness.FULL:
        yield initials + name.surname[0], _LETTERS
    for word in (name.surname, *name.parts):
        yield from _alone(word, _SURNAME, kept)
    for word in (*given, *name.pets):
        yield from _alone(word, _FORENAME, kept)


def _alone(word: str, way: Way, kept: set[str]) -> Iterator[tuple[str, Way]]:
    """A name alone is all but certain, unless it is a word, short, or somebody's who is kept."""
    if len(word) < _SHORTEST_NAME or not word.isalpha():
        return
    doubtful = len(word) < _CLEAR_NAME or word in kept or is_ordinary(word)
    yield word, unsure(way) if doubtful else way


def linked_label(label: str) -> bool:
    """Say whether what is found under a label is a number or address that points to a person."""
    known = LABEL_BY_NAME.get(label)
    return known is not None and (known.group == "identifier" or label in _CONTACTS)


def by_document(marks: Iterable[Mark]) -> Mapping[int, list[Mark]]:
    """Sort marks by their document."""
    found: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.document].append(mark)
    return found

"""The rule by which mentions are gathered into persons: which written name stands for which other.

The fullest names come first: two that are alike but for a pet form, a hyphened surname of which one
part is left, or a slip in a long rare word, are one, unless that would make a third doubtful.
Then what is shorter looks for its person: first among the persons of its own document, then among
all of the case. At the first likeness that anybody shows (``Scope.fitting``) it joins if there is
one such person, and stays apart if there are two: nobody guesses. Initials, forenames and the names
in mail addresses and handles are weak, and have to be weighed within their document. Cells of one
row whose headings say ``surname`` and ``forename`` write one name (``redactor.name_rows``).

Everything here is a pure function of the mentions, and their order does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from redactor.events import Mark
from redactor.kinship import kin_of
from redactor.mail_names import fitting_address
from redactor.name_rows import whole_names
from redactor.names import Fullness, WrittenName, read_name
from redactor.nicknames import is_forename
from redactor.scope import Forms, Name, Scope

#: Labels whose marks are mentions of people, and those that are where they fit exactly one person.
NAMES = frozenset({"PERSON", "PUBLIC_PERSON"})
ADDRESSES = frozenset({"EMAIL", "HANDLE"})


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name that may be of more than one person, or of one that is written too differently.

    Attributes:
        name: the shorter or lesser one.
        may_be: those it may stand for.
        why: what they have in common, as a sentence without any name.
    """

    name: Name = field(repr=False)
    may_be: frozenset[Name] = field(repr=False)
    why: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the rule says.

    Attributes:
        names: the name that each mark writes; marks of the same name are of one person.
        parents: the name that another one stands for, which may stand for one itself.
        written: how each mention of a name is read.
    """

    names: dict[int, Name]
    parents: dict[Name, Name]
    written: dict[int, WrittenName] = field(repr=False)
    doubts: tuple[Doubt, ...] = ()


def gather(mentions: Iterable[Mark]) -> Gathered:
    """Say which mentions write one name, and which names stand for which others."""
    return _Gathering(mentions).result()


class _Gathering:
    """The steps, one after the other."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        ordered = sorted(marks, key=lambda mark: mark.id)
        self._mentions = [mark for mark in ordered if mark.label in NAMES]
        self._addresses = [mark for mark in ordered if mark.label in ADDRESSES]
        alike = {text: read_name(text) for text in {one.text for one in self._mentions}}
        self._in_rows = whole_names(self._mentions)
        self._written = {
            one.id: self._in_rows.get(one.id) or alike[one.text] for one in self._mentions
        }
        self._own: dict[tuple[str, int], Name] = {}
        self._names: dict[int, Name] = {}
        self._forms: Forms = defaultdict(set)
        self._found: dict[Name, Name] = {}
        self._sexes: dict[Name, set[str]] = defaultdict(set)
        self._doubts: list[Doubt] = []

    def result(self) -> Gathered:
        """Take all the steps."""
        documents = self._read()
        fulls = {n for n, ways in self._forms.items() if _best(ways).fullness is Fullness.FULL}
        joined, doubts = kin_of(fulls, self._forms)
        self._found.update(joined)
        self._doubts += [Doubt(one, frozenset({other}), why) for one, other, why in doubts]
        for here in documents.values():
            self._join_long_surnames(here & fulls)
        everywhere = Scope(self._forms, fulls, self._top)
        for fullness in (Fullness.INITIALS, Fullness.SURNAME, Fullness.UNCLEAR):
            left: set[Name] = set()
            for here in documents.values():
                left |= self._look_here(here, fullness)
            self._look_everywhere(left, fullness, everywhere)
            if fullness is Fullness.INITIALS:
                everywhere.add_all({self._top(one) for one in left if one in self._found})
        self._join_addresses(documents, everywhere)
        return Gathered(self._names, self._found, self._written, tuple(self._doubts))

    # --- reading ------------------------------------------------------------------------------

    def _read(self) -> dict[int, set[Name]]:
        """Give every mention its name, and every document the names in it.

        A full name is one wherever it stands; a shorter one belongs to its document to begin with.
        """
        documents: dict[int, set[Name]] = defaultdict(set)
        for mark in self._mentions:
            in_row = mark.id in self._in_rows
            name = None if in_row else self._own.get((mark.text, mark.document))
            if name is None:
                way = self._written[mark.id]
                full = way.fullness is Fullness.FULL
                key = way.key or f"#{mark.id}"
                name = key, way.sex, 0 if full else mark.document
                if way.key and not in_row:
                    self._own[mark.text, mark.document] = name
                self._forms[name].add(way)
            self._names[mark.id] = name
            documents[mark.document].add(name)
        return documents

    def _top(self, name: Name) -> Name:
        while name in self._found:
            name = self._found[name]
        return name

    # --- looking for the person of a shorter name ------------------------------------------------

    def _look_here(self, here: set[Name], fullness: Fullness) -> set[Name]:
        """Look among the persons of the document; gives the names that nobody here fits."""
        short = self._of_fullness(here, fullness)
        if not short:
            return set()
        scope = Scope(self._forms, (one for one in here if one not in short), self._top)
        return self._join(short, scope, local=True)

    def _join_long_surnames(self, here: set[Name]) -> None:
        """Join what looks like forename and surname, and is somebody's surname here: Abu Salem."""
        scope = Scope(self._forms, here, self._top)
        for name in sorted(here - self._found.keys()):
            fit = {one for one in scope.with_surname(name[0]) if not (name[1] and one[1])}
            persons = {self._top(one) for one in fit}
            if len(persons) == 1 and name not in persons:
                self._found[name] = persons.pop()

    def _look_everywhere(self, left: set[Name], fullness: Fullness, everywhere: Scope) -> None:
        """Look among all persons of the case; what stays alone is one name in all documents.

        Not so a forename or initials: another document's Sarah is somebody else.
        """
        for name in self._join(left, everywhere, local=False):
            if not self._is_weak(name):
                everywhere_name = name[0], name[1], 0
                self._forms[everywhere_name] |= self._forms[name]
                self._found[name] = everywhere_name

    def _join(self, short: AbstractSet[Name], scope: Scope, *, local: bool) -> set[Name]:
        fitting = {name: self._fitting(name, scope, local=local) for name in short}
        alone = {name for name, (fit, _) in fitting.items() if not fit}
        titled = {name: fit for name, (fit, _) in fitting.items() if name[1]}
        for name, person in self._agreeing(titled).items():
            self._found[name] = person
            self._sexes[person].add(name[1])
        for name, (fit, why) in fitting.items():
            if name[1]:
                persons = fit
            else:
                titles = {(name[0], sex, name[2]) for sex in "mf"} & short
                persons = fit | {self._top(one) for one in titles}
                if len(persons) == 1:
                    self._found[name] = next(iter(persons))
                    alone.discard(name)
            if name not in self._found and persons:
                alone.discard(name)
                self._doubts.append(Doubt(name, frozenset(persons - {name}), why))
        return alone

    def _fitting(self, name: Name, scope: Scope, *, local: bool) -> tuple[set[Name], str]:
        """Give the persons that a name fits at the first likeness that any of them shows."""
        for fits, why in scope.fitting(_best(self._forms[name]), local=local):
            persons = {one for one in fits if not (name[1] and one[1]) or name[1] == one[1]}
            if persons:
                return persons, why
        return set(), ""

    def _agreeing(self, wishes: Mapping[Name, AbstractSet[Name]]) -> dict[Name, Name]:
        """Join each titled name with the one person it fits, unless two titles disagree."""
        single = {name: next(iter(fit)) for name, fit in wishes.items() if len(fit) == 1}
        sexes: dict[Name, set[str]] = defaultdict(set)
        for name, person in single.items():
            sexes[person] |= {name[1]} | self._sexes.get(person, set())
        return {name: person for name, person in single.items() if len(sexes[person]) == 1}

    def _of_fullness(self, names: Iterable[Name], fullness: Fullness) -> set[Name]:
        return {one for one in names if _best(self._forms[one]).fullness is fullness}

    def _is_weak(self, name: Name) -> bool:
        """Say whether a name says too little to be the same person in another document."""
        way = _best(self._forms[name])
        if way.titled:
            return False
        letters = bool(way.letters) and (way.fullness is Fullness.UNCLEAR or way.shown.isupper())
        return letters or (way.fullness is Fullness.SURNAME and is_forename(way.key))

    # --- mail addresses and handles -------------------------------------------------------------

    def _join_addresses(self, names: Mapping[int, set[Name]], everywhere: Scope) -> None:
        """Let an address be a mention of the one person it fits; others are nobody's."""
        scopes = {
            number: Scope(self._forms, names[number], self._top)
            for number in {mark.document for mark in self._addresses} & names.keys()
        }
        places: dict[tuple[str, str], set[int]] = defaultdict(set)
        for mark in self._addresses:
            places[mark.text, mark.label].add(mark.document)
        for (text, label), documents in places.items():
            fits = set()
            for number in documents & scopes.keys():
                fits |= fitting_address(text, label, scopes[number], local=True)
            fits = fits or fitting_address(text, label, everywhere, local=False)
            if len(fits) == 1:
                name = f"@{text.casefold()}", "", 0
                self._found[name] = next(iter(fits))
        for mark in self._addresses:
            name = f"@{mark.text.casefold()}", "", 0
            if name in self._found:
                self._names[mark.id] = name


def _best(ways: AbstractSet[WrittenName]) -> WrittenName:
    return max(ways, key=lambda way: way.rank) if len(ways) > 1 else next(iter(ways))

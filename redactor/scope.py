"""The persons of a document or of a case, looked up by what a shorter name leaves of theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from redactor.names import Fullness, WrittenName
from redactor.nicknames import formal_names, is_ordinary, stems
from redactor.spelling import is_misspelt

#: What names are told apart by: the key, the sex that a title says (or nothing), and the document
#: that a shorter name belongs to (0: all).
Name: TypeAlias = tuple[str, str, int]
Forms: TypeAlias = dict[Name, set[WrittenName]]

#: Where more persons than this are in one document, only what is written alike is looked for.
_MOST_COMPARED = 400


class Scope:
    """Persons, by surname, forename, initials and their parts.

    Args:
        forms: how every name is written.
        names: those that are here.
        top: gives the name that another one stands for.
    """

    def __init__(self, forms: Forms, names: Iterable[Name], top: Callable[[Name], Name]) -> None:
        self._forms = forms
        self._top = top
        self._people: dict[Name, set[WrittenName]] = defaultdict(set)
        self._surnames: dict[str, set[Name]] = defaultdict(set)
        self._parts: dict[str, set[Name]] = defaultdict(set)
        self._given: dict[str, set[Name]] = defaultdict(set)
        self._formal: dict[str, set[Name]] = defaultdict(set)
        self._letters: dict[str, set[Name]] = defaultdict(set)
        self._with_initials: dict[tuple[str, str], set[Name]] = defaultdict(set)
        self.add_all(names)

    def add_all(self, names: Iterable[Name]) -> None:
        """Take in names that are here, too."""
        for name in names:
            for way in self._forms[name]:
                self._add(way, self._top(name))

    @property
    def people(self) -> dict[Name, set[WrittenName]]:
        """Give every person here with the ways in which they are written."""
        return self._people

    def with_surname(self, surname: str) -> set[Name]:
        """Give those whose whole surname it is."""
        return self._surnames.get(surname, set())

    def by_surname(self, word: str) -> set[Name]:
        """Give those of a surname, or of a part of one."""
        return self._surnames.get(word, set()) | self._parts.get(word, set())

    def by_given(self, word: str) -> set[Name]:
        """Give those of a forename, or of one that it is a pet form of."""
        found = set(self._given.get(word, ()))
        for formal in formal_names(word):
            found |= self._formal.get(formal, set())
        return found

    def fitting(self, form: WrittenName, *, local: bool) -> Iterator[tuple[AbstractSet[Name], str]]:
        """Give the persons that a shorter name fits, likeness by likeness, the clearest first.

        Args:
            local: the persons are those of the name's own document: weaker likenesses count.
        """
        if form.fullness is Fullness.INITIALS:
            yield from self._with_surname(form, local=local)
        elif form.fullness is Fullness.SURNAME:
            yield from self._one_word(form, local=local)
        if form.letters and local:
            yield self._of_letters(form.letters), "The initials are those of both."

    # --- inside -------------------------------------------------------------------------------

    def _add(self, way: WrittenName, person: Name) -> None:
        if way in self._people[person]:
            return
        self._people[person].add(way)
        if way.fullness not in {Fullness.FULL, Fullness.INITIALS}:
            if way.fullness is Fullness.SURNAME:
                self._single(way, person)
            return
        self._surnames[way.surname].add(person)
        for part in way.parts:
            self._parts[part].add(person)
        self._add_given(way, person)
        initials = "".join(one[0] for one in way.given)
        for length in range(1, len(initials) + 1):
            self._with_initials[way.surname, initials[:length]].add(person)
        for letters in _initials_of(way):
            self._letters[letters].add(person)

    def _add_given(self, way: WrittenName, person: Name) -> None:
        for word in (*way.given, *way.pets):
            if len(word) > 1:
                self._given[word].add(person)
                for formal in formal_names(word):
                    self._formal[formal].add(person)
        if len(way.given) > 1 and way.fullness is Fullness.FULL:
            self._given["".join(way.given)].add(person)  # Maisie-Leigh

    def _single(self, way: WrittenName, person: Name) -> None:
        """Take in somebody of whom there is one word only."""
        self._surnames[way.surname].add(person)
        for part in way.parts:
            self._parts[part].add(person)

    def _with_surname(
        self, form: WrittenName, *, local: bool
    ) -> Iterator[tuple[AbstractSet[Name], str]]:
        initials = "".join(form.given)
        why = "The surname and the initials are those of both."
        yield self._with_initials.get((form.surname, initials), set()), why
        near = {
            person
            for part in (form.surname, *form.parts)
            for person in self._parts.get(part, set()) | self._whole_of(form.parts)
            if self._begins(person, initials)
        }
        yield near, why
        if local and len(self._people) <= _MOST_COMPARED:
            yield self._surname_like(form, initials), why

    def _whole_of(self, parts: tuple[str, ...]) -> set[Name]:
        """Give those whose surname is a part of a longer one; de Vale is not Vale."""
        if len(parts) < 2:
            return set()
        return {person for part in parts for person in self._surnames.get(part, ())}

    def _all_of(self, parts: tuple[str, ...]) -> set[Name]:
        """Give those who have, or had, all these names in their surname."""
        held = [self._parts.get(part, set()) for part in parts]
        return set.intersection(*held) if len(held) > 1 else set()

    def _surname_like(self, form: WrittenName, initials: str) -> set[Name]:
        """Give those whose surname is misspelt or cut off after the initials: ``P D'A``."""
        return {
            person
            for person, ways in self._people.items()
            for way in ways
            if way.given
            and way.surname != form.surname
            and "".join(one[0] for one in way.given).startswith(initials)
            and (
                is_misspelt(way.surname, form.surname)
                or (len(form.surname) == 2 and way.surname.startswith(form.surname))
            )
        }

    def _begins(self, person: Name, initials: str) -> bool:
        return any(
            "".join(one[0] for one in way.given).startswith(initials)
            for way in self._people[person]
            if way.given
        )

    def _one_word(
        self, form: WrittenName, *, local: bool
    ) -> Iterator[tuple[AbstractSet[Name], str]]:
        word = form.surname
        surname = self._surnames.get(word, set())
        given = self._given.get(word, set())
        if form.titled:
            yield surname, "The surname is that of both."
            yield given, "The forename is that of both."
        else:
            yield surname | given, "The one name that is written is that of both."
        yield (
            self._parts.get(word, set()) | self._whole_of(form.parts) | self._all_of(form.parts),
            "A part of the surname is that of both.",
        )
        pets: set[Name] = set()
        for formal in formal_names(word):
            pets |= self._formal.get(formal, set())
        yield pets, "The one is a pet form of the other's name."
        if local and len(self._people) <= _MOST_COMPARED:
            yield self._cut_off(word), "The one is cut off from the other's name."
            yield self._misspelt(word), "The two are spelt nearly alike."

    def _cut_off(self, word: str) -> set[Name]:
        """Give those of whose names this is the beginning, but for an ending: ``Broady``."""
        if is_ordinary(word) and len(word) < 4:
            return set()
        beginnings = tuple(stems(word))
        return {
            person
            for person, ways in self._people.items()
            for way in ways
            for whole in (*way.given, way.surname, *way.parts)
            if len(whole) > 1 and whole != word and whole.startswith(beginnings)
        }

    def _misspelt(self, word: str) -> set[Name]:
        return {
            person
            for person, ways in self._people.items()
            for way in ways
            for whole in (*way.given, way.surname, *way.parts)
            if is_misspelt(whole, word)
        }

    def _of_letters(self, letters: str) -> set[Name]:
        if len(letters) > 1:
            return self._letters.get(letters, set()) | self._given.get(letters, set())
        return {
            person
            for person, ways in self._people.items()
            if any(way.given and way.given[0][0] == letters for way in ways)
        }


def _initials_of(way: WrittenName) -> Iterator[str]:
    """Give the ways in which somebody may sign with letters: ``SJO``, ``SO``, ``SOL``, ``ML``."""
    given = "".join(one[0] for one in way.given)
    last = {way.surname[0], "".join(part[0] for part in way.parts) or way.surname[0]}
    last |= {part[0] for part in way.parts}
    for first in {given, given[0]}:
        for end in last:
            yield first + end
    if len(given) > 1:
        yield given

"""Gather the names found in a case into persons, by rule and by hand.

The rule joins only what cannot well be otherwise: names written alike, and a shorter name with the
one full name it fits, in its own document before in the case. Where it fits two, or where titles
contradict each other, nobody guesses, and the names stay apart; a person is asked instead
(``Suggestion``). What people merged and split by hand goes before the rule, and later before
earlier. Pure functions over marks and events; the marks' order never matters.

Three steps. Marks that write a name alike, under titles of the same sex, are one *name*. The rule
(``redactor.gathering``) says that some names stand for another one; those with one topmost name are
a *family*. Families are the persons to begin with, and the events move names and marks between them
(``_Persons``). Mail addresses and handles are mentions where they fit exactly one person.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from redactor.errors import UsageError
from redactor.events import Event, EventKind, Mark
from redactor.gathering import ADDRESSES, NAMES, Gathered, gather
from redactor.mail_names import holds_name
from redactor.names import WrittenName
from redactor.person_roles import SubjectRole
from redactor.scope import Name

__all__ = [
    "People",
    "Subject",
    "SubjectRole",
    "Suggestion",
    "apart_body",
    "merge_body",
    "people",
    "role_body",
    "split_body",
    "subject_of",
    "subjects",
]

_BY_HAND = frozenset({EventKind.PERSONS_MERGED, EventKind.PERSON_SPLIT})


@dataclass(frozen=True, slots=True)
class Subject:
    """One person whom the documents speak of.

    Attributes:
        id: ``P`` and its smallest mark; it stays good, see ``subject_of``.
        name: the fullest form, as written.
        marks: every mention, ascending.
        documents: the numbers of the documents that mention the person, ascending.
        named_by: the first mark that writes the name so; events name a person by it, since a
            shorter form may turn out to be somebody else's.
        file_names: the numbers of the documents whose file name holds the person's name.
    """

    id: str
    name: str = field(repr=False)
    role: SubjectRole | None
    marks: tuple[int, ...]
    documents: tuple[int, ...]
    named_by: int
    file_names: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two persons who may be one; only a person can say.

    Attributes:
        one, other: their ids; ``one`` is the one whose name says less.
        why: what they have in common, without any name.
    """

    one: str
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class People:
    """The persons of a case, and what a person may still say of them."""

    subjects: tuple[Subject, ...]
    suggestions: tuple[Suggestion, ...]


def subjects(
    marks: Iterable[Mark], events: Iterable[Event], file_names: Mapping[int, str] | None = None
) -> tuple[Subject, ...]:
    """Gather the persons of a case, in the order of their first mention.

    Args:
        marks: of the case; those of other labels than names, addresses and handles are passed over.
        events: the log; those of other things are passed over, and so are marks that are not there.
        file_names: what the documents are called, by number, where that is to be looked at, too.
    """
    return people(marks, events, file_names).subjects


def people(
    marks: Iterable[Mark], events: Iterable[Event], file_names: Mapping[int, str] | None = None
) -> People:
    """Gather the persons of a case, and the pairs of them that may be one; see ``subjects``."""
    mentions = [mark for mark in marks if mark.label in NAMES or mark.label in ADDRESSES]
    rule = gather(mentions)
    mentions = sorted((one for one in mentions if one.id in rule.names), key=lambda one: one.id)
    in_order = sorted(events, key=lambda event: event.seq)
    persons = _Persons(rule.names, dict(rule.parents))
    persons.follow([event for event in in_order if event.kind in _BY_HAND])
    roles = _roles(in_order, persons)
    gathered: dict[int, list[Mark]] = defaultdict(list)
    for mark in mentions:
        gathered[persons.person_of(mark.id)].append(mark)
    found = tuple(
        _subject(held, rule.written, roles.get(one), file_names or {})
        for one, held in gathered.items()
        if any(mark.label in NAMES for mark in held)
    )
    return People(found, tuple(_suggestions(rule, found, persons, in_order)))


def subject_of(wanted: str, among: Sequence[Subject]) -> Subject:
    """Find the person that holds the mark an id speaks of: after a merge, ``P7`` is still good.

    Raises:
        UsageError: nobody holds it.
    """
    if re.fullmatch(r"[Pp][0-9]{1,18}", wanted):
        mark = int(wanted[1:])
        for subject in among:
            if _holds(subject, mark):
                return subject
    raise UsageError(
        "The case holds no person of that id. Nothing was changed. "
        "An id is P and a number, as in the list of persons."
    )


# --- the bodies of events --------------------------------------------------------------------
# ``latest`` is the newest mention when a person decided: it tells, when the log is read again, a
# name that was there to be seen from one that came later.


def merge_body(ids: Sequence[str], among: Sequence[Subject]) -> dict[str, Any]:
    """Say that some persons are one.

    Raises:
        UsageError: there is no such person, or they are one already.
    """
    chosen = {subject.id: subject for subject in (subject_of(one, among) for one in ids)}
    if len(chosen) < 2:
        raise UsageError("A merge needs two different persons. Nothing was changed.")
    return {"persons": sorted(one.named_by for one in chosen.values()), "latest": _latest(among)}


def split_body(marks: Iterable[int], among: Sequence[Subject]) -> dict[str, Any]:
    """Say that some mentions of one person are of another.

    Raises:
        UsageError: they are not mentions of one person, or they are all it has.
    """
    chosen = sorted(set(marks))
    holder = next((one for one in among if chosen and _holds(one, chosen[0])), None)
    if holder is None or not set(chosen) <= set(holder.marks):
        raise UsageError(
            "A split takes findings that belong to one person. Nothing was changed. "
            "Choose them from the list of that person's mentions."
        )
    if len(chosen) == len(holder.marks):
        raise UsageError(
            "These are all the mentions of that person, so there is nothing to split. "
            "Nothing was changed."
        )
    return {"marks": chosen, "latest": _latest(among)}


def apart_body(ids: Sequence[str], among: Sequence[Subject]) -> dict[str, Any]:
    """Say that some persons are not one, so that nobody is asked again.

    Raises:
        UsageError: there is no such person, or they are one.
    """
    chosen = {subject.id: subject for subject in (subject_of(one, among) for one in ids)}
    if len(chosen) < 2:
        raise UsageError("Two different persons are told apart. Nothing was changed.")
    return {"persons": sorted(one.named_by for one in chosen.values())}


def role_body(person: str, role: SubjectRole, among: Sequence[Subject]) -> dict[str, Any]:
    """Say what a person is in the matter.

    Raises:
        UsageError: there is no such person.
    """
    return {"person": subject_of(person, among).named_by, "role": str(role)}


def _holds(subject: Subject, mark: int) -> bool:
    at = bisect_left(subject.marks, mark)
    return at < len(subject.marks) and subject.marks[at] == mark


def _latest(among: Iterable[Subject]) -> int:
    return max(subject.marks[-1] for subject in among)


# --- by hand ---------------------------------------------------------------------------------


class _Persons:
    """Who is who while the events are followed, one after the other.

    A *unit* moves as a whole: a name, or marks that were split off in part. A name that comes later
    finds its place beside its family's fullest name, wherever that was moved.
    """

    def __init__(self, names: Mapping[int, Name], parents: dict[Name, Name]) -> None:
        self._parents = parents
        self._unit_of: dict[int, Name] = dict(names)
        self._marks: dict[Name, set[int]] = defaultdict(set)
        for mark, name in names.items():
            self._marks[name].add(mark)
        self._first = {name: min(marks) for name, marks in self._marks.items()}
        self._newest = max(names, default=0)
        self._person: dict[Name, int] = {}
        self._units: dict[int, set[Name]] = {}
        self._family: dict[str, list[Name]] = defaultdict(list)  # by the key of its topmost name

    def person_of(self, mark: int) -> int:
        """Give the number of the person that holds a mark."""
        return self._person[self._unit_of[mark]]

    def holds(self, mark: int) -> bool:
        """Say whether a mark is of a person."""
        return mark in self._unit_of

    def follow(self, events: Sequence[Event]) -> None:
        """Begin with the families, and do what was done by hand."""
        for event in events:
            if event.kind is EventKind.PERSONS_MERGED:
                self._leave_newcomers(event)
        self._begin()
        for event in events:
            if event.kind is EventKind.PERSONS_MERGED:
                self._merge(event.body["persons"])
            else:
                self._split(event)

    def _leave_newcomers(self, event: Event) -> None:
        """Keep a short name that was merged by hand from joining a full name that came later."""
        latest = event.body.get("latest")
        if latest is None:
            return
        for mark in filter(self.holds, event.body["persons"]):
            name = self._unit_of[mark]
            while (parent := self._parents.get(name)) is not None:
                if parent[0] != name[0] and self._first[parent] > latest:
                    del self._parents[name]
                name = parent

    def _begin(self) -> None:
        numbers: dict[Name, int] = {}
        for name in self._marks:
            top = self._top(name)
            self._family[top[0]].append(name)
            number = numbers.setdefault(top, len(numbers))
            self._person[name] = number
            self._units.setdefault(number, set()).add(name)

    def _top(self, name: Name) -> Name:
        while name in self._parents:
            name = self._parents[name]
        return name

    def _merge(self, marks: Sequence[int]) -> None:
        persons = sorted(
            {self.person_of(mark) for mark in marks if self.holds(mark)},
            key=lambda person: len(self._units[person]),
        )
        for person in persons[:-1]:
            self._move(self._units[person], persons[-1])

    def _split(self, event: Event) -> None:
        chosen = {mark for mark in event.body["marks"] if self.holds(mark)}
        latest = event.body.get("latest", self._newest)
        units = {self._unit_of[mark] for mark in chosen}
        left = {self._person[unit] for unit in units}
        whole = {
            unit
            for unit in units
            if all(mark in chosen or mark > latest for mark in self._marks[unit])
        }
        newcomers = {
            name
            for key in {unit[0] for unit in whole}
            for name in self._family.get(key, ())
            if self._first[name] > latest and self._person[name] in left
        }
        rest = {mark for mark in chosen if self._unit_of[mark] not in whole}
        person = len(self._units)
        self._units[person] = set()
        self._move(whole | newcomers, person)
        if rest:
            self._take_out(rest, (f"split {event.seq}", "", 0), person)

    def _take_out(self, marks: set[int], unit: Name, person: int) -> None:
        for mark in marks:
            self._marks[self._unit_of[mark]].discard(mark)
            self._unit_of[mark] = unit
        self._marks[unit] = marks
        self._first[unit] = min(marks)
        self._person[unit] = person
        self._units[person].add(unit)

    def _move(self, units: Iterable[Name], person: int) -> None:
        for unit in tuple(units):
            self._units[self._person[unit]].discard(unit)
            self._units[person].add(unit)
            self._person[unit] = person


def _roles(events: Iterable[Event], persons: _Persons) -> dict[int, SubjectRole]:
    """Give the role last said of each person."""
    return {
        persons.person_of(event.body["person"]): SubjectRole(event.body["role"])
        for event in events
        if event.kind is EventKind.PERSON_ROLE and persons.holds(event.body["person"])
    }


def _subject(
    marks: Sequence[Mark],
    written: Mapping[int, WrittenName],
    role: SubjectRole | None,
    file_names: Mapping[int, str],
) -> Subject:
    """Make a person of its marks, which ascend."""
    named = [mark for mark in marks if mark.label in NAMES]
    best = max(named, key=lambda mark: (written[mark.id].rank, -mark.id))
    ways = {written[mark.id] for mark in named} if file_names else set()
    return Subject(
        id=f"P{marks[0].id}",
        name=written[best.id].shown,
        role=role,
        marks=tuple(mark.id for mark in marks),
        documents=tuple(sorted({mark.document for mark in marks})),
        named_by=best.id,
        file_names=tuple(
            number
            for number, name in sorted(file_names.items())
            if any(holds_name(name, way) for way in ways)
        ),
    )


def _suggestions(
    rule: Gathered, found: Sequence[Subject], persons: _Persons, events: Iterable[Event]
) -> Iterator[Suggestion]:
    """Give the pairs that the rule left apart although they may be one, each pair once.

    Whoever was told apart by hand stays so; a split says it, and so does ``PERSONS_TOLD_APART``.
    """
    of_mark = {mark: one for one in found for mark in one.marks}
    of_name: dict[Name, Subject] = {}
    for mark, name in rule.names.items():
        if mark in of_mark:
            for each in _chain(name, rule.parents):
                of_name.setdefault(each, of_mark[mark])
    apart = set(_told_apart(events, persons))
    seen: set[frozenset[str]] = set()
    for doubt in sorted(rule.doubts, key=lambda one: (one.name, sorted(one.may_be))):
        one = of_name.get(doubt.name)
        for other in sorted(filter(None, map(of_name.get, doubt.may_be)), key=lambda it: it.marks):
            if one is None or one.id == other.id:
                continue
            pair = frozenset((one.id, other.id))
            numbers = frozenset(persons.person_of(each.named_by) for each in (one, other))
            if pair not in seen and numbers not in apart:
                seen.add(pair)
                yield Suggestion(one.id, other.id, doubt.why)


def _chain(name: Name, parents: Mapping[Name, Name]) -> Iterator[Name]:
    yield name
    while (parent := parents.get(name)) is not None:
        yield parent
        name = parent


def _told_apart(events: Iterable[Event], persons: _Persons) -> Iterator[frozenset[int]]:
    for event in events:
        if event.kind is EventKind.PERSONS_TOLD_APART:
            held = [mark for mark in event.body["persons"] if persons.holds(mark)]
            yield frozenset(persons.person_of(mark) for mark in held)

"""Sentences made of the templates of this folder and invented names, with their marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from faker import Faker
from swaps import Names
from texts import HERE, Mark, Text

_SLOT = re.compile(r"\{(\w+)\}")
_RANKS = (
    "PC",
    "DC",
    "Sgt",
    "PS",
    "DS",
    "DI",
    "Insp",
    "DCI",
    "T/DC",
    "A/Sgt",
    "PCSO",
    "Police Constable",
    "Det Sgt",
)
_TITLES = ("Mr", "Mrs", "Ms", "Miss", "Dr", "Mx", "Prof", "Rev")
_JOBS = (
    "nurse",
    "caretaker",
    "housing officer",
    "teacher",
    "driver",
    "analyst",
    "cook",
    "paralegal",
    "fitter",
)
_PLACE_ENDS = (
    "ton",
    "ham",
    "ford",
    "bury",
    "worth",
    "ley",
    "by",
    "wick",
    "combe",
    "mouth",
    "dale",
    "field",
)
_ORG_ENDS = [
    *["Council", "Police", "Primary School", "Academy", "Ltd", "LLP", "Housing", "Solicitors"],
    *["Care", "Trust", "& Sons", "Logistics", "University", "Youth Club", "Taxis"],
    "Ambulance Service",
]


class Inventor:
    """Fills templates; seeded, so that the same is made every time."""

    def __init__(self, names: Names, random: Random, places: list[str]) -> None:
        self._names, self._random, self._places = names, random, places
        self._faker = Faker("en_GB")
        self._faker.seed_instance(random.randrange(1 << 30))
        self._templates = [
            line.replace("\\n", "\n").replace("\\t", "\t")
            for line in (HERE / "templates.txt").read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#")
        ]

    def texts(self, count: int) -> Iterator[Text]:
        """Make texts of some templates each, in which a person may come again."""
        for number in range(count):
            people = [self._names.draw(self._random) for _ in range(4)]
            lines = self._random.sample(self._templates, 4)
            yield self._filled(f"invented-{number}", "\n".join(lines), people)

    def _filled(self, name: str, template: str, people: list[tuple[str, str]]) -> Text:
        pieces: list[str] = []
        marks: list[Mark] = []
        length = behind = 0
        for slot in _SLOT.finditer(template):
            before = template[behind : slot.start()]
            lead, said, label = self._said(slot.group(1), people)
            pieces += [before, lead, said]
            start = length + len(before) + len(lead)
            length = start + len(said)
            if label:
                marks.append(Mark(start, length, label))
            behind = slot.end()
        pieces.append(template[behind:])
        return Text(name, "".join(pieces), tuple(marks))

    def _said(self, slot: str, people: list[tuple[str, str]]) -> tuple[str, str, str]:
        """Give what goes before a name unmarked, what is written, and its label."""
        random = self._random
        first, last = random.choice(people)
        if slot == "rank_last":
            return (
                f"{random.choice(_RANKS)} ",
                random.choice((last, f"{first} {last}", last.upper())),
                "PERSON",
            )
        if slot == "title_last":
            return (
                f"{random.choice(_TITLES)} ",
                random.choice((last, last, f"{first} {last}")),
                "PERSON",
            )
        people_slots: dict[str, str] = {
            "full": f"{first} {last}",
            "FULL": f"{first} {last}".upper(),
            "first": first,
            "last": last,
            "LAST": last.upper(),
            "Last_First": random.choice(
                (f"{last}, {first}", f"{last.upper()}, {first}", f"{last.upper()} {first}")
            ),
            "initial_last": random.choice(
                (f"{first[0]} {last}", f"{first[0]}. {last}", f"{first[0]}.{last}")
            ),
            "initials": random.choice(
                (
                    first[0] + last[0],
                    f"{first[0]}.{last[0]}.",
                    first[0] + random.choice("ABCEJLMRST") + last[0],
                )
            ),
            "lower": f"{first} {last}".lower(),
            "lower_first": first.lower(),
            "lower_last": last.lower(),
            "spelled": " ".join(last.lower()),
        }
        if slot in people_slots:
            return "", people_slots[slot], "PERSON"
        return "", *self._thing(slot)

    def _thing(self, slot: str) -> tuple[str, str]:
        random, fake = self._random, self._faker
        place = random.choice(self._places) if random.random() < 0.7 else self._invented_place()
        things: dict[str, Callable[[], tuple[str, str]]] = {
            "place": lambda: (place, "PLACE"),
            "org": lambda: (self._body(place), "ORG"),
            "street": lambda: (fake.street_address().replace("\n", ", "), "ADDRESS"),
            "time": lambda: (fake.time("%H:%M"), "TIME"),
            "date": lambda: (
                fake.date(random.choice(("%d/%m/%Y", "%d %B %Y", "%d.%m.%y"))),
                "DATE",
            ),
            "num": lambda: (str(random.randrange(100, 99999)), "ID"),
            "phone": lambda: (f"07700 900{random.randrange(100, 999)}", "PHONE"),
            "email": lambda: ("someone@example.org", "EMAIL"),
            "job": lambda: (random.choice(_JOBS), ""),
            "he": lambda: (random.choice(("he", "she", "they")), ""),
            "him": lambda: (random.choice(("him", "her", "them")), ""),
            "his": lambda: (random.choice(("his", "her", "their")), ""),
        }
        return things[slot]()

    def _body(self, place: str) -> str:
        head = self._random.choice((place, self._names.draw(self._random)[1]))
        return f"{head} {self._random.choice(_ORG_ENDS)}"

    def _invented_place(self) -> str:
        start = self._names.draw(self._random)[1][:5].rstrip("aeiou")
        return start.capitalize() + self._random.choice(_PLACE_ENDS)

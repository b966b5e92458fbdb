"""The questions that a justification answers, read from ``resources/law/forms.toml``."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from redactor.config import resource_path, site_law_folder
from redactor.data_files import Tables, read_table, require_fields, wrong

_FILE = "forms.toml"
_FIELDS: Mapping[str, type] = {
    "key": str, "asks": str, "kind": str, "lead": str, "help": str, "source": str, "part": str,
    "min_length": int, "choices": Tables, "when": Tables,
}  # fmt: skip
_CHOICE: Mapping[str, type] = {"value": str, "label": str, "says": str, "bars": str}


class Kind(enum.StrEnum):
    """How a question is answered; a date as ``2026-04-07``, yes or no as ``yes`` or ``no``."""

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    YES_NO = "yes-no"


class Part(enum.StrEnum):
    """Where an answer goes: into the reason, or into the public interest test."""

    REASON = "reason"
    PUBLIC_INTEREST = "public-interest"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from.

    Attributes:
        value: as it is kept.
        label: as it is offered.
        says: what it says in a reason, as a sentence.
        bars: why the limb cannot be relied on with this answer; empty where it can.
    """

    value: str
    label: str
    says: str
    bars: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the form of a limb.

    Attributes:
        key: by which its answer is kept.
        asks: the question itself.
        lead: what introduces a text or a date in a reason; a choice says its own sentence.
        help: what to think of; ``source`` is where that is said.
        when: it is asked where one of these holds: for each key, one of the values. Empty: always.
        min_length: of a text, in characters.
    """

    key: str
    asks: str
    kind: Kind
    lead: str
    help: str
    source: str
    part: Part
    min_length: int
    choices: tuple[Choice, ...]
    when: tuple[Mapping[str, frozenset[str]], ...]

    def applies(self, answers: Mapping[str, str]) -> bool:
        """Say whether it is asked, given the other answers."""
        return not self.when or any(
            all(answers.get(key, "").strip() in values for key, values in one.items())
            for one in self.when
        )


@dataclass(frozen=True, slots=True)
class Forms:
    """Every question, and those that limbs of a kind ask by themselves.

    Attributes:
        questions: by key, in the order of the file.
        always: the keys that a standing, a legal test or a refusal to confirm requires by itself.
        offered: the keys that are offered for every limb of a regime, by its code.
    """

    questions: Mapping[str, Question]
    always: Mapping[str, tuple[str, ...]]
    offered: Mapping[str, tuple[str, ...]]


def forms() -> Forms:
    """Give the questions of the program, with those that the authority changed or added.

    Raises:
        UsageError: the authority's file cannot be used; the message names the file and the entry.
    """
    return forms_in(site_law_folder())


@cache
def forms_in(folder: Path) -> Forms:
    """Give the questions of the program with those in an authority's folder, as ``forms`` does."""
    shipped, of_site = resource_path("law", _FILE), folder / _FILE
    table = read_table(shipped)
    questions = _questions(shipped, table)
    if of_site.is_file():
        own = read_table(of_site)
        require_fields(of_site, "the file", own, {"question": Tables})
        questions |= _questions(of_site, own)
    always = {key: tuple(keys) for key, keys in table["always"].items()}
    offered = {key: tuple(keys) for key, keys in table["offered"].items()}
    return Forms(questions, always, offered)


def _questions(path: Path, table: Mapping[str, Any]) -> dict[str, Question]:
    found: dict[str, Question] = {}
    for number, given in enumerate(table.get("question", ()), 1):
        name = given.get("key")
        entry = f"question {name or number}"
        require_fields(path, entry, given, _FIELDS, ("key", "asks", "kind"))
        if name in found:
            raise wrong(path, entry, "it is there twice")
        found[given["key"]] = _question(path, entry, given)
    return found


def _question(path: Path, entry: str, given: Mapping[str, Any]) -> Question:
    for field, values in (("kind", Kind), ("part", Part)):
        if given.get(field, Part.REASON if field == "part" else "") not in set(values):
            raise wrong(path, entry, f"“{field}” has to be one of {', '.join(values)}")
    kind = Kind(given["kind"])
    choices = tuple(_choice(path, entry, one) for one in given.get("choices", ()))
    if (kind in {Kind.CHOICE, Kind.YES_NO}) is not bool(choices):
        raise wrong(path, entry, "“choices” belong to a choice and to yes-no, and to no other kind")
    if kind is Kind.YES_NO and [one.value for one in choices] != ["yes", "no"]:
        raise wrong(path, entry, "the values of its choices have to be yes and no")
    if not choices and "lead" not in given:
        raise wrong(path, entry, "“lead” is missing")
    return Question(
        given["key"],
        given["asks"],
        kind,
        given.get("lead", ""),
        given.get("help", ""),
        given.get("source", ""),
        Part(given.get("part", Part.REASON)),
        given.get("min_length", 1),
        choices,
        tuple(_condition(path, entry, one) for one in given.get("when", ())),
    )


def _choice(path: Path, entry: str, given: dict[str, Any]) -> Choice:
    require_fields(path, f"{entry}, a choice", given, _CHOICE, ("value", "label", "says"))
    return Choice(**given)


def _condition(path: Path, entry: str, given: dict[str, Any]) -> Mapping[str, frozenset[str]]:
    is_good = all(
        isinstance(values, list) and values and all(isinstance(one, str) for one in values)
        for values in given.values()
    )
    if not is_good:
        raise wrong(path, entry, 'each “when” has to be as { other_question = ["value"] }')
    return {key: frozenset(values) for key, values in given.items()}

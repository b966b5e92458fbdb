"""The Commissioner's checklist for redaction: what the program answers, and what a person has to.

Source: Information Commissioner's Office, *Disclosing documents to the public securely* (31 July
2025), checklist for redacting documents; its lines in our words, in
``resources/law/redaction_checklist.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from redactor.config import resource_path


@dataclass(frozen=True, slots=True)
class Point:
    """A line of the checklist.

    Attributes:
        key: what the log calls it.
        says: the line in our words.
        program: how the program does what the line asks; empty where a person has to answer.
    """

    key: str
    says: str
    program: str

    @property
    def is_for_person(self) -> bool:
        """Say whether a person has to answer it."""
        return not self.program


@dataclass(frozen=True, slots=True)
class RedactionChecklist:
    """All of it.

    Attributes:
        source: the address of the Commissioner's own.
    """

    title: str
    source: str
    points: tuple[Point, ...]

    @property
    def for_person(self) -> tuple[Point, ...]:
        """Give the points that a person has to answer."""
        return tuple(one for one in self.points if one.is_for_person)


@cache
def redaction_checklist() -> RedactionChecklist:
    """Give the checklist."""
    read = tomllib.loads(resource_path("law", "redaction_checklist.toml").read_text("utf-8"))
    return RedactionChecklist(
        str(read["title"]),
        str(read["source"]),
        tuple(
            Point(str(one["key"]), str(one["says"]), str(one.get("program", "")))
            for one in read["line"]
        ),
    )

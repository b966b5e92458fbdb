"""The Commissioner's checklists: what the program answers, and what a person has to.

Source: Information Commissioner's Office, *Disclosing documents to the public securely* (31 July
2025), its checklists for documents, for spreadsheets and for redacting; their lines in our words,
in ``resources/law/commissioners_checklist.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from redactor.config import resource_path


@dataclass(frozen=True, slots=True)
class Point:
    """A line of the checklists.

    Attributes:
        key: what the log calls it.
        lists: the titles of the lists on which it is, in their order.
        says: the line in our words.
        program: how the program does what the line asks; empty where a person has to answer.
    """

    key: str
    lists: tuple[str, ...]
    says: str
    program: str

    @property
    def is_for_person(self) -> bool:
        """Say whether a person has to answer it."""
        return not self.program


@dataclass(frozen=True, slots=True)
class CommissionersChecklist:
    """All three, each line once.

    Attributes:
        sources: the addresses of the Commissioner's own, by the titles of the lists.
    """

    title: str
    sources: Mapping[str, str]
    points: tuple[Point, ...]

    @property
    def for_person(self) -> tuple[Point, ...]:
        """Give the points that a person has to answer."""
        return tuple(one for one in self.points if one.is_for_person)


@cache
def commissioners_checklist() -> CommissionersChecklist:
    """Give the checklists.

    Raises:
        KeyError: a line names a list that there is not, which a test holds off.
    """
    read = tomllib.loads(resource_path("law", "commissioners_checklist.toml").read_text("utf-8"))
    titles = {key: str(one["title"]) for key, one in read["lists"].items()}
    return CommissionersChecklist(
        str(read["title"]),
        {titles[key]: read["source"] + one["source"] for key, one in read["lists"].items()},
        tuple(
            Point(
                str(one["key"]),
                tuple(titles[key] for key in one["lists"]),
                str(one["says"]),
                str(one.get("program", "")),
            )
            for one in read["line"]
        ),
    )

"""The lists that others check documents by, read from ``resources/law/checklists.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from redactor.config import resource_path
from redactor.model import HiddenKind

#: Which formats a line is about.
_GROUPS = {
    "xlsx": "workbook",
    "xls": "workbook",
    "xlsb": "workbook",
    "ods": "workbook",
    "docx": "word",
    "pdf": "pdf",
    "scan": "pdf",
    "csv": "text",
    "txt": "text",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a list.

    Attributes:
        groups: the documents it is about: workbook, word, pdf, text.
        kinds: the kinds of hidden content that answer it; none where it is for a person.
        note: what the program does about it besides looking.
        always: the program does it with every document, whatever is in it.
    """

    title: str
    groups: frozenset[str]
    kinds: tuple[HiddenKind, ...]
    note: str = ""
    always: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """One list, with the address it comes from."""

    id: str
    title: str
    source: str
    checks: tuple[Check, ...]


@cache
def checklists() -> tuple[Checklist, ...]:
    """Give all lists."""
    text = resource_path("law", "checklists.toml").read_text("utf-8")
    return tuple(
        Checklist(
            one["id"],
            one["title"],
            one["source"],
            tuple(
                Check(
                    line["title"],
                    frozenset(line["for"]),
                    tuple(HiddenKind(kind) for kind in line["kinds"]),
                    line.get("note", ""),
                    line.get("always", False),
                )
                for line in one["line"]
            ),
        )
        for one in tomllib.loads(text)["list"]
    )


def group_of(format_name: str) -> str:
    """Say which group of documents a format belongs to.

    Raises:
        KeyError: the format belongs to none.
    """
    return _GROUPS[format_name]


def checks_for(format_name: str) -> tuple[Checklist, ...]:
    """Give the lists that are about a format, with the lines that are."""
    group = group_of(format_name)
    wanted = (
        Checklist(one.id, one.title, one.source, _about(one.checks, group)) for one in checklists()
    )
    return tuple(one for one in wanted if one.checks)


def _about(checks: tuple[Check, ...], group: str) -> tuple[Check, ...]:
    return tuple(check for check in checks if group in check.groups)

r"""The roster: a file by which an authority lists who may review, and so approve, a release.

It is written by hand, as TOML::

    # Second-line reviewers of Exampleshire Police. Kept by the Data Protection Officer.
    [[reviewer]]
    name = "Rosalind Achterberg"
    fingerprint = "3f2a 91bc 0d4e 77a1 5c60 e8f9 1b2c 3d4e 5f60 7182"

    [[reviewer]]
    name = "Tomos Prys-Jones"
    fingerprint = "a1b2-c3d4-e5f6-0718-293a-4b5c-6d7e-8f90-a1b2-c3d4"

It lies in ``%PROGRAMDATA%\Redactor\roster.toml`` (on Linux ``/etc/xdg/Redactor/roster.toml``), or
where the environment variable ``REDACTOR_ROSTER`` says. An administrator has to make the folder, so
that nobody else can write in it. The program cannot see to that, and a person's own environment is
theirs to change; so the SHA-256 of the roster that was gone by belongs in the record of what was
approved, where it can be held against the authority's own copy.

A roster that is named, or is there, counts: if it cannot be read, nobody on it may review, and the
error says so. It is never taken for absent.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from platformdirs import site_config_path

from redactor.case.signing import parse_fingerprint, require_name
from redactor.errors import CaseError, UsageError
from redactor.model import Person, Role

VARIABLE = "REDACTOR_ROSTER"
_FILE_NAME = "roster.toml"
_LARGEST_FILE = 1024 * 1024
_ENTRY = {"name", "fingerprint"}


@dataclass(frozen=True, slots=True)
class Roster:
    """Who may review.

    Attributes:
        reviewers: no two of them with the same fingerprint.
        sha256: of the file's bytes, in hex.
    """

    reviewers: tuple[Person, ...]
    sha256: str

    def name_of(self, fingerprint: str) -> str | None:
        """Give the name that belongs to a fingerprint, or None if it is not on the roster."""
        return next((one.name for one in self.reviewers if one.fingerprint == fingerprint), None)

    def lists(self, person: Person) -> bool:
        """Tell whether this person may review: the key is listed, and under this name."""
        return self.name_of(person.fingerprint) == person.name


def find_roster() -> Path | None:
    """Give the roster that counts on this computer, or None where there is none.

    Raises:
        CaseError: the environment variable names one roster and the computer has another. A person
            can change the variable, so it does not quietly stand above the authority's own file.
    """
    of_site = site_config_path("Redactor", appauthor=False) / _FILE_NAME
    named = os.environ.get(VARIABLE)
    if not named:
        return of_site if _is_there(of_site) else None
    path = Path(named)
    if _is_there(of_site) and not _is_same_file(path, of_site):
        raise CaseError(
            f"There are two rosters: {VARIABLE} names {path}, and this computer has {of_site}. "
            f"Nobody was taken for a reviewer. Remove {VARIABLE}, or have an administrator remove "
            "the other."
        )
    return path


def load_roster(path: Path) -> Roster:
    """Read a roster.

    Raises:
        CaseError: it is missing, cannot be read, or an entry is not plain. No part of it counts.
    """
    raw = _bytes_of(path)
    try:
        # Notepad may have put a byte-order mark before the text.
        fields = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        _refuse(path, "is not UTF-8 text")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        _refuse(path, f"is not TOML ({error})")
    entries = fields.get("reviewer")
    if fields.keys() != {"reviewer"} or not isinstance(entries, list) or not entries:
        _refuse(path, "has to list people under [[reviewer]], and hold nothing else")
    reviewers = tuple(_entry(path, number, one) for number, one in enumerate(entries, start=1))
    if len({one.fingerprint for one in reviewers}) < len(reviewers):
        _refuse(path, "gives the same fingerprint twice")
    return Roster(reviewers, hashlib.sha256(raw).hexdigest())


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        _refuse(path, "is not there")
    except OSError:
        _refuse(path, "cannot be read: it may be a folder, or you may not have permission")
    if len(raw) > _LARGEST_FILE:
        _refuse(path, "is too large to be a roster")
    return raw


def _entry(path: Path, number: int, entry: Any) -> Person:
    if not isinstance(entry, dict) or entry.keys() != _ENTRY:
        _refuse(path, f"has to give a name and a fingerprint, and no more, in entry {number}")
    name, fingerprint = entry["name"], entry["fingerprint"]
    if not isinstance(name, str) or not isinstance(fingerprint, str):
        _refuse(path, f"has to give name and fingerprint in quotation marks in entry {number}")
    try:
        return Person(require_name(name), Role.REVIEWER, parse_fingerprint(fingerprint))
    except UsageError:
        _refuse(path, f"has a name or a fingerprint in entry {number} that cannot be one")


def _refuse(path: Path, why: str) -> NoReturn:
    raise CaseError(
        f"The roster of reviewers, {path}, {why}. Nobody was taken for a reviewer. "
        "Ask whoever keeps the roster to put it right."
    ) from None


def _is_there(path: Path) -> bool:
    """Tell whether a file is there. One that cannot be looked at is: reading it will say why."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False

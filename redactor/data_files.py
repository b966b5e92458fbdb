"""Data of ours and of an authority: TOML from ``resources`` and from its own folder, alike.

A mistake in an authority's file is said in plain words, with the file and the entry, and nothing of
the file is used.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from redactor.errors import UsageError


class Tables:
    """Marks a field that is a list of tables; ``list`` is one of texts."""


#: The kinds of value that a table may hold, and how a message asks for them.
_ASKED_FOR: Mapping[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a number",
    date: "a date, as 2026-04-07",
    list: "a list of texts",
    Tables: "a list of tables",
}


def read_table(path: Path) -> dict[str, Any]:
    """Read a file.

    Raises:
        UsageError: it cannot be read, or is no TOML; the message says where.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        why = "it cannot be opened"
    except UnicodeDecodeError:
        why = "it is not saved as UTF-8"
    except tomllib.TOMLDecodeError as error:
        why = f"it is not TOML ({error})"
    raise UsageError(f"{path} cannot be used: {why}. Correct it, or take it away.")


def wrong(path: Path, entry: str, what: str) -> UsageError:
    """Give the error for one entry of a file."""
    return UsageError(f"{path} cannot be used: {entry}: {what}. Correct it, or take it away.")


def require_fields(
    path: Path,
    entry: str,
    given: dict[str, Any],
    allowed: Mapping[str, type],
    needed: Sequence[str] = (),
) -> dict[str, Any]:
    """Give an entry whose fields are all known and of their kinds.

    Raises:
        UsageError: one is not known, is of another kind, is empty, or is missing.
    """
    for name, value in given.items():
        if name not in allowed:
            raise wrong(path, entry, f"there is no field “{name}”")
        if not _is_of(allowed[name], value):
            raise wrong(path, entry, f"“{name}” has to be {_ASKED_FOR[allowed[name]]}")
        if isinstance(value, str) and not value.strip():
            raise wrong(path, entry, f"“{name}” says nothing")
    if missing := [name for name in needed if name not in given]:
        raise wrong(path, entry, f"“{missing[0]}” is missing")
    return given


def _is_of(kind: type, value: Any) -> bool:
    if kind in {list, Tables}:
        each = str if kind is list else dict
        return isinstance(value, list) and all(isinstance(one, each) for one in value)
    return type(value) is kind  # true is no number, and a time of day is no date

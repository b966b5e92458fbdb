"""Rules that bodies publish for small counts, from ``resources/numbers`` and from the authority.

They propose; an officer chooses, changes, and says why. None is the law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redactor.config import resource_path, site_numbers_folder
from redactor.data_files import Tables, read_table, require_fields, wrong
from redactor.errors import UsageError
from redactor.numbers.answers import PRESET_TREATMENTS, Treatment
from redactor.numbers.model import Policy, Require, Zeros

_FILE = "presets.toml"
_FIELDS: Mapping[str, type] = {
    "key": str, "title": str, "words": str, "source": str, "dated": str, "threshold": int,
    "zeros": str, "treatment": str, "base": int, "require": str,
}  # fmt: skip
_NEEDED = ("key", "title", "words", "source", "dated", "threshold", "zeros", "treatment")


@dataclass(frozen=True, slots=True)
class Preset:
    """A rule that is offered.

    Attributes:
        key: names it, on the command line and in the log.
        title: a few words, for a list.
        words: what it does, in plain English.
        source: who says so, and where.
        policy: what is small, and what must hold of it.
        treatment: how it is treated.
        base: figures are rounded to multiples of it; 1 for not rounded.
        dated: when the source was published or last changed; where it does not say, when it was
            read. In words.
    """

    key: str
    title: str
    words: str
    source: str
    policy: Policy
    treatment: Treatment
    base: int
    dated: str


def presets() -> tuple[Preset, ...]:
    """Give every rule in the order in which they are offered: the default first, own ones last.

    Raises:
        UsageError: the authority's file cannot be used; the message names the file and the entry.
    """
    own = site_numbers_folder() / _FILE
    offered = _read(resource_path("numbers", _FILE))
    return tuple({**offered, **(_read(own) if own.is_file() else {})}.values())


def preset_named(key: str) -> Preset:
    """Give a rule by its key.

    Raises:
        UsageError: there is none of that name, or the authority's file cannot be used.
    """
    offered = {one.key: one for one in presets()}
    if key not in offered:
        raise UsageError(f"There is no preset “{key}”. There are: {', '.join(offered)}.")
    return offered[key]


def _read(path: Path) -> dict[str, Preset]:
    table = require_fields(path, "the file", read_table(path), {"preset": Tables})
    found: dict[str, Preset] = {}
    for number, given in enumerate(table.get("preset", ()), 1):
        one = _preset(path, f"preset {number}", given)
        if one.key in found:
            raise wrong(path, f"preset {number}", f"“{one.key}” is there twice")
        found[one.key] = one
    return found


def _preset(path: Path, entry: str, given: dict[str, Any]) -> Preset:
    require_fields(path, entry, given, _FIELDS, _NEEDED)
    require = given.get("require", Require.RANGE)
    for name, value, allowed in (
        ("zeros", given["zeros"], tuple(Zeros)),
        ("treatment", given["treatment"], PRESET_TREATMENTS),
        ("require", require, tuple(Require)),
    ):
        if value not in allowed:
            raise wrong(path, entry, f"“{name}” has to be one of: {', '.join(allowed)}")
    treatment = Treatment(given["treatment"])
    base = given.get("base", 1)
    if given["threshold"] < 2:
        raise wrong(path, entry, "“threshold” has to be 2 or more")
    if treatment.rounds != (base > 1):
        raise wrong(path, entry, "“base” has to be 2 or more where figures are rounded, only there")
    policy = Policy(given["threshold"], Zeros(given["zeros"]), Require(require))
    return Preset(
        given["key"], given["title"], given["words"], given["source"], policy, treatment, base,
        given["dated"],
    )  # fmt: skip

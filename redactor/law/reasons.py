"""Reasons that officers may reuse, from ``resources/law`` and the authority's own folder.

They propose; people decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from redactor.config import resource_path, site_law_folder
from redactor.data_files import Tables, read_table, require_fields, wrong
from redactor.law.regimes import Regime
from redactor.model import Action

_FILE = "reasons.toml"
_FIELDS: Mapping[str, type] = {
    "group": str, "action": str, "title": str, "text": str, "regimes": list,
}  # fmt: skip
#: Disclosure is to the world under these two, so that what is said of one fits the other.
_TO_THE_WORLD = frozenset({Regime.FOI, Regime.EIR})


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason in plain English, to be changed to fit.

    Attributes:
        group: the group of labels it is offered for (``redactor.labels``).
        action: redact or keep.
        title: in a few words, for a list.
        text: the reason itself.
        regimes: the laws under which it is offered.
    """

    group: str
    action: Action
    title: str
    text: str
    regimes: frozenset[Regime] = _TO_THE_WORLD


def reasons() -> tuple[Reason, ...]:
    """Give every reason in the order in which they are offered, the authority's own last.

    Raises:
        UsageError: the authority's file cannot be used; the message names the file and the entry.
    """
    return _reasons_with(site_law_folder())


def reasons_for(
    group: str, action: Action, regime: Regime | str = Regime.FOI
) -> tuple[Reason, ...]:
    """Give the reasons for a group of labels under a law, then those that fit anything.

    Raises:
        UsageError: the authority's file cannot be used.
    """
    fitting = [one for one in reasons() if one.action is action and Regime(regime) in one.regimes]
    own = [one for one in fitting if one.group == group]
    general = [one for one in fitting if one.group == "manual"]
    return tuple(dict.fromkeys((*own, *general)))


@cache
def _reasons_with(of_site: Path) -> tuple[Reason, ...]:
    own = of_site / _FILE
    paths = [resource_path("law", _FILE), *([own] if own.is_file() else [])]
    return tuple(one for path in paths for one in _reasons(path))


def _reasons(path: Path) -> Iterator[Reason]:
    table = require_fields(path, "the file", read_table(path), {"reason": Tables})
    for number, given in enumerate(table.get("reason", ()), 1):
        entry = f"reason {number}"
        require_fields(path, entry, given, _FIELDS, ("group", "action", "title", "text"))
        if given["action"] not in set(Action):
            raise wrong(path, entry, f"“action” has to be one of {', '.join(Action)}")
        regimes = given.get("regimes", sorted(_TO_THE_WORLD))
        if not regimes or not set(regimes) <= set(Regime):
            raise wrong(path, entry, f"“regimes” has to be some of {', '.join(Regime)}")
        yield Reason(
            given["group"],
            Action(given["action"]),
            given["title"],
            given["text"],
            frozenset(map(Regime, regimes)),
        )

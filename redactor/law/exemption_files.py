"""Reading the grounds of a regime: the file that ships, and the authority's own beside it.

An authority's file has the same format. An entry with a citation that ships changes that limb: any
field but those that the law alone decides. An entry with another citation is a new limb, in full.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from redactor.data_files import Tables, read_table, require_fields, wrong
from redactor.law.citing import Cited, read_citation
from redactor.law.conflicts import Conflict, ConflictKind
from redactor.law.forms import Forms
from redactor.law.limbs import Exemption, Harm, Law, Repealed, Standing
from redactor.law.regimes import Regime

_HEADER: Mapping[str, type] = {
    "version": str, "stands_on": date, "in_force": date, "source": str,
    "exemption": Tables, "conflict": Tables, "repealed": Tables,
}  # fmt: skip
_FIELDS: Mapping[str, type] = {
    "citation": str, "label": str, "title": str, "standing": str, "test": str,
    "neither_confirm_nor_deny": bool, "record": str, "source": str, "section": str,
    "requires": list, "asks": list, "spares": list, "counterparts": list, "also": list,
    "letter": str, "in_force": date, "note": str,
}  # fmt: skip
_NEEDED = (
    "citation", "label", "title", "standing", "test", "record", "source", "section", "letter",
)  # fmt: skip
#: What an authority cannot change of a limb that ships.
_OF_THE_LAW = ("standing", "test", "neither_confirm_nor_deny", "section", "spares")
#: The question that no limb under which the public interest is weighed can do without.
_BALANCE = "interest_balance"
_CONFLICT: Mapping[str, type] = {
    "these": str, "those": str, "kind": str, "why": str, "source": str
}  # fmt: skip
_REPEALED: Mapping[str, type] = {"citation": str, "since": date, "instead": str, "source": str}
_LAWS = {Regime.FOI: "foi", Regime.EIR: "eir", Regime.SAR: "dpa", Regime.SAR_LE: "dpa"}


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    regime: Regime
    asked: Forms
    conflicts: tuple[Conflict, ...]
    in_force: date


def read_law(regime: Regime, asked: Forms, shipped: Path, of_site: Path) -> Law:
    """Read the grounds of a regime.

    Args:
        asked: the questions, which decide what may be required.
        shipped, of_site: the file that ships, and the authority's, which need not be there.

    Raises:
        UsageError: the authority's file cannot be used; the message names the file and the entry.
    """
    table = read_table(shipped)
    require_fields(shipped, "the file", table, _HEADER, ("version", "stands_on", "in_force"))
    own = read_table(of_site) if of_site.is_file() else {}
    require_fields(of_site, "the file", own, _HEADER)
    conflicts = tuple(
        _conflict(path, number, one)
        for path, given in ((shipped, table), (of_site, own))
        for number, one in enumerate(given.get("conflict", ()), 1)
    )
    file = _File(shipped, regime, asked, conflicts, table["in_force"])
    merged: dict[str, tuple[Path, dict[str, Any]]] = {}
    for one in table.get("exemption", ()):
        _add(merged, shipped, one)
    shipping = {name: dict(given) for name, (_, given) in merged.items()}
    changed: set[str] = set()
    for one in own.get("exemption", ()):
        changed.add(_merge(merged, shipping, changed, of_site, one))
    limbs = tuple(_exemption(file, path, one) for path, one in merged.values())
    return Law(
        table["version"],
        table["stands_on"],
        table.get("source", ""),
        limbs,
        conflicts,
        tuple(_repealed(shipped, one) for one in table.get("repealed", ())),
        frozenset(changed),
        _by_numbers(limbs, of_site),
    )


def _add(merged: dict[str, tuple[Path, dict[str, Any]]], path: Path, given: dict[str, Any]) -> str:
    name = str(given.get("citation", ""))
    entry = name or f"exemption {len(merged) + 1}"
    require_fields(path, entry, given, _FIELDS, _NEEDED)
    if name in merged:
        raise wrong(path, entry, "it is there twice")
    merged[name] = (path, given)
    return name


def _merge(
    merged: dict[str, tuple[Path, dict[str, Any]]],
    shipping: Mapping[str, dict[str, Any]],
    changed: set[str],
    path: Path,
    given: dict[str, Any],
) -> str:
    """Take up one entry of the authority's: a limb that it changes, or one that it adds."""
    name = str(given.get("citation", ""))
    if name not in shipping:
        return _add(merged, path, given)
    require_fields(path, name, given, _FIELDS, ("citation",))
    if name in changed:
        raise wrong(path, name, "it is there twice")
    before = shipping[name]
    for field in _OF_THE_LAW:
        if field in given and given[field] != before.get(field):
            raise wrong(path, name, f"“{field}” follows from the law and cannot be changed")
    kept = {
        field: list(dict.fromkeys([*before.get(field, ()), *given.get(field, ())]))
        for field in ("requires", "asks", "also")
    }
    merged[name] = (path, {**before, **given, **{k: v for k, v in kept.items() if v}})
    return name


def _exemption(file: _File, path: Path, given: Mapping[str, Any]) -> Exemption:
    name = given["citation"]
    for field, values in (("standing", Standing), ("test", Harm)):
        if given[field] not in set(values):
            raise wrong(path, name, f"“{field}” has to be one of {', '.join(values)}")
    standing, test = Standing(given["standing"]), Harm(given["test"])
    neither = given.get("neither_confirm_nor_deny", False)
    if given["label"] not in name:
        raise wrong(path, name, "“label” has to be a part of the citation")
    requires = _required(file, path, given)
    offered = [*given.get("asks", ()), *file.asked.offered[file.regime]]
    asks = _known(file, path, name, [one for one in offered if one not in requires])
    _require_gates(file, path, name, (*requires, *asks))
    return Exemption(
        name,
        given["label"],
        given["title"],
        standing,
        test,
        neither,
        given["record"],
        given["source"],
        file.regime,
        given["section"],
        requires,
        asks,
        tuple(one for one in file.conflicts if one.concerns(name)),
        tuple(given.get("counterparts", ())),
        given["letter"],
        given.get("in_force", file.in_force),
        given.get("note", ""),
        _cited(file, path, name, name),
        tuple(_cited(file, path, name, one) for one in given.get("also", ())),
    )


def _required(file: _File, path: Path, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Give what a limb requires: its own questions, then those of its legal test and standing."""
    always = file.asked.always
    keys = list(given.get("requires", ()))
    if given.get("neither_confirm_nor_deny"):
        keys += always["neither"]
    keys += [*always.get(given["test"], ()), *always.get(given["standing"], ())]
    spared = given.get("spares", ())
    if _BALANCE in spared:
        raise wrong(path, given["citation"], f"“{_BALANCE}” cannot be spared")
    kept = _known(file, path, given["citation"], [one for one in keys if one not in spared])
    if not kept:
        raise wrong(path, given["citation"], "“requires” is empty, so nothing would justify it")
    return kept


def _known(file: _File, path: Path, entry: str, keys: list[str]) -> tuple[str, ...]:
    if strange := [one for one in keys if one not in file.asked.questions]:
        raise wrong(path, entry, f"there is no question “{strange[0]}”")
    return tuple(dict.fromkeys(keys))


def _require_gates(file: _File, path: Path, entry: str, keys: tuple[str, ...]) -> None:
    """Refuse a question that depends on one that the limb does not ask before it."""
    for at, key in enumerate(keys):
        needed = {gate for one in file.asked.questions[key].when for gate in one}
        if unasked := sorted(needed - set(keys[:at])):
            raise wrong(
                path, entry, f"“{key}” depends on “{unasked[0]}”, which it has to ask before that"
            )


def _cited(file: _File, path: Path, entry: str, citation: str) -> Cited:
    read = read_citation(citation)
    if read is None:
        raise wrong(path, entry, "its citation cannot be read")
    return Cited(read.numbers, read.kind, read.law or _LAWS[file.regime])


def _conflict(path: Path, number: int, given: dict[str, Any]) -> Conflict:
    entry = f"conflict {number}"
    # A release has no citation, so that those of a conflict may be empty.
    checked = {k: v for k, v in given.items() if (k, v) != ("those", "")}
    require_fields(path, entry, checked, _CONFLICT, ("these", "kind", "why", "source"))
    if given["kind"] not in set(ConflictKind):
        raise wrong(path, entry, f"“kind” has to be one of {', '.join(ConflictKind)}")
    if "those" not in given:
        raise wrong(path, entry, "“those” is missing")
    return Conflict(**{**given, "kind": ConflictKind(given["kind"])})


def _repealed(path: Path, given: dict[str, Any]) -> Repealed:
    require_fields(path, "a repealed provision", given, _REPEALED, tuple(_REPEALED))
    return Repealed(**given)


def _by_numbers(limbs: tuple[Exemption, ...], of_site: Path) -> dict[str, tuple[Exemption, ...]]:
    found: dict[str, tuple[Exemption, ...]] = {}
    for limb in limbs:
        for cited in (limb.cited, *limb.also):
            beside = found.get(cited.numbers, ())
            if any(cited in (one.cited, *one.also) for one in beside):
                raise wrong(of_site, limb.citation, "another limb has the same citation")
            found[cited.numbers] = (*beside, limb)
    return found

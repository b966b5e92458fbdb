"""A derivation in words, for the officer's screen: cells by their names, totals by their labels."""

from __future__ import annotations

from collections.abc import Iterable

from redactor.numbers.audit.system import System, facts_of
from redactor.numbers.model import CellName, Fact
from redactor.numbers.verdicts import Derivation, End

#: More terms than this are not written out.
_MOST_TERMS = 12
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def say(
    system: System, derivations: Iterable[Derivation], known: tuple[CellName, int] | None = None
) -> list[str]:
    """Say how the ends of what a cell may be are found, a sentence for each.

    Args:
        known: the cell that an insider knows, with its count.
    """
    said: list[str] = []
    for one in derivations:
        simple, settled = _simple(system, one, known)
        if settled:
            return [simple]
        said.append(simple or _combined(system, one, known))
    return list(dict.fromkeys(said))


def _conclusion(derivation: Derivation) -> str:
    bound = "at most" if derivation.end is End.HIGH else "at least"
    return f"{derivation.cell} is {bound} {derivation.limit}"


def _simple(
    system: System, derivation: Derivation, known: tuple[CellName, int] | None
) -> tuple[str, bool]:
    """Say a total less its printed parts, and what that leaves for the hidden ones.

    Returns:
        The words, empty where it is not as simple as that; and whether only one number is left.
    """
    if not derivation.times:
        return f"{_conclusion(derivation)}, as it is printed.", False
    place, times = derivation.times[0]
    relations = system.release.relations
    once = (len(derivation.times), derivation.scale, abs(times)) == (1, 1, 1)
    if not once or place >= len(relations):
        return "", False
    relation = relations[place]
    numbers = dict(system.known)
    if known is not None:
        numbers[known[0]] = known[1]
    hidden = [part for part in relation.parts if part not in numbers]
    if relation.total not in numbers or derivation.cell not in hidden:
        return "", False
    shown = [numbers[part] for part in relation.parts if part in numbers]
    left = numbers[relation.total] - sum(shown)
    sums = "".join(f" - {one}" for one in shown if one)
    start = f"{relation.label or relation.total}: {numbers[relation.total]}{sums}"
    start = f"{start} = {left}" if sums else start
    count = _SMALL[len(hidden)] if len(hidden) < len(_SMALL) else str(len(hidden))
    if len(hidden) == 1:
        return f"{start} left for one hidden cell, so {derivation.cell} is {left}.", True
    limits = [system.interval(cell) for cell in hidden]
    floors = {one.low for one in limits}
    tops = {one.high for one in limits}
    if derivation.end is End.HIGH and len(floors) == 1:
        floor = floors.pop()
        bounds, forced = f"each at least {floor}", left == floor * len(hidden)
        each = floor
    elif derivation.end is End.LOW and len(tops) == 1 and None not in tops:
        top = tops.pop() or 0
        bounds, forced = f"each at most {top}", left == top * len(hidden)
        each = top
    else:
        return "", False
    everyone = "both" if len(hidden) == 2 else "all"
    so = f"{everyone} are {each}" if forced else _conclusion(derivation)
    return f"{start} left for {count} hidden cells, {bounds}, so {so}.", forced


def _combined(system: System, derivation: Derivation, known: tuple[CellName, int] | None) -> str:
    """Say several printed facts taken together, and what they leave."""
    facts = facts_of(system.release)
    sign = 1 if derivation.end is End.HIGH else -1
    taken = [
        f"{'+' if sign * times > 0 else '-'} {_often(abs(times))}{_name(system, place, facts)}"
        for place, times in derivation.times
    ]
    start = f"Taken together ({_list(taken)}): "
    limited = _limited(system, derivation, known, facts)
    if not limited:
        return f"{start}{_conclusion(derivation)}."
    rest = _list([f"{cell} {bound}" for cell, bound in limited])
    return f"{start}with {rest}, {_conclusion(derivation)}."


def _limited(
    system: System,
    derivation: Derivation,
    known: tuple[CellName, int] | None,
    facts: tuple[Fact, ...],
) -> list[tuple[CellName, str]]:
    """Give the hidden cells whose printed limits are used, with these limits."""
    sign = 1 if derivation.end is End.HIGH else -1
    left: dict[CellName, int] = {derivation.cell: sign * derivation.scale}
    for place, times in derivation.times:
        for cell, factor in facts[place].terms:
            left[cell] = left.get(cell, 0) - times * factor
    limited = []
    for cell, factor in left.items():
        if not factor or cell in system.known:
            continue
        if known is not None and cell == known[0]:
            limited.append((cell, f"known to be {known[1]}"))
            continue
        limits = system.interval(cell)
        limited.append((cell, f"at most {limits.high}" if factor > 0 else f"at least {limits.low}"))
    return limited


def _name(system: System, place: int, facts: tuple[Fact, ...]) -> str:
    relations = system.release.relations
    if place < len(relations):
        return relations[place].label or relations[place].total
    return facts[place].said or "what is printed of " + _list([c for c, _ in facts[place].terms])


def _often(times: int) -> str:
    return "" if times == 1 else f"{times} x "


def _list(items: list[str]) -> str:
    if len(items) > _MOST_TERMS:
        items = [*items[:_MOST_TERMS], f"{len(items) - _MOST_TERMS} more"]
    return ", ".join(items)

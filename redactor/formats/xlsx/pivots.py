"""Read pivot tables and the copies of whole data sets that lie behind them.

The cache keeps every row of the source, whether or not the pivot table shows it, and stays when
the source is deleted. Source of the markup: ECMA-376 part 1, 18.10.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from redactor.formats.hidden import Gathered, attributes_of, texts_of
from redactor.formats.package import Package, is_element, local_name
from redactor.model import HiddenKind

_KIND = HiddenKind.PIVOT_CACHE
_MISSING = ""
_ITEMS = frozenset({"s", "n", "d", "b", "e", "m"})
#: Rows are joined into segments of about this many characters.
_CHUNK = 2_000


def gather_cache(package: Package, part: str, gathered: Gathered) -> frozenset[str]:
    """Gather a pivot cache: its source, its fields with their values, and every row.

    Returns:
        The parts that were read.
    """
    root = package.tree(part)
    shared = [list(_shared_items(field)) for field in root.iter("{*}cacheField")]
    names = [str(field.get("name") or "") for field in root.iter("{*}cacheField")]
    gathered.add(_KIND, part, "\t".join(names), even_empty=True)
    items = {value for values in shared for value in values}
    words = [*texts_of(root), *(one for one in attributes_of(root) if one not in items)]
    gathered.add_all(_KIND, part, words)
    for name, values in zip(names, shared, strict=True):
        gathered.add_all(_KIND, f"{part}/{name}", values, part)
    records = package.related(part, "pivotCacheRecords")
    for one in records:
        _gather_rows(package, one, shared, part, gathered)
    return frozenset({part, *records})


def _shared_items(field: etree._Element) -> Iterator[str]:
    for group in field.iter("{*}sharedItems", "{*}groupItems"):
        for item in group:
            if is_element(item) and local_name(item) in _ITEMS:
                yield _value(item)


def _value(item: etree._Element) -> str:
    return str(item.get("v") or item.get("c") or _MISSING)


def _gather_rows(
    package: Package, part: str, shared: list[list[str]], container: str, gathered: Gathered
) -> None:
    lines: list[str] = []
    length = count = 0
    for row in package.rows(part, "{*}r"):
        count += 1
        lines.append("\t".join(_cells(row, shared)))
        length += len(lines[-1]) + 1
        if length > _CHUNK:
            gathered.add(_KIND, part, "\n".join(lines), container)
            lines, length = [], 0
    gathered.add(_KIND, part, "\n".join(lines), container)
    gathered.count(_KIND, container, count, "rows")


def gather_stray_rows(package: Package, part: str, sheet: str, gathered: Gathered) -> None:
    """Gather the rows of a cache that no cache definition points at."""
    del sheet
    _gather_rows(package, part, [], part, gathered)


def _cells(row: etree._Element, shared: list[list[str]]) -> Iterator[str]:
    for place, item in enumerate(one for one in row if is_element(one)):
        value = _value(item)
        if local_name(item) == "x":  # the number of a shared value
            known = shared[place] if place < len(shared) else []
            value = known[int(value)] if value.isdigit() and int(value) < len(known) else value
        yield value


def gather_table(package: Package, part: str, gathered: Gathered) -> None:
    """Gather the names, captions and items of a pivot table, beside its cache."""
    cache = next(iter(package.related(part, "pivotCacheDefinition")), part)
    root = package.tree(part)
    gathered.add_all(_KIND, part, [*texts_of(root), *attributes_of(root)], cache)

"""Hidden content in the words of people who never saw the inside of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from redactor.model import HiddenKind, Segment, Tally


@dataclass(frozen=True, slots=True)
class Noun:
    """What one thing of a kind is called.

    Attributes:
        counts_places: things of this kind are counted by the places they stand in, and hold
            something (a pivot cache holds rows); others are counted one by one (comments).
        has_sorts: what is counted are sorts of the thing (comments and stamps, of annotations).
    """

    one: str
    many: str
    counts_places: bool = False
    has_sorts: bool = False


#: Plurals that do not end in a mere s.
_SINGULAR = {"replies": "reply", "small copies": "small copy", "properties": "property"}
_KINDS: dict[HiddenKind, Noun] = {
    HiddenKind.HIDDEN_SHEET: Noun("hidden sheet", "hidden sheets", counts_places=True),
    HiddenKind.VERY_HIDDEN_SHEET: Noun(
        "very hidden sheet", "very hidden sheets", counts_places=True
    ),
    HiddenKind.HIDDEN_ROW: Noun("hidden row", "hidden rows"),
    HiddenKind.HIDDEN_COLUMN: Noun("hidden column", "hidden columns"),
    HiddenKind.HIDDEN_FORMAT: Noun("cell that is not seen", "cells that are not seen"),
    HiddenKind.FORMULA: Noun("formula", "formulas"),
    HiddenKind.COMMENT: Noun("comment", "comments"),
    HiddenKind.PERSON_LIST: Noun("list of people", "lists of people", counts_places=True),
    HiddenKind.DEFINED_NAME: Noun("defined name", "defined names"),
    HiddenKind.PIVOT_CACHE: Noun("pivot cache", "pivot caches", counts_places=True),
    HiddenKind.EXTERNAL_LINK: Noun(
        "link to another file", "links to other files", counts_places=True
    ),
    HiddenKind.DATA_VALIDATION: Noun("list of allowed values", "lists of allowed values"),
    HiddenKind.CONDITIONAL_FORMAT: Noun("conditional format", "conditional formats"),
    HiddenKind.FILTER: Noun("filter", "filters"),
    HiddenKind.SCENARIO: Noun("scenario", "scenarios"),
    HiddenKind.CONNECTION: Noun("data connection", "data connections"),
    HiddenKind.DATA_MODEL: Noun("data model", "data models", counts_places=True),
    HiddenKind.CHART: Noun("chart", "charts", counts_places=True),
    HiddenKind.CHART_CACHE: Noun(
        "chart with a copy of its data", "charts with copies of their data", counts_places=True
    ),
    HiddenKind.TEXT_BOX: Noun("text box or drawn shape", "text boxes or drawn shapes"),
    HiddenKind.PICTURE: Noun(
        "picture with data of its own", "pictures with data of their own", counts_places=True
    ),
    HiddenKind.HEADER_FOOTER: Noun("header or footer", "headers or footers"),
    HiddenKind.LINK: Noun("link", "links"),
    HiddenKind.ALT_TEXT: Noun("alternative text", "alternative texts"),
    HiddenKind.MACRO: Noun("macro module", "macro modules"),
    HiddenKind.EMBEDDED_FILE: Noun("embedded file", "embedded files", counts_places=True),
    HiddenKind.CUSTOM_XML: Noun("piece of custom XML", "pieces of custom XML"),
    HiddenKind.METADATA: Noun("property", "properties"),
    HiddenKind.THUMBNAIL: Noun("thumbnail", "thumbnails", counts_places=True),
    HiddenKind.TRACKED_INSERTION: Noun("tracked insertion", "tracked insertions"),
    HiddenKind.TRACKED_DELETION: Noun("tracked deletion", "tracked deletions"),
    HiddenKind.TRACKED_MOVE: Noun("tracked move", "tracked moves"),
    HiddenKind.HIDDEN_TEXT: Noun("passage of hidden text", "passages of hidden text"),
    HiddenKind.COVERED_TEXT: Noun(
        "passage under a box or picture", "passages under boxes or pictures"
    ),
    HiddenKind.FIELD_CODE: Noun("field code", "field codes"),
    HiddenKind.SETTINGS: Noun("setting that holds words", "settings that hold words"),
    HiddenKind.ANNOTATION: Noun("annotation", "annotations", has_sorts=True),
    HiddenKind.FORM_FIELD: Noun("form field", "form fields"),
    HiddenKind.BOOKMARK: Noun("bookmark", "bookmarks"),
    HiddenKind.STRUCTURE: Noun("text of the structure", "texts of the structure"),
    HiddenKind.JAVASCRIPT: Noun("script", "scripts"),
    HiddenKind.HIDDEN_LAYER: Noun(
        "layer, by its name or what it hides", "layers, by their names or what they hide"
    ),
    HiddenKind.OFF_PAGE: Noun("text off the page", "texts off the page"),
    HiddenKind.OLD_REVISION: Noun(
        "earlier version, or a trace of one", "earlier versions, or traces of them"
    ),
    HiddenKind.SIGNATURE: Noun("digital signature", "digital signatures", counts_places=True),
    HiddenKind.PREAMBLE: Noun("line before the data", "lines before the data"),
    HiddenKind.OTHER: Noun("other piece of hidden text", "other pieces of hidden text"),
}


@dataclass(frozen=True, slots=True)
class HiddenLine:
    """All of one kind in one document.

    Attributes:
        words: with its count (``2 pivot caches holding 9,483 rows``).
        count: how many things of the kind there are.
        places: where they stand; sheets may be named after people.
    """

    kind: HiddenKind
    words: str
    count: int
    places: tuple[str, ...] = field(repr=False)


def hidden_lines(segments: Iterable[Segment], tallies: Sequence[Tally]) -> tuple[HiddenLine, ...]:
    """Say what is hidden, a line a kind, in the order of the kinds.

    Args:
        segments: of the document; those that are seen are passed over.
        tallies: what the reader counted. What it did not count is counted by pieces of text.
    """
    pieces: dict[HiddenKind, Counter[str]] = {}
    for segment in segments:
        if segment.hidden is not None:
            place = segment.container or segment.id.removeprefix("part:")
            pieces.setdefault(segment.hidden, Counter())[place] += 1
    counted: dict[HiddenKind, list[Tally]] = {}
    for tally in tallies:
        counted.setdefault(tally.kind, []).append(tally)
    return tuple(
        _line(kind, counted.get(kind, []), pieces.get(kind, Counter()))
        for kind in HiddenKind
        if kind in counted or kind in pieces
    )


def _line(kind: HiddenKind, tallies: Sequence[Tally], pieces: Counter[str]) -> HiddenLine:
    noun = _KINDS[kind]
    places = tuple(dict.fromkeys([*(one.place for one in tallies), *pieces]))
    units: Counter[str] = Counter()
    for one in tallies:
        units[one.unit] += one.count
    if noun.has_sorts and units:
        return HiddenLine(kind, _by_sorts(noun, units), units.total(), places)
    own = _own(noun, units)
    if noun.counts_places:
        count = max(own, len(places))
    else:
        count = own or (max(units.values()) if units else pieces.total())
        if not own and units:
            unit, many = units.most_common(1)[0]
            return HiddenLine(kind, f"{number(many, unit)} of {noun.many}", many, places)
    holding = " and ".join(number(many, unit) for unit, many in units.items() if many)
    words = number(count, noun.one if count == 1 else noun.many)
    return HiddenLine(kind, f"{words} holding {holding}" if holding else words, count, places)


def _own(noun: Noun, units: Counter[str]) -> int:
    """Take out the count of the things themselves, by whichever word of the noun they go."""
    words = (noun.many.split()[-1], noun.many, noun.many.partition(",")[0], noun.many.split()[0])
    return next((many for word in words if (many := units.pop(word, 0))), 0)


def _by_sorts(noun: Noun, units: Counter[str]) -> str:
    """Say how many things of each sort there are, the most frequent first."""
    total = units.total()
    *others, last = [number(many, unit) for unit, many in units.most_common()]
    said = f"{', '.join(others)} and {last}" if others else last
    return f"{number(total, noun.one if total == 1 else noun.many)}: {said}"


def number(count: int, thing: str) -> str:
    """Give a number of things; a plural in s is made singular where there is one."""
    if count != 1:
        return f"{count:,} {thing}"
    if thing in _SINGULAR:
        return f"1 {_SINGULAR[thing]}"
    first, _, rest = thing.partition(" ")
    if first.endswith("s"):
        return f"1 {first[:-1]}{f' {rest}' if rest else ''}"
    return f"1 {thing[:-1] if thing.endswith('s') else thing}"


def noun_of(kind: HiddenKind) -> Noun:
    """Give what things of a kind are called."""
    return _KINDS[kind]

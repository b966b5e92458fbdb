"""Pages, cells, sheets and documents without a redaction where their neighbours have many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from redactor.model import CellPlace, FieldPlace, PagePlace, Segment, Span
from redactor.second_look.cover import Cover, Stand
from redactor.second_look.model import Lead, LeadKind, LookedAt, key_of_lead
from redactor.second_look.patterns import letters_of

#: A page on either side has at least so many redactions.
_MANY_ON_A_PAGE = 3
#: A page of fewer words is a title or a blank.
_WORDS_OF_A_PAGE = 40
#: A column of so many cells, of which so large a share is redacted.
_CELLS_OF_A_COLUMN, _SHARE_OF_A_COLUMN = 8, 0.8
#: The other sheets, or the other documents, have at least so many each.
_MANY_IN_OTHERS = 5
_OTHERS = 2


def gaps(documents: Sequence[LookedAt], covers: Mapping[int, Cover]) -> Iterator[Lead]:
    """Give what has no redaction where others like it have many. None of it is sure."""
    for document in documents:
        cover = covers[document.number]
        yield from _pages(document, cover)
        yield from _columns(document, cover)
        yield from _sheets(document, cover)
    yield from _documents(documents, covers)


def _pages(document: LookedAt, cover: Cover) -> Iterator[Lead]:
    pages = [
        one for one in document.segments if isinstance(one.place, PagePlace) and one.hidden is None
    ]
    counts = [cover.redacted[one.key] for one in pages]
    for at in range(1, len(pages) - 1):
        beside = min(counts[at - 1], counts[at + 1])
        if counts[at] or beside < _MANY_ON_A_PAGE:
            continue
        if len(pages[at].text.split()) >= _WORDS_OF_A_PAGE:
            why = f"nothing is redacted here, and {beside} or more places on either page beside it"
            yield _whole(document, pages[at].id, why)


def _columns(document: LookedAt, cover: Cover) -> Iterator[Lead]:
    """A cell that is left in a column in which nearly every other is redacted."""
    columns: dict[tuple[str, int], list[Segment]] = defaultdict(list)
    for one in document.segments:
        if isinstance(one.place, (CellPlace, FieldPlace)) and one.hidden is None and one.text:
            sheet = one.place.sheet if isinstance(one.place, CellPlace) else ""
            columns[sheet, one.place.column].append(one)
    for cells in columns.values():
        below = cells[1:]  # the first is the heading
        redacted = [one for one in below if cover.redacted[one.key]]
        if len(below) < _CELLS_OF_A_COLUMN or len(redacted) < _SHARE_OF_A_COLUMN * len(below):
            continue
        for one in below:
            end = len(one.text)
            if not cover.redacted[one.key] and cover.stand(one.key, 0, end) is Stand.OPEN:
                why = f"{len(redacted):,} of {len(below):,} cells in its column are redacted"
                yield _cell(document, one, why)


def _cell(document: LookedAt, one: Segment, why: str) -> Lead:
    name, column = one.key
    key = key_of_lead(document.sha256, ("cell", name, column), letters_of(one.text), ())
    target = Span(name, 0, len(one.text), column)
    number = document.number
    return Lead(
        key, LeadKind.EMPTY, why, number, target, name, (), is_sure=False, text=one.text
    )  # fmt: skip


def _sheets(document: LookedAt, cover: Cover) -> Iterator[Lead]:
    counts: dict[str, int] = defaultdict(int)
    filled: dict[str, int] = defaultdict(int)
    for one in document.segments:
        if isinstance(one.place, CellPlace) and one.hidden is None:
            counts[one.place.sheet] += cover.redacted[one.key]
            filled[one.place.sheet] += 1
    many = [count for count in counts.values() if count >= _MANY_IN_OTHERS]
    if len(many) < _OTHERS:
        return
    for sheet, count in counts.items():
        if not count and filled[sheet] >= _CELLS_OF_A_COLUMN:
            why = f"nothing is redacted on this sheet, and much on {len(many)} others beside it"
            yield _whole(document, f"sheet:{sheet}", why)


def _documents(documents: Sequence[LookedAt], covers: Mapping[int, Cover]) -> Iterator[Lead]:
    totals = {one.number: sum(covers[one.number].redacted.values()) for one in documents}
    sizes = {one.number: _size(one) for one in documents}
    many = [number for number, total in totals.items() if total >= _MANY_IN_OTHERS]
    if len(many) < _OTHERS:
        return
    usual = median(sizes[number] for number in many)
    for one in documents:
        if not totals[one.number] and sizes[one.number] * 2 >= usual:
            why = f"nothing is redacted in it, and much in {len(many)} other documents of its size"
            yield _whole(one, "", why)


def _size(document: LookedAt) -> int:
    return sum(len(one.text) for one in document.segments if one.hidden is None)


def _whole(document: LookedAt, place: str, why: str) -> Lead:
    key = key_of_lead(document.sha256, ("whole", place), "", ())
    return Lead(key, LeadKind.EMPTY, why, document.number, None, place, (), is_sure=False)

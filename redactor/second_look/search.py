"""The search itself: once through everything that was read."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from redactor.events import Mark
from redactor.matching import as_misread
from redactor.model import (
    CellPlace,
    Decision,
    FieldPlace,
    LinePlace,
    PartPlace,
    Progress,
    Report,
    Segment,
    SegmentKey,
    Span,
    column_letters,
    quiet,
)
from redactor.nicknames import is_ordinary
from redactor.second_look.cover import Cover, Stand
from redactor.second_look.gaps import gaps
from redactor.second_look.linked import Beside, add_linked
from redactor.second_look.model import FILE_NAME, Lead, LeadKind, LookedAt, key_of_lead
from redactor.second_look.near import NearWords
from redactor.second_look.patterns import (
    MOST_NEAR,
    SCANNED,
    Known,
    Patterns,
    Way,
    by_document,
    letters_of,
)
from redactor.second_look.words import (
    Run,
    pieces_of,
    runs_of,
    without_possessive,
    words_of,
)

_FUZZY = Way(LeadKind.FUZZY, "it differs in a letter or two from a redacted name", is_sure=False)
_KEPT = Way(LeadKind.UNEVEN, "it is kept here, and redacted elsewhere", is_sure=False)
#: A line of so few words is an entry of a list.
_WORDS_OF_AN_ENTRY = 3
#: So many numbers of one column are shown as the column.
_MANY_IN_A_COLUMN = 10
#: Segments between two looks at whether the person wants to stop.
_PORTION = 500


def second_look(
    documents: Sequence[LookedAt],
    marks: Iterable[Mark],
    decisions: Mapping[int, Decision],
    strict: frozenset[str] = frozenset(),
    report: Report = quiet,
) -> tuple[Lead, ...]:
    """Find every place near something redacted that is not redacted itself.

    Args:
        marks: of the whole case.
        decisions: that stand, by mark.
        strict: the texts that say the same wherever they stand (``release.plan``), as
            ``letters_of`` gives them.
        report: told of progress; may raise ``Cancelled``.

    Returns:
        The leads, document by document in reading order, those of whole places at the end.
    """
    found = list(marks)
    sorted_marks = by_document(found)
    covers = {one.number: Cover(sorted_marks.get(one.number, ()), decisions) for one in documents}
    patterns = Patterns(found, decisions, strict)
    beside = add_linked(patterns, documents, sorted_marks, covers)
    search = _Search(patterns, beside)
    leads: list[Lead] = []
    for done, document in enumerate(documents):
        report(Progress(done, len(documents), f"looking through document {document.number}"))
        leads += _columns_as_one(document, search.look(document, covers[document.number], report))
    leads += gaps(documents, covers)
    return tuple(leads)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text to look through, wherever it stands."""

    key: SegmentKey
    text: str = field(repr=False)
    hidden: str | None
    is_entry: bool


@dataclass(frozen=True, slots=True)
class _Match:
    """A place that reads like something redacted."""

    start: int
    end: int
    known: Known
    way: Way

    @property
    def rank(self) -> tuple[bool, int, tuple[bool, int]]:
        """Order matches at one place: the surest first, then the longest."""
        return not self.way.is_sure, self.start - self.end, self.way.rank


class _Search:
    """What is looked for, ready to be looked for in one text after another."""

    def __init__(self, patterns: Patterns, beside: Beside) -> None:
        self._patterns = patterns
        self._beside = beside
        self._heads, self._longest = patterns.heads, patterns.longest
        self._near = NearWords(patterns.names)
        self._near_of: dict[str, tuple[str, ...]] = {}
        #: Cells repeat themselves.
        self._seen: dict[tuple[str, bool], tuple[_Match, ...]] = {}

    def look(self, document: LookedAt, cover: Cover, report: Report) -> Iterator[Lead]:
        """Give the leads of one document."""
        for done, one in enumerate(_texts(document)):
            if done % _PORTION == 0:
                report(None)
            if matches := self._matches(one):
                yield from self._leads(document, cover, one, matches)

    # --- what reads like something redacted ---------------------------------------------------

    def _matches(self, one: _Text) -> tuple[_Match, ...]:
        if len(one.text) > 200:
            return tuple(self._match(one.text, is_entry=one.is_entry))
        known = self._seen.get((one.text, one.is_entry))
        if known is None:
            known = tuple(self._match(one.text, is_entry=one.is_entry))
            self._seen[one.text, one.is_entry] = known
        return known

    def _match(self, text: str, *, is_entry: bool) -> Iterator[_Match]:
        for run in runs_of(pieces_of(text), self._heads, self._longest):
            match = self._read(run, text, is_entry=is_entry)
            if match is not None:
                yield match
        for start, end, word in words_of(text):
            if is_entry or word[:1].isupper():
                yield from self._written_wrongly(start, end, word)

    def _read(self, run: Run, text: str, *, is_entry: bool) -> _Match | None:
        known = self._patterns.by_text.get(run.folded)
        way = known.way if known is not None else None
        if known is None:
            known = self._patterns.scanned.get(as_misread(run.folded))
            if known is None or run.folded.isdigit() or known.way.kind is LeadKind.LINKED:
                return None
            way = Way(LeadKind.VARIANT, SCANNED, known.way.is_sure, known.way.capital)
        if way is None or not _counts(way, run, text, is_entry=is_entry):
            return None
        if not way.is_sure and _follows_title(run, text):
            way = Way(way.kind, way.why, is_sure=True)
        return _Match(run.start, run.end, known, way)

    def _written_wrongly(self, start: int, end: int, word: str) -> Iterator[_Match]:
        folded = letters_of(word)
        near = self._near_of.get(folded)
        if near is None:
            near = () if folded in self._patterns.names else self._near.near(folded)
            near = () if near and is_ordinary(folded) else near
            self._near_of[folded] = near
        if near:
            yield _Match(start, end, self._together(near), _FUZZY)

    def _together(self, names: Iterable[str]) -> Known:
        each = [self._patterns.names[name] for name in names]
        texts = {text for one in each for text in one.near}
        marks = list(dict.fromkeys(mark for one in each for mark in one.marks))
        return Known(_FUZZY, texts, marks[:MOST_NEAR])

    # --- which of it is a lead ----------------------------------------------------------------

    def _leads(
        self, document: LookedAt, cover: Cover, one: _Text, matches: Iterable[_Match]
    ) -> Iterator[Lead]:
        standing = (self._standing(document, cover, one, each) for each in matches)
        chosen = _apart(match for match in standing if match is not None)
        counted = Counter(letters_of(one.text[each.start : each.end]) for each in chosen)
        for match in chosen:
            words = letters_of(one.text[match.start : match.end])
            if cover.boxed(one.key, words) < counted[words]:
                yield _lead(document, one, match, words)

    def _standing(
        self, document: LookedAt, cover: Cover, one: _Text, match: _Match
    ) -> _Match | None:
        """Give a match as it counts where it stands; None where somebody decided on it already."""
        stand = cover.stand(one.key, match.start, match.end)
        if stand is Stand.OPEN:
            return match
        if stand is not Stand.KEPT or one.hidden is not None:
            return None
        if match.way.kind is LeadKind.SAME_WORDS:
            return _Match(match.start, match.end, match.known, _KEPT)
        seen = self._beside.holds(document.number, one.key, match.start, match.end)
        return match if match.way.kind is LeadKind.LINKED and not seen else None


def _texts(document: LookedAt) -> Iterator[_Text]:
    """Give everything of a document that holds words, its own name first."""
    stem = PurePath(document.name).stem
    yield _Text((FILE_NAME, None), stem, None, is_entry=True)
    for one in document.segments:
        if one.text:
            hidden = str(one.hidden) if one.hidden is not None else None
            yield _Text(one.key, one.text, hidden, is_entry=_is_entry(one))


def _is_entry(one: Segment) -> bool:
    """Say whether a text stands in a list, where names are often written small."""
    match one.place:
        case CellPlace() | FieldPlace():
            return True
        case LinePlace() | PartPlace():
            return len(one.text) <= 60 and len(one.text.split()) <= _WORDS_OF_AN_ENTRY
        case _:
            return False


def _counts(way: Way, run: Run, text: str, *, is_entry: bool) -> bool:
    """Say whether a run is written as this way of writing asks."""
    if way.capital and not is_entry and not text[run.start].isupper():
        return False
    if not way.apart:
        return True
    if run.pieces == 1:
        beside = (text[run.end : run.end + 1], text[max(0, run.start - 1) : run.start])
        return len(run.folded) > 3 and "@" in beside
    words = text[run.start : run.end]
    if len(run.folded) <= 3:  # initials
        return words.isupper() and run.pieces == len(run.folded)
    return without_possessive(words) == words  # Okoro's is no S Okoro


#: What stands before a surname. Enough of them: the surname is found without one, too.
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "pc", "ps", "dc", "ds", "di", "dci", "sgt", "insp"}
)


def _follows_title(run: Run, text: str) -> bool:
    """Say whether a title stands before a name, which makes a common word a name: ``Mr Brown``."""
    before = text[max(0, run.start - 12) : run.start].split()
    return bool(before) and before[-1].strip(".").casefold() in _TITLES


def _apart(matches: Iterable[_Match]) -> list[_Match]:
    """Choose of matches over one another the surest, then the longest; in reading order."""
    chosen: list[_Match] = []  # in reading order
    for match in sorted(matches, key=lambda one: (one.rank, one.start)):
        at = bisect_left(chosen, match.start, key=lambda one: one.start)
        after, before = chosen[at : at + 1], chosen[max(0, at - 1) : at]
        if all(match.end <= one.start or one.end <= match.start for one in (*before, *after)):
            chosen.insert(at, match)
    return chosen


def _lead(document: LookedAt, one: _Text, match: _Match, words: str) -> Lead:
    segment, column = one.key
    place = ("text", segment, column, match.start, match.end)
    return Lead(
        key_of_lead(document.sha256, place, words, match.known.near),
        match.way.kind,
        match.way.why,
        document.number,
        Span(segment, match.start, match.end, column),
        segment,
        tuple(match.known.marks),
        is_sure=match.way.is_sure and one.hidden is None,
        hidden=one.hidden,
        text=one.text[match.start : match.end],
    )


def _columns_as_one(document: LookedAt, leads: Iterable[Lead]) -> Iterator[Lead]:
    """Show many numbers of one column, each beside a redacted name, as the column they are."""
    linked: dict[tuple[str, int], list[Lead]] = defaultdict(list)
    columns = {one.key: _column_of(one) for one in document.segments}
    for lead in leads:
        column = columns.get(lead.target.key) if lead.target is not None else None
        if lead.kind is LeadKind.LINKED and column is not None and lead.hidden is None:
            linked[column].append(lead)
        else:
            yield lead
    for (sheet, position), each in linked.items():
        if len(each) < _MANY_IN_A_COLUMN:
            yield from each
            continue
        place = f"{sheet}:{column_letters(position)}"
        why = f"{len(each):,} numbers in this column stand beside redacted names"
        key = key_of_lead(document.sha256, ("column", place), "", (one.key for one in each))
        number, near = document.number, each[0].near
        yield Lead(key, LeadKind.LINKED, why, number, None, place, near, is_sure=False)


def _column_of(one: Segment) -> tuple[str, int] | None:
    match one.place:
        case CellPlace(sheet, _, column):
            return f"sheet:{sheet}", column
        case FieldPlace(_, column):
            return "rows", column
        case _:
            return None

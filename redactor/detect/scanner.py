"""The scan of one document: passages through the engine, finds back to segments, then the whole."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from redactor.detect import Batch, ScanOptions, recognisers
from redactor.detect.columns import whole_cell
from redactor.detect.engine import build_engine
from redactor.detect.never import Never
from redactor.detect.normal import Normal, normalise
from redactor.detect.passages import Passage, Piece, passages_of
from redactor.detect.propagate import People
from redactor.detect.propagate_ids import Numbers
from redactor.detect.recognise.lists import list_recognisers, misread_recognisers
from redactor.detect.recognise.site import UnusableModel, site_recogniser
from redactor.detect.recognise.tables import in_tabs
from redactor.detect.resolve import Claimed, Found, resolve
from redactor.detect.rules import CELL_BREAK, FLOOR, KEPT, LEARNT, SCORE_KEY, WHY_KEY, Recogniser
from redactor.detect.seniority import Officials
from redactor.detect.shares import Searched, Share, unpacked
from redactor.detect.site_models import SiteModel
from redactor.detect.somebody import about_somebody, speaks_of_nobody
from redactor.model import Document, Finding, HiddenKind, Incomplete, Proposal, Segment

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, RecognizerResult

log = logging.getLogger(__name__)

_KEPT = f"{KEPT}@"
#: Hidden content that programs write, for programs: what learnt from people's writing reads names
#: into it. The rules know a name there by its word or its list.
_NOT_WRITTEN = frozenset(
    {
        HiddenKind.FORMULA,
        HiddenKind.DEFINED_NAME,
        HiddenKind.CONDITIONAL_FORMAT,
        HiddenKind.CONNECTION,
        HiddenKind.MACRO,
        HiddenKind.METADATA,
        HiddenKind.SETTINGS,
        HiddenKind.FIELD_CODE,
        HiddenKind.JAVASCRIPT,
        HiddenKind.SIGNATURE,
    }
)
#: How many characters are analysed before findings are handed over.
_HAND_OVER = 40_000
#: And before the first are, so that there is soon something to look at.
_FIRST = 8_000


class Detector:
    """The engine with its recognisers; built once for each setting in a worker."""

    def __init__(self, *, names: bool, model: bool, site: tuple[SiteModel, ...] = ()) -> None:
        loaded, self.unusable = _loaded(site)
        self.recognisers: Sequence[Recogniser] = (*recognisers(names=names, model=model), *loaded)
        self.engine: AnalyzerEngine = build_engine(self.recognisers)
        rules = [one for one in self.recognisers if not one.TRAINED]
        self.engine_of_rules = (
            build_engine(rules) if len(rules) < len(self.recognisers) else self.engine
        )

    def analyse(
        self,
        text: str,
        context: list[str],
        listed: Sequence[Recogniser] = (),
        *,
        written: bool = True,
    ) -> tuple[list[RecognizerResult], list[str]]:
        """Analyse a normalised text.

        Args:
            listed: recognisers of the lists in use, which join the others for this call.
            written: people wrote it, to be read; else only the rules look at it.

        Returns:
            Presidio's results, and the names of the patterns that ran out of time.
        """
        ad_hoc = list(listed) or None
        engine = self.engine if written else self.engine_of_rules
        results = engine.analyze(text, "en", context=context, ad_hoc_recognizers=ad_hoc)
        return results, _stalled((*self.recognisers, *listed))

    def only_listed(
        self, text: str, context: list[str], listed: Sequence[Recogniser]
    ) -> tuple[list[RecognizerResult], list[str]]:
        """Look only for what is listed, as ``analyse`` does for everything."""
        results = [found for one in listed for found in one.analyze(text, [], None)]
        return [one for one in results if one.score >= FLOOR], _stalled(listed)


def _loaded(site: Sequence[SiteModel]) -> tuple[list[Recogniser], tuple[str, ...]]:
    """Load the models of the site; gives the names of those that cannot be used as well."""
    loaded: list[Recogniser] = []
    unusable: list[str] = []
    for model in site:
        try:
            loaded.append(site_recogniser(model))
        except UnusableModel as error:
            log.warning("a model of the site cannot be used")
            unusable.append(f"{model.name}: {error}")
    return loaded, tuple(unusable)


@lru_cache(maxsize=2)
def detector(*, names: bool, model: bool, site: tuple[SiteModel, ...] = ()) -> Detector:
    """Give the detector for a setting."""
    return Detector(names=names, model=model, site=site)


def scan_document(
    document: Document, options: ScanOptions, share: Share | None = None
) -> Iterator[Batch]:
    """Scan a document; see ``redactor.detect.scan``."""
    run = _Run(document, options, share)
    size, enough = 0, _FIRST
    for group in _passages(document):
        run.look_ahead(group)
        for number, passage in group:
            run.take_in(number, passage)
            size += len(passage.text)
            if size >= enough:
                yield run.batch()
                size, enough = 0, _HAND_OVER
    yield run.batch()
    if options.names:
        run.look_again()
    run.let_go()
    yield run.batch(finished=True)


def search_share(
    document: Document, options: ScanOptions, first: int
) -> Iterator[tuple[int, Searched]]:
    """Search the passages that begin at a segment or after it, for the worker that scans the rest.

    Yields:
        The number of each passage in the document, and what was found in it.
    """
    searcher = _Searcher(document, options)
    for group in _passages(document):
        for number, passage in group:
            if _begins_at(passage) >= first:
                yield number, searcher.search(passage)


_Numbered = tuple[int, Passage]


def _passages(document: Document) -> Iterator[list[_Numbered]]:
    """Give the passages of a document, numbered: the same wherever it is read."""
    numbers = count()
    for group in passages_of(document.segments, CELL_BREAK):
        yield [(next(numbers), passage) for passage in group]


def _begins_at(passage: Passage) -> int:
    return passage.pieces[0].segments[0]


class _Searcher:
    """Searches the passages of one document, each by itself."""

    def __init__(self, document: Document, options: ScanOptions) -> None:
        self._segments = document.segments
        site = options.site if options.names else ()
        self.detector = detector(
            names=options.names, model=options.names and options.model, site=site
        )
        self._listed = list_recognisers(options.lists)
        self._misread = misread_recognisers(options.lists)

    def search(self, passage: Passage) -> Searched:
        """Search a passage; where its column says all, only for what is listed."""
        if passage.settled and not self._listed:
            return Searched([], [])
        normal = normalise(passage.text)
        if not normal.text:
            return Searched([], [])
        context = [passage.column.heading] if passage.column and passage.column.heading else []
        listed = self._listed
        if self._segments[_begins_at(passage)].read_from is not None:
            listed = (*listed, *self._misread)
        if passage.settled:
            results, stalled = self.detector.only_listed(normal.text, context, listed)
        else:
            written = self._segments[_begins_at(passage)].hidden not in _NOT_WRITTEN
            results, stalled = self.detector.analyse(normal.text, context, listed, written=written)
        if normal.tabbed and not passage.settled:
            results = [*results, *in_tabs(normal.tabbed)]
        return Searched([_found(result, normal) for result in results], stalled)


class _Run:
    """What is known while one document is scanned."""

    def __init__(self, document: Document, options: ScanOptions, share: Share | None) -> None:
        self._segments = document.segments
        self._options = options
        self._searcher = _Searcher(document, options)
        self._share = share
        self._known: dict[int, Searched] = {}
        self._never = Never(options.lists)
        self._nobody = options.names and speaks_of_nobody(document.segments)
        self._people = People()
        self._officials = Officials(document.segments if options.names else ())
        self._numbers = Numbers()
        self._claimed: dict[int, Claimed] = {}
        self._held: list[tuple[int, Found]] = []
        self._waiting: list[tuple[int, Finding]] = []
        self._incomplete = [_not_used(name) for name in self._searcher.detector.unusable]
        self._done = 0

    def take_in(self, number: int, passage: Passage) -> None:
        """Analyse a passage and keep what it gives."""
        finds, stalled = self._searched(number, passage)
        place = self._segments[_begins_at(passage)].id
        self._incomplete.extend(
            Incomplete(place, f"A search did not finish ({name}).") for name in stalled
        )
        for piece, inside in _by_piece(passage.pieces, finds):
            self._settle(passage, piece, inside)
        self._done += passage.segment_count

    def look_ahead(self, group: Sequence[_Numbered]) -> None:
        """Before another worker is waited for, search what else of a group is not its share."""
        share = self._share
        if share is None or all(_begins_at(passage) < share.first for _, passage in group):
            return
        for number, passage in group:
            if _begins_at(passage) < share.first:
                self._known[number] = self._searcher.search(passage)
        self._known |= unpacked(share.told())
        self._share = None

    def _searched(self, number: int, passage: Passage) -> Searched:
        """Give what is in a passage: as it is known already, or searched for now."""
        known = self._known.pop(number, None)
        return self._searcher.search(passage) if known is None else known

    def _settle(self, passage: Passage, piece: Piece, finds: list[Found]) -> None:
        if passage.column is not None and piece.offset == 0:
            finds = [*finds, *_of_column(passage, piece, finds)]
        if self._nobody:
            finds = about_somebody(finds)
        if not finds:
            return
        for index in piece.segments:
            segment = self._segments[index]
            claimed = self._claimed.setdefault(index, Claimed())
            self._keep(index, segment, resolve(segment.text, finds, claimed))

    def _keep(self, index: int, segment: Segment, finds: Iterable[Found]) -> None:
        for found in finds:
            if found.label in ("PERSON", "PUBLIC_PERSON"):
                self._people.meet(segment.text[found.start : found.end], found)
            self._numbers.meet(segment.text[found.start : found.end], found)
            if found.score >= self._options.threshold:
                if self._never.may_be_part(segment.text, found):
                    self._held.append((index, found))
                    continue
                why = self._never.why(segment.text, found)
                finding = self._officials.proposed(_finding(segment, found, why))
                self._waiting.append((index, finding))

    def look_again(self) -> None:
        """Look for the people found, by any part of their names, and numbers, everywhere."""
        self._people.settle(segment.text for segment in self._segments)
        for index, segment in enumerate(self._segments):
            if self._is_whole(index, segment):
                continue
            finds = [*self._people.mentions(segment.text), *self._numbers.mentions(segment.text)]
            if finds:
                claimed = self._claimed.setdefault(index, Claimed())
                self._keep(index, segment, resolve(segment.text, finds, claimed))

    def _is_whole(self, index: int, segment: Segment) -> bool:
        """Say whether one find has the whole of a segment, so that no other can have any of it."""
        claimed = self._claimed.get(index)
        return claimed is not None and claimed.spans == [(0, len(segment.text))]

    def let_go(self) -> None:
        """Hand over what may be a part of a name on the never list, now that all are known."""
        for index, found in self._held:
            segment = self._segments[index]
            why = self._never.why_part(segment.text[found.start : found.end])
            self._waiting.append((index, _finding(segment, found, why)))
        self._held = []

    def batch(self, *, finished: bool = False) -> Batch:
        """Hand over what has come together."""
        total = len(self._segments)
        found = sorted(self._waiting, key=lambda one: (one[0], one[1].start))
        batch = Batch(
            tuple(finding for _, finding in found),
            tuple(dict.fromkeys(self._incomplete)),
            total if finished else min(self._done, total),
            total,
        )
        self._waiting, self._incomplete = [], []
        return batch


def _stalled(recognisers: Iterable[Recogniser]) -> list[str]:
    """Give the names of the patterns that ran out of time, and forget them."""
    stalled: list[str] = []
    for one in recognisers:
        stalled += one.stalled
        one.stalled.clear()
    return stalled


def _not_used(name: str) -> Incomplete:
    return Incomplete(
        "detection",
        f"A model of this site could not be used ({name}), so nothing was searched with it.",
    )


def _score_of(result: RecognizerResult) -> float:
    """Give the score that a find has: its own where it was learnt, else with its context."""
    metadata = result.recognition_metadata
    learnt = metadata[result.RECOGNIZER_NAME_KEY].startswith(LEARNT)
    return float(metadata[SCORE_KEY] if learnt else result.score)


def _found(result: RecognizerResult, normal: Normal) -> Found:
    start, end = normal.source(result.start, result.end)
    metadata = result.recognition_metadata
    return Found(
        result.entity_type,
        start,
        end,
        round(_score_of(result), 3),
        metadata[result.RECOGNIZER_NAME_KEY],
        metadata[WHY_KEY],
    )


def _by_piece(pieces: Sequence[Piece], finds: list[Found]) -> Iterator[tuple[Piece, list[Found]]]:
    """Give each piece its finds in the segment's own offsets; what crosses an end is split."""
    finds = sorted(finds, key=lambda one: (one.start, one.end))
    first = 0
    for piece in pieces:
        end = piece.at + piece.length
        inside: list[Found] = []
        while first < len(finds) and finds[first].start < piece.at and finds[first].end <= piece.at:
            first += 1
        for found in finds[first:]:
            if found.start >= end:
                break
            low, high = max(found.start, piece.at), min(found.end, end)
            if low < high:
                shift = piece.offset - piece.at
                inside.append(
                    Found(
                        found.label,
                        low + shift,
                        high + shift,
                        found.score,
                        found.recogniser,
                        found.why,
                    )
                )
        yield piece, inside


def _of_column(passage: Passage, piece: Piece, finds: list[Found]) -> list[Found]:
    column = passage.column
    text = passage.text[piece.at : piece.at + piece.length]
    if column is None or not whole_cell(column, text):
        return []
    if column.wording and any(one.label in (column.label, "PUBLIC_PERSON") for one in finds):
        return []
    if any(one.recogniser.startswith(_KEPT) for one in finds):
        return []
    lead = len(text) - len(text.lstrip())
    return [Found(column.label, lead, len(text.rstrip()), column.score, "column@1", column.why)]


def _finding(segment: Segment, found: Found, never: str) -> Finding:
    """Make a finding; ``never`` says why it is on a never list, if it is."""
    keep = bool(never) or found.recogniser.startswith(_KEPT)
    return Finding(
        segment.place,
        found.start,
        found.end,
        segment.text[found.start : found.end],
        found.label,
        found.score,
        found.recogniser,
        f"{never} (found as: {found.why})" if never else found.why,
        Proposal.KEEP if keep else Proposal.REDACT,
    )

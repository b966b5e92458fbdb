"""What is on an always list, and what the packs of an authority find; made for the lists given."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from presidio_analyzer import RecognizerResult

from redactor.detect.packs import compiled, has_context, stretch_of
from redactor.detect.rules import NEEDS_CONTEXT, Hit, Recogniser
from redactor.labels import LABELS
from redactor.lists import (
    ALWAYS_RECOGNISER,
    ALWAYS_SCORE,
    MISREAD_SCORE,
    Finder,
    Lists,
    Match,
    Pack,
    Which,
    said_of,
)
from redactor.matching import MisreadTerms, fold, make_term


class _OfLists(Recogniser):
    """A recogniser whose labels are whatever its lists say; it joins the engine for one call."""

    LABELS = tuple(label.name for label in LABELS)

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[RecognizerResult]:
        """Give all hits: the engine's own recognisers need not know these labels."""
        return super().analyze(text, [*entities, *self.LABELS], nlp_artifacts)


class AlwaysList(_OfLists):
    """Finds what is on the always list."""

    NAME = ALWAYS_RECOGNISER

    def __init__(self, lists: Lists) -> None:
        self._finder = Finder(lists.always)
        super().__init__()

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give every place of an entry."""
        for start, end, entry in self._finder.find(text):
            yield Hit(entry.label, start, end, ALWAYS_SCORE, said_of(Which.ALWAYS, entry))


class MisreadList(_OfLists):
    """Finds in what was read from pixels what may be an entry of the always list, misread."""

    NAME = ALWAYS_RECOGNISER

    def __init__(self, lists: Lists) -> None:
        self._entries = [one for one in lists.always if one.match is Match.WORDS]
        made = (make_term(one.text, number) for number, one in enumerate(self._entries))
        self._terms = MisreadTerms(one for one in made if one is not None)
        super().__init__()

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give every place that may be an entry."""
        for term, start, end in self._terms.find(fold(text)):
            entry = self._entries[term.number]
            why = f"{said_of(Which.ALWAYS, entry)} (letters may have been misread)"
            yield Hit(entry.label, start, end, MISREAD_SCORE, why)


class PackRecogniser(_OfLists):
    """Runs the rules of one pack."""

    def __init__(self, pack: Pack) -> None:
        self.NAME = f"pack: {pack.name}"
        self.VERSION = pack.version
        self._rules = [(rule, compiled(rule)) for rule in pack.rules]
        self._from = f"{pack.name} {pack.version}"
        super().__init__()

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Run every rule; without a word of its context nearby, only a heading can save a find."""
        for number, (rule, pattern) in enumerate(self._rules, start=1):
            for match in self.search(pattern, text, f"rule {number}"):
                start, end = stretch_of(match)
                if start < end:
                    near = has_context(rule, text, start, end)
                    score = rule.score if near else NEEDS_CONTEXT
                    context = () if near else rule.context
                    why = f"{rule.why} (pack {self._from})"
                    yield Hit(rule.label, start, end, score, why, context)


@lru_cache(maxsize=2)
def list_recognisers(lists: Lists) -> tuple[Recogniser, ...]:
    """Make what some lists call for."""
    always = (AlwaysList(lists),) if lists.always else ()
    return (*always, *(PackRecogniser(pack) for pack in lists.packs))


@lru_cache(maxsize=2)
def misread_recognisers(lists: Lists) -> tuple[Recogniser, ...]:
    """Make what looks for the lists in what was read from pixels."""
    return (MisreadList(lists),) if lists.always else ()

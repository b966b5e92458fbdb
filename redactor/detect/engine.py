"""Presidio's AnalyzerEngine, set up so that it needs no model, no network and no luck.

Presidio 2.2.366 would otherwise download a spaCy model, fetch the public-suffix list on the first
e-mail address, drop results of patterns that ran out of time, and never use context on a blank
pipeline. Nothing of its default registry is loaded; every recogniser is ours.
"""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import regex
import tldextract
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from redactor.detect.rules import CELL_BREAK, CONTEXT_KEY, FLOOR, Recogniser

#: Presidio and its helpers describe what they find; none of it may reach a log.
_TALKATIVE = ("presidio-analyzer", "presidio-anonymizer", "decision_process", "tldextract")


class BlankEngine(NlpEngine):
    """No model and no tokens: no recogniser asks for any, and context is read from the text.

    Cutting tokens was a third of the cost of a scan for numbers alone.
    """

    def load(self) -> None:
        """Load nothing."""

    def is_loaded(self) -> bool:
        """Say that there is nothing left to load."""
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """Give no tokens."""
        return NlpArtifacts([], [], [], [], None, language)

    def process_batch(
        self,
        texts: Iterable[str],
        language: str,
        batch_size: int = 1,
        n_process: int = 1,
        **_: Any,
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """Process texts one by one."""
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:
        """Count no word as empty: labels such as ``no`` are context here."""
        return False

    def is_punct(self, word: str, language: str) -> bool:
        """Say whether a token is punctuation only."""
        return not any(one.isalnum() for one in word)

    def get_supported_entities(self) -> list[str]:
        """Give none: it only makes tokens."""
        return []

    def get_supported_languages(self) -> list[str]:
        """Give English."""
        return ["en"]


class PhraseEnhancer(LemmaContextAwareEnhancer):
    """Raise a score where one of a result's own phrases stands near it.

    Presidio compares single lemmas with the words of a whole recogniser. Here each result brings
    its phrases (``driving licence``), and they are sought in the eight words before it, the four
    after it, and the column heading or other context that the caller gives. A cell's neighbours in
    its column are no context.
    """

    BEFORE, AFTER = 8, 4
    #: How far those words may reach, in characters.
    REACH = 120

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[Any],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """Give the results with their scores raised where context supports them."""
        given = " ".join(context or []).lower()
        for result in raw_results:
            phrases = result.recognition_metadata.get(CONTEXT_KEY)
            if phrases:
                nearby = f"{given} | {self._words_near(text, result)}"
                if _any_of(phrases).search(nearby):
                    result.score = max(0.6, min(1.0, result.score + self.context_similarity_factor))
        return raw_results

    def _words_near(self, text: str, result: RecognizerResult) -> str:
        """Give the words around a result in small letters, parted by single spaces."""
        before = text[max(0, result.start - self.REACH) : result.start].rpartition(CELL_BREAK)[2]
        behind = text[result.end : result.end + self.REACH].partition(CELL_BREAK)[0]
        words = [*_words(before)[-self.BEFORE :], "|", *_words(behind)[: self.AFTER]]
        return " ".join(words).lower()


#: What stands between blanks and holds a letter or a digit.
_WORD = re.compile(r"\S*[^\W_]\S*")


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


@lru_cache(maxsize=512)
def _any_of(phrases: tuple[str, ...]) -> regex.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return regex.compile(
        r"(?<![\p{L}\d])(?:" + "|".join(map(regex.escape, longest_first)) + r")(?![\p{L}\d])"
    )


class Engine(AnalyzerEngine):
    """Presidio's engine, without sorting all results by recogniser once for every recogniser.

    None of ours reads context by itself: the enhancer does, for all results at once.
    """

    def _enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[Any],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """Give the results with their scores raised where context supports them."""
        enhanced: list[RecognizerResult] = self.context_aware_enhancer.enhance_using_context(
            text=text,
            raw_results=raw_results,
            nlp_artifacts=nlp_artifacts,
            recognizers=recognizers,
            context=context,
        )
        return enhanced


def silence() -> None:
    """Keep Presidio's talk of what it found out of every log."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL)
        logger.propagate = False


def build_engine(recognisers: Sequence[Recogniser]) -> AnalyzerEngine:
    """Build the engine over our recognisers; nothing is loaded from the network, now or later."""
    silence()
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    registry = RecognizerRegistry(recognizers=list(recognisers), supported_languages=["en"])
    engine = Engine(
        registry=registry,
        nlp_engine=BlankEngine(),
        supported_languages=["en"],
        context_aware_enhancer=PhraseEnhancer(),
        log_decision_process=False,
        default_score_threshold=FLOOR,
    )
    _set_aside()
    return engine


def _set_aside() -> None:
    """Keep what has been loaded, which stays, from being looked through at every collection.

    The word lists are hundreds of thousands of objects; a tenth of a scan went into that.
    """
    gc.collect()
    gc.freeze()

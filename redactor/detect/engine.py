"""Presidio's AnalyzerEngine, set up so that it needs no model, no network and no luck.

Presidio 2.2.366 would otherwise download a spaCy model, fetch the public-suffix list on the first
e-mail address, drop results of patterns that ran out of time, and never use context on a blank
pipeline. Nothing of its default registry is loaded; every recogniser is ours.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import regex
import spacy
import tldextract
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from redactor.detect.rules import CELL_BREAK, CONTEXT_KEY, FLOOR, Recogniser

#: Presidio and its helpers describe what they find; none of it may reach a log.
_TALKATIVE = ("presidio-analyzer", "presidio-anonymizer", "decision_process", "tldextract")


class LateArtifacts(NlpArtifacts):
    """Tokens of a passage that are cut only if some result asks for its context.

    Most passages of plain prose have none, and cutting them is a third of the cost of a scan for
    numbers alone.
    """

    def __init__(self, text: str, language: str, engine: BlankEngine) -> None:
        super().__init__([], [], [], [], None, language)
        self._text = text
        self._engine = engine
        self._cut = False

    def ensure(self) -> LateArtifacts:
        """Cut the tokens now, if not done yet."""
        if not self._cut:
            tokens = self._engine.cut(self._text)
            self.tokens = [token for token, _ in tokens]
            self.tokens_indices = [at for _, at in tokens]
            self.lemmas = [token.lower() for token, _ in tokens]
            self._cut = True
        return self


class BlankEngine(NlpEngine):
    """Tokens with the small-letter form as lemma, from spaCy's rules for English; no model.

    The document's words live in a memory zone and are forgotten with it, so that the vocabulary
    does not grow with every document read.
    """

    def __init__(self) -> None:
        self._language: Any = None

    def load(self) -> None:
        """Build the tokeniser."""
        self._language = spacy.blank("en")
        self._language.vocab.lex_attr_getters = {}  # nothing here asks for shapes or the like

    def is_loaded(self) -> bool:
        """Say whether the tokeniser is built."""
        return self._language is not None

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """Give tokens, their offsets and their lemmas, cut when they are first asked for."""
        return LateArtifacts(text, language, self)

    def cut(self, text: str) -> list[tuple[str, int]]:
        """Cut a text into tokens with their offsets, as plain strings."""
        with self._language.memory_zone():
            return [(token.text, token.idx) for token in self._language.make_doc(text)]

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
                nearby = f"{given} | {self._words_near(text, result, nlp_artifacts)}"
                if _any_of(phrases).search(nearby):
                    result.score = max(0.6, min(1.0, result.score + self.context_similarity_factor))
        return raw_results

    def _words_near(self, text: str, result: RecognizerResult, late: NlpArtifacts) -> str:
        artifacts = late.ensure() if isinstance(late, LateArtifacts) else late
        first = bisect_left(artifacts.tokens_indices, result.start)
        after = bisect_left(artifacts.tokens_indices, result.end)
        low = text.rfind(CELL_BREAK, 0, result.start)
        high = text.find(CELL_BREAK, result.end)
        words = [
            artifacts.lemmas[at]
            for at in self._span_of_words(artifacts.lemmas, first, after)
            if artifacts.tokens_indices[at] > low
            and (high < 0 or artifacts.tokens_indices[at] < high)
        ]
        return " ".join(words)

    def _span_of_words(self, lemmas: Sequence[str], first: int, after: int) -> list[int]:
        before: list[int] = []
        at = first - 1
        while at >= 0 and len(before) < self.BEFORE:
            if lemmas[at][0].isalnum():
                before.append(at)
            at -= 1
        behind: list[int] = []
        at = after
        while at < len(lemmas) and len(behind) < self.AFTER:
            if lemmas[at][0].isalnum():
                behind.append(at)
            at += 1
        return [*reversed(before), *behind]


@lru_cache(maxsize=512)
def _any_of(phrases: tuple[str, ...]) -> regex.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return regex.compile(
        r"(?<![\p{L}\d])(?:" + "|".join(map(regex.escape, longest_first)) + r")(?![\p{L}\d])"
    )


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
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=BlankEngine(),
        supported_languages=["en"],
        context_aware_enhancer=PhraseEnhancer(),
        log_decision_process=False,
        default_score_threshold=FLOOR,
    )

"""What is measured: the program's own detection, and plain Presidio beside it.

Plain Presidio is measured twice, as it comes and with our trained fields in its registry, so that
what the model gives can be told from what the rules around it give.

Plain Presidio is its AnalyzerEngine with its default registry for English over the pipeline that
the program uses (spaCy's blank English), its own context enhancer and no threshold. Its list of
public suffixes is the one that comes with tldextract, so that nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import spacy
import tldextract
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine

from redactor.detect import ScanOptions, scan
from redactor.detect.engine import silence
from redactor.detect.recognise import trained
from redactor.labels import LABEL_BY_NAME
from redactor.model import Document, LinePlace, Segment
from tests.benchmarks.scoring import Piece, outermost

#: Presidio's kinds under our labels; any other kind is a number of some sort.
_LABELS = {
    "PERSON": "PERSON",
    "LOCATION": "PLACE",
    "ORGANIZATION": "ORG",
    "NRP": "SC_RACE",
    "DATE_TIME": "DATE",
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "URL": "URL",
}


@dataclass(frozen=True, slots=True)
class Detector:
    """Something that flags.

    Attributes:
        key: its name in JSON.
        title: as printed.
        find: gives the flags of a document, with offsets into its segments joined by line ends.
    """

    key: str
    title: str
    find: Callable[[Document], list[Piece]]

    def find_in_text(self, text: str) -> list[Piece]:
        """Give the flags of a text."""
        return self.find(document_of(text))


def document_of(text: str) -> Document:
    """Make a document of lines, as the program reads a text file."""
    lines = text.split("\n")
    segments = tuple(Segment(LinePlace(number), line) for number, line in enumerate(lines))
    return Document("0" * 64, "txt", segments)


def has_model() -> bool:
    """Say whether the program's embedded model can be turned on and off."""
    return "model" in {one.name for one in fields(ScanOptions)}


def detectors(threshold: float = 0.0, *, plain: bool = True) -> list[Detector]:
    """Give what is measured: the program (with and without its model), then plain Presidio."""
    given = [product("redactor", "redactor", threshold=threshold)]
    if has_model():
        given = [
            product("redactor", "redactor", threshold=threshold, model=True),
            product("redactor_rules", "redactor, rules only", threshold=threshold, model=False),
        ]
    return [*given, presidio(), presidio(model=True)] if plain else given


def product(key: str, title: str, **options: float) -> Detector:
    """Give the program's own detection, with options of its scan."""
    chosen = ScanOptions(**options)  # type: ignore[arg-type]
    return Detector(key, title, lambda document: _found(document, chosen))


def _found(document: Document, options: ScanOptions) -> list[Piece]:
    starts, at = {}, 0
    for one in document.segments:
        starts[one.place] = at
        at += len(one.text) + 1
    return outermost(
        Piece(found.start + starts[found.place], found.end + starts[found.place], found.label)
        for batch in scan(document, options)
        for found in batch.findings
    )


def presidio(*, model: bool = False) -> Detector:
    """Give plain Presidio, or Presidio with our trained fields beside its own recognisers."""
    engine = plain_engine()
    if model:
        for one in trained.RECOGNISERS:
            engine.registry.add_recognizer(one())

    def find(document: Document) -> list[Piece]:
        text = "\n".join(one.text for one in document.segments)
        return outermost(
            Piece(one.start, one.end, _label_of(one.entity_type))
            for one in engine.analyze(text, "en")
        )

    if model:
        return Detector("presidio_model", "Presidio with our model", find)
    return Detector("presidio", "plain Presidio", find)


def _label_of(kind: str) -> str:
    """Give our label of one of Presidio's kinds; the trained fields use our labels themselves."""
    return kind if kind in LABEL_BY_NAME else _LABELS.get(kind, "ID")


def plain_engine() -> AnalyzerEngine:
    """Build Presidio's engine as it comes, but over a blank pipeline and with no network."""
    silence()
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    nlp = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "blank"}])
    nlp.nlp = {"en": spacy.blank("en")}
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=nlp)
    return AnalyzerEngine(
        registry=registry, nlp_engine=nlp, supported_languages=["en"], log_decision_process=False
    )

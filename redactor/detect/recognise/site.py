"""What the models of a site find, in the labels of the guide; they add, and never take away."""

from __future__ import annotations

import warnings
from abc import abstractmethod
from collections.abc import Iterator
from typing import Any

import regex

from redactor.detect.rules import LEARNT, Hit, Recogniser
from redactor.detect.site_models import ModelKind, SiteModel

#: spaCy's English pipelines use the labels of OntoNotes 5; dates and numbers are left to rules.
_SPACY = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "FAC": "PLACE",
    "NORP": "SC_RACE",
}
#: What a GLiNER model is asked for, in words; it takes any.
_GLINER = {
    "person": "PERSON",
    "organisation": "ORG",
    "place": "PLACE",
    "street address": "ADDRESS",
    "date of birth": "DOB",
    "reference number": "ID",
    "username": "HANDLE",
    "vehicle registration": "VEHICLE",
    "criminal offence": "OFFENCE",
    "medical condition": "SC_HEALTH",
    "medication": "SC_HEALTH",
    "ethnicity or nationality": "SC_RACE",
    "religion": "SC_RELIGION",
    "political opinion": "SC_POLITICS",
    "trade union membership": "SC_UNION",
    "sexual orientation": "SC_ORIENTATION",
}
_SPACY_SCORE, _GLINER_LEAST = 0.6, 0.3
#: What a GLiNER model reads at a time, in characters; its window is some 380 words.
_CHUNK = 1200
_CUT = regex.compile(rf"(?s).{{1,{_CHUNK}}}(?:\n|[ ]|$)|.{{1,{_CHUNK}}}")


class SiteRecogniser(Recogniser):
    """A recogniser that asks a model of the site.

    Raises:
        Exception: whatever the library raises for a model that it cannot read.
    """

    OF_NAMES = True
    TRAINED = True

    def __init__(self, model: SiteModel) -> None:
        self.NAME = f"{LEARNT}{model.name}"
        self._model = model
        super().__init__()

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give what the model finds; a failure is a search that did not finish."""
        try:
            found = list(self._ask(text))
        except Exception as error:  # noqa: BLE001 - whatever a model's library raises
            self.stalled.append(f"{self.NAME}: {type(error).__name__}")
            return
        for label, start, end, score in found:
            yield Hit(label, start, end, round(score, 3), f"found by {self._model.name}")

    @abstractmethod
    def _ask(self, text: str) -> Iterator[tuple[str, int, int, float]]:
        """Give label, start, end and score of what the model finds."""


class SpacyModel(SiteRecogniser):
    """A spaCy pipeline; it gives no chances, so that all that it finds has one score."""

    LABELS = tuple(sorted(set(_SPACY.values())))

    def load(self) -> None:
        """Load the pipeline from its folder."""
        import spacy  # noqa: PLC0415 - only where a site has such a model

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on versions: it says so by not loading
            self._pipeline = spacy.load(self._model.path.resolve())

    def _ask(self, text: str) -> Iterator[tuple[str, int, int, float]]:
        with self._pipeline.memory_zone():
            found = [
                (_SPACY[one.label_], one.start_char, one.end_char)
                for one in self._pipeline(text).ents
                if one.label_ in _SPACY
            ]
        for label, start, end in found:
            yield label, start, end, _SPACY_SCORE


class GlinerModel(SiteRecogniser):
    """A GLiNER model, asked for the labels of the guide in words."""

    LABELS = tuple(sorted(set(_GLINER.values())))

    def load(self) -> None:
        """Load the model from its folder; nothing is looked for elsewhere."""
        from gliner import GLiNER  # noqa: PLC0415

        folder = self._model.path.resolve()
        exported = sorted(folder.glob("**/*.onnx"))
        options: dict[str, Any] = {}
        if exported and not any(folder.glob("*.safetensors")) and not any(folder.glob("*.bin")):
            options = {
                "load_onnx_model": True,
                "onnx_model_file": exported[0].relative_to(folder).as_posix(),
            }
        self._gliner = GLiNER.from_pretrained(str(folder), local_files_only=True, **options)

    def _ask(self, text: str) -> Iterator[tuple[str, int, int, float]]:
        for chunk in _CUT.finditer(text):
            found = self._gliner.predict_entities(
                chunk.group(), list(_GLINER), threshold=_GLINER_LEAST
            )
            for one in found:
                at = chunk.start()
                yield _GLINER[one["label"]], at + one["start"], at + one["end"], one["score"]


_KINDS: dict[ModelKind, type[SiteRecogniser]] = {
    ModelKind.SPACY: SpacyModel,
    ModelKind.GLINER: GlinerModel,
}


def site_recogniser(model: SiteModel) -> SiteRecogniser:
    """Load a model of the site.

    Raises:
        Exception: whatever its library raises for one that it cannot read, ``ImportError`` where
            the library itself is not there.
    """
    return _KINDS[model.kind](model)

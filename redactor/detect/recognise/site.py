"""What the models of a site find, in the labels of the guide; they add, and never take away."""

from __future__ import annotations

import logging
import os
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
#: What a GLiNER model reads at a time, and how much of it again with what follows, in its own words
#: (``WhitespaceTokenSplitter``). It cuts a longer text off and only warns, and its encoder reads
#: some 512 pieces of words, those of the labels included.
_GLINER_WORD = regex.compile(r"\w+(?:[-_]\w+)*|\S")
_WORDS, _AGAIN, _CHARACTERS = 150, 15, 800
#: Where a model leans on another that it would fetch, these keep its libraries from trying.
_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY")
_TALKATIVE = ("gliner", "transformers", "huggingface_hub", "onnxruntime", "torch")


class UnusableModel(Exception):
    """A model of the site cannot be used; the message says why, in plain words."""


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
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it may quote the text, and is not ours to keep
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
        """Load the pipeline from its folder.

        Raises:
            UnusableModel: no step of it finds names, so that it would search nothing.
        """
        import spacy  # noqa: PLC0415 - only where a site has such a model

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.filterwarnings("error", message=r"\[W095\]")  # made for another spaCy
            self._pipeline = spacy.load(self._model.path.resolve())
        steps = (self._pipeline.get_pipe_meta(name) for name in self._pipeline.pipe_names)
        if not any("doc.ents" in step.assigns for step in steps):
            raise UnusableModel("it has no part that finds names")

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
        os.environ.update(dict.fromkeys(_OFFLINE, "1"))  # read once, when the libraries load
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        folder = self._model.path.resolve()
        exported = sorted(folder.glob("**/*.onnx"))
        options: dict[str, Any] = {}
        if exported and not any(folder.glob("*.safetensors")) and not any(folder.glob("*.bin")):
            options = {
                "load_onnx_model": True,
                "onnx_model_file": exported[0].relative_to(folder).as_posix(),
            }
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from gliner import GLiNER  # noqa: PLC0415 - only where a site has such a model

            self._gliner = GLiNER.from_pretrained(str(folder), local_files_only=True, **options)
        self._words = min(_WORDS, int(self._gliner.config.max_len))

    def _ask(self, text: str) -> Iterator[tuple[str, int, int, float]]:
        for low, high in windows(text, self._words):
            found = self._gliner.predict_entities(
                text[low:high], list(_GLINER), threshold=_GLINER_LEAST
            )
            for one in found:
                label, score = _GLINER[one["label"]], float(one["score"])
                yield label, low + one["start"], low + one["end"], score


def windows(text: str, most: int = _WORDS) -> Iterator[tuple[int, int]]:
    """Cut a text where words end, for a model that reads ``most`` words at a time.

    Each stretch begins with the last words of the one before, so that no name is cut in two.
    """
    words = [match.span() for match in _GLINER_WORD.finditer(text)]
    first = 0
    while first < len(words):
        last = first + 1
        while (
            last < len(words)
            and last - first < most
            and words[last][1] - words[first][0] <= _CHARACTERS
        ):
            last += 1
        yield words[first][0], words[last - 1][1]
        if last == len(words):
            return
        first = max(first + 1, last - min(_AGAIN, most // 4))


_KINDS: dict[ModelKind, type[SiteRecogniser]] = {
    ModelKind.SPACY: SpacyModel,
    ModelKind.GLINER: GlinerModel,
}


def site_recogniser(model: SiteModel) -> SiteRecogniser:
    """Load a model of the site.

    Raises:
        UnusableModel: it cannot be used; the message says why.
    """
    if model.kind is ModelKind.UNREADABLE:
        raise UnusableModel("its folder cannot be read")
    try:
        return _KINDS[model.kind](model)
    except UnusableModel:
        raise
    except Exception as error:  # whatever a model's library raises
        raise UnusableModel(_why(error)) from error


def _why(error: Exception) -> str:
    """Say in plain words why a model could not be loaded, of what its library said."""
    said = str(error)
    if isinstance(error, ImportError):
        return f"the package {error.name} is not installed" if error.name else "a package is broken"
    if "[W095]" in said:
        return "it was made for another version of spaCy"
    if "[E002]" in said:  # spaCy: can't find a factory
        return "it needs a package that is not installed"
    return f"a file of it is missing or damaged ({type(error).__name__})"

"""Tesseract, by tesserocr, with the English model that ships in ``resources/ocr``.

One engine is kept in each process, because loading the model takes as long as reading some lines.
It forgets each picture before the next, so that what is read does not depend on what was read
before. Nothing is written: no temporary file, and no message, because the library's messages go to
standard error and could speak of a document.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from redactor.config import resource_path
from redactor.errors import BugError, OcrFailed, OcrMissing
from redactor.ocr.paper import evened
from redactor.ocr.word import ReadWord

#: Of resources/ocr/eng.traineddata; see the README beside it.
MODEL_SHA256 = "7d4322bd2a7749724879683fc3912cb542f19906c83bcc1a52132556427170b2"
_MODEL = "eng.traineddata"
#: Tesseract counts pixels of a side in 16 bits (TessBaseAPI::Recognize refuses more).
MAX_SIDE = 32_000
#: An A0 sheet at 200 dpi is 62 million.
MAX_PIXELS = 80_000_000
#: How long one picture may take, in milliseconds: less than a worker may be silent. The longest
#: page of small print takes some 10 seconds.
_MOST_MILLISECONDS = 90_000
#: What Tesseract takes for a resolution that can be (MIN_CREDIBLE_RESOLUTION and its counterpart).
_LEAST_DPI, _MOST_DPI = 70, 2400
#: Print on its head is read with a mean confidence of 21 to 38, the poorest upright print with 73
#: (docs/benchmarks.md); below this the picture is read again the other way round.
_DOUBTFUL = 60.0

#: Lines that run across or down a picture are all that the engine tells apart. Those that run down
#: it takes to begin at the top, so that three quarter turns clockwise make them upright.
_RUNS_DOWN = 3

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one picture.

    Attributes:
        words: in reading order, their boxes in pixels of the picture as it was given.
        turns: how many quarter turns clockwise make the text upright, 0 to 3.
    """

    words: tuple[ReadWord, ...] = field(repr=False)
    turns: int = 0

    @property
    def confidence(self) -> float:
        """Give the mean confidence of a letter, 0 to 100; 0 where nothing was read."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / max(letters, 1)


def read(
    grey: bytes, width: int, height: int, dpi: float, *, sparse: bool = False
) -> tuple[ReadWord, ...]:
    """Read the words of a picture, whichever of the four ways round its text stands.

    Args:
        grey: a byte for each pixel, 0 black, row by row without padding.
        width, height: in pixels.
        dpi: how many pixels an inch of the paper has.
        sparse: look for single words anywhere instead of for columns of lines: for mosaics, and
            for pictures with little text. Text has to be upright then.

    Raises:
        OcrMissing: the engine or its model is not there, or is not the one that shipped.
        OcrFailed: the picture is too large, or took too long.
    """
    return read_turned(grey, width, height, dpi, sparse=sparse).words


def read_turned(
    grey: bytes, width: int, height: int, dpi: float, *, sparse: bool = False
) -> Reading:
    """Read as ``read`` does, and say which way round the text stands.

    The engine finds out by itself whether lines run across or down the picture, but not which end
    is up: what makes little sense is read again on its head, and the surer reading counts.
    """
    if len(grey) != width * height or width < 1:
        raise ValueError("The number of pixels is not that of the picture.")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise OcrFailed(
            f"it has more than {MAX_PIXELS:,} pixels, or a side of more than {MAX_SIDE:,}"
        )
    grey = evened(grey, width, height)
    with _lock:
        engine = _engine()
        first = engine.read(grey, width, height, dpi, sparse=sparse)
        if sparse or not first.words or first.confidence >= _DOUBTFUL:
            return first
        second = engine.read(grey[::-1], width, height, dpi, sparse=sparse)
    if second.confidence <= first.confidence:
        return first
    words = tuple(_turned_back(word, width, height) for word in second.words)
    return Reading(words, (second.turns + 2) % 4)


def engine_name() -> str:
    """Name the engine and its model, with their versions, for the record of a release.

    Raises:
        OcrMissing: as for ``read``.
    """
    library = _library()
    return (
        f"{library.tesseract_version().splitlines()[0]} (tesserocr {_package_version()}), "
        f"eng {MODEL_SHA256[:8]}"
    )


def _turned_back(word: ReadWord, width: int, height: int) -> ReadWord:
    """Give a word of a picture that was read on its head with its box on the picture as it is."""
    x0, y0, x1, y1 = width - word.x1, height - word.y1, width - word.x0, height - word.y0
    return ReadWord(word.text, x0, y0, x1, y1, word.confidence, word.line)


def _runs_down(words: Sequence[ReadWord]) -> bool:
    """Say whether the lines run down the picture: most longer words are higher than wide."""
    shapes = [word.y1 - word.y0 > word.x1 - word.x0 for word in words if len(word.text) > 2]
    return sum(shapes) * 2 > len(shapes)


class _Engine:
    """Tesseract with a model loaded.

    Args:
        folder: where the model is.
    """

    def __init__(self, folder: Path) -> None:
        self._library = _library()
        self._library.set_leptonica_log_level(self._library.LeptLogLevel.NONE)
        self._api = self._library.PyTessBaseAPI(init=False)
        # The library opens its model by a name in bytes, which on Windows are those of the code
        # page: a folder with other letters in its name could not be opened from elsewhere.
        with contextlib.chdir(folder):
            self._api.InitFull(
                path="./",
                lang="eng",
                oem=self._library.OEM.LSTM_ONLY,
                # The library takes this name for that of Windows' own as well (tprintf.cpp).
                variables={"debug_file": "/dev/null"},
            )

    def read(self, grey: bytes, width: int, height: int, dpi: float, *, sparse: bool) -> Reading:
        """Read a picture and forget it."""
        modes = self._library.PSM
        self._api.SetPageSegMode(modes.SPARSE_TEXT if sparse else modes.AUTO)
        try:
            self._api.SetImageBytes(grey, width, height, 1, width)
            self._api.SetSourceResolution(round(min(max(dpi, _LEAST_DPI), _MOST_DPI)))
            if not self._api.Recognize(_MOST_MILLISECONDS):
                raise OcrFailed("it took too long, or the engine gave it up")
            found = self._api.GetIterator()
            if found is None:
                return Reading(())
            words = tuple(self._words(found))
            return Reading(words, _RUNS_DOWN if _runs_down(words) else 0)
        except RuntimeError:
            raise OcrFailed("the engine gave it up") from None
        finally:
            self._api.Clear()
            self._api.ClearAdaptiveClassifier()

    def _words(self, found: Any) -> Iterator[ReadWord]:
        level = self._library.RIL
        line = -1
        for word in self._library.iterate_level(found, level.WORD):
            if word.Empty(level.WORD):
                continue
            if word.IsAtBeginningOf(level.TEXTLINE) or line < 0:
                line += 1
            text = unicodedata.normalize("NFC", "".join(word.GetUTF8Text(level.WORD).split()))
            box = word.BoundingBox(level.WORD)
            if text and box is not None:
                x0, y0, x1, y1 = box
                yield ReadWord(text, x0, y0, x1, y1, round(word.Confidence(level.WORD), 1), line)


@functools.cache
def _engine() -> _Engine:
    """Load the engine of this process, once."""
    return _load(_model_folder())


def _model_folder() -> Path:
    try:
        return resource_path("ocr", _MODEL).parent
    except BugError:
        raise OcrMissing("its model is not there") from None


def _load(folder: Path) -> _Engine:
    """Load the engine with the model in a folder, if it is the one that shipped."""
    try:
        found = hashlib.sha256((folder / _MODEL).read_bytes()).hexdigest()
    except OSError:
        raise OcrMissing("its model cannot be read") from None
    if found != MODEL_SHA256:
        raise OcrMissing("its model is not the one that was shipped")
    try:
        return _Engine(folder)
    except (RuntimeError, OSError):
        raise OcrMissing("it does not start") from None


@functools.cache
def _library() -> Any:
    """Load the library; it would take every core if it was built to."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        import tesserocr  # noqa: PLC0415 - loaded with the first picture
    except ImportError:
        raise OcrMissing("it is not installed") from None
    return tesserocr


@functools.cache
def _package_version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - loads e-mail

    try:
        return version("tesserocr")
    except PackageNotFoundError:
        return "unknown"

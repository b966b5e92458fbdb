"""Read text from pixels, offline, with the engine and the model that ship.

The only package that knows the engine. Its callers give grey pixels and get words with their boxes
and how sure the engine is of each. The engine's library is loaded with the first picture.
"""

from __future__ import annotations

from redactor.ocr.engine import (
    MAX_PIXELS,
    MAX_SIDE,
    Reading,
    engine_name,
    read,
    read_turned,
)
from redactor.ocr.word import ReadWord

__all__ = [
    "MAX_PIXELS",
    "MAX_SIDE",
    "ReadWord",
    "Reading",
    "engine_name",
    "read",
    "read_turned",
]

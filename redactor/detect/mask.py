"""A passage as it would read once released, for a preview on screen; never for a release.

Presidio's AnonymizerEngine does the replacing. A release is rebuilt from approved content instead
(``redactor.release``), and proved on its bytes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import lru_cache

from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import (
    ConflictResolutionStrategy,
    OperatorConfig,
    RecognizerResult,
)


@lru_cache(maxsize=1)
def _engine() -> AnonymizerEngine:
    logger = logging.getLogger("presidio-anonymizer")
    logger.setLevel(logging.CRITICAL)
    logger.propagate = False
    return AnonymizerEngine()


def masked(text: str, spots: Iterable[tuple[int, int, str]]) -> str:
    """Replace stretches of a text by their labels in square brackets.

    Args:
        text: of one segment.
        spots: start and end in code points of ``text``, and the label (``s40(2)``).

    Returns:
        The text without any character that a spot covers.
    """
    found = list(spots)
    results = [RecognizerResult(label, start, end, 1.0) for start, end, label in found]
    operators = {
        label: OperatorConfig("replace", {"new_value": f"[{label}]"}) for _, _, label in found
    }
    done = _engine().anonymize(
        text,
        results,
        operators=operators or None,
        conflict_resolution=ConflictResolutionStrategy.REMOVE_INTERSECTIONS,
    )
    return str(done.text)

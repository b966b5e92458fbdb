"""A text with its findings masked by their labels, for a preview on screen; never for a release.

Presidio's AnonymizerEngine does the masking. A release is rebuilt from approved content instead
(``redactor.release``), since what a mask leaves behind was never approved.
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

from redactor.labels import LABELS
from redactor.model import Finding


@lru_cache(maxsize=1)
def _engine() -> AnonymizerEngine:
    logger = logging.getLogger("presidio-anonymizer")
    logger.setLevel(logging.CRITICAL)
    logger.propagate = False
    return AnonymizerEngine()


@lru_cache(maxsize=1)
def _operators() -> dict[str, OperatorConfig]:
    named = {
        label.name: OperatorConfig("replace", {"new_value": f"[{label.title}]"}) for label in LABELS
    }
    return {"DEFAULT": OperatorConfig("replace", {"new_value": "[Removed]"}), **named}


def masked(text: str, findings: Iterable[Finding]) -> str:
    """Replace every finding by the title of its label in square brackets.

    Args:
        text: of one segment.
        findings: of that segment, with offsets into ``text``.

    Returns:
        The text without any character that a finding covers.
    """
    results = [RecognizerResult(one.label, one.start, one.end, one.score) for one in findings]
    done = _engine().anonymize(
        text,
        results,
        operators=_operators(),
        conflict_resolution=ConflictResolutionStrategy.REMOVE_INTERSECTIONS,
    )
    return str(done.text)

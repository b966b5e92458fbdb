"""Where the development corpus lies; the tests that need it skip, with a reason, without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def find_corpus(*parts: str) -> Path | None:
    """Give a folder or file of the corpus, or None where it is not here."""
    path = Path(os.environ.get("REDACTOR_CORPUS", str(_DEFAULT))).joinpath(*parts)
    return path if path.exists() else None


def corpus_folder(*parts: str) -> Path:
    """Give a folder or file of the corpus, or skip the calling test."""
    path = find_corpus(*parts)
    if path is None:
        pytest.skip(f"the development corpus is not here: {'/'.join(parts) or 'corpus'}")
    return path

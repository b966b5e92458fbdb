"""Where the development corpus lies; the tests that need it skip, with a reason, without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def corpus_folder(*parts: str) -> Path:
    """Give a folder or file of the corpus, or skip the calling test."""
    path = Path(os.environ.get("REDACTOR_CORPUS", str(_DEFAULT))).joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the development corpus is not here: {'/'.join(parts) or 'corpus'}")
    return path

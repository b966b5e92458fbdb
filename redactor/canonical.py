"""Values as bytes in one form only, so that a digest over them can be worked out again anywhere."""

from __future__ import annotations

import json
from typing import Any


def canonical(value: Any) -> bytes:
    """Write a value of strings, whole numbers, lists and objects in canonical form.

    Source: RFC 8785 for what is used here: sorted keys (all ASCII), no white space, UTF-8, no
    fractions.
    """
    return _ENCODER.encode(value).encode("utf-8")


_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)

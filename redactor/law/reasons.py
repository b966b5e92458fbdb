"""Reusable reasons, read from ``resources/law/reasons.toml``, which a site may edit."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from redactor.config import resource_path
from redactor.model import Action


def reasons(action: Action, group: str) -> tuple[str, ...]:
    """Give reasons to start from.

    Args:
        action: whether something is to be redacted or kept.
        group: the group of the finding's label (``person``, ``special`` ...).

    Returns:
        Those of the group first, then those that fit any.
    """
    section = _reasons()[str(action)]
    return (*section.get(group, ()), *section["any"])


@cache
def _reasons() -> dict[str, Any]:
    path = resource_path("law", "reasons.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))

"""The law as data: exemptions with their limbs, and reasons to start from. Nothing here decides."""

from __future__ import annotations

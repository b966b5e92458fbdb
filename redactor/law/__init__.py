"""The law as data: exemptions with their limbs, and reasons that officers may reuse."""

from __future__ import annotations

"""Plan, rebuild, verify, write. A release is made from what was approved only."""

from __future__ import annotations

"""The case file: originals, what was read and found in them, and the log of every change."""

from __future__ import annotations

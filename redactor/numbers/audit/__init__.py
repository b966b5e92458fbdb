"""What a reader could work out of a printed table: each hidden cell's range, and the way to it."""

from __future__ import annotations

from redactor.numbers.audit.auditing import audit, ranges

__all__ = ["audit", "ranges"]

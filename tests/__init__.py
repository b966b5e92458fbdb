"""The tests of Redactor."""

from __future__ import annotations

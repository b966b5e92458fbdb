"""Redaction for UK disclosure: find, decide, remove, prove. The core; it never imports Qt."""

from __future__ import annotations

__version__ = "0.1.0"

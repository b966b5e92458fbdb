"""The window. It calls redactor.app and never a document library."""

from __future__ import annotations

"""One module a kind of document: pages, grids, running text; marks and keys are shared."""

from __future__ import annotations

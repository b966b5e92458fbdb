"""What the window asks and tells in dialogs."""

from __future__ import annotations

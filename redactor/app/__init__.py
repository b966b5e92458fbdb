"""One function a user task. The window and the command line both come in here."""

from __future__ import annotations

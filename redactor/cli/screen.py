"""Whether there is a screen, and opening the window on it."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from redactor.errors import UsageError

if TYPE_CHECKING:
    from redactor.case.signing import Signer

#: Qt platforms that draw where nobody looks: the window opens there only when asked for itself.
_SCREENLESS = frozenset({"offscreen", "minimal"})


def has_screen() -> bool:
    """Say whether there is a screen on which a person would see the window."""
    if os.environ.get("QT_QPA_PLATFORM") in _SCREENLESS:
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(arguments: list[str], known: tuple[Signer, str, str] | None = None) -> int:
    """Open the window; gives the exit code once it is closed.

    Args:
        known: who works, the passphrase of the case, and what is to be said over it, where nobody
            has to be asked.

    Raises:
        UsageError: there is no display.
    """
    if not has_screen() and os.environ.get("QT_QPA_PLATFORM") not in _SCREENLESS:
        raise UsageError(
            "There is no display to open the window on. Use a command instead: "
            "redactor --help lists them."
        )
    code: int = import_module("ui.__main__").main(arguments, known)
    return code

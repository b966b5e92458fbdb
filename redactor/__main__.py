"""``python -m redactor``. Workers start here too, so nothing heavy loads before they are served."""

from __future__ import annotations

import multiprocessing
import sys


def run() -> int:
    """Serve a worker if this process is one; otherwise run the command line."""
    multiprocessing.freeze_support()
    from redactor.cli import main
    from redactor.config import guard_exceptions

    guard_exceptions()
    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(run())

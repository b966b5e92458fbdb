"""Start the window: ``python -m ui [CASE]``."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path


def main(argv: list[str] | None = None) -> int:
    """Open the window, with a case or with the start page.

    Args:
        argv: the arguments without the program's name: at most the path of a case.

    Returns:
        The exit code.
    """
    multiprocessing.freeze_support()
    from redactor.config import log_folder, set_up_logging

    arguments = sys.argv[1:] if argv is None else argv
    set_up_logging(log_folder())
    from PySide6.QtWidgets import QApplication

    from ui import theme
    from ui.window import MainWindow

    app = QApplication([sys.argv[0]])
    app.setApplicationName("Redactor")
    app.setOrganizationName("Redactor")
    theme.apply(app)
    window = MainWindow()
    window.show()
    window.begin(Path(arguments[0]) if arguments else None)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())

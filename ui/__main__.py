"""Start the window: ``python -m ui [CASE]``."""

from __future__ import annotations

import logging
import multiprocessing
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redactor.case.signing import Signer

#: The case's thread gives way to the window after so long, instead of after 5 milliseconds.
_SWITCH_SECONDS = 0.001


def main(argv: list[str] | None = None, known: tuple[Signer, str, str] | None = None) -> int:
    """Open the window, with a case or with the start page.

    Args:
        argv: the arguments without the program's name: at most the path of a case.
        known: for a case that needs no asking, such as the sample: who works, the passphrase, and
            what is to be said over the case.

    Returns:
        The exit code.
    """
    multiprocessing.freeze_support()
    from redactor.config import log_folder, set_up_logging

    sys.setswitchinterval(_SWITCH_SECONDS)
    arguments = sys.argv[1:] if argv is None else argv
    set_up_logging(log_folder())
    from PySide6.QtWidgets import QApplication

    from ui import theme
    from ui.window import MainWindow

    app = QApplication([sys.argv[0]])
    app.setApplicationName("Redactor")
    app.setOrganizationName("Redactor")
    theme.apply(app)
    with theme.building(app):
        window = MainWindow()
    _catch_faults(window.report_fault, window.courier.post)
    window.show()
    if known is not None:
        signer, passphrase, note = known
        window.begin_as(signer, Path(arguments[0]), passphrase, note)
    else:
        window.begin(Path(arguments[0]) if arguments else None)
    return app.exec()


def _catch_faults(
    report: Callable[[str], None], post: Callable[[Callable[[], None]], None]
) -> None:
    """Log what nobody caught, without its message, which may quote a document, and say so.

    Args:
        report: shows the kind of fault; called on the GUI thread.
        post: has something done on the GUI thread.
    """
    log = logging.getLogger("ui")

    def caught(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and issubclass(kind, Exception):
            log.error("nobody caught this", exc_info=(kind, error, trace))
            post(lambda: report(kind.__name__))

    sys.excepthook = caught
    threading.excepthook = lambda args: caught(args.exc_type, args.exc_value, args.exc_traceback)


if __name__ == "__main__":
    sys.exit(main())

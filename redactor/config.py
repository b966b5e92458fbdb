"""Where things lie, what the limits are, and logging that cannot hold case text."""

from __future__ import annotations

import copy
import logging
import os
import shutil
import sys
import threading
from functools import cache
from pathlib import Path
from typing import Any

from platformdirs import site_config_path, user_data_path, user_log_path

from redactor.errors import BugError

#: The largest file taken in, in bytes. A larger one is refused by name.
MAX_FILE_BYTES = 512 * 1024 * 1024
#: How long a worker may be silent over one document: a base, and more for each megabyte.
READ_SECONDS = 120.0
READ_SECONDS_PER_MB = 20.0
#: How much memory one worker may take before it is stopped, in megabytes.
WORKER_MEMORY_MB = 3000
#: How long LibreOffice may take to lay one document out, in seconds.
LIBREOFFICE_SECONDS = 120.0

_QUIET_LOGGERS = ("presidio-analyzer", "presidio-anonymizer", "spacy", "fontTools", "tldextract")


def resource_path(*parts: str) -> Path:
    """Give a file or folder of ``resources/``, in a source tree and in an installed program alike.

    Raises:
        BugError: it is not there, which means a damaged installation.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[1]
    path = root.joinpath("resources", *parts)
    if not path.exists():
        raise BugError(
            f"A part of the program is missing (resources/{'/'.join(parts)}). "
            "Nothing was changed. Install the program again."
        )
    return path


def cases_folder() -> Path:
    """Give the folder in which new case files are offered to be kept."""
    return user_data_path("Redactor", appauthor=False, ensure_exists=True)


def identities_folder() -> Path:
    """Give the folder in which a person's own identity file is offered to be kept."""
    folder = user_data_path("Redactor", appauthor=False) / "identities"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def site_lists_path() -> Path:
    """Give the file in which the authority's lists are kept, unless another is named.

    The environment variable ``REDACTOR_LISTS`` may name one that colleagues share.
    """
    named = os.environ.get("REDACTOR_LISTS")
    if named:
        return Path(named)
    return user_data_path("Redactor", appauthor=False) / "site.redactor-lists"


def site_law_folder() -> Path:
    """Give the folder in which an authority changes or adds to ``resources/law`` without code.

    The environment variable ``REDACTOR_LAW`` may name another. It need not be there.
    """
    named = os.environ.get("REDACTOR_LAW")
    return Path(named) if named else _usual_site_law_folder()


@cache
def _usual_site_law_folder() -> Path:
    return site_config_path("Redactor", appauthor=False) / "law"


def site_numbers_folder() -> Path:
    """Give the folder in which an authority changes or adds to ``resources/numbers`` without code.

    The environment variable ``REDACTOR_NUMBERS`` may name another. It need not be there.
    """
    named = os.environ.get("REDACTOR_NUMBERS")
    return Path(named) if named else site_config_path("Redactor", appauthor=False) / "numbers"


def model_folders() -> tuple[Path, ...]:
    """Give the folders in which a site keeps better models for detection.

    The environment variable ``REDACTOR_MODELS`` names one, which then has to be there (empty for
    none); else it is ``models`` beside an installed program and in the user's own folder, where
    they exist. None is made.
    """
    named = os.environ.get("REDACTOR_MODELS")
    if named is not None:
        return (Path(named).resolve(),) if named else ()
    beside = (Path(sys.executable).parent / "models",) if getattr(sys, "frozen", False) else ()
    return tuple(one for one in (*beside, _own_models_folder()) if one.is_dir())


def models_folder() -> Path:
    """Give the folder in which to put a model; it may not be there yet."""
    named = os.environ.get("REDACTOR_MODELS")
    return Path(named).resolve() if named else _own_models_folder()


def _own_models_folder() -> Path:
    return user_data_path("Redactor", appauthor=False) / "models"


def libreoffice_program() -> Path | None:
    """Give the LibreOffice that lays Word documents out, or None where there is none.

    The environment variable ``REDACTOR_LIBREOFFICE`` may name the program (``soffice``), or say
    ``off``; else it is looked for where programs are found and where Windows installs it.
    """
    named = os.environ.get("REDACTOR_LIBREOFFICE", "")
    if named:
        return Path(named) if named.lower() != "off" and Path(named).is_file() else None
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return Path(found)
    roots = (os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)"))
    usual = (Path(root) / "LibreOffice" / "program" / "soffice.exe" for root in roots if root)
    return next((one for one in usual if one.is_file()), None)


def log_folder() -> Path:
    """Give the folder of the log."""
    return user_log_path("Redactor", appauthor=False, ensure_exists=True)


class SafeFormatter(logging.Formatter):
    """Write exceptions as type and frames, never their message, which may quote a document."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record without any text that another handler cached on it."""
        record = copy.copy(record)
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: logging._SysExcInfoType) -> str:  # noqa: N802 - the base class's names
        """Give the exception's type and the places it passed, without its message."""
        kind, _, trace = ei
        lines = [f"{kind.__name__ if kind else 'unknown'} at:"]
        while trace is not None:
            code = trace.tb_frame.f_code
            lines.append(f"  {Path(code.co_filename).name}:{trace.tb_lineno} in {code.co_name}")
            trace = trace.tb_next
        return "\n".join(lines)


def set_up_logging(folder: Path | None = None) -> None:
    """Send the product's log to standard error, or to a file in the folder given.

    Third-party loggers are capped at ERROR: what they say of a document is not ours to keep.
    """
    handler: logging.Handler
    if folder is None:
        handler = logging.StreamHandler()
    else:
        handler = logging.FileHandler(folder / "redactor.log", encoding="utf-8", delay=True)
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(_is_ours)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.ERROR)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.split(".")[0] in {"redactor", "ui"}


def guard_exceptions() -> None:
    """Log what nobody caught by type and place; the interpreter's own report quotes messages."""

    def from_main(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        logging.getLogger("redactor").critical("not caught", exc_info=(kind, error, trace))

    def from_thread(arguments: threading.ExceptHookArgs) -> None:
        kind, error = arguments.exc_type, arguments.exc_value or arguments.exc_type()
        trace = arguments.exc_traceback
        logging.getLogger("redactor").critical("not caught", exc_info=(kind, error, trace))

    sys.excepthook = from_main
    threading.excepthook = from_thread

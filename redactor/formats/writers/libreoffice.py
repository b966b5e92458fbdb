"""Have LibreOffice, where it is installed, lay a Word document out as a PDF.

It is given a document that this program has written, never an original: approved content only. It
needs files, so it gets a folder of its own that nobody else may look into, with a profile of its
own in it, and both are deleted whatever happens. It may take so long and no longer, and is ended
with all that it started. Macros are switched off, and so is its search for updates.
Source of the switches: help.libreoffice.org, Starting LibreOffice Software With Parameters.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from redactor.config import LIBREOFFICE_SECONDS, libreoffice_program
from redactor.errors import LayoutFailed
from redactor.model import Progress, Report

log = logging.getLogger(__name__)

_PREFIX = "redactor-layout-"
#: A folder this old was left by a program that was killed: no layout takes that long.
_STALE_SECONDS = 3600.0
_TICK_SECONDS = 0.1
_SWITCHES = (
    "--headless",
    "--invisible",
    "--norestore",
    "--nologo",
    "--nodefault",
    "--nolockcheck",
    "--nofirststartwizard",
    "--convert-to",
    "pdf:writer_pdf_Export",
)
_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_UPDATES = (
    "/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments"
)
_SETTINGS = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_UPDATES, "AutoCheckEnabled", "false"),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
)


def lay_out(document: bytes, report: Report) -> bytes:
    """Give a Word document that we wrote as the PDF that LibreOffice makes of it.

    Raises:
        LayoutFailed: LibreOffice is not there, is switched off, or did not do it.
        Cancelled: the person asked to stop.
    """
    program = libreoffice_program()
    if program is None:
        raise LayoutFailed("LibreOffice was not found, or is switched off")
    try:
        with _private_folder() as folder:
            return _laid_out(program, document, folder, report)
    except OSError as error:
        raise LayoutFailed("LibreOffice could not be run") from error


def _laid_out(program: Path, document: bytes, folder: Path, report: Report) -> bytes:
    source = folder / "document.docx"
    source.write_bytes(document)
    _write_profile(folder / "profile")
    (folder / "temp").mkdir()
    command = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *_SWITCHES,
        "--outdir",
        str(folder),
        str(source),
    ]
    code = _run(command, folder, report)
    written = folder / "document.pdf"
    if code != 0 or not written.is_file():
        raise LayoutFailed("LibreOffice could not lay the document out")
    return written.read_bytes()


def _write_profile(profile: Path) -> None:
    """Write the settings that a new profile begins with."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items '
        f'xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


# --- the process -------------------------------------------------------------------------------


def _run(command: list[str], folder: Path, report: Report) -> int:
    """Run a program to its end, and end it with its children when the time is up."""
    temporary = str(folder / "temp")
    environment = os.environ | {
        "TMPDIR": temporary,
        "TEMP": temporary,
        "TMP": temporary,
        "SAL_USE_VCLPLUGIN": "svp",
    }
    until = time.monotonic() + LIBREOFFICE_SECONDS
    with _started(command, folder, environment) as process:
        while (code := process.poll()) is None:
            report(Progress(0, 0, "laying out"))  # raises Cancelled where somebody asked to stop
            if time.monotonic() > until:
                raise LayoutFailed("LibreOffice took too long over the document")
            time.sleep(_TICK_SECONDS)
        return code


@contextlib.contextmanager
def _started(
    command: list[str], folder: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program; whatever happens, neither it nor anything it started outlives this."""
    quiet: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    if sys.platform == "win32":
        from redactor import windows  # noqa: PLC0415 - exists for Windows only

        flags = subprocess.CREATE_NO_WINDOW
        process = subprocess.Popen(  # noqa: S603 - a fixed command, no shell
            command, cwd=folder, env=environment, creationflags=flags, **quiet
        )
        family = windows.family_of(process.pid)
        try:
            yield process
        finally:
            windows.end_family(family)
            process.wait()
        return
    process = subprocess.Popen(  # noqa: S603 - a fixed command, no shell
        command, cwd=folder, env=environment, start_new_session=True, **quiet
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):  # all of them have ended
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


# --- the folder --------------------------------------------------------------------------------


@contextlib.contextmanager
def _private_folder() -> Iterator[Path]:
    """Give a folder that only this user may enter; it is gone afterwards, whatever happens."""
    _remove_stale()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))  # mode 0700, or the user's own on Windows
    try:
        yield folder.resolve()
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    """Delete a folder; on Windows a program that just ended may hold on to it for a moment."""
    for _ in range(50):
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(_TICK_SECONDS)
        else:
            return
    log.error("a temporary folder could not be deleted; it will be next time")


def _remove_stale() -> None:
    """Delete what a killed program left."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # another user's, or gone meanwhile
            if time.time() - folder.lstat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(folder)

"""Inside a worker: serve one pipe, job after job, within a limit on memory."""

from __future__ import annotations

import gc
import io
import logging
import os
import sys
from collections.abc import Callable
from contextvars import ContextVar
from multiprocessing.connection import Connection
from typing import Any

from redactor.config import set_up_logging
from redactor.errors import BugError, Cancelled, RedactorError, WorkerLost

log = logging.getLogger(__name__)

#: Objects made before the collector looks for cycles, of which a job makes few and large values
#: many: to look after every 700, as Python does by itself, takes a part of each job.
_COLLECT_AFTER = 20_000

#: The worker's own pipe. Threads that a job starts do not see it, and so cannot garble it.
_home: ContextVar[Connection | None] = ContextVar("home", default=None)


def fetch(key: str) -> bytes:
    """Ask the parent for something that the job at hand was given the right to.

    Raises:
        RedactorError: why the parent does not give it.
        Cancelled: the person asked to stop.
        BugError: this is no worker, or the job was given no such thing.
    """
    pipe = _home.get()
    if pipe is None:
        raise BugError("A document was asked for where no worker runs. Nothing was read.")
    try:
        pipe.send(("need", key))
        answer = _receive(pipe)
    except BaseException:
        # What is left of a document in the pipe must never be taken for a message (it would be
        # unpickled). Without its pipe the worker ends.
        pipe.close()
        raise
    if isinstance(answer, bytes):
        return answer
    raise answer


def _receive(pipe: Connection) -> bytes | RedactorError | Cancelled:
    message = pipe.recv()
    if message == "stop":
        return Cancelled()
    kind, body = message
    if kind == "refused":
        error: RedactorError = body
        return error
    whole = io.BytesIO()
    while whole.tell() < body:
        whole.write(pipe.recv_bytes())
    return whole.getvalue()


def nothing(*, report: object) -> None:
    """Do nothing, to start a worker."""


def work(pipe: Connection, memory_mb: int) -> None:
    """Serve one pipe until it closes. Nothing but our own errors goes back through it."""
    set_up_logging()
    _limit_memory(memory_mb)
    gc.set_threshold(_COLLECT_AFTER)
    # Threads for the algebra of NumPy, which no job uses, wait by spinning and take memory each.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _home.set(pipe)
    while True:
        try:
            message = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        if message is None:
            return
        if message == "stop":
            continue  # a cancel that came after the answer
        function, arguments = message
        answer = _answer(function, arguments, pipe)
        try:
            pipe.send(answer)
        except (OSError, KeyboardInterrupt):
            return


def _answer(
    function: Callable[..., Any], arguments: tuple[Any, ...], pipe: Connection
) -> tuple[str, Any]:
    def report(what: object) -> None:
        while pipe.poll():
            if pipe.recv() == "stop":
                raise Cancelled
        pipe.send(("report", what))

    try:
        return "result", function(*arguments, report=report)
    except (RedactorError, Cancelled) as error:
        return "error", error.with_traceback(None)
    except MemoryError:
        return "error", WorkerLost("It needs more memory than one document may take.")
    except KeyboardInterrupt:
        return "error", Cancelled()
    except Exception as error:
        log.exception("a job failed: %s", function.__name__)
        frame = _last_frame(error)
        return "error", BugError(
            f"A fault in the program ({type(error).__name__} at {frame}). Nothing was written."
        )


def _last_frame(error: BaseException) -> str:
    trace = error.__traceback__
    place = "an unknown place"
    while trace is not None:
        code = trace.tb_frame.f_code
        if "redactor" in code.co_filename:
            place = f"{code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _limit_memory(memory_mb: int) -> None:
    """Cap what this process may take: an address-space limit, or a job object on Windows."""
    if sys.platform == "win32":
        from redactor import windows  # noqa: PLC0415 - exists for Windows only

        windows.limit_process_memory(memory_mb)
        return
    import resource  # noqa: PLC0415 - not on Windows

    ceiling = memory_mb * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))

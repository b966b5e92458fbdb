"""The document lane: worker processes that read, render, detect, rebuild and verify.

The only module that starts a process of this program. Each worker has a pipe of its own, so a
worker that crashes, hangs or runs out of memory costs the job it was doing and nothing else: it is
killed and a fresh one takes its place. Workers are spawned, never forked, so that Windows and Linux
behave alike.

A job is a module-level function whose last argument is ``report``: it sends progress and partial
results home as they come, and raises ``Cancelled`` once the person has asked to stop. What a job
may not open for itself, an original in an encrypted case, it asks of its parent with ``fetch``.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing as mp
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from typing import Any, Self

from redactor.config import WORKER_MEMORY_MB
from redactor.errors import BugError, Cancelled, RedactorError, WorkerLost
from redactor.workers import inside
from redactor.workers.answers import read_answer

log = logging.getLogger(__name__)

#: How long a worker has to answer a cancel before it is killed, in seconds.
GRACE_SECONDS = 1.0
#: How often a waiting lane looks at the clock and at cancels, in seconds.
_TICK_SECONDS = 0.05
#: Bytes that are supplied go in pieces of this size: a pipe may refuse some 32 MB at once (source:
#: docs.python.org, multiprocessing, ``Connection.send``).
_PIECE_BYTES = 1 << 20

Supply = Callable[[str], bytes]


@dataclass(slots=True)
class Ticket:
    """A job on its way: its future result, and the way to cancel it."""

    future: Future[Any]
    _stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the job to stop; a worker that does not answer within the grace time is killed."""
        self._stop.set()
        self.future.cancel()

    @property
    def is_cancelled(self) -> bool:
        """Say whether the person asked to stop."""
        return self._stop.is_set()

    def result(self, timeout: float | None = None) -> Any:
        """Wait for the result, or raise what the job raised."""
        return self.future.result(timeout)


@dataclass(slots=True)
class _Job:
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    on_report: Callable[[Any], None] | None
    timeout_s: float | None
    supply: Supply
    ticket: Ticket


def _nothing_to_supply(_: str) -> bytes:
    raise BugError("A worker asked for a document that it was not given. It got nothing.")


class Lane:
    """A few workers and a queue of jobs, in order.

    Callbacks run on the lane's own threads, never on the caller's.
    """

    def __init__(self, workers: int = 1, memory_mb: int = WORKER_MEMORY_MB) -> None:
        self._memory_mb = memory_mb
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._closed = threading.Event()
        self._threads = [
            threading.Thread(target=self._serve, name=f"lane-{number}", daemon=True)
            for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        on_report: Callable[[Any], None] | None = None,
        timeout_s: float | None = None,
        supply: Supply | None = None,
    ) -> Ticket:
        """Queue a job.

        Args:
            function: a module-level function; called as ``function(*arguments, report=report)``.
            on_report: called with each thing the job reports.
            timeout_s: after so many seconds without a report the worker is killed and the job
                fails; one that goes on reporting is slow, not hung, and can be cancelled.
            supply: answers ``fetch`` in the worker. It runs on the lane's thread and stays in this
                process; only the bytes that it gives cross the pipe.

        Returns:
            A ticket. Its future raises what the job raised, ``WorkerLost`` when the worker died
            or ran out of time, or ``Cancelled``.
        """
        ticket = Ticket(Future())
        job = _Job(function, arguments, on_report, timeout_s, supply or _nothing_to_supply, ticket)
        self._jobs.put(job)
        return ticket

    def run(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        on_report: Callable[[Any], None] | None = None,
        timeout_s: float | None = None,
        supply: Supply | None = None,
    ) -> Any:
        """Do a job and wait for it."""
        ticket = self.submit(
            function, *arguments, on_report=on_report, timeout_s=timeout_s, supply=supply
        )
        try:
            return ticket.result()
        except BaseException:
            ticket.cancel()
            raise

    def apart(self) -> Lane:
        """Give another lane, with one worker that is started for it and has opened nothing yet.

        What proves a release runs in it: no worker that read an original or wrote the release has
        a hand in the proof.
        """
        return Lane(1, self._memory_mb)

    def warm_up(self) -> None:
        """Start the workers now, so that the first job does not wait for them."""
        for _ in self._threads:
            self.submit(inside.nothing)

    def close(self) -> None:
        """Stop all workers. Jobs that are still queued are cancelled."""
        self._closed.set()
        with contextlib.suppress(queue.Empty):
            while True:
                job = self._jobs.get_nowait()
                if job is not None:
                    job.ticket.cancel()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout=GRACE_SECONDS + 5)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- one thread a worker ------------------------------------------------------------------

    def _serve(self) -> None:
        worker: _Worker | None = None
        while (job := self._jobs.get()) is not None:
            if not job.ticket.future.set_running_or_notify_cancel():
                continue
            if worker is not None and not worker.is_alive():
                worker.kill()
                worker = None
            worker = worker or _Worker(self._memory_mb)
            try:
                outcome = self._attend(worker, job)
            except Exception as error:
                log.exception("a report was not taken")
                outcome = BugError(f"A fault in the program ({type(error).__name__}).")
            if not worker.is_idle:
                worker.kill()
                worker = None
            _settle(job.ticket.future, outcome)
        if worker is not None:
            worker.leave()

    def _attend(self, worker: _Worker, job: _Job) -> object:
        """Send a job to its worker and listen until it answers; give the result or the error."""
        heard_at = time.monotonic()
        killed_at: float | None = None
        try:
            worker.send(job)
            while True:
                message = worker.listen(_TICK_SECONDS)
                if message is not None:
                    kind, body = message
                    if worker.is_idle:
                        return _Result(body) if kind == "result" else body
                    if killed_at is None:
                        self._hear(worker, job, kind, body)
                    # Taken after it was heard: a slow supply is no silence of the worker's.
                    heard_at = time.monotonic()
                now = time.monotonic()
                if killed_at is None and self._is_unwanted(job):
                    killed_at = now + GRACE_SECONDS
                    worker.ask_to_stop()
                if killed_at is not None and now > killed_at:
                    return Cancelled()
                if job.timeout_s is not None and now - heard_at > job.timeout_s:
                    return WorkerLost(
                        f"It gave no sign of life for {job.timeout_s:.0f} seconds and was stopped."
                    )
        except (EOFError, OSError):
            if self._is_unwanted(job):
                return Cancelled()
            return WorkerLost(
                "The program that read it stopped without an answer (a crash, or no memory left)."
            )

    def _hear(self, worker: _Worker, job: _Job, kind: str, body: Any) -> None:
        """Take what a busy worker says: a report, or its need of something."""
        if kind == "need":
            answer = _supplied(job, body)
            if not self._is_unwanted(job):  # or the stop that follows is its answer
                worker.supply(answer)
        elif job.on_report is not None:
            job.on_report(body)

    def _is_unwanted(self, job: _Job) -> bool:
        return job.ticket.is_cancelled or self._closed.is_set()


def _supplied(job: _Job, key: str) -> bytes | RedactorError:
    """Give what a worker needs, or why it does not get it."""
    try:
        return job.supply(key)
    except RedactorError as error:
        return error.with_traceback(None)
    except Exception as error:
        log.exception("what a worker needs was not supplied")
        return BugError(
            f"A fault in the program ({type(error).__name__}): a document could not be fetched. "
            "Nothing was written."
        )


@dataclass(frozen=True, slots=True)
class _Result:
    value: Any


def _settle(future: Future[Any], outcome: object) -> None:
    if isinstance(outcome, _Result):
        future.set_result(outcome.value)
    elif isinstance(outcome, BaseException):
        future.set_exception(outcome)
    else:
        future.set_exception(BugError("A worker gave an answer that is not understood."))


class _Worker:
    """One process and the pipe to it.

    A thread of its own writes to the pipe, so that a worker that takes nothing out of it can still
    be cancelled and killed, however much was sent.
    """

    def __init__(self, memory_mb: int) -> None:
        context = mp.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=inside.work, args=(theirs, memory_mb), name="redactor-worker", daemon=True
        )
        self._process.start()
        theirs.close()
        self._outbox: queue.SimpleQueue[bytes | memoryview | None] = queue.SimpleQueue()
        self._postman = threading.Thread(target=self._post, name="to-worker", daemon=True)
        self._postman.start()
        self.is_idle = True

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def send(self, job: _Job) -> None:
        self.is_idle = False
        self._send((job.function, job.arguments))

    def ask_to_stop(self) -> None:
        self._send("stop")

    def supply(self, answer: bytes | RedactorError) -> None:
        if isinstance(answer, RedactorError):
            self._send(("refused", answer))
            return
        self._send(("supplied", len(answer)))
        whole = memoryview(answer)
        for start in range(0, len(whole), _PIECE_BYTES):
            self._outbox.put(whole[start : start + _PIECE_BYTES])

    def listen(self, timeout_s: float) -> tuple[str, Any] | None:
        """Give the next message, or None where none came in time.

        Raises:
            EOFError: the worker is gone.
        """
        ready = wait([self._pipe, self._process.sentinel], timeout_s)
        if self._pipe in ready:
            message: tuple[str, Any] = read_answer(self._pipe.recv_bytes())
            self.is_idle = message[0] in {"result", "error"}
            return message
        if ready:
            raise EOFError
        return None

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._outbox.put(None)
        self._postman.join()  # the pipe leads nowhere now, so nothing holds it up
        self._pipe.close()

    def leave(self) -> None:
        self._send(None)
        self._process.join(timeout=GRACE_SECONDS)
        self.kill()

    def _send(self, message: object) -> None:
        self._outbox.put(ForkingPickler.dumps(message))

    def _post(self) -> None:
        with contextlib.suppress(OSError):  # it is gone; whoever listens to it hears that
            while (data := self._outbox.get()) is not None:
                self._pipe.send_bytes(data)

"""What takes longer than the window may stand still and belongs to no open case: keys, backups."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from redactor.errors import RedactorError
from ui.tasks import Courier, in_our_words

T = TypeVar("T")


class Errands:
    """One thread beside the window, for one thing after another."""

    def __init__(self, courier: Courier) -> None:
        self._courier = courier
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="errand")

    def ask(
        self,
        function: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[RedactorError], None],
        owner: QObject,
    ) -> None:
        """Have something done, and get its answer or its error on the GUI thread.

        Args:
            owner: who asks; once it is gone, nothing is answered.
        """

        def deliver(future: Future[T]) -> None:
            if not isValid(owner):
                return
            error = future.exception()
            if error is None:
                then(future.result())
            elif isinstance(known := in_our_words(error), RedactorError):
                failed(known)

        future = self._pool.submit(function)
        future.add_done_callback(lambda done: self._courier.post(lambda: deliver(done)))

    def close(self) -> None:
        """Finish what was asked for; its answers go nowhere."""
        self._pool.shutdown(wait=True)

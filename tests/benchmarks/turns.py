"""Measuring how long the window's own thread is busy: a 5 ms timer on it, in CPU time."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

_BEAT_MS = 5


class Turns:
    """The turns of the window's thread from now on, in seconds of wall-clock and of CPU time."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []
        self._last = (time.perf_counter(), time.thread_time())
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)

    def _beat(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        self.wall.append(now[0] - self._last[0] - _BEAT_MS / 1000)
        self.cpu.append(now[1] - self._last[1])
        self._last = now

    def told(self) -> str:
        """Say how long the longest was, and what nearly all stayed under."""
        self._timer.stop()
        wall, cpu = sorted(self.wall), sorted(self.cpu)
        at = len(wall) * 99 // 100
        return (
            f"longest turn {wall[-1] * 1000:.0f} ms ({cpu[-1] * 1000:.0f} ms of CPU), "
            f"99 % under {wall[at] * 1000:.0f} ms ({cpu[at] * 1000:.0f} ms)"
        )


def wait(app: QApplication, seconds: float) -> None:
    """Let the window work for so long."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        app.processEvents()
        time.sleep(0.001)

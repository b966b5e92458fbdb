"""What a process takes: its peak memory, on Linux and on Windows, and its CPU time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


def peak_memory_mb() -> float:
    """Give the most memory that this process ever held, in megabytes."""
    if sys.platform == "win32":
        return _windows_peak() / 2**20
    # Not getrusage: there a process begins with the peak of the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def _windows_peak() -> int:
    """Ask Windows; source: learn.microsoft.com, GetProcessMemoryInfo, PROCESS_MEMORY_COUNTERS."""
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    kernel = ctypes.WinDLL("kernel32")
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    ask = kernel.K32GetProcessMemoryInfo
    ask.argtypes = (wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD)
    counters = Counters(cb=ctypes.sizeof(Counters))
    if not ask(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb):
        raise OSError("Windows did not say how much memory this process holds")
    return counters.PeakWorkingSetSize


# --- whole commands ------------------------------------------------------------------------------

#: Runs the program and says last what its largest worker held at most, and what it did itself.
_MEASURED = """
import resource, sys
sys.path.insert(0, sys.argv.pop(1))
from redactor.cli import main
from tests.benchmarks.measuring import peak_memory_mb
code = main(sys.argv[1:])
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(f"\\nPEAK {children} {peak_memory_mb():.0f}", file=sys.stderr)
sys.exit(code)
"""
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took.

    Attributes:
        cpu: CPU seconds, with those of its workers.
        worker_mb: the most memory that one of its workers held; 0 where it has none.
        own_mb: the most that the process itself held, where that was asked.
    """

    cpu: float
    wall: float
    code: int
    worker_mb: int = 0
    own_mb: int = 0


def run_redactor(*arguments: str) -> Run:
    """Run the program whole, with its workers; only where there is ``getrusage``."""
    return run(sys.executable, "-c", _MEASURED, str(_ROOT), *arguments)


def run(*command: str, cwd: Path | None = None, **environment: str) -> Run:
    """Run a command in a folder, with additions to its environment, and say what it took."""
    import resource  # not on Windows

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(
        command,
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        cwd=cwd,
        env={**os.environ, **environment},
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peaks = [line.split()[1:] for line in done.stderr.splitlines() if line.startswith("PEAK ")]
    worker_mb, own_mb = map(int, peaks[-1]) if peaks else (0, 0)
    return Run(cpu, wall, done.returncode, worker_mb, own_mb)

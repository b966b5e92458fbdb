"""Peak memory of this process, on Linux and on Windows."""

from __future__ import annotations

import sys
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

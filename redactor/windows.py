"""What Windows needs in its own way. Imported there only; on Linux only its syntax was tried."""

from __future__ import annotations

import ctypes
from typing import Any

_JOB_OBJECT_EXTENDED_LIMIT_INFORMATION = 9
_JOB_OBJECT_LIMIT_PROCESS_MEMORY = 0x0100
_JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE = 0x2000
_PROCESS_SET_QUOTA_AND_TERMINATE = 0x0101


class _BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION, winnt.h."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class _ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION, winnt.h."""

    _fields_ = (
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def limit_process_memory(memory_mb: int) -> None:
    """Put this process in a job object whose processes may commit so many megabytes.

    What it starts is in the job as well, and ends with it: the job closes with its last handle,
    which this process keeps.
    Source: learn.microsoft.com, SetInformationJobObject, JOB_OBJECT_LIMIT_PROCESS_MEMORY.
    """
    kernel = _kernel()
    limits = _ExtendedLimits()
    limits.BasicLimitInformation.LimitFlags = (
        _JOB_OBJECT_LIMIT_PROCESS_MEMORY | _JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
    )
    limits.ProcessMemoryLimit = memory_mb * 1024 * 1024
    kernel.AssignProcessToJobObject(_job(kernel, limits), kernel.GetCurrentProcess())


def family_of(process_id: int) -> int:
    """Put a process that was just started, and with it all that it will start, in a job object."""
    kernel = _kernel()
    limits = _ExtendedLimits()
    limits.BasicLimitInformation.LimitFlags = _JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
    job = _job(kernel, limits)
    process = kernel.OpenProcess(_PROCESS_SET_QUOTA_AND_TERMINATE, 0, process_id)
    kernel.AssignProcessToJobObject(job, process)
    kernel.CloseHandle(process)
    return job


def end_family(job: int) -> None:
    """End every process of a job object that is still there."""
    kernel = _kernel()
    kernel.TerminateJobObject(job, 1)
    kernel.CloseHandle(job)


def _job(kernel: Any, limits: _ExtendedLimits) -> int:
    job: int = kernel.CreateJobObjectW(None, None)
    kernel.SetInformationJobObject(
        job, _JOB_OBJECT_EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), ctypes.sizeof(limits)
    )
    return job


def _kernel() -> Any:
    kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    for name in ("CreateJobObjectW", "GetCurrentProcess", "OpenProcess"):
        getattr(kernel, name).restype = ctypes.c_void_p
    kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    kernel.TerminateJobObject.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
    kernel.OpenProcess.argtypes = (ctypes.c_uint32, ctypes.c_int, ctypes.c_uint32)
    kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
    kernel.SetInformationJobObject.argtypes = (
        ctypes.c_void_p,
        ctypes.c_int,
        ctypes.c_void_p,
        ctypes.c_uint32,
    )
    return kernel

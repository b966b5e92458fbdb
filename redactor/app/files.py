"""Files and folders as given, one document at a time, each in a worker with its own limits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redactor.config import READ_SECONDS, READ_SECONDS_PER_MB
from redactor.errors import RedactorError, UnreadableDocument
from redactor.workers import Lane


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that could not be read: which, why, and what to do."""

    path: Path
    code: str
    message: str
    exit_code: int


def refusal(path: Path, error: RedactorError) -> Refusal:
    """Give the refusal that an error stands for, naming the file."""
    code = error.reason if isinstance(error, UnreadableDocument) else error.code
    return Refusal(path, code, f"{path.name}: {error.user_message}", error.exit_code)


def expand(paths: Iterable[Path]) -> Iterator[Path]:
    """Give every file named, and every file below the folders named, sorted, each once."""
    seen: set[Path] = set()
    for path in paths:
        for file in _below(path) if path.is_dir() else [path]:
            if file not in seen:
                seen.add(file)
                yield file


def _below(folder: Path) -> list[Path]:
    """Give the files below a folder, and what cannot be looked into, so that it is reported."""
    found: list[Path] = []
    walked = os.walk(folder, onerror=lambda error: found.append(Path(error.filename)))
    for where, _, names in walked:
        found += [Path(where, name) for name in names]
    return sorted(found)


def time_limit_s(path: Path) -> float:
    """Give how long one document may take in one step, in seconds, by its size."""
    try:
        megabytes = path.stat().st_size / 2**20
    except OSError:
        megabytes = 0.0
    return READ_SECONDS + READ_SECONDS_PER_MB * megabytes


def in_worker(
    lane: Lane,
    path: Path,
    job: Callable[..., Any],
    *arguments: Any,
    on_report: Callable[[Any], None] | None = None,
) -> Any:
    """Do one step on one document in a worker, within its time limit."""
    return lane.run(job, *arguments, on_report=on_report, timeout_s=time_limit_s(path))

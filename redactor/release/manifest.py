"""The manifest of a release: what went in, what came out, what was checked, and by which engine.

It is JSON in canonical form (RFC 8785 for what is used here: sorted keys, no white space, UTF-8, no
fractions), so that its own digest is reproducible. It holds no name of a source file, which may be
the name of a person, and no text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redactor import __version__
from redactor.canonical import canonical
from redactor.model import Ruling
from redactor.release.verify.model import Check

MANIFEST_NAME = "manifest.json"
MANIFEST_FORMAT = 1
_MAX_MANIFEST_BYTES = 50_000_000
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One original: its number in the case, its format, and what fixes its bytes."""

    document: int
    format: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class OutputEntry:
    """One file of the release. ``document`` is None for what is about the whole of it."""

    name: str
    sha256: str
    bytes: int
    document: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOutEntry:
    """How many things of a kind were left out of a document."""

    document: int
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class RulingEntry:
    """What was ruled on the parts of a document that could not be read: which ruling, how often."""

    document: int
    ruling: Ruling
    count: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a release folder that does not agree with its manifest.

    Attributes:
        kind: ``no-manifest``, ``damaged-manifest``, ``missing-file``, ``changed-file``,
            ``extra-file`` or ``unreadable-file``.
        file: the file's name in the folder, or empty.
        message: a sentence.
    """

    kind: str
    file: str
    message: str


def build_manifest(
    ref: str,
    sources: Iterable[SourceEntry],
    outputs: Iterable[OutputEntry],
    checks: Iterable[Check],
    left_out: Iterable[LeftOutEntry] = (),
    rulings: Iterable[RulingEntry] = (),
    *,
    created: dt.datetime,
) -> bytes:
    """Write the manifest.

    Args:
        ref: the reference of the case.
        checks: every check that was run; equal ones are counted together, without their details.
        created: when, with a time zone; written in UTC to the second.

    Raises:
        ValueError: ``created`` has no time zone, or two outputs share a name.
    """
    if created.tzinfo is None:
        raise ValueError("the time of creation needs a time zone")
    written = [_output(one) for one in outputs]
    names = [one["name"] for one in written]
    if len(set(names)) != len(names):
        raise ValueError("two outputs have the same name")
    return canonical(
        {
            "manifest": MANIFEST_FORMAT,
            "product": {"name": "Redactor", "version": __version__},
            "case": ref,
            "created": created.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "sources": [
                {
                    "document": one.document,
                    "format": one.format,
                    "sha256": one.sha256,
                    "bytes": one.bytes,
                }
                for one in sources
            ],
            "outputs": written,
            "checks": _counted(checks),
            "left_out": [
                {"document": one.document, "kind": one.kind, "count": one.count} for one in left_out
            ],
            "rulings": [
                {"document": one.document, "ruling": str(one.ruling), "count": one.count}
                for one in rulings
            ],
        }
    )


def _output(one: OutputEntry) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": one.name, "sha256": one.sha256, "bytes": one.bytes}
    return entry if one.document is None else {**entry, "document": one.document}


def _counted(checks: Iterable[Check]) -> list[dict[str, Any]]:
    counts = Counter((check.name, check.engine, check.ok) for check in checks)
    return [
        {"name": name, "engine": engine, "ok": ok, "count": count}
        for (name, engine, ok), count in sorted(counts.items())
    ]


# --- checking a folder -------------------------------------------------------------------------


def check_manifest(folder: Path, beside: Collection[str] = ()) -> list[Problem]:
    """Hash the files of a release again and hold them against its manifest.

    Args:
        beside: names of files that may lie beside the release.

    Returns:
        What does not agree; empty where everything does. Files beside the release are told too.
    """
    path = folder / MANIFEST_NAME
    if not path.is_file():
        return [Problem("no-manifest", MANIFEST_NAME, "There is no manifest in the folder.")]
    try:
        listed = _listed(path)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return [Problem("damaged-manifest", MANIFEST_NAME, "The manifest cannot be read.")]
    problems = [problem for one in listed for problem in _check_file(folder, one)]
    known = {one.name for one in listed} | {MANIFEST_NAME} | set(beside)
    return [*problems, *_extra(folder, known)]


def _extra(folder: Path, known: Collection[str]) -> list[Problem]:
    """Tell what else lies in a folder; a folder in it is named, not looked into."""
    try:
        there = sorted(one.name for one in folder.iterdir())
    except OSError:
        return [Problem("unreadable-file", folder.name, "The folder cannot be listed.")]
    return [
        Problem("extra-file", name, "It is in the folder but not in the manifest.")
        for name in there
        if name not in known
    ]


def _listed(path: Path) -> Sequence[OutputEntry]:
    if path.stat().st_size > _MAX_MANIFEST_BYTES:
        raise ValueError("too large")
    read = json.loads(path.read_bytes().decode("utf-8"))
    if read["manifest"] != MANIFEST_FORMAT:
        raise ValueError("another version")
    listed = [
        OutputEntry(str(one["name"]), str(one["sha256"]), int(one["bytes"]))
        for one in read["outputs"]
    ]
    if any(not _is_plain_name(one.name) for one in listed):
        raise ValueError("a name that leads out of the folder")
    return listed


def _is_plain_name(name: str) -> bool:
    return bool(name) and not set(name) & set("/\\:\x00") and name not in {".", ".."}


def _check_file(folder: Path, one: OutputEntry) -> list[Problem]:
    path = folder / one.name
    try:
        if not path.is_file():
            message = "The file is in the manifest but is not there."
            return [Problem("missing-file", one.name, message)]
        digest, size = _hashed(path)
    except OSError:
        return [Problem("unreadable-file", one.name, "The file cannot be opened.")]
    if (digest, size) != (one.sha256, one.bytes):
        return [Problem("changed-file", one.name, "The file is not the one that was released.")]
    return []


def _hashed(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size

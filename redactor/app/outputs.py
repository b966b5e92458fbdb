"""Names for released files, and writing them so that a failure leaves nothing behind."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from redactor.errors import CheckFailed, UsageError
from redactor.matching import count_term, fold
from redactor.release.plan import WithheldText

#: Characters and names that Windows does not take in a file name.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST_STEM = 120


@dataclass(frozen=True, slots=True)
class Output:
    """One file of a release, ready to be written."""

    name: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Give the SHA-256 of its bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()


def output_name(
    original: str, suffix: str, part: str, withheld: Sequence[WithheldText], number: int
) -> str:
    """Name a released file after its original, unless the name itself holds something withheld.

    Args:
        original: the original's file name.
        suffix: of the new file, with its dot.
        part: a sheet's name, where one original gave several files; else empty.
        withheld: all that is withheld anywhere in the release.
        number: stands in for a name that cannot be used.
    """
    stem = PurePath(original).stem
    if _names_withheld(stem, withheld):
        stem = f"document {number}"
    if part and not _names_withheld(part, withheld):
        stem = f"{stem} - {part}"
    stem = _FORBIDDEN.sub("_", stem).strip(" .")[:_LONGEST_STEM] or f"document {number}"
    if _RESERVED.fullmatch(stem):
        stem = f"{stem}_"
    return f"{stem}{suffix}"


def _names_withheld(stem: str, withheld: Sequence[WithheldText]) -> bool:
    folded = fold(stem)
    return any(one.strict and count_term(one.term, folded) for one in withheld)


def distinct(names: Iterable[str]) -> list[str]:
    """Tell apart names that are equal on Windows, where case does not count."""
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        path, candidate, count = PurePath(name), name, 1
        while candidate.casefold() in taken:
            count += 1
            candidate = f"{path.stem} ({count}){path.suffix}"
        taken.add(candidate.casefold())
        found.append(candidate)
    return found


def write_all(folder: Path, outputs: Sequence[Output], originals: Iterable[Path] = ()) -> None:
    """Write all files, or none.

    Each is written beside its place, read back and compared, and only then moved into it.

    Raises:
        UsageError: a file would replace an original, or the folder cannot be written to.
        CheckFailed: what the disk holds is not what was verified. Everything was deleted again.
    """
    kept = {_resolved(path) for path in originals}
    for output in outputs:
        if _resolved(folder / output.name) in kept:
            raise UsageError(
                f"{output.name} would replace its own original. Nothing was written. "
                "Choose another folder."
            )
    waiting: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for output in outputs:
            final = folder / output.name
            beside = final.with_name(f".{final.name}.part")
            waiting.append((beside, final))
            _write_through(beside, output.data)
            if hashlib.sha256(beside.read_bytes()).hexdigest() != output.sha256:
                raise CheckFailed(
                    f"{output.name} was not on the disk as it was verified. Nothing was kept. "
                    "Check the disk, and release again."
                )
        for beside, final in waiting:
            beside.replace(final)
    except OSError:
        raise UsageError(
            f"The folder {folder.name} cannot be written to (no permission, no room, or a file in "
            "it is open elsewhere). Nothing was released. Choose another folder."
        ) from None
    finally:
        for beside, _ in waiting:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def remove_all(folder: Path, outputs: Iterable[Output]) -> None:
    """Take back files that were written."""
    for output in outputs:
        with contextlib.suppress(OSError):
            (folder / output.name).unlink(missing_ok=True)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _resolved(path: Path) -> str:
    return os.path.normcase(path.resolve())

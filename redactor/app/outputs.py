"""Names for released files, and writing them so that a failure leaves nothing behind."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from redactor.case.backup import flush_folder
from redactor.errors import CheckFailed, UsageError
from redactor.formats import FORMATS
from redactor.matching import count_term, fold
from redactor.release.plan import WithheldText

#: Characters and names that Windows does not take in a file name.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
#: Source: learn.microsoft.com, Naming Files, Paths, and Namespaces. A suffix changes nothing.
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³]) *", re.IGNORECASE)
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
    stand_in = next(
        (
            one
            for one in (f"document {number}", f"file {number}")
            if not _names_withheld(one, withheld)
        ),
        str(number),
    )
    if _names_withheld(stem, withheld):
        stem = stand_in
    if part and not _names_withheld(part, withheld):
        stem = f"{stem} - {part}"
    stem = _FORBIDDEN.sub("_", stem).strip(" .")[:_LONGEST_STEM] or stand_in
    head, dot, rest = stem.partition(".")
    if _RESERVED.fullmatch(head):
        stem = f"{head}_{dot}{rest}"
    return f"{stem}{_own_suffix(original, suffix)}"


def _own_suffix(original: str, suffix: str) -> str:
    """Keep the suffix of a text file that stays what it was: ``.tsv`` says that tabs are in it."""
    own = PurePath(original).suffix
    for one in FORMATS:
        if not one.has_signature and {own.lower(), suffix} <= set(one.suffixes):
            return own
    return suffix


def _names_withheld(stem: str, withheld: Sequence[WithheldText]) -> bool:
    folded = fold(stem)
    return any(one.strict and count_term(one.term, folded) for one in withheld)


def distinct(names: Iterable[str], others: Iterable[str] = ()) -> list[str]:
    """Tell apart names that are equal on Windows, where case does not count.

    Args:
        others: names that are given away already.
    """
    taken = {other.casefold() for other in others}
    found: list[str] = []
    for name in names:
        path, candidate, count = PurePath(name), name, 1
        while candidate.casefold() in taken:
            count += 1
            candidate = f"{path.stem} ({count}){path.suffix}"
        taken.add(candidate.casefold())
        found.append(candidate)
    return found


def require_plain_names(names: Sequence[str]) -> None:
    """Go on only where each name is that of one file in a folder, on Windows as well.

    Names that were kept in a case are asked again: whoever wrote them may have meant another
    folder, or that one file should take the place of another.

    Raises:
        CheckFailed: one leads elsewhere, cannot be had on Windows, or is there twice.
    """
    if all(map(_is_plain, names)) and distinct(names) == list(names):
        return
    raise CheckFailed(
        "The name of a file that was kept to be released leads out of its folder, cannot be used "
        "on Windows, or is there twice. Nothing was signed or written. Submit the case again."
    )


def _is_plain(name: str) -> bool:
    return (
        name == name.rstrip(" .") != ""
        and not _FORBIDDEN.search(name)
        and not _RESERVED.fullmatch(name.partition(".")[0])
    )


def write_all(folder: Path, outputs: Sequence[Output], originals: Iterable[Path] = ()) -> None:
    """Write all files, or none.

    Each is written beside its place, read back and compared, and only then moved into it.

    Raises:
        UsageError: a file would replace an original, or the folder cannot be written to.
        CheckFailed: a name leads out of the folder, or what the disk holds is not what was
            verified. Everything was deleted again.
    """
    require_plain_names([one.name for one in outputs])
    kept = {_resolved(path) for path in originals}
    for output in outputs:
        if _resolved(folder / output.name) in kept:
            raise UsageError(
                f"{output.name} would replace its own original. Nothing was written. "
                "Choose another folder."
            )
    waiting: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for output in outputs:
            final = folder / output.name
            beside = final.with_name(f".{final.name}.part")
            waiting.append((beside, final))
            _write_proved(beside, output)
        for beside, final in waiting:
            beside.replace(final)
            placed.append(final)
    except OSError:
        _delete(placed)
        raise UsageError(
            f"The folder {folder.name} cannot be written to (no permission, no room, or a file in "
            "it is open elsewhere). Nothing was released. Choose another folder."
        ) from None
    except BaseException:
        _delete(placed)
        raise
    finally:
        _delete(beside for beside, _ in waiting)
    flush_folder(folder)


def remove_all(folder: Path, outputs: Iterable[Output]) -> None:
    """Take back files that were written."""
    _delete(folder / output.name for output in outputs)


def _delete(paths: Iterable[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _write_proved(path: Path, output: Output) -> None:
    with path.open("wb") as file:
        file.write(output.data)
        file.flush()
        os.fsync(file.fileno())
    if hashlib.sha256(path.read_bytes()).hexdigest() != output.sha256:
        raise CheckFailed(
            f"{output.name} was not on the disk as it was verified. Nothing was kept. "
            "Check the disk, and release again."
        )


def _resolved(path: Path) -> str:
    return os.path.normcase(path.resolve())

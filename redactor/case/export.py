"""The log as a file of lines, one event each, that anybody can keep and check without the case.

The last line says where the log stood, signed by the case's own key, so that nobody who has only
the file can cut it off. What comes in is hostile until it was held against its canonical form.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from redactor.canonical import canonical
from redactor.case import log
from redactor.case.bodies import case_key_in
from redactor.case.check_log import (
    Anchor,
    Checked,
    Entry,
    Illegible,
    check_anchor,
    check_entries,
    events_named,
)
from redactor.case.new_file import put_in_place
from redactor.case.problems import Problem
from redactor.case.signing import fingerprint_of
from redactor.case.store import Store
from redactor.errors import CaseError, UsageError
from redactor.events import Event, EventKind
from redactor.model import Report, quiet

#: Longer than any log of ours; a file that is longer is not read.
_MOST_BYTES = 2_000_000_000
#: With more lines than these that are no events, a file is no log, and not read to its end.
_MOST_ILLEGIBLE = 1000
_CASE_SUFFIX = ".redactor"
#: How the first line of every exported log begins, and no other file of ours.
_BEGINS = b'{"actor":'


def write_export(path: Path, store: Store) -> int:
    """Write the log of a case beside, and put it in place when it is on the disk.

    Returns:
        How many events were written.

    Raises:
        UsageError: the name is that of a case file, of a folder or of a file that is no exported
            log, or it cannot be written there.
    """
    if path.suffix.casefold() == _CASE_SUFFIX or path.is_dir() or _is_same(path, store.vault.path):
        raise UsageError(
            f"{path.name} is the name of a case file or a folder. Nothing was written. "
            "Choose a name that ends in .jsonl."
        )
    if not _is_free(path):
        raise UsageError(
            f"{path.name} is there already, and is no exported log. Nothing was written. "
            "Choose another name."
        )
    events = store.events()
    try:
        put_in_place(path, b"".join(log.export_lines(events, store.case_signer)))
    except OSError:
        raise UsageError(
            f"{path.name} could not be written. Nothing was changed. Check that the folder is "
            "there, that there is room, and that no other program has the file open."
        ) from None
    return len(events)


def _is_free(path: Path) -> bool:
    """Say whether an export may take a name: nothing is there, or an export, or an empty file."""
    try:
        with path.open("rb") as file:
            return file.read(len(_BEGINS)) in {b"", _BEGINS}
    except FileNotFoundError:
        return True
    except OSError:
        return not os.path.lexists(path)  # else what is there cannot be told


def read_export(path: Path) -> tuple[list[Event], list[Problem]]:
    """Read the events of an exported log.

    Returns:
        The events that can be read, and what is wrong with the lines as lines.

    Raises:
        CaseError: the file cannot be read, or is too large to be a log.
    """
    lines = _read(path)
    events = [one.content for one in lines if isinstance(one.content, Event)]
    illegible = [
        Problem(None, "malformed", f"{one.where} {one.why}.")
        for one in _entries(lines)
        if isinstance(one, Illegible)
    ]
    return events, illegible + _not_canonical(lines)


def check_export(path: Path, anchor: Anchor | None = None, report: Report = quiet) -> list[Problem]:
    """Say everything that is wrong with an exported log.

    Args:
        anchor: the number and the digest of the event that a certificate was made of.

    Raises:
        CaseError: the file cannot be read, or is too large to be a log.
    """
    lines = _read(path)
    ends = [(one.number, one.content) for one in lines if isinstance(one.content, _End)]
    if not ends:
        return _check_endless(lines, anchor, report)
    at, end = ends[-1]
    inside, about_end = _without_trailing(lines, at)
    about_end += _faults_of(end)
    checked = check_entries(_entries(inside), report, 0 if about_end else end.count)
    found = [*checked.problems, *_not_canonical(inside), *about_end]
    if len(ends) > 1:
        said = f"The line that ends the log is there {len(ends)} times."
        found.append(Problem(None, "repeated", said))
    elif not about_end:
        is_followed = any(isinstance(one.content, Event) for one in lines[at:])
        found += _held_against(checked, end, is_followed=is_followed)
    return found + check_anchor(checked, anchor)


def _check_endless(lines: Sequence[_Line], anchor: Anchor | None, report: Report) -> list[Problem]:
    """Check a log that lost the line that ends it."""
    said = "The log was cut off: the line that says where it ends is missing"
    if lines and isinstance(lines[-1].content, str):
        said += f"; line {lines[-1].number}, the last one, {lines[-1].content}"
        lines = lines[:-1]
    if not lines:
        return [Problem(None, "cut-off", f"{said}, and so is every event.")]
    checked = check_entries(_entries(lines), report)
    found = [*checked.problems, *_not_canonical(lines), Problem(None, "cut-off", f"{said}.")]
    return found + [one for one in check_anchor(checked, anchor) if one.kind != "cut-off"]


def _is_same(path: Path, other: Path) -> bool:
    return path.exists() and path.samefile(other)


# --- lines ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _End:
    """What the line that ends a log says.

    Attributes:
        event: it has the fields of an event, though its kind is none.
    """

    event: Event

    @property
    def count(self) -> int:
        """Give how many events it says there are."""
        return self.event.seq - 1


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of an exported log.

    Attributes:
        content: what it says; or, where it cannot be read, why, as a sentence goes on.
        is_canonical: it is byte for byte what Redactor writes for what it says.
    """

    number: int
    content: Event | _End | str
    is_canonical: bool = True


def _read(path: Path) -> list[_Line]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CaseError(
                f"{path.name} is too large to be the log of a case. It was not read. "
                "Choose the file that `redactor case export-log` wrote."
            )
        with path.open("rb") as file:
            return list(_lines_of(file))
    except OSError:
        raise CaseError(
            f"{path.name} cannot be read. Check that it is there, that it is a file, and that you "
            "may read it."
        ) from None


def _lines_of(file: BinaryIO) -> Iterator[_Line]:
    number = illegible = 0
    while untrusted := file.readline(log.MAX_LINE_BYTES):
        number += 1
        if len(untrusted) == log.MAX_LINE_BYTES:
            yield _Line(number, "is longer than any event, and the rest was not read")
            return
        line = _line_of(number, untrusted)
        illegible += isinstance(line.content, str)
        if illegible > _MOST_ILLEGIBLE:
            yield _Line(number, "is one too many that is no event, and the rest was not read")
            return
        yield line


def _line_of(number: int, untrusted: bytes) -> _Line:
    if not untrusted.strip():
        return _Line(number, "is blank")
    try:
        shape = json.loads(untrusted.decode("utf-8"))
        content = _content_of(shape)
        return _Line(number, content, canonical(shape) + b"\n" == untrusted)
    except UnicodeDecodeError:
        return _Line(number, "is not UTF-8")
    except json.JSONDecodeError:
        return _Line(number, "is not JSON")
    except (ValueError, KeyError, TypeError, RecursionError):
        return _Line(number, "is no event")


def _content_of(shape: Any) -> Event | _End:
    if isinstance(shape, dict) and shape.get("kind") == log.END_KIND:
        return _End(log.event_of({**shape, "kind": str(EventKind.COMMENTED)}))
    return log.event_of(shape)


def _entries(lines: Sequence[_Line]) -> list[Entry]:
    """Give the lines without those that end the log; illegible neighbours count as one."""
    entries: list[Entry] = []
    first = 0
    for before, line in zip([None, *lines], lines, strict=False):
        if isinstance(line.content, Event):
            entries.append(line.content)
        elif isinstance(line.content, str):
            if before is None or not isinstance(before.content, str):
                first = line.number
                entries.append(Illegible(f"Line {first}", line.content))
            else:
                entries[-1] = Illegible(f"Lines {first} to {line.number}", "are no events")
    return entries


def _not_canonical(lines: Sequence[_Line]) -> list[Problem]:
    """Say which lines say what they should in another way than Redactor writes it."""
    numbers = [one.number for one in lines if not one.is_canonical]
    if not numbers:
        return []
    if len(numbers) == 1:
        where = f"Line {numbers[0]} is"
    else:
        where = f"{len(numbers)} lines, from line {numbers[0]} on, are"
    said = f"{where} not written byte for byte as Redactor writes it."
    return [Problem(None, "changed", said)]


# --- the end ----------------------------------------------------------------------------------


def _without_trailing(lines: Sequence[_Line], end: int) -> tuple[Sequence[_Line], list[Problem]]:
    """Leave out what follows the end and is no event, and say so."""
    after = lines[end:]
    if not after or any(isinstance(one.content, Event) for one in after):
        return lines, []
    said = f"{len(after)} lines follow" if len(after) > 1 else "A line follows"
    said += f" the one that ends the log; line {after[0].number} {after[0].content}."
    return lines[:end], [Problem(None, "trailing", said)]


def _faults_of(end: _End) -> list[Problem]:
    """Say what is wrong with the line that ends the log, apart from its signature."""
    one = end.event
    header = (one.at, one.actor, one.fingerprint, log.END_KIND)
    if one.digest != log.digest_of(one.previous, one.seq, header, canonical(one.body)):
        said = "The line that ends the log was changed: it is not what its digest says."
        return [Problem(None, "changed", said)]
    if end.count < 0 or one.body != {"events": end.count, "head": one.previous}:
        said = "The line that ends the log does not say how many events there are."
        return [Problem(None, "malformed", said)]
    return []


def _held_against(checked: Checked, end: _End, *, is_followed: bool) -> list[Problem]:
    """Hold the events against what the line that ends the log says of them."""
    found: list[Problem] = []
    key = case_key_in(checked.sound.get(1))
    if key and not _is_signed(end.event, key):
        said = "The line that ends the log was not signed with the key of the case."
        found.append(Problem(None, "forged", said))
    if checked.last > end.count:
        said = f"{events_named(end.count + 1, checked.last)} came after the log was exported."
        found.append(Problem(end.count + 1, "added", said))
    elif is_followed and all(one.kind != "repeated" for one in checked.problems):
        said = "The log was reordered: events follow the line that ends it."
        found.append(Problem(None, "reordered", said))
    last = checked.sound.get(end.count)
    if last is not None and last.digest != end.event.previous and not checked.problems:
        said = f"Event {end.count} is not the one that ended the log when it was exported."
        found.append(Problem(end.count, "changed", said))
    return found


def _is_signed(end: Event, key: str) -> bool:
    return fingerprint_of(bytes.fromhex(key)) == end.fingerprint and log.signature_holds(end, key)

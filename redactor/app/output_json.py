"""The shapes of the command line's answers: JSON as the contract has it, and plain lines.

The persons of a scan are gathered over all documents of the call, so nothing is written before the
last of them was searched. ``P1`` is whoever is mentioned first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from redactor.app.files import Refusal
from redactor.app.oneshot import Failed, Released, Scanned, Stopped
from redactor.events import Mark
from redactor.model import Document, Finding, HiddenKind, Segment, Tally, Unread, key_of, span_of
from redactor.release.verify.model import VerificationReport

OK, BLOCKED, FAILED = 0, 4, 5

Tell = Callable[[str], None]


# --- scan -------------------------------------------------------------------------------------


def write_scan(results: Iterable[Scanned | Refusal], out: TextIO) -> int:
    """Write the scan's JSON piece by piece, so that no text is ever held twice.

    Returns:
        The exit code.
    """
    every = list(results)
    errors = [one for one in every if isinstance(one, Refusal)]
    scanned = [one for one in every if isinstance(one, Scanned)]
    persons = persons_of(scanned)
    out.write('{"documents": [')
    for number, one in enumerate(scanned):
        out.write(",\n" if number else "")
        for piece in _scanned(one, persons[number]):
            out.write(piece)
    out.write('], "errors": ')
    out.write(_dump(_errors(errors)))
    out.write("}\n")
    return _worst(errors)


def persons_of(documents: Sequence[Scanned]) -> list[list[str | None]]:
    """Say which person each finding of each document is of; ``P1`` is mentioned first."""
    from redactor.people import subjects  # noqa: PLC0415 - much to load, for the scan alone

    numbers: list[list[int]] = []
    marks: list[Mark] = []
    for document, one in enumerate(documents, start=1):
        place = {segment.key: at for at, segment in enumerate(one.segments)}
        in_order = sorted(
            range(len(one.findings)),
            key=lambda at, one=one, place=place: (  # type: ignore[misc]
                place[key_of(one.findings[at].place)],
                one.findings[at].start,
            ),
        )
        own = [0] * len(one.findings)
        for at in in_order:
            own[at] = len(marks) + 1
            marks.append(_mark(own[at], document, one.findings[at]))
        numbers.append(own)
    whose = {
        mark: f"P{number}"
        for number, person in enumerate(subjects(marks, ()), start=1)
        for mark in person.marks
    }
    return [[whose.get(number) for number in own] for own in numbers]


def _mark(number: int, document: int, finding: Finding) -> Mark:
    return Mark(
        number,
        document,
        span_of(finding),
        finding.text,
        finding.label,
        finding.score,
        finding.recogniser,
        finding.why,
        finding.proposal,
    )


def _scanned(one: Scanned, persons: Sequence[str | None]) -> Iterator[str]:
    head = {"path": str(one.path), "sha256": one.reading.sha256, "format": one.reading.format}
    yield _dump(head)[:-1]
    yield ', "segments": ['
    yield from _joined(_segment(segment) for segment in one.segments)
    yield '], "findings": ['
    yield from _joined(map(_finding, one.findings, persons))
    yield '], "hidden": ['
    yield from _joined(_hidden_texts(one.segments))
    tail = {
        "unread": _unread(one.reading.unread),
        "incomplete": [{"place": i.place, "why": i.why} for i in one.reading.incomplete],
    }
    yield "], " + _dump(tail)[1:]


def _joined(values: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for index, value in enumerate(values):
        yield (", " if index else "") + _dump(value)


def _segment(segment: Segment) -> dict[str, Any]:
    name, column = segment.key
    shape: dict[str, Any] = {"id": name, "text": segment.text}
    if column is not None:
        shape["column"] = column + 1
    return shape


def _finding(finding: Finding, person: str | None) -> dict[str, Any]:
    name, column = key_of(finding.place)
    shape: dict[str, Any] = {
        "segment": name,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "label": finding.label,
        "score": round(finding.score, 3),
        "recogniser": finding.recogniser,
        "person": person,
        "proposal": str(finding.proposal),
    }
    if column is not None:
        shape["column"] = column + 1
    return shape


def _hidden_groups(
    segments: Iterable[Segment],
) -> dict[tuple[HiddenKind, str], list[str]]:
    groups: dict[tuple[HiddenKind, str], list[str]] = {}
    for segment in segments:
        if segment.hidden is not None:
            place = segment.container or segment.id.removeprefix("part:")
            groups.setdefault((segment.hidden, place), []).append(segment.text)
    return groups


def _hidden_texts(segments: Iterable[Segment]) -> Iterator[dict[str, Any]]:
    for (kind, place), texts in _hidden_groups(segments).items():
        yield {"kind": str(kind), "place": place, "text": "\n".join(texts)}


def tell_scan(results: Iterable[Scanned | Refusal], tell: Tell) -> int:
    """Say what a scan found, without any text of a document."""
    errors: list[Refusal] = []
    for result in results:
        if isinstance(result, Refusal):
            errors.append(result)
            tell(f"NOT READ  {result.message}")
            continue
        tell(f"{result.path} ({result.reading.format})")
        for note in result.reading.notes:
            tell(f"  note: {note}")
        counts: dict[str, int] = {}
        for finding in result.findings:
            counts[finding.label] = counts.get(finding.label, 0) + 1
        for label, count in sorted(counts.items(), key=lambda each: -each[1]):
            tell(f"  {count:6} {label}")
        for (kind, place), texts in _hidden_groups(result.segments).items():
            tell(f"  hidden: {kind} at {place} ({len(texts)})")
        for part in result.reading.unread:
            tell(f"  UNREAD: {part.place}: {part.why}")
        for step in result.reading.incomplete:
            tell(f"  INCOMPLETE: {step.place}: {step.why}")
    return _worst(errors)


# --- inspect ----------------------------------------------------------------------------------


def inspection(
    results: Iterable[tuple[Path, Document] | Refusal], *, show: bool
) -> tuple[dict[str, Any], int]:
    """Give the shape of ``inspect`` and the exit code; the text itself only where asked for."""
    documents: list[dict[str, Any]] = []
    errors: list[Refusal] = []
    for result in results:
        if isinstance(result, Refusal):
            errors.append(result)
            continue
        path, document = result
        hidden = []
        counts = _counts(document.tallies)
        groups = _hidden_groups(document.segments)
        for kind, place in dict.fromkeys([*groups, *counts]):
            texts = groups.get((kind, place), [])
            shape: dict[str, Any] = {
                "kind": str(kind),
                "place": place,
                "count": max(counts.get((kind, place), 0), len(texts)),
                "sample_chars": sum(len(text) for text in texts),
            }
            if show:
                shape["text"] = "\n".join(texts)
            hidden.append(shape)
        documents.append(
            {
                "path": str(path),
                "format": document.format,
                "hidden": hidden,
                "unread": _unread(document.unread),
            }
        )
    return {"documents": documents, "errors": _errors(errors)}, _worst(errors)


def _counts(tallies: Iterable[Tally]) -> dict[tuple[HiddenKind, str], int]:
    """Give how many things of a kind stand in a place, as the reader counted them.

    Of several counts (a pivot cache, its rows) the largest is given.
    """
    counts: dict[tuple[HiddenKind, str], int] = {}
    for one in tallies:
        key = one.kind, one.place
        counts[key] = max(counts.get(key, 0), one.count)
    return counts


def tell_inspection(shape: Mapping[str, Any], tell: Tell) -> None:
    """Say what is hidden, one line each."""
    for document in shape["documents"]:
        tell(f"{document['path']} ({document['format']})")
        if not document["hidden"] and not document["unread"]:
            tell("  nothing hidden was found, and every part was read")
        for one in document["hidden"]:
            tell(f"  {one['kind']}: {one['place']}: {one['count']} ({one['sample_chars']} chars)")
            if "text" in one:
                tell(f"    {one['text']}")
        for one in document["unread"]:
            tell(f"  UNREAD: {one['place']}: {one['why']}")
    for one in shape["errors"]:
        tell(f"NOT READ  {one['message']}")


# --- redact -----------------------------------------------------------------------------------


def redaction(
    results: Sequence[Released | Stopped | Failed | Refusal],
) -> tuple[dict[str, Any], int]:
    """Give the shape of ``redact`` and the exit code."""
    errors = [one for one in results if isinstance(one, Refusal)]
    stopped = [one for one in results if isinstance(one, Stopped)]
    failed = [one for one in results if isinstance(one, Failed)]
    shape = {
        "released": [_released(one) for one in results if isinstance(one, Released)],
        "blocked": [
            {
                "path": str(one.path),
                "unread": _unread(one.unread),
                "incomplete": [{"place": i.place, "why": i.why} for i in one.incomplete],
            }
            for one in stopped
        ],
        "failed": [_failed(one) for one in failed],
        "errors": _errors(errors),
    }
    if failed:
        return shape, FAILED
    return shape, _worst(errors) or (BLOCKED if stopped else OK)


def _released(one: Released) -> dict[str, Any]:
    return {
        "path": str(one.path),
        "sha256": one.sha256,
        "outputs": [{"path": str(path), "sha256": digest} for path, digest in one.outputs],
        "redactions": one.redactions,
        "left_out": [{"kind": i.kind, "place": i.place, "count": i.count} for i in one.left_out],
        "notes": list(one.notes),
        "checks": [{"name": c.name, "ok": c.ok, "engine": c.engine} for c in one.checks],
    }


def _failed(one: Failed) -> dict[str, Any]:
    return {
        "path": str(one.path),
        "checks": [
            {"name": c.name, "ok": c.ok, "engine": c.engine, "detail": c.detail}
            for c in one.checks
            if not c.ok
        ],
        "leaks": [
            {"term_index": k.term_index, "where": k.where, "engine": k.engine} for k in one.leaks
        ],
    }


def tell_redaction(results: Iterable[Released | Stopped | Failed | Refusal], tell: Tell) -> None:
    """Say what became of each file."""
    for one in results:
        match one:
            case Released():
                _tell_released(one, tell)
            case Stopped():
                _tell_stopped(one, tell)
            case Failed():
                _tell_failed(one, tell)
            case Refusal():
                tell(f"NOT READ  {one.message}")


def _tell_released(one: Released, tell: Tell) -> None:
    for path, _ in one.outputs:
        tell(f"released  {path}: {one.redactions} redactions, {len(one.checks)} checks held")
    for out in one.left_out:
        tell(f"  left out: {out.kind} {out.place} ({out.count})")
    for note in one.notes:
        tell(f"  note: {note}")


def _tell_stopped(one: Stopped, tell: Tell) -> None:
    tell(f"BLOCKED   {one.path}: nothing was written.")
    for part in one.unread:
        tell(f"  unread: {part.place}: {part.why}")
    for step in one.incomplete:
        tell(f"  incomplete: {step.place}: {step.why}")
    tell("  Look at each part; --drop-unread leaves unread parts out and lists them.")


def _tell_failed(one: Failed, tell: Tell) -> None:
    tell(f"FAILED    {one.path}: a check failed, nothing was written.")
    for leak in one.leaks:
        tell(f"  term {leak.term_index} survives: {leak.where} ({leak.engine})")
    for check in one.checks:
        if not check.ok:
            tell(f"  {check.name}: {check.detail}")


def tell_verification(report: VerificationReport, tell: Tell) -> None:
    """Say which checks held, and every place where a term survives."""
    for check in report.checks:
        tell(f"{'ok ' if check.ok else 'NO '} {check.name} [{check.engine}] {check.detail}")
    for leak in report.leaks:
        tell(f"LEAK  term {leak.term_index}: {leak.path}, {leak.where} [{leak.engine}]")
    tell("Nothing was found." if report.ok else "NOT CLEAN: see above.")


# --- shared -----------------------------------------------------------------------------------


def _unread(parts: Iterable[Unread]) -> list[dict[str, str]]:
    return [{"place": one.place, "why": one.why} for one in parts]


def _errors(errors: Iterable[Refusal]) -> list[dict[str, str]]:
    return [{"path": str(one.path), "code": one.code, "message": one.message} for one in errors]


def _worst(errors: Iterable[Refusal]) -> int:
    return max((one.exit_code for one in errors), default=OK)


def _dump(shape: object) -> str:
    return json.dumps(shape, ensure_ascii=False)

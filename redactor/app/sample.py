"""The re-check sample of what is submitted: drawn by lot, read again by the reviewer, told of.

Its passages are those of the very files that would be released (``redactor.sampling``). Whoever
prepared the case draws and answers nothing. What was missed sends the case back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from redactor import jobs
from redactor.app.case import Case
from redactor.app.submitted_files import candidate_files
from redactor.case.log import lot_holds
from redactor.errors import CheckFailed, NotAllowed, UsageError
from redactor.events import Event, EventKind
from redactor.jobs import SegmentBatch
from redactor.model import CellPlace, FieldPlace, Progress, Report, Segment, Span, quiet
from redactor.sampling import (
    Unit,
    draw,
    is_finished,
    lot_message,
    sample_size,
    seed_of,
    units_of,
)
from redactor.workers import Lane

_READ_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class SampledFile:
    """A file of the candidate, cut into units.

    Attributes:
        first: the number of its first unit.
    """

    name: str = field(repr=False)
    document: int
    first: int
    units: tuple[Unit, ...]
    segments: tuple[Segment, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """One unit as the reviewer reads it.

    Attributes:
        number: among all units, from 0.
        pieces: its texts as they would be released, in order.
        spans: where these stand in the file.
        missed: what the reviewer answered; None where they have not yet.
    """

    number: int
    file: str = field(repr=False)
    document: int
    pieces: tuple[str, ...] = field(repr=False)
    spans: tuple[Span, ...]
    missed: int | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample of what is submitted."""

    units: int
    passages: tuple[Passage, ...]

    @property
    def answered(self) -> int:
        """Give how many passages were read."""
        return sum(one.missed is not None for one in self.passages)

    @property
    def missed(self) -> int:
        """Give how many places were missed, as far as was read."""
        return sum(one.missed or 0 for one in self.passages)

    @property
    def next(self) -> Passage | None:
        """Give the first passage that nobody has read yet."""
        return next((one for one in self.passages if one.missed is None), None)


def take_sample(case: Case, lane: Lane, report: Report = quiet) -> Sample:
    """Draw the sample of what is submitted, or give the one that was drawn.

    Raises:
        NotAllowed: nothing is submitted, or the person may not draw it.
        UsageError: there is no text in what would be released.
        CheckFailed: the one that was drawn is not the one of the lot.
    """
    files = _files_of(case, lane, report)
    if case.life.sample is None:
        _draw(case, files)
    units = _require_the_lot(case, files)
    answers = case.life.answers
    passages = tuple(_passage(files, unit, answers.get(unit)) for unit in units)
    return Sample(_frame_of(files), passages)


def answer(case: Case, unit: int, missed: int, text: str = "") -> Event:
    """Say how many places were missed in a passage; the last answer sends back what has any.

    Args:
        text: what was missed, in the reviewer's words.

    Raises:
        NotAllowed: there is no such sample, or the person may not answer.
    """
    drawn = case.life.sample
    seq = drawn.seq if drawn is not None else 0
    body: dict[str, object] = {"sample": seq, "unit": unit, "missed": missed}
    if text.strip():
        body["text"] = text.strip()
    event = case.record_change(EventKind.SAMPLE_ANSWERED, body)
    shown = case.life.sampled
    if is_finished(shown) and shown["missed_units"]:
        case.record_change(EventKind.RETURNED, {"reason": _reason(case)})
    return event


def require_the_lot(case: Case, lane: Lane, report: Report = quiet) -> None:
    """Go on only where the sample that was drawn, if one was, is the one of the lot.

    Raises:
        CheckFailed: it is another.
    """
    if case.life.sample is not None:
        _require_the_lot(case, _files_of(case, lane, report))


# --- inside -----------------------------------------------------------------------------------


def _files_of(case: Case, lane: Lane, report: Report) -> tuple[SampledFile, ...]:
    if case.life.submission is None:
        raise NotAllowed("Nothing is submitted. Nothing was drawn. It has to be submitted first.")
    files: list[SampledFile] = []
    first = 0
    views = [one for one in candidate_files(case) if one.document is not None]
    for done, view in enumerate(views):
        report(Progress(done, len(views), f"reading {view.source.name}"))
        batch: SegmentBatch = lane.run(
            jobs.output_segments, view.source, timeout_s=_READ_SECONDS, supply=view.source.supply
        )
        shown = tuple(one for one in batch.segments if one.hidden is None and one.text)
        units = units_of([one.text for one in shown], [_row_of(one) for one in shown])
        number = view.document or 0
        files.append(SampledFile(view.source.name, number, first, units, shown))
        first += len(units)
    return tuple(files)


def _row_of(one: Segment) -> object:
    match one.place:
        case CellPlace(sheet, row, _):
            return sheet, row
        case FieldPlace(row, _):
            return row
        case _:
            return None


def _frame_of(files: Sequence[SampledFile]) -> int:
    return sum(len(one.units) for one in files)


def _drawn_with(lot: bytes, files: Sequence[SampledFile]) -> tuple[int, ...]:
    return draw(seed_of(lot), [len(one.units) for one in files], sample_size(_frame_of(files)))


def _draw(case: Case, files: Sequence[SampledFile]) -> None:
    """Draw by the signature of the person who works, and record it; nobody else can know it."""
    if not _frame_of(files):
        raise UsageError(
            "There is no text in what would be released, so there is nothing to draw from. "
            "Nothing was recorded. Look at the pages instead."
        )
    submitted, signer = case.life.submission, case.signer
    lot = b""
    if submitted is not None and signer is not None:
        lot = signer.sign(lot_message(submitted.digest, str(submitted.body["manifest"])))
    body = {
        "submission": submitted.seq if submitted is not None else 0,
        "lot": lot.hex(),
        "frame": _frame_of(files),
        "units": list(_drawn_with(lot, files)),
    }
    case.record_change(EventKind.SAMPLE_DRAWN, body)


def _require_the_lot(case: Case, files: Sequence[SampledFile]) -> tuple[int, ...]:
    """Give the units that were drawn; go on only where they are those of the lot."""
    submitted, drawn = case.life.submission, case.life.sample
    if submitted is not None and drawn is not None:
        key = case.life.members[drawn.fingerprint].public_key
        if lot_holds(drawn, submitted, key):
            units = _drawn_with(bytes.fromhex(drawn.body["lot"]), files)
            if (drawn.body["frame"], tuple(drawn.body["units"])) == (_frame_of(files), units):
                return units
    raise CheckFailed(
        "The re-check sample in the log is not the one that the lot gives for what is "
        "submitted. Nothing was signed. Return the case, and have it submitted again."
    )


def _passage(files: Sequence[SampledFile], number: int, missed: int | None) -> Passage:
    file = next(one for one in reversed(files) if one.first <= number)
    unit = file.units[number - file.first]
    pieces, spans = [], []
    for one in unit.stretches:
        segment = file.segments[one.index]
        name, column = segment.key
        pieces.append(segment.text[one.start : one.end])
        spans.append(Span(name, one.start, one.end, column))
    return Passage(number, file.name, file.document, tuple(pieces), tuple(spans), missed)


def _reason(case: Case) -> str:
    """Say what the sample found; the words that the reviewer wrote of each passage with it."""
    lines = list(_missed_lines(case))
    shown = case.life.sampled
    places = shown["missed_places"]
    what = "1 place that was missed" if places == 1 else f"{places:,} places that were missed"
    return "\n".join([f"The re-check sample found {what}:", *lines])


def _missed_lines(case: Case) -> Iterator[str]:
    drawn = case.life.sample
    said: dict[int, str] = {}
    for event in case.events():
        body = event.body
        answers = event.kind is EventKind.SAMPLE_ANSWERED and drawn is not None
        if answers and drawn is not None and body["sample"] == drawn.seq:
            said[body["unit"]] = str(body.get("text", ""))
    for unit, missed in sorted(case.life.answers.items()):
        if missed:
            words = said.get(unit, "")
            yield f"passage {unit + 1}: {missed:,}{f' – {words}' if words else ''}"

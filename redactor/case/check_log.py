"""What was changed, dropped, reordered, repeated, spliced or forged in a log, or broke a rule.

One cause gives one problem. An event that was changed is named; that the next one no longer follows
it is not said as well. Nothing here reads or writes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from redactor.case import log
from redactor.case.bodies import key_in
from redactor.case.check_rules import broken_rules
from redactor.case.problems import Problem
from redactor.events import Event
from redactor.model import Progress, Report, quiet

#: Events between two reports of progress.
_PORTION = 500


@dataclass(frozen=True, slots=True)
class Illegible:
    """Something in a log that cannot be read as an event.

    Attributes:
        where: where it stands, as a sentence begins: ``Line 4``.
        why: what is wrong, as the sentence goes on: ``is blank``.
        seq: the number of the event that stood there, where that is known.
    """

    where: str
    why: str
    seq: int | None = None


Entry: TypeAlias = Event | Illegible
#: The number and the digest of an event that is known from elsewhere: of a certificate, say.
Anchor: TypeAlias = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """A log that was looked through.

    Attributes:
        problems: in the order of the events they are about.
        sound: the events that are what their digests say, by number.
        last: the highest number of an event; 0 where there is none.
    """

    problems: tuple[Problem, ...]
    sound: Mapping[int, Event]
    last: int


def check_events(events: Sequence[Event], report: Report = quiet) -> list[Problem]:
    """Say everything that is wrong with a log, in the order of its events."""
    return list(check_entries(events, report).problems)


def check_entries(entries: Sequence[Entry], report: Report = quiet, ends_with: int = 0) -> Checked:
    """Look through a log, of which some may be illegible.

    Args:
        ends_with: the number that the last event must have at least, where that is known.
    """
    if not entries:
        said = "The log is empty: not even its first event is there."
        return Checked((Problem(None, "cut-off" if ends_with else "dropped", said),), {}, 0)
    order = _arrange(entries, ends_with)
    forged = _forged(order, entries, report)
    order.blame(forged, "forged", _NOT_SIGNED)
    order.blame(_spliced(order.sound, frozenset(forged)), "spliced", _NOT_FOLLOWING)
    if not order.problems:
        order.blame(_keyless(order.sound, entries), "forged", _NO_KEY)
    problems = order.problems + broken_rules(_undoubted(order))
    problems.sort(key=lambda one: (one.seq is None, one.seq or 0))
    return Checked(tuple(problems), order.sound, order.last)


def check_anchor(checked: Checked, anchor: Anchor | None) -> list[Problem]:
    """Say whether a log holds exactly the event that a certificate was made of."""
    if anchor is None:
        return []
    seq, digest = anchor
    there = checked.sound.get(seq)
    if there is not None and there.digest == digest:
        return []
    if seq > checked.last:
        if any(one.kind == "cut-off" for one in checked.problems):
            return []
        said = (
            f"The log was cut off: the certificate is of event {seq}, and the last event here is "
            f"number {checked.last}."
        )
        return [Problem(seq, "cut-off", said)]
    if there is None and checked.problems:
        return []  # what became of it is said already
    said = f"Event {seq} is not the one that the certificate is of: the log was written anew."
    return [Problem(seq, "changed", said)]


def events_named(first: int, last: int) -> str:
    """Name some events that follow one another, as a sentence begins."""
    if first == last:
        return f"Event {first}"
    return f"Events {first} {'and' if last == first + 1 else 'to'} {last}"


# --- the order --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Order:
    """A log put in order.

    Attributes:
        sound: the events that are what their digests say, by number.
        last: the highest number.
        doubts: numbers of places where something is wrong.
    """

    sound: dict[int, Event]
    last: int = 0
    problems: list[Problem] = field(default_factory=list)
    doubts: list[int] = field(default_factory=list)

    def add(self, seq: int | None, kind: str, message: str, place: int | None = None) -> None:
        """Take down a problem, and the place from which on the log is in doubt."""
        self.problems.append(Problem(seq, kind, message))
        doubt = seq if place is None else place
        if doubt is not None:
            self.doubts.append(doubt)

    def blame(self, numbers: Iterable[int], kind: str, words: tuple[str, str]) -> None:
        """Take down one problem for each run of numbers."""
        for first, last in _runs(numbers):
            said = words[0] if first == last else words[1]
            self.add(first, kind, f"{events_named(first, last)} {said}.")


_REPEATED = ("is there more than once", "are there more than once")
_NOT_SIGNED = (
    "was not signed with the key of the person it names",
    "were not signed with the keys of the people they name",
)
_NO_KEY = (
    "is signed with a key that was never brought into the case",
    "are signed with keys that were never brought into the case",
)
_NOT_FOLLOWING = (
    "does not follow the event before it: another stood there when it was written",
    "do not follow the events before them: others stood there when they were written",
)


def _arrange(entries: Sequence[Entry], ends_with: int) -> _Order:
    """Put the entries in order, and say what is changed, missing, repeated or out of place."""
    whole = [isinstance(one, Event) and _is_whole(one) for one in entries]
    order = _Order({})
    sequence: list[int] = []
    repeated: set[int] = set()
    for entry, is_whole in zip(entries, whole, strict=True):
        if isinstance(entry, Event) and is_whole:
            (repeated.add if entry.seq in order.sound else sequence.append)(entry.seq)
            order.sound.setdefault(entry.seq, entry)
    placed, loose = _place(entries, whole, order)
    order.last = max({*order.sound, *placed}, default=0)
    _report_gaps(order, placed, loose)
    _report_end(order, loose.get(order.last, ()), ends_with)
    order.blame(sorted(repeated), "repeated", _REPEATED)
    moved = _out_of_place([seq for seq in sequence if seq not in repeated])
    if moved:
        runs = [events_named(first, last).lower() for first, last in _runs(moved)]
        listed = ", ".join(runs[:5]) + (f" and {len(runs) - 5} more" if len(runs) > 5 else "")
        order.add(moved[0], "reordered", f"The log was reordered. Out of place: {listed}.")
    return order


def _is_whole(event: Event) -> bool:
    try:
        return event.seq > 0 and log.digest_holds(event)
    except (ValueError, TypeError, RecursionError):
        return False


def _place(
    entries: Sequence[Entry], whole: Sequence[bool], order: _Order
) -> tuple[set[int], dict[int, list[Entry]]]:
    """Find which numbers the entries that are not whole stand for.

    Returns:
        The numbers that they say, where these fit their place; and the others, by the number
        before them.
    """
    placed: set[int] = set()
    loose: dict[int, list[Entry]] = {}
    before = 0
    for entry, is_whole, after in zip(entries, whole, _followers(entries, whole), strict=True):
        seq = entry.seq
        if is_whole and seq is not None:
            before = seq
        elif seq is not None and before < seq < (before + 2 if after is None else after):
            placed.add(seq)
            before = seq
            said = f" {entry.why}" if isinstance(entry, Illegible) else _CHANGED
            order.add(seq, _kind_of(entry), f"Event {seq}{said}.")
        else:
            loose.setdefault(before, []).append(entry)
    return placed, loose


def _followers(entries: Sequence[Entry], whole: Sequence[bool]) -> list[int | None]:
    """Give for each entry the number of the next one that is whole; None where there is none."""
    followers: list[int | None] = []
    after: int | None = None
    for entry, is_whole in zip(reversed(entries), reversed(whole), strict=True):
        followers.append(after)
        after = entry.seq if is_whole else after
    return followers[::-1]


_CHANGED = " was changed: it is not what its digest says"


def _kind_of(entry: Entry) -> str:
    return "malformed" if isinstance(entry, Illegible) else "changed"


def _report_gaps(order: _Order, placed: set[int], loose: Mapping[int, Sequence[Entry]]) -> None:
    """Say which numbers are missing; an entry without a number explains the gap it stands in."""
    before = 0
    for seq in sorted({*order.sound, *placed}):
        gap = (before + 1, seq - 1)
        if seq > before + 1 and before not in loose:
            order.add(gap[0], "dropped", f"{_missing(*gap)}.")
        _report_loose(order, before, loose.get(before, ()), gap)
        before = seq


def _report_end(order: _Order, loose: Sequence[Entry], ends_with: int) -> None:
    """Say what is wrong after the last event that has a number."""
    gap = (order.last + 1, ends_with)
    _report_loose(order, order.last, loose, gap)
    if order.last < ends_with and not loose:
        said = f"The log was cut off: {_missing(*gap).lower()} at its end."
        order.add(gap[0], "cut-off", said)


def _missing(first: int, last: int) -> str:
    return f"{events_named(first, last)} {'is' if first == last else 'are'} missing"


def _report_loose(
    order: _Order, before: int, entries: Sequence[Entry], gap: tuple[int, int]
) -> None:
    first, last = gap
    for entry in entries:
        if isinstance(entry, Illegible):
            said = f"{entry.where} {entry.why}"
        else:
            after = f"after event {before}" if before else "at the beginning"
            said = f"What stands {after} as event {entry.seq}{_CHANGED}"
        if first <= last:
            said += f". {events_named(first, last)} should stand there"
        seq = first if first <= last else None
        order.add(seq, _kind_of(entry), f"{said}.", before + 1)


def _out_of_place(sequence: Sequence[int]) -> list[int]:
    """Give the fewest numbers without which the rest ascend: all but a longest ascending chain."""
    tails: list[int] = []
    at: list[int] = []
    for seq in sequence:
        place = bisect_left(tails, seq)
        tails[place : place + 1] = [seq]
        at.append(place)
    wanted = len(tails) - 1
    kept: set[int] = set()
    for seq, place in zip(reversed(sequence), reversed(at), strict=True):
        if place == wanted:
            kept.add(seq)
            wanted -= 1
    return sorted(set(sequence) - kept)


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Gather ascending numbers into runs of neighbours."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


# --- chain and signatures ---------------------------------------------------------------------


def _keys(entries: Sequence[Entry]) -> dict[str, str]:
    """Give the public keys by their fingerprints."""
    return {
        one.fingerprint: key for one in entries if isinstance(one, Event) and (key := key_in(one))
    }


def _forged(order: _Order, entries: Sequence[Entry], report: Report) -> list[int]:
    """Give the numbers of events whose signatures are not by the key of whom they name."""
    keys, forged = _keys(entries), []
    for done, (seq, event) in enumerate(sorted(order.sound.items())):
        if done % _PORTION == 0:
            report(Progress(done, len(order.sound), "checking the log"))
        key = keys.get(event.fingerprint)
        if key is not None and not log.signature_holds(event, key):
            forged.append(seq)
    return forged


def _keyless(sound: Mapping[int, Event], entries: Sequence[Entry]) -> list[int]:
    """Give the numbers of events by people whose key is nowhere in the log."""
    keys = _keys(entries)
    return sorted(seq for seq, event in sound.items() if event.fingerprint not in keys)


def _spliced(sound: Mapping[int, Event], forged: frozenset[int]) -> list[int]:
    """Give the numbers of events that do not follow the one before, which is as it was signed."""
    spliced = []
    for seq in sorted(sound):
        before = sound.get(seq - 1)
        head = log.GENESIS if seq == 1 else before.digest if before is not None else None
        if head is not None and sound[seq].previous != head and not {seq, seq - 1} & forged:
            spliced.append(seq)
    return spliced


def _undoubted(order: _Order) -> Iterator[Event]:
    """Give the events before the first doubt; after it nobody can tell what was allowed."""
    until = min(order.doubts, default=None)
    for seq in sorted(order.sound):
        if until is not None and seq >= until:
            return
        yield order.sound[seq]

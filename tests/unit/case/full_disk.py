"""Every kind of change on a disk that takes no more, each in turn, and again once there is room.

Run as ``python -m tests.unit.case.full_disk CASE`` it does so with a limit on the size of files.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from redactor import lifecycle, review
from redactor.app.case import Case
from redactor.case.check import check_store
from redactor.case.files import StoredOutput
from redactor.case.marks import Marks
from redactor.case.signing import signer_of_seed
from redactor.errors import CaseError
from redactor.events import EventKind
from redactor.jobs import FindingBatch, Reading, SegmentBatch
from redactor.model import Action, Finding, LinePlace, Role, Ruling, Segment, Span, Unread
from redactor.release.manifest import MANIFEST_NAME
from tests.case_kit import EXEMPTION, new_case, open_case

#: How much room there is, in bytes: a change fails at its first write, or at a later one.
ROOMS = (0, 4096, 6 * 4096)
_PICTURE = "page:2/image:1"
_LONG = "It identifies a living person. " * 120
_chance = random.Random(3)
_numbers = count()

#: Leaves a case only so much room, and takes the limit away at the end.
Squeeze = Callable[[Case, int], AbstractContextManager[None]]


def make_case(path: Path) -> Case:
    """Make a case in which one document was read, and another is being read."""
    case = new_case(path)
    for number in (1, 2):
        _add(case)
        case.begin_reading(number)
    _keep_segments(case, 1)
    _keep_findings(case, 1)
    unread = (Unread(_PICTURE, "a picture", (Ruling.LEAVE_OUT,)),)
    case.finish_reading(1, Reading("", "txt", unread, (), ()))
    return case


# --- what is done -----------------------------------------------------------------------------


def _add(case: Case) -> None:
    draft = case.path.with_name("draft.txt")
    draft.write_bytes(_chance.randbytes(20_000))
    case.add_file(draft)


def _keep_segments(case: Case, number: int = 2) -> None:
    lines = tuple(
        Segment(LinePlace(line), f"{line}: Mr Zebedee Quillfeather {_chance.random()}")
        for line in range(300)
    )
    case.keep(number, SegmentBatch(lines))


def _keep_findings(case: Case, number: int = 2) -> None:
    first = next(_numbers) * 40
    found = tuple(
        Finding(LinePlace(line), 3, 26, "Mr Zebedee Quillfeather", "PERSON", 0.9, "names 1")
        for line in range(first, first + 40)
    )
    case.keep(number, FindingBatch(found, (None,) * len(found)))


def _read_again(case: Case) -> None:
    case.begin_reading(1)
    _keep_segments(case, 1)
    unread = (Unread(_PICTURE, "a picture" * 300, (Ruling.LEAVE_OUT,)),)
    case.finish_reading(1, Reading("", "txt", unread, (), ()))


def _decide(case: Case) -> None:
    case.decide([case.marks(1)[0].id], Action.REDACT, EXEMPTION, _LONG)


def _decide_many(case: Case) -> None:
    case.decide([mark.id for mark in case.marks(1)], Action.KEEP, "", _LONG)


def _mark_by_hand(case: Case) -> None:
    at = next(_numbers)
    spans = [(Span(f"line:{at}", start, start + 3), "Mr ") for start in range(60)]
    case.mark_spans(1, spans, Action.REDACT, EXEMPTION, _LONG)


def _rule(case: Case) -> None:
    case.rule(1, _PICTURE, Ruling.LEAVE_OUT, _LONG)


def _comment(case: Case) -> None:
    case.comment(case.marks(1)[0].id, _LONG)


def _step_back_or_forth(case: Case) -> None:
    if case.undo() is None:
        case.redo()


def _invite(case: Case) -> None:
    person = signer_of_seed(f"Observer {next(_numbers)}", Role.OBSERVER, _chance.randbytes(32))
    case.invite(person.fingerprint, person.name, Role.OBSERVER)


def _submit(case: Case) -> None:
    """Keep a candidate as ``signoff.submit`` does, without building one."""
    if case.life.submission is not None:
        _rule(case)
    data = [_chance.randbytes(30_000) for _ in range(2)]
    outputs = [
        StoredOutput(name, None, hashlib.sha256(one).hexdigest(), one)
        for name, one in zip(("a.pdf", MANIFEST_NAME), data, strict=True)
    ]
    decisions = review.digest_of(case.standing())
    body = {"manifest": outputs[-1].sha256, "decisions": decisions, "versions": {}}
    event = case.store.draft_with_outputs(EventKind.SUBMITTED, body, outputs)
    with case.store.vault.change():
        for earlier in case.events():
            if earlier.kind is EventKind.SUBMITTED:
                case.store.files.drop(earlier.seq)
        case.store.insert_with_outputs(event, outputs)
    case.took(event)


CHANGES: tuple[Callable[[Case], None], ...] = (
    _add,
    _keep_segments,
    _keep_findings,
    _read_again,
    _decide,
    _decide_many,
    _mark_by_hand,
    _rule,
    _comment,
    _step_back_or_forth,
    _invite,
    _submit,
)


# --- what must hold ---------------------------------------------------------------------------


def state_of(case: Case) -> tuple[Any, ...]:
    """Give all that a case holds in memory, and what its file says at this moment."""
    link = case.store.vault.link
    return (
        case.events(),
        case.life,
        case.standing(),
        case.marks(),
        case.documents(),
        link.execute(
            "SELECT document, count(*), total(length(payload)) FROM blocks GROUP BY 1"
        ).fetchall(),
        link.execute("SELECT count(*), total(length(data)) FROM blobs").fetchone(),
        link.execute("SELECT * FROM outputs").fetchall(),
    )


def require_one_state(case: Case) -> None:
    """Require that memory and file say the same."""
    written = case.store.events()
    assert case.events() == written
    assert case.life == lifecycle.life_of(written)
    assert case.standing() == review.standing(written)
    assert case.marks() == Marks(case.store.vault.link).all()


def change_until_full(
    case: Case, change: Callable[[Case], None], squeeze: Squeeze, room: int
) -> str:
    """Make changes of a kind until the disk takes no more; gives what was said then."""
    said = ""
    with squeeze(case, room):
        before = state_of(case)
        for _ in range(200):
            try:
                change(case)
            except CaseError as error:
                said = error.user_message
                break
            before = state_of(case)
    assert said, f"{change.__name__}: the disk never was full"
    if change not in {_read_again, _submit}:  # which are several changes, each of them whole
        assert state_of(case) == before
    require_one_state(case)
    return said


def fill_the_disk(path: Path, squeeze: Squeeze) -> Iterator[str]:
    """Make every kind of change with ever so little room; gives what was said each time."""
    case = make_case(path)
    for change in CHANGES:
        for room in ROOMS:
            yield change_until_full(case, change, squeeze, room)
        known = len(case.events())
        change(case)
        assert len(case.events()) > known or change in {_keep_segments, _keep_findings}
        require_one_state(case)
    before = state_of(case)
    case.close(backup=False)
    again = open_case(path)
    assert state_of(again) == before
    assert not check_store(again.store)
    again.close(backup=False)


@contextmanager
def no_larger_file(case: Case, room: int) -> Iterator[None]:
    """Have the system refuse to make any file larger than the case file and some room."""
    import resource  # on Posix only

    no_limit = resource.RLIM_INFINITY
    size = case.path.stat().st_size + room
    # The journal and the draft are smaller than the case.
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, no_limit))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (no_limit, no_limit))


if __name__ == "__main__":
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    for sentence in fill_the_disk(Path(sys.argv[1]), no_larger_file):
        print(sentence)

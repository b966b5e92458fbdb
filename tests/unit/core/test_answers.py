"""What a worker sends becomes values and nothing else."""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
from collections import Counter
from pathlib import Path

import pytest

from redactor.errors import BugError, Cancelled, StaleLock, UnreadableDocument
from redactor.jobs import Reading, SegmentBatch
from redactor.model import HiddenKind, LinePlace, Progress, Segment
from redactor.workers.answers import read_answer


@pytest.mark.parametrize(
    "value",
    [
        ("report", Progress(1, 2, "searching")),
        ("result", Reading("ab", "pdf", (), (), ("a note",))),
        ("report", SegmentBatch((Segment(LinePlace(0), "text", HiddenKind.COMMENT),))),
        ("result", {"a": [1, 2.5, None, True, b"bytes"], "b": {3}, "c": frozenset({4})}),
        ("result", Counter({"comment": 2})),
    ],
    ids=lambda value: type(value[1]).__name__,
)
def test_values_come_through_as_they_are(value: object):
    assert read_answer(pickle.dumps(value)) == value


@pytest.mark.parametrize(
    "error", [UnreadableDocument("why", "remedy", "bomb"), StaleLock("a", "b", ""), Cancelled()]
)
def test_our_errors_come_through_as_themselves(error: Exception):
    made = read_answer(pickle.dumps(("error", error)))[1]
    assert (type(made), made.args) == (type(error), error.args)


class _Calls:
    """Pickles as a call of a function."""

    def __init__(self, function: object, *arguments: object) -> None:
        self.call = (function, arguments)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return self.call


def test_nothing_that_a_worker_names_is_called(tmp_path: Path):
    mark = tmp_path / "was here"
    for function, arguments in (
        (os.mkdir, (str(mark),)),
        (eval, ("1",)),
        (Path.touch, (mark,)),
        (getattr, ("text", "upper")),
        (Path, (".",)),
    ):
        with pytest.raises(BugError, match="not understood"):
            read_answer(pickle.dumps(("result", _Calls(function, *arguments))))
    assert not mark.exists()


def test_our_own_functions_and_working_classes_are_not_called_either(tmp_path: Path):
    from redactor.app.outputs import write_all
    from redactor.case.store import Store
    from redactor.jobs import read_file
    from redactor.workers import Lane

    for function in (write_all, read_file, Store, Lane):
        with pytest.raises(BugError, match="not understood"):
            read_answer(pickle.dumps(("result", _Calls(function, tmp_path))))


def test_a_library_reached_through_one_of_our_modules_is_not_ours():
    by_way_of_us = b"credactor.app.outputs\nos.system\n(S'true'\ntR."
    with pytest.raises(BugError, match="not understood"):
        read_answer(by_way_of_us)
    nested = b"\x80\x04\x8c\x14redactor.app.outputs\x8c\x09os.system\x93\x8c\x04true\x85R."
    with pytest.raises(BugError, match="not understood"):
        read_answer(nested)


def test_what_is_no_message_at_all_is_refused():
    for junk in (b"", b"\x80", b"not a message", os.urandom(64)):
        with pytest.raises(BugError, match="not understood"):
            read_answer(junk)


def _sets(module: str, name: str) -> bytes:
    """Give an answer that sets an attribute on a class or a function itself."""
    return f"c{module}\n{name}\n(N}}Vset_by_a_worker\nVyes\nstb.".encode()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("redactor.workers.lane", "Ticket"),
        ("redactor.release.verify.model", "VerificationReport"),
        ("redactor.model", "Role"),
        ("redactor.errors", "RedactorError"),
        ("redactor.errors", "Cancelled"),
        ("redactor.jobs.reading", "_segment_batch"),
        ("collections", "Counter"),
    ],
)
def test_no_answer_changes_a_class_of_ours(module: str, name: str):
    found = getattr(importlib.import_module(module), name)
    with contextlib.suppress(BugError):
        read_answer(_sets(module, name))
    assert not hasattr(found, "set_by_a_worker")

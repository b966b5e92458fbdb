"""The worker lane: a crash or a hang costs one job, and cancel works."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest

from redactor.errors import BugError, Cancelled, UnreadableDocument, UsageError, WorkerLost
from redactor.model import Progress
from redactor.workers import Lane

_CANARY = "Zebedee Quillfeather"


def _double(number: int, *, report: Any) -> int:
    report(Progress(1, 2, "half way"))
    return number * 2


def _refuse(*, report: Any) -> None:
    del report
    raise UnreadableDocument("The file is empty.", "Send it again.", "empty")


def _crash(*, report: Any) -> None:
    del report
    os._exit(3)


def _hang(*, report: Any) -> None:
    del report
    time.sleep(600)


def _count_for_ever(*, report: Any) -> None:
    number = 0
    while True:
        number += 1
        report(Progress(number, 0))
        time.sleep(0.01)


def _quote_the_document(*, report: Any) -> None:
    del report
    raise ValueError(_CANARY)


def _take_all_memory(*, report: Any) -> int:
    del report
    hoard = [bytearray(64 * 1024 * 1024) for _ in range(200)]
    return len(hoard)


def test_a_job_gives_its_result_and_its_progress():
    seen: list[object] = []
    with Lane() as lane:
        assert lane.run(_double, 21, on_report=seen.append) == 42
    assert seen == [Progress(1, 2, "half way")]


def test_an_error_of_ours_arrives_as_itself():
    with Lane() as lane, pytest.raises(UnreadableDocument) as caught:
        lane.run(_refuse)
    assert caught.value.reason == "empty"
    assert caught.value.user_message == "The file is empty. Send it again."


def test_a_crashed_worker_costs_one_job_and_the_lane_lives_on():
    with Lane() as lane:
        with pytest.raises(WorkerLost):
            lane.run(_crash)
        assert lane.run(_double, 4) == 8


def test_a_worker_that_never_returns_is_killed_when_its_time_is_up():
    with Lane() as lane:
        started = time.monotonic()
        with pytest.raises(WorkerLost, match="no sign of life"):
            lane.run(_hang, timeout_s=0.5)
        assert time.monotonic() - started < 30
        assert lane.run(_double, 5) == 10


def _slow_but_alive(*, report: Any) -> str:
    for step in range(10):
        report(Progress(step, 10))
        time.sleep(0.2)
    return "done"


def test_a_slow_worker_that_reports_is_left_to_finish():
    with Lane() as lane:
        lane.run(_double, 1)
        assert lane.run(_slow_but_alive, timeout_s=1.0) == "done"


def test_cancel_stops_a_job_that_listens():
    with Lane() as lane:
        seen: list[object] = []
        ticket = lane.submit(_count_for_ever, on_report=seen.append)
        while not seen:
            time.sleep(0.01)
        ticket.cancel()
        with pytest.raises(Cancelled):
            ticket.result(timeout=20)
        assert lane.run(_double, 6) == 12


def test_cancel_kills_a_job_that_does_not_listen():
    with Lane() as lane:
        lane.run(_double, 1)
        ticket = lane.submit(_hang)
        time.sleep(0.2)
        ticket.cancel()
        with pytest.raises(Cancelled):
            ticket.result(timeout=20)
        assert lane.run(_double, 7) == 14


def test_a_foreign_exception_comes_home_without_its_message(capfd):
    with Lane() as lane, pytest.raises(BugError) as caught:
        lane.run(_quote_the_document)
    assert _CANARY not in str(caught.value)
    assert "ValueError" in str(caught.value)
    printed = capfd.readouterr()
    assert _CANARY not in printed.out + printed.err


def test_a_job_that_takes_too_much_memory_is_stopped():
    with Lane(memory_mb=1500) as lane:
        with pytest.raises(WorkerLost):
            lane.run(_take_all_memory)
        assert lane.run(_double, 8) == 16


def test_a_callback_that_fails_ends_its_job_and_not_the_lane():
    def fail(_: object) -> None:
        raise RuntimeError(_CANARY)

    with Lane() as lane:
        with pytest.raises(BugError) as caught:
            lane.run(_count_for_ever, on_report=fail)
        assert _CANARY not in str(caught.value)
        assert lane.run(_double, 9) == 18


def test_closing_the_lane_cancels_what_waits():
    lane = Lane()
    running = lane.submit(_hang)
    waiting = lane.submit(_double, 1)
    time.sleep(0.3)
    lane.close()
    with pytest.raises(Cancelled):
        running.result(timeout=20)
    assert waiting.future.cancelled()


def test_every_error_survives_the_pipe():
    import pickle

    for error in (
        UnreadableDocument("why", "remedy", "bomb"),
        UsageError("no"),
        WorkerLost("gone"),
        BugError("fault"),
        Cancelled(),
    ):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error)
        assert str(again) == str(error)

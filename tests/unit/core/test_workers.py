"""The worker lane: a crash or a hang costs one job, and cancel works."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
from typing import Any

import pytest

from redactor.errors import (
    BugError,
    Cancelled,
    CaseError,
    UnreadableDocument,
    UsageError,
    WorkerLost,
)
from redactor.model import Progress
from redactor.workers import Lane, fetch, inside
from redactor.workers import lane as lane_module

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
    while not running.future.running():
        time.sleep(0.01)
    lane.close()
    with pytest.raises(Cancelled):
        running.result(timeout=20)
    assert waiting.future.cancelled()


# --- what a worker asks of its parent ---------------------------------------------------------


def _pid(*, report: Any) -> int:
    del report
    return os.getpid()


def _digest_of(key: str, *, report: Any) -> tuple[int, str]:
    del report
    got = fetch(key)
    return len(got), hashlib.sha256(got).hexdigest()


def _fetch_and_hang(key: str, *, report: Any) -> None:
    report(os.getpid())
    fetch(key)
    time.sleep(600)


def _fetch_over_an_error(key: str, *, report: Any) -> tuple[str, bytes]:
    del report
    try:
        fetch("refused")
    except CaseError as error:
        return str(error), fetch(key)
    raise AssertionError


def _fetch_slowly(key: str, *, report: Any) -> int:
    del report
    taken = 0
    for _ in range(10):
        taken += len(fetch(key))
        time.sleep(0.2)
    return taken


def _need_and_never_take(*, report: Any) -> None:
    del report
    pipe = inside._home.get()
    assert pipe is not None
    pipe.send(("need", "1"))
    time.sleep(600)


def _fetch_in_a_thread(*, report: Any) -> str:
    del report
    said: list[str] = []

    def work() -> None:
        try:
            fetch("1")
        except BugError as error:
            said.append(error.code)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return said[0]


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (3 << 20) + 1])
def test_a_worker_gets_the_bytes_that_it_asks_for(size: int):
    untrusted = os.urandom(size)
    asked: list[str] = []

    def supply(key: str) -> bytes:
        asked.append(key)
        return untrusted

    with Lane() as lane:
        got = lane.run(_digest_of, "7", supply=supply)
        assert lane.run(_double, 2) == 4
    assert got == (size, hashlib.sha256(untrusted).hexdigest())
    assert asked == ["7"]


def test_an_error_of_the_supply_is_raised_in_the_worker_as_itself():
    def supply(key: str) -> bytes:
        if key == "refused":
            raise CaseError("There is no such document.")
        return b"bytes"

    with Lane() as lane:
        got = lane.run(_fetch_over_an_error, "1", supply=supply)
        assert got == ("There is no such document.", b"bytes")
        with pytest.raises(CaseError, match="no such document"):
            lane.run(_digest_of, "refused", supply=supply)


def test_a_fault_of_the_supply_comes_without_its_message_and_costs_no_worker():
    def supply(key: str) -> bytes:
        raise ValueError(f"{_CANARY} {key}")

    with Lane() as lane:
        before = lane.run(_pid)
        with pytest.raises(BugError, match="ValueError") as caught:
            lane.run(_digest_of, "1", supply=supply)
        assert _CANARY not in str(caught.value)
        assert lane.run(_pid) == before


def test_a_worker_that_was_given_nothing_gets_nothing():
    with Lane() as lane:
        before = lane.run(_pid)
        with pytest.raises(BugError, match="not given"):
            lane.run(_digest_of, "1")
        assert lane.run(_pid) == before


def test_what_one_job_was_given_is_not_there_for_the_next():
    with Lane() as lane:
        assert lane.run(_digest_of, "1", supply=lambda _: b"abc")[0] == 3
        with pytest.raises(BugError, match="not given"):
            lane.run(_digest_of, "1")


def test_fetching_outside_a_worker_is_a_fault():
    with pytest.raises(BugError, match="no worker"):
        fetch("1")


def test_a_thread_of_a_job_cannot_garble_the_pipe():
    with Lane() as lane:
        assert lane.run(_fetch_in_a_thread, supply=lambda _: b"") == "fault"


def test_a_cancel_during_a_fetch_stops_the_job_and_keeps_the_worker(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(lane_module, "GRACE_SECONDS", 60.0)  # so that no kill stands in for a stop
    asked, go_on = threading.Event(), threading.Event()

    def supply(_: str) -> bytes:
        asked.set()
        assert go_on.wait(60)
        return b"too late"

    with Lane() as lane:
        seen: list[object] = []
        ticket = lane.submit(_fetch_and_hang, "1", on_report=seen.append, supply=supply)
        assert asked.wait(60)
        ticket.cancel()
        go_on.set()
        with pytest.raises(Cancelled):
            ticket.result(timeout=30)
        assert lane.run(_pid) == seen[0]


def test_a_worker_killed_while_it_fetches_costs_one_job():
    seen: list[int] = []

    def supply(_: str) -> bytes:
        os.kill(seen[0], signal.SIGTERM)
        return bytes(64 << 20)

    with Lane() as lane:
        with pytest.raises(WorkerLost):
            lane.run(_fetch_and_hang, "1", on_report=seen.append, supply=supply)
        assert lane.run(_double, 11) == 22


def test_a_worker_that_asks_and_does_not_take_can_be_cancelled_and_runs_out_of_time():
    asked = threading.Event()

    def supply(_: str) -> bytes:
        asked.set()
        return bytes(64 << 20)

    with Lane() as lane:
        ticket = lane.submit(_need_and_never_take, supply=supply)
        assert asked.wait(60)
        ticket.cancel()
        with pytest.raises(Cancelled):
            ticket.result(timeout=20)
        lane.run(_double, 1)
        with pytest.raises(WorkerLost, match="no sign of life"):
            lane.run(_need_and_never_take, timeout_s=0.5, supply=supply)
        assert lane.run(_double, 12) == 24


def test_a_need_is_a_sign_of_life_and_a_slow_supply_is_no_silence():
    def slowly(_: str) -> bytes:
        time.sleep(1.5)
        return b"abc"

    with Lane() as lane:
        lane.run(_double, 1)
        assert lane.run(_fetch_slowly, "1", timeout_s=1.0, supply=lambda _: b"ab") == 20
        assert lane.run(_digest_of, "1", timeout_s=1.0, supply=slowly)[0] == 3


def test_a_document_too_large_for_a_worker_costs_one_job_and_is_never_taken_for_a_message():
    with Lane(memory_mb=500) as lane:
        with pytest.raises(WorkerLost):
            lane.run(_digest_of, "1", supply=lambda _: bytes(480 << 20))
        assert lane.run(_double, 13) == 26


def test_closing_the_lane_ends_a_job_that_fetches():
    asked, go_on = threading.Event(), threading.Event()

    def supply(_: str) -> bytes:
        asked.set()
        assert go_on.wait(60)
        return b""

    before = set(threading.enumerate())
    lane = Lane()
    ticket = lane.submit(_fetch_and_hang, "1", supply=supply)
    assert asked.wait(60)
    closing = threading.Thread(target=lane.close)
    closing.start()
    while not lane._closed.is_set():
        time.sleep(0.01)
    go_on.set()
    closing.join()
    with pytest.raises(Cancelled):
        ticket.result(timeout=20)
    assert set(threading.enumerate()) <= before  # the thread that wrote to its worker is gone, too


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

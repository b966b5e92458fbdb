"""Where a worker gets an original from, and what it does not get to know."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass
from pathlib import Path

import pytest

from redactor.errors import BugError, CaseError
from redactor.jobs import CaseSource, RebuildOrder, read_hidden, rebuild_document
from redactor.workers import Lane

_NAME = "Letter to Zebedee Quillfeather.txt"
_BYTES = b"Please ring 07700 900461.\r\n"
_DIGEST = hashlib.sha256(_BYTES).hexdigest()


@dataclass
class Keeper:
    """Holds what the process with the open case holds."""

    path: Path
    key: bytes
    originals: dict[str, bytes]

    def original_of(self, key: str) -> bytes:
        return self.originals[key]


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    path = tmp_path / "secret-place.redactor"
    return Keeper(path, bytes(range(100, 132)), {"3": _BYTES, "4": b"another"})


@pytest.fixture
def source(keeper: Keeper) -> CaseSource:
    return CaseSource(3, _NAME, _DIGEST, keeper.original_of)


def order_of(source: CaseSource) -> RebuildOrder:
    return RebuildOrder(source, "same", (), ())


def test_neither_the_path_of_the_case_nor_its_key_crosses_the_pipe(
    source: CaseSource, keeper: Keeper
):
    for what in (source, order_of(source), (read_hidden, (source,))):
        sent = pickle.dumps(what)
        assert _DIGEST.encode() in sent
        assert b"secret-place" not in sent
        assert str(keeper.path.parent).encode() not in sent
        assert keeper.key not in sent
        assert b"Keeper" not in sent


def test_a_source_that_crossed_the_pipe_is_the_same_without_its_way_to_the_case(
    source: CaseSource,
):
    again = pickle.loads(pickle.dumps(source))
    assert again == source
    assert again.original_of is None
    with pytest.raises(BugError):
        again.read()


def test_a_source_names_no_document_when_it_is_printed(source: CaseSource):
    for said in (repr(source), str(source), repr(order_of(source))):
        assert "Quillfeather" not in said
        assert "secret-place" not in said


def test_where_the_case_is_open_a_source_reads_from_it(source: CaseSource):
    assert source.read() == _BYTES


def test_a_worker_reads_and_rebuilds_what_its_parent_supplies(source: CaseSource, lane: Lane):
    reading = lane.run(read_hidden, source, supply=source.supply)
    answer = lane.run(rebuild_document, order_of(source), supply=source.supply)
    assert reading.sha256 == answer.sha256 == _DIGEST
    assert [one.data for one in answer.files] == [_BYTES]


def test_an_original_that_was_changed_in_the_case_is_not_read(
    source: CaseSource, keeper: Keeper, lane: Lane
):
    keeper.originals["3"] = b"Please ring 07700 900462.\n"
    with pytest.raises(CaseError, match="Document 3 is not the one that was added"):
        source.read()
    with pytest.raises(CaseError, match="Document 3 is not the one"):
        lane.run(read_hidden, source, supply=source.supply)


def test_a_worker_gets_the_one_document_that_it_was_given_and_no_other(source: CaseSource):
    assert source.supply("3") == _BYTES
    for key in ("4", "", "03", " 3", "../3"):
        with pytest.raises(BugError, match="not given"):
            source.supply(key)

"""A program that works in a case is killed at any moment: what it acknowledged is there.

``python -m tests.benchmarks.kill_loop`` does the same some hundred times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from redactor.case.vault import Vault
from redactor.errors import CaseError, DamagedCase
from redactor.workers import Lane
from tests.attack.kill_kit import Found, kill_again_and_again, make_case
from tests.attack.kill_step import (
    kill_backup,
    kill_create,
    kill_migrate,
    kill_release,
    kill_restore,
    make_approved_case,
    make_large_case,
)
from tests.case_kit import PASSPHRASE, new_case, open_case

_SEEDS, _ROUNDS, _KILLS = 3, 4, 3


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give an older and a newer state of a case whose copy takes a while."""
    return make_large_case(tmp_path_factory.mktemp("large"))


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory, lane: Lane) -> Path:
    return make_approved_case(tmp_path_factory.mktemp("approved"), lane)


@pytest.mark.parametrize("seed", range(_SEEDS))
def test_a_killed_program_loses_nothing_that_it_acknowledged(seed: int, tmp_path: Path):
    found = Found()
    kill_again_and_again(make_case(tmp_path / "case.redactor"), seed, _ROUNDS, found)
    assert found.faults == []
    assert found.rounds == _ROUNDS
    assert found.acknowledged > 0


def _kill(tmp_path: Path, within: float, kill: Callable[[Path, float], str]) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    for number in range(_KILLS):
        folder = tmp_path / str(number)
        folder.mkdir()
        outcomes[kill(folder, number * within / _KILLS)] += 1
    return outcomes


def test_a_case_half_made_can_be_made_again(tmp_path: Path):
    outcomes = _kill(tmp_path, 0.02, kill_create)
    assert outcomes.total() == _KILLS


def test_a_case_half_brought_up_to_date_is_as_it_was_or_finished(tmp_path: Path):
    whole = tmp_path / "whole.redactor"
    new_case(whole).close(backup=False)
    outcomes = _kill(tmp_path, 0.1, lambda folder, at: kill_migrate(folder, whole, at))
    assert outcomes.total() == _KILLS


def test_a_backup_half_made_leaves_the_last_one(tmp_path: Path, large: tuple[Path, Path]):
    outcomes = _kill(tmp_path, 0.05, lambda folder, at: kill_backup(folder, *large, at))
    assert outcomes.total() == _KILLS


def test_a_case_half_restored_is_restored_by_doing_it_again(
    tmp_path: Path, large: tuple[Path, Path]
):
    outcomes = _kill(tmp_path, 0.05, lambda folder, at: kill_restore(folder, *large, at))
    assert outcomes.total() == _KILLS
    (folder := tmp_path / "between").mkdir()
    assert kill_restore(folder, *large, 0, between=True)


def test_half_a_release_does_not_pass_for_a_whole_one(tmp_path: Path, approved: Path):
    outcomes = _kill(tmp_path, 0.03, lambda folder, at: kill_release(folder, approved, at))
    assert outcomes.total() == _KILLS


def test_a_new_case_does_not_meet_the_journal_of_an_earlier_one(tmp_path: Path):
    path = tmp_path / "case.redactor"
    journal = path.with_name("case.redactor-journal")
    journal.write_bytes(b"half a change of a case that is gone")
    with pytest.raises(CaseError, match="left of an earlier case"):
        new_case(path)
    assert {file.name for file in tmp_path.iterdir()} == {journal.name}
    journal.unlink()
    new_case(path).close()


def test_a_file_without_the_keys_of_a_case_is_damaged(tmp_path: Path):
    """Such a file is what an unfinished case would be, were it in its place."""
    path = tmp_path / "case.redactor"
    Vault.create(path, PASSPHRASE, lambda vault: None).close()
    with pytest.raises(DamagedCase, match="changed outside Redactor"):
        open_case(path)

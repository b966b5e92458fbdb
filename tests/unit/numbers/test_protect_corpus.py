"""The least patterns of the corpus, found again; the larger ones are in the benchmark."""

from __future__ import annotations

import pytest

from redactor.numbers.model import Policy, Require
from redactor.numbers.protect import Status, protect
from tests.corpus import corpus_folder
from tests.numbers_corpus import peer_secondaries, read_optima, read_tables

SMALL = ("foi5x6", "foi20x10", "rare20x10")


@pytest.mark.parametrize("require", list(Require))
@pytest.mark.parametrize("kind", SMALL)
def test_every_stored_optimum_is_found_again_and_proved(kind: str, require: Require) -> None:
    folder = corpus_folder("numbers")
    differ = []
    for name, stored in read_optima(folder).items():
        if name.startswith(kind) and stored[require.value].proved:
            policy = Policy(require=require)
            answer = protect(read_tables(folder, name), policy, budget_s=120)
            same = abs(answer.cost - stored[require.value].cost) <= 2e-5
            if not same or answer.status is not Status.PROVED_MINIMUM:
                differ.append(name)
    assert differ == []


def test_no_more_is_hidden_than_gauss_suppression_hides() -> None:
    folder = corpus_folder("numbers")
    fewer, more = [], []
    for name in read_optima(folder):
        peers = peer_secondaries(folder, name, "GaussSuppression")
        if peers is None or not name.startswith(SMALL):
            continue
        policy = Policy(require=Require.EXACT, total_weight=1)
        ours = len(protect(read_tables(folder, name), policy, budget_s=120).secondary)
        fewer += [name] * (ours < peers)
        more += [name] * (ours > peers)
    assert more == []
    assert len(fewer) >= 12

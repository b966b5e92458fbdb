"""The law that a case is answered under says which limbs there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.errors import UsageError
from redactor.law.exemptions import exemptions
from redactor.law.regimes import Regime
from redactor.model import Action, Span
from tests.case_kit import OFFICER, PASSPHRASE


@pytest.fixture(params=list(Regime))
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Case]:
    made = Case.create(tmp_path / "a.redactor", "R/1", PASSPHRASE, OFFICER, regime=request.param)
    made.add_bytes("note.txt", b"Ada Quill called.\n")
    with closing(made):
        yield made


def _redact(case: Case, citation: str) -> None:
    case.mark_spans(1, [(Span("line:1", 0, 9), "Ada Quill")], Action.REDACT, citation, "Why.", "w")


def test_every_limb_of_its_law_can_be_relied_on_for_a_passage(case: Case) -> None:
    for one in exemptions(case.regime):
        if not one.neither_confirm_nor_deny:
            _redact(case, one.citation)
            assert next(iter(case.standing().decisions.values())).exemption
            case.undo()


def test_a_limb_of_another_law_is_refused_and_said_to_be_so(case: Case) -> None:
    other = Regime.EIR if case.regime is Regime.FOI else Regime.FOI
    citation = exemptions(other)[0].citation
    with pytest.raises(UsageError, match="belongs to"):
        _redact(case, citation)
    assert not case.standing().decisions


def test_a_limb_of_neither_confirming_nor_denying_is_not_for_a_passage(case: Case) -> None:
    neither = [one.citation for one in exemptions(case.regime) if one.neither_confirm_nor_deny]
    for citation in neither:
        with pytest.raises(UsageError, match="as a whole"):
            _redact(case, citation)

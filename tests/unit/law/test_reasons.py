from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from redactor.errors import UsageError
from redactor.labels import LABELS
from redactor.law.reasons import reasons, reasons_for
from redactor.law.regimes import Regime
from redactor.model import Action

GROUPS = sorted({label.group for label in LABELS})
ACCESS = (Regime.SAR, Regime.SAR_LE)


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("regime", list(Regime))
def test_every_group_of_labels_has_reasons_of_its_own(
    group: str, action: Action, regime: Regime
) -> None:
    offered = reasons_for(group, action, regime)
    assert offered[0].group == group
    assert all(one.action is action and regime in one.regimes for one in offered)


def test_no_reason_is_for_a_group_that_no_label_has() -> None:
    assert {one.group for one in reasons()} <= set(GROUPS)


def test_a_reason_is_told_apart_by_its_title() -> None:
    for group, action, regime in product(GROUPS, Action, Regime):
        titles = [one.title for one in reasons_for(group, action, regime)]
        assert len(titles) == len(set(titles))


def test_where_no_law_is_named_the_reasons_are_those_for_freedom_of_information() -> None:
    for group, action in product(GROUPS, Action):
        assert reasons_for(group, action) == reasons_for(group, action, Regime.FOI)


def test_the_requesters_own_data_is_kept_under_the_right_of_access_only() -> None:
    for regime in Regime:
        kept = " ".join(one.text for one in reasons_for("person", Action.KEEP, regime))
        assert ("requester’s own name" in kept) is (regime in ACCESS)


def test_no_reason_for_access_speaks_of_disclosure_to_the_world_or_of_the_public() -> None:
    for one in reasons():
        if one.regimes & set(ACCESS):
            assert "world" not in one.text
            assert "public" not in one.text
        else:
            assert "requester’s own" not in one.text


def test_criminal_offence_data_and_mere_conduct_are_told_apart() -> None:
    offered = reasons_for("offence", Action.REDACT)
    assert "section 11(2)" in offered[0].text
    assert "No offence is alleged" in offered[1].text


def test_no_reason_cites_the_repealed_act_or_calls_every_limb_absolute() -> None:
    for one in reasons():
        assert "1998" not in one.text
        assert "absolute" not in one.text
        assert one.text.endswith(".")


OWN = (
    '[[reason]]\ngroup = "person"\naction = "redact"\ntitle = "Firearms officer"\n'
    'text = "This names a firearms officer."\n'
)


def test_an_authority_adds_reasons_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDACTOR_LAW", str(tmp_path / "none"))
    before = reasons()
    (tmp_path / "reasons.toml").write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("REDACTOR_LAW", str(tmp_path))
    assert reasons()[:-1] == before
    assert reasons()[-1].title == "Firearms officer"
    assert reasons()[-1] not in reasons_for("person", Action.REDACT, Regime.SAR)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (OWN.replace('"redact"', '"hide"'), "“action” has to be one of"),
        (OWN + 'regimes = ["foia"]', "“regimes” has to be some of"),
        (OWN + "regimes = []", "“regimes” has to be some of"),
        (OWN + 'by = "me"', "there is no field “by”"),
        (OWN.replace("text =", "texts ="), "there is no field “texts”"),
    ],
)
def test_a_mistake_in_the_authoritys_reasons_is_said_with_its_file_and_its_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, why: str
) -> None:
    monkeypatch.setenv("REDACTOR_LAW", str(tmp_path))
    path = tmp_path / "reasons.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        reasons()
    assert refused.value.user_message.startswith(f"{path} cannot be used: reason 1: ")
    assert why in refused.value.user_message

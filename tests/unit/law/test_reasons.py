from __future__ import annotations

import pytest

from redactor.labels import LABELS
from redactor.law.reasons import reasons, reasons_for
from redactor.model import Action

GROUPS = sorted({label.group for label in LABELS})


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("action", list(Action))
def test_every_group_of_labels_has_reasons_of_its_own(group: str, action: Action) -> None:
    offered = reasons_for(group, action)
    assert offered[0].group == group
    assert all(one.action is action for one in offered)


def test_no_reason_is_for_a_group_that_no_label_has() -> None:
    assert {one.group for one in reasons()} <= set(GROUPS)


def test_a_reason_is_told_apart_by_its_title() -> None:
    for group in GROUPS:
        for action in Action:
            titles = [one.title for one in reasons_for(group, action)]
            assert len(titles) == len(set(titles))


def test_criminal_offence_data_and_mere_conduct_are_told_apart() -> None:
    offered = reasons_for("offence", Action.REDACT)
    assert "section 11(2)" in offered[0].text
    assert "No offence is alleged" in offered[1].text


def test_no_reason_cites_the_repealed_act_or_calls_every_limb_absolute() -> None:
    for one in reasons():
        assert "1998" not in one.text
        assert "absolute" not in one.text
        assert one.text.endswith(".")

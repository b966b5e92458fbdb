"""What the tests of the way out of a case share: a case that was submitted, or approved."""

from __future__ import annotations

import pytest

from tests.gui.sign_off.steps import approve, decide_all, introduce, submit, work_as
from ui.session import Session


@pytest.fixture
def submitted(qtbot, window, opened, letter, reviewer) -> Session:
    """Give a case that the officer submitted, and a reviewer was introduced to."""
    session = opened(letter)
    introduce(qtbot, session, reviewer)
    decide_all(qtbot, window)
    submit(qtbot, window)
    return session


@pytest.fixture
def approved(qtbot, window, submitted, reviewer) -> Session:
    work_as(qtbot, window, reviewer)
    approve(qtbot, window)
    return submitted

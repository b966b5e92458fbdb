"""What the tests of the log share: its page, empty and with every kind of event."""

from __future__ import annotations

import pytest

from tests.gui.log_page.steps import show
from tests.log_events import OFFICER, whole_life
from ui import theme
from ui.panels.log import LogPage


@pytest.fixture
def page(qtbot, qapp) -> LogPage:
    """Give the page, shown, without a case."""
    theme.apply(qapp, dark=False)
    made = LogPage()
    qtbot.addWidget(made)
    made.resize(1400, 820)
    made.set_lane(None, OFFICER)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.fixture
def full(page: LogPage) -> LogPage:
    """Give the page with every kind of event."""
    show(page, whole_life().events)
    return page

"""How things look that the theme dresses."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton

from ui import theme


@pytest.fixture
def dressed(qapp: QApplication):
    """Dress the application as the program does, for one test."""
    before = qapp.styleSheet(), qapp.palette()
    theme.apply(qapp, dark=False)
    yield
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])


@pytest.mark.usefixtures("dressed")
def test_tabs_that_do_not_fit_show_arrows_to_reach_them(qtbot):
    tabs = QTabBar()
    qtbot.addWidget(tabs)
    tabs.setUsesScrollButtons(True)
    for number in range(30):
        tabs.addTab(f"Table {number}")
    tabs.resize(400, 32)
    with qtbot.waitExposed(tabs):
        tabs.show()
    arrows = [one for one in tabs.findChildren(QToolButton) if one.isVisible()]
    assert len(arrows) == 2
    for one in arrows:
        drawn = one.grab().toImage()
        shades = {
            drawn.pixel(x, y) for x in range(drawn.width()) for y in range(6, drawn.height() - 6)
        }
        assert len(shades) > 1

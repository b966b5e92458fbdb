"""Choosing a limb out of many: by section, by what the case uses, by number and by words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout

from redactor.law.exemptions import exemptions
from redactor.law.regimes import Regime
from ui.limb_box import USED, LimbBox

PERSONAL, CRIME, VIEWS = "s40(2) by s40(3A)(a)", "s31(1)(a)", "s36(2)(b)(ii)"


class _Dialog(QDialog):
    """A dialog whose Enter accepts it, with a choice of limbs."""

    def __init__(self) -> None:
        super().__init__()
        self.box = LimbBox("Exemption")
        self.ok = QPushButton("OK")
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.addWidget(self.box)
        layout.addWidget(self.ok)


@pytest.fixture
def dialog(qtbot) -> _Dialog:
    made = _Dialog()
    made.box.offer(Regime.FOI)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.box.setFocus()
    qtbot.waitUntil(made.box.hasFocus)
    return made


def _rows(box: LimbBox) -> list[str]:
    return [box.itemText(at) for at in range(box.count())]


def _type(box: LimbBox, text: str) -> None:
    box.line.selectAll()
    QTest.keyClicks(box, text)


def _hits(box: LimbBox) -> list[str]:
    popup = box.completer().popup()
    if not popup.isVisible():
        return []
    model = popup.model()
    return [str(model.index(at, 0).data()).split(" – ")[0] for at in range(model.rowCount())]


def _press(box: LimbBox, key: Qt.Key) -> None:
    """Press a key where Qt would send it: to the list of hits while that is open."""
    popup = box.completer().popup()
    QTest.keyClick(popup if popup.isVisible() else box, key)


def test_limbs_stand_under_headings_that_cannot_be_chosen(dialog):
    rows = _rows(dialog.box)
    assert rows[0] == "Section 40"
    assert rows[1].startswith(PERSONAL)
    assert "Section 36: Conduct of public affairs" in rows
    assert dialog.box.citation == PERSONAL
    for at, row in enumerate(rows):
        is_heading = " – " not in row
        enabled = bool(dialog.box.model().index(at, 0).flags() & Qt.ItemFlag.ItemIsEnabled)
        assert enabled is not is_heading


def test_arrows_go_past_headings(dialog):
    dialog.box.choose("s40(1)")
    QTest.keyClick(dialog.box, Qt.Key.Key_Down)
    assert dialog.box.citation == "s21"
    QTest.keyClick(dialog.box, Qt.Key.Key_Up)
    assert dialog.box.citation == "s40(1)"


def test_what_the_case_uses_stands_on_top_when_the_list_opens(dialog):
    used: list[str] = []
    dialog.box.offer_used(lambda: used)
    used[:] = [CRIME, "no such limb", PERSONAL]
    dialog.box.showPopup()
    rows = _rows(dialog.box)
    assert rows[0] == USED
    assert [one.split(" – ")[0] for one in rows[1:3]] == [CRIME, PERSONAL]
    assert rows[3] == "Section 40"
    assert dialog.box.citation == PERSONAL, "what was chosen stays"
    QTest.keyClick(dialog.box.view(), Qt.Key.Key_Up)
    QTest.keyClick(dialog.box.view(), Qt.Key.Key_Return)
    assert dialog.box.citation == CRIME


def test_words_find_limbs_and_arrows_and_enter_choose_one(dialog):
    _type(dialog.box, "opinion")
    assert _hits(dialog.box) == ["s36(2)(b)(i)", VIEWS, "s36(2)(c)"]
    _press(dialog.box, Qt.Key.Key_Down)
    _press(dialog.box, Qt.Key.Key_Down)
    _press(dialog.box, Qt.Key.Key_Return)
    assert dialog.box.citation == VIEWS
    assert dialog.box.line.text().startswith(VIEWS)
    assert "reasonable opinion" in dialog.box.toolTip()
    assert dialog.isVisible(), "Enter chose, and did no more"


def test_enter_chooses_what_is_found_first(dialog):
    _type(dialog.box, "trade secr")
    assert _hits(dialog.box) == ["s43(1)"]
    _press(dialog.box, Qt.Key.Key_Return)
    assert dialog.box.citation == "s43(1)"
    assert dialog.isVisible()


def test_a_number_in_full_is_taken_for_its_limb_without_enter(dialog):
    _type(dialog.box, "s31(1)(a)")
    _press(dialog.box, Qt.Key.Key_Tab)
    assert dialog.box.citation == CRIME


def test_each_limb_is_found_once_though_the_case_uses_it(dialog):
    dialog.box.offer_used(lambda: [CRIME])
    dialog.box.showPopup()
    dialog.box.hidePopup()
    _type(dialog.box, "detection of crime")
    assert _hits(dialog.box) == [CRIME]


def test_what_is_no_limb_is_never_taken_for_the_one_before(dialog):
    dialog.box.choose(CRIME)
    _type(dialog.box, "marmalade")
    _press(dialog.box, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter must not accept what is not there"
    assert dialog.box.property("missing") == "true"
    dialog.ok.setFocus()
    assert dialog.box.line.text().startswith(CRIME)
    assert dialog.box.property("missing") != "true"


def test_escape_gives_up_typing_and_leaves_the_dialog_open(dialog):
    _type(dialog.box, "opinion")
    _press(dialog.box, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.box.line.text().startswith(PERSONAL)


def test_refusals_to_confirm_are_offered_only_where_they_are_asked_for(dialog):
    refusals = [one.citation for one in exemptions() if one.neither_confirm_nor_deny]
    assert not any(dialog.box.choose(one) for one in refusals)
    dialog.box.offer(Regime.FOI, for_passages=False, notes={CRIME: "3 redactions rest on none"})
    assert all(dialog.box.choose(one) for one in refusals)
    dialog.box.choose(CRIME)
    assert "3 redactions rest on none" in dialog.box.line.text()
    assert dialog.box.citation == CRIME

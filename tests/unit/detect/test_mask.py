"""A passage as it would read once released."""

from __future__ import annotations

import logging

import pytest

from redactor.detect.mask import masked

_TEXT = "Sarah Okoro rang 07700 900058."


def test_what_is_redacted_is_replaced_by_its_label() -> None:
    shown = masked(_TEXT, [(0, 11, "s40(2)"), (17, 29, "s31(1)(a)")])
    assert shown == "[s40(2)] rang [s31(1)(a)]."


def test_overlapping_spots_leave_nothing_behind() -> None:
    shown = masked(_TEXT, [(0, 11, "s40(2)"), (6, 16, "s38(1)")])
    assert "Sarah" not in shown
    assert "koro" not in shown
    assert shown.endswith(" 07700 900058.")


def test_a_text_without_redactions_is_shown_as_it_is() -> None:
    assert masked("Nothing here.", []) == "Nothing here."


def test_masking_logs_nothing_of_the_text(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    masked(_TEXT, [(0, 11, "s40(2)")])
    assert "Okoro" not in caplog.text

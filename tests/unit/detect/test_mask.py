from __future__ import annotations

import logging

import pytest

from redactor.detect.mask import masked
from redactor.model import Finding, LinePlace


def finding(text: str, part: str, label: str) -> Finding:
    start = text.index(part)
    return Finding(LinePlace(0), start, start + len(part), part, label, 0.9, "x@1")


def test_findings_are_replaced_by_the_titles_of_their_labels() -> None:
    text = "Sarah Okoro rang 07700 900058."
    shown = masked(
        text, [finding(text, "Sarah Okoro", "PERSON"), finding(text, "07700 900058", "PHONE")]
    )
    assert shown == "[Name of a person] rang [Telephone number]."


def test_a_text_without_findings_is_shown_as_it_is() -> None:
    assert masked("Nothing here.", []) == "Nothing here."


def test_masking_logs_nothing_of_the_text(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    masked("Sarah Okoro", [finding("Sarah Okoro", "Okoro", "PERSON")])
    assert "Okoro" not in caplog.text

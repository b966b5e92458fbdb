"""What a driving licence number tells."""

from __future__ import annotations

import pytest

from redactor.detect.recognise.licences import DrivingLicences

NUMBER = "MORGA753116SM9IJ"


def why(text: str) -> list[str]:
    return [hit.why for hit in DrivingLicences().hits(text, None) if hit.score > 0.6]


def test_the_reason_says_that_the_number_encodes_the_holder() -> None:
    assert why(f"licence {NUMBER}") == [
        "a driving licence number: it encodes the holder's surname, initials, birth date and sex"
    ]


@pytest.mark.parametrize("date", ["11/03/1976", "11.3.76", "11 March 1976", "11th Mar 1976"])
def test_a_name_and_a_date_that_it_repeats_are_said_to_agree(date: str) -> None:
    reasons = why(f"Sarah Morgan, born {date}, licence {NUMBER}")
    assert reasons[0].endswith("agrees with a name and a date nearby")


def test_another_name_and_date_do_not_agree() -> None:
    assert "agrees" not in why(f"Jo Hollis, born 12/03/1976, licence {NUMBER}")[0]


def test_mac_counts_as_mc_and_short_names_are_filled_up() -> None:
    assert why("MacDonald MCDON 753116 SM9IJ")[0].endswith("agrees with a name nearby")
    assert why("Fay Law LAW99 753116 F99IJ")[0].endswith("agrees with a name nearby")


def test_the_month_of_a_woman_is_read_without_the_fifty() -> None:
    assert "a date" in why("born 8 November 1967, MORGA661087SM9IJ 35")[0]
    assert "a date" in why("born 8 Oct 1967 MORGA 660087 SM9IJ")[0]


def test_a_number_without_a_real_day_is_no_licence() -> None:
    assert why("MORGA757396SM9IJ") == []


def test_the_reason_holds_nothing_of_the_text() -> None:
    reason = why(f"Sarah Morgan, born 11/03/1976, licence {NUMBER}")[0]
    assert not any(one in reason for one in ("Morgan", "1976", "MORGA", "753116"))

"""The statutory clock, on known days from 2019 to 2030."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import UsageError
from redactor.law.clock import Clock, State, clock_of
from redactor.law.holidays import calendar
from redactor.law.request import Request

#: Every bank holiday anywhere in the United Kingdom, by month and day, as published on gov.uk up to
#: 2027 and written out from the same Act and customs to 2030.
HOLIDAYS = {
    2019: "1/1 1/2 3/18 4/19 4/22 5/6 5/27 7/12 8/5 8/26 12/2 12/25 12/26",
    2020: "1/1 1/2 3/17 4/10 4/13 5/8 5/25 7/13 8/3 8/31 11/30 12/25 12/28",
    2021: "1/1 1/4 3/17 4/2 4/5 5/3 5/31 7/12 8/2 8/30 11/30 12/27 12/28",
    2022: "1/3 1/4 3/17 4/15 4/18 5/2 6/2 6/3 7/12 8/1 8/29 9/19 11/30 12/26 12/27",
    2023: "1/2 1/3 3/17 4/7 4/10 5/1 5/8 5/29 7/12 8/7 8/28 11/30 12/25 12/26",
    2024: "1/1 1/2 3/18 3/29 4/1 5/6 5/27 7/12 8/5 8/26 12/2 12/25 12/26",
    2025: "1/1 1/2 3/17 4/18 4/21 5/5 5/26 7/14 8/4 8/25 12/1 12/25 12/26",
    2026: "1/1 1/2 3/17 4/3 4/6 5/4 5/25 6/15 7/13 8/3 8/31 11/30 12/25 12/28",
    2027: "1/1 1/4 3/17 3/26 3/29 5/3 5/31 7/12 8/2 8/30 11/30 12/27 12/28",
    2028: "1/3 1/4 3/17 4/14 4/17 5/1 5/29 7/12 8/7 8/28 11/30 12/25 12/26",
    2029: "1/1 1/2 3/19 3/30 4/2 5/7 5/28 7/12 8/6 8/27 11/30 12/25 12/26",
    2030: "1/1 1/2 3/18 4/19 4/22 5/6 5/27 7/12 8/5 8/26 12/2 12/25 12/26",
}
LISTED = {
    date(year, *map(int, one.split("/"))) for year, each in HOLIDAYS.items() for one in each.split()
}
DAYS = calendar()
TODAY = date(2026, 11, 2)
_ANY_DAY = st.dates(date(2019, 1, 1), date(2030, 8, 31))


def clock(regime: str = "foi", qualified: bool | None = None, **days: object) -> Clock:
    return clock_of(Request(**days), regime, TODAY, DAYS, qualified=qualified)  # type: ignore[arg-type]


def by_counting(start: date, count: int) -> date:
    """Count working days one by one on the list that is written out above."""
    day = start
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in LISTED:
            count -= 1
    return day


def test_every_working_day_of_twelve_years_is_that_of_the_published_list() -> None:
    day = date(2019, 1, 1)
    while day.year < 2031:
        assert DAYS.is_working(day) is (day.weekday() < 5 and day not in LISTED), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2019, 3, 15), date(2019, 4, 15)),  # St Patrick's Day is kept on the 18th
        (date(2020, 4, 9), date(2020, 5, 12)),  # Easter, and VE Day in place of Early May
        (date(2021, 12, 24), date(2022, 1, 27)),  # four holidays at Christmas and New Year
        (date(2022, 5, 20), date(2022, 6, 21)),  # two days for the Jubilee
        (date(2022, 9, 5), date(2022, 10, 4)),  # the State funeral
        (date(2023, 4, 11), date(2023, 5, 11)),  # Early May and the Coronation
        (date(2024, 2, 29), date(2024, 4, 2)),  # St Patrick's Day, Good Friday, Easter Monday
        (date(2026, 6, 1), date(2026, 6, 30)),  # a holiday in Scotland only
        (date(2026, 7, 4), date(2026, 8, 4)),  # received on a Saturday
        (date(2030, 11, 29), date(2031, 1, 3)),
    ],
)
def test_a_request_for_information_is_due_on_the_twentieth_working_day(
    received: date, due: date
) -> None:
    found = clock(received=received).due
    if due.year < 2031:
        assert found == due == by_counting(received, 20)
    else:
        assert found == due


def test_the_environmental_regulations_give_the_same_time() -> None:
    assert clock("eir", received=date(2026, 6, 1)).due == date(2026, 6, 30)


def test_the_clock_waits_for_an_answer_and_begins_anew_with_it() -> None:
    asked = {"received": date(2026, 9, 1), "clarification_asked": date(2026, 9, 10)}
    waiting = clock(**asked)
    assert (waiting.state, waiting.due) == (State.WAITING, None)
    answered = clock(**asked, clarified=date(2026, 10, 12))
    assert answered.due == by_counting(date(2026, 10, 12), 20)


def test_the_days_of_a_fees_notice_do_not_count() -> None:
    found = clock(received=date(2026, 9, 1), fee_asked=date(2026, 9, 7), fee_paid=date(2026, 9, 11))
    assert found.due == by_counting(date(2026, 9, 1), 25)


def test_only_a_qualified_exemption_gives_further_time() -> None:
    days = {"received": date(2026, 10, 1), "extended_to": date(2026, 11, 20)}
    reason = {"extension_reason": "The balance under section 31 is being weighed."}
    plain = by_counting(date(2026, 10, 1), 20)
    refused = clock(qualified=False, **days, **reason)
    assert refused.due == plain
    assert any("no qualified exemption" in one for one in refused.warnings)
    assert clock(qualified=True, **days, **reason).due == date(2026, 11, 20)


def test_more_than_forty_working_days_are_remarked_on() -> None:
    late = clock(
        qualified=True,
        received=date(2026, 9, 1),
        extended_to=date(2026, 12, 18),
        extension_reason="x",
    )
    assert any("40 working days" in one for one in late.warnings)


def test_the_environmental_regulations_end_at_forty_working_days() -> None:
    late = clock("eir", received=date(2026, 9, 1), extended_to=date(2026, 12, 18))
    assert late.due == by_counting(date(2026, 9, 1), 40)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 5)),  # the 3rd is a Saturday
        (date(2024, 1, 31), date(2024, 2, 29)),  # no 31st, and a leap year
        (date(2023, 1, 31), date(2023, 2, 28)),
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas Day, and Boxing Day kept on Monday
        (date(2026, 6, 13), date(2026, 7, 13)),  # a holiday in Northern Ireland only: no more time
    ],
)
def test_a_subject_access_request_is_due_on_the_corresponding_day(
    received: date, due: date
) -> None:
    assert clock("sar", received=received).due == due


def test_two_more_months_can_be_taken_for_a_complex_subject_access_request() -> None:
    asked = {"received": date(2026, 9, 1), "extension_reason": "Eleven custody records."}
    assert clock("sar", **asked, extended_to=date(2026, 12, 1)).due == date(2026, 12, 1)
    beyond = clock("sar", **asked, extended_to=date(2027, 2, 1))
    assert beyond.due == date(2026, 12, 1)
    assert any("two further months" in one for one in beyond.warnings)


def test_days_spent_waiting_for_the_subject_are_added() -> None:
    found = clock(
        "sar",
        received=date(2026, 9, 1),
        clarification_asked=date(2026, 9, 4),
        clarified=date(2026, 9, 14),
    )
    assert found.due == date(2026, 10, 12)  # 11 October is a Sunday


def test_the_month_begins_when_the_identity_is_confirmed() -> None:
    days = {"received": date(2026, 9, 1), "identity_asked": date(2026, 9, 2)}
    assert clock("sar-le", **days).state is State.WAITING
    assert clock("sar-le", **days, identity_confirmed=date(2026, 9, 8)).due == date(2026, 10, 8)


def test_an_internal_review_has_a_clock_of_its_own() -> None:
    days = {"received": date(2026, 8, 3), "review_asked": date(2026, 10, 1)}
    assert clock(**days).due == by_counting(date(2026, 10, 1), 20)
    assert clock("eir", **days).due == by_counting(date(2026, 10, 1), 40)


def test_a_late_case_says_so_in_words() -> None:
    late = clock(received=date(2026, 9, 1))
    assert late.state is State.OVERDUE
    assert late.said == "Overdue since Tuesday 29 September 2026"


def test_a_case_warns_in_its_last_days() -> None:
    soon = clock(received=date(2026, 10, 7))
    assert soon.days_left == 2
    assert "2 days left." in soon.warnings


def test_days_beyond_the_known_proclamations_are_given_with_a_warning() -> None:
    assert any("Check the day" in one for one in clock(received=date(2028, 1, 10)).warnings)


def test_days_that_cannot_be_so_are_remarked_on() -> None:
    odd = clock(received=date(2026, 10, 1), clarified=date(2026, 10, 5))
    assert any("before anybody asked" in one for one in odd.warnings)


def test_without_a_day_of_receipt_nothing_is_worked_out() -> None:
    assert clock().state is State.UNKNOWN


def test_an_authority_adds_a_proclaimed_day_in_its_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDACTOR_LAW", str(tmp_path))
    (tmp_path / "bank_holidays.toml").write_text("[[added]]\nday = 2026-11-10\n", "utf-8")
    assert not calendar().is_working(date(2026, 11, 10))


def test_an_authority_s_file_that_cannot_be_read_stops_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDACTOR_LAW", str(tmp_path))
    (tmp_path / "bank_holidays.toml").write_text('[[added]]\nday = "soon"\n', "utf-8")
    with pytest.raises(UsageError, match="bank holidays"):
        calendar()


@given(_ANY_DAY)
def test_the_last_day_is_always_a_working_day(received: date) -> None:
    due = clock(received=received).due
    assert due is not None
    assert DAYS.is_working(due)


@given(_ANY_DAY, st.integers(1, 40))
def test_what_comes_later_is_never_due_earlier(received: date, later: int) -> None:
    request = Request(received=received)
    after = replace(request, received=received + timedelta(days=later))
    for regime in ("foi", "eir", "sar", "sar-le"):
        first, second = (clock_of(one, regime, TODAY, DAYS).due for one in (request, after))
        assert first is not None
        assert second is not None
        assert first <= second

"""Bank holidays anywhere in the United Kingdom, by rule and by proclamation.

Source of the rules: Banking and Financial Dealings Act 1971, schedule 1, with the holidays that are
proclaimed every year (New Year's Day, 2 January and Good Friday in Scotland, Early May, and the
days in place of one that falls on a weekend); Easter by the Anonymous Gregorian algorithm.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from redactor.config import resource_path, site_law_folder
from redactor.errors import UsageError

_FILE = "bank_holidays.toml"
_MONDAY, _SATURDAY = 0, 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are no working days, besides weekends.

    Attributes:
        added, moved: by proclamation, and those that gave way to them.
        partly: those of them that are holidays in some part of the United Kingdom only.
        known_until: the last year whose proclamations are known.
    """

    added: frozenset[date]
    moved: frozenset[date]
    partly: frozenset[date]
    known_until: int

    def is_working(self, day: date) -> bool:
        """Say whether a day is a working day (Freedom of Information Act 2000, section 10(6))."""
        if day.weekday() >= _SATURDAY or day in self.added:
            return False
        return day in self.moved or day not in _by_rule(day.year)

    def next_working_anywhere(self, day: date) -> date:
        """Give a day, or the first after it that is no weekend and no holiday of the whole country.

        Where a law does not say whose holidays count, the earlier day is the safe one.
        """
        while day.weekday() >= _SATURDAY or self._is_holiday_everywhere(day):
            day += _DAY
        return day

    def _is_holiday_everywhere(self, day: date) -> bool:
        if day in self.added:
            return day not in self.partly
        return day in _everywhere(day.year) and day not in self.moved

    def after(self, day: date, count: int) -> date:
        """Give the working day that is the given number of working days after a day."""
        while count:
            day += _DAY
            count -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Count the working days after one day, up to and with another; negative backwards."""
        if end < start:
            return -self.between(end, start)
        days = (start + _DAY * one for one in range(1, (end - start).days + 1))
        return sum(map(self.is_working, days))


def calendar() -> Calendar:
    """Give the calendar of the program, with what the authority added in its own folder.

    Raises:
        UsageError: the authority's file cannot be read.
    """
    return _read(resource_path("law", _FILE), site_law_folder() / _FILE)


@cache
def _read(shipped: Path, of_site: Path) -> Calendar:
    given = [tomllib.loads(shipped.read_text(encoding="utf-8"))]
    if of_site.is_file():
        given.append(_of_site(of_site))
    added = [one["day"] for each in given for one in each.get("added", ())]
    moves = [one for each in given for one in each.get("moved", ())]
    return Calendar(
        frozenset([*added, *(one["to"] for one in moves)]),
        frozenset(one["from"] for one in moves),
        frozenset(one["day"] for each in given for one in each.get("added", ()) if "where" in one),
        max(int(each.get("known_until", 0)) for each in given),
    )


def _of_site(path: Path) -> dict[str, Any]:
    given: dict[str, Any] = {}
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        days = [one["day"] for one in given.get("added", ())]
        days += [one[end] for one in given.get("moved", ()) for end in ("from", "to")]
        is_good = all(type(one) is date for one in days) and isinstance(
            given.get("known_until", 0), int
        )
    except (OSError, ValueError, TypeError, KeyError):
        is_good = False
    if not is_good:
        raise UsageError(
            f"The authority's bank holidays ({path}) cannot be read, so no date was worked out. "
            "Each [[added]] needs a day, and each [[moved]] a from and a to, as 2027-06-14."
        )
    return given


@cache
def _by_rule(year: int) -> frozenset[date]:
    """Give the holidays of a year by rule, in any part of the United Kingdom."""
    easter = easter_sunday(year)
    return _everywhere(year) | {
        *_in_place(date(year, 1, 1), date(year, 1, 2)),
        *_in_place(date(year, 3, 17)),
        easter + _DAY,
        *_in_place(date(year, 7, 12)),
        _weekday_from(date(year, 8, 1), _MONDAY),
        _weekday_from(date(year, 8, 25), _MONDAY),
        *_in_place(date(year, 11, 30)),
    }


@cache
def _everywhere(year: int) -> frozenset[date]:
    """Give the holidays of a year by rule that all parts of the United Kingdom have."""
    return frozenset(
        {
            *_in_place(date(year, 1, 1)),
            easter_sunday(year) - 2 * _DAY,
            _weekday_from(date(year, 5, 1), _MONDAY),
            _weekday_from(date(year, 5, 25), _MONDAY),
            *_in_place(date(year, 12, 25), date(year, 12, 26)),
        }
    )


def _in_place(*days: date) -> Iterator[date]:
    """Give holidays, each moved to the next weekday that is none where it falls on a weekend."""
    taken = {one for one in days if one.weekday() < _SATURDAY}
    yield from taken
    for one in days:
        if one.weekday() >= _SATURDAY:
            instead = one
            while instead.weekday() >= _SATURDAY or instead in taken:
                instead += _DAY
            taken.add(instead)
            yield instead


def _weekday_from(day: date, weekday: int) -> date:
    return day + _DAY * ((weekday - day.weekday()) % 7)


def easter_sunday(year: int) -> date:
    """Give Easter Sunday (Meeus, Astronomical Algorithms, chapter 8; Butcher 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    l = (32 + 2 * e + 2 * i - h - k) % 7  # noqa: E741 - the letters of the source
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)

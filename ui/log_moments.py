"""The moments of a log: as a table shows them, as a filter asks for them."""

from __future__ import annotations

import datetime as dt


def short_iso(at: str) -> str:
    """Give an event's moment in the time of this computer (``25 Nov 2026, 14:02``)."""
    return _spoken(at, "%b %Y, %H:%M")


def long_iso(at: str) -> str:
    """Give an event's moment to the second, in the time of this computer."""
    return _spoken(at, "%B %Y, %H:%M:%S")


def utc_iso(at: str) -> str:
    """Give an event's moment to the second, as it is kept."""
    return _spoken(at, "%B %Y, %H:%M:%S UTC", dt.UTC)


def day_of(at: str) -> dt.date | None:
    """Give the day of an event in the time of this computer; None where it gives no moment."""
    moment = _moment(at)
    return moment.astimezone().date() if moment is not None else None


def start_of(day: dt.date) -> str:
    """Give the moment at which a day begins here, as events have theirs."""
    midnight = dt.datetime.combine(day, dt.time()).astimezone()
    return midnight.astimezone(dt.UTC).isoformat(timespec="seconds")


def _spoken(at: str, form: str, zone: dt.tzinfo | None = None) -> str:
    """Give a moment in a form after its day, in a zone (None: this computer's); else as it is."""
    moment = _moment(at)
    if moment is None:
        return at
    there = moment.astimezone(zone)
    return f"{there.day} {there.strftime(form)}"


def _moment(at: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(at)
    except (ValueError, OverflowError):
        return None

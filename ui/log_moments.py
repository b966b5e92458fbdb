"""The moments of a log: as a table shows them, as a filter asks for them."""

from __future__ import annotations

import datetime as dt


def short_iso(at: str) -> str:
    """Give an event's moment in the time of this computer (``25 Nov 2026, 14:02``)."""
    moment = _moment(at)
    if moment is None:
        return at
    local = moment.astimezone()
    return f"{local.day} {local:%b %Y, %H:%M}"


def long_iso(at: str) -> str:
    """Give an event's moment to the second, in the time of this computer."""
    moment = _moment(at)
    if moment is None:
        return at
    local = moment.astimezone()
    return f"{local.day} {local:%B %Y, %H:%M:%S}"


def utc_iso(at: str) -> str:
    """Give an event's moment to the second, as it is kept."""
    moment = _moment(at)
    if moment is None:
        return at
    utc = moment.astimezone(dt.UTC)
    return f"{utc.day} {utc:%B %Y, %H:%M:%S} UTC"


def day_of(at: str) -> dt.date | None:
    """Give the day of an event in the time of this computer; None where it gives no moment."""
    moment = _moment(at)
    return moment.astimezone().date() if moment is not None else None


def start_of(day: dt.date) -> str:
    """Give the moment at which a day begins here, as events have theirs."""
    midnight = dt.datetime.combine(day, dt.time()).astimezone()
    return midnight.astimezone(dt.UTC).isoformat(timespec="seconds")


def _moment(at: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(at)
    except (ValueError, OverflowError):
        return None

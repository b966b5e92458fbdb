"""Moments as people write them, in the time of this computer."""

from __future__ import annotations

import datetime as dt


def spoken(moment: dt.datetime) -> str:
    """Give a moment as ``25 November 2026, 14:02``."""
    local = moment.astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"


def spoken_iso(moment: str) -> str:
    """Give a moment that is kept in ISO form; empty where it cannot be read."""
    try:
        return spoken(dt.datetime.fromisoformat(moment))
    except (ValueError, OverflowError):
        return ""


def today() -> dt.date:
    """Give the day that it is here."""
    return dt.datetime.now().astimezone().date()

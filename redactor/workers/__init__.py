"""The document lane, and what a job in one of its workers may ask for."""

from __future__ import annotations

from redactor.workers.inside import fetch
from redactor.workers.lane import GRACE_SECONDS, Lane, Supply, Ticket

__all__ = ["GRACE_SECONDS", "Lane", "Supply", "Ticket", "fetch"]

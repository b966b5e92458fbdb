"""What the events add up to: standing decisions, what may be undone, what blocks a release.

Pure functions over events and marks. Nothing here reads or writes. Others take all of it from here;
the modules of the package import one another only.
"""

from __future__ import annotations

from redactor.review.blocking import Block, DocumentState, allowed_rulings, blocks, trouble_of
from redactor.review.commenting import Comment, comments
from redactor.review.digest import digest_of
from redactor.review.removal import redactions
from redactor.review.state import (
    DECIDED_ON,
    Chosen,
    Justification,
    LeadRuling,
    Look,
    SetAside,
    Standing,
    StandingRuling,
    Tick,
    look_counts,
)
from redactor.review.statements import swapped
from redactor.review.tally import Tally, standing

__all__ = [
    "DECIDED_ON",
    "Block",
    "Chosen",
    "Comment",
    "DocumentState",
    "Justification",
    "LeadRuling",
    "Look",
    "SetAside",
    "Standing",
    "StandingRuling",
    "Tally",
    "Tick",
    "allowed_rulings",
    "blocks",
    "comments",
    "digest_of",
    "look_counts",
    "redactions",
    "standing",
    "swapped",
    "trouble_of",
]

"""What holds in a case: the values that its events add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from redactor.model import Aside, Decision, PointAnswer, ReadAs, Ruling

#: The category of a place of the second look that a person decided on as on any other finding.
DECIDED_ON = "decided"


@dataclass(frozen=True, slots=True)
class StandingRuling:
    """What a named person ruled on an unread or incomplete part, and why.

    Attributes:
        part: what the log calls the part.
    """

    ruling: Ruling
    reason: str
    actor: str
    at: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class LeadRuling:
    """What a person ruled on a place that the second look found (``redactor.second_look``).

    Attributes:
        category: why it was dismissed; ``decided`` where the place was decided on instead.
    """

    category: str
    reason: str
    actor: str
    at: str
    seq: int


@dataclass(frozen=True, slots=True)
class Look:
    """What the last second look found, by ids of the log.

    Attributes:
        state: the digest of what was looked at.
        decisions: that of the decisions alone (``digest_of``).
        sure: those that are all but certainly missed.
        is_stale: something else than these places was changed since.
    """

    seq: int
    state: str
    decisions: str
    sure: tuple[str, ...]
    others: tuple[str, ...]
    hidden: int
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a person chose that a document is read.

    Attributes:
        last_mark: the last finding of the readings before; up to it they are replaced.
    """

    read_as: ReadAs
    last_mark: int


@dataclass(frozen=True, slots=True)
class Justification:
    """Why a limb is engaged, for as many redactions as rest on it.

    Attributes:
        number: from 1, within the case.
        exemption: the citation with its limb.
        answers: what the limb's questions were answered with, by their keys (``law``).
        reason, public_interest: the answers as the log and the schedules give them.
        seq: the event that wrote it so; its version.
    """

    number: int
    exemption: str
    answers: Mapping[str, str]
    reason: str
    public_interest: str
    actor: str
    at: str
    seq: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """What a person ruled on a whole document that stays out of the release.

    Attributes:
        decision: the ground; without an exemption unless the document is withheld.
        by: the document that replaces it; 0 for none.
    """

    why: Aside
    decision: Decision
    by: int = 0


@dataclass(frozen=True, slots=True)
class Tick:
    """What a person answered to a point of the Commissioner's checklists.

    Attributes:
        point: its key.
    """

    point: str
    answer: PointAnswer
    remark: str
    actor: str
    at: str
    seq: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds now.

    Attributes:
        decisions: by mark id.
        rulings: by document number and the part's place; added up from a log alone, by its name
            there.
        undo: the event that undo would take back, if any.
        redo: the event that redo would bring back, if any.
        leads: what was ruled on places that the second look found, by their ids.
        look: the last second look.
        read_as: how documents are read of which somebody chose it, by number.
        justifications: by number, each as it was last written.
        request: the row of the case file that says what was asked and when; None without one.
        set_aside: by number, the documents that stay out of the release as a whole.
        numbers: the row of the case file that says how small numbers are protected; None without.
        ticks: what people answered of the Commissioner's checklists, by the key of the point.
    """

    decisions: Mapping[int, Decision]
    rulings: Mapping[tuple[int, str], StandingRuling]
    undo: int | None
    redo: int | None
    leads: Mapping[str, LeadRuling] = field(default_factory=dict)
    look: Look | None = None
    read_as: Mapping[int, Chosen] = field(default_factory=dict)
    justifications: Mapping[int, Justification] = field(default_factory=dict)
    request: int | None = None
    set_aside: Mapping[int, SetAside] = field(default_factory=dict)
    numbers: int | None = None
    ticks: Mapping[str, Tick] = field(default_factory=dict)

    def waiting(self, leads: Iterable[str]) -> tuple[str, ...]:
        """Give those of some places of the second look on which nobody has ruled."""
        return tuple(one for one in leads if one not in self.leads)


def look_counts(now: Standing) -> dict[str, int]:
    """Say in numbers what the last second look found and what became of it; empty without one.

    ``left`` is how many of the places that it was not sure of nobody ruled on.
    """
    look = now.look
    if look is None:
        return {}
    dismissed = sum(one.category != DECIDED_ON for one in now.leads.values())
    return {
        "event": look.seq,
        "sure": len(look.sure),
        "others": len(look.others),
        "hidden": look.hidden,
        "dismissed": dismissed,
        "decided": len(now.leads) - dismissed,
        "left": len(now.waiting(look.others)),
    }

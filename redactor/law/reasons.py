"""Reasons that officers may reuse, read from ``resources/law``. They propose; people decide."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from redactor.config import resource_path
from redactor.model import Action


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason in plain English, to be changed to fit.

    Attributes:
        group: the group of labels it is offered for (``redactor.labels``).
        action: redact or keep.
        title: in a few words, for a list.
        text: the reason itself.
    """

    group: str
    action: Action
    title: str
    text: str


@cache
def reasons() -> tuple[Reason, ...]:
    """Give every reason in the order in which they are offered."""
    with resource_path("law", "reasons.toml").open("rb") as file:
        listed = tomllib.load(file)["reason"]
    return tuple(
        Reason(one["group"], Action(one["action"]), one["title"], one["text"]) for one in listed
    )


def reasons_for(group: str, action: Action) -> tuple[Reason, ...]:
    """Give the reasons for a group of labels, then those that fit anything."""
    own = [one for one in reasons() if one.action is action and one.group == group]
    general = [one for one in reasons() if one.action is action and one.group == "manual"]
    return tuple(dict.fromkeys((*own, *general)))

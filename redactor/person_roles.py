"""What a person may be in the matter of a case, from the words around their mentions.

A proposal only: a person's own choice always wins. Pure functions; reasons hold no text.
"""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

#: How much of the text before and after a mention is looked at, in characters.
REACH = 60


class SubjectRole(enum.StrEnum):
    """What a person is in the matter of the case; not what a user of the program may do."""

    OFFICER = "officer"
    STAFF = "staff"
    WITNESS = "witness"
    VICTIM = "victim"
    SUSPECT = "suspect"
    OFFICIAL = "public-official"
    REQUESTER = "requester"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Context:
    """The text right before and right after one mention."""

    before: str = field(repr=False)
    after: str = field(repr=False)


def context_of(text: str, start: int, end: int) -> Context:
    """Cut the context of a mention out of its segment."""
    return Context(text[max(0, start - REACH) : start], text[end : end + REACH])


_TITLE = r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|rev|sir|dame)\.?\s+)?"
_RANKS = (
    r"PC|DC|PS|DS|Sgt|Sergeant|Insp|Inspector|DI|CI|DCI|Supt|Superintendent"
    r"|Ch(?:ief)? Insp(?:ector)?|Constable|PCSO|SC|WPC|WDC|TDC|T/\w+|A/\w+|CSI|DSU|DSupt|DCS"
    r"|Officer|Detective \w+"
)
_OFFICES = (
    r"Cllr|Councillor|MP|Mayor|Minister|Commissioner|Chief Constable|ACC|DCC|Judge|HHJ|Coroner"
    r"|Chief Executive|Justice|Secretary of State"
)
#: Of roles named equally often the first here counts: what a person is in the matter goes before
#: what they are by calling.
_CUES: tuple[tuple[SubjectRole, str, str, str], ...] = (
    (
        SubjectRole.VICTIM,
        (
            rf"(?i:(?:victim|complainant|aggrieved(?: person)?|injured (?:party|person))\W*"
            rf"(?:name|is|was)?\W*{_TITLE})$"
        ),
        r"(?i:^\W{1,3}(?:the |an? )?(?:alleged )?(?:victim|complainant|aggrieved|injured party)\b)",
        "the words call them victim or complainant",
    ),
    (
        SubjectRole.SUSPECT,
        (
            rf"(?i:(?:suspect|accused|defendant|detainee|detained person|offender|subject officer"
            rf"|officer (?:subject|complained of)|arrested|charged|interviewed"
            rf"|interview (?:of|with)"
            rf"|cautioned|person interviewed|allegations? against|complaint (?:against|about))\W*"
            rf"(?:name|is|was)?\W*{_TITLE}(?:(?:{_RANKS})\s+(?:\d+\s+)?)?)$"
        ),
        (
            r"(?i:^\W{1,3}(?:who )?(?:(?:was|is|has been|had been|were) )(?:then |later |also )?"
            r"(?:arrested|charged|interviewed under caution|cautioned|detained|remanded|bailed"
            r"|convicted|sentenced|suspended|dismissed|under investigation|alleged|accused)\b)"
        ),
        "the words say they were suspected, arrested, charged or complained of",
    ),
    (
        SubjectRole.WITNESS,
        (
            rf"(?i:(?:statement (?:of|from|by)|witness(?: statement)?(?: of| from)?)\W*"
            rf"(?:name|is|was)?\W*{_TITLE})$"
        ),
        r"(?i:^\W{1,3}(?:the |an? )?(?:eye)?witness\b|^ (?:will say|states? (?:that|as follows)))",
        "the words call them a witness, or it is their statement",
    ),
    (
        SubjectRole.REQUESTER,
        (
            rf"(?i:(?:requester|requestor|applicant|data subject|request (?:from|by)"
            rf"|(?:SAR|DSAR|FOI|subject access request)[^.\n]{{0,25}}(?:from|by|-|–|:))\W*"
            rf"(?:name|is|was)?\W*{_TITLE})$"
        ),
        r"(?i:^\W{1,3}(?:the |an? )?(?:requester|requestor|data subject)\b)",
        "the words call them the one who made the request",
    ),
    (
        SubjectRole.OFFICIAL,
        rf"(?:^|\W)(?:{_OFFICES})\s+$",
        rf"^(?:,? MP\b|\s*[,(]\s*(?:the )?(?:{_OFFICES})\b)",
        "an office stands beside the name",
    ),
    (
        SubjectRole.OFFICER,
        rf"(?:^|[^\w/])(?:{_RANKS})\s+(?:[A-Z]{{0,3}}\d{{1,6}}\s+)?$",
        rf"^\s*[,(]\s*(?:{_RANKS})\b|^\s+(?:PC|DC|PS|DS)\s?\d{{2,5}}\b",
        "a police rank stands beside the name",
    ),
    (
        SubjectRole.STAFF,
        (
            r"(?i:(?:case ?worker|case officer|line manager|manager|clerk|supervisor|adviser"
            r"|advisor"
            r"|administrator|analyst|secretary|assistant|agent|teacher|nurse|social worker)\W*"
            rf"(?:is|was)?\W*{_TITLE})$"
        ),
        (
            r"^\s*[,(\n|]\s*(?:[A-Z]\w+ ){0,3}(?:Officer|Manager|Adviser|Advisor|Administrator"
            r"|Clerk"
            r"|Assistant|Analyst|Caseworker|Lead|Coordinator|HR|Secretary)\b"
        ),
        "a post stands beside the name",
    ),
)
_COMPILED = tuple(
    (role, re.compile(before), re.compile(after), why) for role, before, after, why in _CUES
)
_ORDER = {role: at for at, (role, *_) in enumerate(_CUES)}


def proposed_role(contexts: Iterable[Context]) -> tuple[SubjectRole | None, str]:
    """Propose what a person is in the matter.

    Returns:
        The role that most mentions speak for, and why, in a sentence; nothing where none does.
    """
    votes: Counter[SubjectRole] = Counter()
    total = 0
    for context in contexts:
        total += 1
        votes.update(
            role
            for role, before, after, _ in _COMPILED
            if before.search(context.before) or after.search(context.after)
        )
    if not votes:
        return None, ""
    role = min(votes, key=lambda one: (-votes[one], _ORDER[one]))
    why = next(why for each, _, _, why in _COMPILED if each is role)
    return role, f"At {votes[role]} of {total} mentions {why}."

# ruff: noqa: E501 - a pattern is easier to check on one line
"""Descriptions that pick out one person without a name (jigsaw identification)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from redactor.detect.rules import Example, Hit, Rule, RuleRecogniser

_ROLE = (
    r"(?:sergeant|officer|detective|constable|inspector|superintendent|handler|dog handler|manager|receptionist|caretaker|"
    r"teacher|head teacher|headteacher|barber|barmaid|barman|landlord|landlady|presenter|seller|secretary|skipper|supervisor|"
    r"lecturer|nurse|doctor|gp|vicar|imam|priest|councillor|inspector|clerk|driver|cleaner|cook|chef|porter|passenger|student|"
    r"pupil|resident|tenant|neighbour|woman|man|female|male|girl|boy|person|employee|member of staff|pcso|volunteer|governor|"
    r"director|owner|shopkeeper|postman|postwoman|man who|woman who|lady|gentleman|child|apprentice|trainee|worker|analyst|"
    r"lollipop (?:man|lady)|firefighter|paramedic|midwife|coach|trainer|bookmaker|publican|butcher|baker|florist|custodian|"
    r"probationer|commander|chair|treasurer|union rep|steward|editor|reporter|witness|applicant|candidate|surgeon|dentist|"
    r"sgt|pc|dc|ps|insp)"
)


class Roles(RuleRecogniser):
    """Descriptions that pick out one person: the only, the former, the one who, and where."""

    NAME = "role"
    LABELS = ("ROLE",)
    OF_NAMES = True
    RULES = (
        Rule(
            "ROLE",
            rf"(?P<v>\bthe (?:only|sole|first|last remaining|one)(?: [\w'-]+){{0,3}} {_ROLE}s?\b(?: (?:at|in|on|of|for|to|from|with|who|based|posted|opposite)[^.,;:\n()\"]{{2,50}}?(?=[.,;:\n()\"]|$| (?:and|is|was|has|had|were|said|told|will|that|which|in the papers)\b))?)",
            0.85,
            "words for the only one",
            ignore_case=True,
            needs="only",
        ),
        Rule(
            "ROLE",
            rf"(?<=\b(?:the|The|a|is|our|then|was|ex-|former) )(?P<v>(?:(?:former|previous|current|new|retired|assistant|deputy|acting|local|night|day|only|old|ex-|serving|senior|ice-cream|lollipop|Saturday|breakfast|\p{{Lu}}[\p{{L}}'-]+)[ -]){{0,4}}{_ROLE} (?:who|of the|of|at the|at|on the|on|opposite|from the|from|for|whose|in the|arrested)[^.,;:\n()\"]{{3,60}}?)(?=[.,;:\n()\"]|$| (?:and|is|was|has|had|were|said|told|will|to say|how|before|but|left|came|went|asked|did)\b)",
            0.5,
            "a post or description with a place or a deed",
            needs="",
        ),
        Rule(
            "ROLE",
            r"(?<=, )(?P<v>(?:UNISON|Unison|Unite|GMB|PCS|UCU|NEU|NASUWT|RMT|Federation|Fed|FBU|CWU) (?:branch )?(?:secretary|chair|rep|representative|convenor|steward|organiser))\b",
            0.7,
            "a post in a union",
            needs="",
        ),
    )
    EXAMPLES = (
        Example(
            "she is the only female sergeant at Bexley.",
            "ROLE",
            "the only female sergeant at Bexley",
        ),
        Example(
            "asked the barber opposite Carr Hill College how",
            "ROLE",
            "barber opposite Carr Hill College",
        ),
        Example(
            "the previous inspector on the Boston patch left",
            "ROLE",
            "previous inspector on the Boston patch",
        ),
    )
    NOT_FOUND = ("the only reason was cost", "an officer attended", "The manager replied.")

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give what the rules find where it names a place, a time or a body, or says *only*."""
        for hit in super().hits(text, artifacts):
            tail = text[hit.start : hit.end]
            if hit.score > 0.6 or regex.search(r"\p{Lu}|\bwho\b", tail):
                yield hit


RECOGNISERS = (Roles,)

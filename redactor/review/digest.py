"""The digest of what was decided, by which an approval says what it approves."""

from __future__ import annotations

from hashlib import sha256

from redactor.canonical import canonical
from redactor.review.state import DECIDED_ON, Standing


def digest_of(now: Standing) -> str:
    """Give the SHA-256 over every decision, ruling and dismissal that stands, in hex.

    Cases without dismissals, justifications and the like have the digest that they had before there
    were any.
    """
    decisions = [
        [mark, str(one.action), one.exemption, one.reason, one.public_interest, one.actor, one.seq]
        for mark, one in sorted(now.decisions.items())
    ]
    rulings = [
        [number, one.part, str(one.ruling), one.reason, one.actor, one.at]
        for (number, _), one in sorted(
            now.rulings.items(), key=lambda item: (item[0][0], item[1].part)
        )
    ]
    shape: dict[str, object] = {"decisions": decisions, "rulings": rulings}
    dismissed = [
        [key, one.category, one.reason, one.actor, one.seq]
        for key, one in sorted(now.leads.items())
        if one.category != DECIDED_ON
    ]
    if dismissed:
        shape["dismissed"] = dismissed
    if now.justifications:
        shape["justified"] = [[one.number, one.seq] for one in now.justifications.values()]
        shape["resting"] = [[m, one.justification] for m, one in sorted(now.decisions.items())]
    if now.request is not None:
        shape["request"] = now.request
    if now.set_aside:
        shape["set_aside"] = [
            [number, str(one.why), one.decision.exemption, one.decision.reason, one.decision.seq]
            for number, one in sorted(now.set_aside.items())
        ]
    if now.numbers is not None:
        shape["numbers"] = now.numbers
    if now.ticks:
        shape["ticks"] = [
            [point, str(one.answer), one.remark, one.actor, one.seq]
            for point, one in sorted(now.ticks.items())
        ]
    return sha256(canonical(shape)).hexdigest()

"""What a certificate will say of a case, and that none of its words quotes what is withheld."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from redactor import review
from redactor.app.attempt import redacted_marks
from redactor.app.case import Case
from redactor.app.holding_back import public_numbers
from redactor.app.parts import SEALED
from redactor.errors import Blocked
from redactor.events import Event
from redactor.law.commissioners_checklist import commissioners_checklist
from redactor.matching import count_term, fold, make_term
from redactor.names import read_name
from redactor.release.certificate import CertificateFacts, CertifiedRuling
from redactor.release.certificate_checklist import CertifiedTick, ticks_shape
from redactor.release.plan import WithheldText


@dataclass(frozen=True, slots=True)
class _Written:
    """Words of a person that the certificate repeats.

    Attributes:
        what: which words, as a sentence begins.
        again: what to do where they cannot stay.
    """

    what: str
    text: str = field(repr=False)
    again: str


def certificate_facts(
    case: Case, submitted: Event, approved: Event | None, manifest: bytes
) -> CertificateFacts:
    """Gather what the certificate of a submission speaks of.

    Args:
        approved: None while nobody has approved it.
        manifest: the exact bytes of the submission's manifest.
    """
    life, now = case.life, case.standing()
    begun = life.case
    preparers = life.preparers
    named = preparers | ({approved.fingerprint} if approved is not None else set())
    about: Mapping[str, Any] = begun.body if begun is not None else {}
    return CertificateFacts(
        submitted=submitted,
        approved=approved,
        members=tuple(one for one in life.members.values() if one.fingerprint in named),
        preparers=tuple(sorted(preparers)),
        ref=str(about.get("ref", "")),
        regime=str(about.get("regime", "")),
        case_id=str(about.get("case", "")),
        manifest=manifest,
        rulings=tuple(
            CertifiedRuling(number, one.part, one.ruling, one.reason, one.actor, one.at)
            for number, _, one in _certified_rulings(case, now)
        ),
    )


def certified_ticks(now: review.Standing) -> list[dict[str, str]]:
    """Give what a submission says of the checklist, which its certificate repeats."""
    return ticks_shape(
        CertifiedTick(one.point, one.answer, one.remark, one.actor, one.at)
        for one in _ticks_for_people(now)
    )


def require_discreet_words(case: Case, withheld: Iterable[WithheldText]) -> None:
    """The certificate gives reasons and remarks in full, so none may quote what is withheld.

    People shorten names when they write of somebody, so surnames count as well.

    Raises:
        Blocked: one does.
    """
    now = case.standing()
    written = tuple(_written(case, now))
    if not written:
        return
    named = (mark for mark in redacted_marks(case.marks(), now) if mark.label == "PERSON")
    surnames = {read_name(mark.text).surname for mark in named}
    terms = [one.term for one in withheld if one.strict]
    terms += [term for name in surnames if name and (term := make_term(name, 0)) is not None]
    for one in written:
        folded = fold(one.text)
        if any(count_term(term, folded) for term in terms):
            raise Blocked(
                f"{one.what} quotes something that is withheld, and the certificate would show it. "
                f"Nothing was submitted. {one.again}"
            )


def _written(case: Case, now: review.Standing) -> Iterator[_Written]:
    for _, number, one in _certified_rulings(case, now):
        part = "" if one.part.startswith(SEALED) else one.part
        yield _Written(
            f"The ruling on a part of document {number}",
            f"{part}\n{one.reason}",
            "Rule on that part again, in words that do not quote it.",
        )
    lines = {one.key: one.says for one in commissioners_checklist().for_person}
    for tick in _ticks_for_people(now):
        yield _Written(
            f"The remark on the line “{lines[tick.point]}” of the checklist",
            tick.remark,
            "Answer that line again, in words that do not quote it.",
        )


def _certified_rulings(
    case: Case, now: review.Standing
) -> Iterator[tuple[int, int, review.StandingRuling]]:
    """Give each ruling that goes into the certificate, with its document's numbers out and in."""
    public = public_numbers(case)
    for (number, _), one in sorted(
        now.rulings.items(), key=lambda item: (item[0][0], item[1].part)
    ):
        if number in public and number not in now.set_aside:
            yield public[number], number, one


def _ticks_for_people(now: review.Standing) -> Iterator[review.Tick]:
    for point in commissioners_checklist().for_person:
        if point.key in now.ticks:
            yield now.ticks[point.key]

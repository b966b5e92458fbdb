"""The Commissioner's checklists in a certificate: evidence of the program, answers of people. Pure.

What the program does it shows by what a certificate knows; the rest a named person answered in the
log of the case, or nobody did, and then the certificate says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from redactor.law.commissioners_checklist import Point, commissioners_checklist
from redactor.model import PointAnswer

if TYPE_CHECKING:
    from redactor.release.certificate import CertificateFacts

TITLES = ("Line", "On the list for", "Answered by", "Answer or evidence")
#: Of one point in a submission and a certificate; all are texts, and empty where nobody answered.
TICK = frozenset({"point", "line", "answer", "remark", "by", "at"})
_WORDS: Mapping[PointAnswer, str] = {
    PointAnswer.YES: "Yes",
    PointAnswer.NO: "No",
    PointAnswer.NOT_APPLICABLE: "Not applicable",
}
_Moment = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class CertifiedTick:
    """What a named person answered to a point, and what they remarked.

    Attributes:
        point: the key of the point.
    """

    point: str
    answer: PointAnswer
    remark: str = field(repr=False)
    by: str
    at: str


def answer_words(answer: PointAnswer) -> str:
    """Give an answer as people read it."""
    return _WORDS[answer]


def checklist_rows(facts: CertificateFacts, moment: _Moment) -> Iterator[tuple[str, ...]]:
    """Give each line with the lists it is on, who answers it, and the answer or the evidence.

    Args:
        moment: gives a time of the log as people write it.
    """
    ticks = {one.point: one for one in _ticks_in(facts.repeated["checklist"])}
    for point in commissioners_checklist().points:
        head = point.says, lists_in_words(point)
        if point.is_for_person:
            yield *head, *_answered(ticks.get(point.key), moment)
        else:
            yield *head, "the program", evidence(point, facts)


def lists_in_words(point: Point) -> str:
    """Give the lists on which a point is, as people read them."""
    first, *others = point.lists
    return ", ".join((first, *(one.lower() for one in others)))


def _answered(tick: CertifiedTick | None, moment: _Moment) -> tuple[str, str]:
    if tick is None:
        return "nobody", "Not answered."
    remark = f" {tick.remark}" if tick.remark else ""
    return f"{tick.by}, {moment(tick.at)}", f"{answer_words(tick.answer)}.{remark}"


def _ticks_in(listed: Iterable[Mapping[str, str]]) -> Iterator[CertifiedTick]:
    for one in listed:
        if one["answer"]:
            answer = PointAnswer(one["answer"])
            yield CertifiedTick(one["point"], answer, one["remark"], one["by"], one["at"])


def ticks_shape(ticks: Iterable[CertifiedTick]) -> list[dict[str, str]]:
    """Give every point that is for a person, and its answer if it has one, as a submission does."""
    answered = {one.point: one for one in ticks}
    return [_shape(one, answered.get(one.key)) for one in commissioners_checklist().for_person]


def _shape(point: Point, tick: CertifiedTick | None) -> dict[str, str]:
    said = ("", "", "", "") if tick is None else (str(tick.answer), tick.remark, tick.by, tick.at)
    answer, remark, by, at = said
    return {
        "point": point.key,
        "line": point.says,
        "answer": answer,
        "remark": remark,
        "by": by,
        "at": at,
    }


def ticks_hold(listed: list[dict[str, str]], names: Collection[str]) -> bool:
    """Say whether what a certificate tells of the answers adds up.

    A point is answered by somebody who prepared the release, a “no” with a remark; one that nobody
    answered says nothing more.

    Args:
        names: of those who prepared the release.
    """
    keys = [one["point"] for one in listed]
    return len(set(keys)) == len(keys) and all(_holds(one, names) for one in listed)


def _holds(one: Mapping[str, str], names: Collection[str]) -> bool:
    if not one["answer"]:
        return not (one["remark"] or one["by"] or one["at"])
    is_known = one["answer"] in set(PointAnswer) and one["by"] in names and bool(one["at"])
    return is_known and (one["answer"] != PointAnswer.NO or bool(one["remark"].strip()))


# --- evidence ---------------------------------------------------------------------------------


def evidence(point: Point, facts: CertificateFacts) -> str:
    """Give how the program does what a point asks, and what it counted in this release."""
    counted = _COUNTED.get(point.key)
    return point.program if counted is None else f"{point.program} {counted(facts)}".strip()


def _checks(facts: CertificateFacts) -> str:
    listed = facts.repeated["checks"]
    checks = sum(int(one["count"]) for one in listed)
    engines = len({one["engine"] for one in listed})
    return f"{checks:,} checks by {engines:,} engines held."


def _forms(facts: CertificateFacts) -> str:
    forms = facts.submitted.body.get("forms", ())
    reasons = sum(bool(one["reason"]) for one in forms)
    return (
        f"{len(forms):,} documents have a form on record, {reasons:,} of them with a reason for a "
        "spreadsheet."
    )


def _people(facts: CertificateFacts) -> str:
    prepared = f"{len(facts.prepared_by):,} prepared it"
    if facts.approved is None:
        return f"{prepared}; it is not approved."
    return f"{prepared}, and somebody who prepared nothing approved it."


def _hidden(facts: CertificateFacts) -> str:
    return _found(facts, "documents", "pieces", "document")


def _hidden_in_sheets(facts: CertificateFacts) -> str:
    return _found(facts, "spreadsheets", "sheet_pieces", "spreadsheet")


def _found(facts: CertificateFacts, documents: str, pieces: str, noun: str) -> str:
    """Say what was not seen in the originals, as the submission counted it."""
    counts = facts.submitted.body.get("hidden")
    if counts is None:
        return ""
    found, held = int(counts[pieces]), int(counts[documents])
    if not found:
        return f"No original held such a thing in a {noun}."
    holding = noun if held == 1 else f"{noun}s"
    them = "1 piece was" if found == 1 else f"{found:,} pieces were"
    return f"{them} found in {held:,} {holding}, and none was carried over."


def _rulings(facts: CertificateFacts) -> str:
    if not facts.rulings:
        return "There was none."
    ruled = "1 was" if len(facts.rulings) == 1 else f"{len(facts.rulings):,} were"
    return f"{ruled} decided about, each by the person named below."


def _places(facts: CertificateFacts) -> str:
    return f"{facts.submitted.body['redactions']:,} places."


def _looked_at(facts: CertificateFacts) -> str:
    repeated = facts.repeated
    taken = bool(repeated["second_look"])
    look = f"{'A' if taken else 'No'} second look was taken at the whole case."
    sample: Mapping[str, Any] = repeated["sample"]
    if not sample.get("drawn"):
        return f"{look} No re-check sample was read."
    return f"{look} {sample['looked_at']:,} of {sample['drawn']:,} drawn passages were read again."


_COUNTED: Mapping[str, Callable[[CertificateFacts], str]] = {
    "secure-redaction": _checks,
    "format": _forms,
    "oversight": _people,
    "instructions": _places,
    "second-look": _looked_at,
    "hidden-content": _hidden,
    "hidden-data": _hidden_in_sheets,
    "unread-parts": _rulings,
}


def counted_points() -> frozenset[str]:
    """Give the keys of the points for which the program counts something."""
    return frozenset(_COUNTED)

"""The Commissioner's checklists in a case: what the program shows, and people answer.

Answering is up to the officers; a line that nobody answered holds nothing up, and the certificate
says that nobody did.
"""

from __future__ import annotations

from dataclasses import dataclass

from redactor.app.case import Case, Change
from redactor.app.certifying import certificate_facts
from redactor.errors import UsageError
from redactor.events import EventKind
from redactor.law.commissioners_checklist import Point, commissioners_checklist
from redactor.model import PointAnswer
from redactor.release.certificate_checklist import evidence
from redactor.review import Standing, Tick

LONGEST_REMARK = 1000


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """A line as it stands.

    Attributes:
        evidence: of the program; with what was counted once the case is submitted. Empty where a
            person has to answer.
        tick: what a person answered; None where nobody did.
    """

    point: Point
    evidence: str
    tick: Tick | None


def checklist_lines(case: Case) -> tuple[ChecklistLine, ...]:
    """Give every line as it stands."""
    now, submitted, points = case.standing(), case.life.submission, commissioners_checklist().points
    if submitted is None:
        shown = {one.key: one.program for one in points}
    else:
        manifest = case.store.files.output_of(str(submitted.body["manifest"]))
        facts = certificate_facts(case, submitted, case.life.approval, manifest)
        shown = {one.key: evidence(one, facts) for one in points}
    return tuple(ChecklistLine(one, shown[one.key], now.ticks.get(one.key)) for one in points)


def open_points(now: Standing) -> tuple[Point, ...]:
    """Give the lines that are for a person and that nobody answered."""
    return tuple(one for one in commissioners_checklist().for_person if one.key not in now.ticks)


def told_open(now: Standing) -> tuple[str, ...]:
    """Say in a sentence that lines are not answered; nothing where all are."""
    left, total = len(open_points(now)), len(commissioners_checklist().for_person)
    if not left:
        return ()
    are = "is" if left == 1 else "are"
    lines = f"Of the {total} lines of the Commissioner’s checklists that are for a person"
    return (f"{lines}, {left} {are} not answered. The certificate will say so.",)


def answer_point(case: Case, key: str, answer: PointAnswer, remark: str = "") -> Change:
    """Answer a line, in the place of an earlier answer.

    Args:
        remark: goes into the certificate; a “no” needs one.

    Raises:
        UsageError: there is no such line, it is one that the program answers, or the remark is
            wanting or too long.
        NotAllowed: the person may not.
    """
    points = {one.key: one for one in commissioners_checklist().points}
    point = points.get(key)
    if point is None or not point.is_for_person:
        keys = ", ".join(one.key for one in commissioners_checklist().for_person)
        why = "no line of that key" if point is None else "answered by the program"
        said = f"{key}: {why}" if point is not None else f"There is {why} in the checklist"
        raise UsageError(f"{said}. Nothing was recorded. A person answers {keys}.")
    remark = remark.strip()
    if answer is PointAnswer.NO and not remark:
        raise UsageError(
            f"“{point.says}” cannot be answered with a bare no. Nothing was recorded. Remark what "
            "is wanting, and what is done about it."
        )
    if len(remark) > LONGEST_REMARK:
        raise UsageError(
            f"A remark has at most {LONGEST_REMARK:,} characters, for it goes into the "
            "certificate. Nothing was recorded. Shorten it."
        )
    body = {"point": key, "answer": str(answer), "remark": remark}
    return Change(case.record_change(EventKind.CHECKLIST_ANSWERED, body), (), case.standing())

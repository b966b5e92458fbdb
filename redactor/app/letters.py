"""The response letter of a case: what it says is gathered here, and written by a worker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from redactor import jobs
from redactor.app.attempt import redacted_marks, withheld_from
from redactor.app.case import Case
from redactor.app.holding_back import going_out, request_of, withheld_in_full
from redactor.app.numbers_letter import gives_away
from redactor.app.numbers_notices import notices_of
from redactor.app.outputs import Output, write_all
from redactor.config import resource_path, site_law_folder
from redactor.errors import CheckFailed, UsageError
from redactor.law.exemptions import Exemption, exemption_named
from redactor.law.request import Question, Request, Stance
from redactor.model import Action, Decision
from redactor.release.letter import LetterOrder, WrittenLetter, citation_in_words
from redactor.review import Justification
from redactor.workers import Lane

#: What goes with a release about the whole of it, and is named in no answer.
_PAPERS = frozenset(
    {"schedule.csv", "schedule.pdf", "manifest.json", "certificate.json", "certificate.pdf"}
)
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Requester:
    """Whoever asked, as the letter addresses them. Never kept in the case.

    Attributes:
        name: as on the envelope.
        lines: of the address.
    """

    name: str = field(default="", repr=False)
    lines: tuple[str, ...] = field(default=(), repr=False)

    @property
    def shape(self) -> dict[str, Any]:
        """Give it as a template takes it."""
        return {"name": self.name, "lines": list(self.lines), "greeting": self.name}


def read_requester(path: Path) -> Requester:
    """Read who asked from a text file: their name in the first line, their address below it.

    Raises:
        UsageError: it cannot be read, or says nothing.
    """
    try:
        lines = [one.strip() for one in path.read_text("utf-8-sig").splitlines()]
    except (OSError, UnicodeDecodeError):
        lines = []
    said = [one[:_LONGEST_NAME] for one in lines if one]
    if not said:
        raise UsageError(
            f"{path.name} does not say who asked. No letter was written. Write their name in the "
            "first line of a text file, and their address below it."
        )
    return Requester(said[0], tuple(said[1:8]))


def template_of(regime: str) -> tuple[str, bytes]:
    """Give the template of a regime's letter: the authority's own where there is one.

    Returns:
        What an error calls it, and its bytes.

    Raises:
        UsageError: the authority's template cannot be read.
    """
    of_site = site_law_folder() / "letters" / f"{regime}.docx"
    if not of_site.is_file():
        return f"{regime}.docx", resource_path("letters", f"{regime}.docx").read_bytes()
    try:
        return str(of_site), of_site.read_bytes()
    except OSError:
        raise UsageError(
            f"The letter template {of_site} cannot be opened. No letter was written. Close it in "
            "Word, and try again."
        ) from None


def write_letter(
    case: Case,
    lane: Lane,
    path: Path,
    *,
    today: date,
    requester: Requester | None = None,
    notices: Sequence[str] = (),
) -> WrittenLetter:
    """Write the letter of a case.

    Args:
        path: where to; an existing file is not replaced.
        today: the day that the letter bears.
        notices: what else has to be said, in paragraphs; of small numbers the case says it.

    Raises:
        UsageError: the file is there already, or the template cannot be used.
        CheckFailed: something that was withheld would stand in it. Nothing was written.
    """
    if path.suffix.lower() != ".docx" or path.exists():
        why = "is there already" if path.exists() else "would be no Word file"
        raise UsageError(
            f"{path.name} {why}. No letter was written. Choose another name that ends in .docx."
        )
    name, template = template_of(case.regime)
    context = letter_context(case, today, notices)
    if gives_away(case, lane, context):
        raise CheckFailed(
            "The letter would give a count that a table withholds as a small number, or to protect "
            "one. Nothing was written. Take the figure out of the answer, or print it in the table."
        )
    shape = (requester or Requester()).shape
    order = LetterOrder(template, name, context, shape, withheld_from(case))
    written: WrittenLetter = lane.run(jobs.write_letter, order)
    if not written.report.ok:
        places = sorted({one.where for one in written.report.leaks})
        where = f" ({', '.join(places)})" if places else ""
        raise CheckFailed(
            f"Something that is withheld would stand in the letter{where}. Nothing was written. "
            "It comes from an answer, a reason or a justification: say it in words that do not "
            "quote what is withheld."
        )
    write_all(path.parent, [Output(path.name, written.data)])
    return written


def letter_context(case: Case, today: date, notices: Sequence[str] = ()) -> dict[str, Any]:
    """Gather everything that a template may ask for. Texts, numbers and lists only."""
    request, facts = request_of(case), _Facts(case)
    neither = request.stance is Stance.NEITHER
    questions = [
        _question(number, one, facts, request) for number, one in enumerate(request.questions, 1)
    ]
    grounds = [
        {**one, "questions": _relying_on(one["citation"], questions)}
        for one in facts.grounds(_stated(request))
    ]
    return {
        "ref": case.ref,
        "date": in_words(today),
        "received": in_words(request.received) if request.received else "",
        "is_draft": case.life.approval is None,
        "is_neither": neither,
        "limb": facts.limb_of(request.justification),
        "questions": questions,
        "disclosed": [] if neither else facts.disclosed(),
        "withheld": [] if neither else facts.withheld(),
        "redactions": 0 if neither else facts.redactions,
        "grounds": grounds,
        "refuses": bool(grounds),
        "weighs": any(one["is_qualified"] for one in grounds),
        "cost": any(one.stance is Stance.COST for one in request.questions)
        or request.stance is Stance.COST,
        "advice": request.advice,
        "format_asked": request.format_asked,
        "format_reason": request.format_reason,
        "extended_to": in_words(request.extended_to) if request.extended_to else "",
        "extension_reason": request.extension_reason,
        "notices": [*notices, *([] if neither else notices_of(case))],
    }


def in_words(day: date) -> str:
    """Give a day as a letter does: ``3 March 2026``."""
    return f"{day.day} {day:%B %Y}"


# --- what the case says -----------------------------------------------------------------------


def _quoted(names: Sequence[str]) -> str:
    """Join names for a template, which puts its quotation marks around the whole."""
    *others, last = names
    return f"{'”, “'.join(others)}” and “{last}" if others else last


class _Facts:
    """What a case decided, document by document, as far as it goes out."""

    def __init__(self, case: Case) -> None:
        self.case, self.now = case, case.standing()
        self.names = {one.number: one.name for one in going_out(case)}
        self.by_document: dict[int, list[Decision]] = {}
        shown = [one for one in case.marks() if one.hidden is None and one.document in self.names]
        for mark in redacted_marks(shown, self.now):
            self.by_document.setdefault(mark.document, []).append(self.now.decisions[mark.id])
        self.redactions = sum(map(len, self.by_document.values()))
        self.in_full = withheld_in_full(case)

    def disclosed(self) -> list[dict[str, Any]]:
        """Give what goes out of each document, with how many places were removed."""
        return [
            {"name": _quoted(names), "redactions": len(self.by_document.get(number, ()))}
            for number, names in sorted(self._file_names().items())
        ]

    def withheld(self) -> list[dict[str, Any]]:
        """Give the documents that are withheld as a whole, by number: names may name people."""
        return [
            {"name": f"document {number}", "limb": citation_in_words(one.exemption)}
            for number, one in self.in_full.items()
        ]

    def files_of(self, numbers: Iterable[int]) -> list[dict[str, Any]]:
        """Give what goes out of some documents, each with the limbs relied on in it."""
        names = self._file_names()
        found: list[dict[str, Any]] = []
        for one in numbers:
            if one in names:
                name, many = _quoted(names[one]), len(names[one]) > 1
                limbs = self._limbs_in(one)
                found.append({"name": name, "many": many, "limbs": limbs, "whole": False})
            elif one in self.in_full:
                limbs = [self.in_full[one].exemption]
                name = f"document {one}"
                found.append({"name": name, "many": False, "limbs": limbs, "whole": True})
        return [{**one, "limbs": list(map(citation_in_words, one["limbs"]))} for one in found]

    def _limbs_in(self, number: int) -> list[str]:
        return list(dict.fromkeys(d.exemption for d in self.by_document.get(number, ())))

    def _file_names(self) -> dict[int, list[str]]:
        """Give the names of the files that each document goes out as, as far as that is settled."""
        submitted = self.case.life.submission
        if submitted is None:
            return {number: [f"document {number}"] for number in self.names}
        found: dict[int, list[str]] = {}
        for _, name, document, _ in self.case.store.files.rows(submitted.seq):
            if document is not None and name not in _PAPERS:
                found.setdefault(document, []).append(name)
        return found

    def limb_of(self, justification: int) -> str:
        """Give the limb of a justification, as a letter says it; empty for none."""
        rests_on = self.now.justifications.get(justification)
        return citation_in_words(rests_on.exemption) if rests_on is not None else ""

    def grounds(self, stated: Iterable[int]) -> list[dict[str, Any]]:
        """Give every limb that is relied on, with what the notice has to say of it."""
        reasons: dict[str, list[Decision]] = {}
        for one in (*chain(*self.by_document.values()), *self.in_full.values()):
            reasons.setdefault(one.exemption, []).append(one)
        given = self.now.justifications
        for number in stated:
            if number in given:
                why = given[number]
                reasons.setdefault(why.exemption, []).append(
                    Decision(
                        Action.REDACT,
                        why.exemption,
                        why.reason,
                        why.actor,
                        why.at,
                        why.seq,
                        why.public_interest,
                        number,
                    )
                )
        return [
            self._ground(citation, decisions) for citation, decisions in sorted(reasons.items())
        ]

    def _ground(self, citation: str, decisions: Sequence[Decision]) -> dict[str, Any]:
        exemption = exemption_named(citation, self.case.regime)
        numbers = {one.justification for one in decisions if one.justification}
        known = self.now.justifications
        answers = [known[one].answers for one in sorted(numbers)]
        told = [one for one in decisions if not _is_untold(known.get(one.justification))]
        return {
            "citation": citation_in_words(citation),
            "title": exemption.title,
            "standing": _standing_words(exemption),
            "is_qualified": exemption.needs_public_interest_test,
            "is_prejudice": exemption.test == "prejudice",
            "is_neither": exemption.neither_confirm_nor_deny,
            "is_untold": len(told) < len(decisions),
            "places": len(decisions),
            "why": exemption.letter,
            "reasons": list(dict.fromkeys(_sentence(one.reason) for one in told)),
            "interest": list(
                dict.fromkeys(_sentence(o.public_interest) for o in told if o.public_interest)
            ),
            "answers": [dict(one) for one in answers if one.get("reasons_withheld") != "yes"],
        }


def _stated(request: Request) -> Iterator[int]:
    """Give the justifications that whole answers rest on."""
    if request.justification:
        yield request.justification
    yield from (one.justification for one in request.questions if one.justification)


def _question(number: int, one: Question, facts: _Facts, request: Request) -> dict[str, Any]:
    is_neither = request.stance is Stance.NEITHER
    files = [] if is_neither else facts.files_of(one.documents)
    stance = Stance.NEITHER if is_neither else one.stance
    limb = facts.limb_of(one.justification or (request.justification if is_neither else 0))
    return {
        "number": number,
        "asked": one.asked,
        "stance": str(stance),
        "answer": [said for said in one.answer.splitlines() if said.strip()],
        "files": [] if stance is Stance.NEITHER else files,
        "limb": limb,
    }


def _relying_on(limb: str, questions: Sequence[dict[str, Any]]) -> list[int]:
    """Give the numbers of the questions in answer to which a limb is relied on."""
    return [
        one["number"]
        for one in questions
        if limb == one["limb"] or any(limb in file["limbs"] for file in one["files"])
    ]


def _is_untold(rests_on: Justification | None) -> bool:
    """Say whether the reasons themselves would disclose what is exempt (FOIA section 17(4))."""
    return rests_on is not None and rests_on.answers.get("reasons_withheld") == "yes"


def _standing_words(exemption: Exemption) -> str:
    if exemption.needs_public_interest_test:
        return "qualified"
    return "absolute" if exemption.standing == "absolute" else ""


def _sentence(said: str) -> str:
    said = re.sub(r"\s+", " ", said).strip()
    return said if not said or said[-1] in ".!?”" else f"{said}."

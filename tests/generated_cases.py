"""Cases made by lot: a law, documents with words that tell on themselves, decisions, questions.

A *canary* is a word that stands nowhere else in the world. What is withheld is a canary each, and
so is the name of what is held back: one that is found anywhere has come from the case.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from redactor.app.case import Case
from redactor.app.justifying import justify
from redactor.app.reading import read_documents
from redactor.app.requests import record_request
from redactor.app.setting_aside import set_aside
from redactor.law.exemptions import Exemption, exemption_named, exemptions
from redactor.law.forms import Kind
from redactor.law.justifications import missing
from redactor.law.regimes import Regime
from redactor.law.request import Question, Request, Stance
from redactor.model import Action, Aside, Role, Span
from redactor.workers import Lane
from tests.case_kit import OFFICER, PASSPHRASE, REVIEWER

RECEIVED = date(2026, 3, 2)
_FIRST, _VOWELS, _LAST = "bdfgklmprstvz", "aeiou", "lnrstx"
_FILLING = (
    "The river board met beside the weir and spoke about the sluice and the towpath. "
    "Nothing further was said about the mill."
)
#: Plain words that answers are made of, so that no two say the same.
_WORDS = (
    *("harbour", "bridge", "meadow", "engine", "timber", "window", "ladder", "garden", "copper"),
    *("basket", "market", "saddle", "lantern", "kettle", "anchor", "barley", "cellar", "danger"),
    *("effort", "fabric", "gravel", "hollow", "island", "jacket", "kernel", "legend", "mirror"),
    *("needle", "orchard", "pillow", "quarry", "ribbon", "signal", "tunnel", "velvet", "walnut"),
)


@dataclass(frozen=True)
class Passage:
    """A canary in a document, and what is decided about it: a limb, or empty to release it."""

    canary: str
    limb: str


@dataclass(frozen=True)
class Paper:
    """A document of a case.

    Attributes:
        name: of its file; of what does not go out, with a canary in it.
        fate: ``out``, ``neither`` (held back with its question) or ``whole`` (withheld in full).
        limb: of a document whose fate is not ``out``.
    """

    name: str
    is_table: bool
    passages: tuple[Passage, ...]
    fate: str = "out"
    limb: str = ""

    @property
    def lines(self) -> list[list[str]]:
        """Give its lines, in fields."""
        rows = [[f"Note {n} about the weir", one.canary] for n, one in enumerate(self.passages, 1)]
        return [["Entry", "Remark"], *rows] if self.is_table else [*rows, [_FILLING]]

    @property
    def data(self) -> bytes:
        """Give its bytes."""
        between = "," if self.is_table else ": "
        return "".join(f"{between.join(line)}\n" for line in self.lines).encode("utf-8")

    def span(self, at: int) -> Span:
        """Give the place of a passage, by its number from 0."""
        if self.is_table:
            return Span(f"row:{at + 2}", 0, len(self.passages[at].canary), column=1)
        start = len(f"Note {at + 1} about the weir: ")
        return Span(f"line:{at + 1}", start, start + len(self.passages[at].canary))


@dataclass(frozen=True)
class Plan:
    """What a case is made of."""

    regime: Regime
    papers: tuple[Paper, ...]
    seed: int
    flaw: int

    @property
    def withheld(self) -> set[str]:
        """Give every canary that may stand in nothing that goes out."""
        redacted = {o.canary for p in self.papers for o in p.passages if p.fate == "out" and o.limb}
        others = {o.canary for p in self.papers for o in p.passages if p.fate != "out"}
        names = {p.name.split()[0] for p in self.papers if p.fate != "out"}
        return redacted | others | names

    @property
    def released(self) -> set[str]:
        """Give every canary that a person decided to release."""
        out = (one for one in self.papers if one.fate == "out")
        return {one.canary for paper in out for one in paper.passages if not one.limb}

    @property
    def limbs(self) -> set[str]:
        """Give the limbs that something which is seen to be withheld rests on."""
        whole = {one.limb for one in self.papers if one.fate == "whole"}
        out = (one for one in self.papers if one.fate == "out")
        return whole | {one.limb for paper in out for one in paper.passages if one.limb}

    @property
    def neither(self) -> set[str]:
        """Give the limbs by which it is neither confirmed nor denied that something is held."""
        return {one.limb for one in self.papers if one.fate == "neither"}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan."""
    regime = draw(st.sampled_from(list(Regime)))
    known = exemptions(regime)
    about = st.sampled_from([one.citation for one in known if _can_be_relied_on(one)])
    neither = [one.citation for one in known if one.neither_confirm_nor_deny]
    limbs = draw(st.lists(about, min_size=1, max_size=3, unique=True))
    seed = draw(st.integers(0, 2**32 - 1))
    words = _canaries(random.Random(seed))
    passages = st.builds(
        lambda limb: Passage(next(words), limb), st.sampled_from([*limbs, *limbs, ""])
    )
    fates = [
        "out",
        *draw(st.lists(st.sampled_from(["out", "out", "neither", "whole"]), max_size=3)),
    ]
    papers = []
    for number, drawn in enumerate(fates, 1):
        fate = "whole" if drawn == "neither" and not neither else drawn
        limb = {"out": "", "neither": neither[seed % len(neither)] if neither else ""}
        papers.append(
            Paper(
                f"document {number}" if fate == "out" else f"{next(words)} of the weir",
                draw(st.booleans()),
                tuple(draw(st.lists(passages, min_size=1, max_size=3))),
                fate,
                limb.get(fate, limbs[0]),
            )
        )
    named = [Paper(f"{p.name}.{'csv' if p.is_table else 'txt'}", *_rest(p)) for p in papers]
    return Plan(regime, tuple(named), seed, draw(st.integers(0, 100)))


def _rest(paper: Paper) -> tuple[bool, tuple[Passage, ...], str, str]:
    return paper.is_table, paper.passages, paper.fate, paper.limb


def _can_be_relied_on(one: Exemption) -> bool:
    """Say whether a limb is for passages: not for confirming, nor for what is not held."""
    return not one.neither_confirm_nor_deny and one.citation != "reg 12(4)(a)"


def _canaries(lot: random.Random) -> Iterator[str]:
    seen: set[str] = set()
    while True:
        parts = (lot.choice(_FIRST) + lot.choice(_VOWELS) for _ in range(4))
        word = f"Q{''.join(parts)}{lot.choice(_LAST)}".capitalize()
        if word not in seen:
            seen.add(word)
            yield word


# --- making the case ------------------------------------------------------------------------------


def made_case(plan: Plan, path: Path, lane: Lane) -> tuple[Case, dict[str, int]]:
    """Make the case of a plan, ready to be handed in.

    Returns:
        The case, and the number of the justification of each limb.
    """
    case = Case.create(
        path,
        "MC/26/417",
        PASSPHRASE,
        OFFICER,
        regime=plan.regime,
        received=RECEIVED.isoformat(),
        in_full=True,
    )
    case.invite(REVIEWER.fingerprint, REVIEWER.name, Role.REVIEWER)
    for paper in plan.papers:
        case.add_bytes(paper.name, paper.data)
    read_documents(case, lane)
    lot = random.Random(plan.seed)
    numbers: dict[str, int] = {}
    for citation in sorted(plan.limbs | plan.neither | _within(plan)):
        change = justify(case, citation, answers_to(exemption_named(citation, plan.regime), lot))
        numbers[citation] = int(change.event.body["justification"])
    for document, paper in enumerate(plan.papers, 1):
        _decide(case, document, paper, numbers)
    record_request(case, Request(tuple(_questions(plan, numbers)), received=RECEIVED))
    return case, numbers


def _within(plan: Plan) -> set[str]:
    return {one.limb for paper in plan.papers for one in paper.passages if one.limb}


def _decide(case: Case, document: int, paper: Paper, numbers: Mapping[str, int]) -> None:
    found = [one for one in case.marks(document) if one.hidden is None]
    for mark in found:
        limb = next((o.limb for o in paper.passages if o.limb and o.canary in mark.text), "")
        if limb:
            case.decide_under([mark.id], numbers[limb])
        else:
            case.decide([mark.id], Action.KEEP, "", "It says nothing about anybody.")
    for at, one in enumerate(paper.passages):
        if one.limb and not any(one.canary in mark.text for mark in found):
            chosen = [(paper.span(at), one.canary)]
            change = case.mark_spans(document, chosen, Action.REDACT, one.limb, "Why.", "Weighed.")
            case.decide_under([mark.id for mark in change.made], numbers[one.limb])
    if paper.fate == "whole":
        number = numbers[paper.limb]
        set_aside(case, document, Aside.WITHHELD, "", justification=number)


def _questions(plan: Plan, numbers: Mapping[str, int]) -> Iterator[Question]:
    for number, paper in enumerate(plan.papers, 1):
        asked = f"What does record {number} say?"
        if paper.fate == "neither":
            yield Question(asked, Stance.NEITHER, "", (number,), numbers[paper.limb])
        else:
            yield Question(asked, documents=(number,))
    if plan.seed % 2:
        yield Question("What did the board pay for the sluice?", Stance.NOT_HELD)


def answers_to(exemption: Exemption, lot: random.Random) -> dict[str, str]:
    """Give answers with which a limb can be relied on, to all it asks, none like another."""
    answers: dict[str, str] = {}
    while lacks := missing(exemption, answers):
        for one in lacks:
            if one.kind is Kind.TEXT:
                answers[one.key] = _sentence(lot, one.min_length)
            elif one.kind is Kind.DATE:
                answers[one.key] = RECEIVED.isoformat()
            else:
                allowed = [choice.value for choice in one.choices if not choice.bars]
                answers[one.key] = lot.choice(allowed)
    return answers


def _sentence(lot: random.Random, length: int) -> str:
    said = "It is about the"
    while len(said) < max(length, 60):
        said += f" {lot.choice(_WORDS)}"
    return f"{said}."

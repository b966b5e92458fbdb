"""The main job on the bundled sample case: read, decide as the sample says, sign off, release.

Everything in it is invented, its people and their passphrases too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from redactor.app.case import Case
from redactor.app.looking import Dismissal, Found, accept, dismiss, take_second_look
from redactor.app.numbers_case import Draft, Ground, answer, read_tables, settle
from redactor.app.reading import read_documents
from redactor.app.signoff import Released, Submitted, approve, release, submit
from redactor.case.identity import save_identity
from redactor.case.signing import Signer, new_signer
from redactor.config import resource_path
from redactor.errors import Blocked
from redactor.events import Mark
from redactor.matching import find_term, fold, fold_text, make_term
from redactor.model import Action, Role, Span
from redactor.numbers.answers import Treatment
from redactor.numbers.presets import preset_named
from redactor.numbers.protection import Status
from redactor.numbers.verdicts import Verdict
from redactor.workers import Lane

#: The decisions of the sample are made in this person's name, and signed off in the other's.
SAMPLE_OFFICER = "Sample officer"
SAMPLE_REVIEWER = "Sample reviewer"
#: Opens the sample case and the sample people's identities; there is nothing to protect in them.
SAMPLE_PASSPHRASE = "sample passphrase"  # noqa: S105 - invented, like all of the sample
#: What whoever opens the sample has to know.
SAMPLE_NOTE = (
    f"This is the sample case, and you work in it as {SAMPLE_OFFICER}. To approve it as the other "
    "person, choose Case, Work as somebody else, and sample-reviewer.identity in the same folder. "
    f"Every passphrase is: {SAMPLE_PASSPHRASE}"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the sample's decisions: the first that fits a finding decides it."""

    action: Action
    exemption: str
    reason: str
    terms: tuple[str, ...]
    labels: frozenset[str]
    documents: frozenset[str]

    def fits(self, mark: Mark, document: str) -> bool:
        """Say whether the rule speaks about this finding."""
        if self.documents and document not in self.documents:
            return False
        if self.labels:
            return mark.label in self.labels
        return not self.terms or self.lists(mark.text)

    def lists(self, text: str) -> bool:
        """Say whether a text is one of the rule's terms."""
        folded = fold_text(text)
        return any(fold_text(term) == folded for term in self.terms)


def sample_files() -> tuple[Path, ...]:
    """Give the bundled sample documents."""
    return tuple(sorted(resource_path("sample_case", "documents").iterdir()))


def sample_rules() -> tuple[str, tuple[Rule, ...]]:
    """Give the sample's reference and its rules, in order."""
    sample = json.loads(resource_path("sample_case", "decisions.json").read_text("utf-8"))
    return str(sample["ref"]), tuple(_rule(one) for one in sample["decisions"])


def _rule(kept: Mapping[str, Any]) -> Rule:
    return Rule(
        Action(kept["action"]),
        kept.get("exemption", ""),
        kept["reason"],
        tuple(kept.get("terms", ())),
        frozenset(kept.get("labels", ())),
        frozenset(kept.get("documents", ())),
    )


def make_sample_case(path: Path, officer: Signer) -> Case:
    """Make a case of the sample documents, not yet read."""
    ref, _ = sample_rules()
    case = Case.create(path, ref, SAMPLE_PASSPHRASE, officer)
    for file in sample_files():
        case.add_file(file)
    return case


def sample_people(folder: Path) -> tuple[Signer, Signer]:
    """Make the sample's officer and reviewer, and keep their identities in a folder."""
    officer = new_signer(SAMPLE_OFFICER, Role.OFFICER)
    reviewer = new_signer(SAMPLE_REVIEWER, Role.REVIEWER)
    for one, name in ((officer, "sample-officer"), (reviewer, "sample-reviewer")):
        save_identity(folder / f"{name}.identity", one, SAMPLE_PASSPHRASE)
    return officer, reviewer


def decide_as_sample(case: Case, rules: Sequence[Rule]) -> None:
    """Apply the rules: mark the listed terms that nothing found, then decide every finding."""
    for rule in rules:
        if rule.terms and not rule.labels:
            _mark_terms(case, rule)
    names = {one.number: one.name for one in case.documents()}
    decided = case.standing().decisions
    by_rule: dict[int, list[int]] = {}
    for mark in case.marks():
        if mark.id in decided or mark.hidden is not None:
            continue
        fitting = (i for i, rule in enumerate(rules) if rule.fits(mark, names[mark.document]))
        index = next(fitting, None)
        if index is not None:
            by_rule.setdefault(index, []).append(mark.id)
    for index, ids in sorted(by_rule.items()):
        rule = rules[index]
        case.decide(ids, rule.action, rule.exemption, rule.reason)


def protect_as_sample(case: Case, lane: Lane) -> str:
    """Withhold the sample's small numbers, with as few others as will do; gives it in words.

    A figure that can only be told to be at least so many is excepted, for the reason of the sample.

    Raises:
        Blocked: a small number can be worked out exactly, whatever is withheld.
    """
    chosen = json.loads(resource_path("sample_case", "decisions.json").read_text("utf-8"))[
        "numbers"
    ]
    tables = read_tables(case, lane)
    draft = replace(Draft.of(preset_named(chosen["preset"])), who=chosen["who"])
    found = answer(tables, draft, Treatment.SUPPRESS, lane)
    narrow = [one.need.cell for one in found.unsafe if one.verdict is Verdict.NARROW]
    draft = replace(draft, excepted=dict.fromkeys(narrow, chosen["excepted"]))
    settle(case, tables, draft, found, Ground(chosen["exemption"], chosen["reason"]))
    proved = (
        "proved the fewest" if found.status is Status.PROVED_MINIMUM else "not proved the fewest"
    )
    return (
        f"{len(found.primary)} small, {len(found.secondary)} withheld to protect them ({proved}), "
        f"{found.printed} of {found.asked} printed"
    )


def _mark_terms(case: Case, rule: Rule) -> None:
    found: dict[int, list[tuple[Span, str]]] = {}
    for number, span, text in _places(case, rule):
        found.setdefault(number, []).append((span, text))
    for number, spans in found.items():
        case.mark_spans(number, spans, rule.action, rule.exemption, rule.reason)


def _places(case: Case, rule: Rule) -> Iterable[tuple[int, Span, str]]:
    """Find where the rule's terms stand and no mark stands at the very same place."""
    known = {(mark.document, mark.target) for mark in case.marks()}
    terms = [term for text in rule.terms if (term := make_term(text, 1)) is not None]
    for document in case.documents():
        if rule.documents and document.name not in rule.documents:
            continue
        for segment in case.segments(document.number):
            if segment.hidden is not None:
                continue
            folded = fold(segment.text)
            name, column = segment.key
            for term in terms:
                for start, end in find_term(term, folded):
                    span = Span(name, start, end, column)
                    if (document.number, span) not in known:
                        known.add((document.number, span))
                        yield document.number, span, segment.text[start:end]


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the headless demo did."""

    case: Path
    submitted: Submitted
    released: Released


def run_headless(out: Path, say: Callable[[str], None]) -> DemoResult:
    """Do the whole sample job without a window, in a folder that is there.

    Raises:
        RedactorError: a step failed; the message says which and what to do.
    """
    officer, reviewer = sample_people(out)
    case = make_sample_case(out / "sample.redactor", officer)
    try:
        case.invite(reviewer.fingerprint, SAMPLE_REVIEWER, Role.REVIEWER)
        with Lane() as lane:
            submitted = prepare(case, lane, say)
            case.work_as(reviewer)
            approve(case, lane)
            say(f"approved  by {SAMPLE_REVIEWER}")
        released = release(case, out / "release")
    finally:
        case.close()
    for file in released.files:
        say(f"released  {released.folder / file.name}")
    checks = len(submitted.report.checks)
    say(f"checks    {checks} held, {submitted.redactions} redactions")
    say(f"opened by the passphrase: {SAMPLE_PASSPHRASE}")
    return DemoResult(case.path, submitted, released)


def prepare(case: Case, lane: Lane, say: Callable[[str], None]) -> Submitted:
    """Read the sample's documents, decide as the sample says, and submit.

    Raises:
        RedactorError: a step failed; the message says which and what to do.
    """
    say(f"case      {case.path}")
    read_documents(case, lane)
    say(f"findings  {len(case.marks())} in {len(case.documents())} documents")
    decide_as_sample(case, sample_rules()[1])
    say(f"decisions {len(case.standing().decisions)}")
    say(f"numbers   {protect_as_sample(case, lane)}")
    submitted = _submit(case, lane, say)
    say(f"submitted {len(submitted.files)} files, by {case.actor}")
    return submitted


def _submit(case: Case, lane: Lane, say: Callable[[str], None]) -> Submitted:
    """Submit; where the second look or the gate adds places to be decided, decide them too."""
    rules = sample_rules()[1]
    say(f"looked    {settle_leads(case, lane, rules)}")
    try:
        return submit(case, lane)
    except Blocked as block:
        say(f"blocked   {block.user_message}")
        decide_as_sample(case, rules)
        say(f"decisions {len(case.standing().decisions)}")
        say(f"looked    {settle_leads(case, lane, rules)}")
        return submit(case, lane)


def settle_leads(case: Case, lane: Lane, rules: Sequence[Rule]) -> str:
    """Take the second look, and rule on what it is sure of; gives in words what it came to.

    A place whose words the sample keeps by name is kept for that reason; any other is redacted on
    the ground of what it is near. What it is not sure of is left, as it may be, and counted. A
    whole page is nobody's to pass by rule: it stays, and stops the demo.
    """
    settled = 0
    look = take_second_look(case, lane)
    while sure := [one for one in look.waiting if one.lead.is_sure and one.lead.target is not None]:
        _rule_on(case, sure, rules)
        settled += len(sure)
        look = take_second_look(case, lane)  # what was redacted now may be near something else
    left = sum(not one.lead.is_sure for one in look.waiting)
    return f"{settled} places settled, {left} less sure left as they are"


def _rule_on(case: Case, sure: Sequence[Found], rules: Sequence[Rule]) -> None:
    kept: dict[str, list[Found]] = {}
    redacted: list[Found] = []
    for one in sure:
        rule = next((rule for rule in rules if rule.lists(one.lead.text)), None)
        if rule is not None and rule.action is Action.KEEP:
            kept.setdefault(rule.reason, []).append(one)
        else:
            redacted.append(one)
    for reason, chosen in kept.items():
        dismiss(case, chosen, Dismissal.OTHER, reason)
    if redacted:
        accept(case, redacted)

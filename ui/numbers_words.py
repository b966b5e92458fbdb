"""Small numbers in plain words: the answers, the sums, why a figure is hidden. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from redactor.numbers.answers import Answered, Treatment
from redactor.numbers.layout import Doubt
from redactor.numbers.model import CellName, Evidence, Interval, Relation
from redactor.numbers.plan import Plan
from redactor.numbers.protection import Relaxed, Status
from redactor.numbers.verdicts import Finding, Verdict

Naming = Callable[[CellName], str]

_BADNESS = {
    Verdict.EXACT: 0,
    Verdict.NARROW: 1,
    Verdict.UNCONFIRMED: 2,
    Verdict.SAFE: 3,
}
#: How many cells a sentence names before it counts the rest.
_NAMED = 3

EVIDENCE: Mapping[Evidence, str] = {
    Evidence.FORMULA: "formula",
    Evidence.LABEL: "label",
    Evidence.ARITHMETIC: "arithmetic",
    Evidence.LINK: "link",
    Evidence.EARLIER: "earlier release",
    Evidence.LATENT: "not printed",
    Evidence.PERSON: "you",
}
DOUBTS: Mapping[Doubt, str] = {
    Doubt.NOT_ADDITIVE: "does not add up",
    Doubt.LINK_CONFLICT: "tables differ",
    Doubt.EARLIER_CONFLICT: "differs from what is public",
    Doubt.SHARES: "shares",
    Doubt.NO_COUNT: "no count",
    Doubt.MARK: "withheld already",
    Doubt.HIDDEN: "hidden cells",
    Doubt.ROUNDED: "rounded already",
    Doubt.RECORDS: "list of records",
    Doubt.NO_RESULT: "formula without a result",
    Doubt.LEFT_OUT: "left out",
    Doubt.HEADING: "heading",
    Doubt.CROSSES: "crosses",
}


def counted(number: int, one: str, many: str = "") -> str:
    """Give a number with its word: ``1 figure``, ``12 figures``."""
    return f"1 {one}" if number == 1 else f"{number:,} {many or one + 's'}"


def title_of(treatment: Treatment, base: int) -> str:
    """Name a way of answering."""
    return {
        Treatment.SUPPRESS: "Hide cells",
        Treatment.COLLAPSE: "Group lines",
        Treatment.ROUND: f"Round to {base}",
        Treatment.HIDE_AND_ROUND: f"Hide small, round to {base}",
        Treatment.TOTALS: "Totals only",
    }[treatment]


def means(treatment: Treatment, base: int) -> str:
    """Say what a way of answering does."""
    return {
        Treatment.SUPPRESS: "Small figures are withheld, and the fewest others that protect them.",
        Treatment.COLLAPSE: "Lines next to one another are added together until few are small.",
        Treatment.ROUND: f"Every figure is rounded to the nearest {base}, totals too.",
        Treatment.HIDE_AND_ROUND: f"Small figures are withheld, the rest rounded to {base}.",
        Treatment.TOTALS: "Only the totals are printed.",
    }[treatment]


def relation_words(relation: Relation, words: Naming) -> str:
    """Say a sum: ``Total, 2021 = these 6 figures``."""
    total = words(relation.total)
    if relation.evidence is Evidence.LATENT:
        return f"{relation.label or 'A figure that is printed nowhere'} = " + counted(
            len(relation.parts), "figure"
        )
    if len(relation.parts) == 1:
        return f"{total} is the same as {words(relation.parts[0])}"
    return f"{total} = these {len(relation.parts):,} figures"


def printed_words(answered: Answered) -> tuple[str, str]:
    """Say how many figures are hidden, and what share is printed."""
    gone = answered.asked - answered.printed
    share = f"{_percent(answered.share)} of {counted(answered.asked, 'figure')} printed"
    if answered.bands:
        lines = sum(len(one.lines) for one in answered.bands)
        bands, hidden = counted(len(answered.bands), "band"), len(answered.hidden)
        return f"{counted(lines, 'line')} become {bands}, {hidden:,} hidden", share
    if answered.treatment is Treatment.ROUND:
        return "No figure hidden, all of them rounded", share
    small, other = len(answered.primary), len(answered.secondary)
    more = f" ({small:,} small, {other:,} to protect them)" if other else ""
    return f"{counted(gone, 'figure')} not printed{more}", share


def _percent(share: float) -> str:
    tenths = int(share * 1000) / 10  # never rounded up: 99.96 % is not all
    return f"{tenths:.0f} %" if tenths == int(tenths) else f"{tenths:.1f} %"


def safety_words(answered: Answered) -> tuple[str, bool]:
    """Say what a reader could work out, and whether that is well."""
    cells = len(answered.unsafe_cells)
    if cells:
        said = counted(cells, "small number")
        if answered.count(Verdict.EXACT):
            return f"A reader could work out or narrow down {said}", False
        if answered.count(Verdict.NARROW):
            return f"A reader could narrow down {said}", False
        return f"{said} not settled in the time there was", False
    if answered.relaxed:
        said = counted(len({one.need.cell for one in answered.relaxed}), "small number")
        return f"Nothing can be worked out exactly; {said} only within narrow limits", False
    return "No small number can be worked out", True


def proof_words(answered: Answered) -> str:
    """Say what is known of how few figures are hidden."""
    match answered.status:
        case Status.PROVED_MINIMUM:
            return "Proved: no fewer figures would do"
        case Status.NOTHING_TO_HIDE:
            return "Nothing has to be hidden"
        case Status.BEST_FOUND:
            gap = (answered.cost - answered.bound) / answered.cost if answered.cost else 0.0
            return f"Best found; at most {_percent(gap)} more than the least"
        case Status.UNACHIEVABLE:
            return "Cannot be made safe in this way"
        case None:
            return ""


def why_hidden(cell: CellName, answered: Answered, words: Naming) -> str:
    """Say why a cell of an answer is hidden; empty where it is not."""
    if cell in answered.primary:
        return "Hidden because it is small."
    if cell not in answered.secondary:
        return ""
    protects = answered.why.get(cell, ())
    if not protects:
        return "Hidden because small numbers could be worked out from it."
    named = named_cells(protects, words)
    told = "it" if len(protects) == 1 else "each"
    return f"Hidden to protect {named}: without it, {told} could be worked out."


def named_cells(cells: Sequence[CellName], words: Naming) -> str:
    """Name the first few of some cells."""
    shown = [words(one) for one in cells[:_NAMED]]
    rest = len(cells) - len(shown)
    if rest:
        shown.append(f"{rest:,} more")
    return shown[0] if len(shown) == 1 else f"{'; '.join(shown[:-1])} and {shown[-1]}"


def range_words(interval: Interval | None) -> str:
    """Say how far a reader can narrow a figure down."""
    if interval is None:
        return "not settled in the time there was"
    if interval.high is None:
        return f"{interval.low:,} or more"
    if interval.low == interval.high:
        return f"{interval.low:,} exactly"
    return f"{interval.low:,} to {interval.high:,}"


def told_words(found: Sequence[Finding]) -> str:
    """Say what readers can tell of one small number; the one who can tell most counts."""
    if not found:
        return "printed"
    worst = min(found, key=lambda one: _BADNESS[one.verdict])
    if worst.verdict is Verdict.UNCONFIRMED or worst.low is None:
        return "not settled in time"
    return range_words(Interval(worst.low, worst.high))


def relaxed_words(relaxed: Relaxed, words: Naming) -> str:
    """Say what is the most that can be had of a need that nothing could meet."""
    who = f" by whoever knows {words(relaxed.insider)}" if relaxed.insider is not None else ""
    if relaxed.low == relaxed.high:
        return f"{words(relaxed.need.cell)} can be worked out{who}, whatever is hidden."
    return (
        f"{words(relaxed.need.cell)} can be narrowed down to {relaxed.low:,} to "
        f"{relaxed.high:,}{who}, whatever is hidden."
    )


def excepted_words(plan: Plan, words: Naming) -> list[str]:
    """Say which figures may be worked out after all and why, a sentence for each reason."""
    by_reason: dict[str, list[CellName]] = {}
    for cell, reason in plan.excepted.items():
        by_reason.setdefault(reason, []).append(cell)
    return [
        f"{counted(len(cells), 'figure')} may be worked out ({named_cells(cells, words)}): {reason}"
        for reason, cells in by_reason.items()
    ]


def applied_words(plan: Plan, rule: str, words: Naming) -> str:
    """Say in a few sentences what holds of a case, and what was excepted and why."""
    what = title_of(plan.treatment, plan.base)
    hidden = len(plan.hidden)
    figures = f"{counted(hidden, 'figure')} withheld"
    if plan.treatment is Treatment.TOTALS:
        figures = "totals printed and no others"
    if plan.made:
        numbers = ", ".join(map(str, plan.made))
        new = "document" if len(plan.made) == 1 else "documents"
        figures = f"{new} {numbers} in place of the original"
    least = ", proved the fewest that will do" if plan.is_least else ""
    excepted = "".join(f"\n{one}" for one in excepted_words(plan, words))
    by = f" Confirmed and applied by {plan.confirmed_by}." if plan.confirmed_by else ""
    return f"Applied: {what.lower()} – {figures}{least}. Rule: {rule}.{by}{excepted}"

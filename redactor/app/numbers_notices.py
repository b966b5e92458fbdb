"""What a letter says of figures that are withheld: true of the result, and no more than that.

It says neither which withheld figures are small, nor how many, nor what they may be.
"""

from __future__ import annotations

from collections.abc import Iterator

from redactor.app.case import Case
from redactor.app.numbers_case import plan_of
from redactor.labels import HIDDEN_COUNT
from redactor.numbers.answers import Treatment
from redactor.numbers.plan import Plan

_WITHHELD = (
    f"Some figures in the tables are shown as {HIDDEN_COUNT}. They are withheld, because the "
    "numbers are so low that people could be recognised, as explained below."
)
_ADVICE = {
    "foi": "section 16 of the Act",
    "eir": "regulation 9",
}


def notices_of(case: Case) -> tuple[str, ...]:
    """Give the paragraphs that a letter needs because of small numbers; none without a plan."""
    plan = plan_of(case)
    return () if plan is None else tuple(_notices(plan, case))


def _notices(plan: Plan, case: Case) -> Iterator[str]:
    if plan.treatment.rounds:
        yield (
            f"Figures in the tables are rounded to the nearest {plan.base}, so that no small "
            "number can be told. Totals are rounded on their own, so that they may differ from the "
            "sum of what is shown."
        )
    if plan.treatment is Treatment.COLLAPSE:
        yield (
            "Some rows or columns of the tables are taken together, because the numbers in them "
            "are so low that people could be recognised. The figures shown for them are sums."
        )
    if plan.hidden:
        yield from _withheld(plan, case)


def _withheld(plan: Plan, case: Case) -> Iterator[str]:
    said = [_WITHHELD]
    if plan.secondary:
        said.append(
            "Some of the withheld figures are not themselves small. They are withheld because, "
            "together with the figures disclosed, they would allow a withheld figure to be worked "
            "out, and so would disclose the same information."
        )
    if plan.is_least:
        said.append("We have withheld as few figures as we could.")
    if plan.treatment is Treatment.TOTALS:
        said.append("Only totals are disclosed.")
    said.append("Every figure that is shown is accurate.")
    yield " ".join(said)
    act = _ADVICE.get(str(case.regime))
    if act is not None and plan.treatment is Treatment.SUPPRESS:
        yield (
            f"Under {act}, we can tell you that tables with fewer gaps may be possible if years or "
            "categories are taken together. Please tell us if that would be of more use to you."
        )

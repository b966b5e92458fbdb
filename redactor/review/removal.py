"""What is removed from each document, and the label in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from redactor.events import Mark
from redactor.labels import COUNT, HIDDEN_COUNT_LABEL
from redactor.model import Action, Decision, Redaction


def redactions(
    marks: Iterable[Mark],
    decisions: Mapping[int, Decision],
    labels: Mapping[str, str],
    numbers: Mapping[int, int] | None = None,
) -> dict[int, tuple[Redaction, ...]]:
    """Compute what is to be removed from each document.

    Args:
        marks: all marks of the case.
        decisions: the standing decisions, by mark id.
        labels: the label printed for each exemption (``s40(2)``).
        numbers: by mark id, the number printed behind its label; none where not given.

    Returns:
        The redactions by document number.
    """
    found: dict[int, list[Redaction]] = {}
    for mark in marks:
        decision = decisions.get(mark.id)
        if decision is not None and decision.action is Action.REDACT:
            label = labels.get(decision.exemption, decision.exemption)
            if mark.label == COUNT:
                label = HIDDEN_COUNT_LABEL
            if numbers and mark.id in numbers:
                label = f"{label} #{numbers[mark.id]}"
            found.setdefault(mark.document, []).append(Redaction(mark.target, label))
    return {document: tuple(each) for document, each in found.items()}

"""Deciding on what stands in the documents: each decision one step, with its ground."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from redactor.app.case import Case, Change
from redactor.app.persons import decide_person
from redactor.app.tables import TableDecision
from redactor.case.signing import Signer
from redactor.events import EventKind
from redactor.model import Action, Area, Span
from ui.recording import Recording
from ui.sources import Sources
from ui.tasks import Courier, Lanes
from ui.viewers.base import Selection


class Deciding(Recording):
    """Decisions on marks, on persons, on cells, and on what a person marks by hand."""

    def __init__(
        self, signer: Signer, lanes: Lanes, courier: Courier, parent: QObject | None = None
    ) -> None:
        super().__init__(signer, courier, parent)
        self.sources = Sources(lanes, self.lane, courier)
        self.last_exemption = ""
        self.last_reasons = {Action.REDACT: "", Action.KEEP: ""}
        self.last_public_interest = ""

    def decide(
        self,
        ids: Sequence[int],
        action: Action,
        exemption: str,
        reason: str,
        public_interest: str = "",
    ) -> None:
        """Record one decision on some marks."""
        chosen, ground = list(ids), (action, exemption, reason, public_interest)
        self._decide(ground, lambda case: case.decide(chosen, *ground), pending=chosen)

    def decide_same_text(
        self, mark_id: int, action: Action, exemption: str, reason: str, public_interest: str = ""
    ) -> None:
        """Record one decision on every place of a mark's text in the whole case."""
        ground = (action, exemption, reason, public_interest)
        self._decide(
            ground,
            lambda case: case.decide_same_text(mark_id, *ground),
            pending=[mark_id],
            tell=True,
        )

    def decide_person(
        self,
        person: str,
        action: Action,
        exemption: str,
        reason: str,
        public_interest: str = "",
        *,
        later: bool = True,
    ) -> None:
        """Record one decision on every mention of a person, and on those found later."""
        ground = (action, exemption, reason, public_interest)
        self._decide(
            ground, lambda case: decide_person(case, person, *ground, later=later), tell=True
        )

    def decide_cells(
        self,
        ground: tuple[Action, str, str, str],
        work: Callable[[Case], TableDecision],
        said: Callable[[TableDecision], None],
    ) -> None:
        """Record one decision on cells of a table; ``said`` is told in the thread of the case."""

        def decide(case: Case) -> Change:
            decision = work(case)
            said(decision)
            return decision.change

        self._decide(ground, decide, tell=True)

    def mark_spans(
        self,
        number: int,
        selections: Sequence[Selection],
        exemption: str,
        reason: str,
        public_interest: str = "",
    ) -> None:
        """Mark selected text or cells by hand, as redactions, in one step."""
        ground = (Action.REDACT, exemption, reason, public_interest)
        spans = [(one.target, one.text) for one in selections if isinstance(one.target, Span)]
        self._decide(ground, lambda case: case.mark_spans(number, spans, *ground), tell=True)

    def mark_area(
        self, number: int, area: Area, exemption: str, reason: str, public_interest: str = ""
    ) -> None:
        """Mark a drawn box by hand, as a redaction, once the text that it covers is known."""
        action = Action.REDACT
        ground = (action, exemption, reason, public_interest)

        def known(text: str) -> None:
            def work(case: Case) -> Change:
                return case.mark_area(
                    number, area, text, action, exemption, reason, public_interest=public_interest
                )

            self._decide(ground, work, tell=True)

        self.sources.text_in_area(number, area, known, self.failed.emit)

    def _decide(
        self,
        ground: tuple[Action, str, str, str],
        function: Callable[[Case], Change],
        *,
        pending: Sequence[int] = (),
        tell: bool = False,
    ) -> None:
        def do() -> None:
            action, exemption, reason, public_interest = ground
            self.last_reasons[action] = reason
            self.last_exemption = exemption or self.last_exemption
            self.last_public_interest = public_interest or self.last_public_interest
            self.pending.update(pending)
            self._change(function, pending=pending, tell=tell)

        self.changing(EventKind.DECIDED, do)

"""Checking the case: its file against its log, its chain and its signatures."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from redactor.case.check import check_store
from redactor.case.problems import Problem
from ui.dialogs.working import Outcome, WorkDialog
from ui.session import Session
from ui.tasks import Courier

_LISTED = 500


class CheckDialog(WorkDialog):
    """Hold the whole case file against its log; it begins at once."""

    def __init__(self, session: Session, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(session, courier, "Check the case", parent)
        self.stopped = "You stopped the check before its end. Nothing was found out."

    def start(self) -> None:
        """Begin."""
        self.work(
            "Every entry of the log, its signature and everything kept in the case are checked.",
            lambda case, _, report: (len(case.events()), check_store(case.store, report)),
            _outcome,
        )


def _outcome(found: tuple[int, list[Problem]]) -> Outcome:
    events, problems = found
    if not problems:
        return Outcome(
            "All is sound",
            f"All {events:,} entries of the log follow one another and are signed by whom they "
            "name, and everything in the case is as they say.",
            good=True,
        )
    lines = [
        f"Entry {one.seq}: {one.message}" if one.seq is not None else one.message
        for one in problems[:_LISTED]
    ]
    if len(problems) > _LISTED:
        lines.append(f"And {len(problems) - _LISTED:,} more.")
    count = "1 thing is" if len(problems) == 1 else f"{len(problems):,} things are"
    return Outcome(
        "The case is not sound",
        f"{count} not as the log says. Nothing can be submitted, approved or released from it.",
        good=False,
        lines=lines,
        next_step="Restore the backup of the case, and tell whoever is responsible for security.",
    )

"""The files of what is submitted, to be looked at as they would go out."""

from __future__ import annotations

from dataclasses import dataclass

from redactor.app.case import Case
from redactor.jobs import OutputSource


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A file of the candidate to look at.

    Attributes:
        document: the document it is the release of; None for a paper about the whole.
    """

    document: int | None
    source: OutputSource


def candidate_files(case: Case) -> tuple[CandidateView, ...]:
    """Give the files of what is submitted, as the case keeps them; none where nothing is."""
    submitted = case.life.submission
    if submitted is None:
        return ()
    return tuple(
        CandidateView(
            document,
            OutputSource(name, sha256, case.store.files.output_of, case.read_as(document or 0)),
        )
        for _, name, document, sha256 in case.store.files.rows(submitted.seq)
    )

"""The report as running text, one page a document, to be printed or kept with the case's papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from redactor.content import Block, Flow, FlowCell, FlowTable, Paragraph, Run
from redactor.inspection.report import Answer, AnsweredList, HiddenReport
from redactor.inspection.words import HiddenLine

_MOST_PLACES = 3
_MOST_UNREAD = 5
#: What is said of the lines of a list with each answer.
_ANSWERS = {
    Answer.FOUND: "Found, as listed above",
    Answer.NONE: "Looked for in every part, and not there",
    Answer.UNSURE: "Not in what could be read",
    Answer.DONE: "Done with every document",
    Answer.PERSON: "For a person to see to",
}
_TICK, _EMPTY = "\u2713", "\u2013"


def pages(reports: Iterable[HiddenReport]) -> Flow:
    """Lay reports out, each on a page of its own."""
    body: list[Block] = []
    for number, report in enumerate(reports):
        body.extend(_page(report, new=number > 0))
    footer = Paragraph((Run("Hidden-content report. For the case's papers; not for release."),))
    return Flow(tuple(body), footer=(footer,))


def _page(report: HiddenReport, *, new: bool) -> list[Block]:
    blocks: list[Block] = [
        Paragraph((Run(f"Hidden content in {report.name}"),), level=2, new_page=new),
        Paragraph(
            (
                Run(_summary(report), bold=True),
                Run(f" {report.format.upper()}, SHA-256 {report.sha256}."),
            )
        ),
    ]
    if report.hidden:
        blocks.append(_hidden_table(report))
    if report.unread:
        blocks.append(Paragraph((Run("What could not be read, and blocks the release"),), level=3))
        parts = [("Where", "Why")]
        parts += [(one.place, one.why) for one in report.unread[:_MOST_UNREAD]]
        if len(report.unread) > _MOST_UNREAD:
            parts.append((f"and {len(report.unread) - _MOST_UNREAD:,} more", ""))
        blocks.append(_table(parts, (0.4, 0.6)))
    blocks.append(Paragraph((Run("What others check by, line by line"),), level=3))
    blocks += [_list(one) for one in report.lists]
    return blocks


def _hidden_table(report: HiddenReport) -> FlowTable:
    """List what is hidden, each with the lines of the lists that ask after it."""
    rows = [("", "What there is", "Where", "Asked after by")]
    rows += [
        (_TICK, _capital(one.words), _places(one.places), _asked_by(one, report))
        for one in report.hidden
    ]
    return _table(rows, (0.04, 0.26, 0.24, 0.46))


def _asked_by(line: HiddenLine, report: HiddenReport) -> str:
    asked = [
        f"{_short(one)}: {'; '.join(titles)}"
        for one in report.lists
        if (titles := [each.title for each in one.checks if line.kind in each.kinds])
    ]
    return ". ".join(asked) or "no list"


def _short(one: AnsweredList) -> str:
    return one.title.partition(" (")[0].partition(",")[0]


def _summary(report: HiddenReport) -> str:
    if not report.hidden and not report.unread:
        return "Nothing is hidden in it, and every part of it was read."
    kinds = "kind" if len(report.hidden) == 1 else "kinds"
    said = f"{len(report.hidden)} {kinds} of hidden content"
    if report.unread:
        parts = "1 part" if len(report.unread) == 1 else f"{len(report.unread):,} parts"
        said += f", and {parts} that could not be read"
    return f"{said}. None of it is carried into a release."


def _list(one: AnsweredList) -> Paragraph:
    """Say how the lines of a list are answered; those that were found are in the table above."""
    runs = [Run(f"{one.title}. ", bold=True)]
    for answer, words in _ANSWERS.items():
        titles = [check.title for check in one.checks if check.answer is answer]
        if titles:
            sign = _TICK if answer.ticked else _EMPTY
            runs.append(Run(f"{sign} {words}: {'; '.join(titles)}. "))
    return Paragraph(tuple(runs))


def _table(rows: Sequence[tuple[str, ...]], widths: tuple[float, ...]) -> FlowTable:
    return FlowTable(
        tuple(
            tuple(FlowCell((Paragraph((Run(text, bold=number == 0),)),)) for text in row)
            for number, row in enumerate(rows)
        ),
        widths,
        heading_rows=1,
    )


def _places(places: tuple[str, ...]) -> str:
    more = len(places) - _MOST_PLACES
    named = ", ".join(places[:_MOST_PLACES])
    return f"{named} and {more:,} more" if more > 0 else named


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

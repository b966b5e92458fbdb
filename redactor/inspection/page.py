"""The report as running text, one page a document, to be printed or kept with the case's papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from redactor.content import Block, Flow, FlowCell, FlowTable, Paragraph, Run
from redactor.inspection.report import AnsweredList, HiddenReport

_MOST_PLACES = 3
_MOST_UNREAD = 5
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
        Paragraph((Run(f"Hidden content in {report.name}"),), level=1, new_page=new),
        Paragraph((Run(f"{report.format.upper()}, SHA-256 {report.sha256}"),)),
        Paragraph((Run(_summary(report), bold=True),)),
    ]
    if report.hidden:
        rows = [("What there is", "Where")]
        rows += [(_capital(one.words), _places(one.places)) for one in report.hidden]
        blocks.append(_table(rows, (0.5, 0.5)))
    if report.unread:
        blocks.append(Paragraph((Run("What could not be read, and blocks the release"),), level=3))
        parts = [("Where", "Why")]
        parts += [(one.place, one.why) for one in report.unread[:_MOST_UNREAD]]
        if len(report.unread) > _MOST_UNREAD:
            parts.append((f"and {len(report.unread) - _MOST_UNREAD:,} more", ""))
        blocks.append(_table(parts, (0.4, 0.6)))
    for one in report.lists:
        blocks += _list(one)
    return blocks


def _summary(report: HiddenReport) -> str:
    if not report.hidden and not report.unread:
        return "Nothing is hidden in it, and every part of it was read."
    kinds = "kind" if len(report.hidden) == 1 else "kinds"
    said = f"{len(report.hidden)} {kinds} of hidden content"
    if report.unread:
        parts = "1 part" if len(report.unread) == 1 else f"{len(report.unread):,} parts"
        said += f", and {parts} that could not be read"
    return f"{said}. None of it is carried into a release."


def _list(one: AnsweredList) -> list[Block]:
    rows = [("", "Asked", "Answer")]
    rows += [
        (_TICK if check.answer.ticked else _EMPTY, check.title, check.evidence)
        for check in one.checks
    ]
    return [Paragraph((Run(one.title),), level=3), _table(rows, (0.05, 0.35, 0.6))]


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

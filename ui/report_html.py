"""The hidden-content report as the window shows it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from redactor.app.hidden_report import HiddenTexts
from redactor.inspection.report import AnsweredList, HiddenReport
from redactor.inspection.words import HiddenLine
from ui.panels.details import place_words

_MOST_PLACES = 6
#: The anchor of the hidden texts.
TEXTS = "texts"
_TICKED, _OPEN = "\u2713", "\u2013"


def reports_html(reports: Iterable[HiddenReport]) -> str:
    """Write reports one under the other."""
    return "<hr>".join(_report(one) for one in reports)


def texts_html(texts: Iterable[HiddenTexts]) -> str:
    """Write what the hidden content says, part by part."""
    pieces = [f'<a name="{TEXTS}"></a><hr><h3>What it says</h3>']
    for one in texts:
        if not one.texts:
            continue
        pieces.append(f"<p><b>{escape(one.name)}</b></p>")
        for part, text in one.texts:
            said = escape(text).replace("\n", "<br>")
            pieces.append(f"<p><i>{escape(part[:1].upper() + part[1:])}</i><br>{said}</p>")
        if not one.is_whole:
            pieces.append("<p>There is more of it; the findings list what was found in all.</p>")
    return "".join(pieces)


def _report(report: HiddenReport) -> str:
    pieces = [f"<h3>{escape(report.name)}</h3>"]
    if report.hidden:
        pieces.append("<p><b>Hidden content</b> – shown for review, never released</p>")
        pieces.append(f"<ul>{''.join(_hidden(one) for one in report.hidden)}</ul>")
    if report.unread:
        pieces.append("<p><b>Could not be read</b> – blocks the release until somebody rules</p>")
        items = (
            f"<li>{escape(place_words(one.place))}: {escape(one.why)}</li>" for one in report.unread
        )
        pieces.append(f"<ul>{''.join(items)}</ul>")
    if not report.hidden and not report.unread:
        pieces.append("<p>Nothing is hidden in it, and every part of it was read.</p>")
    return "".join([*pieces, *(_list(one) for one in report.lists)])


def _hidden(line: HiddenLine) -> str:
    words = line.words[:1].upper() + line.words[1:]
    named = ", ".join(escape(one) for one in line.places[:_MOST_PLACES])
    more = len(line.places) - _MOST_PLACES
    return f"<li><b>{escape(words)}</b> ({named}{f' and {more:,} more' if more > 0 else ''})</li>"


def _list(one: AnsweredList) -> str:
    rows = "".join(
        f"<tr><td>{_TICKED if check.answer.ticked else _OPEN}</td>"
        f"<td style='padding-left:6px'>{escape(check.title)}</td>"
        f"<td style='padding-left:14px'>{escape(check.evidence)}</td></tr>"
        for check in one.checks
    )
    return f"<p><b>{escape(one.title)}</b></p><table>{rows}</table>"

"""Everything that one event of the log says, laid out to be read. Pure but for the colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from redactor.app.log_story import Entry, Story
from redactor.app.log_words import RULED, counted, part_words, title_of, words_of
from redactor.case.signing import grouped
from redactor.events import Event, EventKind
from ui import theme
from ui.log_moments import long_iso, utc_iso

#: What people wrote, which is given in full and before all else.
_WRITTEN = {
    "reason": "Reason",
    "text": "Comment",
    "public_interest": "Public interest",
    "remark": "Remark",
}
_TITLES = {
    "action": "Decision",
    "approval": "Approval",
    "case": "Number of the case",
    "case_key": "Key of the case",
    "checklist": "Commissioner’s checklists",
    "checks": "Checks that failed",
    "code": "Why",
    "decisions": "Digest of the decisions",
    "document": "Document",
    "event": "Event",
    "exemption": "Exemption",
    "fingerprint": "Fingerprint",
    "from": "Taken over from",
    "head": "Digest of what was submitted",
    "host": "Computer",
    "incomplete": "Searches not finished",
    "last_mark": "Last finding",
    "leaks": "Where withheld text was found",
    "made": "Newly marked",
    "manifest": "Digest of the manifest",
    "mark": "Finding",
    "marks": "Findings",
    "person": "Person of finding",
    "persons": "Persons of findings",
    "point": "Line of the checklist",
    "public_key": "Public key",
    "received": "Request received",
    "ref": "Reference",
    "roster": "Digest of the list of reviewers",
    "said": "What was said",
    "seal_key": "Commitment to the sealing key",
    "sha256": "SHA-256",
    "since": "Open since",
    "submission": "Submission",
    "unread": "Parts not read",
}
_EVENTS = frozenset({"event", "submission", "approval"})
_HEX = re.compile(r"[0-9a-f]{24,}")
_SHORT = 16
#: Runs of numbers, and things of a list, that are written out.
_WRITTEN_OUT = 100


def details_html(entry: Entry, story: Story) -> str:
    """Write an event's details.

    Links begin with ``copy:`` and what is to be copied, or with ``event:`` and a number.
    """
    event = entry.event
    return "".join(
        (
            _head(entry, story),
            _rows(_about(entry, story)),
            *_written(event),
            _section("What the event says", _said(event)),
            _section("Chain and signature", _chained(event)),
        )
    )


def _head(entry: Entry, story: Story) -> str:
    scheme, event = theme.colours(), entry.event
    is_step = event.kind in {EventKind.UNDONE, EventKind.REDONE}
    words = entry.words if is_step else words_of(event, story.names)
    what = f"Event {event.seq:,} · {escape(title_of(event.kind))}"
    lines = [
        f'<p style="color:{scheme.muted}; margin-bottom:0">{what}</p>',
        f'<p style="font-weight:600; margin-top:2px; margin-bottom:8px">{escape(words)}</p>',
    ]
    fate = story.fates.get(event.seq)
    if entry.objection:
        said = f"It was not allowed, and counts for nothing. {escape(entry.objection)}"
        lines.append(f'<p style="color:{scheme.red}">{said}</p>')
    if fate is not None:
        lines.append(f"<p>{escape(fate.how.capitalize())} by {_event_link(fate.by)}.</p>")
    if entry.voids is not None:
        gone = f"the {entry.voids.what} in {_event_link(entry.voids.event.seq)}"
        lines.append(f'<p style="color:{scheme.amber}">This took {gone} away.</p>')
    return "".join(lines)


def _about(entry: Entry, story: Story) -> Iterable[tuple[str, str]]:
    event = entry.event
    yield "When", f"{long_iso(event.at)}<br>{_quiet(utc_iso(event.at))}"
    yield "Who", f"{escape(event.actor)}<br>{_copyable(event.fingerprint, whole=True)}"
    if entry.documents:
        names = [
            f"{escape(story.names.get(number, ''))} {_quiet(f'document {number}')}".strip()
            for number in entry.documents[:_WRITTEN_OUT]
        ]
        more = len(entry.documents) - len(names)
        title = "Document" if len(entry.documents) == 1 else "Documents"
        yield title, "<br>".join([*names, f"and {more:,} more"] if more else names)


def _written(event: Event) -> Iterable[str]:
    """Give in full what the person wrote."""
    if event.kind is EventKind.DOCUMENT_REFUSED:
        return
    for key, title in _WRITTEN.items():
        said = event.body.get(key)
        if isinstance(said, str) and said:
            lines = escape(said).replace("\n", "<br>")
            yield f'<p style="margin-bottom:0"><b>{title}</b></p>'
            yield f'<p style="margin-top:2px">{lines}</p>'


def _said(event: Event) -> Iterable[tuple[str, str]]:
    written = () if event.kind is EventKind.DOCUMENT_REFUSED else _WRITTEN
    for key, value in event.body.items():
        if key not in written and key != "document" and value not in ("", [], {}):
            yield _TITLES.get(key, _title(key)), _value(key, value)


def _chained(event: Event) -> Iterable[tuple[str, str]]:
    yield "Digest", _copyable(event.digest)
    yield "Digest before", _copyable(event.previous)
    yield "Signature", _copyable(event.signature)


def _title(key: str) -> str:
    """Give a key, or a word for a thing, as people read it."""
    return re.sub("[-_]", " ", key).capitalize()


# --- values -----------------------------------------------------------------------------------


def _value(key: str, value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return _event_link(value) if key in _EVENTS else f"{value:,}"
    if isinstance(value, str):
        return _text(key, value)
    if isinstance(value, list):
        return _list(value)
    if isinstance(value, Mapping):
        return "<br>".join(_pair(one, each) for one, each in value.items())
    return escape(str(value))


def _text(key: str, value: str) -> str:
    if key == "fingerprint":
        return _copyable(value, whole=True)
    if _HEX.fullmatch(value):
        return _copyable(value)
    if key == "part":
        return escape(part_words(value))
    if key == "ruling":
        return escape(RULED.get(value, value).capitalize())
    if key in {"action", "answer", "code", "point", "role"}:
        return escape(_title(value))
    return long_iso(value) if key == "since" else escape(value)


def _list(values: Sequence[Any]) -> str:
    if all(type(one) is int for one in values):
        shown = runs_of(values)
        many = f"{_quiet(counted(len(values), 'number'))}<br>" if len(values) > 4 else ""
        return f"{many}{_cut(shown, ', ')}"
    return _cut([_item(one) for one in values[: _WRITTEN_OUT + 1]], "<br>", len(values))


def _item(one: Any) -> str:
    if isinstance(one, Mapping) and set(one) == {"sha256", "bytes"}:
        size = _quiet(f"{_number(one['bytes'])} bytes")
        return f"{_copyable(str(one['sha256']))} {size}"
    if isinstance(one, Mapping) and "point" in one:
        return f"{escape(str(one['line']))}: {_title(one['answer']) or _quiet('not answered')}"
    if isinstance(one, Mapping):
        return ", ".join(_pair(key, value) for key, value in one.items())
    return escape(str(one))


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else escape(str(value))


def _pair(key: str, value: Any) -> str:
    return f"{_quiet(escape(_TITLES.get(key, key)))} {escape(str(value))}"


def _cut(shown: Sequence[str], between: str, total: int | None = None) -> str:
    more = (len(shown) if total is None else total) - _WRITTEN_OUT
    return between.join([*shown[:_WRITTEN_OUT], f"and {more:,} more"] if more > 0 else shown)


def runs_of(numbers: Iterable[int]) -> list[str]:
    """Write numbers, neighbours as one: ``3``, ``7–12``."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return [f"{first}" if first == last else f"{first}–{last}" for first, last in runs]


def _copyable(value: str, *, whole: bool = False) -> str:
    """Write what stands for a key or for bytes, with a link that copies all of it."""
    if not value:
        return _quiet("none")
    shown = grouped(value) if whole else f"{value[:_SHORT]}…" if len(value) > _SHORT else value
    link = f'<a href="copy:{escape(value)}" style="text-decoration:none">Copy</a>'
    return f'<span style="font-family:monospace">{escape(shown)}</span> {link}'


def _event_link(seq: int) -> str:
    return f'<a href="event:{seq}">event {seq}</a>'


def _quiet(html: str) -> str:
    return f'<span style="color:{theme.colours().muted}">{html}</span>'


def _section(heading: str, rows: Iterable[tuple[str, str]]) -> str:
    table = _rows(rows)
    return f'<p style="margin-bottom:2px"><b>{heading}</b></p>{table}' if table else ""


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    lines = [
        f'<tr><td width="104" style="padding:1px 10px 3px 0">{_quiet(escape(name))}</td>'
        f'<td style="padding:1px 0 3px 0">{value}</td></tr>'
        for name, value in rows
    ]
    return f"<table>{''.join(lines)}</table>" if lines else ""

"""The lists of a case as its user works with them: add, take off, adopt, and what a case suggests.

A change acts at once. An entry of the always list marks every place of its text in the documents
that were read, as findings to be decided; one of the never list changes what is proposed for the
findings there are. Documents that were searched before can be searched again, for what only a
search finds: patterns of a pack, and parts of names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from redactor.app.case import Case
from redactor.app.lists_effect import Effect
from redactor.app.site_lists import SiteLists
from redactor.canonical import canonical
from redactor.detect.packs import load_pack, parse_pack
from redactor.errors import DamagedCase, PackError, UsageError
from redactor.events import Event, EventKind, Mark
from redactor.listed import SITE
from redactor.lists import (
    CASE,
    MOST_ENTRIES,
    Entry,
    Lists,
    Pack,
    Which,
    entry_of,
    entry_shape,
    settled,
)
from redactor.suggestions import Suggestion, suggest

_PACKS, _SUGGESTIONS = "packs", "suggestions"
_WHERE = "`redactor case lists CASE` shows what is listed."


@dataclass(frozen=True, slots=True)
class Row:
    """One thing on a list of the case: an entry or a pack.

    Attributes:
        id: what it is taken off by.
    """

    id: int
    list: str
    entry: Entry | None = field(default=None, repr=False)
    pack: Pack | None = None


@dataclass(frozen=True, slots=True)
class ListChange:
    """What a change of the lists did.

    Attributes:
        ids: of the rows that it put on a list or took off.
        made: marks that it made, to be decided.
        proposed: marks for which something else is proposed now.
        decided: places of the text that stand decided and were left so.
        outdated: documents that were searched before.
    """

    event: Event
    ids: tuple[int, ...]
    made: tuple[Mark, ...]
    proposed: tuple[Mark, ...]
    decided: int
    outdated: tuple[int, ...]

    @property
    def told(self) -> str:
        """Say what came of it, without any text of the case."""
        said = ["Recorded."]
        if self.made:
            said.append(f"{_count(len(self.made), 'place')} marked, to be decided.")
        if self.proposed:
            said.append(f"{_count(len(self.proposed), 'finding')} proposed otherwise now.")
        if self.decided:
            said.append(f"{_count(self.decided, 'place')} decided before, and left so.")
        if self.outdated:
            said.append(
                f"{_count(len(self.outdated), 'document')} searched before this; search again for "
                "what only a search finds."
            )
        return " ".join(said)


def _count(count: int, thing: str) -> str:
    return f"{count:,} {thing} was" if count == 1 else f"{count:,} {thing}s were"


# --- what is listed -----------------------------------------------------------------------------


def rows(case: Case) -> tuple[Row, ...]:
    """Give everything that is on a list of the case, in the order in which it came.

    Raises:
        DamagedCase: an entry is not as it was written.
    """
    kept = case.store.lists.rows(list(case.listed.ids))
    try:
        return tuple(
            Row(one.id, one.list, pack=parse_pack(one.payload.encode("utf-8")))
            if one.list == _PACKS
            else Row(one.id, one.list, entry_of(json.loads(one.payload)))
            for one in kept
            if one.list != _SUGGESTIONS
        )
    except (ValueError, TypeError, PackError):
        raise DamagedCase(
            f"A list in {case.path.name} is not as it was written. Nothing was changed. "
            "`redactor case check` says what is wrong; restore the case from its backup."
        ) from None


def lists_of(case: Case) -> Lists:
    """Give what is listed, as a search takes it."""
    return _settled(rows(case)) if case.listed.ids else Lists()


def _settled(listed: Iterable[Row]) -> Lists:
    entries: dict[str, list[Entry]] = {Which.ALWAYS: [], Which.NEVER: []}
    packs: list[Pack] = []
    for row in listed:
        if row.pack is not None:
            packs.append(row.pack)
        elif row.entry is not None:
            entries[row.list].append(row.entry)
    return settled(entries[Which.ALWAYS], entries[Which.NEVER], packs)


# --- changing them ------------------------------------------------------------------------------


def add(
    case: Case, which: Which, entries: Sequence[Entry], *, source: str = "person"
) -> ListChange:
    """Put entries on a list of the case.

    Raises:
        UsageError: one is on the other list of the case, or on this one already.
        NotAllowed: the person who works may not.
    """
    case.allow(EventKind.LISTS_CHANGED)
    own = [one for one in rows(case) if one.entry is not None and one.entry.origin == CASE]
    for entry in entries:
        for row in own:
            if row.entry is not None and row.entry.key == entry.key:
                raise UsageError(
                    f"It is on the {row.list} list of the case already. Nothing was added. "
                    "Take it off that list first."
                )
    new = [(str(which), _payload(one)) for one in entries]
    if len(own) + len(new) > MOST_ENTRIES:
        raise UsageError(f"A case lists at most {MOST_ENTRIES:,} entries. Nothing was added.")
    after = _settled([*rows(case), *(Row(0, str(which), one) for one in entries)])
    body = {"change": "added", "list": str(which), "source": source}
    return _change(case, body, new, after)


def remove(case: Case, ids: Sequence[int]) -> ListChange:
    """Take rows off their list. Findings that they made stay, to be decided.

    Raises:
        UsageError: one is not on a list, or they are on different ones.
        NotAllowed: the person who works may not.
    """
    case.allow(EventKind.LISTS_CHANGED)
    there = {row.id: row for row in rows(case)}
    if not ids or any(one not in there for one in ids):
        raise UsageError(f"That is on no list of the case. Nothing was changed. {_WHERE}")
    kinds = {there[one].list for one in ids}
    if len(kinds) > 1:
        raise UsageError("They are on different lists. Nothing was changed. Take them off apart.")
    after = _settled(row for row in there.values() if row.id not in set(ids))
    body = {"change": "removed", "list": kinds.pop(), "entries": sorted(set(ids)), "listed": ""}
    return _change(case, body, (), after)


def add_pack(case: Case, raw: bytes) -> ListChange:
    """Adopt a pack of patterns, once it was tried out.

    Raises:
        PackError: it is no pack, or fails one of its own examples.
        UsageError: the case has adopted this pack.
        NotAllowed: the person who works may not.
    """
    case.allow(EventKind.LISTS_CHANGED)
    pack = load_pack(raw)
    if any(row.pack is not None and row.pack.sha256 == pack.sha256 for row in rows(case)):
        raise UsageError("The case has adopted this very pack. Nothing was changed.")
    after = _settled([*rows(case), Row(0, _PACKS, pack=pack)])
    body = {"change": "added", "list": _PACKS, "packs": [pack.mention()]}
    return _change(case, body, [(_PACKS, pack.toml)], after)


def adopt(case: Case, site: SiteLists) -> ListChange:
    """Adopt the lists of an authority as they stand; the case keeps a copy of its own.

    What the case lists itself goes before. What was adopted earlier stays.

    Raises:
        UsageError: the very same lists were adopted.
        NotAllowed: the person who works may not.
    """
    case.allow(EventKind.LISTS_CHANGED)
    there = rows(case)
    known = {_row_key(row) for row in there}
    new = [(str(which), one) for which in Which for one in site.lists.of(which)]
    listed = [(which, _payload(one)) for which, one in new if (which, one) not in known]
    listed += [(_PACKS, one.toml) for one in site.lists.packs if (_PACKS, one.sha256) not in known]
    if not listed:
        raise UsageError("All of these lists were adopted before. Nothing was changed.")
    after = _settled(
        [
            *there,
            *(Row(0, which, one) for which, one in new),
            *(Row(0, _PACKS, pack=one) for one in site.lists.packs),
        ]
    )
    body = {
        "change": "added",
        "list": SITE,
        "site_seal": case.store.sealer.of_text(site.sha256),
        "always": len(site.lists.always),
        "never": len(site.lists.never),
        "packs": [one.mention() for one in site.lists.packs],
    }
    return _change(case, body, listed, after)


def _row_key(row: Row) -> tuple[str, Entry | str]:
    if row.pack is not None:
        return _PACKS, row.pack.sha256
    return row.list, row.entry or ""


def search_again(case: Case) -> tuple[int, ...]:
    """Have the documents read again that were searched before the lists last changed.

    Returns:
        Their numbers; whoever calls reads them.
    """
    numbers = tuple(
        one.number
        for one in case.documents()
        if one.number in case.listed.outdated() and one.status == "read"
    )
    for number in numbers:
        case.begin_reading(number)
    return numbers


# --- suggestions --------------------------------------------------------------------------------


def suggestions(case: Case) -> tuple[Suggestion, ...]:
    """Say what the decisions in this case suggest for its lists."""
    return suggest(case.marks(), case.standing().decisions, lists_of(case), _turned_down(case))


def accept(case: Case, key: str) -> ListChange:
    """Put what is suggested on its list.

    Raises:
        UsageError: there is no such suggestion.
        NotAllowed: the person who works may not.
    """
    one = _suggestion(case, key)
    return add(case, one.which, [one.entry], source="suggestion")


def dismiss(case: Case, key: str) -> Event:
    """Turn a suggestion down, so that it does not come again.

    Raises:
        UsageError: there is no such suggestion.
        NotAllowed: the person who works may not.
    """
    _suggestion(case, key)
    body = {"change": "dismissed", "list": _SUGGESTIONS}
    return _change(case, body, [(_SUGGESTIONS, key)], None).event


def _suggestion(case: Case, key: str) -> Suggestion:
    case.allow(EventKind.LISTS_CHANGED)
    for one in suggestions(case):
        if one.key == key:
            return one
    raise UsageError(f"There is no such suggestion now. Nothing was changed. {_WHERE}")


def _turned_down(case: Case) -> set[str]:
    kept = case.store.lists.rows(list(case.listed.ids))
    return {one.payload for one in kept if one.list == _SUGGESTIONS}


# --- recording a change -------------------------------------------------------------------------


def _payload(entry: Entry) -> str:
    return canonical(entry_shape(entry)).decode("utf-8")


def _change(
    case: Case, body: Mapping[str, Any], listed: Sequence[tuple[str, str]], after: Lists | None
) -> ListChange:
    """Record a change with what it does to the findings, in one piece."""
    effect = Effect(case, after) if after is not None else Effect(case, Lists(), idle=True)
    whole = {**body, "keep": effect.keep, "redact": effect.redact}
    event, made = case.store.change_with_marks(
        EventKind.LISTS_CHANGED, whole, (), effect.new, listed
    )
    case.took(event)
    touched = {*effect.keep, *effect.redact}
    proposed = tuple(mark for mark in case.marks() if mark.id in touched)
    return ListChange(
        event,
        tuple(event.body["entries"]),
        tuple(made),
        proposed,
        effect.decided,
        case.listed.outdated(),
    )

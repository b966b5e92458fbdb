"""The shapes of what the command line says of lists, and the same as lines for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from redactor.app.case_lists import ListChange, Row
from redactor.app.site_lists import SiteLists
from redactor.lists import CASE, Entry, Pack, Which, entry_shape
from redactor.suggestions import Suggestion


def case_lists_shape(
    listed: Iterable[Row], outdated: Iterable[int], suggested: int
) -> dict[str, Any]:
    """Give what a case lists."""
    rows = tuple(listed)
    return {
        **{
            str(which): [
                {"id": row.id, **entry_shape(row.entry)}
                for row in rows
                if row.list == which and row.entry is not None
            ]
            for which in Which
        },
        "packs": [{"id": row.id, **pack_shape(row.pack)} for row in rows if row.pack is not None],
        "searched_before": list(outdated),
        "suggestions": suggested,
    }


def adopted_shape(site: SiteLists) -> dict[str, Any]:
    """Give what of an authority's lists a case adopted: how many, never which."""
    return {**site.counts(), "sha256": site.sha256, "name": site.name}


def told_adopted(site: SiteLists) -> str:
    """Say what of an authority's lists a case adopted, as one sentence."""
    counts = site.counts()
    return (
        f"The lists of {site.name} were adopted: {counts['always']} on the always list, "
        f"{counts['never']} on the never list, packs: {counts['packs']}."
    )


def site_lists_shape(site: SiteLists) -> dict[str, Any]:
    """Give what an authority lists."""
    return {
        "name": site.name,
        "sha256": site.sha256,
        **{str(which): [entry_shape(one) for one in site.lists.of(which)] for which in Which},
        "packs": [pack_shape(one) for one in site.lists.packs],
    }


def pack_shape(pack: Pack) -> dict[str, Any]:
    """Give a pack without its patterns."""
    return {**pack.mention(), "source": pack.source, "rules": len(pack.rules)}


def change_shape(change: ListChange) -> dict[str, Any]:
    """Give what a change did."""
    return {
        "event": change.event.seq,
        "ids": list(change.ids),
        "marked": len(change.made),
        "proposed": len(change.proposed),
        "decided": change.decided,
        "searched_before": list(change.outdated),
    }


def suggestion_shape(one: Suggestion) -> dict[str, Any]:
    """Give a suggestion with what it rests on."""
    return {
        "id": one.key,
        "list": str(one.which),
        "text": one.entry.text,
        "label": one.entry.label,
        "match": str(one.entry.match),
        "ground": str(one.ground),
        "places": one.places,
        "documents": one.documents,
        "against": one.against,
        "said": one.words,
    }


def told_entry(entry: Entry) -> str:
    """Give an entry as a line."""
    how = f", {entry.match}" if entry.match != "words" else ""
    origin = f", from {entry.origin}" if entry.origin != CASE else ""
    why = f": {entry.why}" if entry.why else ""
    return f"{entry.text} ({entry.label}{how}{origin}){why}"


def told_pack(pack: Pack) -> str:
    """Give a pack as a line."""
    return f"{pack.name} {pack.version} ({len(pack.rules)} rules; {pack.source})"


def told_suggestion(one: Suggestion) -> str:
    """Give a suggestion as a line."""
    return f"{one.key}  {one.which:6}  {told_entry(one.entry)}  [{one.words}]"


def told_rows(listed: Iterable[Row]) -> list[str]:
    """Give what a case lists as lines."""
    return [f"{row.id:6}  {row.list:6}  {_told(row)}" for row in listed]


def _told(row: Row) -> str:
    if row.pack is not None:
        return told_pack(row.pack)
    return told_entry(row.entry) if row.entry is not None else ""

"""The lists that an authority keeps for all its cases: a file of its own, under a passphrase."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from redactor.canonical import canonical
from redactor.case.new_file import write_new
from redactor.case.sealed_file import read_sealed, write_sealed
from redactor.detect.packs import load_pack, parse_pack
from redactor.errors import ListsError, PackError, UsageError
from redactor.lists import (
    CASE,
    MOST_ENTRIES,
    NOTHING,
    Entry,
    Lists,
    Pack,
    Which,
    entry_of,
    entry_shape,
)

SUFFIX = ".redactor-lists"
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SiteLists:
    """The lists of an authority.

    Attributes:
        name: of the authority, as findings name it; it is the origin of every entry.
    """

    name: str
    lists: Lists = field(default=NOTHING, repr=False)

    @property
    def sha256(self) -> str:
        """Give the digest over all that is listed, in hex."""
        return sha256(_written(self)).hexdigest()

    def counts(self) -> dict[str, int]:
        """Count what is listed."""
        lists = self.lists
        return {
            "always": len(lists.always),
            "never": len(lists.never),
            "packs": len(lists.packs),
        }


# --- the file -----------------------------------------------------------------------------------


def new_site_lists(path: Path, name: str, passphrase: str) -> SiteLists:
    """Make a file of lists that lists nothing yet.

    Raises:
        ListsError: the name is taken, or it cannot be written.
        UsageError: the name of the authority or the passphrase will not do.
    """
    made = SiteLists(require_site_name(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_sealed(path, _written(made), passphrase, replacing=False)
    return made


def open_site_lists(path: Path, passphrase: str) -> SiteLists:
    """Open a file of lists.

    Raises:
        ListsError: it cannot be opened with this passphrase, or not at all.
    """
    untrusted = read_sealed(path, passphrase)
    try:
        return _understood(json.loads(untrusted))
    except (ValueError, TypeError, KeyError, RecursionError, PackError, UsageError):
        raise ListsError(
            f"{path.name} holds something that is no list. Nothing was opened. "
            "Restore it from a copy."
        ) from None


def save_site_lists(path: Path, site: SiteLists, passphrase: str) -> None:
    """Write lists in place of those that the file holds, under the passphrase that opened it.

    Raises:
        ListsError: it cannot be written; the file is as it was.
    """
    write_sealed(path, _written(site), passphrase, replacing=True)


def export_site_lists(path: Path, site: SiteLists, passphrase: str) -> None:
    """Write a copy, encrypted as the file itself, under a passphrase chosen for it.

    Raises:
        ListsError: the name is taken, or it cannot be written.
        UsageError: the passphrase will not do.
    """
    write_sealed(path, _written(site), passphrase, replacing=False)


def export_plain(path: Path, site: SiteLists) -> None:
    """Write the entries as CSV that anybody can read. Ask before: it is not encrypted.

    Raises:
        ListsError: the name is taken, or it cannot be written.
    """
    made = io.StringIO()
    rows = csv.writer(made)
    rows.writerow(("list", "text", "label", "match", "why", "recogniser"))
    for which in Which:
        for one in site.lists.of(which):
            cells = (one.text, one.label, str(one.match), one.why, one.recogniser)
            rows.writerow((str(which), *map(_harmless, cells)))
    try:
        write_new(path, made.getvalue().encode("utf-8-sig"))
    except FileExistsError:
        raise ListsError(
            f"{path.name} is there already. Nothing was written. Choose another name.", "taken"
        ) from None
    except OSError:
        raise ListsError(
            f"{path.name} could not be written. Nothing was changed. Choose another folder.",
            "unwritable",
        ) from None


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell


# --- changing them ------------------------------------------------------------------------------


def with_entries(site: SiteLists, which: Which, entries: Sequence[Entry]) -> SiteLists:
    """Give lists to which entries were added; one that is there already is left as it is.

    Raises:
        UsageError: one is on the other list, or there would be too many.
    """
    other = Which.NEVER if which is Which.ALWAYS else Which.ALWAYS
    on_other = {one.key for one in site.lists.of(other)}
    if any(one.key in on_other for one in entries):
        raise UsageError(
            f"It is on the {other} list. Nothing was added. Take it off that list first."
        )
    there = {one.key: one for one in site.lists.of(which)}
    for one in entries:
        there.setdefault(one.key, replace(one, origin=site.name))
    if len(there) > MOST_ENTRIES:
        raise UsageError(f"A list holds at most {MOST_ENTRIES:,} entries. Nothing was added.")
    return _with(site, which, there.values())


def without(site: SiteLists, which: Which, text: str) -> SiteLists:
    """Give lists without an entry, named by its text.

    Raises:
        UsageError: it is not on the list.
    """
    wanted = Entry(text).key
    left = [one for one in site.lists.of(which) if wanted not in {one.key, Entry(one.text).key}]
    if len(left) == len(site.lists.of(which)):
        raise UsageError(f"That is not on the {which} list. Nothing was changed.")
    return _with(site, which, left)


def with_pack(site: SiteLists, raw: bytes) -> tuple[SiteLists, Pack]:
    """Give lists with a pack, tried out, in place of one of the same name.

    Raises:
        PackError: it is no pack, or fails one of its own examples.
    """
    pack = load_pack(raw)
    others = tuple(one for one in site.lists.packs if one.name != pack.name)
    return replace(site, lists=replace(site.lists, packs=(*others, pack))), pack


def without_pack(site: SiteLists, name: str) -> SiteLists:
    """Give lists without a pack.

    Raises:
        UsageError: there is no pack of that name.
    """
    left = tuple(one for one in site.lists.packs if one.name != name)
    if len(left) == len(site.lists.packs):
        raise UsageError("There is no pack of that name. Nothing was changed.")
    return replace(site, lists=replace(site.lists, packs=left))


def joined(site: SiteLists, other: SiteLists) -> SiteLists:
    """Give lists with all that others hold and these do not.

    Raises:
        UsageError: an entry is on the other list of these.
    """
    for which in Which:
        site = with_entries(site, which, other.lists.of(which))
    known = {one.name for one in site.lists.packs}
    packs = (*site.lists.packs, *(one for one in other.lists.packs if one.name not in known))
    return replace(site, lists=replace(site.lists, packs=packs))


def _with(site: SiteLists, which: Which, entries: Iterable[Entry]) -> SiteLists:
    kept = tuple(entries)
    changed = (
        replace(site.lists, always=kept)
        if which is Which.ALWAYS
        else replace(site.lists, never=kept)
    )
    return replace(site, lists=changed)


def require_site_name(name: str) -> str:
    """Give the name of an authority.

    Raises:
        UsageError: it is none, or the one that stands for the case itself.
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > _LONGEST_NAME or not plain.isprintable() or plain == CASE:
        raise UsageError(
            f"The lists need the name of the authority, of at most {_LONGEST_NAME} characters. "
            "Nothing was made. Give it as findings are to name it."
        )
    return plain


# --- as bytes -----------------------------------------------------------------------------------


def _written(site: SiteLists) -> bytes:
    lists = site.lists
    return canonical(
        {
            "name": site.name,
            "always": [entry_shape(one) for one in lists.always],
            "never": [entry_shape(one) for one in lists.never],
            "packs": [one.toml for one in lists.packs],
        }
    )


def _understood(shape: Any) -> SiteLists:
    if not isinstance(shape, dict) or shape.keys() != {"name", "always", "never", "packs"}:
        raise ValueError("not lists")
    texts, entries = (shape["name"], *shape["packs"]), (*shape["always"], *shape["never"])
    if not all(type(one) is str for one in texts) or not all(type(one) is dict for one in entries):
        raise ValueError("not lists")
    name = require_site_name(shape["name"])
    lists = Lists(
        tuple(replace(entry_of(one), origin=name) for one in shape["always"]),
        tuple(replace(entry_of(one), origin=name) for one in shape["never"]),
        tuple(parse_pack(one.encode("utf-8")) for one in shape["packs"]),
    )
    return SiteLists(name, lists)

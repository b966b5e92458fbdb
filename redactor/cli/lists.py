"""``redactor lists``: the lists that an authority keeps for all its cases."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from redactor.app import output_lists
from redactor.app import site_lists as site_file
from redactor.app.site_lists import SiteLists
from redactor.cli.arguments import add_file_option, add_json, add_passphrase
from redactor.cli.passphrases import Source
from redactor.cli.speaking import Answer, counted, give, say
from redactor.config import site_lists_path
from redactor.errors import PackError, UsageError
from redactor.lists import LISTED, Entry, Match, Which, new_entry

_MOST_BYTES = 16 * 1024 * 1024
_PLAIN_WARNING = (
    "This file is not encrypted: whoever can read it reads every name in it. Delete it when it "
    "has served."
)


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    lists = commands.add_parser("lists", help="an authority's lists: new, show, add, export …")
    actions = lists.add_subparsers(dest="action", required=True)
    new = _action(actions, "new", _new, "make a file of lists")
    new.add_argument("--name", required=True, metavar="N", help="the authority, as findings say it")
    _action(actions, "show", _show, "show what is listed")
    add = _action(actions, "add", _add, "put texts on a list")
    add_entry_options(add)
    remove = _action(actions, "remove", _remove, "take a text off a list")
    remove.add_argument("list", choices=tuple(map(str, Which)))
    remove.add_argument("text", metavar="TEXT")
    pack = _action(actions, "pack", _pack, "try out and keep a pack of patterns")
    pack.add_argument("file", type=Path, metavar="FILE.toml")
    drop = _action(actions, "drop-pack", _drop_pack, "let a pack go")
    drop.add_argument("name", metavar="NAME")
    export = _action(actions, "export", _export, "write a copy under another passphrase")
    export.add_argument("--out", required=True, type=Path, metavar="FILE")
    add_passphrase(export, "--export-passphrase", "the copy's")
    export.add_argument("--plain", action="store_true", help="as CSV that anybody can read")
    bring = _action(actions, "import", _import, "add what another file of lists holds")
    bring.add_argument("file", type=Path, metavar="FILE")
    add_passphrase(bring, "--import-passphrase", "the other file's")


def _action(actions: Any, name: str, run: Any, words: str) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = actions.add_parser(name, help=words)
    add_file_option(one)
    add_passphrase(one, "--lists-passphrase", "the lists'")
    add_json(one)
    one.set_defaults(run=lambda given: give(run(given), as_json=given.json))
    return one


# --- options that `redactor case lists` has, too ------------------------------------------------


def add_entry_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is to be listed."""
    parser.add_argument("list", choices=tuple(map(str, Which)))
    parser.add_argument("texts", nargs="*", metavar="TEXT")
    parser.add_argument("--file", type=Path, metavar="F", help="one text a line, UTF-8")
    parser.add_argument("--label", default=LISTED, metavar="L")
    parser.add_argument("--why", default="", metavar="TEXT", help="shown beside its findings")
    parser.add_argument("--exact", action="store_true", help="only with these very capitals")


def entries_given(arguments: argparse.Namespace) -> list[Entry]:
    """Give the entries that the options ask for, each once.

    Raises:
        UsageError: there are none, or one cannot be an entry.
    """
    texts = [*arguments.texts, *(_lines_of(arguments.file) if arguments.file else ())]
    match = Match.EXACT if arguments.exact else Match.WORDS
    label = arguments.label.upper()
    made = [new_entry(one, label=label, match=match, why=arguments.why) for one in texts]
    if not made:
        raise UsageError(
            "Nothing was named that is to be listed. Nothing was changed. Give a text, or --file."
        )
    return list({one.key: one for one in made}.values())


def _lines_of(path: Path) -> list[str]:
    try:
        text = _bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            f"{path.name} is not UTF-8. Nothing was changed. Save it as UTF-8."
        ) from None
    return [line for line in text.splitlines() if line.strip()]


def read_pack(path: Path) -> bytes:
    """Read a file that may be a pack.

    Raises:
        PackError: it cannot be read.
    """
    try:
        return _bytes_of(path)
    except UsageError as error:
        raise PackError(error.user_message) from None


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError:
        raise UsageError(
            f"{path.name} cannot be read. Nothing was changed. Check its name and permissions."
        ) from None
    if len(raw) > _MOST_BYTES:
        raise UsageError(f"{path.name} is too large. Nothing was changed. Check its name.")
    return raw


def opened_site(arguments: argparse.Namespace) -> tuple[Path, SiteLists, str]:
    """Open the file of lists that the options name; gives its passphrase, to write it again."""
    path = arguments.lists or site_lists_path()
    passphrase = _passphrase(arguments).read()
    return path, site_file.open_site_lists(path, passphrase), passphrase


def given_site(path: Path | None, arguments: argparse.Namespace, option: str) -> SiteLists | None:
    """Open the authority's lists where an option names them, for a command that goes without.

    Raises:
        UsageError: there is a passphrase and no file, or the lists list nothing.
        ListsError: they cannot be opened.
    """
    if path is None:
        if arguments.lists_passphrase_file is None and arguments.lists_passphrase_fd is None:
            return None
        raise UsageError(
            f"The lists' passphrase was given, but not their file. Nothing was done. Give {option}."
        )
    site = site_file.open_site_lists(path, _passphrase(arguments).read())
    if not any(site.counts().values()):
        raise UsageError(
            f"{path.name} lists nothing yet. Nothing was done. Leave {option} away, or list "
            "something first."
        )
    return site


def _passphrase(arguments: argparse.Namespace, option: str = "lists") -> Source:
    whose = {"lists": "the lists", "export": "the copy", "import": "the other file"}[option]
    return Source(
        whose,
        f"--{option}-passphrase",
        getattr(arguments, f"{option}_passphrase_file"),
        getattr(arguments, f"{option}_passphrase_fd"),
    )


# --- the file of an authority -------------------------------------------------------------------


def _new(arguments: argparse.Namespace) -> Answer:
    path = arguments.lists or site_lists_path()
    name = site_file.require_site_name(arguments.name)
    made = site_file.new_site_lists(path, name, _passphrase(arguments).read(new=True))
    told = (
        f"The lists of {made.name} are in {path}.",
        "Nobody can open them without their passphrase.",
    )
    return Answer({"path": str(path), **_shape(made)}, told)


def _show(arguments: argparse.Namespace) -> Answer:
    path, site, _ = opened_site(arguments)
    lines = [f"The lists of {site.name}, {path}:"]
    for which in Which:
        lines += [f"  {which:6}  {output_lists.told_entry(one)}" for one in site.lists.of(which)]
    lines += [f"  pack    {output_lists.told_pack(one)}" for one in site.lists.packs]
    return Answer(output_lists.site_lists_shape(site), tuple(lines))


def _add(arguments: argparse.Namespace) -> Answer:
    entries = entries_given(arguments)
    path, site, passphrase = opened_site(arguments)
    changed = site_file.with_entries(site, Which(arguments.list), entries)
    return _saved(path, changed, passphrase)


def _remove(arguments: argparse.Namespace) -> Answer:
    path, site, passphrase = opened_site(arguments)
    return _saved(path, site_file.without(site, Which(arguments.list), arguments.text), passphrase)


def _pack(arguments: argparse.Namespace) -> Answer:
    raw = read_pack(arguments.file)
    path, site, passphrase = opened_site(arguments)
    changed, pack = site_file.with_pack(site, raw)
    answer = _saved(path, changed, passphrase)
    told = f"{output_lists.told_pack(pack)} does what its examples say."
    return replace(answer, lines=(told, *answer.lines))


def _drop_pack(arguments: argparse.Namespace) -> Answer:
    path, site, passphrase = opened_site(arguments)
    return _saved(path, site_file.without_pack(site, arguments.name), passphrase)


def _export(arguments: argparse.Namespace) -> Answer:
    _, site, _ = opened_site(arguments)
    if arguments.plain:
        say(_PLAIN_WARNING)
        site_file.export_plain(arguments.out, site)
    else:
        chosen = _passphrase(arguments, "export").read(new=True)
        site_file.export_site_lists(arguments.out, site, chosen)
    shape = {"out": str(arguments.out), "encrypted": not arguments.plain, **_shape(site)}
    return Answer(shape, (f"The lists are in {arguments.out}.",))


def _import(arguments: argparse.Namespace) -> Answer:
    path, site, passphrase = opened_site(arguments)
    other = site_file.open_site_lists(arguments.file, _passphrase(arguments, "import").read())
    return _saved(path, site_file.joined(site, other), passphrase)


def _saved(path: Path, site: SiteLists, passphrase: str) -> Answer:
    site_file.save_site_lists(path, site, passphrase)
    counts = site.counts()
    told = (
        f"Saved: {counts['always']:,} on the always list, {counts['never']:,} on the never list, "
        f"{counted(counts['packs'], 'pack')}."
    )
    return Answer(_shape(site), (told,))


def _shape(site: SiteLists) -> dict[str, Any]:
    return {"name": site.name, **site.counts(), "sha256": site.sha256}

"""``redactor case lists``: what a case always or never looks for, its packs, and suggestions."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from redactor.app import case_lists, output_case, output_lists
from redactor.app.case import Case
from redactor.app.reading import read_documents
from redactor.cli.arguments import add_file_option, add_passphrase, case_options
from redactor.cli.lists import (
    add_entry_options,
    entries_given,
    opened_site,
    read_pack,
)
from redactor.cli.opening import changes, looks, tell
from redactor.cli.speaking import OK, Answer, counted
from redactor.errors import UnreadableDocument
from redactor.events import EventKind
from redactor.lists import Which
from redactor.workers import Lane


def add_to(actions: Any, options: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    lists = actions.add_parser("lists", parents=[options], help="what is always or never found")
    lists.add_argument("case", type=Path, metavar="CASE")
    lists.set_defaults(run=looks(_show))
    below = case_options(given_above=True)
    ways = lists.add_subparsers(
        dest="way", metavar="show|add|remove|pack|adopt|search|suggest|accept|dismiss"
    )
    ways.add_parser("show", parents=[below], help="list them").set_defaults(run=looks(_show))
    add = ways.add_parser("add", parents=[below], help="put texts on a list")
    add_entry_options(add)
    add.set_defaults(run=changes(_add))
    remove = ways.add_parser("remove", parents=[below], help="take them off by their numbers")
    remove.add_argument("ids", nargs="+", type=int, metavar="ID")
    remove.set_defaults(run=changes(_remove))
    pack = ways.add_parser("pack", parents=[below], help="try out and adopt a pack of patterns")
    pack.add_argument("file", type=Path, metavar="FILE.toml")
    pack.set_defaults(run=changes(_pack))
    adopt = ways.add_parser("adopt", parents=[below], help="adopt the lists of the authority")
    add_file_option(adopt)
    add_passphrase(adopt, "--lists-passphrase", "the lists'")
    adopt.set_defaults(run=changes(_adopt))
    search = ways.add_parser("search", parents=[below], help="search again with the lists")
    search.set_defaults(run=changes(_search))
    suggest = ways.add_parser("suggest", parents=[below], help="what the decisions suggest")
    suggest.set_defaults(run=looks(_suggest))
    for name, work, words in (
        ("accept", _accept, "put what is suggested on its list"),
        ("dismiss", _dismiss, "turn a suggestion down"),
    ):
        one = ways.add_parser(name, parents=[below], help=words)
        one.add_argument("suggestion", metavar="ID", help="as `suggest` names it")
        one.set_defaults(run=changes(work))


def _show(case: Case, _: argparse.Namespace) -> Answer:
    listed, outdated = case_lists.rows(case), case.listed.outdated()
    suggested = len(case_lists.suggestions(case))
    lines = output_lists.told_rows(listed) or ["Nothing is listed."]
    if outdated:
        lines.append(
            f"{counted(len(outdated), 'document')} searched before the lists last changed; "
            "`redactor case lists CASE search` searches again."
        )
    if suggested:
        said = f"{counted(suggested, 'suggestion')}; `redactor case lists CASE suggest` lists them."
        lines.append(said)
    return Answer(output_lists.case_lists_shape(listed, outdated, suggested), tuple(lines))


def _add(case: Case, arguments: argparse.Namespace) -> Answer:
    which = Which(arguments.list)
    return _changed(case_lists.add(case, which, entries_given(arguments)))


def _remove(case: Case, arguments: argparse.Namespace) -> Answer:
    return _changed(case_lists.remove(case, arguments.ids))


def _pack(case: Case, arguments: argparse.Namespace) -> Answer:
    case.allow(EventKind.LISTS_CHANGED)
    return _changed(case_lists.add_pack(case, read_pack(arguments.file)))


def _adopt(case: Case, arguments: argparse.Namespace) -> Answer:
    case.allow(EventKind.LISTS_CHANGED)
    _, site, _ = opened_site(arguments)
    answer = _changed(case_lists.adopt(case, site))
    adopted = output_lists.adopted_shape(site)
    return Answer({**answer.shape, "adopted": adopted}, answer.lines, answer.code)


def _search(case: Case, _: argparse.Namespace) -> Answer:
    case.allow(EventKind.DOCUMENT_READING)
    numbers = case_lists.search_again(case)
    with Lane() as lane:
        read_documents(case, lane, tell)
    documents = [one for one in case.documents() if one.number in numbers]
    refused = [output_case.refused(case, one) for one in documents if one.status == "refused"]
    shape = {
        "documents": [output_case.scanned(case, one) for one in documents],
        "errors": refused,
    }
    told = (
        *(f"NOT READ  {one['message']}" for one in refused),
        f"Searched again: {counted(len(numbers), 'document')}.",
    )
    return Answer(shape, told, UnreadableDocument.exit_code if refused else OK)


def _suggest(case: Case, _: argparse.Namespace) -> Answer:
    found = case_lists.suggestions(case)
    shape = {"suggestions": [output_lists.suggestion_shape(one) for one in found]}
    lines = [output_lists.told_suggestion(one) for one in found]
    return Answer(shape, tuple(lines) or ("Nothing is suggested.",))


def _accept(case: Case, arguments: argparse.Namespace) -> Answer:
    return _changed(case_lists.accept(case, arguments.suggestion))


def _dismiss(case: Case, arguments: argparse.Namespace) -> Answer:
    event = case_lists.dismiss(case, arguments.suggestion)
    return Answer({"event": event.seq}, ("It will not be suggested again.",))


def _changed(change: case_lists.ListChange) -> Answer:
    return Answer(output_lists.change_shape(change), (change.told,))

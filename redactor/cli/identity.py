"""``redactor identity``: make a person's signing identity, and show the public part of one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from redactor.app.output_case import person_shape
from redactor.case.identity import create_identity, grouped, show_identity
from redactor.cli import passphrases
from redactor.cli.arguments import add_json, add_passphrase
from redactor.cli.speaking import Answer, give
from redactor.model import Person, Role


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    identity = commands.add_parser("identity", help="a person's signing key: new, show")
    actions = identity.add_subparsers(dest="action", required=True)
    new = actions.add_parser("new", help="make one")
    new.add_argument("--name", required=True, metavar="N")
    new.add_argument("--role", required=True, choices=tuple(map(str, Role)))
    new.add_argument("--out", required=True, type=Path, metavar="FILE")
    add_passphrase(new, "--passphrase", "the identity's")
    add_json(new)
    new.set_defaults(run=_new)
    show = actions.add_parser("show", help="print its name, role and fingerprint")
    show.add_argument("file", type=Path, metavar="FILE")
    add_json(show)
    show.set_defaults(run=_show)


def _new(arguments: argparse.Namespace) -> int:
    passphrase = passphrases.of_person(arguments).read(new=True)
    person = create_identity(arguments.out, arguments.name, Role(arguments.role), passphrase)
    told = (
        f"The identity is in {arguments.out}.",
        *_told(person),
        "Nobody can open it without its passphrase; keep a copy where only you can read it.",
    )
    return give(Answer(person_shape(person), told), as_json=arguments.json)


def _show(arguments: argparse.Namespace) -> int:
    person = show_identity(arguments.file)
    return give(Answer(person_shape(person), _told(person)), as_json=arguments.json)


def _told(person: Person) -> tuple[str, ...]:
    return (
        f"{person.name}, {person.role}",
        f"Fingerprint: {grouped(person.fingerprint)}",
    )

"""What holds for the tests of commands, and the cases that they are tried on."""

from __future__ import annotations

import contextlib
import logging
import os
import pkgutil
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import redactor.cli
from redactor.workers import Lane
from tests.integration.case_office import (
    CASE_WORDS,
    NOTE,
    OWN_WORDS,
    Office,
    call,
    copy_of,
    write_scrawl,
)


@pytest.fixture(scope="package", autouse=True)
def _commands_share_a_worker(lane: Lane) -> Iterator[None]:
    """Let commands that are called in this process use the worker of all tests.

    Each would start one for itself, which takes seconds and is no other. A command that is called
    with other settings, or as a program, still has its own; and what proves a release is always
    done in a worker that opened nothing before.
    """
    settings = _settings()

    def lane_of_a_command(*arguments: Any) -> contextlib.AbstractContextManager[Lane]:
        is_as_usual = not arguments and _settings() == settings
        return contextlib.nullcontext(lane) if is_as_usual else Lane(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        for found in pkgutil.iter_modules(redactor.cli.__path__, "redactor.cli."):
            module = import_module(found.name)
            if getattr(module, "Lane", None) is Lane:
                patch.setattr(module, "Lane", lane_of_a_command)
        yield


def _settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith("REDACTOR_")}


@pytest.fixture(autouse=True)
def _keep_loggers() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(scope="package")
def people(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Three people with their keys and passphrases, and no case yet."""
    office = Office(tmp_path_factory.mktemp("people"))
    office.words.write_text(f"{CASE_WORDS}\nthe rest is a note\n", "utf-8")
    (office.folder / "own.txt").write_text(OWN_WORDS, "utf-8-sig")
    for name, full, role in (
        ("officer", "Morwenna Teague", "officer"),
        ("reviewer", "Idris Vaughan", "reviewer"),
        ("stranger", "Agnes Pell", "officer"),
    ):
        told = call(
            *("identity", "new", "--name", full, "--role", role),
            *("--out", office.folder / f"{name}.identity"),
            *("--passphrase-file", office.folder / "own.txt", "--json"),
        )
        assert told.code == 0, told.err
    return office


@pytest.fixture(scope="package")
def read_case(people: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A case with two documents that were searched, and a reviewer."""
    office = Office(tmp_path_factory.mktemp("read"))
    shutil.copytree(people.folder, office.folder, dirs_exist_ok=True)
    drafts = office.folder / "drafts – Ω"
    drafts.mkdir()
    (drafts / "note.txt").write_text(NOTE, "utf-8")
    (drafts / "rows.csv").write_text("Surname,Forename\nOkoro,Sarah\nNorreys,Ann\n", "utf-8")
    office.done("officer", "new", "--ref", "MC/1", "--received", "2026-01-05")
    show = call("identity", "show", office.folder / "reviewer.identity", "--json").shape
    invited = ("--fingerprint", show["fingerprint"], "--name", show["name"], "--role", "reviewer")
    office.done("officer", "invite", *invited)
    office.done("officer", "add", drafts)
    office.done("officer", "scan")
    return office


@pytest.fixture(scope="package")
def troubled_case(people: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A case with a picture that nobody could read and a file that could not be opened."""
    office = Office(tmp_path_factory.mktemp("troubled"))
    shutil.copytree(people.folder, office.folder, dirs_exist_ok=True)
    write_scrawl(office.folder / "picture.pdf")
    (office.folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    office.done("officer", "new", "--ref", "MC/2")
    added = office.work(
        "officer",
        *("add", office.folder / "picture.pdf", office.folder / "broken.pdf"),
        office.folder / "missing.txt",
    )
    assert added.code == 3
    assert [one["code"] for one in added.shape["errors"]] == ["missing"]
    assert "missing.txt" in added.shape["errors"][0]["message"]
    assert [one["document"] for one in added.shape["added"]] == [1, 2]
    scanned = office.work("officer", "scan")
    assert scanned.code == 3
    (refused,) = scanned.shape["errors"]
    assert refused["path"] == "broken.pdf"
    assert "broken.pdf" in refused["message"]
    assert refused["code"]
    assert [one["status"] for one in scanned.shape["documents"]] == ["read", "refused"]
    assert scanned.shape["documents"][0]["unread"]
    assert office.done("officer", "scan")["errors"] == []  # there was nothing more to read
    return office


@pytest.fixture(scope="package")
def submitted_case(read_case: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The same case with everything withheld and submitted."""
    office = copy_of(read_case, tmp_path_factory.mktemp("submitted"))
    office.withhold_everything()
    office.done("officer", "submit")
    return office


@pytest.fixture
def office(read_case: Office, tmp_path: Path) -> Office:
    return copy_of(read_case, tmp_path)


@pytest.fixture
def submitted(submitted_case: Office, tmp_path: Path) -> Office:
    return copy_of(submitted_case, tmp_path)


@pytest.fixture
def troubled(troubled_case: Office, tmp_path: Path) -> Office:
    return copy_of(troubled_case, tmp_path)

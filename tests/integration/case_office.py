"""An office of invented people who work on a case with ``redactor case``, in this process."""

from __future__ import annotations

import contextlib
import io
import json
import math
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf

from redactor.cli import main

EXEMPTION = "s40(2) by s40(3A)(a)"
CASE_WORDS = "four invented words here"
OWN_WORDS = "words of one's own – ñ"
NOTE = "Statement of Sarah Okoro\nShe was born on 14 March 1990.\nCall 07700 900412.\n"


@dataclass(frozen=True)
class Told:
    """What a call printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def shape(self) -> Any:
        return json.loads(self.out)


def call(*arguments: str | Path) -> Told:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(one) for one in arguments])
    return Told(code, out.getvalue(), err.getvalue())


@dataclass(frozen=True)
class Office:
    """Where the invented people of these tests keep their things."""

    folder: Path

    @property
    def case(self) -> Path:
        return self.folder / "case.redactor"

    @property
    def words(self) -> Path:
        return self.folder / "case.txt"

    def who(self, name: str) -> tuple[str | Path, ...]:
        return (
            "--identity",
            self.folder / f"{name}.identity",
            "--passphrase-file",
            self.folder / "own.txt",
        )

    def look(self, action: str, *arguments: str | Path) -> Told:
        opened = ("--case-passphrase-file", self.words, "--json")
        return call("case", action, self.case, *arguments, *opened)

    def work(self, who: str, action: str, *arguments: str | Path) -> Told:
        return self.look(action, *arguments, *self.who(who))

    def done(self, who: str, action: str, *arguments: str | Path) -> Any:
        told = self.work(who, action, *arguments)
        assert told.code == 0, told.err
        return told.shape

    def status(self) -> Any:
        return self.look("status").shape

    def findings(self) -> list[Any]:
        documents = self.look("findings").shape["documents"]
        return [finding for one in documents for finding in one["findings"]]

    def withhold_everything(self) -> Any:
        ground = ("--redact", "--exemption", EXEMPTION, "--reason", "Not fair to disclose.")
        return self.done("officer", "decide", "--all-undecided", *ground)


def copy_of(office: Office, to: Path) -> Office:
    """Copy a closed case, which is one file, with all that opens it."""
    shutil.copytree(office.folder, to, dirs_exist_ok=True)
    return Office(to)


def write_scrawl(path: Path) -> None:
    """Write a PDF of one picture that no engine reads."""
    document = pymupdf.open()
    picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 300, 400), 0)
    picture.clear_with(200)
    for row in range(60, 340):
        across = 150 + round(90 * math.sin(row / 9) * math.cos(row / 31))
        picture.set_rect(pymupdf.IRect(across, row, across + 4, row + 2), (20, 20, 60))
    document.new_page().insert_image((50, 50, 350, 450), pixmap=picture)
    document.save(path)

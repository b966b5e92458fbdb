"""``redactor lists`` and ``redactor case lists``: what other programs call, from end to end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from redactor.case import identity
from redactor.config import resource_path
from redactor.model import Role
from tests.case_kit import OFFICER
from tests.integration.case_office import Told, call

EXAMPLE = resource_path("detection", "packs", "example.toml")
SECRET = "Quillfeather"
NOTE = """Sarah Okoro spoke of Operation Quillfeather.
Please pay EXS-40213 for the shift.
"""


@dataclass(frozen=True)
class Desk:
    """Where an officer keeps a case, a key and the lists of the authority."""

    folder: Path

    @property
    def lists_file(self) -> Path:
        return self.folder / "site.redactor-lists"

    @property
    def case_file(self) -> Path:
        return self.folder / "case.redactor"

    def of_site(self, *arguments: str | Path, words: str = "lists.txt") -> Told:
        opened = ("--lists", self.lists_file, "--lists-passphrase-file", self.folder / words)
        return call("lists", *arguments, *opened, "--json")

    def of_case(self, *arguments: str | Path) -> Told:
        return self.case("lists", *arguments)

    def case(self, action: str, *arguments: str | Path) -> Told:
        return call(
            *("case", action, self.case_file, *arguments, "--json"),
            *("--case-passphrase-file", self.folder / "case.txt"),
            *("--identity", self.folder / "own.identity"),
            *("--passphrase-file", self.folder / "own.txt"),
        )

    def findings(self) -> dict[str, Any]:
        documents = self.case("findings").shape["documents"]
        return {one["text"]: one for document in documents for one in document["findings"]}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    for name in ("lists", "case", "own", "copy"):
        (tmp_path / f"{name}.txt").write_text(f"words that open the {name}\n", "utf-8")
    identity.save_identity(tmp_path / "own.identity", OFFICER, "words that open the own")
    made = Desk(tmp_path)
    told = made.of_site("new", "--name", "Exampleshire Council")
    assert told.code == 0, told.err
    return made


@pytest.fixture
def worked(desk: Desk) -> Desk:
    (desk.folder / "note.txt").write_text(NOTE, "utf-8")
    assert desk.case("new", "--ref", "MC/1").code == 0
    assert desk.case("add", desk.folder / "note.txt").code == 0
    assert desk.case("scan").code == 0
    return desk


def test_texts_and_packs_are_kept_for_the_authority(desk: Desk) -> None:
    added = desk.of_site("add", "always", f"Operation {SECRET}", "--label", "id", "--why", "live")
    assert (added.code, added.shape["always"]) == (0, 1)
    (desk.folder / "names.txt").write_text("Sarah Okoro\n\nIdris Vaughan\n", "utf-8")
    assert desk.of_site("add", "never", "--file", desk.folder / "names.txt").shape["never"] == 2
    assert desk.of_site("pack", EXAMPLE).shape["packs"] == 1
    shown = desk.of_site("show").shape
    assert shown["always"][0]["text"] == f"Operation {SECRET}"
    assert shown["always"][0]["label"] == "ID"
    assert [one["text"] for one in shown["never"]] == ["Sarah Okoro", "Idris Vaughan"]
    assert shown["packs"][0]["name"] == "Exampleshire numbers"
    assert desk.of_site("remove", "never", "idris vaughan").shape["never"] == 1
    assert desk.of_site("drop-pack", "Exampleshire numbers").shape["packs"] == 0


def test_a_wrong_passphrase_and_a_file_cut_off_end_in_code_3_and_a_sentence(desk: Desk) -> None:
    told = desk.of_site("show", words="own.txt")
    assert (told.code, told.shape["error"]["code"]) == (3, "lists")
    assert "The passphrase does not open site.redactor-lists" in told.err
    whole = desk.lists_file.read_bytes()
    desk.lists_file.write_bytes(whole[: len(whole) // 2])
    told = desk.of_site("show")
    assert told.code == 3
    assert "is damaged or cut off" in told.err


def test_an_export_is_encrypted_unless_plain_is_asked_for_and_warned_of(desk: Desk) -> None:
    desk.of_site("add", "always", SECRET)
    out = desk.folder / "copy.redactor-lists"
    told = desk.of_site(
        "export", "--out", out, "--export-passphrase-file", desk.folder / "copy.txt"
    )
    assert (told.code, told.shape["encrypted"]) == (0, True)
    assert SECRET.encode() not in out.read_bytes()
    plain = desk.folder / "plain.csv"
    told = desk.of_site("export", "--out", plain, "--plain")
    assert told.shape["encrypted"] is False
    assert "This file is not encrypted" in told.err
    assert SECRET in plain.read_text("utf-8-sig")
    other = Desk(desk.folder / "other")
    other.folder.mkdir()
    (other.folder / "lists.txt").write_text("words of another authority", "utf-8")
    assert other.of_site("new", "--name", "Elsewhere").code == 0
    imported = other.of_site("import", out, "--import-passphrase-file", desk.folder / "copy.txt")
    assert imported.shape["always"] == 1


def test_a_pack_that_fails_its_own_example_is_refused_and_named(desk: Desk) -> None:
    broken = desk.folder / "broken.toml"
    broken.write_text(
        EXAMPLE.read_text("utf-8").replace("EXS-4021 road", "EXS-40219 road"), "utf-8"
    )
    told = desk.of_site("pack", broken)
    assert (told.code, told.shape["error"]["code"]) == (3, "pack")
    assert "Rule 1 (ID) finds something in its negative 1" in told.err
    assert "road" not in told.err
    assert desk.of_site("show").shape["packs"] == []


def test_a_case_adopts_the_lists_and_is_searched_again(worked: Desk) -> None:
    worked.of_site("add", "always", f"Operation {SECRET}", "--label", "ID")
    worked.of_site("add", "never", "Sarah Okoro", "--why", "the chief officer")
    worked.of_site("pack", EXAMPLE)
    adopted = worked.of_case(
        "adopt",
        *("--lists", worked.lists_file),
        *("--lists-passphrase-file", worked.folder / "lists.txt"),
    )
    assert adopted.code == 0, adopted.err
    assert adopted.shape["adopted"]["name"] == "Exampleshire Council"
    assert (adopted.shape["marked"], adopted.shape["proposed"]) == (1, 1)
    assert adopted.shape["searched_before"] == [1]
    findings = worked.findings()
    assert findings[f"Operation {SECRET}"]["proposal"] == "redact"
    assert findings["Sarah Okoro"]["proposal"] == "keep"
    assert "EXS-40213" not in findings or findings["EXS-40213"]["recogniser"][:4] != "pack"
    searched = worked.of_case("search")
    assert [one["document"] for one in searched.shape["documents"]] == [1]
    assert "EXS-40213" in worked.findings()
    assert worked.of_case("show").shape["searched_before"] == []
    assert worked.case("check").code == 0


def test_entries_of_a_case_are_added_and_taken_off(worked: Desk) -> None:
    added = worked.of_case("add", "always", f"operation {SECRET}", "--exact")
    assert (added.code, added.shape["marked"]) == (0, 0)  # it stands there with a capital
    assert worked.of_case("remove", str(added.shape["ids"][0])).code == 0
    added = worked.of_case("add", "always", f"operation {SECRET}")
    assert added.shape["marked"] == 1
    twice = worked.of_case("add", "never", f"Operation {SECRET}")
    assert (twice.code, twice.shape["error"]["code"]) == (2, "usage")
    assert SECRET not in twice.err
    shown = worked.of_case("show").shape
    assert [one["text"] for one in shown["always"]] == [f"operation {SECRET}"]
    assert worked.of_case("remove", "99").code == 2


def test_suggestions_are_listed_accepted_and_turned_down(worked: Desk) -> None:
    for number in range(2, 4):
        path = worked.folder / f"more{number}.txt"
        path.write_text(f"Note {number}: Sarah Okoro came.\n", "utf-8")
        assert worked.case("add", path).code == 0
    assert worked.case("scan").code == 0
    kept = worked.case(
        "decide", "--term", "Sarah Okoro", "--keep", "--reason", "The chief officer."
    )
    assert kept.shape["decided"] == 3
    (one,) = worked.of_case("suggest").shape["suggestions"]
    assert (one["list"], one["places"], one["documents"]) == ("never", 3, 3)
    assert worked.of_case("show").shape["never"] == []  # nothing came of it by itself
    assert worked.of_case("accept", one["id"]).code == 0
    assert [row["text"] for row in worked.of_case("show").shape["never"]] == ["Sarah Okoro"]
    assert worked.of_case("dismiss", one["id"]).code == 2


def test_the_exported_log_holds_no_word_of_a_list(worked: Desk) -> None:
    worked.of_case("add", "always", f"Operation {SECRET}", "--why", f"as {SECRET} is")
    log = worked.folder / "log.jsonl"
    assert worked.case("export-log", "--out", log).code == 0
    text = log.read_text("utf-8")
    assert '"lists-changed"' in text
    assert SECRET not in text
    assert call("case", "check", log, "--json").code == 0


def test_the_lists_are_found_where_the_environment_says(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDACTOR_LISTS", str(desk.lists_file))
    told = call("lists", "show", "--lists-passphrase-file", desk.folder / "lists.txt", "--json")
    assert told.shape["name"] == "Exampleshire Council"


def test_an_observer_of_the_case_changes_no_list(worked: Desk) -> None:
    assert OFFICER.role is Role.OFFICER
    told = call(
        *("case", "lists", worked.case_file, "add", "never", "Sarah Okoro", "--json"),
        *("--case-passphrase-file", worked.folder / "case.txt"),
    )
    assert told.code == 2
    assert "--identity" in told.err

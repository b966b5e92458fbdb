"""The roster of those who may review."""

from __future__ import annotations

import hashlib
import pickle
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import redactor.case.roster as roster_module
from redactor.case.roster import VARIABLE, find_roster, load_roster
from redactor.errors import CaseError
from redactor.model import Person, Role

ROSALIND = Person("Rosalind Achterberg", Role.REVIEWER, "3f2a91bc" * 5)
TOMOS = Person("Tomos Prys-Jones", Role.REVIEWER, "0123456789" * 4)
GOOD = f"""
[[reviewer]]
name = "Rosalind  Achterberg"
fingerprint = "{"3F2A 91BC " * 5}"
[[reviewer]]
name = "Tomos Prys-Jones"
fingerprint = "{TOMOS.fingerprint}"
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The computer's own configuration, which tests may not write: its folder is another here."""
    folder = tmp_path / "site"

    def site_folder(name: str, *, appauthor: bool) -> Path:
        assert (name, appauthor) == ("Redactor", False)
        return folder

    monkeypatch.setattr(roster_module, "site_config_path", site_folder)
    monkeypatch.delenv(VARIABLE, raising=False)
    return folder / "roster.toml"


def test_those_on_the_roster_may_review_and_nobody_else(tmp_path: Path):
    path = write(tmp_path / "roster.toml", GOOD)
    roster = load_roster(path)
    assert roster.reviewers == (ROSALIND, TOMOS)
    assert roster.lists(ROSALIND)
    assert roster.name_of(TOMOS.fingerprint) == TOMOS.name
    assert not roster.lists(replace(ROSALIND, fingerprint="f" * 40))
    assert not roster.lists(replace(ROSALIND, fingerprint=""))
    assert roster.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert pickle.loads(pickle.dumps(roster)) == roster


def test_a_name_on_the_roster_belongs_to_its_fingerprint(tmp_path: Path):
    roster = load_roster(write(tmp_path / "roster.toml", GOOD))
    assert roster.lists(ROSALIND)
    assert not roster.lists(Person(TOMOS.name, Role.REVIEWER, ROSALIND.fingerprint))
    assert not roster.lists(Person(ROSALIND.name, Role.REVIEWER, "f" * 40))


def test_a_roster_saved_by_notepad_is_read(tmp_path: Path):
    path = tmp_path / "roster.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_roster(path).reviewers == (ROSALIND, TOMOS)


def test_the_example_in_the_documentation_is_a_roster(tmp_path: Path):
    text = roster_module.__doc__ or ""
    example = "\n".join(re.findall(r"^    (.*)$", text, re.MULTILINE))
    roster = load_roster(write(tmp_path / "roster.toml", example))
    assert [one.name for one in roster.reviewers] == ["Rosalind Achterberg", "Tomos Prys-Jones"]


ENTRY = f'[[reviewer]]\nname = "Rosalind Achterberg"\nfingerprint = "{ROSALIND.fingerprint}"\n'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nobody\n",
        "reviewer = []\n",
        "reviewer = 1\n",
        "reviewer = ['x']\n",
        "[reviewer]\nname = 'x'\n",
        ENTRY.replace("[[reviewer]]", "[[reviewers]]"),
        ENTRY + "[[reviewers]]\n",
        ENTRY + "until = 2030-01-01\n",
        ENTRY + ENTRY,
        ENTRY + ENTRY.replace("3f2a", "3F2A-").replace("Rosalind", "Tomos"),
        ENTRY.replace("3f2a", "3f2", 1),
        ENTRY.replace("Rosalind Achterberg", "R"),
        ENTRY.replace('"Rosalind Achterberg"', "12"),
        ENTRY.replace('name = "Rosalind Achterberg"\n', ""),
        ENTRY[:-3],
        ENTRY + "x = " + "[" * 5000,
        ENTRY + "#" * (1024 * 1024),
    ],
    ids=range(18),
)
def test_a_roster_that_is_not_plain_names_nobody(text: str, tmp_path: Path):
    path = write(tmp_path / "roster.toml", text)
    with pytest.raises(CaseError, match="Nobody was taken for a reviewer"):
        load_roster(path)


def test_a_roster_that_is_no_text_names_nobody(tmp_path: Path):
    path = tmp_path / "roster.toml"
    path.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(CaseError, match="UTF-8"):
        load_roster(path)


def test_a_roster_that_is_not_there_or_is_a_folder_is_said(tmp_path: Path):
    with pytest.raises(CaseError, match="is not there"):
        load_roster(tmp_path / "none.toml")
    with pytest.raises(CaseError, match="cannot be read"):
        load_roster(tmp_path)


def test_without_a_roster_there_is_none(site: Path):
    assert find_roster() is None
    site.parent.mkdir()
    assert find_roster() is None


def test_the_computers_own_roster_is_found(site: Path):
    write(site, GOOD)
    assert find_roster() == site


def test_the_roster_that_the_environment_names_is_found(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = write(tmp_path / "named.toml", GOOD)
    monkeypatch.setenv(VARIABLE, str(path))
    assert find_roster() == path


def test_a_named_roster_that_is_missing_is_not_taken_for_none(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none.toml"))
    found = find_roster()
    assert found is not None
    with pytest.raises(CaseError, match="is not there"):
        load_roster(found)


def test_a_person_cannot_put_a_roster_of_their_own_above_the_authoritys(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write(site, GOOD)
    monkeypatch.setenv(VARIABLE, str(write(tmp_path / "own.toml", ENTRY)))
    with pytest.raises(CaseError, match="two rosters"):
        find_roster()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none.toml"))
    with pytest.raises(CaseError, match="two rosters"):
        find_roster()
    monkeypatch.setenv(VARIABLE, str(site))
    assert find_roster() == site


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a right on Windows")
def test_a_roster_that_cannot_be_looked_at_is_not_taken_for_none(site: Path):
    site.parent.symlink_to(site.parent)
    found = find_roster()
    assert found == site
    with pytest.raises(CaseError, match="cannot be read"):
        load_roster(found)

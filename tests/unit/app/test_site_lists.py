"""The file of an authority's lists: only its passphrase opens it, and it is whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import pickle
from pathlib import Path

import pytest

from redactor.app import site_lists
from redactor.app.site_lists import (
    SiteLists,
    export_plain,
    export_site_lists,
    joined,
    new_site_lists,
    open_site_lists,
    save_site_lists,
    with_entries,
    with_pack,
    without,
    without_pack,
)
from redactor.canonical import canonical
from redactor.case import sealed_file
from redactor.config import resource_path
from redactor.errors import ListsError, UsageError
from redactor.lists import Which, new_entry

WORDS = "thirteen grey herons"
KDF = {"name": "argon2id", "memory_kib": 65536, "iterations": 3, "lanes": 4, "salt": "00" * 16}
PACK = resource_path("detection", "packs", "example.toml").read_bytes()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "site.redactor-lists"
    site = new_site_lists(made, "Exampleshire Council", WORDS)
    site = with_entries(site, Which.ALWAYS, [new_entry("Zebedee Quillfeather", why="a witness")])
    site = with_entries(site, Which.NEVER, [new_entry("Morwenna Teague", label="PERSON")])
    save_site_lists(made, with_pack(site, PACK)[0], WORDS)
    return made


def refused(path: Path, words: str = WORDS) -> ListsError:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(ListsError) as caught:
        open_site_lists(path, words)
    assert before is None or path.read_bytes() == before
    assert words not in caught.value.user_message
    assert pickle.loads(pickle.dumps(caught.value)).reason == caught.value.reason
    return caught.value


def test_what_was_saved_is_opened_with_its_origin(path: Path) -> None:
    site = open_site_lists(path, WORDS)
    assert site.counts() == {"always": 1, "never": 1, "packs": 1}
    assert {one.origin for one in (*site.lists.always, *site.lists.never)} == {
        "Exampleshire Council"
    }
    assert site.lists.packs[0].name == "Exampleshire numbers"
    assert site.sha256 == open_site_lists(path, WORDS).sha256


def test_nothing_of_the_lists_stands_in_the_file(path: Path) -> None:
    raw = path.read_bytes()
    for words in (b"Quillfeather", b"Teague", b"Exampleshire", b"EXS", WORDS.encode()):
        assert words not in raw
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("salts_by_chance")
def test_lists_that_are_saved_again_have_another_salt(path: Path) -> None:
    before = json.loads(path.read_bytes())
    save_site_lists(path, open_site_lists(path, WORDS), WORDS)
    after = json.loads(path.read_bytes())
    assert after["kdf"]["salt"] != before["kdf"]["salt"]
    assert after["key_check"] != before["key_check"]


def test_a_wrong_passphrase_is_told_from_damage(path: Path) -> None:
    assert refused(path, "fourteen grey herons").reason == "passphrase"


def test_a_file_that_is_cut_off_anywhere_is_refused(path: Path) -> None:
    whole = path.read_bytes()
    for length in (0, 1, 40, 200, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert refused(path).reason in {"damaged", "wrong-type"}
    path.write_bytes(whole[: len(whole) // 2])
    assert refused(path).reason == "damaged"


@pytest.mark.parametrize("field", ["kdf", "key_check", "nonce", "sealed", "version", "format"])
def test_a_field_that_was_changed_is_found(path: Path, field: str) -> None:
    fields = json.loads(path.read_bytes())
    changed = {
        "kdf": {**fields["kdf"], "iterations": 4},
        "key_check": "00" * 32,
        "nonce": "00" * 12,
        "sealed": fields["sealed"][:-8] + "AAAAAAA=",
        "version": 2,
        "format": "something else",
    }[field]
    path.write_text(json.dumps({**fields, field: changed}), "utf-8")
    reason = {"version": "newer", "format": "wrong-type", "kdf": "passphrase"}
    assert refused(path).reason == reason.get(
        field, "passphrase" if "check" in field else "damaged"
    )


@pytest.mark.parametrize(
    "change",
    [
        {
            "kdf": {
                "name": "argon2id",
                "memory_kib": 2**30,
                "iterations": 3,
                "lanes": 4,
                "salt": "00" * 16,
            }
        },
        {
            "kdf": {
                "name": "md5",
                "memory_kib": 65536,
                "iterations": 3,
                "lanes": 4,
                "salt": "00" * 16,
            }
        },
        {"kdf": []},
        {"sealed": 7},
        {"sealed": "§"},
        {"nonce": "zz"},
        {"more": 1},
    ],
)
def test_a_hostile_file_is_refused_before_it_costs_anything(path: Path, change: dict) -> None:
    fields = json.loads(path.read_bytes())
    path.write_text(json.dumps({**fields, **change}), "utf-8")
    assert refused(path).reason == "damaged"


def test_what_is_inside_has_to_be_lists(path: Path) -> None:
    for inside in (b"[]", b"{", b'{"name":"N","always":[{}],"never":[],"packs":[]}'):
        sealed_file.write_sealed(path, inside, WORDS, replacing=True)
        assert refused(path).reason == "damaged"


def test_a_file_that_is_missing_or_a_folder_is_said(tmp_path: Path) -> None:
    assert refused(tmp_path / "nothing.redactor-lists").reason == "missing"
    assert refused(tmp_path).reason == "unreadable"


def test_a_new_file_takes_no_name_that_is_in_use(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(ListsError, match="is there already"):
        new_site_lists(path, "Another", WORDS)
    assert path.read_bytes() == before


def test_a_save_that_fails_leaves_what_was_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ListsError, match="could not be written"):
        save_site_lists(path, SiteLists("Exampleshire Council"), WORDS)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_short_passphrase_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        new_site_lists(tmp_path / "x.redactor-lists", "Exampleshire", "short")
    assert not list(tmp_path.iterdir())


def test_an_export_opens_with_its_own_passphrase_only(path: Path, tmp_path: Path) -> None:
    site = open_site_lists(path, WORDS)
    copy = tmp_path / "copy.redactor-lists"
    export_site_lists(copy, site, "quite another one")
    assert refused(copy).reason == "passphrase"
    assert open_site_lists(copy, "quite another one") == site


def test_a_plain_export_is_csv_that_no_spreadsheet_takes_for_formulas(
    path: Path, tmp_path: Path
) -> None:
    site = open_site_lists(path, WORDS)
    site = with_entries(site, Which.ALWAYS, [new_entry("=HYPERLINK(1)")])
    out = tmp_path / "plain.csv"
    export_plain(out, site)
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert [(one["list"], one["text"]) for one in rows] == [
        ("always", "Zebedee Quillfeather"),
        ("always", "'=HYPERLINK(1)"),
        ("never", "Morwenna Teague"),
    ]
    with pytest.raises(ListsError, match="is there already"):
        export_plain(out, site)


def test_a_text_is_on_one_list_only_and_once(path: Path) -> None:
    site = open_site_lists(path, WORDS)
    with pytest.raises(UsageError, match="on the never list"):
        with_entries(site, Which.ALWAYS, [new_entry("MORWENNA TEAGUE")])
    assert with_entries(site, Which.NEVER, [new_entry("morwenna teague")]) == site


def test_entries_and_packs_are_taken_off(path: Path) -> None:
    site = open_site_lists(path, WORDS)
    assert without(site, Which.ALWAYS, "zebedee quillfeather").lists.always == ()
    with pytest.raises(UsageError, match="not on the always list"):
        without(site, Which.ALWAYS, "Somebody Else")
    assert without_pack(site, "Exampleshire numbers").lists.packs == ()
    with pytest.raises(UsageError, match="no pack of that name"):
        without_pack(site, "Other")


def test_a_new_version_of_a_pack_takes_the_place_of_the_old(path: Path) -> None:
    site = open_site_lists(path, WORDS)
    site, pack = with_pack(site, PACK.replace(b'version = "1"', b'version = "2"'))
    assert [one.version for one in site.lists.packs] == ["2"] == [pack.version]


def test_lists_of_another_file_are_joined_under_ones_own_name(path: Path) -> None:
    site = open_site_lists(path, WORDS)
    other = with_entries(SiteLists("Elsewhere"), Which.ALWAYS, [new_entry("Agnes Pell")])
    both = joined(site, other)
    assert [one.text for one in both.lists.always] == ["Zebedee Quillfeather", "Agnes Pell"]
    assert {one.origin for one in both.lists.always} == {"Exampleshire Council"}


@pytest.mark.parametrize("name", ["", " ", "case", "x" * 81, "a\x00b"])
def test_the_lists_need_a_name_that_findings_can_give(name: str) -> None:
    with pytest.raises(UsageError, match="name of the authority"):
        site_lists.require_site_name(name)


def test_nothing_of_the_lists_is_shown_of_the_value(path: Path) -> None:
    assert "Quillfeather" not in repr(open_site_lists(path, WORDS))


@pytest.mark.parametrize(
    "change",
    [
        {"name": 7},
        {"name": None},
        {"always": [7]},
        {"always": ["word"]},
        {"never": [[1]]},
        {"never": {"text": "word"}},
        {"packs": [7]},
        {"packs": [None]},
    ],
)
def test_a_file_that_was_sealed_over_something_else_is_refused_as_no_list(tmp_path, change) -> None:
    path = tmp_path / "other.redactor-lists"
    shape = {"name": "Exampleshire Council", "always": [], "never": [], "packs": [], **change}
    sealed_file.write_sealed(path, canonical(shape), WORDS, replacing=False)
    assert "no list" in refused(path).user_message

"""The authority's lists from the first moment: a new case, and single files without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.test_command_lists import (  # noqa: F401 - fixtures are found by name
    NOTE,
    SECRET,
    Desk,
    Told,
    call,
    desk,
)


@pytest.fixture
def listed(desk: Desk) -> Desk:  # noqa: F811
    """Give a desk whose authority lists one name to find, and one to keep; and a draft."""
    desk.of_site("add", "always", f"Operation {SECRET}", "--label", "ID")
    desk.of_site("add", "never", "Sarah Okoro", "--why", "the chief officer")
    (desk.folder / "note.txt").write_text(NOTE, "utf-8")
    return desk


def begin(desk: Desk, *more: str | Path) -> Told:  # noqa: F811
    return desk.case("new", "--ref", "FOI 1/25", *more)


def opened(desk: Desk, words: str = "lists.txt") -> tuple[str | Path, ...]:  # noqa: F811
    return ("--lists-passphrase-file", desk.folder / words)


def test_a_new_case_adopts_the_lists_and_its_first_search_uses_them(listed: Desk) -> None:
    told = begin(listed, "--site-lists", listed.lists_file, *opened(listed))
    assert told.code == 0, told.err
    adopted = told.shape["adopted"]
    assert (adopted["always"], adopted["never"], adopted["packs"]) == (1, 1, 0)
    assert len(adopted["sha256"]) == 64
    assert SECRET not in told.out
    listed.case("add", listed.folder / "note.txt")
    listed.case("scan")
    found = listed.findings()
    assert found[f"Operation {SECRET}"]["proposal"] == "redact"
    assert found["Sarah Okoro"]["proposal"] == "keep"
    assert listed.of_case("show").shape["searched_before"] == []


def test_the_log_of_a_new_case_says_how_many_entries_were_adopted_and_none_of_them(
    listed: Desk,
) -> None:
    begin(listed, "--site-lists", listed.lists_file, *opened(listed))
    out = listed.folder / "log.jsonl"
    assert listed.case("export-log", "--out", out).code == 0
    text = out.read_text("utf-8")
    assert "lists-changed" in text
    assert SECRET not in text
    assert "Okoro" not in text


def test_lists_that_do_not_open_make_no_case(listed: Desk) -> None:
    told = begin(listed, "--site-lists", listed.lists_file, *opened(listed, "own.txt"))
    assert told.code == 3
    assert "does not open site.redactor-lists" in told.err
    assert not listed.case_file.exists()


def test_lists_that_list_nothing_make_no_case(desk: Desk) -> None:  # noqa: F811
    told = begin(desk, "--site-lists", desk.lists_file, *opened(desk))
    assert told.code == 2
    assert "lists nothing yet" in told.err
    assert not desk.case_file.exists()


def test_a_passphrase_without_its_file_is_wrong_usage(listed: Desk) -> None:
    told = begin(listed, *opened(listed))
    assert told.code == 2
    assert "--site-lists" in told.err
    assert not listed.case_file.exists()
    assert begin(listed).shape["adopted"] is None


def scanned(desk: Desk, *more: str | Path) -> Told:  # noqa: F811
    return call("scan", desk.folder / "note.txt", "--json", *more)


def test_a_scan_of_single_files_uses_the_lists(listed: Desk) -> None:
    told = scanned(listed, "--lists", listed.lists_file, *opened(listed))
    assert told.code == 0, told.err
    found = {one["text"]: one for one in told.shape["documents"][0]["findings"]}
    assert found[f"Operation {SECRET}"]["label"] == "ID"
    assert f"Operation {SECRET}" not in {
        one["text"] for one in scanned(listed).shape["documents"][0]["findings"]
    }


def test_a_release_of_single_files_removes_what_is_always_and_keeps_what_is_never(
    listed: Desk,
) -> None:
    out = listed.folder / "out"
    told = call(
        *("redact", listed.folder / "note.txt", "--out", out, "--accept", "ID,PERSON", "--json"),
        *("--lists", listed.lists_file, *opened(listed)),
    )
    assert told.code == 0, told.err
    (released,) = out.iterdir()
    text = released.read_text("utf-8")
    assert SECRET not in text
    assert "Sarah Okoro" in text


def test_lists_that_do_not_open_release_nothing(listed: Desk) -> None:
    out = listed.folder / "out"
    told = call(
        *("redact", listed.folder / "note.txt", "--out", out, "--accept", "PERSON", "--json"),
        *("--lists", listed.lists_file, *opened(listed, "own.txt")),
    )
    assert told.code == 3
    assert not out.exists() or not any(out.iterdir())

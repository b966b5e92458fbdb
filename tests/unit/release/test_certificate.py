"""A certificate holds what was released, and by whom; the folder is held against it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from redactor.case.log import event_shape, seal
from redactor.case.signing import Signer
from redactor.errors import CaseError, CheckFailed
from redactor.events import EventKind
from redactor.model import Role
from redactor.release.certificate import (
    CERTIFICATE_JSON,
    CERTIFICATE_PDF,
    certificate_head,
    certificate_json,
    check_release,
    write_certificate,
)
from redactor.release.certificate_checklist import ticks_shape
from redactor.release.manifest import MANIFEST_NAME
from tests.unit.release.certified import (
    FILES,
    MAYA,
    RULINGS,
    RUTH,
    SAMPLE,
    TICKS,
    WITHOUT_TICKS,
    Sample,
    in_one_line,
    kinds,
    page_text,
    person,
    resigned,
    shape_of,
    signed,
)

# --- what holds --------------------------------------------------------------------------------


def test_an_untouched_release_holds(good: Path) -> None:
    assert check_release(good) == []


def test_the_certificate_says_who_what_and_how_it_was_checked(good: Path) -> None:
    read = shape_of(good)
    assert read["case"] == {"ref": "FOI 123/26", "regime": "foi", "id": "c" * 32}
    assert [one["name"] for one in read["prepared_by"]] == ["Maya Lindqvist", "Tomos Prydderch"]
    assert read["approved_by"] == {
        "name": "Ruth Adeyemi-Clarke", "role": "reviewer", "fingerprint": RUTH.fingerprint,
    }  # fmt: skip
    assert read["keys"][RUTH.fingerprint] == RUTH.public_key.hex()
    assert [one["name"] for one in read["files"]] == [*FILES, MANIFEST_NAME]
    assert {"name": "one revision", "engine": "python 3.11", "count": 1} in read["checks"]
    assert [one["reason"] for one in read["rulings"]] == [one.reason for one in RULINGS]
    assert (read["redactions"], read["kept"]) == (41, 1)


def test_the_commissioner_s_checklist_is_answered_with_evidence(good: Path) -> None:
    said = in_one_line(page_text((good / CERTIFICATE_PDF).read_bytes()))
    checks = sum(one["count"] for one in shape_of(good)["checks"])
    for words in (
        "checklists for disclosing documents (31 July 2025)",
        f"{checks:,} checks by",
        "Each place has its limb and reason in the signed log",
        "Maya Lindqvist, 27 February 2026 at 10:00 UTC",
        "No. Two of the team begin their training in March.",
        "Not answered.",
    ):
        assert in_one_line(words) in said


def test_programs_are_told_every_answer_and_that_the_rest_has_none(good: Path) -> None:
    listed = {one["point"]: one for one in shape_of(good)["checklist"]}
    assert {key: one["answer"] for key, one in listed.items()} == {
        "policies-disclosing": "yes",
        "duties": "",
        "training-disclosing": "no",
        "trained-staff": "",
        "circumstances": "",
    }
    assert listed["training-disclosing"] == {
        "point": "training-disclosing",
        "line": "Staff are trained, when they begin and again later, in disclosing documents and "
        "spreadsheets securely, in redaction and in reporting breaches",
        "answer": "no",
        "remark": "Two of the team begin their training in March.",
        "by": "Tomos Prydderch",
        "at": "2026-02-27T10:04:00+00:00",
    }
    assert listed["duties"]["by"] == ""


@pytest.mark.parametrize(
    "change",
    [
        {"by": "Somebody Else"},
        {"remark": " "},
        {"answer": "perhaps"},
        {"answer": ""},
        {"at": ""},
        {"point": "policies-disclosing"},
    ],
)
def test_answers_that_do_not_add_up_are_not_certified(change: dict[str, str]) -> None:
    listed = ticks_shape(TICKS)
    for one in listed:
        if one["point"] == "training-disclosing":
            one.update(change)
    submitted = SAMPLE.submission(checklist=listed)
    facts = SAMPLE.facts_of(submitted, SAMPLE.approval(submitted))
    with pytest.raises(CheckFailed, match="checklist"):
        certificate_json(facts, b"", RUTH)


def test_equal_facts_give_equal_bytes() -> None:
    facts = SAMPLE.facts()
    assert write_certificate(facts, RUTH) == write_certificate(facts, RUTH)


def test_the_head_is_that_of_the_approval(good: Path) -> None:
    read = shape_of(good)
    assert certificate_head(good / CERTIFICATE_JSON) == (1212, read["approved"]["digest"])
    assert read["log"] == {"events": 1212, "head": read["approved"]["digest"]}


# --- people and approval -----------------------------------------------------------------------


def test_the_histories_of_these_tests_hold_where_nothing_is_wrong(folder: Path) -> None:
    resigned(folder, SAMPLE)
    assert kinds(folder) == []


def test_an_approver_who_also_prepared_is_caught(folder: Path) -> None:
    resigned(folder, replace(WITHOUT_TICKS, preparers=(MAYA, RUTH)))
    assert kinds(folder) == ["same-person"]


def test_an_approver_who_submitted_is_caught(folder: Path) -> None:
    resigned(folder, replace(SAMPLE, reviewer=MAYA))
    assert kinds(folder) == ["same-person"]


def test_who_submitted_cannot_be_left_out_of_those_who_prepared(folder: Path) -> None:
    resigned(folder, replace(SAMPLE, submitter=person("Eve Marlowe", Role.OFFICER, 9)))
    assert {"forged-event", "wrong-person"} <= set(kinds(folder))


def test_an_approver_with_a_second_key_under_the_same_name_is_caught(folder: Path) -> None:
    twin = person("maya lindqvist", Role.REVIEWER, 9)
    resigned(folder, replace(SAMPLE, reviewer=twin))
    assert kinds(folder) == ["same-person"]


def test_an_approver_who_is_no_reviewer_is_caught(folder: Path) -> None:
    shape = shape_of(folder)
    shape["approved_by"]["role"] = "officer"
    (folder / CERTIFICATE_JSON).write_bytes(signed(shape))
    assert kinds(folder) == ["wrong-role"]


@pytest.mark.parametrize(
    "changes",
    [{"submission": 1210}, {"decisions": "e" * 64}, {"head": "0" * 64}],
)
def test_an_approval_of_something_else_is_caught(folder: Path, changes: dict[str, Any]) -> None:
    resigned(folder, SAMPLE, **changes)
    assert kinds(folder) == ["wrong-approval"]


def test_an_approval_of_another_manifest_is_caught(folder: Path) -> None:
    resigned(folder, SAMPLE, manifest="f" * 64)
    assert kinds(folder) == ["wrong-approval", "changed-manifest"]


def test_the_approval_has_to_follow_the_submission(folder: Path) -> None:
    shape = shape_of(folder)
    body = shape["approved"]["body"]
    for previous, seq in (("1" * 64, 1212), (shape["submitted"]["digest"], 1211)):
        approved = seal(RUTH, RUTH.name, previous, seq, EventKind.APPROVED, body)
        shape["approved"] = event_shape(approved)
        shape["log"] = {"events": seq, "head": approved.digest}
        (folder / CERTIFICATE_JSON).write_bytes(signed(shape))
        assert kinds(folder) == ["wrong-approval"]


def test_another_event_is_no_approval(folder: Path) -> None:
    shape = shape_of(folder)
    shape["approved"] = event_shape(
        seal(
            RUTH,
            RUTH.name,
            shape["submitted"]["digest"],
            1212,
            EventKind.RETURNED,
            shape["approved"]["body"],
        )
    )
    shape["log"]["head"] = shape["approved"]["digest"]
    (folder / CERTIFICATE_JSON).write_bytes(signed(shape))
    assert kinds(folder) == ["wrong-event"]


@pytest.mark.parametrize(
    ("sample", "signer"),
    [
        (SAMPLE, MAYA),
        (replace(SAMPLE, preparers=(MAYA, RUTH)), RUTH),
        (replace(SAMPLE, reviewer=MAYA), MAYA),
    ],
)
def test_a_certificate_that_would_not_hold_is_not_made(sample: Sample, signer: Signer) -> None:
    with pytest.raises(CheckFailed, match="would not hold"):
        write_certificate(sample.facts(), signer)


def test_a_person_without_a_key_cannot_be_certified() -> None:
    facts = SAMPLE.facts()
    keyless = tuple(replace(one, public_key="") for one in facts.members)
    with pytest.raises(CheckFailed, match="would not hold"):
        certificate_json(replace(facts, members=keyless), b"", RUTH)


def test_a_draft_is_unsigned_and_releases_nothing(folder: Path) -> None:
    facts = replace(SAMPLE.facts(), approved=None)
    papers = dict(write_certificate(facts, None))
    assert "DRAFT – NOT APPROVED" in page_text(papers[CERTIFICATE_PDF])
    assert json.loads(papers[CERTIFICATE_JSON])["approved"] is None
    for name, data in papers.items():
        (folder / name).write_bytes(data)
    assert kinds(folder) == ["unsigned-certificate"]
    with pytest.raises(CaseError, match="unsigned"):
        certificate_head(folder / CERTIFICATE_JSON)


# --- the folder --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*FILES, MANIFEST_NAME, CERTIFICATE_PDF, CERTIFICATE_JSON])
def test_each_file_that_is_changed_or_dropped_is_named(folder: Path, name: str) -> None:
    path = folder / name
    whole = path.read_bytes()
    path.write_bytes(whole + b" ")
    assert any(name in one.message for one in check_release(folder))
    path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    assert any(name in one.message for one in check_release(folder))
    path.unlink()
    assert any(name in one.message for one in check_release(folder))
    path.mkdir()
    assert any(name in one.message for one in check_release(folder))


def test_a_manifest_that_was_changed_with_its_file_is_caught(folder: Path) -> None:
    (folder / "1 letter.pdf").write_bytes(b"another")
    swapped = Sample({**FILES, "1 letter.pdf": b"another"})
    (folder / MANIFEST_NAME).write_bytes(swapped.manifest())
    assert kinds(folder) == ["changed-manifest"]


def test_each_thing_that_was_added_is_named(folder: Path) -> None:
    (folder / "notes.txt").write_bytes(b"")
    (folder / "drafts").mkdir()
    (folder / "working" / "old").mkdir(parents=True)
    (folder / "working" / "old" / "names.csv").write_bytes(b"")
    problems = check_release(folder)
    assert [one.kind for one in problems] == ["extra-file"] * 3
    for name, one in zip(("drafts", "notes.txt", "working"), problems, strict=True):
        assert one.message.startswith(name)


def test_a_release_without_a_certificate_says_so(folder: Path) -> None:
    (folder / CERTIFICATE_JSON).unlink()
    assert [one.message for one in check_release(folder)] == [
        "There is no certificate.json in the folder."
    ]


def test_a_folder_that_is_none_has_nothing(tmp_path: Path) -> None:
    assert kinds(tmp_path / "nowhere") == ["missing-file", "no-manifest"]

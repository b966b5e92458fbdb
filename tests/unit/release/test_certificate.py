from __future__ import annotations

import copy
import hashlib
import io
import json
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.canonical import canonical
from redactor.case.log import event_shape, seal
from redactor.case.signing import Signer, grouped
from redactor.errors import CaseError, CheckFailed
from redactor.events import EventKind
from redactor.matching import make_term
from redactor.model import Role
from redactor.release.certificate import (
    CERTIFICATE_JSON,
    CERTIFICATE_PDF,
    CertificateFacts,
    certificate_head,
    certificate_json,
    check_release,
    write_certificate,
)
from redactor.release.certificate_checklist import ticks_shape
from redactor.release.certificate_page import certificate_pdf, moment_in_words
from redactor.release.certificate_rules import FORMAT, signed_message
from redactor.release.manifest import MANIFEST_NAME
from redactor.release.verify import Withheld, verify_file
from redactor.sampling import summary
from tests.unit.release.certified import FILES, MAYA, RULINGS, RUTH, TICKS, Sample, person

SAMPLE = Sample(FILES)
WITHOUT_TICKS = Sample(FILES, ticks=())


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return SAMPLE.write(tmp_path_factory.mktemp("good") / "release")


@pytest.fixture
def folder(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "release"))


def kinds(folder: Path) -> list[str]:
    problems = check_release(folder)
    for one in problems:
        assert one.message.endswith(".")
        assert "\n" not in one.message
    return [one.kind for one in problems]


def shape_of(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / CERTIFICATE_JSON).read_bytes())
    return read


def signed(shape: dict[str, Any], signer: Signer = RUTH) -> bytes:
    """Sign a certificate as a dishonest approver could: whatever it says."""
    value = signer.sign(signed_message(shape)).hex()
    return canonical({**shape, "signature": {"by": signer.fingerprint, "value": value}})


def page_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def in_one_line(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).replace("\ufffe", "").split())


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


# --- changes of the certificate ----------------------------------------------------------------


def test_no_byte_of_the_certificate_can_be_flipped(folder: Path) -> None:
    path = folder / CERTIFICATE_JSON
    whole = path.read_bytes()
    signature = whole.index(b'"signature":{"by"')
    positions = [*range(0, len(whole), 41), *range(signature, signature + 220)]
    for position in positions:
        for bit in (0x01, 0x20):
            changed = bytearray(whole)
            changed[position] ^= bit
            path.write_bytes(changed)
            assert check_release(folder) != [], (position, bit)
            with pytest.raises(CaseError):
                certificate_head(path)


def edits(shape: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the place of every value in a shape."""
    if isinstance(shape, dict):
        for name, value in shape.items():
            yield from edits(value, (*at, name))
    elif isinstance(shape, list):
        for position, value in enumerate(shape):
            yield from edits(value, (*at, position))
    yield at


def changed_at(shape: Any, at: tuple[Any, ...], change: Callable[[Any], Any]) -> Any:
    shape = copy.deepcopy(shape)
    if not at:
        return change(shape)
    inside = shape
    for name in at[:-1]:
        inside = inside[name]
    inside[at[-1]] = change(inside[at[-1]])
    return shape


def another(value: Any) -> Any:
    if isinstance(value, str):
        return f"{value}0"
    if isinstance(value, int):
        return value + 1
    return [] if isinstance(value, dict) else {}


@pytest.mark.parametrize("change", [another, lambda _: None, lambda _: 0, lambda _: {"a": [1]}])
def test_no_field_of_the_certificate_can_be_edited(
    folder: Path, change: Callable[[Any], Any]
) -> None:
    shape = shape_of(folder)
    for at in edits(shape):
        (folder / CERTIFICATE_JSON).write_bytes(canonical(changed_at(shape, at, change)))
        assert check_release(folder) != [], at


def vouched_for_twice(shape: Any) -> list[tuple[Any, ...]]:
    """Give the places of what the events, the manifest or the files say as well as the approver."""
    told = {"product", "case", "rulings"}
    second = ("prepared_by", 1, "name")  # the submission names only who submitted
    return [at for at in edits(shape) if at and at[0] not in told and at != second]


def test_even_the_approver_cannot_sign_what_the_events_and_the_manifest_do_not_say(
    folder: Path,
) -> None:
    shape = shape_of(folder)
    checked = [at for at in vouched_for_twice(shape) if at[0] != "signature"]
    assert len(checked) > 80
    for at in checked:
        (folder / CERTIFICATE_JSON).write_bytes(signed(changed_at(shape, at, another)))
        assert check_release(folder) != [], at


@pytest.mark.parametrize("name", ["case", "rulings"])
def test_the_reference_and_the_number_of_rulings_must_be_those_of_the_manifest(
    folder: Path, name: str
) -> None:
    shape = shape_of(folder)
    told = {"case": {**shape["case"], "ref": "FOI 9/26"}, "rulings": shape["rulings"][1:]}
    (folder / CERTIFICATE_JSON).write_bytes(signed({**shape, name: told[name]}))
    assert kinds(folder) == ["contradiction"]


def test_another_key_cannot_sign_the_certificate(folder: Path) -> None:
    eve = person("Eve Marlowe", Role.REVIEWER, 9)
    (folder / CERTIFICATE_JSON).write_bytes(signed(shape_of(folder), eve))
    assert kinds(folder) == ["wrong-signer"]
    claimed = json.loads(signed(shape_of(folder), eve))
    claimed["signature"]["by"] = RUTH.fingerprint
    (folder / CERTIFICATE_JSON).write_bytes(canonical(claimed))
    assert kinds(folder) == ["forged-certificate"]


def test_another_key_cannot_stand_in_for_the_approver_s(folder: Path) -> None:
    eve = person("Ruth Adeyemi-Clarke", Role.REVIEWER, 9)
    shape = shape_of(folder)
    shape["keys"][RUTH.fingerprint] = eve.public_key.hex()
    shape = json.loads(signed(shape, eve))
    shape["signature"]["by"] = RUTH.fingerprint
    (folder / CERTIFICATE_JSON).write_bytes(canonical(shape))
    assert {"wrong-key", "forged-event"} <= set(kinds(folder))


def test_the_signature_in_capitals_is_another_certificate(folder: Path) -> None:
    shape = shape_of(folder)
    shape["signature"]["value"] = shape["signature"]["value"].upper()
    (folder / CERTIFICATE_JSON).write_bytes(canonical(shape))
    assert kinds(folder) == ["forged-certificate"]


def test_a_certificate_that_says_more_is_refused(folder: Path) -> None:
    (folder / CERTIFICATE_JSON).write_bytes(signed({**shape_of(folder), "note": "checked"}))
    assert kinds(folder) == ["damaged-certificate"]


def test_a_certificate_that_is_not_canonical_is_refused(folder: Path) -> None:
    written = json.dumps(shape_of(folder), indent=1)
    (folder / CERTIFICATE_JSON).write_text(written, "utf-8")
    assert kinds(folder) == ["damaged-certificate"]


def test_a_field_given_twice_is_refused(folder: Path) -> None:
    whole = (folder / CERTIFICATE_JSON).read_bytes()
    (folder / CERTIFICATE_JSON).write_bytes(whole.replace(b'"kept":1', b'"kept":2,"kept":1'))
    assert kinds(folder) == ["damaged-certificate"]


# --- people and approval -----------------------------------------------------------------------


def resigned(folder: Path, sample: Sample, /, **changes: Any) -> None:
    """Write the certificate of another history, with signatures that hold."""
    submitted = sample.submission()
    facts = sample.facts_of(submitted, sample.approval(submitted, **changes))
    shape = json.loads(certificate_json(replace(facts, approved=None), b"", None))
    (folder / CERTIFICATE_JSON).write_bytes(
        signed(
            {
                **shape,
                "approved": event_shape(facts.approved),
                "approved_by": {
                    "name": sample.reviewer.name,
                    "role": "reviewer",
                    "fingerprint": sample.reviewer.fingerprint,
                },
                "keys": {one.fingerprint: one.public_key for one in facts.members},
                "log": {"events": facts.approved.seq, "head": facts.approved.digest},
                "pdf": shape_of(folder)["pdf"],
            },
            sample.reviewer,
        )
    )


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


def test_a_newer_format_is_told_as_that(folder: Path) -> None:
    newer = {**shape_of(folder), "certificate": FORMAT + 1, "more": True}
    (folder / CERTIFICATE_JSON).write_bytes(canonical(newer))
    assert kinds(folder) == ["newer-certificate"]
    (folder / MANIFEST_NAME).write_bytes(b'{"manifest":2}')
    assert kinds(folder) == ["newer-certificate"]


def test_a_newer_manifest_is_told_as_that(folder: Path) -> None:
    (folder / MANIFEST_NAME).write_bytes(b'{"manifest":2}')
    assert kinds(folder) == ["newer-manifest"]


# --- the second look and the sample --------------------------------------------------------------

_LOOK = {
    "event": 1200,
    "sure": 3,
    "others": 9,
    "hidden": 4,
    "dismissed": 2,
    "decided": 5,
    "left": 6,
}
_DRAWN = {"frame": 400, "units": list(range(59))}


def with_look_and_sample(look: dict[str, Any], sample: dict[str, Any]) -> CertificateFacts:
    one = Sample(FILES)
    submitted = one.submission(second_look=look)
    return one.facts_of(submitted, one.approval(submitted, sample=sample))


def test_a_certificate_says_what_was_looked_for_and_read_again() -> None:
    facts = later(with_look_and_sample(_LOOK, {}), dict.fromkeys(range(59), 0))
    written = dict(write_certificate(facts, RUTH))
    shape = json.loads(written["certificate.json"])
    assert shape["second_look"] == _LOOK
    assert shape["sample"]["looked_at"] == 59
    page = in_one_line(page_text(written["certificate.pdf"]))
    assert in_one_line("nobody ruled on: 6.") in page
    assert in_one_line("read 59 of 400 units and found something missed in 0") in page
    assert in_one_line("interval from 0 % to 6.07 %") in page
    assert in_one_line("it is not more than 4.96 %") in page


def later(facts: CertificateFacts, answers: dict[int, int]) -> CertificateFacts:
    """Give the facts with an approval that a sample was drawn before."""
    submitted = facts.submitted
    sample = {**summary(_DRAWN, submitted.seq + 1, answers), "earlier": []}
    approved = facts.approved
    assert approved is not None
    body = {**approved.body, "sample": sample}
    again = seal(RUTH, RUTH.name, "ab" * 32, submitted.seq + 70, EventKind.APPROVED, body)
    return replace(facts, approved=again)


def test_without_a_sample_the_certificate_says_so_plainly(good: Path) -> None:
    page = in_one_line(page_text((good / "certificate.pdf").read_bytes()))
    assert in_one_line("No re-check sample was taken") in page
    assert in_one_line("No second look was taken") in page


def test_an_unfinished_sample_shows_no_rate() -> None:
    facts = later(with_look_and_sample(_LOOK, {}), dict.fromkeys(range(17), 0))
    page = in_one_line(page_text(dict(write_certificate(facts, RUTH))["certificate.pdf"]))
    assert in_one_line("59 of 400 units were drawn by lot, and 17 of them were read") in page
    assert in_one_line("shows no rate") in page
    assert in_one_line("Clopper") not in page


def test_the_rates_of_a_sample_have_to_follow_from_its_counts() -> None:
    facts = later(with_look_and_sample(_LOOK, {}), dict.fromkeys(range(59), 0))
    assert facts.approved is not None
    for change in (
        {"most": 1},
        {"looked_at": 60},
        {"missed_units": 1},
        {"earlier": [{"event": 1}]},
    ):
        body = {**facts.approved.body, "sample": {**facts.approved.body["sample"], **change}}
        approved = seal(RUTH, RUTH.name, "ab" * 32, 1300, EventKind.APPROVED, body)
        with pytest.raises(CheckFailed, match="sample"):
            certificate_json(replace(facts, approved=approved), b"", RUTH)


def test_nothing_in_which_something_was_missed_is_certified() -> None:
    facts = later(with_look_and_sample(_LOOK, {}), {**dict.fromkeys(range(59), 0), 3: 2})
    with pytest.raises(CheckFailed, match="sample"):
        certificate_json(facts, b"", RUTH)


def test_a_second_look_whose_certain_places_were_not_all_ruled_on_is_not_certified() -> None:
    facts = with_look_and_sample({**_LOOK, "sure": 8}, {})
    with pytest.raises(CheckFailed, match="second look"):
        certificate_json(facts, b"", RUTH)


_SINCE_THE_FIRST = {"second_look", "sample", "checklist"}


def test_a_certificate_of_the_second_format_still_holds(folder: Path) -> None:
    resigned(folder, WITHOUT_TICKS)
    older = {name: one for name, one in shape_of(folder).items() if name != "checklist"}
    (folder / CERTIFICATE_JSON).write_bytes(signed({**older, "certificate": 2}))
    assert kinds(folder) == []


def test_a_certificate_of_the_second_format_cannot_hide_what_was_answered(folder: Path) -> None:
    older = {name: one for name, one in shape_of(folder).items() if name != "checklist"}
    (folder / CERTIFICATE_JSON).write_bytes(signed({**older, "certificate": 2}))
    assert kinds(folder) == ["contradiction"]


def test_a_certificate_of_the_first_format_still_holds(folder: Path) -> None:
    resigned(folder, WITHOUT_TICKS)
    shape = shape_of(folder)
    older = {name: one for name, one in shape.items() if name not in _SINCE_THE_FIRST}
    (folder / CERTIFICATE_JSON).write_bytes(signed({**older, "certificate": 1}))
    assert kinds(folder) == []


def test_a_certificate_of_the_first_format_cannot_hide_what_was_done_since(folder: Path) -> None:
    resigned(folder, WITHOUT_TICKS, sample={"earlier": [summary(_DRAWN, 900, {0: 1})]})
    shape = shape_of(folder)
    older = {name: one for name, one in shape.items() if name not in _SINCE_THE_FIRST}
    (folder / CERTIFICATE_JSON).write_bytes(signed({**older, "certificate": 1}))
    assert kinds(folder) == ["contradiction"]


# --- hostile input -----------------------------------------------------------------------------

HOSTILE = [
    b"", b"\xff\xfe", b"{", b"[]", b"null", b"1", b'"a"', b"NaN", b"1e999", b"{}",
    b"[" * 100_000, b'{"a":' * 100_000, b'{"certificate":1}', b'{"certificate":true}',
    b'{"certificate":1.0}', b'{"certificate":"1"}', b'{"certificate":' + b"9" * 6000 + b"}",
    b'{"certificate":1,"signature":{}}', b'{"certificate":1,"signature":"\\ud800"}',
]  # fmt: skip


@pytest.mark.parametrize("written", HOSTILE)
def test_hostile_bytes_are_a_problem_and_no_other_error(folder: Path, written: bytes) -> None:
    (folder / CERTIFICATE_JSON).write_bytes(written)
    assert kinds(folder)[0] in {"damaged-certificate", "unsigned-certificate"}
    (folder / MANIFEST_NAME).write_bytes(written)
    assert "damaged-manifest" in kinds(folder)
    with pytest.raises(CaseError):
        certificate_head(folder / CERTIFICATE_JSON)


def test_a_huge_certificate_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redactor.release.certificate._LARGEST", 5000)
    (folder / CERTIFICATE_JSON).write_bytes(b" " * 5001)
    assert check_release(folder)[0].message == "certificate.json is too large to be one of ours."


@pytest.mark.parametrize(
    "name", ["../../outside", "/etc/hostname", "C:\\x", "..", "a\x00b", "\ud800", "x" * 9000, ""]
)
def test_a_path_like_name_in_the_manifest_is_never_followed(folder: Path, name: str) -> None:
    (folder.parent / "outside").write_bytes(b"")
    listed = json.loads((folder / MANIFEST_NAME).read_bytes())
    listed["outputs"][0]["name"] = name
    (folder / MANIFEST_NAME).write_text(json.dumps(listed), "utf-8")
    told = kinds(folder)
    assert told[0] == "changed-manifest"
    assert {"damaged-manifest", "missing-file", "unreadable-file"} & set(told)


def test_a_signed_manifest_of_another_shape_is_a_problem(folder: Path) -> None:
    for written in (b"[]", b"{}", b'{"outputs":3,"checks":null}', b"[" * 100_000, b"1e999"):
        (folder / MANIFEST_NAME).write_bytes(written)
        digest = hashlib.sha256(written).hexdigest()
        shape = shape_of(folder)
        submitted = SAMPLE.submission(manifest=digest)
        approved = SAMPLE.approval(submitted)
        shape["submitted"], shape["approved"] = event_shape(submitted), event_shape(approved)
        (folder / CERTIFICATE_JSON).write_bytes(signed(shape))
        assert "damaged-manifest" in kinds(folder)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_signed_shape_gives_problems_and_no_other_error(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / "shapes"
    if not folder.exists():
        SAMPLE.write(folder)
        (folder.parent / "shape").write_bytes((folder / CERTIFICATE_JSON).read_bytes())
    shape = json.loads((folder.parent / "shape").read_bytes())
    at = data.draw(st.sampled_from(vouched_for_twice(shape)))
    value = data.draw(JSON_VALUES)
    changed = changed_at(shape, at, lambda _: value)
    if changed == shape:
        return
    (folder / CERTIFICATE_JSON).write_bytes(
        canonical(changed) if at[0] == "signature" else signed(changed)
    )
    assert check_release(folder) != []


# --- for people --------------------------------------------------------------------------------


def test_the_page_names_people_files_checks_and_how_to_check() -> None:
    facts = SAMPLE.facts()
    packed = in_one_line(page_text(certificate_pdf(facts)))
    for wanted in (
        "FOI 123/26", "Freedom of Information Act 2000", "Maya Lindqvist, officer",
        "Tomos Prydderch, officer", "Ruth Adeyemi-Clarke, reviewer", grouped(RUTH.fingerprint),
        grouped(MAYA.fingerprint), "a different key", "pypdfium2 5.15.2", "pymupdf 1.28.2",
        "redactor case check FOLDER", "41 places withheld", "1 marked place released",
    ):  # fmt: skip
        assert in_one_line(wanted) in packed, wanted
    listed = json.loads(facts.manifest)["outputs"]
    assert all(in_one_line(one["name"]) in packed for one in listed)
    assert all(one["sha256"] in packed for one in listed)
    assert facts.approved is not None
    assert facts.approved.digest in packed


def test_the_page_names_the_roster_that_the_approver_is_on() -> None:
    submitted = SAMPLE.submission()
    facts = SAMPLE.facts_of(submitted, SAMPLE.approval(submitted, roster="ab" * 32))
    packed = in_one_line(page_text(certificate_pdf(facts)))
    assert f"OnthelistofreviewerswithSHA-256{'ab' * 32}" in packed
    assert "listofreviewers" not in in_one_line(page_text(certificate_pdf(SAMPLE.facts())))


def test_the_page_gives_every_ruling_with_its_reason_and_name() -> None:
    packed = in_one_line(page_text(certificate_pdf(SAMPLE.facts())))
    for one in RULINGS:
        assert in_one_line(one.reason) in packed
        assert in_one_line(f"{one.by}, {moment_in_words(one.at)}") in packed


def test_a_time_is_written_as_people_in_britain_write_it() -> None:
    assert moment_in_words("2026-03-01T09:30:00+01:00") == "1 March 2026 at 08:30 UTC"
    assert moment_in_words("then") == "then"


def test_long_names_long_reasons_and_many_files_stay_on_the_pages() -> None:
    files = {f"{number} {'long name ' * 15}.pdf": b"x" * number for number in range(1, 501)}
    words = [f"word{number:03}" for number in range(250)]
    reason = " ".join(words)
    unbroken = "x" * 2000
    rulings = (replace(RULINGS[0], reason=reason), replace(RULINGS[1], reason=unbroken))
    data = certificate_pdf(Sample(files, rulings, ref="R" * 300).facts())
    packed = in_one_line(page_text(data))
    assert [packed.index(word) for word in words] == sorted(packed.index(word) for word in words)
    assert packed.count("x") >= 2000
    assert all(in_one_line(name) in packed for name in files)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        count = len(pdf.pages)
    assert f"Page{count}of{count}" in packed
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                assert left >= 0
                assert right <= 595
                assert bottom >= 0
                assert top <= 842
    finally:
        document.close()


def test_letters_of_other_scripts_are_shown_or_given_by_number() -> None:
    rulings = (
        replace(RULINGS[0], reason="Crest of Łódź, Αθήνα and Київ", by="王小明"),
        replace(RULINGS[1], reason="seal\u202e of\x07 it", by="محمد"),
    )
    text = in_one_line(page_text(certificate_pdf(replace(SAMPLE, rulings=rulings).facts())))
    assert "CrestofŁódź,ΑθήναandКиїв" in text
    assert "王小明" in text
    assert "[U+0645][U+062D][U+0645][U+062F]" in text
    assert "seal[U+202E]of[U+0007]it" in text
    assert in_one_line("certificate.json has them as they were written") in text


def test_the_page_holds_nothing_besides_text_and_is_searched_like_a_release() -> None:
    data = certificate_pdf(SAMPLE.facts())
    report = verify_file(CERTIFICATE_PDF, data, Withheld(()), strict=True)
    assert report.ok, [check for check in report.checks if not check.ok]
    term = make_term("crest of the council", 1)
    assert term is not None
    assert not verify_file(CERTIFICATE_PDF, data, Withheld((term,)), strict=True).ok

"""What nobody can change in a certificate: bytes, fields, keys, and shapes of any kind."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.canonical import canonical
from redactor.case.log import event_shape
from redactor.errors import CaseError
from redactor.model import Role
from redactor.release.certificate import CERTIFICATE_JSON, certificate_head, check_release
from redactor.release.manifest import MANIFEST_NAME
from tests.unit.release.certified import RUTH, SAMPLE, kinds, person, shape_of, signed

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

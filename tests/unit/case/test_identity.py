"""Signing identities, their files, and the passphrases over them."""

from __future__ import annotations

import copy
import json
import os
import pickle
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from redactor.canonical import canonical
from redactor.case.identity import (
    Signer,
    create_identity,
    fingerprint_of,
    grouped,
    is_signed_by,
    new_signer,
    parse_fingerprint,
    require_name,
    save_identity,
    show_identity,
    signer_of_seed,
    unlock_identity,
)
from redactor.case.passphrase import derive_key, is_reasonable_cost, require_passphrase
from redactor.errors import IdentityError, UsageError
from redactor.model import Person, Role

PASSPHRASE = "quince kettle harbour é"
Fields = dict[str, Any]


@pytest.fixture(scope="module")
def signer() -> Signer:
    return new_signer("Rosalind Achterberg", Role.REVIEWER)


@pytest.fixture(scope="module")
def saved(signer: Signer, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An identity file, made once: each costs Argon2id its time."""
    path = tmp_path_factory.mktemp("saved") / "mine.json"
    save_identity(path, signer, PASSPHRASE)
    return path.read_bytes()


@pytest.fixture
def path(saved: bytes, tmp_path: Path) -> Path:
    at = tmp_path / "mine ü.identity"
    at.write_bytes(saved)
    return at


def reason_of(call: Callable[[], object]) -> str:
    with pytest.raises(IdentityError) as caught:
        call()
    assert PASSPHRASE not in str(caught.value)
    return caught.value.reason


# --- keys ---------------------------------------------------------------------------------------


def test_what_a_signer_signs_is_known_as_theirs(signer: Signer):
    signature = signer.sign(b"message")
    assert is_signed_by(signer.public_key, b"message", signature)
    assert not is_signed_by(signer.public_key, b"massage", signature)
    other = new_signer("Tomos Prys-Jones", Role.REVIEWER)
    assert not is_signed_by(other.public_key, b"message", signature)


@pytest.mark.parametrize("key", [b"", b"short", b"\xff" * 32, b"a" * 33])
def test_a_malformed_key_has_signed_nothing(signer: Signer, key: bytes):
    assert not is_signed_by(key, b"message", signer.sign(b"message"))


@pytest.mark.parametrize("signature", [b"", b"\0" * 64, b"x" * 63, b"x" * 65])
def test_a_malformed_signature_is_nobodys(signer: Signer, signature: bytes):
    assert not is_signed_by(signer.public_key, b"message", signature)


def test_the_signatures_are_those_of_rfc_8032():
    # RFC 8032, section 7.1, test 2.
    seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    signer = signer_of_seed("Test Two", Role.OBSERVER, seed)
    assert signer.public_key == bytes.fromhex(
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    )
    assert signer.sign(b"\x72") == bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert signer.seed() == seed


def test_a_signer_shows_nothing_of_the_private_key(signer: Signer):
    shown = repr(signer) + str(signer)
    assert signer.name in shown
    for secret in (signer.seed().hex(), repr(signer.seed()), "PrivateKey", " _key"):
        assert secret not in shown


def test_a_signer_cannot_be_pickled_to_another_process(signer: Signer):
    with pytest.raises(TypeError):
        pickle.dumps(signer)


# --- fingerprints and names ---------------------------------------------------------------------


def test_a_fingerprint_is_the_start_of_the_keys_sha256():
    # SHA-256 of "abc": FIPS 180-4, example B.1.
    assert fingerprint_of(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a3"


@given(st.binary(min_size=32, max_size=32), st.data())
def test_a_fingerprint_is_read_however_people_write_it(key: bytes, data: st.DataObject):
    fingerprint = fingerprint_of(key)
    assert parse_fingerprint(grouped(fingerprint)) == fingerprint
    between = st.sampled_from(["", " ", "-", ":", "  ", "\n", "\u00a0"])
    written = "".join(
        data.draw(between) + (digit.upper() if data.draw(st.booleans()) else digit)
        for digit in fingerprint
    )
    assert parse_fingerprint(written + data.draw(between)) == fingerprint


@given(st.text())
def test_what_is_read_as_a_fingerprint_is_one_or_is_refused(text: str):
    try:
        fingerprint = parse_fingerprint(text)
    except UsageError:
        return
    assert len(fingerprint) == 40
    assert set(fingerprint) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "text", ["", "a" * 39, "a" * 41, "g" * 40, "٣" * 40, "a" * 20 + "." + "a" * 20, "0x" + "a" * 40]
)
def test_what_is_no_fingerprint_is_refused(text: str):
    with pytest.raises(UsageError, match="40 digits"):
        parse_fingerprint(text)


def test_a_fingerprint_is_shown_in_ten_groups_of_four():
    assert grouped("3f2a91bc" * 5) == " ".join(["3f2a", "91bc"] * 5)


def test_a_name_is_kept_with_single_spaces_and_composed_letters():
    assert require_name("  Ro\u0301isi\u0301n \t\n Quayle\u00a0 ") == "Róisín Quayle"


@pytest.mark.parametrize(
    "name", ["", " ", "x", "x" * 81, "Ro\x00sa", "Rosa\u202elind", "Ro\u200bsa", "Rosa\ud800"]
)
def test_what_cannot_be_a_name_is_refused(name: str, tmp_path: Path):
    with pytest.raises(UsageError):
        create_identity(tmp_path / "mine", name, Role.OFFICER, PASSPHRASE)
    assert not list(tmp_path.iterdir())


# --- passphrases --------------------------------------------------------------------------------


@pytest.mark.parametrize("passphrase", ["", "seven77", " " * 12, "e\u0301" * 7, "x" * 1025])
def test_a_poor_passphrase_is_refused_and_nothing_is_written(passphrase: str, tmp_path: Path):
    with pytest.raises(UsageError):
        create_identity(tmp_path / "mine", "Rosa Quayle", Role.OFFICER, passphrase)
    assert not list(tmp_path.iterdir())


def test_a_passphrase_of_eight_characters_will_do():
    assert require_passphrase("e\u0301" * 8) == "é" * 8


def test_a_passphrase_that_is_no_text_is_refused_without_being_quoted(path: Path):
    for call in (
        lambda: require_passphrase("secretly\udc80"),
        lambda: unlock_identity(path, "\ud800"),
    ):
        with pytest.raises(UsageError) as caught:
            call()
        assert "secretly" not in str(caught.value)
        assert caught.value.__context__ is None


def test_the_key_of_a_passphrase_is_argon2id():
    # phc-winner-argon2, src/test.c: Argon2id, version 0x13, t=2, m=256 KiB, p=1.
    key = derive_key("password", b"somesalt", memory_kib=256, iterations=2, lanes=1)
    assert key.hex() == "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"


def test_a_letter_is_the_same_composed_or_not():
    keys = {
        derive_key(
            unicodedata.normalize(form, "rosé éclair"),
            b"s" * 16,
            memory_kib=8,
            iterations=1,
            lanes=1,
        )
        for form in ("NFC", "NFD")
    }
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("memory_kib", "iterations", "lanes", "salt"),
    [
        (100 * 1024 * 1024, 3, 4, b"s" * 16),
        (65536, 10**9, 4, b"s" * 16),
        (65536, 3, 4000, b"s" * 16),
        (65536, 0, 4, b"s" * 16),
        (65536, 3, 0, b"s" * 16),
        (16, 3, 4, b"s" * 16),
        (-1, 3, 4, b"s" * 16),
        (65536, 3, 4, b"s" * 7),
        (65536, 3, 4, b"s" * 65),
    ],
)
def test_costs_that_would_exhaust_us_or_are_unsound_are_unreasonable(
    memory_kib: int, iterations: int, lanes: int, salt: bytes
):
    assert not is_reasonable_cost(memory_kib, iterations, lanes, salt)
    assert is_reasonable_cost(65536, 3, 4, b"s" * 16)


# --- the file -----------------------------------------------------------------------------------


def test_an_identity_opens_again_with_its_passphrase(signer: Signer, path: Path):
    assert show_identity(path) == signer.person
    # The accent as another keyboard gives it.
    opened = unlock_identity(path, unicodedata.normalize("NFD", PASSPHRASE))
    assert opened == signer
    assert opened.seed() == signer.seed()


def test_a_new_identity_is_its_makers_alone(tmp_path: Path):
    path = tmp_path / "mine"
    person = create_identity(path, " Rosa  Quayle ", Role.OBSERVER, PASSPHRASE)
    assert person == Person("Rosa Quayle", Role.OBSERVER, person.fingerprint)
    assert show_identity(path) == person
    assert [one.name for one in tmp_path.iterdir()] == ["mine"]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_neither_key_nor_passphrase_stands_in_the_file(signer: Signer, saved: bytes):
    assert signer.seed() not in saved
    assert signer.seed().hex().encode() not in saved
    assert PASSPHRASE.encode() not in saved


def test_a_wrong_passphrase_is_told_from_damage(path: Path):
    assert reason_of(lambda: unlock_identity(path, PASSPHRASE + "e")) == "passphrase"


@pytest.mark.usefixtures("salts_by_chance")
def test_one_passphrase_over_two_files_has_different_salts(signer: Signer, tmp_path: Path):
    for name in ("one", "other"):
        save_identity(tmp_path / name, signer, PASSPHRASE)
    one, other = (json.loads((tmp_path / name).read_bytes()) for name in ("one", "other"))
    assert one["kdf"]["salt"] != other["kdf"]["salt"]
    assert one["key_check"] != other["key_check"]


def test_an_identity_is_never_written_over(path: Path, saved: bytes, signer: Signer):
    assert reason_of(lambda: save_identity(path, signer, PASSPHRASE)) == "taken"
    assert path.read_bytes() == saved
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a right on Windows")
def test_an_identity_is_not_written_through_a_link(tmp_path: Path, signer: Signer):
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    assert reason_of(lambda: save_identity(tmp_path / "link", signer, PASSPHRASE)) == "taken"
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, signer: Signer):
    path = tmp_path / "none" / "mine"
    assert reason_of(lambda: save_identity(path, signer, PASSPHRASE)) == "unwritable"


def test_a_failed_write_leaves_nothing_behind(
    tmp_path: Path, signer: Signer, monkeypatch: pytest.MonkeyPatch
):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert reason_of(lambda: save_identity(tmp_path / "mine", signer, PASSPHRASE)) == "unwritable"
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_not_there_is_said(tmp_path: Path):
    assert reason_of(lambda: show_identity(tmp_path / "none")) == "missing"


def test_a_folder_is_no_identity(tmp_path: Path):
    assert reason_of(lambda: show_identity(tmp_path)) == "unreadable"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"[" * 10000,
        b"\xff\xfe\x00",
        b'{"format": "another"}',
        b"x" * 20000,
    ],
)
def test_another_file_is_no_identity(data: bytes, tmp_path: Path):
    path = tmp_path / "other"
    path.write_bytes(data)
    assert reason_of(lambda: show_identity(path)) == "wrong-type"


def test_a_newer_version_is_said(path: Path, saved: bytes):
    path.write_bytes(json.dumps(json.loads(saved) | {"version": 2, "more": 1}).encode())
    assert reason_of(lambda: unlock_identity(path, PASSPHRASE)) == "newer"


def test_a_file_cut_off_anywhere_is_refused(path: Path, saved: bytes):
    for length in range(len(saved)):
        path.write_bytes(saved[:length])
        assert reason_of(lambda: show_identity(path)) in {"damaged", "wrong-type"}


def test_a_changed_byte_anywhere_is_refused_or_says_the_same(
    path: Path, saved: bytes, signer: Signer
):
    fields = json.loads(saved)
    for place in range(len(saved)):
        changed = bytearray(saved)
        changed[place] ^= 1
        path.write_bytes(changed)
        try:
            shown = show_identity(path)
        except IdentityError:
            continue
        # Only white space between the fields may differ.
        assert shown == signer.person
        assert json.loads(bytes(changed)) == fields


def flipped(value: Any) -> Any:
    """Give another value of the same kind."""
    if isinstance(value, int):
        return value + 1
    return value[:-1] + ("1" if value[-1] != "1" else "2")


def edits(fields: Fields) -> list[tuple[str, Fields]]:
    """Give each field changed, of another type, and left out; and one too many."""
    found: list[tuple[str, Fields]] = []

    def edit(where: str, change: Callable[[Fields], object]) -> None:
        edited = copy.deepcopy(fields)
        change(edited)
        found.append((where, edited))

    for inner in (False, True):
        for name in fields["kdf"] if inner else fields:

            def part(of: Fields, inner: bool = inner) -> Fields:
                return of["kdf"] if inner else of

            if inner or name != "kdf":
                edit(name, lambda f, n=name: part(f).update({n: flipped(part(f)[n])}))
            for wrong in (None, [], {}, 1.5, True, "", "\ud800", [[]]):
                edit(name, lambda f, n=name, w=wrong: part(f).update({n: w}))
            edit(name, lambda f, n=name: part(f).pop(n))
        edit("one too many", lambda f, i=inner: part(f, i).update({"more": 1}))
    return found


def test_every_edited_field_is_noticed_before_a_passphrase_is_asked_for(path: Path, saved: bytes):
    fields = json.loads(saved)
    several = edits(fields)
    assert {where for where, _ in several} >= fields.keys() | fields["kdf"].keys()
    for where, edited in several:
        path.write_text(json.dumps(edited), encoding="ascii")
        expected = {"format": "wrong-type", "version": "newer"}.get(where, "damaged")
        assert reason_of(lambda: show_identity(path)) in {expected, "damaged"}, where


def test_hex_digits_and_fields_written_in_another_way_are_refused(path: Path, saved: bytes):
    fields = json.loads(saved)
    upper = fields | {"signature": fields["signature"].upper()}
    spaced = fields | {"signature": fields["signature"][:2] + " " + fields["signature"][2:]}
    for edited in (upper, spaced):
        path.write_text(json.dumps(edited), encoding="ascii")
        assert reason_of(lambda: show_identity(path)) == "damaged"
    path.write_bytes(saved[:-1] + b', "role": "officer"}')
    assert reason_of(lambda: show_identity(path)) == "damaged"


def signed_anew(fields: Fields, key: Ed25519PrivateKey) -> bytes:
    """Sign an edited file as someone would who knows how it is made."""
    fields = {name: value for name, value in fields.items() if name != "signature"}
    fields["public_key"] = key.public_key().public_bytes_raw().hex()
    fields["signature"] = key.sign(canonical(fields)).hex()
    return json.dumps(fields).encode()


def test_a_file_signed_anew_by_another_shows_another_fingerprint_and_does_not_open(
    path: Path, saved: bytes, signer: Signer
):
    path.write_bytes(
        signed_anew(json.loads(saved) | {"role": "officer"}, Ed25519PrivateKey.generate())
    )
    assert show_identity(path).fingerprint != signer.fingerprint
    assert reason_of(lambda: unlock_identity(path, PASSPHRASE)) == "damaged"


def test_an_edit_signed_with_the_persons_own_key_does_not_open_either(
    path: Path, saved: bytes, signer: Signer
):
    path.write_bytes(signed_anew(json.loads(saved) | {"name": "Tomos Prys-Jones"}, signer._key))
    assert show_identity(path).name == "Tomos Prys-Jones"
    assert reason_of(lambda: unlock_identity(path, PASSPHRASE)) == "damaged"


@pytest.mark.parametrize(
    "absurd",
    [
        {"memory_kib": 100 * 1024 * 1024},
        {"iterations": 10**6},
        {"lanes": 10**6},
        {"memory_kib": 8},
        {"salt": ""},
    ],
)
def test_a_hostile_file_cannot_take_the_machine(
    path: Path, saved: bytes, signer: Signer, absurd: Fields
):
    fields = json.loads(saved)
    fields["kdf"] |= absurd
    path.write_bytes(signed_anew(fields, signer._key))
    assert reason_of(lambda: unlock_identity(path, PASSPHRASE)) == "damaged"


def test_an_error_survives_the_way_between_processes():
    error = pickle.loads(pickle.dumps(IdentityError("It is not there.", "missing")))
    assert (error.user_message, error.reason, error.exit_code) == ("It is not there.", "missing", 3)

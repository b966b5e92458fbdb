"""Who a person is to a case: an Ed25519 key (RFC 8032) in a file of its own, under a passphrase.

The file is one JSON object. Its public part, name, role, public key and how the passphrase is
used, stands open. The private key is sealed with AES-256-GCM under a key drawn out of the
passphrase, with all the open part as associated data. A check of that key tells a wrong passphrase
from a damaged file, and a signature by the person's own key covers the whole, so that a changed
letter is noticed even before a passphrase is asked for.

A file whose public key was exchanged and signed anew is another identity and has another
fingerprint. That is why people are introduced to a case by fingerprint.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from redactor.canonical import canonical
from redactor.case.new_file import write_new
from redactor.case.passphrase import (
    ITERATIONS,
    LANES,
    MEMORY_KIB,
    SALT_BYTES,
    derive_key,
    is_reasonable_cost,
    require_passphrase,
)
from redactor.case.signing import (
    Signer,
    fingerprint_of,
    grouped,
    is_signed_by,
    new_signer,
    parse_fingerprint,
    require_name,
    signer_of_seed,
)
from redactor.errors import IdentityError, UsageError
from redactor.model import Person, Role

__all__ = [
    "Signer",
    "create_identity",
    "fingerprint_of",
    "grouped",
    "is_signed_by",
    "new_signer",
    "parse_fingerprint",
    "require_name",
    "save_identity",
    "show_identity",
    "signer_of_seed",
    "unlock_identity",
]

_FORMAT = "redactor-identity"
_VERSION = 1
_KEY_BYTES = 32
_NONCE_BYTES = 12  # NIST SP 800-38D, section 8.2: 96 bits
_LARGEST_FILE = 16 * 1024

#: The fields of the file: what the private key is sealed with, and all of it.
_OPEN = ("format", "version", "name", "role", "public_key", "kdf", "key_check")
_ALL = {*_OPEN, "nonce", "sealed_key", "signature"}
_KDF = {"name", "memory_kib", "iterations", "lanes", "salt"}


def create_identity(path: Path, name: str, role: Role, passphrase: str) -> Person:
    """Make an identity and save it; gives its public part.

    Raises:
        IdentityError: there is a file of this name already, or it could not be written.
        UsageError: the name or the passphrase will not do.
    """
    signer = new_signer(name, role)
    save_identity(path, signer, passphrase)
    return signer.person


def save_identity(path: Path, signer: Signer, passphrase: str) -> None:
    """Save an identity in a new file, sealed with a passphrase.

    Raises:
        IdentityError: there is a file of this name already, or it could not be written.
        UsageError: the passphrase will not do.
    """
    passphrase = require_passphrase(passphrase)
    fields = json.dumps(_sealed(signer, passphrase), indent=1, ensure_ascii=False)
    try:
        write_new(path, fields.encode("utf-8"))
    except FileExistsError:
        raise IdentityError(
            f"{path.name} is there already. Nothing was written. Choose another name.", "taken"
        ) from None
    except OSError:
        raise IdentityError(
            f"{path.name} could not be written: no such folder, no permission, or no room. "
            "No identity was kept. Choose another folder.",
            "unwritable",
        ) from None


def show_identity(path: Path) -> Person:
    """Give the public part of an identity file; that needs no passphrase.

    Raises:
        IdentityError: it is missing, no identity file, damaged, or of a newer version.
    """
    return _read(path).person


def unlock_identity(path: Path, passphrase: str) -> Signer:
    """Open an identity with its passphrase.

    Raises:
        IdentityError: as for ``show_identity``, or the passphrase is wrong.
        UsageError: the passphrase holds what is no character.
    """
    file = _read(path)
    key, check = _keys(passphrase, file.kdf)
    if not secrets.compare_digest(check, file.key_check):
        raise IdentityError(
            f"The passphrase does not open {path.name}. Nothing was opened. "
            "Check capital letters and the keyboard's language, and try again.",
            "passphrase",
        )
    try:
        seed = AESGCM(key).decrypt(file.nonce, file.sealed_key, file.open_part)
        signer = signer_of_seed(file.person.name, file.person.role, seed)
    except (InvalidTag, ValueError):
        raise _damaged(path) from None
    if signer.public_key != file.public_key:
        raise _damaged(path)
    return signer


@dataclass(frozen=True, slots=True)
class _Kdf:
    """How the passphrase is used."""

    memory_kib: int
    iterations: int
    lanes: int
    salt: bytes


@dataclass(frozen=True, slots=True)
class _IdentityFile:
    """What an identity file holds, once it is known to be whole."""

    person: Person
    public_key: bytes
    kdf: _Kdf
    key_check: bytes
    nonce: bytes
    sealed_key: bytes = field(repr=False)
    open_part: bytes = field(repr=False)


def _sealed(signer: Signer, passphrase: str) -> dict[str, Any]:
    """Give the fields of the file."""
    kdf = _Kdf(MEMORY_KIB, ITERATIONS, LANES, secrets.token_bytes(SALT_BYTES))
    key, check = _keys(passphrase, kdf)
    fields: dict[str, Any] = {
        "format": _FORMAT,
        "version": _VERSION,
        "name": signer.name,
        "role": signer.role.value,
        "public_key": signer.public_key.hex(),
        "kdf": {
            "name": "argon2id",
            "memory_kib": kdf.memory_kib,
            "iterations": kdf.iterations,
            "lanes": kdf.lanes,
            "salt": kdf.salt.hex(),
        },
        "key_check": check.hex(),
    }
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed_key = AESGCM(key).encrypt(nonce, signer.seed(), _open_part(fields))
    fields |= {"nonce": nonce.hex(), "sealed_key": sealed_key.hex()}
    fields["signature"] = signer.sign(_signed_part(fields)).hex()
    return fields


def _keys(passphrase: str, kdf: _Kdf) -> tuple[bytes, bytes]:
    """Draw two values out of a passphrase: the key that seals, and the check kept in the file."""
    drawn = derive_key(
        passphrase,
        kdf.salt,
        memory_kib=kdf.memory_kib,
        iterations=kdf.iterations,
        lanes=kdf.lanes,
        length=2 * _KEY_BYTES,
    )
    check = hashlib.sha256(b"redactor-identity-key-check" + drawn[_KEY_BYTES:]).digest()
    return drawn[:_KEY_BYTES], check


def _open_part(fields: dict[str, Any]) -> bytes:
    return canonical({name: fields[name] for name in _OPEN})


def _signed_part(fields: dict[str, Any]) -> bytes:
    return canonical({name: value for name, value in fields.items() if name != "signature"})


# --- reading ------------------------------------------------------------------------------------


def _read(path: Path) -> _IdentityFile:
    """Read an identity file, and see that it is whole."""
    fields = _fields(path)
    try:
        file = _understood(fields)
    except (TypeError, ValueError, RecursionError, UsageError):
        raise _damaged(path) from None
    cost = file.kdf
    if not is_reasonable_cost(cost.memory_kib, cost.iterations, cost.lanes, cost.salt):
        raise IdentityError(
            f"{path.name} asks for more memory or time than an identity needs, or for too little. "
            "Nothing was opened. Restore it from a copy.",
            "damaged",
        )
    return file


def _fields(path: Path) -> dict[str, Any]:
    """Give the fields of a file that says it is an identity of a version known here."""
    raw = _bytes_of(path)
    try:
        fields = json.loads(raw.decode("utf-8"), object_pairs_hook=_once_each)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or fields.get("format") != _FORMAT:
        raise _damaged(path) if f'"{_FORMAT}"'.encode() in raw else _not_an_identity(path)
    version = fields.get("version")
    if type(version) is int and version > _VERSION:
        raise IdentityError(
            f"{path.name} was made by a newer version of Redactor. Nothing was opened. "
            "Install the newer version to open it.",
            "newer",
        )
    return fields


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        raise IdentityError(
            f"{path.name} is not there. Nothing was opened. "
            "Check the folder, or make an identity with `redactor identity new`.",
            "missing",
        ) from None
    except OSError:
        raise IdentityError(
            f"{path.name} cannot be read. It may be a folder, or you may not have permission. "
            "Nothing was opened. Choose your identity file.",
            "unreadable",
        ) from None
    if len(raw) > _LARGEST_FILE:
        raise _not_an_identity(path)
    return raw


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its fields; two of one name could be read in two ways."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a field stands twice")
    return fields


def _understood(fields: dict[str, Any]) -> _IdentityFile:
    """Take the fields for what they are.

    Raises:
        TypeError, ValueError, UsageError: they are not as they were written.
    """
    _see(fields.keys() == _ALL)
    kdf: Any = fields["kdf"]
    _see(isinstance(kdf, dict) and kdf.keys() == _KDF)
    _see(type(fields["version"]) is int and fields["version"] == _VERSION)
    _see(kdf["name"] == "argon2id")
    _see(all(type(kdf[name]) is int for name in ("memory_kib", "iterations", "lanes")))
    _see(require_name(fields["name"]) == fields["name"])
    public_key = _unhex(fields["public_key"])
    _see(is_signed_by(public_key, _signed_part(fields), _unhex(fields["signature"])))
    return _IdentityFile(
        Person(fields["name"], Role(fields["role"]), fingerprint_of(public_key)),
        public_key,
        _Kdf(kdf["memory_kib"], kdf["iterations"], kdf["lanes"], _unhex(kdf["salt"])),
        _unhex(fields["key_check"]),
        _unhex(fields["nonce"]),
        _unhex(fields["sealed_key"]),
        _open_part(fields),
    )


def _see(as_written: bool) -> None:
    if not as_written:
        raise ValueError("not as it was written")


def _unhex(text: str) -> bytes:
    """Read hex digits in the one form in which they are written."""
    value = bytes.fromhex(text)
    _see(value.hex() == text)
    return value


# --- what went wrong ----------------------------------------------------------------------------


def _not_an_identity(path: Path) -> IdentityError:
    return IdentityError(
        f"{path.name} is not an identity file of Redactor. Nothing was opened. "
        "Choose the file that was made for you as an identity.",
        "wrong-type",
    )


def _damaged(path: Path) -> IdentityError:
    return IdentityError(
        f"{path.name} is damaged, or was changed after it was made. Nothing was opened. "
        "Restore it from a copy.",
        "damaged",
    )

"""A file of its own under a passphrase: what a site's lists are kept and carried in.

It is one JSON object, made as an identity is (``redactor.case.identity``): how the passphrase is
used stands open, and the content is sealed with AES-256-GCM under a key drawn out of the passphrase
with Argon2id, the open part as associated data. A check of the key tells a wrong passphrase from a
damaged file. It is written beside and put in its place, whole or not at all.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from redactor.canonical import canonical
from redactor.case.new_file import put_in_place, write_new
from redactor.case.passphrase import (
    ITERATIONS,
    LANES,
    MEMORY_KIB,
    SALT_BYTES,
    derive_key,
    is_reasonable_cost,
    require_passphrase,
)
from redactor.errors import ListsError

_FORMAT = "redactor-lists"
_VERSION = 1
_KEY_BYTES = 32
_NONCE_BYTES = 12  # NIST SP 800-38D, section 8.2: 96 bits
_LARGEST_FILE = 64 * 1024 * 1024
_OPEN = ("format", "version", "kdf", "key_check")
_ALL = {*_OPEN, "nonce", "sealed"}
_KDF = {"name", "memory_kib", "iterations", "lanes", "salt"}


def write_sealed(path: Path, content: bytes, passphrase: str, *, replacing: bool) -> None:
    """Seal something under a passphrase, in a new file or in place of the one that is there.

    Raises:
        ListsError: the name is taken and nothing was to be replaced, or it cannot be written.
        UsageError: the passphrase will not do.
    """
    written = _sealed(content, require_passphrase(passphrase))
    try:
        (put_in_place if replacing else write_new)(path, written)
    except FileExistsError:
        raise ListsError(
            f"{path.name} is there already. Nothing was written. Choose another name.", "taken"
        ) from None
    except OSError:
        raise ListsError(
            f"{path.name} could not be written: no such folder, no permission, or no room. "
            "Nothing was changed. Choose another folder, or make room.",
            "unwritable",
        ) from None


def read_sealed(path: Path, passphrase: str) -> bytes:
    """Open what ``write_sealed`` wrote.

    Raises:
        ListsError: it is missing, no file of lists, damaged or of a newer version, or the
            passphrase is another one.
        UsageError: the passphrase holds what is no character.
    """
    fields = _fields(path)
    try:
        kdf, nonce, sealed = fields["kdf"], _unhex(fields["nonce"]), fields["sealed"]
        untrusted, salt = base64.b64decode(sealed, validate=True), _unhex(kdf["salt"])
        costs = {name: kdf[name] for name in ("memory_kib", "iterations", "lanes")}
        sound = (
            fields.keys() == _ALL
            and kdf.keys() == _KDF
            and kdf["name"] == "argon2id"
            and all(type(one) is int for one in costs.values())
            and is_reasonable_cost(salt=salt, **costs)
        )
        check = _unhex(fields["key_check"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _damaged(path) from None
    if not sound:
        raise _damaged(path)
    key, known = _keys(passphrase, salt, costs)
    if not secrets.compare_digest(known, check):
        raise ListsError(
            f"The passphrase does not open {path.name}. Nothing was opened. "
            "Check capital letters and the keyboard's language, and try again.",
            "passphrase",
        )
    try:
        return AESGCM(key).decrypt(nonce, untrusted, _open_part(fields))
    except (InvalidTag, ValueError):
        raise _damaged(path) from None


def _sealed(content: bytes, passphrase: str) -> bytes:
    salt = secrets.token_bytes(SALT_BYTES)
    costs = {"memory_kib": MEMORY_KIB, "iterations": ITERATIONS, "lanes": LANES}
    key, check = _keys(passphrase, salt, costs)
    fields: dict[str, Any] = {
        "format": _FORMAT,
        "version": _VERSION,
        "kdf": {"name": "argon2id", **costs, "salt": salt.hex()},
        "key_check": check.hex(),
    }
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, content, _open_part(fields))
    fields |= {"nonce": nonce.hex(), "sealed": base64.b64encode(sealed).decode("ascii")}
    return json.dumps(fields, indent=1).encode("utf-8")


def _keys(passphrase: str, salt: bytes, costs: dict[str, int]) -> tuple[bytes, bytes]:
    """Draw two values out of a passphrase: the key that seals, and the check kept in the file."""
    drawn = derive_key(
        passphrase,
        salt,
        memory_kib=costs["memory_kib"],
        iterations=costs["iterations"],
        lanes=costs["lanes"],
        length=2 * _KEY_BYTES,
    )
    check = hashlib.sha256(b"redactor-lists-key-check" + drawn[_KEY_BYTES:]).digest()
    return drawn[:_KEY_BYTES], check


def _open_part(fields: dict[str, Any]) -> bytes:
    return canonical({name: fields[name] for name in _OPEN})


def _fields(path: Path) -> dict[str, Any]:
    raw = _bytes_of(path)
    try:
        fields = json.loads(raw)
    except (ValueError, RecursionError):
        raise _damaged(path) if raw.lstrip().startswith(_BEGINS) else _not_lists(path) from None
    if not isinstance(fields, dict) or fields.get("format") != _FORMAT:
        raise _not_lists(path)
    version = fields.get("version")
    if type(version) is int and version > _VERSION:
        raise ListsError(
            f"{path.name} was made by a newer version of Redactor. Nothing was opened. "
            "Install the newer version to open it.",
            "newer",
        )
    if version != _VERSION:
        raise _damaged(path)
    return fields


#: How every file of lists begins, so that one that was cut off is still known for what it was.
_BEGINS = b'{\n "format": "redactor-lists"'


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        raise ListsError(
            f"{path.name} is not there. Nothing was opened. Check the folder, or make the lists "
            "with `redactor lists new`.",
            "missing",
        ) from None
    except OSError:
        raise ListsError(
            f"{path.name} cannot be read. It may be a folder, or you may not have permission. "
            "Nothing was opened. Choose a file of lists.",
            "unreadable",
        ) from None
    if len(raw) > _LARGEST_FILE:
        raise _not_lists(path)
    return raw


def _unhex(text: str) -> bytes:
    value = bytes.fromhex(text)
    if value.hex() != text:
        raise ValueError("not as it was written")
    return value


def _not_lists(path: Path) -> ListsError:
    return ListsError(
        f"{path.name} is not a file of lists of Redactor. Nothing was opened. "
        "Choose a file whose name ends in .redactor-lists.",
        "wrong-type",
    )


def _damaged(path: Path) -> ListsError:
    return ListsError(
        f"{path.name} is damaged or cut off, or was changed after it was made. Nothing was opened. "
        "Restore it from a copy.",
        "damaged",
    )

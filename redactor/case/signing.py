"""Keys that sign, the fingerprints that stand for them, and the names that go with them.

The signatures are Ed25519 (RFC 8032). Nothing here touches the disk.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from redactor.errors import UsageError
from redactor.model import Person, Role

_SHORTEST_NAME, _LONGEST_NAME = 2, 80
_FINGERPRINT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Signer:
    """An unlocked identity. It is held in memory only, and shows nothing of its private key."""

    person: Person
    public_key: bytes
    _key: Ed25519PrivateKey = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """Give the person's name."""
        return self.person.name

    @property
    def role(self) -> Role:
        """Give the person's role."""
        return self.person.role

    @property
    def fingerprint(self) -> str:
        """Give the fingerprint of the public key."""
        return self.person.fingerprint

    def sign(self, message: bytes) -> bytes:
        """Sign a message; the signature has 64 bytes."""
        return self._key.sign(message)

    def seed(self) -> bytes:
        """Give the private key, 32 bytes, to be sealed at once and kept nowhere else."""
        return self._key.private_bytes_raw()


def new_signer(name: str, role: Role) -> Signer:
    """Make an identity with a new key; nothing is on disk until it is saved.

    Raises:
        UsageError: that cannot be a name.
    """
    return _signer(require_name(name), role, Ed25519PrivateKey.generate())


def signer_of_seed(name: str, role: Role, seed: bytes) -> Signer:
    """Make the identity whose private key this is.

    Raises:
        UsageError: that cannot be a name.
        ValueError: a private key has 32 bytes.
    """
    return _signer(require_name(name), role, Ed25519PrivateKey.from_private_bytes(seed))


def require_name(text: str) -> str:
    """Give a person's name as it is kept: NFC, with single spaces.

    Raises:
        UsageError: it is too short or too long, or holds characters that cannot be seen.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not _SHORTEST_NAME <= len(name) <= _LONGEST_NAME:
        raise UsageError(
            f"A person's name has {_SHORTEST_NAME} to {_LONGEST_NAME} characters. "
            "Nothing was written. Give the name by which colleagues know the person."
        )
    # Control and format characters could make one name look like another (Unicode TR 36).
    if any(unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs"} for character in name):
        raise UsageError(
            "The name holds a character that cannot be seen. Nothing was written. Type it again."
        )
    return name


def fingerprint_of(public_key: bytes) -> str:
    """Give the fingerprint of a public key: the first 40 hex digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:40]


def parse_fingerprint(text: str) -> str:
    """Read a fingerprint as a person writes it: spaces, hyphens, colons and capitals are allowed.

    Raises:
        UsageError: it is not a fingerprint.
    """
    fingerprint = re.sub(r"[\s:-]", "", text).lower()
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise UsageError(
            "That is not a fingerprint: it has 40 digits, each 0 to 9 or a to f. Nothing was "
            "changed. Copy it whole from what `redactor identity show` prints."
        )
    return fingerprint


def grouped(fingerprint: str) -> str:
    """Give a fingerprint in groups of four, as people compare it."""
    return " ".join(re.findall(".{1,4}", fingerprint))


def is_signed_by(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature over a message is by this key; no key of Ed25519 signed nothing."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _signer(name: str, role: Role, key: Ed25519PrivateKey) -> Signer:
    public_key = key.public_key().public_bytes_raw()
    return Signer(Person(name, role, fingerprint_of(public_key)), public_key, key)

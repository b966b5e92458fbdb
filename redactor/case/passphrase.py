"""Passphrases: what is good enough to be one, and the key that is drawn out of it.

The function is Argon2id, and the costs are the second recommended option of RFC 9106, section 4:
64 MiB, three passes, four lanes, a salt of 128 bits. It costs a person a fraction of a second and
someone who guesses as much for each guess.
"""

from __future__ import annotations

import unicodedata

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from redactor.errors import UsageError

MEMORY_KIB = 64 * 1024
ITERATIONS = 3
LANES = 4
SALT_BYTES = 16

#: The fewest characters of a new passphrase (NIST SP 800-63B, section 5.1.1.2: at least eight).
SHORTEST = 8
#: Long enough for any sentence; a file named by mistake is longer.
LONGEST = 1024

#: What a file may ask of us. A hostile one must not make us take the whole machine.
_MOST_MEMORY_KIB = 512 * 1024
_MOST_ITERATIONS = 16
_MOST_LANES = 16
_LEAST_MEMORY_A_LANE_KIB = 8  # RFC 9106, section 3.1: at least 8 KiB for each lane
_SALT_LENGTHS = range(8, 65)


def require_passphrase(text: str) -> str:
    """Give a new passphrase in the one form in which it is used, Unicode's NFC.

    Raises:
        UsageError: it is too short or too long, or holds nothing but white space.
    """
    passphrase = unicodedata.normalize("NFC", text)
    if len(passphrase) < SHORTEST or not passphrase.strip():
        raise UsageError(
            f"The passphrase is too short: it needs at least {SHORTEST} characters. Nothing was "
            "written. Choose a longer one; four or five words that do not belong together are good."
        )
    if len(passphrase) > LONGEST:
        raise UsageError(
            f"The passphrase is longer than {LONGEST} characters. Nothing was written. "
            "Check that the right file was named, or choose a shorter one."
        )
    _as_bytes(passphrase)
    return passphrase


def is_reasonable_cost(memory_kib: int, iterations: int, lanes: int, salt: bytes) -> bool:
    """Tell whether costs and salt read from a file are sound, and not meant to exhaust us."""
    return (
        1 <= lanes <= _MOST_LANES
        and 1 <= iterations <= _MOST_ITERATIONS
        and lanes * _LEAST_MEMORY_A_LANE_KIB <= memory_kib <= _MOST_MEMORY_KIB
        and len(salt) in _SALT_LENGTHS
    )


def derive_key(
    passphrase: str, salt: bytes, *, memory_kib: int, iterations: int, lanes: int, length: int = 32
) -> bytes:
    """Draw a key out of a passphrase with Argon2id (RFC 9106).

    The passphrase is taken in NFC: an accented letter is the same from every keyboard.

    Args:
        salt: random, and kept beside what the key protects.
        memory_kib, iterations, lanes: the costs; those of a file are first to be held against
            ``is_reasonable_cost``.
        length: of the key, in bytes.

    Raises:
        UsageError: the passphrase holds what is no character.
    """
    function = Argon2id(
        salt=salt, length=length, iterations=iterations, lanes=lanes, memory_cost=memory_kib
    )
    return function.derive(_as_bytes(unicodedata.normalize("NFC", passphrase)))


def _as_bytes(passphrase: str) -> bytes:
    """Give the bytes of a passphrase. It is looked at first: Python's own error would quote it."""
    if any(unicodedata.category(character) == "Cs" for character in passphrase):
        raise UsageError(
            "The passphrase holds a character that cannot be read as text. Nothing was written or "
            "opened. Type it again, or save its file as UTF-8."
        )
    return passphrase.encode("utf-8")

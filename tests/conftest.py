"""What holds for every test."""

from __future__ import annotations

import functools
import os
import secrets
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis import settings

from redactor.case import identity, sealed_file, vault
from redactor.case.passphrase import SALT_BYTES, derive_key
from redactor.workers import Lane

# The suite gives the same answer every time it runs. To search for new examples, run it with
# REDACTOR_SEARCH=1; what that finds becomes a test of its own.
settings.register_profile("same-every-time", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=1000, deadline=None)
settings.load_profile("search" if os.environ.get("REDACTOR_SEARCH") else "same-every-time")

# Word documents become PDFs in the same way wherever the suite runs. What LibreOffice does where it
# is installed has tests of its own, which switch it on.
os.environ["REDACTOR_LIBREOFFICE"] = "off"


def _salt_or_nonce(size: int) -> bytes:
    """Give the same salt each time, and every nonce by chance: it must never come again."""
    return bytes(size) if size == SALT_BYTES else secrets.token_bytes(size)


#: The modules that draw keys out of a passphrase and a salt, and where each has its salts from. A
#: case file needs nothing else by chance; an identity and a file of lists need nonces.
_DRAWING = ((identity, _salt_or_nonce), (sealed_file, _salt_or_nonce), (vault, bytes))


@pytest.fixture(scope="session", autouse=True)
def _keys_are_drawn_once() -> Iterator[None]:
    """Keep the keys that were drawn, and give every new file under a passphrase one salt.

    A key costs Argon2id 0.4 s of CPU time, and is the same each time: of the same passphrase, salt
    and costs. Whatever is opened in another process draws its own.
    """
    drawn = functools.cache(derive_key)
    with pytest.MonkeyPatch.context() as patch:
        for module, salt in _DRAWING:
            salts = SimpleNamespace(token_bytes=salt, compare_digest=secrets.compare_digest)
            patch.setattr(module, "derive_key", drawn)
            patch.setattr(module, "secrets", salts)
        yield


@pytest.fixture
def salts_by_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every new file under a passphrase have a salt of its own, as outside the tests."""
    for module, _ in _DRAWING:
        monkeypatch.setattr(module, "secrets", secrets)


@pytest.fixture(scope="session")
def lane() -> Iterator[Lane]:
    """Give one worker for all tests: to start it, and load what reads, takes it seconds.

    A test of what a worker starts with, or says on its standard error, makes a lane of its own.
    """
    with Lane() as made:
        yield made

"""The release that the tests of its certificate hold against it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.release.certified import SAMPLE


@pytest.fixture(scope="package")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return SAMPLE.write(tmp_path_factory.mktemp("good") / "release")


@pytest.fixture
def folder(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "release"))

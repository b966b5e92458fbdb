"""What holds for the tests of commands, and of the public functions behind them."""

from __future__ import annotations

import contextlib
import os
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

import redactor.cli
from redactor.workers import Lane


@pytest.fixture(scope="package", autouse=True)
def _commands_share_a_worker(lane: Lane) -> Iterator[None]:
    """Let commands that are called in this process use the worker of all tests.

    Each would start one for itself, which takes seconds and is no other. A command that is called
    with other settings, or as a program, still has its own; and what proves a release is always
    done in a worker that opened nothing before.
    """
    settings = _settings()

    def lane_of_a_command(*arguments: Any) -> contextlib.AbstractContextManager[Lane]:
        is_as_usual = not arguments and _settings() == settings
        return contextlib.nullcontext(lane) if is_as_usual else Lane(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        for found in pkgutil.iter_modules(redactor.cli.__path__, "redactor.cli."):
            module = import_module(found.name)
            if getattr(module, "Lane", None) is Lane:
                patch.setattr(module, "Lane", lane_of_a_command)
        yield


def _settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith("REDACTOR_")}

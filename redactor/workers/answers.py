"""Read what a worker sends, and make nothing of it but plain values of our own.

A worker parses hostile documents. Should one take it over, what it sends must not run anything in
the program that holds the key of the case. The pipe's own reading would: it calls whatever is
named. Here only our own values, errors and enumerations are made, and no other name is looked up.
"""

from __future__ import annotations

import dataclasses
import enum
import io
import pickle  # noqa: TID251 - restricted below to classes of values
from collections.abc import Callable
from typing import Any

from redactor.errors import BugError, Cancelled, RedactorError

#: What Python's own values need besides, none of which does anything.
_PLAIN = frozenset({("builtins", "set"), ("builtins", "frozenset"), ("collections", "Counter")})
#: Our own functions that make a value out of its parts.
_MAKERS = frozenset({("redactor.jobs.reading", "_segment_batch")})


def read_answer(message: bytes) -> Any:
    """Make the value that a worker sent.

    Raises:
        BugError: it is made of anything but values.
    """
    try:
        return _Reader(io.BytesIO(message)).load()
    except BugError:
        raise
    except Exception:  # noqa: BLE001 - whatever it raises, it is no answer
        raise BugError("A worker gave an answer that is not understood.") from None


class _Reader(pickle.Unpickler):
    """Makes values and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Give a class by its name, if it is one of a value."""
        if (module, name) in _PLAIN:
            return _only_called(super().find_class(module, name))
        if module.split(".", maxsplit=1)[0] == "redactor":
            found = super().find_class(module, name)
            if (module, name) in _MAKERS or (
                isinstance(found, type) and issubclass(found, enum.Enum)
            ):
                return _only_called(found)
            if _is_value(found):
                return found
        raise BugError("A worker gave an answer that is not understood.")


def _only_called(found: Callable[..., Any]) -> Callable[..., Any]:
    """Give what calls a class or a function, and no way to it: an answer may set attributes too."""

    def made(*arguments: Any) -> Any:
        return found(*arguments)

    return made


def _is_value(found: object) -> bool:
    """Say whether this is a class of values whose own ``__setstate__`` guards it.

    Where a class has none, pickle sets attributes on whatever it is told to, the class included: a
    worker could put its own in the place of our methods. Frozen dataclasses with slots have one,
    and so have exceptions; called without an instance, it raises.
    """
    return isinstance(found, type) and (
        (dataclasses.is_dataclass(found) and "__setstate__" in vars(found))
        or issubclass(found, (RedactorError, Cancelled))
    )

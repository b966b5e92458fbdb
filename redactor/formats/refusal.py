"""Let no exception but ours leave a format, whatever the bytes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from redactor.errors import Cancelled, RedactorError, UnreadableDocument

_log = logging.getLogger(__name__)


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Turn whatever a hostile file provokes into one refusal that holds no text of the file.

    Raises:
        UnreadableDocument: instead of any other exception.
        Cancelled: the person asked to stop.
    """
    try:
        yield
    except (RedactorError, Cancelled):
        raise
    except MemoryError:
        raise UnreadableDocument(
            "The file is too large for this computer's memory.",
            "Split it into smaller files and add those.",
            "too-large",
        ) from None
    except Exception as problem:  # noqa: BLE001 - the file is hostile and the libraries many
        _log.warning("a reader gave up: %s", type(problem).__name__)
        raise UnreadableDocument(
            "The file is damaged in a way its reader could not make sense of.",
            "Open it in its own program, save it again, and add that.",
            "damaged",
        ) from None

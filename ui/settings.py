"""What is remembered between starts: the identity file, the last cases, how the window stands."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from redactor.case.backup import backup_path
from redactor.config import site_lists_path

_MOST_RECENT = 6


@dataclass(frozen=True, slots=True)
class RecentCase:
    """A case that was opened, and when (ISO form, UTC)."""

    path: Path
    at: str


class Settings:
    """The person's own settings. They hold no name, no reference and nothing of a case."""

    def __init__(self) -> None:
        self._kept = QSettings(
            QSettings.defaultFormat(), QSettings.Scope.UserScope, "Redactor", "Redactor"
        )

    @property
    def identity(self) -> Path | None:
        """Give the identity file that was used last; None before there was one."""
        kept = str(self._kept.value("person/identity", ""))
        return Path(kept) if kept else None

    @identity.setter
    def identity(self, path: Path) -> None:
        self._kept.setValue("person/identity", str(path))

    @property
    def site_lists(self) -> Path:
        """Give the file of the authority's lists that was adopted last, or the usual one."""
        kept = str(self._kept.value("lists/adopted", ""))
        return Path(kept) if kept else site_lists_path()

    @site_lists.setter
    def site_lists(self, path: Path) -> None:
        self._kept.setValue("lists/adopted", str(path))

    @property
    def clears_clipboard(self) -> bool:
        """Say whether what was copied out of a case goes when it is closed; at first it does."""
        return str(self._kept.value("case/clear-clipboard", "true")) == "true"

    @clears_clipboard.setter
    def clears_clipboard(self, on: bool) -> None:
        self._kept.setValue("case/clear-clipboard", "true" if on else "false")

    @property
    def recent(self) -> tuple[RecentCase, ...]:
        """Give the cases opened last that are there, or have a backup, the latest first."""
        return tuple(
            one for one in self._recent() if one.path.is_file() or backup_path(one.path).is_file()
        )

    def opened(self, path: Path) -> None:
        """Remember that a case was opened now."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        others = [one for one in self._recent() if one.path != path]
        self._remember([RecentCase(path, now), *others][:_MOST_RECENT])

    def forget(self, path: Path) -> None:
        """List a case no longer among those opened last."""
        self._remember([one for one in self._recent() if one.path != path])

    def load(self, name: str) -> QByteArray:
        """Give the kept shape of a part of the window."""
        value = self._kept.value(f"window/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep(self, name: str, shape: QByteArray) -> None:
        """Keep the shape of a part of the window."""
        self._kept.setValue(f"window/{name}", shape)

    def _recent(self) -> list[RecentCase]:
        try:
            kept = json.loads(str(self._kept.value("cases/opened", "[]")))
            return [RecentCase(Path(path), str(at)) for path, at in kept]
        except (ValueError, TypeError):  # an earlier version's, or written by another hand
            return []

    def _remember(self, cases: Sequence[RecentCase]) -> None:
        self._kept.setValue("cases/opened", json.dumps([[str(one.path), one.at] for one in cases]))

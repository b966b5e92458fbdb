"""What is remembered between starts: the person's name, the last cases, how the window stands."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_MOST_RECENT = 6


class Settings:
    """The person's own settings."""

    def __init__(self) -> None:
        self._kept = QSettings(
            QSettings.defaultFormat(), QSettings.Scope.UserScope, "Redactor", "Redactor"
        )

    @property
    def name(self) -> str:
        """Give the name that decisions are recorded with; empty before it was asked for."""
        return str(self._kept.value("person/name", ""))

    @name.setter
    def name(self, name: str) -> None:
        self._kept.setValue("person/name", name)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Give the cases opened last that are still there, the latest first."""
        return tuple(path for path in map(Path, self._recent()) if path.is_file())

    def opened(self, path: Path) -> None:
        """Remember that a case was opened."""
        others = [each for each in self._recent() if each != str(path)]
        self._kept.setValue("cases/recent", "\n".join([str(path), *others][:_MOST_RECENT]))

    def _recent(self) -> list[str]:
        return [each for each in str(self._kept.value("cases/recent", "")).split("\n") if each]

    def load(self, name: str) -> QByteArray:
        """Give the kept shape of a part of the window."""
        value = self._kept.value(f"window/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep(self, name: str, shape: QByteArray) -> None:
        """Keep the shape of a part of the window."""
        self._kept.setValue(f"window/{name}", shape)

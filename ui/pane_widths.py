"""The widths of the panes side by side on a page, kept from one start to the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QSplitter

from ui.settings import Settings


class PageOfPanes(Protocol):
    """A page with panes side by side."""

    splitter: QSplitter

    def restore_panes(self, shape: QByteArray) -> None:
        """Give the panes the widths that were kept, or good ones."""


class PaneWidths:
    """Shares the width of pages between their panes, once, and keeps how a person left it.

    Args:
        pages: the pages, by the name of the setting.
    """

    def __init__(self, settings: Settings, pages: Mapping[str, PageOfPanes]) -> None:
        self._settings = settings
        self._pages = pages
        self._restored = False

    def restore(self) -> None:
        """Share the width, when the pages are first seen; later this changes nothing."""
        if self._restored:
            return
        self._restored = True
        for name, page in self._pages.items():
            page.restore_panes(self._settings.load(name))

    def keep(self) -> None:
        """Keep the widths for the next start, unless no case was opened at all."""
        if not self._restored:
            return
        for name, page in self._pages.items():
            self._settings.keep(name, page.splitter.saveState())

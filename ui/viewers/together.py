"""Two viewers that are scrolled together: what one shows at its top, the other shows, too.

Viewers of different kinds (a Word document and the PDF that it is released as) cannot name one
another's places; they are kept at the same share of their length.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from shiboken6 import isValid

from redactor.model import Target
from ui.viewers.base import Viewer


class Together(QObject):
    """Ties a viewer of a source and one of its release. Whichever a person moves leads."""

    def __init__(self, source: Viewer, release: Viewer, *, on: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._source, self._release = source, release
        self._leader = source
        self._on = on
        self._busy = False
        self._target: Target | None = None
        for viewer in (source, release):
            viewer.moved.connect(lambda one=viewer: self._moved(one))
            viewer.settled.connect(self.align)
        self.align()

    def set_on(self, on: bool) -> None:
        """Tie or untie them; tied anew, the release comes to where the source is."""
        self._on = on
        self._leader = self._source
        self.align()

    def go_to(self, target: Target | None) -> None:
        """Have the release show the place of a finding that the source shows."""
        self._leader = self._source
        self._target = target
        self.align()

    def align(self) -> None:
        """Bring the one that follows to where the other is."""
        if self._busy or not self._on or not (isValid(self._source) and isValid(self._release)):
            return
        follower = self._release if self._leader is self._source else self._source
        self._busy = True
        try:
            self._bring(follower)
        finally:
            self._busy = False

    def _bring(self, follower: Viewer) -> None:
        if type(self._source) is not type(self._release):
            follower.go_to_share(self._leader.share())
            return
        spot = self._leader.spot()
        if spot is not None:
            follower.go_to_spot(spot)
        if self._target is not None and follower is self._release:
            follower.go_to_target(self._target)
            if spot is not None:
                follower.go_to_spot(spot)  # choosing a cell may have scrolled

    def _moved(self, viewer: Viewer) -> None:
        if not self._busy:
            self._leader = viewer
            self.align()

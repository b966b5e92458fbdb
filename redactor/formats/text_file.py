"""Plain text, line by line."""

from __future__ import annotations

import hashlib
import re
from typing import ClassVar

from redactor.formats.base import Format, RebuildPlan, Rebuilt, composed
from redactor.formats.encoding import Decoded, decode
from redactor.formats.refusal import refusing_damage
from redactor.formats.signatures import looks_like_text
from redactor.model import (
    AS_FOUND,
    Document,
    LinePlace,
    Progress,
    ReadAs,
    Report,
    Segment,
    quiet,
)

_BREAK = re.compile(r"(\r\n|\r|\n)")
_STEP = 20_000


class Text(Format):
    """Text files: one segment for each line that is not empty."""

    name: ClassVar[str] = "txt"
    title: ClassVar[str] = "text file"
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".log")
    targets: ClassVar[tuple[str, ...]] = ("txt", "pdf", "docx")
    has_signature: ClassVar[bool] = False

    def sniff(self, untrusted: bytes) -> bool:
        """Say whether the bytes are text in some encoding."""
        return looks_like_text(untrusted)

    def read(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> Document:
        """Read every line. See ``Format.read``."""
        from redactor.formats.table_notes import said_of_lines  # noqa: PLC0415 - only when reading

        with refusing_damage():
            decoded = decode(untrusted, read_as.encoding)
            lines, ends = _lines(decoded)
            segments: list[Segment] = []
            for number, line in enumerate(lines):
                if number % _STEP == 0:
                    report(Progress(number, len(lines), "reading"))
                if line:
                    segments.append(Segment(LinePlace(number), composed(line)))
            return Document(
                hashlib.sha256(untrusted).hexdigest(),
                self.name,
                tuple(segments),
                notes=said_of_lines(decoded, ends),
            )

    def rebuild(
        self, untrusted: bytes, plan: RebuildPlan, target: str, report: Report = quiet
    ) -> Rebuilt:
        """Write the lines anew without what the plan removes. See ``Format.rebuild``.

        As text it comes out as it was: what is not redacted keeps every byte.
        """
        from redactor.formats.text_rebuilding import rebuild_lines  # noqa: PLC0415 - loads writers

        with refusing_damage():
            decoded = decode(untrusted, plan.read_as.encoding)
            lines, ends = _lines(decoded)
            report(Progress(0, len(lines), "rebuilding"))
            return rebuild_lines(decoded, lines, ends, plan, target)


def _lines(decoded: Decoded) -> tuple[list[str], list[str]]:
    """Give the lines and how each ends; a text that ends its last line has no empty one after."""
    pieces = _BREAK.split(decoded.text)
    lines, ends = pieces[::2], [*pieces[1::2], ""]
    if not lines[-1]:
        lines.pop()
        ends.pop()
    return lines, ends

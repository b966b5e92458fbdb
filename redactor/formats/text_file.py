"""Plain text, line by line."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import ClassVar

from redactor.content import Flow, Lines, Paragraph, Run
from redactor.formats.base import Format, RebuildPlan, Rebuilt, cut
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
    key_of,
    quiet,
)

_BREAK = re.compile(r"\r\n|\r|\n")
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
        del read_as
        with refusing_damage():
            lines, remark = _lines(untrusted)
            segments: list[Segment] = []
            for number, line in enumerate(lines):
                if number % _STEP == 0:
                    report(Progress(number, len(lines), "reading"))
                if line:
                    segments.append(Segment(LinePlace(number), line))
            return Document(
                hashlib.sha256(untrusted).hexdigest(),
                self.name,
                tuple(segments),
                notes=(remark,) if remark else (),
            )

    def rebuild(
        self, untrusted: bytes, plan: RebuildPlan, target: str, report: Report = quiet
    ) -> Rebuilt:
        """Write the lines anew without what the plan removes. See ``Format.rebuild``."""
        from redactor.formats.writers import remarks, write  # noqa: PLC0415 - loads a PDF library

        with refusing_damage():
            lines, _ = _lines(untrusted)
            report(Progress(0, len(lines), "rebuilding"))
            content = Lines(tuple(_approved(plan, number, one) for number, one in enumerate(lines)))
            if target == "docx":
                flow = Flow(tuple(Paragraph(runs) for runs in content.lines))
                return Rebuilt(write(flow, target), notes=remarks(flow, target))
            return Rebuilt(write(content, target), notes=remarks(content, target))


def _lines(untrusted: bytes) -> tuple[list[str], str]:
    from redactor.formats.encoding import decode_text  # noqa: PLC0415 - only where text is read

    text, remark = decode_text(untrusted)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    lines = _BREAK.split(text)
    if lines and not lines[-1]:
        lines.pop()
    return lines, remark


def _approved(plan: RebuildPlan, number: int, line: str) -> tuple[Run, ...]:
    spots = plan.spots.get(key_of(LinePlace(number)), ())
    return tuple(Run(text, redaction=removed) for text, removed in cut(line, spots))

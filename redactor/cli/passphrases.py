"""Where passphrases come from: a file, a file descriptor, or the terminal. Never the command line.

What was typed into a command can be read in the list of processes and in the shell's history. No
message here quotes anything of what was read.
"""

from __future__ import annotations

import getpass
import os
import sys
import unicodedata
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from redactor.case.passphrase import LONGEST
from redactor.errors import UsageError

#: Room for the longest passphrase in UTF-8, a byte order mark and the line's end.
_MOST_BYTES = LONGEST * 4 + 8


@dataclass(frozen=True, slots=True)
class Source:
    """Where one passphrase comes from.

    Attributes:
        whose: as people are asked for it (``the case``).
        option: the stem of its options (``--case-passphrase``).
    """

    whose: str
    option: str
    file: Path | None
    descriptor: int | None

    def read(self, *, new: bool = False) -> str:
        """Read the passphrase, in Unicode's NFC.

        Args:
            new: it is being chosen, so at the terminal it is asked for twice.

        Raises:
            UsageError: it comes from nowhere, from two places, or cannot be read there.
        """
        if self.file is not None and self.descriptor is not None:
            raise UsageError(
                f"Give one of {self.option}-file and {self.option}-fd, not both. Nothing was done."
            )
        if self.file is not None:
            return self._understood(self._of_file(self.file), f"{self.option}-file")
        if self.descriptor is not None:
            return self._understood(self._of_descriptor(self.descriptor), f"{self.option}-fd")
        if sys.stdin is None or not sys.stdin.isatty():
            raise UsageError(
                f"The passphrase of {self.whose} is needed, and there is no terminal to ask for it "
                f"on. Nothing was done. Give {self.option}-file with a file whose first line it "
                "is."
            )
        return unicodedata.normalize("NFC", self._asked(new=new))

    def _of_file(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                raw = file.read(_MOST_BYTES + 1)
        except OSError:
            raise UsageError(
                f"The file of {self.option}-file cannot be read. Nothing was done. Check its name "
                "and its permissions."
            ) from None
        if len(raw) > _MOST_BYTES:
            raise self._too_long(f"{self.option}-file")
        return raw

    def _of_descriptor(self, descriptor: int) -> bytes:
        """Read one line and no further, so that two passphrases can come by one descriptor."""
        if os.name != "posix":
            raise UsageError(
                f"{self.option}-fd works on POSIX systems only, not on Windows. Nothing was done. "
                f"Give {self.option}-file instead."
            )
        line = bytearray()
        try:
            while (byte := os.read(descriptor, 1)) not in {b"", b"\n"}:
                line += byte
                if len(line) > _MOST_BYTES:
                    raise self._too_long(f"{self.option}-fd")
        except (OSError, OverflowError):
            raise UsageError(
                f"The descriptor of {self.option}-fd cannot be read. Nothing was done. It has to "
                "be open in the process that calls."
            ) from None
        return bytes(line)

    def _understood(self, raw: bytes, option: str) -> str:
        """Take the first line for what it is; a byte order mark, as Windows writes it, is none."""
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UsageError(
                f"The passphrase given by {option} is not UTF-8. Nothing was done. "
                "Save its file as UTF-8."
            ) from None
        line = text.split("\n", 1)[0].removesuffix("\r")
        if not line:
            raise UsageError(
                f"The passphrase given by {option} is empty. Nothing was done. It has to be the "
                "first line."
            )
        return unicodedata.normalize("NFC", line)

    def _asked(self, *, new: bool) -> str:
        prompt = f"{'New passphrase' if new else 'Passphrase'} of {self.whose}: "
        try:
            typed = getpass.getpass(prompt)
            again = getpass.getpass("The same again: ") if new else typed
        except EOFError:
            raise UsageError("No passphrase was typed. Nothing was done.") from None
        if typed != again:
            raise UsageError("The two passphrases are not the same. Nothing was done. Try again.")
        return typed

    def _too_long(self, option: str) -> UsageError:
        return UsageError(
            f"What {option} names is too long for a passphrase. Nothing was done. "
            "Check that the right file was named."
        )


def of_case(arguments: Namespace) -> Source:
    """Say where the passphrase of the case comes from."""
    return Source(
        "the case",
        "--case-passphrase",
        arguments.case_passphrase_file,
        arguments.case_passphrase_fd,
    )


def of_pack(arguments: Namespace) -> Source:
    """Say where the passphrase of a pack for the Commissioner comes from."""
    return Source("the pack", "--pack-passphrase", arguments.pack_passphrase_file, None)


def of_person(arguments: Namespace) -> Source:
    """Say where the passphrase of the person's identity comes from."""
    return Source(
        "your identity", "--passphrase", arguments.passphrase_file, arguments.passphrase_fd
    )

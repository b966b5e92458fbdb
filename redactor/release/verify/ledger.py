"""The book one verification writes into: tallies of terms, checks, what was not searched."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from redactor.errors import Cancelled
from redactor.matching import Term
from redactor.model import Progress, Report, quiet
from redactor.release.verify.model import Against, Check, VerificationReport, Withheld
from redactor.release.verify.search import RAW_MINIMUM, MisreadIndex, Tally, TermIndex

#: Engines of the standard library are named with the version of Python they came with.
PYTHON = f"python {platform.python_version()}"
#: How much may be unpacked from one file in all, in bytes, and how deep files may lie in files.
MAX_UNPACKED_BYTES = 2_000_000_000
MAX_DEPTH = 6
_MAX_UNSEARCHED_SHOWN = 20


class TooMuch(Exception):
    """More was packed into the file than will be unpacked."""


@dataclass(slots=True)
class Ledger:
    """What the engines report about one file.

    Attributes:
        path: the file's name as given.
        withheld: what must not be found.
        strict: the file claims to be a release of ours, so structure is checked too.
        seen: places a person looked at and ruled on (``page:3``), where text may be unreadable.
        prefix: for a file in a file, where it lies.
        depth: how many files this one lies in.
        dig: searches a file found inside this one.
        pictures: how many pictures a person released as seen, where no other may be in it.
        against: what the pages of a release are held against, where they were carried over.
        report_to: told now and then that the work goes on.
    """

    path: str
    withheld: Withheld
    strict: bool
    seen: frozenset[str]
    dig: Callable[[Ledger, bytes], None]
    prefix: str = ""
    depth: int = 0
    pictures: int | None = None
    against: Against | None = None
    report_to: Report = quiet
    _book: _Book = field(init=False)

    def __post_init__(self) -> None:
        self._book = _Book(_index(self.withheld.terms, 1), _index(self.withheld.terms, RAW_MINIMUM))

    def text(self, engine: str) -> Tally:
        """Give the tally of an engine that reads text: it looks for every term."""
        return self._tally(engine, self._book.every)

    def raw(self, engine: str) -> Tally:
        """Give the tally of an engine that reads bytes or tags: it leaves out short terms."""
        return self._tally(engine, self._book.long)

    def misread(self, engine: str) -> Tally:
        """Give the tally of what an engine read from pixels, with letters taken for others."""
        engine = f"{engine}, letters taken for others"
        tallies = self._book.tallies
        if engine not in tallies:
            index = MisreadIndex(self.withheld.misread)
            tallies[engine] = Tally(engine, index, self.withheld.allowed_misread)
        return tallies[engine]

    def _tally(self, engine: str, index: TermIndex) -> Tally:
        tallies = self._book.tallies
        if engine not in tallies:
            tallies[engine] = Tally(engine, index, self.withheld.allowed)
        return tallies[engine]

    def title(self, engine: str, text: str, where: str) -> None:
        """Look at a name (of a file, of a sheet).

        A release of ours may have ``Table 2`` where the number 2 is withheld in some cell.
        """
        self.strings(engine, (text,), where)

    def strings(self, engine: str, texts: tuple[str, ...], where: str) -> None:
        """Look at strings beside the text proper, for every term but small numbers if strict."""
        ignored = is_small_number if self.strict else None
        self.text(engine).views([texts], self.place(where), ignored)

    def place(self, where: str) -> str:
        """Give a place within the whole file, however deep this part of it lies."""
        return self.prefix + where

    def check(
        self, name: str, ok: bool, engine: str, detail: str, pages: tuple[int, ...] = ()
    ) -> None:
        """Write down a check, with the pages on which it did not hold."""
        self._book.checks.append(Check(name, ok, engine, self.prefix + detail, pages))

    def rule(self, name: str, engine: str, offences: int, fine: str, bad: str) -> None:
        """Write down a rule of structure, which only a release of ours must keep.

        Args:
            name: of the check.
            engine: that looked.
            offences: how many things break the rule.
            fine: the sentence where there are none.
            bad: the sentence where there are some, with ``{}`` for how many.
        """
        self.check(
            name, not (offences and self.strict), engine, bad.format(offences) if offences else fine
        )

    def alive(self) -> None:
        """Say that the work goes on, so that it is not taken for a worker that hangs.

        Raises:
            Cancelled: the person asked to stop.
        """
        self.report_to(Progress(0, 1, "checking"))

    def unsearchable(self, where: str, why: str, engine: str) -> None:
        """Write down a part that could not be searched: it might hold anything."""
        self._book.unsearched.append((self.place(where), why, engine))

    def unpacked(self, count: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            TooMuch: that was more than a file may hold.
        """
        self._book.unpacked += count
        if self._book.unpacked > MAX_UNPACKED_BYTES:
            raise TooMuch

    @property
    def room(self) -> int:
        """Give how many bytes may still be unpacked."""
        return max(MAX_UNPACKED_BYTES - self._book.unpacked, 0)

    def nested(self, untrusted: bytes, where: str) -> None:
        """Search a file that lies in this one."""
        if self.depth >= MAX_DEPTH:
            self.unsearchable(where, "it lies in too many files inside one another", PYTHON)
            return
        inner = Ledger(
            self.path,
            self.withheld,
            strict=False,
            seen=self.seen,
            dig=self.dig,
            prefix=f"{self.place(where)}: ",
            depth=self.depth + 1,
            report_to=self.report_to,
        )
        inner._book = self._book
        self.dig(inner, untrusted)

    @contextmanager
    def engine(self, engine: str) -> Iterator[None]:
        """Let an engine work; whatever it raises is a check that failed, never an exception."""
        try:
            yield
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - fail closed, whatever a parser throws
            self.check(
                "engine could read the file",
                ok=False,
                engine=engine,
                detail=f"It stopped with {type(error).__name__}, so nothing is proved.",
            )

    def report(self) -> VerificationReport:
        """Close the book."""
        checks = list(self._book.checks)
        leaks = []
        for tally in self._book.tallies.values():
            found = list(tally.leaks(self.path))
            leaks.extend(found)
            checks.append(_search_check(tally, len(found), self._book))
        checks.extend(self._unsearched_checks())
        return VerificationReport(tuple(checks), tuple(leaks))

    def _unsearched_checks(self) -> Iterator[Check]:
        unsearched = list(dict.fromkeys(self._book.unsearched))
        if not unsearched:
            yield Check("every part was searched", ok=True, engine=PYTHON, detail="None was left.")
        for where, why, engine in unsearched[:_MAX_UNSEARCHED_SHOWN]:
            yield Check("unsearchable part", ok=False, engine=engine, detail=f"{where}: {why}.")
        if len(unsearched) > _MAX_UNSEARCHED_SHOWN:
            more = len(unsearched) - _MAX_UNSEARCHED_SHOWN
            yield Check("unsearchable part", ok=False, engine=PYTHON, detail=f"And {more} more.")


@lru_cache(maxsize=4)
def _index(terms: tuple[Term, ...], minimum: int) -> TermIndex:
    """Build an index once for the many files of a release."""
    return TermIndex(terms, minimum)


def is_small_number(term: Term) -> bool:
    """Say whether a term is an age, a count or the like, which stands in many a structure too."""
    return term.folded.isdecimal() and not term.distinctive


@dataclass(slots=True)
class _Book:
    """What the ledgers of a file and of the files in it share."""

    every: TermIndex
    long: TermIndex
    tallies: dict[str, Tally] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    unsearched: list[tuple[str, str, str]] = field(default_factory=list)
    unpacked: int = 0


def _search_check(tally: Tally, places: int, book: _Book) -> Check:
    short = len(book.every.terms) - len(tally.index.terms) if tally.index is book.long else 0
    scope = f"{_counted(len(tally.index.terms), 'term')} in {_counted(tally.looked, 'piece')}"
    left = (
        f" ({_counted(short, 'term')} of under {RAW_MINIMUM} characters left to the text engines)"
        if short
        else ""
    )
    outcome = f"found in {_counted(places, 'place')}" if places else "nothing withheld found"
    return Check("no withheld text", not places, tally.engine, f"{scope}{left}: {outcome}.")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"

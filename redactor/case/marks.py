"""The marks of a case in its file. Rows are added; none that the log vouches for is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from redactor.case import codec
from redactor.case.bulk import making_many
from redactor.events import Mark
from redactor.model import Proposal, Target

_COLUMNS = "id, document, target, text, label, score, recogniser, why, proposal, hidden, by_hand"
_PROPOSALS = {str(one): one for one in Proposal}
#: The largest number that a database can be asked for.
_LARGEST = 2**63 - 1
#: Ids asked for at a time.
_PORTION = 500
#: From so many marks on, they are added together.
_MANY = 200


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark that has no id yet."""

    target: Target
    text: str = field(repr=False)
    label: str
    score: float
    recogniser: str
    why: str
    proposal: Proposal = Proposal.REDACT
    hidden: str | None = None
    by_hand: bool = False


class Marks:
    """The marks in an open case file. Changes are made inside a transaction of the caller's.

    Once read, they are held in memory, by document, for as long as the case is open. Marks of a
    reading that was replaced stay in the file, for the log speaks of them, and are given no more.
    """

    def __init__(self, link: sqlite.Connection) -> None:
        self._link = link
        self._held: dict[int, list[Mark]] | None = None
        #: By document: the last mark of readings that were replaced.
        self._replaced: dict[int, int] = {}

    def set_aside(self, number: int, last: int) -> None:
        """Give the marks of a document up to an id no more: it is read otherwise now."""
        self._replaced[number] = last
        self._held = None

    def add(
        self, number: int, mark: NewMark, doubtful: AbstractSet[int] = frozenset()
    ) -> tuple[Mark, bool]:
        """Keep a mark; one that stands at the same place already is given as it is.

        Args:
            doubtful: ids of marks that nothing vouches for: these are written anew.

        Returns:
            The mark, and whether it is new.
        """
        target = codec.encode_target(mark.target, self._replaced.get(number, 0))
        values = _values(mark)
        added = self._link.execute(
            "INSERT INTO marks (document, target, text, label, score, recogniser, why, proposal,"
            " hidden, by_hand) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (document, target) DO NOTHING",
            (number, target, *values),
        ).rowcount
        query = f"SELECT {_COLUMNS} FROM marks WHERE document = ? AND target = ?"  # noqa: S608
        row = self._link.execute(query, (number, target)).fetchone()
        if row[0] in doubtful and row[3:] != values:
            self._link.execute(
                "UPDATE marks SET text = ?, label = ?, score = ?, recogniser = ?, why = ?,"
                " proposal = ?, hidden = ?, by_hand = ? WHERE id = ?",
                (*values, row[0]),
            )
            self._held = None
            row = self._link.execute(query, (number, target)).fetchone()
        made = _mark(row)
        if added and self._held is not None:
            self._held.setdefault(number, []).append(made)
        return made, added > 0

    def add_all(self, new: Sequence[tuple[int, NewMark]]) -> list[tuple[Mark, bool]]:
        """Keep very many marks, each with the number of its document; as ``add``, and faster."""
        if len(new) < _MANY:
            return [self.add(number, mark) for number, mark in new]
        (last,) = self._link.execute("SELECT coalesce(max(id), 0) FROM marks").fetchone()
        targets = [
            codec.encode_target(mark.target, self._replaced.get(number, 0)) for number, mark in new
        ]
        self._link.executemany(
            "INSERT INTO marks (document, target, text, label, score, recogniser, why, proposal,"
            " hidden, by_hand) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (document, target) DO NOTHING",
            [
                (number, target, *_values(mark))
                for target, (number, mark) in zip(targets, new, strict=True)
            ],
        )
        rows = self._link.execute("SELECT id, document, target FROM marks WHERE id > ?", (last,))
        added = {(number, target): one for one, number, target in rows}
        kept: list[tuple[Mark, bool]] = []
        with making_many():
            for target, (number, mark) in zip(targets, new, strict=True):
                one = added.pop((number, target), None)
                if one is None:  # it stood there before, or comes a second time
                    kept.append(self.add(number, mark))
                else:
                    kept.append((_made(one, number, mark), True))
        if self._held is not None:
            for made, is_new in kept:
                if is_new:
                    self._held.setdefault(made.document, []).append(made)
        return kept

    def all(self, number: int | None = None) -> tuple[Mark, ...]:
        """Give the marks of one document, or of all, by document and id."""
        held = self._held if self._held is not None else self._read()
        if number is not None:
            return tuple(held.get(number, ()))
        return tuple(mark for document in sorted(held) for mark in held[document])

    def let_go(self) -> None:
        """Forget what is held in memory, after a change that was taken back."""
        self._held = None

    def _read(self) -> dict[int, list[Mark]]:
        held: dict[int, list[Mark]] = {}
        rows = self._link.execute(f"SELECT {_COLUMNS} FROM marks ORDER BY document, id")  # noqa: S608
        with making_many():
            for row in rows:
                if row[0] > self._replaced.get(row[1], 0):
                    held.setdefault(row[1], []).append(_mark(row))
        self._held = held
        return held

    def last_id(self, number: int) -> int:
        """Give the highest id among the marks of a document; 0 where it has none."""
        (last,) = self._link.execute(
            "SELECT coalesce(max(id), 0) FROM marks WHERE document = ?", (number,)
        ).fetchone()
        return int(last)

    def rows_up_to(self, number: int, last: int) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a document's marks up to an id, for a seal."""
        yield from self._link.execute(
            f"SELECT {_COLUMNS} FROM marks WHERE document = ? AND id <= ? ORDER BY id",  # noqa: S608
            (number, last),
        )

    def rows(self, ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        """Give the rows of some marks in the order of their ids, for a seal."""
        wanted = sorted(ids)
        for start in range(0, len(wanted), _PORTION):
            portion = wanted[start : start + _PORTION]
            places = ", ".join("?" * len(portion))
            yield from self._link.execute(
                f"SELECT {_COLUMNS} FROM marks WHERE id IN ({places}) ORDER BY id",  # noqa: S608
                portion,
            )

    def ids_of(self, number: int) -> set[int]:
        """Give the ids of a document's marks."""
        rows = self._link.execute("SELECT id FROM marks WHERE document = ?", (number,))
        return {one for (one,) in rows}

    def missing(self, ids: Sequence[int]) -> list[int]:
        """Give those ids that no mark has, or one that was set aside."""
        known: set[int] = set()
        for start in range(0, len(ids), _PORTION):
            portion = [one for one in ids[start : start + _PORTION] if 0 < one <= _LARGEST]
            places = ", ".join("?" * len(portion))
            known.update(
                number
                for number, document in self._link.execute(
                    f"SELECT id, document FROM marks WHERE id IN ({places})",  # noqa: S608
                    portion,
                )
                if number > self._replaced.get(document, 0)
            )
        return [one for one in ids if one not in known]

    def ids(self) -> Iterator[tuple[int, int]]:
        """Give every mark's id with its document's number."""
        yield from self._link.execute("SELECT id, document FROM marks")


def _values(mark: NewMark) -> tuple[Any, ...]:
    return (
        mark.text,
        mark.label,
        mark.score,
        mark.recogniser,
        mark.why,
        str(mark.proposal),
        mark.hidden,
        int(mark.by_hand),
    )


def _made(number: int, document: int, new: NewMark) -> Mark:
    return Mark(
        number,
        document,
        new.target,
        new.text,
        new.label,
        new.score,
        new.recogniser,
        new.why,
        new.proposal,
        new.hidden,
        new.by_hand,
    )


def _mark(row: tuple[Any, ...]) -> Mark:
    number, document, target, text, label, score, recogniser, why, proposal, hidden, by_hand = row
    return Mark(
        number,
        document,
        codec.decode_target(target),
        text,
        label,
        score,
        recogniser,
        why,
        _PROPOSALS[proposal],
        hidden,
        bool(by_hand),
    )

"""The lists of a case in its file. Rows are only added; the log says which of them count.

An entry is text of the case. So the log holds its number and a seal, never its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlcipher3 import dbapi2 as sqlite

#: Ids asked for at a time.
_PORTION = 500


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row.

    Attributes:
        list: ``always``, ``never``, ``packs`` or ``suggestions``.
        payload: an entry as JSON, a pack as TOML, or the key of a suggestion.
    """

    id: int
    list: str
    payload: str = field(repr=False)


class ListRows:
    """The rows in an open case file. They are added inside a transaction of the caller's."""

    def __init__(self, link: sqlite.Connection) -> None:
        self._link = link

    def add(self, new: Iterable[tuple[str, str]]) -> list[int]:
        """Keep rows, each a list with a payload; gives their ids."""
        ids: list[int] = []
        for one in new:
            (made,) = self._link.execute(
                "INSERT INTO list_entries (list, payload) VALUES (?, ?) RETURNING id", one
            ).fetchone()
            ids.append(made)
        return ids

    def rows(self, ids: Sequence[int]) -> Iterator[ListRow]:
        """Give some rows in the order of their ids; one that is not there is left out."""
        wanted = sorted(ids)
        for start in range(0, len(wanted), _PORTION):
            portion = wanted[start : start + _PORTION]
            places = ", ".join("?" * len(portion))
            query = f"SELECT id, list, payload FROM list_entries WHERE id IN ({places}) ORDER BY id"  # noqa: S608
            for row in self._link.execute(query, portion):
                yield ListRow(*row)

    def ids(self) -> set[int]:
        """Give the ids of all rows."""
        return {one for (one,) in self._link.execute("SELECT id FROM list_entries")}

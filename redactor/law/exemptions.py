"""Exemptions and limbs, read from ``resources/law/exemptions.toml``, which a site may edit."""

from __future__ import annotations

import difflib
import enum
import re
import tomllib
from dataclasses import dataclass
from functools import cache

from redactor.config import resource_path
from redactor.errors import UsageError


class Kind(enum.StrEnum):
    """Whether the public interest test of FOIA s2(2)(b) applies."""

    ABSOLUTE = "absolute"
    QUALIFIED = "qualified"


class Basis(enum.StrEnum):
    """Whether the kind of information is enough, or harm must be shown."""

    CLASS = "class"
    PREJUDICE = "prejudice"


@dataclass(frozen=True, slots=True)
class Exemption:
    """One exemption at the level of its limb.

    Attributes:
        citation: as recorded and as in the schedule (``s40(2) by s40(3A)(a)``).
        label: as printed on a redaction (``s40(2)``).
        source: where the provision can be read.
    """

    citation: str
    label: str
    title: str
    kind: Kind
    basis: Basis
    source: str


@cache
def exemptions() -> tuple[Exemption, ...]:
    """Give all exemptions, the one that is used most first."""
    path = resource_path("law", "exemptions.toml")
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["exemption"]
    return tuple(
        Exemption(
            row["citation"],
            row["label"],
            row["title"],
            Kind(row["kind"]),
            Basis(row["basis"]),
            row["source"],
        )
        for row in rows
    )


def exemption_named(citation: str) -> Exemption:
    """Find an exemption however its citation is spaced or spelled out.

    ``s.40(2) by virtue of 40(3A)(a)`` and ``section 40 (2) by s40(3A)(a)`` are the same.

    Raises:
        UsageError: no exemption is cited so, or the citation lacks its limb; near ones are named.
    """
    wanted = _plain(citation)
    by_name = {_plain(one.citation): one for one in exemptions()}
    if wanted in by_name:
        return by_name[wanted]
    limbs = [one.citation for plain, one in by_name.items() if wanted and plain.startswith(wanted)]
    near = limbs or [
        by_name[plain].citation for plain in difflib.get_close_matches(wanted, by_name, 4, 0.5)
    ]
    hint = f" Did you mean: {'; '.join(near)}?" if near else ""
    raise UsageError(
        f"There is no exemption cited as '{citation}'. Nothing was done. A citation names its "
        f"limb, for instance '{exemptions()[0].citation}'.{hint}"
    )


def _plain(citation: str) -> str:
    text = citation.casefold()
    text = re.sub(r"by virtue of|by way of|\bvia\b|\bby\b|\bwith\b|&|,", " by ", text)
    text = re.sub(r"\b(sections?|sect|ss?)\b\.?|\bs\.?(?=\d)", "", text)
    return re.sub(r"\s+", "", text)

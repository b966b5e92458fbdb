"""The exemptions of the Freedom of Information Act 2000, limb by limb, read from ``resources/law``.

Source: the Act as on legislation.gov.uk (each entry has the address of its section); which limbs
are absolute follows its section 2(3).
"""

from __future__ import annotations

import difflib
import enum
import re
import tomllib
from dataclasses import dataclass
from functools import cache

from redactor.config import resource_path
from redactor.errors import UsageError

_MOST_NEAR = 5
#: What may stand in a citation besides section numbers and limbs.
_FILLER = re.compile(
    r"freedom of information act(?: 2000)?|foia(?: 2000)?|\bthe act\b|by virtue of|by reason of"
    r"|\bsections?|\bss?(?=[\s.\d])|\bby\b|\band\b|\bof\b|\bthe\b|[&.,;:\s]+"
)
_TOKEN = re.compile(r"\d+[a-z]?|\([0-9a-z]+\)")


class Standing(enum.StrEnum):
    """Whether the public interest is weighed.

    ``NO_DUTY`` is a limb under which the duty to confirm or deny does not arise at all.
    """

    ABSOLUTE = "absolute"
    QUALIFIED = "qualified"
    NO_DUTY = "no-duty"


class Harm(enum.StrEnum):
    """Whether it is enough that information is of a kind, or harm must be shown."""

    CLASS = "class"
    PREJUDICE = "prejudice"


@dataclass(frozen=True, slots=True)
class Exemption:
    """One limb of one exemption.

    Attributes:
        citation: in full, as decisions and schedules give it (``s40(2) by s40(3A)(a)``).
        label: as printed on a redaction (``s40(2)``).
        title: what it is for, in plain English.
        standing: absolute, qualified, or no duty arises.
        test: class or prejudice.
        neither_confirm_nor_deny: it is about confirming whether information is held, so it is an
            outcome for a whole case, not for a passage.
        record: what the log must hold when it is relied on.
        source: the address of the section.
    """

    citation: str
    label: str
    title: str
    standing: Standing
    test: Harm
    neither_confirm_nor_deny: bool
    record: str
    source: str

    @property
    def needs_public_interest_test(self) -> bool:
        """Say whether the public interest must be weighed (section 2(1)(b) and (2)(b))."""
        return self.standing is Standing.QUALIFIED


@cache
def exemptions() -> tuple[Exemption, ...]:
    """Give every limb, the commonest first."""
    with resource_path("law", "exemptions.toml").open("rb") as file:
        listed = tomllib.load(file)["exemption"]
    return tuple(
        Exemption(
            citation=one["citation"],
            label=one["label"],
            title=one["title"],
            standing=Standing(one["standing"]),
            test=Harm(one["test"]),
            neither_confirm_nor_deny=one.get("neither_confirm_nor_deny", False),
            record=one["record"],
            source=one["source"],
        )
        for one in listed
    )


def exemption_named(citation: str) -> Exemption:
    """Find a limb by its citation, however it is spaced or introduced.

    ``s40(2) by s40(3A)(a)``, ``s.40(2) by virtue of 40(3A)(a)`` and ``Section 40(2) & (3A)(a)`` are
    the same. A citation without its limb is not enough.

    Raises:
        UsageError: there is no such limb; the message names those that are near.
    """
    known = _by_key()
    key = _key(citation)
    if key in known:
        return known[key]
    near = _near(key)
    hint = (
        f"Did you mean {' or '.join(near)}?"
        if near
        else "A citation is written as s40(2) by s40(3A)(a)."
    )
    raise UsageError(
        f"There is no exemption with that citation and limb. Nothing was recorded. {hint}"
    )


@cache
def _by_key() -> dict[str, Exemption]:
    return {_key(one.citation): one for one in exemptions()}


def _key(citation: str) -> str:
    """Reduce a citation to its numbers: ``40(2)(3a)(a)``; empty where something else is in it."""
    text = citation.casefold()
    rest = _FILLER.sub("", text)
    tokens: list[str] = _TOKEN.findall(rest)
    if not tokens or "".join(tokens) != rest:
        return ""
    section = tokens[0]
    return section + "".join(token for token in tokens[1:] if token != section)


def _near(key: str) -> list[str]:
    if not key:
        return []
    begins = [one.citation for other, one in _by_key().items() if other.startswith(key)]
    if begins:
        return begins[:_MOST_NEAR]
    close = difflib.get_close_matches(key, _by_key(), n=_MOST_NEAR, cutoff=0.6)
    return [_by_key()[one].citation for one in close]

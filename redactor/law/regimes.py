"""The laws under which a request is answered, and what each of them calls things."""

from __future__ import annotations

import enum
import tomllib
from dataclasses import dataclass
from functools import cache

from redactor.config import resource_path


class Regime(enum.StrEnum):
    """The law that a case answers under, as the case stores it."""

    FOI = "foi"
    EIR = "eir"
    SAR = "sar"
    SAR_LE = "sar-le"

    @property
    def words(self) -> Words:
        """Give what this law calls things."""
        return _words()[self]


@dataclass(frozen=True, slots=True)
class Words:
    """What a law calls things.

    Attributes:
        name: of the regime, in a few words.
        act: the law, in full with its article (``the Freedom of Information Act 2000``).
        short: the law, as the margin of a page names it.
        under: what a request is answered under, in full with its article.
        grounds: what the grounds for withholding are, all together.
        withheld_by: what a ground for withholding is called: exemption, exception, restriction.
        refusal: what the part of a letter is called that says what is withheld.
        refusal_by: the provision that asks for it.
        keeps_own_data: the requester is given their own personal data, and those of others are
            protected from them; else everybody is protected from the world.
        source: the address of that provision.
    """

    name: str
    act: str
    short: str
    under: str
    grounds: str
    withheld_by: str
    refusal: str
    refusal_by: str
    keeps_own_data: bool
    source: str

    @property
    def title(self) -> str:
        """Give what a request is answered under, as a title."""
        title = self.under.removeprefix("the ")
        return title[0].upper() + title[1:]


def law_words(code: str) -> Words | None:
    """Give what a law calls things, by the code that a case stores; None for another code."""
    return next((one.words for one in Regime if one == code), None)


@cache
def _words() -> dict[Regime, Words]:
    given = tomllib.loads(resource_path("law", "regimes.toml").read_text(encoding="utf-8"))
    return {Regime(key): Words(**one) for key, one in given.items()}

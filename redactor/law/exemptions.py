"""The grounds on which information may be withheld, limb by limb, for each law.

They are read from ``resources/law/exemptions``, one file a regime, with what the authority changed
or added in its own folder (``exemption_files``). Source: the Acts and Regulations as on
legislation.gov.uk; each entry has the address of its provision. Which limbs of the Freedom of
Information Act 2000 are absolute follows its section 2(3).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from redactor.config import resource_path, site_law_folder
from redactor.errors import UsageError
from redactor.law.citing import Cited, read_citation
from redactor.law.conflicts import Conflict, between
from redactor.law.exemption_files import read_law
from redactor.law.forms import forms_in
from redactor.law.limbs import Exemption, Harm, Law, Repealed, Standing
from redactor.law.regimes import Regime

__all__ = [
    "Exemption",
    "Harm",
    "Law",
    "Repealed",
    "Standing",
    "conflicts_between",
    "exemption_named",
    "exemptions",
    "law_of",
]

_MOST_NEAR = 5
_FORMS = {
    Regime.FOI: "A citation is written as s40(2) by s40(3A)(a).",
    Regime.EIR: "A citation is written as reg 12(5)(f).",
    Regime.SAR: "A citation is written as DPA 2018 Sch 2 para 16.",
    Regime.SAR_LE: "A citation is written as DPA 2018 s45(4)(e).",
}


def law_of(regime: Regime | str = Regime.FOI) -> Law:
    """Give the grounds of a regime with their edition.

    Raises:
        UsageError: the authority's file cannot be used; the message names the file and the entry.
    """
    return _law_with(Regime(regime), site_law_folder())


@cache
def _law_with(regime: Regime, of_site: Path) -> Law:
    name = f"{regime}.toml"
    shipped = resource_path("law", "exemptions", name)
    return read_law(regime, forms_in(of_site), shipped, of_site / "exemptions" / name)


def exemptions(regime: Regime | str = Regime.FOI) -> tuple[Exemption, ...]:
    """Give every limb of a regime, the commonest first.

    Raises:
        UsageError: the authority's file cannot be used.
    """
    return law_of(regime).exemptions


def exemption_named(citation: str, regime: Regime | str = Regime.FOI) -> Exemption:
    """Find a limb by its citation, however it is spaced or introduced.

    ``s40(2) by s40(3A)(a)``, ``s.40(2) by virtue of 40(3A)(a)`` and ``Section 40(2) & (3A)(a)`` are
    the same. A citation without its limb is not enough.

    Raises:
        UsageError: there is no such limb under this law; the message names those that are near, or
            says to which law the citation belongs, or that it was repealed.
    """
    law, asked = law_of(regime), read_citation(citation)
    found = _found(asked, law)
    if found is not None:
        return found
    raise UsageError(_refusal(asked, Regime(regime)))


def conflicts_between(
    citations: Iterable[str], regime: Regime | str = Regime.FOI
) -> tuple[Conflict, ...]:
    """Give the conflicts between grounds relied on for the same information, each once.

    Args:
        citations: in full, as decisions give them; ``RELEASED`` where it is released as well.
    """
    return between(citations, law_of(regime).conflicts)


def _found(asked: Cited | None, law: Law) -> Exemption | None:
    if asked is None:
        return None
    among = law.by_numbers.get(asked.numbers, ())
    return next((e for e in among if any(asked.is_met_by(one) for one in (e.cited, *e.also))), None)


def _refusal(asked: Cited | None, regime: Regime) -> str:
    """Say why there is no such limb under a law, and what to cite."""
    nothing = "Nothing was recorded."
    for gone in law_of(regime).repealed:
        was = read_citation(gone.citation)
        if asked is not None and was is not None and asked.is_met_by(was):
            return (
                f"{gone.citation} was repealed on {gone.since.day} {gone.since:%B %Y}. {nothing} "
                f"Rely on {gone.instead} instead, where that applies."
            )
    begun = _begun(asked, regime)
    other = next((e for r in Regime if r is not regime and (e := _found(asked, law_of(r)))), None)
    if other is not None and not begun:
        near = [e.citation for e in exemptions(regime) if e.citation in other.counterparts]
        hint = f" What comes nearest is {' or '.join(near[:_MOST_NEAR])}." if near else ""
        return (
            f"{other.citation} belongs to {other.regime.words.grounds}, and this is answered under "
            f"{regime.words.act}. {nothing}{hint}"
        )
    close = begun or _close(asked, regime)
    hint = f"Did you mean {' or '.join(close)}?" if close else _FORMS[regime]
    return f"There is no {regime.words.withheld_by} with that citation and limb. {nothing} {hint}"


def _begun(asked: Cited | None, regime: Regime) -> list[str]:
    """Give the limbs that a citation is the beginning of."""
    if asked is None:
        return []
    return [
        one.citation
        for one in exemptions(regime)
        if one.cited.numbers.startswith(asked.numbers)
        and asked.kind in ("", one.cited.kind)
        and asked.law in ("", one.cited.law)
    ][:_MOST_NEAR]


def _close(asked: Cited | None, regime: Regime) -> list[str]:
    if asked is None:
        return []
    known = {one.cited.numbers: one.citation for one in exemptions(regime)}
    found = difflib.get_close_matches(asked.numbers, known, n=_MOST_NEAR, cutoff=0.6)
    return [known[one] for one in found]

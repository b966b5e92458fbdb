"""What a ground for withholding information is: the values that ``resources/law`` is read into."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from redactor.law.citing import Cited
from redactor.law.conflicts import Conflict
from redactor.law.regimes import Regime


class Standing(enum.StrEnum):
    """Whether the public interest is weighed.

    ``NO_DUTY`` is a limb under which the duty to confirm or deny does not arise at all.
    ``UNWEIGHED`` is a limb of a law that weighs no public interest there and does not call it
    absolute: personal data under the Environmental Information Regulations 2004, and the
    restrictions of the right of access.
    """

    ABSOLUTE = "absolute"
    QUALIFIED = "qualified"
    NO_DUTY = "no-duty"
    UNWEIGHED = "unweighed"


class Harm(enum.StrEnum):
    """What has to be shown.

    ``CLASS``: it is enough that information is of a kind. ``PREJUDICE``: disclosure would, or would
    be likely to, do a harm. ``ADVERSE_EFFECT``: it would (Environmental Information Regulations
    2004, regulation 12(5)). ``NEED``: withholding is required or necessary for a purpose.
    """

    CLASS = "class"
    PREJUDICE = "prejudice"
    ADVERSE_EFFECT = "adverse-effect"
    NEED = "need"


@dataclass(frozen=True, slots=True)
class Exemption:
    """One limb of one exemption, exception or restriction.

    Attributes:
        citation: in full, as decisions and schedules give it (``s40(2) by s40(3A)(a)``).
        label: as printed on a redaction (``s40(2)``).
        title: what it is for, in plain English.
        standing: absolute, qualified, no duty arises, or nothing is weighed.
        test: what has to be shown.
        neither_confirm_nor_deny: it is about confirming whether information is held, so it is an
            outcome for a whole case, not for a passage.
        record: what the log must hold when it is relied on.
        source: the address of the provision.
        regime: the law that it belongs to.
        section: the section, regulation, article or schedule that it is in (``40``).
        requires: the keys of the questions that a justification must answer, where they apply.
        asks: those of further questions that are offered.
        conflicts: what it cannot be relied on together with, for the same information.
        counterparts: the citations that come nearest in other regimes.
        letter: why it is engaged, as a sentence for a notice, without anything of the case.
        in_force: since when it reads as it is given here.
        note: where it stands otherwise for some authorities; mostly empty.
        cited: its citation, reduced to what it names; ``also`` are others for the same limb.
    """

    citation: str
    label: str
    title: str
    standing: Standing
    test: Harm
    neither_confirm_nor_deny: bool
    record: str
    source: str
    regime: Regime
    section: str
    requires: tuple[str, ...]
    asks: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    counterparts: tuple[str, ...]
    letter: str
    in_force: date
    note: str
    cited: Cited
    also: tuple[Cited, ...]

    @property
    def needs_public_interest_test(self) -> bool:
        """Say whether the public interest must be weighed.

        Source: section 2(1)(b) and (2)(b) of the Freedom of Information Act 2000; regulation
        12(1)(b) of the Environmental Information Regulations 2004.
        """
        return self.standing is Standing.QUALIFIED


@dataclass(frozen=True, slots=True)
class Repealed:
    """A provision that can no longer be relied on.

    Attributes:
        citation: as it was.
        since: the day from which it was no more.
        instead: what to cite.
        source: the address of what repealed it.
    """

    citation: str
    since: date
    instead: str
    source: str


@dataclass(frozen=True, slots=True)
class Law:
    """The grounds of one regime.

    Attributes:
        version: of the file that ships.
        stands_on: the day on which the law stood as the file has it.
        source: the address of the law.
        exemptions: every limb, the commonest first.
        conflicts: which of them cannot stand together.
        repealed: what can no longer be relied on.
        of_site: the citations that the authority changed or added.
        by_numbers: the limbs by the numbers of their citations.
    """

    version: str
    stands_on: date
    source: str
    exemptions: tuple[Exemption, ...]
    conflicts: tuple[Conflict, ...]
    repealed: tuple[Repealed, ...]
    of_site: frozenset[str]
    by_numbers: Mapping[str, tuple[Exemption, ...]] = field(repr=False)

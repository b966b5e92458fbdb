"""A new case, with the lists of the authority in it from the first document on."""

from __future__ import annotations

from pathlib import Path

from redactor.app.case import Case
from redactor.app.case_lists import adopt
from redactor.app.site_lists import SiteLists
from redactor.case.signing import Signer


def new_case(
    path: Path,
    ref: str,
    passphrase: str,
    signer: Signer,
    *,
    regime: str,
    received: str,
    site: SiteLists | None,
    in_full: bool = False,
) -> Case:
    """Make a case that begins with the lists of an authority; without any, as ``Case.create``."""
    case = Case.create(
        path, ref, passphrase, signer, regime=regime, received=received, in_full=in_full
    )
    if site is None:
        return case
    try:
        adopt(case, site)
    except BaseException:
        case.close()
        raise
    return case

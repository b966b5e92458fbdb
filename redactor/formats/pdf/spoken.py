"""Say a printed label as a screen reader is to say it."""

from __future__ import annotations

import re

#: The label of a redaction: a provision, perhaps its Act, perhaps the number of the redaction.
_LABEL = re.compile(
    r"(?P<provisions>.+?)(?P<act> (?:FOIA|EIR|DPA|UK GDPR)(?: \d{4})?)?(?: #(?P<number>\d{1,7}))?"
)
_LIMBS = r"\d{1,3}[A-Z]{0,2}(?: ?\(\w{1,4}\)){0,5}"
_PROVISION = re.compile(
    rf"(?P<kind>ss?|sections?|regs?|regulations?|arts?|articles?|sch|schedule|paras?|paragraphs?)"
    rf"\.? ?(?P<limbs>{_LIMBS}(?:(?:, ?| and | & ?){_LIMBS})*)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:,? by |,? and |, ?| & |; ?| )", re.IGNORECASE)
_KINDS = {
    "s": "section", "ss": "sections", "section": "section", "sections": "sections",
    "reg": "regulation", "regs": "regulations", "regulation": "regulation",
    "regulations": "regulations", "art": "article", "arts": "articles", "article": "article",
    "articles": "articles", "sch": "schedule", "schedule": "schedule", "para": "paragraph",
    "paras": "paragraphs", "paragraph": "paragraph", "paragraphs": "paragraphs",
}  # fmt: skip
_ACTS = {
    "FOIA": "Freedom of Information Act", "EIR": "Environmental Information Regulations",
    "DPA": "Data Protection Act", "UK GDPR": "UK GDPR",
}  # fmt: skip
REDACTED = "redacted"


def spoken(label: str) -> str:
    """Give what is said for a box: ``redacted, section 40(2)``.

    Whatever is not written as a provision is not repeated: then only ``redacted`` is said.

    Args:
        label: as printed (``s40(2)``, ``reg 13(1)``, ``Sch 2 para 16 DPA 2018``, ``s31(1)(a) #7``).
    """
    match = _LABEL.fullmatch(label.strip())
    if match is None:
        return REDACTED
    number = f", number {match['number']}" if match["number"] else ""
    provisions = _provisions(match["provisions"])
    if provisions is None:
        return f"{REDACTED}{number}"
    return f"{REDACTED}, {provisions}{_act(match['act'])}{number}"


def _provisions(text: str) -> str | None:
    """Write out provisions one after another; None where anything else stands between them."""
    said: list[str] = []
    at = 0
    while match := _PROVISION.match(text, at):
        said.append(f"{_KINDS[match['kind'].lower()]} {match['limbs']}")
        at = match.end()
        between = _BETWEEN.match(text, at)
        if at == len(text) or between is None:
            break
        said.append(between[0])
        at = between.end()
    return "".join(said) if said and at == len(text) else None


def _act(act: str | None) -> str:
    if act is None:
        return ""
    name, _, year = act.strip().rpartition(" ")
    if not year.isdecimal():
        name, year = act.strip(), ""
    return f" {_ACTS[name]} {year}".rstrip()

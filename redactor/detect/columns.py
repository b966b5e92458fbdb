# ruff: noqa: E501, ISC004 - a pattern is easier to check on one line
"""What a column's heading says of its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        heading: as words in small letters; context for what is found in its cells.
        label: what each whole cell is, or empty.
        wording: only cells that look like a name are taken whole (a column ``Officer`` also holds
            ``unknown male officer``).
    """

    heading: str
    label: str = ""
    wording: bool = False


#: Headings, tried in order on the words of the heading in small letters.
_KINDS: tuple[tuple[str, str, bool], ...] = (
    (r"date of birth|dob|d o b|birth ?date|born|birthday|year of birth", "DOB", False),
    (
        r"age(?: at .*| in years| years| yrs)?|(?:subject|victim|suspect|complainant|officer)s? age",
        "AGE",
        False,
    ),
    (
        r"(?:sur|last|family|sir|maiden|previous|former|birth|fore|first|given|middle|christian|preferred|other|nick) ?names?|"
        r"known ?as|alias(?:es)?|aka|initials?|(?:full |legal |officer |staff |employee |member |subject |victim |suspect |"
        r"complainant |witness |customer |client |pupil |patient |tenant |applicant |contact )?name(?:s| of .*| in full)?",
        "PERSON",
        False,
    ),
    (
        r"(?:subject|officer|complainant|witness|victim|suspect|offender|defendant|nominal|person|investigator|oic|"
        r"line manager|manager|supervisor|author|owner|reviewer|handler|case ?worker|social worker|requester|"
        r"requestor|applicant|tenant|keeper|driver|caller|informant|next of kin|emergency contact|trainer|"
        r"signed|signature|prepared by|approved by|authori[sz]ed by|recorded by|created by|allocated to|"
        r"assigned to|dealt with by|attributed to|subscriber|user)s?(?: ?\d| details?)?",
        "PERSON",
        True,
    ),
    (
        r"(?:collar|warrant|shoulder|badge|epaulette?|payroll|pay|staff|employee|personnel|force|officer|nominal|"
        r"prison|pnc|cro|custody|crime|cris|incident|log|cad|case|urn|allegation|alleg|complaint|matter|reference|"
        r"our|your|foi|sar|occurrence|exhibit|nhs|upn|uprn|ni|nino|national insurance|passport|driving licen[cs]e|"
        r"licen[cs]e|account|acc|acct|bank account|sort|iban|card|imei|imsi|sim|serial|asset|claim|policy|tenancy|"
        r"application|customer|client|pupil|student|patient|member(?:ship)?|unique|record|file|niche|centurion|ip)"
        r"(?: ?(?:no|num|number|nos|numbers|ref|refs|reference|id|code|card no|address))+|collar|warrant|pnc(?: ?id)?|cro|nino|"
        r"ni|urn|upn|uprn|ref|reference|id|imei|imsi|iban|ssn|passport|nhs|alleg(?:ation)? ref|ip",
        "ID",
        False,
    ),
    (
        r"vrm|vrn|reg(?:istration)?(?: ?(?:no|number|mark))?|index|number plate|vehicle reg(?:istration)?",
        "VEHICLE",
        False,
    ),
    (
        r"(?:tele|mobile|home|work|daytime|contact|landline|cell)? ?(?:phone|telephone|tel|mobile|mob|landline|fax)"
        r"(?: ?(?:no|number|nos|numbers))?|contact (?:no|number)|ext(?:ension)?",
        "PHONE",
        False,
    ),
    (r"(?:contact |work |home |personal )?e ?mail(?: ?address(?:es)?)?", "EMAIL", False),
    (
        r"user ?name|user ?id|login|handle|screen ?name|twitter|instagram|snapchat|social media",
        "HANDLE",
        False,
    ),
    (
        r"post ?code|postal code|zip(?: code)?|outcode|postcode (?:district|sector)",
        "POSTCODE",
        False,
    ),
    (
        r"(?:home |work |current |last known |full |correspondence |incident )?address(?:es)?(?: ?(?:line)? ?\d)?|street(?: name)?|"
        r"house(?: ?(?:no|number|name))?|flat|what3words|location address|road",
        "ADDRESS",
        False,
    ),
    (
        r"town|city|ward|village|borough|bcu|base|station|posting|posted(?: at| to)?|place(?: of .*)?|location|beat|"
        r"(?:home |police )?(?:area|district|division)|court|prison|county|venue|pob|birthplace|constituency|parish|lsoa",
        "PLACE",
        True,
    ),
    (
        r"ethnic(?:ity)?(?: ?(?:group|origin|code|appearance|sde|ode|\(.*))?|self ?defined(?: ethnicity)?|sde|ode|race|nationality|"
        r"(?:officer |self )defined ethnicity|ic ?code|eth|(?:first |main )?language(?: spoken)?|country of birth|racial origin|ethnic(?:ity)? .*",
        "SC_RACE",
        False,
    ),
    (r"religion(?: or belief| ?/ ?belief)?|belief|faith|religious .*", "SC_RELIGION", False),
    (r"(?:sexual ?)?orientation|sexuality", "SC_ORIENTATION", False),
    (
        r"disabilit(?:y|ies)(?: ?\w+)?|health(?: ?\w+)?|medical(?: ?\w+)?|condition|diagnos[ie]s|sickness(?: ?\w+)?|sick ?note|"
        r"injur(?:y|ies)(?: .*)?|medication|reason for absence|absence reason|illness|fitness",
        "SC_HEALTH",
        False,
    ),
    (r"(?:trade )?union(?: ?(?:member(?:ship)?|name|subs))?|staff association", "SC_UNION", False),
    (r"political(?: ?\w+)*|party(?: membership)?|politics", "SC_POLITICS", False),
    (
        r"(?:alleged )?offence(?:s|s? ?(?:type|description|title))?|allegation(?:s|s? ?(?:type|category))?|charge(?:s|d with)?|"
        r"crime(?: ?(?:type|description|classification|group))|breach(?:es)?|standard(?:s|s? ?(?:breached|engaged))?|misconduct type|"
        r"complaint(?: ?(?:type|category))|nature of (?:allegation|offence|complaint)",
        "OFFENCE",
        False,
    ),
    (
        r"outcome(?: ?\w+)?|result|disposal(?: ?\w+)?|sanction(?:s| imposed)?|finding(?:s)?|verdict|sentence|decision|"
        r"(?:final |case )?(?:result|outcome)",
        "OUTCOME",
        False,
    ),
    (
        r"(?:.* )?date(?: .*)?|recorded|received|occurred|closed|month|year|from|to|start|end|due|created|updated|day",
        "DATE",
        True,
    ),
    (r"(?:.* )?time(?: .*)?", "TIME", True),
    (
        r"(?:current |former |previous )?(?:employer|organi[sz]ation|company|force|school|college|council|insurer|firm)(?: name)?",
        "ORG",
        True,
    ),
)
_COMPILED = tuple(
    (regex.compile(rf"(?:{pattern})"), label, wording) for pattern, label, wording in _KINDS
)
_EMPTY = regex.compile(
    r"(?i)\W*(?:|n/?a|nil|none|null|not (?:known|stated|recorded|provided|applicable|given|held|disclosed|done|available)|"
    r"unknown|various|prefer not to say|unspecified|anonymous|redacted|tbc|tba|other|yes|no|y|n|male|female|m|f|"
    r"total|grand total|pass|fail|exempt|refer|booked|unknown .*|[-–—.]+|see (?:above|note.*)|force|public|member of (?:the )?public|mop|refused|withheld|pending|live|ongoing|blank)\W*"
)
_LOOKS_NAMED = regex.compile(r"[\p{Lu}][\p{L}\p{M}'.-]*(?:,? [\p{L}'.-]+){0,4}")


@lru_cache(maxsize=4096)
def column_of(heading: str) -> Column:
    """Judge a heading."""
    words = " ".join(regex.findall(r"[\p{L}\d/]+", _spaced(heading).lower().replace("(s)", "s")))
    for pattern, label, wording in _COMPILED:
        if pattern.fullmatch(words):
            return Column(words, label, wording)
    return Column(words)


def _spaced(heading: str) -> str:
    return str(regex.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.strip()[:80]))


def is_heading_row(texts: Sequence[str]) -> bool:
    """Say whether a row of cells is a row of headings: two of them known, most of them wordy."""
    filled = [one for one in texts if one.strip()]
    known = sum(1 for one in filled if len(one) < 60 and column_of(one).label)
    wordy = sum(1 for one in filled if not any(mark.isdigit() for mark in one))
    needed = 2 if len(filled) > 1 else 1
    return known >= needed and known * 3 >= len(filled) and wordy * 4 >= len(filled) * 3


def is_filled(text: str) -> bool:
    """Say whether a cell tells anything: not empty, not ``n/a``, not ``prefer not to say``."""
    return not _EMPTY.fullmatch(text)


def whole_cell(column: Column, text: str) -> bool:
    """Say whether a whole cell is what its column's heading says."""
    bare = text.strip()
    if not column.label or not is_filled(bare) or len(bare) > 120:
        return False
    if column.label in ("AGE", "ID", "PHONE", "DOB", "POSTCODE"):
        return any(one.isdigit() for one in bare)
    if column.label in ("DATE", "TIME"):
        return False
    if column.wording:
        return bool(_LOOKS_NAMED.fullmatch(bare)) and len(bare.split()) < 5
    return any(one.isalnum() for one in bare)

# ruff: noqa: E501, ISC004 - a pattern is easier to check on one line
"""What a column's heading says of its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import regex

from redactor.detect.coded_cells import coded, is_yes_or_no, tells_of
from redactor.detect.gazetteer import gazetteer
from redactor.detect.short_headings import readings
from redactor.name_rows import NamePart, said


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        heading: as words in small letters; context for what is found in its cells.
        label: what each whole cell is, or empty.
        wording: only cells that look like a name are taken whole (a column ``Officer`` also holds
            ``unknown male officer``).
        score: how sure the heading makes a cell; less where there is no heading, and the cells
            themselves had to tell.
        doubtful: the heading may mean other things as well, and its cells have yet to settle it.
        part: the part of a name that it holds.
    """

    heading: str
    label: str = ""
    wording: bool = False
    score: float = 0.85
    doubtful: bool = False
    part: NamePart | None = None

    @property
    def why(self) -> str:
        """Say what tells of a whole cell."""
        if self.part is not None:
            return said(self.part)
        return (
            "the heading of its column" if self.score > GUESSED else "like the others in its column"
        )

    def on_sheet(self, name: str) -> Column:
        """Give it with the name of its sheet as further context."""
        return replace(self, heading=f"{self.heading} | {words_of_heading(name)}")

    def over(self, values: Sequence[str]) -> Column:
        """Give it as its cells settle it, where the heading alone does not say what they are."""
        if self.doubtful:
            told = tells_of(self.label, values)
            return replace(self, doubtful=False) if told else Column(self.heading)
        if not self.label and (label := coded(values)):
            return Column(self.heading, label, score=GUESSED)
        return self


#: The score of cells in a column that has no heading.
GUESSED = 0.45
#: Who may stand in a heading before ``name``, ``DOB``, ``number``: ``victim surname``, ``officer 2``.
_WHO = (
    r"(?:subject|officer|staff|employee|member|complainant|witness|victim|suspect|offender|defendant|accused|nominal|person|"
    r"perpetrator|aggrieved|injured party|ip|customer|client|pupil|student|child|parent|mother|father|carer|guardian|patient|"
    r"tenant|resident|occupier|applicant|claimant|requester|requestor|contact|driver|keeper|owner|passenger|manager|line manager|"
    r"supervisor|investigator|oic|oics?|social worker|key worker|case ?worker|worker|teacher|tutor|doctor|gp|nurse|consultant|"
    r"appellant|respondent|candidate|interviewer|reviewer|author|caller|informant|reporting person|rp|detainee|prisoner|partner|"
    r"spouse|ex partner|sibling|relative|next of kin|nok|emergency contact|executor|deceased|donor|payee|account holder|"
    r"policy holder|licen[cs]ee|licence holder|dps|designated premises supervisor|landlord|agent|solicitor|interpreter|"
    r"appropriate adult|aa|hearer|chair|councillor|objector|neighbour)s?"
)

#: Headings, tried in order on the words of the heading in small letters.
_KINDS: tuple[tuple[str, str, bool], ...] = (
    (
        rf"(?:{_WHO} )?(?:date of birth|dob|d o b|birth ?date|date birth|born|birthday|year of birth|yob)(?: .{{0,12}})?",
        "DOB",
        False,
    ),
    (
        rf"(?:current )?age(?: at .*| in years| years| yrs| when .*)?|{_WHO} age|age ?(?:of )?{_WHO}",
        "AGE",
        False,
    ),
    (
        rf"(?:{_WHO} )?(?:sur|last|family|l|s|sir|maiden|previous|former|birth|fore|first|f|given|middle|christian|preferred|other|nick|known|"
        rf"legal|full|display|street|pet|alias|add)[ _]?names?(?: ?\d)?|(?:{_WHO} )?(?:known ?as|alias(?:es)?|aka|initials?)|"
        rf"(?:full |legal |{_WHO} )?(?:names?|nm)(?: of .*| in full| ?\d)?|name .{{1,20}}|surname .{{1,12}}|forename\(?s?\)?.{{0,8}}|forename ?\d|"
        r"given|family|surnames|forenames|f ?name|l ?name|s ?name|m ?name|fname|lname|mname",
        "PERSON",
        False,
    ),
    (
        rf"(?:lead |senior |attending |arresting |investigating |reporting |custody |case |duty |responsible |deputy |allocated |named |first |second )?{_WHO}(?: ?\d| details?)?|"
        r"(?:signed|signature|prepared|approved|authori[sz]ed|recorded|created|reported|allocated|assigned|dealt with|attributed|entered|"
        r"inputted|input|updated|modified|completed|submitted|requested|raised|checked|countersigned|seized|found|exhibited|produced|"
        r"taken|interviewed|referred|received|reviewed|verified|logged|closed|opened|booked(?: in)?|handled|sent|made|arrested|seen|"
        r"supplied|witnessed|supervised|heard|decided|paid|issued|nominated|trained)(?: ?by| ?to)|"
        r"trainer|handler|signed|signature|subscriber|user|authorising officer|sio|io|fim|sergeant|inspector|constable|pcso|"
        r"assigned ?to|allocated ?to|by whom|who|recipient|sender|attendees?|present|apologies|from whom|to whom",
        "PERSON",
        True,
    ),
    (
        r"(?:emp|pernr|collar|warrant|shoulder|badge|epaulette?|payroll|pay|staff|employee|personnel|force|officer|nominal|assignment|position|"
        r"prison|pnc|cro|custody|crime|cris|incident|log|cad|case|urn|allegation|alleg|complaint|matter|reference|storm|connect|athena|"
        r"our|your|foi|sar|occurrence|exhibit|exhib|property|seal|bag|nhs|upn|uln|uprn|usrn|ni|nino|national insurance|passport|driving licen[cs]e|driver|"
        r"licen[cs]e|account|acc|acct|bank account|sort|iban|card|imei|imsi|iccid|sim|serial|asset|claim|policy|tenancy|rent|council tax|"
        r"application|planning|premises|customer|client|pupil|student|candidate|patient|hospital|hosp|member(?:ship)?|unique|record|file|niche|centurion|ip|mac|"
        r"person|party|family|child|referral|ehcp|blue badge|permit|dbs|certificate|home office|visa|brp|document|meter|lims|lab|sample|"
        r"intel(?:ligence)?|nfib|action fraud|ceop|court|urn|ptiurn|summons|as|holmes|statement|action|message|system|liquidlogic|mosaic|user|"
        r"pension|union|vehicle|victim|suspect|complainant|subject|offender|call ?sign|radio|issi|device|ticket|pcn|fpn|invoice|transaction)"
        r"(?: ?(?:no|num|number|nos|numbers|ref|refs|reference|references|id|ids|code|card no|address|identifier|urn))+|collar|warrant|pnc(?: ?id)?|cro|nino|"
        r"ni|urn|upn|uln|uprn|usrn|ref|refs|reference|id|imei|imsi|iccid|iban|ssn|passport|nhs|alleg(?:ation)? ref|ip|mac|mrn|fin|"
        r"(?:bank )?(?:account|sort ?code)|a/c(?: no)?|crn|prn|noms(?: id)?|nomis(?: id)?|call ?signs?|exhibits?|exh|collar/warrant|"
        r"emp|pernr|empno|empid|sort|acct?|account|unique (?:pupil|learner|reference|property reference) number|employee|grid ref(?:erence)?|eastings?|northings?|lat(?:itude)?|long(?:itude)?|lng",
        "ID",
        False,
    ),
    (
        r"vrm ?\d?|vrn|reg(?:istration)?(?: ?(?:no|number|mark|plate))?|index(?: ?no)?|number plate|plate|vehicle(?: ?\d)? (?:reg(?:istration)?|vrm|index)(?: ?(?:no|number|mark))?|car reg(?:istration)?",
        "VEHICLE",
        False,
    ),
    (
        rf"(?:{_WHO} )?(?:(?:tele|mobile|home|work|daytime|evening|day|contact|landline|cell|emergency|alternative|office|direct)? ?(?:phone|telephone|tel|mobile|mob|landline|fax|dial|cell)"
        r"(?: ?(?:no|number|nos|numbers))?(?: ?\d)?|contact (?:no|number|details?)|ext(?:ension|n)?(?: ?no)?|msisdn|a number|b number|(?:calling|called|dialled) (?:no|number|party))",
        "PHONE",
        False,
    ),
    (
        rf"(?:contact |work |home |personal |{_WHO} )?e ?mail(?: ?address(?:es)?)?(?: ?\d)?|upn email",
        "EMAIL",
        False,
    ),
    (
        r"user ?name|user ?id|login|log on|handle|screen ?name|twitter|instagram|snapchat|facebook|tiktok|social media(?: .*)?|network id|ad account|"
        r"account name|profile(?: name)?|gamer ?tag|display name|created ?by user|modified ?by user",
        "HANDLE",
        False,
    ),
    (
        r"(?:home |work |incident |victim |suspect |offence |location |property |correspondence )?(?:post ?code|postal code|zip(?: code)?|outcode|pcode|pc)(?: (?:district|sector|area|of .*))?",
        "POSTCODE",
        False,
    ),
    (
        rf"(?:(?:home |work |current |previous |last known |full |correspondence |incident |property |site |premises |billing |delivery |forwarding |{_WHO} |offence |location )?(?:address(?:es)?|addr|add)(?: ?(?:line)? ?\d)?|street(?: name)?|"
        r"house(?: ?(?:no|number|name))?|flat(?: ?(?:no|number))?|what3words|w3w|location address|road(?: name)?|building(?: name)?|address of .*|line ?\d)",
        "ADDRESS",
        False,
    ),
    (
        r"(?:post ?|home )?town|city|wards?|village|borough|bcu|ocu|base|station|posting|posted(?: at| to)?|place(?: of .*)?|(?:incident |offence |arrest |crime )?locations?|beat(?: code)?|lpa|npt|neighbourhood|"
        r"(?:home |police )?(?:area|district|division)|court|prison|county|venue|pob|birthplace|birth ?place|constituency|parish|lsoa|premises(?: name)?|site|hospital|surgery|locality",
        "PLACE",
        True,
    ),
    (
        r"ethnic(?:ity)?(?: ?(?:group|origin|code|appearance|sde|ode|\(.*))?|self ?defined(?: ethnicity)?|sde|ode|race|nationality|"
        r"(?:officer |self )defined ethnicity|ic ?code|eth|(?:first |main |home |preferred )?language(?: spoken)?|country of (?:birth|origin)|citizenship|racial origin|ethnic(?:ity)? .*|"
        r"interpreter(?: required| needed| language)?|16 ?\+ ?1|6 ?\+ ?1|national identity|heritage|asylum .*|eal",
        "SC_RACE",
        False,
    ),
    (
        r"religion(?: or belief| ?/ ?belief)?|belief|faith|religious .*|denomination|dietary(?: .*)?",
        "SC_RELIGION",
        False,
    ),
    (r"(?:sexual ?)?orientation|sexuality|sex orient(?:ation)?|lgbt\S*", "SC_ORIENTATION", False),
    (
        r"disabilit(?:y|ies)(?: ?\w+)?|disabled|health(?: ?\w+)?|medical(?: ?\w+)?|conditions?|diagnos[ie]s|sickness(?: ?\w+)?|sick ?note|sick reason|"
        r"injur(?:y|ies)(?: .*)?|medication|meds|(?:reason for |cause of )?(?:sickness |sick )?(?:absence|illness)(?: reason| type| cause)?|fitness|impairment|reasonable adjustments?|adjustments?|"
        r"sen(?:d)?(?: .*)?|allerg(?:y|ies)|vulnerabilit(?:y|ies)|mental health(?: .*)?|blood (?:group|type)|oh referral(?: reason)?|fit note(?: reason)?|cause of death|warning markers?|pregnan(?:t|cy)",
        "SC_HEALTH",
        False,
    ),
    (
        r"(?:trade )?union(?: ?(?:member(?:ship)?|name|subs|deductions?|dues|subscriptions?|rep))?|staff association|federation(?: member| subs)?",
        "SC_UNION",
        False,
    ),
    (r"political(?: ?\w+)*|party(?: membership| affiliation)?|politics", "SC_POLITICS", False),
    (
        r"(?:alleged |index |main |principal |lead )?offence(?:s|s? ?(?:type|description|title|name|wording|details?|group|class))?|allegation(?:s|s? ?(?:type|category|summary|details?|description))?|charge(?:s|d with| wording| description)?|"
        r"crime(?: ?(?:type|description|classification|group|name))|breach(?:es)?(?: type| of .*)?|standard(?:s|s? ?(?:breached|engaged))?|misconduct(?: type)?|"
        r"complaint(?: ?(?:type|category|summary|details?|description))?|nature of (?:allegation|offence|complaint|incident|concern)|reason for (?:arrest|exclusion|stop|dismissal)|"
        r"grounds|search (?:object|reason)|conviction(?:s)?|arrested for|suspected of",
        "OFFENCE",
        False,
    ),
    (
        r"outcomes?(?: ?\w+)?|result|disposal(?: ?\w+)?|sanction(?:s| imposed)?|finding(?:s)?|verdict|sentence|decision|"
        r"(?:final |case |hearing |meeting |appeal |panel )?(?:result|outcome|decision|finding|sanction)|penalty|plea|bail(?: conditions?| status)?|case status|vetting (?:status|result|outcome|decision)|"
        r"how (?:finalised|resolved)|action taken|leaving reason|reason for leaving",
        "OUTCOME",
        False,
    ),
    (
        r"(?:.* )?dates?(?: .*)?|(?:date)?(?:recorded|received|occurred|closed|opened|reported|arrested|committed)(?: on| from| to)?|month|year|from|to|start(?:ed)?|end(?:ed)?|due|created|updated|day|dd mm yyyy|wc|week commencing|joined|left|hired|leaver|expiry|expires|valid (?:from|to|until)|when",
        "DATE",
        True,
    ),
    (r"(?:.* )?times?(?: .*)?|hours", "TIME", True),
    (
        r"(?:current |former |previous )?(?:employer|organi[sz]ation|company|force|school|college|university|council|insurer|firm|agency|supplier|provider|business|practice|trust|authority|academy|nursery|employer name)(?: name)?",
        "ORG",
        True,
    ),
)
#: Headings that may mean this, and other things.
_DOUBTFUL = {
    **dict.fromkeys(("rel", "belief code"), "SC_RELIGION"),
    **dict.fromkeys(("so", "s o", "sex or", "sex orn", "sex o"), "SC_ORIENTATION"),
    **dict.fromkeys(
        ("dis", "dsb", "reason", "reason txt", "reason text", "need", "primary need"), "SC_HEALTH"
    ),
    **dict.fromkeys(("nat", "natn", "nation", "cob"), "SC_RACE"),
    **dict.fromkeys(("res", "disp", "status", "disposition"), "OUTCOME"),
    **dict.fromkeys(("tu", "fed"), "SC_UNION"),
}
_COMPILED = tuple(
    (regex.compile(rf"(?:{pattern})"), label, wording) for pattern, label, wording in _KINDS
)
#: All of them at once: most of what is judged is no heading, and needs no more.
_ANY_KIND = regex.compile("|".join(f"(?:{pattern})" for pattern, _, _ in _KINDS))
_EMPTY = regex.compile(
    r"(?i)\W*(?:|n/?a|nil|none|null|not (?:known|stated|recorded|provided|applicable|given|held|disclosed|done|available)|"
    r"unknown|various|prefer not to say|unspecified|anonymous|redacted|tbc|tba|other|yes|no|y|n|male|female|m|f|"
    r"total|grand total|pass|fail|exempt|refer|booked|unknown .*|[-–—.]+|see (?:above|note.*)|force|public|member of (?:the )?public|mop|refused|withheld|pending|live|ongoing|blank)\W*"
)
_LOOKS_NAMED = regex.compile(r"[\p{Lu}][\p{L}\p{M}'.-]*(?:,? [\p{L}'.-]+){0,4}")


@lru_cache(maxsize=4096)
def column_of(heading: str) -> Column:
    """Judge a heading."""
    words = words_of_heading(heading)
    for way in (words, *readings(words)):
        for pattern, label, wording in _COMPILED if _ANY_KIND.fullmatch(way) else ():
            if pattern.fullmatch(way):
                part = _part_of(way) if label == "PERSON" and not wording else None
                return Column(words, label, wording, part=part)
        if way in _DOUBTFUL:
            return Column(words, _DOUBTFUL[way], doubtful=True)
    return Column(words)


def _part_of(words: str) -> NamePart | None:
    """Give the part of a name that a heading says, unless it is a name somebody had before."""
    if _FORMER.search(words):
        return None
    return next((part for part, pattern in _PARTS if pattern.fullmatch(words)), None)


_FORMER = regex.compile(r"\b(?:maiden|previous|former|birth|alias|aka|legal)\b")
_PARTS = tuple(
    (part, regex.compile(rf"(?:.* )?(?:{words})\(?s?\)?(?: ?\d)?"))
    for part, words in (
        (NamePart.SURNAME, r"(?:sur|last|family|sir|s|l)[ _]?name|family"),
        (NamePart.FORENAME, r"(?:fore|first|given|christian|f)[ _]?name|given"),
        (NamePart.MIDDLE, r"(?:middle|m)[ _]?name"),
        (NamePart.KNOWN_AS, r"(?:known|preferred|nick|pet)[ _]?name|known ?as"),
    )
)


#: A heading is shorter, in characters.
_LONGEST = 60


def _is_form(filled: Sequence[str]) -> bool:
    """Say whether cells are labels with their values at the right, not headings."""
    values = filled[1::2]
    return (
        len(filled) % 2 == 0
        and len(filled) > 0
        and all(len(one) < _LONGEST and column_of(one.rstrip(": ")).label for one in filled[::2])
        and not any(column_of(one).label for one in values)
        and (filled[0].strip().endswith(":") or any(mark.isdigit() for mark in "".join(values)))
    )


_HEADING_WORD = regex.compile(r"[\p{L}\d/]+")
#: Where one word ends and the next begins in ``LineManager``.
_HUMP = regex.compile(r"(?<=[a-z])(?=[A-Z])")


def words_of_heading(heading: str) -> str:
    """Give the words of a heading in small letters: ``LineManager_Name`` is ``line manager name``."""
    plain = _spaced(heading).lower().replace("(s)", "s").replace("_", " ")
    return " ".join(_HEADING_WORD.findall(plain))


def _spaced(heading: str) -> str:
    return str(_HUMP.sub(" ", heading.strip()[:80]))


def is_heading_row(texts: Sequence[str]) -> bool:
    """Say whether a row of cells is a row of headings: two of them known, most of them wordy."""
    filled = [one for one in texts if one.strip()]
    wordy = sum(1 for one in filled if not any(mark.isdigit() for mark in one))
    if wordy * 4 < len(filled) * 3 or _is_form(filled):
        return False
    columns = [column_of(one) for one in filled if len(one) < _LONGEST]
    known = sum(1 for one in columns if one.label)
    if all(one.doubtful for one in columns if one.label):
        return False
    needed = 2 if len(filled) > 1 else 1
    return known >= needed and known * 3 >= len(filled)


def label_cell(text: str) -> Column | None:
    """Give what a cell says of the cell at its right, as on a form: ``Surname:``; else None."""
    bare = text.strip()
    if not 1 < len(bare) < 50 or any(one.isdigit() for one in bare):
        return None
    column = column_of(bare.rstrip(": "))
    if column.doubtful:
        return None
    return column if column.label and (bare.endswith(":") or not column.wording) else None


def guessed(values: Sequence[str]) -> Column | None:
    """Judge a column without a known heading by its cells: mostly names, or numbers of one form."""
    filled = list(dict.fromkeys(one.strip() for one in values if is_filled(one)))
    if len(filled) < _ENOUGH:
        return None
    numbers = sum(1 for one in filled if _NUMBERED.fullmatch(one) and not _YEAR.fullmatch(one))
    lengths = {len(one) for one in filled if _NUMBERED.fullmatch(one)}
    if numbers * 10 >= len(filled) * 9 and len(lengths) <= 2 and not _counts_up(filled):
        return Column("", "ID", score=GUESSED)
    if sum(map(_is_named, filled)) * 10 >= len(filled) * 7:
        return Column("", "PERSON", score=GUESSED)
    return None


_ENOUGH = 6
_NUMBERED = regex.compile(r"[A-Za-z]{0,3}\d{4,12}[A-Za-z]{0,2}")
_YEAR = regex.compile(r"(?:19|20)\d\d")
#: Labels of columns in which ``Y`` and ``N`` tell something.
_ANSWERED = ("SC_HEALTH", "SC_UNION")
_NAME_CELL = regex.compile(r"[\p{L}][\p{L}\p{M}'-]+(?:,? [\p{L}][\p{L}\p{M}'.-]*){0,3}")


def ages_among_names(values: Sequence[str]) -> Column | None:
    """Judge a column without a heading, in a table of people, that may hold their ages."""
    filled = [one.strip() for one in values if one.strip()]
    if len(filled) < _ENOUGH or _counts_up(filled):
        return None
    numbers = [int(one) for one in filled if _SHORT_NUMBER.fullmatch(one)]
    grown = sum(1 for one in numbers if _YOUNG < one < _OLD)
    if len(numbers) < len(filled) or grown * 10 < len(filled) * 9:
        return None
    return Column("", "AGE", score=GUESSED)


_SHORT_NUMBER = regex.compile(r"\d{1,2}")
_YOUNG, _OLD = 10, 99


def _is_named(text: str) -> bool:
    """Say whether a cell is made of names, and not of ordinary words only."""
    if not _NAME_CELL.fullmatch(text):
        return False
    known = gazetteer()
    words = text.replace(",", " ").split()
    if any(known.is_ordinary(one) and not known.is_forename(one) for one in words):
        return False
    return any(known.is_forename(one) or known.is_surname(one) for one in words)


def _counts_up(values: Sequence[str]) -> bool:
    """Say whether cells only number the rows."""
    plain = [int(one) for one in values if one.isdecimal()]
    return len(plain) == len(values) and all(b - a == 1 for a, b in pairwise(plain))


def is_filled(text: str) -> bool:
    """Say whether a cell tells anything: not empty, not ``n/a``, not ``prefer not to say``."""
    return not _EMPTY.fullmatch(text)


def whole_cell(column: Column, text: str) -> bool:
    """Say whether a whole cell is what its column's heading says."""
    bare = text.strip()
    if column.label in _ANSWERED and column.score > GUESSED and is_yes_or_no(bare):
        return True
    if not column.label or not is_filled(bare) or len(bare) > 120:
        return False
    if column.label in ("AGE", "ID", "PHONE", "DOB", "POSTCODE"):
        return any(one.isdigit() for one in bare)
    if column.label in ("DATE", "TIME"):
        return False
    if column.wording:
        return bool(_LOOKS_NAMED.fullmatch(bare)) and len(bare.split()) < 5
    return any(one.isalnum() for one in bare)

# ruff: noqa: E501 - a pattern is easier to check on one line
"""House, flat and street lines.

Street and building words follow British addressing (BS 7666 street types; thoroughfare descriptors in
common use in the Postcode Address File, Welsh ones included).
"""

from __future__ import annotations

from redactor.detect.gazetteer import gazetteer
from redactor.detect.rules import DIGITS, Example, Rule, RuleRecogniser, spelt

#: A word with a capital letter, and up to four of them; ``of``, ``and`` and the like may join.
_CAP = r"(?:\p{Lu}[\p{L}\p{M}'.-]*|\d{1,2}(?:st|nd|rd|th))"
_NAME = rf"{_CAP}(?:[ ](?:(?:of|and|the|upon|on|in|le|de|y|&|\+)[ ]){{0,2}}{_CAP}){{0,4}}"
_STREET = (
    r"(?:Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Av|Close|Cl|Drive|Dr|Way|Crescent|Cres|Terrace|Terr?|Gardens?|Gdns|"
    r"Grove|Mews|Parade|Row|Walk|Place|Pl|Square|Sq|Court|Ct|Yard|Hill|Rise|View|Croft|Brow|Bank|Wharf|Quay|"
    r"Parkway|Broadway|Boulevard|Blvd|Chase|Circus|Embankment|Esplanade|Promenade|Gate|Glade|Glebe|Green|Heights|"
    r"Hollow|Loan|Wynd|Vennel|Brae|Mead|Meadows?|Orchard|Path|Passage|Alley|Rigg|Ridge|Spinney|Vale|Villas|"
    r"Cottages?|House|Lodge|Mansions|Buildings|Flats|Towers?|Maltings|Mill|Barn|Farm|Fold|Ginnel|Gardens|Heol|Ffordd|"
    r"Stryd|Lôn|Drop|Side|Approach|Arcade|Cross|Crossroads|Roundabout|Bypass|Bridge|Turn|Turnpike|Dene|Dale|Drove|Gait|Close|Garth|Strand|Twitten|Wold|Wynds?|Common|Down|Downs|Fields?|Park|Nook|Corner|Parc|Maes|Clos|Rhodfa|Lôn|Gate|Hey|Leys?|Lea|Copse|Coppice|Bungalows?|Almshouses)"
)
_PLAIN_STREET = (
    r"(?:Road|Rd|Street|Lane|Avenue|Ave|Close|Drive|Crescent|Terrace|Gardens|Grove|Mews|Parade|Brow|Wharf|Brae|"
    r"Cottages?|Mansions|Maltings|Approach|Row|Walk|Way|Yard|Rise|Place|Square|Court|Drop|Drove|Garth|Boulevard|Gdns|Rd|Ginnel|Wynd|Vennel)"
)
_UNIT = r"(?:[Ff]lat|FLAT|[Ff]lt|FLT|[Aa]partment|APARTMENT|Apt|[Uu]nit|UNIT|[Ss]uite|[Bb]lock|[Ll]evel(?= \d{1,2}, [A-Z])|[Pp]lot|[Pp]itch|[Cc]aravan|[Bb]erth|[Mm]aisonette)"
_NUMBER = r"(?:\d{1,4}[A-Za-z]?(?:[-/]\d{1,4}[A-Za-z]?)?|[Ll]\d[A-Za-z]?)"


#: Months, which no street begins with after a number: ``27 Feb AB`` is the head of a note.
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ch|il|e|y|ust|tember|ember|ober)?"


def _begins_plain(found: str) -> bool:
    """Say whether the word before a street word is an ordinary one (``halfway close``)."""
    return gazetteer().is_ordinary(found.split()[-2])


_HOUSE = r"(?:Cottages?|House|Lodge|Farm|Farmhouse|Barn|Bungalow|Forge|Smithy|Vicarage|Rectory|Manse|Villa|Grange|Croft)"
_STREETS, _PLAIN_STREETS, _UNITS = (
    spelt(_STREET),
    spelt(_PLAIN_STREET),
    (*spelt(_UNIT), "Flats", "flats", "Units", "units", "Blocks", "blocks", "Plots", "plots"),
)
_CAPITAL_STREETS = spelt(
    "ROAD|RD|STREET|ST|LANE|AVENUE|AVE|CLOSE|DRIVE|CRESCENT|TERRACE|GARDENS|GROVE|PLACE|COURT|CT|WAY|WALK|SQUARE|ROW|HOUSE|HSE|VIEW|HEIGHTS|TOWERS?"
)
_SMALL_STREETS = spelt(
    "st|rd|road|street|lane|ave|avenue|close|way|drive|court|ct|gardens|grove|terrace|walk|crescent|cres|hse|house"
)
#: Where rules are to be searched; see ``Rule.spot``.
_AT_STROKE = r"/\w"


class Addresses(RuleRecogniser):
    """House, flat and street lines."""

    NAME = "address"
    LABELS = ("ADDRESS",)
    OF_NAMES = True
    REACH = 60
    RULES = (
        Rule(
            "ADDRESS",
            rf"(?<![\w/.-]|\d )(?P<v>(?:(?:{_UNIT}|[Rr]oom) \w{{1,4}},? |(?:The|Top|Basement|Ground Floor|First Floor|Garden|Attic) Flat,? |\d{{1,2}}/\d{{1,2}},? |(?:[Nn]umber|[Nn]o\.?) )?{_NUMBER},? (?!{_MONTH}\b){_NAME}[ ]{_STREET}(?:[ ](?:North|South|East|West))?)\b(?![ ](?:Station|station|Police|Surgery|Hospital|Library))",
            0.9,
            "a number and a street",
            near=_STREETS,
            spot=DIGITS,
            reach=110,
        ),
        Rule(
            "ADDRESS",
            rf"(?<![\w/.-])(?P<v>{_UNIT}s? (?:\d{{1,4}}[A-Za-z]?|[A-Z]\d?)\b(?:,? (?:{_NUMBER},? )?{_NAME}(?:[ ]{_STREET})?)?)",
            0.85,
            "a flat or unit",
            near=_UNITS,
            reach=130,
        ),
        Rule(
            "ADDRESS",
            rf"(?<![\w'-])(?P<v>(?:The )?{_CAP}(?:[ ]{_CAP}){{0,3}}[ ]{_PLAIN_STREET})\b(?![ ](?:[Ss]tation|Police|police|Surgery|Hospital|Library|Medical|School|[Pp]rimary|Academy|Court))(?<!(?:Crown|Magistrates'?|County|High|Sheriff|Family|Supreme|Youth|The) Court)",
            0.7,
            "the name of a street",
            near=_PLAIN_STREETS,
            reach=90,
        ),
        Rule(
            "ADDRESS",
            rf"(?<=\b(?i:at|of|to|from|outside|door|address|addr|lives?|living|into|in|and|near|for|loc|home)[: ]{{1,2}})(?P<v>\d{{1,4}}[A-Za-z]? (?!{_MONTH}\b)(?=\p{{Lu}}\p{{Ll}}){_CAP}(?: {_CAP})?)(?=[,.;\n]|$| (?:on|in|and|at|with|where|who|when|by|to|is|was)\b)(?<!(?:Officers?|People|Staff|Cases|Records|Working|Days|Hours|Items|Questions|Sergeants?|Constables?))",
            0.5,
            "a number and a name after a word for where",
        ),
        Rule(
            "ADDRESS",
            r"(?<=\b(?:[Ff]lat|[Ii]n|[Aa]t|[Ff]rom|[Oo]f|[Tt]o|[Nn]eighbours?|[Tt]enants?|[Oo]ccupiers?),? )(?P<v>0/[1-9]|[1-9]/[0-3])(?=[ ]?(?:[.,;\n)]|$|showed|said|reported|complained|and\b|is\b|was\b|has\b|had\b))",
            0.5,
            "the position of a Scottish flat",
            reach=14,
            spot=_AT_STROKE,
        ),
        Rule(
            "ADDRESS",
            rf"(?m)^[ ]*(?P<v>(?:The )?{_CAP}(?: {_CAP}){{0,3}}),?$(?=\n[ ]*(?:{_NUMBER},? )?{_CAP}(?: {_CAP}){{0,3}} {_STREET},?[ ]*\n)",
            0.55,
            "a line above a street",
            near=_STREETS,
            reach=140,
        ),
        Rule(
            "ADDRESS",
            rf"(?<=\b(?i:addr(?:ess)?|home|lives?(?: at| in)?|living at|resides at|residing at|at|of|c/o|moved to)[: ]{{1,3}})(?P<v>(?:The )?{_CAP}(?: {_CAP}){{0,2}} (?:Cottage|House|Lodge|Farm|Farmhouse|Barn|Bungalow|Forge|Smithy|Vicarage|Rectory|Manse|Villa|Hall|Grange|Mill|Croft|Caravan Park|Mobile Home Park))(?=[,.;\n]|$)",
            0.6,
            "the name of a house",
            near=(
                *(
                    "address",
                    "addr",
                    "home",
                    "live",
                    "lives",
                    "living",
                    "resides",
                    "residing",
                    "at",
                ),
                *("of", "c", "o", "moved"),
            ),
        ),
        Rule(
            "ADDRESS",
            r"(?<![\w'-])(?P<v>(?:\d{1,4}[A-Z]? )?(?:(?!(?:IN|THE|AND|ON|AT|OF|TO|WITH|FROM) )[A-Z][A-Z'-]+ ){1,3}(?:ROAD|RD|STREET|ST|LANE|AVENUE|AVE|CLOSE|DRIVE|CRESCENT|TERRACE|GARDENS|GROVE|PLACE|COURT|CT|WAY|WALK|SQUARE|ROW|HOUSE|HSE|VIEW|HEIGHTS|TOWERS?))(?<!\b(?:IN|THE|AND|ON|AT|OF|TO) \w{2,8})(?=[,.;)\n]|$| [A-Z\d])(?<!\b(?:CROWN|COUNTY|MAGISTRATES'?|HIGH) COURT|\b(?:SUPERVISOR|TO|LOG|INCIDENT|CASE|CAN|POST) CLOSE|\b(?:FOR|NOT|IN|AT) COURT|\b(?:NO|ANY|BY) WAY)",
            0.65,
            "the name of a street",
            near=_CAPITAL_STREETS,
            reach=80,
        ),
        Rule(
            "ADDRESS",
            r"(?<![\w'-])(?P<v>(?:\d{1,4}[a-z]? )?(?:[a-z]{4,} ){1,2}(?:st|rd|street|road|lane|avenue|crescent|terrace))(?=[.,;\n]|$)(?<!\b(?:the|this|that|our|main|other|same|high|wrong|next|down) (?:st|street|road|lane))",
            0.4,
            "the name of a street in small letters",
            near=_SMALL_STREETS,
            reach=70,
        ),
        Rule("ADDRESS", r"(?i:\b(?:p\.?o\.? ?box)) (?P<w>\d{1,6})", 0.9, "a post office box"),
        Rule("ADDRESS", r"(?P<v>(?:PO|P\.O\.|P\.?O) ?[Bb]ox \d{1,6})", 0.92, "a post office box"),
        Rule(
            "ADDRESS",
            r"(?i:\b(?:at|outside|of|opposite|to|from|into|in|and|lives at|address|family in|house|that)) (?i:no\.?|number|num|nos\.?|numbers|house number|door) ?(?P<v>\d{1,4}[A-Za-z]?)\b(?![.:/]\d| (?:of|officers|people)| ?%)(?! \p{Ll}+ (?:officers|bus))",
            0.75,
            "a house number",
            near=("no", "nos", "number", "num", "numbers", "door"),
            spot=DIGITS,
        ),
        Rule(
            "ADDRESS",
            r"(?i:\b(?:flat|apartment|house|door|unit|the family (?:in|at)|neighbours? (?:at|in|from)|people (?:at|in)|couple (?:at|in)|lady at|man at|woman at|residents? (?:at|of)|lives at|live at|living at|tenants? of|tenants? at|occupants? of)) (?:no\.? ?|number )?(?P<v>\d{1,4}[A-Za-z]?)\b(?![.:/]\d|%)",
            0.65,
            "a house number",
            near=("flat", "apartment", "house", "door", "unit", "in", "at", "from", "of"),
            spot=DIGITS,
        ),
        Rule(
            "ADDRESS",
            r"(?<=\b(?:[Ff]lats?|[Nn]umbers?|[Nn]os?\.?|[Nn]eighbours? (?:at|in|from)|[Nn]eighbouring|tenants? (?:at|of)) \d{1,4}[A-Za-z]?(?:, \d{1,4}[A-Za-z]?)?(?:,| and| or|,? to| &) )(?:no\.? |number )?(?P<v>\d{1,4}[A-Za-z]?)\b(?![.:/]\d|%| \p{Lu}| (?:officers|people|days))",
            0.55,
            "a second house number",
        ),
        Rule(
            "ADDRESS",
            r"(?:(?<=\b(?:no\.?|No\.?|NO) )|(?<=\b(?:outside|opposite) ))(?P<v>[1-9]\d{0,2}[A-Za-z]?)(?=[.,;:)\n]|$)(?![.,]\d)(?<!(?:[Ss]erial|[Ii]tem|[Pp]age|[Rr]ef|[Cc]ase|[Ff]orm|[Vv]ersion|[Ee]xhibit|[Rr]oom|[Tt]able|[Qq]uestion|[Pp]aragraph|[Cc]ollar|[Ww]arrant) (?:no\.?|No\.?) \d{1,3}[A-Za-z]?)",
            0.4,
            "a house number",
            near=("no", "outside", "opposite"),
            spot=DIGITS,
            reach=12,
        ),
        Rule(
            "ADDRESS",
            r"(?<![\w/.:'-])(?P<v>(?:(?:flat|flt|fl) \w{1,3},? )?\d{1,4}[a-z]? (?!(?:in|on|of|the|at|by|to|and|from|down|up|along|more|other|main|for|per|or|is|was)\b)[a-z]{3,} (?:[a-z]{3,} )?(?:st|rd|road|street|lane|ave|avenue|close|way|drive|court|ct|gardens|grove|terrace|walk|crescent|cres|hse))\b|\b(?P<v>(?:flat|flt) \d{1,3}[a-z]? [a-z]{3,} (?:ct|court|hse|house|road|rd|st))\b",
            0.5,
            "a number and a street in small letters",
            near=_SMALL_STREETS,
            spot=DIGITS,
            reach=70,
        ),
        Rule(
            "ADDRESS",
            rf"(?<=, )(?P<v>{_CAP}(?: {_CAP}){{0,2}} {_STREET})(?=, \p{{Lu}})",
            0.5,
            "a street between commas",
            near=_STREETS,
            reach=90,
        ),
        Rule(
            "ADDRESS",
            r"(?<=\b(?:him|her|them|man|woman|lady|couple|lot|those|people|family|kids|\p{Lu}\p{L}+) at )(?P<v>[1-9]\d{0,2}[A-Za-z]?)(?= (?:is|was|came|started|has|had|said|says|who|again|have|were|are|kicked|shouted|next)\b)",
            0.45,
            "a house number after somebody",
            near=("at",),
        ),
        Rule(
            "ADDRESS",
            r"(?i)\b(?:flat|number|at number) (?P<v>(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)(?: [a-z]+ (?:court|road|street|lane|avenue|close|drive|house|gardens|terrace|way))?)\b(?! (?:one|two|three|four|five|six|seven|eight|nine|oh|zero|priority|thing|reason|fan))",
            0.45,
            "a house number in words",
            near=("flat", "number"),
        ),
        Rule(
            "ADDRESS",
            r"(?m)(?<=^[^\n]{0,24}- \p{Lu}\p{Ll}+ )(?P<v>[1-9]\d{0,2}[A-Za-z]?)(?=: )",
            0.5,
            "a house number after a name in a chat of neighbours",
            spot=r"\d: ",
        ),
        Rule(
            "ADDRESS",
            rf"(?<![\w'-])(?P<v>(?:The )?(?:{_CAP} ){{1,3}}View)(?=[.,;]| [a-z])(?<!(?:The|Our|My|Your|Point of|Street) View)",
            0.45,
            "the name of a street",
            near=("view",),
        ),
        Rule(
            "ADDRESS",
            rf"(?m)^[ ]*(?P<v>(?:The )?{_CAP}(?: {_CAP}){{0,3}} {_HOUSE})[,.]?[ ]*$",
            0.5,
            "the name of a house on a line",
            near=spelt(_HOUSE),
            reach=110,
        ),
        Rule(
            "ADDRESS",
            r"(?<![\w'-])(?P<v>(?:\d{1,4}[a-z]? )?[a-z]{4,} (?:way|close|drive|court|gardens|grove|walk|rise|gdns))(?=[.,;\n]|$| (?:in|near|by|with|at|and|bring|fire)\b)",
            0.4,
            "the name of a street in small letters",
            near=("way", "close", "drive", "court", "gardens", "grove", "walk", "rise", "gdns"),
            reach=30,
            unless=_begins_plain,
        ),
        Rule(
            "ADDRESS",
            rf"(?i:\b(?:home|addr|lives|live|living|resid(?:es|ing|ent)|moved|address|premises|venue|loc(?:ation)?|h/a)(?: address)?(?: at| to| in|:)) ?(?P<v>{_NUMBER},? (?!{_MONTH}\b){_NAME})",
            0.7,
            "a number and a name after a word for home",
        ),
        Rule(
            "ADDRESS",
            r"(?m)^[ \t]*(?i:address|home address|home|location|street|house|venue)[ ]?:[ ]{0,12}(?P<v>[\p{L}\d][^\n,;|]{2,60}?)(?=,|;|\||[ ]{3}|\n|$)",
            0.75,
            "what follows a word for address",
            needs=":",
        ),
        Rule(
            "ADDRESS",
            rf"(?m)^[ ]*(?P<v>{_NUMBER},? (?!{_MONTH}\b)(?=\p{{Lu}}\p{{Ll}}){_NAME})[,.]?$(?=\n[ ]*{_CAP})",
            0.55,
            "a number and a name on a line",
        ),
        Rule(
            "ADDRESS",
            r"(?i)\b(?:at|to|she's at|he's at|live at) (?P<v>(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)(?: [a-d])? [a-z]+ (?:court|road|street|lane|avenue|close|drive|house|gardens|terrace))\b",
            0.75,
            "an address in words",
            near=(*_SMALL_STREETS, "house"),
            reach=90,
        ),
    )
    EXAMPLES = (
        Example("of 14 Heol Derwen Close, Ammanford", "ADDRESS", "14 Heol Derwen Close"),
        Example("lives at Flat 6, Hanover Court, with", "ADDRESS", "Flat 6, Hanover Court"),
        Example("down Narborough Lane towards", "ADDRESS", "Narborough Lane"),
        Example("PO Box 811, Leeds", "ADDRESS", "PO Box 811"),
        Example("outside no. 44 then", "ADDRESS", "44"),
        Example("Address: Brook Cottage\n", "ADDRESS", "Brook Cottage"),
        Example("at the door of 27 Larkrise, Portishead", "ADDRESS", "27 Larkrise"),
        Example("0/1, 16 Linnhe Drive, Paisley", "ADDRESS", "0/1, 16 Linnhe Drive"),
        Example("Mr Zhou in 0/2 showed us", "ADDRESS", "0/2"),
        Example("ADDR 81 LORDSHIP GROVE N94 6WQ", "ADDRESS", "81 LORDSHIP GROVE"),
        Example("The Old Smithy\nDig Street\nAshbourne", "ADDRESS", "The Old Smithy"),
        Example("from number 9 to no 12.", "ADDRESS", "12"),
        Example("The family at 23A complained", "ADDRESS", "23A"),
        Example("neighbours at 41 and 43 heard", "ADDRESS", "43"),
        Example("Of: 31 SHIBDON CRESCENT, BLAYDON", "ADDRESS", "31 SHIBDON CRESCENT"),
        Example("him at 31 started up", "ADDRESS", "31"),
        Example("butt here flat fourteen you", "ADDRESS", "fourteen"),
        Example("lives at Rose Cottage, near", "ADDRESS", "Rose Cottage"),
    )
    NOT_FOUND = (
        "the road was closed",
        "at Preston Crown Court",
        "in Table 4 below",
        "see Part 7 of it",
        "27 Feb AB\nVisit",
        "at 12 Officers",
    )


RECOGNISERS = (Addresses,)

"""Places, addresses and organisations: by their last words, by lists, and by the words before them.

Street and building words follow British addressing (BS 7666 street types; PAF thoroughfare descriptors
in common use, Welsh ones included). Police forces, courts, hospitals, schools and firms are told by the
word that ends or begins their names; national bodies and large firms by a list
(``resources/detection/organisations.txt``); towns, counties and countries by another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from redactor.detect.gazetteer import gazetteer, read_words
from redactor.detect.rules import NEEDS_CONTEXT, Example, Hit, Recogniser, Rule, RuleRecogniser
from redactor.detect.words import Word, mostly_shouted, words_of

#: A word with a capital letter, and up to four of them; ``of``, ``and`` and the like may join.
_CAP = r"(?:\p{Lu}[\p{L}\p{M}'.-]*|\d{1,2}(?:st|nd|rd|th))"
_NAME = rf"{_CAP}(?:[ ](?:(?:of|and|the|upon|on|in|le|de|y|&|\+)[ ]){{0,2}}{_CAP}){{0,4}}"
_STREET = (
    r"(?:Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Av|Close|Cl|Drive|Dr|Way|Crescent|Cres|Terrace|Terr?|Gardens?|Gdns|"
    r"Grove|Mews|Parade|Row|Walk|Place|Pl|Square|Sq|Court|Ct|Yard|Hill|Rise|View|Croft|Brow|Bank|Wharf|Quay|"
    r"Parkway|Broadway|Boulevard|Blvd|Chase|Circus|Embankment|Esplanade|Promenade|Gate|Glade|Glebe|Green|Heights|"
    r"Hollow|Loan|Wynd|Vennel|Brae|Mead|Meadows?|Orchard|Path|Passage|Alley|Rigg|Ridge|Spinney|Vale|Villas|"
    r"Cottages?|House|Lodge|Mansions|Buildings|Flats|Towers?|Maltings|Mill|Barn|Farm|Fold|Ginnel|Gardens|Heol|Ffordd|"
    r"Stryd|Lôn|Drop|Side|Approach|Arcade|Cross|Crossroads|Roundabout|Bypass|Bridge|Turn|Turnpike|Dene|Dale|Larkrise|Drainside)"
)
_PLAIN_STREET = (
    r"(?:Road|Rd|Street|Lane|Avenue|Ave|Close|Drive|Crescent|Terrace|Gardens|Grove|Mews|Parade|Brow|Wharf|Brae|"
    r"Cottages?|Mansions|Maltings|Approach|Row|Walk|Way|Yard|Rise|Place|Square|Court|Drop)"
)
_UNIT = r"(?:[Ff]lat|FLAT|[Aa]partment|APARTMENT|Apt|[Uu]nit|UNIT|[Rr]oom|[Ss]uite|[Pp]lot|[Pp]itch|[Cc]aravan|[Bb]erth|[Mm]aisonette)"
_NUMBER = r"(?:\d{1,4}[A-Za-z]?(?:[-/]\d{1,4}[A-Za-z]?)?|[Ll]\d[A-Za-z]?)"


class Addresses(RuleRecogniser):
    """House, flat and street lines."""

    NAME = "address"
    LABELS = ("ADDRESS",)
    OF_NAMES = True
    RULES = (
        Rule(
            "ADDRESS",
            rf"(?<![\w/.-])(?P<v>(?:{_UNIT} \w{{1,4}},? )?{_NUMBER},? {_NAME}[ ]{_STREET}(?:[ ](?:North|South|East|West))?)\b(?![ ](?:Station|station|Police|Surgery|Hospital|Library))",
            0.9,
            "a number and a street",
        ),
        Rule(
            "ADDRESS",
            rf"(?<![\w/.-])(?P<v>{_UNIT}s? (?:\d{{1,4}}[A-Za-z]?|[A-Z]\d?)\b(?:,? (?:{_NUMBER},? )?{_NAME}(?:[ ]{_STREET})?)?)",
            0.85,
            "a flat or unit",
            needs="",
        ),
        Rule(
            "ADDRESS",
            rf"(?<![\w'-])(?P<v>(?:The )?{_CAP}(?:[ ]{_CAP}){{0,3}}[ ]{_PLAIN_STREET})\b(?![ ](?:[Ss]tation|Police|police|Surgery|Hospital|Library|Medical|School|[Pp]rimary|Academy|Court))(?<!(?:Crown|Magistrates'?|County|High|Sheriff|Family|Supreme|Youth|The) Court)",
            0.7,
            "the name of a street",
            needs="",
        ),
        Rule(
            "ADDRESS",
            r"(?<![\w'-])(?P<v>(?:(?!(?:IN|THE|AND|ON|AT|OF|TO|WITH|FROM) )[A-Z][A-Z'-]+ ){1,3}(?:ROAD|RD|STREET|ST|LANE|AVENUE|AVE|CLOSE|DRIVE|CRESCENT|TERRACE|GARDENS|GROVE|PLACE|COURT|WAY|WALK|SQUARE|ROW))(?<!(?:IN|THE|AND|ON|AT|OF|TO) \w{2,8})(?=[,.;)\n]|$| [A-Z\d])(?<!(?:CROWN|COUNTY|MAGISTRATES'?|HIGH) COURT)",
            0.65,
            "the name of a street",
            needs="",
        ),
        Rule(
            "ADDRESS",
            r"(?<![\w'-])(?P<v>(?:\d{1,4}[a-z]? )?(?:[a-z]{4,} ){1,2}(?:st|rd|street|road|lane|avenue|crescent|terrace))(?=[.,;\n]|$)(?<!(?:the|this|that|our|main|other|same|high|wrong|next|down) (?:st|street|road|lane))",
            0.4,
            "the name of a street in small letters",
            needs="",
        ),
        Rule("ADDRESS", r"(?i:\b(?:p\.?o\.? ?box)) (?P<w>\d{1,6})", 0.9, "a post office box"),
        Rule("ADDRESS", r"(?P<v>(?:PO|P\.O\.|P\.?O) ?[Bb]ox \d{1,6})", 0.92, "a post office box"),
        Rule(
            "ADDRESS",
            r"(?i:\b(?:at|outside|of|opposite|to|into|in|lives at|address|family in|house)) (?i:no\.?|number|num|house number|door) ?(?P<v>\d{1,4}[A-Za-z]?)\b(?![.:/]\d| (?:of|officers|people))",
            0.75,
            "a house number",
        ),
        Rule(
            "ADDRESS",
            r"(?i:\b(?:flat|apartment|house|door|unit|the family in|neighbours? at|lives at|live at|living at|tenants? of|tenants? at|occupants? of)) (?:no\.? ?|number )?(?P<v>\d{1,4}[A-Za-z]?)\b(?![.:/]\d|%)",
            0.65,
            "a house number",
        ),
        Rule(
            "ADDRESS",
            rf"(?i:\b(?:home|lives|live|living|resid(?:es|ing|ent)|moved|address|premises|venue|loc(?:ation)?|h/a)(?: address)?(?: at| to| in|:)) ?(?P<v>{_NUMBER},? {_NAME})",
            0.7,
            "a number and a name after a word for home",
        ),
        Rule(
            "ADDRESS",
            rf"(?m)^[ \t]*(?i:address|home address|home|location|street|house|venue)[ ]?:[ ]{{0,12}}(?P<v>[\p{{L}}\d][^\n,;|]{{2,60}}?)(?=,|;|\||[ ]{{3}}|\n|$)",
            0.75,
            "what follows a word for address",
            needs=":",
        ),
        Rule(
            "ADDRESS",
            rf"(?m)^[ ]*(?P<v>{_NUMBER},? {_NAME})[,.]?$(?=\n[ ]*{_CAP})",
            0.55,
            "a number and a name on a line",
        ),
        Rule(
            "ADDRESS",
            rf"(?i)\b(?:at|to|she's at|he's at|live at) (?P<v>(?:{'|'.join(('one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen', 'twenty'))})(?: [a-d])? [a-z]+ (?:court|road|street|lane|avenue|close|drive|house|gardens|terrace))\b",
            0.75,
            "an address in words",
            needs="",
        ),
    )
    EXAMPLES = (
        Example("of 14 Heol Derwen Close, Ammanford", "ADDRESS", "14 Heol Derwen Close"),
        Example("lives at Flat 6, Hanover Court, with", "ADDRESS", "Flat 6, Hanover Court"),
        Example("down Narborough Lane towards", "ADDRESS", "Narborough Lane"),
        Example("PO Box 811, Leeds", "ADDRESS", "PO Box 811"),
        Example("outside no. 44 then", "ADDRESS", "44"),
        Example("Address: Brook Cottage\n", "ADDRESS", "Brook Cottage"),
    )
    NOT_FOUND = (
        "the road was closed",
        "at Preston Crown Court",
        "in Table 4 below",
        "see Part 7 of it",
    )


class Organisations(RuleRecogniser):
    """Bodies, by the word that ends or begins their names, and by a list."""

    NAME = "organisation"
    LABELS = ("ORG",)
    OF_NAMES = True
    _BODY = (
        r"(?:Police|Constabulary|Council|Borough Council|Ltd|Limited|LLP|PLC|plc|Inc|Trust|Foundation|Association|Society|"
        r"Federation|Union|University|College|School|Academy|Primary|Grammar|Nursery|Solicitors|Chambers|Associates|Partners|"
        r"Partnership|Group|Services|Fostering|Homes|Housing|Bank|Insurance|Mutual|Airways|Buses|Coaches|Taxis|Cars|Motors|"
        r"Garage|Gym|Cafe|Café|Restaurant|Takeaway|Emporium|Bakery|Stores?|Supermarket|Pharmacy|Opticians|Dental Practice|"
        r"Agency|Authority|Commission|Ombudsman|Charity|Project|Refuge|Outreach|Network|Forum|Campaign|Pipeline|Party|"
        r"Times|Gazette|Courier|Herald|Mercury|Chronicle|Argus|Echo|News|Post|Radio|Broadband|Telecom|Water|Energy|"
        r"Leisure|Care|Support|Security|Recruitment|Logistics|Transport|Haulage|Construction|Builders|Drylining|Plumbing|"
        r"Electrical|Scaffolding|Cleaning|Lettings|Estates|Properties|Rovers|United|Athletic|FC|RFC|CC|Defence|Legal|"
        r"Health|Occupational Care|Bus Co|Co)"
    )
    RULES = (
        Rule(
            "ORG",
            rf"(?<![\w'-])(?P<v>(?!(?:The|A|An|This|That|Our|Your|His|Her|My|No|New|Any|Each|Every|All|Other|Former|Local|County|Mental|Social|Human|Public|Occupational|Corporate|Professional|Special|Chief|Internal|Senior|Care|Legal|Victim|Health|Full|Stop|Dear|From|To|For|In|At|On|By|With|Of|And) ){_CAP}(?:[ ](?:(?:of|and|the|for|to|&|\+)[ ]){{0,2}}{_CAP}){{0,4}}[ ]{_BODY})\b(?!')",
            0.6,
            "the word that ends a body's name",
            needs="",
        ),
        Rule(
            "ORG",
            r"(?<![\w'-])(?P<v>(?:University|College|Ministry|Department|Borough|City|Royal Borough|Diocese|Bishop|Friends|Church) of (?:the )?\p{Lu}[\p{L}'-]+(?: (?:and |& )?\p{Lu}[\p{L}'-]+){0,3})",
            0.65,
            "the word that begins a body's name",
            needs="",
        ),
        Rule(
            "ORG",
            r"(?<![\w'-])(?P<v>Ysgol(?: \p{Lu}\p{L}+){1,3})",
            0.85,
            "a Welsh school",
            needs="Ysgol",
        ),
        Rule(
            "ORG",
            r"(?<![\w'-])(?P<v>(?:[A-Z][A-Z'&-]+ ){1,5}(?:POLICE|CONSTABULARY|COUNCIL|LTD|LIMITED|LLP|PLC|TRUST|UNIVERSITY|COLLEGE|SCHOOL|ACADEMY|HOMES|HOUSING|SOLICITORS|ASSOCIATION))\b",
            0.65,
            "the word that ends a body's name",
            needs="",
        ),
        Rule(
            "ORG",
            r"(?i:\b(?:solicitors?|employer|insurer|holder|agent|firm|through|account with|banks? with|works? (?:at|for)|employed (?:at|by))[: ]{1,2}(?:is |are )?)(?P<v>\p{Lu}[\p{L}'&-]+(?: (?:and |& |to the )?\p{Lu}[\p{L}'&-]+){1,4})",
            0.5,
            "a name after a word for a body",
            needs="",
        ),
    )
    EXAMPLES = (
        Example("by Tywi Valley Police in", "ORG", "Tywi Valley Police"),
        Example(
            "at Thornbury Vale District Council today", "ORG", "Thornbury Vale District Council"
        ),
        Example("from Brackenridge Holt LLP about", "ORG", "Brackenridge Holt LLP"),
        Example("pupils of Ysgol Bryn Coch", "ORG", "Ysgol Bryn Coch"),
        Example("complain to the IOPC now", "ORG", "IOPC"),
        Example("told the Crown Prosecution Service that", "ORG", "Crown Prosecution Service"),
    )
    NOT_FOUND = (
        "the police and the council",
        "Professional Standards Department",
        "a trust and a bank",
    )

    def load(self) -> None:
        """Compile the patterns and read the list."""
        super().load()
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for name in sorted(read_words("organisations.txt")):
            words = tuple(word.text for word in words_of(name))
            if words:
                self._by_first.setdefault(words[0].lower(), []).append(words)
        for names in self._by_first.values():
            names.sort(key=len, reverse=True)

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give what the rules find, and the bodies of the list."""
        yield from super().hits(text, artifacts)
        words = words_of(text)
        for at, word in enumerate(words):
            for name in self._by_first.get(word.folded, ()):
                if self._stands(words[at : at + len(name)], name):
                    yield Hit(
                        "ORG", word.start, words[at + len(name) - 1].end, 0.75, "a body of the list"
                    )
                    break

    @staticmethod
    def _stands(words: tuple[Word, ...], name: tuple[str, ...]) -> bool:
        if len(words) < len(name):
            return False
        same = all(
            word.text == wanted or word.text == wanted.upper()
            for word, wanted in zip(words, name, strict=True)
        )
        return same and all(word.gap == " " for word in words[1:])


class Places(RuleRecogniser):
    """Towns, areas, countries, stations, courts, hospitals, pubs, roads by number."""

    NAME = "place"
    LABELS = ("PLACE",)
    OF_NAMES = True
    _SITE = (
        r"(?:[Pp]olice [Ss]tation|[Pp]olice [Ss]tn|[Ff]ire [Ss]tation|[Bb]us [Ss]tation|[Ss]tation|[Cc]ustody(?: Suite| Centre)?|Nick|"
        r"[Hh]eadquarters|HQ|Crown Court|Magistrates'?(?: Court)?|County Court|Sheriff Court|Family Court|High Court|Youth Court|"
        r"Hospital|Infirmary|Surgery|Medical Centre|Health Centre|Clinic|Hospice|Prison|Young Offender Institution|"
        r"Library|Town Hall|Civic Centre|Village Hall|Community Centre|Leisure Centre|Sports Centre|Bingo Hall|Shopping Centre|"
        r"Park|Recreation Ground|Common|Heath|Wood|Woods|Forest|Beach|Pier|Harbour|Marina|Airport|Colliery|Docks?|Services|services|"
        r"Retail Park|Industrial Estate|Business Park|Car Park|Market|Cathedral|Abbey|Church|Chapel|Mosque|mosque|Temple|Synagogue|"
        r"Gurdwara|Cemetery|Crematorium|Stadium|Arena|Theatre|Cinema|Museum|Hotel|Inn|Tavern|Arms|Head|Club|Bar|Pub|pub|"
        r"Ward|Estate|Bridge|Castle|Hall|House|Box|Gate|gate|Quay|Valley|Island|Moor|Farm|tram stop|depot|patch)"
    )
    RULES = (
        Rule(
            "PLACE",
            rf"(?<![\w'-])(?P<v>(?!(?:The|A|An|This|That|Our|Your|Community|Public|Local|Main|Outside|At|From|To|In|On|Bus|Police|Train|Rail|Fire|Polling|White|Glass|Open|Custody|Civic|Town|Village) ){_CAP}(?:[ ](?:(?:of|and|the|upon|on|&|in)[ ]){{0,2}}{_CAP}){{0,3}}[ ]{_SITE})\b(?!')",
            0.65,
            "the word that ends a place's name",
            needs="",
        ),
        Rule(
            "PLACE",
            r"(?<![\w'-])(?P<v>(?:HMP(?:/YOI)?|HMYOI|YOI|RAF|HMS|RNAS|Port of|Isle of|River|Lake|Mount|Vale of|Royal (?=Infirmary|Free|London|Victoria|Preston|Stoke|Derby|Sussex|Berkshire|Surrey|United))(?: \p{Lu}[\p{L}'-]+){1,3})",
            0.8,
            "the word that begins a place's name",
            needs="",
        ),
        Rule(
            "PLACE",
            r"(?<![\w/.-])(?P<v>[ABM][1-9]\d{0,3}(?:\([MT]\))?(?: [Jj](?:unction |ct )?\d{1,2}[A-Za-z]?| [Ss]ervices)?(?: \p{Lu}\p{Ll}+(?=[ ,.|\n][A-Z|\n]))?)(?![\w/-])(?<!\bA[1-5])",
            0.5,
            "a road number",
        ),
        Rule(
            "PLACE",
            r"(?<![\w/.-])(?P<v>M\d{1,2}|A\d{1,4})(?![\w/-])",
            NEEDS_CONTEXT,
            "a road number",
            context=(
                "on",
                "road",
                "junction",
                "northbound",
                "southbound",
                "eastbound",
                "westbound",
                "carriageway",
                "camera",
                "along",
            ),
        ),
        Rule(
            "PLACE",
            r"(?i:\b(?:pob|place of birth|birthplace|born in|town|city|village|district|ward|posting|station|base|postmark|post town|area|county|country|nationality at birth)): ?(?P<v>\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+){0,3})",
            0.8,
            "what follows a word for places",
            needs=":",
        ),
        Rule(
            "PLACE",
            r"(?<=\b(?:MP for|[Mm]ember for|Diocese of|Bishop of|[Vv]illage of|[Tt]own of|[Cc]ity of|[Dd]epot in|[Hh]ome in|[Hh]ouse (?:at|in)|[Ll]ives? in|[Ll]iving in|[Ll]ived in|[Bb]orn in|[Mm]oved to|[Tt]ravelled to|[Ss]topped in|[Aa]rrested in|[Ff]lat in|[Oo]ffice in|[Pp]osted to|[Pp]osting to|[Bb]ased (?:at|in)|[Tt]rain to|[Bb]us to|[Kk]ept at|[Ss]een (?:at|in)|[Cc]ell at|[Ss]ituated in|refuge in|brother in|aunt in|family in|now in) )(?P<v>(?!The\b|Year\b|Room\b)\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+){0,2})(?![\w'])",
            0.55,
            "a name after words for where",
            needs="",
        ),
        Rule(
            "PLACE",
            r"(?<=\b(?:at|in|outside|into|inside|near|from|behind) (?:the|The|a pub called|pub) )(?P<v>\p{Lu}[\p{L}'-]+(?: (?:and|&|of|the|in) )?(?: ?\p{Lu}[\p{L}'-]+){0,2})(?=[ .,;)\n]|$)",
            0.4,
            "a name after words for where",
            needs="",
        ),
    )
    EXAMPLES = (
        Example("at Harrogate Magistrates' Court", "PLACE", "Harrogate Magistrates' Court"),
        Example("Carmarthen police station", "PLACE", "Carmarthen police station"),
        Example("released from HMP Wakefield", "PLACE", "HMP Wakefield"),
        Example("seen in Burton upon Trent", "PLACE", "Burton upon Trent"),
        Example("Priory Street Surgery said", "PLACE", "Priory Street Surgery"),
        Example("flew to Bangladesh then", "PLACE", "Bangladesh"),
        Example("POB: Trowbridge", "PLACE", "Trowbridge"),
    )
    NOT_FOUND = ("reading the letter", "a bath and a deal", "The police station was shut.")

    def load(self) -> None:
        """Compile the patterns and read the list."""
        super().load()
        self._lists = gazetteer()

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give what the rules find, and the places of the list."""
        yield from super().hits(text, artifacts)
        words = words_of(text)
        at = 0
        while at < len(words):
            length = self._listed(words, at) if words[at].capital else 0
            if length and self._is_place(words, at, length):
                score = 0.7 if length > 1 or not self._lists.is_surname(words[at].text) else 0.5
                yield Hit(
                    "PLACE",
                    words[at].start,
                    words[at + length - 1].end,
                    score,
                    "a place of the list",
                )
            at += length or 1

    def _listed(self, words: tuple[Word, ...], at: int) -> int:
        for place in self._lists.places.get(words[at].folded, ()):
            taken, pieces = 0, list(place)
            while (
                pieces
                and at + taken < len(words)
                and words[at + taken].folded.replace("'", "") == pieces[0]
            ):
                if taken and words[at + taken].gap not in (" ", "-"):
                    break
                pieces.pop(0)
                taken += 1
            if not pieces:
                return taken
        return 0

    def _is_place(self, words: tuple[Word, ...], at: int, length: int) -> bool:
        word = words[at]
        if length > 1 or not self._lists.is_ordinary(word.text):
            return True
        if word.shouted and mostly_shouted(words[max(0, at - 5) : at + 5]):
            return False
        before = words[at - 1].folded if at and word.gap == " " else ""
        return (
            before in ("in", "at", "from", "to", "near", "of", "outside", "around")
            and word.text.istitle()
        )


_ROLE = (
    r"(?:sergeant|officer|detective|constable|inspector|superintendent|handler|dog handler|manager|receptionist|caretaker|"
    r"teacher|head teacher|headteacher|barber|barmaid|barman|landlord|landlady|presenter|seller|secretary|skipper|supervisor|"
    r"lecturer|nurse|doctor|gp|vicar|imam|priest|councillor|inspector|clerk|driver|cleaner|cook|chef|porter|passenger|student|"
    r"pupil|resident|tenant|neighbour|woman|man|female|male|girl|boy|person|employee|member of staff|pcso|volunteer|governor|"
    r"director|owner|shopkeeper|postman|postwoman|man who|woman who|lady|gentleman|child|apprentice|trainee|worker|analyst|"
    r"lollipop (?:man|lady)|firefighter|paramedic|midwife|coach|trainer|bookmaker|publican|butcher|baker|florist|custodian|"
    r"probationer|commander|chair|treasurer|union rep|steward|editor|reporter|witness|applicant|candidate|surgeon|dentist|"
    r"sgt|pc|dc|ps|insp)"
)


class Roles(RuleRecogniser):
    """Descriptions that pick out one person: the only, the former, the one who, and where."""

    NAME = "role"
    LABELS = ("ROLE",)
    OF_NAMES = True
    RULES = (
        Rule(
            "ROLE",
            rf"(?P<v>\bthe (?:only|sole|first|last remaining|one)(?: [\w'-]+){{0,3}} {_ROLE}s?\b(?: (?:at|in|on|of|for|to|from|with|who|based|posted|opposite)[^.,;:\n()\"]{{2,50}}?(?=[.,;:\n()\"]|$| (?:and|is|was|has|had|were|said|told|will|that|which|in the papers)\b))?)",
            0.85,
            "words for the only one",
            ignore_case=True,
            needs="only",
        ),
        Rule(
            "ROLE",
            rf"(?<=\b(?:the|The|a|is|our|then|was|ex-|former) )(?P<v>(?:(?:former|previous|current|new|retired|assistant|deputy|acting|local|night|day|only|old|ex-|serving|senior|ice-cream|lollipop|Saturday|breakfast|\p{{Lu}}[\p{{L}}'-]+)[ -]){{0,4}}{_ROLE} (?:who|of the|of|at the|at|on the|on|opposite|from the|from|for|whose|in the|arrested)[^.,;:\n()\"]{{3,60}}?)(?=[.,;:\n()\"]|$| (?:and|is|was|has|had|were|said|told|will|to say|how|before|but|left|came|went|asked|did)\b)",
            0.5,
            "a post or description with a place or a deed",
            needs="",
        ),
        Rule(
            "ROLE",
            r"(?<=, )(?P<v>(?:UNISON|Unison|Unite|GMB|PCS|UCU|NEU|NASUWT|RMT|Federation|Fed|FBU|CWU) (?:branch )?(?:secretary|chair|rep|representative|convenor|steward|organiser))\b",
            0.7,
            "a post in a union",
            needs="",
        ),
    )
    EXAMPLES = (
        Example(
            "she is the only female sergeant at Bexley.",
            "ROLE",
            "the only female sergeant at Bexley",
        ),
        Example(
            "asked the barber opposite Carr Hill College how",
            "ROLE",
            "barber opposite Carr Hill College",
        ),
        Example(
            "the previous inspector on the Boston patch left",
            "ROLE",
            "previous inspector on the Boston patch",
        ),
    )
    NOT_FOUND = ("the only reason was cost", "an officer attended", "The manager replied.")

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give what the rules find where it names a place, a time or a body, or says *only*."""
        for hit in super().hits(text, artifacts):
            tail = text[hit.start : hit.end]
            if hit.score > 0.6 or regex.search(r"\p{Lu}|\bwho\b", tail):
                yield hit


RECOGNISERS = (Addresses, Organisations, Places, Roles)

# ruff: noqa: E501 - a pattern is easier to check on one line
"""Places and organisations: by their last words, by lists, and by the words before them.

Police forces, courts, hospitals, schools and firms are told by the word that ends or begins their
names; national bodies and large firms by a list (``resources/detection/organisations.txt``); towns,
counties and countries by another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from redactor.detect.gazetteer import fold_name, gazetteer, read_words
from redactor.detect.rules import NEEDS_CONTEXT, Example, Hit, Rule, RuleRecogniser, spelt
from redactor.detect.words import Word, mostly_shouted, words_of

#: A word with a capital letter, and up to four of them; ``of``, ``and`` and the like may join.
_CAP = r"(?:\p{Lu}[\p{L}\p{M}'.-]*|\d{1,2}(?:st|nd|rd|th))"


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
            near=spelt(_BODY),
            reach=120,
        ),
        Rule(
            "ORG",
            r"(?<![\w'-])(?P<v>(?:University|College|Ministry|Department|Borough|City|Royal Borough|Diocese|Bishop|Friends|Church) of (?:the )?\p{Lu}[\p{L}'-]+(?: (?:and |& )?\p{Lu}[\p{L}'-]+){0,3})",
            0.65,
            "the word that begins a body's name",
            near=spelt(
                "University|College|Ministry|Department|Borough|City|Diocese|Bishop|Friends|Church"
            ),
            reach=110,
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
            near=spelt(
                "POLICE|CONSTABULARY|COUNCIL|LTD|LIMITED|LLP|PLC|TRUST|UNIVERSITY|COLLEGE|SCHOOL|ACADEMY|HOMES|HOUSING|SOLICITORS|ASSOCIATION"
            ),
            reach=110,
        ),
        Rule(
            "ORG",
            r"(?i:\b(?:solicitors?|employer|insurer|holder|agent|firm|through|account with|banks? with|works? (?:at|for)|employed (?:at|by))[: ]{1,2}(?:is |are )?)(?P<v>\p{Lu}[\p{L}'&-]+(?: (?:and |& |to the )?\p{Lu}[\p{L}'&-]+){1,4})",
            0.5,
            "a name after a word for a body",
            near=spelt(
                "solicitors?|employer|insurer|holder|agent|firm|through|account|banks?|works?|employed"
            ),
            reach=120,
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
            near=spelt(_SITE),
            reach=110,
        ),
        Rule(
            "PLACE",
            r"(?<![\w'-])(?P<v>(?:HMP(?:/YOI)?|HMYOI|YOI|RAF|HMS|RNAS|Port of|Isle of|River|Lake|Mount|Vale of|Royal (?=Infirmary|Free|London|Victoria|Preston|Stoke|Derby|Sussex|Berkshire|Surrey|United))(?: \p{Lu}[\p{L}'-]+){1,3})",
            0.8,
            "the word that begins a place's name",
            near=spelt("HMP|HMYOI|YOI|RAF|HMS|RNAS|Port|Isle|River|Lake|Mount|Vale|Royal"),
            reach=100,
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
        doubtful = fold_name(word.text) in self._lists.doubtful
        if length > 1 or not (doubtful or self._lists.is_ordinary(word.text)):
            return True
        if word.shouted and mostly_shouted(words[max(0, at - 5) : at + 5]):
            return False
        before = words[at - 1].folded if at and word.gap == " " else ""
        return (
            before in ("in", "at", "from", "to", "near", "of", "outside", "around")
            and word.text.istitle()
        )


RECOGNISERS = (Organisations, Places)

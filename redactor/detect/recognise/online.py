# ruff: noqa: E501 - a pattern is easier to check on one line
"""Names and addresses in networks: e-mail, user names, IP and device addresses, what3words.

Sources: RFC 5321 and 5322 (addresses, here with domains that need not be public: ``@trust.local``);
RFC 4291, RFC 791; IEEE 802 (device addresses); what3words (three words after three strokes).
"""

from __future__ import annotations

from redactor.detect.gazetteer import gazetteer
from redactor.detect.rules import Example, Rule, RuleRecogniser

_SERVICES = (
    *(
        "snap",
        "snapchat",
        "insta",
        "instagram",
        "tiktok",
        "tik",
        "tok",
        "twitter",
        "facebook",
        "fb",
    ),
    *("telegram", "discord", "kik", "xbox", "psn", "skype", "whatsapp", "signal", "tinder"),
    *("grindr", "steam", "onlyfans", "reddit", "twitch", "youtube", "x"),
)


def _is_plain(found: str) -> bool:
    """Say whether a word is an ordinary one, or a name: no user name by itself."""
    known = gazetteer()
    return found.isalpha() and (known.is_ordinary(found) or found.istitle())


def _all_plain(found: str) -> bool:
    """Say whether every part of a name joined by strokes is an ordinary word: a heading, a field."""
    return all(gazetteer().is_ordinary(one) for one in found.split("_") if one.isalpha())


#: Where rules are to be searched; see ``Rule.spot``.
_AT_HEX = r"[0-9A-Fa-f][:.-][0-9A-Fa-f]"
_AT_MARKED = r"\d[.-]\d"
_AT_SMALL = r"[a-z._]\d"


class OnlineNames(RuleRecogniser):
    """E-mail addresses, internal ones included, user names, network and device addresses."""

    NAME = "online"
    LABELS = ("EMAIL", "HANDLE", "ID", "ADDRESS")
    REACH = 40
    RULES = (
        Rule(
            "EMAIL",
            r"(?<![\w.+-])(?P<v>[\w.+%'&-]{1,64}(?<![.])@[\p{L}\d](?:[\p{L}\d.-]{0,250}[\p{L}\d])?)(?![\w@])",
            0.95,
            "an e-mail address",
            needs="@",
        ),
        Rule(
            "EMAIL",
            r"(?i)\b(?P<v>[\w.+-]{1,64} ?[\[(] ?at ?[\])] ?[\w-]+(?: ?(?:[\[(] ?dot ?[\])]|\.) ?[\w-]+){1,4}|[\w.+-]{1,64} at [\w-]+(?: dot [\w-]+){1,4})",
            0.85,
            "an e-mail address in words",
            near=("at",),
            reach=80,
        ),
        Rule(
            "HANDLE",
            r"(?<![\w.@/])(?P<v>@[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?)(?![\w@])",
            0.85,
            "a user name after @",
            needs="@",
        ),
        Rule(
            "HANDLE",
            r"(?i)\b(?:snap(?:chat)?|insta(?:gram)?|tik ?tok|twitter|facebook|fb|telegram|discord|kik|xbox|psn|skype|whatsapp|signal|tinder|grindr|steam|onlyfans|reddit|twitch|youtube)(?: (?:is|account|name|user|username|handle|profile|id))*[:, ]{1,3}(?P<v>[a-z0-9_.-]*(?:[a-z][_.\d]|[_.\d][a-z])[a-z0-9_.-]*[a-z0-9_])",
            0.85,
            "a user name after the name of a service",
            near=_SERVICES,
        ),
        Rule(
            "HANDLE",
            r"(?i)\b(?:snap(?:chat)?|insta(?:gram)?|tik ?tok|twitter|facebook|fb|telegram|discord|kik|xbox|psn|skype|whatsapp|signal|steam|reddit|twitch|x)(?: (?:is|account|name|user|username|handle|profile|id|under|as|called))+[:, ]{1,3}[\"'](?P<v>[^\"'\n]{3,30})[\"']",
            0.8,
            "a quoted name after the name of a service",
            near=_SERVICES,
        ),
        Rule(
            "HANDLE",
            r"(?i)\b(?:user ?names?|user ?id|login(?: id| name)?|handle|screen ?name|gamer ?tag|network id|under the name|posts as|posting as|posted (?:one |it )?as|known on ?line as|logged (?:in|on) (?:as|by)|signed in as|(?:printed|exported|downloaded|extracted|created|modified|viewed|accessed|run|removed|amended|entered|uploaded) (?:[^\n]{0,30} )?by)(?: (?:is|was))?[:= ]{1,3}[\"']?(?P<v>[a-z][a-z0-9]{2,}(?:[._-][a-z0-9]+)*)(?![\w@])(?!\.\w)",
            0.6,
            "a user name after a word for it",
            near=(
                *("username", "usernames", "user", "userid", "login", "handle", "screen", "name"),
                *("gamertag", "gamer", "network", "posts", "posting", "posted", "known", "logged"),
                *("signed", "by"),
            ),
            unless=_is_plain,
        ),
        Rule(
            "HANDLE",
            r"(?<=\b(?:[Bb]y|BY|[Aa]s|[Uu]ser|from|and|to) )(?P<v>[a-z]{4,}\d{1,4})(?![\w@/-])",
            0.5,
            "the form of a user name",
            reach=30,
            unless=_is_plain,
            spot=_AT_SMALL,
        ),
        Rule(
            "HANDLE",
            r"(?i)\b(?:user(?: ?name)?|log(?:ged)?[ -]?in(?: to| as)?|login id|handle|account(?: name)?|posts as|known on ?line as|exported [^\n]{0,30} by|run [^\n]{0,30} by|removed [^\n]{0,30} by)[: ]{1,2}(?P<v>(?=[a-z0-9_.]*[a-z])[a-z0-9.]*[_\d][a-z0-9_.]*[a-z0-9])\b",
            0.7,
            "a user name after a word for it",
            near=(
                *("user", "username", "login", "in", "handle", "account", "posts", "known", "by"),
                *("logged",),
            ),
        ),
        Rule(
            "HANDLE",
            r"(?<![\w@./:-])(?P<v>(?!\w*_(?:19|20)\d\d)[a-z][a-z0-9]*(?:_[a-z0-9]+)*_[a-z0-9]*\d[a-z0-9]*|[a-z]{3,}[a-z0-9]*_[a-z]+\d+)(?![\w@/-]|\.\w)",
            0.55,
            "the form of a user name",
            spot="_",
            reach=80,
        ),
        Rule(
            "HANDLE",
            r"(?<![\w@./:,;|\\-])(?P<v>[a-z]{2,}(?:[._][\p{Ll}]+)*(?:_[\p{Ll}]+)_?|\p{Ll}{3,}_\p{Ll}+|(?=[A-Z]*[a-z]+|[A-Za-z_]*_[a-z])[A-Za-z]+(?:_[A-Za-z]+)*_\d{1,4})(?![\w@/,;|-]|\.\w)",
            0.45,
            "the form of a user name",
            unless=_all_plain,
            spot="_",
            reach=80,
        ),
        Rule(
            "HANDLE",
            r"(?<![\w@./:-])(?P<v>[a-z]{3,}\.[a-z]*\d{1,4}|[a-z]{2,}\d{1,2}[a-z]{3,}|[a-z]{7,}\d{2,4})(?![\w@/-]|\.\w)(?<!\.mp[34]|\.p7s|\.h26\d)",
            0.4,
            "the form of a user name",
            reach=24,
            spot=_AT_SMALL,
        ),
        Rule(
            "HANDLE",
            r"(?<=\b(?:[Bb]y|BY|[Rr]equester|[Uu]ser|[Oo]wner|[Ss]ender|[Aa]uthor)(?: id| name)?(?: ?[=:])? {1,3})(?P<v>[a-z]{2,}(?:-[a-z]{2,}){2,}|[a-z]{5,}\d{1,3})(?![\w@/-])",
            0.5,
            "a user name after a word for it",
            near=("by", "requester", "user", "owner", "sender", "author"),
        ),
        Rule(
            "HANDLE",
            r"(?<=\b\p{L}{1,3} = )(?P<v>[a-z][a-z0-9._]{3,})(?= \()",
            0.5,
            "a name in a list of who is who",
            spot=" = ",
        ),
        Rule(
            "HANDLE",
            r"(?i:\b(?:page|account|profile|channel|user) )(?P<v>(?:\p{Lu}\p{Ll}+){3,6})(?!\w)",
            0.5,
            "a user name after a word for it",
            near=("page", "account", "profile", "channel", "user"),
        ),
        Rule(
            "HANDLE",
            r"(?<![\w@])(?P<v>(?:https?://|www\.)(?:[\w.-]*\.)?(?:facebook|instagram|twitter|x|tiktok|linkedin|snapchat|youtube|t)\.(?:com|me|co\.uk)/[\w.@/?=&%-]+)",
            0.85,
            "a profile on a service",
            needs="/",
        ),
        Rule(
            "HANDLE",
            r"(?<![\w\\])(?P<v>[A-Z][A-Z0-9-]{1,14}\\[\w.-]{2,})",
            0.85,
            "a user name with its domain",
            needs="\\",
        ),
        Rule(
            "ID",
            r"(?<![\d.])(?P<v>(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d))(?![\d]|\.\d)",
            0.85,
            "an IPv4 address",
            spot=_AT_MARKED,
        ),
        Rule(
            "ID",
            r"(?i)(?<![\w:])(?P<v>(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}|(?:[0-9a-f]{1,4}:){2,6}:)(?![\w:])",
            0.85,
            "an IPv6 address",
            spot=r":[0-9A-Fa-f]{0,4}:",
            reach=50,
        ),
        Rule(
            "ID",
            r"(?i)(?<![\w:-])(?P<v>[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5})(?![\w:-])",
            0.85,
            "a device address",
            spot=_AT_HEX,
        ),
        Rule(
            "ID",
            r"(?i)(?<![\w.-])(?P<v>[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})(?![\w.-]\w|\w)",
            0.7,
            "a device address",
            spot=_AT_HEX,
        ),
        Rule(
            "ID",
            r"(?i)(?<![\w-])(?P<v>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])",
            0.6,
            "a unique identifier",
            needs="-",
        ),
        Rule(
            "ADDRESS",
            r"(?i)(?P<v>///[a-z]{2,}\.[a-z]{2,}\.[a-z]{2,})",
            0.95,
            "a what3words place",
            needs="///",
        ),
        Rule(
            "ADDRESS",
            r"(?i)\b(?:what3words|what ?3 ?words|w3w)(?: address| location)?(?: is| was)?[: ]{1,3}(?P<v>[a-z]{2,}\.[a-z]{2,}\.[a-z]{2,})\b",
            0.95,
            "a what3words place",
            needs=".",
        ),
    )
    EXAMPLES = (
        Example("write to a.person@trust.local soon", "EMAIL", "a.person@trust.local"),
        Example("<lorna.parish@council.example.org>", "EMAIL", "lorna.parish@council.example.org"),
        Example("to helpdesk@intranet now", "EMAIL", "helpdesk@intranet"),
        Example("o'neil@mail.example.com", "EMAIL", "o'neil@mail.example.com"),
        Example("jo [at] example [dot] org", "EMAIL", "jo [at] example [dot] org"),
        Example("posts as @vose_d_88 often", "HANDLE", "@vose_d_88"),
        Example("Snapchat hamid_afg.07.", "HANDLE", "hamid_afg.07"),
        Example("his username was kingtiger.", "HANDLE", "kingtiger"),
        Example("PRINTED BY okaforc2 FOR", "HANDLE", "okaforc2"),
        Example("under the name davey.pc10. He", "HANDLE", "davey.pc10"),
        Example("posted one as kez_trem03.", "HANDLE", "kez_trem03"),
        Example('WhatsApp name "Big Daz"', "HANDLE", "Big Daz"),
        Example("logged in as tpatel4 at", "HANDLE", "tpatel4"),
        Example("sam at example dot com", "EMAIL", "sam at example dot com"),
        Example("IP 203.0.113.87", "ID", "203.0.113.87"),
        Example("MAC 3c5a.b400.1122", "ID", "3c5a.b400.1122"),
        Example("2001:db8::ff00:42:8329 seen", "ID", "2001:db8::ff00:42:8329"),
        Example("00:1A:2B:3C:4D:5E", "ID", "00:1A:2B:3C:4D:5E"),
        Example("at ///filled.count.soap", "ADDRESS", "///filled.count.soap"),
    )
    NOT_FOUND = (
        "meet @ 5",
        "the ratio 3:4:5",
        "end.The next",
        "version 1.2.3 of it",
        "the log was run by officers",
        "his username was removed",
        "a user name and password",
    )

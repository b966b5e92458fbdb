# ruff: noqa: E501 - a list of codes is easier to check on one line
"""Codes that stand in cells instead of words, and what they tell of a column.

A heading such as ``REL``, ``SO`` or ``DIS`` may mean several things; the cells under it settle
which. Sources: the 16+1 self-defined and IC codes of the police (NPCC), the ethnicity, need and
religion codes of the school census (DfE, Common Basic Data Set), the absence reasons S10 to S99 of
the NHS Electronic Staff Record, ISO 3166-1.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Codes that stand for nothing but an ethnic group.
_ETHNIC_SURE = _set(
    "WBRI WENG WSCO WWEL WNIR WIRI WIRT WROM WOTH WEUR MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB "
    "BAFR BOTH CHNE OOTH W1 W2 W3 W4 W8 W9 M1 M2 M3 M9 IC1 IC2 IC3 IC4 IC5 IC6 IC7 IC8 IC9 IC0"
)
_ETHNIC = _ETHNIC_SURE | _set("A1 A2 A3 A4 A9 B1 B2 B9 O1 O2 O9 NS REFU NOBT")
_YES_NO = _set("Y N YES NO TRUE FALSE")
_ISO = _set(
    "AF AL DZ AD AO AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI KH CM CA CV CF TD "
    "CL CN CO KM CG CD CR CI HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR "
    "GD GT GN GW GY HT HN HK HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KP KR KW KG LA LV LB LS LR LY "
    "LI LT LU MO MG MW MY MV ML MT MR MU MX MD MC MN ME MA MZ MM NA NP NL NZ NI NE NG MK NO OM PK PS PA "
    "PG PY PE PH PL PT QA RO RU RW KN LC VC WS SM ST SA SN RS SC SL SG SK SI SB SO ZA SS ES LK SD SR SE "
    "CH SY TW TJ TZ TH TL TG TO TT TN TR TM UG UA AE GB US UY UZ VU VE VN YE ZM ZW UK XK "
    "AFG ALB DZA AGO ARG ARM AUS AUT AZE BHR BGD BRB BLR BEL BEN BOL BIH BWA BRA BGR BFA BDI KHM CMR CAN "
    "CAF TCD CHL CHN COL COG COD CRI CIV HRV CUB CYP CZE DNK DOM ECU EGY SLV ERI EST SWZ ETH FJI FIN FRA "
    "GAB GMB GEO DEU GHA GRC GRD GTM GIN GUY HTI HND HKG HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR "
    "KAZ KEN PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LTU LUX MDG MWI MYS MDV MLI MLT MRT MUS MEX MDA MNG "
    "MNE MAR MOZ MMR NAM NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PSE PAN PNG PRY PER PHL POL PRT QAT ROU "
    "RUS RWA SAU SEN SRB SYC SLE SGP SVK SVN SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TWN TJK TZA THA TGO "
    "TTO TUN TUR TKM UGA UKR ARE GBR USA URY UZB VEN VNM YEM ZMB ZWE GBD GBN GBO GBP"
)
#: What stands under a heading that may mean several things, in capitals, if it means this one.
_TOLD: dict[str, frozenset[str]] = {
    "SC_RACE": _ETHNIC
    | _ISO
    | _set("BRITISH BRIT ENGLISH SCOTTISH WELSH IRISH POLISH ROMANIAN INDIAN PAKISTANI NIGERIAN"),
    "SC_RELIGION": _set(
        "CHR CHRI CHRIS CHRISTIAN XIAN MUS MUSL MUSLIM ISL ISLAM HIN HIND HINDU SIK SIKH JEW JEWI JEWISH "
        "BUD BUDD BUDDHIST CE CHCE CATH CATHOLIC RC ROMC METH METHODIST BAPT BAPTIST PAGAN JAIN ATH ATHE "
        "ATHEIST AGN AGNO AGNOSTIC NOREL NORELIG QUAKER QUAK PENT PRESB RASTA RAST BAHAI HUMANIST JW LDS"
    ),
    "SC_ORIENTATION": _set(
        "HET HETE HETERO HETEROSEXUAL STRAIGHT STR GAY LES LESB LESBIAN BI BIS BISEX BISEXUAL PAN ACE "
        "ASEXUAL QUEER GL HOM HOMO HOMOSEXUAL HS"
    ),
    "SC_HEALTH": _YES_NO
    | _set(
        "PHYS PHY MH MENTAL VI HI MSI ASD ASC ADHD SPLD MLD SLD PMLD SEMH SLCN PD LD DYSL DYSLEXIA DEAF "
        "BLIND LTC HEAR HEARING SIGHT VISION MOB MOBILITY STAMINA MEMORY LEARN LEARNING SPEECH WHEELCHAIR DEPR ANX DIAB DIABETES EPIL EPILEPSY ASTHMA HIV MS CANCER"
    ),
    "SC_UNION": _YES_NO
    | _set(
        "UNISON UNITE GMB PCS UCU NEU NASUWT RCN BMA RMT CWU FBU USDAW PROSPECT FED POLFED NAPO POA"
    ),
    "OUTCOME": _set(
        "NFA CAUT CAUTION CHARGED CHG RUI BAIL BAILED FWW FWN FPN PND CR DISM DISMISSED ACQ GUILTY "
        "NG CONV FINE FINED CD SUSP UPHELD PROVEN NOTPROVEN REPORTED SUMMONS"
    ),
}
_REASON = regex.compile(r"S(?:1[0-9]|2[0-9]|3[01]|98|99)(?:[ :.-].*)?")
_NOTHING = regex.compile(
    r"\W*(?:|NULL|N/?A|NK|N/?K|UNK|PNTS|PNS|REF|REFUSED|NONE|OTH|OTHER|NOT .*|[-.?]+)\W*"
)
#: So few codes make no column.
_ENOUGH = 3


def tells_of(label: str, values: Iterable[str]) -> bool:
    """Say whether most cells under a heading that may mean several things are codes of this one."""
    filled = _filled(values)
    known = _TOLD[label]
    fitting = sum(
        1 for one in filled if one in known or (label == "SC_HEALTH" and _REASON.fullmatch(one))
    )
    return fitting * 3 >= len(filled) * 2 > 0


def coded(values: Iterable[str]) -> str:
    """Give what a column without a known heading holds, if all are codes of one kind; else empty."""
    filled = _filled(values)
    if len(filled) < _ENOUGH:
        return ""
    if all(one in _ETHNIC for one in filled) and any(one in _ETHNIC_SURE for one in filled):
        short = all(len(one) == len("W1") for one in filled)
        if not short or len({one[0] for one in filled}) > 1:  # W1, W2, W4 are parts of London
            return "SC_RACE"
    if all(_REASON.fullmatch(one) for one in filled):
        return "SC_HEALTH"
    return ""


def is_yes_or_no(text: str) -> bool:
    """Say whether a cell answers yes or no."""
    return text.strip().upper() in _YES_NO


def _filled(values: Iterable[str]) -> list[str]:
    plain = {value.strip().upper() for value in values}
    return [one for one in plain if not _NOTHING.fullmatch(one)]

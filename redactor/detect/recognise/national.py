# ruff: noqa: E501 - a pattern is easier to check on one line
"""Numbers that the state, the health service and banks give to people.

Sources: NINO, HMRC manual NIM39110 (D F I Q U V not used first or second, O not second; BG GB KN NK
NT TN ZZ barred); NHS Data Dictionary; DVLA driver number (five letters of surname, birth date, two
initials, three more); DfE UPN guide; ISO 13616 (IBAN); 3GPP TS 23.003 (IMEI); HM Passport Office
(nine digits; since 2011 also two letters and seven digits abroad); GeoPlace (UPRN).
"""

from __future__ import annotations

from redactor.detect.recognise.checks import iban, luhn, nhs, upn
from redactor.detect.recognise.licences import DrivingLicences
from redactor.detect.rules import NEEDS_CONTEXT, Example, Rule, RuleRecogniser

_BANK = (
    "account",
    "account no",
    "account number",
    "acct",
    "a/c",
    "bank account",
    "account_no",
    "sort code",
    "sort_code",
)

#: Where rules are to be searched; see ``Rule.spot``.
_AT_FOURS = r"\d{4}[ -]\d{4}|GWF"
_AT_LETTER = r"\d(?:[A-Z]|(?<=[A-Z]\d))"
_AT_LONG = r"\d(?:\d{5}|\d{3}[ -]\d{4}| \d{6})"
_AT_MARKED = r"\d[.-]\d"


class NationalNumbers(RuleRecogniser):
    """NINO, NHS number, passport, driving licence, UPN, tax, bank and device numbers."""

    NAME = "national-number"
    LABELS = ("ID",)
    REACH = 24
    RULES = (
        Rule(
            "ID",
            r"(?i)\b(?P<v>(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D])\b",
            0.95,
            "the form of a National Insurance number",
        ),
        Rule(
            "ID",
            r"\b(?P<v>[A-Z]{2}[ -]\d{2}[ -]\d{2}[ -]\d{2}(?:[ -][A-Z])?)\b",
            0.8,
            "the spacing of a National Insurance number",
        ),
        Rule(
            "ID",
            r"(?i)\b(?P<v>[A-Z]{2}\d{6}[A-D]?)\b",
            0.45,
            "the form of a National Insurance number",
            context=("ni", "nino", "national insurance", "ni number", "ni no"),
        ),
        Rule(
            "ID",
            r"(?i)\b(?P<v>\d{2} ?[A-Z]\d ?\d{2} ?\d{2})\b(?![/-])",
            0.6,
            "the form of a temporary reference number",
        ),
        Rule(
            "ID",
            r"(?<![\d.-])(?P<v>\d{3}[ .-]\d{3}[ .-]\d{4}|\d{4}[ .-]\d{3}[ .-]\d{3})(?![\d.-]\d|\d)",
            0.55,
            "the form of an NHS number",
            check=nhs,
        ),
        Rule(
            "ID",
            r"(?<![\d.+-])(?P<v>[1-9]\d{9})(?![\d.-]\d|\d)",
            0.25,
            "the length of an NHS number",
            check=nhs,
            context=("nhs", "patient", "nhs number", "nhs no", "utr", "taxpayer", "h & c", "chi"),
        ),
        Rule(
            "ID",
            r"(?<![\d.,+-])(?P<v>\d{9})(?![\d.,-]\d|\d)",
            NEEDS_CONTEXT,
            "the length of a passport number",
            context=("passport", "passport no", "passport number", "travel document"),
            spot=_AT_LONG,
        ),
        Rule(
            "ID",
            r"\b(?P<v>[A-Z]{1,2}\d{7,8})\b",
            0.5,
            "the form of a passport number",
            context=(
                "passport",
                "passport no",
                "passport number",
                "travel document",
                "brp",
                "residence permit",
            ),
            spot=_AT_LETTER,
        ),
        Rule(
            "ID",
            r"(?<!\d)(?P<v>\d{8})(?!\d)",
            NEEDS_CONTEXT,
            "the length of an account or licence number",
            context=(
                *_BANK,
                "licence",
                "driving licence",
                "driver number",
                "barcode",
                "company number",
                "telematics",
            ),
            spot=_AT_LONG,
        ),
        Rule(
            "ID",
            r"(?<![\d-])(?P<v>\d{2}-\d{2}-\d{2})(?![\d-])",
            0.45,
            "the form of a sort code",
            context=("sort", "sort code", "sort_code", "s/c", "bank"),
            spot=_AT_MARKED,
        ),
        Rule(
            "ID",
            r"\b\d{2}[ -]?\d{2}[ -]?\d{2}[ ,/;:|.]{1,4}(?i:(?:and )?(?:account|acct?|a/c)?(?: ?no\.?| ?number)?[: ]{0,2})(?P<v>\d{7,8})(?![\d/-]|\.\d)",
            0.6,
            "a number after the form of a sort code",
        ),
        Rule(
            "ID",
            r"(?i:\bs/?c[: ]{1,2})(?P<v>\d{2} ?\d{2} ?\d{2})\b",
            0.6,
            "a number after a word for sort codes",
        ),
        Rule(
            "ID",
            r"(?<!\d)(?P<v>\d{6}|\d{2} \d{2} \d{2})(?!\d)",
            NEEDS_CONTEXT,
            "the length of a sort code",
            context=("sort", "sort code", "sort_code"),
        ),
        Rule(
            "ID",
            r"\b(?P<v>[A-Z]{2}\d{2} ?[A-Z]{4} ?(?:\d{4} ?){3}\d{2}|[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?)\b",
            0.5,
            "the form of an IBAN",
            check=iban,
            spot=_AT_LETTER,
        ),
        Rule(
            "ID",
            r"(?<![\d-])(?P<v>\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}|\d{4}[ -]\d{6}[ -]\d{5}|[3-6]\d{12,15})(?![\d-])",
            0.5,
            "the form of a card number",
            check=luhn,
            spot=_AT_LONG,
        ),
        Rule(
            "ID",
            r"(?<!\d)(?P<v>\d{15,16}|\d{2}[ -]\d{6}[ -]\d{6}[ -]\d)(?!\d)",
            0.5,
            "the length of an IMEI",
            check=luhn,
            spot=_AT_LONG,
        ),
        Rule(
            "ID",
            r"(?<!\d)(?P<v>89 ?44(?: ?\d){14,16}F?)(?!\d)",
            0.8,
            "the form of the number of a British SIM",
        ),
        Rule(
            "ID",
            r"(?i:\b(?:airwave(?: radio)?(?: issi)?|issi|radio(?: no\.?| number| id)?|handset id)[: ]{1,2})(?P<v>\d{4,8})\b",
            0.75,
            "the number of a radio",
            near=("issi", "airwave", "radio", "handset"),
        ),
        Rule(
            "ID",
            r"\b(?P<v>[A-Z]{4}[A-Z0-9]\d?[A-Z]?\d{6,7}[A-Z]\d{3,4})\b",
            0.7,
            "the form of a disabled person's parking badge",
            spot=_AT_LETTER,
        ),
        Rule(
            "ID",
            r"\b(?P<v>\d{4}-\d{4}-\d{4}-\d{4}|GWF ?\d{9})\b",
            0.6,
            "the form of an application to the Home Office",
            spot=_AT_FOURS,
        ),
        Rule(
            "ID",
            r"(?<![\d.,£$+/-])(?P<v>\d{10,20})(?![\d/-]|[.,]\d)",
            0.45,
            "a number longer than any count",
            spot=_AT_LONG,
        ),
        Rule(
            "ID",
            r"(?<!\d)(?P<v>\d{7,20})(?!\d)",
            NEEDS_CONTEXT,
            "a long number",
            context=(
                "imei",
                "imsi",
                "iccid",
                "sim",
                "issi",
                "serial",
                "uprn",
                "usrn",
                "barcode",
                "dbs",
                "certificate",
                "reference",
                "ref",
                "card",
                "badge",
                "customer",
                "meter",
                "urn",
                "case",
                "crime",
                "occurrence",
                "niche",
                "receipt",
                "payroll",
                *("pension", "utr", "uln", "unique learner", "tenancy", "rent", "council tax"),
                *("liquidlogic", "mosaic", "hospital", "mrn", "cybertip", "uan", "person ref"),
            ),
            spot=_AT_LONG,
        ),
        Rule(
            "ID",
            r"\b(?P<v>[A-Z]\d{12}|[A-Z]\d{11}[A-Z])\b",
            0.6,
            "the form of a unique pupil number",
            check=upn,
            spot=_AT_LETTER,
        ),
        Rule(
            "ID",
            r"(?<!\d)(?P<v>\d{4} \d{4} \d{4})(?!\d| \d)",
            0.4,
            "groups of four digits",
            context=("dbs", "certificate", "badge", "sia", "card", "customer"),
            spot=_AT_FOURS,
        ),
        Rule(
            "ID",
            r"(?<!\d)(?P<v>\d{12})(?!\d)",
            NEEDS_CONTEXT,
            "the length of a certificate or property number",
            context=("dbs", "disclosure", "certificate", "uprn", "property reference"),
            spot=_AT_LONG,
        ),
        Rule(
            "ID",
            r"(?<![\d/.])(?P<v>\d{4,8})(?![\d/.]\d|\d)",
            NEEDS_CONTEXT,
            "a number that its words introduce",
            context=(
                "payroll",
                "payroll no",
                "employee",
                "employee no",
                "staff no",
                "staff number",
                "warrant",
                "warrant no",
                "warrant number",
                "collar",
                "collar no",
                "collar number",
                "pay number",
                "personnel",
                "gmc",
                "nmc",
                "roll no",
                "membership",
                "account ending",
                "card ending",
                "badge",
                "seal",
                "exhibit",
                "mrn",
                "hospital number",
            ),
        ),
        Rule(
            "ID",
            r"\b(?P<v>[A-Z]{2} ?\d{5} ?\d{5}|[A-Z]{2} ?\d{4} ?\d{4}|\d{6}[ ,]+\d{6,7})\b",
            NEEDS_CONTEXT,
            "the form of a grid reference",
            context=("grid", "grid ref", "easting", "eastings", "northing", "osgr"),
        ),
        Rule(
            "ID",
            r"(?<![\d/.-])(?P<v>[1-6]\d{5},? \d{6,7})(?![\d/.-]| \d)",
            0.5,
            "an easting and a northing",
            spot=r"\d{6},? \d{6}",
        ),
        Rule(
            "ID",
            r"(?<![\d.])(?P<v>-?\d{1,2}\.\d{4,}[NS]?\s?[,/ ]\s?-?\d{1,3}\.\d{4,}[EW]?)",
            0.8,
            "coordinates",
            spot=_AT_MARKED,
        ),
        Rule(
            "ID",
            r"(?i:\b(?:lat(?:itude)?|long?(?:itude)?|lng)[: =]{1,3})(?P<v>-?\d{1,3}\.\d{3,})",
            0.8,
            "a coordinate",
        ),
        Rule(
            "ID",
            r"(?<=\b(?:[Ee]astings?|[Nn]orthings?|EASTINGS?|NORTHINGS?|[EN]|[XY])[: =]{1,3})(?P<v>\d{6,7})(?!\d|[.,]\d)",
            0.75,
            "an easting or northing",
        ),
    )
    EXAMPLES = (
        Example("NI number AB123456C is", "ID", "AB123456C"),
        Example("ni QQ 10 22 38 A,", "ID", "QQ 10 22 38 A"),
        Example("NHS 999 320 2215 seen", "ID", "999 320 2215"),
        Example("NHS number 999.320.2216", "ID", "999.320.2216"),
        Example("passport no 123456789", "ID", "123456789"),
        Example("passport K12345678 held", "ID", "K12345678"),
        Example("ni no. qq123456c given", "ID", "qq123456c"),
        Example("NI number QQ123456, no suffix", "ID", "QQ123456"),
        Example("TRN 11 A1 11 11", "ID", "11 A1 11 11"),
        Example("Bank 00-71-16 / 30119876.", "ID", "30119876"),
        Example("ICCID 89 44 11 00 66 01 23 45 678", "ID", "89 44 11 00 66 01 23 45 678"),
        Example("IMSI 234150999999999", "ID", "234150999999999"),
        Example("Airwave ISSI 6312345", "ID", "6312345"),
        Example("Easting 530034 Northing 180381", "ID", "180381"),
        Example("grid ref TQ300804", "ID", "TQ300804"),
        Example("lat 51.50740 long -0.12780", "ID", "-0.12780"),
        Example("Blue Badge BHCC1X1234567X0125", "ID", "BHCC1X1234567X0125"),
        Example("sort code 00-21-08", "ID", "00-21-08"),
        Example("account 50505117 was used", "ID", "50505117"),
        Example("IBAN GB82 WEST 1234 5698 7654 32", "ID", "GB82 WEST 1234 5698 7654 32"),
        Example("IMEI 004401520200110", "ID", "004401520200110"),
        Example("UPN H820999116005 on file", "ID", "H820999116005"),
        Example("UPRN 100023336956", "ID", "100023336956"),
        Example("at 51.50335, -0.12767 precisely", "ID", "51.50335, -0.12767"),
    )
    NOT_FOUND = (
        "a budget of 123456789 pounds",
        "the year 2023",
        "1998-2003",
        "about 12345678 in all",
    )


RECOGNISERS = (NationalNumbers, DrivingLicences)

"""What the log calls a part of a document. Its own name may be text: sheets are named after people.

A name that says nothing but where (``page:3/image:1``) is kept as it is, so that the log can be
read. Of every other the log holds a seal, which only who has the case can turn back into the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from redactor.case.sealing import Sealer
from redactor.case.store import StoredDocument
from redactor.review import Standing

#: What a name begins with that the log holds the seal of.
SEALED = "sealed:"
#: Names that are all the program's or the format's own: pages, lines, and what Office always calls
#: the parts of its files. A picture, a shape or the like within them is counted.
_PLAIN = re.compile(
    r"(?:(?:page|line|row):\d+|(?:attachment|earlier version) \d+|attachments|earlier versions"
    r"|(?:word|xl)/(?:document|footnotes|endnotes|comments|workbook|(?:header|footer)\d+"
    r"|media/image\d+|charts/chart\d+|drawings/drawing\d+|diagrams/data\d+|embeddings/oleObject\d+"
    r"|(?:work|chart|dialog)sheets/sheet\d+)\.(?:xml|png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|bin))"
    r"(?:/(?:drawing|equation|field|image|import|mark|object|picture|shape|unknown):\d+)?"
)


def name_in_log(sealer: Sealer, number: int, place: str) -> str:
    """Give what the log calls a part of a document."""
    if not place or _PLAIN.fullmatch(place):
        return place
    return SEALED + sealer.of_rows([(number, place)])


def places_in_log(
    sealer: Sealer, documents: Iterable[StoredDocument]
) -> Mapping[tuple[int, str], str]:
    """Give the places of all parts that were not read, by document and what the log calls them."""
    return {
        (one.number, name_in_log(sealer, one.number, place)): place
        for one in documents
        for place in (
            *(part.place for part in one.unread),
            *(step.place for step in one.incomplete),
        )
    }


def has_seals(now: Standing) -> bool:
    """Say whether a ruling is on a part whose name only the case knows."""
    return any(part.startswith(SEALED) for _, part in now.rulings)


def with_places(now: Standing, places: Mapping[tuple[int, str], str]) -> Standing:
    """Give what holds with every ruling under its part's place, as far as that is there still."""
    rulings = {
        (number, places.get((number, part), part)): ruling
        for (number, part), ruling in now.rulings.items()
    }
    return replace(now, rulings=rulings)

"""Numbers in words, the longer before those that begin them."""

from __future__ import annotations

#: One to ninety, without the compounds.
NUMBER_WORDS = (
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
    *("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "eleven", "twelve"),
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
)
NUMBER_WORD = f"(?:{'|'.join(NUMBER_WORDS)})"
#: First to thirty-first; ``ORDINALS`` are the words that end one.
ORDINALS = (
    *(
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
    ),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth", "thirtieth"),
)
ORDINAL = f"(?:(?:twenty|thirty)[ -](?:{'|'.join(ORDINALS[:9])})|{'|'.join(reversed(ORDINALS))})"

"""The numbers that our own pages carry in their lower margin."""

from __future__ import annotations


def without_page_number(text: str, number: int, count: int) -> str:
    """Take the page's own number out of its text, once, where it stands last.

    A release of ours says ``Page 12 of 40``, where 12 may be withheld as an age and Page as a name.
    A number that is not the page's own stays.

    Args:
        number: of the page, from 0.
        count: how many pages the file has.
    """
    printed = f"Page {number + 1} of {count}"
    head, found, tail = text.rpartition(printed)
    return f"{head}{tail}" if found else text

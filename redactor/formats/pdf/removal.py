"""Remove text from a page and set its lines, with one proof of both where that is possible.

Most pages hold text and nothing that lies under it. There, what is left of the words is known
beforehand, so that the lines are set at once and the page is read a single time, as it is released.
Everywhere else, and where that proof fails, each step is proved by itself.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.exact import PageCopy, PageLinks
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.proof import says_what_stays
from redactor.formats.pdf.redaction import PageOrder, is_text_alone, redact_page, remove_by_strips
from redactor.formats.pdf.setting import SetPlace, Setting, set_lines
from redactor.formats.pdf.setting.fonts import Fonts
from redactor.formats.pdf.setting.standing import Standing


def remove_and_set(
    document: Any, number: int, text: PageText, order: PageOrder, style: str, fonts: Fonts
) -> list[SetPlace] | None:
    """Remove what is ordered from a page, and set the lines that it stood on.

    Args:
        document: a prepared document; the page is changed in it.
        number: the page, from 0.
        text: the page's text as it was.
        order: what goes.
        style: as for ``set_lines``.
        fonts: of the document.

    Returns:
        A place for each labelled stretch of the order. None where it is not proved that everything
        ordered is gone and everything else is there: the page must not be released as it is.
    """
    places = _at_once(document, number, text, order, style, fonts)
    if places is not None:
        return places
    if not redact_page(document, number, text, order):
        return None
    return set_lines(document, number, text, order, style, fonts)


def _at_once(
    document: Any, number: int, text: PageText, order: PageOrder, style: str, fonts: Fonts
) -> list[SetPlace] | None:
    """Do it with one proof; None where that cannot be, and the page is as it was."""
    words = text.words_left(order.mask)
    page = document.load_page(number)
    if words is None or not is_text_alone(page, text, order):
        return None
    now = Standing(words, text.pictures, text.paths)
    for removes, kept in ((Setting.take_out_and_set, PageLinks), (_remove_and_set, PageCopy)):
        before = kept.of(page)
        work = Setting(text, order, tuple(page.rect), style, now, fonts)
        with suppress(RuntimeError, mupdf.FzErrorBase):  # what the library could not do
            if not removes(work, page):
                continue
            after = PageText(page)
            if says_what_stays(text, order.mask, after) and work.is_as_planned(after):
                return work.places()
        before.put_back(document)
    return None


def _remove_and_set(work: Setting, page: Any) -> bool:
    remove_by_strips(page, work.order)
    work.set_on(page)
    return True

"""The response letter as a Word file: a template that a site edits in Word, filled in and searched.

The template is the authority's, so its expressions run in Jinja's sandbox, with values that are
nothing but texts, numbers and lists of them. Whoever asked is named in the last step only; what was
searched before is the same letter without their name, which may well be a name that is withheld.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from redactor.errors import UsageError
from redactor.matching import count_term, fold
from redactor.release.letter import LetterOrder, WrittenLetter
from redactor.release.verify import verify_file
from redactor.release.verify.model import Withheld

#: What the letter is searched as; its own name is for whoever saves it to choose.
_NAME = "letter.docx"
_NOBODY = {"name": "", "lines": [], "greeting": ""}
_LARGEST_TEMPLATE = 8 * 1024 * 1024


def write_letter(order: LetterOrder) -> WrittenLetter:
    """Fill the template in, and search the letter for every strict text that was withheld.

    Raises:
        UsageError: the template cannot be read, or asks for something that there is not.
    """
    anonymous = _filled(order, _NOBODY)
    own_words = fold("\n".join(_paragraphs(order.template)))
    terms = Withheld(
        tuple(
            one.term for one in order.withheld if one.strict and not count_term(one.term, own_words)
        )
    )
    report = verify_file(_NAME, anonymous, terms)
    return WrittenLetter(_filled(order, order.requester), tuple(_paragraphs(anonymous)), report)


def _filled(order: LetterOrder, requester: Mapping[str, Any]) -> bytes:
    _require_plain_docx(order)
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        template = DocxTemplate(io.BytesIO(order.template))
        template.render({**order.context, "requester": dict(requester)}, environment)
        written = io.BytesIO()
        template.save(written)
    except (TemplateError, ValueError, KeyError, TypeError, OverflowError) as problem:
        raise UsageError(
            f"The letter template {order.template_name} cannot be filled in"
            f"{_where(problem)}. No letter was written. Correct the template in Word, or take it "
            "away to have the one that comes with the program."
        ) from None
    return _without_properties(written.getvalue())


def _where(problem: Exception) -> str:
    """Say which placeholder it was, where the message names one and nothing of the case."""
    named = re.fullmatch(r"'([A-Za-z_.]{1,60})' is undefined", str(problem))
    return f": there is no “{named[1]}”" if named else ""


def _require_plain_docx(order: LetterOrder) -> None:
    is_good, has_code = False, False
    try:
        with zipfile.ZipFile(io.BytesIO(order.template)) as package:
            names = package.namelist()
            size = sum(one.file_size for one in package.infolist())
        is_good = (
            "word/document.xml" in names
            and len(order.template) <= _LARGEST_TEMPLATE
            and size < 20 * _LARGEST_TEMPLATE
        )
        has_code = any(one.endswith("vbaProject.bin") for one in names)
    except (ValueError, zipfile.BadZipFile):
        is_good = False
    if not is_good or has_code:
        raise UsageError(
            f"The letter template {order.template_name} is no plain Word file (.docx). No letter "
            "was written. Save it as .docx, without macros."
        )


def _without_properties(data: bytes) -> bytes:
    """Take out what the template says of who made it."""
    document = Document(io.BytesIO(data))
    properties = document.core_properties
    for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category"):
        setattr(properties, name, "")
    properties.title = "Response"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _paragraphs(data: bytes) -> Sequence[str]:
    document = Document(io.BytesIO(data))
    found = [one.text for one in document.paragraphs]
    for table in document.tables:
        found += [one.text for row in table.rows for cell in row.cells for one in cell.paragraphs]
    for section in document.sections:
        found += [one.text for one in (*section.header.paragraphs, *section.footer.paragraphs)]
    return [one for one in found if one.strip()]

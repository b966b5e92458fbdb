"""Give fonts neutral names: a name that somebody gave a font may name somebody.

Programs put the name of a font file into a PDF, and people name fonts after themselves (a font of a
signature). What a font is called matters to painting only where its program is not in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pymupdf import mupdf

#: Families that come with Windows, macOS, Office, TeX or PDF itself. A font that is not in the file
#: is found by such a name; any other name would not be found on the reader's machine either.
_KNOWN = re.compile(
    r"(?:Helvetica|Times|Courier|Symbol|ZapfDingbats|Arial|Calibri|Cambria|Candara|Consolas"
    r"|Constantia|Corbel|Georgia|Verdana|Tahoma|Trebuchet|Garamond|Palatino|BookAntiqua|Century"
    r"|Gill ?Sans|Franklin|Frutiger|Univers|Futura|Optima|Segoe|Aptos|DejaVu|Liberation|Noto|Roboto"
    r"|Open ?Sans|Lato|Lucida|Wingdings|Webdings|Impact|Comic ?Sans|MyriadPro|MinionPro|Nimbus"
    r"|CM[A-Z]{1,4}\d*|LMRoman|MS|SimSun|SimHei|MingLiU|Heisei|Hei|Ryumin|GothicBBB|Batang|Gulim)"
    r"(?:[-, ]?(?:Roman|New|Sans|Serif|Mono|UI|PS|PSMT|MT|Pro|Std|LT|Neue|Narrow|Black|Bold|Italic"
    r"|Oblique|Light|Semi|Demi|Medium|Regular|Cond(?:ensed)?|Book|Display|Schoolbook|Gothic|W\d"
    r"|KakuGo|MinchoMin|Bd|It|BT|\d{1,3}))*"
)
#: What the library answers for a glyph name that it does not know.
_NO_CHARACTER = 0xFFFD
_TAG = re.compile(r"[A-Z]{6}\+")


def neutral_font_names(document: Any) -> None:
    """Rename every font of a document whose name is not that of a known family.

    The six letters before a subset's name, which a program makes up, go in any case.
    """
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    for number in range(1, document.xref_length()):
        found = mupdf.pdf_load_object(pdf, number)
        kind = mupdf.pdf_to_name(mupdf.pdf_dict_gets(found, "Type"))
        if kind == "Font":
            _rename(pdf, found, "BaseFont", number)
            if mupdf.pdf_to_name(mupdf.pdf_dict_gets(found, "Subtype")) == "Type3":
                _rename_glyphs(pdf, found)
            elif not _has_program(found):
                _drop_strange_glyphs(found)
        elif kind == "FontDescriptor":
            _rename(pdf, found, "FontName", number)


def _rename(pdf: Any, font: Any, key: str, number: int) -> None:
    entry = mupdf.pdf_dict_gets(font, key)
    if not mupdf.pdf_is_name(entry):
        return
    name = mupdf.pdf_to_name(entry)
    neutral = neutral_name(name, number)
    if neutral != name:
        mupdf.pdf_dict_puts(font, key, mupdf.pdf_new_name(neutral))


def neutral_name(name: str, number: int) -> str:
    """Give the name under which a font is released: a known family's, or a number."""
    bare = _TAG.sub("", name, count=1)
    return bare if _KNOWN.fullmatch(bare) else f"F{number}"


# --- fonts whose glyphs are drawings -------------------------------------------------------------


def _rename_glyphs(pdf: Any, font: Any) -> None:
    """Drop the drawings that no code leads to, and number those whose names are made up."""
    programs = mupdf.pdf_dict_gets(font, "CharProcs")
    differences = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(font, "Encoding"), "Differences")
    if not mupdf.pdf_is_dict(programs) or not mupdf.pdf_is_array(differences):
        return
    renamed: dict[str, str] = {}
    for index, name in _names_in(differences):
        if name not in renamed:
            renamed[name] = name if _is_standard(name) else f"g{len(renamed) + 1}"
        mupdf.pdf_array_put(differences, index, mupdf.pdf_new_name(renamed[name]))
    kept = mupdf.pdf_new_dict(pdf, len(renamed))
    for name, neutral in renamed.items():
        program = mupdf.pdf_dict_gets(programs, name)
        if not mupdf.pdf_is_null(program):
            mupdf.pdf_dict_puts(kept, neutral, program)
    mupdf.pdf_dict_puts(font, "CharProcs", kept)


def _has_program(font: Any) -> bool:
    """Say whether the glyphs of a font are in the file, where they may go by any name."""
    described = mupdf.pdf_dict_gets(font, "FontDescriptor")
    programs = ("FontFile", "FontFile2", "FontFile3")
    return any(not mupdf.pdf_is_null(mupdf.pdf_dict_gets(described, key)) for key in programs)


def _drop_strange_glyphs(font: Any) -> None:
    """Drop the names of glyphs that no font of a reader has."""
    differences = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(font, "Encoding"), "Differences")
    for index, name in list(_names_in(differences)):
        if not _is_standard(name):
            mupdf.pdf_array_put(differences, index, mupdf.pdf_new_name(".notdef"))


def _names_in(differences: Any) -> Iterator[tuple[int, str]]:
    for index in range(mupdf.pdf_array_len(differences)):
        entry = mupdf.pdf_array_get(differences, index)
        if mupdf.pdf_is_name(entry):
            yield index, mupdf.pdf_to_name(entry)


def _is_standard(name: str) -> bool:
    """Say whether the name is one of the Adobe Glyph List, which says what the glyph shows."""
    return name == ".notdef" or mupdf.fz_unicode_from_glyph_name(name) != _NO_CHARACTER

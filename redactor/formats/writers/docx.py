"""Write running text as a Word document: own markup, no properties, nothing inherited.

Source of the markup: ECMA-376 part 1, 17.6 (sections), 17.10 (headers and footers),
17.11 (footnotes and endnotes), 17.15 (settings).
"""

from __future__ import annotations

from typing import ClassVar

from redactor.content import Block, Content, Flow, Lines, Note, Paragraph, Run
from redactor.formats.base import RebuiltFile, Writer
from redactor.formats.writers.archive import content_types, relationships, zip_parts
from redactor.formats.writers.docx_blocks import SPACES, Blocks, Media, encode
from redactor.formats.writers.docx_styles import MAIN, numbering, styles
from redactor.formats.writers.walk import paragraphs_in

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MARGIN_TWIPS = 1440  # 2.54 cm
_A4_TWIPS = (11906, 16838)
#: Notes count from 1; these two are the rules above them (17.11.23).
_RULES = (("separator", -1), ("continuationSeparator", 0))


class DocxWriter(Writer):
    """One document with its header, footer, notes and pictures."""

    target: ClassVar[str] = "docx"

    def write(self, content: Content) -> tuple[RebuiltFile, ...]:
        """Write the document.

        Raises:
            TypeError: the content is a workbook.
        """
        if isinstance(content, Lines):
            content = Flow(tuple(Paragraph(runs) for runs in content.lines))
        if not isinstance(content, Flow):
            raise TypeError("a workbook cannot be written as DOCX")
        return (RebuiltFile(document_bytes(content), ".docx"),)


def document_bytes(flow: Flow, *, signs_in_notes: bool = True) -> bytes:
    """Give running text as a Word document.

    Args:
        signs_in_notes: begin each note with its sign, as Word wants it where the sign is given as
            text; LibreOffice puts the sign there of its own accord.
    """
    return zip_parts(_parts(flow, signs_in_notes=signs_in_notes))


def _parts(flow: Flow, *, signs_in_notes: bool) -> dict[str, bytes]:
    width, height = _A4_TWIPS[:: -1 if flow.landscape else 1]
    media = Media()
    notes = _called_notes(flow)
    kinds = {number: "endnote" if one.at_end else "footnote" for number, one in notes.items()}
    body = Blocks(media, width - 2 * _MARGIN_TWIPS, kinds)
    whole = (*flow.body, *_uncalled_notes(flow, notes))
    parts: dict[str, bytes] = {
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": _settings(),
    }
    arrows = {
        "rId1": ("styles", "styles.xml"),
        "rId2": ("numbering", "numbering.xml"),
        "rId3": ("settings", "settings.xml"),
    }
    for kind in ("footnote", "endnote"):
        told = {number: one for number, one in notes.items() if kinds[number] == kind}
        if told:
            arrows[f"rId{len(arrows) + 1}"] = (f"{kind}s", f"{kind}s.xml")
            markup = _notes(kind, told, body.apart(), with_signs=signs_in_notes)
            _add_part(parts, f"{kind}s", markup, media)
    section = ""
    for kind, tag, blocks in (("header", "hdr", flow.header), ("footer", "ftr", flow.footer)):
        if blocks:
            key = f"rId{len(arrows) + 1}"
            arrows[key] = (kind, f"{kind}1.xml")
            inside = f"<w:{tag} {SPACES}>{body.apart().xml(blocks)}</w:{tag}>"
            _add_part(parts, f"{kind}1", inside, media)
            section += f'<w:{kind}Reference w:type="default" r:id="{key}"/>'
    page = f"<w:sectPr>{section}{_page(width, height, landscape=flow.landscape)}</w:sectPr>"
    markup = f"<w:document {SPACES}><w:body>{body.xml(whole)}{page}</w:body></w:document>"
    parts["word/document.xml"] = encode(markup)
    parts["word/_rels/document.xml.rels"] = relationships(arrows | media.arrows_of(markup))
    parts |= media.parts()
    parts["_rels/.rels"] = relationships({"rId1": ("officeDocument", "word/document.xml")})
    parts["[Content_Types].xml"] = content_types(_overrides(parts), pictures=bool(media.parts()))
    return parts


def _add_part(parts: dict[str, bytes], name: str, markup: str, media: Media) -> None:
    """Add a part, and its list of pictures where it has any."""
    parts[f"word/{name}.xml"] = encode(markup)
    arrows = media.arrows_of(markup)
    if arrows:
        parts[f"word/_rels/{name}.xml.rels"] = relationships(arrows)


def _overrides(parts: dict[str, bytes]) -> dict[str, str]:
    """Say what each part is: its type goes by its name."""
    kinds = {"document": "document.main", "header1": "header", "footer1": "footer"}
    names = [one.removeprefix("word/").removesuffix(".xml") for one in parts]
    return {
        f"word/{name}.xml": f"{_TYPE}.{kinds.get(name, name)}+xml"
        for name in names
        if f"word/{name}.xml" in parts
    }


def _page(width: int, height: int, *, landscape: bool) -> str:
    lying = ' w:orient="landscape"' if landscape else ""
    edges = "".join(f' w:{edge}="{_MARGIN_TWIPS}"' for edge in ("top", "right", "bottom", "left"))
    return (
        f'<w:pgSz w:w="{width}" w:h="{height}"{lying}/>'
        f'<w:pgMar{edges} w:header="708" w:footer="708" w:gutter="0"/>'
    )


def _settings() -> bytes:
    """Write the few settings without which notes have no rule and Word calls the file old."""
    rules = "".join(
        f"<w:{kind}Pr>"
        + "".join(f'<w:{kind} w:id="{number}"/>' for _, number in _RULES)
        + f"</w:{kind}Pr>"
        for kind in ("footnote", "endnote")
    )
    return encode(
        f'<w:settings xmlns:w="{MAIN}">{rules}<w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat></w:settings>'
    )


# --- notes -------------------------------------------------------------------------------------


def _called_notes(flow: Flow) -> dict[int, Note]:
    """Give the notes whose sign stands in the body, in the order in which the signs stand there."""
    called = [
        run.note
        for paragraph in paragraphs_in(flow.body)
        for run in paragraph.runs
        if run.note is not None and run.note < len(flow.notes)
    ]
    return {number: flow.notes[number] for number in dict.fromkeys(called)}


def _uncalled_notes(flow: Flow, called: dict[int, Note]) -> tuple[Block, ...]:
    """Give the notes that no sign leads to, which Word would not show, as paragraphs."""
    blocks: list[Block] = []
    for number, note in enumerate(flow.notes):
        if number not in called:
            blocks += _with_sign(note, Run(f"{note.label} ", raised=1))
    return tuple(blocks)


def _notes(kind: str, notes: dict[int, Note], blocks: Blocks, *, with_signs: bool) -> str:
    """Write the part of the footnotes or endnotes."""
    told = "".join(
        f'<w:{kind} w:type="{name}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
        f"<w:r><w:{name}/></w:r></w:p></w:{kind}>"
        for name, number in _RULES
    )
    for number, note in notes.items():
        sign = Run(f"{note.label} ", raised=1) if with_signs else Run(" ")
        inside = blocks.xml(_with_sign(note, sign), style="FootnoteText")
        told += f'<w:{kind} w:id="{number + 1}">{inside}</w:{kind}>'
    return f"<w:{kind}s {SPACES}>{told}</w:{kind}s>"


def _with_sign(note: Note, sign: Run) -> tuple[Block, ...]:
    first = note.blocks[0] if note.blocks else None
    if isinstance(first, Paragraph) and not first.listed:
        return (Paragraph((sign, *first.runs), depth=first.depth), *note.blocks[1:])
    return (Paragraph((sign,)), *note.blocks)

"""Read what a paragraph holds: runs, fields, equations, signs of notes, drawings.

Source of the markup: ECMA-376 part 1, 17.3 (runs), 17.16 (fields).
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from redactor.formats.docx.asides import Asides
from redactor.formats.docx.blocks import Piece, text_of
from redactor.formats.docx.context import MC, WRAPPERS, Context, changed
from redactor.formats.docx.equations import MATH, in_line
from redactor.formats.docx.graphics import Graphics, Shape
from redactor.formats.docx.notes import OWN_SIGNS, REFERENCES
from redactor.formats.docx.paragraphs import OpenParagraph
from redactor.formats.docx.source import Source
from redactor.formats.docx.styles import Look, W, attribute_of, toggle, value
from redactor.formats.hidden import texts_of
from redactor.model import HiddenKind

_GRAPHICS = frozenset({W + "drawing", W + "pict", W + "object"})
_EQUATIONS = frozenset({MATH + "oMath", MATH + "oMathPara"})
_CODES = frozenset({W + "instrText", W + "delInstrText"})


class RunReader:
    """Reads the paragraphs of one part.

    Args:
        part: the part.
        source: what it is read with.
        asides: takes what is not seen.
        show: takes each thing that a drawing shows, with what surrounds it.

    Attributes:
        sign: of the note whose text is being read.
    """

    def __init__(
        self,
        part: str,
        source: Source,
        asides: Asides,
        show: Callable[[Shape, Context, OpenParagraph], None],
    ) -> None:
        self.sign = ""
        self._part = part
        self._source = source
        self._asides = asides
        self._show = show
        self._graphics = Graphics(part, source, asides)
        self._fields: list[str] = []

    @property
    def has_open_field(self) -> bool:
        """Say whether a field has begun that has not ended."""
        return bool(self._fields)

    def read(self, parent: etree._Element, context: Context, opened: OpenParagraph) -> None:
        """Read the runs in an element, and in what wraps them."""
        for element in parent:
            if element.tag == W + "r":
                self._run(element, context, opened)
            elif element.tag in _EQUATIONS:
                self._equation(element, opened.look, context, opened)
            elif not self._asides.pass_over(element):
                self._wrapped(element, context, opened)

    def _wrapped(self, element: etree._Element, context: Context, opened: OpenParagraph) -> None:
        if element.tag == W + "sdt":
            self._asides.gather_control(element)
            for content in element.iterfind(f"{W}sdtContent"):
                self.read(content, context, opened)
        elif element.tag == MC + "AlternateContent":
            self.read(self._asides.choose(element), context, opened)
        elif element.tag in WRAPPERS:
            self._asides.gather_wrapper(element)
            if element.tag == W + "fldSimple":
                opened.put_aside(HiddenKind.FIELD_CODE, value(element, "instr"))
            self.read(element, changed(element, context), opened)
        else:
            self._asides.refuse(element)

    def _run(self, run: etree._Element, context: Context, opened: OpenParagraph) -> None:
        look = self._source.styles.run_look(run.find(f"{W}rPr"), opened.look)
        self._content(run, look, context, opened)

    def _content(
        self, run: etree._Element, look: Look, context: Context, opened: OpenParagraph
    ) -> None:
        for element in run:
            tag = str(element.tag)
            if tag in _CODES:
                opened.put_aside(HiddenKind.FIELD_CODE, element.text or "")
            elif tag == W + "fldChar":
                self._turn_field(element, look, context, opened)
            elif tag in _GRAPHICS:
                self._drawing(element, look, context, opened)
            elif tag == MC + "AlternateContent":
                self._content(self._asides.choose(element), look, context, opened)
            elif tag == W + "ruby":
                self._ruby(element, context, opened)
            elif tag in _EQUATIONS:
                self._equation(element, look, context, opened)
            elif tag in REFERENCES:
                self._reference(element, run, look, context, opened)
            else:
                self._text(element, look, context, opened)

    # --- text ---------------------------------------------------------------------------------

    def _text(
        self, element: etree._Element, look: Look, context: Context, opened: OpenParagraph
    ) -> None:
        text = text_of(element)
        if element.tag == W + "delText" and self._why_hidden(look, context) is None:
            opened.put_aside(HiddenKind.TRACKED_DELETION, text or "")
        elif element.tag == W + "br" and value(element, "type") == "page":
            self._break(look, context, opened)
        elif text is not None:
            self._put(text, look, context, opened)
        elif element.tag in OWN_SIGNS and self.sign:
            self._put(f"[{self.sign}]", look, context, opened)
        elif not self._asides.pass_over(element):
            self._asides.refuse(element)

    def _break(self, look: Look, context: Context, opened: OpenParagraph) -> None:
        if self._why_hidden(look, context) is None:
            opened.break_page()

    def _put(
        self,
        text: str,
        look: Look,
        context: Context,
        opened: OpenParagraph,
        note: int | None = None,
    ) -> None:
        kind = self._why_hidden(look, context)
        if kind is not None:
            opened.put_aside(kind, text)
            return
        if context.change is not None:
            opened.put_aside(context.change, text)
        opened.pieces.append(
            Piece(
                text,
                bool(look.bold),
                bool(look.italic),
                bool(look.underline),
                bool(look.strike),
                look.raised or 0,
                note,
            )
        )

    def _why_hidden(self, look: Look, context: Context) -> HiddenKind | None:
        if context.hidden is not None:
            return context.hidden
        if "code" in self._fields:
            return HiddenKind.FIELD_CODE
        return HiddenKind.HIDDEN_TEXT if look.cannot_be_seen(context.ground) else None

    def _equation(
        self, element: etree._Element, look: Look, context: Context, opened: OpenParagraph
    ) -> None:
        text = in_line(element)
        self._put(text, look, context, opened)
        for gone in element.iter(f"{W}del", f"{W}moveFrom"):
            opened.put_aside(HiddenKind.TRACKED_DELETION, "".join(texts_of(gone)))
        whole = "".join(one.text or "" for one in element.iter(f"{MATH}t", f"{W}t"))
        if set(whole) - set(text):
            self._asides.add(HiddenKind.OTHER, whole)
        self._asides.gather_equation(element)

    def _ruby(self, element: etree._Element, context: Context, opened: OpenParagraph) -> None:
        for base in element.iterfind(f"{W}rubyBase"):
            self.read(base, context, opened)
        for aid in element.iterfind(f"{W}rt"):
            opened.put_aside(HiddenKind.OTHER, "".join(texts_of(aid)))

    def _reference(
        self,
        element: etree._Element,
        run: etree._Element,
        look: Look,
        context: Context,
        opened: OpenParagraph,
    ) -> None:
        """Put the sign of a note; a note whose sign is not seen is not referred to."""
        if self._why_hidden(look, context) is not None:
            return
        own_sign = ""
        if _is_switched_on(element, "customMarkFollows"):
            own_sign = "".join(one.text or "" for one in run.iterfind(f"{W}t")).strip()
        kind = REFERENCES[str(element.tag)]
        referred = self._source.notes.refer(kind, value(element, "id"), own_sign)
        if referred is not None and not own_sign:
            self._put(f"[{referred[1]}]", look, context, opened, referred[0])

    # --- fields -------------------------------------------------------------------------------

    def _turn_field(
        self, element: etree._Element, look: Look, context: Context, opened: OpenParagraph
    ) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            for data in element.iterfind(f"{W}ffData"):
                self._asides.gather(HiddenKind.FORM_FIELD, data)
                self._put(_shown_by_form(data), look, context, opened)
            self._fields.append("code")
        elif kind == "separate" and self._fields:
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()
        for data in element.iterfind(f"{W}fldData"):
            self._asides.add_packed(HiddenKind.FIELD_CODE, data.text or "")

    # --- drawings -----------------------------------------------------------------------------

    def _drawing(
        self, element: etree._Element, look: Look, context: Context, opened: OpenParagraph
    ) -> None:
        # What a colour hides are letters only; a drawing is hidden where text of any colour is.
        is_hidden = context.hidden or "code" in self._fields or look.vanished
        why = context.hidden or (HiddenKind.HIDDEN_TEXT if is_hidden else None)
        within = Context(why, context.change, context.ground)
        for shape in self._graphics.read(element, is_hidden=bool(is_hidden)):
            self._show(shape, within, opened)


def _is_switched_on(element: etree._Element, name: str) -> bool:
    """Say whether an attribute that is a switch is on."""
    return value(element, name).lower() in {"1", "true", "on"}


def _shown_by_form(data: etree._Element) -> str:
    """Give what the page shows of a form field without text: a tick, or the choice from a list."""
    for box in data.iterfind(f"{W}checkBox"):
        states = [toggle(box, one) for one in ("checked", "default")]
        ticked = next((one for one in states if one is not None), False)
        return "\u2612" if ticked else "\u2610"
    for choice in data.iterfind(f"{W}ddList"):
        entries = [value(one) for one in choice.iterfind(f"{W}listEntry")]
        chosen = attribute_of(choice, "result") or attribute_of(choice, "default") or "0"
        if chosen.isdigit() and int(chosen) < len(entries):
            return entries[int(chosen)]
    return ""

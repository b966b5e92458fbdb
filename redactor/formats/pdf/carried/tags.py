"""Write a structure tree anew: standard types, the marks that are left, and the labels of boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from redactor.formats.pdf.carried.facts import Carriable, content_of, number_of, properties_of
from redactor.formats.pdf.carried.labels import Label, announce
from redactor.formats.pdf.carried.scan import Scanned, Shown, scan
from redactor.formats.pdf.carried.tree import Element, Kid, Marked, Object
from redactor.formats.pdf.label_fonts import LABEL_FONT, STAMP_FONT

#: Cells stay where they are empty: their row would lose its shape.
_SHAPES = frozenset({"TD", "TH"})
#: What is said of what cannot be read out; the words of the original are not known to be vetted.
_ALTERNATIVES = {"Figure": "picture", "Formula": "formula"}
#: Strings on one line differ in height by less than this (points).
_LINE = 4.0


@dataclass(frozen=True, slots=True)
class Tagged:
    """Whether a document is tagged, and the labels that are printed in it."""

    is_tagged: bool
    printed: tuple[str, ...]


def write_tags(target: Any, facts: Carriable, links: Mapping[int, int]) -> Tagged:
    """Announce the labels, and tag the document if the original was tagged.

    Args:
        target: the document being built, with its links.
        facts: of the original.
        links: the new link objects by the numbers of the old.
    """
    # All at once: after a change to a document, the next page is found by counting all before it.
    pages = [target.load_page(number) for number in range(target.page_count)]
    if facts.tree is None:
        labels = [one.printed for page in pages for one in announce(target, page, None)]
        return Tagged(is_tagged=False, printed=tuple(labels))
    marks = [_marks_of(target, page, facts.shown.get(page.number, ())) for page in pages]
    root = _pruned(facts.tree.root, marks, links)
    for number, left in enumerate(marks):
        _attach(root, number, left)
    if root.kids:
        _Writer(target, marks).write(root, facts.language)
    printed = tuple(label for one in marks for label in one.printed)
    return Tagged(is_tagged=bool(root.kids), printed=printed)


# --- what is marked on a page --------------------------------------------------------------------


@dataclass(slots=True)
class _PageMarks:
    """The marks of a released page.

    Attributes:
        waiting: those that no element has taken yet.
        after: labels by the mark in which their text stood.
        others: labels that stood in none.
        printed: what the labels say to the eye.
        whole: the mark around a whole page that had none, and the type of it.
    """

    waiting: set[int]
    after: dict[int, list[Label]] = field(default_factory=dict)
    others: list[Label] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    whole: tuple[int, str] | None = None


def _marks_of(target: Any, page: Any, shown: Sequence[Shown]) -> _PageMarks:
    found = scan(content_of(target, page), properties_of(page))
    marks = _PageMarks(set(found.painted))
    free = found.last_mark + 1
    if not found.painted:
        marks.whole = _wrap(target, page, free, found)
        free += 1
    for label in announce(target, page, free):
        marks.printed.append(label.printed)
        owner = _owner(label, shown)
        if owner is None:
            marks.others.append(label)
        else:
            marks.after.setdefault(owner, []).append(label)
    return marks


def _wrap(target: Any, page: Any, mark: int, found: Scanned) -> tuple[int, str] | None:
    """Mark the content of a page that has no marks, as far as it is the page's own."""
    streams = page.get_contents()
    ours = (at for at, one in enumerate(streams) if _is_ours(target.xref_stream(one) or b""))
    own = streams[: next(ours, len(streams))]
    if not own:
        return None
    kind = "P" if found.shown else "Figure"
    before, after = target.get_new_xref(), target.get_new_xref()
    for number, content in ((before, f"/{kind} <</MCID {mark}>> BDC\n"), (after, "EMC\n")):
        target.update_object(number, "<<>>")
        target.update_stream(number, content.encode("ascii"))
    rest = streams[len(own) :]
    listed = " ".join(f"{one} 0 R" for one in (before, *streams[: len(own)], after, *rest))
    target.xref_set_key(number_of(page), "Contents", f"[{listed}]")
    return mark, kind


def _is_ours(content: bytes) -> bool:
    """Say whether a stream holds labels of boxes, or what is printed in the margins."""
    return any(name.encode("ascii") in content for name in (LABEL_FONT, STAMP_FONT))


def _owner(label: Label, shown: Sequence[Shown]) -> int | None:
    """Find the mark that held what a label stands for: that of the text at or before its place."""
    marked = [one for one in shown if one.mark is not None]
    if not marked:
        return None
    beside = [one for one in marked if abs(one.y - label.y) <= _LINE]
    before = [one for one in beside if one.x <= label.x]
    if before:
        return max(before, key=lambda one: one.x).mark
    if beside:
        return min(beside, key=lambda one: one.x).mark
    above = [one for one in marked if one.y < label.y]
    nearest = above or marked
    return min(nearest, key=lambda one: (abs(one.y - label.y), abs(one.x - label.x))).mark


# --- the tree ------------------------------------------------------------------------------------


def _pruned(element: Element, marks: Sequence[_PageMarks], links: Mapping[int, int]) -> Element:
    """Give an element with what is left of it: marks that paint, links that were kept, labels."""
    kids: list[Kid] = []
    for kid in element.kids:
        if isinstance(kid, Marked):
            kids.extend(_marks_left(kid, marks[kid.page]))
        elif isinstance(kid, Object):
            if kid.number in links:
                kids.append(Object(links[kid.number]))
        else:
            left = _pruned(kid, marks, links)
            if left.kids or left.kind in _SHAPES:
                kids.append(left)
    kind = element.kind
    if kind == "Link" and not any(isinstance(kid, Object) for kid in kids):
        kind = "Span"
    return Element(kind, kids, element.attributes)


def _marks_left(mark: Marked, page: _PageMarks) -> Iterator[Kid]:
    if mark.number in page.waiting:
        page.waiting.discard(mark.number)
        yield mark
    for label in page.after.pop(mark.number, ()):
        yield _announced(mark.page, label)


def _announced(page: int, label: Label) -> Element:
    return Element("Span", [] if label.mark is None else [Marked(page, label.mark)])


def _attach(root: Element, page: int, marks: _PageMarks) -> None:
    """Put what no element of the original holds where its page stands in the order."""
    new: list[Kid] = []
    if marks.whole is not None:
        new.append(Element(marks.whole[1], [Marked(page, marks.whole[0])]))
    labels = [*marks.others, *(one for kept in marks.after.values() for one in kept)]
    new += [Element("P", [_announced(page, one)]) for one in labels]
    if not new:
        return
    holder = root
    while len(holder.kids) == 1 and _groups(holder.kids[0]):
        holder = holder.kids[0]  # type: ignore[assignment]  # _groups says that it is an element
    behind = (
        at
        for at, kid in enumerate(holder.kids)
        if (first := _page_of(kid)) is not None and first > page
    )
    at = next(behind, len(holder.kids))
    holder.kids[at:at] = new


def _groups(kid: Kid) -> bool:
    return isinstance(kid, Element) and kid.kind in {"Document", "Part", "Art", "Sect", "Div"}


def _page_of(kid: Kid) -> int | None:
    """Give the first page that something stands on."""
    if isinstance(kid, Marked):
        return kid.page
    if isinstance(kid, Object):
        return None
    return next((page for one in kid.kids if (page := _page_of(one)) is not None), None)


# --- writing -------------------------------------------------------------------------------------


class _Writer:
    """Writes the elements of a tree as objects, and who holds which mark."""

    def __init__(self, target: Any, marks: Sequence[_PageMarks]) -> None:
        self._target = target
        self._pages = [target.page_xref(at) for at in range(target.page_count)]
        self._parents: list[dict[int, int]] = [{} for _ in marks]
        self._links: list[tuple[int, int]] = []

    def write(self, root: Element, language: str) -> None:
        """Write the tree, and tie the pages and the catalogue to it."""
        target = self._target
        number = target.get_new_xref()
        kids = " ".join(
            f"{self._element(kid, number)} 0 R" for kid in root.kids if isinstance(kid, Element)
        )
        parents = target.get_new_xref()
        target.update_object(parents, f"<</Nums[{' '.join(self._rows())}]>>")
        following = len(self._parents) + len(self._links)
        target.update_object(
            number,
            f"<</Type/StructTreeRoot/K[{kids}]/ParentTree {parents} 0 R"
            f"/ParentTreeNextKey {following}>>",
        )
        catalog = target.pdf_catalog()
        target.xref_set_key(catalog, "StructTreeRoot", f"{number} 0 R")
        target.xref_set_key(catalog, "MarkInfo", "<</Marked true>>")
        if language:
            target.xref_set_key(catalog, "Lang", f"({language})")

    def _rows(self) -> Iterator[str]:
        target = self._target
        for page, owners in enumerate(self._parents):
            if owners:
                target.xref_set_key(self._pages[page], "StructParents", str(page))
                target.xref_set_key(self._pages[page], "Tabs", "/S")
                row = (owners.get(at) for at in range(max(owners) + 1))
                listed = " ".join("null" if one is None else f"{one} 0 R" for one in row)
                yield f"{page} [{listed}]"
        for at, (link, owner) in enumerate(self._links, len(self._parents)):
            target.xref_set_key(link, "StructParent", str(at))
            yield f"{at} {owner} 0 R"

    def _element(self, element: Element, parent: int) -> int:
        number: int = self._target.get_new_xref()
        page = _page_of(element)
        kids = " ".join(self._kid(kid, number, page) for kid in element.kids)
        on = "" if page is None else f"/Pg {self._pages[page]} 0 R"
        said = _ALTERNATIVES.get(element.kind)
        alternative = f"/Alt({said})" if said else ""
        shape = "".join(
            f"/{name}/{value}" if isinstance(value, str) else f"/{name} {value}"
            for name, value in element.attributes
        )
        attributes = f"/A<</O/Table{shape}>>" if shape else ""
        content = f"/K[{kids}]" if kids else ""
        self._target.update_object(
            number,
            f"<</Type/StructElem/S/{element.kind}/P {parent} 0 R{on}{content}"
            f"{alternative}{attributes}>>",
        )
        return number

    def _kid(self, kid: Kid, owner: int, page: int | None) -> str:
        if isinstance(kid, Element):
            return f"{self._element(kid, owner)} 0 R"
        if isinstance(kid, Object):
            self._links.append((kid.number, owner))
            return f"<</Type/OBJR/Obj {kid.number} 0 R>>"
        self._parents[kid.page][kid.number] = owner
        if kid.page == page:
            return str(kid.number)
        return f"<</Type/MCR/Pg {self._pages[kid.page]} 0 R/MCID {kid.number}>>"

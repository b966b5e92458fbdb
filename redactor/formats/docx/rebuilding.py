"""Rebuild a Word document from approved text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from redactor.content import Block, Flow, FlowCell, FlowTable, Note, Paragraph, Picture, Run
from redactor.formats.base import RebuildPlan, Rebuilt, Spot
from redactor.formats.docx.blocks import (
    APART,
    Piece,
    ReadBlock,
    ReadNote,
    ReadParagraph,
    ReadPicture,
    ReadTable,
)
from redactor.formats.docx.pictures import draw
from redactor.formats.docx.reading import WordContent, walk_document
from redactor.formats.hidden import Gathered, list_left_out
from redactor.formats.legend import explained_in_flow, own_words, withholds_counts
from redactor.formats.package import Package
from redactor.formats.writers import write_release
from redactor.model import PartPlace, Report, Ruling, key_of

_WITH_PICTURES = frozenset({"docx", "pdf"})
_NOT_DRAWN = "A picture could not be drawn and was left out, though it was to be released."


def rebuild_document(untrusted: bytes, plan: RebuildPlan, target: str, report: Report) -> Rebuilt:
    """Write a new document of what the plan leaves. See ``Format.rebuild``."""
    gathered = Gathered()
    content = walk_document(untrusted, gathered, report)
    approval = _Approval(plan, content.package)
    flow = approval.flow(content)
    if approval.drew_larger:
        flow = approval.flow(content)
    kept = approval.drawn if target in _WITH_PICTURES else set()
    unread = [one for one in gathered.unread if one.place not in kept]
    explains = withholds_counts(plan)
    files, said = write_release(explained_in_flow(flow) if explains else flow, target, report)
    files = own_words(files) if explains else files
    notes = (*said, *content.remarks, *dict.fromkeys(approval.remarks))
    return Rebuilt(files, list_left_out(gathered.segments, unread), notes)


class _Approval:
    """Turns what was read into what may be released."""

    def __init__(self, plan: RebuildPlan, package: Package) -> None:
        self.remarks: list[str] = []
        self.drawn: set[str] = set()
        #: By place: how wide the picture is where it is shown largest, and how it looks there.
        self._largest: dict[str, tuple[float, bytes | None]] = {}
        #: A picture came up again and larger: it is to look the same in every place, as it is one.
        self.drew_larger = False
        self._plan = plan
        self._package = package

    def flow(self, content: WordContent) -> Flow:
        return Flow(
            self._blocks(content.body),
            self._frames(content.headers),
            self._frames(content.footers),
            tuple(self._note(one) for one in content.notes),
            content.landscape,
        )

    def _frames(self, frames: tuple[tuple[ReadBlock, ...], ...]) -> tuple[Block, ...]:
        """Join the headers (or footers) of all sections; what says the same stands once."""
        different = dict.fromkeys(self._blocks(one) for one in frames)
        return tuple(block for blocks in different for block in blocks)

    def _note(self, note: ReadNote) -> Note:
        return Note(note.label, self._blocks(note.blocks, note.label), note.at_end)

    def _blocks(self, blocks: tuple[ReadBlock, ...], sign: str = "") -> tuple[Block, ...]:
        return tuple(one for block in blocks for one in self._block(block, sign))

    def _block(self, block: ReadBlock, sign: str) -> Iterator[Block]:
        if isinstance(block, ReadParagraph):
            yield self._paragraph(block, sign)
        elif isinstance(block, ReadTable):
            yield self._table(block)
        else:
            yield from self._picture(block)

    def _table(self, table: ReadTable) -> FlowTable:
        heights = table.heights()
        rows = tuple(
            tuple(
                FlowCell(self._blocks(cell.blocks), cell.columns, heights[row, number])
                if heights[row, number]
                else None
                for number, cell in enumerate(cells)
            )
            for row, cells in enumerate(table.rows)
        )
        return FlowTable(rows, table.widths, table.heading_rows, table.plain)

    def _picture(self, picture: ReadPicture) -> Iterator[Picture]:
        ruling = self._plan.rulings.get(picture.place)
        if ruling is not Ruling.RELEASE_AS_SEEN or not picture.part:
            return
        width, png = self._largest.get(picture.place, (0.0, None))
        if picture.width > width:
            self.drew_larger = self.drew_larger or width > 0
            png = draw(self._package.read(picture.part), picture)
            self._largest[picture.place] = picture.width, png
        if png is None:
            self.remarks.append(_NOT_DRAWN)
        else:
            self.drawn.add(picture.place)
            yield Picture(png, picture.width, picture.height)

    def _paragraph(self, paragraph: ReadParagraph, sign: str) -> Paragraph:
        spots = self._plan.spots.get(key_of(PartPlace(paragraph.part, paragraph.number)), ())
        pieces, label = paragraph.pieces, ""
        if paragraph.listed and pieces and pieces[0].label:
            label, pieces, spots = _label_apart(pieces, spots)
        runs = cut_pieces(pieces, spots)
        return Paragraph(
            _without_sign(runs, sign),
            paragraph.level,
            # An item whose number was removed must not look as if it had a bullet.
            paragraph.listed and (bool(label) or not _has_label(paragraph)),
            label,
            paragraph.depth,
            paragraph.align,
            paragraph.new_page,
        )


def _has_label(paragraph: ReadParagraph) -> bool:
    return bool(paragraph.pieces) and paragraph.pieces[0].label


def _label_apart(
    pieces: tuple[Piece, ...], spots: tuple[Spot, ...]
) -> tuple[str, tuple[Piece, ...], tuple[Spot, ...]]:
    """Take an item's number from its text, unless something in it is to be removed."""
    size = len(pieces[0].text)
    if spots and spots[0].start < size:
        return "", pieces, spots
    moved = tuple(Spot(one.start - size, one.end - size, one.label) for one in spots)
    return pieces[0].text.rstrip("\t"), pieces[1:], moved


def _without_sign(runs: tuple[Run, ...], sign: str) -> tuple[Run, ...]:
    """Leave out a note's own sign where the note begins with it: it is printed as its label."""
    if not sign or not runs or not runs[0].text.startswith(f"[{sign}]") or runs[0].redaction:
        return runs
    return (replace(runs[0], text=runs[0].text.removeprefix(f"[{sign}]").lstrip()), *runs[1:])


def cut_pieces(pieces: tuple[Piece, ...], spots: tuple[Spot, ...]) -> tuple[Run, ...]:
    """Cut the spots out of a paragraph, whatever pieces they run across; what stays keeps its look.

    The sign of a note goes whole where any of it is cut.

    Args:
        pieces: the paragraph's text in pieces.
        spots: sorted and not overlapping, in code points of the whole paragraph.
    """
    runs: list[Run] = []
    text = "".join(one.text for one in pieces)
    at = 0
    for spot in spots:
        runs += _slice(pieces, at, min(spot.start, len(text)))
        runs.append(Run(f"[{spot.label}]", redaction=True))
        at = spot.end
    return (*runs, *_slice(pieces, at, len(text)))


def _slice(pieces: tuple[Piece, ...], start: int, end: int) -> list[Run]:
    runs: list[Run] = []
    offset = 0
    for piece in pieces:
        text = piece.text[max(start - offset, 0) : max(end - offset, 0)]
        offset += len(piece.text)
        if piece.raised > 0:
            text = text.removeprefix(APART)
        if not text or (piece.note is not None and text != piece.text):
            continue
        number = text.strip("[]") if piece.note is not None else text
        runs.append(
            Run(
                number,
                piece.bold,
                piece.italic,
                underline=piece.underline,
                strike=piece.strike,
                raised=1 if piece.note is not None else piece.raised,
                note=piece.note,
            )
        )
    return runs

"""Rebuild a Word document from approved text."""

from __future__ import annotations

from redactor.content import Block, Flow, FlowCell, FlowTable, Paragraph, Run
from redactor.formats.base import RebuildPlan, Rebuilt, Spot
from redactor.formats.docx.blocks import Piece, ReadBlock, ReadParagraph
from redactor.formats.docx.reading import walk_document
from redactor.formats.hidden import Gathered
from redactor.formats.writers import remarks, write
from redactor.model import PartPlace, Report, key_of


def rebuild_document(untrusted: bytes, plan: RebuildPlan, target: str, report: Report) -> Rebuilt:
    """Write a new document of what the plan leaves. See ``Format.rebuild``."""
    gathered = Gathered()
    content = walk_document(untrusted, gathered, report)
    flow = Flow(
        _approved(content.body, plan),
        _approved_frames(content.headers, plan),
        _approved_frames(content.footers, plan),
    )
    return Rebuilt(write(flow, target), gathered.left_out(), remarks(flow, target))


def _approved(blocks: tuple[ReadBlock, ...], plan: RebuildPlan) -> tuple[Block, ...]:
    return tuple(
        _approved_paragraph(one, plan)
        if isinstance(one, ReadParagraph)
        else FlowTable(
            tuple(tuple(FlowCell(_approved(cell, plan)) for cell in row) for row in one.rows)
        )
        for one in blocks
    )


def _approved_frames(
    frames: tuple[tuple[ReadBlock, ...], ...], plan: RebuildPlan
) -> tuple[Block, ...]:
    """Join the headers (or footers) of all sections; what says the same stands once."""
    different = dict.fromkeys(_approved(one, plan) for one in frames)
    return tuple(block for blocks in different for block in blocks)


def _approved_paragraph(paragraph: ReadParagraph, plan: RebuildPlan) -> Paragraph:
    spots = plan.spots.get(key_of(PartPlace(paragraph.part, paragraph.number)), ())
    return Paragraph(cut_pieces(paragraph.pieces, spots), paragraph.level, paragraph.listed)


def cut_pieces(pieces: tuple[Piece, ...], spots: tuple[Spot, ...]) -> tuple[Run, ...]:
    """Cut the spots out of a paragraph, whatever pieces they run across; what stays keeps its look.

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
        if text:
            runs.append(Run(text, piece.bold, piece.italic))
        offset += len(piece.text)
    return runs

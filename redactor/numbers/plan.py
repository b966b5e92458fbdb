"""How the small numbers of a case are protected: what a person confirmed, chose and applied.

It names cells and gives people's words, so it is kept sealed in the case file and never goes out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from redactor.canonical import canonical
from redactor.numbers.answers import BASE, Treatment
from redactor.numbers.layout import Edits, Layout
from redactor.numbers.model import CellName, Evidence, Policy, Relation, Require, Zeros
from redactor.numbers.protection import Status


@dataclass(frozen=True, slots=True)
class Plan:
    """What holds for the tables of some documents.

    Attributes:
        documents: the documents whose tables go out, by number.
        earlier: those that are public already; what they say counts as known.
        layout: the digest of the layout that was confirmed (``digest_of_layout``).
        confirmed_by: who confirmed it.
        edits: what they changed in it.
        preset: the rule that was started from; empty for none.
        policy, treatment, base: the rule.
        who: who could recognise whom, in the officer's words. A small count is not by itself
            personal data (*Information Commissioner v Miller* [2018] UKUT 229 (AAC)).
        status: what is known of the pattern.
        cost, bound: of the pattern, and what none is cheaper than.
        primary, secondary: cells hidden for themselves, and to protect them.
        made: the documents that were made to go out in place of others, where figures are rounded
            or lines taken together.
        excepted: cells that may be worked out after all, each with a person's reason.
    """

    documents: tuple[int, ...]
    earlier: tuple[int, ...]
    layout: str
    confirmed_by: str
    edits: Edits = field(default_factory=Edits, repr=False)
    preset: str = ""
    policy: Policy = field(default_factory=Policy)
    treatment: Treatment = Treatment.SUPPRESS
    base: int = BASE
    who: str = field(default="", repr=False)
    status: Status | None = None
    cost: float = 0.0
    bound: float = 0.0
    primary: tuple[CellName, ...] = field(default=(), repr=False)
    secondary: tuple[CellName, ...] = field(default=(), repr=False)
    made: tuple[int, ...] = ()
    excepted: Mapping[CellName, str] = field(default_factory=dict, repr=False)

    @property
    def hidden(self) -> frozenset[CellName]:
        """Give the cells that are printed as ``[c]``."""
        return frozenset((*self.primary, *self.secondary))

    @property
    def is_least(self) -> bool:
        """Say whether it is proved that no fewer figures could be withheld."""
        return self.treatment is Treatment.SUPPRESS and self.status is Status.PROVED_MINIMUM

    def shape(self) -> dict[str, Any]:
        """Give it as it is kept, of texts, numbers and lists."""
        policy = self.policy
        return {
            "documents": list(self.documents),
            "earlier": list(self.earlier),
            "layout": self.layout,
            "confirmed_by": self.confirmed_by,
            "dropped": [_relation_shape(one) for one in sorted(self.edits.dropped, key=_order)],
            "added": [_relation_shape(one) for one in self.edits.added],
            "not_counts": sorted(self.edits.not_counts),
            "preset": self.preset,
            "threshold": policy.threshold,
            "zeros": str(policy.zeros),
            "require": str(policy.require),
            "must_print": sorted(policy.must_print),
            "must_hide": sorted(policy.must_hide),
            "insiders": sorted(policy.insiders),
            "treatment": str(self.treatment),
            "base": self.base,
            "who": self.who,
            "status": str(self.status or ""),
            "cost": str(self.cost),
            "bound": str(self.bound),
            "primary": list(self.primary),
            "secondary": list(self.secondary),
            "made": list(self.made),
            "excepted": dict(self.excepted),
        }

    @classmethod
    def parse(cls, shape: Mapping[str, Any]) -> Self:
        """Read what ``shape`` gave.

        Raises:
            ValueError, KeyError, TypeError: it is not that.
        """
        edits = Edits(
            frozenset(map(_relation, shape["dropped"])),
            tuple(map(_relation, shape["added"])),
            frozenset(map(str, shape["not_counts"])),
        )
        policy = Policy(
            int(shape["threshold"]),
            Zeros(shape["zeros"]),
            Require(shape["require"]),
            must_print=frozenset(map(str, shape["must_print"])),
            must_hide=frozenset(map(str, shape["must_hide"])),
            insiders=frozenset(map(str, shape["insiders"])),
        )
        return cls(
            tuple(map(int, shape["documents"])),
            tuple(map(int, shape["earlier"])),
            str(shape["layout"]),
            str(shape["confirmed_by"]),
            edits,
            str(shape["preset"]),
            policy,
            Treatment(shape["treatment"]),
            int(shape["base"]),
            str(shape["who"]),
            Status(shape["status"]) if shape["status"] else None,
            float(shape["cost"]),
            float(shape["bound"]),
            tuple(map(str, shape["primary"])),
            tuple(map(str, shape["secondary"])),
            tuple(map(int, shape["made"])),
            {str(cell): str(why) for cell, why in shape["excepted"].items()},
        )


def digest_of_layout(layout: Layout) -> str:
    """Give the SHA-256 over what was found: which cells count, what they say, and what adds up."""
    shape = {
        "cells": [[cell, one.low, one.high] for cell, one in layout.printed.items()],
        "relations": [_relation_shape(one) for one in layout.relations],
        "facts": [[list(map(list, one.terms)), one.low, one.high] for one in layout.facts],
        "derived": [[one.cell, list(one.of)] for one in layout.derived],
    }
    return hashlib.sha256(canonical(shape)).hexdigest()


def _relation_shape(relation: Relation) -> list[Any]:
    return [relation.total, list(relation.parts), str(relation.evidence), relation.label]


def _relation(shape: Sequence[Any]) -> Relation:
    total, parts, evidence, label = shape
    return Relation(str(total), tuple(map(str, parts)), Evidence(evidence), str(label))


def _order(relation: Relation) -> tuple[str, tuple[str, ...]]:
    return relation.total, relation.parts

"""Where counts stand on sheets, and how they hang together: found by the program, for a person.

``detect`` finds tables, totals, links and shares by formulas, labels and arithmetic. A relation
missed leaks, one too many only hides more: what is unclear is taken in or warned of, and nothing is
called proved before an officer has confirmed the layout (``Layout.confirmed``).
"""

from __future__ import annotations

from redactor.numbers.layout.detect import detect
from redactor.numbers.layout.found import (
    Confirmed,
    Derived,
    Dimension,
    Doubt,
    Edits,
    Layout,
    Table,
    Warned,
)
from redactor.numbers.layout.sheet import Cell, Sheet, book_of, cell_name, sheet_of

__all__ = [
    "Cell",
    "Confirmed",
    "Derived",
    "Dimension",
    "Doubt",
    "Edits",
    "Layout",
    "Sheet",
    "Table",
    "Warned",
    "book_of",
    "cell_name",
    "detect",
    "sheet_of",
]

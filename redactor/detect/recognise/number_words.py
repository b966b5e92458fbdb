"""Numbers in words, the longer before those that begin them."""

from __future__ import annotations

NUMBER_WORD = (
    r"(?:thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|eleven|twelve|one|two|three|four|five|six|seven|eight|nine|ten)"
)

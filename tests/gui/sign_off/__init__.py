"""The way out of a case, as two people take it: past no block, and past no single person."""

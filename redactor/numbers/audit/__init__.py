"""What a reader could work out of a printed table: every hidden cell's range, and how it is found."""

"""Which cells of a sheet are counts, and which of them are totals of which."""

-- Entries of the always and never lists of a case, packs of patterns, and suggestions that somebody
-- turned down. Rows are only added; which of them count, the log says.
CREATE TABLE list_entries (
    id      INTEGER PRIMARY KEY,
    list    TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;

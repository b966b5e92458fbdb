-- What was read from the pixels of a document, packed, so that no page has to be read twice.
CREATE TABLE readings (
    document INTEGER PRIMARY KEY REFERENCES documents (number),
    packed   BLOB NOT NULL
) STRICT;

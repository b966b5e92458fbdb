-- Secrets of the case itself: the key that seals rows, and the key that signs exports of the log.
CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE blobs (
    sha256 TEXT PRIMARY KEY,
    data   BLOB NOT NULL
) STRICT;

CREATE TABLE documents (
    number  INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    sha256  TEXT NOT NULL UNIQUE,
    format  TEXT NOT NULL,
    status  TEXT NOT NULL,
    summary TEXT NOT NULL
) STRICT;

-- Segments as read, in blocks of a few hundred, so that a viewer can fetch the rows it shows.
CREATE TABLE blocks (
    document  INTEGER NOT NULL REFERENCES documents (number),
    number    INTEGER NOT NULL,
    container TEXT NOT NULL,
    first_row INTEGER NOT NULL,
    last_row  INTEGER NOT NULL,
    payload   BLOB NOT NULL,
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE marks (
    id         INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL REFERENCES documents (number),
    target     TEXT NOT NULL,
    text       TEXT NOT NULL,
    label      TEXT NOT NULL,
    score      REAL NOT NULL,
    recogniser TEXT NOT NULL,
    why        TEXT NOT NULL,
    proposal   TEXT NOT NULL,
    hidden     TEXT,
    by_hand    INTEGER NOT NULL,
    UNIQUE (document, target)
) STRICT;

-- Files of a candidate release, and of its certificate: by the event that speaks of them.
CREATE TABLE outputs (
    event    INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    document INTEGER,
    sha256   TEXT NOT NULL,
    PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    seq         INTEGER PRIMARY KEY,
    at          TEXT NOT NULL,
    actor       TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    kind        TEXT NOT NULL,
    body        TEXT NOT NULL,
    previous    TEXT NOT NULL,
    digest      TEXT NOT NULL,
    signature   TEXT NOT NULL
) STRICT;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

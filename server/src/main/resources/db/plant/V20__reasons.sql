-- What people said about reasons of stops. Lines are added, never changed and never deleted.
CREATE TABLE reason_entry (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  machine TEXT NOT NULL,
  act     TEXT NOT NULL,
  start   TEXT NOT NULL,
  "end"   TEXT,
  reason  TEXT,
  who     TEXT NOT NULL,
  at      TEXT NOT NULL,
  why     TEXT NOT NULL
) STRICT;

CREATE INDEX reason_entry_of_machine ON reason_entry (machine, number);

CREATE TRIGGER reason_entry_is_not_changed BEFORE UPDATE ON reason_entry
BEGIN SELECT RAISE(ABORT, 'what was said about reasons is not changed'); END;

CREATE TRIGGER reason_entry_is_not_deleted BEFORE DELETE ON reason_entry
BEGIN SELECT RAISE(ABORT, 'what was said about reasons is not deleted'); END;

-- Every tree of reasons that a site ever had; the last one holds.
CREATE TABLE reason_tree (
  site       TEXT NOT NULL,
  version    INTEGER NOT NULL,
  definition TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (site, version)
) STRICT;

-- Who uses which machine when, and what was read of it: entries are added and never changed.
CREATE TABLE usage_contract (
  id         TEXT PRIMARY KEY,
  customer   TEXT NOT NULL,
  machine    TEXT NOT NULL,
  starts_at  TEXT NOT NULL,
  ends_at    TEXT NOT NULL,
  meter      TEXT,
  meter_unit TEXT,
  zone       TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE usage_entry (
  contract    TEXT NOT NULL REFERENCES usage_contract (id),
  sequence    INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  starts_at   TEXT NOT NULL,
  ends_at     TEXT NOT NULL,
  corrects    INTEGER,
  why         TEXT NOT NULL,
  millis      TEXT NOT NULL,
  cycles      INTEGER,
  parts       INTEGER,
  watt_hours  INTEGER,
  previous    TEXT NOT NULL,
  hash        TEXT NOT NULL,
  PRIMARY KEY (contract, sequence)
) STRICT;

-- The secret from which the keys of contributions are made: one row, never shown.
CREATE TABLE benchmark_secret (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  secret TEXT NOT NULL
) STRICT;

-- What was merged, so that nothing published later tells one company by comparison.
CREATE TABLE benchmark_merge (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  cluster   TEXT NOT NULL,
  month     TEXT NOT NULL,
  members   TEXT NOT NULL,
  shown     TEXT NOT NULL,
  merged_at TEXT NOT NULL
) STRICT;

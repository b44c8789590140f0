-- Actions as they were registered. Rows are only ever added: what was meant to happen is kept as it
-- was written down before anybody knew.
CREATE TABLE action (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  machine       TEXT NOT NULL,
  definition    TEXT NOT NULL,
  registered_at TEXT NOT NULL
) STRICT;

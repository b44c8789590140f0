-- What a company says of itself where machines cannot: one row.
CREATE TABLE company (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  definition TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;

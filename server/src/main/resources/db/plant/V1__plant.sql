CREATE TABLE machine (
  name       TEXT PRIMARY KEY,
  site       TEXT NOT NULL,
  line       TEXT NOT NULL,
  label      TEXT NOT NULL,
  definition TEXT NOT NULL,
  version    INTEGER NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;

-- Every definition that a machine ever had, so that a figure can be explained later.
CREATE TABLE machine_history (
  name       TEXT NOT NULL,
  version    INTEGER NOT NULL,
  definition TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (name, version)
) STRICT;

CREATE TABLE site (
  name       TEXT PRIMARY KEY,
  definition TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;

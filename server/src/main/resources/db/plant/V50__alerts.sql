-- Instants are nanoseconds since 1970, so that they sort.
CREATE TABLE alert_rule (
  name       TEXT PRIMARY KEY,
  position   INTEGER NOT NULL,
  definition TEXT NOT NULL,
  since      INTEGER NOT NULL
) STRICT;

CREATE TABLE alert (
  id              TEXT PRIMARY KEY,
  rule            TEXT NOT NULL,
  subject         TEXT NOT NULL,
  severity        TEXT NOT NULL,
  state           TEXT NOT NULL,
  since           INTEGER NOT NULL,
  raised_at       INTEGER,
  cleared_at      INTEGER,
  acknowledged_at INTEGER,
  acknowledged_by TEXT,
  note            TEXT,
  recorded_at     INTEGER NOT NULL,
  told            INTEGER NOT NULL
) STRICT;

CREATE INDEX alert_of_rule ON alert (rule, subject, since);
CREATE INDEX alert_by_state ON alert (state, since);

-- What goes to people and programs. A message is here before it is tried, and its outcome after.
CREATE TABLE message (
  id         TEXT PRIMARY KEY,
  recipient  TEXT NOT NULL,
  kind       TEXT NOT NULL,
  title      TEXT NOT NULL,
  body       TEXT NOT NULL,
  data       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  state      TEXT NOT NULL,
  tries      INTEGER NOT NULL,
  next_try   INTEGER NOT NULL,
  settled_at INTEGER,
  trouble    TEXT
) STRICT;

CREATE INDEX message_waiting ON message (state, recipient, next_try);
CREATE INDEX message_by_age ON message (created_at);

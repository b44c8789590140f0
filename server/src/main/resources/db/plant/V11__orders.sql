-- Which product a machine was to make when; times are nanoseconds since 1970. Rows are withdrawn, never
-- deleted.
CREATE TABLE product_order (
  id           INTEGER PRIMARY KEY,
  machine      TEXT NOT NULL,
  product      TEXT NOT NULL,
  reference    TEXT NOT NULL,
  start_at     INTEGER NOT NULL,
  end_at       INTEGER,
  by           TEXT NOT NULL,
  recorded_at  INTEGER NOT NULL,
  withdrawn_by TEXT,
  withdrawn_at INTEGER
) STRICT;

CREATE INDEX product_order_start ON product_order (machine, start_at);

-- Parts said not to be good, by when they were made and when it was said.
CREATE TABLE rejected (
  id           INTEGER PRIMARY KEY,
  machine      TEXT NOT NULL,
  kind         TEXT NOT NULL,
  parts        INTEGER NOT NULL,
  made_at      INTEGER NOT NULL,
  note         TEXT NOT NULL,
  by           TEXT NOT NULL,
  recorded_at  INTEGER NOT NULL,
  withdrawn_by TEXT,
  withdrawn_at INTEGER
) STRICT;

CREATE INDEX rejected_made ON rejected (machine, made_at);

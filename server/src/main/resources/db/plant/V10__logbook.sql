-- How often what people wrote down about a machine has changed.
CREATE TABLE logbook_revision (
  machine  TEXT PRIMARY KEY,
  revision INTEGER NOT NULL
) STRICT;

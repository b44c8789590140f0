-- What machines used before something was changed. A version never changes; content is its data.
CREATE TABLE energy_baseline (
  machine   TEXT NOT NULL,
  name      TEXT NOT NULL,
  version   INTEGER NOT NULL,
  step      TEXT NOT NULL,
  frozen_at TEXT NOT NULL,
  content   TEXT NOT NULL,
  PRIMARY KEY (machine, name, version)
) STRICT;

-- How late readings came, day by day (UTC, days since 1970): numbers of readings by delay.
CREATE TABLE promptness (
  day    INTEGER PRIMARY KEY,
  counts TEXT NOT NULL
) STRICT;

-- Silences of agents, and whether what was read in them came later.
CREATE TABLE silence (
  site     TEXT NOT NULL,
  agent    TEXT NOT NULL,
  start_at INTEGER NOT NULL,
  end_at   INTEGER NOT NULL,
  made     INTEGER NOT NULL,
  PRIMARY KEY (site, agent, start_at)
) STRICT;

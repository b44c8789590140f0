package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.wire.ClockReading;
import java.time.Instant;

/** Agents of which a test says what was heard. */
public final class KnownAgents {
  private final AgentDirectory directory;

  public KnownAgents(AgentDirectory directory) {
    this.directory = directory;
  }

  public void heard(Source source, Instant at) {
    directory.update(source, seen -> seen.taken(at, 1, 1));
  }

  public void clock(Source source, ClockReading reading, Instant at) {
    directory.skews().told(source, reading, at);
  }
}

package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.wire.AgentState;
import fr.vigie.wire.Birth;
import fr.vigie.wire.ClockReading;

/** What a message turned out to be. */
sealed interface Reading {
  /** An agent described itself. */
  record Born(Source source, Birth birth) implements Reading {}

  /** An agent came or went. */
  record Told(Source source, AgentState state) implements Reading {}

  /** An agent told what its clock shows, and asks what the server's does. */
  record Asked(Source source, ClockReading clock) implements Reading {}

  /** A batch that the store can take. */
  record Taken(IncomingBatch batch, int samples) implements Reading {}

  /** A batch that cannot be read before its agent has described itself. */
  record Unborn(Source source) implements Reading {}

  /**
   * A batch that will never be stored.
   *
   * @param stub its identity, with a loss in place of its samples
   */
  record Refused(IncomingBatch stub, String reason) implements Reading {}

  /** A message that says nothing, not even which batch it was. */
  record Unreadable(String reason) implements Reading {}

  /** A retained message that was taken back. */
  record Nothing() implements Reading {}
}

package fr.vigie.server.store.ledger;

import fr.vigie.column.Column;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.sqlite.Bounds;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A time-series database, which keeps one sample for a (series, lane, time). Writing one again is
 * harmless. It is asked by several threads and written to by one at a time. Every method throws an
 * IOException when the database does not answer or refuses.
 */
public interface Engine extends Closeable {
  /** What and where it is, for messages. */
  String name();

  /** Times of one lane must differ by the nanosecond (1) or the millisecond (1,000,000). */
  long tick();

  /** For how long what was pushed may be lost by a crash of the database. */
  Duration hold();

  /**
   * Makes what is missing, and checks that the database is set up so that it loses nothing.
   *
   * @return the times that it keeps
   */
  Bounds prepare() throws IOException;

  /** The ledger whose samples it holds, empty when it holds none. */
  Optional<String> owner() throws IOException;

  void claim(String ledger) throws IOException;

  /** Differs after a restart of the database; only told where a crash may lose what was pushed. */
  String life() throws IOException;

  void push(List<Points> points) throws IOException;

  /** Hands out the samples of a lane within bounds in order of time, in pieces. */
  void read(Series series, int lane, Bounds bounds, Sink sink) throws IOException;

  long count(Series series, int lane, Bounds bounds) throws IOException;

  /** The time of the last sample of a lane within bounds. */
  OptionalLong last(Series series, int lane, Bounds bounds) throws IOException;

  /** Deletes what is older, where the database can. */
  void dropBefore(long nanos) throws IOException;

  /**
   * Samples of one lane in order of time.
   *
   * @param lane 0 for what comes in order; the next for what comes beside it
   */
  record Points(Series series, int lane, Column samples) {}

  /** Takes a piece of what is read: numbers or texts; missing values may come as either. */
  interface Sink {
    void take(Column piece) throws IOException;
  }

  /** Numbers that stand for texts, kept in the ledger. */
  interface Texts {
    /** The number of a text; not durable before {@link #keep}. */
    long code(String text) throws IOException;

    /** Makes the numbers given so far durable; to be called before a database learns them. */
    void keep() throws IOException;

    String text(long code) throws IOException;
  }

  /** Makes an engine without asking the database for anything. */
  interface Maker {
    Engine make(Texts texts);
  }
}
